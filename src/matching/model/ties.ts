// What a line has to do with: the entries and lines that may explain it, found by the code that matches. Of a company of which only a part is
// in memory, it also tells what was asked for that may not be there yet.

import { memorySource, type CandidateSource } from './candidates.ts'
import { cancellationHypotheses } from './cancellations.ts'
import { entryFeatures, lineFeatures, ownAccountsOf, type EntryFeatures } from './features.ts'
import type { Habits } from './habits.ts'
import { opened, type HeldBooks } from './held-books.ts'
import { partyKey } from './keys.ts'
import { linesByAmount, linesByDay } from './line-pairs.ts'
import { bestOf, explain, refusals } from './match-books.ts'
import { order } from './order.ts'
import { tariffsOf } from './tariffs.ts'
import { transferHypotheses } from './transfers.ts'
import type { BookEntry } from './types.ts'
import type { EntryId, TransactionId } from '../../values/ids.ts'

/** What was looked for besides the entries that share a key with a line. */
export type Asked = {
  /** How many entries have these keys. */
  readonly counts: ReadonlySet<string>
  /** The open entries under a key, nearest to a day first. */
  readonly near: ReadonlyMap<string, { readonly key: string; readonly day: number; readonly max: number }>
  readonly parties: ReadonlySet<string>
}

/** Less likely than this, an explanation is neither proposed nor any rival's worry. */
const bitsMin = -6

/** What a line has to do with, and how likely it is to be that when it is taken by itself: 0 to 1. */
export type Tie = {
  readonly transactions: ReadonlyMap<TransactionId, number>
  readonly entries: ReadonlyMap<EntryId, number>
  /** The parties of which it may pay several entries: any that comes, goes or changes may make the sum another. By their keys. */
  readonly parties: ReadonlySet<string>
}

/** What each of these lines has to do with, of what is in memory. */
export function tiesOf(
  held: HeldBooks,
  which: ReadonlySet<TransactionId>,
  habits: Habits,
): { readonly ties: ReadonlyMap<TransactionId, Tie>; readonly asked: Asked } {
  const books = opened(held, habits)
  const { ownAccounts, decided, commonness } = books
  const own = ownAccountsOf(ownAccounts)
  const read = (entry: BookEntry, place: number): EntryFeatures => entryFeatures(entry, own, place, habits)
  const { source, asked } = listened(memorySource(books.entries, read, commonness))
  const isRefused = refusals(decided.rejected, (place) => source.at(place).entry.id)
  const lines = books.lines
    .map((line) => lineFeatures(line, own, habits))
    .toSorted((a, b) => a.day - b.day || order(a.line.id, b.line.id))
  const ties = new Map(
    [...which].map((id) => [
      id,
      {
        transactions: new Map<TransactionId, number>(),
        entries: new Map<EntryId, number>(),
        parties: new Set<string>(),
      },
    ]),
  )
  const [linesOf, linesNear] = [linesByAmount(lines), linesByDay(lines)]
  const tariffs = tariffsOf(lines, source)
  const single = new Map(
    lines
      .filter(({ line }) => which.has(line.id))
      .map((line) => {
        const heard = listened(source)
        const { hypotheses } = explain(line, { source: heard.source, tariffs, isRefused })
        for (const key of heard.asked.parties) ties.get(line.line.id)?.parties.add(key)
        return [line, hypotheses]
      }),
  )
  const pairs = [
    ...transferHypotheses({ lines, linesOf, linesNear, ownAccounts, source }),
    // What else explains a payment makes its return likelier, but no other: so only who it is from counts here.
    ...cancellationHypotheses({
      lines,
      linesOf,
      linesNear,
      explained: (line) => ({ ...bestOf(single.get(line) ?? [], source), bits: 0 }),
    }),
  ]
  for (const hypothesis of [...[...single.values()].flat(), ...pairs]) {
    if (hypothesis.bits < bitsMin) continue
    const likely = 1 / (1 + 2 ** -hypothesis.bits)
    for (const { line } of hypothesis.lines) {
      const tie = ties.get(line.id)
      if (tie === undefined) continue
      for (const place of hypothesis.entries) raise(tie.entries, source.at(place).entry.id, likely)
      for (const other of hypothesis.lines)
        if (other.line.id !== line.id) raise(tie.transactions, other.line.id, likely)
    }
  }
  return { ties, asked }
}

/** Keeps the greater. Says whether this is. */
export function raise<Key>(map: Map<Key, number>, key: Key, value: number): boolean {
  const isMore = value > (map.get(key) ?? 0)
  if (isMore) map.set(key, value)
  return isMore
}

/** The same source, and what it is asked. */
function listened(source: CandidateSource): { readonly source: CandidateSource; readonly asked: Asked } {
  const counts = new Set<string>()
  const near = new Map<string, { key: string; day: number; max: number }>()
  const parties = new Set<string>()
  const ask = (key: string, day: number, max: number): void => {
    near.set(`${key} ${day}`, { key, day, max })
  }
  return {
    asked: { counts, near, parties },
    source: {
      ...source,
      count(key) {
        counts.add(key)
        return source.count(key)
      },
      openOf(party, { currency, day, max }) {
        const key = partyKey(currency, party)
        parties.add(key)
        ask(key, day, max)
        return source.openOf(party, { currency, day, max })
      },
      openWith(key, max) {
        counts.add(key)
        ask(key, 0, max + 1)
        return source.openWith(key, max)
      },
    },
  }
}
