import type { BankProfile, ProviderTransaction, ReadingRules } from '../../../src/providers/provider.ts'
import { defaultProfile } from '../../../src/providers/provider.ts'
import { asTransaction, movementOf, readerOf } from '../../../src/providers/reading/movement.ts'
import { answerTo } from '../../../src/providers/reading/place.ts'

/** Whose page it is; the holder's IBAN and name are known only where a test says so. */
export type Page = {
  readonly iban?: string
  readonly owner?: string
  readonly currency?: string
  readonly reading?: ReadingRules
  readonly profile?: Partial<BankProfile>
}

export const row = { transactionAmount: { amount: '-100.00', currency: 'EUR' }, bookingDate: '2026-10-25' }
export const moneyIn = { transactionAmount: { amount: '100.00', currency: 'EUR' } }

export const ibans = {
  holder: 'NO9386011117947',
  other: 'DE67100100101306118605',
  third: 'NL91ABNA0417164300',
} as const

/** What is read of one row, by the default rules where the page says no others. */
export function readRow(more: object, page: Page = {}): ProviderTransaction {
  const { currency = 'EUR', reading = {}, profile = {}, ...holder } = page
  const reader = readerOf({
    iban: undefined,
    ...holder,
    currency,
    profile: { ...defaultProfile, reading, ...profile },
  })
  const place = answerTo('Test Bank')
  return movementOf(asTransaction({ ...row, ...more }, place), reader, place)
}
