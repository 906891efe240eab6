// By which numbers an account is known, whatever field they stand in.

import { normaliseIban } from '../../values/iban.ts'
import { isFields } from './place.ts'
import { accountNumberLengthMax, textOf } from './texts.ts'

export type WireAccountNumbers = {
  readonly iban?: unknown
  readonly bban?: unknown
  readonly pan?: unknown
  readonly maskedPan?: unknown
  readonly other?: unknown
}

/** What is no valid IBAN still names the account: a masked card number stays one, anything else counts as the bank's own number. */
export function accountNumbersOf(account: WireAccountNumbers): {
  readonly iban?: string
  readonly bban?: string
  readonly maskedPan?: string
} {
  const written = textOf(account.iban, accountNumberLengthMax)
  const iban = written === undefined ? undefined : normaliseIban(written)
  const misplaced = iban === undefined ? written : undefined
  const isCard = misplaced !== undefined && isMasked(misplaced)
  const other = isFields(account.other) ? account.other['identification'] : undefined
  const bban =
    textOf(account.bban, accountNumberLengthMax) ??
    (isCard ? undefined : misplaced) ??
    textOf(other, accountNumberLengthMax)
  const maskedPan =
    textOf(account.maskedPan, accountNumberLengthMax) ?? (isCard ? misplaced : undefined) ?? maskedPanOf(account.pan)
  return {
    ...(iban === undefined ? {} : { iban }),
    ...(bban === undefined ? {} : { bban }),
    ...(maskedPan === undefined ? {} : { maskedPan }),
  }
}

/** A card's number with most of it hidden. */
export function isMasked(number: string): boolean {
  return /[*xX•]{4}/.test(number)
}

/** A card's whole number is never kept: the first six and the last four digits are what card schemes allow to be shown. */
function maskedPanOf(pan: unknown): string | undefined {
  const text = textOf(pan, accountNumberLengthMax)
  return text === undefined
    ? undefined
    : text.replace(
        /^(.{6})(.*)(.{4})$/,
        (_, first: string, middle: string, last: string) => first + '*'.repeat(middle.length) + last,
      )
}
