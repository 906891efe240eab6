import type { CompanyStore } from '../companies/index.ts'
import type { ConnectionStore } from '../connections/index.ts'
import type { InstitutionStore } from '../institutions/index.ts'
import type { Clock } from '../shared/clock.ts'
import type { Page, PageAsk } from '../shared/page.ts'
import type { Unit } from '../shared/unit.ts'
import { localDay, type Day } from '../values/day.ts'
import type { ConnectionId, SyncRunId, TenantId } from '../values/ids.ts'
import type { SyncStore } from './index.ts'
import { ageGaps, type Coverage } from './model/coverage.ts'
import type { SyncRun } from './model/run.ts'
import { servedFromOn } from './model/window.ts'
import type { KeptBalance } from './model/balance.ts'

type Deps = {
  readonly unit: Unit<{
    companies: Pick<CompanyStore, 'get'>
    connections: Pick<ConnectionStore, 'get'>
    institutions: Pick<InstitutionStore, 'find'>
    sync: Pick<SyncStore, 'getRun' | 'listRuns' | 'state' | 'balances'>
  }>
  readonly clock: Clock
}

/** @throws {AppError} sync_run_not_found */
export const getSyncRun = ({ unit }: Deps, { tenant, id }: { tenant: TenantId; id: SyncRunId }): Promise<SyncRun> =>
  unit(tenant, ({ sync }) => sync.getRun(id))

/** The newest first. @throws {AppError} connection_not_found */
export const listSyncRuns = (
  { unit }: Deps,
  { tenant, connectionId, ask }: { tenant: TenantId; connectionId: ConnectionId; ask: PageAsk },
): Promise<Page<SyncRun>> =>
  unit(tenant, async ({ connections, sync }) => {
    await connections.get(connectionId)
    return sync.listRuns(connectionId, ask)
  })

/** Which days are held, and which the bank would still give today (null before its bank is known). @throws {AppError} connection_not_found */
export const getCoverage = (
  { unit, clock }: Deps,
  { tenant, connectionId }: { tenant: TenantId; connectionId: ConnectionId },
): Promise<Coverage & { readonly servedFrom: Day | null }> =>
  unit(tenant, async ({ companies, connections, institutions, sync }) => {
    const connection = await connections.get(connectionId)
    const { timeZone } = await companies.get(connection.companyId)
    const institution =
      connection.institutionId === null ? undefined : await institutions.find(connection.institutionId)
    const { coverage } = await sync.state(connectionId)
    if (institution === undefined) return { ...coverage, servedFrom: null }
    const servedFrom = servedFromOn(localDay(clock.now(), timeZone), institution.maxHistoryDays)
    return { ...ageGaps(coverage, servedFrom), servedFrom }
  })

/** What the bank last said, and when. @throws {AppError} connection_not_found */
export const getBalances = (
  { unit }: Deps,
  { tenant, connectionId }: { tenant: TenantId; connectionId: ConnectionId },
): Promise<readonly KeptBalance[]> =>
  unit(tenant, async ({ connections, sync }) => {
    await connections.get(connectionId)
    return sync.balances(connectionId)
  })
