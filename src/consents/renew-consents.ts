import type { ConnectionStore } from '../connections/index.ts'
import type { Connection } from '../connections/model/connection.ts'
import { ledgerAccountIdOf } from '../connections/model/connection.ts'
import type { Clock } from '../shared/clock.ts'
import { AppError } from '../shared/errors.ts'
import type { Ids } from '../shared/ids.ts'
import type { UnitFor } from '../shared/unit.ts'
import type { CompanyId, ConsentId, InstitutionId, LedgerAccountId, PersonId, TenantId } from '../values/ids.ts'
import type { ConsentStore, Cover } from './index.ts'
import { endOf, isUsable, renewFrom, type Consent } from './model/consent.ts'
import { startSession, type StartedSession, type StartSessionStores } from './start-session.ts'

export type RenewStores = StartSessionStores & {
  consents: Pick<ConsentStore, 'ofCompany' | 'coversOfCompanies'>
  connections: Pick<ConnectionStore, 'touchCompany' | 'ofCompany'>
}

export type RenewAsk = {
  readonly companyId: CompanyId
  readonly redirectUrl: string | null
  /** Only these; else every one that needs it. */
  readonly consentIds: readonly ConsentId[] | null
  /** Expired ones too, if they were usable this many days ago. */
  readonly activeWithinDays: number
}

type Deps = {
  readonly unit: UnitFor<RenewStores, readonly StartedSession[]>
  readonly clock: Clock
  readonly ids: Ids
  readonly publicUrl: string
}

/**
 * One session per institution and person of whom an account needs it: covered by a consent that is due for renewal, expired or revoked, and by none that
 * is fine. The session names all that the person gives access to there, since many banks end the former consent when they give another.
 * @throws {AppError} company_not_found, consent_not_found, redirect_url_missing, redirect_url_not_registered
 */
export function renewConsents(
  deps: Deps,
  { tenant, ask }: { tenant: TenantId; ask: RenewAsk },
): Promise<readonly StartedSession[]> {
  return deps.unit(tenant, async (stores) => {
    await stores.companies.get(ask.companyId)
    const all = await stores.consents.ofCompany(ask.companyId)
    const unknown = ask.consentIds?.find((id) => !all.some((consent) => consent.id === id))
    if (unknown !== undefined)
      throw new AppError('consent_not_found', `There is no consent ${unknown} of this company.`)
    const connections = await stores.connections.ofCompany(ask.companyId)
    const covers = await stores.consents.coversOfCompanies([ask.companyId])
    const started: StartedSession[] = []
    for (const renewal of renewalsOf({ consents: all, covers, connections }, ask, deps.clock.now())) {
      const session = {
        ...renewal,
        companyId: ask.companyId,
        redirectUrl: ask.redirectUrl,
        language: null,
        activate: null,
        expiresInHours: 72,
        // One bank that waits for its agreement keeps nobody from renewing at the others.
        mayWaitForAgreement: true,
      }
      started.push(await startSession({ ...deps, unit: (_, work) => work(stores) }, { tenant, ask: session }))
    }
    return started
  })
}

type Renewal = {
  readonly institutionId: InstitutionId
  readonly personId: PersonId | null
  readonly ledgerAccountIds: readonly LedgerAccountId[]
}

type Held = {
  readonly consents: readonly Consent[]
  readonly covers: readonly Cover[]
  readonly connections: readonly Connection[]
}

function renewalsOf(held: Held, ask: RenewAsk, now: Date): readonly Renewal[] {
  const groups = Map.groupBy(held.consents, (consent) => JSON.stringify([consent.institutionId, personOf(consent)]))
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    const served = servedBy(group, held)
    const isAsked =
      ask.consentIds === null
        ? served.some(({ last }) => needsRenewal(last, ask, now))
        : group.some(({ id }) => ask.consentIds?.includes(id) === true)
    if (first === undefined || !isAsked) return []
    const named = served.filter(
      ({ last }) => isUsable(last, now) || needsRenewal(last, ask, now) || ask.consentIds?.includes(last.id) === true,
    )
    const ledgerAccountIds = named.flatMap(({ connection }) => ledgerAccountIdOf(connection) ?? [])
    return [{ institutionId: first.institutionId, personId: personOf(first), ledgerAccountIds }]
  })
}

/** What a removed person gave, whoever holds the link may give. */
const personOf = ({ personId, personRemovedAt }: Consent): PersonId | null =>
  personRemovedAt === null ? personId : null

/** The connections that these consents serve, or served last, each with the one that does so the longest. */
function servedBy(
  consents: readonly Consent[],
  { covers, connections }: Held,
): readonly { readonly connection: Connection; readonly last: Consent }[] {
  return connections
    .filter(({ assignment }) => assignment !== 'none')
    .flatMap((connection) => {
      const serving = covers.filter(
        ({ connectionId, supersededAt }) => connectionId === connection.id && supersededAt === null,
      )
      const own = consents.filter(({ id }) => serving.some(({ consentId }) => consentId === id))
      const last = own.toSorted((a, b) => endOf(b).at.getTime() - endOf(a).at.getTime())[0]
      return last === undefined ? [] : [{ connection, last }]
    })
}

function needsRenewal(consent: Consent, { activeWithinDays }: RenewAsk, now: Date): boolean {
  return isUsable(consent, now)
    ? renewFrom(consent) <= now
    : now.getTime() - endOf(consent).at.getTime() <= activeWithinDays * 86_400_000
}
