import type { SessionFailure } from '../../providers/provider.ts'
import type {
  CompanyId,
  ConnectionId,
  ConsentId,
  InstitutionId,
  LedgerAccountId,
  PersonId,
  SessionId,
} from '../../values/ids.ts'
import type { RefusedAccount } from './account-policy.ts'
import type { SessionStatus } from './session.ts'

/** One attempt by one person to authorise access at one institution. Its link and states are kept as hashes, apart. */
export type ConsentSession = {
  readonly id: SessionId
  readonly companyId: CompanyId
  /** Null: whoever holds the link. */
  readonly personId: PersonId | null
  /** Null until the person has chosen. */
  readonly institutionId: InstitutionId | null
  readonly status: SessionStatus
  readonly failure: SessionFailure | null
  /** Why the attempt before came to nothing: told to whoever opens the link again. */
  readonly lastFailure: SessionFailure | null
  /** What went wrong, for the tenant; no personal data. */
  readonly failureText: string | null
  readonly redirectUrl: string
  readonly language: string | null
  readonly ledgerAccountIds: readonly LedgerAccountId[]
  /** Whether completing it activates the connections of those ledger accounts, and from when. */
  readonly activate: Activation | null
  readonly page: 'hosted' | 'none'
  /** The tenant named the bank; else the person chooses one, and may choose again. */
  readonly namesBank: boolean
  /** How long each link of it works. */
  readonly linkHours: number
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly openedAt: Date | null
  /** When the tenant was told that nobody has opened this link. */
  readonly unopenedAt: Date | null
  readonly redirectedAt: Date | null
  readonly endedAt: Date | null
  readonly consentId: ConsentId | null
  readonly connectionIds: readonly ConnectionId[]
  readonly refusedAccounts: readonly RefusedAccount[]
}

/** `startDate` is a day, `today`, `month_start` or `max_history`; resolved once, when it is activated. */
export type Activation = {
  readonly startDate: string
  readonly firstSync: 'now' | 'next_day'
  /** Accounts that belong to no ledger account yet too: what they bring is kept, and delivered once they are assigned. */
  readonly unassigned?: boolean
}
