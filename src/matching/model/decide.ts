// Whether a match may be booked without a person. Precision first: what cannot be defended is a suggestion.

import type { Hypothesis } from './hypothesis.ts'
import type { Standing } from './standing.ts'
import { bars } from './weights.ts'

/**
 * Automatic only with a high probability, a margin on both sides, nothing that contradicts, and something that identifies the
 * entries: never by amount, date and likeness alone. A difference has to be one that the identified document explains.
 */
export function isAutomatic(
  {
    lines,
    identity,
    difference,
    isContradicted,
  }: Pick<Hypothesis, 'lines' | 'identity' | 'difference' | 'isContradicted'>,
  { confidence, margin }: Pick<Standing, 'confidence' | 'margin'>,
): boolean {
  if (confidence < bars.automatic || margin < bars.margin || isContradicted) return false
  if (lines.some(({ line }) => line.alreadyBooked === true || line.suspect === true)) return false
  if (identity === 'document') return difference !== 'overpayment'
  return identity === 'party' && (difference === undefined || difference === 'discount')
}
