// How every hypothesis stands among those that exclude it.

import type { Hypothesis } from './hypothesis.ts'
import { confidenceOf, type Place } from './confidence.ts'

export type Standing = {
  readonly hypothesis: Hypothesis
  readonly place: Place
  /** The probability that it is right. */
  readonly confidence: number
  /** What comes next: another explanation of its lines, or another claim on its entries. */
  readonly runnerUp?: RunnerUp
}

export type RunnerUp = { readonly hypothesis: Hypothesis; readonly confidence: number }

/** Of the claims on one entry, those that are weighed: an amount that everybody pays is claimed by everybody. */
const rivalsMax = 64

/**
 * The standing of every hypothesis, in the order given. `remaining` is what is open of an entry, without sign.
 *
 * Of a line, one explanation is right or none: that gives the odds of each among its own line's. Other lines' claims on the same
 * money are then weighed by their odds. Of two payments of one invoice the first settles it: so an earlier claim weighs more.
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
    const { odds, next } = own.get(hypothesis) ?? { odds: 0 }
    const rivals = rivalsOf(hypothesis, { byEntry, oddsOf, remaining })
    const [strongest] = rivals
    const day = dayOf(hypothesis)
    const again = rivals.filter((rival) => saysTheSame(rival, hypothesis) && dayOf(rival) > day)
    const [earlier, later] = [
      rivals.filter((rival) => dayOf(rival) < day),
      rivals.filter((rival) => dayOf(rival) >= day && !again.includes(rival)),
    ]
    const weigh = (claims: readonly Hypothesis[]): number =>
      Math.log2(claims.reduce((total, claim) => total + oddsOf(claim), 1))
    const place = {
      own: Math.log2(odds),
      earlier: weigh(earlier),
      later: weigh(later),
      ...(again.length > 0 && { isPaidAgain: true }),
    }
    const runnerUp =
      strongest !== undefined && (next === undefined || oddsOf(strongest) > oddsOf(next)) ? strongest : next
    return { hypothesis, place, confidence: confidenceOf(place, hypothesis), runnerUp }
  })
  const confidences = new Map(stood.map(({ hypothesis, confidence }) => [hypothesis, confidence]))
  return stood.map(({ runnerUp, ...standing }) => {
    if (runnerUp === undefined) return standing
    return { ...standing, runnerUp: { hypothesis: runnerUp, confidence: confidences.get(runnerUp) ?? 0 } }
  })
}

/** Whether both pay the same with the same document: somebody paid twice. */
function saysTheSame(one: Hypothesis, other: Hypothesis): boolean {
  const [a, b] = [one.lines[0], other.lines[0]]
  if (a === undefined || b === undefined || one.lines.length > 1 || other.lines.length > 1) return false
  if (one.identity !== 'document' || other.identity !== 'document' || one.isByTurn === true) return false
  const isSameParty =
    a.account === undefined || b.account === undefined ? a.name?.key === b.name?.key : a.account === b.account
  return isSameParty && a.line.amount === b.line.amount && one.entries.join() === other.entries.join()
}

function dayOf({ lines }: Hypothesis): number {
  return lines[0]?.day ?? 0
}

type Odds = { readonly odds: number; readonly next?: Hypothesis }

/** The odds of a hypothesis against the other explanations of its lines, and against that the books do not know them. */
function oddsAmong(hypothesis: Hypothesis, byLine: ReadonlyMap<unknown, readonly Hypothesis[]>): Odds {
  const { bits, lines } = hypothesis
  let worst: Odds = { odds: Infinity }
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
    worst = { odds, ...(next !== undefined && { next }) }
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
