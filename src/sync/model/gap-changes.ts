import { intersect, subtract, type Coverage, type Gap, type Range } from './coverage.ts'

/** What a run found out about gaps: days that are newly known to be missing or lost, and missing days that were filled. */
export function gapChanges(
  before: Coverage,
  after: Coverage,
): { readonly found: readonly Gap[]; readonly filled: readonly Range[] } {
  const found = after.gaps.flatMap((gap) => {
    const known = before.gaps.filter(({ state }) => state === gap.state)
    return subtract([gap], known).map((range): Gap => ({ ...range, state: gap.state }))
  })
  const filled = before.gaps.flatMap((gap) => after.complete.flatMap((days) => intersect([gap], days)))
  return { found, filled }
}
