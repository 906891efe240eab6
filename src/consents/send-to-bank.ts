import type { AgreementStore } from '../agreements/index.ts'
import { agreementRow } from '../agreements/model.ts'
import type { ConnectionStore } from '../connections/index.ts'
import type { DueStore } from '../due/index.ts'
import type { EventStore } from '../events/index.ts'
import { sessionEnded } from '../events/model.ts'
import type { InstitutionStore } from '../institutions/index.ts'
import { ProviderError, type Provider, type Psu, type SessionFailure } from '../providers/provider.ts'
import type { Clock } from '../shared/clock.ts'
import type { Cipher } from '../shared/crypto.ts'
import { AppError } from '../shared/errors.ts'
import type { Ids } from '../shared/ids.ts'
import type { Log } from '../shared/log.ts'
import type { Unit } from '../shared/unit.ts'
import type { CompanyId, InstitutionId, PersonId, SessionId, TenantId } from '../values/ids.ts'
import { agreementFor } from './agreed.ts'
import { endAtBank, unsettledAttempt } from './attempt.ts'
import type { ConsentStore, SessionStore } from './index.ts'
import { callbackOf, hashOfSecret } from './links.ts'
import type { ConsentSession } from './model/consent-session.ts'
import { formerOf } from './model/consent.ts'
import { linkWorks, moveSession } from './model/session.ts'
import { consentRow, sessionRow } from './model/rows.ts'

/** A visit that a bank has agreed to: where the person goes, and what they come back with. */
type Visit = {
  readonly institutionId: InstitutionId
  readonly url: string
  readonly ref: string
  readonly state: string
}

export type AskStores = {
  institutions: Pick<InstitutionStore, 'find'>
  consents: Pick<ConsentStore, 'ofCompany' | 'sealedRef'>
  agreements: Pick<AgreementStore, 'find' | 'sealed'>
}

export type AskBankDeps = {
  /** For what is read or told beside an answer. */
  readonly plain: Unit<AskStores>
  readonly providers: ReadonlyMap<string, Provider>
  readonly cipher: Cipher
  readonly clock: Clock
  readonly ids: Ids
  readonly publicUrl: string
}

/** Asks the bank for a consent. @throws {AppError} institution_not_found, agreement_required @throws {ProviderError} */
export async function askBank(
  deps: AskBankDeps,
  ask: {
    readonly tenant: TenantId
    readonly companyId: CompanyId
    readonly personId: PersonId | null
    readonly institutionId: InstitutionId
    readonly language: string | null
    readonly psu: Psu
  },
): Promise<Visit> {
  const { tenant, institutionId, language, psu } = ask
  const { institution, agreement, renews } = await deps.plain(tenant, async (stores) => {
    const { institutions, consents, agreements } = stores
    const former = formerOf(await consents.ofCompany(ask.companyId), ask)
    const found = await institutions.find(institutionId)
    const agreed = found === undefined ? undefined : await agreementFor(stores, found, ask.companyId)
    const sealed = agreed === undefined ? null : ((await agreements.sealed(agreed.id))?.providerRef ?? null)
    return {
      institution: found,
      agreement:
        agreed === undefined || sealed === null
          ? undefined
          : deps.cipher.open(sealed, agreementRow(tenant, agreed.id)).toString('utf8'),
      renews:
        former === undefined
          ? undefined
          : deps.cipher.open(await consents.sealedRef(former.id), consentRow(tenant, former.id)).toString('utf8'),
    }
  })
  const provider = institution === undefined ? undefined : deps.providers.get(institution.providerId)
  if (institution === undefined || provider === undefined)
    throw new AppError('institution_not_found', `There is no institution ${institutionId}.`)
  const state = deps.ids.secret()
  const { redirectUrl, ref } = await provider.startConsent({
    nativeId: institution.nativeId,
    callbackUrl: callbackOf(deps.publicUrl, provider.id),
    state,
    validDays: institution.maxConsentDays,
    ...(renews !== undefined && { renews }),
    ...(agreement !== undefined && { agreement }),
    ...(language !== null && { language }),
    psu,
    now: deps.clock.now(),
  })
  return { institutionId, url: redirectUrl, ref, state }
}

export type RedirectStores = {
  sessions: Pick<SessionStore, 'save' | 'saveRef' | 'addLookup' | 'dropLookups'>
  connections: Pick<ConnectionStore, 'touchCompany'>
  due: Pick<DueStore, 'set'>
}

/** The person is sent to the bank. Should they not come back, the bank is asked what became of it. @throws {AppError} session_ended */
export async function redirect(
  { cipher, clock }: { readonly cipher: Cipher; readonly clock: Clock },
  { sessions, connections, due }: RedirectStores,
  { tenant, session, visit }: { readonly tenant: TenantId; readonly session: ConsentSession; readonly visit: Visit },
): Promise<ConsentSession> {
  const now = clock.now()
  const move = moveSession(session.status, 'redirect')
  if (move.kind !== 'moved' || !linkWorks(session, now)) throw sessionHasEnded()
  const redirected: ConsentSession = {
    ...session,
    status: move.to,
    institutionId: visit.institutionId,
    redirectedAt: now,
    failure: null,
    lastFailure: null,
    failureText: null,
  }
  await sessions.save(redirected)
  await sessions.saveRef(session.id, cipher.seal(visit.ref, sessionRow(tenant, session.id)))
  await sessions.dropLookups(session.id, 'state')
  await sessions.addLookup(session.id, 'state', hashOfSecret(visit.state))
  const askAt = new Date(Math.min(now.getTime() + comesBackWithinMs, session.expiresAt.getTime()))
  await due.set({ kind: 'session', subject: session.id, at: askAt })
  connections.touchCompany(session.companyId)
  return redirected
}

/** Who has gone through a bank's pages has done so by then, or has closed them. */
const comesBackWithinMs = 10 * 60_000

type Stores = RedirectStores & {
  sessions: Pick<SessionStore, 'hold' | 'sealedRef'>
  institutions: Pick<InstitutionStore, 'find'>
  events: Pick<EventStore, 'append'>
}

export type SendToBankDeps = Omit<AskBankDeps, 'plain'> & {
  readonly plain: Unit<AskStores & { sessions: Pick<SessionStore, 'get'> }>
  readonly unit: Unit<Stores>
  readonly log: Log
}

type Ask = {
  readonly tenant: TenantId
  readonly sessionId: SessionId
  readonly institutionId: InstitutionId
  readonly language: string | null
  readonly psu: Psu
}

/**
 * Asks the bank for a consent and says where to send the person. Again is a new attempt with a new state, and the one before ends at the bank.
 * @throws {AppError} institution_not_found, agreement_required, session_ended, bank_unavailable, bank_refused
 */
export async function sendToBank(deps: SendToBankDeps, ask: Ask): Promise<string> {
  const { tenant, sessionId } = ask
  const whose = await deps.plain(tenant, ({ sessions }) => sessions.get(sessionId))
  const visit = await askBank(deps, { ...whose, ...ask }).catch((error: unknown) => recordFailure(deps, ask, error))
  const replaced = await deps.unit(tenant, async (stores) => {
    const session = await stores.sessions.hold(sessionId)
    const earlier = await unsettledAttempt(deps, stores, tenant, session)
    await redirect(deps, stores, { tenant, session, visit })
    return earlier
  })
  if (replaced !== undefined) await endAtBank(deps, replaced)
  return visit.url
}

/** The bank could not even be asked: the session says so, its link still works, and the person is told. */
async function recordFailure(deps: SendToBankDeps, ask: Ask, error: unknown): Promise<never> {
  if (!(error instanceof ProviderError)) throw error
  const { tenant, sessionId } = ask
  const replaced = await deps.unit(tenant, async (stores) => {
    const held = await stores.sessions.hold(sessionId)
    const move = moveSession(held.status, 'fail')
    if (move.kind !== 'moved') return undefined
    const now = deps.clock.now()
    const earlier = await unsettledAttempt(deps, stores, tenant, held)
    const failure = failureOf(error)
    const failed = { ...held, status: move.to, failure, failureText: error.message, endedAt: now }
    await stores.sessions.save(failed)
    stores.connections.touchCompany(held.companyId)
    stores.events.append(sessionEnded(failed, now))
    return earlier
  })
  if (replaced !== undefined) await endAtBank(deps, replaced)
  throw refusalOf(error)
}

/** That the bank could not be asked, or would not answer, as our caller is told. */
export function refusalOf(error: ProviderError): AppError {
  return failureOf(error) === 'bank_unavailable'
    ? new AppError('bank_unavailable', 'The bank does not answer right now. Try again later.', { cause: error })
    : new AppError('bank_refused', 'The bank refused to start an authorisation.', { cause: error })
}

export const sessionHasEnded = (): AppError =>
  new AppError('session_ended', 'This consent session has ended. Start a new one.')

const failureOf = ({ kind }: ProviderError): SessionFailure =>
  kind === 'temporary' || kind === 'rate_limited' ? 'bank_unavailable' : 'provider_error'
