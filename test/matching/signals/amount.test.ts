import { test } from 'tap'
import { amount } from '../../../src/matching/signals/amount.ts'
import { evidenceOf, saidOf } from '../builders.ts'

const eur = { currency: 'EUR' } as const
const discount = { cashDiscount: { basisPoints: 200, until: '2026-03-14' } } as const

for (const { name, given, says } of [
  { name: 'exact', given: {}, says: 'amount.exact +' },
  { name: 'a part', given: { line: { amount: 40_000n } }, says: 'amount.partial -' },
  { name: 'less a fee', given: { line: { amount: 123_500n } }, says: 'amount.fee +' },
  { name: 'more than a fee is missing', given: { line: { amount: 118_000n } }, says: 'amount.partial -' },
  {
    name: 'a fee on top of what leaves',
    given: { line: { amount: -126_000n }, entry: { amount: -125_050n } },
    says: 'amount.fee +',
  },
  { name: 'rounded to whole crowns', given: { line: { amount: 125_100n } }, says: 'amount.rounding +' },
  { name: 'too much', given: { line: { amount: 130_000n } }, says: 'amount.overpayment -' },
  {
    name: 'the discount on its last day',
    given: { line: { amount: 98_000n, ...eur }, entry: { amount: 100_000n, ...eur, ...discount } },
    says: 'amount.discount +',
  },
  {
    name: 'the discount a day late is no discount, and no fee',
    given: {
      line: { amount: 98_000n, bookingDate: '2026-03-15', ...eur },
      entry: { amount: 100_000n, ...eur, ...discount },
    },
    says: 'amount.partial -',
  },
  { name: 'the other direction', given: { line: { amount: -125_050n } }, says: 'nothing' },
  { name: 'another currency that nobody exchanged', given: { line: eur }, says: 'nothing' },
  {
    name: 'exchanged at a rate that is a little off',
    given: {
      line: { amount: 1_040_000n, exchange: { currency: 'USD', rate: '10.4375' } },
      entry: { amount: 100_000n, currency: 'USD' },
    },
    says: 'amount.fx +',
  },
  { name: 'settled', given: { entry: { openAmount: 0n } }, says: 'nothing' },
] as const) {
  test(`amount: ${name}`, (t) => {
    t.equal(saidOf(evidenceOf(amount, given)), says)
    t.end()
  })
}

test('an exact amount is worth less when it is round, common, or the same every month', (t) => {
  const odd = evidenceOf(amount, {})!.bits
  const round = { line: { amount: 1_000_000n }, entry: { amount: 1_000_000n } }
  t.ok(evidenceOf(amount, round)!.bits < odd, 'round')
  t.ok(evidenceOf(amount, { books: { count: () => 40 } })!.bits < odd, 'forty entries have it')
  t.ok(
    evidenceOf(amount, {
      entry: { counterparty: { id: 'tenant' } },
      books: { count: (key) => (key.startsWith('again:') ? 5 : 1) },
    })!.bits < odd,
    'the fifth month',
  )
  t.end()
})
