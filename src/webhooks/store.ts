import { sql as raw, type Selectable } from 'kysely'
import { isEventType } from '../events/model.ts'
import type { TenantDb } from '../shared/db.ts'
import type { Tables } from '../shared/db-tables.ts'
import { AppError } from '../shared/errors.ts'
import { pageOf, type Page, type PageAsk } from '../shared/page.ts'
import type { EndpointId } from '../values/ids.ts'
import { attemptOutcomes, disabledReasons, type Endpoint } from './model/endpoint.ts'
import type { Kept } from './model/settle.ts'

const columns = [
  'endpoint_id',
  'url',
  'types',
  'former_secret_until',
  'position',
  'failing_since',
  'failures',
  'paused_until',
  'disabled_at',
  'disabled_reason',
  'attempted_at',
  'attempted_event_id',
  'attempt_outcome',
  'attempt_status',
  'delivered_at',
  'missed_before',
  'created_at',
] as const

/** Sealed, as they are kept. */
export type Secrets = {
  readonly current: Buffer
  /** What it was before it was rotated: signs too until then. */
  readonly former: { readonly secret: Buffer; readonly until: Date } | null
}

/** A delivery that is to be tried again. */
export type Waiting = { readonly position: bigint; readonly firstAt: Date | null; readonly attempts: number }

/** Where events are sent, and what has not arrived there yet. */
export function webhookStore({ tenant, sql }: TenantDb) {
  const endpoints = () => sql.selectFrom('webhook_endpoints').where('tenant_id', '=', tenant)
  const updateEndpoint = (id: EndpointId) =>
    sql.updateTable('webhook_endpoints').where('tenant_id', '=', tenant).where('endpoint_id', '=', id)
  const waiting = (id: EndpointId) =>
    sql
      .selectFrom('webhook_deliveries')
      .where('tenant_id', '=', tenant)
      .where('endpoint_id', '=', id)
      .where('given_up_at', 'is', null)
  return {
    async all(): Promise<readonly Endpoint[]> {
      return (await endpoints().select(columns).orderBy('endpoint_id').execute()).map(toEndpoint)
    },

    async list(ask: PageAsk): Promise<Page<Endpoint>> {
      let query = endpoints()
        .select(columns)
        .orderBy('endpoint_id')
        .limit(ask.limit + 1)
      if (ask.after !== null) query = query.where('endpoint_id', '>', ask.after[0] ?? '')
      return pageOf((await query.execute()).map(toEndpoint), ask, ({ id }) => [id])
    },

    async find(id: EndpointId): Promise<Endpoint | undefined> {
      const row = await endpoints().select(columns).where('endpoint_id', '=', id).executeTakeFirst()
      return row && toEndpoint(row)
    },

    /** @throws {AppError} webhook_endpoint_not_found */
    async get(id: EndpointId): Promise<Endpoint> {
      const found = await this.find(id)
      if (found === undefined) throw unknownEndpoint(id)
      return found
    },

    /** The endpoint, which nobody else changes until this unit of work ends. */
    async hold(id: EndpointId): Promise<Endpoint | undefined> {
      const row = await endpoints().select(columns).where('endpoint_id', '=', id).forUpdate().executeTakeFirst()
      return row && toEndpoint(row)
    },

    /** Those that want to hear of one of these. */
    async listening(types: readonly string[]): Promise<readonly EndpointId[]> {
      const rows = await endpoints()
        .select('endpoint_id')
        .where('disabled_at', 'is', null)
        .where(raw<boolean>`(types = '{}' or types && ${types}::text[])`)
        .orderBy('endpoint_id')
        .execute()
      return rows.map((row) => row.endpoint_id)
    },

    async add(endpoint: Endpoint, secret: Buffer): Promise<void> {
      await sql
        .insertInto('webhook_endpoints')
        .values({
          tenant_id: tenant,
          endpoint_id: endpoint.id,
          secret,
          former_secret: null,
          created_at: endpoint.createdAt,
          updated_at: endpoint.createdAt,
          ...valuesOf(endpoint),
        })
        .execute()
    },

    /** Its position never goes back: what was forgotten meanwhile stays so. */
    async save(endpoint: Endpoint, now: Date): Promise<void> {
      await updateEndpoint(endpoint.id)
        .set({ ...valuesOf(endpoint), position: raw`greatest(position, ${endpoint.position})`, updated_at: now })
        .execute()
    },

    async delete(id: EndpointId): Promise<boolean> {
      const { numDeletedRows } = await sql
        .deleteFrom('webhook_endpoints')
        .where('tenant_id', '=', tenant)
        .where('endpoint_id', '=', id)
        .executeTakeFirst()
      return numDeletedRows === 1n
    },

    /** @throws {AppError} webhook_endpoint_not_found */
    async secrets(id: EndpointId): Promise<Secrets> {
      const row = await endpoints()
        .select(['secret', 'former_secret', 'former_secret_until'])
        .where('endpoint_id', '=', id)
        .executeTakeFirst()
      if (row === undefined) throw unknownEndpoint(id)
      const { secret, former_secret, former_secret_until } = row
      return {
        current: secret,
        former:
          former_secret === null || former_secret_until === null
            ? null
            : { secret: former_secret, until: former_secret_until },
      }
    },

    async saveSecrets(id: EndpointId, { current, former }: Secrets): Promise<void> {
      await updateEndpoint(id)
        .set({ secret: current, former_secret: former?.secret ?? null, former_secret_until: former?.until ?? null })
        .execute()
    },

    /** What is due to be tried again, in the order in which it happened. */
    async due(id: EndpointId, now: Date, limit: number): Promise<readonly Waiting[]> {
      const rows = await waiting(id)
        .select(['position', 'first_attempt_at', 'attempts'])
        .where('next_attempt_at', '<=', now)
        .orderBy('next_attempt_at')
        .orderBy('position')
        .limit(limit)
        .execute()
      return rows.map((row) => ({
        position: row.position,
        firstAt: row.first_attempt_at,
        attempts: row.attempts,
      }))
    },

    async nextDue(id: EndpointId): Promise<Date | null> {
      const row = await waiting(id)
        .select((eb) => eb.fn.min('next_attempt_at').as('next'))
        .executeTakeFirst()
      return row?.next ?? null
    },

    async keep(id: EndpointId, deliveries: readonly Kept[]): Promise<void> {
      if (deliveries.length === 0) return
      await sql
        .insertInto('webhook_deliveries')
        .values(
          deliveries.map((delivery) => ({
            tenant_id: tenant,
            endpoint_id: id,
            position: delivery.position,
            next_attempt_at: delivery.nextAttemptAt,
            first_attempt_at: delivery.firstAt,
            attempts: delivery.attempts,
            given_up_at: delivery.givenUpAt,
          })),
        )
        .onConflict((conflict) =>
          conflict.columns(['tenant_id', 'endpoint_id', 'position']).doUpdateSet((eb) => ({
            next_attempt_at: eb.ref('excluded.next_attempt_at'),
            first_attempt_at: eb.ref('excluded.first_attempt_at'),
            attempts: eb.ref('excluded.attempts'),
            given_up_at: eb.ref('excluded.given_up_at'),
          })),
        )
        .execute()
    },

    /** Delivers these from the start, whatever has become of them. */
    async queue(id: EndpointId, positions: readonly bigint[], now: Date): Promise<void> {
      await raw`
        insert into webhook_deliveries (tenant_id, endpoint_id, position, next_attempt_at)
        select ${tenant}, ${id}, position, ${now} from unnest(${positions.map(String)}::bigint[]) as asked (position)
        on conflict (tenant_id, endpoint_id, position)
        do update set next_attempt_at = excluded.next_attempt_at, first_attempt_at = null, attempts = 0, given_up_at = null`.execute(
        sql,
      )
    },

    async drop(id: EndpointId, positions: readonly bigint[]): Promise<void> {
      if (positions.length === 0) return
      await sql
        .deleteFrom('webhook_deliveries')
        .where('tenant_id', '=', tenant)
        .where('endpoint_id', '=', id)
        .where('position', '=', raw<bigint>`any(${positions.map(String)}::bigint[])`)
        .execute()
    },

    /** Everything that waits is due now; `anew`: and its three days begin again. */
    async hurry(id: EndpointId, now: Date, { anew }: { anew: boolean }): Promise<void> {
      await sql
        .updateTable('webhook_deliveries')
        .set({ next_attempt_at: now, ...(anew && { first_attempt_at: null, attempts: 0 }) })
        .where('tenant_id', '=', tenant)
        .where('endpoint_id', '=', id)
        .where('given_up_at', 'is', null)
        .execute()
    },

    async countDeliveries(id: EndpointId): Promise<{ readonly waiting: number; readonly givenUp: number }> {
      const row = await sql
        .selectFrom('webhook_deliveries')
        .select((eb) => [eb.fn.countAll().as('all'), eb.fn.count('given_up_at').as('given_up')])
        .where('tenant_id', '=', tenant)
        .where('endpoint_id', '=', id)
        .executeTakeFirstOrThrow()
      return { waiting: Number(row.all) - Number(row.given_up), givenUp: Number(row.given_up) }
    },

    /** The endpoints at which something from up to there still waits. */
    async pendingThrough(position: bigint): Promise<readonly EndpointId[]> {
      const rows = await sql
        .selectFrom('webhook_deliveries')
        .select('endpoint_id')
        .distinct()
        .where('tenant_id', '=', tenant)
        .where('position', '<=', position)
        .where('given_up_at', 'is', null)
        .execute()
      return rows.map((row) => row.endpoint_id)
    },

    /** What stood up to there is gone: nobody waits for it any more, and `missed` had not got all of it. */
    async loseThrough(
      position: bigint,
      { missed, before }: { missed: readonly EndpointId[]; before: Date },
    ): Promise<void> {
      await sql
        .updateTable('webhook_endpoints')
        .set({ position })
        .where('tenant_id', '=', tenant)
        .where('position', '<', position)
        .execute()
      if (missed.length > 0)
        await sql
          .updateTable('webhook_endpoints')
          .set({ missed_before: before })
          .where('tenant_id', '=', tenant)
          .where('endpoint_id', '=', raw<string>`any(${missed}::text[])`)
          .execute()
      await sql
        .deleteFrom('webhook_deliveries')
        .where('tenant_id', '=', tenant)
        .where('position', '<=', position)
        .execute()
    },
  }
}

export type WebhookStore = ReturnType<typeof webhookStore>

const unknownEndpoint = (id: EndpointId): AppError =>
  new AppError('webhook_endpoint_not_found', `There is no webhook endpoint ${id}.`)

const valuesOf = (endpoint: Endpoint) => ({
  url: endpoint.url,
  types: [...endpoint.types],
  position: endpoint.position,
  failing_since: endpoint.failingSince,
  failures: endpoint.failures,
  paused_until: endpoint.pausedUntil,
  disabled_at: endpoint.disabled?.at ?? null,
  disabled_reason: endpoint.disabled?.reason ?? null,
  attempted_at: endpoint.lastAttempt?.at ?? null,
  attempted_event_id: endpoint.lastAttempt?.eventId ?? null,
  attempt_outcome: endpoint.lastAttempt?.outcome ?? null,
  attempt_status: endpoint.lastAttempt?.status ?? null,
  delivered_at: endpoint.deliveredAt,
  missed_before: endpoint.missedBefore,
})

function toEndpoint(row: Pick<Selectable<Tables['webhook_endpoints']>, (typeof columns)[number]>): Endpoint {
  const { attempted_at, attempted_event_id, attempt_status, disabled_at } = row
  const outcome = attemptOutcomes.find((known) => known === row.attempt_outcome)
  const reason = disabledReasons.find((known) => known === row.disabled_reason)
  return {
    id: row.endpoint_id,
    url: row.url,
    types: row.types.filter(isEventType),
    position: row.position,
    failingSince: row.failing_since,
    failures: row.failures,
    pausedUntil: row.paused_until,
    disabled: disabled_at !== null && reason !== undefined ? { at: disabled_at, reason } : null,
    lastAttempt:
      attempted_at !== null && attempted_event_id !== null && outcome !== undefined
        ? { at: attempted_at, eventId: attempted_event_id, outcome, status: attempt_status }
        : null,
    deliveredAt: row.delivered_at,
    missedBefore: row.missed_before,
    formerSecretUntil: row.former_secret_until,
    createdAt: row.created_at,
  }
}
