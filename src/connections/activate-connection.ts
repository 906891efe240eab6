import type { CompanyStore } from '../companies/index.ts'
import type { DueStore } from '../due/index.ts'
import type { InstitutionStore } from '../institutions/index.ts'
import type { Clock } from '../shared/clock.ts'
import { AppError } from '../shared/errors.ts'
import type { Unit, UnitFor } from '../shared/unit.ts'
import type { SyncStore } from '../sync/index.ts'
import { restartAt } from '../sync/model/coverage.ts'
import { resolveStart, servedFromOn } from '../sync/model/window.ts'
import { localDay, type Day } from '../values/day.ts'
import type { ConnectionId, TenantId } from '../values/ids.ts'
import type { ConnectionStore } from './index.ts'
import { activated, startAsked } from './model/activation.ts'
import { isWaiting } from './model/connection.ts'
import { firstFetchAt } from './model/first-fetch.ts'
import { describe, type DescribedConnection, type DescribeStores } from './read-connections.ts'
import { refreshStatuses, type RefreshStores } from './refresh-statuses.ts'

export type ActivateStores = RefreshStores &
  DescribeStores & {
    companies: Pick<CompanyStore, 'get'>
    institutions: Pick<InstitutionStore, 'find'>
    connections: Pick<ConnectionStore, 'hold' | 'save' | 'get'>
    sync: Pick<SyncStore, 'state' | 'saveState'>
    due: Pick<DueStore, 'set'>
  }

/** What was switched on, and the first day that its bank still serves. */
export type Activated = { readonly connection: DescribedConnection; readonly servedFrom: Day }

/**
 * Switches a connection on, and starts its first fetch. Without a start date one that fetched before goes on where it stood, and a new one takes all that the bank
 * serves. Days that a later start date skips are excluded, not missing.
 * @throws {AppError} connection_not_found, connection_ignored, connection_not_usable before its bank is known, start_date_in_future
 */
export function activateConnection(
  deps: { readonly unit: UnitFor<ActivateStores, Activated>; readonly clock: Clock },
  ask: { tenant: TenantId; id: ConnectionId; startDate: string | null; firstSync: 'now' | 'next_day' },
): Promise<Activated> {
  return deps.unit(ask.tenant, async (stores) => {
    const { companies, institutions, connections, sync, due } = stores
    const now = deps.clock.now()
    const connection = await connections.hold(ask.id)
    if (connection.assignment === 'none')
      throw new AppError('connection_ignored', 'It is assigned to none: assign it elsewhere first.')
    const institution =
      connection.institutionId === null ? undefined : await institutions.find(connection.institutionId)
    if (institution === undefined)
      throw new AppError(
        'connection_not_usable',
        'It waits for its bank account: authorise first, or start the session with `activate`.',
      )
    const { timeZone } = await companies.get(connection.companyId)
    const today = localDay(now, timeZone)
    const asked = ask.startDate === null ? (connection.startDate ?? 'max_history') : startAsked(ask.startDate, today)
    if (asked === undefined)
      throw new AppError(
        'start_date_in_future',
        'The start date must be a day that is not after today, or today, month_start or max_history.',
      )
    const startDate = resolveStart(asked, { today, maxHistoryDays: institution.maxHistoryDays })

    const switchedOn = activated(connection, { startDate, firstSync: ask.firstSync, today, now })
    await connections.save(switchedOn)
    const state = await sync.state(connection.id)
    await sync.saveState(connection.id, {
      ...state,
      coverage: restartAt(state.coverage, { previousStart: connection.startDate, startDate }),
    })
    const at = firstFetchAt(switchedOn, { timeZone, now })
    await due.set({ kind: 'sync', subject: connection.id, lane: institution.id, at })
    await refreshStatuses(stores, now)
    return {
      connection: await describe(stores, await connections.get(ask.id)),
      servedFrom: servedFromOn(today, institution.maxHistoryDays),
    }
  })
}

export type DeactivateStores = RefreshStores &
  DescribeStores & { connections: Pick<ConnectionStore, 'hold' | 'save' | 'get'>; due: Pick<DueStore, 'drop'> }

/**
 * Switches a connection off here: nothing is fetched any more. The consent lives on at the bank.
 * @throws {AppError} connection_not_found, connection_not_usable for one that waits for its bank: there is nothing to switch off, nor on again
 */
export function deactivateConnection(
  deps: { readonly unit: UnitFor<DeactivateStores, DescribedConnection>; readonly clock: Clock },
  { tenant, id }: { tenant: TenantId; id: ConnectionId },
): Promise<DescribedConnection> {
  return deps.unit(tenant, async (stores) => {
    const { connections, due } = stores
    const now = deps.clock.now()
    const connection = await connections.hold(id)
    if (isWaiting(connection))
      throw new AppError('connection_not_usable', 'It waits for its bank account: assign it to `none`, or remove it.')
    if (connection.deactivatedAt === null) await connections.save({ ...connection, deactivatedAt: now })
    await due.drop({ kind: 'sync', subject: id })
    await refreshStatuses(stores, now)
    return describe(stores, await connections.get(id))
  })
}

/** Takes one account away: it stays removed through renewals, until it is added again. @throws {AppError} connection_not_found */
export function removeConnection(
  deps: {
    readonly unit: Unit<{ connections: Pick<ConnectionStore, 'hold' | 'save'>; due: Pick<DueStore, 'drop'> }>
    readonly clock: Clock
  },
  { tenant, id }: { tenant: TenantId; id: ConnectionId },
): Promise<void> {
  return deps.unit(tenant, async ({ connections, due }) => {
    const connection = await connections.hold(id)
    await connections.save({ ...connection, removedAt: deps.clock.now() })
    await due.drop({ kind: 'sync', subject: id })
    await due.drop({ kind: 'status', subject: id })
  })
}
