// npm run soak -- kill [n] [seed] | simulate [seeds] [first]: what takes too long for every `npm test`. It prints its seed, and exits 1 where something is wrong.

import { argv, exit } from 'node:process'
import { runSeeds } from '../simulation/seeds.ts'
import { soakKills } from './soak-kill.ts'

const say = (line: string) => void process.stdout.write(`${line}\n`)
const [what, count = what === 'simulate' ? '2000' : '300', seed = String(Date.now() % 1_000_000)] = argv.slice(2)
const isCounted = /^\d+$/.test(count) && /^\d+$/.test(seed)
const cleanup = new AsyncDisposableStack()
let isStopped = false
// Whoever stops it leaves no database and no process behind.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => {
    isStopped = true
    void cleanup.disposeAsync().finally(() => exit(130))
  })

try {
  if (what === 'kill' && isCounted) await soakKills(Number(count), Number(seed), { say, cleanup })
  else if (what === 'simulate' && isCounted) {
    const failed = await runSeeds({ first: Number(seed), seeds: Number(count), days: 30, traced: false, say, cleanup })
    process.exitCode = failed === 0 ? 0 : 1
  } else {
    say('npm run soak -- kill [how many, 300] [seed]')
    say('npm run soak -- simulate [how many seeds, 2000] [the first]')
    process.exitCode = 1
  }
} catch (error) {
  // What is taken away under its feet is no finding.
  if (!isStopped) throw error
} finally {
  await cleanup.disposeAsync()
}
