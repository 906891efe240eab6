import type { ConnectionStore } from '../connections/index.ts'
import type { EventStore } from '../events/index.ts'
import { sessionEnded } from '../events/model.ts'
import type { InstitutionStore } from '../institutions/index.ts'
import { ProviderError, type Provider, type Psu, type SessionFailure } from '../providers/provider.ts'
import type { Clock } from '../shared/clock.ts'
import type { Cipher } from '../shared/crypto.ts'
import { AppError } from '../shared/errors.ts'
import type { Ids } from '../shared/ids.ts'
import type { Unit, UnitFor } from '../shared/unit.ts'
import type { InstitutionId, TenantId } from '../values/ids.ts'
import type { SessionStore } from './index.ts'
import { callbackOf, hashOfSecret, sessionRow } from './links.ts'
import type { ConsentSession } from './model/consent-session.ts'
import { linkWorks, moveSession } from './model/session.ts'

export type SendToBankStores = {
  sessions: Pick<SessionStore, 'hold' | 'save' | 'saveRef' | 'addLookup' | 'dropLookups'>
  connections: Pick<ConnectionStore, 'touchCompany'>
  events: Pick<EventStore, 'append'>
}

export type SendToBankDeps = {
  readonly unit: UnitFor<SendToBankStores, { readonly session: ConsentSession; readonly url: string }>
  /** For what has to be read, or told, beside the answer. */
  readonly plain: Unit<SendToBankStores & { institutions: Pick<InstitutionStore, 'find'> }>
  readonly providers: ReadonlyMap<string, Provider>
  readonly cipher: Cipher
  readonly clock: Clock
  readonly ids: Ids
  readonly publicUrl: string
}

/**
 * Asks the bank for a consent and says where to send the person. Again is a new attempt with a new state: what comes back from an earlier one no longer counts.
 * @throws {AppError} institution_not_found, session_ended, bank_unavailable, bank_refused
 */
export async function sendToBank(
  deps: SendToBankDeps,
  { tenant, session, institutionId, psu }: { tenant: TenantId; session: ConsentSession; institutionId: InstitutionId; psu: Psu },
): Promise<{ readonly session: ConsentSession; readonly url: string }> {
  const institution = await deps.plain(tenant, ({ institutions }) => institutions.find(institutionId))
  const provider = institution === undefined ? undefined : deps.providers.get(institution.providerId)
  if (institution === undefined || provider === undefined) throw new AppError('institution_not_found', `There is no institution ${institutionId}.`)

  const state = deps.ids.secret()
  const started = await provider
    .startConsent({
      nativeId: institution.nativeId,
      callbackUrl: callbackOf(deps.publicUrl, provider.id, state),
      validDays: institution.maxConsentDays,
      ...(session.language !== null && { language: session.language }),
      psu,
      now: deps.clock.now(),
    })
    .catch((error: unknown) => recordFailure(deps, { tenant, session, institutionId }, error))

  return deps.unit(tenant, async ({ sessions, connections }) => {
    const now = deps.clock.now()
    const held = await sessions.hold(session.id)
    const move = moveSession(held.status, 'redirect')
    if (move.kind !== 'moved' || !linkWorks(held, now)) throw new AppError('session_ended', 'This consent session has ended. Start a new one.')
    const redirected: ConsentSession = { ...held, status: move.to, institutionId, redirectedAt: now, failure: null, failureText: null }
    await sessions.save(redirected)
    await sessions.saveRef(session.id, deps.cipher.seal(started.ref, sessionRow(tenant, session.id)))
    await sessions.dropLookups(session.id, 'state')
    await sessions.addLookup(session.id, 'state', hashOfSecret(state))
    connections.touchCompany(held.companyId)
    return { session: redirected, url: started.redirectUrl }
  })
}

/** The bank could not even be asked: the session says so, its link still works, and the caller is told. */
async function recordFailure(
  deps: SendToBankDeps,
  { tenant, session, institutionId }: { tenant: TenantId; session: ConsentSession; institutionId: InstitutionId },
  error: unknown,
): Promise<never> {
  if (!(error instanceof ProviderError)) throw error
  const failure: SessionFailure = error.kind === 'temporary' || error.kind === 'rate_limited' ? 'bank_unavailable' : 'provider_error'
  await deps.plain(tenant, async ({ sessions, connections, events }) => {
    const held = await sessions.hold(session.id)
    const move = moveSession(held.status, 'fail')
    if (move.kind !== 'moved') return
    const now = deps.clock.now()
    const failed: ConsentSession = { ...held, status: move.to, institutionId, failure, failureText: error.message, endedAt: now }
    await sessions.save(failed)
    connections.touchCompany(held.companyId)
    events.append(sessionEnded(failed, now))
  })
  throw failure === 'bank_unavailable'
    ? new AppError('bank_unavailable', 'The bank does not answer right now. Try again later.', { cause: error })
    : new AppError('bank_refused', 'The bank refused to start an authorisation.', { cause: error })
}
