// What most measures stand on: the service as `npm start` runs it (embedded PostgreSQL, durable), the sandbox bank beside it in a
// process of its own, and a bookkeeping product that calls the API. All of it lives in a folder that is gone at the end.

import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { open, press } from '../src/cli/browser.ts'
import type { SandboxBank } from '../src/sandbox/server.ts'
import { startEmbeddedPostgres } from '../src/shared/embedded-postgres.ts'
import { scopes } from '../src/shared/http/operation.ts'
import { createLog } from '../src/shared/log.ts'
import { ownKeys, ownToken } from '../src/shared/own-keys.ts'
import { startScript, startService, type RunningService } from './processes.ts'

// oxlint-disable-next-line typescript/no-explicit-any -- whatever the service answers: a wrong guess of its shape shows at once
export type Answer = any
export type Call = (method: string, path: string, body?: unknown) => Promise<Answer>

export type World = {
  readonly folder: string
  readonly service: RunningService
  /** Those that do what is due, where the service does not. */
  readonly workers: readonly RunningService[]
  readonly startWorker: () => Promise<void>
  readonly dataDir: string
  /** The database, as its owner: for what is set beside the service, and for waiting. */
  readonly owner: pg.Client
  readonly ownerUrl: string
  /** A bearer token of that tenant. */
  readonly token: (tenant: string) => Promise<string>
  /** The API, as that tenant. */
  readonly callAs: (tenant: string) => Promise<Call>
  /** The banks' levers (src/sandbox/control.ts, or instant-bank.ts). */
  readonly control: (method: string, path: string, body?: unknown) => Promise<void>
}

/** Where `workers` are asked for, the service only answers, and so many processes beside it do what is due. */
export async function openWorld(
  cleanup: AsyncDisposableStack,
  { workers: count = 0, banks: script = 'bank.ts' }: { readonly workers?: number; readonly banks?: string } = {},
): Promise<World> {
  const folder = await temporaryFolder(cleanup)
  const dataDir = await folderIn(folder, 'data', 0o755)
  const bank = await startScript<{ url: string; banks: readonly SandboxBank[] }>(cleanup, script)
  const banksFile = join(folder, 'banks.json')
  await writeFile(banksFile, JSON.stringify(bank.banks))
  const environment = { DATA_DIR: dataDir, SANDBOX: 'off', BERLINGROUP_BANKS: banksFile }
  const service = await startService(cleanup, { ...environment, ...(count > 0 && { ROLE: 'api' }) })
  const workers: RunningService[] = []
  const startWorker = async () => void workers.push(await startService(cleanup, { ...environment, ROLE: 'worker' }))
  while (workers.length < count) await startWorker()
  const database = cleanup.use(
    await startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres'), log: createLog({ level: 'warn' }) }),
  )
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  cleanup.defer(() => owner.end())
  const token = (tenant: string) => tokenFor(dataDir, tenant)
  return {
    folder,
    service,
    workers,
    startWorker,
    dataDir,
    owner,
    ownerUrl: database.ownerUrl,
    token,
    callAs: async (tenant) => callerOf(service.url, await token(tenant)),
    control: async (method, path, body) => void (await request(method, `${bank.url}/control${path}`, {}, body)),
  }
}

/** Gone at the end. */
export async function temporaryFolder(cleanup: AsyncDisposableStack): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'bankfeed-bench-'))
  cleanup.defer(() => rm(parent, { recursive: true, force: true }))
  await chmod(parent, 0o755)
  return parent
}

/** Made if it is not there; started as root, the database server is another user, and `mode` says what that one may do in it. */
export async function folderIn(folder: string, name: string, mode: number): Promise<string> {
  const path = join(folder, name)
  await mkdir(path, { recursive: true })
  await chmod(path, mode)
  return path
}

const tokenFor = async (dataDir: string, tenant: string): Promise<string> =>
  ownToken(await ownKeys(dataDir), { sub: 'bench', tenant, scope: scopes.join(' '), now: new Date(), hours: 1 })

const callerOf =
  (base: string, token: string): Call =>
  (method, path, body) =>
    request(method, `${base}${path}`, { authorization: `Bearer ${token}` }, body)

async function request(method: string, url: string, headers: Record<string, string>, body: unknown): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`)
  return text === '' ? null : JSON.parse(text)
}

const doneUrl = 'http://localhost:8080/done'

/** A company whose books know these accounts, all of them connected by a person who said yes at the bank. Its connections, by IBAN. */
export async function connectCompany(
  call: Call,
  company: string,
  institution: string,
  ibans: readonly string[],
  books: Books = {},
): Promise<ReadonlyMap<string, string>> {
  await call('PUT', '/v1/tenant', { name: 'Bench', redirectUrls: [doneUrl], defaultRedirectUrl: doneUrl })
  const path = `/v1/companies/${company}`
  await call('PUT', path, { name: company, country: 'NO' })
  for (const [n, iban] of ibans.entries())
    await call('PUT', `${path}/ledger-accounts/${1920 + n}`, { name: 'Bank', currency: 'NOK', iban, ...books })
  const session = await call('POST', `${path}/consent-sessions`, { institutionId: institution })
  // The sandbox has people log in and approve; an instant bank does not ask.
  const login = await press(await open(session.url), 'agree')
  if (login.html !== '') {
    const approval = await press(login, null, { typed: { login: 'anna', password: 'anything' } })
    await press(approval, 'approve')
  }
  const { data } = await call('GET', `${path}/connections?limit=100`)
  return new Map(data.map(({ iban, id }: Answer) => [iban, id]))
}

type Books = { readonly bookedThrough?: string }

/** A valid IBAN for each number. */
export function germanIban(n: number): string {
  const bban = `50010517${String(5_407_324_930 + n)}`
  const check = 98n - (BigInt(`${bban}131400`) % 97n)
  return `DE${String(check).padStart(2, '0')}${bban}`
}

export type ImportedRun = { readonly seconds: number; readonly counts: Readonly<Record<string, number>> }

/** The first import of a connection: everything that the bank serves. */
export async function firstImport(call: Call, connectionId: string): Promise<ImportedRun> {
  await call('POST', `/v1/connections/${connectionId}/activate`, { startDate: 'max_history' })
  const { data } = await call('GET', `/v1/connections/${connectionId}/sync-runs`)
  const runs =
    data.length > 0
      ? data
      : await until(
          async () => (await call('GET', `/v1/connections/${connectionId}/sync-runs`)).data,
          (made) => made.length > 0,
        )
  return finished(call, runs[0].id)
}

/** A further import, with the person there: a bank counts the others. */
export async function importAgain(call: Call, connectionId: string): Promise<ImportedRun> {
  const run = await call('POST', `/v1/connections/${connectionId}/sync-runs`, {
    psu: { ipAddress: '127.0.0.1', userAgent: 'bench' },
  })
  return finished(call, run.id)
}

/** Once it is done. Its time is the run's own, from when a worker took it: how long it waited for the next tick of the clock is not what is measured. */
async function finished(call: Call, runId: string): Promise<ImportedRun> {
  const run = await until(
    () => call('GET', `/v1/sync-runs/${runId}`),
    ({ status }) => status === 'completed' || status === 'failed',
    // Each of these takes its time from the process that is measured.
    500,
  )
  if (run.status !== 'completed') throw new Error(`the import failed: ${JSON.stringify(run.error)}`)
  return { seconds: (Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000, counts: run.counts }
}

/** Until nothing is being matched, and what was written is on the disk: what is measured next starts from rest. */
export async function settle({ owner }: World): Promise<void> {
  await until(
    () => owner.query(`select from due_work where kind = 'match' and (lease_until is not null or due_at <= now())`),
    ({ rowCount }) => rowCount === 0,
  )
  await owner.query('checkpoint')
}

const waitMsMax = 300_000

async function until<T>(ask: () => Promise<T>, isDone: (answer: T) => boolean, everyMs = 100): Promise<T> {
  for (let tries = 0; tries < waitMsMax / everyMs; tries += 1) {
    const answer = await ask()
    if (isDone(answer)) return answer
    await pause(everyMs)
  }
  throw new Error(`it took longer than ${waitMsMax / 1000} seconds`)
}
