import type { Books } from './books.ts'
import type { EntryFeatures } from './features.ts'
import { recurringKey } from './keys.ts'
import { weights } from './weights.ts'

/**
 * Bits that agreement on a key is worth: log2 of one in how many entries has it; without a key, of a thing that one entry has.
 *
 * Counted among the entries, and some more: what all of three entries share still tells their customer from all the people in
 * the world who have none.
 */
export function rarity(books: Books, key?: string): number {
  const having = key === undefined ? 1 : Math.max(1, books.count(key))
  return Math.log2((books.entryCount + weights.othersAssumed) / having)
}

/** Whether the same party has the same amount more than once, open or settled: rent, subscriptions. */
export function isRecurring({ entry, party }: EntryFeatures, books: Books): boolean {
  return party !== undefined && books.count(recurringKey(party, entry.amount, entry.currency)) > 1
}
