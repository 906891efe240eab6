import type { CompanyStore, PersonStore } from '../companies/index.ts'
import type { ConnectionStore } from '../connections/index.ts'
import type { Clock } from '../shared/clock.ts'
import { AppError } from '../shared/errors.ts'
import { pageOf, type Page, type PageAsk } from '../shared/page.ts'
import type { Unit } from '../shared/unit.ts'
import type { CompanyId, ConnectionId, ConsentId, PersonId, TenantId } from '../values/ids.ts'
import type { ConsentStore } from './index.ts'
import { consentStatus, type Consent, type ConsentStatus } from './model/consent.ts'

type Stores = {
  companies: Pick<CompanyStore, 'get'>
  persons: Pick<PersonStore, 'find'>
  consents: Pick<ConsentStore, 'get' | 'hold' | 'ofCompany' | 'save' | 'coversOfCompanies'>
  connections: Pick<ConnectionStore, 'touchCompany'>
}
type Deps = { readonly unit: Unit<Stores>; readonly clock: Clock }

/** A consent as it stands now, with the connections that it serves. */
export type DescribedConsent = Consent & {
  readonly status: ConsentStatus
  readonly connectionIds: readonly ConnectionId[]
}

export type ConsentFilter = { readonly personId: PersonId | undefined; readonly status: ConsentStatus | undefined }

/** @throws {AppError} consent_not_found */
export function getConsent(deps: Deps, { tenant, id }: { tenant: TenantId; id: ConsentId }): Promise<DescribedConsent> {
  return deps.unit(tenant, async (stores) => describe(deps, stores, await stores.consents.get(id)))
}

/** The newest first. A company has few, and what they stand at is worked out: they are chosen here. @throws {AppError} company_not_found */
export function listConsents(
  deps: Deps,
  { tenant, companyId, filter, ask }: { tenant: TenantId; companyId: CompanyId; filter: ConsentFilter; ask: PageAsk },
): Promise<Page<DescribedConsent>> {
  return deps.unit(tenant, async ({ companies, consents }) => {
    await companies.get(companyId)
    const covers = await consents.coversOfCompanies([companyId])
    const now = deps.clock.now()
    const [after] = ask.after ?? []
    const all = (await consents.ofCompany(companyId)).map((consent) => withStatus(consent, covers, now)).toReversed()
    const chosen = all.filter(
      ({ id, personId, status }) =>
        (after === undefined || id < after) &&
        (filter.personId === undefined || personId === filter.personId) &&
        (filter.status === undefined || status === filter.status),
    )
    return pageOf(chosen, ask, ({ id }) => [id])
  })
}

/** Says whose consent it is, where the link was open to anybody. @throws {AppError} consent_not_found, person_not_found */
export function attributeConsent(
  deps: Deps,
  { tenant, id, personId }: { tenant: TenantId; id: ConsentId; personId: PersonId },
): Promise<DescribedConsent> {
  return deps.unit(tenant, async (stores) => {
    const consent = await stores.consents.hold(id)
    if ((await stores.persons.find(consent.companyId, personId)) === undefined)
      throw new AppError('person_not_found', `There is no person ${personId}.`)
    const attributed = { ...consent, personId, personRemovedAt: null }
    await stores.consents.save(attributed)
    stores.connections.touchCompany(consent.companyId)
    return describe(deps, stores, attributed)
  })
}

async function describe(
  deps: Deps,
  { consents }: Pick<Stores, 'consents'>,
  consent: Consent,
): Promise<DescribedConsent> {
  return withStatus(consent, await consents.coversOfCompanies([consent.companyId]), deps.clock.now())
}

function withStatus(
  consent: Consent,
  covers: Awaited<ReturnType<ConsentStore['coversOfCompanies']>>,
  now: Date,
): DescribedConsent {
  return {
    ...consent,
    status: consentStatus(consent, now),
    connectionIds: covers
      .filter(({ consentId, supersededAt }) => consentId === consent.id && supersededAt === null)
      .map(({ connectionId }) => connectionId),
  }
}
