// A row for any table, made from the catalogue: what walks all tables covers one that comes later by itself.

import { createHash } from 'node:crypto'
import { runSql } from './database.ts'

export type Column = {
  readonly table: string
  readonly column: string
  /** As PostgreSQL formats it: `text`, `uuid[]`, `timestamp with time zone`. */
  readonly type: string
  readonly isNullable: boolean
  readonly hasDefault: boolean
  /** The first of the values that a check allows, where it lists them. */
  readonly allowed: string | null
}

/** The columns of all tables, each table after those that its foreign keys name. */
export async function readColumns(ownerUrl: string): Promise<readonly Column[]> {
  const rows = await runSql(
    ownerUrl,
    `with recursive depth (oid, level) as (
       select oid, 0 from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
       union
       select f.conrelid, depth.level + 1 from depth join pg_constraint f on f.confrelid = depth.oid and f.contype = 'f' and f.conrelid <> f.confrelid
     ), ordered as (select oid, max(level) as level from depth group by oid)
     select c.relname as "table", a.attname as "column", format_type(a.atttypid, a.atttypmod) as type,
       not a.attnotnull as "isNullable", a.atthasdef or a.attidentity <> '' as "hasDefault",
       (select substring(pg_get_constraintdef(k.oid) from 'ARRAY\\[''([^'']+)''')
        from pg_constraint k where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]
          and pg_get_constraintdef(k.oid) like '%= ANY%' limit 1) as allowed
     from ordered join pg_class c on c.oid = ordered.oid
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relname not like 'kysely_migration%'
     order by ordered.level, c.relname, a.attnum`,
  )
  return rows.map((row) => ({
    table: String(row['table']),
    column: String(row['column']),
    type: String(row['type']),
    isNullable: row['isNullable'] === true,
    hasDefault: row['hasDefault'] === true,
    allowed: typeof row['allowed'] === 'string' ? row['allowed'] : null,
  }))
}

/** What a column means that its type does not say. */
const meant: Readonly<Record<string, string>> = {
  'tenants.name': 'Example',
  'companies.country': 'NO',
  'companies.time_zone': 'Europe/Oslo',
  'entries.kind': 'sales_invoice',
  'due_work.kind': 'sync',
  'connection_statuses.status': 'not_connected',
  'balances.type': 'closing_booked',
  'closes.type': 'closing_booked',
  'matches.reasons': '[]',
  'matching_rules.rules': '[]',
  'usage_counts.month': '2026-11',
  'usage_groups.month': '2026-11',
  // Before the first that a feed gives out.
  'events.position': '0',
  'transaction_changes.last_position': '0',
  'transaction_changes.transaction_ids': '{01931f5e-8c00-7000-8000-000000000001}',
  'transaction_changes.versions': '{1}',
}

/** The value of a tenant's row in a column: the same wherever that column stands, so that keys meet; another for each tenant. */
export function valueOf(tenant: string, { table, column, type, allowed }: Column): string {
  const known = meant[`${table}.${column}`] ?? allowed
  if (known !== null) return known
  if (column === 'tenant_id') return tenant
  if (column.endsWith('currency')) return 'NOK'
  const digest = createHash('sha256').update(`${tenant}.${column}`).digest('hex')
  if (type.endsWith('[]') || type.endsWith('multirange')) return '{}'
  switch (type) {
    case 'text':
      return `${tenant}-${column.replaceAll('_', '-')}`
    case 'uuid':
      return `01931f5e-8c00-7000-8000-${digest.slice(0, 12)}`
    case 'bytea':
      return `\\x${digest}`
    case 'boolean':
      return 'false'
    case 'jsonb':
      return '{}'
    case 'date':
      return '2026-11-01'
    case 'timestamp with time zone':
      return '2026-11-01T12:00:00Z'
    default:
      return '1'
  }
}

/** An insert of one row of the tenant's. What may be left out is. */
export function insertOf(tenant: string, columns: readonly Column[]): string {
  const needed = columns.filter(({ isNullable, hasDefault }) => !isNullable && !hasDefault)
  const names = needed.map(({ column }) => `"${column}"`).join(', ')
  const values = needed.map((column) => `'${valueOf(tenant, column)}'`).join(', ')
  return `insert into ${columns[0]?.table ?? ''} (${names}) values (${values})`
}

/** One row of each tenant's in every table, and one of everybody's where a table is nobody's. */
export async function fillTables(ownerUrl: string, tenants: readonly string[]): Promise<readonly Column[]> {
  const columns = await readColumns(ownerUrl)
  const tables = [...Map.groupBy(columns, ({ table }) => table).values()]
  await runSql(ownerUrl, ...tenants.flatMap((tenant) => tables.map((ofTable) => insertOf(tenant, ofTable))))
  return columns
}
