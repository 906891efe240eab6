import { sql as raw } from 'kysely'
import type { TenantDb } from '../shared/db.ts'
import type { CompanyId, TenantId } from '../values/ids.ts'
import type { PlainPart } from './model.ts'

export type PlainPage = {
  /** Each a JSON object in text: what the database wrote is sent as it is, so no number loses a digit. */
  readonly rows: readonly string[]
  readonly next: readonly string[] | null
}

/** Reads other slices' tables, column by column, as their things were written: to tell them and for nothing else. */
export const exportStore = ({ tenant, sql }: TenantDb) => ({
  /** A page of a part, from where the last one ended. */
  async page(
    part: PlainPart,
    companyId: CompanyId,
    { after, limit }: { readonly after: readonly string[] | null; readonly limit: number },
  ): Promise<PlainPage> {
    const owner = part.of === 'company' ? [] : [`${part.of}_id`]
    const order = [...owner, ...part.order]
    const keys = raw.join(order.map((column) => raw`x.${raw.ref(column)}`))
    const { rows } = await raw<{ row: string; key: readonly string[] }>`
      select json_build_object(${raw.join(part.columns.flatMap((column) => [raw.lit(camelCase(column)), raw`x.${raw.ref(column)}`]))})::text as row,
        array[${raw.join(order.map((column) => raw`x.${raw.ref(column)}::text`))}] as key
      from ${raw.table(part.table)} x
      where x.tenant_id = ${tenant} and ${ownedBy(part, tenant, companyId)}
        ${after === null ? raw`` : raw`and (${keys}) > (${raw.join(after)})`}
      order by ${keys} limit ${limit + 1}`.execute(sql)
    return {
      rows: rows.slice(0, limit).map(({ row }) => row),
      next: rows.length > limit ? (rows[limit - 1]?.key ?? null) : null,
    }
  },
})

const ownedBy = ({ of }: PlainPart, tenant: TenantId, companyId: CompanyId) => {
  if (of === 'company') return raw`x.company_id = ${companyId}`
  const [column, owners] = [raw.ref(`${of}_id`), raw.table(`${of}s`)]
  return raw`x.${column} in (select ${column} from ${owners} where tenant_id = ${tenant} and company_id = ${companyId})`
}

const camelCase = (column: string): string => column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())

export type ExportStore = ReturnType<typeof exportStore>
