// What a run changes: what it proposes against what stands undecided. A suggestion that is found again is the same suggestion, so nobody sees it come
// twice, and the same input changes nothing.

import type { CompanyId, MatchId, TransactionId } from '../../values/ids.ts'
import type { Evidence, Match, MatchLink } from './match.ts'
import { sayingOf, transactionIdsOf } from './match.ts'
import type { Difference } from './types.ts'

/** A proposal with all that a match keeps. */
export type Draft = Evidence & {
  readonly automatic: boolean
  readonly links: readonly MatchLink[]
  readonly difference: Difference | null
}

export type Plan = {
  readonly added: readonly Match[]
  /** Suggestions that became certain, whose evidence is another one now, or that no longer hold. */
  readonly changed: readonly Match[]
  /** Suggestions that stay as they are. */
  readonly kept: readonly Match[]
}

export function planRun(input: {
  readonly companyId: CompanyId
  readonly drafts: readonly Draft[]
  /** The suggestions that nobody has decided. */
  readonly standing: readonly Match[]
  /** Transactions about which this run knows nothing any more, since they or their entries changed while it was deciding: theirs is left as it is. */
  readonly unsure: ReadonlySet<TransactionId>
  readonly now: Date
  readonly newId: () => MatchId
}): Plan {
  const standing = new Map(input.standing.map((match) => [sayingOf(match), match]))
  const added: Match[] = []
  const changed: Match[] = []
  const kept: Match[] = []
  for (const { automatic, ...draft } of input.drafts) {
    const before = standing.get(sayingOf(draft))
    if (before !== undefined) standing.delete(sayingOf(draft))
    const decision = automatic
      ? { status: 'confirmed' as const, decidedAt: input.now }
      : { status: 'suggested' as const, decidedAt: null }
    if (before === undefined)
      added.push({
        ...draft,
        ...decision,
        id: input.newId(),
        companyId: input.companyId,
        origin: 'automatic',
        decidedBy: null,
        attention: null,
        supersededBy: null,
        createdAt: input.now,
      })
    else if (automatic || !isSameEvidence(before, draft)) changed.push({ ...before, ...draft, ...decision })
    else kept.push(before)
  }
  for (const match of standing.values()) {
    if (transactionIdsOf(match).some((id) => input.unsure.has(id))) kept.push(match)
    else changed.push({ ...match, status: 'superseded' })
  }
  return { added, changed, kept }
}

function isSameEvidence(a: Evidence, b: Evidence): boolean {
  return evidenceText(a) === evidenceText(b)
}

function evidenceText({ rank, confidence, reasons, runnerUp }: Evidence): string {
  return JSON.stringify([
    [rank, confidence, reasons.map(reasonText)],
    runnerUp && [runnerUp.confidence, runnerUp.transactionIds, runnerUp.entryIds, runnerUp.reasons.map(reasonText)],
  ])
}

/** By the names of its params: the database keeps no order of keys. */
function reasonText({ signal, strength, key, params }: Evidence['reasons'][number]): string {
  return JSON.stringify([
    signal,
    strength,
    key,
    ...Object.keys(params)
      .toSorted()
      .map((name) => [name, params[name]]),
  ])
}
