// Both signals that read an identifier as it is: the structured reference and the end-to-end id.

import { test } from 'tap'
import { endToEndId } from '../../../src/matching/signals/end-to-end-id.ts'
import { reference } from '../../../src/matching/signals/reference.ts'
import { evidenceOf, saidOf } from '../builders.ts'

for (const { name, line, entry, says } of [
  { name: 'the same', line: { reference: '602243' }, entry: { reference: '602243' }, says: 'reference.equal +' },
  {
    name: 'written in groups',
    line: { reference: '60 22 43' },
    entry: { reference: '602243' },
    says: 'reference.equal +',
  },
  {
    name: 'padded with zeros',
    line: { reference: '00000539007547034' },
    entry: { reference: '539007547034' },
    says: 'reference.equal +',
  },
  {
    name: 'wrapped as RF',
    line: { reference: 'RF18539007547034' },
    entry: { reference: '539007547034' },
    says: 'reference.equal +',
  },
  {
    name: 'in the text',
    line: { remittanceInformation: 'KID: 602243, takk' },
    entry: { reference: '602243' },
    says: 'reference.in-text +',
  },
  {
    name: 'a Belgian one in the text',
    line: { remittanceInformation: '+++090/9337/55493+++' },
    entry: { reference: '090933755493' },
    says: 'reference.in-text +',
  },
  {
    name: 'a free one in the text',
    line: { remittanceInformation: 'ref ACME-2291 pay' },
    entry: { reference: 'ACME-2291' },
    says: 'reference.in-text +',
  },
  { name: 'another', line: { reference: '123455' }, entry: { reference: '602243' }, says: 'reference.differs -' },
  {
    name: 'a document number where the reference belongs',
    line: { reference: '20311' },
    entry: { reference: '602243', documentNumber: '20311' },
    says: 'nothing',
  },
  {
    name: 'digits in the text that are no reference',
    line: { remittanceInformation: 'ordre 771' },
    entry: { reference: '602243' },
    says: 'nothing',
  },
  { name: 'the books have none', line: { reference: '602243' }, entry: {}, says: 'nothing' },
] as const) {
  test(`reference: ${name}`, (t) => {
    t.equal(saidOf(evidenceOf(reference, { line, entry })), says)
    t.end()
  })
}

test('a reference that many open entries share says little', (t) => {
  const given = { line: { reference: '602243' }, entry: { reference: '602243' } }
  const alone = evidenceOf(reference, given)!.bits
  t.ok(evidenceOf(reference, { ...given, books: { count: () => 64 } })!.bits <= alone - 6)
  t.end()
})

for (const { name, line, entry, says } of [
  { name: 'the same', line: 'PAY-7781', entry: 'pay-7781', says: 'end-to-end-id.equal +' },
  { name: 'another', line: 'PAY-7781', entry: 'PAY-7782', says: 'end-to-end-id.differs -' },
  { name: 'what banks write when there is none', line: 'NOTPROVIDED', entry: 'NOTPROVIDED', says: 'nothing' },
  { name: 'blank', line: ' ', entry: 'PAY-7782', says: 'nothing' },
] as const) {
  test(`end-to-end id: ${name}`, (t) => {
    t.equal(saidOf(evidenceOf(endToEndId, { line: { endToEndId: line }, entry: { endToEndId: entry } })), says)
    t.end()
  })
}
