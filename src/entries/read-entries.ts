import type { CompanyStore } from '../companies/index.ts'
import { AppError } from '../shared/errors.ts'
import type { Page, PageAsk } from '../shared/page.ts'
import type { Unit } from '../shared/unit.ts'
import type { CompanyId, EntryId, TenantId } from '../values/ids.ts'
import type { EntryStore } from './index.ts'
import type { Entry, EntryListStatus } from './model.ts'

type Deps = {
  readonly unit: Unit<{ companies: Pick<CompanyStore, 'get'>; entries: Pick<EntryStore, 'find' | 'list'> }>
}
type Key = { readonly tenant: TenantId; readonly companyId: CompanyId; readonly id: EntryId }

/** @throws {AppError} entry_not_found */
export async function getEntry({ unit }: Deps, { tenant, companyId, id }: Key): Promise<Entry> {
  const entry = await unit(tenant, ({ entries }) => entries.find(companyId, id))
  if (entry === undefined) throw notFound(id)
  return entry
}

/** @throws {AppError} company_not_found */
export function listEntries(
  { unit }: Deps,
  {
    tenant,
    companyId,
    ask,
  }: { tenant: TenantId; companyId: CompanyId; ask: PageAsk & { readonly status: EntryListStatus | undefined } },
): Promise<Page<Entry>> {
  return unit(tenant, async ({ companies, entries }) => {
    await companies.get(companyId)
    return entries.list(companyId, ask)
  })
}

export const notFound = (id: EntryId) => new AppError('entry_not_found', `There is no entry ${id}.`)
