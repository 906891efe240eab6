// `kill -9` on real workers in the middle of real imports. The sandbox bank stands in this process and outlives them: what it has booked is the truth that
// the survivors are held to.

import { spawn, type ChildProcess } from 'node:child_process'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { env, execPath } from 'node:process'
import { fileURLToPath } from 'node:url'
import { startSandbox } from '../../src/sandbox/server.ts'
import { systemClock } from '../../src/shared/clock.ts'
import { createLog } from '../../src/shared/log.ts'
import { addDays, localDay } from '../../src/values/day.ts'
import { approve } from '../sandbox/browser.ts'
import { runSql } from './database.ts'
import { signToken } from './service.ts'

/** Long enough for a busy machine, and short enough to know that it will not come. */
const patienceMs = 100_000

/** Hansebank: no ids, so that nothing but the count of equal rows keeps them apart, and nothing that is booked late. */
const bank = { id: 'hansebank', account: 'hansebank-main', iban: 'DE87200999004277729372', timeZone: 'Europe/Berlin' }
/** So that there is something between two pages to be killed in. */
const pagesTakeTime = { bank: bank.id, path: '/transactions', times: 1_000_000, delayMs: 15 }
const tenant = 'killed'
const company = '/v1/companies/hanse'
const done = 'https://example.com/done'

export type KillReport = {
  readonly kills: number
  /** How many of them met a run between its beginning and its end. */
  readonly atWork: number
  readonly rows: number
  /** From the kill to the moment when another process had the work; of those kills after which the lease was waited for. */
  readonly takenOverMs: readonly number[]
}

/**
 * Kills so many workers, each during an import of new rows, and looks after each whether the database is what the bank has booked. After the last `patient`
 * kills the lease is left to run out; after the others it is ended by hand, as if its time had passed.
 * @throws when something is lost, comes twice, or is told otherwise than once
 */
export async function killLoop(options: {
  readonly ownerUrl: string
  readonly serviceUrl: string
  readonly kills: number
  readonly patient: number
  /** In [0, 1). */
  readonly random: () => number
  readonly say: (line: string) => void
}): Promise<KillReport> {
  const { ownerUrl, kills, random, say } = options
  await using cleanup = new AsyncDisposableStack()
  const world = await start(options, cleanup)
  const connectionId = await connect(world)

  let atWork = 0
  let typicalMs = 2_000
  const takenOverMs: number[] = []
  for (let kill = 1; kill <= kills; kill += 1) {
    const isPatient = kill > kills - options.patient
    await world.book()
    if (isPatient) await world.dawdle()
    const victim = await world.worker()
    const id = await world.ask(connectionId)
    await until(async () => (await world.run(id)).status !== 'queued')
    const delayMs = random() * typicalMs
    const heir = isPatient ? await world.worker() : null
    if (!isPatient) await pause(delayMs)
    await ended(victim, 'SIGKILL')
    const killedAt = performance.now()
    const met = await world.run(id)
    if (met.status === 'running') atWork += 1
    if (isPatient) {
      await world.hurry()
      const before = await leased(ownerUrl)
      await until(async () => (await leased(ownerUrl)) > before)
      takenOverMs.push(performance.now() - killedAt)
    } else await runSql(ownerUrl, 'update due_work set lease_until = now() where lease_until > now()')
    const survivor = heir ?? (await world.worker())
    await until(async () => (await world.run(id)).status === 'completed')
    const { startedAt, finishedAt } = await world.run(id)
    if (met.status === 'completed') typicalMs = 50 + Date.parse(finishedAt) - Date.parse(startedAt)
    await verify(world, connectionId)
    say(`kill ${kill}: the run was ${met.status}; nothing lost, nothing twice`)
    await ended(survivor, 'SIGTERM')
  }
  return { kills, atWork, rows: await verify(world, connectionId), takenOverMs }
}

/** Rises by one whenever a connection's work is claimed. */
const leased = (ownerUrl: string) =>
  scalar(ownerUrl, `select coalesce(sum(fence), 0) from due_work where kind = 'sync'`)

type World = {
  readonly ownerUrl: string
  readonly control: (path: string, body?: unknown, method?: string) => Promise<Json>
  readonly call: (method: string, path: string, body?: unknown) => Promise<Json>
  /** New rows, on several days that are over. */
  book(): Promise<void>
  /** The bank lets whoever asks wait for its next pages, long enough for another worker to start. */
  dawdle(): Promise<void>
  hurry(): Promise<void>
  /** A worker that is ready. */
  worker(): Promise<ChildProcess>
  /** Asks for a run, with the person there; its id. */
  ask(connectionId: string): Promise<string>
  run(id: string): Promise<Json>
}

// oxlint-disable-next-line typescript/no-explicit-any -- what the service and the bank answer, read as their own tests have it
type Json = any

async function start(
  { ownerUrl, serviceUrl }: { ownerUrl: string; serviceUrl: string },
  cleanup: AsyncDisposableStack,
): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'bankfeed-kill-'))
  cleanup.defer(() => rm(folder, { recursive: true, force: true }))
  const sandbox = await startSandbox({
    host: '127.0.0.1',
    port: 0,
    stateFile: null,
    clock: systemClock,
    log: createLog({ level: 'silent' }),
  })
  cleanup.defer(() => sandbox.close())
  await writeFile(join(folder, 'banks.json'), JSON.stringify(sandbox.banks))
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const port = await freePort()
  const base = `http://127.0.0.1:${port}`
  const variables = {
    PATH: env['PATH'] ?? '',
    DATA_DIR: folder,
    DATABASE_URL: serviceUrl,
    ENCRYPTION_KEYS: `kill:${randomBytes(32).toString('base64')}`,
    JWT_PUBLIC_KEY: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    JWT_ISSUER: 'kill-loop',
    JWT_AUDIENCE: 'bankfeed',
    BERLINGROUP_BANKS: join(folder, 'banks.json'),
    PUBLIC_URL: base,
    LOG_LEVEL: 'info',
  }
  const run = (more: Record<string, string>) => running({ ...variables, ...more }, cleanup)
  await run({ ROLE: 'api', PORT: String(port) })
  // oxlint-disable-next-line unicorn/consistent-function-scoping -- it is this story's
  const request = async (
    url: string,
    method: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<Json> => {
    const sent =
      body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { ...headers, 'content-type': 'application/json' } }
    const answer = await fetch(url, { method, headers, ...sent })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`)
    return text === '' ? null : JSON.parse(text)
  }
  const call: World['call'] = (method, path, body) => {
    const now = Math.floor(Date.now() / 1_000)
    const claims = { iss: 'kill-loop', aud: 'bankfeed', sub: 'kill-loop', tenant, iat: now - 1, exp: now + 60 }
    const scope = 'tenant:admin companies:write consents:write connections:read connections:write transactions:read'
    return request(base + path, method, body, {
      authorization: `Bearer ${signToken(privateKey, { ...claims, scope })}`,
    })
  }
  const control: World['control'] = (path, body, method = body === undefined ? 'GET' : 'POST') =>
    request(`${sandbox.url}/control${path}`, method, body)
  return {
    ownerUrl,
    control,
    call,
    worker: () => run({ ROLE: 'worker', PORT: '0' }),
    async dawdle() {
      await control('/faults', undefined, 'DELETE')
      await control('/faults', { bank: bank.id, path: '&page=', times: 3, delayMs: 15_000 })
    },
    async hurry() {
      await control('/faults', undefined, 'DELETE')
      await control('/faults', pagesTakeTime)
    },
    book: () =>
      control(`/accounts/${bank.account}/bulk`, { count: 60, from: addDays(today(), -4), to: addDays(today(), -1) }),
    async ask(connectionId) {
      const psu = { ipAddress: '203.0.113.7', userAgent: 'Kill loop' }
      return (await call('POST', `/v1/connections/${connectionId}/sync-runs`, { psu })).id
    },
    run: (id) => call('GET', `/v1/sync-runs/${id}`),
  }
}

/** The account connected and activated: the connection's id. Its pages come slowly enough to be killed between. */
async function connect({ call, control }: World): Promise<string> {
  await call('PUT', '/v1/tenant', { name: 'Kill loop', redirectUrls: [done], defaultRedirectUrl: done })
  await call('PUT', company, { name: 'Hanse GmbH', country: 'DE', timeZone: bank.timeZone })
  await call('PUT', `${company}/persons/anna`, { name: 'Anna' })
  await call('PUT', `${company}/ledger-accounts/1200`, { name: 'Bank', currency: 'EUR', iban: bank.iban })
  const session = await call('POST', `${company}/consent-sessions`, {
    personId: 'anna',
    institutionId: `berlin-group.${bank.id}`,
  })
  await fetch(session.url)
  const agreed = await fetch(session.url, {
    method: 'POST',
    body: new URLSearchParams({ step: 'agree' }),
    redirect: 'manual',
  })
  const returned = await approve(agreed.headers.get('location') ?? '', 'anna')
  await fetch(returned, { redirect: 'manual' })
  const { data } = await call('GET', `${company}/connections`)
  const { id } = data.find(({ iban }: Json) => iban === bank.iban)
  await control(`/accounts/${bank.account}/quirks`, { pageSize: 40 }, 'PUT')
  await control('/faults', pagesTakeTime)
  await call('POST', `/v1/connections/${id}/activate`, { startDate: addDays(today(), -9) })
  return id
}

/** What is held is what the bank has booked; what was told is what is held. Answers how many rows that is. */
async function verify({ ownerUrl, control }: World, connectionId: string): Promise<number> {
  const { transactions } = await control(`/accounts/${bank.account}`)
  const [first, last] = [addDays(today(), -9), addDays(today(), -1)]
  const truth = transactions
    .filter(({ status, bookingDate }: Json) => status === 'booked' && bookingDate >= first && bookingDate <= last)
    .map(({ bookingDate, amount }: Json) => `${bookingDate} ${amount}`)
    .toSorted()
  const rows = await runSql(
    ownerUrl,
    `select booking_date::text as day, (amount_minor / 100.0)::numeric(18, 2)::text as amount,
       (select count(*)::int from transaction_changes c where c.tenant_id = t.tenant_id and c.transaction_id = t.transaction_id and c.type = 'added') as told
     from transactions t where connection_id = '${connectionId}' and removed_at is null`,
  )
  const held = rows.map(({ day, amount }) => `${String(day)} ${String(amount)}`).toSorted()
  if (held.join('\n') !== truth.join('\n'))
    throw new Error(`${held.length} rows are held, and the bank has ${truth.length}`)
  const mistold = rows.filter(({ told }) => told !== 1)
  if (mistold.length > 0) throw new Error(`${mistold.length} rows were not told once`)
  const changes = await scalar(ownerUrl, `select count(*) from transaction_changes`)
  if (changes !== rows.length) throw new Error(`${changes} changes were told of ${rows.length} rows`)
  return rows.length
}

/** A process that has said that it is ready. */
async function running(variables: Record<string, string>, cleanup: AsyncDisposableStack): Promise<ChildProcess> {
  const child = spawn(execPath, [fileURLToPath(new URL('../../src/main.ts', import.meta.url))], {
    env: variables,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  cleanup.defer(() => ended(child, 'SIGKILL'))
  let told = ''
  await new Promise<void>((ready, failed) => {
    child.stderr?.on('data', (chunk: Buffer) => {
      told = (told + chunk.toString()).slice(-4_000)
      if (told.includes('"msg":"ready"')) ready()
    })
    child.once('exit', (code) => failed(new Error(`a process ended with ${code}: ${told}`)))
  })
  return child
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((exited) => child.once('exit', exited))
  child.kill(signal)
  await gone
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + patienceMs
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`it did not come to pass within ${patienceMs} ms`)
    await pause(50)
  }
}

async function scalar(url: string, sql: string): Promise<number> {
  return Number(Object.values((await runSql(url, sql))[0] ?? {})[0])
}

const today = () => localDay(systemClock.now(), bank.timeZone)

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  await new Promise((closed) => server.close(closed))
  if (address === null || typeof address !== 'object') throw new Error('there is no free port')
  return address.port
}
