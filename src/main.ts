// The process: config, database, keys, wire, listen, and stop on a signal. The only file that may exit.

import { setFlagsFromString } from 'node:v8'
import closeWithGrace from 'close-with-grace'
import { buildApp } from './app.ts'
import { readConfig, type Config, type Secrets } from './config.ts'
import { greeting } from './cli/greeting.ts'
import { startInstitutions } from './institutions/start-institutions.ts'
import { createServiceRole, migrate, migrationNames } from './migrate.ts'
import type { BankConfig } from './providers/berlin-group/index.ts'
import { systemClock } from './shared/clock.ts'
import { createCipher, type Cipher } from './shared/crypto.ts'
import { databaseProblem } from './shared/db-check.ts'
import { createPool } from './shared/db.ts'
import { startEmbeddedPostgres } from './shared/embedded-postgres.ts'
import type { TrustedIssuer } from './shared/http/auth.ts'
import { createProposer } from './matching/proposer.ts'
import { createMetrics } from './shared/metrics.ts'
import { createIds } from './shared/ids.ts'
import { remoteKeys } from './shared/jwks.ts'
import { createLog, type Log } from './shared/log.ts'
import { createOutbound, createReceivers, type Outbound } from './shared/outbound.ts'
import { ownAudience, ownIssuer, ownKeys, type OwnKeys } from './shared/own-keys.ts'
import { startSandbox } from './sandbox/server.ts'
import { createSchedule } from './schedule.ts'
import { wire } from './wiring.ts'

const embeddedUser = 'bankfeed'
const graceMs = 12_000
/** For the lists of institutions, which configured banks and the sandbox give at once. */
const institutionsWaitMs = 3_000

if (Number(process.versions.node.split('.', 1)[0]) < 24) {
  process.stderr.write(
    'Bankfeed needs Node 24 or later. `npm start` brings its own on Linux; elsewhere install it first.\n',
  )
  process.exit(1)
}
await main().catch((error: unknown) => {
  process.stderr.write(`Bankfeed could not start: ${error instanceof Error ? error.message : String(error)}\n`)
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
    process.stderr.write('Something listens there already: stop it, or choose another PORT.\n')
  if (error instanceof Error && error.cause !== undefined)
    process.stderr.write(`  ${error.cause instanceof Error ? error.cause.message : 'no more is known'}\n`)
  process.exit(1)
})

async function main(): Promise<void> {
  const { config, secrets } = readConfig()
  // Nobody waits for a worker's answer: it collects its garbage early, and takes a third less memory for an eighth of its speed.
  if (config.role === 'worker') setFlagsFromString('--heap-growing-percent=40')
  const log = createLog({ level: config.logLevel })
  const running = new AsyncDisposableStack()
  const state = { draining: false }
  closeWithGrace({ delay: graceMs, logger: false }, async ({ err, signal }) => {
    if (err !== undefined) log.fatal({ err }, 'stopping because of a bug')
    else log.info({ signal }, 'stopping')
    state.draining = true
    await running.disposeAsync()
  })
  await serve(config, secrets, log, running, state).catch(async (error: unknown) => {
    await running.disposeAsync()
    throw error
  })
}

async function serve(
  config: Config,
  secrets: Secrets,
  log: Log,
  running: AsyncDisposableStack,
  state: { draining: boolean },
): Promise<void> {
  const needsOwnKeys = secrets.database === null || config.jwt === null || secrets.encryptionKeys.length === 0
  const keys = needsOwnKeys ? await ownKeys(config.dataDir) : null
  const pool = createPool({
    url: await openDatabase(config, secrets, keys, log, running),
    size: 20,
    name: 'bankfeed',
    statementTimeoutMs: 20_000,
    log,
  })
  running.defer(() => pool.end())
  const latest = (await migrationNames()).at(-1)?.replace(/\.sql$/, '') ?? ''
  const problem = await databaseProblem(pool, latest)
  if (problem !== null) throw new Error(problem)

  const banks = await openBanks(config, secrets, log, running)
  const outbound = running.adopt(createOutbound({ log }), (client) => client.close())
  const receivers = running.adopt(createReceivers({ log, networks: config.webhookNetworks }), (made) =>
    made.outbound.close(),
  )
  const proposer = running.adopt(createProposer(), (threads) => threads.close())
  const deps = wire({
    pool,
    cipher: cipherOf(secrets, keys),
    clock: systemClock,
    ids: createIds(() => Date.now()),
    log,
    metrics: createMetrics(),
    outbound,
    receivers,
    proposer,
    random: Math.random,
    providerConfig: {
      ...secrets.providers,
      ...(banks.length > 0 && { berlinGroup: banks }),
    },
    publicUrl: config.publicUrl ?? `http://${config.host}:${config.port}`,
  })
  const app = await buildApp(deps, {
    trusted: trustedIssuer(config, keys, outbound),
    ready: async () => {
      if (state.draining) return { ok: false, reason: 'stopping' }
      const reason = await databaseProblem(pool, latest)
      return reason === null ? { ok: true } : { ok: false, reason }
    },
    servesApi: config.role !== 'worker',
    requestsPerMinute: 6_000,
    pagesPerMinute: 60,
  })
  running.defer(() => app.close())
  const asking = running.adopt(new AbortController(), (controller) => controller.abort())
  await startInstitutions(deps, { waitMs: institutionsWaitMs, signal: asking.signal })
  if (config.role !== 'api') {
    const schedule = createSchedule(deps, { ticking: true })
    running.defer(() => schedule.stop())
  }
  await app.listen({ host: config.host, port: config.port })
  log.info({ url: deps.publicUrl, role: config.role, readyMs: Math.round(performance.now()) }, 'ready')
  if (config.sandbox) process.stdout.write(greeting(deps.publicUrl))
}

/** The banks of the sandbox, beside those that are configured. */
async function openBanks(
  config: Config,
  secrets: Secrets,
  log: Log,
  running: AsyncDisposableStack,
): Promise<readonly BankConfig[]> {
  const configured = secrets.providers.berlinGroup ?? []
  if (!config.sandbox) return configured
  const port = config.port === 0 ? 0 : config.port + 1
  const sandbox = await startSandbox({
    host: '127.0.0.1',
    port,
    stateFile: `${config.dataDir}/sandbox.json`,
    clock: systemClock,
    log,
  })
  running.defer(() => sandbox.close())
  return [...configured, ...sandbox.banks]
}

/** The URL for the service's own role, on a database that is up to date. */
async function openDatabase(
  config: Config,
  secrets: Secrets,
  keys: OwnKeys | null,
  log: Log,
  running: AsyncDisposableStack,
): Promise<string> {
  if (secrets.database !== null) {
    const { url, ownerUrl } = secrets.database
    if (ownerUrl !== null) await migrate({ ownerUrl, serviceUser: decodeURIComponent(new URL(url).username), log })
    return url
  }
  if (keys === null) throw new Error('the embedded database needs keys of its own')
  const embedded = running.use(await startEmbeddedPostgres({ dataDir: `${config.dataDir}/postgres`, log }))
  await createServiceRole({ ownerUrl: embedded.ownerUrl, user: embeddedUser, password: keys.databasePassword })
  await migrate({ ownerUrl: embedded.ownerUrl, serviceUser: embeddedUser, log })
  const url = new URL(embedded.ownerUrl)
  url.username = embeddedUser
  url.password = keys.databasePassword
  return url.href
}

function cipherOf(secrets: Secrets, keys: OwnKeys | null): Cipher {
  const [newest, ...older] =
    secrets.encryptionKeys.length > 0 || keys === null ? secrets.encryptionKeys : [keys.encryption]
  if (newest === undefined) throw new Error('there is no encryption key')
  return createCipher([newest, ...older])
}

function trustedIssuer(config: Config, keys: OwnKeys | null, outbound: Outbound): TrustedIssuer {
  const { jwt } = config
  if (jwt !== null && jwt.publicKey !== null)
    return { issuer: jwt.issuer, audience: jwt.audience, publicKey: jwt.publicKey }
  if (jwt !== null && jwt.jwksUrl !== null)
    return {
      issuer: jwt.issuer,
      audience: jwt.audience,
      publicKey: remoteKeys({ url: jwt.jwksUrl, outbound, clock: systemClock }),
    }
  if (keys === null) throw new Error('there is no key to check tokens with')
  return { issuer: ownIssuer, audience: ownAudience, publicKey: keys.jwt.publicKey }
}
