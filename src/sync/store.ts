import { sql as raw, type Selectable } from 'kysely'
import type { BalanceType, CallLimit, ProviderBalance, ProviderErrorKind } from '../providers/provider.ts'
import type { Tables } from '../shared/db-tables.ts'
import type { TenantDb } from '../shared/db.ts'
import { AppError } from '../shared/errors.ts'
import { pageOf, type Page, type PageAsk } from '../shared/page.ts'
import { idKinds, type IdKind } from '../transactions/model/sides.ts'
import { asWritten } from '../values/as-written.ts'
import { addDays, parseDay, type Day } from '../values/day.ts'
import type { ConnectionId, SyncRunId } from '../values/ids.ts'
import type { KeptBalance } from './model/balance.ts'
import { nothingCovered, type Coverage, type Gap, type Range } from './model/coverage.ts'
import { healthy, type Health } from './model/next-try.ts'
import type { Opening, RunProof } from './model/proof.ts'
import type { Usage } from './model/quota.ts'
import type { SyncRun } from './model/run.ts'

/** A run that is over. */
export type LastSync = {
  readonly id: SyncRunId
  readonly status: SyncRun['status']
  readonly at: Date
  readonly added: number
  readonly errorKind: ProviderErrorKind | null
}

/** How fetching goes of a connection, as a list of connections shows it. */
export type Standing = { readonly health: Health; readonly lastSync: LastSync | null }

/** How a connection stands: which days are held, how fetching goes, and its last finished run. */
export type SyncState = {
  readonly coverage: Coverage
  readonly health: Health
  readonly lastRunId: SyncRunId | null
  /** The mismatch that days were read again for (`model/reread.ts`). */
  readonly reread: string | null
  /** Kinds of id that the bank has contradicted itself with here: never trusted again. */
  readonly distrusted: readonly IdKind[]
}

type Resource = 'transactions' | 'balances'

const runColumns = [
  'run_id',
  'connection_id',
  'company_id',
  'status',
  'trigger',
  'attended',
  'consent_id',
  'planned_on',
  'window_from',
  'window_to',
  'pages',
  'spooled_at',
  'committed_through',
  'fetched',
  'added',
  'modified',
  'removed',
  'unchanged',
  'suspect',
  'proof',
  'error_kind',
  'error_text',
  'retry_at',
  'queued_at',
  'started_at',
  'finished_at',
] as const

export const syncStore = ({ tenant, sql }: TenantDb) => ({
  async state(connectionId: ConnectionId): Promise<SyncState> {
    return (
      (await this.states([connectionId])).get(connectionId) ?? {
        coverage: nothingCovered,
        health: healthy,
        lastRunId: null,
        reread: null,
        distrusted: [],
      }
    )
  },

  /** Of those that were ever activated. */
  async states(connectionIds: readonly ConnectionId[]): Promise<ReadonlyMap<ConnectionId, SyncState>> {
    if (connectionIds.length === 0) return new Map()
    const rows = await sql
      .selectFrom('sync_states')
      .select([
        'connection_id',
        'complete',
        'excluded',
        'open_gaps',
        'unrecoverable_gaps',
        'health',
        'last_run_id',
        'reread',
        'distrusted_ids',
      ])
      .where('tenant_id', '=', tenant)
      .where('connection_id', 'in', connectionIds)
      .execute()
    return new Map(
      rows.map((row) => [
        row.connection_id,
        {
          coverage: coverageOf(row),
          health: healthOf(row.health),
          lastRunId: row.last_run_id,
          reread: row.reread,
          distrusted: idKinds.filter((kind) => row.distrusted_ids.includes(kind)),
        },
      ]),
    )
  },

  /** How fetching goes of those that were ever activated, with their last finished run: what a list shows of it, and no more. */
  async standings(connectionIds: readonly ConnectionId[]): Promise<ReadonlyMap<ConnectionId, Standing>> {
    if (connectionIds.length === 0) return new Map()
    const rows = await sql
      .selectFrom('sync_states as s')
      .leftJoin('sync_runs as r', (join) =>
        join.onRef('r.tenant_id', '=', 's.tenant_id').onRef('r.run_id', '=', 's.last_run_id'),
      )
      .select(['s.connection_id', 's.health', 'r.run_id', 'r.status', 'r.finished_at', 'r.added', 'r.error_kind'])
      .where('s.tenant_id', '=', tenant)
      .where('s.connection_id', '=', raw<string>`any(${connectionIds}::uuid[])`)
      .execute()
    return new Map(rows.map((row) => [row.connection_id, { health: healthOf(row.health), lastSync: lastSyncOf(row) }]))
  },

  async saveState(
    connectionId: ConnectionId,
    { coverage, health, lastRunId, reread, distrusted }: SyncState,
  ): Promise<void> {
    const fields = {
      complete: multirangeOf(coverage.complete),
      excluded: multirangeOf(coverage.excluded),
      open_gaps: multirangeOf(coverage.gaps.filter(({ state }) => state === 'open')),
      unrecoverable_gaps: multirangeOf(coverage.gaps.filter(({ state }) => state === 'unrecoverable')),
      health: JSON.stringify(health),
      last_run_id: lastRunId,
      reread,
      distrusted_ids: [...distrusted],
    }
    await sql
      .insertInto('sync_states')
      .values({ tenant_id: tenant, connection_id: connectionId, ...fields })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'connection_id']).doUpdateSet(fields))
      .execute()
  },

  /** @throws {AppError} sync_run_not_found */
  async getRun(id: SyncRunId): Promise<SyncRun> {
    const row = await sql
      .selectFrom('sync_runs')
      .select(runColumns)
      .where('tenant_id', '=', tenant)
      .where('run_id', '=', id)
      .executeTakeFirst()
    if (row === undefined) throw new AppError('sync_run_not_found', `There is no sync run ${id}.`)
    return toRun(row)
  },

  async someRuns(ids: readonly SyncRunId[]): Promise<readonly SyncRun[]> {
    if (ids.length === 0) return []
    return (
      await sql
        .selectFrom('sync_runs')
        .select(runColumns)
        .where('tenant_id', '=', tenant)
        .where('run_id', 'in', ids)
        .execute()
    ).map(toRun)
  },

  /** The one that is queued or running: there is one at a time. */
  async unfinishedRun(connectionId: ConnectionId): Promise<SyncRun | undefined> {
    const row = await sql
      .selectFrom('sync_runs')
      .select(runColumns)
      .where('tenant_id', '=', tenant)
      .where('connection_id', '=', connectionId)
      .where('status', 'in', ['queued', 'running'])
      .executeTakeFirst()
    return row && toRun(row)
  },

  async lastCompleted(connectionId: ConnectionId): Promise<SyncRun | null> {
    const row = await sql
      .selectFrom('sync_runs')
      .select(runColumns)
      .where('tenant_id', '=', tenant)
      .where('connection_id', '=', connectionId)
      .where('status', '=', 'completed')
      .orderBy('run_id', 'desc')
      .limit(1)
      .executeTakeFirst()
    return row === undefined ? null : toRun(row)
  },

  /** The newest first. */
  async listRuns(connectionId: ConnectionId, ask: PageAsk): Promise<Page<SyncRun>> {
    const [after] = ask.after ?? []
    const rows = await sql
      .selectFrom('sync_runs')
      .select(runColumns)
      .where('tenant_id', '=', tenant)
      .where('connection_id', '=', connectionId)
      .$if(after !== undefined, (query) => query.where('run_id', '<', after ?? ''))
      .orderBy('run_id', 'desc')
      .limit(ask.limit + 1)
      .execute()
    return pageOf(rows.map(toRun), ask, ({ id }) => [id])
  },

  async addRun(run: SyncRun): Promise<void> {
    await sql
      .insertInto('sync_runs')
      .values({
        tenant_id: tenant,
        run_id: run.id,
        connection_id: run.connectionId,
        company_id: run.companyId,
        trigger: run.trigger,
        queued_at: run.queuedAt,
        ...toFields(run),
      })
      .execute()
  },

  async saveRun(run: SyncRun): Promise<void> {
    await sql
      .updateTable('sync_runs')
      .set(toFields(run))
      .where('tenant_id', '=', tenant)
      .where('run_id', '=', run.id)
      .execute()
  },

  /** The person's browser, encrypted; forgotten when the run is finished. */
  async saveSealedPsu(id: SyncRunId, sealed: Buffer | null): Promise<void> {
    await sql
      .updateTable('sync_runs')
      .set({ psu: sealed })
      .where('tenant_id', '=', tenant)
      .where('run_id', '=', id)
      .execute()
  },

  /** What is kept encrypted of an unfinished run: the browser, and how to ask for the next page. */
  async sealedParts(id: SyncRunId): Promise<{ readonly psu: Buffer | null; readonly nextPage: Buffer | null }> {
    const row = await sql
      .selectFrom('sync_runs')
      .select(['psu', 'next_page'])
      .where('tenant_id', '=', tenant)
      .where('run_id', '=', id)
      .executeTakeFirstOrThrow()
    return { psu: row.psu, nextPage: row.next_page }
  },

  /** A page as it came, encrypted, and with it the run's progress. */
  async spool(
    run: SyncRun,
    page: { readonly number: number; readonly body: Buffer; readonly next: Buffer | null; readonly at: Date },
  ): Promise<void> {
    await Promise.all([
      sql
        .insertInto('sync_pages')
        .values({ tenant_id: tenant, run_id: run.id, number: page.number, body: page.body, received_at: page.at })
        .execute(),
      sql
        .updateTable('sync_runs')
        .set({ pages: page.number, next_page: page.next, spooled_at: page.next === null ? page.at : null })
        .where('tenant_id', '=', tenant)
        .where('run_id', '=', run.id)
        .execute(),
    ])
  },

  async page(runId: SyncRunId, number: number): Promise<Buffer> {
    const { body } = await sql
      .selectFrom('sync_pages')
      .select('body')
      .where('tenant_id', '=', tenant)
      .where('run_id', '=', runId)
      .where('number', '=', number)
      .executeTakeFirstOrThrow()
    return body
  },

  async dropPages(runId: SyncRunId): Promise<void> {
    await sql.deleteFrom('sync_pages').where('tenant_id', '=', tenant).where('run_id', '=', runId).execute()
    await sql
      .updateTable('sync_runs')
      .set({ next_page: null })
      .where('tenant_id', '=', tenant)
      .where('run_id', '=', runId)
      .execute()
  },

  async addCall(
    connectionId: ConnectionId,
    resource: Resource,
    call: { readonly at: Date; readonly attended: boolean },
  ): Promise<void> {
    await sql
      .insertInto('bank_calls')
      .values({ tenant_id: tenant, connection_id: connectionId, resource, called_at: call.at, attended: call.attended })
      .execute()
  },

  /** What the bank says of its own limit stands until it says otherwise. */
  async saveLimit(connectionId: ConnectionId, resource: Resource, limit: CallLimit, at: Date): Promise<void> {
    const fields = { remaining: limit.remaining, resets_at: limit.resetsAt, told_at: at }
    await sql
      .insertInto('bank_limits')
      .values({ tenant_id: tenant, connection_id: connectionId, resource, ...fields })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'connection_id', 'resource']).doUpdateSet(fields))
      .execute()
  },

  /** When the bank was asked without the person since an instant, and what it said of its limit; calls before it are forgotten. */
  async unattendedUse(connectionId: ConnectionId, resource: Resource, since: Date): Promise<Usage> {
    const [rows, limit] = await Promise.all([
      sql
        .selectFrom('bank_calls')
        .select('called_at')
        .where('tenant_id', '=', tenant)
        .where('connection_id', '=', connectionId)
        .where('resource', '=', resource)
        .where('attended', '=', false)
        .where('called_at', '>', since)
        .execute(),
      sql
        .selectFrom('bank_limits')
        .select(['remaining', 'resets_at', 'told_at'])
        .where('tenant_id', '=', tenant)
        .where('connection_id', '=', connectionId)
        .where('resource', '=', resource)
        .executeTakeFirst(),
      sql
        .deleteFrom('bank_calls')
        .where('tenant_id', '=', tenant)
        .where('connection_id', '=', connectionId)
        .where('called_at', '<', addHours(since, -24))
        .execute(),
    ])
    return {
      calls: rows.map((row) => row.called_at),
      limit:
        limit === undefined ? null : { remaining: limit.remaining, resetsAt: limit.resets_at, toldAt: limit.told_at },
    }
  },

  /** The days on which what is held was what the bank showed, with the digest of that. */
  async agreedDays(connectionId: ConnectionId): Promise<ReadonlyMap<Day, string>> {
    const rows = await sql
      .selectFrom('agreed_days')
      .select(['day', 'digest'])
      .where('tenant_id', '=', tenant)
      .where('connection_id', '=', connectionId)
      .execute()
    return new Map(rows.map(({ day, digest }) => [dayOf(day), digest.toString('base64')]))
  },

  /** Of the days that were `reconsidered`, those that are `agreed` now. */
  async saveAgreedDays(
    connectionId: ConnectionId,
    { agreed, reconsidered }: { readonly agreed: ReadonlyMap<Day, string>; readonly reconsidered: readonly Day[] },
  ): Promise<void> {
    const digests = [...agreed.values()].map((digest) => Buffer.from(digest, 'base64'))
    await Promise.all([
      sql
        .deleteFrom('agreed_days')
        .where('tenant_id', '=', tenant)
        .where('connection_id', '=', connectionId)
        .where('day', '=', raw<string>`any(${reconsidered}::date[])`)
        .execute(),
      raw`
        insert into agreed_days (tenant_id, connection_id, day, digest)
        select ${tenant}, ${connectionId}::uuid, r.d, r.h from unnest(${[...agreed.keys()]}::date[], ${digests}::bytea[]) as r (d, h)`.execute(
        sql,
      ),
    ])
  },

  async saveBalances(connectionId: ConnectionId, balances: readonly ProviderBalance[], at: Date): Promise<void> {
    for (const { type, amount, referenceDate } of balances) {
      const fields = {
        amount_minor: amount.minor,
        currency: amount.currency,
        reference_date: referenceDate ?? null,
        as_of: at,
      }
      await sql
        .insertInto('balances')
        .values({ tenant_id: tenant, connection_id: connectionId, type, ...fields })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'connection_id', 'type']).doUpdateSet(fields))
        .execute()
    }
  },

  async balances(connectionId: ConnectionId): Promise<readonly KeptBalance[]> {
    const rows = await sql
      .selectFrom('balances')
      .select(['type', 'amount_minor', 'currency', 'reference_date', 'as_of'])
      .where('tenant_id', '=', tenant)
      .where('connection_id', '=', connectionId)
      .orderBy('type')
      .execute()
    return rows.map((row) => ({
      type: balanceTypeOf(row.type),
      amount: { minor: row.amount_minor, currency: row.currency },
      ...(row.reference_date !== null && { referenceDate: dayOf(row.reference_date) }),
      asOf: row.as_of,
    }))
  },

  /** The first that is told of a day and type stands: a booking that comes late is seen against it. */
  async addCloses(connectionId: ConnectionId, closes: readonly Opening[]): Promise<void> {
    for (const { day, type, amount, recentMinor } of closes)
      await sql
        .insertInto('closes')
        .values({
          tenant_id: tenant,
          connection_id: connectionId,
          day,
          type,
          amount_minor: amount.minor,
          currency: amount.currency,
          recent_minor: recentMinor,
        })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'connection_id', 'day', 'type']).doNothing())
        .execute()
  },

  async closes(connectionId: ConnectionId, since: Day): Promise<readonly Opening[]> {
    const rows = await sql
      .selectFrom('closes')
      .select(['day', 'type', 'amount_minor', 'currency', 'recent_minor'])
      .where('tenant_id', '=', tenant)
      .where('connection_id', '=', connectionId)
      .where('day', '>=', since)
      .orderBy('day')
      .execute()
    return rows.map((row) => ({
      day: dayOf(row.day),
      type: balanceTypeOf(row.type),
      amount: { minor: row.amount_minor, currency: row.currency },
      recentMinor: row.recent_minor,
    }))
  },
})

export type SyncStore = ReturnType<typeof syncStore>

type RunRow = Pick<Selectable<Tables['sync_runs']>, (typeof runColumns)[number]>

const toFields = (run: SyncRun) => ({
  status: run.status,
  attended: run.attended,
  consent_id: run.consentId,
  planned_on: run.plannedOn,
  window_from: run.window?.from ?? null,
  window_to: run.window?.to ?? null,
  pages: run.pages,
  spooled_at: run.spooledAt,
  committed_through: run.committedThrough,
  ...run.counts,
  proof: run.proof === null ? null : proofText(run.proof),
  error_kind: run.error?.kind ?? null,
  error_text: run.error?.text ?? null,
  retry_at: run.retryAt,
  started_at: run.startedAt,
  finished_at: run.finishedAt,
})

function toRun(row: RunRow): SyncRun {
  return {
    id: row.run_id,
    connectionId: row.connection_id,
    companyId: row.company_id,
    status: oneOf(runStatuses, row.status),
    trigger: oneOf(['schedule', 'api', 'retry'], row.trigger),
    attended: row.attended,
    consentId: row.consent_id,
    plannedOn: row.planned_on === null ? null : dayOf(row.planned_on),
    window:
      row.window_from === null || row.window_to === null
        ? null
        : { from: dayOf(row.window_from), to: dayOf(row.window_to) },
    pages: row.pages,
    spooledAt: row.spooled_at,
    committedThrough: row.committed_through === null ? null : dayOf(row.committed_through),
    counts: {
      fetched: row.fetched,
      added: row.added,
      modified: row.modified,
      removed: row.removed,
      unchanged: row.unchanged,
      suspect: row.suspect,
    },
    proof: row.proof === null ? null : proofOf(row.proof),
    error: row.error_kind === null ? null : { kind: oneOf(errorKinds, row.error_kind), text: row.error_text ?? '' },
    retryAt: row.retry_at,
    queuedAt: row.queued_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  }
}

function lastSyncOf(row: {
  run_id: SyncRunId | null
  status: string | null
  finished_at: Date | null
  added: number | null
  error_kind: string | null
}): LastSync | null {
  if (row.run_id === null || row.status === null || row.finished_at === null) return null
  return {
    id: row.run_id,
    status: oneOf(runStatuses, row.status),
    at: row.finished_at,
    added: row.added ?? 0,
    errorKind: row.error_kind === null ? null : oneOf(errorKinds, row.error_kind),
  }
}

const runStatuses = ['queued', 'running', 'completed', 'failed'] as const
const errorKinds: readonly ProviderErrorKind[] = [
  'consent_gone',
  'needs_person',
  'rate_limited',
  'temporary',
  'refused',
  'nonsense',
]

/** JSON has no whole numbers of this size: minor units go as text that says what it is. */
const proofText = (proof: RunProof): string =>
  JSON.stringify(proof, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))

/** What `proofText` wrote; runs from before the days were proved have none. */
const proofOf = (json: unknown): RunProof =>
  asWritten({
    byDay: [],
    ...JSON.parse(JSON.stringify(json), (_, value: unknown) =>
      typeof value === 'string' && /^-?\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value,
    ),
  })

/** What `saveState` wrote. */
function healthOf(json: unknown): Health {
  const health: Health = asWritten(json)
  if (health.state === 'ok') return health
  return {
    ...health,
    since: new Date(health.since),
    nextTryAt: health.nextTryAt === null ? null : new Date(health.nextTryAt),
  }
}

type CoverageRow = { complete: string; excluded: string; open_gaps: string; unrecoverable_gaps: string }

function coverageOf(row: CoverageRow): Coverage {
  const gaps: Gap[] = [
    ...rangesOf(row.open_gaps).map((range): Gap => ({ ...range, state: 'open' })),
    ...rangesOf(row.unrecoverable_gaps).map((range): Gap => ({ ...range, state: 'unrecoverable' })),
  ]
  return {
    complete: rangesOf(row.complete),
    excluded: rangesOf(row.excluded),
    gaps: gaps.toSorted((a, b) => (a.from < b.from ? -1 : 1)),
  }
}

/** PostgreSQL writes `{[2026-01-01,2026-02-01),…}`: half-open, sorted, and joined where they touch. */
const rangesOf = (multirange: string): readonly Range[] =>
  [...multirange.matchAll(/\[([\d-]+),([\d-]+)\)/g)].map(([, from = '', until = '']) => ({
    from: dayOf(from),
    to: addDays(dayOf(until), -1),
  }))

const multirangeOf = (ranges: readonly Range[]): string =>
  `{${ranges.map(({ from, to }) => `[${from},${to}]`).join(',')}}`

const balanceTypes: readonly BalanceType[] = [
  'closing_booked',
  'interim_booked',
  'opening_booked',
  'interim_available',
  'expected',
  'other',
]
const balanceTypeOf = (text: string): BalanceType => oneOf(balanceTypes, text)

function oneOf<const T extends string>(known: readonly T[], text: string): T {
  const found = known.find((each) => each === text)
  if (found === undefined) throw new Error(`a column of the sync tables holds ${text}`)
  return found
}

const addHours = (instant: Date, hours: number): Date => new Date(instant.getTime() + hours * 3_600_000)

function dayOf(text: string): Day {
  const day = parseDay(text)
  if (day === undefined) throw new Error('a date of the sync tables is not a day')
  return day
}
