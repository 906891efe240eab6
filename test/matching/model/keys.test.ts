import { test } from 'tap'
import { entryFeatures, lineFeatures, ownAccountsOf } from '../../../src/matching/model/features.ts'
import { keysOf } from '../../../src/matching/model/keys.ts'
import type { BookEntry, Line } from '../../../src/matching/model/types.ts'
import { aLine, anEntry } from '../builders.ts'

const own = ownAccountsOf([])

function shared(line: Partial<Line>, entry: Partial<BookEntry>): string[] {
  const ofLine = keysOf(lineFeatures(aLine('t', 1n, line), own))
  const ofEntry = new Set(keysOf(entryFeatures(anEntry('e', 99n, entry), own)))
  return ofLine.filter((key) => ofEntry.has(key))
}

const cases: readonly {
  readonly by: string
  readonly line: Partial<Line>
  readonly entry: Partial<BookEntry>
  readonly key: string
}[] = [
  { by: 'amount', line: { amount: 99n }, entry: {}, key: 'amount:NOK:99' },
  { by: 'open amount, not the whole', line: { amount: 40n }, entry: { openAmount: 40n }, key: 'amount:NOK:40' },
  {
    by: 'amount less discount',
    line: { amount: 9_800n },
    entry: { openAmount: 10_000n, cashDiscount: { basisPoints: 200, until: '2026-03-01' } },
    key: 'amount:NOK:9800',
  },
  {
    by: 'amount in the currency exchanged',
    line: { exchange: { currency: 'USD', rate: '10', amount: { minor: 99n, currency: 'USD' } } },
    entry: { currency: 'USD' },
    key: 'amount:USD:99',
  },
  { by: 'a transfer going out', line: { amount: -99n }, entry: { kind: 'transfer' }, key: 'amount:NOK:-99' },
  { by: 'reference', line: { reference: '602243' }, entry: { reference: '60 22 43' }, key: 'reference:602243' },
  {
    by: 'document number',
    line: { remittanceInformation: 'fakt 2026/0012' },
    entry: { documentNumber: 'F-2026-0012' },
    key: 'document:20260012',
  },
  {
    by: 'document number in the reference',
    line: { reference: '0047200203118' },
    entry: { documentNumber: '20311' },
    key: 'document:20311',
  },
  {
    by: 'account',
    line: { counterparty: { iban: 'NO93 8601 1117 947' } },
    entry: { counterparty: { iban: 'NO9386011117947' } },
    key: 'account:86011117947',
  },
  { by: 'end-to-end id', line: { endToEndId: 'pay-1' }, entry: { endToEndId: 'PAY-1' }, key: 'end-to-end:PAY-1' },
  {
    by: 'end-to-end id in the text, behind the name of its field',
    line: { remittanceInformation: 'Betaling EREF+PAY-1, takk' },
    entry: { endToEndId: 'pay-1' },
    key: 'end-to-end:PAY-1',
  },
  {
    by: 'the day of a purchase by card, days before it is booked',
    line: { amount: -1n, bankTransactionCode: 'PMNT-CCRD-POSD', bookingDate: '1970-01-13' },
    entry: { kind: 'expense', issueDate: '1970-01-10' },
    key: 'bought:9',
  },
  {
    by: 'the day of a purchase by card, which the value date tells',
    line: { amount: -1n, bookingDate: '1970-01-20', valueDate: '1970-01-10' },
    entry: { kind: 'expense', issueDate: '1970-01-10' },
    key: 'bought:9',
  },
  {
    by: 'name in another order',
    line: { counterparty: { name: 'HANSEN OLA' } },
    entry: { counterparty: { name: 'Ola Hansen' } },
    key: 'name=HANSEN OLA',
  },
  {
    by: 'name cut off',
    line: { counterparty: { name: 'ELEKTROINST' } },
    entry: { counterparty: { name: 'Elektroinstallasjon AS' } },
    key: 'name:ELEKTR',
  },
  {
    by: 'name in the text',
    line: { remittanceInformation: 'VISA BRANDT 4411' },
    entry: { counterparty: { name: 'Brandt AS' } },
    key: 'name:BRANDT',
  },
  {
    by: 'description',
    line: { remittanceInformation: 'HUSLEIE' },
    entry: { description: 'Husleie mars' },
    key: 'word:HUSLEI',
  },
]
test('the digits of an account that a text names are no document’s number', (t) => {
  const keys = keysOf(
    lineFeatures(aLine('t', 1n, { remittanceInformation: 'IBAN: NL75 RABO 0820 5347 03 nota 4711' }), own),
  )
  t.same(
    keys.filter((key) => /75|0820|5347/.test(key)),
    ['account:RABO0820534703'],
  )
  t.ok(keys.includes('document:4711'))
  t.end()
})

for (const { by, line, entry, key } of cases) {
  test(`a line and its entry meet by ${by}`, (t) => {
    t.ok(shared(line, entry).includes(key), `${key} among ${shared(line, entry).join(', ')}`)
    t.end()
  })
}

test('two that have nothing in common do not meet', (t) => {
  t.strictSame(
    shared(
      { counterparty: { name: 'Solheim AS' }, remittanceInformation: 'Takk' },
      { documentNumber: '20311', counterparty: { name: 'Brandt AS' } },
    ),
    [],
  )
  t.end()
})

test('a text full of numbers and words has a bounded number of keys', (t) => {
  const text = Array.from({ length: 2_000 }, (_, at) => `ord${at} ${at}`).join(' ')
  t.ok(keysOf(lineFeatures(aLine('t', 1n, { remittanceInformation: text, reference: text }), own)).length < 250)
  t.end()
})
