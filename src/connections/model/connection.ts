import type { AccountType } from '../../providers/provider.ts'
import type { Day } from '../../values/day.ts'
import type { CompanyId, ConnectionId, InstitutionId, LedgerAccountId, PersonId } from '../../values/ids.ts'

/** Where a connection's transactions belong: `none` is deliberately nowhere, null nothing yet. */
export type Assignment =
  | {
      readonly ledgerAccountId?: LedgerAccountId
      readonly personId?: PersonId
      readonly expensePolicy?: 'company' | 'reimbursable'
    }
  | 'none'
  | null

/** One bank account (or card) of one company, connected to the books. */
export type Connection = {
  readonly id: ConnectionId
  readonly companyId: CompanyId
  /** Null while it waits for its bank. */
  readonly institutionId: InstitutionId | null
  readonly name: string
  readonly type: AccountType
  readonly iban: string | null
  readonly bban: string | null
  readonly maskedPan: string | null
  readonly stableHash: string | null
  readonly currency: string
  readonly owner: string | null
  readonly assignment: Assignment
  readonly assignedAt: Date
  /** The ledger account that it is assigned to had its IBAN when it was assigned. */
  readonly ledgerAccountHadIban: boolean
  /** When that ledger account was deleted. */
  readonly ledgerAccountGoneAt: Date | null
  /** Whose consent may fetch; null: anybody's. */
  readonly sourcePersonId: PersonId | null
  readonly sourceFallback: boolean
  readonly sourceChosenAt: Date
  readonly activatedAt: Date | null
  readonly deactivatedAt: Date | null
  /** The first day that is fetched, resolved at activation. */
  readonly startDate: Day | null
  readonly firstSync: 'now' | 'next_day' | null
  /** The company's local day of the very first activation: what is booked before it is free of charge. */
  readonly firstActivatedOn: Day | null
  readonly removedAt: Date | null
  readonly createdAt: Date
}

export const ledgerAccountIdOf = ({ assignment }: Pick<Connection, 'assignment'>): LedgerAccountId | null =>
  assignment === null || assignment === 'none' ? null : (assignment.ledgerAccountId ?? null)

/** A ledger account waits for its bank account: nothing has ever been fetched through it, and nothing hangs on it. */
export const isWaiting = ({ institutionId }: Pick<Connection, 'institutionId'>): boolean => institutionId === null
