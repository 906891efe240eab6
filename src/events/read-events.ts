import { AppError } from '../shared/errors.ts'
import { formatCursor, parseCursor } from '../shared/page.ts'
import type { Unit } from '../shared/unit.ts'
import type { TenantId } from '../values/ids.ts'
import type { EventStore } from './index.ts'
import { keptDays, type Event, type EventType } from './model.ts'

type Deps = { readonly unit: Unit<{ events: Pick<EventStore, 'last' | 'between' | 'forgottenThrough'> }> }

/**
 * What happened after a cursor, in order, and the cursor to keep: never null. Without one, from the oldest that is kept.
 * @throws {AppError} invalid_cursor, cursor_expired
 */
export function readEvents(
  { unit }: Deps,
  {
    tenant,
    after,
    type,
    limit,
  }: { tenant: TenantId; after: string | undefined; type: EventType | undefined; limit: number },
): Promise<{ readonly data: readonly Event[]; readonly nextCursor: string }> {
  const from = after === undefined ? null : positionIn(after)
  return unit(tenant, async ({ events }) => {
    const last = await events.last()
    const types = type === undefined ? [] : [type]
    const data = await events.between({ after: from ?? 0n, through: last, types, limit })
    // Asked last: what was forgotten while the page was read is missing from it.
    if (from !== null && from < (await events.forgottenThrough()))
      throw new AppError(
        'cursor_expired',
        `Events are kept for ${keptDays} days, and some after this cursor are gone. Read the state from the API, then start again without a cursor.`,
      )
    // All up to `last` has been looked at where the page is not full: whoever asks for rare events moves on too. A cursor from before a database was put back stays.
    const through = data.length === limit ? data.at(-1)?.position : null
    return { data, nextCursor: formatCursor([String(through ?? (from !== null && from > last ? from : last))]) }
  })
}

function positionIn(cursor: string): bigint {
  const [text = ''] = parseCursor(cursor, 1)
  if (!/^\d{1,18}$/.test(text)) throw new AppError('invalid_cursor', 'This cursor is not one that this feed gave.')
  return BigInt(text)
}
