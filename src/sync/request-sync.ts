import type { CompanyStore } from '../companies/index.ts'
import type { ConnectionStore } from '../connections/index.ts'
import type { Connection } from '../connections/model/connection.ts'
import { fetches, type Projection } from '../connections/model/projection.ts'
import type { DueStore } from '../due/index.ts'
import type { Psu } from '../providers/provider.ts'
import type { Clock } from '../shared/clock.ts'
import type { Cipher } from '../shared/crypto.ts'
import { AppError } from '../shared/errors.ts'
import type { Ids } from '../shared/ids.ts'
import type { UnitFor } from '../shared/unit.ts'
import type { CompanyId, ConnectionId, TenantId } from '../values/ids.ts'
import type { SyncStore } from './index.ts'
import { countedSince, mayFetch } from './model/quota.ts'
import { noCounts, type SyncRun } from './model/run.ts'

export type RequestSyncStores = {
  companies: Pick<CompanyStore, 'get'>
  connections: Pick<ConnectionStore, 'get' | 'ofCompany'>
  sync: Pick<SyncStore, 'unfinishedRun' | 'addRun' | 'saveRun' | 'saveSealedPsu' | 'unattendedUse' | 'getRun'>
  due: Pick<DueStore, 'pause' | 'setBy'>
}

type Deps<Result> = {
  readonly unit: UnitFor<RequestSyncStores, Result>
  readonly cipher: Cipher
  readonly clock: Clock
  readonly ids: Ids
}

export type CompanySync = {
  readonly runs: readonly SyncRun[]
  readonly skipped: readonly { readonly connectionId: ConnectionId; readonly reason: string }[]
}

/**
 * Asks for a run now; one that is queued or running already is joined. Without the person (`psu`) it waits while the bank's limit is reached, and says until when.
 * @throws {AppError} connection_not_found, connection_ignored, connection_not_activated, connection_not_usable
 */
export function requestSync(
  deps: Deps<SyncRun>,
  ask: { tenant: TenantId; connectionId: ConnectionId; psu: Psu | null },
): Promise<SyncRun> {
  return deps.unit(ask.tenant, async (stores) => {
    const connection = await stores.connections.get(ask.connectionId)
    const obstacle = obstacleOf(connection)
    if (obstacle !== null) throw obstacle
    return queueRun(deps, stores, { ...ask, connection })
  })
}

/** Asks for a run of every connection of the company that can be fetched, and says why the others are left out. @throws {AppError} company_not_found */
export function requestCompanySync(
  deps: Deps<CompanySync>,
  ask: { tenant: TenantId; companyId: CompanyId; psu: Psu | null },
): Promise<CompanySync> {
  return deps.unit(ask.tenant, async (stores) => {
    await stores.companies.get(ask.companyId)
    const runs: SyncRun[] = []
    const skipped: { connectionId: ConnectionId; reason: string }[] = []
    for (const { id } of await stores.connections.ofCompany(ask.companyId)) {
      const connection = await stores.connections.get(id)
      const obstacle = obstacleOf(connection)
      if (obstacle === null) runs.push(await queueRun(deps, stores, { ...ask, connection }))
      else skipped.push({ connectionId: id, reason: connection.projection.status })
    }
    return { runs, skipped }
  })
}

function obstacleOf(connection: Connection & { readonly projection: Projection }): AppError | null {
  const { status, reason } = connection.projection
  if (fetches(connection.projection, connection)) return null
  if (status === 'ignored')
    return new AppError('connection_ignored', 'This connection is assigned to none: it is never fetched.')
  if (connection.activatedAt === null || status === 'deactivated')
    return new AppError('connection_not_activated', 'Activate this connection first.')
  return new AppError(
    'connection_not_usable',
    `This connection cannot be fetched: ${reason} Its repair steps say what mends it.`,
  )
}

async function queueRun(
  { cipher, clock, ids }: Omit<Deps<never>, 'unit'>,
  { sync, due }: RequestSyncStores,
  { tenant, connection, psu }: { tenant: TenantId; connection: Connection; psu: Psu | null },
): Promise<SyncRun> {
  const now = clock.now()
  await due.pause({ kind: 'sync', subject: connection.id })
  const joined = await sync.unfinishedRun(connection.id)
  const usage = await sync.unattendedUse(connection.id, 'transactions', countedSince(now))
  const allowance = psu === null ? mayFetch({ ...usage, now, trigger: 'api' }) : { ok: true as const }
  const base: SyncRun = joined ?? {
    id: ids.uuid(),
    connectionId: connection.id,
    companyId: connection.companyId,
    status: 'queued',
    trigger: 'api',
    attended: psu !== null,
    consentId: null,
    plannedOn: null,
    window: null,
    pages: 0,
    spooledAt: null,
    committedThrough: null,
    counts: noCounts,
    proof: null,
    error: null,
    retryAt: null,
    queuedAt: now,
    startedAt: null,
    finishedAt: null,
  }
  if (joined?.status === 'running') return joined
  const run: SyncRun = {
    ...base,
    attended: base.attended || psu !== null,
    retryAt: allowance.ok ? null : allowance.retryAt,
  }
  if (joined === undefined) await sync.addRun(run)
  else await sync.saveRun(run)
  if (psu !== null) await sync.saveSealedPsu(run.id, cipher.seal(JSON.stringify(psu), ['sync_runs', tenant, run.id]))
  await due.setBy({
    kind: 'sync',
    subject: connection.id,
    lane: connection.institutionId ?? '',
    at: run.retryAt ?? now,
  })
  return run
}
