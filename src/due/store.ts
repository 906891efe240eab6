import { sql as raw } from 'kysely'
import { int8Array, textArray } from '../shared/db-arrays.ts'
import type { Sql, TenantDb } from '../shared/db.ts'
import { AppError } from '../shared/errors.ts'
import type { TenantId } from '../values/ids.ts'

/** What the clock does by itself, by what it is about: a connection, a company, a session, a consent (its end, and reminders of it), an agreement, a webhook endpoint, the event log. */
export type DueKind =
  'sync' | 'match' | 'status' | 'session' | 'consent' | 'reminder' | 'agreement' | 'delivery' | 'forget'

/** A piece of due work that somebody holds until `leaseUntil`. Who commits it names the fence. */
export type Lease = {
  readonly tenant: TenantId
  readonly kind: DueKind
  readonly subject: string
  readonly fence: bigint
  readonly asked: bigint
  readonly attempts: number
}

type Key = { readonly kind: DueKind; readonly subject: string }

export const dueStore = ({ tenant, sql }: TenantDb) => ({
  /** Sets when it is due, whatever was set before. Somebody who works on it at this moment keeps the lease. */
  async set({ kind, subject, at, lane = '' }: Key & { at: Date; lane?: string }): Promise<void> {
    await sql
      .insertInto('due_work')
      .values({ tenant_id: tenant, kind, subject, lane, due_at: at })
      .onConflict((conflict) =>
        conflict
          .columns(['tenant_id', 'kind', 'subject'])
          .doUpdateSet({ due_at: at, lane, asked: raw`due_work.asked + 1` }),
      )
      .execute()
  },

  /** Makes it due by `at` at the latest; what is due earlier stays so. */
  async setBy({ kind, subject, at, lane = '' }: Key & { at: Date; lane?: string }): Promise<void> {
    await sql
      .insertInto('due_work')
      .values({ tenant_id: tenant, kind, subject, lane, due_at: at })
      .onConflict((conflict) =>
        conflict
          .columns(['tenant_id', 'kind', 'subject'])
          .doUpdateSet({ due_at: raw`least(due_work.due_at, excluded.due_at)`, lane, asked: raw`due_work.asked + 1` }),
      )
      .execute()
  },

  /** Makes them due by `at` at the latest, in whichever lane they are. */
  async wake({ kind, subjects, at }: { kind: DueKind; subjects: readonly string[]; at: Date }): Promise<void> {
    if (subjects.length === 0) return
    await sql
      .insertInto('due_work')
      .values(subjects.toSorted().map((subject) => ({ tenant_id: tenant, kind, subject, due_at: at })))
      .onConflict((conflict) =>
        conflict
          .columns(['tenant_id', 'kind', 'subject'])
          .doUpdateSet({ due_at: raw`least(due_work.due_at, excluded.due_at)`, asked: raw`due_work.asked + 1` }),
      )
      .execute()
  },

  /** What it was worked out from has changed: all of one kind is due by `at` at the latest, or that of these subjects. */
  async hasten(kind: DueKind, at: Date, subjects?: readonly string[]): Promise<void> {
    await sql
      .updateTable('due_work')
      .set({ due_at: raw`least(due_at, ${at}::timestamptz)`, asked: raw`asked + 1` })
      .where('tenant_id', '=', tenant)
      .where('kind', '=', kind)
      .$if(subjects !== undefined, (query) => query.where('subject', '=', raw<string>`any(${subjects ?? []}::text[])`))
      .execute()
  },

  /** Waits for the step that a lease holder is at, and keeps it from the next one until this unit of work ends: what it is at can be read and changed. */
  async pause({ kind, subject }: Key): Promise<void> {
    await sql
      .selectFrom('due_work')
      .select('fence')
      .where('tenant_id', '=', tenant)
      .where('kind', '=', kind)
      .where('subject', '=', subject)
      .forUpdate()
      .execute()
  },

  async drop({ kind, subject }: Key): Promise<void> {
    await sql
      .deleteFrom('due_work')
      .where('tenant_id', '=', tenant)
      .where('kind', '=', kind)
      .where('subject', '=', subject)
      .execute()
  },

  /** When each is due, by subject. */
  async dueAt(kind: DueKind, subjects: readonly string[]): Promise<ReadonlyMap<string, Date>> {
    if (subjects.length === 0) return new Map()
    const rows = await sql
      .selectFrom('due_work')
      .select(['subject', 'due_at'])
      .where('tenant_id', '=', tenant)
      .where('kind', '=', kind)
      .where('subject', '=', raw<string>`any(${subjects}::text[])`)
      .execute()
    return new Map(rows.map((row) => [row.subject, row.due_at]))
  },

  /**
   * Makes sure that the lease is still ours, and that nobody can take it until this unit of work ends: the first statement of every step that
   * a lease holder commits.
   * @throws {AppError} lease_lost
   */
  async hold({ kind, subject, fence }: Lease): Promise<void> {
    const held = await sql
      .selectFrom('due_work')
      .select('fence')
      .where('tenant_id', '=', tenant)
      .where('kind', '=', kind)
      .where('subject', '=', subject)
      .where('fence', '=', fence)
      .forUpdate()
      .executeTakeFirst()
    if (held === undefined) throw new AppError('lease_lost', 'Somebody else has taken this work over.')
  },

  /**
   * Ends a lease: the work is due again at `next`, or no more (null). What was asked for since the claim stays due as asked. `lane`: where it goes now.
   * @throws {AppError} lease_lost
   */
  async finish(
    { kind, subject, fence, asked, attempts }: Lease,
    { next, failed, lane }: { next: Date | null; failed: boolean; lane?: string },
  ): Promise<void> {
    if (next === null) {
      const { numDeletedRows } = await sql
        .deleteFrom('due_work')
        .where('tenant_id', '=', tenant)
        .where('kind', '=', kind)
        .where('subject', '=', subject)
        .where('fence', '=', fence)
        .where('asked', '=', asked)
        .executeTakeFirst()
      if (numDeletedRows === 1n) return
    }
    const ended = await sql
      .updateTable('due_work')
      .set({
        lease_until: null,
        due_at: raw`case when asked = ${asked} then ${next}::timestamptz else due_at end`.$castTo<Date>(),
        attempts: failed ? attempts + 1 : 0,
        ...(lane !== undefined && { lane }),
      })
      .where('tenant_id', '=', tenant)
      .where('kind', '=', kind)
      .where('subject', '=', subject)
      .where('fence', '=', fence)
      .returning('fence')
      .executeTakeFirst()
    if (ended === undefined) throw new AppError('lease_lost', 'Somebody else has taken this work over.')
  },
})

export type DueStore = ReturnType<typeof dueStore>

/**
 * Across tenants, as the one role that may look: leases what is due, the longest-waiting first, taking turns between tenants, and at most `perLane` of one
 * lane counting what is leased already, so that one bank's trouble cannot hold every worker. Tenants take turns within a lane as well, and only what its
 * lane has room for counts as a turn: a tenant whose bank is slow loses none for its other work.
 */
export const dueClaims = (sql: Sql) => ({
  async claim(ask: {
    kinds: readonly DueKind[]
    now: Date
    leaseUntil: Date
    count: number
    perLane: number
  }): Promise<readonly Lease[]> {
    return sql.transaction().execute(async (transaction) => {
      await raw`set local role bankfeed_claimer`.execute(transaction)
      const { rows } = await raw<{
        tenant_id: string
        kind: DueKind
        subject: string
        fence: bigint
        asked: bigint
        attempts: number
      }>`
        with free as (
          select tenant_id, kind, subject, lane, due_at, row_number() over (partition by kind, lane, tenant_id order by due_at) as lane_turn
          from due_work
          where kind = any(${ask.kinds}) and due_at <= ${ask.now} and (lease_until is null or lease_until <= ${ask.now})
        ), placed as (
          select *, row_number() over (partition by kind, lane order by lane_turn, due_at) as place from free
        ), busy as (
          select kind, lane, count(*) as held from due_work where kind = any(${ask.kinds}) and lease_until > ${ask.now} group by kind, lane
        ), wanted as (
          select placed.*, row_number() over (partition by tenant_id order by due_at) as turn
          from placed left join busy using (kind, lane)
          where lane = '' or place + coalesce(held, 0) <= ${ask.perLane}
          order by turn, due_at limit ${ask.count}
        ), chosen as (
          select d.tenant_id, d.kind, d.subject
          from due_work d join wanted using (tenant_id, kind, subject)
          where d.due_at <= ${ask.now} and (d.lease_until is null or d.lease_until <= ${ask.now})
          for update of d skip locked
        )
        update due_work d set lease_until = ${ask.leaseUntil}, fence = d.fence + 1
        from chosen where d.tenant_id = chosen.tenant_id and d.kind = chosen.kind and d.subject = chosen.subject
        returning d.tenant_id, d.kind, d.subject, d.fence, d.asked, d.attempts`.execute(transaction)
      return rows.map((row) => ({
        tenant: row.tenant_id,
        kind: row.kind,
        subject: row.subject,
        fence: row.fence,
        asked: row.asked,
        attempts: row.attempts,
      }))
    })
  },

  /**
   * Keeps leases for longer; those that were lost are left alone. A step at work holds the row of its lease and may come to want another's, so whoever
   * waits here holds nothing: first all that are free at once, then the others one by one.
   */
  async extend(leases: readonly Lease[], leaseUntil: Date): Promise<void> {
    if (leases.length === 0) return
    const free = await extendAtOnce(sql, leases, leaseUntil, 'for update of d skip locked')
    for (const lease of leases) if (!free.has(lease)) await extendAtOnce(sql, [lease], leaseUntil, 'for update of d')
  },
})

/** Which were extended. */
async function extendAtOnce(
  sql: Sql,
  leases: readonly Lease[],
  leaseUntil: Date,
  locking: 'for update of d' | 'for update of d skip locked',
): Promise<ReadonlySet<Lease>> {
  return sql.transaction().execute(async (transaction) => {
    await raw`set local role bankfeed_claimer`.execute(transaction)
    const { rows } = await raw<{ place: bigint }>`
      with held as (
        select d.tenant_id, d.kind, d.subject, l.place
        from due_work d join unnest(${textArray(leases.map(({ tenant }) => tenant))}::text[], ${textArray(leases.map(({ kind }) => kind))}::text[],
          ${textArray(leases.map(({ subject }) => subject))}::text[], ${int8Array(leases.map(({ fence }) => fence))}::int8[])
          with ordinality as l (tenant_id, kind, subject, fence, place) using (tenant_id, kind, subject, fence)
        where d.lease_until is not null ${raw.raw(locking)}
      )
      update due_work d set lease_until = ${leaseUntil}
      from held where d.tenant_id = held.tenant_id and d.kind = held.kind and d.subject = held.subject
      returning held.place`.execute(transaction)
    return new Set(rows.flatMap(({ place }) => leases[Number(place) - 1] ?? []))
  })
}

export type DueClaims = ReturnType<typeof dueClaims>
