import type { AgreementStore } from '../agreements/index.ts'
import type { CompanyStore, LedgerAccountStore } from '../companies/index.ts'
import type { ConsentStore, SessionStore } from '../consents/index.ts'
import { isUsable } from '../consents/model/consent.ts'
import type { DueStore } from '../due/index.ts'
import type { EventStore } from '../events/index.ts'
import { sourceChanged, statusChanged } from '../events/model.ts'
import type { InstitutionStore } from '../institutions/index.ts'
import { bankCodeOf } from '../values/iban.ts'
import type { CompanyId } from '../values/ids.ts'
import type { ConnectionStore } from './index.ts'
import type { Connection } from './model/connection.ts'
import { firstFetchAt } from './model/first-fetch.ts'
import { factsOf, type CompanyRecords } from './model/facts-of.ts'
import { fetches, type Projection } from './model/projection.ts'
import { deriveStatus, sinceAfter } from './model/status.ts'

export type RefreshStores = {
  companies: Pick<CompanyStore, 'get'>
  connections: Pick<ConnectionStore, 'takeTouched' | 'project' | 'addStatus'>
  consents: Pick<ConsentStore, 'ofCompanies' | 'coversOfCompanies'>
  sessions: Pick<SessionStore, 'ofCompanies'>
  ledgerAccounts: Pick<LedgerAccountStore, 'ofCompany'>
  institutions: Pick<InstitutionStore, 'some' | 'withBankCodes'>
  agreements: Pick<AgreementStore, 'ofCompany'>
  due: Pick<DueStore, 'set' | 'setBy' | 'drop'>
  events: Pick<EventStore, 'append'>
}

/**
 * Derives the status of every connection that the unit of work has touched, and records what has changed: projection, history, event. The last thing before
 * a unit commits, so a status is never older than its facts; what time alone changes is due work at that time.
 */
export async function refreshStatuses(stores: RefreshStores, now: Date): Promise<void> {
  const touched = await stores.connections.takeTouched()
  for (const [companyId, connections] of Map.groupBy(touched, (connection) => connection.companyId)) {
    const records = await recordsOf(stores, companyId, connections)
    for (const connection of connections) await refresh(stores, connection, records, now)
  }
}

async function recordsOf(
  stores: RefreshStores,
  companyId: CompanyId,
  connections: readonly Connection[],
): Promise<CompanyRecords> {
  const consents = await stores.consents.ofCompanies([companyId])
  const codes = connections.flatMap(({ iban }) => (iban === null ? [] : (bankCodeOf(iban) ?? [])))
  const sessions = await stores.sessions.ofCompanies([companyId])
  const ledgerAccounts = await stores.ledgerAccounts.ofCompany(companyId)
  const told = [...connections, ...sessions, ...ledgerAccounts, ...consents]
  const reached = await stores.institutions.some([...new Set(told.flatMap(({ institutionId }) => institutionId ?? []))])
  const coded = await stores.institutions.withBankCodes([...new Set(codes)])
  const programmes = new Map(
    [...reached, ...coded].flatMap(({ id, agreement }) => (agreement === null ? [] : [[id, agreement.id] as const])),
  )
  return {
    consents,
    covers: await stores.consents.coversOfCompanies([companyId]),
    sessions,
    ledgerAccounts,
    agreements: programmes.size === 0 ? [] : await stores.agreements.ofCompany(companyId),
    programmes,
    institutions: [...reached.filter(({ id }) => consents.some(({ institutionId }) => institutionId === id)), ...coded],
  }
}

async function refresh(
  { companies, connections, due, events }: RefreshStores,
  connection: Connection & { readonly projection: Projection | null },
  records: CompanyRecords,
  now: Date,
): Promise<void> {
  const before = connection.projection
  const derived = deriveStatus(factsOf(connection, records), now)
  const covering = records.covers.filter(
    ({ connectionId, supersededAt }) => connectionId === connection.id && supersededAt === null,
  )
  const usable = records.consents.filter(
    (consent) => isUsable(consent, now) && covering.some(({ consentId }) => consentId === consent.id),
  )
  const after: Projection = {
    ...derived,
    since: sinceAfter(before, derived, now),
    consentIds: usable.map(({ id }) => id),
  }
  await connections.project(connection.id, after)
  if (after.nextChangeAt === null) await due.drop({ kind: 'status', subject: connection.id })
  else await due.set({ kind: 'status', subject: connection.id, at: after.nextChangeAt })
  if (before?.status !== after.status) {
    const { status, reason, since } = after
    await connections.addStatus(connection.id, { status, reason, since, recordedAt: now })
    events.append(statusChanged(connection, { from: before?.status ?? null, to: status, since }, now))
  }
  if (before !== null && isServedByAnother(before, after))
    events.append(sourceChanged(connection, after.sourceInUse, now))
  const fetchedBefore = before !== null && fetches(before, connection)
  // Right after an authorisation many banks serve longer history: what is missing of it can be had now.
  const isRenewed = before?.effectiveConsentId !== after.effectiveConsentId
  if ((fetchedBefore && !isRenewed) || !fetches(after, connection)) return
  const { timeZone } = await companies.get(connection.companyId)
  const at = firstFetchAt(connection, { timeZone, now })
  await due.setBy({ kind: 'sync', subject: connection.id, lane: connection.institutionId ?? '', at })
}

const isServedByAnother = (before: Projection, after: Projection): boolean =>
  before.effectiveConsentId !== null && after.effectiveConsentId !== null && before.sourceInUse !== after.sourceInUse
