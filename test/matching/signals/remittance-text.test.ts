import { test } from 'tap'
import { remittanceText } from '../../../src/matching/signals/remittance-text.ts'
import { evidenceOf, saidOf } from '../builders.ts'

for (const [text, description, says] of [
  ['HUSLEIE MARS', 'Husleie mars, lokale 3', 'remittance-text.shared +'],
  ['Lön för november', 'Löner november', 'remittance-text.shared +'],
  ['Betaling', 'Husleie mars', 'nothing'],
  ['1001 2026', 'Faktura 1001 2026', 'nothing'],
  ['', 'Husleie', 'nothing'],
] as const) {
  test(`text "${text}" and description "${description}"`, (t) => {
    t.equal(saidOf(evidenceOf(remittanceText, { line: { remittanceInformation: text }, entry: { description } })), says)
    t.end()
  })
}

test("the counterparty's name in the description is not counted again", (t) => {
  const given = {
    line: { remittanceInformation: 'Brandt Elektro' },
    entry: { description: 'Faktura fra Brandt Elektro', counterparty: { name: 'Brandt Elektro AS' } },
  }
  t.equal(saidOf(evidenceOf(remittanceText, given)), 'nothing')
  t.end()
})
