// The books of every company in a folder of the evaluation's files, one after the other.

import type { EntryReader } from '../../matching/model/entry-index.ts'
import { entryFeatures, lineFeatures, ownAccountsOf as own } from '../../matching/model/features.ts'
import { habitsOf, lessonsOf, type Lesson } from '../../matching/model/habits.ts'
import type { CompanyBooks } from '../../matching/model/match-books.ts'
import type { BookEntry, Line, OwnAccount } from '../../matching/model/types.ts'
import {
  BadRecord,
  byCompany,
  fileIn,
  openLines,
  parseRecord,
  readJson,
  recordsIn,
  shelfOfLines,
  type LineFile,
} from './files.ts'
import { indexedEntries } from './index-entries.ts'
import {
  bookEntryOf,
  companyRecord,
  entryRecord,
  historyRecord,
  lineOf,
  ownAccountsOf,
  ratesRecord,
  transactionRecord,
} from './records.ts'

type Rates = Readonly<Record<string, Readonly<Record<string, number>>>>

/** @throws {BadRecord} with the file, the line and what is wrong with it */
export async function* booksIn(
  dir: string,
): AsyncGenerator<{ readonly id: string; readonly books: CompanyBooks }, void, void> {
  const entries = openLines(fileIn(dir, 'entries.jsonl'))
  const entriesOf = byCompany(entries)
  const transactions = openLines(fileIn(dir, 'transactions.jsonl'))
  const transactionsOf = byCompany(transactions)
  const history = openLines(fileIn(dir, 'history.jsonl'))
  const historyOf = byCompany(history)
  const rates = readJson(fileIn(dir, 'fxrates.json'), ratesRecord) ?? {}
  const none = new Uint32Array()
  for (const company of recordsIn(fileIn(dir, 'companies.jsonl'), companyRecord)) {
    const ownAccounts = ownAccountsOf(company)
    const which = entriesOf.get(company.id) ?? none
    const shelf = shelfOfLines(entries, which, entryIn)
    const accounts = own(ownAccounts)
    const read: EntryReader = (entry, place) => entryFeatures(entry, accounts, place)
    yield {
      id: company.id,
      books: {
        lines: Array.from(transactionsOf.get(company.id) ?? none, (number) => lineAt(transactions, number, rates)),
        entries: shelf,
        index: await indexedEntries({ shelf, read, file: entries, which, ownAccounts }),
        ownAccounts,
        decided: { confirmed: [], rejected: [] },
        habits: habitsOf(lessonsIn(history, historyOf.get(company.id) ?? none, ownAccounts)),
      },
    }
  }
  for (const file of [entries, transactions, history]) file.close()
}

/** What people's earlier matches of the company teach. */
function lessonsIn(history: LineFile, which: Uint32Array, ownAccounts: readonly OwnAccount[]): Lesson[] {
  const accounts = own(ownAccounts)
  return Array.from(which).flatMap((number) => {
    const place = placeOf(history, number)
    const { transaction, entries } = parseRecord(history.at(number), historyRecord, place)
    const line = told(place, () => lineFeatures(lineOf(transaction), accounts))
    const settled = entries.map((entry) => told(place, () => entryFeatures(bookEntryOf(entry), accounts)))
    return lessonsOf([line], settled)
  })
}

function lineAt(transactions: LineFile, number: number, rates: Rates): Line {
  const place = placeOf(transactions, number)
  const line = told(place, () => lineOf(parseRecord(transactions.at(number), transactionRecord, place)))
  const ofDay = rates[line.bookingDate]
  return ofDay === undefined ? line : { ...line, rates: ofDay }
}

export function entryIn(line: string, place: string): BookEntry {
  return told(place, () => bookEntryOf(parseRecord(line, entryRecord, place)))
}

function placeOf({ path }: LineFile, number: number): string {
  return `${path} line ${number + 1}`
}

/** An amount or a day that is none is told with its place. */
function told<Result>(place: string, read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    throw error instanceof RangeError ? new BadRecord(`${place}: ${error.message}`) : error
  }
}
