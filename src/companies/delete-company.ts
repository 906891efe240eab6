import type { AgreementStore } from '../agreements/index.ts'
import type { ConsentStore, SessionStore } from '../consents/index.ts'
import type { ConsentSession } from '../consents/model/consent-session.ts'
import { isLive } from '../consents/model/consent.ts'
import type { DueStore } from '../due/index.ts'
import type { EventStore } from '../events/index.ts'
import { companyDeleted } from '../events/model.ts'
import type { InstitutionStore } from '../institutions/index.ts'
import type { KeyStore } from '../matching/index.ts'
import type { Clock } from '../shared/clock.ts'
import { AppError } from '../shared/errors.ts'
import type { Unit } from '../shared/unit.ts'
import type { TransactionStore } from '../transactions/index.ts'
import type { CompanyId, TenantId } from '../values/ids.ts'
import type { CompanyStore } from './index.ts'

type AttemptStores = {
  institutions: Pick<InstitutionStore, 'find'>
  sessions: Pick<SessionStore, 'sealedRef'>
}

type Deps<Attempt, OpenAgreement> = {
  readonly unit: Unit<
    AttemptStores & {
      companies: Pick<CompanyStore, 'hold' | 'delete'>
      sessions: Pick<SessionStore, 'ofCompanies'>
      consents: Pick<ConsentStore, 'ofCompany'>
      agreements: Pick<AgreementStore, 'ofCompany' | 'sealed'>
      transactions: Pick<TransactionStore, 'eraseCompany'>
      keys: Pick<KeyStore, 'forgetKeys'>
      due: Pick<DueStore, 'drop'>
      events: Pick<EventStore, 'append'>
    }
  >
  readonly clock: Clock
  /** What somebody may be about at a bank at this moment, and how that is ended there. */
  readonly attempts: {
    unsettled(stores: AttemptStores, tenant: TenantId, session: ConsentSession): Promise<Attempt | undefined>
    end(attempt: Attempt): Promise<void>
  }
  /** What of its agreements stands at a provider, and how that is ended there. */
  readonly agreements: {
    open(
      stores: { agreements: Pick<AgreementStore, 'ofCompany' | 'sealed'> },
      tenant: TenantId,
      companyId: CompanyId,
    ): Promise<readonly OpenAgreement[]>
    end(agreement: OpenAgreement): Promise<unknown>
  }
}

/**
 * Erases a company with all that we hold of it; that it was done stays, as an event. A permission that still lives at a bank would then be nobody's,
 * so those are to be revoked first; what somebody is about at a bank just then is ended there, and so is its agreement.
 * @throws {AppError} company_not_found, company_has_live_consents
 */
export async function deleteCompany<Attempt, OpenAgreement>(
  { unit, clock, attempts, agreements }: Deps<Attempt, OpenAgreement>,
  { tenant, companyId }: { tenant: TenantId; companyId: CompanyId },
): Promise<void> {
  const left = await unit(tenant, async (stores) => {
    const { companies, sessions, consents, transactions, keys, due, events } = stores
    await companies.hold(companyId)
    const now = clock.now()
    if ((await consents.ofCompany(companyId)).some((consent) => isLive(consent, now)))
      throw new AppError(
        'company_has_live_consents',
        'Revoke the company’s consents first: they still give access at the bank.',
      )
    const unsettled: Attempt[] = []
    for (const session of await sessions.ofCompanies([companyId])) {
      const attempt = await attempts.unsettled(stores, tenant, session)
      if (attempt !== undefined) unsettled.push(attempt)
    }
    const open = await agreements.open(stores, tenant, companyId)
    for (const { id } of await stores.agreements.ofCompany(companyId))
      await due.drop({ kind: 'agreement', subject: id })
    await transactions.eraseCompany(companyId)
    await keys.forgetKeys(companyId)
    await companies.delete(companyId)
    await due.drop({ kind: 'match', subject: companyId })
    events.append(companyDeleted(companyId, now))
    return { unsettled, open }
  })
  for (const attempt of left.unsettled) await attempts.end(attempt)
  for (const agreement of left.open) await agreements.end(agreement)
}
