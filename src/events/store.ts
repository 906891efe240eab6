import type { TenantDb } from '../shared/db.ts'
import { takePositions } from '../shared/db-feed.ts'
import type { NewEvent } from './model.ts'

/** The event log. What is appended in a unit of work is numbered and written when it commits. */
export function eventStore(db: TenantDb, newId: () => string) {
  const appended: NewEvent[] = []
  return {
    append(...events: readonly NewEvent[]): void {
      appended.push(...events)
    },

    async flush(): Promise<void> {
      const events = appended.splice(0)
      if (events.length === 0) return
      const first = await takePositions(db, events.length)
      await db.sql
        .insertInto('events')
        .values(
          events.map((event, index) => ({
            tenant_id: db.tenant,
            position: first + BigInt(index),
            event_id: newId(),
            type: event.type,
            at: event.at,
            company_id: event.companyId,
            data: JSON.stringify(event.data),
          })),
        )
        .execute()
    },
  }
}

export type EventStore = ReturnType<typeof eventStore>
