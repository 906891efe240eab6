import type { Books } from './candidates.ts'
import { weights } from './weights.ts'

/**
 * Bits that agreement on a key is worth: log2 of one in how many parties has it; without a key, of a thing that one entry has.
 *
 * Counted among the open entries, and some more: what all of three open entries share still tells their customer from all the
 * people in the world who have none.
 */
export function rarity(books: Books, key?: string): number {
  const having = key === undefined ? 1 : Math.max(1, books.count(key))
  return Math.log2((books.openCount + weights.othersAssumed) / having)
}
