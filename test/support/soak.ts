// npm run soak -- kill [n] [seed]: what takes too long for every `npm test`. It prints its seed, and exits 1 with the first thing that is wrong.

import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv } from 'node:process'
import { createServiceRole, migrate } from '../../src/migrate.ts'
import { startEmbeddedPostgres } from '../../src/shared/embedded-postgres.ts'
import { createLog } from '../../src/shared/log.ts'
import { chance } from '../matching/golden/random.ts'
import { serviceUser, urlOf } from './database.ts'
import { killLoop } from './kill-loop.ts'

const say = (line: string) => void process.stdout.write(`${line}\n`)
const [what, count = '300', seed = String(Date.now() % 1_000_000)] = argv.slice(2)
if (what !== 'kill' || !/^\d+$/.test(count) || !/^\d+$/.test(seed)) {
  say('npm run soak -- kill [how many, 300] [seed]')
  process.exitCode = 1
} else await kill(Number(count), Number(seed))

async function kill(kills: number, seedNumber: number): Promise<void> {
  await using cleanup = new AsyncDisposableStack()
  const scratch = await mkdtemp(join(tmpdir(), 'bankfeed-soak-'))
  cleanup.defer(() => rm(scratch, { recursive: true, force: true }))
  // Started as root, PostgreSQL runs as somebody else, who must be able to enter.
  await chmod(scratch, 0o755)
  const log = createLog({ level: 'warn' })
  const { ownerUrl } = cleanup.use(await startEmbeddedPostgres({ dataDir: join(scratch, 'postgres'), log }))
  const password = randomBytes(24).toString('hex')
  await createServiceRole({ ownerUrl, user: serviceUser, password })
  await migrate({ ownerUrl, serviceUser, log })
  const serviceUrl = new URL(urlOf(ownerUrl, { database: 'postgres', user: serviceUser }))
  serviceUrl.password = password
  say(`seed ${seedNumber}`)
  const begun = performance.now()
  const { atWork, rows, takenOverMs } = await killLoop({
    ownerUrl,
    serviceUrl: serviceUrl.href,
    kills,
    patient: 3,
    random: chance(seedNumber).next,
    say,
  })
  const minutes = ((performance.now() - begun) / 60_000).toFixed(1)
  const slowest = Math.round(Math.max(0, ...takenOverMs) / 1_000)
  say(
    `${kills} kills in ${minutes} minutes, ${atWork} of them at work: ${rows} rows, 0 lost, 0 twice, each told once; taken over within ${slowest} s`,
  )
}
