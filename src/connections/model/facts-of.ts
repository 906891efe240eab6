import type { LedgerAccount } from '../../companies/model.ts'
import type { ConsentSession } from '../../consents/model/consent-session.ts'
import type { Consent } from '../../consents/model/consent.ts'
import type { Institution } from '../../institutions/model.ts'
import { bankCodeOf } from '../../values/iban.ts'
import type { ConnectionId, ConsentId } from '../../values/ids.ts'
import { ledgerAccountIdOf, type Connection } from './connection.ts'
import type { ConnectionFacts } from './facts.ts'

/** All that is known of one company and that the status of its connections may derive from. */
export type CompanyRecords = {
  readonly consents: readonly Consent[]
  readonly covers: readonly {
    readonly consentId: ConsentId
    readonly connectionId: ConnectionId
    readonly from: Date
    readonly supersededAt: Date | null
  }[]
  readonly sessions: readonly ConsentSession[]
  readonly ledgerAccounts: readonly LedgerAccount[]
  /** At least those of the consents, and those that the connections' bank codes lead to. */
  readonly institutions: readonly Institution[]
}

export function factsOf(connection: Connection, records: CompanyRecords): ConnectionFacts {
  const ledgerAccountId = ledgerAccountIdOf(connection)
  const bankCode = connection.iban === null ? undefined : bankCodeOf(connection.iban)
  return {
    connection,
    ledgerAccount: records.ledgerAccounts.find(({ id }) => id === ledgerAccountId) ?? null,
    agreement: null,
    consents: records.consents.map((consent) => {
      const cover = records.covers.find(
        ({ consentId, connectionId }) => consentId === consent.id && connectionId === connection.id,
      )
      return {
        ...consent,
        institutionName:
          records.institutions.find(({ id }) => id === consent.institutionId)?.name ?? consent.institutionId,
        cover: cover === undefined ? null : { from: cover.from, supersededAt: cover.supersededAt },
      }
    }),
    sessions: records.sessions.map((session) => ({
      namesIt: ledgerAccountId !== null && session.ledgerAccountIds.includes(ledgerAccountId),
      personId: session.personId,
      institutionId: session.institutionId,
      status: session.status,
      failure: session.failure,
      createdAt: session.createdAt,
      redirectedAt: session.redirectedAt,
      endedAt: session.endedAt,
    })),
    bankInstitutionIds:
      connection.institutionId !== null
        ? [connection.institutionId]
        : records.institutions
            .filter(({ bankCodes }) => bankCode !== undefined && bankCodes.includes(bankCode))
            .map(({ id }) => id),
  }
}
