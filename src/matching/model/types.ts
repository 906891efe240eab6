// What matching sees: the movements at the bank that nobody has explained yet, what the books still expect, and what it proposes.
// Amounts are bigint in the currency's minor unit, signed from the company's bank side: money in is positive.

import type { Day } from '../../values/day.ts'
import type { ConnectionId, EntryId, LedgerAccountId, TransactionId } from '../../values/ids.ts'
import type { Money } from '../../values/money.ts'
import type { Reason } from './reasons.ts'

/** A bank transaction as matching sees it. */
export type Line = {
  readonly id: TransactionId
  readonly connectionId: ConnectionId
  readonly bookingDate: Day
  readonly valueDate?: Day
  readonly amount: bigint
  readonly currency: string
  readonly counterparty?: { readonly name?: string; readonly iban?: string; readonly bban?: string }
  readonly remittanceInformation?: string
  /** The structured reference, normalised. */
  readonly reference?: string
  readonly endToEndId?: string
  /** ISO 20022 domain-family-subfamily. */
  readonly bankTransactionCode?: string
  /** What was instructed in another currency; `rate` is units of the line's currency per unit of it. */
  readonly exchange?: { readonly amount?: Money; readonly currency: string; readonly rate?: string }
  /** Units per EUR on its day, by currency, where the bank says nothing: the tenant's. */
  readonly rates?: Readonly<Record<string, number>>
  /** Comes from somebody who collects from others, keeps a fee and pays out the rest. */
  readonly isPayout?: boolean
  /** Lies in books that are closed: never matched automatically. */
  readonly alreadyBooked?: boolean
  /** Perhaps the same movement shown twice: never matched automatically. */
  readonly suspect?: boolean
  /** A rule of the tenant's says so: never matched automatically. */
  readonly alwaysSuggest?: boolean
}

export type EntryKind =
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

/** A bookkeeping entry as matching sees it. */
export type BookEntry = {
  readonly id: EntryId
  readonly kind: EntryKind
  readonly amount: bigint
  /**
   * What is still open to be matched: the books' open amount less what confirmed matches spent that the books do not contain yet.
   * Zero is settled: such an entry is never proposed, but its numbers are known. A transfer's is positive.
   */
  readonly openAmount: bigint
  readonly currency: string
  readonly issueDate?: Day
  readonly dueDate?: Day
  readonly documentNumber?: string
  readonly reference?: string
  readonly counterparty?: { readonly name?: string; readonly iban?: string; readonly id?: string }
  readonly description?: string
  readonly endToEndId?: string
  /** Hundredths of a percent (2 % is 200), granted when paid on `until` at the latest. */
  readonly cashDiscount?: { readonly basisPoints: number; readonly until: Day }
  /** The account on which the movement is expected. */
  readonly ledgerAccountId?: LedgerAccountId
  readonly fromLedgerAccountId?: LedgerAccountId
  readonly toLedgerAccountId?: LedgerAccountId
}

/** A connection of the company, and where in the books it belongs. */
export type OwnAccount = {
  readonly connectionId: ConnectionId
  readonly ledgerAccountId?: LedgerAccountId
  readonly iban?: string
  readonly currency?: string
  /** Whose it is: the company, as the books or the bank write it. */
  readonly owner?: string
}

/** What people decided and matching must not touch again. */
export type Decided = {
  /** Lines that have a confirmed match. */
  readonly confirmed: readonly TransactionId[]
  /** Combinations that a person refused. */
  readonly rejected: readonly Combination[]
}

/** Lines and entries that belong together, or are said to. */
export type Combination = { readonly transactionIds: readonly TransactionId[]; readonly entryIds: readonly EntryId[] }

export type DifferenceKind = 'fee' | 'discount' | 'fx' | 'rounding' | 'overpayment'

/** The lines' sum less the links' sum, in the lines' currency, and what it is. */
export type Difference = { readonly minor: bigint; readonly kind: DifferenceKind }

export type Link = {
  readonly transactionId: TransactionId
  /** null: the line belongs to the other line of this match and to nothing in the books. */
  readonly entryId: EntryId | null
  /** What this line settles of the entry, in the line's currency. */
  readonly amount: bigint
  /** The same in the entry's currency, where that is another. */
  readonly entryAmount?: bigint
}

/** Lines and entries that seem to belong together. The links' amounts and the difference add up to the lines' amounts. */
export type MatchProposal = {
  readonly links: readonly Link[]
  readonly difference?: Difference
  /** The probability that the combination is right: 0 to 1. */
  readonly confidence: number
  /** May be booked without a person. */
  readonly automatic: boolean
  /** 1 where nothing better is proposed for any of its lines, then 2 and 3. */
  readonly rank: number
  /** Strongest first, in either direction. */
  readonly reasons: readonly Reason[]
  /** The next best explanation of the same lines, or the strongest other claim on the same entries. */
  readonly runnerUp?: Combination & { readonly confidence: number; readonly reasons: readonly Reason[] }
}
