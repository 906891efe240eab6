import type { DueStore } from '../due/index.ts'
import type { EventStore } from '../events/index.ts'
import type { Clock } from '../shared/clock.ts'
import { AppError } from '../shared/errors.ts'
import type { UnitFor } from '../shared/unit.ts'
import type { EndpointId, EventId, TenantId } from '../values/ids.ts'
import type { WebhookStore } from './index.ts'
import type { Endpoint } from './model/endpoint.ts'

export type RedeliverStores = {
  due: Pick<DueStore, 'wake'>
  events: Pick<EventStore, 'some' | 'positionsWithin'>
  webhooks: Pick<WebhookStore, 'get' | 'hold' | 'queue'>
}

/** Of these events; or of those that happened from one instant on until before another. */
export type Wanted = { readonly eventIds: readonly EventId[] } | { readonly from: Date; readonly to: Date }

/** @throws {AppError} invalid_request */
export function wantedOf(ask: { eventIds?: readonly string[]; from?: string; to?: string }): Wanted {
  const { eventIds, from, to } = ask
  if (eventIds !== undefined && from === undefined && to === undefined) return { eventIds }
  if (eventIds === undefined && from !== undefined && to !== undefined)
    return { from: new Date(from), to: new Date(to) }
  throw new AppError('invalid_request', 'Say which events: either `eventIds`, or `from` and `to`.', {
    errors: [{ path: '/body', message: 'must have either eventIds, or from and to' }],
  })
}

/** At once; who wants more asks again for the rest. */
const atOnceMax = 50_000

/**
 * Sends events to an endpoint again, from the start, under the ids that they have. A range leaves out what the endpoint does not want to hear of. What has not
 * been sent there yet will be, once.
 * @throws {AppError} webhook_endpoint_not_found, webhook_endpoint_disabled, event_not_found, too_many_events
 */
export function redeliverEvents(
  deps: { unit: UnitFor<RedeliverStores, { readonly queued: number }>; clock: Clock },
  { tenant, id, wanted }: { tenant: TenantId; id: EndpointId; wanted: Wanted },
): Promise<{ readonly queued: number }> {
  return deps.unit(tenant, async (stores) => {
    const { types } = await stores.webhooks.get(id)
    const positions = await positionsOf(stores, types, wanted)
    const now = deps.clock.now()
    // Before the endpoint: so does whoever sends to it.
    await stores.due.wake({ kind: 'delivery', subjects: [id], at: now })
    const endpoint = (await stores.webhooks.hold(id)) ?? (await stores.webhooks.get(id))
    if (endpoint.disabled !== null)
      throw new AppError('webhook_endpoint_disabled', 'Put the endpoint again first: nothing is sent to it now.')
    await stores.webhooks.queue(
      id,
      positions.filter((position) => position <= endpoint.position),
      now,
    )
    return { queued: positions.length }
  })
}

async function positionsOf(
  { events }: RedeliverStores,
  types: Endpoint['types'],
  wanted: Wanted,
): Promise<readonly bigint[]> {
  if ('eventIds' in wanted) {
    const ids = [...new Set(wanted.eventIds.map((id) => id.toLowerCase()))]
    const found = await events.some(ids)
    const unknown = ids.find((id) => !found.some((event) => event.id === id))
    if (unknown !== undefined)
      throw new AppError('event_not_found', `There is no event ${unknown}, or it is more than 30 days old.`)
    return found.map(({ position }) => position)
  }
  const positions = await events.positionsWithin({ ...wanted, types, limit: atOnceMax + 1 })
  if (positions.length > atOnceMax)
    throw new AppError('too_many_events', `These are more than ${atOnceMax} events. Ask for a shorter time.`)
  return positions
}
