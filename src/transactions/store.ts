import { sql as raw, type Selectable } from 'kysely'
import type { Assignment } from '../connections/model/connection.ts'
import type { ProviderTransaction } from '../providers/provider.ts'
import type { Tables } from '../shared/db-tables.ts'
import { booleanArray, dateArray, int4Array, int8Array, textArray, uuidArray } from '../shared/db-arrays.ts'
import { takePositions } from '../shared/db-feed.ts'
import type { TenantDb } from '../shared/db.ts'
import { pageOf, type Page, type PageAsk } from '../shared/page.ts'
import { asWritten } from '../values/as-written.ts'
import { parseDay, type Day } from '../values/day.ts'
import type { CompanyId, ConnectionId, SyncRunId, TransactionId } from '../values/ids.ts'
import type { Money } from '../values/money.ts'
import type { HeldTransaction, IdKind } from './model/sides.ts'
import type { Change, ChangeType, Transaction } from './model/transaction.ts'

const contentColumns = [
  'booking_date',
  'value_date',
  'amount_minor',
  'currency',
  'counterparty_name',
  'counterparty_iban',
  'counterparty_bban',
  'remittance_information',
  'reference',
  'end_to_end_id',
  'bank_transaction_code',
  'exchange_minor',
  'exchange_currency',
  'exchange_rate',
  'balance_after_minor',
] as const
const idColumns = ['bank_transaction_id', 'bank_entry_reference', 'bank_internal_id'] as const
const shownColumns = [
  ...contentColumns,
  'transaction_id',
  'company_id',
  'connection_id',
  'version',
  'removed_at',
  'already_booked',
  'suspect',
  'match_id',
  'match_status',
  'kept_assignment',
] as const
const heldColumns = [
  ...contentColumns,
  ...idColumns,
  'shown_balance_minor',
  'transaction_id',
  'fingerprint',
  'occurrence',
  'removed_at',
  'missing_runs',
] as const

/** Where rows come from: the run, and what they share. */
export type Origin = {
  readonly connectionId: ConnectionId
  readonly companyId: CompanyId
  readonly runId: SyncRunId
  readonly at: Date
}

export type NewRow = {
  readonly id: TransactionId
  readonly row: ProviderTransaction
  readonly fingerprint: string
  readonly occurrence: number
  readonly suspect: string | null
  readonly alreadyBooked: boolean
  /** The company's local day, where it is delivered and counts as used. */
  readonly countedOn: Day | null
}

/** What is written of new rows, column by column, ready to be sent. */
export type NewColumns = readonly Column[]

export type NewVersion = {
  readonly id: TransactionId
  readonly row: ProviderTransaction
  readonly fingerprint: string
  readonly occurrence: number
  readonly suspect: string | null
}

/** A transaction as it became. */
export type Versioned = { readonly id: TransactionId; readonly version: number }

/** A new version. `isKept`: it stays where it was assigned, wherever its connection is assigned now. */
export type Changed = Versioned & { readonly isKept: boolean }

type AssignedChanges = {
  readonly connection: { readonly id: ConnectionId; readonly companyId: CompanyId }
  readonly counts: Readonly<Record<ChangeType, number>>
  readonly at: Date
}

type ListAsk = PageAsk & {
  readonly from?: Day
  readonly to?: Day
  readonly match?: 'unmatched' | 'suggested' | 'matched'
  /** Removed ones too. */
  readonly removed?: boolean
}

/** So many changes of one kind make one row of the feed at most: a page of it is read from few. */
const toldTogether = 1_000

const columnOfId = {
  transactionId: 'bank_transaction_id',
  entryReference: 'bank_entry_reference',
  internalId: 'bank_internal_id',
} as const

export function transactionStore(db: TenantDb) {
  const { tenant, sql } = db
  const announced: {
    readonly type: ChangeType
    readonly companyId: CompanyId
    readonly changed: readonly Versioned[]
    readonly at: Date
  }[] = []

  const assigned: AssignedChanges[] = []
  const heldDelivered: { readonly connectionId: ConnectionId; readonly ids: readonly TransactionId[] }[] = []

  return {
    async find(id: TransactionId): Promise<Transaction | undefined> {
      const row = await sql
        .selectFrom('transactions')
        .select(shownColumns)
        .where('tenant_id', '=', tenant)
        .where('transaction_id', '=', id)
        .executeTakeFirst()
      return row && toTransaction(row)
    },

    /** As one array: a run of matching asks for more than a statement may have parameters. */
    async some(ids: readonly TransactionId[]): Promise<readonly Transaction[]> {
      if (ids.length === 0) return []
      const rows = await sql
        .selectFrom('transactions')
        .select(shownColumns)
        .where('tenant_id', '=', tenant)
        .where('transaction_id', '=', raw<string>`any(${ids}::uuid[])`)
        .execute()
      return rows.map(toTransaction)
    },

    /** What these said before they were modified: of each its last versions, the newest first. */
    async formerly(ids: readonly TransactionId[], max: number): Promise<readonly Transaction[]> {
      if (ids.length === 0) return []
      const { rows } = await raw<ShownRow & { content: unknown }>`
        select ${raw.join(shownColumns.map((column) => raw.ref(`t.${column}`)))}, v.content
        from transactions t
        cross join lateral (
          select content, version from transaction_versions where tenant_id = ${tenant} and transaction_id = t.transaction_id order by version desc limit ${max}
        ) v
        where t.tenant_id = ${tenant} and t.transaction_id = any(${ids}::uuid[]) order by t.transaction_id, v.version desc`.execute(
        sql,
      )
      return rows.map((row) => toTransaction({ ...row, ...earlierContent(row.content) }))
    },

    /**
     * The newest first. Each connection is read through its own days (transactions_identity) and gives no more than a page, so a company's list costs what
     * its connections' pages cost, however much they hold.
     */
    async list(connectionIds: readonly ConnectionId[], ask: ListAsk): Promise<Page<Transaction>> {
      const [day, id] = ask.after ?? []
      const { rows } = await raw<ShownRow>`
        select ${raw.join(shownColumns.map((column) => raw.ref(`t.${column}`)))}
        from unnest(${connectionIds}::uuid[]) as c (connection_id)
        cross join lateral (
          select * from transactions t
          where t.tenant_id = ${tenant} and t.connection_id = c.connection_id ${ask.removed === true ? raw`` : raw`and t.removed_at is null`}
            ${ask.from === undefined ? raw`` : raw`and t.booking_date >= ${ask.from}::date`}
            ${ask.to === undefined ? raw`` : raw`and t.booking_date <= ${ask.to}::date`}
            ${matchCondition(ask.match)}
            ${day === undefined ? raw`` : raw`and t.booking_date <= ${day}::date and (t.booking_date, t.transaction_id) < (${day}::date, ${id}::uuid)`}
          order by t.booking_date desc, t.transaction_id desc limit ${ask.limit + 1}
        ) t
        order by t.booking_date desc, t.transaction_id desc limit ${ask.limit + 1}`.execute(sql)
      return pageOf(rows.map(toTransaction), ask, (transaction) => [transaction.bookingDate, transaction.id])
    },

    /** What no decision has settled yet, nor closed books, for matching: of closed books there may be a million. */
    async unmatched(connectionIds: readonly ConnectionId[]): Promise<readonly Transaction[]> {
      if (connectionIds.length === 0) return []
      const rows = await sql
        .selectFrom('transactions')
        .select(shownColumns)
        .where('tenant_id', '=', tenant)
        .where('connection_id', 'in', connectionIds)
        .where('removed_at', 'is', null)
        // In the words of the index transactions_open.
        .where(raw<boolean>`not already_booked and match_status is distinct from 'confirmed'`)
        .orderBy('booking_date')
        .orderBy('transaction_id')
        .execute()
      return rows.map(toTransaction)
    },

    /** The same, by their ids alone; of these days, where they are given. */
    async unmatchedIds(
      connectionIds: readonly ConnectionId[],
      days?: { readonly from: Day; readonly to: Day },
    ): Promise<readonly TransactionId[]> {
      if (connectionIds.length === 0) return []
      const rows = await sql
        .selectFrom('transactions')
        .select('transaction_id')
        .where('tenant_id', '=', tenant)
        .where('connection_id', 'in', connectionIds)
        .where('removed_at', 'is', null)
        .where(raw<boolean>`not already_booked and match_status is distinct from 'confirmed'`)
        .$if(days !== undefined, (query) =>
          query.where('booking_date', '>=', days?.from ?? '').where('booking_date', '<=', days?.to ?? ''),
        )
        .execute()
      return rows.map((row) => row.transaction_id)
    },

    /** Of what no decision has settled, nor closed books, how many lack even a suggestion. */
    async unexplainedCount(connectionIds: readonly ConnectionId[]): Promise<number> {
      if (connectionIds.length === 0) return 0
      const { count } = await sql
        .selectFrom('transactions')
        .select(({ fn }) => fn.countAll<bigint>().as('count'))
        .where('tenant_id', '=', tenant)
        .where('connection_id', 'in', connectionIds)
        .where('removed_at', 'is', null)
        .where(raw<boolean>`not already_booked and match_status is distinct from 'confirmed'`)
        .where('match_status', 'is', null)
        .executeTakeFirstOrThrow()
      return Number(count)
    },

    /** Up to where the tenant's feed is written: nothing comes before it any more. */
    async feedPosition(): Promise<bigint> {
      const row = await sql
        .selectFrom('feed_positions')
        .select('last')
        .where('tenant_id', '=', tenant)
        .executeTakeFirst()
      return row?.last ?? 0n
    },

    /** What the feed tells of a company after one position and up to another, each once; null where that is more than `max`. */
    async changedBetween(
      companyId: CompanyId,
      { after, upTo, max }: { readonly after: bigint; readonly upTo: bigint; readonly max: number },
    ): Promise<readonly TransactionId[] | null> {
      const rows = await sql
        .selectFrom('transaction_changes')
        .select('transaction_ids')
        .where('tenant_id', '=', tenant)
        .where('company_id', '=', companyId)
        .where('last_position', '>', after)
        .where('last_position', '<=', upTo)
        .orderBy('last_position')
        .limit(max + 1)
        .execute()
      const ids = new Set(rows.flatMap((row) => row.transaction_ids))
      return rows.length > max || ids.size > max ? null : [...ids]
    },

    /** All that identity needs to know of what a connection holds on these days, both ends included. */
    async heldBetween(connectionId: ConnectionId, days: { from: Day; to: Day }): Promise<readonly HeldTransaction[]> {
      const rows = await sql
        .selectFrom('transactions')
        .select(heldColumns)
        .where('tenant_id', '=', tenant)
        .where('connection_id', '=', connectionId)
        .where('booking_date', '>=', days.from)
        .where('booking_date', '<=', days.to)
        .orderBy('booking_date')
        .orderBy('transaction_id')
        .execute()
      return rows.map(toHeld)
    },

    /** Those with one of these ids outside of the days: a bank that is trusted with an id may have moved its movement anywhere. */
    async heldByBankId(
      connectionId: ConnectionId,
      kind: IdKind,
      ids: readonly string[],
      outside: { from: Day; to: Day },
    ): Promise<readonly HeldTransaction[]> {
      if (ids.length === 0) return []
      const rows = await sql
        .selectFrom('transactions')
        .select(heldColumns)
        .where('tenant_id', '=', tenant)
        .where('connection_id', '=', connectionId)
        .where((eb) => eb.or([eb('booking_date', '<', outside.from), eb('booking_date', '>', outside.to)]))
        .where(columnOfId[kind], '=', raw<string>`any(${ids}::text[])`)
        .execute()
      return rows.map(toHeld)
    },

    /**
     * Adds movements in one statement, column by column; a caller may have made the columns before its transaction began. The arrays are as long as each other, and
     * are read side by side: as one table they would be written down first.
     */
    async add(origin: Origin, rows: readonly NewRow[], made: NewColumns = columnsOf(rows)): Promise<void> {
      if (rows.length === 0) return
      const booked = booleanArray(rows.map(({ alreadyBooked }) => alreadyBooked))
      const counted = dateArray(rows.map(({ countedOn }) => countedOn))
      const columns: NewColumns = [...made, ['already_booked', 'bool', booked], ['counted_on', 'date', counted]]
      await raw`
        insert into transactions (tenant_id, connection_id, company_id, run_id, changed_at, ${raw.join(columns.map(([column]) => raw.ref(column)))})
        select ${tenant}, ${origin.connectionId}::uuid, ${origin.companyId}, ${origin.runId}::uuid, ${origin.at}::timestamptz,
          ${raw.join(columns.map(([, type, values]) => raw`unnest(${values}::${raw.raw(type)}[])`))}`.execute(sql)
    },

    /** Keeps what was and writes what the bank says now, under the next version. What was removed and is shown again is there again. */
    async modify(origin: Origin, versions: readonly NewVersion[]): Promise<readonly Changed[]> {
      const made: Changed[] = []
      for (const { id, row, fingerprint, occurrence, suspect } of versions) {
        const { version, isKept } = await this.nextVersion(id, origin.at)
        await sql
          .updateTable('transactions')
          .set({
            ...toContent(row),
            ...toIds(row),
            fingerprint,
            occurrence,
            suspect,
            version,
            shown_balance_minor: null,
            removed_at: null,
            missing_runs: 0,
            run_id: origin.runId,
            changed_at: origin.at,
          })
          .where('tenant_id', '=', tenant)
          .where('transaction_id', '=', id)
          .execute()
        made.push({ id, version, isKept })
      }
      return made
    },

    /** The bank no longer has them: they stay, as removed. */
    async remove(ids: readonly TransactionId[], at: Date): Promise<readonly Changed[]> {
      const made: Changed[] = []
      for (const id of ids) {
        const { version, isKept } = await this.nextVersion(id, at)
        await sql
          .updateTable('transactions')
          .set({ removed_at: at, changed_at: at, version })
          .where('tenant_id', '=', tenant)
          .where('transaction_id', '=', id)
          .execute()
        made.push({ id, version, isKept })
      }
      return made
    },

    /** Keeps what a transaction says now under its version; the next is returned. */
    async nextVersion(id: TransactionId, at: Date): Promise<Changed> {
      const row = await sql
        .selectFrom('transactions')
        .select(shownColumns)
        .where('tenant_id', '=', tenant)
        .where('transaction_id', '=', id)
        .executeTakeFirstOrThrow()
      await sql
        .insertInto('transaction_versions')
        .values({
          tenant_id: tenant,
          transaction_id: id,
          version: row.version,
          content: versionText(row),
          replaced_at: at,
        })
        .execute()
      return { id, version: row.version + 1, isKept: row.kept_assignment !== null }
    },

    /** Other ids for the same movement, or another balance after it: kept for the next decision, and no new version. */
    async keepEvidence(
      rows: readonly { readonly id: TransactionId; readonly row: ProviderTransaction }[],
    ): Promise<void> {
      if (rows.length === 0) return
      const evidence = rows.map(({ id, row }) => ({
        i: id,
        t1: row.ids.transactionId,
        t2: row.ids.entryReference,
        t3: row.ids.internalId,
        b: row.balanceAfter && String(row.balanceAfter.minor),
      }))
      await raw`
        update transactions t set bank_transaction_id = t1, bank_entry_reference = t2, bank_internal_id = t3, shown_balance_minor = b
        from json_to_recordset(${JSON.stringify(evidence)}::json) as r (i uuid, t1 text, t2 text, t3 text, b bigint)
        where t.tenant_id = ${tenant} and t.transaction_id = r.i`.execute(sql)
    },

    /** A doubt is over: what these may have replaced has gone. Returns those that it stood on. */
    async settleReplaced(connectionId: ConnectionId, twins: readonly TransactionId[]): Promise<readonly Changed[]> {
      if (twins.length === 0) return []
      const rows = await sql
        .updateTable('transactions')
        .set({ suspect: null })
        .where('tenant_id', '=', tenant)
        .where('connection_id', '=', connectionId)
        .where(
          'suspect',
          'in',
          twins.map((twin) => `may_replace ${twin}`),
        )
        .where('removed_at', 'is', null)
        .returning(['transaction_id', 'version', 'kept_assignment'])
        .execute()
      return rows.map(toChanged)
    },

    /** Kept although the bank shows them no more, because its own balance still counts them: whoever reads them is told. Returns those that were not doubted yet. */
    async doubtNotShown(ids: readonly TransactionId[]): Promise<readonly Changed[]> {
      if (ids.length === 0) return []
      const rows = await sql
        .updateTable('transactions')
        .set({ suspect: notShown })
        .where('tenant_id', '=', tenant)
        .where('transaction_id', 'in', ids)
        .where('suspect', 'is', null)
        .returning(['transaction_id', 'version', 'kept_assignment'])
        .execute()
      return rows.map(toChanged)
    },

    /** A doubt is over: of these days the bank shows all that is held but those that are missing. Returns those that it stood on. */
    async settleShown(
      connectionId: ConnectionId,
      days: { readonly from: Day; readonly to: Day },
      missing: readonly TransactionId[],
    ): Promise<readonly Changed[]> {
      const rows = await sql
        .updateTable('transactions')
        .set({ suspect: null })
        .where('tenant_id', '=', tenant)
        .where('connection_id', '=', connectionId)
        .where('booking_date', '>=', days.from)
        .where('booking_date', '<=', days.to)
        .where('suspect', '=', notShown)
        .where('removed_at', 'is', null)
        .$if(missing.length > 0, (query) => query.where('transaction_id', 'not in', missing))
        .returning(['transaction_id', 'version', 'kept_assignment'])
        .execute()
      return rows.map(toChanged)
    },

    /** The day of the oldest movement that is there, and that the last complete run over its day lacked. */
    async missingFrom(connectionId: ConnectionId): Promise<Day | null> {
      const row = await sql
        .selectFrom('transactions')
        .select('booking_date')
        .where('tenant_id', '=', tenant)
        .where('connection_id', '=', connectionId)
        .where('missing_runs', '>', 0)
        .where('removed_at', 'is', null)
        .orderBy('booking_date')
        .limit(1)
        .executeTakeFirst()
      return row === undefined ? null : dayOf(row.booking_date)
    },

    /** How many complete runs in a row have lacked these. */
    async setMissing(ids: readonly TransactionId[], runs: number): Promise<void> {
      if (ids.length === 0) return
      await sql
        .updateTable('transactions')
        .set({ missing_runs: runs })
        .where('tenant_id', '=', tenant)
        .where('transaction_id', 'in', ids)
        .execute()
    },

    /** Sum and count of what is there, booked within the days, per day. */
    async sumsByDay(
      connectionId: ConnectionId,
      days: { from: Day; to: Day },
    ): Promise<readonly { readonly day: Day; readonly minor: bigint; readonly count: number }[]> {
      const rows = await sql
        .selectFrom('transactions')
        .select(({ fn }) => [
          'booking_date',
          fn.sum<string>('amount_minor').as('minor'),
          fn.countAll<bigint>().as('count'),
        ])
        .where('tenant_id', '=', tenant)
        .where('connection_id', '=', connectionId)
        .where('removed_at', 'is', null)
        .where('booking_date', '>=', days.from)
        .where('booking_date', '<=', days.to)
        .groupBy('booking_date')
        .orderBy('booking_date')
        .execute()
      return rows.map((row) => ({ day: dayOf(row.booking_date), minor: BigInt(row.minor), count: Number(row.count) }))
    },

    /** Announces changes: numbered and written when the unit of work commits. */
    announce(type: ChangeType, companyId: CompanyId, changed: readonly Versioned[], at: Date): void {
      if (changed.length > 0) announced.push({ type, companyId, changed, at })
    },

    /**
     * Announces what a connection holds, now that it belongs somewhere: what the feed has not told yet as added, what it told otherwise as modified or removed, and
     * nothing of what stands there as it is. Grouped rather than joined: of a company that has just come, PostgreSQL thinks that there is one row to join.
     */
    async announceHeld(
      { id: connectionId, companyId }: { readonly id: ConnectionId; readonly companyId: CompanyId },
      at: Date,
    ): Promise<void> {
      const { rows } = await raw<{ id: TransactionId; version: number; type: string | null }>`
        with sides as (
          select transaction_id as id, version, removed_at is not null as is_removed, kept_assignment is null as is_moving, booking_date,
            null::int as told_version, null as told_type, null::bigint as position, null::bigint as number
          from transactions where tenant_id = ${tenant} and connection_id = ${connectionId}
          union all
          select r.id, null, null, null, null, r.version, c.type, c.last_position, r.number
          from transaction_changes c, unnest(c.transaction_ids, c.versions) with ordinality as r (id, version, number)
          where c.tenant_id = ${tenant} and c.company_id = ${companyId}
        ), held as (
          select id, max(version) as version, bool_or(is_removed) as is_removed, bool_or(is_moving) as is_moving, max(booking_date) as booking_date,
            (array_agg(told_version order by position desc nulls last, number desc))[1] as told_version,
            (array_agg(told_type order by position desc nulls last, number desc))[1] as told_type
          from sides group by id having max(version) is not null
        )
        select id, version,
          case when is_removed then case when told_type <> 'removed' then 'removed' end
            when told_type is null or told_type = 'removed' then 'added'
            when told_version <> version or is_moving then 'modified' end as type
        from held order by booking_date, id`.execute(sql)
      const counts = { added: 0, modified: 0, removed: 0 }
      for (const [type, changed] of Map.groupBy(rows, (row) => row.type)) {
        if (type === null) continue
        this.announce(changeTypeOf(type), companyId, changed, at)
        counts[changeTypeOf(type)] = changed.length
        if (type === 'added') heldDelivered.push({ connectionId, ids: changed.map(({ id }) => id) })
      }
      assigned.push({ connection: { id: connectionId, companyId }, counts, at })
    },

    /** What the feed tells because connections were assigned, and not because a run found it. */
    takeAssigned: (): readonly AssignedChanges[] =>
      assigned.splice(0).filter(({ counts }) => counts.added + counts.modified + counts.removed > 0),

    /** What was held before it was delivered. */
    takeHeldDelivered: () => heldDelivered.splice(0),

    /** Those up to that day are booked already: delivered marked, and left alone. What counts already was not. */
    async closeBooked(ids: readonly TransactionId[], through: Day): Promise<void> {
      await sql
        .updateTable('transactions')
        .set({ already_booked: true })
        .where('tenant_id', '=', tenant)
        .where('transaction_id', '=', raw<string>`any(${ids}::uuid[])`)
        .where('booking_date', '<=', through)
        .where('counted_on', 'is', null)
        .execute()
    },

    /** Counts, on that day, those of these that are billable and have not been counted: how many. */
    async countOnce(
      ids: readonly TransactionId[],
      { from, day }: { readonly from: Day; readonly day: Day },
    ): Promise<number> {
      if (ids.length === 0) return 0
      const { numUpdatedRows } = await sql
        .updateTable('transactions')
        .set({ counted_on: day })
        .where('tenant_id', '=', tenant)
        .where('transaction_id', '=', raw<string>`any(${ids}::uuid[])`)
        .where('counted_on', 'is', null)
        .where('already_booked', '=', false)
        .where('booking_date', '>=', from)
        .executeTakeFirst()
      return Number(numUpdatedRows)
    },

    /** What is held stays where it belonged, though its connection is assigned elsewhere now. */
    async keepAssignment(connectionId: ConnectionId, assignment: Assignment): Promise<void> {
      await sql
        .updateTable('transactions')
        .set({ kept_assignment: JSON.stringify(assignment) })
        .where('tenant_id', '=', tenant)
        .where('connection_id', '=', connectionId)
        .where('kept_assignment', 'is', null)
        .execute()
    },

    /** What is held moves with its connection, and is told anew. */
    async followAssignment(
      connection: { readonly id: ConnectionId; readonly companyId: CompanyId },
      at: Date,
    ): Promise<void> {
      const rows = await sql
        .updateTable('transactions')
        .set({ kept_assignment: null })
        .where('tenant_id', '=', tenant)
        .where('connection_id', '=', connection.id)
        .where('removed_at', 'is', null)
        .returning(['transaction_id', 'version'])
        .execute()
      this.announce(
        'modified',
        connection.companyId,
        rows.map((row) => ({ id: row.transaction_id, version: row.version })),
        at,
      )
      assigned.push({ connection, counts: { added: 0, modified: rows.length, removed: 0 }, at })
    },

    async flush(): Promise<void> {
      const flushed = announced.splice(0)
      if (flushed.length === 0) return
      let left = flushed.reduce((count, { changed }) => count + changed.length, 0)
      // Sent together, as the numbers can be read where they are written: whoever else writes to the feed waits for this to end.
      const told: Promise<unknown>[] = [takePositions(db, left)]
      for (const { type, companyId, changed, at } of flushed)
        for (let from = 0; from < changed.length; from += toldTogether) {
          const together = changed.slice(from, from + toldTogether)
          left -= together.length
          told.push(
            raw`
              insert into transaction_changes (tenant_id, last_position, company_id, type, transaction_ids, versions, at)
              select ${tenant}, last - ${left}, ${companyId}, ${type}, ${uuidArray(together.map(({ id }) => id))}::uuid[],
                ${int4Array(together.map(({ version }) => version))}::int4[], ${at}::timestamptz
              from feed_positions where tenant_id = ${tenant}`.execute(sql),
          )
        }
      await Promise.all(told)
    },

    /**
     * Changes after a position, in order, each with the transaction as it was then; of one company or of all. Looked up row by row: of a tenant that has just come
     * PostgreSQL thinks that there is one transaction, and would read the page anew for each that there is.
     */
    async changesAfter(ask: {
      readonly companyId: CompanyId | null
      readonly after: bigint
      readonly limit: number
    }): Promise<readonly Change[]> {
      const { rows } = await raw<ShownRow & { position: bigint; type: string; at: Date; content: unknown }>`
        with page as (
          select c.last_position - cardinality(c.transaction_ids) + r.number as position, c.type, c.at, r.id, r.version
          from transaction_changes c, unnest(c.transaction_ids, c.versions) with ordinality as r (id, version, number)
          where c.tenant_id = ${tenant} and c.last_position > ${ask.after} and c.last_position - cardinality(c.transaction_ids) + r.number > ${ask.after}
            ${ask.companyId === null ? raw`` : raw`and c.company_id = ${ask.companyId}`}
          order by c.last_position, r.number limit ${ask.limit}
        )
        select page.position, page.type, page.at, v.content, t.*
        from page
        cross join lateral (
          select ${raw.join(shownColumns.map((column) => raw.ref(column)))} from transactions where tenant_id = ${tenant} and transaction_id = page.id limit 1
        ) t
        left join lateral (
          select content from transaction_versions where tenant_id = ${tenant} and transaction_id = page.id and version = page.version limit 1
        ) v on true
        order by page.position`.execute(sql)
      return rows.map((row) => ({
        position: row.position,
        type: changeTypeOf(row.type),
        at: row.at,
        transaction: toTransaction({ ...row, ...earlierContent(row.content) }),
      }))
    },

    /** Which match each is shown with from now on. */
    async setMatches(
      shown: readonly { readonly id: TransactionId; readonly match: Transaction['match'] }[],
    ): Promise<void> {
      if (shown.length === 0) return
      await raw`
        update transactions t set match_id = r.m, match_status = r.s
        from unnest(${shown.map(({ id }) => id)}::uuid[], ${shown.map(({ match }) => match?.id ?? null)}::uuid[],
          ${shown.map(({ match }) => match?.status ?? null)}::text[]) as r (i, m, s)
        where t.tenant_id = ${tenant} and t.transaction_id = r.i`.execute(sql)
    },

    async eraseCompany(companyId: CompanyId): Promise<void> {
      await sql
        .deleteFrom('transaction_changes')
        .where('tenant_id', '=', tenant)
        .where('company_id', '=', companyId)
        .execute()
      await sql.deleteFrom('transactions').where('tenant_id', '=', tenant).where('company_id', '=', companyId).execute()
    },
  }
}

/** Why such a one is suspect. */
const notShown = 'not_shown'

const toChanged = (row: { transaction_id: TransactionId; version: number; kept_assignment: unknown }): Changed => ({
  id: row.transaction_id,
  version: row.version,
  isKept: row.kept_assignment !== null,
})

export type TransactionStore = ReturnType<typeof transactionStore>

type ShownRow = Pick<Selectable<Tables['transactions']>, (typeof shownColumns)[number]>
type HeldRow = Pick<Selectable<Tables['transactions']>, (typeof heldColumns)[number]>
type ContentRow = Pick<Selectable<Tables['transactions']>, (typeof contentColumns)[number]>

function matchCondition(match: ListAsk['match']) {
  switch (match) {
    case undefined:
      return raw``
    case 'unmatched':
      return raw`and t.match_status is null and not t.already_booked`
    case 'suggested':
      return raw`and t.match_status = 'suggested'`
    case 'matched':
      return raw`and t.match_status = 'confirmed'`
  }
}

type Column = readonly [name: string, type: string, values: Buffer]

/** Of rows of which it may not be known yet whether they are booked already. A column that none of them has is left out, as most banks leave some out. */
export function columnsOf(rows: readonly Omit<NewRow, 'alreadyBooked' | 'countedOn'>[]): NewColumns {
  const column = <Value>(
    name: string,
    type: string,
    arrayOf: (values: readonly (Value | undefined)[]) => Buffer,
    of: (row: ProviderTransaction) => Value | undefined,
  ): readonly Column[] => {
    const values = rows.map(({ row }) => of(row))
    return values.every((value) => value === undefined) ? [] : [[name, type, arrayOf(values)]]
  }
  const text = (name: string, of: (row: ProviderTransaction) => string | undefined) =>
    column(name, 'text', textArray, of)
  const minor = (name: string, of: (row: ProviderTransaction) => Money | undefined) =>
    column(name, 'int8', int8Array, (row) => of(row)?.minor)
  const date = (name: string, of: (row: ProviderTransaction) => Day | undefined) => column(name, 'date', dateArray, of)
  return [
    ['transaction_id', 'uuid', uuidArray(rows.map(({ id }) => id))],
    ['fingerprint', 'text', textArray(rows.map(({ fingerprint }) => fingerprint))],
    ['occurrence', 'int4', int4Array(rows.map(({ occurrence }) => occurrence))],
    ['suspect', 'text', textArray(rows.map(({ suspect }) => suspect))],
    ...date('booking_date', ({ bookingDate }) => bookingDate),
    ...date('value_date', ({ valueDate }) => valueDate),
    ...minor('amount_minor', ({ amount }) => amount),
    ...text('currency', ({ amount }) => amount.currency),
    ...text('counterparty_name', ({ counterparty }) => counterparty?.name),
    ...text('counterparty_iban', ({ counterparty }) => counterparty?.iban),
    ...text('counterparty_bban', ({ counterparty }) => counterparty?.bban),
    ...text('remittance_information', ({ remittanceInformation }) => remittanceInformation),
    ...text('reference', ({ reference }) => reference),
    ...text('end_to_end_id', ({ endToEndId }) => endToEndId),
    ...text('bank_transaction_code', ({ bankTransactionCode }) => bankTransactionCode),
    ...minor('exchange_minor', ({ exchange }) => exchange?.amount),
    ...text('exchange_currency', ({ exchange }) => exchange?.currency),
    ...text('exchange_rate', ({ exchange }) => exchange?.rate),
    ...minor('balance_after_minor', ({ balanceAfter }) => balanceAfter),
    ...text('bank_transaction_id', ({ ids }) => ids.transactionId),
    ...text('bank_entry_reference', ({ ids }) => ids.entryReference),
    ...text('bank_internal_id', ({ ids }) => ids.internalId),
  ]
}

const toContent = (row: ProviderTransaction): ContentRow => ({
  booking_date: row.bookingDate,
  value_date: row.valueDate ?? null,
  amount_minor: row.amount.minor,
  currency: row.amount.currency,
  counterparty_name: row.counterparty?.name ?? null,
  counterparty_iban: row.counterparty?.iban ?? null,
  counterparty_bban: row.counterparty?.bban ?? null,
  remittance_information: row.remittanceInformation ?? null,
  reference: row.reference ?? null,
  end_to_end_id: row.endToEndId ?? null,
  bank_transaction_code: row.bankTransactionCode ?? null,
  exchange_minor: row.exchange?.amount?.minor ?? null,
  exchange_currency: row.exchange?.currency ?? null,
  exchange_rate: row.exchange?.rate ?? null,
  balance_after_minor: row.balanceAfter?.minor ?? null,
})

const toIds = ({ ids }: ProviderTransaction) => ({
  bank_transaction_id: ids.transactionId ?? null,
  bank_entry_reference: ids.entryReference ?? null,
  bank_internal_id: ids.internalId ?? null,
})

const toHeld = (row: HeldRow): HeldTransaction => ({
  id: row.transaction_id,
  row: toProviderTransaction(row),
  fingerprint: row.fingerprint,
  occurrence: row.occurrence,
  removed: row.removed_at !== null,
  missed: row.missing_runs,
})

function toProviderTransaction(row: HeldRow): ProviderTransaction {
  const balanceShown = row.shown_balance_minor ?? row.balance_after_minor
  const money = (minor: bigint): Money => ({ minor, currency: row.currency })
  const hasCounterparty =
    row.counterparty_name !== null || row.counterparty_iban !== null || row.counterparty_bban !== null
  return {
    ids: {
      ...(row.bank_transaction_id !== null && { transactionId: row.bank_transaction_id }),
      ...(row.bank_entry_reference !== null && { entryReference: row.bank_entry_reference }),
      ...(row.bank_internal_id !== null && { internalId: row.bank_internal_id }),
    },
    status: 'booked',
    bookingDate: dayOf(row.booking_date),
    ...(row.value_date !== null && { valueDate: dayOf(row.value_date) }),
    amount: money(row.amount_minor),
    ...(hasCounterparty && {
      counterparty: {
        ...(row.counterparty_name !== null && { name: row.counterparty_name }),
        ...(row.counterparty_iban !== null && { iban: row.counterparty_iban }),
        ...(row.counterparty_bban !== null && { bban: row.counterparty_bban }),
      },
    }),
    ...(row.remittance_information !== null && { remittanceInformation: row.remittance_information }),
    ...(row.reference !== null && { reference: row.reference }),
    ...(row.end_to_end_id !== null && { endToEndId: row.end_to_end_id }),
    ...(row.bank_transaction_code !== null && { bankTransactionCode: row.bank_transaction_code }),
    ...(row.exchange_currency !== null &&
      row.exchange_rate !== null && {
        exchange: {
          currency: row.exchange_currency,
          rate: row.exchange_rate,
          ...(row.exchange_minor !== null && {
            amount: { minor: row.exchange_minor, currency: row.exchange_currency },
          }),
        },
      }),
    ...(balanceShown !== null && { balanceAfter: money(balanceShown) }),
  }
}

const toTransaction = (row: ShownRow): Transaction => ({
  id: row.transaction_id,
  companyId: row.company_id,
  connectionId: row.connection_id,
  bookingDate: dayOf(row.booking_date),
  valueDate: row.value_date === null ? null : dayOf(row.value_date),
  amount: { minor: row.amount_minor, currency: row.currency },
  counterparty: { name: row.counterparty_name, iban: row.counterparty_iban, bban: row.counterparty_bban },
  remittanceInformation: row.remittance_information,
  reference: row.reference,
  endToEndId: row.end_to_end_id,
  bankTransactionCode: row.bank_transaction_code,
  exchange:
    row.exchange_currency === null || row.exchange_rate === null
      ? null
      : {
          amount: row.exchange_minor === null ? null : { minor: row.exchange_minor, currency: row.exchange_currency },
          currency: row.exchange_currency,
          rate: row.exchange_rate,
        },
  balanceAfter: row.balance_after_minor === null ? null : { minor: row.balance_after_minor, currency: row.currency },
  version: row.version,
  removed: row.removed_at !== null,
  alreadyBooked: row.already_booked,
  suspect: row.suspect,
  keptAssignment: assignmentIn(row.kept_assignment),
  match:
    row.match_id === null || row.match_status === null
      ? null
      : { id: row.match_id, status: row.match_status === 'confirmed' ? 'confirmed' : 'suggested' },
})

/** An earlier version as JSON: numbers that JSON would lose digits of stay text. */
const versionText = (row: ShownRow): string =>
  JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))

/** What `versionText` wrote, as a row again; nothing where the change is the latest version. Whom it is matched with is told as it is now. */
function earlierContent(
  content: unknown,
): Partial<ContentRow & { version: number; removed_at: Date | null; suspect: string | null }> {
  if (content === null || content === undefined) return {}
  const entries = Object.entries(content).filter(([column]) => !column.startsWith('match_'))
  return Object.fromEntries(
    entries.map(([column, value]) => [
      column,
      typeof value === 'string' && /^-?\d+n$/.test(value) && column.endsWith('_minor')
        ? BigInt(value.slice(0, -1))
        : value,
    ]),
  )
}

/** What `keepAssignment` wrote. */
const assignmentIn = (json: unknown): Assignment | undefined => (json === null ? undefined : asWritten(json))

function changeTypeOf(text: string): ChangeType {
  if (text === 'added' || text === 'modified' || text === 'removed') return text
  throw new Error(`transaction_changes.type holds ${text}`)
}

function dayOf(text: string): Day {
  const day = parseDay(text)
  if (day === undefined) throw new Error('a date of transactions is not a day')
  return day
}
