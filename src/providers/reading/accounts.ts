// What NextGenPSD2 and ISO 20022 call accounts and balances, which most providers have taken over.

import type { AccountType, BalanceType, ProviderAccount } from '../provider.ts'

/** ISO 4217 "no currency": how an account is marked that stands for several, each in its own, or whose currency is not told. */
export const noCurrency = 'XXX'

const usages: ReadonlyMap<unknown, 'private' | 'business'> = new Map([
  ['PRIV', 'private'],
  ['ORGA', 'business'],
])

/** Absent where nothing is told of it. */
export function usageTold(code: unknown): Pick<ProviderAccount, 'usage'> {
  const usage = usages.get(code)
  return usage === undefined ? {} : { usage }
}

/** ISO 20022 ExternalCashAccountType1Code, where it is not a current account. */
const accountTypes: ReadonlyMap<unknown, AccountType> = new Map([
  ['CARD', 'card'],
  ['LOAN', 'loan'],
  ['MGLD', 'loan'],
  ['LLSV', 'savings'],
  ['MOMA', 'savings'],
  ['ONDP', 'savings'],
  ['SVGS', 'savings'],
])

/** By its code; else a card where it is known by a card's number alone. */
export function accountTypeOf(
  code: unknown,
  { iban, bban, maskedPan }: Pick<ProviderAccount, 'iban' | 'bban' | 'maskedPan'>,
): AccountType {
  const isCard = maskedPan !== undefined && iban === undefined && bban === undefined
  return accountTypes.get(code) ?? (isCard ? 'card' : 'current')
}

const balanceTypes: ReadonlyMap<string, BalanceType> = new Map([
  ['closingBooked', 'closing_booked'],
  ['interimBooked', 'interim_booked'],
  ['openingBooked', 'opening_booked'],
  ['interimAvailable', 'interim_available'],
  ['expected', 'expected'],
])

/** A balance that counts a credit limit in is no amount of money on the account, whatever its type. */
export const balanceTypeOf = (told: {
  readonly balanceType: string
  readonly creditLimitIncluded?: unknown
}): BalanceType => (told.creditLimitIncluded === true ? 'other' : (balanceTypes.get(told.balanceType) ?? 'other'))
