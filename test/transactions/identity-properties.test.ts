import fc from 'fast-check'
import { test } from 'tap'
import type { BankProfile, ProviderTransaction } from '../../src/providers/provider.ts'
import { addDays, type Day } from '../../src/values/day.ts'
import type { IdentityVerdict } from '../../src/transactions/model/identity.ts'
import { contents, counts, Ledger, row } from './ledger.ts'

// Few amounts, names, days and ids, so that equal, colliding and contradictory rows are the rule and not the exception.
const someDay = fc.integer({ min: 0, max: 6 }).map((n) => addDays('2026-11-10', n))
const someId = fc.constantFrom('1', '2', '3', '4', '2026-11-10.0')
const idsOfAnyKind = fc.record({ transactionId: someId, entryReference: someId }, { requiredKeys: [] })
const anyRow = fc
  .record({
    ids: idsOfAnyKind,
    bookingDate: someDay,
    amount: fc.constantFrom(-100, -200, 100),
    name: fc.constantFrom('Anna', 'Bo'),
    text: fc.constantFrom('x', 'y'),
    endToEndId: fc.option(fc.constantFrom('e1', 'e2'), { nil: undefined }),
    balance: fc.option(fc.constantFrom(100, 200, 300, 400), { nil: undefined }),
  })
  .map(({ ids, bookingDate, amount, name, text, endToEndId, balance }) =>
    row({
      ids,
      bookingDate,
      amount,
      counterparty: { name },
      remittanceInformation: text,
      ...(endToEndId !== undefined && { endToEndId }),
      ...(balance !== undefined && { balance }),
    }),
  )
const anyPages = fc.array(fc.array(anyRow, { maxLength: 6 }), { maxLength: 4 })
const anyProfile = fc.record({
  stableId: fc.constantFrom(null, 'transactionId', 'entryReference'),
  repeatsMovements: fc.boolean(),
}) satisfies fc.Arbitrary<Partial<BankProfile>>
const window = { from: '2026-11-09', to: '2026-11-17' } as const

test('whatever a bank answers, the same answer again changes nothing', (t) => {
  fc.assert(
    fc.property(anyPages, anyPages, anyProfile, (earlier, pages, profile) => {
      const ledger = new Ledger(profile)
      ledger.read(earlier, window)
      ledger.read(pages, window)
      const { added, modified } = counts(ledger.read(pages, window))
      return added === 0 && modified === 0
    }),
    { numRuns: 600 },
  )
  t.end()
})

test('whatever a bank answers, the order of its pages changes nothing', (t) => {
  fc.assert(
    fc.property(anyPages, anyPages, anyProfile, (earlier, pages, profile) => {
      const [one, other] = [new Ledger(profile), new Ledger(profile)]
      one.read(earlier, window)
      other.read(earlier, window)
      const [a, b] = [told(one.read(pages, window)), told(other.read(pages.toReversed(), window))]
      return a === b
    }),
    { numRuns: 600 },
  )
  t.end()
})

function told({ added, modified, missing, trusted, lost }: IdentityVerdict): string {
  return JSON.stringify([
    added.map((each) => JSON.stringify([contents([each.row]), each.row.endToEndId, each.suspect])).toSorted(),
    modified.map((each) => JSON.stringify([each.held.id, contents([each.row]), each.fields, each.suspect])).toSorted(),
    missing.map(({ id }) => id).toSorted(),
    [trusted, lost],
  ])
}

test('every row that a bank shows is somewhere, and what is held is never said to be two things', (t) => {
  fc.assert(
    fc.property(anyPages, anyPages, anyProfile, (earlier, pages, profile) => {
      const ledger = new Ledger(profile)
      ledger.read(earlier, window)
      const { added, same, modified, missing, repeats } = ledger.read(pages, window)
      const ours = [...same.map(({ held }) => held), ...modified.map(({ held }) => held), ...missing].map(
        ({ id }) => id,
      )
      const numbers = ledger.held.map(({ fingerprint, occurrence }) => `${fingerprint} ${occurrence}`)
      return (
        added.length + same.length + modified.length + repeats === pages.flat().length &&
        new Set(ours).size === ours.length &&
        new Set(numbers).size === numbers.length
      )
    }),
    { numRuns: 600 },
  )
  t.end()
})

/** How banks name movements: by which movement it is, when it is told, and where it stands in its day. */
type Naming = (told: {
  readonly movement: number
  readonly call: number
  readonly day: Day
  readonly at: number
}) => ProviderTransaction['ids']
const namings: Readonly<Record<string, Naming>> = {
  stable: ({ movement }) => ({ transactionId: `m${movement}` }),
  reissued: ({ movement, call }) => ({
    transactionId: `c${call}-${movement}`,
    entryReference: `r${movement * 7 + call}`,
  }),
  blank: withoutIds,
  positional: ({ day, at }) => ({ transactionId: `${day}.${at}` }),
  'positional, told late': ({ day, at, call }) => (call % 2 === 0 ? {} : { transactionId: `${day}.${at}` }),
  'handed round': ({ movement, call }) => ({ transactionId: `m${(movement + call) % 40}` }),
  constant: () => ({ transactionId: '0', entryReference: 'NOTPROVIDED' }),
  'from a small pool': ({ movement }) => ({ transactionId: `${movement % 3}` }),
}
/** Those that give two movements of one answer the same id: on two pages two equal rows with one id are one row told twice. */
const ambiguous = new Set(['constant', 'from a small pool'])

const firstDay: Day = '2026-11-02'
const wholePeriod = { from: firstDay, to: addDays(firstDay, 13) }
const movement = fc.record({
  day: fc.integer({ min: 0, max: 12 }),
  amount: fc.constantFrom(-100, -200, 100, 300),
  name: fc.constantFrom('Anna', 'Bo'),
})
const movements = fc.array(movement, { maxLength: 30 })

test('however a bank names its movements, once it has shown them all we hold as many of each as there are', (t) => {
  for (const [name, naming] of Object.entries(namings)) {
    for (const stableId of [null, 'transactionId'] as const) {
      // An id that the profile swears by and that is nevertheless shared by two equal payments cannot be seen through.
      if (stableId !== null && ambiguous.has(name)) continue
      const calls = fc.array(fc.nat({ max: 30 }), { maxLength: 4 })
      const manner = fc.record({
        isBalanced: fc.boolean(),
        pageSize: fc.integer({ min: 1, max: 7 }),
        cut: fc.integer({ min: 0, max: 12 }),
      })
      fc.assert(
        fc.property(movements, calls, manner, (all, earlier, { isBalanced, pageSize, cut }) => {
          const ledger = new Ledger({ stableId })
          // Each call shows what is booked by then, late bookings among it; the last shows all. Days are decided in two blocks.
          for (const [call, booked] of [...earlier.toSorted((a, b) => a - b), all.length].entries()) {
            const shown = tell(all.slice(0, booked), call, naming, isBalanced)
            const pages = pagesOf(shown, ambiguous.has(name) ? shown.length + 1 : pageSize)
            const split = addDays(firstDay, cut)
            for (const days of [
              { from: firstDay, to: split },
              { from: addDays(split, 1), to: addDays(firstDay, 13) },
            ]) {
              const block = pages.map((page) =>
                page.filter(({ bookingDate }) => bookingDate >= days.from && bookingDate <= days.to),
              )
              ledger.read(block, days)
            }
          }
          return ledger.live.join('\n') === contents(tell(all, 0, naming, false)).join('\n')
        }),
        { numRuns: 100 },
      )
    }
  }
  t.end()
})

test('where the running balance tells, a bank that doubles its rows is seen through', (t) => {
  fc.assert(
    fc.property(movements, fc.boolean(), (all, hasIds) => {
      const truth = tell(all, 0, withoutIds, true)
      // A day that ends where it began is the exception: walked twice it leads to the same place.
      fc.pre(!truth.some(({ bookingDate }) => sumOf(truth, bookingDate) === 0n))
      const shown = ['a', 'b'].flatMap((time) =>
        truth.map((each, at) => ({ ...each, ids: hasIds ? { transactionId: `${time}${at}` } : {} })),
      )
      const ledger = new Ledger()
      ledger.read([shown], wholePeriod)
      return ledger.live.join() === contents(truth).join()
    }),
    { numRuns: 600 },
  )
  t.end()
})

test('where the running balance tells, no movement is lost although some are told again', (t) => {
  const timesEach = fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 30, maxLength: 30 })
  fc.assert(
    fc.property(movements, timesEach, (all, times) => {
      const truth = tell(all, 0, withoutIds, true)
      const shown = truth.flatMap((each, at) => Array.from({ length: times[at] ?? 1 }, () => each))
      // A day of nothing but pairs is what a doubling bank shows: it is taken for one, and rightly.
      fc.pre(truth.every(({ bookingDate }) => !isDoubled(shown.filter((each) => each.bookingDate === bookingDate))))
      const ledger = new Ledger()
      ledger.read([shown], wholePeriod)
      const lost = ledger.live.reduce(
        (left, each) => left.toSpliced(left.indexOf(each), left.includes(each) ? 1 : 0),
        contents(truth),
      )
      return lost.length === 0
    }),
    { numRuns: 600 },
  )
  t.end()
})

function isDoubled(rows: readonly ProviderTransaction[]): boolean {
  const alike = Map.groupBy(
    rows,
    ({ amount, counterparty, balanceAfter }) => `${amount.minor} ${counterparty?.name} ${balanceAfter?.minor}`,
  )
  return [...alike.values()].every(({ length }) => length % 2 === 0)
}

test('whatever a bank corrects and withdraws, three complete runs later we hold what it shows', (t) => {
  const some = fc.array(fc.nat({ max: 11 }), { maxLength: 1 })
  const edits = fc.record({ withdrawn: some, edited: some, amended: some, moved: some })
  const some12 = fc.array(movement, { minLength: 12, maxLength: 12 })
  fc.assert(
    fc.property(some12, edits, fc.constantFrom(...Object.keys(namings)), fc.boolean(), (all, edit, name, isTrusted) => {
      const naming = namings[name] ?? withoutIds
      const ledger = new Ledger({ stableId: isTrusted && !ambiguous.has(name) ? 'transactionId' : null })
      ledger.read([tell(all, 0, naming, false)], wholePeriod)
      const corrected = all.map((each, at) => ({
        day: edit.moved.includes(at) ? (each.day + 1) % 13 : each.day,
        amount: edit.amended.includes(at) ? each.amount - 7 : each.amount,
        name: edit.edited.includes(at) ? `${each.name} AS` : each.name,
        isGone: edit.withdrawn.includes(at),
      }))
      const shown = tell(corrected, 1, naming, false).filter((_, at) => !inTold(corrected)[at]?.isGone)
      for (let run = 0; run < 3; run++) ledger.read([shown], wholePeriod)
      return ledger.live.join() === contents(shown).join()
    }),
    { numRuns: 600 },
  )
  t.end()
})

function sumOf(rows: readonly ProviderTransaction[], day: Day): bigint {
  return rows.reduce((sum, { bookingDate, amount }) => (bookingDate === day ? sum + amount.minor : sum), 0n)
}

function withoutIds() {
  return {}
}

type Movement = { readonly day: number; readonly amount: number; readonly name: string }

/** In the order in which a bank tells them: by day, and what came late first. */
function inTold<Each extends Movement>(all: readonly Each[]): readonly (Each & { readonly movement: number })[] {
  return all.map((each, at) => ({ ...each, movement: at })).toSorted((a, b) => a.day - b.day || b.movement - a.movement)
}

function tell(
  all: readonly Movement[],
  call: number,
  naming: Naming,
  isBalanced: boolean,
): readonly ProviderTransaction[] {
  let balance = 10_000
  const places = new Map<number, number>()
  return inTold(all).map(({ day, amount, name, movement: number }) => {
    const at = places.get(day) ?? 0
    places.set(day, at + 1)
    balance += amount
    const bookingDate = addDays(firstDay, day)
    const ids = naming({ movement: number, call, day: bookingDate, at })
    return row({ ids, bookingDate, amount, counterparty: { name }, ...(isBalanced && { balance }) })
  })
}

function pagesOf(rows: readonly ProviderTransaction[], size: number): readonly (readonly ProviderTransaction[])[] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, at) => rows.slice(at * size, (at + 1) * size))
}
