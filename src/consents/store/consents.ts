import type { Selectable } from 'kysely'
import type { Tables } from '../../shared/db-tables.ts'
import type { TenantDb } from '../../shared/db.ts'
import { AppError } from '../../shared/errors.ts'
import type { CompanyId, ConnectionId, ConsentId, PersonId } from '../../values/ids.ts'
import type { Consent } from '../model/consent.ts'
import type { Reminder } from '../model/reminders.ts'

const columns = [
  'consent_id',
  'company_id',
  'person_id',
  'person_removed_at',
  'institution_id',
  'session_id',
  'valid_from',
  'expires_at',
  'reconfirm_by',
  'reconfirm_asked_at',
  'ended_at',
  'ended_by',
  'bank_access',
] as const

/** That a consent covers a connection's account, and since when another one does so in its place. */
export type Cover = {
  readonly consentId: ConsentId
  readonly connectionId: ConnectionId
  readonly from: Date
  readonly supersededAt: Date | null
}

export const consentStore = ({ tenant, sql }: TenantDb) => ({
  async find(id: ConsentId): Promise<Consent | undefined> {
    const row = await sql
      .selectFrom('consents')
      .select(columns)
      .where('tenant_id', '=', tenant)
      .where('consent_id', '=', id)
      .executeTakeFirst()
    return row && toConsent(row)
  },

  /** @throws {AppError} consent_not_found */
  async get(id: ConsentId): Promise<Consent> {
    const consent = await this.find(id)
    if (consent === undefined) throw new AppError('consent_not_found', `There is no consent ${id}.`)
    return consent
  },

  /** As `get`, and nobody else changes it until this unit of work ends. @throws {AppError} consent_not_found */
  async hold(id: ConsentId): Promise<Consent> {
    const row = await sql
      .selectFrom('consents')
      .select(columns)
      .where('tenant_id', '=', tenant)
      .where('consent_id', '=', id)
      .forNoKeyUpdate()
      .executeTakeFirst()
    if (row === undefined) throw new AppError('consent_not_found', `There is no consent ${id}.`)
    return toConsent(row)
  },

  ofCompany(companyId: CompanyId): Promise<readonly Consent[]> {
    return this.ofCompanies([companyId])
  },

  async ofCompanies(companyIds: readonly CompanyId[]): Promise<readonly Consent[]> {
    if (companyIds.length === 0) return []
    const rows = await sql
      .selectFrom('consents')
      .select(columns)
      .where('tenant_id', '=', tenant)
      .where('company_id', 'in', companyIds)
      .orderBy('consent_id')
      .execute()
    return rows.map(toConsent)
  },

  /** `sealedRef`: how the provider knows it, encrypted. */
  async add(consent: Consent, sealedRef: Buffer, now: Date): Promise<void> {
    await sql
      .insertInto('consents')
      .values({
        tenant_id: tenant,
        consent_id: consent.id,
        company_id: consent.companyId,
        person_id: consent.personId,
        person_removed_at: consent.personRemovedAt,
        institution_id: consent.institutionId,
        session_id: consent.sessionId,
        provider_ref: sealedRef,
        valid_from: consent.validFrom,
        expires_at: consent.expiresAt,
        reconfirm_by: consent.reconfirmBy,
        reconfirm_asked_at: consent.reconfirmAskedAt,
        ended_at: consent.ended?.at ?? null,
        ended_by: consent.ended?.by ?? null,
        bank_access: consent.bankAccess,
        created_at: now,
      })
      .execute()
  },

  /** What can change of it: whose it is, how long it lasts, how it ended. */
  async save(consent: Consent): Promise<void> {
    await sql
      .updateTable('consents')
      .set({
        person_id: consent.personId,
        person_removed_at: consent.personRemovedAt,
        expires_at: consent.expiresAt,
        reconfirm_by: consent.reconfirmBy,
        reconfirm_asked_at: consent.reconfirmAskedAt,
        ended_at: consent.ended?.at ?? null,
        ended_by: consent.ended?.by ?? null,
        bank_access: consent.bankAccess,
      })
      .where('tenant_id', '=', tenant)
      .where('consent_id', '=', consent.id)
      .execute()
  },

  async sealedRef(id: ConsentId): Promise<Buffer> {
    const { provider_ref } = await sql
      .selectFrom('consents')
      .select('provider_ref')
      .where('tenant_id', '=', tenant)
      .where('consent_id', '=', id)
      .executeTakeFirstOrThrow()
    return provider_ref
  },

  /** The person was deleted from the company: their consents say so, and keep their own end. */
  async removePerson(companyId: CompanyId, personId: PersonId, now: Date): Promise<void> {
    await sql
      .updateTable('consents')
      .set({ person_removed_at: now })
      .where('tenant_id', '=', tenant)
      .where('company_id', '=', companyId)
      .where('person_id', '=', personId)
      .where('person_removed_at', 'is', null)
      .execute()
  },

  /** `sealedRef`: how the provider knows the account under this consent, encrypted. */
  async cover(consentId: ConsentId, connectionId: ConnectionId, sealedRef: Buffer, at: Date): Promise<void> {
    await sql
      .insertInto('consent_accounts')
      .values({
        tenant_id: tenant,
        consent_id: consentId,
        connection_id: connectionId,
        account_ref: sealedRef,
        covered_at: at,
        superseded_at: null,
      })
      .execute()
  },

  async supersede(
    pairs: readonly { readonly consentId: ConsentId; readonly connectionId: ConnectionId }[],
    at: Date,
  ): Promise<void> {
    for (const { consentId, connectionId } of pairs)
      await sql
        .updateTable('consent_accounts')
        .set({ superseded_at: at })
        .where('tenant_id', '=', tenant)
        .where('consent_id', '=', consentId)
        .where('connection_id', '=', connectionId)
        .execute()
  },

  /** Which of the company's connections its consents cover or covered. */
  async coversOfCompanies(companyIds: readonly CompanyId[]): Promise<readonly Cover[]> {
    if (companyIds.length === 0) return []
    const rows = await sql
      .selectFrom('consent_accounts as a')
      .innerJoin('consents as c', (join) =>
        join.onRef('c.tenant_id', '=', 'a.tenant_id').onRef('c.consent_id', '=', 'a.consent_id'),
      )
      .select(['a.consent_id', 'a.connection_id', 'a.covered_at', 'a.superseded_at'])
      .where('a.tenant_id', '=', tenant)
      .where('c.company_id', 'in', companyIds)
      .execute()
    return rows.map((row) => ({
      consentId: row.consent_id,
      connectionId: row.connection_id,
      from: row.covered_at,
      supersededAt: row.superseded_at,
    }))
  },

  /** Notes a reminder. False when it, or one nearer to that deadline, was noted before: then it is not told again. */
  async remind(id: ConsentId, { about, deadline, daysBefore }: Reminder, now: Date): Promise<boolean> {
    const days_before = daysBefore === 'passed' ? -1 : daysBefore
    const { numInsertedOrUpdatedRows } = await sql
      .insertInto('consent_reminders')
      .values({ tenant_id: tenant, consent_id: id, about, deadline, days_before, reminded_at: now })
      .onConflict((conflict) =>
        conflict
          .columns(['tenant_id', 'consent_id', 'about', 'deadline'])
          .doUpdateSet({ days_before, reminded_at: now })
          .where('consent_reminders.days_before', '>', days_before),
      )
      .executeTakeFirst()
    return numInsertedOrUpdatedRows === 1n
  },

  async sealedAccountRef(consentId: ConsentId, connectionId: ConnectionId): Promise<Buffer | undefined> {
    const row = await sql
      .selectFrom('consent_accounts')
      .select('account_ref')
      .where('tenant_id', '=', tenant)
      .where('consent_id', '=', consentId)
      .where('connection_id', '=', connectionId)
      .executeTakeFirst()
    return row?.account_ref
  },
})

export type ConsentStore = ReturnType<typeof consentStore>

type Row = Pick<Selectable<Tables['consents']>, (typeof columns)[number]>

const toConsent = (row: Row): Consent => ({
  id: row.consent_id,
  companyId: row.company_id,
  personId: row.person_id,
  personRemovedAt: row.person_removed_at,
  institutionId: row.institution_id,
  sessionId: row.session_id,
  validFrom: row.valid_from,
  expiresAt: row.expires_at,
  reconfirmBy: row.reconfirm_by,
  reconfirmAskedAt: row.reconfirm_asked_at,
  ended: row.ended_at === null || row.ended_by === null ? null : { at: row.ended_at, by: endedByOf(row.ended_by) },
  bankAccess: bankAccessOf(row.bank_access),
})

function endedByOf(text: string): NonNullable<Consent['ended']>['by'] {
  if (text === 'bank' || text === 'api' || text === 'expiry' || text === 'superseded') return text
  throw new Error(`consents.ended_by holds ${text}`)
}

function bankAccessOf(text: string): Consent['bankAccess'] {
  if (text === 'live' || text === 'ended' || text === 'unknown') return text
  throw new Error(`consents.bank_access holds ${text}`)
}
