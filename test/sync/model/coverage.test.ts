import fc from 'fast-check'
import { test } from 'tap'
import {
  ageGaps,
  exclude,
  isComplete,
  markComplete,
  nothingCovered,
  recordGap,
  restartAt,
  watermarkOf,
  type Coverage,
  type Range,
} from '../../../src/sync/model/coverage.ts'
import { coverageAfter, planFetch } from '../../../src/sync/model/window.ts'
import { addDays, daysBetween, type Day } from '../../../src/values/day.ts'

const firstDay: Day = '2026-01-01'
function days(from: number, to: number): Range {
  return { from: addDays(firstDay, from), to: addDays(firstDay, to) }
}

function start(at: number): Day {
  return addDays(firstDay, at)
}

/** A letter for each day from the first: complete, excluded, open, unrecoverable, or a dot for none of them. */
function picture(coverage: Coverage, length: number): string {
  return Array.from({ length }, (_, at) => {
    const day = addDays(firstDay, at)
    const has = (ranges: readonly Range[]) => ranges.filter(({ from, to }) => from <= day && day <= to).length
    const found = [
      'c'.repeat(has(coverage.complete)),
      'e'.repeat(has(coverage.excluded)),
      'o'.repeat(has(coverage.gaps.filter(({ state }) => state === 'open'))),
      'u'.repeat(has(coverage.gaps.filter(({ state }) => state === 'unrecoverable'))),
    ].join('')
    return found.length > 1 ? `[${found}]` : found || '.'
  }).join('')
}

test('days are moved between complete, excluded, open and unrecoverable', (t) => {
  let coverage = markComplete(nothingCovered, days(0, 3))
  t.equal(picture(coverage, 12), 'cccc........')
  coverage = recordGap(coverage, days(2, 8))
  t.equal(picture(coverage, 12), 'ccccooooo...', 'what is complete is no gap')
  coverage = ageGaps(coverage, addDays(firstDay, 6))
  t.equal(picture(coverage, 12), 'ccccuuooo...', 'a gap is split where the bank begins to serve')
  coverage = exclude(coverage, days(3, 10))
  t.equal(picture(coverage, 12), 'ccccuueeeee.', 'what is lost stays said to be lost')
  coverage = markComplete(coverage, days(5, 7))
  t.equal(picture(coverage, 12), 'ccccuccceee.', 'fetched days are complete, whatever they were')
  coverage = ageGaps(coverage, addDays(firstDay, 2))
  t.equal(picture(coverage, 12), 'ccccoccceee.', 'a bank that serves further back opens a gap again')
  t.equal(watermarkOf(coverage), addDays(firstDay, 7))
  t.ok(isComplete(coverage, days(0, 3)))
  t.notOk(isComplete(coverage, days(0, 5)), 'not over a gap')
  t.equal(watermarkOf(nothingCovered), null)
  t.end()
})

test('neighbouring days are one range', (t) => {
  const coverage = markComplete(markComplete(markComplete(nothingCovered, days(0, 1)), days(4, 5)), days(2, 3))
  t.strictSame(coverage.complete, [days(0, 5)])
  t.end()
})

test('another start date excludes what it skips and misses what it adds', (t) => {
  const held = markComplete(nothingCovered, days(2, 4))
  const cases = [
    { name: 'the first activation', coverage: nothingCovered, from: null, to: 3, leaves: '..........' },
    { name: 'the same day again', coverage: held, from: 2, to: 2, leaves: '..ccc.....' },
    { name: 'the day after the watermark', coverage: held, from: 2, to: 5, leaves: '..ccc.....' },
    { name: 'later', coverage: held, from: 2, to: 8, leaves: '..ccceee..' },
    { name: 'later, before anything was fetched', coverage: nothingCovered, from: 2, to: 5, leaves: '..eee.....' },
    { name: 'later than an open gap', coverage: recordGap(held, days(5, 6)), from: 2, to: 8, leaves: '..ccceee..' },
    {
      name: 'later than a lost gap',
      coverage: ageGaps(recordGap(held, days(5, 6)), start(9)),
      from: 2,
      to: 8,
      leaves: '..cccuue..',
    },
    { name: 'earlier', coverage: held, from: 2, to: 0, leaves: 'ooccc.....' },
    {
      name: 'earlier, into what was excluded',
      coverage: markComplete(exclude(held, days(5, 6)), days(7, 8)),
      from: 7,
      to: 6,
      leaves: '..ccceocc.',
    },
    { name: 'earlier, before anything was fetched', coverage: nothingCovered, from: 5, to: 2, leaves: '..........' },
  ]
  for (const each of cases) {
    const previousStart = each.from === null ? null : start(each.from)
    t.equal(picture(restartAt(each.coverage, { previousStart, startDate: start(each.to) }), 10), each.leaves, each.name)
  }
  t.end()
})

test('whatever happens, no day is two things, and from the start date through the watermark every day is one', (t) => {
  const range = fc.tuple(fc.nat({ max: 60 }), fc.nat({ max: 20 })).map(([from, length]) => days(from, from + length))
  const step = fc.oneof(
    range.map((each) => (coverage: Coverage) => markComplete(coverage, each)),
    range.map((each) => (coverage: Coverage) => recordGap(coverage, each)),
    range.map((each) => (coverage: Coverage) => exclude(coverage, each)),
    fc.nat({ max: 80 }).map((at) => (coverage: Coverage) => ageGaps(coverage, addDays(firstDay, at))),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      let coverage = nothingCovered
      for (const each of steps) {
        coverage = each(coverage)
        const lists = [
          coverage.complete,
          coverage.excluded,
          ...['open', 'unrecoverable'].map((state) => coverage.gaps.filter((gap) => gap.state === state)),
        ]
        const isTidy = lists.every((list) =>
          list.every((one, at) => one.from <= one.to && (at === 0 || daysBetween(list[at - 1]!.to, one.from) > 1)),
        )
        if (!isTidy || picture(coverage, 82).includes('[')) return false
      }
      return true
    }),
  )
  t.end()
})

test('through lapses, restarts and banks that change what they serve, every day from the start date through the watermark is accounted for', (t) => {
  const event = fc.record({
    lapse: fc.nat({ max: 40 }),
    maxHistoryDays: fc.constantFrom(5, 20, 90),
    restart: fc.option(fc.integer({ min: -60, max: 5 }), { nil: null }),
  })
  fc.assert(
    fc.property(fc.array(event, { minLength: 1, maxLength: 8 }), (events) => {
      let coverage = nothingCovered
      let today = addDays(firstDay, 10)
      let startDate = addDays(firstDay, 5)
      let earliest = startDate
      for (const { lapse, maxHistoryDays, restart } of events) {
        today = addDays(today, lapse)
        if (restart !== null) {
          const next = addDays(today, restart)
          coverage = restartAt(coverage, { previousStart: startDate, startDate: next })
          startDate = next
          if (next < earliest) earliest = next
        }
        const plan = planFetch(coverage, { startDate, today, maxHistoryDays })
        const before = coverage
        coverage = coverageAfter(coverage, plan)
        const watermark = watermarkOf(coverage)
        if (watermark === null) continue
        const [from, kept] = [startDate < watermark ? startDate : watermark, watermarkOf(before)]
        const described = picture(shifted(coverage, from), daysBetween(from, watermark) + 1)
        if (/[.[]/.test(described)) return false
        if (kept !== null && watermark < kept) return false
        if (plan.window !== null && (plan.window.from < startDate || plan.window.to >= today)) return false
      }
      return true
    }),
    { numRuns: 500 },
  )
  t.end()
})

/** The same with `from` as the first day, for `picture`. */
function shifted(coverage: Coverage, from: Day): Coverage {
  const by = daysBetween(from, firstDay)
  const move = <One extends Range>(one: One): One => ({ ...one, from: addDays(one.from, by), to: addDays(one.to, by) })
  return { complete: coverage.complete.map(move), excluded: coverage.excluded.map(move), gaps: coverage.gaps.map(move) }
}
