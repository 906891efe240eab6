// A movement as NextGenPSD2 spells it, and with it most who speak to banks.

import { amountIfAny, isAmount, type WireAmount } from './amounts.ts'
import { below, isFields, nonsense, type Place } from './place.ts'

/** A movement on an account, or on a card account: the last four fields are a card's. Accounts are objects, and at some banks the bare number. */
export type WireTransaction = {
  readonly transactionAmount: WireAmount
  readonly transactionId?: unknown
  readonly entryReference?: unknown
  /** GoCardless's own id. */
  readonly internalTransactionId?: unknown
  readonly endToEndId?: unknown
  readonly bookingDate?: unknown
  readonly bookingDateTime?: unknown
  readonly valueDate?: unknown
  readonly valueDateTime?: unknown
  readonly creditorName?: unknown
  readonly creditorAccount?: unknown
  readonly ultimateCreditor?: unknown
  readonly debtorName?: unknown
  readonly debtorAccount?: unknown
  readonly ultimateDebtor?: unknown
  readonly remittanceInformationUnstructured?: unknown
  readonly remittanceInformationUnstructuredArray?: unknown
  readonly remittanceInformationStructured?: unknown
  readonly remittanceInformationStructuredArray?: unknown
  readonly additionalInformation?: unknown
  readonly purposeCode?: unknown
  readonly bankTransactionCode?: unknown
  readonly proprietaryBankTransactionCode?: unknown
  readonly currencyExchange?: unknown
  readonly balanceAfterTransaction?: unknown
  readonly cardTransactionId?: unknown
  readonly transactionDate?: unknown
  readonly transactionDetails?: unknown
  readonly originalAmount?: unknown
}

/** The row itself and not a copy, because pages are long; a copy only where the amount is told as a number. */
export function asTransaction(json: unknown, place: Place): WireTransaction {
  if (isTransaction(json)) return json
  const transactionAmount = isFields(json) ? amountIfAny(json['transactionAmount']) : undefined
  if (!isFields(json) || transactionAmount === undefined)
    throw nonsense(below(place, 'transactionAmount'), 'an amount and a currency')
  return { ...json, transactionAmount }
}

function isTransaction(json: unknown): json is WireTransaction {
  return isFields(json) && isAmount(json['transactionAmount'])
}
