import type { Clock } from '../shared/clock.ts'
import { AppError } from '../shared/errors.ts'
import type { Unit } from '../shared/unit.ts'
import { isTimeZone, timeZoneOf } from '../values/day.ts'
import type { TenantId } from '../values/ids.ts'
import type { CompanyStore } from './index.ts'
import type { Company } from './model.ts'

type Deps = { readonly unit: Unit<{ companies: Pick<CompanyStore, 'save'> }>; readonly clock: Clock }

/** Creates or replaces a company. Its time zone is its country's unless it says another. @throws {AppError} invalid_request */
export async function putCompany(
  deps: Deps,
  {
    tenant,
    company,
  }: { tenant: TenantId; company: Omit<Company, 'timeZone'> & { readonly timeZone: string | undefined } },
): Promise<Company> {
  const timeZone = company.timeZone ?? timeZoneOf(company.country)
  if (!isTimeZone(timeZone))
    throw new AppError('invalid_request', 'The time zone is not known.', {
      errors: [{ path: '/body/timeZone', message: 'must be an IANA time zone such as Europe/Oslo' }],
    })
  const saved = { ...company, timeZone }
  await deps.unit(tenant, ({ companies }) => companies.save(saved, deps.clock.now()))
  return saved
}
