// How every hypothesis stands among those that exclude it.

import type { EntryId, TransactionId } from '../../values/ids.ts'
import type { Hypothesis } from './hypothesis.ts'
import { bars } from './weights.ts'

/** A hypothesis and what it would spend of each of its entries, in the entry's currency, without sign. */
export type Claim = { readonly hypothesis: Hypothesis; readonly spends: ReadonlyMap<EntryId, bigint> }

export type Standing = {
  readonly claim: Claim
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
 * The standing of every claim, in the order given.
 *
 * Of a line, one explanation is right or none: that gives the odds of each among its own line's. Other lines' claims on the same
 * money are then weighed by their odds: if each of two lines seems certain to pay one invoice, each is right in half the cases.
 */
export function standingsOf(claims: readonly Claim[], remaining: (id: EntryId) => bigint): Standing[] {
  const byLine = groupBy(claims, ({ hypothesis }) => hypothesis.lines.map(({ line }) => line.id))
  const own = new Map(claims.map((claim) => [claim, oddsAmong(claim, byLine)]))
  const oddsOf = (claim: Claim): number => own.get(claim)?.odds ?? 0
  const byEntry = groupBy(claims, ({ spends }) => [...spends.keys()])
  for (const [id, rivals] of byEntry) {
    byEntry.set(id, rivals.toSorted((a, b) => oddsOf(b) - oddsOf(a)).slice(0, rivalsMax))
  }
  const stood = claims.map((claim) => {
    const { odds, margin, next } = own.get(claim) ?? { odds: 0, margin: 0 }
    const rivals = rivalsOf(claim, { byEntry, oddsOf, remaining })
    const strongest = rivals[0]
    const against = rivals.reduce((total, rival) => total + oddsOf(rival), 0)
    const runnerUp =
      strongest !== undefined && (next === undefined || oddsOf(strongest) > oddsOf(next)) ? strongest : next
    return {
      claim,
      confidence: Math.min(bars.confidenceMax, odds / (1 + odds + against)),
      margin: strongest === undefined ? margin : Math.min(margin, aheadOf(odds, oddsOf(strongest))),
      runnerUp,
    }
  })
  const confidences = new Map(stood.map(({ claim, confidence }) => [claim, confidence]))
  return stood.map(({ runnerUp, ...standing }) => {
    if (runnerUp === undefined) return standing
    return { ...standing, runnerUp: { hypothesis: runnerUp.hypothesis, confidence: confidences.get(runnerUp) ?? 0 } }
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

type Odds = { readonly odds: number; readonly margin: number; readonly next?: Claim }

/** The odds of a claim against the other explanations of its lines, and against that the books do not know them. */
function oddsAmong(claim: Claim, byLine: ReadonlyMap<TransactionId, readonly Claim[]>): Odds {
  const { bits, lines } = claim.hypothesis
  let worst: Odds = { odds: Infinity, margin: Infinity }
  for (const { line } of lines) {
    const others = (byLine.get(line.id) ?? []).filter((other) => other !== claim)
    const against = others.reduce((total, { hypothesis }) => total + 2 ** hypothesis.bits, 1)
    const odds = 2 ** bits / against
    if (odds >= worst.odds) continue
    const next = others.reduce<Claim | undefined>(
      (best, other) => (best === undefined || other.hypothesis.bits > best.hypothesis.bits ? other : best),
      undefined,
    )
    worst = { odds, margin: bits - Math.max(0, next?.hypothesis.bits ?? 0), ...(next !== undefined && { next }) }
  }
  return worst
}

type Field = {
  readonly byEntry: ReadonlyMap<EntryId, readonly Claim[]>
  readonly oddsOf: (claim: Claim) => number
  readonly remaining: (id: EntryId) => bigint
}

/** The strongest claim of each other line that cannot be right together with this one, the strongest first. */
function rivalsOf(claim: Claim, { byEntry, oddsOf, remaining }: Field): Claim[] {
  const own = new Set(claim.hypothesis.lines)
  const perLine = new Map<unknown, Claim>()
  for (const [id, spent] of claim.spends) {
    for (const rival of byEntry.get(id) ?? []) {
      const line = rival.hypothesis.lines[0]
      if (rival.hypothesis.lines.some((each) => own.has(each))) continue
      // Two instalments of one invoice do not exclude each other.
      if (spent + (rival.spends.get(id) ?? 0n) <= remaining(id)) continue
      const known = perLine.get(line)
      if (known === undefined || oddsOf(rival) > oddsOf(known)) perLine.set(line, rival)
    }
  }
  return [...perLine.values()].toSorted((a, b) => oddsOf(b) - oddsOf(a))
}

function groupBy<K>(claims: readonly Claim[], keysFor: (claim: Claim) => readonly K[]): Map<K, Claim[]> {
  const groups = new Map<K, Claim[]>()
  for (const claim of claims) {
    for (const key of keysFor(claim)) {
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [claim])
      else group.push(claim)
    }
  }
  return groups
}
