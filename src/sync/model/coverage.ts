// The coverage ledger of a connection: which days are held completely, which are missing and whether the bank still has them, which
// were left out on purpose. No day is in two of these, and from the start date through the watermark every day is in one.

import { addDays, type Day } from '../../values/day.ts'

/** Days, both ends included; never empty. */
export type Range = { readonly from: Day; readonly to: Day }

export type Gap = Range & { readonly state: 'open' | 'unrecoverable' }

/** Each list is sorted, and of its ranges none overlap or touch (gaps: none of one state). */
export type Coverage = {
  readonly complete: readonly Range[]
  readonly excluded: readonly Range[]
  readonly gaps: readonly Gap[]
}

export const nothingCovered: Coverage = { complete: [], excluded: [], gaps: [] }

/** From `from` to `to`, or null when there is no day between them. */
export function rangeOf(from: Day, to: Day): Range | null {
  return from <= to ? { from, to } : null
}

/** The last day that was imported completely, or null. Gaps before it do not matter to it: they are fetched for their own sake. */
export function watermarkOf({ complete }: Coverage): Day | null {
  return complete.at(-1)?.to ?? null
}

export function isComplete({ complete }: Coverage, days: Range): boolean {
  return complete.some(({ from, to }) => from <= days.from && days.to <= to)
}

/** The days were fetched to the last page: whatever they were before, they are complete now. */
export function markComplete(coverage: Coverage, days: Range): Coverage {
  return {
    complete: union([...coverage.complete, days]),
    excluded: subtract(coverage.excluded, [days]),
    gaps: withoutDays(coverage.gaps, [days]),
  }
}

/** The days are missing: those of them that are neither complete nor known as a gap become one, open until `ageGaps` says otherwise. */
export function recordGap(coverage: Coverage, days: Range): Coverage {
  const added = subtract([days], [...coverage.complete, ...coverage.gaps])
  return {
    ...coverage,
    excluded: subtract(coverage.excluded, added),
    gaps: joined([...coverage.gaps, ...added.map((range): Gap => ({ ...range, state: 'open' }))]),
  }
}

/** The days are left out on purpose: no gap, unless the bank had lost them already. What is complete stays complete. */
export function exclude(coverage: Coverage, days: Range): Coverage {
  const lost = coverage.gaps.filter(({ state }) => state === 'unrecoverable')
  const added = subtract([days], [...coverage.complete, ...lost])
  return {
    ...coverage,
    excluded: union([...coverage.excluded, ...added]),
    gaps: withoutDays(coverage.gaps, added),
  }
}

/**
 * Says of each missing day whether it can still be had: open from `servedFrom` on, unrecoverable before. It goes both ways, because
 * a bank may serve further back for a while, right after an authorisation.
 */
export function ageGaps(coverage: Coverage, servedFrom: Day): Coverage {
  const days = union(coverage.gaps)
  const dayBefore = addDays(servedFrom, -1)
  const lost = intersect(days, { from: firstDay, to: dayBefore }).map((range): Gap => ({
    ...range,
    state: 'unrecoverable',
  }))
  const open = intersect(days, { from: servedFrom, to: lastDay }).map((range): Gap => ({ ...range, state: 'open' }))
  return { ...coverage, gaps: [...lost, ...open] }
}

/**
 * Fetching begins, or begins again, with another start date. Days between where it stood and a later start date are excluded, as
 * are open gaps before it; days that an earlier start date adds are missing. Without a start date of its own an activation resumes
 * at the watermark, and nothing changes here.
 * `previousStart` is the start date until now, null at the first activation.
 */
export function restartAt(
  coverage: Coverage,
  { previousStart, startDate }: { readonly previousStart: Day | null; readonly startDate: Day },
): Coverage {
  if (previousStart === null) return coverage
  const before = addDays(startDate, -1)
  const skipped = rangeOf(previousStart, before)
  if (skipped !== null) return exclude(coverage, skipped)
  const watermark = watermarkOf(coverage)
  const wanted = watermark === null ? null : rangeOf(startDate, watermark)
  return wanted === null ? coverage : recordGap(coverage, wanted)
}

const firstDay: Day = '1900-01-01'
const lastDay: Day = '9999-12-31'

function union(ranges: readonly Range[]): readonly Range[] {
  const merged: Range[] = []
  for (const { from, to } of ranges.toSorted(byFrom)) {
    const last = merged.at(-1)
    if (last === undefined || from > dayAfter(last.to)) merged.push({ from, to })
    else if (to > last.to) merged.splice(-1, 1, { from: last.from, to })
  }
  return merged
}

export function subtract(ranges: readonly Range[], taken: readonly Range[]): readonly Range[] {
  let left = ranges
  for (const hole of taken) left = left.flatMap((range) => around(range, hole))
  return union(left)
}

/** What a hole leaves of a range: nothing, one piece or two. */
function around(range: Range, hole: Range): readonly Range[] {
  if (hole.to < range.from || hole.from > range.to) return [range]
  const pieces: Range[] = []
  if (range.from < hole.from) pieces.push({ from: range.from, to: addDays(hole.from, -1) })
  if (hole.to < range.to) pieces.push({ from: addDays(hole.to, 1), to: range.to })
  return pieces
}

export function intersect(ranges: readonly Range[], { from, to }: Range): readonly Range[] {
  return ranges.flatMap((range) => {
    const inside = rangeOf(range.from > from ? range.from : from, range.to < to ? range.to : to)
    return inside === null ? [] : [inside]
  })
}

function withoutDays(gaps: readonly Gap[], taken: readonly Range[]): readonly Gap[] {
  return joined(gaps.flatMap((gap) => subtract([gap], taken).map((range): Gap => ({ ...range, state: gap.state }))))
}

function joined(gaps: readonly Gap[]): readonly Gap[] {
  const states: readonly Gap['state'][] = ['unrecoverable', 'open']
  return states
    .flatMap((state) => union(gaps.filter((gap) => gap.state === state)).map((range): Gap => ({ ...range, state })))
    .toSorted(byFrom)
}

function byFrom(a: Range, b: Range): number {
  if (a.from === b.from) return 0
  return a.from < b.from ? -1 : 1
}

function dayAfter(day: Day): Day {
  return day === lastDay ? lastDay : addDays(day, 1)
}
