// A worker as `src/main.ts` makes one, which knows the step it is at, and kills itself there when it is told to. It claims without waiting for the second to
// be full, and proposes no matches, which are no part of a sync.

import { AsyncLocalStorage } from 'node:async_hooks'
import { flushCompileCache } from 'node:module'
import { setTimeout as pause } from 'node:timers/promises'
import { readConfig } from '../../../src/config.ts'
import type { Provider } from '../../../src/providers/provider.ts'
import { createSchedule } from '../../../src/schedule.ts'
import { systemClock } from '../../../src/shared/clock.ts'
import { createCipher } from '../../../src/shared/crypto.ts'
import { createPool, type Pool } from '../../../src/shared/db.ts'
import { createIds } from '../../../src/shared/ids.ts'
import { createLog } from '../../../src/shared/log.ts'
import { createMetrics } from '../../../src/shared/metrics.ts'
import { createOutbound, createReceivers } from '../../../src/shared/outbound.ts'
import { markComplete } from '../../../src/sync/model/coverage.ts'
import { wire, type Deps, type Stores } from '../../../src/wiring.ts'
import type { Answer, Mistake, Order, Phase, Place, Step, UnitName } from './steps.ts'

let place: Place | null = null
let mistake: Mistake | null = null
let seen = 0
let isWorking = false
let isAskedToRest = false

const say = (answer: Answer): Promise<void> =>
  new Promise((said, failed) => process.send?.(answer, undefined, {}, (error) => (error ? failed(error) : said())))

/** Where the worker is now: the place to end at, or not. */
async function reach(step: Step): Promise<void> {
  if (place?.step !== step || (seen += 1) !== place.nth) return
  const { how } = place
  place = null
  // It is asleep when it is told so, or a moment later; nothing else happens here in between.
  if (how === 'SIGSTOP') await say({ kind: 'stopping' })
  process.kill(process.pid, how)
  if (how === 'SIGKILL') await new Promise(() => undefined)
}

/** The transaction that a statement belongs to, as far as its calls have told what it is. */
const current = new AsyncLocalStorage<{ name: UnitName | null }>()

const reachIn = async (phase: Phase): Promise<void> => {
  const name = current.getStore()?.name ?? null
  if (name !== null) await reach(`${name} ${phase}`)
}

/** What is sent is on its way once the turn is over. */
function withSteps(pool: Pool): Pool {
  const connect = pool.connect.bind(pool)
  const watched = new WeakSet<object>()
  const watching = async () => {
    const client = await connect()
    if (watched.has(client)) return client
    watched.add(client)
    const query: (...args: unknown[]) => unknown = client.query.bind(client)
    return Object.assign(client, {
      query(text: unknown, ...rest: unknown[]): unknown {
        const sent = query(text, ...rest)
        const said = String(text)
        if (said === 'commit') setImmediate(() => void reachIn('sent'))
        else if (said.includes('insert into transaction_changes')) setImmediate(() => void reachIn('telling'))
        return sent
      },
    })
  }
  return Object.assign(pool, { connect: watching })
}

/** The call, with something done before it. */
const before =
  <Arguments extends unknown[], Result>(call: (...args: Arguments) => Promise<Result>) =>
  (act: (...args: Arguments) => unknown) =>
  async (...args: Arguments): Promise<Result> => {
    await act(...args)
    return call(...args)
  }

/** The call, and what it has reached. */
const reaching = (phase: Phase, call: () => Promise<void>) => async () => {
  await call()
  await reachIn(phase)
}

/** Each transaction of a sync makes a call that no other makes. */
function watch({ sync, transactions, consents, events }: Stores, now: { name: UnitName | null }): void {
  const is = (name: UnitName) => () => void (now.name = name)
  consents.sealedRef = before(consents.sealedRef.bind(consents))(is('preparation'))
  sync.spool = before(sync.spool.bind(sync))(is('page'))
  sync.addCall = before(sync.addCall.bind(sync))((_, resource) => resource === 'balances' && is('balances')())
  transactions.heldBetween = before(transactions.heldBetween.bind(transactions))(is('decision'))
  transactions.add = before(transactions.add.bind(transactions))(is('block'))
  sync.addCloses = before(sync.addCloses.bind(sync))(is('end'))
  transactions.flush = reaching('told', transactions.flush.bind(transactions))
  events.flush = reaching('announced', events.flush.bind(events))
}

/** Makes the mistake that was ordered, if any. */
function err({ due, transactions }: Stores, apart: (work: (stores: Stores) => Promise<void>) => Promise<void>): void {
  if (mistake === 'no_fence') due.hold = () => Promise.resolve()
  // Before the block writes anything: it would hold what is to be written apart.
  if (mistake === 'watermark_first')
    transactions.modify = before(transactions.modify.bind(transactions))(({ runId, connectionId }) =>
      apart(async ({ sync }) => {
        const [run, state] = [await sync.getRun(runId), await sync.state(connectionId)]
        if (run.window === null) return
        await sync.saveRun({ ...run, committedThrough: run.window.to })
        await sync.saveState(connectionId, { ...state, coverage: markComplete(state.coverage, run.window) })
      }),
    )
}

const unitWithSteps =
  (unit: Deps['unit']): Deps['unit'] =>
  (tenant, work) => {
    const now: { name: UnitName | null } = { name: null }
    return current.run(now, async () => {
      const result = await unit(tenant, async (stores) => {
        watch(stores, now)
        err(stores, (apart) => unit(tenant, apart))
        const done = await work(stores)
        await reachIn('written')
        return done
      })
      await reachIn('committed')
      return result
    })
  }

const providerWithSteps = (provider: Provider): Provider => ({
  ...provider,
  async fetchPage(ask) {
    const page = await provider.fetchPage(ask)
    await reach('page received')
    return page
  },
  async fetchBalances(ask) {
    const balances = await provider.fetchBalances(ask)
    await reach('balances received')
    return balances
  },
})

const { config, secrets } = readConfig()
const [newest, ...older] = secrets.encryptionKeys
if (secrets.database === null || newest === undefined) throw new Error('a database and a key have to be given')
const log = createLog({ level: config.logLevel })
const wired = wire({
  pool: withSteps(
    createPool({ url: secrets.database.url, size: 20, name: 'bankfeed', statementTimeoutMs: 20_000, log }),
  ),
  cipher: createCipher([newest, ...older]),
  clock: systemClock,
  ids: createIds(() => Date.now()),
  log,
  metrics: createMetrics(),
  outbound: createOutbound({ log }),
  receivers: createReceivers({ log, networks: [] }),
  proposer: { propose: () => Promise.resolve([]), close: () => Promise.resolve() },
  random: Math.random,
  providerConfig: secrets.providers,
  publicUrl: config.publicUrl ?? '',
})
const deps: Deps = {
  ...wired,
  unit: unitWithSteps(wired.unit),
  providers: new Map([...wired.providers].map(([id, provider]) => [id, providerWithSteps(provider)])),
  claims: {
    ...wired.claims,
    async claim(ask) {
      const leases = await wired.claims.claim(ask)
      if (leases.some(({ kind }) => kind === 'sync')) await reach('claimed')
      return leases
    },
  },
}
const schedule = createSchedule(deps, { ticking: false })

process.on('message', (order: Order) => {
  if (order.kind === 'rest') {
    isWorking = false
    isAskedToRest = true
    return
  }
  ;({ place, mistake } = order)
  seen = 0
  isWorking = true
  void say({ kind: 'done' })
})
// Whoever started it has gone.
process.on('disconnect', () => process.exit())

await say({ kind: 'ready' })
// Those that come after it start sooner; it cannot be written when it is killed.
flushCompileCache()
for (;;) {
  if (isWorking) await schedule.drain()
  if (isAskedToRest) {
    isAskedToRest = false
    await say({ kind: 'done' })
  }
  await pause(20)
}
