import type { ConsentStore } from '../consents/index.ts'
import { bankDataOfCompany, consentStatusOfPerson, type Consent } from '../consents/model/consent.ts'
import type { Clock } from '../shared/clock.ts'
import { AppError } from '../shared/errors.ts'
import type { Page, PageAsk } from '../shared/page.ts'
import type { Unit } from '../shared/unit.ts'
import type { CompanyId, LedgerAccountId, PersonId, TenantId } from '../values/ids.ts'
import type { CompanyStore, LedgerAccountStore, PersonStore } from './index.ts'
import type { Company, LedgerAccount, Person } from './model.ts'

type Deps = {
  readonly unit: Unit<{
    companies: Pick<CompanyStore, 'get' | 'list'>
    ledgerAccounts: Pick<LedgerAccountStore, 'find' | 'list'>
    persons: Pick<PersonStore, 'find' | 'list'>
    consents: Pick<ConsentStore, 'ofCompanies'>
  }>
  readonly clock: Clock
}

export type DescribedCompany = Company & { readonly bankData: ReturnType<typeof bankDataOfCompany> }
export type DescribedPerson = Person & { readonly consentStatus: ReturnType<typeof consentStatusOfPerson> }

export const describeCompany = (company: Company, consents: readonly Consent[], now: Date): DescribedCompany => ({
  ...company,
  bankData: bankDataOfCompany(consents, now),
})

/** @param consents the company's */
export function describePerson(person: Person, consents: readonly Consent[], now: Date): DescribedPerson {
  const theirs = consents.filter(({ personId }) => personId === person.id)
  return { ...person, consentStatus: consentStatusOfPerson(theirs, now) }
}

/** @throws {AppError} company_not_found */
export function getCompany(
  deps: Deps,
  { tenant, companyId }: { tenant: TenantId; companyId: CompanyId },
): Promise<DescribedCompany> {
  return deps.unit(tenant, async ({ companies, consents }) => {
    const company = await companies.get(companyId)
    return describeCompany(company, await consents.ofCompanies([companyId]), deps.clock.now())
  })
}

export function listCompanies(
  deps: Deps,
  { tenant, ask }: { tenant: TenantId; ask: PageAsk },
): Promise<Page<DescribedCompany>> {
  return deps.unit(tenant, async ({ companies, consents }) => {
    const page = await companies.list(ask)
    const byCompany = Map.groupBy(
      await consents.ofCompanies(page.data.map(({ id }) => id)),
      ({ companyId }) => companyId,
    )
    const now = deps.clock.now()
    return {
      ...page,
      data: page.data.map((company) => describeCompany(company, byCompany.get(company.id) ?? [], now)),
    }
  })
}

/** @throws {AppError} ledger_account_not_found */
export async function getLedgerAccount(
  deps: Deps,
  { tenant, companyId, id }: { tenant: TenantId; companyId: CompanyId; id: LedgerAccountId },
): Promise<LedgerAccount> {
  const account = await deps.unit(tenant, ({ ledgerAccounts }) => ledgerAccounts.find(companyId, id))
  if (account === undefined) throw new AppError('ledger_account_not_found', `There is no ledger account ${id}.`)
  return account
}

/** @throws {AppError} company_not_found */
export function listLedgerAccounts(
  deps: Deps,
  { tenant, companyId, ask }: { tenant: TenantId; companyId: CompanyId; ask: PageAsk },
): Promise<Page<LedgerAccount>> {
  return deps.unit(tenant, async ({ companies, ledgerAccounts }) => {
    await companies.get(companyId)
    return ledgerAccounts.list(companyId, ask)
  })
}

/** @throws {AppError} person_not_found */
export function getPerson(
  deps: Deps,
  { tenant, companyId, id }: { tenant: TenantId; companyId: CompanyId; id: PersonId },
): Promise<DescribedPerson> {
  return deps.unit(tenant, async ({ persons, consents }) => {
    const person = await persons.find(companyId, id)
    if (person === undefined) throw new AppError('person_not_found', `There is no person ${id}.`)
    return describePerson(person, await consents.ofCompanies([companyId]), deps.clock.now())
  })
}

/** @throws {AppError} company_not_found */
export function listPersons(
  deps: Deps,
  { tenant, companyId, ask }: { tenant: TenantId; companyId: CompanyId; ask: PageAsk },
): Promise<Page<DescribedPerson>> {
  return deps.unit(tenant, async ({ companies, persons, consents }) => {
    await companies.get(companyId)
    const page = await persons.list(companyId, ask)
    const theirs = await consents.ofCompanies([companyId])
    return { ...page, data: page.data.map((person) => describePerson(person, theirs, deps.clock.now())) }
  })
}
