import { test } from 'tap'
import { memorySource } from '../../../src/matching/model/candidates.ts'
import { entryFeatures, lineFeatures, ownAccountsOf } from '../../../src/matching/model/features.ts'
import { shelfOf } from '../../../src/matching/model/shelf.ts'
import { tariffsOf } from '../../../src/matching/model/tariffs.ts'
import type { BookEntry, Line } from '../../../src/matching/model/types.ts'
import { addDays, type Day } from '../../../src/values/day.ts'
import { aLine, anEntry, proposalsFor, told } from '../builders.ts'

const first: Day = '2026-01-05'
const sold = (id: string, amount: bigint, day: number): BookEntry =>
  anEntry(id, amount, {
    issueDate: addDays(first, day),
    dueDate: addDays(first, day + 14),
    counterparty: { name: `Buyer ${id}` },
  })
const takingsOf = (id: string, amount: bigint, day: number, description = 'Card'): BookEntry =>
  anEntry(id, amount, {
    kind: 'ledger_posting',
    issueDate: addDays(first, day),
    dueDate: addDays(first, day),
    description,
  })
const paidOut = (id: string, amount: bigint, day: number, text = 'ADYEN N.V. ADYEN PO55'): Line =>
  aLine(id, amount, { bookingDate: addDays(first, day), remittanceInformation: text })
/** 1.1 % and 12 of each sale. */
const kept = (...sales: readonly bigint[]): bigint =>
  sales.reduce((left, gross) => left + gross - BigInt(Math.round(Number(gross) * 0.011)) - 12n, 0n)

/** Sales that are paid out one by one after four days: what the tariff is known from. */
const prices = Array.from({ length: 12 }, (_, at) => BigInt(19_900 + at * 7_331))
const sales = prices.map((price, at) => sold(`s${at}`, price, at * 10))
const payouts = prices.map((price, at) => paidOut(`p${at}`, kept(price), at * 10 + 4))
/** A day on which more was sold than is paid out together. */
const day = 150
const ofADay = [
  sold('a', 59_900n, day),
  sold('b', 84_800n, day),
  sold('c', 129_900n, day),
  sold('d', 33_700n, day),
  sold('before', 59_900n, day - 3),
]
/** Takings of a week, and cash beside them. */
const week = [123_457n, 98_761n, 201_313n, 87_649n, 150_003n]
const cardTakings = week.map((amount, at) => takingsOf(`card${at}`, amount, day + at))
const cashTakings = [takingsOf('cash1', 41_230n, day + 1, 'Cash'), takingsOf('cash3', 77_410n, day + 3, 'Cash')]
const weeks = Array.from({ length: 6 }, (_, at) => ({
  line: paidOut(`w${at}`, kept(...week.map((amount) => amount + BigInt(at) * 3_317n)), at * 20 + 8),
  takings: week.map((amount, back) => takingsOf(`w${at}-${back}`, amount + BigInt(at) * 3_317n, at * 20 + back)),
}))

const tariffsFor = (lines: readonly Line[], entries: readonly BookEntry[]) => {
  const own = ownAccountsOf([])
  const source = memorySource(shelfOf(entries), (entry, place) => entryFeatures(entry, own, place))
  return tariffsOf(
    lines.map((line) => lineFeatures(line, own)),
    source,
  )
}

test("a processor's tariff is what most of its payouts agree on, to the minor unit, with the days after which it pays", (t) => {
  const { share = 0, fixed, afterDays = [] } = tariffsFor(payouts, sales).get('ADYEN') ?? {}
  t.equal(Math.round(share * 10_000), 110)
  t.equal(fixed, 12)
  t.equal(afterDays[4], 1)
  t.end()
})

test('a processor that keeps nothing, as its fee is charged by itself, has that for its tariff', (t) => {
  const whole = prices.map((price, at) => paidOut(`p${at}`, price, at * 10 + 4))
  t.match(tariffsFor(whole, sales).get('ADYEN'), { share: 0, fixed: 0 })
  t.end()
})

test('sales that are paid out whole after any number of days are a coincidence, and no tariff', (t) => {
  const whole = prices.map((price, at) => paidOut(`p${at}`, price, at * 10 + (at % 7) + 1))
  t.equal(tariffsFor(whole, sales).get('ADYEN'), undefined)
  t.end()
})

test('where whole weeks are paid out, the tariff is found from those', (t) => {
  const { share = 0, fixed } =
    tariffsFor(
      weeks.map(({ line }) => line),
      weeks.flatMap(({ takings }) => takings),
    ).get('ADYEN') ?? {}
  t.equal(Math.round(share * 10_000), 110)
  t.equal(fixed, 12)
  t.end()
})

for (const { name, lines = payouts, entries = sales, line, among, is } of [
  {
    name: "two of a day's sales",
    line: paidOut('t', kept(59_900n, 129_900n), day + 4),
    among: ofADay,
    is: 't -> a + c',
  },
  {
    name: "two of a day's sales, where as much was sold on the day that the text names",
    line: paidOut('t', kept(59_900n, 84_800n), day + 4, 'ADYEN N.V. ADYEN 04.06.26'),
    among: [...ofADay, sold('x', 59_900n, day + 1), sold('y', 84_800n, day + 1)],
    is: 't -> a + b',
  },
  {
    name: 'one sale of two alike, the one after as many days as ever',
    line: paidOut('t', kept(59_900n), day + 4),
    among: ofADay,
    is: 't -> a',
  },
  {
    name: 'the card takings of some days, and none of the cash',
    lines: weeks.map(({ line: payout }) => payout),
    entries: weeks.flatMap(({ takings }) => takings),
    line: paidOut('t', kept(...week), day + 8),
    among: [...cardTakings, ...cashTakings],
    is: 't -> card0 + card1 + card2 + card3 + card4',
  },
]) {
  test(`a payout is for ${name}`, (t) => {
    const proposals = proposalsFor({ lines: [...lines, line], entries: [...entries, ...among] })
    t.ok(
      proposals
        .filter(({ rank }) => rank === 1)
        .map(told)
        .includes(is),
    )
    t.end()
  })
}

test("what another processor's name stands on is no part of a payout, even where it makes the sum whole", (t) => {
  const entries = [
    takingsOf('cash', 41_230n, day, 'Cash'),
    takingsOf('theirs', 77_410n, day, 'Zettle'),
    takingsOf('other', 99_990n, day + 1, 'Card'),
  ]
  const proposals = proposalsFor({ lines: [paidOut('t', 41_230n + 77_410n, day + 2)], entries })
  t.notOk(proposals.map(told).includes('t -> cash + theirs'))
  t.end()
})
