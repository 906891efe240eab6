import { nextDailySlot } from '../../sync/model/next-try.ts'
import type { Connection } from './connection.ts'

/** When a connection that may be fetched from now on is fetched: at once, or, where that was asked for, not before the night after its activation. */
export function firstFetchAt(
  { id, activatedAt, firstSync }: Pick<Connection, 'id' | 'activatedAt' | 'firstSync'>,
  { timeZone, now }: { readonly timeZone: string; readonly now: Date },
): Date {
  if (firstSync !== 'next_day' || activatedAt === null) return now
  const firstNight = nextDailySlot({ connectionId: id, timeZone }, activatedAt)
  return firstNight > now ? firstNight : now
}
