import type { ProviderTransaction } from '../../providers/provider.ts'
import type { Money } from '../../values/money.ts'
import { foldText } from '../../values/text.ts'

/** What of a movement can be told differently later, in the API's names. */
export type Field =
  | 'bookingDate'
  | 'valueDate'
  | 'amount'
  | 'counterparty'
  | 'remittanceInformation'
  | 'reference'
  | 'endToEndId'
  | 'bankTransactionCode'
  | 'exchange'

/**
 * Which fields a bank tells differently in `b` than in `a`: a new version is due when there are any.
 *
 * Texts that differ in case, accents or white space are the same text. The ids are the bank's own affair, and the balance after it
 * belongs to the account: one late booking moves it for every later row, and a few banks put today's balance on each row. Neither
 * makes a new version by itself; both are evidence (`sameEvidence`).
 */
export function changedFields(a: ProviderTransaction, b: ProviderTransaction): readonly Field[] {
  const fields: Field[] = []
  if (a.bookingDate !== b.bookingDate) fields.push('bookingDate')
  if (a.valueDate !== b.valueDate) fields.push('valueDate')
  if (!sameMoney(a.amount, b.amount)) fields.push('amount')
  if (!sameCounterparty(a.counterparty, b.counterparty)) fields.push('counterparty')
  if (!sameText(a.remittanceInformation, b.remittanceInformation)) fields.push('remittanceInformation')
  if (a.reference !== b.reference) fields.push('reference')
  if (a.endToEndId !== b.endToEndId) fields.push('endToEndId')
  if (a.bankTransactionCode !== b.bankTransactionCode) fields.push('bankTransactionCode')
  if (!sameExchange(a.exchange, b.exchange)) fields.push('exchange')
  return fields
}

export function sameMoney(a: Money | undefined, b: Money | undefined): boolean {
  return a?.minor === b?.minor && a?.currency === b?.currency
}

function sameText(a: string | undefined, b: string | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && foldText(a) === foldText(b))
}

/** Whether a bank tells the same of a movement's identity: its ids and the balance after it. */
export function sameEvidence(a: ProviderTransaction, b: ProviderTransaction): boolean {
  return (
    a.ids.transactionId === b.ids.transactionId &&
    a.ids.entryReference === b.ids.entryReference &&
    a.ids.internalId === b.ids.internalId &&
    sameMoney(a.balanceAfter, b.balanceAfter)
  )
}

/** `foldText` that answers a text it has folded before from memory: names recur in every answer. */
export function rememberingFold(): (text: string) => string {
  const folded = new Map<string, string>()
  return (text) => {
    let known = folded.get(text)
    if (known === undefined) {
      known = foldText(text)
      folded.set(text, known)
    }
    return known
  }
}

/** The fields that a fingerprint does not hold, as one string: equal rows have equal details. */
export function detailOf(row: ProviderTransaction): string {
  const { counterparty, exchange } = row
  const instructed = `${exchange?.currency}\n${exchange?.rate}\n${exchange?.amount?.minor}`
  const words = `${counterparty?.name}\n${counterparty?.bban}\n${row.remittanceInformation}`
  return `${row.valueDate}\n${row.reference}\n${row.endToEndId}\n${row.bankTransactionCode}\n${instructed}\n${words}`
}

/** All that a bank tells of a movement besides what its fingerprint holds: two rows alike in this too cannot be told apart. */
export function fullDetailOf(row: ProviderTransaction): string {
  const { transactionId, entryReference, internalId } = row.ids
  return `${detailOf(row)}\n${row.balanceAfter?.minor}\n${transactionId}\n${entryReference}\n${internalId}`
}

function sameCounterparty(a: ProviderTransaction['counterparty'], b: ProviderTransaction['counterparty']): boolean {
  return a?.iban === b?.iban && a?.bban === b?.bban && sameText(a?.name, b?.name)
}

function sameExchange(a: ProviderTransaction['exchange'], b: ProviderTransaction['exchange']): boolean {
  return a?.currency === b?.currency && a?.rate === b?.rate && sameMoney(a?.amount, b?.amount)
}
