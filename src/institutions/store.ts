import { sql as raw, type Selectable } from 'kysely'
import type { AccountType } from '../providers/provider.ts'
import type { Tables } from '../shared/db-tables.ts'
import type { TenantDb } from '../shared/db.ts'
import { pageOf, type Page, type PageAsk } from '../shared/page.ts'
import { foldText } from '../values/text.ts'
import type { InstitutionId } from '../values/ids.ts'
import type { Institution } from './model.ts'

const columns = [
  'institution_id',
  'provider_id',
  'native_id',
  'name',
  'bic',
  'kind',
  'logo',
  'countries',
  'account_types',
  'psu_types',
  'max_history_days',
  'max_consent_days',
  'bank_codes',
  'approver_hint',
] as const

export type InstitutionFilter = {
  readonly country?: string
  readonly psuType?: 'business' | 'private'
  readonly kind?: 'bank' | 'card_programme'
  readonly search?: string
}

/** The catalogue is everybody's: the same for every tenant. */
export const institutionStore = ({ sql }: Pick<TenantDb, 'sql'>) => ({
  async find(id: InstitutionId): Promise<Institution | undefined> {
    const row = await sql.selectFrom('institutions').select(columns).where('institution_id', '=', id).executeTakeFirst()
    return row && toInstitution(row)
  },

  async some(ids: readonly InstitutionId[]): Promise<readonly Institution[]> {
    if (ids.length === 0) return []
    return (await sql.selectFrom('institutions').select(columns).where('institution_id', 'in', ids).execute()).map(
      toInstitution,
    )
  },

  /** Those that a bank code of an IBAN leads to, whichever provider reaches them. */
  async withBankCodes(codes: readonly string[]): Promise<readonly Institution[]> {
    if (codes.length === 0) return []
    const rows = await sql
      .selectFrom('institutions')
      .select(columns)
      .where('withdrawn_at', 'is', null)
      .where(raw<boolean>`bank_codes && ${codes}::text[]`)
      .execute()
    return rows.map(toInstitution)
  },

  /** By name; a search forgives case and diacritics and looks into names and BICs. */
  async list(filter: InstitutionFilter, ask: PageAsk): Promise<Page<Institution>> {
    const [name, id] = ask.after ?? []
    const rows = await sql
      .selectFrom('institutions')
      .select(columns)
      .where('withdrawn_at', 'is', null)
      .$if(filter.country !== undefined, (query) => query.where(raw<boolean>`${filter.country} = any(countries)`))
      .$if(filter.psuType !== undefined, (query) => query.where(raw<boolean>`${filter.psuType} = any(psu_types)`))
      .$if(filter.kind !== undefined, (query) => query.where('kind', '=', filter.kind ?? ''))
      .$if(filter.search !== undefined, (query) =>
        query.where(raw<boolean>`position(${foldText(filter.search ?? '')} in search) > 0`),
      )
      .$if(name !== undefined, (query) => query.where(raw<boolean>`(name, institution_id) > (${name}, ${id})`))
      .orderBy('name')
      .orderBy('institution_id')
      .limit(ask.limit + 1)
      .execute()
    return pageOf(rows.map(toInstitution), ask, (institution) => [institution.name, institution.id])
  },

  /** What one provider lists now: new ones are added, changed ones changed, and those that it lists no more are not offered any more. */
  async replaceAll(providerId: string, institutions: readonly Institution[], now: Date): Promise<void> {
    for (const institution of institutions) {
      const fields = { ...toFields(institution), refreshed_at: now, withdrawn_at: null }
      await sql
        .insertInto('institutions')
        .values({
          institution_id: institution.id,
          provider_id: institution.providerId,
          native_id: institution.nativeId,
          ...fields,
        })
        .onConflict((conflict) => conflict.column('institution_id').doUpdateSet(fields))
        .execute()
    }
    await sql
      .updateTable('institutions')
      .set({ withdrawn_at: now })
      .where('provider_id', '=', providerId)
      .where('withdrawn_at', 'is', null)
      .where('institution_id', '<>', raw<string>`all(${institutions.map(({ id }) => id)}::text[])`)
      .execute()
  },
})

export type InstitutionStore = ReturnType<typeof institutionStore>

type Row = Pick<Selectable<Tables['institutions']>, (typeof columns)[number]>

const toFields = (institution: Institution) => ({
  name: institution.name,
  search: foldText(`${institution.name} ${institution.bic ?? ''}`),
  bic: institution.bic,
  kind: institution.kind,
  logo: institution.logo,
  countries: [...institution.countries],
  account_types: [...institution.accountTypes],
  psu_types: [...institution.psuTypes],
  max_history_days: institution.maxHistoryDays,
  max_consent_days: institution.maxConsentDays,
  bank_codes: [...institution.bankCodes],
  approver_hint: institution.approverHint,
})

const toInstitution = (row: Row): Institution => ({
  id: row.institution_id,
  providerId: row.provider_id,
  nativeId: row.native_id,
  name: row.name,
  bic: row.bic,
  kind: row.kind === 'card_programme' ? 'card_programme' : 'bank',
  logo: row.logo,
  countries: row.countries,
  accountTypes: row.account_types.map(accountTypeOf),
  psuTypes: row.psu_types.map((type) => (type === 'private' ? 'private' : 'business')),
  maxHistoryDays: row.max_history_days,
  maxConsentDays: row.max_consent_days,
  bankCodes: row.bank_codes,
  approverHint: row.approver_hint,
})

function accountTypeOf(text: string): AccountType {
  switch (text) {
    case 'current':
    case 'savings':
    case 'card':
    case 'fuel_card':
    case 'loan':
      return text
    default:
      throw new Error(`institutions.account_types holds ${text}`)
  }
}
