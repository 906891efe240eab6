import { sql as raw, type Selectable } from 'kysely'
import type { Tables } from '../shared/db-tables.ts'
import type { TenantDb } from '../shared/db.ts'
import { AppError } from '../shared/errors.ts'
import { pageOf, type Page, type PageAsk } from '../shared/page.ts'
import { asWritten } from '../values/as-written.ts'
import type { CompanyId, ConnectionId, EntryId, MatchId, MatchingRunId, TransactionId } from '../values/ids.ts'
import {
  attentions,
  differenceKinds,
  matchStatuses,
  type Match,
  type MatchLink,
  type MatchStatus,
} from './model/match.ts'
import type { Spending } from './model/open-amount.ts'
import type { MatchingRun } from './model/run.ts'
import type { Combination } from './model/types.ts'

const columns = [
  'match_id',
  'company_id',
  'status',
  'origin',
  'rank',
  'confidence',
  'difference_minor',
  'difference_kind',
  'reasons',
  'runner_up',
  'decided_by',
  'decided_at',
  'created_at',
  'attention',
  'superseded_by',
] as const
const linkColumns = [
  'match_id',
  'transaction_id',
  'entry_id',
  'amount_minor',
  'currency',
  'entry_minor',
  'entry_currency',
] as const
const runColumns = [
  'run_id',
  'company_id',
  'status',
  'automatic',
  'suggested',
  'unmatched',
  'error_text',
  'queued_at',
  'started_at',
  'finished_at',
] as const

export type MatchAsk = PageAsk & {
  readonly status: MatchStatus | undefined
  readonly transactionId: TransactionId | undefined
  readonly entryId: EntryId | undefined
  /** Only the best of their transactions, or the second best. */
  readonly rank: number | undefined
  /** Only those that speak of a transaction of this one. */
  readonly connectionId: ConnectionId | undefined
  /** Only those that no longer agree with the books. */
  readonly isInNeed: boolean
}

/** What a person refused. */
export type Refused = Combination & { readonly matchId: MatchId }

export function matchStore({ tenant, sql }: TenantDb) {
  /** What `textOf` spells. */
  const recordColumns = raw`(i uuid, c text, s text, o text, r int, p float8, dm bigint, dk text, e jsonb, u jsonb, b text, a timestamptz, n timestamptz, w text, x uuid)`

  async function withLinks(rows: readonly Row[]): Promise<readonly Match[]> {
    if (rows.length === 0) return []
    const links = await sql
      .selectFrom('match_links')
      .select(linkColumns)
      .where('tenant_id', '=', tenant)
      .where('match_id', '=', raw<string>`any(${rows.map((row) => row.match_id)}::uuid[])`)
      .orderBy('match_id')
      .orderBy('number')
      .execute()
    const byMatch = Map.groupBy(links, (link) => link.match_id)
    return rows.map((row) => toMatch(row, byMatch.get(row.match_id) ?? []))
  }

  return {
    async find(id: MatchId): Promise<Match | undefined> {
      const rows = await sql
        .selectFrom('matches')
        .select(columns)
        .where('tenant_id', '=', tenant)
        .where('match_id', '=', id)
        .execute()
      return (await withLinks(rows))[0]
    },

    /** @throws {AppError} match_not_found */
    async get(id: MatchId): Promise<Match> {
      const match = await this.find(id)
      if (match === undefined) throw new AppError('match_not_found', `There is no match ${id}.`)
      return match
    },

    /** The newest first. */
    async list(companyId: CompanyId, ask: MatchAsk): Promise<Page<Match>> {
      const [after] = ask.after ?? []
      const rows = await sql
        .selectFrom('matches')
        .select(columns)
        .where('tenant_id', '=', tenant)
        .where('company_id', '=', companyId)
        .$if(after !== undefined, (query) => query.where('match_id', '<', after ?? ''))
        .$if(ask.status !== undefined, (query) => query.where('status', '=', ask.status ?? ''))
        .$if(ask.rank !== undefined, (query) => query.where('rank', '=', ask.rank ?? 0))
        .$if(ask.isInNeed, (query) => query.where('attention', 'is not', null))
        .$if(ask.transactionId !== undefined, (query) =>
          query.where('match_id', 'in', linkedTo('transaction_id', [ask.transactionId ?? ''])),
        )
        .$if(ask.entryId !== undefined, (query) =>
          query.where('match_id', 'in', linkedTo('entry_id', [ask.entryId ?? ''])),
        )
        .$if(ask.connectionId !== undefined, (query) =>
          query.where(
            raw<boolean>`exists (select from match_links l join transactions t on t.tenant_id = l.tenant_id and t.transaction_id = l.transaction_id
              where l.tenant_id = ${tenant} and l.match_id = matches.match_id and t.connection_id = ${ask.connectionId ?? null}::uuid)`,
          ),
        )
        .orderBy('match_id', 'desc')
        .limit(ask.limit + 1)
        .execute()
      return pageOf(await withLinks(rows), ask, ({ id }) => [id])
    },

    /** What nobody has decided. */
    async suggested(companyId: CompanyId): Promise<readonly Match[]> {
      const rows = await sql
        .selectFrom('matches')
        .select(columns)
        .where('tenant_id', '=', tenant)
        .where('company_id', '=', companyId)
        .where('status', '=', 'suggested')
        .orderBy('match_id')
        .execute()
      return withLinks(rows)
    },

    /** How many nobody has decided. */
    async suggestedCount(companyId: CompanyId): Promise<number> {
      const { count } = await sql
        .selectFrom('matches')
        .select(({ fn }) => fn.countAll<bigint>().as('count'))
        .where('tenant_id', '=', tenant)
        .where('company_id', '=', companyId)
        .where('status', '=', 'suggested')
        .executeTakeFirstOrThrow()
      return Number(count)
    },

    /** What nobody has decided and that speaks of one of these. */
    async suggestedFor(companyId: CompanyId, of: Combination): Promise<readonly Match[]> {
      const rows = await sql
        .selectFrom('matches')
        .select(columns)
        .where('tenant_id', '=', tenant)
        .where('company_id', '=', companyId)
        .where('status', '=', 'suggested')
        .where((eb) =>
          eb.or([
            eb('match_id', 'in', linkedTo('transaction_id', of.transactionIds)),
            eb('match_id', 'in', linkedTo('entry_id', of.entryIds)),
          ]),
        )
        .orderBy('match_id')
        .execute()
      return withLinks(rows)
    },

    /** What is suggested or holds, and speaks of one of these entries. Few matches do: they are found by their links, however many a company has. */
    async standingFor(companyId: CompanyId, entryIds: readonly EntryId[]): Promise<readonly Match[]> {
      if (entryIds.length === 0) return []
      const rows = await sql
        .selectFrom('matches')
        .select(columns)
        .where('tenant_id', '=', tenant)
        .where('company_id', '=', companyId)
        .where('status', 'in', ['suggested', 'confirmed'])
        .where(
          'match_id',
          '=',
          raw<string>`any(array(select match_id from match_links where tenant_id = ${tenant} and entry_id = any(${entryIds}::text[])))`,
        )
        .orderBy('match_id')
        .execute()
      return withLinks(rows)
    },

    /** The suggestions that gave way to it when a person confirmed it. */
    async supersededBy(id: MatchId): Promise<readonly Match[]> {
      const rows = await sql
        .selectFrom('matches')
        .select(columns)
        .where('tenant_id', '=', tenant)
        .where('superseded_by', '=', id)
        .where('status', '=', 'superseded')
        .orderBy('match_id')
        .execute()
      return withLinks(rows)
    },

    /** What people rejected or undid; of these transactions, where some are named. */
    async refused(companyId: CompanyId, of?: readonly TransactionId[]): Promise<readonly Refused[]> {
      if (of?.length === 0) return []
      const { rows } = await raw<{ match_id: string; transactions: string[]; entries: string[] | null }>`
        select m.match_id, array_agg(distinct l.transaction_id) as transactions, array_agg(distinct l.entry_id) filter (where l.entry_id is not null) as entries
        from matches m join match_links l on l.tenant_id = m.tenant_id and l.match_id = m.match_id
        where m.tenant_id = ${tenant} and m.company_id = ${companyId} and m.status in ('rejected', 'undone')
          ${of === undefined ? raw`` : raw`and m.match_id = any(array(select match_id from match_links where tenant_id = ${tenant} and transaction_id = any(${of}::uuid[])))`}
        group by m.match_id order by m.match_id`.execute(sql)
      return rows.map((row) => ({
        matchId: row.match_id,
        transactionIds: row.transactions,
        entryIds: row.entries ?? [],
      }))
    },

    /**
     * What confirmed matches spend of these entries. Looked up entry by entry: of a company that has just come PostgreSQL thinks that it has no matches, and
     * would look for each match among all the entries.
     */
    async spendings(companyId: CompanyId, entryIds: readonly EntryId[]): Promise<readonly Spending[]> {
      if (entryIds.length === 0) return []
      const { rows } = await raw<{ match_id: string; entry_id: string; minor: bigint }>`
        select l.match_id, l.entry_id, l.minor
        from unnest(${entryIds}::text[]) as e (entry_id)
        cross join lateral (
          select match_id, entry_id, coalesce(entry_minor, amount_minor) as minor from match_links
          where tenant_id = ${tenant} and entry_id = e.entry_id offset 0
        ) l
        cross join lateral (
          select from matches
          where tenant_id = ${tenant} and match_id = l.match_id and company_id = ${companyId} and status = 'confirmed' offset 0
        ) m`.execute(sql)
      return rows.map((row) => ({ matchId: row.match_id, entryId: row.entry_id, minor: row.minor }))
    },

    /** The match that each of these transactions is shown with: the one that holds, else the best suggestion. */
    async shownWith(
      transactionIds: readonly TransactionId[],
    ): Promise<ReadonlyMap<TransactionId, { readonly id: MatchId; readonly status: 'suggested' | 'confirmed' }>> {
      if (transactionIds.length === 0) return new Map()
      const { rows } = await raw<{ transaction_id: string; match_id: string; status: string }>`
        select distinct on (l.transaction_id) l.transaction_id, m.match_id, m.status
        from match_links l join matches m on m.tenant_id = l.tenant_id and m.match_id = l.match_id
        where l.tenant_id = ${tenant} and l.transaction_id = any(${transactionIds}::uuid[]) and m.status in ('confirmed', 'suggested')
        order by l.transaction_id, m.status = 'confirmed' desc, m.rank, m.confidence desc, m.match_id`.execute(sql)
      return new Map(
        rows.map((row) => [
          row.transaction_id,
          { id: row.match_id, status: row.status === 'confirmed' ? 'confirmed' : 'suggested' },
        ]),
      )
    },

    /** In one statement for the matches and one for their links, sent as JSON text: a first run makes thousands. */
    async add(matches: readonly Match[]): Promise<void> {
      if (matches.length === 0) return
      await raw`
        insert into matches (tenant_id, match_id, company_id, status, origin, rank, confidence, difference_minor, difference_kind, reasons, runner_up,
          decided_by, decided_at, created_at, attention, superseded_by)
        select ${tenant}, i, c, s, o, r, p, dm, dk, e, u, b, a, n, w, x from json_to_recordset(${textOf(matches)}::json) as m ${recordColumns}`.execute(
        sql,
      )
      await addLinks(matches)
    },

    /** Everything but their links. */
    async save(matches: readonly Match[]): Promise<void> {
      if (matches.length === 0) return
      await raw`
        update matches t set status = s, origin = o, rank = r, confidence = p, difference_minor = dm, difference_kind = dk, reasons = e, runner_up = u,
          decided_by = b, decided_at = a, attention = w, superseded_by = x
        from json_to_recordset(${textOf(matches)}::json) as m ${recordColumns}
        where t.tenant_id = ${tenant} and t.match_id = m.i`.execute(sql)
    },

    async replaceLinks(match: Match): Promise<void> {
      await sql.deleteFrom('match_links').where('tenant_id', '=', tenant).where('match_id', '=', match.id).execute()
      await addLinks([match])
    },

    /** The run that is queued or running: there is one at a time. */
    async unfinishedRun(companyId: CompanyId): Promise<MatchingRun | undefined> {
      const row = await sql
        .selectFrom('matching_runs')
        .select(runColumns)
        .where('tenant_id', '=', tenant)
        .where('company_id', '=', companyId)
        .where('status', 'in', ['queued', 'running'])
        .executeTakeFirst()
      return row && toRun(row)
    },

    /** When the last run that came to its end began. */
    async lastRunAt(companyId: CompanyId): Promise<Date | null> {
      const row = await sql
        .selectFrom('matching_runs')
        .select('started_at')
        .where('tenant_id', '=', tenant)
        .where('company_id', '=', companyId)
        .where('status', '=', 'completed')
        .orderBy('run_id', 'desc')
        .limit(1)
        .executeTakeFirst()
      return row?.started_at ?? null
    },

    /** @throws {AppError} matching_run_not_found */
    async getRun(id: MatchingRunId): Promise<MatchingRun> {
      const row = await sql
        .selectFrom('matching_runs')
        .select(runColumns)
        .where('tenant_id', '=', tenant)
        .where('run_id', '=', id)
        .executeTakeFirst()
      if (row === undefined) throw new AppError('matching_run_not_found', `There is no matching run ${id}.`)
      return toRun(row)
    },

    async addRun(run: MatchingRun): Promise<void> {
      await sql
        .insertInto('matching_runs')
        .values({
          tenant_id: tenant,
          run_id: run.id,
          company_id: run.companyId,
          queued_at: run.queuedAt,
          ...toRunFields(run),
        })
        .execute()
    },

    async saveRun(run: MatchingRun): Promise<void> {
      await sql
        .updateTable('matching_runs')
        .set(toRunFields(run))
        .where('tenant_id', '=', tenant)
        .where('run_id', '=', run.id)
        .execute()
    },
  }

  function linkedTo(column: 'transaction_id' | 'entry_id', ids: readonly string[]) {
    const type = column === 'transaction_id' ? raw`uuid[]` : raw`text[]`
    return sql
      .selectFrom('match_links')
      .select('match_id')
      .where('tenant_id', '=', tenant)
      .where(column, '=', raw<string>`any(${ids}::${type})`)
  }

  async function addLinks(matches: readonly Match[]): Promise<void> {
    const links = matches.flatMap(({ id, links: those }) =>
      those.map(({ transactionId, entryId, amount, entryAmount }, number) => ({
        i: id,
        n: number,
        t: transactionId,
        e: entryId,
        a: String(amount.minor),
        c: amount.currency,
        ...(entryAmount !== null && { ea: String(entryAmount.minor), ec: entryAmount.currency }),
      })),
    )
    await raw`
      insert into match_links (tenant_id, match_id, number, transaction_id, entry_id, amount_minor, currency, entry_minor, entry_currency)
      select ${tenant}, i, n, t, e, a, c, ea, ec
      from json_to_recordset(${JSON.stringify(links)}::json) as l (i uuid, n int, t uuid, e text, a bigint, c text, ea bigint, ec text)`.execute(
      sql,
    )
  }
}

export type MatchStore = ReturnType<typeof matchStore>

type Row = Pick<Selectable<Tables['matches']>, (typeof columns)[number]>
type LinkRow = Pick<Selectable<Tables['match_links']>, (typeof linkColumns)[number]>
type RunRow = Pick<Selectable<Tables['matching_runs']>, (typeof runColumns)[number]>

const textOf = (matches: readonly Match[]): string =>
  JSON.stringify(
    matches.map((match) => ({
      i: match.id,
      c: match.companyId,
      s: match.status,
      o: match.origin,
      r: match.rank,
      p: match.confidence,
      ...(match.difference !== null && { dm: String(match.difference.minor), dk: match.difference.kind }),
      e: match.reasons,
      u: match.runnerUp,
      b: match.decidedBy,
      a: match.decidedAt,
      n: match.createdAt,
      w: match.attention,
      x: match.supersededBy,
    })),
  )

/** Reasons and what else it might have been are as `textOf` wrote them. */
const toMatch = (row: Row, links: readonly LinkRow[]): Match => ({
  id: row.match_id,
  companyId: row.company_id,
  status: statusOf(row.status),
  origin: originOf(row.origin),
  rank: row.rank,
  confidence: row.confidence,
  links: links.map(toLink),
  difference: differenceOf(row),
  reasons: asWritten<Match['reasons']>(row.reasons),
  runnerUp: asWritten<Match['runnerUp']>(row.runner_up),
  decidedBy: row.decided_by,
  decidedAt: row.decided_at,
  createdAt: row.created_at,
  attention: attentionOf(row.attention),
  supersededBy: row.superseded_by,
})

const toLink = (row: LinkRow): MatchLink => ({
  transactionId: row.transaction_id,
  entryId: row.entry_id,
  amount: { minor: row.amount_minor, currency: row.currency },
  entryAmount:
    row.entry_minor === null || row.entry_currency === null
      ? null
      : { minor: row.entry_minor, currency: row.entry_currency },
})

function statusOf(text: string): MatchStatus {
  const status = matchStatuses.find((known) => known === text)
  if (status === undefined) throw new Error(`matches.status holds ${text}`)
  return status
}

function originOf(text: string): Match['origin'] {
  if (text === 'automatic' || text === 'manual') return text
  throw new Error(`matches.origin holds ${text}`)
}

function attentionOf(text: string | null): Match['attention'] {
  const attention = attentions.find((known) => known === text)
  if (text !== null && attention === undefined) throw new Error(`matches.attention holds ${text}`)
  return attention ?? null
}

function differenceOf(row: Row): Match['difference'] {
  if (row.difference_minor === null) return null
  const kind = differenceKinds.find((known) => known === row.difference_kind)
  if (kind === undefined) throw new Error(`matches.difference_kind holds ${row.difference_kind}`)
  return { minor: row.difference_minor, kind }
}

const toRunFields = (run: MatchingRun) => ({
  status: run.status,
  automatic: run.counts.automatic,
  suggested: run.counts.suggested,
  unmatched: run.counts.unmatched,
  error_text: run.error,
  started_at: run.startedAt,
  finished_at: run.finishedAt,
})

const toRun = (row: RunRow): MatchingRun => ({
  id: row.run_id,
  companyId: row.company_id,
  status: runStatusOf(row.status),
  counts: { automatic: row.automatic, suggested: row.suggested, unmatched: row.unmatched },
  error: row.error_text,
  queuedAt: row.queued_at,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
})

function runStatusOf(text: string): MatchingRun['status'] {
  if (text === 'queued' || text === 'running' || text === 'completed' || text === 'failed') return text
  throw new Error(`matching_runs.status holds ${text}`)
}
