// One assignment over the whole company. What is certain is taken first, and what it takes is gone for everybody else: so each
// open amount is spent once, and what is left is judged by what is left.

import type { LineFeatures } from './features.ts'
import { isAutomatic } from './decide.ts'
import type { Hypothesis } from './hypothesis.ts'
import { order } from './order.ts'
import type { Standing } from './standing.ts'
import { bars } from './weights.ts'

/** A hypothesis that is proposed. */
export type Assigned = Standing & { readonly automatic: boolean; readonly rank: number }

/** What is spent and explained so far. */
export type Ledger = {
  /** What is left of an entry, without sign. */
  readonly remaining: (place: number) => bigint
  readonly fits: (hypothesis: Hypothesis) => boolean
  readonly take: (hypothesis: Hypothesis) => void
}

export function ledgerOf(openAt: (place: number) => bigint): Ledger {
  const spent = new Map<number, bigint>()
  const explained = new Set<LineFeatures>()
  const remaining = (place: number): bigint => openAt(place) - (spent.get(place) ?? 0n)
  return {
    remaining,
    fits: ({ lines, entries, spends }) =>
      lines.every((line) => !explained.has(line)) &&
      entries.every((place, at) => (spends[at] ?? 0n) <= remaining(place)),
    take({ lines, entries, spends }) {
      for (const line of lines) explained.add(line)
      for (const [at, place] of entries.entries()) spent.set(place, (spent.get(place) ?? 0n) + (spends[at] ?? 0n))
    },
  }
}

/** Those that may be booked unasked, as far as they fit beside each other: the first of two goes first. */
export function certainOf(standings: readonly Standing[], ledger: Ledger): Assigned[] {
  const taken: Assigned[] = []
  for (const standing of standings) {
    if (!isAutomatic(standing.hypothesis, standing) || !ledger.fits(standing.hypothesis)) continue
    ledger.take(standing.hypothesis)
    taken.push({ ...standing, automatic: true, rank: 1 })
  }
  return taken
}

/** First a best suggestion for every line that can have one beside the others', then the alternatives. */
export function suggestionsOf(standings: readonly Standing[], ledger: Ledger): Assigned[] {
  const ranks = new Map<LineFeatures, number>()
  const proposed: Assigned[] = []
  const propose = (standing: Standing): void => {
    const { lines } = standing.hypothesis
    const rank = 1 + Math.max(...lines.map((line) => ranks.get(line) ?? 0))
    if (rank > bars.suggestionsPerLine) return
    for (const line of lines) ranks.set(line, rank)
    proposed.push({ ...standing, automatic: false, rank })
  }
  // Alike to the hundredth counts as alike, and then the oldest goes first, which is the order that they are in.
  const best = standings.toSorted((a, b) => order(Math.round(b.confidence * 100), Math.round(a.confidence * 100)))
  const rest = best.filter((standing) => {
    if (standing.confidence < bars.suggestion || !ledger.fits(standing.hypothesis)) return true
    ledger.take(standing.hypothesis)
    propose(standing)
    return false
  })
  for (const standing of rest) {
    const isFirst = standing.hypothesis.lines.every((line) => !ranks.has(line))
    if (standing.confidence >= (isFirst ? bars.suggestion : bars.alternative)) propose(standing)
  }
  return proposed
}
