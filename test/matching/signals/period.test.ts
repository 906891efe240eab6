import { test } from 'tap'
import { periodsIn } from '../../../src/matching/model/periods.ts'
import { documentNumber } from '../../../src/matching/signals/document-number.ts'
import { period } from '../../../src/matching/signals/period.ts'
import { evidenceOf, saidOf } from '../builders.ts'

test('months are read in every language, with and without a year, and nothing else is one', (t) => {
  for (const [text, months] of [
    ['INNBETALING FEBRUAR', ['2']],
    ['Faktura aug Betalt: 01.09.25', ['8']],
    ['huur jan. 2026', ['1 2026']],
    ['Avser faktura 04/2025', ['4 2025']],
    ['loyer août 2025, loyer sept.', ['8 2025', '9']],
    ['Miete März', ['3']],
    ['vuokra marraskuulta', ['11']],
    ['FEB2026', ['2 2026']],
    ['period 2025-07', ['7 2025']],
    // Whole dates, numbers of documents, and words that are no month alone.
    ['3 mars', []],
    ['15.03.2025', []],
    ['INV-2025-04', []],
    ['faktura 2025-0312', []],
    ['helmi elo', []],
    ['', []],
  ] as const)
    t.strictSame(
      periodsIn(text).map(({ month, year }) => `${month}${year === undefined ? '' : ` ${year}`}`),
      months,
      text,
    )
  t.strictSame(
    periodsIn('August Hansen mai', (word) => word === 'AUGUST'),
    [{ month: 5 }],
    'a name is none',
  )
  t.end()
})

// Issued on 2026-03-01, due on 2026-03-15.
for (const [text, description, dueDate, says] of [
  ['husleie mars', undefined, '2026-03-15', 'period.issued +'],
  ['husleie 03/2026', undefined, '2026-03-15', 'period.issued +'],
  ['husleie april', undefined, '2026-04-15', 'period.due +'],
  ['husleie april', 'Husleie april', '2026-03-15', 'period.described +'],
  ['husleie mai', undefined, '2026-03-15', 'period.other -'],
  ['husleie mars 2025', undefined, '2026-03-15', 'period.other -'],
  ['husleie', undefined, '2026-03-15', 'nothing'],
] as const) {
  test(`the text "${text}", described as ${description ?? 'nothing'}, due on ${dueDate}`, (t) => {
    const entry = { dueDate, ...(description !== undefined && { description }) }
    t.equal(saidOf(evidenceOf(period, { line: { remittanceInformation: text }, entry })), says)
    t.end()
  })
}

test('a month behind an invoice word is no other invoice', (t) => {
  const given = { line: { remittanceInformation: 'Faktura 04/2026' }, entry: { documentNumber: '40611' } }
  t.equal(saidOf(evidenceOf(documentNumber, given)), 'nothing')
  const other = { line: { remittanceInformation: 'Faktura 40706' }, entry: { documentNumber: '40611' } }
  t.equal(saidOf(evidenceOf(documentNumber, other)), 'document-number.other -')
  t.end()
})
