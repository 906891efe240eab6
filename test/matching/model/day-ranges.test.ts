import { test } from 'tap'
import { dayIn, dayRangeIn } from '../../../src/matching/model/day-ranges.ts'
import { daysBetween, type Day } from '../../../src/values/day.ts'

const on = (day: Day): number => daysBetween('1970-01-01', day)

test('the days that a text names from one to another', (t) => {
  for (const [text, from, to] of [
    ['28.12.2025-31.12.2025', '2025-12-28', '2025-12-31'],
    ['Insättning ZETTLE 06.12.2025 – 08.12.2025 ref 1', '2025-12-06', '2025-12-08'],
    ['Payout 2026-02-01 til 2026-02-03', '2026-02-01', '2026-02-03'],
    ['1/2/2026-3/2/2026', '2026-02-01', '2026-02-03'],
    ['CR SQUAREUP 13.02.2026-17.02.2', '2026-02-13', '2026-02-17'],
    ['IZETTLE 30.12.2025-02.01.', '2025-12-30', '2026-01-02'],
    ['IZETTLE 30.12.2025-31.12', '2025-12-30', '2025-12-31'],
  ] as const)
    t.same(dayRangeIn(text), { from: on(from), to: on(to) }, text)
  t.end()
})

test('no days: one day, days that run backwards, more than a month, a day that is none, a number', (t) => {
  for (const text of [
    '28.12.2025',
    '31.12.2025-28.12.2025',
    '01.01.2026-15.02.2026',
    '30.02.2026-31.02.2026',
    '12345678-87654321',
    '',
  ])
    t.equal(dayRangeIn(text), undefined, text)
  t.end()
})

test('the one day that a text names', (t) => {
  for (const [text, day] of [
    ['KLARNA 31.01.26', '2026-01-31'],
    ['Stripe 14/10/25', '2025-10-14'],
    ['Payout 2026-02-01', '2026-02-01'],
    ['5.3.2026 SumUp', '2026-03-05'],
  ] as const)
    t.equal(dayIn(text), on(day), text)
  for (const text of ['10.2.2026.4', '1.234.567', '31.02.26', 'PO 12345678', '']) t.equal(dayIn(text), undefined, text)
  t.end()
})
