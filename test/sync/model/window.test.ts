import { test } from 'tap'
import { markComplete, nothingCovered, recordGap, type Coverage } from '../../../src/sync/model/coverage.ts'
import {
  beginLater,
  coverageAfter,
  narrowedTo,
  planFetch,
  resolveStart,
  servedFromOn,
  widenedTo,
} from '../../../src/sync/model/window.ts'
import { addDays, daysBetween, type Day } from '../../../src/values/day.ts'

const today: Day = '2026-11-21'

function through(to: Day): Coverage {
  return markComplete(nothingCovered, { from: '2026-01-01', to })
}

/** Imported completely from a year ago until so many whole days are missing before today. */
function lapsedFor(missed: number): Coverage {
  return markComplete(nothingCovered, { from: '2025-11-21', to: addDays(today, -1 - missed) })
}

test('a lapse loses exactly the days that the bank no longer serves', (t) => {
  const lost = {
    90: { 0: 0, 1: 0, 89: 0, 90: 0, 91: 1, 200: 110 },
    180: { 89: 0, 91: 0, 180: 0, 181: 1, 200: 20 },
    730: { 200: 0 },
  }
  for (const [serves, lapses] of Object.entries(lost)) {
    for (const [missed, expected] of Object.entries(lapses)) {
      const coverage = lapsedFor(Number(missed))
      const plan = planFetch(coverage, { startDate: '2025-11-21', today, maxHistoryDays: Number(serves) })
      const { gaps } = coverageAfter(coverage, plan)
      const days = gaps.reduce((sum, { from, to }) => sum + daysBetween(from, to) + 1, 0)
      t.equal(days, expected, `${missed} days at a bank that serves ${serves}`)
      t.ok(gaps.every(({ state }) => state === 'unrecoverable'))
    }
  }
  t.end()
})

test('a run asks from the watermark less ten days through yesterday, within what was wanted and what is served', (t) => {
  const cases: readonly [string, Coverage, Day, number, string][] = [
    ['the first time, from the start date', nothingCovered, '2026-11-01', 90, '2026-11-01..2026-11-20'],
    ['the first time, no further than served', nothingCovered, '2026-01-01', 90, '2026-08-23..2026-11-20'],
    ['every night', through('2026-11-19'), '2026-01-01', 90, '2026-11-10..2026-11-20'],
    ['again on the same day', through('2026-11-20'), '2026-01-01', 90, '2026-11-11..2026-11-20'],
    ['five days late', through('2026-11-15'), '2026-01-01', 90, '2026-11-06..2026-11-20'],
    ['never before the start date', through('2026-11-19'), '2026-11-18', 90, '2026-11-18..2026-11-20'],
    ['never before what is served', through('2026-11-19'), '2026-01-01', 3, '2026-11-18..2026-11-20'],
    [
      'back to an open gap',
      recordGap(through('2026-11-19'), { from: '2025-12-20', to: '2025-12-31' }),
      '2025-12-01',
      730,
      '2025-12-20..2026-11-20',
    ],
    [
      'an open gap only as far as served',
      recordGap(through('2026-11-19'), { from: '2025-12-20', to: '2025-12-31' }),
      '2025-12-01',
      330,
      '2025-12-26..2026-11-20',
    ],
    [
      'not to a gap before the start date',
      recordGap(through('2026-11-19'), { from: '2025-12-20', to: '2025-12-31' }),
      '2026-10-01',
      730,
      '2026-11-10..2026-11-20',
    ],
    ['nothing when it starts today', nothingCovered, today, 90, 'nothing'],
    ['nothing when it starts later', nothingCovered, '2026-12-01', 90, 'nothing'],
    ['nothing of a bank that serves no history', nothingCovered, '2026-11-01', 0, 'nothing'],
  ]
  for (const [name, coverage, startDate, maxHistoryDays, expected] of cases) {
    const { window } = planFetch(coverage, { startDate, today, maxHistoryDays })
    t.equal(window === null ? 'nothing' : `${window.from}..${window.to}`, expected, name)
  }
  t.end()
})

test('a start date older than the bank serves leaves a gap from the first day on', (t) => {
  const plan = planFetch(nothingCovered, { startDate: '2026-08-01', today, maxHistoryDays: 90 })
  t.strictSame(coverageAfter(nothingCovered, plan), {
    complete: [{ from: '2026-08-23', to: '2026-11-20' }],
    excluded: [],
    gaps: [{ from: '2026-08-01', to: '2026-08-22', state: 'unrecoverable' }],
  })
  t.end()
})

test('a gap that can be had again is filled by the run that reaches it', (t) => {
  const lapsed = lapsedFor(200)
  const short = coverageAfter(lapsed, planFetch(lapsed, { startDate: '2025-11-21', today, maxHistoryDays: 90 }))
  const long = coverageAfter(short, planFetch(short, { startDate: '2025-11-21', today, maxHistoryDays: 730 }))
  t.strictSame(long, { complete: [{ from: '2025-11-21', to: '2026-11-20' }], excluded: [], gaps: [] })
  t.end()
})

test('a start is resolved once, to a day', (t) => {
  const now = { today, maxHistoryDays: 90 }
  t.equal(resolveStart('today', now), '2026-11-21')
  t.equal(resolveStart('month_start', now), '2026-11-01')
  t.equal(resolveStart('max_history', now), '2026-08-23')
  t.equal(resolveStart('2026-02-03', now), '2026-02-03')
  t.equal(servedFromOn('2028-03-01', 1), '2028-02-29', 'a leap day is a day')
  t.end()
})

test('a gap further back than banks regularly serve is asked for only when there may be more', (t) => {
  const gap = { from: '2026-07-01', to: '2026-09-01' } as const
  const coverage = recordGap(through('2026-11-19'), { from: '2025-12-20', to: '2025-12-31' })
  const near = recordGap(markComplete(nothingCovered, { from: '2026-09-02', to: '2026-11-19' }), gap)
  const cases = [
    { name: 'far', coverage, farGaps: true, from: '2025-12-20' },
    { name: 'far', coverage, farGaps: false, from: '2026-11-10' },
    { name: 'partly near', coverage: near, farGaps: true, from: '2026-07-01' },
    { name: 'partly near', coverage: near, farGaps: false, from: '2026-08-23' },
    { name: 'a lapse is no gap yet', coverage: through('2026-06-30'), farGaps: false, from: '2026-06-21' },
  ]
  for (const { name, farGaps, from, ...given } of cases) {
    const { window } = planFetch(given.coverage, { startDate: '2025-12-01', today, maxHistoryDays: 730, farGaps })
    t.equal(window?.from, from, `${name}, ${farGaps ? 'with' : 'without'} far gaps`)
  }
  t.end()
})

test('what a bank refuses as too far back is missing, open for as long as it might serve it', (t) => {
  const lapse = planFetch(through('2026-07-31'), { startDate: '2026-01-01', today, maxHistoryDays: 365 })
  t.equal(lapse.window?.from, '2026-07-22')
  const regular = beginLater(lapse, today)
  t.equal(regular, '2026-08-23')
  const narrowed = narrowedTo(lapse, regular ?? today)
  t.strictSame(narrowed.window, { from: '2026-08-23', to: '2026-11-20' })
  t.strictSame(coverageAfter(through('2026-07-31'), narrowed), {
    complete: [
      { from: '2026-01-01', to: '2026-07-31' },
      { from: '2026-08-23', to: '2026-11-20' },
    ],
    excluded: [],
    gaps: [{ from: '2026-08-01', to: '2026-08-22', state: 'open' }],
  })
  t.strictSame(narrowedTo(lapse, '2026-07-01'), lapse, 'a plan is never widened')
  t.end()
})

test('a window reaches back to a change, as far as it is wanted and the bank serves, and never becomes shorter', (t) => {
  const plan = planFetch(through('2026-11-15'), { startDate: '2026-06-01', today, maxHistoryDays: 90 })
  t.strictSame(plan.window, { from: '2026-11-06', to: '2026-11-20' })
  const from = (change: Day, startDate: Day = '2026-06-01') => widenedTo(plan, change, startDate).window?.from
  t.equal(from('2026-10-01'), '2026-10-01')
  t.equal(from('2026-01-01'), '2026-08-23', 'the bank serves 90 days')
  t.equal(from('2026-09-01', '2026-09-20'), '2026-09-20', 'the books begin there')
  t.equal(widenedTo(plan, '2026-11-10', '2026-06-01'), plan)
  t.same(widenedTo({ ...plan, window: null }, '2026-10-01', '2026-06-01').window, null)
  t.end()
})

const fullPlan = (maxHistoryDays: number) =>
  planFetch(nothingCovered, { startDate: '2020-01-01', today, maxHistoryDays })

test('a bank whose day has begun before the company’s counts from a day later', (t) => {
  const tries = (maxHistoryDays: number) => {
    const days: Day[] = []
    for (let given = fullPlan(maxHistoryDays); ;) {
      const from = beginLater(given, today)
      if (from === null) return days
      days.push(from)
      given = narrowedTo(given, from)
    }
  }
  t.strictSame(tries(90), ['2026-08-24'])
  t.strictSame(tries(365), ['2025-11-22', '2026-08-23', '2026-08-24'])
  t.strictSame(tries(30), ['2026-10-23'])
  const { gaps } = coverageAfter(nothingCovered, narrowedTo(fullPlan(90), '2026-08-24'))
  t.strictSame(gaps, [
    { from: '2020-01-01', to: '2026-08-22', state: 'unrecoverable' },
    { from: '2026-08-23', to: '2026-08-23', state: 'open' },
  ])
  t.end()
})

test('what is in doubt is read again, as far as banks regularly serve', (t) => {
  const coverage = coverageAfter(
    nothingCovered,
    planFetch(nothingCovered, { startDate: '2026-06-01', today, maxHistoryDays: 730 }),
  )
  const asked = { startDate: '2026-06-01', today, maxHistoryDays: 730 } as const
  const from = (doubtedFrom: Day | null, startDate: Day = asked.startDate) =>
    planFetch(coverage, { ...asked, startDate, doubtedFrom }).window?.from
  t.equal(from(null), addDays(today, -10))
  t.equal(from(addDays(today, -5)), addDays(today, -10), 'no later than is usual')
  t.equal(from(addDays(today, -40)), addDays(today, -40))
  t.equal(from(addDays(today, -140)), addDays(today, -90))
  const lastWindow = { from: addDays(today, -120), to: addDays(today, -1) }
  t.equal(
    planFetch(coverage, { ...asked, doubtedFrom: addDays(today, -110), lastWindow }).window?.from,
    addDays(today, -110),
    'what it has just served it serves again',
  )
  t.equal(from(addDays(today, -40), addDays(today, -30)), addDays(today, -30), 'never before the start date')
  t.end()
})
