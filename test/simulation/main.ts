// npm run simulate -- [--seed 1] [--seeds 1] [--days 30] [--trace]: see simulate.ts. Exits 1 where something did not hold.

import { argv, stdout } from 'node:process'
import { parseArgs } from 'node:util'
import { runSeeds } from './seeds.ts'

const { values } = parseArgs({
  args: argv.slice(2),
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    days: { type: 'string', default: '30' },
    trace: { type: 'boolean', default: false },
  },
})
const { seed, seeds, days, trace: traced } = values
if (![seed, seeds, days].every((text) => /^\d{1,7}$/.test(text)))
  throw new Error('seed, seeds and days are whole numbers')
await using cleanup = new AsyncDisposableStack()
const failed = await runSeeds({
  first: Number(seed),
  seeds: Number(seeds),
  days: Number(days),
  traced,
  say: (line) => void stdout.write(`${line}\n`),
  cleanup,
})
process.exitCode = failed === 0 ? 0 : 1
