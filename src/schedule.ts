// The clock: what is due is claimed from the table that says so, and handed to the use case that it is about. The only cron in the program.

import { setTimeout as pause } from 'node:timers/promises'
import cron from 'node-cron'
import { refreshAgreement } from './agreements/refresh-agreement.ts'
import { expireSession } from './consents/change-session.ts'
import { remindOfConsent } from './consents/remind-of-consent.ts'
import { expireConsent } from './consents/revoke-consent.ts'
import { refreshStatusOf } from './connections/refresh-status-of.ts'
import type { DueKind, Lease } from './due/index.ts'
import { forgetEvents } from './events/forget-events.ts'
import { keepPictures } from './institutions/keep-pictures.ts'
import { refreshInstitutions } from './institutions/refresh-institutions.ts'
import { runMatching } from './matching/run-matching.ts'
import { AppError } from './shared/errors.ts'
import { syncConnection } from './sync/fetch-run.ts'
import { deliverEvents } from './webhooks/deliver-events.ts'
import type { Deps } from './wiring.ts'

/** A lease outlives a killed process by less than the 35 seconds in which its work must be taken over. */
const leaseMs = 30_000
const heartbeatMs = 10_000
/** How long stopping waits for what is being done. */
const graceMs = 8_000

type Crew = {
  readonly kinds: readonly DueKind[]
  readonly workersMax: number
  readonly perLane: number
  /** So many who have waited for longer than `patienceMs` count as nobody: others work in their place. */
  readonly waitingMax: number
}

const patienceMs = 2_000

/** What waits for banks and what waits for webhook receivers wait apart. */
const crews: readonly Crew[] = [
  // `perLane`: so many may wait for one institution; its trouble is its own.
  {
    kinds: ['status', 'session', 'consent', 'reminder', 'agreement', 'sync', 'match', 'forget'],
    workersMax: 8,
    perLane: 4,
    waitingMax: 0,
  },
  // A worker for each endpoint whose turn it is; those that are known to be slow or failing have no more than these. However many fall silent at once,
  // while each is waited for nobody else has to.
  { kinds: ['delivery'], workersMax: 24, perLane: 8, waitingMax: 200 },
]

export type Schedule = {
  /** Does everything that is due now, and waits for it: for tests and simulations, which have the clock in hand. */
  drain(): Promise<void>
  /** Claims no more, waits for what is being done, and gives back the rest. */
  stop(): Promise<void>
}

export function createSchedule(deps: Deps, options: { readonly ticking: boolean }): Schedule {
  const working = new Map<Lease, { readonly done: Promise<void>; readonly since: number }>()
  let stopped = false

  async function claimMore(crew: Crew): Promise<number> {
    const { kinds, workersMax, perLane, waitingMax } = crew
    const all = [...working].filter(([{ kind }]) => kinds.includes(kind))
    const waiting = all.filter(([, { since }]) => performance.now() - since > patienceMs)
    const count = workersMax - (all.length - Math.min(waiting.length, waitingMax))
    if (stopped || count <= 0) return 0
    const now = deps.clock.now()
    const leases = await deps.claims.claim({
      kinds,
      now,
      leaseUntil: new Date(now.getTime() + leaseMs),
      count,
      perLane,
    })
    for (const lease of leases) {
      const done = attempt(deps, lease).finally(() => working.delete(lease))
      working.set(lease, { done, since: performance.now() })
      // Whoever is done makes room at once: nobody waits for the next tick.
      if (options.ticking) void done.then(() => claimSafely(crew))
    }
    return leases.length
  }

  async function claimAll(): Promise<number> {
    let claimed = 0
    for (const crew of crews) claimed += await claimMore(crew)
    return claimed
  }

  const allDone = (): Promise<unknown> => Promise.all([...working.values()].map(({ done }) => done))

  const claimSafely = (crew: Crew): Promise<unknown> =>
    claimMore(crew).catch((error: unknown) => deps.log.warn({ err: error }, 'due work could not be claimed'))

  // A tick that is missed loses nothing: the next one claims what is due.
  const cronOptions = { noOverlap: true, suppressMissedWarning: true, logger: deps.log }
  const tasks = options.ticking
    ? [
        ...crews.map((crew) => cron.schedule('* * * * * *', () => claimSafely(crew), cronOptions)),
        cron.schedule('17 3 * * *', () => refreshCatalogue(deps), cronOptions),
      ]
    : []
  const heartbeat = setInterval(() => {
    const until = new Date(deps.clock.now().getTime() + leaseMs)
    deps.claims
      .extend([...working.keys()], until)
      .catch((error: unknown) => deps.log.warn({ err: error }, 'leases could not be kept'))
  }, heartbeatMs)
  heartbeat.unref()

  return {
    async drain() {
      while ((await claimAll()) > 0 || working.size > 0) await allDone()
    },
    async stop() {
      stopped = true
      clearInterval(heartbeat)
      for (const task of tasks) await task.destroy()
      await Promise.race([allDone(), pause(graceMs, undefined, { ref: false })])
      // What is not done by then is somebody else's from now on: the fence keeps this process from committing it.
      await deps.claims.extend([...working.keys()], deps.clock.now()).catch(() => undefined)
    },
  }
}

async function refreshCatalogue(deps: Deps): Promise<void> {
  await refreshInstitutions(deps)
  await keepPictures(deps)
}

/** What fails, by a bug or for want of the database, is logged and tried again soon, then later and later; it takes nothing else down. */
async function attempt(deps: Deps, lease: Lease): Promise<void> {
  try {
    await perform(deps, lease)
  } catch (error) {
    if (error instanceof AppError && error.code === 'lease_lost') {
      deps.log.info({ kind: lease.kind, subject: lease.subject }, 'work was taken over by somebody else')
      return
    }
    deps.log.error(
      { err: error, kind: lease.kind, subject: lease.subject, attempts: lease.attempts },
      'due work failed',
    )
    const delayMs = Math.min(2_000 * 4 ** lease.attempts, 3_600_000)
    const next = new Date(deps.clock.now().getTime() + delayMs)
    await deps.unit(lease.tenant, ({ due }) => due.finish(lease, { next, failed: true })).catch(() => undefined)
  }
}

function perform(deps: Deps, lease: Lease): Promise<void> {
  switch (lease.kind) {
    case 'status':
      return refreshStatusOf(deps, lease)
    case 'session':
      return expireSession(deps, lease)
    case 'consent':
      return expireConsent(deps, lease)
    case 'reminder':
      return remindOfConsent(deps, lease)
    case 'agreement':
      return refreshAgreement(deps, lease)
    case 'sync':
      return syncConnection(deps, lease)
    case 'match':
      return runMatching(deps, lease)
    case 'delivery':
      return deliverEvents(deps, lease)
    case 'forget':
      return forgetEvents(deps, lease)
  }
}
