import type { Clock } from '../shared/clock.ts'
import { AppError } from '../shared/errors.ts'
import type { Page, PageAsk } from '../shared/page.ts'
import type { Unit } from '../shared/unit.ts'
import type { CompanyId, TenantId } from '../values/ids.ts'
import type { UsageStore } from './index.ts'
import { isOver, type CompanyUsage, type GroupUsage, type Month } from './model.ts'

type Deps = {
  readonly unit: Unit<{ usage: Pick<UsageStore, 'ofCompany' | 'companies' | 'groups' | 'total'> }>
  readonly clock: Clock
}

/** What was read, and whether it is the last word. */
type Told<T> = T & { readonly month: Month; readonly final: boolean }

/** One that was deleted is told of too: it has still to be billed. @throws {AppError} company_not_found for one that never was */
export async function getCompanyUsage(
  { unit, clock }: Deps,
  { tenant, companyId, month }: { tenant: TenantId; companyId: CompanyId; month: Month },
): Promise<Told<CompanyUsage>> {
  const used = await unit(tenant, ({ usage }) => usage.ofCompany(companyId, month))
  if (used === undefined) throw new AppError('company_not_found', `There is no company ${companyId}.`)
  return { ...used, month, final: isOver(month, clock.now()) }
}

type Listed = Page<CompanyUsage | GroupUsage> & { readonly total: Omit<GroupUsage, 'groupId'> }

/** All companies or groups that used anything in the month, page by page, and the sum of them all. */
export async function listUsage(
  { unit, clock }: Deps,
  { tenant, month, by, ask }: { tenant: TenantId; month: Month; by: 'company' | 'group'; ask: PageAsk },
): Promise<Told<Listed>> {
  const listed = await unit(tenant, async ({ usage }) => ({
    ...(by === 'group' ? await usage.groups(month, ask) : await usage.companies(month, ask)),
    total: await usage.total(month),
  }))
  return { ...listed, month, final: isOver(month, clock.now()) }
}
