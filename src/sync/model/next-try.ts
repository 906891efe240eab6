// When a connection is fetched next, and how it is doing meanwhile. Every failure has a kind, and the kind decides.

import type { ProviderErrorKind } from '../../providers/provider.ts'
import { addDays, localDay, startOfLocalDay, type Day } from '../../values/day.ts'
import type { ConnectionId } from '../../values/ids.ts'

const secondMs = 1000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs

/** Nights are spread from 01:00, when banks have closed their day, over five hours. */
const nightBegins = 1 * hourMs
const nightSeconds = 5 * 3600

type Whose = { readonly connectionId: ConnectionId; readonly timeZone: string }

/**
 * The connection's time in the night of that local day: between 01:00 and 06:00, the same every night, spread over all
 * connections. Counted from the day's first instant, so on the two days a year when clocks are moved it may be an hour off by the
 * clock; it is always within its day, and there is one for each.
 */
export function dailySlotOn(day: Day, { connectionId, timeZone }: Whose): Date {
  return new Date(
    startOfLocalDay(day, timeZone).getTime() + nightBegins + (stableHash(connectionId) % nightSeconds) * secondMs,
  )
}

/** After a run that went well: the next local day's slot, however late or early today's run was. */
export function nextDailySlot(whose: Whose, now: Date): Date {
  return dailySlotOn(addDays(localDay(now, whose.timeZone), 1), whose)
}

/** When a provider says that there is news: now, but an hour after the last run at the soonest, since some say it of every account and of every step. */
export function hintedAt(lastRunAt: Date | null, now: Date): Date {
  const at = (lastRunAt?.getTime() ?? 0) + hourMs
  return new Date(Math.max(at, now.getTime()))
}

export type Failure = { readonly kind: ProviderErrorKind; readonly retryAt?: Date }

/**
 * When to try again after a failure; null when only a new consent can help. `failures` in a row, this one included, `random` in
 * [0, 1). Never before the bank said, and at the latest in the connection's next daily slot: a bank's trouble ends unannounced.
 */
export function nextTry(
  { kind, retryAt }: Failure,
  {
    failures,
    now,
    random,
    ...whose
  }: Whose & { readonly failures: number; readonly now: Date; readonly random: number },
): Date | null {
  const dailySlot = nextDailySlot(whose, now)
  switch (kind) {
    case 'consent_gone':
      return null
    // Neither heals within hours, but a bank takes a demand back, and a certificate is renewed, without our hearing of it.
    case 'needs_person':
    case 'refused':
      return dailySlot
    case 'rate_limited':
      return retryAt !== undefined && retryAt > now
        ? new Date(retryAt.getTime() + Math.round(random * minuteMs))
        : sooner(backOff(2 * hourMs, { failures, now, random }), dailySlot)
    case 'nonsense':
      return sooner(backOff(1 * hourMs, { failures, now, random }), dailySlot)
    case 'temporary': {
      const at = backOff(20 * minuteMs, { failures, now, random })
      return sooner(retryAt !== undefined && retryAt > at ? retryAt : at, dailySlot)
    }
  }
}

/**
 * Six times as long after each failure, at most eight hours, less up to half by chance so that those who failed together do not
 * come back together. So steep because a bank counts these calls: about four a day must outlast an outage of hours.
 */
function backOff(
  firstMs: number,
  { failures, now, random }: { readonly failures: number; readonly now: Date; readonly random: number },
): Date {
  const delayMs = Math.min(firstMs * 6 ** (failures - 1), 8 * hourMs)
  return new Date(now.getTime() + Math.round(delayMs * (1 - random / 2)))
}

function sooner(a: Date, b: Date): Date {
  return a < b ? a : b
}

/** FNV-1a: the same in every process and release, which is all that is asked of it. */
function stableHash(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

/**
 * How fetching goes. `delayed`: the last run failed and another is coming that may well succeed; `failing`: it needs somebody, or
 * has lasted longer than a night and a day. `since` is when the first of the failures in a row happened.
 */
export type Health =
  | { readonly state: 'ok' }
  | {
      readonly state: 'delayed' | 'failing'
      readonly kind: ProviderErrorKind
      readonly failures: number
      readonly since: Date
      readonly nextTryAt: Date | null
    }

export const healthy: Health = { state: 'ok' }

const delayedMaxMs = 36 * hourMs

export function healthAfterFailure(
  before: Health,
  failure: { readonly kind: ProviderErrorKind; readonly at: Date; readonly nextTryAt: Date | null },
): Health {
  const { kind, at, nextTryAt } = failure
  const since = before.state === 'ok' ? at : before.since
  const failures = before.state === 'ok' ? 1 : before.failures + 1
  const state = needsSomebody(kind) || at.getTime() - since.getTime() >= delayedMaxMs ? 'failing' : 'delayed'
  return { state, kind, failures, since, nextTryAt }
}

function needsSomebody(kind: ProviderErrorKind): boolean {
  return kind === 'consent_gone' || kind === 'needs_person' || kind === 'refused'
}
