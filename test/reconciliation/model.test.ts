import fc from 'fast-check'
import { test } from 'tap'
import { balanceAt, missingThrough } from '../../src/reconciliation/model/balance-at.ts'
import { outstandingAt, reconcile, type Posting } from '../../src/reconciliation/model/reconcile.ts'
import { markComplete, nothingCovered, type Coverage } from '../../src/sync/model/coverage.ts'
import { recentOf, sumOf, type DaySum, type Opening } from '../../src/sync/model/proof.ts'
import { addDays, type Day } from '../../src/values/day.ts'

const first: Day = '2026-09-01'
const today: Day = '2026-11-20'
const length = 80
const dayAt = (n: number): Day => addDays(first, n)
const currency = 'SEK'

/** An account with its true balances, what its bank told of them and when, and which days are held. */
const world = fc
  .record({
    opening: fc.bigInt({ min: -100_000n, max: 100_000n }),
    moves: fc.array(
      fc.record({
        on: fc.integer({ min: 0, max: length - 1 }),
        // Most are shown on their day, some days later.
        shownAfter: fc.oneof(
          { weight: 4, arbitrary: fc.constant(0) },
          { weight: 1, arbitrary: fc.integer({ min: 1, max: 8 }) },
        ),
        minor: fc.bigInt({ min: -5_000n, max: 5_000n }),
      }),
      { maxLength: 40 },
    ),
    told: fc.uniqueArray(fc.integer({ min: 0, max: length - 2 }), { maxLength: 6 }),
    held: fc.oneof(
      fc.constant<[number, number][]>([[0, length]]),
      fc.array(fc.tuple(fc.integer({ min: 0, max: length - 1 }), fc.integer({ min: 0, max: 40 })), { maxLength: 3 }),
    ),
    at: fc.integer({ min: -2, max: length + 2 }),
  })
  .map(({ opening, moves, told, held, at }) => {
    const coverage = held.reduce<Coverage>(
      (so, [from, days]) => markComplete(so, { from: dayAt(from), to: dayAt(Math.min(from + days, length - 1)) }),
      nothingCovered,
    )
    const isHeld = (n: number) => coverage.complete.some(({ from, to }) => from <= dayAt(n) && dayAt(n) <= to)
    const sums: DaySum[] = moves.filter(({ on }) => isHeld(on)).map(({ on, minor }) => ({ day: dayAt(on), minor }))
    const closes: Opening[] = told
      .toSorted((a, b) => a - b)
      .map((n) => {
        // What the bank has shown by the morning after.
        const shown = moves.filter(({ on, shownAfter }) => on + shownAfter <= n + 1)
        const amount = opening + shown.filter(({ on }) => on <= n).reduce((sum, { minor }) => sum + minor, 0n)
        const recent = shown.filter(({ on }) => isHeld(on)).map(({ on, minor }) => ({ day: dayAt(on), minor }))
        return {
          day: dayAt(n),
          type: 'closing_booked' as const,
          amount: { minor: amount, currency },
          recentMinor: sumOf(recent, recentOf({ day: dayAt(n) })),
        }
      })
    const truth = (n: number) => opening + moves.filter(({ on }) => on <= n).reduce((sum, { minor }) => sum + minor, 0n)
    return { coverage, sums, closes, at, truth, allHeld: moves.every(({ on }) => isHeld(on)) }
  })

test('where every movement is held, a balance that is known is the true one, with what came late', (t) => {
  let known = 0
  fc.assert(
    fc.property(world, ({ coverage, sums, closes, at, truth, allHeld }) => {
      const found = balanceAt(dayAt(at), { closes, sums, coverage, today: dayAt(length), currency })
      if (found.source === 'unknown') return true
      if (!allHeld) return true
      known += 1
      return found.minor === truth(at)
    }),
    { numRuns: 3_000 },
  )
  t.ok(known > 100, `${known} were known`)
  t.end()
})

test('nothing is reckoned over a day that is not held, and a day that is not over has no balance', (t) => {
  fc.assert(
    fc.property(world, ({ coverage, sums, closes, at }) => {
      const day = dayAt(at)
      const found = balanceAt(day, { closes, sums, coverage, today: dayAt(length), currency })
      if (found.source === 'unknown') return found.because !== 'day_not_over' || day >= dayAt(length)
      if (found.source === 'told') return found.close.day === day
      const [from, to] = found.close.day < day ? [addDays(found.close.day, 1), day] : [addDays(day, 1), found.close.day]
      return coverage.complete.some((range) => range.from <= from && to <= range.to)
    }),
    { numRuns: 2_000 },
  )
  t.end()
})

test('days are missing, or held, or before the start: each is just one of these', (t) => {
  fc.assert(
    fc.property(world, fc.integer({ min: 0, max: length }), ({ coverage, at }, start) => {
      const missing = missingThrough(dayAt(at), { coverage, startDate: dayAt(start) })
      for (let n = 0; n < length; n += 1) {
        const within = (ranges: readonly { from: Day; to: Day }[]) =>
          ranges.some(({ from, to }) => from <= dayAt(n) && dayAt(n) <= to)
        const expected = n >= start && n <= at && !within(coverage.complete)
        if (within(missing) !== expected) return false
      }
      return true
    }),
    { numRuns: 1_000 },
  )
  t.end()
})

const minor = fc.bigInt({ min: -1_000_000n, max: 1_000_000n })
const total = fc.record({ count: fc.nat(), minor })

test('the parts add up to the difference, whatever the books say', (t) => {
  fc.assert(
    fc.property(minor, total, total, fc.option(minor), (balance, notInBooks, notAtBank, givenMinor) => {
      const close: Opening = {
        day: first,
        type: 'closing_booked',
        amount: { minor: balance, currency },
        recentMinor: null,
      }
      const bank = { source: 'told' as const, minor: balance, close, bookedLate: 0n }
      const { books, difference } = reconcile({ bank, notInBooks, notAtBank, givenMinor })
      if (books === null || difference === null) return false
      const sum = difference.parts.reduce((so, part) => so + part.minor, 0n)
      const isPlugged = givenMinor === null && difference.parts.some(({ kind }) => kind === 'unexplained')
      return sum === difference.minor && difference.minor === balance - books.minor && !isPlugged
    }),
  )
  t.end()
})

test('where the bank’s balance is not known there is no difference, and nothing is made up', (t) => {
  const none = { count: 0, minor: 0n }
  const bank = { source: 'unknown', because: 'no_balance' } as const
  t.strictSame(reconcile({ bank, notInBooks: none, notAtBank: none, givenMinor: null }), {
    books: null,
    difference: null,
  })
  t.strictSame(reconcile({ bank, notInBooks: none, notAtBank: none, givenMinor: 5n }), {
    books: { source: 'given', minor: 5n },
    difference: null,
  })
  t.end()
})

const posting = (fields: Partial<Posting>): Posting => ({
  id: 'p-1',
  kind: 'ledger_posting',
  openMinor: -10_000n,
  appliedMatchIds: [],
  issueDate: '2026-11-10',
  fromLedgerAccountId: null,
  toLedgerAccountId: null,
  settled: [],
  ...fields,
})

test('a posting is outstanding from its day until the bank books it, and so it stays told afterwards', (t) => {
  const settled = [{ matchId: 'm-1', minor: -10_000n, bookingDate: '2026-11-13' as Day }]
  for (const [name, settledPosting] of [
    ['confirmed', posting({ settled })],
    ['confirmed, and contained in the open amount', posting({ settled, openMinor: 0n, appliedMatchIds: ['m-1'] })],
  ] as const) {
    t.equal(outstandingAt('2026-11-09', settledPosting, '1930'), 0n, `${name}: not posted yet`)
    t.equal(outstandingAt('2026-11-10', settledPosting, '1930'), -10_000n, `${name}: on its way`)
    t.equal(outstandingAt('2026-11-12', settledPosting, '1930'), -10_000n, `${name}: still`)
    t.equal(outstandingAt('2026-11-13', settledPosting, '1930'), 0n, `${name}: there`)
  }
  t.equal(outstandingAt(today, posting({}), '1930'), -10_000n)
  t.equal(outstandingAt(today, posting({ openMinor: 0n }), '1930'), 0n, 'settled otherwise')
  t.end()
})

test('of a transfer each account has its own half outstanding', (t) => {
  const transfer = posting({
    kind: 'transfer',
    openMinor: 50_000n,
    fromLedgerAccountId: '1930',
    toLedgerAccountId: '1940',
  })
  t.equal(outstandingAt(today, transfer, '1930'), -50_000n, 'it leaves')
  t.equal(outstandingAt(today, transfer, '1940'), 50_000n, 'it arrives')
  const left = { ...transfer, settled: [{ matchId: 'm-1', minor: -50_000n, bookingDate: '2026-11-11' as Day }] }
  t.equal(outstandingAt('2026-11-10', left, '1930'), -50_000n)
  t.equal(outstandingAt('2026-11-11', left, '1930'), 0n)
  t.end()
})
