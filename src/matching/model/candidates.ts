// Which open entries a line is compared with: those that share a key, nearest in amount first, so that neither a customer with
// ten thousand open invoices nor an amount that everybody pays makes a line cost more than another.

import type { EntryFeatures, LineFeatures } from './features.ts'
import { keysOf } from './keys.ts'
import { order } from './order.ts'

/** What the books hold, as far as evidence depends on how common something is. */
export type Books = {
  /** How many entries are open. */
  readonly openCount: number
  /** How many open entries have this key. */
  count(key: string): number
  /** Whether any entry, open or settled, has this document number's key. */
  knowsDocument(key: string): boolean
  /** How many entries of the same party, open or settled, are of the same amount; at least 1. */
  recurrenceOf(entry: EntryFeatures): number
}

export type CandidateSource = Books & {
  /** The open entries that the line may belong to. */
  candidatesFor(line: LineFeatures): EntryFeatures[]
  /** Transfers that are not made yet. */
  readonly openTransfers: readonly EntryFeatures[]
  /** The open entries of a party in one currency, nearest to that day first. */
  openOf(
    party: string,
    near: { readonly currency: string; readonly day: number; readonly max: number },
  ): EntryFeatures[]
}

/** Of the entries that share one key, those that are compared; and of those that share only a word, which says less. */
const perKeyMax = 24
const perWordMax = 8
/** Of all keys together. Keys are read in the order of `keysOf`, the most telling first. */
const perLineMax = 96

/** Everything in memory: for a whole company at once. Entries in any order give the same source. */
export function memorySource(entries: readonly EntryFeatures[]): CandidateSource {
  const keys = new Map(entries.map((entry) => [entry, keysOf(entry)]))
  const open = entries.filter(({ entry }) => entry.openAmount !== 0n).toSorted(byAmountThenDay)
  const byKey = groupBy(open, (entry) => keys.get(entry) ?? [])
  const byParty = groupBy(open, ({ party, entry }) => (party === undefined ? [] : [`${entry.currency} ${party}`]))
  const documents = new Set([...keys.values()].flat().filter((key) => key.startsWith('document:')))
  const recurrence = countBy(entries, recurrenceKey)
  return {
    openCount: open.length,
    openTransfers: open.filter(({ entry }) => entry.kind === 'transfer'),
    count: (key) => byKey.get(key)?.length ?? 0,
    knowsDocument: (key) => documents.has(key),
    recurrenceOf: (entry) => recurrence.get(recurrenceKey(entry)) ?? 1,
    candidatesFor(line) {
      const found = new Set<EntryFeatures>()
      for (const key of keysOf(line)) {
        const max = isWord(key) ? perWordMax : perKeyMax
        for (const entry of nearest(byKey.get(key) ?? [], line, max)) {
          if (found.size === perLineMax) return [...found]
          found.add(entry)
        }
      }
      return [...found]
    },
    openOf(party, { currency, day, max }) {
      const all = byParty.get(`${currency} ${party}`) ?? []
      if (all.length <= max) return [...all]
      const distance = ({ expectedDay }: EntryFeatures): number => Math.abs((expectedDay ?? day) - day)
      return all.toSorted((a, b) => distance(a) - distance(b) || order(a.entry.id, b.entry.id)).slice(0, max)
    },
  }
}

function recurrenceKey({ entry, party }: EntryFeatures): string {
  return party === undefined ? `entry ${entry.id}` : `${entry.currency} ${entry.amount} ${party}`
}

function isWord(key: string): boolean {
  return key.startsWith('name:') || key.startsWith('word:')
}

/** The stretch of `sorted` around the line's amount and day. */
function nearest(sorted: readonly EntryFeatures[], line: LineFeatures, max: number): readonly EntryFeatures[] {
  if (sorted.length <= max) return sorted
  let from = 0
  let to = sorted.length
  while (from < to) {
    const middle = (from + to) >>> 1
    const there = sorted[middle]
    if (there !== undefined && isBefore(there, line)) from = middle + 1
    else to = middle
  }
  const start = Math.max(0, Math.min(from - max / 2, sorted.length - max))
  return sorted.slice(start, start + max)
}

function isBefore({ entry, expectedDay }: EntryFeatures, { line, day }: LineFeatures): boolean {
  return entry.openAmount === line.amount ? (expectedDay ?? 0) < day : entry.openAmount < line.amount
}

function byAmountThenDay(a: EntryFeatures, b: EntryFeatures): number {
  return (
    order(a.entry.openAmount, b.entry.openAmount) ||
    order(a.expectedDay ?? 0, b.expectedDay ?? 0) ||
    order(a.entry.id, b.entry.id)
  )
}

function groupBy<T>(items: readonly T[], keysFor: (item: T) => readonly string[]): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    for (const key of keysFor(item)) {
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [item])
      else group.push(item)
    }
  }
  return groups
}

function countBy<T>(items: readonly T[], keyFor: (item: T) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(keyFor(item), (counts.get(keyFor(item)) ?? 0) + 1)
  return counts
}
