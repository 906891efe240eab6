import { sql as raw } from 'kysely'
import type { TenantDb } from '../shared/db.ts'
import { pageOf, type Page, type PageAsk } from '../shared/page.ts'
import type { Day } from '../values/day.ts'
import type { CompanyId, ConnectionId, TenantId } from '../values/ids.ts'
import { monthOf, type CompanyUsage, type GroupUsage, type Month, type Used } from './model.ts'

export const usageStore = ({ tenant, sql }: TenantDb) => ({
  /** So many were delivered on that local day of the company's, none perhaps: the connection was fetched for the books in that month. */
  async count(
    { id, companyId }: { readonly id: ConnectionId; readonly companyId: CompanyId },
    { day, transactions }: { readonly day: Day; readonly transactions: number },
  ): Promise<void> {
    await sql
      .insertInto('usage_counts')
      .values({
        tenant_id: tenant,
        month: monthOf(day),
        company_id: companyId,
        connection_id: id,
        transactions: BigInt(transactions),
      })
      .onConflict((conflict) => {
        const known = conflict.columns(['tenant_id', 'month', 'company_id', 'connection_id'])
        return transactions === 0
          ? known.doNothing()
          : known.doUpdateSet({ transactions: raw`usage_counts.transactions + excluded.transactions` })
      })
      .execute()
  },

  /** From that month on, and until it is said again. A later one was said before the company's time zone went back over the turn of the month. */
  async setGroup(companyId: CompanyId, month: Month, groupId: string | null): Promise<void> {
    await sql
      .deleteFrom('usage_groups')
      .where('tenant_id', '=', tenant)
      .where('company_id', '=', companyId)
      .where('month', '>', month)
      .execute()
    await sql
      .insertInto('usage_groups')
      .values({ tenant_id: tenant, company_id: companyId, month, group_id: groupId })
      .onConflict((conflict) =>
        conflict.columns(['tenant_id', 'company_id', 'month']).doUpdateSet({ group_id: groupId }),
      )
      .execute()
  },

  /** Undefined for a company that never was. One that was deleted is known. */
  async ofCompany(companyId: CompanyId, month: Month): Promise<CompanyUsage | undefined> {
    const { rows } = await raw<CompanyRow>`
      select known.company_id, ${groupOf(tenant, 'known', month)} as group_id, coalesce(used.transactions, 0)::bigint as transactions, coalesce(used.connections, 0) as connections
      from (select company_id from usage_groups where tenant_id = ${tenant} and company_id = ${companyId} limit 1) known
      cross join (
        select sum(transactions) as transactions, count(*) as connections
        from usage_counts where tenant_id = ${tenant} and month = ${month} and company_id = ${companyId}
      ) used`.execute(sql)
    return rows.map(toCompanyUsage)[0]
  },

  /** Companies that used anything, by key. Read in the order of the table's key, so a page costs what its companies' connections cost. */
  async companies(month: Month, ask: PageAsk): Promise<Page<CompanyUsage>> {
    const [after] = ask.after ?? []
    const { rows } = await raw<CompanyRow>`
      select used.*, ${groupOf(tenant, 'used', month)} as group_id
      from (
        select company_id, sum(transactions)::bigint as transactions, count(*) as connections
        from usage_counts where tenant_id = ${tenant} and month = ${month} ${after === undefined ? raw`` : raw`and company_id > ${after}`}
        group by company_id order by company_id limit ${ask.limit + 1}
      ) used
      order by company_id`.execute(sql)
    return pageOf(rows.map(toCompanyUsage), ask, ({ companyId }) => [companyId])
  },

  /** Groups of which a company used anything, by key; first, as a whole, the companies without one. Each page adds up the whole month. */
  async groups(month: Month, ask: PageAsk): Promise<Page<GroupUsage>> {
    const [after] = ask.after ?? []
    const { rows } = await raw<{ group_id: string; transactions: bigint; connections: bigint; companies: bigint }>`
      with used as (
        select company_id, sum(transactions) as transactions, count(*) as connections
        from usage_counts where tenant_id = ${tenant} and month = ${month} group by company_id
      ), grouped as (
        select distinct on (company_id) company_id, coalesce(group_id, '') as group_id
        from usage_groups where tenant_id = ${tenant} and month <= ${month} order by company_id, month desc
      )
      select coalesce(group_id, '') as group_id, sum(transactions)::bigint as transactions, sum(connections)::bigint as connections, count(*) as companies
      from used left join grouped using (company_id)
      where true ${after === undefined ? raw`` : raw`and coalesce(group_id, '') > ${after}`}
      group by 1 order by 1 limit ${ask.limit + 1}`.execute(sql)
    const groups = rows.map((row) => ({
      groupId: row.group_id === '' ? null : row.group_id,
      ...toUsed(row),
      activeCompanies: Number(row.companies),
    }))
    return pageOf(groups, ask, ({ groupId }) => [groupId ?? ''])
  },

  /** Of all companies together. */
  async total(month: Month): Promise<Used & { readonly activeCompanies: number }> {
    const { rows } = await raw<UsedRow & { companies: bigint }>`
      select coalesce(sum(transactions), 0)::bigint as transactions, coalesce(sum(connections), 0)::bigint as connections, count(*) as companies
      from (
        select sum(transactions) as transactions, count(*) as connections
        from usage_counts where tenant_id = ${tenant} and month = ${month} group by company_id
      ) used`.execute(sql)
    const [row] = rows
    if (row === undefined) throw new Error('a sum was to be read')
    return { ...toUsed(row), activeCompanies: Number(row.companies) }
  },
})

export type UsageStore = ReturnType<typeof usageStore>

type UsedRow = { readonly transactions: bigint; readonly connections: bigint }
type CompanyRow = UsedRow & { readonly company_id: string; readonly group_id: string | null }

/** The last that was said until the end of that month, for the company of that row. */
const groupOf = (tenant: TenantId, alias: 'known' | 'used', month: Month) => raw<string | null>`(
  select g.group_id from usage_groups g
  where g.tenant_id = ${tenant} and g.company_id = ${raw.ref(`${alias}.company_id`)} and g.month <= ${month}
  order by g.month desc limit 1)`

const toUsed = (row: UsedRow): Used => ({
  transactions: Number(row.transactions),
  activeConnections: Number(row.connections),
})

const toCompanyUsage = (row: CompanyRow): CompanyUsage => ({
  companyId: row.company_id,
  groupId: row.group_id,
  ...toUsed(row),
})
