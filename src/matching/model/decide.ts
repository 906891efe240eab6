// Whether a match may be booked without a person. Precision first: what cannot be defended is a suggestion.

import type { Hypothesis } from './hypothesis.ts'
import type { Standing } from './standing.ts'
import { bars } from './weights.ts'

type Judged = Pick<Hypothesis, 'lines' | 'identity' | 'difference' | 'isPartial' | 'isContradicted' | 'isDoubted'>

/**
 * Automatic only with a high probability, in which the next explanation and other claims are weighed, and with something that
 * identifies the entries: never by amount, date and likeness alone, and never against a document that is named. Against other
 * evidence, or with a difference that no document vouches for, the probability has to be higher still. What was paid too much is a
 * person's to judge.
 */
export function isAutomatic(
  { lines, identity, difference, isPartial = false, isContradicted, isDoubted = false }: Judged,
  { confidence }: Pick<Standing, 'confidence'>,
): boolean {
  if (lines.some(({ line }) => line.alreadyBooked === true || line.suspect === true || line.alwaysSuggest === true))
    return false
  if (isContradicted || identity === 'none' || difference === 'overpayment') return false
  const isPayout = difference === 'fee' && lines.every(({ line }) => line.isPayout === true)
  const isVouched = (difference === undefined && !isPartial) || identity === 'document' || isPayout
  return confidence >= (isDoubted || !isVouched ? bars.automaticInDoubt : bars.automatic)
}
