import type { CompanyStore, LedgerAccountStore } from '../companies/index.ts'
import type { ConnectionStore } from '../connections/index.ts'
import { activated, startAsked } from '../connections/model/activation.ts'
import { isWaiting, ledgerAccountIdOf, type Connection } from '../connections/model/connection.ts'
import { accountIdentityOf, tieAccounts, type Tie } from '../connections/model/identity.ts'
import type { DueStore } from '../due/index.ts'
import type { EventStore } from '../events/index.ts'
import { sessionEnded } from '../events/model.ts'
import type { InstitutionStore } from '../institutions/index.ts'
import { typeAt, type Institution } from '../institutions/model.ts'
import {
  ProviderError,
  type ConsentOutcome,
  type Provider,
  type ProviderAccount,
  type Psu,
} from '../providers/provider.ts'
import type { Clock } from '../shared/clock.ts'
import { digestOf, type Cipher } from '../shared/crypto.ts'
import { AppError } from '../shared/errors.ts'
import type { Ids } from '../shared/ids.ts'
import type { Log } from '../shared/log.ts'
import type { Unit } from '../shared/unit.ts'
import { resolveStart } from '../sync/model/window.ts'
import type { TransactionStore } from '../transactions/index.ts'
import { localDay, type Day } from '../values/day.ts'
import type { ConnectionId, LedgerAccountId, TenantId } from '../values/ids.ts'
import { attemptOf, endAtBank, type Attempt } from './attempt.ts'
import type { ConsentStore, SessionLookup, SessionStore } from './index.ts'
import { hashOfSecret } from './links.ts'
import { hintKey } from './model/hint.ts'
import { applyAccountPolicy } from './model/account-policy.ts'
import type { ConsentSession } from './model/consent-session.ts'
import type { Consent } from './model/consent.ts'
import { moveOfFailure, moveSession } from './model/session.ts'
import { consentRow, coverRow } from './model/rows.ts'
import { askAfterFormer, supersedeConsents, type SupersedeStores } from './supersede-consents.ts'

export type CompleteSessionStores = SupersedeStores & {
  companies: Pick<CompanyStore, 'hold'>
  ledgerAccounts: Pick<LedgerAccountStore, 'ofCompany'>
  institutions: Pick<InstitutionStore, 'find'>
  sessions: Pick<SessionStore, 'get' | 'hold' | 'save' | 'sealedRef' | 'useState' | 'leadHintTo'>
  consents: Pick<ConsentStore, 'add' | 'cover'>
  connections: Pick<ConnectionStore, 'holdCompany' | 'add' | 'save' | 'drop' | 'inheritStatuses' | 'touchCompany'>
  transactions: Pick<TransactionStore, 'announceHeld'>
  due: Pick<DueStore, 'set'>
  events: Pick<EventStore, 'append'>
}

export type CompleteSessionDeps = {
  readonly unit: Unit<CompleteSessionStores>
  readonly lookup: SessionLookup
  readonly providers: ReadonlyMap<string, Provider>
  readonly cipher: Cipher
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
}

/**
 * The person came back from the bank. Nothing that the browser carried is believed but the state, which is used once; what happened is asked of the provider.
 * Whoever comes again with the same state is led to the same place, and nothing changes.
 * @throws {AppError} session_not_found for a state that is not ours, or of an attempt that a later one has replaced
 */
export async function completeSession(
  deps: CompleteSessionDeps,
  {
    providerId,
    query,
    psu,
  }: { readonly providerId: string; readonly query: Readonly<Record<string, string>>; readonly psu: Psu },
): Promise<ConsentSession> {
  const hash = hashOfSecret(deps.providers.get(providerId)?.stateIn(query) ?? '')
  const found = await deps.lookup.find('state', hash)
  if (found === undefined)
    throw new AppError('session_not_found', 'This way back is not known, or was replaced by a later one.')
  return settleSession(deps, { tenant: found.tenant, sessionId: found.sessionId, providerId, query, psu, state: hash })
}

/**
 * Asks the provider what became of a session's attempt, and writes it down. Without `state` it is the clock that asks, about a person who did not come back.
 * @throws {AppError} session_not_found
 */
export async function settleSession(
  deps: CompleteSessionDeps,
  ask: {
    readonly tenant: TenantId
    readonly sessionId: string
    readonly providerId: string | null
    readonly query: Readonly<Record<string, string>>
    readonly psu: Psu | null
    readonly state: Buffer | null
  },
): Promise<ConsentSession> {
  const { tenant, sessionId } = ask
  const { session, attempt } = await deps.unit(tenant, async (stores) => {
    const found = await stores.sessions.get(sessionId)
    return { session: found, attempt: await attemptOf(deps, stores, tenant, found) }
  })
  if (ask.providerId !== null && ask.providerId !== attempt?.institution.providerId)
    throw new AppError('session_not_found', 'This way back does not belong to this session.')
  if (session.status !== 'redirected') {
    // Withdrawn, expired or called off while the person was at the bank.
    if (attempt !== undefined && ask.state !== null && session.status !== 'completed') await endAtBank(deps, attempt)
    return session
  }
  if (attempt === undefined) throw new Error(`session ${sessionId} was sent to a bank that is not known`)

  const outcome = await outcomeOf(deps, attempt, ask)
  const settled = await deps.unit(tenant, (stores) =>
    settle(deps, stores, { tenant, sessionId, attempt, outcome, state: ask.state }),
  )
  if (!settled.isKept && mayStand(outcome)) await endAtBank(deps, { ...attempt, ref: unwantedRef(outcome, attempt) })
  return settled.session
}

async function outcomeOf(
  { providers, clock }: CompleteSessionDeps,
  { institution, ref }: Attempt,
  { query, psu }: { readonly query: Readonly<Record<string, string>>; readonly psu: Psu | null },
): Promise<ConsentOutcome> {
  const provider = providers.get(institution.providerId)
  if (provider === undefined)
    return { kind: 'failed', failure: 'provider_error', text: 'The provider of this session is no longer configured.' }
  return provider
    .completeConsent({
      nativeId: institution.nativeId,
      ref,
      query,
      ...(psu !== null && { psu }),
      now: clock.now(),
    })
    .catch(outcomeOfError)
}

/** A bank that fails now may have granted all the same: the session waits for the clock to ask again, unless the bank says no. */
function outcomeOfError(error: unknown): ConsentOutcome {
  if (!(error instanceof ProviderError)) throw error
  if (error.kind === 'temporary' || error.kind === 'rate_limited') return { kind: 'pending' }
  const failure = error.kind === 'consent_gone' ? 'rejected_by_bank' : 'provider_error'
  return { kind: 'failed', failure, text: error.message }
}

/** Whether a permission may stand at the bank: one that was granted, or that we failed to read. */
const mayStand = (outcome: ConsentOutcome): boolean =>
  outcome.kind === 'granted' || (outcome.kind === 'failed' && outcome.failure === 'provider_error')

/** What is ended of an attempt that is not kept. One that renewed a consent in place is that consent, which stays: then it is the attempt alone. */
const unwantedRef = (outcome: ConsentOutcome, attempt: Attempt): string =>
  outcome.kind === 'granted' && outcome.renewed === undefined ? outcome.ref : attempt.ref

/** `isKept`: the attempt came to be the session's consent, or may yet. */
async function settle(
  deps: CompleteSessionDeps,
  stores: CompleteSessionStores,
  ask: { tenant: TenantId; sessionId: string; attempt: Attempt; outcome: ConsentOutcome; state: Buffer | null },
): Promise<{ readonly session: ConsentSession; readonly isKept: boolean }> {
  const now = deps.clock.now()
  const { outcome, attempt } = ask
  const session = await stores.sessions.hold(ask.sessionId)
  const latest = await stores.sessions.sealedRef(session.id)
  const isLatest = latest?.equals(attempt.sealedRef) === true
  const isKept = isLatest && (session.status === 'redirected' || session.status === 'completed')
  if (session.status !== 'redirected' || !isLatest) return { session, isKept }
  if (outcome.kind === 'pending') {
    await stores.due.set({ kind: 'session', subject: session.id, at: askAgainAt(session, now) })
    return { session, isKept }
  }
  if (ask.state !== null) await stores.sessions.useState(ask.state, now)
  const move = moveSession(session.status, outcome.kind === 'granted' ? 'complete' : moveOfFailure(outcome.failure))
  if (move.kind !== 'moved') return { session, isKept }
  stores.connections.touchCompany(session.companyId)
  const moved = { ...session, status: move.to, endedAt: now }
  const ended =
    outcome.kind === 'granted'
      ? await grant(deps, stores, { ...ask, institution: attempt.institution, outcome, session: moved })
      : { ...moved, failure: outcome.failure, failureText: outcome.text }
  await stores.sessions.save(ended)
  stores.events.append(sessionEnded(ended, now))
  if (outcome.kind === 'failed' && outcome.ended !== undefined) {
    const where = { tenant: ask.tenant, companyId: session.companyId, institutionId: attempt.institution.id }
    await askAfterFormer(deps, stores, { ...where, ref: outcome.ended, now })
  }
  return { session: ended, isKept: ended.status === 'completed' }
}

/** As long again as the person has been away, but a minute: an attempt that nobody ends is asked after a dozen times, not thousands. */
function askAgainAt({ redirectedAt, expiresAt }: ConsentSession, now: Date): Date {
  const awayMs = now.getTime() - (redirectedAt ?? now).getTime()
  return new Date(Math.min(now.getTime() + Math.max(awayMs, 60_000), expiresAt.getTime()))
}

/** A granted consent: its accounts become, or find, their connections, and older consents are superseded where it covers the same. */
async function grant(
  deps: CompleteSessionDeps,
  stores: CompleteSessionStores,
  ask: {
    tenant: TenantId
    institution: Institution
    outcome: Extract<ConsentOutcome, { kind: 'granted' }>
    session: ConsentSession
  },
): Promise<ConsentSession> {
  const { tenant, institution, outcome, session } = ask
  const now = deps.clock.now()
  const company = await stores.companies.hold(session.companyId)
  const { accepted, refused } = applyAccountPolicy(company.accountPolicy, outcome.accounts)
  if (accepted.length === 0 && refused.length === 0)
    return {
      ...session,
      status: 'failed',
      failure: 'insufficient_rights',
      failureText: 'The bank gave access to no account.',
    }
  if (accepted.length === 0)
    return {
      ...session,
      status: 'failed',
      failure: 'wrong_account_type',
      failureText: 'Every account was refused by the company’s account policy.',
      refusedAccounts: refused,
    }

  const connections = await stores.connections.holdCompany(session.companyId)
  const ties = tieAccounts({
    institutionId: institution.id,
    accounts: accepted,
    connections: connections.map((connection) => addedAgain(connection, session, connections)),
    ledgerAccounts: await stores.ledgerAccounts.ofCompany(session.companyId),
  })
  const consent: Consent = {
    id: deps.ids.uuid(),
    companyId: session.companyId,
    personId: session.personId,
    personRemovedAt: null,
    institutionId: institution.id,
    sessionId: session.id,
    validFrom: outcome.validFrom < now ? outcome.validFrom : now,
    expiresAt: outcome.expiresAt,
    reconfirmBy: outcome.reconfirmBy ?? null,
    reconfirmAskedAt: null,
    ended: null,
    bankAccess: 'live',
  }
  await stores.consents.add(consent, deps.cipher.seal(outcome.ref, consentRow(tenant, consent.id)), now)
  if (outcome.hintsAbout !== undefined)
    await stores.sessions.leadHintTo(session.id, digestOf(hintKey(institution.providerId, outcome.hintsAbout)))
  const today = localDay(now, company.timeZone)
  const covered: ConnectionId[] = []
  for (const tie of ties) {
    if (tie.kind === 'removed' || tie.kind === 'repeated') continue
    const connection = await connect(deps, stores, { tie, connections, session, institution, today, now })
    covered.push(connection.id)
    const sealed = deps.cipher.seal(
      tie.account.ref,
      coverRow(tenant, { consentId: consent.id, connectionId: connection.id }),
    )
    await stores.consents.cover(consent.id, connection.id, sealed, now)
  }
  await supersedeConsents(deps, stores, { tenant, consent, covered, renewedRef: outcome.renewed, now })
  await stores.due.set({ kind: 'consent', subject: consent.id, at: consent.expiresAt })
  // At once: when its first reminder is, it works out itself.
  await stores.due.set({ kind: 'reminder', subject: consent.id, at: now })
  return { ...session, consentId: consent.id, connectionIds: covered, refusedAccounts: refused }
}

/**
 * A removed connection stays removed, unless the session named the ledger account that it was removed from, and nothing else has been connected to that since:
 * then it is added again.
 */
function addedAgain(connection: Connection, session: ConsentSession, others: readonly Connection[]): Connection {
  const ledgerAccountId = ledgerAccountIdOf(connection)
  if (connection.removedAt === null || ledgerAccountId === null) return connection
  const isTaken = others.some((other) => other.removedAt === null && ledgerAccountIdOf(other) === ledgerAccountId)
  const isNamed = session.ledgerAccountIds.includes(ledgerAccountId)
  return isNamed && !isTaken ? { ...connection, removedAt: null } : connection
}

async function connect(
  deps: CompleteSessionDeps,
  stores: CompleteSessionStores,
  ask: {
    tie: Extract<Tie, { kind: 'existing' | 'new' }>
    connections: readonly Connection[]
    session: ConsentSession
    institution: Institution
    today: Day
    now: Date
  },
): Promise<Connection> {
  const { tie, now, institution } = ask
  const kept = tie.kind === 'existing' ? ask.connections.find(({ id }) => id === tie.connectionId) : undefined
  const base =
    kept === undefined
      ? newConnection(deps.ids.uuid(), ask.session, tie.account, institution, now)
      : { ...kept, removedAt: null }
  const absorbs = tie.kind === 'existing' ? tie.absorbs : null
  const told = withAccount(base, tie.account, institution)
  const rival = ask.connections.find((other) => other.id !== base.id && other.id !== absorbs && hasIbanOf(other, told))
  // Its bank account has been here all along under another key, so the one that waited waits for nothing.
  const isFree = rival === undefined || isWaiting(rival)
  if (rival !== undefined && isFree) await stores.connections.drop(rival.id)
  const known = isFree ? told : { ...told, iban: base.iban }
  const placed = tie.assigns === null ? known : assignedTo(known, tie.assigns, now)
  const connection = activatedBy(ask.session, placed, ask)
  if (absorbs !== null) {
    await stores.connections.inheritStatuses(absorbs, connection.id)
    await stores.connections.drop(absorbs)
  }
  if (kept === undefined) await stores.connections.add(connection)
  else await stores.connections.save(connection)
  if (kept !== undefined && kept.assignment === null && connection.assignment !== null)
    await stores.transactions.announceHeld(connection, now)
  return connection
}

const hasIbanOf = (connection: Connection, { iban, currency }: Connection): boolean =>
  iban !== null && connection.iban === iban && connection.currency === currency

/** What the bank says of the account, where it says it; the currency of one that waited is its ledger account's until then. */
function withAccount(connection: Connection, account: ProviderAccount, institution: Institution): Connection {
  const { keys } = accountIdentityOf(account, institution.id)
  return {
    ...connection,
    institutionId: institution.id,
    name: account.name,
    type: typeAt(institution, account.type),
    iban: keys.iban ?? connection.iban,
    bban: keys.bban ?? connection.bban,
    stableHash: keys.stableHash ?? connection.stableHash,
    maskedPan: account.maskedPan ?? connection.maskedPan,
    owner: account.owner ?? connection.owner,
  }
}

const assignedTo = (connection: Connection, ledgerAccountId: LedgerAccountId, now: Date): Connection => ({
  ...connection,
  assignment: { ledgerAccountId },
  assignedAt: now,
  ledgerAccountHadIban: true,
  ledgerAccountGoneAt: null,
})

/** A session may ask that what it connects is switched on: the ledger accounts that it named, or every one that is assigned; and, where it says so, what is not. */
function activatedBy(
  { activate, ledgerAccountIds }: ConsentSession,
  connection: Connection,
  { institution, today, now }: { institution: Institution; today: Day; now: Date },
): Connection {
  const ledgerAccountId = ledgerAccountIdOf(connection)
  const meant =
    ledgerAccountId === null
      ? activate?.unassigned === true && connection.assignment !== 'none'
      : ledgerAccountIds.length === 0 || ledgerAccountIds.includes(ledgerAccountId)
  if (activate === null || !meant || connection.activatedAt !== null) return connection
  const startDate = resolveStart(startAsked(activate.startDate, today) ?? 'today', {
    today,
    maxHistoryDays: institution.maxHistoryDays,
  })
  return activated(connection, { startDate, firstSync: activate.firstSync, today, now })
}

function newConnection(
  id: ConnectionId,
  { companyId }: ConsentSession,
  account: ProviderAccount,
  institution: Institution,
  now: Date,
): Connection {
  return {
    id,
    companyId,
    institutionId: institution.id,
    name: account.name,
    type: account.type,
    iban: null,
    bban: null,
    maskedPan: null,
    stableHash: null,
    currency: account.currency,
    owner: null,
    assignment: null,
    assignedAt: now,
    ledgerAccountHadIban: false,
    ledgerAccountGoneAt: null,
    sourcePersonId: null,
    sourceFallback: true,
    sourceChosenAt: now,
    activatedAt: null,
    deactivatedAt: null,
    startDate: null,
    firstSync: null,
    firstActivatedOn: null,
    removedAt: null,
    createdAt: now,
  }
}
