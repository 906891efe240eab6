import type { DueStore, Lease } from '../due/index.ts'
import type { EventStore } from '../events/index.ts'
import { asTold, type Event } from '../events/model.ts'
import type { Cipher } from '../shared/crypto.ts'
import type { Unit } from '../shared/unit.ts'
import type { WebhookStore } from './index.ts'
import type { Endpoint } from './model/endpoint.ts'
import { settle, type Attempt } from './model/settle.ts'
import { openSecrets, send, type SendDeps } from './send.ts'
import type { Waiting } from './store.ts'

type Stores = {
  due: Pick<DueStore, 'hold' | 'finish'>
  events: Pick<EventStore, 'last' | 'between' | 'at'>
  webhooks: Pick<WebhookStore, 'hold' | 'secrets' | 'save' | 'due' | 'nextDue' | 'keep' | 'drop' | 'hurry'>
}

type Deps = SendDeps & {
  readonly unit: Unit<Stores>
  readonly cipher: Cipher
  readonly random: () => number
}

/** So many are on their way to one endpoint at a time; to one where nothing arrives, one that failed before and one that is new. */
const sideBySide = 8
const againMax = 4
/** An endpoint's turn: then the others come. */
const turnMs = 10_000
const wavesMax = 50
/** An endpoint that lets us wait for longer has only a part of the workers, which it shares with its like. */
const slowMs = 3_000

type Wave = {
  readonly endpoint: Endpoint
  readonly secrets: readonly string[]
  readonly events: readonly (Event & { readonly tried: Pick<Waiting, 'firstAt' | 'attempts'> | null })[]
  /** Everything up to there has been tried when this wave has been. */
  readonly through: bigint
}

type Turn = { readonly until: Date; readonly waves: number; readonly isSlow: boolean }

/**
 * An endpoint's turn: what is due is sent, side by side, and what came of it is written before more is. Nobody else sends to the endpoint meanwhile; who dies over
 * it leaves what was on its way to be sent again, under the same id.
 */
export async function deliverEvents(deps: Deps, lease: Lease): Promise<void> {
  const until = new Date(deps.clock.now().getTime() + turnMs)
  let sent: Sent | null = null
  for (let turn: Turn = { until, waves: 0, isSlow: false }; ;) {
    const before: Sent | null = sent
    const wave: Wave | null = await deps.unit(lease.tenant, (stores) =>
      nextWave(deps, stores, lease, { sent: before, turn }),
    )
    if (wave === null) return
    const startedAt = deps.clock.now().getTime()
    sent = { wave, attempts: await Promise.all(wave.events.map((event) => attempt(deps, wave, event))) }
    const isSlow = turn.isSlow || deps.clock.now().getTime() - startedAt > slowMs
    turn = { until, waves: turn.waves + 1, isSlow }
  }
}

type Sent = { readonly wave: Wave; readonly attempts: readonly Attempt[] }

/** Writes what came of the last wave, and takes the next; null when the turn is over. @throws {AppError} lease_lost */
async function nextWave(
  deps: Deps,
  stores: Stores,
  lease: Lease,
  { sent, turn }: { readonly sent: Sent | null; readonly turn: Turn },
): Promise<Wave | null> {
  await stores.due.hold(lease)
  const now = deps.clock.now()
  const held = await stores.webhooks.hold(lease.subject)
  const endpoint = held === undefined || sent === null ? held : await written(deps, stores, held, sent, now)
  const finish = async (next: Date | null) => {
    const lane = endpoint?.failingSince != null ? 'failing' : turn.isSlow ? 'slow' : ''
    await stores.due.finish(lease, { next, failed: false, lane })
    return null
  }
  if (endpoint === undefined || endpoint.disabled !== null) return finish(null)
  if (endpoint.pausedUntil !== null && endpoint.pausedUntil > now) return finish(endpoint.pausedUntil)
  if (turn.waves >= wavesMax || now >= turn.until) return finish(now)
  const { events, through } = await dueAt(stores, endpoint, now)
  if (events.length === 0) {
    await stores.webhooks.save({ ...endpoint, position: through }, now)
    return finish(await stores.webhooks.nextDue(endpoint.id))
  }
  const secrets = openSecrets(
    deps.cipher,
    { tenant: lease.tenant, id: endpoint.id, now },
    await stores.webhooks.secrets(endpoint.id),
  )
  return { endpoint, secrets, events, through }
}

async function written(
  { random }: Deps,
  { webhooks }: Stores,
  endpoint: Endpoint,
  { wave, attempts }: Sent,
  now: Date,
): Promise<Endpoint> {
  const settled = settle(endpoint, attempts, { now, random })
  const position = wave.through > endpoint.position ? wave.through : endpoint.position
  const next = { ...settled.endpoint, position }
  await webhooks.save(next, now)
  await webhooks.drop(endpoint.id, settled.delivered)
  await webhooks.keep(endpoint.id, settled.kept)
  if (settled.hasRecovered) await webhooks.hurry(endpoint.id, now, { anew: false })
  return next
}

/** What failed before and is due again, then what has never been tried. */
async function dueAt(
  { events, webhooks }: Stores,
  { id, position, types, failingSince }: Endpoint,
  now: Date,
): Promise<Pick<Wave, 'events' | 'through'>> {
  const isFailing = failingSince !== null
  const waiting = await webhooks.due(id, now, isFailing ? 1 : againMax)
  const again = await events.at(waiting.map((delivery) => delivery.position))
  const gone = waiting.filter((delivery) => !again.some((event) => event.position === delivery.position))
  await webhooks.drop(
    id,
    gone.map((delivery) => delivery.position),
  )
  const last = await events.last()
  const limit = isFailing ? 1 : sideBySide - again.length
  const fresh = await events.between({ after: position, through: last, types, limit })
  const byPosition = new Map(waiting.map((delivery) => [delivery.position, delivery]))
  return {
    events: [
      ...again.map((event) => ({ ...event, tried: byPosition.get(event.position) ?? null })),
      ...fresh.map((event) => ({ ...event, tried: null })),
    ],
    // Where there is no more, nothing up to `last` is left to be tried.
    through: fresh.length === limit ? (fresh.at(-1)?.position ?? position) : last,
  }
}

async function attempt(
  deps: Deps,
  { endpoint, secrets }: Wave,
  { tried, ...event }: Wave['events'][number],
): Promise<Attempt> {
  const body = JSON.stringify(asTold(event))
  const answered = await send(deps, { url: endpoint.url, id: event.id, body, secrets })
  return {
    position: event.position,
    eventId: event.id,
    firstAt: tried?.firstAt ?? null,
    attempts: tried?.attempts ?? 0,
    ...answered,
  }
}
