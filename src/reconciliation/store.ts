import { sql as raw } from 'kysely'
import type { TenantDb } from '../shared/db.ts'
import { asWritten } from '../values/as-written.ts'
import type { Day } from '../values/day.ts'
import type { CompanyId, ConnectionId, EntryId, LedgerAccountId, MatchId, TransactionId } from '../values/ids.ts'
import type { Posting, Total } from './model/reconcile.ts'

type Account = {
  readonly companyId: CompanyId
  readonly connectionId: ConnectionId
  readonly ledgerAccountId: LedgerAccountId | null
}

const posted = (ledgerAccountId: LedgerAccountId) =>
  raw`((e.kind = 'ledger_posting' and e.ledger_account_id = ${ledgerAccountId})
    or (e.kind = 'transfer' and ${ledgerAccountId} in (e.from_ledger_account_id, e.to_ledger_account_id)))`

/** Questions that are asked of transactions, entries and matches together. */
export const reconciliationStore = ({ tenant, sql }: TenantDb) => ({
  /**
   * What the bank had booked by the day and the books had not: what nobody has matched, and what is settled only by postings of later days. The oldest first,
   * so many, and the sum of all.
   */
  async notInBooks(
    { companyId, connectionId, ledgerAccountId }: Account,
    day: Day,
    limit: number,
  ): Promise<Total & { readonly rows: readonly { readonly id: TransactionId; readonly minor: bigint }[] }> {
    const { rows } = await raw<{ id: string; minor: string; total: string; count: bigint }>`
        select id, minor, sum(minor) over () as total, count(*) over () as count from (
          select transaction_id as id, booking_date, amount_minor::numeric as minor from transactions
          where tenant_id = ${tenant} and connection_id = ${connectionId} and booking_date <= ${day}::date
            and removed_at is null and not already_booked and match_status is distinct from 'confirmed'
          union all
          select t.transaction_id, t.booking_date, sum(l.amount_minor)
          from entries e
          join match_links l on l.tenant_id = ${tenant} and l.entry_id = e.entry_id
          join matches m on m.tenant_id = ${tenant} and m.match_id = l.match_id and m.company_id = ${companyId} and m.status = 'confirmed'
          join transactions t on t.tenant_id = ${tenant} and t.transaction_id = l.transaction_id
          where e.tenant_id = ${tenant} and e.company_id = ${companyId} and e.issue_date > ${day}::date
            and ${ledgerAccountId === null ? raw`false` : posted(ledgerAccountId)}
            and t.connection_id = ${connectionId} and t.booking_date <= ${day}::date and t.removed_at is null and not t.already_booked
          group by t.transaction_id, t.booking_date
        ) open order by booking_date, id limit ${limit}`.execute(sql)
    const [first] = rows
    return {
      count: Number(first?.count ?? 0n),
      minor: BigInt(first?.total ?? 0),
      rows: rows.map(({ id, minor }) => ({ id, minor: BigInt(minor) })),
    }
  },

  /** What waits for somebody to decide, of each of these that has any. */
  async waiting(connectionIds: readonly ConnectionId[]): Promise<ReadonlyMap<ConnectionId, Waiting>> {
    const { rows } = await raw<WaitingRow>`
      select connection_id, min(booking_date) as oldest,
        count(*) filter (where match_status is null) as unmatched, coalesce(sum(amount_minor) filter (where match_status is null), 0) as unmatched_minor,
        count(match_status) as suggested, coalesce(sum(amount_minor) filter (where match_status = 'suggested'), 0) as suggested_minor
      from transactions
      where tenant_id = ${tenant} and connection_id = any(${connectionIds}::uuid[])
        and removed_at is null and not already_booked and match_status is distinct from 'confirmed'
      group by connection_id`.execute(sql)
    return new Map(
      rows.map((row) => [
        row.connection_id,
        {
          oldest: asWritten<Day>(row.oldest),
          unmatched: { count: Number(row.unmatched), minor: BigInt(row.unmatched_minor) },
          suggested: { count: Number(row.suggested), minor: BigInt(row.suggested_minor) },
        },
      ]),
    )
  },

  /** What is posted on the ledger account, in the account's currency, and open, or settled by transactions of later days. */
  async postings(
    { companyId, connectionId, ledgerAccountId }: Account & { readonly ledgerAccountId: LedgerAccountId },
    { day, currency }: { readonly day: Day; readonly currency: string },
  ): Promise<readonly Posting[]> {
    const { rows } = await raw<PostingRow>`
        select e.entry_id, e.kind, e.open_minor, e.applied_match_ids, e.issue_date, e.from_ledger_account_id, e.to_ledger_account_id,
          coalesce(s.settled, '[]'::jsonb) as settled
        from entries e
        left join lateral (
          select jsonb_agg(jsonb_build_object('matchId', l.match_id, 'minor', coalesce(l.entry_minor, l.amount_minor)::text, 'bookingDate', t.booking_date)) as settled,
            max(t.booking_date) as last
          from match_links l
          join matches m on m.tenant_id = ${tenant} and m.match_id = l.match_id and m.company_id = ${companyId} and m.status = 'confirmed'
          join transactions t on t.tenant_id = ${tenant} and t.transaction_id = l.transaction_id and t.connection_id = ${connectionId}
          where l.tenant_id = ${tenant} and l.entry_id = e.entry_id
        ) s on true
        where e.tenant_id = ${tenant} and e.company_id = ${companyId} and e.currency = ${currency}
          and (e.issue_date is null or e.issue_date <= ${day}::date) and (e.open_minor <> 0 or s.last > ${day}::date)
          and ${posted(ledgerAccountId)}
        order by e.issue_date nulls first, e.entry_id`.execute(sql)
    return rows.map(toPosting)
  },
})

export type ReconciliationStore = ReturnType<typeof reconciliationStore>

/** Transactions that nothing is proposed for, those that have suggestions, and the day of the oldest of both. */
export type Waiting = { readonly oldest: Day; readonly unmatched: Total; readonly suggested: Total }

type WaitingRow = {
  connection_id: ConnectionId
  oldest: string
  unmatched: bigint
  unmatched_minor: string
  suggested: bigint
  suggested_minor: string
}

type PostingRow = {
  entry_id: EntryId
  kind: string
  open_minor: bigint
  applied_match_ids: readonly MatchId[]
  issue_date: string | null
  from_ledger_account_id: LedgerAccountId | null
  to_ledger_account_id: LedgerAccountId | null
  settled: unknown
}

function toPosting(row: PostingRow): Posting {
  const settled: readonly { readonly matchId: MatchId; readonly minor: string; readonly bookingDate: Day }[] =
    asWritten(row.settled)
  return {
    id: row.entry_id,
    kind: row.kind === 'transfer' ? 'transfer' : 'ledger_posting',
    openMinor: row.open_minor,
    appliedMatchIds: row.applied_match_ids,
    issueDate: asWritten<Day | null>(row.issue_date),
    fromLedgerAccountId: row.from_ledger_account_id,
    toLedgerAccountId: row.to_ledger_account_id,
    settled: settled.map((each) => ({ ...each, minor: BigInt(each.minor) })),
  }
}
