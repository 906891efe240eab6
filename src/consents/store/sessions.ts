import type { Selectable } from 'kysely'
import type { Tables } from '../../shared/db-tables.ts'
import type { Sql, TenantDb } from '../../shared/db.ts'
import { AppError } from '../../shared/errors.ts'
import { pageOf, type Page, type PageAsk } from '../../shared/page.ts'
import { asWritten } from '../../values/as-written.ts'
import type { CompanyId, SessionId, TenantId } from '../../values/ids.ts'
import type { RefusedAccount } from '../model/account-policy.ts'
import type { Activation, ConsentSession } from '../model/consent-session.ts'
import { sessionStatuses, type SessionStatus } from '../model/session.ts'

const columns = [
  'session_id',
  'company_id',
  'person_id',
  'institution_id',
  'status',
  'failure',
  'last_failure',
  'failure_text',
  'redirect_url',
  'language',
  'ledger_account_ids',
  'activate',
  'page',
  'names_bank',
  'link_hours',
  'created_at',
  'expires_at',
  'opened_at',
  'unopened_at',
  'redirected_at',
  'ended_at',
  'consent_id',
  'connection_ids',
  'refused_accounts',
] as const

const failures = [
  'cancelled_by_person',
  'rejected_by_bank',
  'insufficient_rights',
  'wrong_account_type',
  'bank_unavailable',
  'provider_error',
  'timed_out',
] as const

export const sessionStore = ({ tenant, sql }: TenantDb) => ({
  async find(id: SessionId): Promise<ConsentSession | undefined> {
    const row = await sql
      .selectFrom('consent_sessions')
      .select(columns)
      .where('tenant_id', '=', tenant)
      .where('session_id', '=', id)
      .executeTakeFirst()
    return row && toSession(row)
  },

  /** @throws {AppError} session_not_found */
  async get(id: SessionId): Promise<ConsentSession> {
    const session = await this.find(id)
    if (session === undefined) throw new AppError('session_not_found', `There is no consent session ${id}.`)
    return session
  },

  /** Two people may hold one link, and a bank may send somebody back twice: whoever moves a session holds it. @throws {AppError} session_not_found */
  async hold(id: SessionId): Promise<ConsentSession> {
    const row = await sql
      .selectFrom('consent_sessions')
      .select(columns)
      .where('tenant_id', '=', tenant)
      .where('session_id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (row === undefined) throw new AppError('session_not_found', `There is no consent session ${id}.`)
    return toSession(row)
  },

  async ofCompanies(companyIds: readonly CompanyId[]): Promise<readonly ConsentSession[]> {
    if (companyIds.length === 0) return []
    const rows = await sql
      .selectFrom('consent_sessions')
      .select(columns)
      .where('tenant_id', '=', tenant)
      .where('company_id', 'in', companyIds)
      .execute()
    return rows.map(toSession)
  },

  /** The newest first. */
  async list(
    companyId: CompanyId,
    ask: PageAsk & { readonly status: SessionStatus | undefined },
  ): Promise<Page<ConsentSession>> {
    const [after] = ask.after ?? []
    const rows = await sql
      .selectFrom('consent_sessions')
      .select(columns)
      .where('tenant_id', '=', tenant)
      .where('company_id', '=', companyId)
      .$if(ask.status !== undefined, (query) => query.where('status', '=', ask.status ?? ''))
      .$if(after !== undefined, (query) => query.where('session_id', '<', after ?? ''))
      .orderBy('session_id', 'desc')
      .limit(ask.limit + 1)
      .execute()
    return pageOf(rows.map(toSession), ask, ({ id }) => [id])
  },

  async add(session: ConsentSession): Promise<void> {
    await sql
      .insertInto('consent_sessions')
      .values({
        tenant_id: tenant,
        session_id: session.id,
        company_id: session.companyId,
        created_at: session.createdAt,
        ...toFields(session),
      })
      .execute()
  },

  async save(session: ConsentSession): Promise<void> {
    await sql
      .updateTable('consent_sessions')
      .set(toFields(session))
      .where('tenant_id', '=', tenant)
      .where('session_id', '=', session.id)
      .execute()
  },

  /** How the provider knows the attempt, encrypted. */
  async saveRef(id: SessionId, sealed: Buffer): Promise<void> {
    await sql
      .updateTable('consent_sessions')
      .set({ provider_ref: sealed })
      .where('tenant_id', '=', tenant)
      .where('session_id', '=', id)
      .execute()
  },

  async sealedRef(id: SessionId): Promise<Buffer | null> {
    const row = await sql
      .selectFrom('consent_sessions')
      .select('provider_ref')
      .where('tenant_id', '=', tenant)
      .where('session_id', '=', id)
      .executeTakeFirst()
    return row?.provider_ref ?? null
  },

  /** Whoever tells of it by this hash means this session from now on: a consent that was renewed in place keeps its name. */
  async leadHintTo(id: SessionId, hash: Buffer): Promise<void> {
    await sql
      .insertInto('session_lookups')
      .values({ hash, purpose: 'hint', tenant_id: tenant, session_id: id })
      .onConflict((conflict) =>
        conflict.column('hash').doUpdateSet({ session_id: id }).where('session_lookups.tenant_id', '=', tenant),
      )
      .execute()
  },

  /** Makes a secret lead here. Of a link there is one at a time; a state belongs to one visit to the bank. */
  async addLookup(id: SessionId, purpose: 'link' | 'state', hash: Buffer): Promise<void> {
    await sql.insertInto('session_lookups').values({ hash, purpose, tenant_id: tenant, session_id: id }).execute()
  },

  async dropLookups(id: SessionId, purpose: 'link' | 'state'): Promise<void> {
    await sql
      .deleteFrom('session_lookups')
      .where('tenant_id', '=', tenant)
      .where('session_id', '=', id)
      .where('purpose', '=', purpose)
      .execute()
  },

  /** Uses a state up. False when it had been used before: somebody came with it twice. */
  async useState(hash: Buffer, now: Date): Promise<boolean> {
    const { numUpdatedRows } = await sql
      .updateTable('session_lookups')
      .set({ used_at: now })
      .where('hash', '=', hash)
      .where('tenant_id', '=', tenant)
      .where('purpose', '=', 'state')
      .where('used_at', 'is', null)
      .executeTakeFirst()
    return numUpdatedRows === 1n
  },
})

export type SessionStore = ReturnType<typeof sessionStore>

/** Whose a link's token or a callback's state is: asked before any tenant is known. */
export const sessionLookup = (sql: Sql) => ({
  async find(
    purpose: 'link' | 'state' | 'hint',
    hash: Buffer,
  ): Promise<{ readonly tenant: TenantId; readonly sessionId: SessionId } | undefined> {
    const row = await sql
      .selectFrom('session_lookups')
      .select(['tenant_id', 'session_id'])
      .where('hash', '=', hash)
      .where('purpose', '=', purpose)
      .executeTakeFirst()
    return row && { tenant: row.tenant_id, sessionId: row.session_id }
  },
})

export type SessionLookup = ReturnType<typeof sessionLookup>

type Row = Pick<Selectable<Tables['consent_sessions']>, (typeof columns)[number]>

const toFields = (session: ConsentSession) => ({
  person_id: session.personId,
  institution_id: session.institutionId,
  status: session.status,
  failure: session.failure,
  last_failure: session.lastFailure,
  failure_text: session.failureText,
  redirect_url: session.redirectUrl,
  language: session.language,
  ledger_account_ids: [...session.ledgerAccountIds],
  activate: session.activate === null ? null : JSON.stringify(session.activate),
  page: session.page,
  names_bank: session.namesBank,
  link_hours: session.linkHours,
  expires_at: session.expiresAt,
  opened_at: session.openedAt,
  unopened_at: session.unopenedAt,
  redirected_at: session.redirectedAt,
  ended_at: session.endedAt,
  consent_id: session.consentId,
  connection_ids: [...session.connectionIds],
  refused_accounts: JSON.stringify(session.refusedAccounts),
})

function toSession(row: Row): ConsentSession {
  const status = sessionStatuses.find((known) => known === row.status)
  if (status === undefined) throw new Error(`consent_sessions.status holds ${row.status}`)
  return {
    id: row.session_id,
    companyId: row.company_id,
    personId: row.person_id,
    institutionId: row.institution_id,
    status,
    failure: failures.find((known) => known === row.failure) ?? null,
    lastFailure: failures.find((known) => known === row.last_failure) ?? null,
    failureText: row.failure_text,
    redirectUrl: row.redirect_url,
    language: row.language,
    ledgerAccountIds: row.ledger_account_ids,
    activate: activationIn(row.activate),
    page: row.page === 'none' ? 'none' : 'hosted',
    namesBank: row.names_bank,
    linkHours: row.link_hours,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    openedAt: row.opened_at,
    unopenedAt: row.unopened_at,
    redirectedAt: row.redirected_at,
    endedAt: row.ended_at,
    consentId: row.consent_id,
    connectionIds: row.connection_ids,
    refusedAccounts: refusedIn(row.refused_accounts),
  }
}

/** What `toFields` wrote. */
const activationIn = (json: unknown): Activation | null => asWritten(json)
const refusedIn = (json: unknown): readonly RefusedAccount[] => asWritten(json)
