// Entries by their keys, with what they are sorted by: numbers in lists instead of objects, for a million of them. A part of a company's entries can be indexed by
// itself, on another thread.

import type { EntryFeatures } from './features.ts'
import { keyCollector, keyIndexOf, type KeyIndex, type KeyPairs } from './key-index.ts'
import { keysOfEntry } from './keys.ts'
import type { EntryShelf } from './shelf.ts'
import type { BookEntry } from './types.ts'

/** Some of a company's entries, that follow each other. */
export type IndexedPart = {
  /** By places among all of the company's entries. */
  readonly keys: KeyPairs
  /** Of each entry: what is open, with its sign; the day on which it is expected, since 1970-01-01 (0 if the books say none); 1 for a transfer. */
  readonly open: BigInt64Array<ArrayBuffer>
  readonly days: Int32Array<ArrayBuffer>
  readonly isTransfer: Uint8Array<ArrayBuffer>
  /** Of each entry, where in `currencies` its own stands. */
  readonly currencyOf: Uint16Array<ArrayBuffer>
  readonly currencies: readonly string[]
}

export type EntryReader = (entry: BookEntry, place: number) => EntryFeatures

/** The entries of the shelf, which stand from `from` on among all of the company's. */
export function indexedPart(shelf: EntryShelf, read: EntryReader, from = 0): IndexedPart {
  const keys = keyCollector()
  const open = new BigInt64Array(shelf.size)
  const days = new Int32Array(shelf.size)
  const isTransfer = new Uint8Array(shelf.size)
  const currencyOf = new Uint16Array(shelf.size)
  const currencies: string[] = []
  for (let at = 0; at < shelf.size; at++) {
    const features = read(shelf.at(at), from + at)
    const { entry, expectedDay } = features
    for (const key of keysOfEntry(features)) keys.add(key, from + at)
    open[at] = entry.openAmount
    days[at] = expectedDay ?? 0
    if (entry.kind === 'transfer') isTransfer[at] = 1
    const known = currencies.indexOf(entry.currency)
    currencyOf[at] = known === -1 ? currencies.push(entry.currency) - 1 : known
  }
  return { keys: keys.collected(), open, days, isTransfer, currencyOf, currencies }
}

/** All of a company's entries. */
export type EntryIndex = Omit<IndexedPart, 'keys'> & { readonly keys: KeyIndex }

/** The parts in their order. */
export function entryIndexOf(parts: readonly IndexedPart[]): EntryIndex {
  const size = parts.reduce((total, { open }) => total + open.length, 0)
  const open = new BigInt64Array(size)
  const days = new Int32Array(size)
  const isTransfer = new Uint8Array(size)
  const currencyOf = new Uint16Array(size)
  const currencies = [...new Set(parts.flatMap((part) => part.currencies))]
  let from = 0
  for (const part of parts) {
    open.set(part.open, from)
    days.set(part.days, from)
    isTransfer.set(part.isTransfer, from)
    const known = part.currencies.map((currency) => currencies.indexOf(currency))
    currencyOf.set(
      part.currencyOf.map((at) => known[at] ?? 0),
      from,
    )
    from += part.open.length
  }
  return { keys: keyIndexOf(parts.map(({ keys }) => keys)), open, days, isTransfer, currencyOf, currencies }
}
