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
  | 'isTurnSure'
  | 'isEven'
  | 'isIncomplete'
  | 'isContradicted'
  | 'isDoubted'
>

/**
 * Automatic only with a high probability, in which the next explanation and other claims are weighed, and with something that
 * identifies the entries: never by amount and date alone, and never against another document of the books that is named. Where the
 * other side is no more than likely, something speaks against it, no document vouches for a difference, more was paid than is open, or
 * only time tells the entry from others and no reference says whose they are, the probability has to be higher still. Where time tells
 * nothing, as the entries could be paid in another order as well, it is a person's to judge; so is what there is more to, and what was
 * paid too much where no document says what for.
 */
export function isAutomatic(judged: Judged, { confidence }: Pick<Standing, 'confidence'>): boolean {
  const { lines, identity, difference, isByTurn = false, isEven = false, isIncomplete = false, isContradicted } = judged
  if (lines.some(({ line }) => line.alreadyBooked === true || line.suspect === true || line.alwaysSuggest === true))
    return false
  if (isContradicted || isIncomplete || identity === 'none') return false
  if (isByTurn && isEven) return false
  // What is too much stays the payer's, so it has to be beyond doubt that this is what was paid.
  if (difference === 'overpayment' && identity !== 'document') return false
  return confidence >= barOf(judged)
}

const isOnlyByTurn = ({ isByTurn = false, isTurnSure = false }: Judged): boolean => isByTurn && !isTurnSure

function barOf(judged: Judged): number {
  const { lines, identity, difference, isPartial = false, isDoubted = false } = judged
  const isPayout = difference === 'fee' && lines.every(({ line }) => line.isPayout === true)
  const isVouched = (difference === undefined && !isPartial) || identity === 'document' || isPayout
  if (isOnlyByTurn(judged) && identity !== 'document') return bars.automaticByTurn
  return identity === 'likely' || isDoubted || !isVouched || difference === 'overpayment'
    ? bars.automaticInDoubt
    : bars.automatic
}
