// A million entries are indexed in parts: what is found must be the same.

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { test } from 'tap'
import { entryIn } from '../../src/cli/match/books.ts'
import { openLines, shelfOfLines } from '../../src/cli/match/files.ts'
import { indexedInTwo } from '../../src/cli/match/index-entries.ts'
import { entryIndexOf, indexedPart, type EntryIndex } from '../../src/matching/model/entry-index.ts'
import { entryFeatures, ownAccountsOf } from '../../src/matching/model/features.ts'
import { keysOf } from '../../src/matching/model/keys.ts'
import { shelfOf, type EntryShelf } from '../../src/matching/model/shelf.ts'
import type { BookEntry } from '../../src/matching/model/types.ts'
import { anEntry } from './builders.ts'

const own = ownAccountsOf([])
const read = (entry: BookEntry, place: number) => entryFeatures(entry, own, place)

/** What an index says of every entry. */
function told(index: EntryIndex, shelf: EntryShelf) {
  return Array.from({ length: shelf.size }, (_, place) => ({
    open: index.open[place],
    day: index.days[place],
    isTransfer: index.isTransfer[place],
    currency: index.currencies[index.currencyOf[place] ?? -1],
    places: keysOf(read(shelf.at(place), place)).map((key) => [key, [...index.keys.placesOf(key)]]),
  }))
}

const words = fc.constantFrom('husleie', 'kontor', 'mars', 'faktura 20311')
const entry = fc.record({
  amount: fc.bigInt({ min: -500n, max: 500n }),
  currency: fc.constantFrom('NOK', 'EUR', 'SEK'),
  kind: fc.constantFrom('sales_invoice', 'purchase_bill', 'transfer', 'payroll'),
  description: fc.array(words, { maxLength: 4 }).map((list) => list.join(' ')),
  name: fc.constantFrom('Fjell og Fjord AS', 'Fjord AS'),
})

test('an index of any parts is the index of the whole', (t) => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 30 }), fc.nat(30), (given, at) => {
      const entries = given.map(({ amount, name, ...rest }, number) =>
        anEntry(`e-${number}`, amount, { ...rest, counterparty: { name } }),
      )
      const [first, second] = [shelfOf(entries.slice(0, at)), shelfOf(entries.slice(at))]
      const parts = entryIndexOf([indexedPart(first, read), indexedPart(second, read, first.size)])
      const whole = entryIndexOf([indexedPart(shelfOf(entries), read)])
      t.same(told(parts, shelfOf(entries)), told(whole, shelfOf(entries)))
    }),
  )
  t.end()
})

async function fileOf(folder: string, lines: readonly string[]) {
  const path = join(folder, 'entries.jsonl')
  await writeFile(path, lines.join('\n'))
  const file = openLines(path)
  const which = Uint32Array.from(lines.keys())
  return { file, which, shelf: shelfOfLines(file, which, entryIn), read, ownAccounts: [] }
}

const recordOf = (number: number) =>
  JSON.stringify({
    id: `e-${number}`,
    companyId: 'c',
    kind: 'sales_invoice',
    direction: 'in',
    amount: `${100 + (number % 40)}.50`,
    currency: number % 3 === 0 ? 'EUR' : 'NOK',
    openAmount: `${100 + (number % 40)}.50`,
    documentNumber: String(20_000 + number),
    issueDate: '2026-03-01',
    dueDate: '2026-03-15',
    counterpartyName: `Kunde ${number % 17} AS`,
  })

test('another thread indexes its half, and what it finds is what this one would find', async (t) => {
  const given = await fileOf(
    t.testdir(),
    Array.from({ length: 501 }, (_, number) => recordOf(number)),
  )
  let readHere = 0
  const counted = (one: BookEntry, place: number) => {
    readHere += 1
    return read(one, place)
  }
  const index = entryIndexOf(await indexedInTwo({ ...given, read: counted }))
  t.equal(readHere, 250)
  t.same(told(index, given.shelf), told(entryIndexOf([indexedPart(given.shelf, read)]), given.shelf))
  given.file.close()
})

test('a record that cannot be read is told by its line, in whichever half it is', async (t) => {
  for (const bad of [3, 17]) {
    const lines = Array.from({ length: 20 }, (_, number) => (number === bad ? '{"id": 1}' : recordOf(number)))
    const given = await fileOf(t.testdir(), lines)
    await t.rejects(indexedInTwo(given), { message: new RegExp(`entries\\.jsonl line ${bad + 1}`) })
    given.file.close()
  }
})
