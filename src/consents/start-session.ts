import type { AgreementStore } from '../agreements/index.ts'
import type { CompanyStore, LedgerAccountStore, PersonStore } from '../companies/index.ts'
import type { ConnectionStore } from '../connections/index.ts'
import { startAsked } from '../connections/model/activation.ts'
import type { DueStore } from '../due/index.ts'
import type { InstitutionStore } from '../institutions/index.ts'
import { ProviderError, type Psu } from '../providers/provider.ts'
import { backTo } from '../shared/back-to.ts'
import type { Clock } from '../shared/clock.ts'
import type { Cipher } from '../shared/crypto.ts'
import { AppError } from '../shared/errors.ts'
import type { Ids } from '../shared/ids.ts'
import type { Unit, UnitFor } from '../shared/unit.ts'
import type { TenantStore } from '../tenants/index.ts'
import { localDay } from '../values/day.ts'
import type { CompanyId, InstitutionId, LedgerAccountId, PersonId, TenantId } from '../values/ids.ts'
import { agreementFor } from './agreed.ts'
import type { SessionStore } from './index.ts'
import { hashOfSecret, linkOf } from './links.ts'
import type { Activation, ConsentSession } from './model/consent-session.ts'
import { unopenedFrom } from './model/session.ts'
import { askBank, redirect, refusalOf, type AskBankDeps, type AskStores, type RedirectStores } from './send-to-bank.ts'

export type StartSessionStores = {
  tenants: Pick<TenantStore, 'find'>
  companies: Pick<CompanyStore, 'get'>
  persons: Pick<PersonStore, 'find'>
  ledgerAccounts: Pick<LedgerAccountStore, 'find'>
  institutions: Pick<InstitutionStore, 'find'>
  agreements: Pick<AgreementStore, 'find'>
  sessions: Pick<SessionStore, 'add' | 'addLookup'>
  connections: Pick<ConnectionStore, 'touchCompany'>
  due: Pick<DueStore, 'set'>
}

/** The session with the link that leads to it: the only time that the link is told. */
export type StartedSession = { readonly session: ConsentSession; readonly url: string }

export type SessionAsk = {
  readonly companyId: CompanyId
  readonly personId: PersonId | null
  readonly institutionId: InstitutionId | null
  readonly redirectUrl: string | null
  readonly language: string | null
  readonly ledgerAccountIds: readonly LedgerAccountId[]
  readonly activate: Activation | null
  readonly expiresInHours: number
  /** The link may be made before the company's agreement is approved: it leads to the bank once it is. */
  readonly mayWaitForAgreement?: boolean
}

type Deps = {
  readonly unit: UnitFor<StartSessionStores, StartedSession>
  readonly clock: Clock
  readonly ids: Ids
  readonly publicUrl: string
}

/**
 * Makes a session and the link to it, which can be sent to whoever may approve.
 * @throws {AppError} company_not_found, person_not_found, ledger_account_not_found, institution_not_found, redirect_url_missing,
 *   redirect_url_not_registered, start_date_in_future, agreement_required
 */
export function startSession(
  deps: Deps,
  { tenant, ask }: { tenant: TenantId; ask: SessionAsk },
): Promise<StartedSession> {
  const token = deps.ids.secret()
  return deps.unit(tenant, async (stores) => {
    const session = await makeSession(deps, stores, ask, 'hosted')
    if (ask.mayWaitForAgreement !== true) await checkAgreement(stores, ask)
    await stores.sessions.addLookup(session.id, 'link', hashOfSecret(token))
    return { session, url: linkOf(deps.publicUrl, token) }
  })
}

/**
 * Makes a session without our page: its link is the bank's own, and the person was told by the tenant what is shared. A bank that does not answer leaves
 * nothing behind.
 * @throws {AppError} as `startSession`, and bank_unavailable, bank_refused
 */
export async function startSessionAtBank(
  deps: Omit<AskBankDeps, 'plain'> & {
    readonly plain: Unit<StartSessionStores & AskStores>
    readonly unit: UnitFor<StartSessionStores & RedirectStores, StartedSession>
    readonly cipher: Cipher
  },
  { tenant, ask, psu }: { tenant: TenantId; ask: SessionAsk & { readonly institutionId: InstitutionId }; psu: Psu },
): Promise<StartedSession> {
  await deps.plain(tenant, (stores) => checkAsk(stores, ask, deps.clock.now()))
  const visit = await askBank(deps, { tenant, ...ask, psu }).catch((error: unknown) => {
    throw error instanceof ProviderError ? refusalOf(error) : error
  })
  return deps.unit(tenant, async (stores) => {
    const session = await makeSession(deps, stores, ask, 'none')
    return { session: await redirect(deps, stores, { tenant, session, visit }), url: visit.url }
  })
}

async function makeSession(
  { clock, ids }: Pick<Deps, 'clock' | 'ids'>,
  stores: StartSessionStores,
  ask: SessionAsk,
  page: ConsentSession['page'],
): Promise<ConsentSession> {
  const now = clock.now()
  const redirectUrl = await checkAsk(stores, ask, now)
  const session: ConsentSession = {
    id: ids.uuid(),
    companyId: ask.companyId,
    personId: ask.personId,
    institutionId: ask.institutionId,
    status: 'created',
    failure: null,
    lastFailure: null,
    failureText: null,
    redirectUrl,
    language: ask.language,
    ledgerAccountIds: ask.ledgerAccountIds,
    activate: ask.activate,
    page,
    namesBank: ask.institutionId !== null,
    linkHours: ask.expiresInHours,
    createdAt: now,
    expiresAt: new Date(now.getTime() + ask.expiresInHours * 3_600_000),
    openedAt: null,
    unopenedAt: null,
    redirectedAt: null,
    endedAt: null,
    consentId: null,
    connectionIds: [],
    refusedAccounts: [],
  }
  await stores.sessions.add(session)
  await stores.due.set({ kind: 'session', subject: session.id, at: unopenedFrom(session) ?? session.expiresAt })
  stores.connections.touchCompany(ask.companyId)
  return session
}

/** Whoever names a bank that asks for an agreement hears at once that it is not approved yet. */
async function checkAgreement(stores: StartSessionStores, { institutionId, companyId }: SessionAsk): Promise<void> {
  const institution = institutionId === null ? undefined : await stores.institutions.find(institutionId)
  if (institution !== undefined) await agreementFor(stores, institution, companyId)
}

/** That all that it names exists. Returns where the person is to be sent back to. */
async function checkAsk(stores: StartSessionStores, ask: SessionAsk, now: Date): Promise<string> {
  const company = await stores.companies.get(ask.companyId)
  if (ask.personId !== null && (await stores.persons.find(ask.companyId, ask.personId)) === undefined)
    throw new AppError('person_not_found', `There is no person ${ask.personId}.`)
  if (ask.institutionId !== null && (await stores.institutions.find(ask.institutionId)) === undefined)
    throw new AppError('institution_not_found', `There is no institution ${ask.institutionId}.`)
  for (const id of ask.ledgerAccountIds)
    if ((await stores.ledgerAccounts.find(ask.companyId, id)) === undefined)
      throw new AppError('ledger_account_not_found', `There is no ledger account ${id}.`)
  if (ask.activate !== null && startAsked(ask.activate.startDate, localDay(now, company.timeZone)) === undefined)
    throw new AppError(
      'start_date_in_future',
      'The start date must be a day that is not after today, today, month_start or max_history.',
    )
  return backTo(await stores.tenants.find(), ask.redirectUrl)
}
