import type { ConnectionStore } from '../connections/index.ts'
import type { ConsentStore } from '../consents/index.ts'
import type { Clock } from '../shared/clock.ts'
import { AppError } from '../shared/errors.ts'
import type { Unit } from '../shared/unit.ts'
import type { CompanyId, PersonId, TenantId } from '../values/ids.ts'
import type { CompanyStore, PersonStore } from './index.ts'
import type { Person } from './model.ts'
import { describePerson, type DescribedPerson } from './read-companies.ts'

type Deps = {
  readonly unit: Unit<{
    companies: Pick<CompanyStore, 'get'>
    persons: Pick<PersonStore, 'save' | 'delete'>
    consents: Pick<ConsentStore, 'removePerson' | 'ofCompanies'>
    connections: Pick<ConnectionStore, 'touchCompany'>
  }>
  readonly clock: Clock
}

/** Creates or replaces a person, and says how they stand then: whoever deletes them at once changes nothing of that answer. @throws {AppError} company_not_found */
export function putPerson(
  deps: Deps,
  { tenant, person }: { tenant: TenantId; person: Person },
): Promise<DescribedPerson> {
  return deps.unit(tenant, async ({ companies, persons, consents }) => {
    await companies.get(person.companyId)
    await persons.save(person, deps.clock.now())
    return describePerson(person, await consents.ofCompanies([person.companyId]), deps.clock.now())
  })
}

/**
 * Forgets a person. What they consented to is no longer used where they were the chosen source; it still lives at the bank until it is revoked.
 * @throws {AppError} person_not_found
 */
export function deletePerson(
  deps: Deps,
  { tenant, companyId, id }: { tenant: TenantId; companyId: CompanyId; id: PersonId },
): Promise<void> {
  return deps.unit(tenant, async ({ persons, consents, connections }) => {
    if (!(await persons.delete(companyId, id))) throw new AppError('person_not_found', `There is no person ${id}.`)
    await consents.removePerson(companyId, id, deps.clock.now())
    connections.touchCompany(companyId)
  })
}
