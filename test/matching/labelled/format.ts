// Labelled books, in the records that `npm run match` reads, with the answer beside them.

export type Country = 'NO' | 'SE' | 'DK' | 'FI' | 'NL' | 'BE' | 'DE' | 'GB' | 'FR'

export type CompanyRecord = {
  readonly id: string
  readonly name: string
  readonly country: Country
  readonly currency: string
  readonly accounts: readonly { readonly id: string; readonly iban: string; readonly currency: string }[]
}

export type EntryRecord = {
  readonly id: string
  readonly companyId: string
  readonly kind:
    | 'sales_invoice'
    | 'purchase_bill'
    | 'sales_credit_note'
    | 'purchase_credit_note'
    | 'expense'
    | 'payroll'
    | 'tax'
    | 'transfer'
    | 'bank_fee'
    | 'loan'
    | 'ledger_posting'
  readonly direction: 'in' | 'out' | 'transfer'
  /** Positive, two decimals. */
  readonly amount: string
  readonly currency: string
  /** What is open before any transaction of this set is matched; "0.00" is settled. */
  readonly openAmount: string
  readonly issueDate: string
  readonly dueDate: string | null
  readonly counterpartyName: string | null
  readonly counterpartyIban: string | null
  readonly reference: string | null
  readonly documentNumber: string | null
  readonly description: string | null
  readonly endToEndId: string | null
  readonly cashDiscount?: { readonly percent: number; readonly until: string }
  readonly fromAccountId?: string
  readonly toAccountId?: string
}

export type TransactionRecord = {
  readonly id: string
  readonly companyId: string
  readonly accountId: string
  readonly accountIban: string
  readonly bookingDate: string
  readonly valueDate: string | null
  /** Signed, two decimals: money in is positive. */
  readonly amount: string
  readonly currency: string
  readonly counterpartyName: string | null
  readonly counterpartyIban: string | null
  readonly remittanceInformation: string | null
  readonly structuredReference: string | null
  readonly endToEndId: string | null
  /** ISO 20022 domain-family-subfamily. */
  readonly bankTransactionCode: string | null
  readonly instructedAmount?: { readonly amount: string; readonly currency: string }
  readonly exchangeRate?: string
}

/** What people confirmed before: the entries are settled. */
export type HistoryRecord = { readonly transaction: TransactionRecord; readonly entries: readonly EntryRecord[] }

/** The right answer for one transaction. */
export type TruthRecord = {
  readonly transactionId: string
  readonly companyId: string
  /** Which kind of happening it came from: figures are told by it. */
  readonly story: string
  /** Every entry that it settles, wholly or in part; none where the books hold nothing. */
  readonly entryIds: readonly string[]
  /** The lines that it belongs with: the other half of a transfer, the payment that was returned. */
  readonly withTransactionIds: readonly string[]
  /** Whether a careful bookkeeper, who sees what the records show and no more, would book it unasked. */
  readonly certain: boolean
}

export type LabelledCompany = {
  readonly company: CompanyRecord
  readonly entries: readonly EntryRecord[]
  readonly transactions: readonly TransactionRecord[]
  readonly history: readonly HistoryRecord[]
  readonly truth: readonly TruthRecord[]
}

/** Makes one company with about as many entries as asked; the same for the same seed on every machine. */
export type Generator = (asked: {
  readonly seed: number
  readonly country: Country
  readonly entries: number
}) => LabelledCompany

/** Units per EUR on a day, the same on every machine. */
export function ratesOn(day: string): Readonly<Record<string, number>> {
  const at = Date.parse(day) / 86_400_000
  const sway = (period: number, share: number): number => 1 + share * Math.sin((2 * Math.PI * at) / period)
  return {
    EUR: 1,
    NOK: four(11.6 * sway(83, 0.03)),
    SEK: four(11.2 * sway(71, 0.025)),
    DKK: four(7.46 * sway(97, 0.0005)),
    GBP: four(0.86 * sway(61, 0.02)),
    USD: four(1.09 * sway(53, 0.03)),
    CHF: four(0.95 * sway(67, 0.015)),
  }
}

function four(rate: number): number {
  return Math.round(rate * 10_000) / 10_000
}
