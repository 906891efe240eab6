// npm run openapi [-- --check]: writes the contract from the routes, or says that the committed one is another.

import { generateKeyPairSync } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { buildApp } from '../app.ts'
import { createCipher } from '../shared/crypto.ts'
import { createProposer } from '../matching/proposer.ts'
import { systemClock } from '../shared/clock.ts'
import { createPool } from '../shared/db.ts'
import { createMetrics } from '../shared/metrics.ts'
import { createIds } from '../shared/ids.ts'
import { createLog } from '../shared/log.ts'
import { createOutbound, createReceivers } from '../shared/outbound.ts'
import { wire } from '../wiring.ts'

const file = new URL('../../openapi/bankfeed.v1.json', import.meta.url)
const log = createLog({ level: 'silent' })

// Nothing here is called: the pool connects to nobody, and the routes are only described.
const pool = createPool({
  url: 'postgres://nobody@127.0.0.1:1/none',
  size: 1,
  name: 'openapi',
  statementTimeoutMs: 1_000,
  log,
})
const outbound = createOutbound({ log })
const deps = wire({
  pool,
  cipher: createCipher([{ id: 'none', key: Buffer.alloc(32, 7) }]),
  clock: systemClock,
  ids: createIds(() => 0),
  log,
  metrics: createMetrics(),
  outbound,
  receivers: createReceivers({ log, networks: [] }),
  proposer: createProposer(),
  random: () => 0,
  providerConfig: {},
  publicUrl: 'http://localhost',
})
const app = await buildApp(deps, {
  trusted: {
    issuer: 'none',
    audience: 'none',
    publicKey: generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  },
  ready: () => Promise.resolve({ ok: false }),
  servesApi: true,
  requestsPerMinute: 1,
  pagesPerMinute: 1,
})
await app.ready()
const contract = `${JSON.stringify(app.swagger(), null, 2)}\n`
await app.close()
await outbound.close()
await pool.end()

if (!process.argv.includes('--check')) await writeFile(file, contract)
else if ((await readFile(file, 'utf8').catch(() => '')) !== contract) {
  process.stderr.write(
    'openapi/bankfeed.v1.json is not what the routes say: run `npm run openapi`, and read the difference.\n',
  )
  process.exitCode = 1
}
