import type { ConsentStore } from '../consents/index.ts'
import { isLive } from '../consents/model/consent.ts'
import type { DueStore } from '../due/index.ts'
import type { EventStore } from '../events/index.ts'
import { companyDeleted } from '../events/model.ts'
import type { KeyStore } from '../matching/index.ts'
import type { Clock } from '../shared/clock.ts'
import { AppError } from '../shared/errors.ts'
import type { Unit } from '../shared/unit.ts'
import type { TransactionStore } from '../transactions/index.ts'
import type { CompanyId, TenantId } from '../values/ids.ts'
import type { CompanyStore } from './index.ts'

type Deps = {
  readonly unit: Unit<{
    companies: Pick<CompanyStore, 'hold' | 'delete'>
    consents: Pick<ConsentStore, 'ofCompany'>
    transactions: Pick<TransactionStore, 'eraseCompany'>
    keys: Pick<KeyStore, 'forgetKeys'>
    due: Pick<DueStore, 'drop'>
    events: Pick<EventStore, 'append'>
  }>
  readonly clock: Clock
}

/**
 * Erases a company with all that we hold of it; that it was done stays, as an event. A permission that still lives at a bank would then be nobody's,
 * so those are to be revoked first.
 * @throws {AppError} company_not_found, company_has_live_consents
 */
export function deleteCompany(
  deps: Deps,
  { tenant, companyId }: { tenant: TenantId; companyId: CompanyId },
): Promise<void> {
  return deps.unit(tenant, async ({ companies, consents, transactions, keys, due, events }) => {
    await companies.hold(companyId)
    const now = deps.clock.now()
    if ((await consents.ofCompany(companyId)).some((consent) => isLive(consent, now)))
      throw new AppError(
        'company_has_live_consents',
        'Revoke the company’s consents first: they still give access at the bank.',
      )
    await transactions.eraseCompany(companyId)
    await keys.forgetKeys(companyId)
    await companies.delete(companyId)
    await due.drop({ kind: 'match', subject: companyId })
    events.append(companyDeleted(companyId, now))
  })
}
