import { sql as raw, type Selectable } from 'kysely'
import type { AccountType } from '../providers/provider.ts'
import type { Tables } from '../shared/db-tables.ts'
import type { TenantDb } from '../shared/db.ts'
import { pageOf, type Page, type PageAsk } from '../shared/page.ts'
import type { InstitutionId } from '../values/ids.ts'
import { foldText } from '../values/text.ts'
import {
  orderOf,
  pictureTypes,
  providerOf,
  rankIn,
  searchText,
  sortName,
  wordsOf,
  type Institution,
  type Picture,
  type Programme,
} from './model.ts'

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
  'programme_id',
  'programme_name',
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

  /** Those that ask for an agreement with the company, of one country. */
  async programmesOf(country: string): Promise<readonly Programme[]> {
    const rows = await sql
      .selectFrom('institutions')
      .select(['programme_id', 'programme_name'])
      .distinct()
      .where('withdrawn_at', 'is', null)
      .where('programme_id', 'is not', null)
      .where(raw<boolean>`${country} = any(countries)`)
      .orderBy('programme_id')
      .execute()
    return rows.flatMap(({ programme_id: id, programme_name: name }) => (id === null ? [] : [{ id, name: name ?? id }]))
  },

  /**
   * By name; where two go by one name, the preferred provider's first. A list that has begun goes on in the order of providers that it began
   * with, which is in its cursor. Leans on `institutions_by_name`, of which a page reads no more than it shows.
   */
  async list(
    filter: InstitutionFilter,
    preferredProviders: readonly string[],
    ask: PageAsk,
  ): Promise<Page<Institution>> {
    const [name, id = '', order = orderOf(preferredProviders)] = ask.after ?? []
    const rank = rankSql(order)
    const rows = await offered(sql, filter)
      .select('sort_name')
      .$if(name !== undefined, (query) =>
        query.where(
          raw<boolean>`sort_name >= ${name} and (sort_name, ${rank}, institution_id) > (${name}, ${rankIn(order, providerOf(id))}::int, ${id})`,
        ),
      )
      .orderBy('sort_name')
      .orderBy(rank)
      .orderBy('institution_id')
      .limit(ask.limit + 1)
      .execute()
    const { data, nextCursor } = pageOf(rows, ask, (row) => [row.sort_name, row.institution_id, order])
    return { data: data.map(toInstitution), nextCursor }
  },

  /**
   * The likeliest first: those whose name is what was searched for, begins with it, or has it at the beginnings of words; `ING` is found among all the
   * banks that have these letters somewhere. Then as in a list.
   */
  async likeliest(
    filter: InstitutionFilter,
    preferredProviders: readonly string[],
    limit: number,
  ): Promise<readonly Institution[]> {
    const { search = '' } = filter
    const folded = foldText(search)
    const rows = await offered(sql, filter)
      .orderBy(
        raw`case when sort_name = ${folded} then 0 when starts_with(sort_name, ${folded}) then 1
          when ${raw.join(
            wordsOf(search).map((word) => raw`position(${` ${word}`} in ' ' || search) > 0`),
            raw` and `,
          )} then 2 else 3 end`,
      )
      .orderBy('sort_name')
      .orderBy(rankSql(orderOf(preferredProviders)))
      .orderBy('institution_id')
      .limit(limit)
      .execute()
    return rows.map(toInstitution)
  },

  /**
   * What one provider lists now: new ones are added, changed ones changed, and those that it lists no more are not offered any more. Rows that stay
   * as they are are not touched. In the order of their ids, so that two processes that do this at once wait for each other and no more.
   */
  async replaceAll(
    providerId: string,
    institutions: readonly Institution[],
    now: Date,
  ): Promise<{ readonly changed: number; readonly withdrawn: number }> {
    // Whoever is listed twice is taken as listed last.
    const byId = new Map(institutions.map((institution) => [institution.id, toFields(institution)]))
    const ids = [...byId.keys()].toSorted()
    let changed = 0
    for (let first = 0; first < ids.length; first += rowsAtOnce) {
      const told = JSON.stringify(ids.slice(first, first + rowsAtOnce).map((id) => byId.get(id)))
      const { numAffectedRows } = await raw`
        with told as (
          select * from jsonb_to_recordset(${told}::jsonb) as told (
            institution_id text, provider_id text, native_id text, name text, search text, sort_name text, bic text, kind text, logo text,
            countries text[], account_types text[], psu_types text[], max_history_days int, max_consent_days int, bank_codes text[], approver_hint text,
            programme_id text, programme_name text
          )
        )
        insert into institutions (${fieldList}, refreshed_at, withdrawn_at)
        select ${fieldList}, ${now}::timestamptz, null from told
        where not exists (
          select from institutions held
          where held.institution_id = told.institution_id and held.withdrawn_at is null and (${fieldsOf('held')}) is not distinct from (${fieldsOf('told')})
        )
        order by institution_id
        on conflict (institution_id) do update
        set (${fieldList}, refreshed_at, withdrawn_at) = (${fieldsOf('excluded')}, excluded.refreshed_at, null)`.execute(
        sql,
      )
      changed += Number(numAffectedRows ?? 0)
    }
    const { numAffectedRows } = await raw`
      update institutions set withdrawn_at = ${now}::timestamptz
      where provider_id = ${providerId} and withdrawn_at is null
        and not exists (select from unnest(${ids}::text[]) as listed (id) where id = institution_id)`.execute(sql)
    return { changed, withdrawn: Number(numAffectedRows ?? 0) }
  },

  /** Of these, those whose picture is kept. */
  async pictured(ids: readonly InstitutionId[]): Promise<ReadonlySet<InstitutionId>> {
    if (ids.length === 0) return new Set()
    const rows = await sql
      .selectFrom('institution_pictures')
      .select('institution_id')
      .where('institution_id', 'in', ids)
      .where('media_type', 'is not', null)
      .execute()
    return new Set(rows.map(({ institution_id: id }) => id))
  },

  async picture(id: InstitutionId): Promise<Picture | undefined> {
    const row = await sql
      .selectFrom('institution_pictures')
      .select(['picture', 'media_type'])
      .where('institution_id', '=', id)
      .executeTakeFirst()
    const mediaType = pictureTypes.find((type) => type === row?.media_type)
    return mediaType === undefined || !row?.picture ? undefined : { mediaType, bytes: row.picture }
  },

  /**
   * Where pictures are to be fetched now, so many at a time: of institutions that are offered, and not asked for at that URL since these instants (the first
   * where there is a picture, the second where there was none). Whoever is answered with one is who fetches it: it counts as asked for.
   */
  async claimPictures(ask: {
    readonly now: Date
    readonly keptBefore: Date
    readonly missingBefore: Date
    readonly count: number
  }): Promise<readonly { readonly id: InstitutionId; readonly url: string }[]> {
    const isDue = raw`kept.asked_at < case when kept.media_type is null then ${ask.missingBefore}::timestamptz else ${ask.keptBefore}::timestamptz end`
    const { rows } = await raw<{ id: InstitutionId; url: string }>`
      insert into institution_pictures as kept (institution_id, url, asked_at)
      select institution_id, logo, ${ask.now}::timestamptz
      from institutions left join institution_pictures kept using (institution_id)
      where withdrawn_at is null and logo not like 'data:%' and (kept.url is distinct from logo or ${isDue})
      order by institution_id limit ${ask.count}
      on conflict (institution_id) do update set url = excluded.url, asked_at = excluded.asked_at
      where kept.url <> excluded.url or ${isDue}
      returning institution_id as id, url`.execute(sql)
    return rows
  },

  /** One that cannot be had any more is shown on, until there is another. */
  async keepPicture(id: InstitutionId, { mediaType, bytes }: Picture): Promise<void> {
    await sql
      .updateTable('institution_pictures')
      .set({ picture: bytes, media_type: mediaType })
      .where('institution_id', '=', id)
      .execute()
  },
})

export type InstitutionStore = ReturnType<typeof institutionStore>

type Row = Pick<Selectable<Tables['institutions']>, (typeof columns)[number]>

const toFields = (institution: Institution) => ({
  institution_id: institution.id,
  provider_id: institution.providerId,
  native_id: institution.nativeId,
  name: institution.name,
  search: searchText(institution),
  sort_name: sortName(institution.name),
  bic: institution.bic,
  kind: institution.kind,
  logo: institution.logo,
  countries: institution.countries,
  account_types: institution.accountTypes,
  psu_types: institution.psuTypes,
  max_history_days: institution.maxHistoryDays,
  max_consent_days: institution.maxConsentDays,
  bank_codes: institution.bankCodes,
  approver_hint: institution.approverHint,
  programme_id: institution.agreement?.id ?? null,
  programme_name: institution.agreement?.name ?? null,
})

const fields = [...columns, 'search', 'sort_name'] as const
const fieldList = raw.join(fields.map((field) => raw.ref(field)))
const fieldsOf = (table: string) => raw.join(fields.map((field) => raw.ref(`${table}.${field}`)))

/** A few megabytes, where each has a picture of its own. */
const rowsAtOnce = 500

/** What is offered and passes the filter. Words are looked for anywhere, of which no index knows: of 10,000 rows that takes milliseconds. */
const offered = (sql: TenantDb['sql'], filter: InstitutionFilter) =>
  sql
    .selectFrom('institutions')
    .select(columns)
    .where('withdrawn_at', 'is', null)
    .$if(filter.country !== undefined, (query) => query.where(raw<boolean>`${filter.country} = any(countries)`))
    .$if(filter.psuType !== undefined, (query) => query.where(raw<boolean>`${filter.psuType} = any(psu_types)`))
    .$if(filter.kind !== undefined, (query) => query.where('kind', '=', filter.kind ?? ''))
    .$if(filter.search !== undefined, (query) =>
      query.where((condition) =>
        condition.and(wordsOf(filter.search ?? '').map((word) => raw<boolean>`position(${word} in search) > 0`)),
      ),
    )

/** The same as `rankIn`. */
const rankSql = (order: string) => {
  const named = order.split(' ')
  return raw<number>`coalesce(array_position(${named}::text[], provider_id), ${named.length + 1}::int)`
}

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
  agreement: row.programme_id === null ? null : { id: row.programme_id, name: row.programme_name ?? row.programme_id },
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
