import type { Selectable } from 'kysely'
import type { Tables } from '../shared/db-tables.ts'
import type { TenantDb } from '../shared/db.ts'
import { AppError } from '../shared/errors.ts'
import { pageOf, type Page, type PageAsk } from '../shared/page.ts'
import { parseDay, type Day } from '../values/day.ts'
import type { CompanyId, LedgerAccountId, PersonId } from '../values/ids.ts'
import type { Company, LedgerAccount, Person } from './model.ts'

const companyColumns = [
  'company_id',
  'name',
  'country',
  'organisation_number',
  'time_zone',
  'group_id',
  'account_policy',
] as const
const ledgerAccountColumns = [
  'company_id',
  'ledger_account_id',
  'name',
  'currency',
  'iban',
  'bban',
  'institution_id',
  'booked_through',
  'iban_changed_at',
] as const
const personColumns = ['company_id', 'person_id', 'name', 'email', 'phone'] as const

export const companyStore = ({ tenant, sql }: TenantDb) => ({
  async find(id: CompanyId): Promise<Company | undefined> {
    const row = await sql
      .selectFrom('companies')
      .select(companyColumns)
      .where('tenant_id', '=', tenant)
      .where('company_id', '=', id)
      .executeTakeFirst()
    return row && toCompany(row)
  },

  /** @throws {AppError} company_not_found */
  async get(id: CompanyId): Promise<Company> {
    const company = await this.find(id)
    if (company === undefined) throw new AppError('company_not_found', `There is no company ${id}.`)
    return company
  },

  /**
   * Holds the company until the unit of work ends: whoever decides over its matches does so one after another.
   * @throws {AppError} company_not_found
   */
  async hold(id: CompanyId): Promise<Company> {
    const row = await sql
      .selectFrom('companies')
      .select(companyColumns)
      .where('tenant_id', '=', tenant)
      .where('company_id', '=', id)
      .forNoKeyUpdate()
      .executeTakeFirst()
    if (row === undefined) throw new AppError('company_not_found', `There is no company ${id}.`)
    return toCompany(row)
  },

  async list(ask: PageAsk): Promise<Page<Company>> {
    const [after] = ask.after ?? []
    const rows = await sql
      .selectFrom('companies')
      .select(companyColumns)
      .where('tenant_id', '=', tenant)
      .$if(after !== undefined, (query) => query.where('company_id', '>', after ?? ''))
      .orderBy('company_id')
      .limit(ask.limit + 1)
      .execute()
    return pageOf(rows.map(toCompany), ask, ({ id }) => [id])
  },

  async save(company: Company, now: Date): Promise<void> {
    const fields = {
      name: company.name,
      country: company.country,
      organisation_number: company.organisationNumber,
      time_zone: company.timeZone,
      group_id: company.groupId,
      account_policy: company.accountPolicy,
      updated_at: now,
    }
    await sql
      .insertInto('companies')
      .values({ tenant_id: tenant, company_id: company.id, ...fields, created_at: now })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'company_id']).doUpdateSet(fields))
      .execute()
  },

  /** With everything that hangs on it by key; true when it was there. */
  async delete(id: CompanyId): Promise<boolean> {
    const { numDeletedRows } = await sql
      .deleteFrom('companies')
      .where('tenant_id', '=', tenant)
      .where('company_id', '=', id)
      .executeTakeFirst()
    return numDeletedRows === 1n
  },
})

export type CompanyStore = ReturnType<typeof companyStore>

export const ledgerAccountStore = ({ tenant, sql }: TenantDb) => ({
  async find(companyId: CompanyId, id: LedgerAccountId): Promise<LedgerAccount | undefined> {
    const row = await sql
      .selectFrom('ledger_accounts')
      .select(ledgerAccountColumns)
      .where('tenant_id', '=', tenant)
      .where('company_id', '=', companyId)
      .where('ledger_account_id', '=', id)
      .executeTakeFirst()
    return row && toLedgerAccount(row)
  },

  async ofCompany(companyId: CompanyId): Promise<readonly LedgerAccount[]> {
    const rows = await sql
      .selectFrom('ledger_accounts')
      .select(ledgerAccountColumns)
      .where('tenant_id', '=', tenant)
      .where('company_id', '=', companyId)
      .orderBy('ledger_account_id')
      .execute()
    return rows.map(toLedgerAccount)
  },

  async list(companyId: CompanyId, ask: PageAsk): Promise<Page<LedgerAccount>> {
    const [after] = ask.after ?? []
    const rows = await sql
      .selectFrom('ledger_accounts')
      .select(ledgerAccountColumns)
      .where('tenant_id', '=', tenant)
      .where('company_id', '=', companyId)
      .$if(after !== undefined, (query) => query.where('ledger_account_id', '>', after ?? ''))
      .orderBy('ledger_account_id')
      .limit(ask.limit + 1)
      .execute()
    return pageOf(rows.map(toLedgerAccount), ask, ({ id }) => [id])
  },

  async save(account: LedgerAccount, now: Date): Promise<void> {
    const fields = {
      name: account.name,
      currency: account.currency,
      iban: account.iban,
      bban: account.bban,
      institution_id: account.institutionId,
      booked_through: account.bookedThrough,
      iban_changed_at: account.ibanChangedAt,
      updated_at: now,
    }
    await sql
      .insertInto('ledger_accounts')
      .values({
        tenant_id: tenant,
        company_id: account.companyId,
        ledger_account_id: account.id,
        ...fields,
        created_at: now,
      })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'company_id', 'ledger_account_id']).doUpdateSet(fields))
      .execute()
  },

  async delete(companyId: CompanyId, id: LedgerAccountId): Promise<boolean> {
    const { numDeletedRows } = await sql
      .deleteFrom('ledger_accounts')
      .where('tenant_id', '=', tenant)
      .where('company_id', '=', companyId)
      .where('ledger_account_id', '=', id)
      .executeTakeFirst()
    return numDeletedRows === 1n
  },
})

export type LedgerAccountStore = ReturnType<typeof ledgerAccountStore>

export const personStore = ({ tenant, sql }: TenantDb) => ({
  async find(companyId: CompanyId, id: PersonId): Promise<Person | undefined> {
    const row = await sql
      .selectFrom('persons')
      .select(personColumns)
      .where('tenant_id', '=', tenant)
      .where('company_id', '=', companyId)
      .where('person_id', '=', id)
      .executeTakeFirst()
    return row && toPerson(row)
  },

  async list(companyId: CompanyId, ask: PageAsk): Promise<Page<Person>> {
    const [after] = ask.after ?? []
    const rows = await sql
      .selectFrom('persons')
      .select(personColumns)
      .where('tenant_id', '=', tenant)
      .where('company_id', '=', companyId)
      .$if(after !== undefined, (query) => query.where('person_id', '>', after ?? ''))
      .orderBy('person_id')
      .limit(ask.limit + 1)
      .execute()
    return pageOf(rows.map(toPerson), ask, ({ id }) => [id])
  },

  async save(person: Person, now: Date): Promise<void> {
    const fields = { name: person.name, email: person.email, phone: person.phone, updated_at: now }
    await sql
      .insertInto('persons')
      .values({ tenant_id: tenant, company_id: person.companyId, person_id: person.id, ...fields, created_at: now })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'company_id', 'person_id']).doUpdateSet(fields))
      .execute()
  },

  async delete(companyId: CompanyId, id: PersonId): Promise<boolean> {
    const { numDeletedRows } = await sql
      .deleteFrom('persons')
      .where('tenant_id', '=', tenant)
      .where('company_id', '=', companyId)
      .where('person_id', '=', id)
      .executeTakeFirst()
    return numDeletedRows === 1n
  },
})

export type PersonStore = ReturnType<typeof personStore>

type Row<Table extends keyof Tables, Column extends keyof Tables[Table]> = Pick<
  Selectable<Tables[Table]>,
  Column & keyof Selectable<Tables[Table]>
>

const toCompany = (row: Row<'companies', (typeof companyColumns)[number]>): Company => ({
  id: row.company_id,
  name: row.name,
  country: row.country,
  organisationNumber: row.organisation_number,
  timeZone: row.time_zone,
  groupId: row.group_id,
  accountPolicy: policyOf(row.account_policy),
})

const toLedgerAccount = (row: Row<'ledger_accounts', (typeof ledgerAccountColumns)[number]>): LedgerAccount => ({
  id: row.ledger_account_id,
  companyId: row.company_id,
  name: row.name,
  currency: row.currency,
  iban: row.iban,
  bban: row.bban,
  institutionId: row.institution_id,
  bookedThrough: dayOf(row.booked_through),
  ibanChangedAt: row.iban_changed_at,
})

const toPerson = (row: Row<'persons', (typeof personColumns)[number]>): Person => ({
  id: row.person_id,
  companyId: row.company_id,
  name: row.name,
  email: row.email,
  phone: row.phone,
})

function policyOf(text: string): Company['accountPolicy'] {
  if (text === 'any' || text === 'business_only') return text
  throw new Error(`companies.account_policy holds ${text}`)
}

function dayOf(text: string | null): Day | null {
  if (text === null) return null
  const day = parseDay(text)
  if (day === undefined) throw new Error('ledger_accounts.booked_through is not a day')
  return day
}
