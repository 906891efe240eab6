// npm run simulate -- [--seed 1] [--seeds 1] [--days 30] [--trace]: see simulate.ts. Prints each seed, the faults that it met and the verdict; exits 1 where
// something did not hold.

import { argv, stdout } from 'node:process'
import { parseArgs } from 'node:util'
import { scratchDatabase } from '../support/scratch.ts'
import { openGround } from './simulate.ts'

const { values } = parseArgs({
  args: argv.slice(2),
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    days: { type: 'string', default: '30' },
    trace: { type: 'boolean', default: false },
  },
})
const say = (line: string) => void stdout.write(`${line}\n`)
const [first, seeds, days] = [values.seed, values.seeds, values.days].map(Number)
if (first === undefined || seeds === undefined || days === undefined || !(first >= 0 && seeds > 0 && days > 0))
  throw new Error('seed, seeds and days are whole numbers')

await using cleanup = new AsyncDisposableStack()
const simulate = await openGround(await scratchDatabase(cleanup), cleanup)
const begun = performance.now()
let failed = 0
for (let seed = first; seed < first + seeds; seed += 1) {
  const { violations, steps, rows, faults, trace, habits } = await simulate(seed, days, values.trace ? { say } : {})
  const told = Object.entries(faults).map(([fault, times]) => `${times} × ${fault}`)
  say(
    `seed ${seed}: ${violations.length === 0 ? 'holds' : 'DOES NOT HOLD'}; ${days} days, ${steps} steps, ${rows} rows; trace ${trace}`,
  )
  if (seeds === 1)
    say(
      `  ids ${habits.ids}${habits.trusted ? ' (trusted)' : ''}, balances ${habits.balances}, ${habits.maxHistoryDays} days of history`,
    )
  if (seeds === 1) say(`  met ${told.join(', ')}`)
  for (const violation of violations) say(`  ${violation}`)
  if (violations.length > 0) failed += 1
}
const seconds = (performance.now() - begun) / 1000
say(`${seeds - failed} of ${seeds} seeds hold; ${(seeds * days).toLocaleString('en')} days in ${seconds.toFixed(1)} s`)
process.exitCode = failed === 0 ? 0 : 1
