// From where a hypothesis stands to how often such a hypothesis is right: learnt from labelled books, as its worth is.

import type { Hypothesis } from './hypothesis.ts'
import { learnedPlaces } from './learned.ts'
import type { Place } from './standing.ts'
import type { Traits } from './traits.ts'
import { bars } from './weights.ts'

/** Evidence beyond these bits makes a thing little more certain: what no trait tells is then as frequent. */
const clearBits = 4
const sureBits = 9
const placeMax = 24

/** The place in the numbers that confidence is made of. */
export function placeTraits(
  { own, earlier, later }: Place,
  { identity, lines, entries }: Pick<Hypothesis, 'identity' | 'lines' | 'entries'>,
): Traits {
  const bits = Math.max(-placeMax, Math.min(placeMax, own))
  return {
    [`by ${identity}`]: 1,
    [lines.length > 1 ? 'lines' : entries.length > 1 ? 'sum' : 'pair']: 1,
    own: bits,
    clear: Math.max(0, bits - clearBits),
    sure: Math.max(0, bits - sureBits),
    earlier: Math.min(placeMax, earlier),
    later: Math.min(placeMax, later),
  }
}

/** The probability that the hypothesis is right. */
export function confidenceOf(place: Place, hypothesis: Pick<Hypothesis, 'identity' | 'lines' | 'entries'>): number {
  const traits = placeTraits(place, hypothesis)
  let bits = 0
  for (const name in traits) bits += (learnedPlaces[name] ?? 0) * (traits[name] ?? 0)
  return Math.min(bars.confidenceMax, 1 / (1 + 2 ** -bits))
}
