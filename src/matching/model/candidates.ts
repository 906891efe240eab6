// Which open entries a line is compared with: those that share the most telling keys with it, nearest in amount first, so that
// neither a customer with ten thousand open invoices nor an amount that everybody pays makes a line cost more than another.

import type { Books } from './books.ts'
import type { EntryFeatures, LineFeatures } from './features.ts'
import { keyIndexBuilder } from './key-index.ts'
import { isWordKey, keysOf, partyKey } from './keys.ts'
import { rarity } from './rarity.ts'
import { size } from './settlement.ts'
import type { EntryShelf } from './shelf.ts'
import type { BookEntry } from './types.ts'

export type CandidateSource = Books & {
  /** The entry with what is open of it now. */
  at(place: number): EntryFeatures
  /** What is open of it now, with its sign. */
  openAt(place: number): bigint
  /** The day on which it is expected, since 1970-01-01; 0 if the books say none. */
  dayAt(place: number): number
  /** The open entries that the line may belong to, the most telling keys first. */
  candidatesFor(line: LineFeatures): EntryFeatures[]
  /** Transfers that are not made yet. */
  openTransfers(): EntryFeatures[]
  /** The open entries of a party in one currency, nearest to that day first. */
  openOf(
    party: string,
    near: { readonly currency: string; readonly day: number; readonly max: number },
  ): EntryFeatures[]
  /** The open entries that have the key; none where there are more than `max`. */
  openWith(key: string, max: number): EntryFeatures[]
  /** Takes what a match spends, without sign, off what is open. */
  spend(place: number, amount: bigint): void
}

/** Of the entries that share one key, those that are weighed; and of those that share only a word, which says less. */
const perKeyMax = 24
const perWordMax = 12
/** Of all that are weighed, those that are compared. */
const perLineMax = 40
/** Of the entries that share a key, most may be settled: so many times as many are looked at. */
const settledShareMax = 20
/** How many entries are kept read. */
const heldMax = 50_000

/** Everything in memory: for a whole company at once. */
export function memorySource(
  shelf: EntryShelf,
  read: (entry: BookEntry, place: number) => EntryFeatures,
): CandidateSource {
  const builder = keyIndexBuilder()
  const open = new BigInt64Array(shelf.size)
  /** The same as numbers: near enough to sort by. */
  const near = new Float64Array(shelf.size)
  const days = new Int32Array(shelf.size)
  const transfers: number[] = []
  const isTransfer = new Uint8Array(shelf.size)
  for (let place = 0; place < shelf.size; place++) {
    const features = read(shelf.at(place), place)
    for (const key of keysOf(features)) builder.add(key, place)
    open[place] = features.entry.openAmount
    near[place] = Number(features.entry.openAmount)
    days[place] = features.expectedDay ?? 0
    if (features.entry.kind === 'transfer') {
      isTransfer[place] = 1
      transfers.push(place)
    }
  }
  const index = builder.build()
  const held = new Map<number, EntryFeatures>()
  const openAt = (place: number): bigint => open[place] ?? 0n
  const isOpen = (place: number): boolean => openAt(place) !== 0n

  const at = (place: number): EntryFeatures => {
    const known = held.get(place)
    if (known !== undefined) return known
    const entry = shelf.at(place)
    const now = openAt(place)
    const features = read(entry.openAmount === now ? entry : { ...entry, openAmount: now }, place)
    if (held.size === heldMax) held.delete(held.keys().next().value ?? -1)
    held.set(place, features)
    return features
  }

  /** Lists in order, for keys that many entries have: sorted when somebody asks for the first time. */
  const sorted = new Map<string, Uint32Array>()
  const inOrder = (key: string, places: Uint32Array, by: (place: number) => number): Uint32Array => {
    const known = sorted.get(key)
    if (known !== undefined) return known
    const list = places.toSorted((a, b) => by(a) - by(b) || dayOf(a) - dayOf(b) || a - b)
    sorted.set(key, list)
    return list
  }
  const amountOf = (place: number): number => near[place] ?? 0
  const dayOf = (place: number): number => days[place] ?? 0

  /** The open ones of a list in order, outwards from where `isBefore` ends. */
  const around = (list: Uint32Array, isBefore: (place: number) => boolean, max: number): number[] => {
    let [low, high] = [0, list.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (isBefore(list[middle] ?? 0)) low = middle + 1
      else high = middle
    }
    const found: number[] = []
    for (let [down, up] = [low - 1, low]; found.length < max && (down >= 0 || up < list.length); down--, up++) {
      if (up < list.length && isOpen(list[up] ?? 0)) found.push(list[up] ?? 0)
      if (down >= 0 && isOpen(list[down] ?? 0)) found.push(list[down] ?? 0)
    }
    return found
  }

  const nearestInAmount = (key: string, { line, day }: LineFeatures, max: number): number[] => {
    const places = index.placesOf(key)
    if (places.length <= max) return Array.from(places).filter(isOpen)
    const amount = Number(line.amount)
    const isBefore = (place: number): boolean =>
      amountOf(place) < amount || (amountOf(place) === amount && dayOf(place) < day)
    return around(inOrder(key, places, amountOf), isBefore, max)
  }

  const source: CandidateSource = {
    entryCount: shelf.size,
    count: (key) => index.count(key),
    at,
    openAt,
    dayAt: dayOf,
    openTransfers: () => transfers.filter(isOpen).map(at),
    candidatesFor(line) {
      const worth = new Map<number, number>()
      for (const key of keysOf(line)) {
        const bits = rarity(source, key)
        for (const place of nearestInAmount(key, line, isWordKey(key) ? perWordMax : perKeyMax)) {
          // What moves the other way settles nothing alone.
          if (isTransfer[place] === 0 && openAt(place) > 0n !== line.line.amount > 0n) continue
          worth.set(place, (worth.get(place) ?? 0) + bits)
        }
      }
      const all = [...worth]
      const best = all.length > perLineMax ? all.toSorted(([a, worthA], [b, worthB]) => worthB - worthA || a - b) : all
      return best.slice(0, perLineMax).map(([place]) => at(place))
    },
    openOf(party, { currency, day, max }) {
      const key = partyKey(currency, party)
      return around(inOrder(key, index.placesOf(key), dayOf), (place) => dayOf(place) < day, max).map(at)
    },
    openWith(key, max) {
      const places = index.placesOf(key)
      if (places.length > max * settledShareMax) return []
      const found = Array.from(places).filter(isOpen)
      return found.length > max ? [] : found.map(at)
    },
    spend(place, amount) {
      const before = openAt(place)
      const left = size(before) - amount
      open[place] = left <= 0n ? 0n : before < 0n ? -left : left
      held.delete(place)
    },
  }
  return source
}
