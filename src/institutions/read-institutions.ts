import { AppError } from '../shared/errors.ts'
import type { Page, PageAsk } from '../shared/page.ts'
import type { Unit } from '../shared/unit.ts'
import type { TenantStore } from '../tenants/index.ts'
import type { InstitutionId, TenantId } from '../values/ids.ts'
import type { InstitutionStore } from './index.ts'
import type { Institution } from './model.ts'
import type { InstitutionFilter } from './store.ts'

type Deps = {
  readonly unit: Unit<{
    institutions: Pick<InstitutionStore, 'find' | 'list'>
    tenants: Pick<TenantStore, 'find'>
  }>
}

/** @throws {AppError} institution_not_found */
export async function getInstitution(
  { unit }: Deps,
  { tenant, id }: { tenant: TenantId; id: InstitutionId },
): Promise<Institution> {
  const institution = await unit(tenant, ({ institutions }) => institutions.find(id))
  if (institution === undefined) throw new AppError('institution_not_found', `There is no institution ${id}.`)
  return institution
}

export const listInstitutions = (
  { unit }: Deps,
  { tenant, filter, ask }: { tenant: TenantId; filter: InstitutionFilter; ask: PageAsk },
): Promise<Page<Institution>> =>
  unit(tenant, async ({ institutions, tenants }) =>
    institutions.list(filter, (await tenants.find()).preferredProviders, ask),
  )
