// npm run --silent match -- --dir DIR --out FILE: proposes matches for books in files, by the code that the service runs. The files
// are those of the evaluation format (docs/matching.md); what it writes is one JSON group a line. Progress goes to stderr.

import { closeSync, openSync, statSync, writeSync } from 'node:fs'
import { parseArgs } from 'node:util'
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
} from './match/files.ts'
import {
  bookEntryOf,
  companyRecord,
  entryRecord,
  historyRecord,
  lineOf,
  ownAccountsOf,
  ratesRecord,
  transactionRecord,
} from './match/records.ts'
import { entryFeatures, lineFeatures, ownAccountsOf as matchedOwnAccounts } from '../matching/model/features.ts'
import { habitsOf, lessonsOf, type Lesson } from '../matching/model/habits.ts'
import { matchBooks } from '../matching/model/match-books.ts'
import type { BookEntry, Line, MatchProposal, OwnAccount } from '../matching/model/types.ts'

const usage = 'usage: npm run --silent match -- --dir DIR --out FILE'

try {
  run()
} catch (error) {
  if (!(error instanceof BadRecord)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}

function run(): void {
  const { values } = parseArgs({ options: { dir: { type: 'string' }, out: { type: 'string' } } })
  const { dir, out } = values
  if (dir === undefined || out === undefined) throw new BadRecord(usage)
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new BadRecord(`${dir} is no folder. ${usage}`)
  const started = performance.now()
  const entries = openLines(fileIn(dir, 'entries.jsonl'))
  const entriesOf = byCompany(entries)
  const transactions = openLines(fileIn(dir, 'transactions.jsonl'))
  const transactionsOf = byCompany(transactions)
  const history = openLines(fileIn(dir, 'history.jsonl'))
  const historyOf = byCompany(history)
  const rates = readJson(fileIn(dir, 'fxrates.json'), ratesRecord) ?? {}
  const file = openSync(out, 'w')
  for (const company of recordsIn(fileIn(dir, 'companies.jsonl'), companyRecord)) {
    const ownAccounts = ownAccountsOf(company)
    const lines: Line[] = []
    for (const number of transactionsOf.get(company.id) ?? []) {
      const place = `${transactions.path} line ${number + 1}`
      lines.push(
        told(place, () => withRates(lineOf(parseRecord(transactions.at(number), transactionRecord, place)), rates)),
      )
    }
    const lessons = lessonsIn(history, historyOf.get(company.id) ?? new Uint32Array(), ownAccounts)
    const shelf = shelfOfLines(entries, entriesOf.get(company.id) ?? new Uint32Array(), readEntry)
    progress(`${company.id}: ${lines.length} transactions, ${shelf.size} entries`, started)
    const proposals = matchBooks(
      { lines, entries: shelf, ownAccounts, decided: { confirmed: [], rejected: [] }, habits: habitsOf(lessons) },
      ({ lines: done, of }) => {
        if (done % 10_000 === 0) progress(`${company.id}: ${done} of ${of} compared`, started)
      },
    )
    writeAll(file, proposals)
    const automatic = proposals.filter((proposal) => proposal.automatic).length
    progress(`${company.id}: ${automatic} automatic matches, ${proposals.length - automatic} suggestions`, started)
  }
  closeSync(file)
}

/** What people's earlier matches of the company teach. */
function lessonsIn(history: LineFile, which: Uint32Array, ownAccounts: readonly OwnAccount[]): Lesson[] {
  const own = matchedOwnAccounts(ownAccounts)
  return Array.from(which).flatMap((number) => {
    const place = `${history.path} line ${number + 1}`
    const { transaction, entries } = parseRecord(history.at(number), historyRecord, place)
    const line = told(place, () => lineFeatures(lineOf(transaction), own))
    const settled = entries.map((entry) => told(place, () => entryFeatures(bookEntryOf(entry), own)))
    return lessonsOf([line], settled)
  })
}

function withRates(line: Line, rates: Readonly<Record<string, Readonly<Record<string, number>>>>): Line {
  const ofDay = rates[line.bookingDate]
  return ofDay === undefined ? line : { ...line, rates: ofDay }
}

function readEntry(line: string, place: string): BookEntry {
  return told(place, () => bookEntryOf(parseRecord(line, entryRecord, place)))
}

/** An amount or a day that is none is told with its place. */
function told<Result>(place: string, read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    throw error instanceof RangeError ? new BadRecord(`${place}: ${error.message}`) : error
  }
}

function writeAll(file: number, proposals: readonly MatchProposal[]): void {
  for (let from = 0; from < proposals.length; from += 1000) {
    const groups = proposals.slice(from, from + 1000).map(groupOf)
    writeSync(file, `${groups.join('\n')}\n`)
  }
}

function groupOf({ links, confidence, automatic }: MatchProposal): string {
  return JSON.stringify({
    transactionIds: [...new Set(links.map(({ transactionId }) => transactionId))],
    entryIds: [...new Set(links.flatMap(({ entryId }) => entryId ?? []))],
    confidence: Math.round(confidence * 10_000) / 10_000,
    auto: automatic,
  })
}

function progress(text: string, started: number): void {
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const megabytes = Math.round(process.memoryUsage.rss() / 1_048_576)
  process.stderr.write(`${seconds} s, ${megabytes} MiB. ${text}\n`)
}
