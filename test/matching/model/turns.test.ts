import { test } from 'tap'
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
