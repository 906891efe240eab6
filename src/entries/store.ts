import { sql as raw, type Selectable } from 'kysely'
import type { Tables } from '../shared/db-tables.ts'
import type { TenantDb } from '../shared/db.ts'
import { pageOf, type Page, type PageAsk } from '../shared/page.ts'
import { parseDay, type Day } from '../values/day.ts'
import type { CompanyId, EntryId } from '../values/ids.ts'
import { entryKinds, type Entry, type EntryKind, type EntryListStatus } from './model.ts'

const columns = [
  'company_id',
  'entry_id',
  'kind',
  'amount_minor',
  'open_minor',
  'currency',
  'applied_match_ids',
  'issue_date',
  'due_date',
  'document_number',
  'reference',
  'counterparty_name',
  'counterparty_iban',
  'counterparty_id',
  'description',
  'end_to_end_id',
  'discount_percent',
  'discount_until',
  'ledger_account_id',
  'person_id',
  'from_ledger_account_id',
  'to_ledger_account_id',
] as const

export const entryStore = ({ tenant, sql }: TenantDb) => ({
  async find(companyId: CompanyId, id: EntryId): Promise<Entry | undefined> {
    const row = await sql
      .selectFrom('entries')
      .select(columns)
      .where('tenant_id', '=', tenant)
      .where('company_id', '=', companyId)
      .where('entry_id', '=', id)
      .executeTakeFirst()
    return row && toEntry(row)
  },

  /** As one array: a run of matching asks for more than a statement may have parameters. */
  async some(companyId: CompanyId, ids: readonly EntryId[]): Promise<readonly Entry[]> {
    if (ids.length === 0) return []
    const rows = await sql
      .selectFrom('entries')
      .select(columns)
      .where('tenant_id', '=', tenant)
      .where('company_id', '=', companyId)
      .where('entry_id', '=', raw<string>`any(${ids}::text[])`)
      .execute()
    return rows.map(toEntry)
  },

  /** What a bank line could settle, and what was settled or changed since an instant: its numbers tell what a line is not about. */
  async forMatching(companyId: CompanyId, changedSince: Date): Promise<readonly Entry[]> {
    const rows = await sql
      .selectFrom('entries')
      .select(columns)
      .where('tenant_id', '=', tenant)
      .where('company_id', '=', companyId)
      .where((eb) => eb.or([eb('open_minor', '<>', 0n), eb('updated_at', '>=', changedSince)]))
      .orderBy('entry_id')
      .execute()
    return rows.map(toEntry)
  },

  /** The same, by their keys alone. */
  async idsForMatching(companyId: CompanyId, changedSince: Date): Promise<readonly EntryId[]> {
    const rows = await sql
      .selectFrom('entries')
      .select('entry_id')
      .where('tenant_id', '=', tenant)
      .where('company_id', '=', companyId)
      .where((eb) => eb.or([eb('open_minor', '<>', 0n), eb('updated_at', '>=', changedSince)]))
      .orderBy('entry_id')
      .execute()
    return rows.map((row) => row.entry_id)
  },

  /** Whether something in another currency than these is still to be paid. */
  async hasOpenOutside(companyId: CompanyId, currencies: readonly string[]): Promise<boolean> {
    const row = await sql
      .selectFrom('entries')
      .select('entry_id')
      .where('tenant_id', '=', tenant)
      .where('company_id', '=', companyId)
      .where('open_minor', '<>', 0n)
      .where(raw<boolean>`currency <> all(${currencies}::text[])`)
      .limit(1)
      .executeTakeFirst()
    return row !== undefined
  },

  async list(
    companyId: CompanyId,
    ask: PageAsk & { readonly status: EntryListStatus | undefined },
  ): Promise<Page<Entry>> {
    const [after] = ask.after ?? []
    const rows = await sql
      .selectFrom('entries')
      .select(columns)
      .where('tenant_id', '=', tenant)
      .where('company_id', '=', companyId)
      .$if(after !== undefined, (query) => query.where('entry_id', '>', after ?? ''))
      .$if(ask.status !== undefined, (query) => query.where('open_minor', '<>', 0n))
      .$if(ask.status === 'unmatched', (query) => query.where(isLeftOpen(tenant, companyId)))
      .orderBy('entry_id')
      .limit(ask.limit + 1)
      .execute()
    return pageOf(rows.map(toEntry), ask, ({ id }) => [id])
  },

  /** Creates or replaces all of them in one statement, by key, so that two that overlap wait and do not deadlock; no two may have the same id. */
  async save(entries: readonly Entry[], now: Date): Promise<void> {
    if (entries.length === 0) return
    const rows = entries
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map((entry) => ({ ...toRow(entry), tenant_id: tenant, created_at: now, updated_at: now }))
    const updated = Object.fromEntries(
      [...columns.filter((column) => column !== 'company_id' && column !== 'entry_id'), 'updated_at' as const].map(
        (column) => [column, raw.ref(`excluded.${column}`)],
      ),
    )
    await sql
      .insertInto('entries')
      .values(rows)
      .onConflict((conflict) => conflict.columns(['tenant_id', 'company_id', 'entry_id']).doUpdateSet(updated))
      .execute()
  },

  async delete(companyId: CompanyId, id: EntryId): Promise<boolean> {
    const { numDeletedRows } = await sql
      .deleteFrom('entries')
      .where('tenant_id', '=', tenant)
      .where('company_id', '=', companyId)
      .where('entry_id', '=', id)
      .executeTakeFirst()
    return numDeletedRows === 1n
  },
})

/** As `openAfter` of matching has it: what confirmed matches spend comes off, unless the entry names them; the two halves of a transfer spend it once. */
const isLeftOpen = (tenant: string, companyId: CompanyId) => raw<boolean>`abs(open_minor) > (
  select case when entries.kind = 'transfer'
    then greatest(coalesce(sum(minor) filter (where minor > 0), 0), coalesce(-sum(minor) filter (where minor < 0), 0))
    else coalesce(abs(sum(minor)), 0) end
  from (
    select coalesce(l.entry_minor, l.amount_minor) as minor
    from match_links l join matches m on m.tenant_id = l.tenant_id and m.match_id = l.match_id
    where l.tenant_id = ${tenant} and l.entry_id = entries.entry_id and m.company_id = ${companyId} and m.status = 'confirmed'
      and m.match_id <> all(entries.applied_match_ids)
  ) spent)`

export type EntryStore = ReturnType<typeof entryStore>

type Row = Pick<Selectable<Tables['entries']>, (typeof columns)[number]>

const toRow = (entry: Entry): Row => ({
  company_id: entry.companyId,
  entry_id: entry.id,
  kind: entry.kind,
  amount_minor: entry.amountMinor,
  open_minor: entry.openMinor,
  currency: entry.currency,
  applied_match_ids: [...entry.appliedMatchIds],
  issue_date: entry.issueDate,
  due_date: entry.dueDate,
  document_number: entry.documentNumber,
  reference: entry.reference,
  counterparty_name: entry.counterparty.name,
  counterparty_iban: entry.counterparty.iban,
  counterparty_id: entry.counterparty.id,
  description: entry.description,
  end_to_end_id: entry.endToEndId,
  discount_percent: entry.cashDiscount?.percent ?? null,
  discount_until: entry.cashDiscount?.until ?? null,
  ledger_account_id: entry.ledgerAccountId,
  person_id: entry.personId,
  from_ledger_account_id: entry.fromLedgerAccountId,
  to_ledger_account_id: entry.toLedgerAccountId,
})

function toEntry(row: Row): Entry {
  const until = dayOf(row.discount_until)
  return {
    id: row.entry_id,
    companyId: row.company_id,
    kind: kindOf(row.kind),
    amountMinor: row.amount_minor,
    openMinor: row.open_minor,
    currency: row.currency,
    appliedMatchIds: row.applied_match_ids,
    issueDate: dayOf(row.issue_date),
    dueDate: dayOf(row.due_date),
    documentNumber: row.document_number,
    reference: row.reference,
    counterparty: { name: row.counterparty_name, iban: row.counterparty_iban, id: row.counterparty_id },
    description: row.description,
    endToEndId: row.end_to_end_id,
    cashDiscount: row.discount_percent === null || until === null ? null : { percent: row.discount_percent, until },
    ledgerAccountId: row.ledger_account_id,
    personId: row.person_id,
    fromLedgerAccountId: row.from_ledger_account_id,
    toLedgerAccountId: row.to_ledger_account_id,
  }
}

function kindOf(text: string): EntryKind {
  const kind = entryKinds.find((known) => known === text)
  if (kind === undefined) throw new Error(`entries.kind holds ${text}`)
  return kind
}

function dayOf(text: string | null): Day | null {
  if (text === null) return null
  const day = parseDay(text)
  if (day === undefined) throw new Error('a date of entries is not a day')
  return day
}
