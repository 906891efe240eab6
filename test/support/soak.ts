// npm run soak -- kill [n] [seed]: what takes too long for every `npm test`. It prints its seed, and exits 1 with the first thing that is wrong.

import { argv } from 'node:process'
import { soakKills } from './soak-kill.ts'

const say = (line: string) => void process.stdout.write(`${line}\n`)
const [what, count = '300', seed = String(Date.now() % 1_000_000)] = argv.slice(2)
if (what !== 'kill' || !/^\d+$/.test(count) || !/^\d+$/.test(seed)) {
  say('npm run soak -- kill [how many, 300] [seed]')
  process.exitCode = 1
} else await soakKills(Number(count), Number(seed), say)
