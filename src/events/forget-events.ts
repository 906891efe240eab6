import type { DueStore, Lease } from '../due/index.ts'
import type { Clock } from '../shared/clock.ts'
import type { Unit } from '../shared/unit.ts'
import type { WebhookStore } from '../webhooks/index.ts'
import type { EventStore } from './index.ts'
import { keptDays } from './model.ts'

type Stores = {
  due: Pick<DueStore, 'hold' | 'finish'>
  events: Pick<EventStore, 'lastHeld' | 'olderThrough' | 'between' | 'forgetThrough'>
  webhooks: Pick<WebhookStore, 'all' | 'pendingThrough' | 'loseThrough'>
}

const dayMs = 86_400_000
/** In one transaction: the tenant's writers wait for it. */
const atOnce = 1_000

/** Forgets what happened more than thirty days ago. An endpoint that has not got it by then is told so: it never will. */
export async function forgetEvents(deps: { unit: Unit<Stores>; clock: Clock }, lease: Lease): Promise<void> {
  const isUnfinished = () =>
    deps.unit(lease.tenant, async (stores) => {
      await stores.due.hold(lease)
      const now = deps.clock.now()
      const before = new Date(now.getTime() - keptDays * dayMs)
      const through = await stores.events.olderThrough(before, atOnce)
      if (through === null) {
        await stores.due.finish(lease, { next: new Date(now.getTime() + dayMs), failed: false })
        return false
      }
      // Before anything of an endpoint's: whoever changes one waits for the feed first too.
      await stores.events.lastHeld()
      await stores.webhooks.loseThrough(through, { missed: await missing(stores, through), before })
      await stores.events.forgetThrough(through)
      return true
    })
  while (await isUnfinished());
}

/** The endpoints that some of it was still to be delivered to. */
async function missing({ events, webhooks }: Stores, through: bigint): Promise<readonly string[]> {
  const pending = new Set(await webhooks.pendingThrough(through))
  const ids: string[] = []
  for (const { id, position, types } of await webhooks.all()) {
    const unseen = position < through ? await events.between({ after: position, through, types, limit: 1 }) : []
    if (pending.has(id) || unseen.length > 0) ids.push(id)
  }
  return ids
}
