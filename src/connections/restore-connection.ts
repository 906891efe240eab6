import type { DueStore } from '../due/index.ts'
import type { Clock } from '../shared/clock.ts'
import { AppError } from '../shared/errors.ts'
import type { UnitFor } from '../shared/unit.ts'
import type { ConnectionId, TenantId } from '../values/ids.ts'
import type { ConnectionStore } from './index.ts'
import { isWaiting, ledgerAccountIdOf } from './model/connection.ts'
import { describe, type DescribedConnection, type DescribeStores } from './read-connections.ts'
import { refreshStatuses, type RefreshStores } from './refresh-statuses.ts'

export type RestoreStores = RefreshStores &
  DescribeStores & {
    connections: Pick<
      ConnectionStore,
      'holdRemoved' | 'ofCompany' | 'inheritStatuses' | 'drop' | 'save' | 'get' | 'touch'
    >
    due: Pick<DueStore, 'setBy'>
  }

/**
 * Adds an account again that was taken away, as it was: where it belongs, and whether it is switched on. What its bank still serves of the days between is fetched;
 * where no consent covers it any more its status says what to do. One that is there stays as it is.
 * @throws {AppError} connection_not_found, assignment_conflict when another has been connected to its ledger account since
 */
export function restoreConnection(
  deps: { readonly unit: UnitFor<RestoreStores, DescribedConnection>; readonly clock: Clock },
  { tenant, id }: { tenant: TenantId; id: ConnectionId },
): Promise<DescribedConnection> {
  return deps.unit(tenant, async (stores) => {
    const { connections, due } = stores
    const now = deps.clock.now()
    const connection = await connections.holdRemoved(id)
    if (connection.removedAt !== null) {
      await freeLedgerAccount(connections, connection)
      await connections.save({ ...connection, removedAt: null })
      const isOn = connection.activatedAt !== null && connection.deactivatedAt === null
      if (isOn) await due.setBy({ kind: 'sync', subject: id, lane: connection.institutionId ?? '', at: now })
      await refreshStatuses(stores, now)
    }
    return describe(stores, await connections.get(id))
  })
}

/** Who has waited for its ledger account meanwhile waits for nothing any more. */
async function freeLedgerAccount(
  connections: RestoreStores['connections'],
  connection: Awaited<ReturnType<ConnectionStore['holdRemoved']>>,
): Promise<void> {
  const ledgerAccountId = ledgerAccountIdOf(connection)
  if (ledgerAccountId === null) return
  const others = await connections.ofCompany(connection.companyId)
  const holder = others.find((other) => ledgerAccountIdOf(other) === ledgerAccountId)
  if (holder === undefined) return
  if (!isWaiting(holder))
    throw new AppError(
      'assignment_conflict',
      `The ledger account ${ledgerAccountId} has the connection ${holder.id} now. Assign that one elsewhere first.`,
    )
  await connections.inheritStatuses(holder.id, connection.id)
  await connections.drop(holder.id)
}
