// What a signal says, in words that a bookkeeper reads. A reason is stored by key and params; the sentence is made when it is
// read, so that another language is another table of the same keys.

const sentences = {
  'amount.exact': 'The amount is exactly what is open: {amount}.',
  'amount.discount': 'The amount is what is open less the cash discount: {difference} less.',
  'amount.rounding': 'The amount is what is open but for a rounding of {difference}.',
  'amount.fee': 'The amount differs from what is open by {difference}, as a bank fee would make it.',
  'amount.fx': 'The amount differs by {difference} from what is open at the exchange rate of the bank.',
  'amount.partial': 'The amount is a part of what is open: {amount} of {open}.',
  'amount.overpayment': 'The amount is {difference} more than what is open.',
  'amount.sum': 'The amount is exactly the sum of {count} open entries.',
  'amount.sum-ambiguous': 'The amount is the sum of {count} open entries, but others have the same sum.',
  'amount.sum-discount': 'The amount is the sum of {count} open entries less their cash discount.',
  'amount.sum-rounding': 'The amount is the sum of {count} open entries but for a rounding of {difference}.',
  'date.near': 'Paid on {paid}, when it was expected ({expected}).',
  'date.habit': 'Paid on {paid}, as late as this counterparty always pays.',
  'date.late': 'Paid on {paid}, later than expected ({expected}).',
  'date.far': 'Paid on {paid}, long after it was expected ({expected}).',
  'date.early': 'Paid on {paid}, before it was issued ({issued}).',
  'end-to-end-id.equal': 'The end-to-end id is the same: {endToEndId}.',
  'end-to-end-id.differs': 'The end-to-end id is another one: {endToEndId}.',
  'reference.equal': 'The payment reference is that of the entry: {reference}.',
  'reference.in-text': 'The text contains the payment reference of the entry: {reference}.',
  'reference.differs': 'The payment carries another reference: {reference}.',
  'document-number.named': 'The text names document {documentNumber}.',
  'document-number.in-reference': 'The payment reference contains document number {documentNumber}.',
  'document-number.number': 'The text contains the number of document {documentNumber}.',
  'document-number.other': 'The text names another document: {named}.',
  'document-number.other-bare': 'The text contains a number that may be another document: {named}.',
  'counterparty-iban.equal': 'The account of the other side is that of the counterparty.',
  'counterparty-iban.differs': 'The payment is from or to another account than that of the counterparty.',
  'counterparty-name.equal': 'The name of the other side is that of the counterparty: {name}.',
  'counterparty-name.similar': 'The name of the other side resembles that of the counterparty: {name}.',
  'counterparty-name.in-text': 'The text contains the name of the counterparty: {name}.',
  'counterparty-name.differs': 'The name of the other side is another one: {name}.',
  'counterparty.known': 'People matched payments like this with {name} before.',
  'counterparty.known-other': 'People matched payments like this with somebody else than {name}.',
  'counterparty.known-not': 'People refused to match payments like this with {name}.',
  'remittance-text.shared': 'The text shares words with the description of the entry: {words}.',
  'ledger-account.equal': 'The movement is on the account where it is expected.',
  'ledger-account.differs': 'The movement is on another account than where it is expected.',
  'bank-code.fits': 'The bank calls it what such entries are booked for.',
  'bank-code.differs': 'The bank calls it something else than what such entries are booked for.',
  'transfer.mirrored': 'The same amount left one own account and arrived on the other, {days} days apart.',
  'transfer.exchanged':
    'About the same amount at the rate of the day left one own account and arrived on the other, {days} days apart.',
  'transfer.called': 'The bank or the text calls it a transfer between own accounts.',
  'transfer.same-name': 'Both movements show the same name as the other side.',
  'own-account.equal': 'The other side is the own account that the transfer names.',
  'own-account.differs': 'The other side is an own account of the company.',
  'transfer.names-own-account': 'The payment names an own account of the company as the other side.',
  'cancel.opposite': 'Two movements of the same amount in opposite directions, {days} days apart.',
  'cancel.same-reference': 'Both movements carry the same reference.',
  'cancel.same-party': 'Both movements have the same other side.',
  'cancel.return': 'The bank or the text calls the later movement a return.',
} as const

/** The closed list of things that a signal can say. */
export type ReasonKey = keyof typeof sentences

/** One piece of evidence, as it is kept with a match. */
export type Reason = {
  /** The signal that said it. */
  readonly signal: string
  /** Evidence in bits: log2 of how much likelier this is when the two belong together than when they do not. Negative is against. */
  readonly strength: number
  readonly key: ReasonKey
  /** What fills the sentence's placeholders. */
  readonly params: ReasonParams
}

export type ReasonParams = Readonly<Record<string, string | number>>

/** The reason as an English sentence. A placeholder without its param stays to be seen. */
export function sentenceOf({ key, params }: Pick<Reason, 'key' | 'params'>): string {
  return sentences[key].replace(/\{(\w+)\}/g, (placeholder, name: string) => String(params[name] ?? placeholder))
}
