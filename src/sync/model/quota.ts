import type { CallLimit } from '../../providers/provider.ts'

/** RTS art. 36(5): without the person, at most so many accesses to one account's data in 24 hours. */
const unattendedMax = 4
/**
 * A call is counted before it is made, and the process may stand still in between: so it counts for a little longer than the 24 hours, which the bank counts
 * from when it was asked.
 */
const rollingMs = 24 * 3600 * 1000 + 5 * 60 * 1000

/** From when on calls count. */
export const countedSince = (now: Date): Date => new Date(now.getTime() - rollingMs)

export type Allowance = { readonly ok: true } | { readonly ok: false; readonly retryAt: Date }

/**
 * What is known of asking for one resource of an account without the person: the earlier calls (attended ones do not count; the pages of one fetch are one), in any
 * order, old ones may be among them; and what the bank said last of its own limit.
 */
export type Usage = {
  readonly calls: readonly Date[]
  readonly limit: (CallLimit & { readonly toldAt: Date }) | null
}

/**
 * Whether an unattended fetch may be made now; if not, when.
 *
 * A retry leaves the last one alone: it is held in reserve for somebody who asks, and for the night's own run.
 */
export function mayFetch({
  calls,
  limit,
  now,
  trigger,
}: Usage & { readonly now: Date; readonly trigger: 'schedule' | 'api' | 'retry' }): Allowance {
  const reserve = trigger === 'retry' ? 1 : 0
  const waits = [ruleWait(calls, now, unattendedMax - reserve), limitWait(calls, limit, now, reserve)].filter(
    (until) => until !== null,
  )
  return waits.length === 0 ? { ok: true } : { ok: false, retryAt: new Date(Math.max(...waits)) }
}

/** Until when the rule of four has us wait. */
function ruleWait(calls: Usage['calls'], now: Date, max: number): number | null {
  const counted = calls.map((call) => call.getTime()).filter((call) => call > countedSince(now).getTime())
  // The newest `max` fill the quota until the oldest of them is 24 hours old.
  const oldest = counted.toSorted((a, b) => b - a)[max - 1]
  return oldest === undefined ? null : oldest + rollingMs
}

/** Until when the bank's own limit does: what it had left, less what was asked since. */
function limitWait(calls: Usage['calls'], limit: Usage['limit'], now: Date, reserve: number): number | null {
  if (limit === null || limit.resetsAt <= now) return null
  const left = limit.remaining - calls.filter((call) => call > limit.toldAt).length
  return left > reserve ? null : limit.resetsAt.getTime()
}
