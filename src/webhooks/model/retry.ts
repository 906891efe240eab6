// When something that did not arrive is tried again. The schedule is published in docs/guides/webhooks.md.

const [second, minute, hour] = [1_000, 60_000, 3_600_000]

/** After the first attempt: an attempt that comes late takes the place of those that it missed, so that the three days are three days. */
export const retriesAfterMs: readonly number[] = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  6 * hour,
  12 * hour,
  24 * hour,
  36 * hour,
  48 * hour,
  60 * hour,
  72 * hour,
]

/** How long everything waits at an endpoint where nothing at all arrives, by how often that has been so. */
const pausesMs: readonly number[] = [5 * second, 30 * second, 2 * minute, 5 * minute, 10 * minute]

/** An endpoint where nothing has arrived for so long is no longer tried. */
export const failingMsMax = 72 * hour
/** What a receiver asks for (`Retry-After`) counts up to here. */
const retryAfterMsMax = 12 * hour
const jitterMsMax = 10 * minute

/**
 * When a delivery is tried again, a little later than the schedule has it so that not all come at once; null when the schedule is over.
 * `random` is in [0, 1).
 */
export function nextRetry(ask: {
  readonly firstAt: Date
  readonly now: Date
  readonly random: number
  readonly notBefore: Date | null
}): Date | null {
  const { firstAt, now, random, notBefore } = ask
  const age = now.getTime() - firstAt.getTime()
  const due = retriesAfterMs.find((afterMs) => afterMs > age)
  if (due === undefined) return null
  const waitMs = due - age
  const next = now.getTime() + waitMs + Math.floor(random * Math.min(waitMs / 10, jitterMsMax))
  return new Date(Math.max(next, heeded(notBefore, now)))
}

/** Until when an endpoint is left alone after so many goes of which nothing arrived. */
export function pauseUntil(ask: {
  readonly failures: number
  readonly now: Date
  readonly random: number
  readonly notBefore: Date | null
}): Date {
  const { failures, now, random, notBefore } = ask
  const pauseMs = pausesMs[Math.min(failures, pausesMs.length) - 1] ?? 0
  return new Date(Math.max(now.getTime() + Math.floor(pauseMs * (1 + random / 10)), heeded(notBefore, now)))
}

const heeded = (notBefore: Date | null, now: Date): number =>
  notBefore === null ? 0 : Math.min(notBefore.getTime(), now.getTime() + retryAfterMsMax)
