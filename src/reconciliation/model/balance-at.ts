// What stood in an account when a day was over, as far as the bank has told it: of that day, or of a day from which every day to it is held.

import type { BalanceType } from '../../providers/provider.ts'
import { isComplete, type Coverage, type Range } from '../../sync/model/coverage.ts'
import { recentOf, sumOf, type Close, type DaySum, type Opening } from '../../sync/model/proof.ts'
import { addDays, daysBetween, type Day } from '../../values/day.ts'

/** Minor units. What the bank booked into days up to it after it had told its balance is in it. */
export type BalanceAt =
  | { readonly source: 'told' | 'reckoned'; readonly minor: bigint; readonly close: Close; readonly bookedLate: bigint }
  | { readonly source: 'unknown'; readonly because: 'day_not_over' | 'no_balance' | 'days_missing' }

/** `sums` of what is held have each day since `sumsSince`, of those closes. */
export type Told = {
  readonly closes: readonly Opening[]
  readonly sums: readonly DaySum[]
  readonly coverage: Coverage
}

/** The nearest balance that the bank told, and what moved between. Of several of one day the best witness; of two equally far the earlier. */
export function balanceAt(
  day: Day,
  { today, currency, ...told }: Told & { readonly today: Day; readonly currency: string },
): BalanceAt {
  if (day >= today) return { source: 'unknown', because: 'day_not_over' }
  const nearestFirst = told.closes
    .filter(({ amount }) => amount.currency === currency)
    .toSorted(
      (a, b) =>
        distance(a.day, day) - distance(b.day, day) || (a.day < b.day ? -1 : a.day > b.day ? 1 : rank(a) - rank(b)),
    )
  for (const close of nearestFirst) {
    const moved = movedBetween(close.day, day, told)
    if (moved === undefined) continue
    const bookedLate = lateOf(close, told)
    const minor = close.amount.minor + bookedLate + moved
    return { source: close.day === day ? 'told' : 'reckoned', minor, close, bookedLate }
  }
  return { source: 'unknown', because: nearestFirst.length === 0 ? 'no_balance' : 'days_missing' }
}

/** The first day that sums are needed of. */
export function sumsSince(closes: readonly Close[], day: Day): Day {
  const first = closes.reduce((earliest, close) => (close.day < earliest ? close.day : earliest), day)
  return recentOf({ day: first }).from
}

/** What is missing of the days from the start through the day, and so of all that is said of them. */
export function missingThrough(
  day: Day,
  { coverage, startDate }: { coverage: Coverage; startDate: Day | null },
): readonly Range[] {
  if (startDate === null || startDate > day) return []
  const held = [...coverage.complete, ...coverage.excluded].toSorted((a, b) => (a.from < b.from ? -1 : 1))
  const missing: Range[] = []
  let next = startDate
  for (const { from, to } of held) {
    if (from > day) break
    if (next < from) missing.push({ from: next, to: addDays(from, -1) })
    if (to >= next) next = addDays(to, 1)
  }
  return next <= day ? [...missing, { from: next, to: day }] : missing
}

function movedBetween(from: Day, to: Day, { sums, coverage }: Told): bigint | undefined {
  if (from === to) return 0n
  const days = from < to ? { from: addDays(from, 1), to } : { from: addDays(to, 1), to: from }
  if (!isComplete(coverage, days)) return undefined
  return from < to ? sumOf(sums, days) : -sumOf(sums, days)
}

/**
 * What was booked into the days up to a close after the bank had told it, and is not in it. A bank may have counted already what it showed only later: where the
 * next balance, with what is late to that one, follows from this one as it stands, it had.
 */
function lateOf(close: Opening, told: Told): bigint {
  const { closes, sums, coverage } = told
  const late = close.recentMinor === null ? 0n : sumOf(sums, recentOf(close)) - close.recentMinor
  if (late === 0n) return 0n
  const next = closes
    .filter(
      ({ type, day }) =>
        type === close.type && day > close.day && isComplete(coverage, { from: addDays(close.day, 1), to: day }),
    )
    .toSorted((a, b) => (a.day < b.day ? -1 : 1))[0]
  if (next === undefined) return late
  const moved = sumOf(sums, { from: addDays(close.day, 1), to: next.day })
  return close.amount.minor + moved === next.amount.minor + lateOf(next, told) ? 0n : late
}

const distance = (a: Day, b: Day): number => Math.abs(daysBetween(a, b))

const rank = ({ type }: Close): number => witnesses.indexOf(type)

/** The best first: what is dated by the bank, and has nothing pending in it. */
const witnesses: readonly BalanceType[] = [
  'closing_booked',
  'opening_booked',
  'interim_booked',
  'expected',
  'interim_available',
  'other',
]
