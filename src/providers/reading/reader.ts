// What the rows of one page have in common: whose account it is, and how its bank tells things.

import type { BankProfile, DayField, PayeeRule, ReadingRules, TextField } from '../provider.ts'
import { normaliseIban } from '../../values/iban.ts'

export type ReadIban = (text: string) => string | undefined

export type Reader = {
  readonly readIban: ReadIban
  readonly holder: Holder
  readonly accountCurrency: string
  readonly debitsArePositive: boolean
  readonly bookingDay: readonly DayField[]
  readonly payee: readonly ReadyRule[]
  readonly billedAmount: ReadyRule | undefined
  readonly transactionId: RegExp | undefined
  /** All that needs no making ready. */
  readonly rules: ReadingRules
}

/** Who the account belongs to, as far as that is known. */
export type Holder = {
  readonly iban: string | undefined
  readonly name: string | undefined
  /** ISO 3166, where the account or its currency tells it: which country's payment references may stand unmarked in a text. */
  readonly country: string | undefined
}

/** A rule with its pattern made ready. */
export type ReadyRule = {
  readonly from: TextField
  readonly pattern: RegExp | undefined
  readonly of: PayeeRule['of'] | undefined
}

const defaultBookingDay: readonly DayField[] = [
  'bookingDate',
  'bookingDateTime',
  'valueDate',
  'valueDateTime',
  'transactionDate',
]

export function readerOf(page: {
  /** The account's own, where known. */
  readonly iban: unknown
  /** Its holder's name, where known. */
  readonly owner?: string
  readonly currency: string
  /** From a card account that quotes debits positive (`debitAccounting`). */
  readonly debitsArePositive?: boolean
  /** What is known of the bank; without it the default rules alone. */
  readonly profile?: Pick<BankProfile, 'reading'>
}): Reader {
  const rules = page.profile?.reading ?? {}
  const readIban = remembering(normaliseIban)
  const iban = typeof page.iban === 'string' ? readIban(page.iban) : undefined
  return {
    readIban,
    holder: {
      iban,
      name: page.owner,
      country: iban?.slice(0, 2) ?? countriesOfCurrencies.get(page.currency),
    },
    accountCurrency: page.currency,
    debitsArePositive: page.debitsArePositive === true || rules.debitsArePositive === true,
    bookingDay: rules.bookingDay ?? defaultBookingDay,
    payee: (rules.payee ?? []).map(ready),
    billedAmount: rules.billedAmount && ready(rules.billedAmount),
    transactionId: patternOf(rules.transactionIdPattern),
    rules,
  }
}

/** Currencies of one country that has payment references of its own. */
const countriesOfCurrencies: ReadonlyMap<string, string> = new Map([
  ['NOK', 'NO'],
  ['SEK', 'SE'],
  ['DKK', 'DK'],
])

function ready({ from, pattern, of }: PayeeRule): ReadyRule {
  return { from, pattern: patternOf(pattern), of }
}

function patternOf(pattern: string | undefined): RegExp | undefined {
  return pattern === undefined ? undefined : new RegExp(pattern, 'iu')
}

/** The same few accounts come again and again on a page, and checking an IBAN is the slowest step of reading a row. */
function remembering(read: ReadIban): ReadIban {
  const known = new Map<string, string | undefined>()
  return (text) => {
    if (!known.has(text)) known.set(text, read(text))
    return known.get(text)
  }
}
