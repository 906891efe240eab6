import fc from 'fast-check'
import { test } from 'tap'
import type { ProviderTransaction } from '../../src/providers/provider.ts'
import { rowsOfWholes, wholeOf } from '../../src/transactions/model/whole.ts'
import type { Day } from '../../src/values/day.ts'
import { row } from './ledger.ts'

const day = fc.constantFrom<Day>('2026-11-02', '2026-11-03', '2026-11-04')
// Words that the text of a row has a meaning of its own for are among them.
const text = fc.oneof(
  fc.constantFrom('', '=', 'undefined', 'undefinedundefined', '0', 'Ærø Bygg 💶'),
  fc.string({ unit: 'grapheme' }).map((any) => any.replaceAll('\0', '')),
)
const plain = { noNullPrototype: true }
const currency = fc.constantFrom('NOK', 'EUR')
const money = fc.record({ minor: fc.bigInt(-(10n ** 18n), 10n ** 18n), currency }, plain)
const anyRow: fc.Arbitrary<ProviderTransaction> = fc.record(
  {
    ids: fc.record(
      { transactionId: text, entryReference: text, internalId: text },
      { requiredKeys: [], noNullPrototype: true },
    ),
    status: fc.constant('booked'),
    bookingDate: day,
    valueDate: day,
    amount: money,
    counterparty: fc.oneof(
      fc.record({ name: text }, plain),
      fc.record({ iban: text, bban: text }, plain),
      fc.record({ name: text, iban: text, bban: text }, plain),
    ),
    remittanceInformation: text,
    reference: text,
    endToEndId: text,
    bankTransactionCode: text,
    exchange: fc.record(
      { amount: money, currency, rate: text },
      { requiredKeys: ['currency', 'rate'], noNullPrototype: true },
    ),
    balanceAfter: money,
  },
  { requiredKeys: ['ids', 'status', 'bookingDate', 'amount'], noNullPrototype: true },
)

test('rows are read back from their texts as they were, in their order, and those of other days are not', (t) => {
  fc.assert(
    fc.property(fc.array(anyRow), day, (rows, wanted) => {
      const wholes = rows.map(wholeOf).join('')
      t.strictSame(
        rowsOfWholes(wholes, () => true),
        rows,
      )
      t.strictSame(
        rowsOfWholes(wholes, (each) => each === wanted),
        rows.filter(({ bookingDate }) => bookingDate === wanted),
      )
    }),
  )
  t.end()
})

test('a row with a NUL, which no bank’s row is read with, is not taken for others', (t) => {
  const broken = wholeOf(row({ remittanceInformation: 'a\0b' }))
  t.throws(() => rowsOfWholes(broken + wholeOf(row()), () => true))
  t.end()
})
