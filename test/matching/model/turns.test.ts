import { test } from 'tap'
import { matchBooks } from '../../../src/matching/model/match-books.ts'
import { shelfOf } from '../../../src/matching/model/shelf.ts'
import { unpacked } from '../../../src/matching/model/traits.ts'
import type { BookEntry, Line } from '../../../src/matching/model/types.ts'
import { addDays, type Day } from '../../../src/values/day.ts'
import { aLine, anEntry, automaticOnes, otherEntries, proposalsFor, told } from '../builders.ts'

const rents = (['2026-01-15', '2026-02-15', '2026-03-15', '2026-04-15', '2026-05-15', '2026-06-15'] as const).map(
  (due, at) =>
    anEntry(`rent-${at + 1}`, 990_000n, {
      issueDate: addDays(due, -14),
      dueDate: due,
      counterparty: { name: 'Åkerlund Måleri AB' },
    }),
)
const payments = rents.map(({ dueDate = '2026-01-15' }, at) =>
  aLine(`paid-${at + 1}`, 990_000n, {
    bookingDate: addDays(dueDate, 5),
    counterparty: { name: 'AAKERLUND MALERI' },
  }),
)
const inOrder = ['1', '2', '3', '4', '5', '6'].map((each) => `paid-${each} -> rent-${each}`)
const books = { entries: [...rents, ...otherEntries(400)] }

test('who owes the same every month pays it in turn', (t) => {
  t.strictSame(automaticOnes({ ...books, lines: payments }), inOrder)
  t.end()
})

for (const bookingDate of ['2026-03-05', '2026-03-16', '2026-03-28'] satisfies Day[]) {
  test(`somebody else who pays just as much on ${bookingDate} puts nobody out of turn`, (t) => {
    const another = aLine('another', 990_000n, {
      bookingDate,
      counterparty: { name: 'Trygve Solheim' },
      remittanceInformation: 'Depositum tilhenger',
    })
    t.strictSame(automaticOnes({ ...books, lines: [...payments, another] }), inOrder)
    t.end()
  })
}

test('a month that nobody paid makes no late payer of who paid all the others when they were due', (t) => {
  const onTime = payments.slice(1).map((line) => ({ ...line, bookingDate: addDays(line.bookingDate, -6) }))
  const first = proposalsFor({ ...books, lines: onTime }).filter(({ rank }) => rank === 1)
  t.strictSame(first.map(told).toSorted(), inOrder.slice(1))
  t.end()
})

const collected = (code: string | undefined, text?: string) =>
  rents.slice(1, 3).map(({ dueDate = '2026-01-15' }, at) =>
    aLine(`debit-${at + 2}`, -990_000n, {
      bookingDate: dueDate,
      counterparty: { name: 'HAFSLUND' },
      ...(code !== undefined && { bankTransactionCode: code }),
      ...(text !== undefined && { remittanceInformation: text }),
    }),
  )
const bills = rents.slice(0, 3).map((rent) => ({
  ...rent,
  kind: 'purchase_bill' as const,
  amount: -rent.amount,
  openAmount: -rent.amount,
  counterparty: { name: 'Hafslund Strøm AS' },
}))

for (const [called, lines] of [
  ['the bank codes', collected('PMNT-RDDT-ESDD')],
  ['the text names', collected(undefined, 'SEPA-Basislastschrift')],
] as const) {
  test(`what ${called} as a direct debit is for the bill due on that day, not for the one a month before`, (t) => {
    t.strictSame(
      turnsOf(lines, bills),
      lines.map(({ id }) => `${id} -> ${id.replace('debit', 'rent')}`),
    )
    t.end()
  })
}

test('who pays when the invoice comes, and left one out, does not from then on pay the one before', (t) => {
  const entries = Array.from({ length: 12 }, (_, at) => {
    const issueDate = addDays('2026-01-01', 30 * at)
    return anEntry(`rent-${at + 1}`, 990_000n, {
      issueDate,
      dueDate: addDays(issueDate, 30),
      counterparty: { name: 'Åkerlund Måleri AB' },
    })
  })
  const lines = entries
    .map(({ id, issueDate = '2026-01-01' }) =>
      aLine(id.replace('rent', 'paid'), 990_000n, {
        bookingDate: addDays(issueDate, 4),
        counterparty: { name: 'AAKERLUND MALERI' },
      }),
    )
    .toSpliced(2, 1)
  t.strictSame(
    turnsOf(lines, entries),
    lines.map(({ id }) => `${id} -> ${id.replace('paid', 'rent')}`),
  )
  t.end()
})

test('where the days fit another order as well, a person decides', (t) => {
  // Each a week early; or the first line is for something else, and each is three weeks late.
  const entries = Array.from({ length: 13 }, (_, at) => {
    const dueDate = addDays('2026-01-15', 30 * at)
    return anEntry(`rent-${at + 1}`, 990_000n, {
      issueDate: addDays(dueDate, -14),
      dueDate,
      counterparty: { name: 'Åkerlund Måleri AB' },
    })
  })
  const lines = entries.map(({ dueDate = '2026-01-15' }, at) =>
    aLine(`paid-${at + 1}`, 990_000n, {
      bookingDate: addDays(dueDate, at === 0 ? 22 : -6),
      counterparty: { name: 'AAKERLUND MALERI' },
    }),
  )
  t.strictSame(automaticOnes({ entries: [...entries, ...otherEntries(400)], lines }), [])
  t.end()
})

test('of two that are due on one day, month for month, a person says which was paid', (t) => {
  const twice = ['first', 'second'].flatMap((job) =>
    Array.from({ length: 3 }, (_, at) => ({ id: `${job}-${at + 1}`, day: addDays('2026-01-15', 30 * at) })),
  )
  const employee = { name: 'Kari Lie', iban: 'NO9386011117947' }
  const entries = twice.map(({ id, day }) =>
    anEntry(id, -991_373n, { kind: 'payroll', issueDate: day, dueDate: day, counterparty: employee }),
  )
  const lines = twice.map(({ id, day }) => aLine(`paid-${id}`, -991_373n, { bookingDate: day, counterparty: employee }))
  t.strictSame(automaticOnes({ entries: [...entries, ...otherEntries(400)], lines }), [])
  t.end()
})

/** Whose turn it is in the end. */
function turnsOf(lines: readonly Line[], entries: readonly BookEntry[]): string[] {
  const all = [...entries, ...otherEntries(400)]
  let turns: string[] = []
  matchBooks(
    { lines, entries: shelfOf(all), ownAccounts: [], decided: { confirmed: [], rejected: [] } },
    {
      round: (round, standings) => {
        if (round > 1) return
        turns = standings.flatMap(({ hypothesis: { lines: claimed, entries: places, traits } }) =>
          'in turn' in unpacked(traits) ? [`${claimed[0]?.line.id} -> ${all[places[0] ?? 0]?.id}`] : [],
        )
      },
    },
  )
  return turns
}
