import type { EventId } from '../../values/ids.ts'
import type { AttemptOutcome, Endpoint } from './endpoint.ts'
import { failingMsMax, nextRetry, pauseUntil } from './retry.ts'

/** An attempt to deliver one event, and what came of it. */
export type Attempt = {
  readonly position: bigint
  readonly eventId: EventId
  /** Null: it was the first. */
  readonly firstAt: Date | null
  readonly attempts: number
  readonly outcome: AttemptOutcome
  /** The answer's, if there was one. */
  readonly status: number | null
  /** The receiver asked to be left alone until then. */
  readonly notBefore: Date | null
}

/** What is still to be delivered. */
export type Kept = {
  readonly position: bigint
  readonly firstAt: Date
  readonly attempts: number
  readonly nextAttemptAt: Date
  readonly givenUpAt: Date | null
}

export type Settlement = {
  readonly endpoint: Endpoint
  readonly delivered: readonly bigint[]
  readonly kept: readonly Kept[]
  /** Something arrived again where nothing had: everything that waits is tried at once. */
  readonly hasRecovered: boolean
}

/**
 * What follows from attempts that were made side by side. Whether an endpoint fails is a matter of all of them: one event that the receiver cannot digest does
 * not make it a dead one, and delays no other.
 */
export function settle(
  endpoint: Endpoint,
  attempts: readonly Attempt[],
  { now, random }: { readonly now: Date; readonly random: () => number },
): Settlement {
  const delivered = attempts.filter(({ outcome }) => outcome === 'delivered')
  const failed = attempts.filter(({ outcome }) => outcome !== 'delivered')
  const next = health(endpoint, { delivered, failed }, { now, random })
  return {
    endpoint: { ...next, lastAttempt: lastOf(attempts, now) ?? endpoint.lastAttempt },
    delivered: delivered.map(({ position }) => position),
    kept: failed.map((attempt) => kept(attempt, { now, random, isDisabled: next.disabled !== null })),
    hasRecovered: endpoint.failingSince !== null && next.failingSince === null,
  }
}

function health(
  endpoint: Endpoint,
  { delivered, failed }: { readonly delivered: readonly Attempt[]; readonly failed: readonly Attempt[] },
  { now, random }: { readonly now: Date; readonly random: () => number },
): Endpoint {
  const isGone = failed.some(({ status }) => status === 410)
  const arrived = delivered.length > 0 ? { ...endpoint, deliveredAt: now } : endpoint
  if (isGone) return { ...arrived, disabled: { at: now, reason: 'gone' } }
  if (delivered.length > 0) return { ...arrived, failingSince: null, failures: 0, pausedUntil: null }
  const failures = endpoint.failures + 1
  const failingSince = endpoint.failingSince ?? now
  const isDead = now.getTime() - failingSince.getTime() >= failingMsMax
  const notBefore = failed.map((attempt) => attempt.notBefore).find((instant) => instant !== null) ?? null
  return {
    ...endpoint,
    failures,
    failingSince,
    pausedUntil: pauseUntil({ failures, now, random: random(), notBefore }),
    disabled: isDead ? { at: now, reason: 'failing' } : null,
  }
}

/** At an endpoint that is disabled nothing is given up: it goes on where it stopped, once somebody has mended it. */
function kept(
  { position, firstAt, attempts, notBefore }: Attempt,
  { now, random, isDisabled }: { readonly now: Date; readonly random: () => number; readonly isDisabled: boolean },
): Kept {
  const first = firstAt ?? now
  const next = nextRetry({ firstAt: first, now, random: random(), notBefore })
  return {
    position,
    firstAt: first,
    attempts: attempts + 1,
    nextAttemptAt: next ?? now,
    givenUpAt: next === null && !isDisabled ? now : null,
  }
}

function lastOf(attempts: readonly Attempt[], now: Date) {
  const last = attempts.findLast(({ outcome }) => outcome !== 'delivered') ?? attempts.at(-1)
  return last && { at: now, eventId: last.eventId, outcome: last.outcome, status: last.status }
}
