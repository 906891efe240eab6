import { test } from 'tap'
import { defaultProfile, type BalanceType, type ProviderBalance } from '../../../src/providers/provider.ts'
import { markComplete, nothingCovered } from '../../../src/sync/model/coverage.ts'
import {
  booksWithout,
  closesOf,
  openingsFrom,
  prove,
  proveByDay,
  sumsFrom,
  type Opening,
} from '../../../src/sync/model/proof.ts'
import type { Day } from '../../../src/values/day.ts'
import { row } from '../../transactions/ledger.ts'

const today: Day = '2026-11-21'
const nok = (minor: number) => ({ minor: BigInt(minor), currency: 'NOK' })
const balance = (type: BalanceType, minor: number, referenceDate?: Day): ProviderBalance => ({
  type,
  amount: nok(minor),
  ...(referenceDate !== undefined && { referenceDate }),
})
const close = (day: Day, minor: number, recentMinor: bigint | null = null): Opening => ({
  day,
  amount: nok(minor),
  type: 'closing_booked',
  recentMinor,
})

test('a balance proves the close of the day that it is of, and no other', (t) => {
  const all = {
    ...defaultProfile,
    proofBalances: [
      'closing_booked',
      'opening_booked',
      'interim_booked',
      'interim_available',
      'expected',
      'other',
    ] as const,
  }
  const cases: readonly [string, ProviderBalance, string | null][] = [
    ['closing of yesterday', balance('closing_booked', 100, '2026-11-20'), '2026-11-20 100'],
    ['closing of last week', balance('closing_booked', 100, '2026-11-13'), '2026-11-13 100'],
    ['closing of a day that is not over', balance('closing_booked', 100, today), null],
    ['closing of nobody knows when', balance('closing_booked', 100), null],
    ['opening of today', balance('opening_booked', 100, today), '2026-11-20 100'],
    ['opening of yesterday', balance('opening_booked', 100, '2026-11-20'), '2026-11-19 100'],
    ['opening of tomorrow', balance('opening_booked', 100, '2026-11-22'), null],
    ['opening of nobody knows when', balance('opening_booked', 100), null],
    ['interim, now', balance('interim_booked', 100), '2026-11-20 70'],
    ['interim of today', balance('interim_booked', 100, today), '2026-11-20 70'],
    ['interim of yesterday', balance('interim_booked', 100, '2026-11-20'), null],
    ['expected, where the profile says so', balance('expected', 100), '2026-11-20 70'],
  ]
  for (const [name, given, expected] of cases) {
    const closes = closesOf([given], { profile: all, today, bookedToday: 30n })
    t.strictSame(
      closes.map(({ day, amount }) => `${day} ${amount.minor}`),
      expected === null ? [] : [expected],
      name,
    )
  }
  t.strictSame(
    closesOf([balance('interim_booked', 100)], { profile: all, today, bookedToday: null }),
    [],
    'today was not read',
  )
  t.end()
})

test('only the types that the profile names are witnesses, the best first', (t) => {
  const given = [
    balance('expected', 1),
    balance('interim_booked', 2),
    balance('closing_booked', 3, '2026-11-20'),
    balance('other', 4),
  ]
  const closes = closesOf(given, { profile: defaultProfile, today, bookedToday: 0n })
  t.strictSame(
    closes.map(({ type }) => type),
    ['closing_booked', 'interim_booked'],
  )
  t.end()
})

test('opening and movements make the closing, or the difference is told', (t) => {
  const coverage = markComplete(nothingCovered, { from: '2026-11-01', to: '2026-11-20' })
  const sums = [
    { day: '2026-11-10', minor: -999n },
    { day: '2026-11-12', minor: 50n },
    { day: '2026-11-20', minor: -20n },
    { day: '2026-11-21', minor: 777n },
  ] as const
  const opening = close('2026-11-10', 1000)
  const told = (minor: number) => prove({ openings: [opening], closings: [close('2026-11-20', minor)], sums, coverage })
  t.strictSame(told(1030), {
    verdict: 'verified',
    opening,
    closing: close('2026-11-20', 1030),
    moved: nok(30),
    difference: nok(0),
  })
  t.match(told(1025), { verdict: 'mismatch', moved: nok(30), difference: nok(-5) })
  t.end()
})

test('each day whose close was told is proved by itself: a difference stands on the day that it is of', (t) => {
  const coverage = markComplete(nothingCovered, { from: '2026-11-12', to: '2026-11-20' })
  const sums = [
    { day: '2026-11-12', minor: 50n },
    { day: '2026-11-15', minor: 7n },
    { day: '2026-11-18', minor: -20n },
    { day: '2026-11-19', minor: 1n },
  ] as const
  const openings = [
    close('2026-11-10', 900),
    close('2026-11-12', 1_000),
    { ...close('2026-11-13', 1), type: 'interim_booked' as const },
    close('2026-11-17', 1_007),
    close('2026-11-18', 984),
  ]
  const told = (since: Day) =>
    proveByDay({ openings, closings: [close('2026-11-19', 985)], sums, coverage }, since).map(
      ({ days: { from, to }, proof }) =>
        `${from}/${to} ${proof.verdict} ${proof.verdict === 'unverifiable' ? proof.because : proof.difference.minor}`,
    )
  t.strictSame(told('2026-11-01'), [
    '2026-11-11/2026-11-12 unverifiable days_missing',
    '2026-11-13/2026-11-17 verified 0',
    '2026-11-18/2026-11-18 mismatch -3',
    '2026-11-19/2026-11-19 verified 0',
  ])
  t.strictSame(told('2026-11-18').length, 2, 'of the days of the run only')
  t.strictSame(proveByDay({ openings, closings: [], sums, coverage }, '2026-11-01'), [])
  t.end()
})

test('what cannot be proved says why', (t) => {
  const coverage = markComplete(nothingCovered, { from: '2026-11-11', to: '2026-11-20' })
  const closing = close('2026-11-20', 100)
  const proof = (openings: readonly Opening[], closings: readonly Opening[]) =>
    prove({ openings, closings, sums: [], coverage })
  t.strictSame(proof([close('2026-11-10', 100)], []), { verdict: 'unverifiable', because: 'no_closing_balance' })
  t.strictSame(proof([], [closing]), { verdict: 'unverifiable', because: 'no_opening_balance' })
  t.strictSame(
    proof([close('2026-11-20', 100)], [closing]),
    { verdict: 'unverifiable', because: 'no_opening_balance' },
    'a day does not open itself',
  )
  t.strictSame(proof([{ ...close('2026-11-10', 100), amount: { minor: 100n, currency: 'EUR' } }], [closing]), {
    verdict: 'unverifiable',
    because: 'no_opening_balance',
  })
  t.strictSame(
    proof([close('2026-11-09', 100)], [closing]),
    { verdict: 'unverifiable', because: 'days_missing' },
    'the tenth is not held',
  )
  t.match(
    proof([close('2026-11-15', 7), close('2026-11-09', 7), close('2026-11-12', 100)], [closing]),
    { verdict: 'verified', opening: { day: '2026-11-12' } },
    'the oldest that reaches over held days only',
  )
  t.match(
    proof([close('2026-11-10', 100)], [close('2026-11-10', 1), closing]),
    { verdict: 'verified', closing: { day: '2026-11-20' } },
    'the next witness where the best has no opening',
  )
  t.end()
})

test('sums without some movements are those that would be held if they were removed', (t) => {
  const coverage = markComplete(nothingCovered, { from: '2026-11-01', to: '2026-11-20' })
  const held = { openings: [close('2026-11-09', 1000)], closings: [close('2026-11-20', 990)], coverage }
  const sums = [{ day: '2026-11-10', minor: -30n }] as const
  t.equal(prove({ ...held, sums }).verdict, 'mismatch')
  t.equal(prove(booksWithout({ ...held, sums }, [row({ amount: -20 })])).verdict, 'verified')
  t.end()
})

test('what is booked late into days before the opening, corrected or withdrawn there, is no difference if it is all of it', (t) => {
  const coverage = markComplete(nothingCovered, { from: '2026-11-01', to: '2026-11-20' })
  // When the 10th was told, 100 were held of the month through it.
  const opening = close('2026-11-10', 1000, 100n)
  const proof = (closing: number, earlier: number) => {
    const sums = [
      { day: '2026-10-12', minor: BigInt(earlier) },
      { day: '2026-11-15', minor: 30n },
    ] as const
    return prove({ openings: [opening], closings: [close('2026-11-20', closing)], sums, coverage })
  }
  t.match(proof(1030, 100), { verdict: 'verified', moved: nok(30) })
  t.match(proof(1023, 93), { verdict: 'verified', moved: nok(23) }, 'seven were taken late, and the bank says so')
  t.match(proof(1030, 93), { verdict: 'verified', moved: nok(30) }, 'or it had known of them when it told the opening')
  t.match(proof(1025, 93), { verdict: 'mismatch', moved: nok(30), difference: nok(-5) }, 'part of it explains nothing')
  t.match(proof(1023, 100), { verdict: 'mismatch', difference: nok(-7) })
  t.end()
})

test('a close opens later proofs with what was held of the thirty days through it', (t) => {
  const closings = [close('2026-11-20', 500)]
  const sums = [
    { day: '2026-10-21', minor: 1n },
    { day: '2026-10-22', minor: 20n },
    { day: '2026-11-20', minor: 300n },
    { day: '2026-11-21', minor: 4_000n },
  ] as const
  t.strictSame(openingsFrom({ openings: [], closings, sums, coverage: nothingCovered }), [
    close('2026-11-20', 500, 320n),
  ])
  t.equal(sumsFrom([], today), '2026-10-21', 'enough of them for a first close')
  t.equal(sumsFrom([close('2026-11-12', 0), close('2026-11-10', 0)], today), '2026-10-11', 'and for the oldest opening')
  t.end()
})
