// One assignment over the whole company. What is certain is taken first, and what it takes is gone for everybody else: so each
// open amount is spent once, and what is left is judged by what is left.

import type { EntryId, TransactionId } from '../../values/ids.ts'
import { isAutomatic } from './decide.ts'
import { spentOn, sortKeyOf, type Hypothesis } from './hypothesis.ts'
import { order } from './order.ts'
import { size } from './settlement.ts'
import { standingsOf, type Claim, type Standing } from './standing.ts'
import { bars } from './weights.ts'

/** A hypothesis that is proposed. */
export type Assigned = Standing & { readonly automatic: boolean; readonly rank: number }

/** The most rounds of taking what is certain. Each makes others certain; few chains are longer. */
const roundsMax = 6

/** Proposes what is automatic, and up to three suggestions for each line that is left. The same for any order of `hypotheses`. */
export function assign(hypotheses: readonly Hypothesis[]): Assigned[] {
  const ledger = ledgerOf(hypotheses)
  const taken: Assigned[] = []
  let claims = claimsInOrder(hypotheses)
  let standings = standingsOf(claims, ledger.remaining)
  for (let round = 0; round < roundsMax; round++) {
    const certain = standings.filter(({ claim, ...standing }) => isAutomatic(claim.hypothesis, standing))
    for (const standing of certain) {
      if (!ledger.fits(standing.claim)) continue
      ledger.take(standing.claim)
      taken.push({ ...standing, automatic: true, rank: 1 })
    }
    if (certain.length === 0) break
    claims = claims.filter(ledger.fits)
    standings = standingsOf(claims, ledger.remaining)
  }
  return [...taken, ...suggestions(standings, ledger)]
}

/** What is spent and explained so far. */
type Ledger = {
  readonly remaining: (id: EntryId) => bigint
  readonly fits: (claim: Claim) => boolean
  readonly take: (claim: Claim) => void
}

function ledgerOf(hypotheses: readonly Hypothesis[]): Ledger {
  const left = new Map(
    hypotheses.flatMap(({ entries }) => entries.map(({ entry }) => [entry.id, size(entry.openAmount)])),
  )
  const explained = new Set<TransactionId>()
  const remaining = (id: EntryId): bigint => left.get(id) ?? 0n
  return {
    remaining,
    fits: ({ hypothesis, spends }) =>
      hypothesis.lines.every(({ line }) => !explained.has(line.id)) &&
      [...spends].every(([id, spent]) => spent <= remaining(id)),
    take: ({ hypothesis, spends }) => {
      for (const { line } of hypothesis.lines) explained.add(line.id)
      for (const [id, spent] of spends) left.set(id, remaining(id) - spent)
    },
  }
}

/** First a best suggestion for every line that can have one beside the others', then the alternatives. */
function suggestions(standings: readonly Standing[], ledger: Ledger): Assigned[] {
  const ranks = new Map<TransactionId, number>()
  const proposed: Assigned[] = []
  const propose = (standing: Standing): void => {
    const lines = standing.claim.hypothesis.lines.map(({ line }) => line.id)
    const rank = 1 + Math.max(...lines.map((id) => ranks.get(id) ?? 0))
    if (rank > bars.suggestionsPerLine) return
    for (const id of lines) ranks.set(id, rank)
    proposed.push({ ...standing, automatic: false, rank })
  }
  // Alike to the hundredth counts as alike, and then the oldest goes first, which is the order that the claims are in.
  const best = standings.toSorted((a, b) => order(Math.round(b.confidence * 100), Math.round(a.confidence * 100)))
  const rest = best.filter((standing) => {
    if (standing.confidence < bars.suggestion || !ledger.fits(standing.claim)) return true
    ledger.take(standing.claim)
    propose(standing)
    return false
  })
  for (const standing of rest) {
    const isFirst = standing.claim.hypothesis.lines.every(({ line }) => !ranks.has(line.id))
    if (standing.confidence >= (isFirst ? bars.suggestion : bars.alternative)) propose(standing)
  }
  return proposed
}

/** The oldest first, so that nothing depends on the order of the input. */
function claimsInOrder(hypotheses: readonly Hypothesis[]): Claim[] {
  return hypotheses
    .map((hypothesis) => ({ hypothesis, spends: spentOn(hypothesis), key: sortKeyOf(hypothesis) }))
    .toSorted((a, b) => order(a.key, b.key))
}
