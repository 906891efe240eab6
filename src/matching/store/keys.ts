// What matching keeps so that a run reads only what a change can touch: keys of entries and of unmatched lines, what has changed, and up to
// where a run has seen everything. Only the run that holds the company's lease writes keys and state; marks come from everybody.

import { sql as raw } from 'kysely'
import { int4Array, int8Array, textArray, uuidArray } from '../../shared/db-arrays.ts'
import type { TenantDb } from '../../shared/db.ts'
import type { CompanyId, EntryId, TransactionId } from '../../values/ids.ts'
import type { KeyedEntry, KeyedLine } from '../model/kept-keys.ts'
import type { Mark, MatchingState } from '../model/touched.ts'

/** Where to look under a key: outwards from an amount and a day, so many on either side, and only what moves the same way. */
export type NearAmount = { readonly key: bigint; readonly minor: bigint; readonly day: number; readonly max: number }
export type NearDay = { readonly key: bigint; readonly day: number; readonly max: number }

const largest = 9_223_372_036_854_775_807n

export function keyStore({ tenant, sql }: TenantDb) {
  async function near<Id>(
    table: 'entry_keys' | 'line_keys',
    companyId: CompanyId,
    asks: readonly NearAmount[],
  ): Promise<readonly Id[]> {
    if (asks.length === 0) return []
    const id = raw.ref(table === 'entry_keys' ? 'entry_id' : 'transaction_id')
    const rows = raw`select ${id} as id, minor, day from ${raw.table(table)} t where tenant_id = ${tenant} and company_id = ${companyId} and key = a.key`
    const found = await raw<{ id: Id }>`
      select distinct found.id
      from unnest(${int8Array(asks.map(({ key }) => key))}::int8[], ${int8Array(asks.map(({ minor }) => minor))}::int8[],
        ${int4Array(asks.map(({ day }) => day))}::int4[], ${int4Array(asks.map(({ max }) => max))}::int4[],
        ${int8Array(asks.map(({ minor }) => (minor < 0n ? -largest : 1n)))}::int8[],
        ${int8Array(asks.map(({ minor }) => (minor < 0n ? -1n : largest)))}::int8[]) as a (key, minor, day, max, least, most)
      cross join lateral (
        (${rows} and (minor, day) >= (a.minor, a.day) and minor <= a.most order by minor, day, ${id} limit a.max)
        union all
        (${rows} and (minor, day) < (a.minor, a.day) and minor >= a.least order by minor desc, day desc, ${id} desc limit a.max)
      ) found`.execute(sql)
    return found.rows.map((row) => row.id)
  }

  return {
    async state(companyId: CompanyId): Promise<MatchingState | undefined> {
      const row = await sql
        .selectFrom('matching_states')
        .select([
          'feed_position',
          'circumstances',
          'keys_version',
          'entry_count',
          'whole_entry_count',
          'common_keys',
          'common_counts',
        ])
        .where('tenant_id', '=', tenant)
        .where('company_id', '=', companyId)
        .executeTakeFirst()
      if (row === undefined) return undefined
      return {
        feedPosition: row.feed_position,
        circumstances: row.circumstances,
        keysVersion: row.keys_version,
        entryCount: row.entry_count,
        wholeEntryCount: row.whole_entry_count,
        common: new Map(row.common_keys.map((key, at) => [key, row.common_counts[at] ?? 0])),
      }
    },

    async saveState(companyId: CompanyId, state: MatchingState): Promise<void> {
      await raw`
        insert into matching_states (tenant_id, company_id, feed_position, circumstances, keys_version, entry_count, whole_entry_count, common_keys, common_counts)
        values (${tenant}, ${companyId}, ${state.feedPosition}, ${state.circumstances}, ${state.keysVersion}, ${state.entryCount}, ${state.wholeEntryCount},
          ${int8Array([...state.common.keys()])}::int8[], ${int4Array([...state.common.values()])}::int4[])
        on conflict (tenant_id, company_id) do update set feed_position = excluded.feed_position, circumstances = excluded.circumstances,
          keys_version = excluded.keys_version, entry_count = excluded.entry_count, whole_entry_count = excluded.whole_entry_count,
          common_keys = excluded.common_keys, common_counts = excluded.common_counts`.execute(sql)
    },

    /** Says that these have changed: whoever changes what matching sees does so in the same unit of work, and the next run looks at them. */
    async mark(
      companyId: CompanyId,
      { entryIds = [], transactionIds = [], isJudged = false, isWhole = false }: Partial<Omit<Mark, 'number'>>,
    ): Promise<void> {
      await sql
        .insertInto('matching_marks')
        .values({
          tenant_id: tenant,
          company_id: companyId,
          entry_ids: [...entryIds],
          transaction_ids: [...transactionIds],
          is_judged: isJudged,
          is_whole: isWhole,
        })
        .execute()
    },

    async marks(companyId: CompanyId): Promise<readonly Mark[]> {
      const rows = await sql
        .selectFrom('matching_marks')
        .select(['number', 'entry_ids', 'transaction_ids', 'is_judged', 'is_whole'])
        .where('tenant_id', '=', tenant)
        .where('company_id', '=', companyId)
        .orderBy('number')
        .execute()
      return rows.map((row) => ({
        number: row.number,
        entryIds: row.entry_ids,
        transactionIds: row.transaction_ids,
        isJudged: row.is_judged,
        isWhole: row.is_whole,
      }))
    },

    /** One by one: what was marked meanwhile by somebody who began earlier has a smaller number than what was seen. */
    async forgetMarks(companyId: CompanyId, numbers: readonly bigint[]): Promise<void> {
      if (numbers.length === 0) return
      await raw`delete from matching_marks where tenant_id = ${tenant} and company_id = ${companyId} and number = any(${int8Array(numbers)}::int8[])`.execute(
        sql,
      )
    },

    async keyed(companyId: CompanyId, entryIds: readonly EntryId[]): Promise<readonly KeyedEntry[]> {
      if (entryIds.length === 0) return []
      const rows = await sql
        .selectFrom('keyed_entries')
        .select(['entry_id', 'keys', 'minors', 'day', 'meets', 'words', 'party'])
        .where('tenant_id', '=', tenant)
        .where('company_id', '=', companyId)
        .where('entry_id', '=', raw<string>`any(${entryIds}::text[])`)
        .execute()
      return rows.map(({ entry_id: entryId, ...row }) => ({ entryId, ...row }))
    },

    /** Takes away what is kept of some entries. */
    async dropEntries(companyId: CompanyId, entryIds: readonly EntryId[]): Promise<void> {
      if (entryIds.length === 0) return
      await raw`
        with gone as (
          delete from keyed_entries where tenant_id = ${tenant} and company_id = ${companyId} and entry_id = any(${textArray(entryIds)}::text[])
          returning entry_id, keys, minors, day
        )
        delete from entry_keys e using gone, unnest(gone.keys) as k (key), unnest(gone.minors) as m (minor)
        where e.tenant_id = ${tenant} and e.company_id = ${companyId} and e.key = k.key and e.minor = m.minor and e.day = gone.day
          and e.entry_id = gone.entry_id`.execute(sql)
    },

    /** Of entries of which nothing is kept. */
    async addEntries(companyId: CompanyId, entries: readonly KeyedEntry[]): Promise<void> {
      if (entries.length === 0) return
      const rows = entries.flatMap(({ entryId, keys, minors, day }) =>
        keys.flatMap((key) => minors.map((minor) => ({ key, minor, day, entryId }))),
      )
      await raw`
        insert into entry_keys (tenant_id, company_id, key, minor, day, entry_id)
        select ${tenant}, ${companyId}, r.*
        from unnest(${int8Array(rows.map(({ key }) => key))}::int8[], ${int8Array(rows.map(({ minor }) => minor))}::int8[],
          ${int4Array(rows.map(({ day }) => day))}::int4[], ${textArray(rows.map(({ entryId }) => entryId))}::text[]) as r`.execute(
        sql,
      )
      await sql
        .insertInto('keyed_entries')
        .values(
          entries.map(({ entryId, keys, minors, day, meets, words, party }) => ({
            tenant_id: tenant,
            company_id: companyId,
            entry_id: entryId,
            keys: [...keys],
            minors: [...minors],
            day,
            meets: [...meets],
            words: [...words],
            party,
          })),
        )
        .execute()
    },

    async addLines(companyId: CompanyId, lines: readonly KeyedLine[]): Promise<void> {
      if (lines.length === 0) return
      await raw`
        insert into line_keys (tenant_id, company_id, key, minor, day, transaction_id)
        select ${tenant}, ${companyId}, r.* from ${rowsOf(lines)} on conflict do nothing`.execute(sql)
    },

    async dropLines(companyId: CompanyId, lines: readonly KeyedLine[]): Promise<void> {
      if (lines.length === 0) return
      await raw`
        delete from line_keys l using ${rowsOf(lines)}
        where l.tenant_id = ${tenant} and l.company_id = ${companyId} and l.key = r.key and l.minor = r.minor and l.day = r.day
          and l.transaction_id = r.transaction_id`.execute(sql)
    },

    /** All keys of the company, when they are made anew and when it is deleted. */
    async forgetKeys(companyId: CompanyId): Promise<void> {
      for (const table of ['entry_keys', 'keyed_entries', 'line_keys'] as const)
        await sql.deleteFrom(table).where('tenant_id', '=', tenant).where('company_id', '=', companyId).execute()
    },

    /** The open entries nearest to an amount, under each of these keys. */
    entriesNear: (companyId: CompanyId, asks: readonly NearAmount[]): Promise<readonly EntryId[]> =>
      near('entry_keys', companyId, asks),

    /** The unmatched lines nearest to an amount; some of them may be matched or gone by now. */
    linesNear: (companyId: CompanyId, asks: readonly NearAmount[]): Promise<readonly TransactionId[]> =>
      near('line_keys', companyId, asks),

    /** The open entries nearest to a day, under each of these keys. */
    async entriesOn(companyId: CompanyId, asks: readonly NearDay[]): Promise<readonly EntryId[]> {
      if (asks.length === 0) return []
      const { rows } = await raw<{ entry_id: string }>`
        select distinct found.entry_id
        from unnest(${int8Array(asks.map(({ key }) => key))}::int8[], ${int4Array(asks.map(({ day }) => day))}::int4[],
          ${int4Array(asks.map(({ max }) => max))}::int4[]) as a (key, day, max)
        cross join lateral (
          select entry_id from entry_keys e
          where e.tenant_id = ${tenant} and e.company_id = ${companyId} and e.key = a.key and e.minor <> 0
          order by abs(e.day - a.day), e.entry_id limit a.max * 2
        ) found`.execute(sql)
      return rows.map((row) => row.entry_id)
    },

    /** How many entries have each of these keys, open or settled; those that nobody has are missing. */
    async counts(companyId: CompanyId, keys: readonly bigint[]): Promise<ReadonlyMap<bigint, number>> {
      if (keys.length === 0) return new Map()
      const { rows } = await raw<{ key: bigint; count: number }>`
        select key, count(distinct entry_id)::int as count from entry_keys
        where tenant_id = ${tenant} and company_id = ${companyId} and key = any(${int8Array(keys)}::int8[]) group by key`.execute(
        sql,
      )
      return new Map(rows.map(({ key, count }) => [key, count]))
    },

    /** The keys that so many entries have at least. */
    async commonKeys(companyId: CompanyId, countMin: number): Promise<ReadonlyMap<bigint, number>> {
      const { rows } = await raw<{ key: bigint; count: number }>`
        select key, count(distinct entry_id)::int as count from entry_keys
        where tenant_id = ${tenant} and company_id = ${companyId} group by key having count(*) >= ${countMin}`.execute(
        sql,
      )
      return new Map(rows.map(({ key, count }) => [key, count]))
    },

    /** How many entries have keys. */
    async keyedCount(companyId: CompanyId): Promise<number> {
      const { count } = await sql
        .selectFrom('keyed_entries')
        .select(({ fn }) => fn.countAll<bigint>().as('count'))
        .where('tenant_id', '=', tenant)
        .where('company_id', '=', companyId)
        .executeTakeFirstOrThrow()
      return Number(count)
    },
  }
}

export type KeyStore = ReturnType<typeof keyStore>

function rowsOf(lines: readonly KeyedLine[]) {
  const rows = lines.flatMap(({ transactionId, keys, minor, day }) =>
    keys.map((key) => ({ key, minor, day, transactionId })),
  )
  return raw`unnest(${int8Array(rows.map(({ key }) => key))}::int8[], ${int8Array(rows.map(({ minor }) => minor))}::int8[],
    ${int4Array(rows.map(({ day }) => day))}::int4[], ${uuidArray(rows.map(({ transactionId }) => transactionId))}::uuid[])
    as r (key, minor, day, transaction_id)`
}
