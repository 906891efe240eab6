import { notDurable, scratchDatabase } from '../support/scratch.ts'
import { openGround } from './simulate.ts'

const lanesMax = 3

/**
 * Simulates seed after seed and says of each what it met and whether all held. Answers how many did not. A simulation mostly waits for its database, so there
 * are several beside each other, each with a database of its own, which need not outlive the machine.
 */
export async function runSeeds(ask: {
  readonly first: number
  readonly seeds: number
  readonly days: number
  /** Says every step too. */
  readonly traced: boolean
  readonly say: (line: string) => void
  readonly cleanup: AsyncDisposableStack
}): Promise<number> {
  const { first, seeds, days, say, cleanup } = ask
  const lanes = Math.min(seeds, lanesMax)
  const databases = await Promise.all(Array.from({ length: lanes }, () => scratchDatabase(cleanup, notDurable)))
  const grounds = await Promise.all(databases.map((database) => openGround(database, cleanup)))
  const begun = performance.now()
  const met: Record<string, number> = {}
  let failed = 0
  let next = first
  const run = async (simulate: (typeof grounds)[number]) => {
    while (next < first + seeds) {
      const seed = next
      next += 1
      const { violations, steps, rows, faults, trace, habits } = await simulate(seed, days, ask.traced ? { say } : {})
      for (const [fault, times] of Object.entries(faults)) met[fault] = (met[fault] ?? 0) + times
      if (violations.length > 0) failed += 1
      const verdict = violations.length === 0 ? 'holds' : 'DOES NOT HOLD'
      say(
        `seed ${seed}: ${verdict}; ${days} days, ${steps} steps, ${rows} rows, ids ${habits.ids}${habits.trusted ? ' (trusted)' : ''}, balances ${habits.balances}; trace ${trace}`,
      )
      for (const violation of violations) say(`  seed ${seed}: ${violation}`)
    }
  }
  await Promise.all(grounds.map(run))
  const told = Object.entries(met).map(([fault, times]) => `${times} × ${fault}`)
  say(`met ${told.join(', ')}`)
  const seconds = ((performance.now() - begun) / 1000).toFixed(0)
  say(`${seeds - failed} of ${seeds} seeds hold; ${(seeds * days).toLocaleString('en')} days in ${seconds} s`)
  return failed
}
