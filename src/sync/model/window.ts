// Which days a run asks a bank for, and what its completion means for the coverage.

import { addDays, firstOfMonth, type Day } from '../../values/day.ts'
import { ageGaps, markComplete, rangeOf, recordGap, watermarkOf, type Coverage, type Range } from './coverage.ts'

/** How many days before the watermark are read again: banks book late and correct, mostly within days, and over Easter it takes a week. */
const overlapDays = 10

/** What every bank serves for as long as a consent holds. For what is older many want the person to have just been there (RTS art. 10 and 10a). */
const regularDays = 90

/** When fetching is to begin, as it is asked for. */
export type StartAsk = Day | 'today' | 'month_start' | 'max_history'

/** The first day that a bank serves on `today`: it serves that many whole days before today. */
export function servedFromOn(today: Day, maxHistoryDays: number): Day {
  return addDays(today, -maxHistoryDays)
}

/** The day that it means, resolved once, at activation: "today" is not to wander. A day older than the bank serves stays, and leaves a gap. */
export function resolveStart(
  ask: StartAsk,
  { today, maxHistoryDays }: { readonly today: Day; readonly maxHistoryDays: number },
): Day {
  switch (ask) {
    case 'today':
      return today
    case 'month_start':
      return firstOfMonth(today)
    case 'max_history':
      return servedFromOn(today, maxHistoryDays)
    default:
      return ask
  }
}

export type FetchPlan = {
  /** What to ask for; null when there is nothing to ask, and the run is complete at once. */
  readonly window: Range | null
  /** Days after the watermark that cannot be had: missing, and to be said so. */
  readonly lost: Range | null
  /** The first day that the bank serves. */
  readonly servedFrom: Day
}

/**
 * From the day after the watermark less the overlap, or from the first open gap where that is earlier, through yesterday; never
 * before the start date, never before what the bank serves. `today` is the company's local day: it is not over and is not asked for.
 * Gaps further back than banks regularly serve are asked for only with `farGaps`: after a new authorisation, say. `doubtedFrom` is the first day that is to be
 * read again because something of it is in doubt (reread.ts), as far as banks regularly serve, or as the bank has just served: `lastWindow` is what the last completed run was given.
 *
 * A lapse of n days is n whole days missed: the watermark stands n + 1 days before today, so that a bank which serves 90 days
 * loses none of 90 and one of 91.
 */
export function planFetch(
  coverage: Coverage,
  {
    startDate,
    today,
    maxHistoryDays,
    farGaps = true,
    doubtedFrom = null,
    lastWindow = null,
  }: {
    readonly startDate: Day
    readonly today: Day
    readonly maxHistoryDays: number
    readonly farGaps?: boolean
    readonly doubtedFrom?: Day | null
    readonly lastWindow?: Range | null
  },
): FetchPlan {
  const servedFrom = servedFromOn(today, maxHistoryDays)
  const yesterday = addDays(today, -1)
  const watermark = watermarkOf(coverage)
  const firstNew = watermark === null ? startDate : later(startDate, addDays(watermark, 1))

  const overlap = watermark === null ? startDate : addDays(watermark, 1 - overlapDays)
  const reread =
    doubtedFrom === null
      ? overlap
      : earlier(overlap, later(doubtedFrom, earlier(addDays(today, -regularDays), lastWindow?.from ?? today)))
  const gapsFrom = later(startDate, farGaps ? servedFrom : later(servedFrom, addDays(today, -regularDays)))
  const openGap = ageGaps(coverage, servedFrom).gaps.find(({ state, to }) => state === 'open' && to >= gapsFrom)
  const wanted = openGap === undefined ? reread : earlier(reread, later(openGap.from, gapsFrom))
  return {
    window: rangeOf(later(wanted, later(startDate, servedFrom)), yesterday),
    lost: rangeOf(firstNew, earlier(yesterday, addDays(servedFrom, -1))),
    servedFrom,
  }
}

/** The plan with its window beginning later, because the bank refused the days before: they are missing, and stay open for as long as it might serve them. */
export function narrowedTo(plan: FetchPlan, from: Day): FetchPlan {
  const { window, lost } = plan
  if (window === null || from <= window.from) return plan
  return { ...plan, window: rangeOf(from, window.to), lost: { from: lost?.from ?? window.from, to: addDays(from, -1) } }
}

/** The plan with its window beginning earlier, because something has changed there, as far as it is wanted and the bank serves. */
export function widenedTo(plan: FetchPlan, from: Day, startDate: Day): FetchPlan {
  const { window, servedFrom } = plan
  const first = later(from, later(startDate, servedFrom))
  return window === null || first >= window.from ? plan : { ...plan, window: { ...window, from: first } }
}

/**
 * Where to begin when the bank has refused a window as too far back; null when it cannot be for that. Its own day may have begun before the company's, so that
 * it counts from a day later; and it may serve no more than the regular days for now.
 */
export function beginLater({ window, servedFrom }: FetchPlan, today: Day): Day | null {
  const regular = addDays(today, -regularDays)
  const days = [addDays(servedFrom, 1), regular, addDays(regular, 1)].toSorted()
  return days.find((day) => window !== null && day > window.from && day <= window.to) ?? null
}

/** The coverage once a run has seen the last page of what was planned. */
export function coverageAfter(coverage: Coverage, { window, lost, servedFrom }: FetchPlan): Coverage {
  const withLost = lost === null ? coverage : recordGap(coverage, lost)
  return ageGaps(window === null ? withLost : markComplete(withLost, window), servedFrom)
}

function later(a: Day, b: Day): Day {
  return a > b ? a : b
}

function earlier(a: Day, b: Day): Day {
  return a < b ? a : b
}
