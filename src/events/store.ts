import { sql as raw, type Selectable } from 'kysely'
import type { TenantDb } from '../shared/db.ts'
import { takePositions } from '../shared/db-feed.ts'
import type { Tables } from '../shared/db-tables.ts'
import type { EventId } from '../values/ids.ts'
import { isEventType, type Event, type EventType, type NewEvent } from './model.ts'

const columns = ['event_id', 'position', 'type', 'at', 'company_id', 'data'] as const

/** A statement has room for 65,535 values, and a company's first matching tells of tens of thousands of matches. */
const rowsPerStatement = 1_000

/** The event log. What is appended in a unit of work is numbered and written when it commits. */
export function eventStore(db: TenantDb, newId: () => string) {
  const { tenant, sql } = db
  const appended: NewEvent[] = []
  const ofTenant = () => sql.selectFrom('events').where('tenant_id', '=', tenant)
  return {
    append(...events: readonly NewEvent[]): void {
      appended.push(...events)
    },

    /** The types of what has been appended and is not written yet. */
    appendedTypes: (): readonly EventType[] => [...new Set(appended.map(({ type }) => type))],

    async flush(): Promise<void> {
      const events = appended.splice(0)
      if (events.length === 0) return
      const first = await takePositions(db, events.length)
      const rows = events.map((event, index) => ({
        tenant_id: tenant,
        position: first + BigInt(index),
        event_id: newId(),
        type: event.type,
        at: event.at,
        company_id: event.companyId,
        data: JSON.stringify(event.data),
      }))
      for (let from = 0; from < rows.length; from += rowsPerStatement)
        await sql
          .insertInto('events')
          .values(rows.slice(from, from + rowsPerStatement))
          .execute()
    },

    /** How far the tenant's feeds have come. Whatever has a number up to there can be seen by every later statement (decision 0004). */
    async last(): Promise<bigint> {
      const row = await sql
        .selectFrom('feed_positions')
        .select('last')
        .where('tenant_id', '=', tenant)
        .executeTakeFirst()
      return row?.last ?? 0n
    },

    /** The same, while nobody else can tell anything until this unit of work ends. */
    lastHeld: async (): Promise<bigint> => (await takePositions(db, 0)) - 1n,

    /** The log has nothing up to there any more. */
    async forgottenThrough(): Promise<bigint> {
      const row = await sql
        .selectFrom('feed_positions')
        .select('events_forgotten_through')
        .where('tenant_id', '=', tenant)
        .executeTakeFirst()
      return row?.events_forgotten_through ?? 0n
    },

    /** In order, of these types or (none) of all. */
    async between(ask: {
      after: bigint
      through: bigint
      types: readonly string[]
      limit: number
    }): Promise<readonly Event[]> {
      let query = ofTenant()
        .select(columns)
        .where('position', '>', ask.after)
        .where('position', '<=', ask.through)
        .orderBy('position')
        .limit(ask.limit)
      if (ask.types.length > 0) query = query.where('type', '=', raw<string>`any(${ask.types}::text[])`)
      return (await query.execute()).map(toEvent)
    },

    /** How many there are, counted up to `limit`. */
    async countBetween(ask: {
      after: bigint
      through: bigint
      types: readonly string[]
      limit: number
    }): Promise<number> {
      let query = ofTenant()
        .select('position')
        .where('position', '>', ask.after)
        .where('position', '<=', ask.through)
        .limit(ask.limit)
      if (ask.types.length > 0) query = query.where('type', '=', raw<string>`any(${ask.types}::text[])`)
      const { count } = await sql
        .selectFrom(query.as('some'))
        .select((eb) => eb.fn.countAll().as('count'))
        .executeTakeFirstOrThrow()
      return Number(count)
    },

    async at(positions: readonly bigint[]): Promise<readonly Event[]> {
      if (positions.length === 0) return []
      const rows = await ofTenant()
        .select(columns)
        .where('position', '=', raw<bigint>`any(${positions.map(String)}::bigint[])`)
        .orderBy('position')
        .execute()
      return rows.map(toEvent)
    },

    async some(ids: readonly EventId[]): Promise<readonly Event[]> {
      const rows = await ofTenant()
        .select(columns)
        .where('event_id', '=', raw<string>`any(${ids}::uuid[])`)
        .execute()
      return rows.map(toEvent)
    },

    /** Where those stand that happened from one instant on until before another. */
    async positionsWithin(ask: {
      from: Date
      to: Date
      types: readonly string[]
      limit: number
    }): Promise<readonly bigint[]> {
      let query = ofTenant()
        .select('position')
        .where('at', '>=', ask.from)
        .where('at', '<', ask.to)
        .orderBy('at')
        .limit(ask.limit)
      if (ask.types.length > 0) query = query.where('type', '=', raw<string>`any(${ask.types}::text[])`)
      return (await query.execute()).map(({ position }) => position)
    },

    /** Up to where the oldest events, `max` of them at most, are all from before an instant; null where none is. */
    async olderThrough(instant: Date, max: number): Promise<bigint | null> {
      const oldest = await ofTenant().select(['position', 'at']).orderBy('position').limit(max).execute()
      const first = oldest.findIndex(({ at }) => at >= instant)
      return (first === -1 ? oldest : oldest.slice(0, first)).at(-1)?.position ?? null
    },

    async forgetThrough(position: bigint): Promise<void> {
      await sql
        .updateTable('feed_positions')
        .set({ events_forgotten_through: position })
        .where('tenant_id', '=', tenant)
        .execute()
      await sql.deleteFrom('events').where('tenant_id', '=', tenant).where('position', '<=', position).execute()
    },
  }
}

export type EventStore = ReturnType<typeof eventStore>

function toEvent(row: Pick<Selectable<Tables['events']>, (typeof columns)[number]>): Event {
  if (!isEventType(row.type)) throw new Error(`an event of a type that is not known: ${row.type}`)
  const data = typeof row.data === 'object' && row.data !== null ? row.data : {}
  return {
    id: row.event_id,
    position: row.position,
    type: row.type,
    at: row.at,
    companyId: row.company_id,
    data: { ...data },
  }
}
