// PostgreSQL struck down while workers import and the bank books.

import type { ChildProcess } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { isAlive, until } from './process.ts'
import type { RestartableServer } from './server.ts'
import type { Account, World } from './world.ts'

type Times = {
  /** How long there was no server. */
  readonly downMs: number
  /** From when there was one again: until the API answered what it reads there. */
  readonly apiMs: number
  /** Until a worker had claimed what was due, or those that had it before were done with it: who waits for a bank may not notice. */
  readonly claimedMs: number
  /** Until everything that was asked for was imported. */
  readonly importedMs: number
  /** Whether the leases that were held ran out by themselves. */
  readonly isPatient: boolean
}

export type RestartReport = {
  readonly restarts: number
  /** How many of them met a run between its beginning and its end. */
  readonly atWork: number
  /** Processes of the service that a restart took with it: they were started again. */
  readonly died: number
  readonly times: readonly Times[]
}

/**
 * Strikes the server down so many times, with two workers and the API at it, and looks after each whether everything is as the bank has booked it. The last
 * `patient` times nobody ends the leases that were held.
 * @throws when something is lost, comes twice, or is told otherwise than once
 */
export async function restartUnderLoad(
  world: World,
  {
    server,
    restarts,
    patient,
    random,
    say,
  }: {
    server: RestartableServer
    restarts: number
    patient: number
    random: () => number
    say: (line: string) => void
  },
): Promise<RestartReport> {
  let api = await world.api()
  const workers: ChildProcess[] = await Promise.all([world.worker(), world.worker()])
  const times: Times[] = []
  let [atWork, died] = [0, 0]
  let those: readonly Account[] = []
  for (let restart = 1; restart <= restarts; restart += 1) {
    const isPatient = restart > restarts - patient
    if (restart % restartsPerTenant === 1) {
      those = await world.begin(3)
      for (const account of those) await world.activate(account)
    }
    const load = under(world, those, random)
    await pause(random() * 1_000)
    await until('somebody is at work', async () => (await world.runsUnderWay()) > 0)
    await pause(random() * 100)
    if ((await world.runsUnderWay()) > 0) atWork += 1
    const struckAt = performance.now()
    await server.strike()
    await pause(random() * 500)
    await server.start()
    const backAt = performance.now()
    const claims = await world.claims()
    await until('the API answers', () =>
      world.call('GET', '/v1/companies/hanse/connections').then(
        () => true,
        () => !isAlive(api),
      ),
    )
    const apiMs = performance.now() - backAt
    await load.stop()
    for (const [at, worker] of workers.entries())
      if (!isAlive(worker)) {
        died += 1
        workers[at] = await world.worker()
      }
    if (!isAlive(api)) {
      died += 1
      api = await world.api()
    }
    // Nothing was left undone by chance: each has something to import.
    const asked = await Promise.all(those.map((account) => world.ask(account)))
    if (!isPatient) await world.endLeases()
    const isImported = async () =>
      (await Promise.all(asked.map((run) => world.statusOf(run)))).every((status) => status === 'completed')
    await until('a worker claims again', async () => (await world.claims()) > claims || (await isImported()))
    const claimedMs = performance.now() - backAt
    await until('everything is imported', isImported)
    const importedMs = performance.now() - backAt
    // What was booked after a run had read its page is in the next.
    for (const account of those) {
      const run = await world.ask(account)
      await until('the last run is over', async () => (await world.statusOf(run)) === 'completed')
    }
    const rows = await world.checkAll(those)
    times.push({ downMs: backAt - struckAt, apiMs, claimedMs, importedMs, isPatient })
    say(`${restart} of ${restarts} restarts: ${rows} rows, imported again after ${Math.round(importedMs)} ms`)
  }
  return { restarts, atWork, died, times }
}

const restartsPerTenant = 10

/** The bank books, and somebody asks for it, again and again; while there is no server, in vain. */
function under(world: World, those: readonly Account[], random: () => number): { stop(): Promise<void> } {
  const over = new AbortController()
  const going = (async () => {
    for (let at = 0; !over.signal.aborted; at += 1) {
      const account = those[at % those.length]
      if (account === undefined) return
      await world.bookSome(account, 5)
      await world.ask(account).catch(() => undefined)
      await pause(100 + random() * 200)
    }
  })()
  return {
    stop: () => {
      over.abort()
      return going
    },
  }
}
