import type { ConnectionStore } from '../connections/index.ts'
import type { Connection } from '../connections/model/connection.ts'
import { ledgerAccountIdOf } from '../connections/model/connection.ts'
import type { Clock } from '../shared/clock.ts'
import { AppError } from '../shared/errors.ts'
import type { Ids } from '../shared/ids.ts'
import type { UnitFor } from '../shared/unit.ts'
import type { CompanyId, ConsentId, TenantId } from '../values/ids.ts'
import type { ConsentStore } from './index.ts'
import { consentStatus, isUsable, lastToExpire, renewFrom, type Consent } from './model/consent.ts'
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
 * One session per institution and person whose consents need renewing: due for it, expired or revoked, and not already followed by one that is fine.
 * @throws {AppError} company_not_found, consent_not_found, redirect_url_missing, redirect_url_not_registered
 */
export function renewConsents(deps: Deps, { tenant, ask }: { tenant: TenantId; ask: RenewAsk }): Promise<readonly StartedSession[]> {
  return deps.unit(tenant, async (stores) => {
    await stores.companies.get(ask.companyId)
    const now = deps.clock.now()
    const all = await stores.consents.ofCompany(ask.companyId)
    const unknown = ask.consentIds?.find((id) => !all.some((consent) => consent.id === id))
    if (unknown !== undefined) throw new AppError('consent_not_found', `There is no consent ${unknown} of this company.`)
    const covers = await stores.consents.coversOfCompanies([ask.companyId])
    const connections = await stores.connections.ofCompany(ask.companyId)
    const started: StartedSession[] = []
    for (const consent of toRenew(all, ask, now)) {
      const served = covers.filter(({ consentId }) => consentId === consent.id).map(({ connectionId }) => connectionId)
      const session = {
        companyId: ask.companyId,
        personId: consent.personRemovedAt === null ? consent.personId : null,
        institutionId: consent.institutionId,
        redirectUrl: ask.redirectUrl,
        language: null,
        ledgerAccountIds: ledgerAccountsOf(connections.filter(({ id }) => served.includes(id))),
        activate: null,
        expiresInHours: 72,
      }
      started.push(await startSession({ ...deps, unit: (_, work) => work(stores) }, { tenant, ask: session }))
    }
    return started
  })
}

/** Of each institution and person the consent that lasts longest, where it needs renewing. */
function toRenew(consents: readonly Consent[], ask: RenewAsk, now: Date): readonly Consent[] {
  const groups = Map.groupBy(consents, ({ institutionId, personId }) => JSON.stringify([institutionId, personId]))
  return [...groups.values()].flatMap((group) => {
    const last = lastToExpire(group.filter((consent) => isUsable(consent, now))) ?? lastToExpire(group)
    if (last === undefined) return []
    if (ask.consentIds !== null) return group.some(({ id }) => ask.consentIds?.includes(id) === true) ? [last] : []
    const lapsedMs = now.getTime() - (last.ended?.at ?? last.expiresAt).getTime()
    const isDue = isUsable(last, now) ? renewFrom(last) <= now : lapsedMs <= ask.activeWithinDays * 86_400_000
    return isDue && consentStatus(last, now) !== 'superseded' ? [last] : []
  })
}

const ledgerAccountsOf = (connections: readonly Connection[]): readonly string[] => connections.flatMap((connection) => ledgerAccountIdOf(connection) ?? [])
