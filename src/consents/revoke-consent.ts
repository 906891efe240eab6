import type { ConnectionStore } from '../connections/index.ts'
import type { DueStore, Lease } from '../due/index.ts'
import type { EventStore } from '../events/index.ts'
import { consentEnded } from '../events/model.ts'
import type { InstitutionStore } from '../institutions/index.ts'
import { ProviderError, type Provider } from '../providers/provider.ts'
import type { Clock } from '../shared/clock.ts'
import type { Cipher } from '../shared/crypto.ts'
import { AppError } from '../shared/errors.ts'
import type { Unit } from '../shared/unit.ts'
import type { ConsentId, TenantId } from '../values/ids.ts'
import type { ConsentStore } from './index.ts'
import { consentStatus, isLive, type Consent } from './model/consent.ts'

type Stores = {
  consents: Pick<ConsentStore, 'get' | 'save' | 'sealedRef'>
  institutions: Pick<InstitutionStore, 'find'>
  connections: Pick<ConnectionStore, 'touchCompany'>
  due: Pick<DueStore, 'drop' | 'finish'>
  events: Pick<EventStore, 'append'>
}

type Deps = { readonly unit: Unit<Stores>; readonly providers: ReadonlyMap<string, Provider>; readonly cipher: Cipher; readonly clock: Clock }

/**
 * Ends a consent at the bank, and here. Repeating it is harmless. Where only the bank can end it, it is no longer used here and `bankActionRequired` says that
 * the person has to end it there.
 * @throws {AppError} consent_not_found, bank_unavailable: then nothing has changed and it can be asked again
 */
export async function revokeConsent(
  deps: Deps,
  { tenant, id }: { tenant: TenantId; id: ConsentId },
): Promise<{ readonly consent: Consent; readonly bankActionRequired: boolean }> {
  const { consent, institution, sealedRef } = await deps.unit(tenant, async ({ consents, institutions }) => {
    const found = await consents.get(id)
    return { consent: found, institution: await institutions.find(found.institutionId), sealedRef: await consents.sealedRef(id) }
  })
  const provider = institution === undefined ? undefined : deps.providers.get(institution.providerId)
  const isLeft = isLive(consent, deps.clock.now()) || consent.bankAccess !== 'ended'
  if (!isLeft || institution === undefined) return { consent, bankActionRequired: false }
  const outcome =
    provider === undefined
      ? 'bank_action_required'
      : await provider
          .revokeConsent({ nativeId: institution.nativeId, ref: deps.cipher.open(sealedRef, ['consents', tenant, id]).toString('utf8') })
          .catch(notNow)
  const revoked = await deps.unit(tenant, async (stores) => {
    const now = deps.clock.now()
    const held = await stores.consents.get(id)
    const ended: Consent = { ...held, ended: held.ended ?? { at: now, by: 'api' }, bankAccess: outcome === 'ended' ? 'ended' : held.bankAccess }
    await stores.consents.save(ended)
    await stores.due.drop({ kind: 'consent', subject: id })
    stores.connections.touchCompany(held.companyId)
    if (held.ended === null) stores.events.append(consentEnded(held, 'revoked', now))
    return ended
  })
  return { consent: revoked, bankActionRequired: outcome === 'bank_action_required' }
}

function notNow(error: unknown): never {
  if (!(error instanceof ProviderError)) throw error
  throw new AppError('bank_unavailable', 'The bank could not be asked to end the consent. Nothing was changed; try again later.', { cause: error })
}

/** Due work: a consent has run out. What derives from it changes by itself; the tenant is told. */
export function expireConsent(deps: Pick<Deps, 'unit' | 'clock'>, lease: Lease): Promise<void> {
  return deps.unit(lease.tenant, async ({ consents, connections, due, events }) => {
    const now = deps.clock.now()
    const consent = await consents.get(lease.subject).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'consent_not_found') return undefined
      throw error
    })
    if (consent !== undefined && now < consent.expiresAt) {
      await due.finish(lease, { next: consent.expiresAt, failed: false })
      return
    }
    await due.finish(lease, { next: null, failed: false })
    if (consent === undefined || consentStatus(consent, now) !== 'expired') return
    await consents.save({ ...consent, bankAccess: 'ended' })
    connections.touchCompany(consent.companyId)
    events.append(consentEnded(consent, 'expired', now))
  })
}
