// What the status of a connection is derived from. Every fact says since when it holds, so that the status can be told for any instant since the
// connection was made: that is how `since` and `nextChangeAt` are found.

import type { AgreementState } from '../../agreements/model.ts'
import type { LedgerAccount } from '../../companies/model.ts'
import type { Consent } from '../../consents/model/consent.ts'
import type { SessionStatus } from '../../consents/model/session.ts'
import type { SessionFailure } from '../../providers/provider.ts'
import type { InstitutionId, PersonId } from '../../values/ids.ts'
import type { Connection } from './connection.ts'

export type ConnectionFacts = {
  readonly connection: Pick<
    Connection,
    | 'id'
    | 'companyId'
    | 'iban'
    | 'assignment'
    | 'assignedAt'
    | 'ledgerAccountHadIban'
    | 'ledgerAccountGoneAt'
    | 'sourcePersonId'
    | 'sourceFallback'
    | 'sourceChosenAt'
    | 'activatedAt'
    | 'deactivatedAt'
    | 'createdAt'
  >
  /** The ledger account that it is assigned to, if there is one and it still exists. */
  readonly ledgerAccount: Pick<LedgerAccount, 'id' | 'iban' | 'institutionId' | 'ibanChangedAt'> | null
  /** The one that its bank asks for; null where it can be reached without any. */
  readonly agreement: AgreementFact | null
  /** The company's consents, usable or not: at least all that ever covered this account, and all at its bank. */
  readonly consents: readonly ConsentFact[]
  /** The company's sessions: at least those that named its ledger account or went to its bank. */
  readonly sessions: readonly SessionFact[]
  /** The institutions whose bank codes have this IBAN's, across providers. */
  readonly bankInstitutionIds: readonly InstitutionId[]
}

export type AgreementFact = {
  readonly state: AgreementState
  /** Since when it is in that state. */
  readonly at: Date
  /** Why it is reviewed or was refused, in words. */
  readonly reasons: readonly string[]
  /** One that asks for it: several agreements may be meant in a country. */
  readonly institutionId: InstitutionId
}

export type ConsentFact = Consent & {
  readonly institutionName: string
  /** Since when the consent covers this account, and since when another one does so in its place; null where it never did. */
  readonly cover: { readonly from: Date; readonly supersededAt: Date | null } | null
}

export type SessionFact = {
  /** It named the ledger account that the connection is assigned to. */
  readonly namesIt: boolean
  /** Null where the link had no person, or the person has been deleted since. */
  readonly personId: PersonId | null
  readonly institutionId: InstitutionId | null
  readonly status: SessionStatus
  readonly failure: SessionFailure | null
  readonly createdAt: Date
  /** When the person was last sent to the bank. */
  readonly redirectedAt: Date | null
  readonly endedAt: Date | null
}
