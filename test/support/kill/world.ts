// A company whose bank books while workers of the service are killed. The sandbox bank stands in this process and outlives them: what it has booked is the
// truth that the survivors are held to.

import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { env } from 'node:process'
import pg from 'pg'
import { Agent, fetch } from 'undici'
import { startSandbox } from '../../../src/sandbox/server.ts'
import { systemClock } from '../../../src/shared/clock.ts'
import { createLog } from '../../../src/shared/log.ts'
import { addDays, localDay, type Day } from '../../../src/values/day.ts'
import { approve } from '../../sandbox/browser.ts'
import { signToken } from '../service.ts'
import { faultsOf, type Told } from './checks.ts'
import { started } from './process.ts'

/** Hansebank: no ids, so that nothing but the count of equal rows keeps them apart, and nothing that is booked late. */
const bank = 'hansebank'
const timeZone = 'Europe/Berlin'
const company = '/v1/companies/hanse'
const done = 'https://example.com/done'
const accounts = [
  { id: 'hansebank-main', ledgerAccount: '1200', iban: 'DE87200999004277729372' },
  { id: 'hansebank-second', ledgerAccount: '1210', iban: 'DE69200999000615716050' },
  { id: 'hansebank-savings', ledgerAccount: '1220', iban: 'DE35200999007264366322' },
] as const

/** A bank account, and the connection that imports it. */
export type Account = { readonly id: string; readonly connectionId: string }

// oxlint-disable-next-line typescript/no-explicit-any -- what the service and the bank answer, read as their own tests have it
type Json = any

export type World = Awaited<ReturnType<typeof startWorld>>

/** A sandbox bank, and the API over a database that is ready; workers are started one by one. Everything ends with `cleanup`. */
export async function startWorld(options: {
  readonly ownerUrl: string
  readonly serviceUrl: string
  readonly cleanup: AsyncDisposableStack
  /** So that there is something between two pages to be killed in. */
  readonly pageMs: number
  /** Where modules are kept as they were compiled, so that the same ones start in half the time. */
  readonly compiled?: string
}) {
  const { ownerUrl, cleanup } = options
  const folder = await mkdtemp(join(tmpdir(), 'bankfeed-kill-'))
  cleanup.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }))
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
    DATABASE_URL: options.serviceUrl,
    ENCRYPTION_KEYS: `kill:${randomBytes(32).toString('base64')}`,
    JWT_PUBLIC_KEY: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    JWT_ISSUER: 'kill-loop',
    JWT_AUDIENCE: 'bankfeed',
    BERLINGROUP_BANKS: join(folder, 'banks.json'),
    PUBLIC_URL: base,
    LOG_LEVEL: 'info',
    NODE_COMPILE_CACHE: options.compiled ?? join(folder, 'compiled'),
  }
  const main = new URL('../../../src/main.ts', import.meta.url)
  const service = (more: Record<string, string>) => started(main, { ...variables, ...more }, { cleanup, talks: false })

  let generation = 0
  let tenant = ''
  let booked = 0
  const bookedOn = new Map<string, number>()
  let cursor: string | null = null
  let consumed: Told[] = []
  /** What was there when everything was last seen to be right: it stays. */
  let settled: readonly string[] = []

  const call = (method: string, path: string, body?: unknown): Promise<Json> => {
    const now = Math.floor(Date.now() / 1_000)
    const claims = { iss: 'kill-loop', aud: 'bankfeed', sub: 'kill-loop', tenant, iat: now - 1, exp: now + 60 }
    const scope = 'tenant:admin companies:write consents:write connections:read connections:write transactions:read'
    return request(base + path, method, body, {
      authorization: `Bearer ${signToken(privateKey, { ...claims, scope })}`,
    })
  }
  const control = (path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST'): Promise<Json> =>
    request(`${sandbox.url}/control${path}`, method, body)
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 2 })
  // A connection that breaks while nobody uses it: the server is being restarted.
  pool.on('error', () => undefined)
  cleanup.defer(() => pool.end())
  const sql = async (statement: string) => (await pool.query<Record<string, unknown>>(statement)).rows
  const pagesTakeTime = { bank, path: '/transactions', times: 1_000_000, delayMs: options.pageMs }

  /** The pages grow with what is on them, so that there are about five. */
  async function grow({ id }: Account, rows: number): Promise<void> {
    booked += rows
    bookedOn.set(id, (bookedOn.get(id) ?? 0) + rows)
    await control(`/accounts/${id}/quirks`, { pageSize: 8 + Math.ceil((bookedOn.get(id) ?? 0) / 6) }, 'PUT')
  }

  /** Movements one by one, the first of them twice, on several days that are over. A list that somebody is reading stays as it was. */
  async function bookSome(account: Account, count: number): Promise<void> {
    for (let at = 0; at < count; at += 1) {
      const amount = `-${(100 + booked / 100).toFixed(2)}`
      const bookingDate = addDays(today(), -1 - (booked % 4))
      const movement = { amount, bookingDate, text: 'Miete', counterpartyName: 'Hof' }
      const times = at === 0 ? 2 : 1
      for (let time = 0; time < times; time += 1) await control(`/accounts/${account.id}/transactions`, movement)
      await grow(account, times)
    }
  }

  /** So many rows at once, and two: for when nobody is reading, as the list changes under whoever is. */
  async function book(account: Account, rows = 24): Promise<void> {
    const to = addDays(today(), -1)
    await control(`/accounts/${account.id}/bulk`, { count: rows, from: addDays(to, -3), to })
    await grow(account, rows)
    await bookSome(account, 1)
  }

  /** What the service holds and tells, at one instant. */
  async function snapshot(connectionIds: readonly string[]) {
    const [found] = await sql(`
      select
        (select coalesce(json_agg(json_build_object('id', transaction_id, 'version', version,
            'row', connection_id || ' ' || booking_date || ' ' || (amount_minor / 100.0)::numeric(18, 2))), '[]')
          from transactions where tenant_id = '${tenant}' and removed_at is null
            and connection_id in (${connectionIds.map((id) => `'${id}'`).join()})) as held,
        (select coalesce(json_agg(json_build_object('id', r.id, 'version', r.version, 'type', type) order by last_position, r.number), '[]')
          from transaction_changes, unnest(transaction_ids, versions) with ordinality as r (id, version, number)
          where tenant_id = '${tenant}') as feed,
        (select coalesce(sum(last), 0)::int from feed_positions where tenant_id = '${tenant}') as given,
        (select coalesce(sum(cardinality(transaction_ids)), 0)::int from transaction_changes where tenant_id = '${tenant}')
          + (select count(*)::int from events where tenant_id = '${tenant}') as used`)
    const seen: Json = found
    return seen
  }

  async function truthOf({ id, connectionId }: Account): Promise<readonly string[]> {
    const { transactions } = await control(`/accounts/${id}`)
    const [first, last] = [addDays(today(), -9), addDays(today(), -1)]
    return transactions
      .filter(({ status, bookingDate }: Json) => status === 'booked' && bookingDate >= first && bookingDate <= last)
      .map(({ bookingDate, amount }: Json) => `${connectionId} ${bookingDate} ${amount}`)
  }

  /** As a consumer does that keeps its cursor. */
  async function follow(): Promise<void> {
    for (;;) {
      const after = cursor === null ? '' : `&after=${encodeURIComponent(cursor)}`
      const { data, nextCursor } = await call('GET', `/v1/transactions/changes?limit=100${after}`)
      cursor = nextCursor
      if (data.length === 0) return
      for (const { type, transaction } of data)
        consumed.push({ id: transaction.id, version: transaction.version, type })
    }
  }

  async function check(those: readonly Account[], isOver: boolean): Promise<number> {
    const truth = (await Promise.all(those.map(truthOf))).flat()
    await follow()
    const { held, feed, given, used } = await snapshot(those.map(({ connectionId }) => connectionId))
    const numbers = { given, used }
    const faults = faultsOf({
      truth,
      due: isOver ? truth : settled,
      held,
      feed,
      consumed: isOver ? consumed : null,
      numbers,
    })
    if (faults.length > 0) throw new Error(faults.join('; '))
    if (isOver) settled = truth
    return held.length
  }

  return {
    call,
    sql,
    book,
    bookSome,
    worker: () => service({ ROLE: 'worker', PORT: '0' }),
    steppingWorker: () =>
      started(new URL('worker-main.ts', import.meta.url), { ...variables, ROLE: 'worker' }, { cleanup, talks: true }),
    api: () => service({ ROLE: 'api', PORT: String(port) }),

    /** Another tenant, whose person has connected so many accounts; nothing is imported yet. What was before is over. */
    async begin(count: number): Promise<readonly Account[]> {
      await sql(`delete from due_work`)
      generation += 1
      tenant = `killed-${generation}`
      ;[booked, cursor, consumed, settled] = [0, null, [], []]
      bookedOn.clear()
      await control('/reset', {})
      await call('PUT', '/v1/tenant', { name: 'Kill loop', redirectUrls: [done], defaultRedirectUrl: done })
      await call('PUT', company, { name: 'Hanse GmbH', country: 'DE', timeZone })
      await call('PUT', `${company}/persons/anna`, { name: 'Anna' })
      for (const { ledgerAccount, iban } of accounts.slice(0, count))
        await call('PUT', `${company}/ledger-accounts/${ledgerAccount}`, { name: 'Bank', currency: 'EUR', iban })
      await authorise(
        await call('POST', `${company}/consent-sessions`, { personId: 'anna', institutionId: `berlin-group.${bank}` }),
      )
      const { data } = await call('GET', `${company}/connections`)
      await control('/faults', pagesTakeTime)
      return accounts.slice(0, count).map(({ id, iban }) => ({
        id,
        connectionId: data.find((connection: Json) => connection.iban === iban).id,
      }))
    },

    /** From here on it is imported. */
    activate: ({ connectionId }: Account) =>
      call('POST', `/v1/connections/${connectionId}/activate`, { startDate: addDays(today(), -9) }),

    /** Asks for a run, with the person there: its id. */
    async ask({ connectionId }: Account): Promise<string> {
      const psu = { ipAddress: '203.0.113.7', userAgent: 'Kill loop' }
      return (await call('POST', `/v1/connections/${connectionId}/sync-runs`, { psu })).id
    },
    statusOf: async (run: string): Promise<string> =>
      String((await sql(`select status from sync_runs where run_id = '${run}'`))[0]?.['status']),

    /** The bank lets whoever asks wait for its next pages, long enough for another worker to take over. */
    async dawdle(): Promise<void> {
      await control('/faults', undefined, 'DELETE')
      await control('/faults', { bank, path: '&page=', times: 3, delayMs: 15_000 })
    },
    async hurry(): Promise<void> {
      await control('/faults', undefined, 'DELETE')
      await control('/faults', pagesTakeTime)
    },

    /** What somebody holds is free, and what waits for its next try is due, as if their time had passed. */
    endLeases: () =>
      sql(`update due_work set lease_until = least(lease_until, now()), due_at = case
        when lease_until > now() or exists (select from sync_runs r where r.tenant_id = due_work.tenant_id and r.connection_id::text = subject and r.status in ('queued', 'running'))
        then least(due_at, now()) else due_at end where kind = 'sync'`),
    runsUnderWay: async (): Promise<number> =>
      Number((await sql(`select count(*) as runs from sync_runs where status = 'running'`))[0]?.['runs']),
    /** Rises by one whenever a sync is claimed. */
    claims: async (): Promise<number> =>
      Number((await sql(`select coalesce(sum(fence), 0) as claims from due_work where kind = 'sync'`))[0]?.['claims']),

    /** In the middle of everything. @throws when something is wrong already */
    checkMeanwhile: (those: readonly Account[]) => check(those, false),
    /** When all runs are over: how many rows there are. @throws when anything is wrong */
    checkAll: (those: readonly Account[]) => check(those, true),
  }
}

/** The person agrees on the hosted page, and approves at the bank. */
async function authorise(session: Json): Promise<void> {
  await fetch(session.url)
  const body = new URLSearchParams({ step: 'agree' })
  const agreed = await fetch(session.url, { method: 'POST', body, redirect: 'manual' })
  await fetch(await approve(agreed.headers.get('location') ?? '', 'anna'), { redirect: 'manual' })
}

/** A connection for each request: one that is kept may be closed by the other side in the moment that it is used again. */
const unkept = new Agent({ pipelining: 0 })

async function request(
  url: string,
  method: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Json> {
  const sent =
    body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { ...headers, 'content-type': 'application/json' } }
  const answer = await fetch(url, { method, headers, ...sent, dispatcher: unkept })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`)
  return text === '' ? null : JSON.parse(text)
}

const today = (): Day => localDay(systemClock.now(), timeZone)

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  await new Promise((closed) => server.close(closed))
  if (address === null || typeof address !== 'object') throw new Error('there is no free port')
  return address.port
}
