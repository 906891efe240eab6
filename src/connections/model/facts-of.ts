import { reasonWords, type Agreement } from '../../agreements/model.ts'
import type { LedgerAccount } from '../../companies/model.ts'
import type { ConsentSession } from '../../consents/model/consent-session.ts'
import type { Consent } from '../../consents/model/consent.ts'
import type { Institution } from '../../institutions/model.ts'
import { bankCodeOf } from '../../values/iban.ts'
import type { ConnectionId, ConsentId, InstitutionId, ProgrammeId } from '../../values/ids.ts'
import { ledgerAccountIdOf, type Connection } from './connection.ts'
import type { AgreementFact, ConnectionFacts } from './facts.ts'
import { bankOf } from './finding.ts'

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
  readonly agreements: readonly Agreement[]
  /** Of the institutions that any connection may be reached through, those that ask for an agreement, and with whom. */
  readonly programmes: ReadonlyMap<InstitutionId, ProgrammeId>
  /** At least those of the consents, and those that the connections' bank codes lead to. */
  readonly institutions: readonly Institution[]
}

export function factsOf(connection: Connection, records: CompanyRecords): ConnectionFacts {
  const ledgerAccountId = ledgerAccountIdOf(connection)
  const bankCode = connection.iban === null ? undefined : bankCodeOf(connection.iban)
  const facts: ConnectionFacts = {
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
  const ways = connection.institutionId === null ? bankOf(facts, endOfTime) : [connection.institutionId]
  return { ...facts, agreement: agreementFor(ways, connection, records) }
}

/** The session that named it last says which bank it is, whenever that was. */
const endOfTime = new Date(8_640_000_000_000_000)

/** Where one of several ways to its bank asks for no agreement, or for one that is approved, nobody has to wait for the others. */
function agreementFor(
  ways: readonly InstitutionId[],
  { createdAt }: Connection,
  { agreements, programmes }: CompanyRecords,
): AgreementFact | null {
  const asked = ways.filter((id) => programmes.has(id))
  if (asked.length === 0 || asked.length < ways.length) return null
  const facts = asked.map((institutionId): AgreementFact => {
    const found = agreements.find(({ programmeId }) => programmeId === programmes.get(institutionId))
    if (found === undefined) return { state: 'missing', at: createdAt, reasons: [], institutionId }
    const reasons = found.reasons.map((code) => reasonWords[code])
    return { state: found.state, at: found.since, reasons, institutionId }
  })
  return facts.find(({ state }) => state === 'approved') ?? facts[0] ?? null
}
