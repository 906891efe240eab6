import { sql as raw, type Selectable } from 'kysely'
import type { AccountType } from '../providers/provider.ts'
import type { Tables } from '../shared/db-tables.ts'
import type { TenantDb } from '../shared/db.ts'
import { AppError } from '../shared/errors.ts'
import { pageOf, type Page, type PageAsk } from '../shared/page.ts'
import { parseDay } from '../values/day.ts'
import type { CompanyId, ConnectionId, ConsentId } from '../values/ids.ts'
import type { Assignment, Connection } from './model/connection.ts'
import { connectionStatuses, type ConnectionStatus } from './model/finding.ts'
import type { StatusChange } from './model/status-change.ts'
import { projectionOf, projectionText, type Projection } from './model/projection.ts'

const columns = [
  'connection_id',
  'company_id',
  'institution_id',
  'name',
  'type',
  'iban',
  'bban',
  'masked_pan',
  'stable_hash',
  'currency',
  'owner',
  'assignment',
  'ledger_account_id',
  'person_id',
  'expense_policy',
  'assigned_at',
  'ledger_account_had_iban',
  'ledger_account_gone_at',
  'source_person_id',
  'source_fallback',
  'source_chosen_at',
  'activated_at',
  'deactivated_at',
  'start_date',
  'first_sync',
  'first_activated_on',
  'removed_at',
  'created_at',
] as const

export type ProjectedConnection = Connection & { readonly projection: Projection }

export type ConnectionFilter = {
  readonly companyId?: CompanyId
  readonly status?: ConnectionStatus
  readonly expiresBefore?: Date
  /** Removed ones too. */
  readonly removed?: boolean
}

export function connectionStore({ tenant, sql }: TenantDb) {
  const touched = new Set<ConnectionId>()
  const touchedCompanies = new Set<CompanyId>()

  return {
    /** A fact that the status derives from has changed: the unit of work projects it anew when it commits. */
    touch(...ids: readonly ConnectionId[]): void {
      for (const id of ids) touched.add(id)
    },

    /** A fact of the company's that any of its connections may derive from. */
    touchCompany(id: CompanyId): void {
      touchedCompanies.add(id)
    },

    /** The connections that were touched, with their projections; what was touched is forgotten. */
    async takeTouched(): Promise<readonly (Connection & { readonly projection: Projection | null })[]> {
      if (touched.size === 0 && touchedCompanies.size === 0) return []
      const rows = await sql
        .selectFrom('connections')
        .select([...columns, 'projection'])
        .where('tenant_id', '=', tenant)
        .where((eb) =>
          eb.or([
            eb('connection_id', '=', raw<string>`any(${[...touched]}::uuid[])`),
            eb('company_id', '=', raw<string>`any(${[...touchedCompanies]}::text[])`),
          ]),
        )
        .where('removed_at', 'is', null)
        .orderBy('connection_id')
        .forNoKeyUpdate()
        .execute()
      touched.clear()
      touchedCompanies.clear()
      return rows.map((row) => ({
        ...toConnection(row),
        projection: row.projection === null ? null : projectionOf(row.projection),
      }))
    },

    async project(id: ConnectionId, projection: Projection): Promise<void> {
      await sql
        .updateTable('connections')
        .set({ status: projection.status, expires_at: projection.expiresAt, projection: projectionText(projection) })
        .where('tenant_id', '=', tenant)
        .where('connection_id', '=', id)
        .execute()
    },

    async addStatus(id: ConnectionId, change: StatusChange): Promise<void> {
      await sql
        .insertInto('connection_statuses')
        .values((eb) => ({
          tenant_id: tenant,
          connection_id: id,
          number: eb
            .selectFrom('connection_statuses')
            .select(raw<number>`coalesce(max(number), 0) + 1`.as('next'))
            .where('tenant_id', '=', tenant)
            .where('connection_id', '=', id),
          status: change.status,
          reason: change.reason,
          since: change.since,
          recorded_at: change.recordedAt,
        }))
        .execute()
    },

    /** The oldest first. */
    async statuses(id: ConnectionId): Promise<readonly StatusChange[]> {
      const rows = await sql
        .selectFrom('connection_statuses')
        .select(['status', 'reason', 'since', 'recorded_at'])
        .where('tenant_id', '=', tenant)
        .where('connection_id', '=', id)
        .orderBy('number')
        .execute()
      return rows.map((row) => ({
        status: statusOf(row.status),
        reason: row.reason,
        since: row.since,
        recordedAt: row.recorded_at,
      }))
    },

    /**
     * The history of a connection that waited becomes the beginning of the history of the one that absorbs it. Numbered anew above all that there are: PostgreSQL
     * deletes the old rows only after it has written the new ones.
     */
    async inheritStatuses(from: ConnectionId, to: ConnectionId): Promise<void> {
      await raw`
        with inherited as (
          select status, reason, since, recorded_at, connection_id = ${from}::uuid as waited, number
          from connection_statuses where tenant_id = ${tenant} and connection_id in (${from}::uuid, ${to}::uuid)
        ), cleared as (
          delete from connection_statuses where tenant_id = ${tenant} and connection_id in (${from}::uuid, ${to}::uuid)
        )
        insert into connection_statuses (tenant_id, connection_id, number, status, reason, since, recorded_at)
        select ${tenant}, ${to}::uuid, max(number) over () + row_number() over (order by waited desc, number), status, reason, since, recorded_at
        from inherited`.execute(sql)
    },

    async find(id: ConnectionId): Promise<ProjectedConnection | undefined> {
      const row = await sql
        .selectFrom('connections')
        .select([...columns, 'projection'])
        .where('tenant_id', '=', tenant)
        .where('connection_id', '=', id)
        .where('removed_at', 'is', null)
        .executeTakeFirst()
      return row && toProjected(row)
    },

    /** @throws {AppError} connection_not_found */
    async get(id: ConnectionId): Promise<ProjectedConnection> {
      const connection = await this.find(id)
      if (connection === undefined) throw new AppError('connection_not_found', `There is no connection ${id}.`)
      return connection
    },

    /** As `get`, and nobody else changes it until this unit of work ends. @throws {AppError} connection_not_found */
    async hold(id: ConnectionId): Promise<ProjectedConnection> {
      const row = await sql
        .selectFrom('connections')
        .select([...columns, 'projection'])
        .where('tenant_id', '=', tenant)
        .where('connection_id', '=', id)
        .where('removed_at', 'is', null)
        .forNoKeyUpdate()
        .executeTakeFirst()
      if (row === undefined) throw new AppError('connection_not_found', `There is no connection ${id}.`)
      return toProjected(row)
    },

    /** As `hold`, of one that may have been removed. @throws {AppError} connection_not_found */
    async holdRemoved(id: ConnectionId): Promise<Connection> {
      const row = await sql
        .selectFrom('connections')
        .select(columns)
        .where('tenant_id', '=', tenant)
        .where('connection_id', '=', id)
        .forNoKeyUpdate()
        .executeTakeFirst()
      if (row === undefined) throw new AppError('connection_not_found', `There is no connection ${id}.`)
      return toConnection(row)
    },

    async some(ids: readonly ConnectionId[]): Promise<readonly Connection[]> {
      if (ids.length === 0) return []
      const rows = await sql
        .selectFrom('connections')
        .select(columns)
        .where('tenant_id', '=', tenant)
        .where('connection_id', 'in', ids)
        .execute()
      return rows.map(toConnection)
    },

    /** Whether a consent is the one in use for any connection that is fetched, or would be if it were switched on. */
    async isAnyServedBy({ id, companyId }: { id: ConsentId; companyId: CompanyId }): Promise<boolean> {
      const row = await sql
        .selectFrom('connections')
        .select('connection_id')
        .where('tenant_id', '=', tenant)
        .where('company_id', '=', companyId)
        .where('removed_at', 'is', null)
        .where('status', '<>', 'ignored')
        .where(raw`projection ->> 'effectiveConsentId'`, '=', id)
        .limit(1)
        .executeTakeFirst()
      return row !== undefined
    },

    /** All of a company's; removed ones too where asked. */
    async ofCompany(
      companyId: CompanyId,
      options: { readonly removed?: boolean } = {},
    ): Promise<readonly Connection[]> {
      const rows = await sql
        .selectFrom('connections')
        .select(columns)
        .where('tenant_id', '=', tenant)
        .where('company_id', '=', companyId)
        .$if(options.removed !== true, (query) => query.where('removed_at', 'is', null))
        .orderBy('connection_id')
        .execute()
      return rows.map(toConnection)
    },

    /** All of a company's, removed ones too, and nobody else changes them until this unit of work ends. */
    async holdCompany(companyId: CompanyId): Promise<readonly Connection[]> {
      const rows = await sql
        .selectFrom('connections')
        .select(columns)
        .where('tenant_id', '=', tenant)
        .where('company_id', '=', companyId)
        .orderBy('connection_id')
        .forNoKeyUpdate()
        .execute()
      return rows.map(toConnection)
    },

    /** A page in the order they were made, in one statement: everything that the list shows is in the projection. */
    async list(filter: ConnectionFilter, ask: PageAsk): Promise<Page<ProjectedConnection>> {
      const [after] = ask.after ?? []
      const rows = await sql
        .selectFrom('connections')
        .select([...columns, 'projection'])
        .where('tenant_id', '=', tenant)
        .$if(filter.removed !== true, (query) => query.where('removed_at', 'is', null))
        .$if(filter.companyId !== undefined, (query) => query.where('company_id', '=', filter.companyId ?? ''))
        .$if(filter.status !== undefined, (query) => query.where('status', '=', filter.status ?? ''))
        .$if(filter.expiresBefore !== undefined, (query) =>
          query.where('expires_at', '<', filter.expiresBefore ?? null),
        )
        .$if(after !== undefined, (query) => query.where('connection_id', '>', after ?? ''))
        .orderBy('connection_id')
        .limit(ask.limit + 1)
        .execute()
      return pageOf(rows.map(toProjected), ask, ({ id }) => [id])
    },

    async add(connection: Connection): Promise<void> {
      touched.add(connection.id)
      await sql
        .insertInto('connections')
        .values({
          tenant_id: tenant,
          connection_id: connection.id,
          company_id: connection.companyId,
          created_at: connection.createdAt,
          ...toFields(connection),
        })
        .execute()
    },

    async save(connection: Connection): Promise<void> {
      touched.add(connection.id)
      await sql
        .updateTable('connections')
        .set(toFields(connection))
        .where('tenant_id', '=', tenant)
        .where('connection_id', '=', connection.id)
        .execute()
    },

    /** For one that waited and never held anything; every other one is only marked as removed. */
    async drop(id: ConnectionId): Promise<void> {
      touched.delete(id)
      await sql.deleteFrom('connections').where('tenant_id', '=', tenant).where('connection_id', '=', id).execute()
    },
  }
}

export type ConnectionStore = ReturnType<typeof connectionStore>

type Row = Pick<Selectable<Tables['connections']>, (typeof columns)[number]>

function toFields(connection: Connection) {
  const { assignment } = connection
  const assigned = assignment === null || assignment === 'none' ? {} : assignment
  return {
    institution_id: connection.institutionId,
    name: connection.name,
    type: connection.type,
    iban: connection.iban,
    bban: connection.bban,
    masked_pan: connection.maskedPan,
    stable_hash: connection.stableHash,
    currency: connection.currency,
    owner: connection.owner,
    assignment: assignment === null ? 'nothing' : assignment === 'none' ? 'none' : 'assigned',
    ledger_account_id: assigned.ledgerAccountId ?? null,
    person_id: assigned.personId ?? null,
    expense_policy: assigned.expensePolicy ?? null,
    assigned_at: connection.assignedAt,
    ledger_account_had_iban: connection.ledgerAccountHadIban,
    ledger_account_gone_at: connection.ledgerAccountGoneAt,
    source_person_id: connection.sourcePersonId,
    source_fallback: connection.sourceFallback,
    source_chosen_at: connection.sourceChosenAt,
    activated_at: connection.activatedAt,
    deactivated_at: connection.deactivatedAt,
    start_date: connection.startDate,
    first_sync: connection.firstSync,
    first_activated_on: connection.firstActivatedOn,
    removed_at: connection.removedAt,
  }
}

const toConnection = (row: Row): Connection => ({
  id: row.connection_id,
  companyId: row.company_id,
  institutionId: row.institution_id,
  name: row.name,
  type: typeOf(row.type),
  iban: row.iban,
  bban: row.bban,
  maskedPan: row.masked_pan,
  stableHash: row.stable_hash,
  currency: row.currency,
  owner: row.owner,
  assignment: assignmentOf(row),
  assignedAt: row.assigned_at,
  ledgerAccountHadIban: row.ledger_account_had_iban,
  ledgerAccountGoneAt: row.ledger_account_gone_at,
  sourcePersonId: row.source_person_id,
  sourceFallback: row.source_fallback,
  sourceChosenAt: row.source_chosen_at,
  activatedAt: row.activated_at,
  deactivatedAt: row.deactivated_at,
  startDate: row.start_date === null ? null : (parseDay(row.start_date) ?? null),
  firstSync: row.first_sync === 'now' || row.first_sync === 'next_day' ? row.first_sync : null,
  firstActivatedOn: row.first_activated_on === null ? null : (parseDay(row.first_activated_on) ?? null),
  removedAt: row.removed_at,
  createdAt: row.created_at,
})

const toProjected = (row: Row & { readonly projection: unknown }): ProjectedConnection => ({
  ...toConnection(row),
  projection: projectionOf(row.projection),
})

function assignmentOf(row: Row): Assignment {
  if (row.assignment === 'none') return 'none'
  if (row.assignment === 'nothing') return null
  return {
    ...(row.ledger_account_id !== null && { ledgerAccountId: row.ledger_account_id }),
    ...(row.person_id !== null && { personId: row.person_id }),
    ...((row.expense_policy === 'company' || row.expense_policy === 'reimbursable') && {
      expensePolicy: row.expense_policy,
    }),
  }
}

function typeOf(text: string): AccountType {
  switch (text) {
    case 'current':
    case 'savings':
    case 'card':
    case 'fuel_card':
    case 'loan':
      return text
    default:
      throw new Error(`connections.type holds ${text}`)
  }
}

function statusOf(text: string): ConnectionStatus {
  const status = connectionStatuses.find((known) => known === text)
  if (status === undefined) throw new Error(`connection_statuses.status holds ${text}`)
  return status
}
