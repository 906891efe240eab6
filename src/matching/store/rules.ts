import { sql as raw } from 'kysely'
import type { TenantDb } from '../../shared/db.ts'
import { asWritten } from '../../values/as-written.ts'
import type { CompanyId } from '../../values/ids.ts'
import type { Rule } from '../model/rules.ts'

export const ruleStore = ({ tenant, sql }: TenantDb) => ({
  /** In their order; none where nobody has put any. */
  async get(companyId: CompanyId): Promise<readonly Rule[]> {
    return (await this.some([companyId])).get(companyId) ?? []
  },

  /** Of those companies that have any. */
  async some(companyIds: readonly CompanyId[]): Promise<ReadonlyMap<CompanyId, readonly Rule[]>> {
    if (companyIds.length === 0) return new Map()
    const rows = await sql
      .selectFrom('matching_rules')
      .select(['company_id', 'rules'])
      .where('tenant_id', '=', tenant)
      .where('company_id', '=', raw<string>`any(${companyIds}::text[])`)
      .execute()
    // As `replace` wrote them.
    return new Map(rows.map((row) => [row.company_id, asWritten<readonly Rule[]>(row.rules)]))
  },

  async replace(companyId: CompanyId, rules: readonly Rule[], now: Date): Promise<void> {
    const written = { rules: JSON.stringify(rules), updated_at: now }
    await sql
      .insertInto('matching_rules')
      .values({ tenant_id: tenant, company_id: companyId, ...written })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'company_id']).doUpdateSet(written))
      .execute()
  },
})

export type RuleStore = ReturnType<typeof ruleStore>
