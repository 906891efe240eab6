import type { CompanyStore } from '../companies/index.ts'
import type { ConnectionStore } from '../connections/index.ts'
import type { DueStore, Lease } from '../due/index.ts'
import type { EventStore } from '../events/index.ts'
import { sessionEnded, sessionUnopened } from '../events/model.ts'
import type { Clock } from '../shared/clock.ts'
import type { Cipher } from '../shared/crypto.ts'
import { AppError } from '../shared/errors.ts'
import type { Ids } from '../shared/ids.ts'
import type { Page, PageAsk } from '../shared/page.ts'
import type { Unit, UnitFor } from '../shared/unit.ts'
import type { CompanyId, SessionId, TenantId } from '../values/ids.ts'
import { endAtBank, unsettledAttempt, type AttemptStores, type EndAtBankDeps } from './attempt.ts'
import { settleSession, type CompleteSessionDeps, type CompleteSessionStores } from './complete-session.ts'
import type { SessionStore } from './index.ts'
import { hashOfSecret, linkOf } from './links.ts'
import type { ConsentSession } from './model/consent-session.ts'
import { moveSession, unopenedFrom, type SessionStatus } from './model/session.ts'
import type { StartedSession } from './start-session.ts'

type ReadStores = { companies: Pick<CompanyStore, 'get'>; sessions: Pick<SessionStore, 'get' | 'list'> }

/** @throws {AppError} session_not_found */
export const getSession = (
  deps: { readonly unit: Unit<ReadStores> },
  { tenant, id }: { tenant: TenantId; id: SessionId },
): Promise<ConsentSession> => deps.unit(tenant, ({ sessions }) => sessions.get(id))

/** The newest first. @throws {AppError} company_not_found */
export function listSessions(
  deps: { readonly unit: Unit<ReadStores> },
  {
    tenant,
    companyId,
    ask,
  }: { tenant: TenantId; companyId: CompanyId; ask: PageAsk & { readonly status: SessionStatus | undefined } },
): Promise<Page<ConsentSession>> {
  return deps.unit(tenant, async ({ companies, sessions }) => {
    await companies.get(companyId)
    return sessions.list(companyId, ask)
  })
}

export type ResendStores = {
  sessions: Pick<SessionStore, 'hold' | 'save' | 'addLookup' | 'dropLookups'>
  due: Pick<DueStore, 'setBy'>
}

/**
 * A new link for the same session, for as long as the first was to live; the old one ends.
 * @throws {AppError} session_not_found, session_ended
 */
export function resendSession(
  deps: {
    readonly unit: UnitFor<ResendStores, StartedSession>
    readonly clock: Clock
    readonly ids: Ids
    readonly publicUrl: string
  },
  { tenant, id }: { tenant: TenantId; id: SessionId },
): Promise<StartedSession> {
  const token = deps.ids.secret()
  return deps.unit(tenant, async ({ sessions, due }) => {
    const held = await sessions.hold(id)
    if (held.page === 'none' || moveSession(held.status, 'open').kind === 'refused')
      throw new AppError('session_ended', 'This consent session has ended, or has no link of ours. Start a new one.')
    const now = deps.clock.now()
    const session = {
      ...held,
      expiresAt: new Date(now.getTime() + held.linkHours * 3_600_000),
      unopenedAt: null,
    }
    await sessions.save(session)
    await sessions.dropLookups(id, 'link')
    await sessions.addLookup(id, 'link', hashOfSecret(token))
    await due.setBy({ kind: 'session', subject: id, at: unopenedFrom(session) ?? session.expiresAt })
    return { session, url: linkOf(deps.publicUrl, token) }
  })
}

type EndStores = AttemptStores & {
  sessions: Pick<SessionStore, 'hold' | 'save'>
  connections: Pick<ConnectionStore, 'touchCompany'>
  due: Pick<DueStore, 'drop'>
  events: Pick<EventStore, 'append'>
}

type EndDeps = EndAtBankDeps & { readonly cipher: Cipher; readonly clock: Clock }

/** Takes the link back. @throws {AppError} session_not_found, session_ended when it is completed or expired */
export async function withdrawSession(
  deps: EndDeps & { readonly unit: Unit<EndStores> },
  { tenant, id }: { tenant: TenantId; id: SessionId },
): Promise<ConsentSession> {
  const { session, attempt } = await deps.unit(tenant, async (stores) => {
    const held = await stores.sessions.hold(id)
    const move = moveSession(held.status, 'withdraw')
    if (move.kind === 'refused') throw new AppError('session_ended', `This consent session is ${held.status} already.`)
    if (move.kind === 'unchanged') return { session: held }
    await stores.due.drop({ kind: 'session', subject: id })
    const now = deps.clock.now()
    const withdrawn = { ...held, status: move.to, endedAt: now }
    await end(stores, withdrawn, now)
    return { session: withdrawn, attempt: await unsettledAttempt(deps, stores, tenant, held) }
  })
  if (attempt !== undefined) await endAtBank(deps, attempt)
  return session
}

/**
 * Due work: a session at its end, one whose link nobody has opened as its end comes near, or one whose person was sent to the bank and has not come back. The
 * bank is asked once more before it is given up.
 */
export async function expireSession(
  deps: Omit<CompleteSessionDeps, 'unit'> & {
    readonly unit: Unit<CompleteSessionStores & EndStores & { due: Pick<DueStore, 'finish'> }>
  },
  lease: Lease,
): Promise<void> {
  const { tenant, subject } = lease
  const ask = { tenant, sessionId: subject, providerId: null, query: {}, psu: null, state: null }
  const session = await settleSession(deps, ask).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'session_not_found') return undefined
    throw error
  })
  const attempt = await deps.unit(tenant, async (stores) => {
    const now = deps.clock.now()
    const held = session === undefined ? undefined : await stores.sessions.hold(subject)
    if (held !== undefined && now < held.expiresAt) {
      await stores.due.finish(lease, { next: await afterReminding(stores, held, now), failed: false })
      return undefined
    }
    await stores.due.finish(lease, { next: null, failed: false })
    const move = held === undefined ? undefined : moveSession(held.status, 'expire')
    if (held === undefined || move?.kind !== 'moved') return undefined
    await end(stores, { ...held, status: move.to, endedAt: held.expiresAt }, now)
    return unsettledAttempt(deps, stores, tenant, held)
  })
  if (attempt !== undefined) await endAtBank(deps, attempt)
}

/** Tells, once of each link, that nobody has opened it. When to look again. */
async function afterReminding(
  { sessions, events }: Pick<EndStores, 'sessions' | 'events'>,
  session: ConsentSession,
  now: Date,
): Promise<Date> {
  const from = unopenedFrom(session)
  if (from === null) return session.expiresAt
  if (now < from) return from
  await sessions.save({ ...session, unopenedAt: now })
  events.append(sessionUnopened(session, now))
  return session.expiresAt
}

async function end({ sessions, connections, events }: EndStores, session: ConsentSession, now: Date): Promise<void> {
  await sessions.save(session)
  connections.touchCompany(session.companyId)
  events.append(sessionEnded(session, now))
}
