// Whether a match may be booked without a person. Precision first: what cannot be defended is a suggestion.

import type { Hypothesis } from './hypothesis.ts'
import type { Standing } from './standing.ts'
import { bars } from './weights.ts'

type Judged = Pick<Hypothesis, 'lines' | 'identity' | 'difference' | 'isPartial' | 'isContradicted'>

/**
 * Automatic only with a high probability, in which the next explanation and other claims are weighed. Against evidence that speaks
 * strongly for something else, or with a difference that no document and no party vouches for, it has to be higher still; what was
 * paid too much, and a part of an entry that nothing identifies, is a person's to judge.
 */
export function isAutomatic(
  { lines, identity, difference, isPartial = false, isContradicted }: Judged,
  { confidence }: Pick<Standing, 'confidence'>,
): boolean {
  if (lines.some(({ line }) => line.alreadyBooked === true || line.suspect === true)) return false
  if (difference === 'overpayment' || (isPartial && identity === 'none')) return false
  const isVouched = (difference === undefined && !isPartial) || identity === 'document'
  return confidence >= (isContradicted || !isVouched ? bars.automaticInDoubt : bars.automatic)
}
