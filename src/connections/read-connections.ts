import type { CompanyStore } from '../companies/index.ts'
import type { DueStore } from '../due/index.ts'
import type { Page, PageAsk } from '../shared/page.ts'
import type { Unit } from '../shared/unit.ts'
import type { Standing, SyncStore } from '../sync/index.ts'
import { healthy } from '../sync/model/next-try.ts'
import type { CompanyId, ConnectionId, TenantId } from '../values/ids.ts'
import type { ConnectionStore } from './index.ts'
import type { StatusChange } from './model/status-change.ts'
import type { ConnectionFilter, ProjectedConnection } from './store.ts'

export type DescribeStores = {
  sync: Pick<SyncStore, 'standings'>
  due: Pick<DueStore, 'dueAt'>
}

type Deps = {
  readonly unit: Unit<
    DescribeStores & {
      companies: Pick<CompanyStore, 'get'>
      connections: Pick<ConnectionStore, 'get' | 'list' | 'statuses'>
    }
  >
}

/** A connection with how its fetching goes. */
export type DescribedConnection = ProjectedConnection & Standing & { readonly nextSyncAt: Date | null }

/** @throws {AppError} connection_not_found */
export function getConnection(
  { unit }: Deps,
  { tenant, id }: { tenant: TenantId; id: ConnectionId },
): Promise<DescribedConnection> {
  return unit(tenant, async (stores) => describe(stores, await stores.connections.get(id)))
}

/** In the order they were made. @throws {AppError} company_not_found */
export function listConnections(
  { unit }: Deps,
  {
    tenant,
    filter,
    ask,
  }: { tenant: TenantId; filter: ConnectionFilter & { readonly companyId?: CompanyId }; ask: PageAsk },
): Promise<Page<DescribedConnection>> {
  return unit(tenant, async (stores) => {
    const page = await stores.connections.list(filter, ask)
    if (page.data.length === 0 && filter.companyId !== undefined) await stores.companies.get(filter.companyId)
    return { ...page, data: await describeAll(stores, page.data) }
  })
}

/** The oldest first. @throws {AppError} connection_not_found */
export function getStatusHistory(
  { unit }: Deps,
  { tenant, id }: { tenant: TenantId; id: ConnectionId },
): Promise<readonly StatusChange[]> {
  return unit(tenant, async ({ connections }) => {
    await connections.get(id)
    return connections.statuses(id)
  })
}

export async function describe(stores: DescribeStores, connection: ProjectedConnection): Promise<DescribedConnection> {
  const [described] = await describeAll(stores, [connection])
  if (described === undefined) throw new Error('one connection was to be described')
  return described
}

/** Only what was ever activated has a state: most lists cost nothing more for the others. */
async function describeAll(
  { sync, due }: DescribeStores,
  connections: readonly ProjectedConnection[],
): Promise<readonly DescribedConnection[]> {
  const fetched = connections.filter(({ activatedAt }) => activatedAt !== null).map(({ id }) => id)
  const [standings, dueAt] = await Promise.all([sync.standings(fetched), due.dueAt('sync', fetched)])
  return connections.map((connection) => ({
    ...connection,
    ...(standings.get(connection.id) ?? neverFetched),
    nextSyncAt: dueAt.get(connection.id) ?? null,
  }))
}

const neverFetched: Standing = { health: healthy, lastSync: null }
