// Days that are read again although they are long over: because a movement of theirs was lacking once, or because the balances do not come out.

import { addDays, type Day } from '../../values/day.ts'
import type { Proof } from './proof.ts'

type Finished = { readonly proof: Proof | null }

/**
 * The first day to read again before the usual ones; null where nothing is in doubt. `missingFrom`: the day of the oldest movement that the last complete run over
 * that day lacked: one run more decides whether it was withdrawn. `unproven`: a completed run whose mismatch is read again for.
 */
export function doubtedFrom({
  missingFrom,
  unproven,
}: {
  readonly missingFrom: Day | null
  readonly unproven: Finished | null
}): Day | null {
  const proof = unproven?.proof ?? null
  const provenFrom = proof === null || proof.verdict === 'unverifiable' ? null : addDays(proof.opening.day, 1)
  return [missingFrom, provenFrom].filter((day) => day !== null).toSorted()[0] ?? null
}

/**
 * Whether the days of a run's mismatch are still to be read again, `reread` being the mismatch that this was done for last: once for each, as what a bank does not
 * mend by then it does not mend by being asked daily.
 */
export function wantsReread(run: Finished, reread: string | null): boolean {
  const mismatch = mismatchOf(run)
  return mismatch !== null && mismatch !== reread
}

/** The mismatch that has been read again for, once this run is completed; `isReread`: that is what it did. */
export function rereadAfter(run: Finished, before: string | null, isReread: boolean): string | null {
  const mismatch = mismatchOf(run)
  if (mismatch === null) return null
  return isReread ? mismatch : before
}

/** Another opening or another difference is another mismatch. */
const mismatchOf = ({ proof }: Finished): string | null =>
  proof?.verdict === 'mismatch' ? `${proof.opening.day} ${proof.difference.minor}` : null
