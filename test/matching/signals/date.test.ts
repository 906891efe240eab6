import { test } from 'tap'
import { date } from '../../../src/matching/signals/date.ts'
import { evidenceOf, saidOf } from '../builders.ts'

const expense = { kind: 'expense', dueDate: '2026-03-14' } as const

for (const { name, given, says } of [
  { name: 'on the due day', given: { line: { bookingDate: '2026-03-15' } }, says: 'date.near +' },
  { name: 'three weeks late', given: { line: { bookingDate: '2026-04-05' } }, says: 'date.late 0' },
  { name: 'half a year late', given: { line: { bookingDate: '2026-09-20' } }, says: 'date.far -' },
  { name: 'two weeks before it was issued', given: { line: { bookingDate: '2026-02-15' } }, says: 'date.early -' },
  { name: 'the day before it was issued', given: { line: { bookingDate: '2026-02-28' } }, says: 'date.near +' },
  {
    name: 'the value date counts where it is earlier',
    given: { line: { bookingDate: '2026-03-30', valueDate: '2026-03-16' } },
    says: 'date.near +',
  },
  {
    name: 'an expense, the bank two days later',
    given: { line: { bookingDate: '2026-03-16' }, entry: expense },
    says: 'date.near +',
  },
  {
    name: 'an expense, three weeks later',
    given: { line: { bookingDate: '2026-04-05' }, entry: expense },
    says: 'date.far -',
  },
] as const) {
  test(`date: ${name}`, (t) => {
    t.equal(saidOf(evidenceOf(date, given)), says)
    t.end()
  })
}
