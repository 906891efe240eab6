// How every hypothesis stands among those that exclude it.

import type { Hypothesis } from './hypothesis.ts'
import { bars } from './weights.ts'

export type Standing = {
  readonly hypothesis: Hypothesis
  /** The probability that it is right. */
  readonly confidence: number
  /** Bits ahead of the next explanation of its lines and of the next claim on its entries, whichever is nearer. */
  readonly margin: number
  /** What comes next, of either. */
  readonly runnerUp?: RunnerUp
}

export type RunnerUp = { readonly hypothesis: Hypothesis; readonly confidence: number }

/** Of the claims on one entry, those that are weighed: an amount that everybody pays is claimed by everybody. */
const rivalsMax = 64

/**
 * The standing of every hypothesis, in the order given. `remaining` is what is open of an entry, without sign.
 *
 * Of a line, one explanation is right or none: that gives the odds of each among its own line's. Other lines' claims on the same
 * money are then weighed by their odds: if each of two lines seems certain to pay one invoice, each is right in half the cases.
 */
export function standingsOf(hypotheses: readonly Hypothesis[], remaining: (place: number) => bigint): Standing[] {
  const byLine = groupBy(hypotheses, ({ lines }) => lines)
  const own = new Map(hypotheses.map((hypothesis) => [hypothesis, oddsAmong(hypothesis, byLine)]))
  const oddsOf = (hypothesis: Hypothesis): number => own.get(hypothesis)?.odds ?? 0
  const byEntry = groupBy(hypotheses, ({ entries }) => entries)
  for (const [place, rivals] of byEntry) {
    if (rivals.length > 1) byEntry.set(place, rivals.toSorted((a, b) => oddsOf(b) - oddsOf(a)).slice(0, rivalsMax))
  }
  const stood = hypotheses.map((hypothesis) => {
    const { odds, margin, next } = own.get(hypothesis) ?? { odds: 0, margin: 0 }
    const rivals = rivalsOf(hypothesis, { byEntry, oddsOf, remaining })
    const strongest = rivals[0]
    const against = rivals.reduce((total, rival) => total + oddsOf(rival), 0)
    const runnerUp =
      strongest !== undefined && (next === undefined || oddsOf(strongest) > oddsOf(next)) ? strongest : next
    return {
      hypothesis,
      confidence: Math.min(bars.confidenceMax, odds / (1 + odds + against)),
      margin: strongest === undefined ? margin : Math.min(margin, aheadOf(odds, oddsOf(strongest))),
      runnerUp,
    }
  })
  const confidences = new Map(stood.map(({ hypothesis, confidence }) => [hypothesis, confidence]))
  return stood.map(({ runnerUp, ...standing }) => {
    if (runnerUp === undefined) return standing
    return { ...standing, runnerUp: { hypothesis: runnerUp, confidence: confidences.get(runnerUp) ?? 0 } }
  })
}

/**
 * Bits ahead of a rival. None if the rival would be believed alone: then both lines are about this entry (somebody paid twice),
 * and which of them names it more clearly says nothing of which one settles it.
 */
function aheadOf(odds: number, rival: number): number {
  const bits = Math.log2(rival)
  return bits >= bars.credibleRival ? 0 : Math.log2(odds) - bits
}

type Odds = { readonly odds: number; readonly margin: number; readonly next?: Hypothesis }

/** The odds of a hypothesis against the other explanations of its lines, and against that the books do not know them. */
function oddsAmong(hypothesis: Hypothesis, byLine: ReadonlyMap<unknown, readonly Hypothesis[]>): Odds {
  const { bits, lines } = hypothesis
  let worst: Odds = { odds: Infinity, margin: Infinity }
  for (const line of lines) {
    let against = 1
    let next: Hypothesis | undefined
    for (const other of byLine.get(line) ?? []) {
      if (other === hypothesis) continue
      against += 2 ** other.bits
      if (next === undefined || other.bits > next.bits) next = other
    }
    const odds = 2 ** bits / against
    if (odds >= worst.odds) continue
    worst = { odds, margin: bits - Math.max(0, next?.bits ?? 0), ...(next !== undefined && { next }) }
  }
  return worst
}

type Field = {
  readonly byEntry: ReadonlyMap<number, readonly Hypothesis[]>
  readonly oddsOf: (hypothesis: Hypothesis) => number
  readonly remaining: (place: number) => bigint
}

/** The strongest claim of each other line that cannot be right together with this one, the strongest first. */
function rivalsOf(hypothesis: Hypothesis, { byEntry, oddsOf, remaining }: Field): Hypothesis[] {
  const perLine = new Map<unknown, Hypothesis>()
  for (const [at, place] of hypothesis.entries.entries()) {
    const claims = byEntry.get(place) ?? []
    if (claims.length < 2) continue
    for (const rival of claims) {
      if (rival.lines.some((line) => hypothesis.lines.includes(line))) continue
      // Two instalments of one invoice do not exclude each other.
      const together = (hypothesis.spends[at] ?? 0n) + (rival.spends[rival.entries.indexOf(place)] ?? 0n)
      if (together <= remaining(place)) continue
      const known = perLine.get(rival.lines[0])
      if (known === undefined || oddsOf(rival) > oddsOf(known)) perLine.set(rival.lines[0], rival)
    }
  }
  return perLine.size < 2 ? [...perLine.values()] : [...perLine.values()].toSorted((a, b) => oddsOf(b) - oddsOf(a))
}

function groupBy<Key>(
  hypotheses: readonly Hypothesis[],
  keysFor: (hypothesis: Hypothesis) => readonly Key[],
): Map<Key, Hypothesis[]> {
  const groups = new Map<Key, Hypothesis[]>()
  for (const hypothesis of hypotheses) {
    for (const key of keysFor(hypothesis)) {
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [hypothesis])
      else group.push(hypothesis)
    }
  }
  return groups
}
