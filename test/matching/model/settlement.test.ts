import { test } from 'tap'
import { expectedOf, isBounded, settle } from '../../../src/matching/model/settlement.ts'
import { aLine, anEntry } from '../builders.ts'

const discount = { cashDiscount: { basisPoints: 250, until: '2026-03-14' } } as const

for (const { name, moved, open, line = {}, entry = {}, is } of [
  { name: 'exact', moved: 10_000n, open: 10_000n, is: 'exact 10000' },
  { name: 'a part spends only itself', moved: 4_000n, open: 10_000n, is: 'partial 4000' },
  { name: 'a fee settles the whole', moved: 9_600n, open: 10_000n, is: 'fee 10000, difference -400' },
  { name: 'a fee of more than 5 % is a part', moved: 9_400n, open: 10_000n, is: 'partial 9400' },
  { name: 'a fee of more than banks take is a part', moved: 9_900_000n, open: 10_000_000n, is: 'partial 9900000' },
  { name: 'a fee on what leaves', moved: -10_400n, open: -10_000n, is: 'fee -10000, difference -400' },
  { name: 'less leaves than is owed', moved: -9_600n, open: -10_000n, is: 'partial -9600' },
  { name: 'rounding up', moved: 10_050n, open: 10_001n, is: 'rounding 10001, difference 49' },
  { name: 'rounding down', moved: 9_950n, open: 9_999n, is: 'rounding 9999, difference -49' },
  { name: 'an overpayment', moved: 10_900n, open: 10_000n, is: 'overpayment 10000, difference 900' },
  { name: 'an overpayment out of bounds', moved: 20_000n, open: 10_000n, is: 'not bounded' },
  { name: 'a discount of 2.5 %', moved: 9_750n, open: 10_000n, entry: discount, is: 'discount 10000, difference -250' },
  {
    name: 'a discount a cent off',
    moved: 9_751n,
    open: 10_000n,
    entry: discount,
    is: 'discount 10000, difference -249',
  },
  {
    name: 'a discount by the value date',
    moved: 9_750n,
    open: 10_000n,
    entry: discount,
    line: { bookingDate: '2026-03-16', valueDate: '2026-03-14' },
    is: 'discount 10000, difference -250',
  },
  {
    name: 'a discount too late',
    moved: 9_750n,
    open: 10_000n,
    entry: discount,
    line: { bookingDate: '2026-03-15' },
    is: 'partial 9750',
  },
  {
    name: 'exchanged, as the bank says',
    moved: 104_375n,
    open: 10_000n,
    entry: { currency: 'USD' },
    line: { exchange: { currency: 'USD', rate: '10.4375', amount: { minor: -10_000n, currency: 'USD' } } },
    is: 'exact 10000',
  },
  {
    name: 'a part, as the bank says to the cent',
    moved: 104_375n,
    open: 40_000n,
    entry: { currency: 'USD' },
    line: { exchange: { currency: 'USD', amount: { minor: 10_000n, currency: 'USD' } } },
    is: 'partial 10000',
  },
  {
    name: 'a part at a rate, which is too vague for that',
    moved: 104_375n,
    open: 40_000n,
    entry: { currency: 'USD' },
    line: { exchange: { currency: 'USD', rate: '10.4375' } },
    is: 'nothing',
  },
  {
    name: 'exchanged, less the discount, as the bank says',
    moved: 104_325n,
    open: 10_700n,
    entry: { currency: 'USD', cashDiscount: { basisPoints: 250, until: '2026-03-14' } },
    line: { exchange: { currency: 'USD', amount: { minor: 10_432n, currency: 'USD' } } },
    is: 'discount 10700, difference -2680',
  },
  {
    name: 'exchanged at a rate',
    moved: 104_375n,
    open: 10_000n,
    entry: { currency: 'USD' },
    line: { exchange: { currency: 'USD', rate: '10.4375' } },
    is: 'exact 10000',
  },
  {
    name: 'exchanged into yen, which have no cents',
    moved: 70_000n,
    open: 10_000n,
    entry: { currency: 'JPY' },
    line: { exchange: { currency: 'JPY', rate: '0.07' } },
    is: 'exact 10000',
  },
  {
    name: 'exchanged with 1 % lost',
    moved: 103_331n,
    open: 10_000n,
    entry: { currency: 'USD' },
    line: { exchange: { currency: 'USD', rate: '10.4375' } },
    is: 'fx 10000, difference -1044',
  },
  {
    name: 'exchanged with 3 % lost',
    moved: 101_240n,
    open: 10_000n,
    entry: { currency: 'USD' },
    line: { exchange: { currency: 'USD', rate: '10.4375' } },
    is: 'nothing',
  },
  {
    name: 'an exchange of another currency',
    moved: 104_375n,
    open: 10_000n,
    entry: { currency: 'USD' },
    line: { exchange: { currency: 'EUR', rate: '10.4375' } },
    is: 'nothing',
  },
  {
    name: 'an exchange at no rate',
    moved: 104_375n,
    open: 10_000n,
    entry: { currency: 'USD' },
    line: { exchange: { currency: 'USD', rate: '0.00' } },
    is: 'nothing',
  },
  { name: 'nothing moved', moved: 0n, open: 10_000n, is: 'nothing' },
  { name: 'nothing open', moved: 10_000n, open: 0n, is: 'nothing' },
] as const) {
  test(`settle: ${name}`, (t) => {
    const movement = aLine('t', moved, line)
    const settlement = settle(movement, expectedOf(anEntry('e', open, entry), movement))
    const told = (): string => {
      if (settlement === undefined) return 'nothing'
      if (!isBounded(settlement)) return 'not bounded'
      const { kind, settled, difference } = settlement
      return `${kind} ${settled}${difference === undefined ? '' : `, difference ${difference.minor}`}`
    }
    t.equal(told(), is)
    if (settlement !== undefined) t.equal(settlement.amount + (settlement.difference?.minor ?? 0n), moved, 'adds up')
    t.end()
  })
}

test('a transfer settles either way', (t) => {
  const entry = anEntry('e', 10_000n, { kind: 'transfer' })
  for (const amount of [10_000n, -10_000n]) {
    const line = aLine('t', amount)
    t.match(settle(line, expectedOf(entry, line)), { kind: 'exact', amount })
  }
  t.end()
})
