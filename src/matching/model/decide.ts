// Whether a match may be booked without a person. Precision first: what cannot be defended is a suggestion.

import type { Hypothesis } from './hypothesis.ts'
import type { Standing } from './standing.ts'
import { bars } from './weights.ts'

type Judged = Pick<Hypothesis, 'lines' | 'identity' | 'difference' | 'isPartial' | 'isContradicted'>

/**
 * Automatic only with a high probability (in which the next explanation and other claims are weighed) and nothing that contradicts.
 * A part or a fee has to be one of a document that is identified; without a known party the amount has to be exact.
 */
export function isAutomatic(
  { lines, identity, difference, isPartial = false, isContradicted }: Judged,
  { confidence }: Pick<Standing, 'confidence'>,
): boolean {
  if (confidence < bars.automatic || isContradicted) return false
  if (lines.some(({ line }) => line.alreadyBooked === true || line.suspect === true)) return false
  if (identity === 'document') return difference !== 'overpayment'
  if (isPartial) return false
  if (difference === 'fee') return lines.every(({ line }) => line.isPayout === true)
  return difference === undefined || (identity === 'party' && difference !== 'overpayment')
}
