// Which of several amounts add up to a given one. The question is exponential; the search is not: it stops at a number of steps,
// and says that it did.

export type Sums = {
  /** Index lists of subsets with that sum, smallest indices first; a few at most, as the second already makes it ambiguous. */
  readonly found: readonly (readonly number[])[]
  /** Whether everything was looked at, so that a single find is the only one. */
  readonly isComplete: boolean
}

export type SumLimits = { readonly sizeMin: number; readonly sizeMax: number; readonly stepsMax: number }

/** Finds subsets of `amounts` (of either sign) that sum to `target`, two at most. */
export function subsetsWithSum(amounts: readonly bigint[], target: bigint, limits: SumLimits): Sums {
  // Large ones first: what is left over then soon lies outside what the rest can make.
  const order = amounts
    .map((_, index) => index)
    .toSorted((a, b) => compareSize(amounts[b] ?? 0n, amounts[a] ?? 0n) || a - b)
  const sorted = order.map((index) => amounts[index] ?? 0n)
  const reach = reachOf(sorted)
  const found: number[][] = []
  const chosen: number[] = []
  let steps = 0

  const search = (from: number, rest: bigint): void => {
    if (rest === 0n && chosen.length >= limits.sizeMin)
      found.push(chosen.map((at) => order[at] ?? at).toSorted((a, b) => a - b))
    if (chosen.length === limits.sizeMax) return
    for (let at = from; at < sorted.length; at++) {
      if (found.length === 2 || ++steps > limits.stepsMax) return
      const { least, most } = reach[at] ?? { least: 0n, most: 0n }
      if (rest < least || rest > most) return
      chosen.push(at)
      search(at + 1, rest - (sorted[at] ?? 0n))
      chosen.pop()
    }
  }
  search(0, target)
  return { found, isComplete: steps <= limits.stepsMax }
}

const setsMax = 8

/**
 * The sets of at least two of these amounts that come to `target`, a few of them: each half of the amounts is summed in
 * every way, and the halves are put together. For no more than some thirty amounts.
 */
export function setsWithSum(amounts: readonly number[], target: number): Sums {
  const middle = amounts.length >>> 1
  const [low, high] = [allSums(amounts.slice(0, middle)), allSums(amounts.slice(middle))]
  const bySum = new Map<number, number[]>()
  for (const [mask, sum] of low.entries()) {
    const known = bySum.get(sum)
    if (known === undefined) bySum.set(sum, [mask])
    else if (known.length < setsMax) known.push(mask)
  }
  const found: number[][] = []
  for (const [mask, sum] of high.entries()) {
    for (const other of bySum.get(target - sum) ?? []) {
      const set = amounts.flatMap((_, at) =>
        ((at < middle ? other >>> at : mask >>> (at - middle)) & 1) === 1 ? [at] : [],
      )
      if (set.length > 1) found.push(set)
      if (found.length === setsMax) return { found, isComplete: false }
    }
  }
  return { found, isComplete: true }
}

/** The sum of every subset, by the bits of its number. */
function allSums(amounts: readonly number[]): Float64Array {
  const sums = new Float64Array(2 ** amounts.length)
  for (const [at, amount] of amounts.entries()) {
    const bit = 1 << at
    for (let mask = 0; mask < bit; mask++) sums[bit | mask] = (sums[mask] ?? 0) + amount
  }
  return sums
}

/** The least and the most that the amounts from each index on can sum to. */
function reachOf(amounts: readonly bigint[]): { readonly least: bigint; readonly most: bigint }[] {
  let [least, most] = [0n, 0n]
  return amounts
    .toReversed()
    .map((amount) => {
      if (amount < 0n) least += amount
      else most += amount
      return { least, most }
    })
    .toReversed()
}

function compareSize(a: bigint, b: bigint): number {
  const [sizeA, sizeB] = [a < 0n ? -a : a, b < 0n ? -b : b]
  return sizeA < sizeB ? -1 : sizeA > sizeB ? 1 : 0
}

/** How many subsets of 2 to `sizeMax` out of `count` there are. */
export function subsetCount(count: number, sizeMax: number): number {
  let total = 0
  let ofSize = count
  for (let size = 2; size <= Math.min(sizeMax, count); size++) {
    ofSize = (ofSize * (count - size + 1)) / size
    total += ofSize
  }
  return total
}

/** How many different sums the amounts could make: their range in steps of their greatest common divisor. */
export function sumRange(amounts: readonly bigint[]): number {
  const range = amounts.reduce((total, amount) => total + (amount < 0n ? -amount : amount), 0n)
  const step = amounts.reduce(greatestCommonDivisor, 0n)
  return step === 0n ? 1 : Number(range / step)
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b]
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}
