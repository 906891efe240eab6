import { test } from 'tap'
import { memorySource, type CandidateSource } from '../../../src/matching/model/candidates.ts'
import { entryFeatures, lineFeatures, ownAccountsOf } from '../../../src/matching/model/features.ts'
import { isRecurring } from '../../../src/matching/model/rarity.ts'
import { shelfOf } from '../../../src/matching/model/shelf.ts'
import type { BookEntry } from '../../../src/matching/model/types.ts'
import { addDays } from '../../../src/values/day.ts'
import { aLine, anEntry } from '../builders.ts'

const own = ownAccountsOf([])
const sourceOf = (entries: readonly BookEntry[]): CandidateSource =>
  memorySource(shelfOf(entries), (entry, place) => entryFeatures(entry, own, place))
const customer = { name: 'Brandt Elektro AS', iban: 'NO9386011117947' }

test('a customer with ten thousand open invoices gives a line no more to compare than another, and the near amounts', (t) => {
  const entries = Array.from({ length: 10_000 }, (_, at) =>
    anEntry(`e${at}`, BigInt(10_000 + at * 7), { counterparty: customer }),
  )
  const source = sourceOf(entries)
  const found = source.candidatesFor(lineFeatures(aLine('t', 45_001n, { counterparty: customer }), own))
  t.ok(found.length <= 96)
  t.ok(found.some(({ entry }) => entry.openAmount === 45_000n))
  t.end()
})

test('of an amount that everybody pays, the entries of that time', (t) => {
  const entries = Array.from({ length: 300 }, (_, at) =>
    anEntry(`e${at}`, 29_900n, { dueDate: addDays('2026-01-01', at) }),
  )
  const source = sourceOf(entries)
  const found = source.candidatesFor(lineFeatures(aLine('t', 29_900n, { bookingDate: '2026-05-14' }), own))
  t.ok(found.some(({ entry }) => entry.dueDate === '2026-05-14'))
  t.notOk(found.some(({ entry }) => entry.dueDate === '2026-01-01'))
  t.end()
})

test('settled entries are no candidates, but their numbers and amounts are known', (t) => {
  const entries = [
    anEntry('settled', 29_900n, { openAmount: 0n, documentNumber: '20311', counterparty: customer }),
    anEntry('open', 29_900n, { documentNumber: '20312', counterparty: customer }),
  ]
  const source = sourceOf(entries)
  const found = source.candidatesFor(lineFeatures(aLine('t', 29_900n, { remittanceInformation: 'Faktura 20311' }), own))
  t.strictSame(
    found.map(({ entry }) => entry.id),
    ['open'],
  )
  t.equal(source.count('document:20311'), 1)
  t.ok(isRecurring(source.at(1), source))
  t.end()
})
