// npm run soak [-- kill [n] [seed] | simulate [seeds] [first]]: what takes too long for every `npm test`; both, where nothing is said. It prints its seed, and exits 1
// where something is wrong.

import { argv, exit } from 'node:process'
import { runSeeds } from '../simulation/seeds.ts'
import { soakKills } from './soak-kill.ts'

const say = (line: string) => void process.stdout.write(`${line}\n`)
const [what, count, seed = String(Date.now() % 1_000_000)] = argv.slice(2)
const isUnderstood =
  (what === undefined || what === 'kill' || what === 'simulate') && /^\d*$/.test(count ?? '') && /^\d+$/.test(seed)
const cleanup = new AsyncDisposableStack()
let isStopped = false
// Whoever stops it leaves no database and no process behind.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => {
    isStopped = true
    void cleanup.disposeAsync().finally(() => exit(130))
  })

try {
  if (!isUnderstood) {
    say('npm run soak [-- kill [how many, 300] [seed] | simulate [how many seeds, 2000] [the first]]')
    process.exitCode = 1
  }
  if (isUnderstood && what !== 'simulate') await soakKills(Number(count ?? 300), Number(seed), { say, cleanup })
  if (isUnderstood && what !== 'kill') {
    const seeds = Number(count ?? 2_000)
    const failed = await runSeeds({ first: Number(seed), seeds, days: 30, traced: false, say, cleanup })
    if (failed > 0) process.exitCode = 1
  }
} catch (error) {
  // What is taken away under its feet is no finding.
  if (!isStopped) throw error
} finally {
  await cleanup.disposeAsync()
}
