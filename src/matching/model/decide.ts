// Whether a match may be booked without a person. Precision first: what cannot be defended is a suggestion.

import type { Hypothesis } from './hypothesis.ts'
import type { Standing } from './standing.ts'
import { bars } from './weights.ts'

type Judged = Pick<
  Hypothesis,
  | 'lines'
  | 'identity'
  | 'difference'
  | 'isPartial'
  | 'isByTurn'
  | 'isOvertaking'
  | 'isIncomplete'
  | 'isContradicted'
  | 'isDoubted'
>

/**
 * Automatic only with a high probability, in which the next explanation and other claims are weighed, and with something that
 * identifies the entries: never by amount and date alone, and never against a document that is named. Where the other side is no more
 * than likely, something speaks against it, no document vouches for a difference, or only time tells the entry from others, the
 * probability has to be higher still. What was paid too much is a person's to judge, and so is what there is more to, and a turn that
 * passes over an older entry which is left open.
 */
export function isAutomatic(judged: Judged, { confidence }: Pick<Standing, 'confidence'>): boolean {
  const {
    lines,
    identity,
    difference,
    isIncomplete = false,
    isContradicted,
    isByTurn = false,
    isOvertaking = false,
  } = judged
  if (isByTurn && isOvertaking) return false
  if (lines.some(({ line }) => line.alreadyBooked === true || line.suspect === true || line.alwaysSuggest === true))
    return false
  if (isContradicted || isIncomplete || identity === 'none' || difference === 'overpayment') return false
  return confidence >= barOf(judged)
}

function barOf({
  lines,
  identity,
  difference,
  isPartial = false,
  isByTurn = false,
  isDoubted = false,
}: Judged): number {
  const isPayout = difference === 'fee' && lines.every(({ line }) => line.isPayout === true)
  const isVouched = (difference === undefined && !isPartial) || identity === 'document' || isPayout
  return identity === 'likely' || isDoubted || isByTurn || !isVouched ? bars.automaticInDoubt : bars.automatic
}
