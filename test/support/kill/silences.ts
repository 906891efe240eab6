// A way to PostgreSQL that leads nowhere any more, and nobody is told: a firewall that forgets, a host that is gone.

import { setTimeout as pause } from 'node:timers/promises'
import type { Wire } from '../wire.ts'
import { until } from './process.ts'
import type { World } from './world.ts'

/**
 * Silences so many times what a worker and the API have open to the database, in the middle of an import, and looks after each whether everything is as the
 * bank has booked it.
 * @returns how long each took, from the silence until everything that was asked for was imported, in milliseconds
 * @throws when something is lost, comes twice, or is told otherwise than once
 */
export async function silenceUnderLoad(
  world: World,
  { wire, silences, random, say }: { wire: Wire; silences: number; random: () => number; say: (line: string) => void },
): Promise<readonly number[]> {
  await world.api()
  await world.worker()
  const those = await world.begin(3)
  for (const account of those) await world.activate(account)
  const times: number[] = []
  for (let silence = 1; silence <= silences; silence += 1) {
    for (const account of those) await world.book(account)
    const asked = await Promise.all(those.map((account) => world.ask(account)))
    await until('somebody is at work', async () => (await world.runsUnderWay()) > 0)
    await pause(random() * 300)
    wire.silence()
    const silentAt = performance.now()
    for (const run of asked)
      await until('everything is imported', async () => (await world.statusOf(run)) === 'completed')
    times.push(performance.now() - silentAt)
    const rows = await world.checkAll(those)
    say(`${silence} of ${silences} silences: ${rows} rows, imported after ${Math.round(times.at(-1) ?? 0)} ms`)
  }
  return times
}
