// A repeatable source of chance: a seed gives the same books on every machine.

export type Chance = {
  /** From 0 up to, not including, 1. */
  readonly next: () => number
  /** Whole, both ends included. */
  readonly between: (least: number, most: number) => number
  readonly is: (probability: number) => boolean
  readonly pick: <T>(items: readonly T[]) => T
  /** Picks a key by its weight. */
  readonly weighed: <K extends string>(weights: Readonly<Record<K, number>>) => K
  readonly digits: (count: number) => string
}

/** mulberry32, public domain: 32 bits of state are plenty for a few thousand rows. */
export function chance(seed: number): Chance {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1))
  return {
    next,
    between,
    is: (probability) => next() < probability,
    pick: (items) => items[between(0, items.length - 1)]!,
    weighed: (weights) => {
      const keys = keysIn(weights)
      let rest = next() * keys.reduce((total, key) => total + weights[key], 0)
      return keys.find((key) => (rest -= weights[key]) < 0) ?? keys[0]!
    },
    digits: (count) => Array.from({ length: count }, (_, at) => between(at === 0 ? 1 : 0, 9)).join(''),
  }
}

function keysIn<K extends string>(record: Readonly<Record<K, number>>): K[] {
  const isKey = (key: string): key is K => Object.hasOwn(record, key)
  return Object.keys(record).filter(isKey)
}
