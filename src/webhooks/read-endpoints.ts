import type { EventStore } from '../events/index.ts'
import type { Page, PageAsk } from '../shared/page.ts'
import type { Unit } from '../shared/unit.ts'
import type { EndpointId, TenantId } from '../values/ids.ts'
import type { WebhookStore } from './index.ts'
import type { Endpoint } from './model/endpoint.ts'

export type CountStores = {
  events: Pick<EventStore, 'last' | 'countBetween'>
  webhooks: Pick<WebhookStore, 'countDeliveries'>
}
type Deps = { readonly unit: Unit<CountStores & { webhooks: Pick<WebhookStore, 'get' | 'list'> }> }

/** Counted no further. */
export const pendingMax = 10_000

export type CountedEndpoint = Endpoint & {
  /** What is still to be delivered: `pendingMax` stands for that and more. */
  readonly pending: number
  readonly givenUp: number
}

/** @throws {AppError} webhook_endpoint_not_found */
export function getEndpoint(
  { unit }: Deps,
  { tenant, id }: { tenant: TenantId; id: EndpointId },
): Promise<CountedEndpoint> {
  return unit(tenant, async (stores) => counted(stores, await stores.webhooks.get(id)))
}

export function listEndpoints(
  { unit }: Deps,
  { tenant, ask }: { tenant: TenantId; ask: PageAsk },
): Promise<Page<CountedEndpoint>> {
  return unit(tenant, async (stores) => {
    const page = await stores.webhooks.list(ask)
    const data: CountedEndpoint[] = []
    for (const endpoint of page.data) data.push(await counted(stores, endpoint))
    return { ...page, data }
  })
}

/** With what is still to be delivered to it. */
export async function counted({ events, webhooks }: CountStores, endpoint: Endpoint): Promise<CountedEndpoint> {
  const { position: after, types } = endpoint
  const { waiting, givenUp } = await webhooks.countDeliveries(endpoint.id)
  const untried = await events.countBetween({ after, through: await events.last(), types, limit: pendingMax })
  return { ...endpoint, pending: Math.min(waiting + untried, pendingMax), givenUp }
}
