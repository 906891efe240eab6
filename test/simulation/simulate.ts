// Days of a company at a bank with faults: the real use cases on the real database, with a clock, ids and chance of the simulation's own. Processes work beside
// each other, stall and die wherever chance has it; what must hold is looked at after every step.

import { createHash, randomBytes } from 'node:crypto'
import pg from 'pg'
import { putCompany } from '../../src/companies/put-company.ts'
import { putLedgerAccount } from '../../src/companies/put-ledger-account.ts'
import { putPerson } from '../../src/companies/put-person.ts'
import { activateConnection } from '../../src/connections/activate-connection.ts'
import { assignConnection } from '../../src/connections/assign-connection.ts'
import { completeSession } from '../../src/consents/complete-session.ts'
import { startSessionAtBank } from '../../src/consents/start-session.ts'
import type { Lease } from '../../src/due/index.ts'
import { refreshInstitutions } from '../../src/institutions/refresh-institutions.ts'
import { proposeMatches } from '../../src/matching/model/propose-matches.ts'
import type { Provider } from '../../src/providers/provider.ts'
import { createSchedule, type Schedule } from '../../src/schedule.ts'
import { createCipher } from '../../src/shared/crypto.ts'
import { createPool } from '../../src/shared/db.ts'
import { AppError } from '../../src/shared/errors.ts'
import { createLog } from '../../src/shared/log.ts'
import { createMetrics } from '../../src/shared/metrics.ts'
import { createOutbound, createReceivers } from '../../src/shared/outbound.ts'
import { requestSync } from '../../src/sync/request-sync.ts'
import { putTenant } from '../../src/tenants/put-tenant.ts'
import { addDays, parseDay, startOfLocalDay, type Day } from '../../src/values/day.ts'
import { wire, type Deps, type Stores } from '../../src/wiring.ts'
import { chance as chanceOf, type Chance } from '../matching/random.ts'
import { fakeClock } from '../support/clock.ts'
import { contentOf, createBank, institutionId, type Habits, type SimulatedBank } from './bank.ts'
import { createFollower, wrongAtAnyTime, wrongAtNight, wrongInTheEnd, type Books } from './invariants.ts'
import { createTurns, type Turns } from './turns.ts'

export type Verdict = {
  readonly seed: number
  readonly days: number
  readonly steps: number
  readonly habits: Habits
  /** How often each fault was met. */
  readonly faults: Readonly<Record<string, number>>
  readonly rows: number
  /** The same for the same seed, whatever machine it runs on. */
  readonly trace: string
  /** What did not hold; empty if all is well. */
  readonly violations: readonly string[]
}

export type Ground = { readonly serviceUrl: string; readonly ownerUrl: string }

const companyId = 'sim'
const redirectUrl = 'https://example.com/done'
const psu = { ipAddress: '203.0.113.7', userAgent: 'Simulated browser' }
const zones = ['Europe/Berlin', 'Europe/Oslo', 'America/New_York', 'Pacific/Auckland', 'UTC']
/** Days without a fault at the end, after which everything has to be right: many withdrawals take four complete runs, and who was limited waits a day. */
const calmDays = 6
/** Of what went wrong: the first says it all. */
const violationsMax = 5

/** Opens the database once for many simulations. */
export async function openGround(ground: Ground, cleanup: AsyncDisposableStack) {
  const log = createLog({ level: 'silent' })
  const pool = createPool({ url: ground.serviceUrl, size: 12, name: 'simulation', statementTimeoutMs: 20_000, log })
  cleanup.defer(() => pool.end())
  const outbound = createOutbound({ log })
  cleanup.defer(() => outbound.close())
  const owner = new pg.Client({ connectionString: ground.ownerUrl })
  await owner.connect()
  cleanup.defer(() => owner.end())
  return (seed: number, days: number, options: Options = {}) => simulate({ pool, outbound, owner }, seed, days, options)
}

export type Options = {
  /** Hears of every step. */
  readonly say?: (line: string) => void
  /** Makes the processes do wrong: the simulation that does not notice is worth nothing. */
  readonly sabotage?: (stores: Stores) => Stores
}

type Opened = Pick<Deps, 'pool' | 'outbound'> & { readonly owner: pg.Client }

async function simulate(
  { pool, outbound, owner }: Opened,
  seed: number,
  days: number,
  { say = () => undefined, sabotage = (stores) => stores }: Options,
): Promise<Verdict> {
  const chance = chanceOf(seed)
  const timeZone = chance.pick(zones)
  const first = addDays('2026-01-10', chance.between(0, 330))
  const clock = fakeClock(new Date(startOfLocalDay(first, timeZone).getTime() + 9 * 3_600_000))
  const tenant = `sim-${seed}-${randomBytes(4).toString('hex')}`
  const trace = createHash('sha256')
  const faults: Record<string, number> = {}
  const violations: string[] = []
  let steps = 0
  const met = (fault: string) => {
    faults[fault] = (faults[fault] ?? 0) + 1
    note(`fault ${fault}`)
  }
  const note = (what: string) => {
    const line = `${clock.now().toISOString()} ${what}`
    trace.update(`${line}\n`)
    say(line)
  }
  const violated = (what: string) => {
    if (violations.length < violationsMax) violations.push(`${clock.now().toISOString()} ${what}`)
    note(`VIOLATED ${what}`)
  }
  const bank = createBank({ chance, clock, timeZone, accounts: chance.between(1, 2), met, violated })
  const wired = wire({
    pool,
    cipher: createCipher([{ id: 'sim', key: randomBytes(32) }]),
    clock,
    ids: idsBy(chance, () => clock.now().getTime()),
    // What the service itself calls an error is one: nothing that the simulation does is.
    log: createLog({ level: 'error', destination: { write: (line) => violated(`logged ${line.trim()}`) } }),
    metrics: createMetrics(),
    outbound,
    receivers: createReceivers({ log: createLog({ level: 'silent' }), networks: [] }),
    proposer: { propose: (books) => Promise.resolve(proposeMatches(books)), close: () => Promise.resolve() },
    random: chance.next,
    providerConfig: {},
    publicUrl: 'https://bankfeed.example',
  })
  const deps: Deps = { ...wired, providers: new Map([['simulated', bank.provider]]) }
  const turns = createTurns()
  const follower = createFollower()
  let cursor = 0n
  let mark = ''

  // Neither belongs to one tenant, and the same seed may have been here before.
  await owner.query('delete from due_work; delete from session_lookups')
  await refreshInstitutions(deps)
  await setUp(deps, tenant, bank, timeZone)
  await authorise('first')

  let alive = [0, 1].slice(0, chance.between(1, 2)).map((n) => aProcess(deps, turns, `p${n}`, sabotage))
  let born = alive.length
  let today: Day = bank.today()
  for (let day = 1; day <= days && violations.length === 0; day += 1) {
    const isCalm = day > days - calmDays
    if (isCalm) bank.mend()
    const nextDay = addDays(today, 1)
    const dayEnds = new Date(startOfLocalDay(nextDay, timeZone).getTime() + 9 * 3_600_000)
    await untilThen(dayEnds, isCalm)
    today = bank.today()
    const held = await booksOf(owner, tenant)
    for (const wrong of wrongAtNight(held, bank.accounts, bank.habits)) violated(wrong)
    await look(held)
    note(`${today} held ${held.rows.length}`)
    // A consent that is given when the faults are over lasts to the end.
    if (day === days - calmDays + 1) await authorise('anyway')
    else if (isCalm || chance.is(0.5)) await authorise('where needed')
    if (!isCalm) {
      await whim()
      lapse()
      today = bank.today()
    }
  }
  const final = await booksOf(owner, tenant)
  if (violations.length === 0) {
    for (const wrong of wrongInTheEnd(final, bank.accounts)) violated(wrong)
    for (const wrong of await notAlive(owner, tenant, bank, final)) violated(wrong)
  }
  for (const { schedule } of alive) void schedule.stop()
  await owner.query('delete from due_work')
  return {
    seed,
    days,
    steps,
    habits: bank.habits,
    faults,
    rows: final.rows.length,
    trace: trace.digest('hex').slice(0, 16),
    violations,
  }

  /** Everything that happens and is due until then, in its order. */
  async function untilThen(end: Date, isCalm: boolean): Promise<void> {
    const happenings = isCalm
      ? []
      : Array.from({ length: chance.between(0, 5) }, () => within(chance, clock.now(), end)).toSorted((a, b) => a - b)
    while (violations.length === 0) {
      const due = await nextDue(owner, clock.now())
      const happening = happenings[0]
      const next = Math.min(due?.getTime() ?? Infinity, happening ?? Infinity)
      if (next >= end.getTime()) break
      if (next > clock.now().getTime()) clock.set(new Date(next))
      if (happening === next) {
        happenings.shift()
        note(`bank ${bank.live()}`)
        if (chance.is(0.15)) await ask()
      } else await work(isCalm)
    }
    if (clock.now() < end) clock.set(end)
  }

  /** The processes do what is due, one step of one of them at a time. */
  async function work(isCalm: boolean): Promise<void> {
    for (const each of alive) each.begin()
    for (;;) {
      const waiting = await turns.waiting()
      if (waiting.length === 0) return
      steps += 1
      const next = isCalm ? 'go' : chance.weighed({ go: 400, die: 3, stall: 4, live: 6, ask: 3 })
      if (next === 'die') {
        const victim = chance.pick(waiting).process
        turns.kill(victim)
        bank.untell()
        alive = alive.filter(({ name, schedule }) => name !== victim || void schedule.stop())
        const heir = aProcess(deps, turns, `p${born}`, sabotage)
        born += 1
        alive.push(heir)
        met('process killed')
        if (chance.is(0.5)) heir.begin()
      } else if (next === 'stall') {
        met('stall')
        clock.advance({ seconds: chance.between(1, 40) })
      } else if (next === 'live') note(`bank ${bank.live()}`)
      else if (next === 'ask') await ask()
      else {
        const one = chance.pick(waiting)
        note(`${one.process} ${one.what}`)
        await turns.go(one)
        if (one.what === 'commit' && (await hasMoved())) await look(await booksOf(owner, tenant))
      }
    }
  }

  /** Whether a commit changed what is held, told or covered: most do not. */
  async function hasMoved(): Promise<boolean> {
    const { rows } = await owner.query<{ mark: string }>({
      name: 'mark',
      text: `select concat((select count(*) from transactions where tenant_id = $1), '/', (select max(last_position) from transaction_changes where tenant_id = $1),
         '/', (select string_agg(concat(complete, open_gaps, unrecoverable_gaps), ' ' order by connection_id) from sync_states where tenant_id = $1)) as mark`,
      values: [tenant],
    })
    const before = mark
    mark = rows[0]?.mark ?? ''
    return mark !== before
  }

  /** What must hold at any time; and the follower of the feed goes on from where it was. */
  async function look(books: Books): Promise<void> {
    for (const wrong of wrongAtAnyTime(books, bank.accounts)) violated(wrong)
    for (;;) {
      const changes = await deps.unit(tenant, ({ transactions }) =>
        transactions.changesAfter({ companyId, after: cursor, limit: 500 }),
      )
      for (const wrong of follower.follow(changes)) violated(wrong)
      const last = changes.at(-1)
      if (last === undefined) break
      cursor = last.position
    }
    const delivered = await owner.query<{ connection_id: string }>({
      name: 'delivered',
      text: `select name from connections where tenant_id = $1 and ledger_account_id is not null`,
      values: [tenant],
    })
    const names = new Set(delivered.rows.map((row) => String(Object.values(row)[0])))
    for (const wrong of follower.compare(books.rows.filter(({ account }) => names.has(account)))) violated(wrong)
  }

  /** Somebody asks for an import. */
  async function ask(): Promise<void> {
    const account = chance.pick(bank.accounts)
    const isAttended = chance.is(0.4)
    const { rows } = await owner.query<{ connection_id: string }>(
      'select connection_id from connections where tenant_id = $1 and iban = $2',
      [tenant, account.iban],
    )
    const connectionId = rows[0]?.connection_id
    if (connectionId === undefined) return
    note(`asked for ${account.id}${isAttended ? ', with the person' : ''}`)
    await requestSync(deps, { tenant, connectionId, psu: isAttended ? psu : null }).catch(unlessRefused)
  }

  /** The person goes to the bank: where access is lost or was never given, or anyway. */
  async function authorise(why: 'first' | 'where needed' | 'anyway'): Promise<void> {
    if (why === 'where needed') {
      const { rows } = await owner.query(
        `select from connections where tenant_id = $1 and status not in ('active', 'unassigned')`,
        [tenant],
      )
      if (rows.length === 0 && !chance.is(0.02)) return
    }
    note('the person goes to the bank')
    for (let tries = why === 'first' ? 20 : 1; tries > 0; tries -= 1) {
      try {
        const { url } = await startSessionAtBank(
          { ...deps, unit: deps.unit },
          {
            tenant,
            ask: {
              companyId,
              personId: 'anna',
              institutionId,
              redirectUrl: null,
              language: null,
              ledgerAccountIds: [],
              activate: null,
              expiresInHours: 1,
            },
            psu,
          },
        )
        const state = new URL(url).searchParams.get('state') ?? ''
        const session = await completeSession(deps, { providerId: 'simulated', query: { state }, psu })
        if (session.status === 'completed') break
      } catch (error) {
        unlessRefused(error)
      }
    }
    if (why === 'first') await activateAll(deps, owner, tenant, chance, bank)
  }

  /** Now and then nobody is there for days, or for longer than the bank remembers; its own books go on. */
  function lapse(): void {
    if (!chance.is(0.02)) return
    const length = chance.is(0.2) ? chance.between(85, 200) : chance.between(2, 20)
    met('lapse')
    for (let hours = 0; hours < length * 24; hours += 12) {
      clock.advance({ hours: 12 })
      if (chance.is(0.4)) bank.live()
    }
  }

  /** Now and then something ends at the bank, or the tenant changes its mind. */
  async function whim(): Promise<void> {
    if (chance.is(0.03)) {
      met('consents revoked')
      bank.revokeAll()
    }
    if (!chance.is(0.05)) return
    const { rows } = await owner.query<{ connection_id: string; assigned: boolean; number: string }>(
      `select connection_id, ledger_account_id is not null as assigned, right(name, 1) as number from connections
       where tenant_id = $1 order by connection_id`,
      [tenant],
    )
    if (rows.length === 0) return
    const { connection_id: id, assigned, number } = chance.pick(rows)
    // What was delivered stays where it was; only one that was never delivered is new to the feed.
    if (assigned) return
    note(`assigned ${number}`)
    await assignConnection(deps, {
      tenant,
      id,
      patch: { assignment: { ledgerAccountId: `l${number}` }, movePast: false },
    })
  }
}

type Process = { readonly name: string; readonly schedule: Schedule; begin(): void }

/** A process of the service: all that it does to the database and to banks waits for its turn. Nobody else keeps its leases for it. */
function aProcess(deps: Deps, turns: Turns, name: string, sabotage: (stores: Stores) => Stores): Process {
  const inTurn =
    <Ask, Answer>(what: string, call: (ask: Ask) => Promise<Answer>) =>
    (ask: Ask): Promise<Answer> =>
      turns.take(name, what, () => call(ask))
  const unit: Deps['unit'] = (tenant, work) =>
    turns.take(name, 'commit', () => deps.unit(tenant, (stores) => work(sabotage(stores))))
  const claims: Deps['claims'] = {
    // PostgreSQL gives what it has taken in any order.
    claim: (ask) => turns.take(name, 'claim', async () => (await deps.claims.claim(ask)).toSorted(bySubject)),
    extend: () => Promise.resolve(),
  }
  const providers = new Map(
    [...deps.providers].map(([id, bank]): [string, Provider] => [
      id,
      {
        ...bank,
        fetchPage: inTurn('page', (ask) => bank.fetchPage(ask)),
        fetchBalances: inTurn('balances', (ask) => bank.fetchBalances(ask)),
        consentState: inTurn('consent state', (ask) => bank.consentState(ask)),
        completeConsent: inTurn('outcome', (ask) => bank.completeConsent(ask)),
        revokeConsent: inTurn('revocation', (ask) => bank.revokeConsent(ask)),
      },
    ]),
  )
  const schedule = createSchedule({ ...deps, unit, claims, providers }, { ticking: false })
  let isBusy = false

  return {
    name,
    schedule,
    begin() {
      if (isBusy) return
      isBusy = true
      void schedule.drain().finally(() => {
        isBusy = false
      })
    },
  }
}

async function setUp(deps: Deps, tenant: string, bank: SimulatedBank, timeZone: string): Promise<void> {
  await deps.unit(tenant, ({ tenants }) => tenants.ensure(deps.clock.now()))
  await putTenant(deps, {
    id: tenant,
    name: 'Simulated',
    redirectUrls: [redirectUrl],
    defaultRedirectUrl: redirectUrl,
    preferredProviders: [],
    reminderDays: [],
  })
  await putCompany(deps, {
    tenant,
    company: {
      id: companyId,
      name: 'Simulated',
      country: 'DE',
      organisationNumber: null,
      timeZone,
      groupId: null,
      accountPolicy: 'any',
    },
  })
  await putPerson(deps, { tenant, person: { id: 'anna', companyId, name: 'Anna', email: null, phone: null } })
  for (const [n, { iban }] of bank.accounts.entries())
    await putLedgerAccount(deps, {
      tenant,
      account: {
        id: `l${n}`,
        companyId,
        name: 'Bank',
        currency: 'EUR',
        // The second belongs nowhere until somebody says so.
        iban: n === 0 ? iban : null,
        bban: null,
        institutionId: null,
        bookedThrough: null,
      },
    })
}

async function activateAll(
  deps: Deps,
  owner: pg.Client,
  tenant: string,
  chance: Chance,
  bank: SimulatedBank,
): Promise<void> {
  const { rows } = await owner.query<{ connection_id: string }>(
    'select connection_id from connections where tenant_id = $1 and institution_id is not null order by connection_id',
    [tenant],
  )
  if (rows.length !== bank.accounts.length) throw new Error(`${rows.length} connections were made`)
  for (const { connection_id: id } of rows) {
    const startDate = chance.pick([
      'today',
      'month_start',
      addDays(bank.today(), -chance.between(1, 60)),
      'max_history',
    ])
    await activateConnection(deps, { tenant, id, startDate, firstSync: chance.is(0.8) ? 'now' : 'next_day' })
  }
}

/** What is held, by the name of the bank's account. Statements that are asked after every step have a name, so that they are planned once. */
async function booksOf(owner: pg.Client, tenant: string): Promise<Books> {
  const { rows } = await owner.query<Record<string, string | boolean | number | null>>({
    name: 'held',
    text: `select t.transaction_id as id, c.name as account, t.booking_date::text as day, t.amount_minor::text as amount, t.counterparty_name as name,
       t.remittance_information as text, t.removed_at is not null as removed, t.suspect, t.version
     from transactions t join connections c using (tenant_id, connection_id) where t.tenant_id = $1`,
    values: [tenant],
  })
  const covered = await owner.query<Record<string, string> & { finished: Date | null }>({
    name: 'covered',
    text: `select c.name as account, c.start_date::text as start, s.complete::text as complete,
       (s.open_gaps + s.unrecoverable_gaps + s.excluded)::text as missing,
       (select max(r.finished_at) from sync_runs r where r.tenant_id = s.tenant_id and r.connection_id = s.connection_id and r.status = 'completed') as finished
     from sync_states s join connections c using (tenant_id, connection_id) where s.tenant_id = $1`,
    values: [tenant],
  })
  return {
    rows: rows.map((row) => {
      const day = dayOf(String(row['day']))
      return {
        id: String(row['id']),
        account: String(row['account']),
        day,
        content: contentOf({
          day,
          amount: BigInt(String(row['amount'])),
          name: String(row['name']),
          text: String(row['text']),
        }),
        removed: row['removed'] === true,
        suspect: row['suspect'] === null ? null : String(row['suspect']),
        version: Number(row['version']),
      }
    }),
    coverage: covered.rows.map((row) => ({
      account: row['account'] ?? '',
      startDate: dayOf(row['start']),
      complete: rangesIn(row['complete'] ?? ''),
      missing: rangesIn(row['missing'] ?? ''),
      finishedAt: row.finished,
    })),
  }
}

function dayOf(text = ''): Day {
  const day = parseDay(text)
  if (day === undefined) throw new Error(`${text} is no day`)
  return day
}

/** PostgreSQL writes a multirange of days with its ends outside: `{[2026-01-01,2026-01-05)}`. */
const rangesIn = (text: string) =>
  [...text.matchAll(/\[([\d-]+),([\d-]+)\)/g)].map(([, from = '', end = '']) => ({
    from: dayOf(from),
    to: addDays(dayOf(end), -1),
  }))

/** When the next work can be taken, if there is any; now at the earliest. */
async function nextDue(owner: pg.Client, now: Date): Promise<Date | null> {
  const { rows } = await owner.query<{ next: Date | null }>({
    name: 'next',
    text: 'select min(greatest(due_at, lease_until)) as next from due_work',
  })
  const next = rows[0]?.next
  return next == null ? null : next < now ? now : next
}

/** Once there are no faults any more, everything is fetched through yesterday and nothing is overdue. */
async function notAlive(
  owner: pg.Client,
  tenant: string,
  bank: SimulatedBank,
  books: Books,
): Promise<readonly string[]> {
  const yesterday = addDays(bank.today(), -1)
  const behind = bank.accounts.filter(({ id }) => {
    const held = books.coverage.find(({ account }) => account === id)
    return held === undefined || (held.complete.at(-1)?.to !== yesterday && held.startDate <= yesterday)
  })
  const { rows } = await owner.query<{ status: string }>(
    `select status from sync_runs where tenant_id = $1 and status in ('queued', 'running') and retry_at is null`,
    [tenant],
  )
  return [
    ...behind.map(({ id }) => `${id} is not held through ${yesterday}`),
    ...rows.map(({ status }) => `a run is still ${status}`),
  ]
}

function unlessRefused(error: unknown): void {
  if (!(error instanceof AppError)) throw error
}

const within = (chance: Chance, from: Date, to: Date): number =>
  Math.floor(from.getTime() + chance.next() * (to.getTime() - from.getTime()))

const bySubject = (a: Lease, b: Lease): number => (`${a.kind} ${a.subject}` < `${b.kind} ${b.subject}` ? -1 : 1)

/** Version 7 as the service makes them, from the seed. */
function idsBy(chance: Chance, now: () => number): Deps['ids'] {
  let made = 0
  const hex = (length: number) => Array.from({ length }, () => Math.floor(chance.next() * 16).toString(16)).join('')
  return {
    uuid() {
      made += 1
      const time = now().toString(16).padStart(12, '0')
      const number = (made % 4096).toString(16).padStart(3, '0')
      return `${time.slice(0, 8)}-${time.slice(8)}-7${number}-8${hex(3)}-${hex(12)}`
    },
    secret: () => hex(43),
  }
}
