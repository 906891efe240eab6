// A company whose bank is the sandbox, told in few words: what a test of the import needs to begin with, and what it looks at in the end.

import type { Test } from 'tap'
import type { Deps } from '../../src/wiring.ts'
import type { Provider } from '../../src/providers/provider.ts'
import { createSchedule, type Schedule } from '../../src/schedule.ts'
import { startBankedService, type BankedService } from '../support/bank.ts'
import { runSql } from '../support/database.ts'
import type { Answer } from '../support/service.ts'

/** A movement as the bank's own books have it (`/control/accounts/{id}`). */
export type Movement = {
  readonly key: string
  readonly status: 'booked' | 'pending'
  readonly bookingDate: string
  readonly amount: string
  readonly text: string | null
}

// oxlint-disable-next-line typescript/no-explicit-any -- every answer has been checked against the contract, which is what tests read it by
type Json = any

export type Story = {
  readonly service: BankedService
  readonly tenant: string
  readonly call: ReturnType<BankedService['client']>
  /** What a call answers; fails where it is refused. */
  ask(method: string, url: string, body?: unknown): Promise<Json>
  /** The person goes to the bank and approves; the connections that there are then. */
  authorise(options?: { login?: string; institutionId?: string; ticked?: readonly string[] }): Promise<readonly Json[]>
  /** The connection of one of the bank's accounts: by IBAN, or by masked number. */
  connection(account: string): Promise<Json>
  /** Switches it on, and lets the first run finish. */
  activate(account: string, startDate?: string): Promise<Json>
  /** Asks for a run now and does what is due: the run as it then is. */
  importNow(id: string, psu?: { ipAddress: string; userAgent: string }): Promise<Json>
  /** The newest run. */
  lastRun(id: string): Promise<Json>
  runs(id: string): Promise<readonly Json[]>
  /** What is held of a connection, all pages, the oldest first. */
  rows(id: string): Promise<readonly Json[]>
  /** The change feed after a cursor, to its end; of the company, or of the whole tenant. */
  feed(options?: {
    after?: string
    whole?: boolean
    limit?: number
  }): Promise<{ changes: readonly Json[]; cursor: string }>
  /** What the bank itself has booked on an account within days, both ends included. */
  truth(account: string, days?: { from?: string; through?: string }): Promise<readonly Movement[]>
  events(type: string): Promise<readonly Json[]>
}

export const fjord = {
  main: { id: 'fjordbanken-main', iban: 'NO9386011117947' },
  second: { id: 'fjordbanken-second', iban: 'NO5586011859226' },
  savings: { id: 'fjordbanken-savings', iban: 'NO9086015740827' },
  foreign: { id: 'fjordbanken-foreign', iban: 'NO6686016283004' },
} as const

export const psu = { ipAddress: '203.0.113.7', userAgent: 'Test browser' }

/** One service for a file; each story has a tenant of its own, and begins at a bank where nothing has happened yet. */
export async function storyteller(file: { teardown(undo: () => Promise<unknown>): void }) {
  const service = await startBankedService(file)
  let stories = 0
  return async function begin(options: { now?: string; timeZone?: string; country?: string } = {}): Promise<Story> {
    stories += 1
    service.clock.set(options.now ?? '2026-11-21T09:00:00Z')
    // Whoever was there before is left alone from now on.
    await runSql(service.ownerUrl, 'delete from due_work')
    await service.bank.control('/reset', {})
    const story = tell(service, `tenant-${stories}`)
    await story.ask('PUT', '/v1/tenant', { name: 'Acme', redirectUrls: [done], defaultRedirectUrl: done })
    const { country = 'NO', timeZone } = options
    await story.ask('PUT', company, {
      name: 'Fjordlys Handel AS',
      country,
      ...(timeZone !== undefined && { timeZone }),
    })
    await story.ask('PUT', `${company}/persons/anna`, { name: 'Anna Berg' })
    return story
  }
}

export const company = '/v1/companies/fjordlys'
const done = 'https://acme.example/done'

function tell(service: BankedService, tenant: string): Story {
  const call: Story['call'] = (...request) => service.client(tenant)(...request)
  const ask: Story['ask'] = async (method, url, body) => succeeded(await call(method, url, body), `${method} ${url}`)
  const all = async (url: string): Promise<readonly Json[]> => {
    const found: Json[] = []
    for (let cursor = ''; ;) {
      const page = await ask('GET', `${url}${url.includes('?') ? '&' : '?'}limit=100${cursor}`)
      found.push(...page.data)
      if (page.nextCursor === null) return found
      cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`
    }
  }
  const runs = (id: string) => all(`/v1/connections/${id}/sync-runs`)
  const connection: Story['connection'] = async (account) => {
    const found = (await all(`${company}/connections`)).find(
      ({ iban, maskedPan }: Json) => iban === account || maskedPan === account,
    )
    if (found === undefined) throw new Error(`no connection has ${account}`)
    return found
  }
  return {
    service,
    tenant,
    call,
    ask,
    runs,
    connection,
    rows: async (id) => (await all(`/v1/connections/${id}/transactions`)).toReversed(),
    async authorise({ login = 'anna', institutionId = 'berlin-group.fjordbanken', ticked } = {}) {
      const session = await ask('POST', `${company}/consent-sessions`, { personId: 'anna', institutionId })
      const end = await service.authorise(session.url, {
        login,
        institutionId,
        ...(ticked !== undefined && { ticked }),
      })
      if (!end.endsWith('status=completed')) throw new Error(`the session did not complete: ${end}`)
      return all(`${company}/connections`)
    },
    async activate(account, startDate) {
      const { id } = await connection(account)
      await ask('POST', `/v1/connections/${id}/activate`, startDate === undefined ? {} : { startDate })
      await service.work()
      return connection(account)
    },
    async importNow(id, person) {
      const { id: runId } = await ask(
        'POST',
        `/v1/connections/${id}/sync-runs`,
        person === undefined ? {} : { psu: person },
      )
      await service.work()
      return ask('GET', `/v1/sync-runs/${runId}`)
    },
    lastRun: async (id) => (await runs(id))[0],
    async feed({ after, whole = false, limit = 100 } = {}) {
      const changes: Json[] = []
      for (let cursor = after; ;) {
        const query = `limit=${limit}${cursor === undefined ? '' : `&after=${encodeURIComponent(cursor)}`}`
        const page = await ask('GET', `${whole ? '/v1' : company}/transactions/changes?${query}`)
        changes.push(...page.data)
        if (page.data.length === 0) return { changes, cursor: page.nextCursor }
        cursor = page.nextCursor
      }
    },
    async truth(account, { from = '1900-01-01', through = '9999-12-31' } = {}) {
      const { transactions } = await service.bank.control(`/accounts/${account}`)
      return transactions.filter(
        ({ status, bookingDate }: Movement) => status === 'booked' && bookingDate >= from && bookingDate <= through,
      )
    },
    async events(type) {
      const rows = await runSql(
        service.ownerUrl,
        `select type, data from events where tenant_id = '${tenant}' and type = '${type}' order by position`,
      )
      return rows
    },
  }
}

function succeeded({ status, body }: Answer, what: string): Json {
  if (status >= 300) throw new Error(`${what} was answered with ${status}: ${JSON.stringify(body)}`)
  return body
}

/** How often an account's bank was asked since, for transactions or for balances: every page counts. */
export async function countCalls(
  { service: { bank } }: Story,
  { id }: { id: string },
  path: '/transactions' | '/balances' = '/transactions',
): Promise<() => Promise<number>> {
  // A fault that does nothing, and says how often it has.
  const times = 1_000_000
  const fault = { bank: id.replace(/-[a-z]+$/, ''), path, delayMs: 0 }
  await bank.control('/faults', { ...fault, times })
  return async () => {
    const { faults } = await bank.control('/')
    return (
      times - faults.find((each: Json) => each.delayMs === 0 && each.bank === fault.bank && each.path === path).times
    )
  }
}

type Told = { readonly bookingDate: string; readonly amount: string }

/** Movements as a multiset of day and amount, in an order of their own: what two tellings of one account have in common. */
export function tally(movements: readonly Told[]): readonly string[] {
  return movements.map(({ bookingDate, amount }) => `${bookingDate} ${amount}`).toSorted()
}

/** What somebody holds who has followed the feed from the beginning. */
export function replayed(changes: readonly Json[]): ReadonlyMap<string, Json> {
  const held = new Map<string, Json>()
  for (const { type, transaction } of changes) {
    const isKnown = held.has(transaction.id)
    if (isKnown === (type === 'added'))
      throw new Error(`${transaction.id} was ${type} and ${isKnown ? 'is' : 'is not'} held`)
    if (type === 'removed') held.delete(transaction.id)
    else held.set(transaction.id, transaction)
  }
  return held
}

/** What is held, what the feed has told, and what the bank has booked are one. */
export async function agrees(
  t: Test,
  story: Story,
  { id, startDate }: Json,
  account: string,
  through: string,
): Promise<void> {
  const rows = await story.rows(id)
  const truth = await story.truth(account, { from: startDate, through })
  t.strictSame(difference(tally(rows), tally(truth)), nothing, 'held is what the bank has booked')
  const { changes } = await story.feed()
  const told = [...replayed(changes).values()].filter(({ connectionId }) => connectionId === id)
  t.strictSame(difference(told.map(versionOf), rows.map(versionOf)), nothing, 'the feed says the same')
}

const nothing = { tooMany: [], missing: [] }
const versionOf = ({ id, version }: Json) => `${id} ${version}`

/** Of two multisets, so that what is wrong can be read. */
function difference(
  ours: readonly string[],
  theirs: readonly string[],
): { tooMany: readonly string[]; missing: readonly string[] } {
  const missing = [...theirs]
  const tooMany = ours.filter((each) => {
    const at = missing.indexOf(each)
    if (at >= 0) missing.splice(at, 1)
    return at < 0
  })
  return { tooMany, missing }
}

/** As of a process that stands still or is dead: its leases end when their time is over, however long a test takes by the clock on the wall. */
const withoutHeartbeat = (deps: Deps): Deps => ({
  ...deps,
  claims: { ...deps.claims, extend: () => Promise.resolve() },
})

type Wrapped = (bank: Provider) => Provider

/** Another process over the same database, to which the banks are as `wrap` says. */
export function anotherProcess(t: Test, { service: { deps } }: Story, wrap: Wrapped = (bank) => bank): Schedule {
  const providers = new Map([...deps.providers].map(([id, bank]) => [id, wrap(bank)]))
  const schedule = createSchedule({ ...withoutHeartbeat(deps), providers }, { ticking: false })
  t.teardown(() => schedule.stop())
  return schedule
}

/** A bank that keeps us waiting for the page after so many: `reached` when it is asked for it, which it gives after `goOn`. */
export function keptWaiting(pages = 0): {
  readonly provider: Wrapped
  readonly reached: Promise<void>
  readonly goOn: () => void
} {
  const [asked, told] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  let given = 0
  const provider: Wrapped = (bank) => ({
    ...bank,
    async fetchPage(ask) {
      if (given === pages) {
        asked.resolve()
        await told.promise
      }
      given += 1
      return bank.fetchPage(ask)
    },
  })
  return { provider, reached: asked.promise, goOn: told.resolve }
}

/**
 * A process that is killed between two steps of its work: after so many that it has committed, it does nothing more. Answers whether it died, once all that it
 * had sent to the database by then has happened.
 */
export async function dies({ service: { deps } }: Story, steps: number): Promise<boolean> {
  const dead = Promise.withResolvers<true>()
  let [taken, sent, isOver] = [0, 0, false]
  const settle = () => {
    if (isOver && sent === 0) dead.resolve(true)
  }
  const unit: typeof deps.unit = (tenant, work) => {
    if (taken === steps) {
      isOver = true
      settle()
      return new Promise(() => undefined)
    }
    taken += 1
    sent += 1
    return deps.unit(tenant, work).finally(() => {
      sent -= 1
      settle()
    })
  }
  const drained = createSchedule({ ...withoutHeartbeat(deps), unit }, { ticking: false }).drain()
  return Promise.race([dead.promise, drained.then(() => false)])
}
