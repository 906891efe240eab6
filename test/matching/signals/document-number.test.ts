import { test } from 'tap'
import { documentNumber } from '../../../src/matching/signals/document-number.ts'
import { commonly, evidenceOf, saidOf } from '../builders.ts'

for (const [number, text, says] of [
  // All the ways in which people write one.
  ['1001', 'Faktura nr. 1001', 'document-number.named +'],
  ['1001', 'fakt1001', 'document-number.named +'],
  ['1001', 'fakt1001 og 1002', 'document-number.named +'],
  ['1002', 'fakt1001 og 1002', 'document-number.named +'],
  ['2026-0014', 'INV 2026-0012/13/14', 'document-number.named +'],
  ['2026-0012', 'rechnung 20260012', 'document-number.named +'],
  ['2026-0012', 'Facture n° 2026/0012 du 3 mars', 'document-number.named +'],
  ['INV-5012', 'betaling inv5012', 'document-number.named +'],
  ['INV-5012', 'Factuurnr: 5012', 'document-number.named +'],
  ['F2026-001A', 'Factuur F2026 001A', 'document-number.named +'],
  ['26000413', '26000413', 'document-number.named +'],
  ['20311', 'Takk for sist 20311', 'document-number.number +'],
  ['2026-0012', 'Faktura 12', 'document-number.number +'],
  // What looks like one and is none.
  ['14032026', 'Betalt 14.03.2026', 'nothing'],
  ['1250', 'Betaler kr 1.250,00', 'nothing'],
  ['2026', 'Kontingent 2026', 'nothing'],
  // Another one.
  ['1001', 'Faktura 1002', 'document-number.other -'],
  ['1001', 'Faktura 1002, 1003', 'document-number.other -'],
  ['2026-0012', 'INV 2026-0044', 'document-number.other -'],
  ['INV-5012', 'Inv 5013', 'document-number.other -'],
  ['20311', 'Takk 20318', 'document-number.other-bare -'],
  ['20311', 'Faktura 7', 'document-number.other -'],
  ['20311', 'Ordre 88123', 'nothing'],
  ['20311', '', 'nothing'],
] as const) {
  test(`document number ${number} and "${text}"`, (t) => {
    const given = { line: { remittanceInformation: text }, entry: { documentNumber: number } }
    t.equal(saidOf(evidenceOf(documentNumber, given)), says)
    t.end()
  })
}

test('a bare number that is another document of the books is evidence against', (t) => {
  const given = { line: { remittanceInformation: 'Takk 20400' }, entry: { documentNumber: '20311' } }
  const books = { count: commonly(1, { 'document:20400': 1 }) }
  t.equal(saidOf(evidenceOf(documentNumber, { ...given, books })), 'document-number.other-bare -')
  t.end()
})

test('a contradiction is as strong as an agreement', (t) => {
  const [agreement, contradiction] = ['Faktura 1001', 'Faktura 1002'].map((remittanceInformation) =>
    evidenceOf(documentNumber, { line: { remittanceInformation }, entry: { documentNumber: '1001' } }),
  )
  t.ok(agreement!.bits >= 10)
  t.ok(contradiction!.bits <= -10)
  t.end()
})

test('a document number inside the structured reference', (t) => {
  const given = { line: { reference: '0047200203118' }, entry: { documentNumber: '20311' } }
  t.equal(saidOf(evidenceOf(documentNumber, given)), 'document-number.in-reference +')
  t.end()
})

test('the reference field holds the document number itself', (t) => {
  const given = { line: { reference: 'INV-5012' }, entry: { documentNumber: 'INV-5012' } }
  t.equal(saidOf(evidenceOf(documentNumber, given)), 'document-number.named +')
  t.end()
})
