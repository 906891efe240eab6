import type { ConnectionStore } from '../connections/index.ts'
import type { DueStore, Lease } from '../due/index.ts'
import type { EventStore } from '../events/index.ts'
import { consentEnded } from '../events/model.ts'
import type { InstitutionStore } from '../institutions/index.ts'
import { ProviderError, type ConsentRef, type ConsentState, type Provider } from '../providers/provider.ts'
import type { Clock } from '../shared/clock.ts'
import type { Cipher } from '../shared/crypto.ts'
import { AppError } from '../shared/errors.ts'
import type { Unit } from '../shared/unit.ts'
import type { ConsentId, TenantId } from '../values/ids.ts'
import type { ConsentStore } from './index.ts'
import { consentStatus, isLive, lookAgainAt, reconfirmed, type Consent } from './model/consent.ts'
import { consentRow } from './model/rows.ts'

type Stores = {
  consents: Pick<ConsentStore, 'find' | 'get' | 'hold' | 'save' | 'sealedRef'>
  institutions: Pick<InstitutionStore, 'find'>
  connections: Pick<ConnectionStore, 'touchCompany'>
  due: Pick<DueStore, 'drop' | 'finish' | 'hasten'>
  events: Pick<EventStore, 'append'>
}

type Deps = {
  readonly unit: Unit<Stores>
  readonly providers: ReadonlyMap<string, Provider>
  readonly cipher: Cipher
  readonly clock: Clock
}

/**
 * Ends a consent at the bank, and here. Repeating it is harmless. Where only the bank can end it, it is no longer used here and `bankActionRequired` says that
 * the person has to end it there.
 * @throws {AppError} consent_not_found, bank_unavailable: then nothing has changed and it can be asked again
 */
export async function revokeConsent(
  deps: Deps,
  { tenant, id }: { tenant: TenantId; id: ConsentId },
): Promise<{ readonly consent: Consent; readonly bankActionRequired: boolean }> {
  const { consent, atBank } = await deps.unit(tenant, async (stores) => {
    const found = await stores.consents.get(id)
    return { consent: found, atBank: await knownAtBank(deps, stores, tenant, found) }
  })
  if (!isLive(consent, deps.clock.now()) && consent.bankAccess === 'ended')
    return { consent, bankActionRequired: false }
  const outcome =
    atBank === undefined ? 'bank_action_required' : await atBank.provider.revokeConsent(atBank.ref).catch(notNow)
  const revoked = await deps.unit(tenant, async (stores) => {
    const now = deps.clock.now()
    const held = await stores.consents.hold(id)
    const ended: Consent = {
      ...held,
      ended: held.ended ?? { at: now, by: 'api' },
      bankAccess: outcome === 'ended' ? 'ended' : held.bankAccess,
    }
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
  throw new AppError(
    'bank_unavailable',
    'The bank could not be asked to end the consent. Nothing was changed; try again later.',
    { cause: error },
  )
}

/**
 * Due work: a consent has run out, or its bank may have ended it before. What derives from it changes with it, and the tenant is told. A bank that does not
 * answer is asked again.
 */
export async function expireConsent(deps: Deps, lease: Lease): Promise<void> {
  const { tenant, subject } = lease
  const consent = await deps.unit(tenant, ({ consents }) => consents.find(subject))
  const state = consent === undefined ? undefined : await stateNow(deps, tenant, consent)
  await deps.unit(tenant, async ({ consents, connections, due, events }) => {
    const now = deps.clock.now()
    if (consent === undefined || state === undefined) return due.finish(lease, { next: null, failed: false })
    if (state === 'unknown') return due.finish(lease, { next: new Date(now.getTime() + askAgainMs), failed: false })
    const held = await consents.hold(subject)
    if (state.state === 'usable') {
      const told = reconfirmed(held, state.reconfirmBy)
      if (told !== held) {
        await consents.save(told)
        connections.touchCompany(held.companyId)
        await due.hasten('reminder', now, [subject])
      }
      return due.finish(lease, { next: lookAgainAt(told, now), failed: false })
    }
    await due.finish(lease, { next: null, failed: false })
    const early = { at: now, by: state.state === 'expired' ? ('expiry' as const) : ('bank' as const) }
    const ended = { ...held, ended: held.ended ?? (held.expiresAt <= now ? null : early), bankAccess: 'ended' as const }
    await consents.save(ended)
    connections.touchCompany(held.companyId)
    if (held.ended === null && consentStatus(ended, now) === state.state)
      events.append(consentEnded(held, state.state, now))
  })
}

const askAgainMs = 3_600_000

/** What has lasted its time needs no asking. */
async function stateNow(deps: Deps, tenant: TenantId, consent: Consent): Promise<ConsentState | 'unknown'> {
  if (consent.expiresAt <= deps.clock.now()) return { state: 'expired' }
  const atBank = await deps.unit(tenant, (stores) => knownAtBank(deps, stores, tenant, consent))
  if (atBank === undefined) return { state: 'usable', expiresAt: consent.expiresAt }
  try {
    return await atBank.provider.consentState(atBank.ref)
  } catch (error) {
    if (error instanceof ProviderError) return 'unknown'
    throw error
  }
}

/** Undefined where the provider is not configured any more. */
async function knownAtBank(
  { providers, cipher }: Deps,
  { consents, institutions }: Stores,
  tenant: TenantId,
  { id, institutionId }: Consent,
): Promise<{ readonly provider: Provider; readonly ref: ConsentRef } | undefined> {
  const institution = await institutions.find(institutionId)
  const provider = institution === undefined ? undefined : providers.get(institution.providerId)
  if (institution === undefined || provider === undefined) return undefined
  const ref = cipher.open(await consents.sealedRef(id), consentRow(tenant, id)).toString('utf8')
  return { provider, ref: { nativeId: institution.nativeId, ref } }
}
