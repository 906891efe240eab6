import type { Assignment } from '../../connections/model/connection.ts'
import type { Day } from '../../values/day.ts'
import type { CompanyId, ConnectionId, MatchId, TransactionId } from '../../values/ids.ts'
import type { Money } from '../../values/money.ts'

/** One booked movement on a connection, as we tell it: its latest version. */
export type Transaction = {
  readonly id: TransactionId
  readonly companyId: CompanyId
  readonly connectionId: ConnectionId
  readonly bookingDate: Day
  readonly valueDate: Day | null
  /** Signed from the account holder's side: credit positive. */
  readonly amount: Money
  readonly counterparty: { readonly name: string | null; readonly iban: string | null; readonly bban: string | null }
  readonly remittanceInformation: string | null
  readonly reference: string | null
  readonly endToEndId: string | null
  readonly bankTransactionCode: string | null
  readonly exchange: { readonly amount: Money | null; readonly currency: string; readonly rate: string } | null
  readonly balanceAfter: Money | null
  readonly version: number
  readonly removed: boolean
  readonly alreadyBooked: boolean
  readonly suspect: string | null
  /** Where it belongs when that is not where its connection belongs now. */
  readonly keptAssignment: Assignment | undefined
  readonly match: { readonly id: MatchId; readonly status: 'suggested' | 'confirmed' } | null
}

export type ChangeType = 'added' | 'modified' | 'removed'

/** A transaction as it was when it changed, and its place in the tenant's feed. */
export type Change = {
  readonly position: bigint
  readonly type: ChangeType
  readonly at: Date
  readonly transaction: Transaction
}
