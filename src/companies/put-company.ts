import type { ConsentStore } from '../consents/index.ts'
import type { DueStore } from '../due/index.ts'
import type { Clock } from '../shared/clock.ts'
import { AppError } from '../shared/errors.ts'
import type { Unit } from '../shared/unit.ts'
import type { UsageStore } from '../usage/index.ts'
import { monthOf } from '../usage/model.ts'
import { isTimeZone, localDay, timeZoneOf } from '../values/day.ts'
import type { TenantId } from '../values/ids.ts'
import type { CompanyStore } from './index.ts'
import type { Company } from './model.ts'
import { describeCompany, type DescribedCompany } from './read-companies.ts'

type Deps = {
  readonly unit: Unit<{
    companies: Pick<CompanyStore, 'find' | 'save'>
    consents: Pick<ConsentStore, 'ofCompanies'>
    due: Pick<DueStore, 'hasten'>
    usage: Pick<UsageStore, 'setGroup'>
  }>
  readonly clock: Clock
}

/** Creates or replaces a company, and says how it stands then. Its time zone is its country's unless it says another. @throws {AppError} invalid_request */
export async function putCompany(
  deps: Deps,
  {
    tenant,
    company,
  }: { tenant: TenantId; company: Omit<Company, 'timeZone'> & { readonly timeZone: string | undefined } },
): Promise<DescribedCompany> {
  const timeZone = company.timeZone ?? timeZoneOf(company.country)
  if (!isTimeZone(timeZone))
    throw new AppError('invalid_request', 'The time zone is not known.', {
      errors: [{ path: '/body/timeZone', message: 'must be an IANA time zone such as Europe/Oslo' }],
    })
  const saved = { ...company, timeZone }
  return deps.unit(tenant, async ({ companies, consents, due, usage }) => {
    const now = deps.clock.now()
    const before = await companies.find(company.id)
    await companies.save(saved, now)
    if (before === undefined || before.groupId !== saved.groupId)
      await usage.setGroup(saved.id, monthOf(localDay(now, timeZone)), saved.groupId)
    const theirs = await consents.ofCompanies([company.id])
    // Its days begin at another instant: so do the reminders of its consents.
    if (before !== undefined && before.timeZone !== timeZone) {
      const ids = theirs.map(({ id }) => id)
      await due.hasten('reminder', now, ids)
    }
    return describeCompany(saved, theirs, now)
  })
}
