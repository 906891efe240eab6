// Which entries have a key, for a million of them: three lists of numbers instead of a list object for each key.

export type KeyIndex = {
  /** How many places have the key. */
  count(key: string): number
  /** The places that have the key, in ascending order. */
  placesOf(key: string): Uint32Array
}

/** Which place has which key, in ascending order of places. A key is known by two hashes of 32 bits. */
export type KeyPairs = {
  readonly firsts: Uint32Array<ArrayBuffer>
  readonly seconds: Uint32Array<ArrayBuffer>
  readonly places: Uint32Array<ArrayBuffer>
}

export type KeyCollector = {
  /** Notes that the place has the key, once. Places come in ascending order. */
  add(key: string, place: number): void
  collected(): KeyPairs
}

const pairsMin = 1024

/**
 * Where two keys agree in both hashes by chance (once in a thousand indexes of ten million keys) a line is compared with an entry more than it
 * need be, and nothing else.
 */
export function keyCollector(): KeyCollector {
  let length = 0
  let firsts = new Uint32Array(pairsMin)
  let seconds = new Uint32Array(pairsMin)
  let places = new Uint32Array(pairsMin)
  return {
    add(key, place) {
      const [first, second] = hashesOf(key)
      for (let before = length - 1; before >= 0 && places[before] === place; before--)
        if (firsts[before] === first && seconds[before] === second) return
      if (length === places.length) {
        firsts = doubled(firsts)
        seconds = doubled(seconds)
        places = doubled(places)
      }
      firsts[length] = first
      seconds[length] = second
      places[length] = place
      length += 1
    },
    collected: () => ({
      firsts: firsts.subarray(0, length),
      seconds: seconds.subarray(0, length),
      places: places.subarray(0, length),
    }),
  }
}

/** The parts follow each other in their places. Pairs stand by bucket, which is the end of the first hash, and within a bucket by the second hash. */
export function keyIndexOf(parts: readonly KeyPairs[]): KeyIndex {
  const count = parts.reduce((total, { places }) => total + places.length, 0)
  let buckets = 1
  while (buckets < count) buckets *= 2
  const bucketOf = (first: number): number => first & (buckets - 1)
  const starts = new Uint32Array(buckets + 1)
  for (const { firsts } of parts) for (const first of firsts) add(starts, bucketOf(first) + 1, 1)
  for (let bucket = 1; bucket <= buckets; bucket++) add(starts, bucket, at(starts, bucket - 1))
  const next = starts.slice(0, buckets)
  const checks = new Uint32Array(count)
  const sorted = new Uint32Array(count)
  for (const { firsts, seconds, places } of parts)
    for (let pair = 0; pair < places.length; pair++) {
      const bucket = bucketOf(at(firsts, pair))
      const to = at(next, bucket)
      next[bucket] = to + 1
      checks[to] = at(seconds, pair)
      sorted[to] = at(places, pair)
    }
  for (let bucket = 0; bucket < buckets; bucket++)
    sortBucket(checks, sorted, at(starts, bucket), at(starts, bucket + 1))
  /** Who asks how many there are often asks next which. */
  let last: { readonly key: string; readonly range: readonly [number, number] } = { key: '', range: [0, 0] }
  const rangeOf = (key: string): readonly [number, number] => {
    if (key === last.key) return last.range
    const [first, second] = hashesOf(key)
    const bucket = bucketOf(first)
    const end = at(starts, bucket + 1)
    const from = firstNotBelow(checks, second, at(starts, bucket), end)
    const range = [from, firstNotBelow(checks, second + 1, from, end)] as const
    last = { key, range }
    return range
  }
  return {
    count(key) {
      const [from, to] = rangeOf(key)
      return to - from
    },
    placesOf: (key) => sorted.subarray(...rangeOf(key)),
  }
}

/** Most buckets hold a pair or two, or the many pairs of one key: neither needs more than a look. Equal ones keep their order. */
function sortBucket(checks: Uint32Array, places: Uint32Array, from: number, to: number): void {
  let isSorted = true
  for (let pair = from + 1; pair < to && isSorted; pair++) isSorted = at(checks, pair - 1) <= at(checks, pair)
  if (isSorted) return
  const order = Array.from({ length: to - from }, (_, offset) => from + offset)
  order.sort((a, b) => at(checks, a) - at(checks, b) || a - b)
  const [sortedChecks, sortedPlaces] = [order.map((pair) => at(checks, pair)), order.map((pair) => at(places, pair))]
  checks.set(sortedChecks, from)
  places.set(sortedPlaces, from)
}

function firstNotBelow(list: Uint32Array, value: number, from: number, to: number): number {
  let [low, high] = [from, to]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (at(list, middle) < value) low = middle + 1
    else high = middle
  }
  return low
}

function at(list: Uint32Array, index: number): number {
  return list[index] ?? 0
}

function add(list: Uint32Array, index: number, value: number): void {
  list[index] = at(list, index) + value
}

function doubled(list: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(list.length * 2)
  larger.set(list)
  return larger
}

/** The key as one number of 64 bits, as the database keeps it. */
export function hashOf(key: string): bigint {
  const [first, second] = hashesOf(key)
  return BigInt.asIntN(64, (BigInt(first) << 32n) | BigInt(second))
}

/** Two independent hashes of 32 bits (after cyrb53, public domain). */
function hashesOf(key: string): readonly [number, number] {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let index = 0; index < key.length; index++) {
    const code = key.charCodeAt(index)
    a = Math.imul(a ^ code, 2_654_435_761)
    b = Math.imul(b ^ code, 1_597_334_677)
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909)
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909)
  return [a >>> 0, b >>> 0]
}
