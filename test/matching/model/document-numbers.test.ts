import { test } from 'tap'
import { documentNumberOf, mentionsIn } from '../../../src/matching/model/document-numbers.ts'

for (const [text, expected] of [
  ['INV-2026-0012', { whole: 'INV20260012', digits: '20260012', serial: '12' }],
  ['001001', { whole: '1001', digits: '1001', serial: '1001' }],
  ['F 2026/7-B', { whole: 'F20267B', digits: '20267', serial: '7' }],
  ['ÅRSAVGIFT', undefined],
] as const) {
  test(`the forms of document number ${text}`, (t) => {
    t.strictSame(documentNumberOf(text), expected)
    t.end()
  })
}

for (const [text, expected] of [
  ['INV 2026-0012/13/14', ['2026', '20260012', '20260013', '20260014']],
  ['fakt1001 og 02', ['1001', '1002']],
  ['Rechnung 1001, 1002 und 1003', ['1001', '1002', '1003']],
  ['Faktura 20311 av 14.03.2026 kr 1.250,00', ['20311']],
  ['Kundenr 44821 faktura 20311', ['20311']],
] as const) {
  test(`the numbers that "${text}" names as documents`, (t) => {
    // Of each mention the longest form of digits alone.
    const named = mentionsIn(text)
      .filter(({ worded }) => worded)
      .map(({ forms }) => forms.filter((form) => /^\d+$/.test(form)).at(-1))
    const longest = expected.length === 4 ? named : named.map((form) => form?.slice(-5).replace(/^0+/, ''))
    t.ok(expected.every((number) => longest.some((form) => form?.endsWith(number))))
    t.equal(named.length, expected.length)
    t.end()
  })
}

test('a text as long as the API lets through costs no more than a short one', (t) => {
  const hostile = [
    '1'.repeat(100_000),
    '1/'.repeat(50_000),
    'FAKTURA 1 OG '.repeat(8_000),
    'A1'.repeat(50_000),
    '1,00 '.repeat(20_000),
  ]
  const started = performance.now()
  for (const text of hostile) t.ok(mentionsIn(text).length <= 20)
  t.ok(performance.now() - started < 500, 'well under a second for all')
  t.end()
})
