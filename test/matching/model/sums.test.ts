import fc from 'fast-check'
import { test } from 'tap'
import { setsWithSum, subsetCount, subsetsWithSum, sumRange } from '../../../src/matching/model/sums.ts'

const limits = { sizeMin: 2, sizeMax: 6, stepsMax: 100_000 }

/** Every subset of the allowed sizes, the plain way. */
function allSubsets(amounts: readonly bigint[], target: bigint, sizeMax = limits.sizeMax): number[][] {
  return Array.from({ length: 2 ** amounts.length }, (_, bits) =>
    amounts.flatMap((__, at) => (((bits >> at) & 1) === 1 ? [at] : [])),
  ).filter(
    (subset) =>
      subset.length >= limits.sizeMin &&
      subset.length <= sizeMax &&
      subset.reduce((total, at) => total + amounts[at]!, 0n) === target,
  )
}

test('finds what trying everything finds, and knows whether it is the only one', (t) => {
  // Small amounts, so that sums coincide; negative ones are credit notes.
  const amounts = fc.array(
    fc.bigInt({ min: -12n, max: 20n }).filter((amount) => amount !== 0n),
    { maxLength: 9 },
  )
  fc.assert(
    fc.property(amounts, fc.bigInt({ min: -10n, max: 60n }), (given, target) => {
      const expected = allSubsets(given, target).map(String)
      const { found, isComplete } = subsetsWithSum(given, target, limits)
      return (
        isComplete &&
        found.length === Math.min(2, expected.length) &&
        found.every((subset) => expected.includes(String(subset)))
      )
    }),
    { numRuns: 300 },
  )
  t.end()
})

test('finds the same sets half by half', (t) => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -9, max: 40 }), { maxLength: 9 }),
      fc.integer({ min: -10, max: 60 }),
      (given, target) => {
        const expected = allSubsets(given.map(BigInt), BigInt(target), given.length).map(String)
        const { found, isComplete } = setsWithSum(given, target)
        return (
          found.length === Math.min(8, expected.length) &&
          isComplete === expected.length < 8 &&
          found.every((set) => expected.includes(String(set)))
        )
      },
    ),
    { numRuns: 300 },
  )
  t.end()
})

test('stops at its number of steps and says so', (t) => {
  const amounts = Array.from({ length: 40 }, (_, at) => BigInt(1_000 + at * 2))
  // All amounts are even, so no sum is odd, and only looking everywhere would tell.
  t.strictSame(subsetsWithSum(amounts, 20_001n, { ...limits, stepsMax: 500 }), { found: [], isComplete: false })
  t.end()
})

test('how many subsets there are, and how many sums they could have', (t) => {
  t.equal(subsetCount(5, 3), 20)
  t.equal(subsetCount(1, 8), 0)
  t.equal(sumRange([1_000n, 2_500n, -500n]), 8)
  t.equal(sumRange([]), 1)
  t.end()
})
