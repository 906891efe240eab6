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
 * Whether an unattended fetch may be made now; if not, when. `calls` are the earlier unattended ones for the same account and
 * resource (attended ones do not count; the pages of one fetch are one), in any order, old ones may be among them.
 *
 * A retry leaves the last one alone: it is held in reserve for somebody who asks, and for the night's own run.
 */
export function mayFetch({
  calls,
  now,
  trigger,
}: {
  readonly calls: readonly Date[]
  readonly now: Date
  readonly trigger: 'schedule' | 'api' | 'retry'
}): Allowance {
  const max = trigger === 'retry' ? unattendedMax - 1 : unattendedMax
  const counted = calls.map((call) => call.getTime()).filter((call) => call > countedSince(now).getTime())
  // The newest `max` fill the quota until the oldest of them is 24 hours old.
  const oldest = counted.toSorted((a, b) => b - a)[max - 1]
  return oldest === undefined ? { ok: true } : { ok: false, retryAt: new Date(oldest + rollingMs) }
}
