// Which open entries a line is compared with: those that share the most telling keys with it, nearest in amount first, so that
// neither a customer with ten thousand open invoices nor an amount that everybody pays makes a line cost more than another.

import type { Books } from './books.ts'
import { entryIndexOf, indexedPart, type EntryIndex, type EntryReader } from './entry-index.ts'
import type { EntryFeatures, LineFeatures } from './features.ts'
import { isWordKey, keysOf, partyKey } from './keys.ts'
import { rarity } from './rarity.ts'
import { recent } from './remembered.ts'
import { size } from './settlement.ts'
import type { EntryShelf } from './shelf.ts'

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
  /** Where the open entries stand that have the key, in order; nowhere where there are more than `max`. */
  openWith(key: string, max: number): readonly number[]
  /** Whether it is in that currency and no transfer, so that its open amount may be added to others'. */
  isSummable(place: number, currency: string): boolean
  /** Takes what a match spends, without sign, off what is open. */
  spend(place: number, amount: bigint): void
}

/** Of the entries that share one key, those that are weighed; and of those that share only a word, which says less. */
const perKeyMax = 24
const perWordMax = 12
/** Of all that are weighed, those that are compared. */
const perLineMax = 40
/** And whose keys are together so many bits less telling than the most telling ones': in labelled books of every size fewer than one in a thousand is meant. */
const behindMax = 24
/** Of the entries that share a key, most may be settled: so many times as many are looked at. */
const settledShareMax = 20
/** Of the entries that have the key, how many a line is compared with at most. */
export function reachOf(key: string): number {
  return isWordKey(key) ? perWordMax : perKeyMax
}

/** How many entries are kept read. */
const heldMax = 100_000

/** How common things are in a company of which only a part is in memory. */
export type Commonness = { readonly entryCount: number; readonly counts: ReadonlyMap<string, number> }

/**
 * Everything in memory: for a whole company at once, or for the part of one that a change can touch. Then `commonness` says how common
 * things are in all of it. `indexed`: the same entries, where they are already. What is found does not depend on what else of the
 * company is there, as long as the nearest are.
 */
export function memorySource(
  shelf: EntryShelf,
  read: EntryReader,
  commonness?: Commonness,
  indexed: EntryIndex = entryIndexOf([indexedPart(shelf, read)]),
): CandidateSource {
  const { keys: index, days, isTransfer, currencyOf, currencies } = indexed
  const open = indexed.open.slice()
  /** The same as numbers: near enough to sort by. */
  const near = Float64Array.from(open, Number)
  const transfers = Array.from(isTransfer.keys()).filter((place) => isTransfer[place] === 1)
  const held = recent<number, EntryFeatures>(heldMax)
  /** What is open under a key, which all lines of a day ask for, until something is spent. */
  const openNow = recent<string, readonly number[]>(heldMax)
  const openAt = (place: number): bigint => open[place] ?? 0n
  const isOpen = (place: number): boolean => openAt(place) !== 0n

  const at = (place: number): EntryFeatures => {
    const known = held.get(place)
    if (known !== undefined) return known
    const entry = shelf.at(place)
    const now = openAt(place)
    const features = read(entry.openAmount === now ? entry : { ...entry, openAmount: now }, place)
    held.set(place, features)
    return features
  }

  /** Lists in order, for keys that many entries have: what was open at first, sorted when somebody asks for the first time. */
  const sorted = new Map<string, Uint32Array>()
  const inOrder = (
    name: string,
    places: Uint32Array,
    { isWanted, by }: { isWanted: (place: number) => boolean; by: (place: number) => number },
  ): Uint32Array => {
    const known = sorted.get(name)
    if (known !== undefined) return known
    const list = places.filter(isWanted).toSorted((a, b) => by(a) - by(b) || dayOf(a) - dayOf(b) || a - b)
    sorted.set(name, list)
    return list
  }
  const dayOf = (place: number): number => days[place] ?? 0
  /** As a line of that direction has it: what leaves by a transfer is what arrives. */
  const amountOf = (place: number, isIn: boolean): number =>
    isTransfer[place] === 1 && !isIn ? -(near[place] ?? 0) : (near[place] ?? 0)
  const isFor = (place: number, isIn: boolean): boolean =>
    near[place] !== 0 && (isTransfer[place] === 1 || (near[place] ?? 0) > 0 === isIn)

  const nearestInAmount = (key: string, { line, day }: LineFeatures, max: number): number[] => {
    const places = index.placesOf(key)
    const isIn = line.amount > 0n
    const isWanted = (place: number): boolean => isFor(place, isIn)
    if (places.length <= max) return Array.from(places.filter((place) => isWanted(place) && isOpen(place)))
    const amount = Number(line.amount)
    const by = (place: number): number => amountOf(place, isIn)
    const list = inOrder(`${isIn ? '+' : '-'}${key}`, places, { isWanted, by })
    return nearest(list, {
      isBefore: (place) => by(place) < amount || (by(place) === amount && dayOf(place) < day),
      isNearer: (a, b) =>
        (Math.abs(by(a) - amount) - Math.abs(by(b) - amount) || Math.abs(dayOf(a) - day) - Math.abs(dayOf(b) - day)) <
        0,
      isOpen,
      max,
    })
  }

  const source: CandidateSource = {
    entryCount: commonness?.entryCount ?? shelf.size,
    count: (key) => commonness?.counts.get(key) ?? index.count(key),
    at,
    openAt,
    dayAt: dayOf,
    openTransfers: () => transfers.filter(isOpen).map(at),
    candidatesFor(line) {
      const worth = new Map<number, number>()
      for (const key of keysOf(line)) {
        const bits = rarity(source, key)
        for (const place of nearestInAmount(key, line, reachOf(key))) worth.set(place, (worth.get(place) ?? 0) + bits)
      }
      const best = [...worth].toSorted(([a, worthA], [b, worthB]) => worthB - worthA || a - b).slice(0, perLineMax)
      const least = (best[0]?.[1] ?? 0) - behindMax
      return best.flatMap(([place, bits]) => (bits < least ? [] : [at(place)]))
    },
    openOf(party, { currency, day, max }) {
      const key = partyKey(currency, party)
      const list = inOrder(key, index.placesOf(key), { isWanted: (place) => near[place] !== 0, by: dayOf })
      return nearest(list, {
        isBefore: (place) => dayOf(place) < day,
        isNearer: (a, b) => Math.abs(dayOf(a) - day) < Math.abs(dayOf(b) - day),
        isOpen,
        max,
      }).map(at)
    },
    openWith(key, max) {
      if (source.count(key) > max * settledShareMax) return []
      const known = openNow.get(key)
      const found = known ?? Array.from(index.placesOf(key).filter(isOpen))
      if (known === undefined) openNow.set(key, found)
      return found.length > max ? [] : found
    },
    isSummable: (place, currency) => isTransfer[place] === 0 && currencies[currencyOf[place] ?? 0] === currency,
    spend(place, amount) {
      const before = openAt(place)
      const left = size(before) - amount
      open[place] = left <= 0n ? 0n : before < 0n ? -left : left
      held.delete(place)
      openNow.clear()
    },
  }
  return source
}

/** The open ones of a list in order, outwards from where `isBefore` ends, the nearer side first. */
function nearest(
  list: Uint32Array,
  given: {
    readonly isBefore: (place: number) => boolean
    readonly isNearer: (a: number, b: number) => boolean
    readonly isOpen: (place: number) => boolean
    readonly max: number
  },
): number[] {
  const { isBefore, isNearer, isOpen, max } = given
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isBefore(list[middle] ?? 0)) low = middle + 1
    else high = middle
  }
  const found: number[] = []
  let [down, up] = [low - 1, low]
  while (found.length < max) {
    while (down >= 0 && !isOpen(list[down] ?? 0)) down--
    while (up < list.length && !isOpen(list[up] ?? 0)) up++
    const [before, after] = [list[down], list[up]]
    if (before === undefined && after === undefined) return found
    const isDown = after === undefined || (before !== undefined && isNearer(before, after))
    found.push((isDown ? before : after) ?? 0)
    if (isDown) down--
    else up++
  }
  return found
}
