import { createHash, hash } from 'node:crypto'

/** Chance that repeats itself: the same words give the same numbers, on every machine and after every restart. */
export type Random = {
  /** A whole number from 0 up to, not including, `bound`. */
  readonly below: (bound: number) => number
  readonly chance: (probability: number) => boolean
  /** @throws {RangeError} when there is nothing to pick. */
  readonly pick: <T>(from: readonly T[]) => T
}

/** The generator is sfc32, seeded with SHA-256 of the words: even enough for test data, and fast enough for 100,000 rows. */
export function randomOf(...words: readonly (string | number)[]): Random {
  const seed = createHash('sha256').update(words.join('\u0000')).digest()
  let a = seed.readInt32LE(0)
  let b = seed.readInt32LE(4)
  let c = seed.readInt32LE(8)
  let counter = seed.readInt32LE(12)
  const below = (bound: number): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return Math.floor(((sum >>> 0) / 0x1_0000_0000) * bound)
  }
  return {
    below,
    chance: (probability) => below(1_000_000) < probability * 1_000_000,
    pick(from) {
      const picked = from[below(from.length)]
      if (picked === undefined) throw new RangeError('nothing to pick from')
      return picked
    },
  }
}

/** The same words, the same identifier: looks like a UUID, as most banks' ids do. */
export function uuidOf(...words: readonly (string | number)[]): string {
  const hex = hash('sha256', words.join('\u0000'), 'hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** A new list in an order that repeats itself for the same words. */
export function shuffled<T>(list: readonly T[], ...words: readonly (string | number)[]): readonly T[] {
  const random = randomOf(...words)
  return list
    .map((item) => ({ item, place: random.below(0x1_0000_0000) }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ item }) => item)
}
