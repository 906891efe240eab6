import type { AgreementStore } from '../agreements/index.ts'
import { obstacleOf } from '../agreements/model.ts'
import type { CompanyStore, LedgerAccountStore } from '../companies/index.ts'
import type { LedgerAccount } from '../companies/model.ts'
import type { ConnectionStore } from '../connections/index.ts'
import type { EventStore } from '../events/index.ts'
import { sessionEnded, sessionOpened } from '../events/model.ts'
import type { InstitutionStore } from '../institutions/index.ts'
import type { Institution } from '../institutions/model.ts'
import type { Psu } from '../providers/provider.ts'
import type { Clock } from '../shared/clock.ts'
import type { Cipher } from '../shared/crypto.ts'
import { AppError } from '../shared/errors.ts'
import type { Unit } from '../shared/unit.ts'
import type { TenantStore } from '../tenants/index.ts'
import type { TenantId } from '../values/ids.ts'
import { endAtBank, unsettledAttempt, type EndAtBankDeps } from './attempt.ts'
import type { SessionLookup, SessionStore } from './index.ts'
import { hashOfSecret } from './links.ts'
import type { ConsentSession } from './model/consent-session.ts'
import { linkWorks, moveSession } from './model/session.ts'
import { sendToBank, sessionHasEnded, type SendToBankDeps } from './send-to-bank.ts'

type Stores = {
  tenants: Pick<TenantStore, 'find'>
  companies: Pick<CompanyStore, 'get'>
  ledgerAccounts: Pick<LedgerAccountStore, 'ofCompany'>
  institutions: Pick<InstitutionStore, 'find' | 'some' | 'likeliest' | 'pictured'>
  agreements: Pick<AgreementStore, 'find'>
  sessions: Pick<SessionStore, 'get' | 'hold' | 'save' | 'sealedRef'>
  connections: Pick<ConnectionStore, 'touchCompany'>
  events: Pick<EventStore, 'append'>
}

type CancelDeps = EndAtBankDeps & { readonly cipher: Cipher }

export type OpenSessionDeps = { readonly unit: Unit<Stores>; readonly lookup: SessionLookup; readonly clock: Clock }

/** What the hosted page shows of a session. */
export type OpenedSession = {
  readonly session: ConsentSession
  readonly linkWorks: boolean
  readonly tenantName: string
  readonly companyName: string
  readonly country: string
  /** Those that the session names: what to tick at the bank. */
  readonly ledgerAccounts: readonly LedgerAccount[]
  /** The bank that the session names. */
  readonly institution: OfferedBank | undefined
}

/** `isPictured`: we have its picture. */
export type OfferedBank = Institution & { readonly isPictured: boolean }

/** Somebody is on the page behind the link. The first time is told to the tenant. @throws {AppError} session_not_found */
export async function openSession(deps: OpenSessionDeps, token: string): Promise<OpenedSession> {
  const { tenant, sessionId } = await sessionOf(deps, token)
  return deps.unit(tenant, async (stores) => {
    const now = deps.clock.now()
    const held = await stores.sessions.hold(sessionId)
    const works = linkWorks(held, now)
    const session = works ? await opened(stores, held, now) : held
    const company = await stores.companies.get(session.companyId)
    return {
      session,
      linkWorks: works,
      tenantName: (await stores.tenants.find()).name,
      companyName: company.name,
      country: company.country,
      ledgerAccounts: (await stores.ledgerAccounts.ofCompany(session.companyId)).filter(({ id }) =>
        session.ledgerAccountIds.includes(id),
      ),
      institution:
        session.namesBank && session.institutionId !== null
          ? (await offered(stores, await stores.institutions.some([session.institutionId])))[0]
          : undefined,
    }
  })
}

/** The banks to choose from, of the company's country only: by name, and where something is searched for, what is most like it first. @throws {AppError} session_not_found */
export async function banksToChoose(
  deps: OpenSessionDeps,
  token: string,
  search: string | undefined,
): Promise<readonly OfferedBank[]> {
  const { tenant, sessionId } = await sessionOf(deps, token)
  return deps.unit(tenant, async ({ sessions, companies, institutions, tenants }) => {
    const session = await sessions.get(sessionId)
    const { country } = await companies.get(session.companyId)
    const { preferredProviders } = await tenants.find()
    const filter = { country, ...(search !== undefined && { search }) }
    return offered({ institutions }, await institutions.likeliest(filter, preferredProviders, banksMax))
  })
}

async function offered(
  { institutions }: { readonly institutions: Pick<InstitutionStore, 'pictured'> },
  banks: readonly Institution[],
): Promise<readonly OfferedBank[]> {
  const pictured = await institutions.pictured(banks.map(({ id }) => id))
  return banks.map((bank) => ({ ...bank, isPictured: pictured.has(bank.id) }))
}

const banksMax = 100

/** What people call a bank that the person chose; undefined where there is none. @throws {AppError} session_not_found */
export async function bankName(
  deps: OpenSessionDeps,
  token: string,
  institutionId: string,
): Promise<string | undefined> {
  const { tenant } = await sessionOf(deps, token)
  return deps.unit(tenant, async ({ institutions }) => (await institutions.find(institutionId))?.name)
}

/** Whether the company's agreement, which the bank asks for, has still to be signed, or is being reviewed. @throws {AppError} session_not_found */
export async function agreementNext(
  deps: OpenSessionDeps,
  token: string,
  institutionId: string,
): Promise<'sign' | 'wait'> {
  const { tenant, sessionId } = await sessionOf(deps, token)
  return deps.unit(tenant, async ({ sessions, institutions, agreements }) => {
    const { companyId } = await sessions.get(sessionId)
    const programme = (await institutions.find(institutionId))?.agreement ?? null
    const agreement = programme === null ? undefined : await agreements.find(companyId, programme.id)
    return obstacleOf(agreement?.state ?? 'missing')?.next ?? 'wait'
  })
}

/** The person chose a bank: where to go. @throws {AppError} session_not_found, session_ended, institution_not_found, agreement_required, bank_unavailable, bank_refused */
export async function chooseBank(
  deps: OpenSessionDeps & SendToBankDeps,
  { token, institutionId, psu }: { token: string; institutionId: string; psu: Psu },
): Promise<string> {
  const { tenant, sessionId } = await sessionOf(deps, token)
  const { language } = await deps.unit(tenant, async (stores) => {
    const now = deps.clock.now()
    const held = await stores.sessions.hold(sessionId)
    if (!linkWorks(held, now)) throw sessionHasEnded()
    return opened(stores, held, now)
  })
  return sendToBank(deps, { tenant, sessionId, institutionId, language, psu })
}

/** The person does not want to. The link still works, should they change their mind. @throws {AppError} session_not_found */
export async function cancelSession(deps: OpenSessionDeps & CancelDeps, token: string): Promise<ConsentSession> {
  const { tenant, sessionId } = await sessionOf(deps, token)
  const { session, attempt } = await deps.unit(tenant, async (stores) => {
    const now = deps.clock.now()
    const held = await stores.sessions.hold(sessionId)
    const move = moveSession(held.status, 'cancel')
    if (move.kind !== 'moved') return { session: held }
    const cancelled: ConsentSession = {
      ...held,
      status: move.to,
      failure: 'cancelled_by_person',
      failureText: 'The person cancelled on the page.',
      endedAt: now,
    }
    await stores.sessions.save(cancelled)
    stores.connections.touchCompany(held.companyId)
    stores.events.append(sessionEnded(cancelled, now))
    return { session: cancelled, attempt: await unsettledAttempt(deps, stores, tenant, held) }
  })
  if (attempt !== undefined) await endAtBank(deps, attempt)
  return session
}

async function sessionOf({ lookup }: OpenSessionDeps, token: string): Promise<{ tenant: TenantId; sessionId: string }> {
  const found = await lookup.find('link', hashOfSecret(token))
  if (found === undefined) throw new AppError('session_not_found', 'This link is not known.')
  return found
}

/** After a failed or cancelled attempt the link is opened anew; the tenant is told of the first time only. */
async function opened(
  { sessions, connections, events }: Stores,
  session: ConsentSession,
  now: Date,
): Promise<ConsentSession> {
  const move = moveSession(session.status, 'open')
  if (move.kind !== 'moved') return session
  const open: ConsentSession = {
    ...session,
    status: move.to,
    openedAt: session.openedAt ?? now,
    endedAt: null,
    failure: null,
    lastFailure: session.failure ?? session.lastFailure,
    failureText: null,
  }
  await sessions.save(open)
  connections.touchCompany(session.companyId)
  if (session.openedAt === null) events.append(sessionOpened(open, now))
  return open
}
