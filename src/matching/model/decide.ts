// Whether a match may be booked without a person. Precision first: what cannot be defended is a suggestion.

import type { Hypothesis } from './hypothesis.ts'
import type { Standing } from './standing.ts'
import { bars } from './weights.ts'

/** Evidence against that no other evidence may outvote unasked: another document, another reference, somebody else's account. */
const contradictionBits = -8

/**
 * Automatic only with a high probability, a margin on both sides, nothing that contradicts, and something that identifies the
 * entries: never by amount, date and likeness alone. A difference has to be one that the identified document explains.
 */
export function isAutomatic(
  hypothesis: Hypothesis,
  { confidence, margin }: Pick<Standing, 'confidence' | 'margin'>,
): boolean {
  if (confidence < bars.automatic || margin < bars.margin) return false
  if (hypothesis.lines.some(({ line }) => line.alreadyBooked === true || line.suspect === true)) return false
  if (hypothesis.reasons.some(({ strength }) => strength <= contradictionBits)) return false
  const { identity, difference } = hypothesis
  if (identity === 'document') return difference?.kind !== 'overpayment'
  return identity === 'party' && (difference === undefined || difference.kind === 'discount')
}
