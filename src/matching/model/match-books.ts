// The whole of matching, pure: what the bank shows and what the books expect in, proposals out. Keys say what may meet, signals
// say what speaks for and against, groups and pairs of lines add the explanations by several, one assignment decides.

import { memorySource, type CandidateSource } from './candidates.ts'
import { assign, type Assigned } from './assign.ts'
import { cancellationHypotheses } from './cancellations.ts'
import { entryFeatures, lineFeatures, ownAccountsOf, type LineFeatures } from './features.ts'
import { groupHypotheses } from './groups.ts'
import type { Hypothesis } from './hypothesis.ts'
import { linesByAmount } from './line-pairs.ts'
import { order } from './order.ts'
import { comparePair, pairHypothesis } from './pairs.ts'
import type { Reason } from './reasons.ts'
import type { RunnerUp } from './standing.ts'
import { transferHypotheses } from './transfers.ts'
import type { BookEntry, Combination, Decided, Line, MatchProposal, OwnAccount } from './types.ts'

export type CompanyBooks = {
  readonly lines: readonly Line[]
  /** Settled entries too: they are not proposed, but their numbers tell what a line is not about. */
  readonly entries: readonly BookEntry[]
  readonly ownAccounts: readonly OwnAccount[]
  readonly decided: Decided
}

/** Of the entries that a line was compared with, those that are kept as explanations; and how unlikely they may be. */
const explanationsMax = 8
const explanationBitsMin = -8

/**
 * Proposes matches for one company: automatic ones that spend each open amount once, and up to three suggestions for each line
 * that none explains. Nothing that people decided is proposed again. The same for any order of the input.
 */
export function matchBooks({ lines, entries, ownAccounts, decided }: CompanyBooks): MatchProposal[] {
  const confirmed = new Set(decided.confirmed)
  const own = ownAccountsOf(ownAccounts)
  const features = lines
    .filter(({ id }) => !confirmed.has(id))
    .map((line) => lineFeatures(line, own))
    .toSorted((a, b) => order(a.line.bookingDate, b.line.bookingDate) || order(a.line.id, b.line.id))
  const source = memorySource(entries.map((entry) => entryFeatures(entry, own)))
  const isRefused = refusals(decided.rejected)
  const explanations = new Map(
    features.map((line) => [line, explanationsOf(line, source).filter((hypothesis) => !isRefused(hypothesis))]),
  )
  const explained = (line: LineFeatures): number =>
    Math.max(0, ...(explanations.get(line) ?? []).map(({ bits }) => bits))
  const linesOf = linesByAmount(features)
  const linePairs = [
    ...transferHypotheses({ lines: features, linesOf, transfers: source.openTransfers, ownAccounts, books: source }),
    ...cancellationHypotheses({ lines: features, linesOf, explained }),
  ]
  return assign([...explanations.values()].flat().concat(linePairs.filter((hypothesis) => !isRefused(hypothesis))))
    .map(proposalOf)
    .toSorted((a, b) => order(orderOf(a), orderOf(b)))
}

/** What may explain the line: single entries, and several of one party. */
function explanationsOf(line: LineFeatures, source: CandidateSource): Hypothesis[] {
  const pairs = source.candidatesFor(line).flatMap((entry) => comparePair(line, entry, source) ?? [])
  const single = pairs
    .flatMap((pair) => pairHypothesis(line, pair, source) ?? [])
    .filter(({ bits }) => bits >= explanationBitsMin)
    .toSorted((a, b) => order(b.bits, a.bits) || order(a.entries[0]?.entry.id ?? '', b.entries[0]?.entry.id ?? ''))
    .slice(0, explanationsMax)
  return [...single, ...groupHypotheses(line, pairs, source)]
}

/**
 * What a person refused: a line and an entry never meet again, alone or among others; several together are refused as that set
 * only, as part of them may well belong together.
 */
function refusals(rejected: readonly Combination[]): (hypothesis: Hypothesis) => boolean {
  const pairs = new Set<string>()
  const sets = new Set<string>()
  for (const { transactionIds, entryIds } of rejected) {
    if (transactionIds.length === 1 && entryIds.length === 1) pairs.add(`${transactionIds[0]} ${entryIds[0]}`)
    else sets.add(setKey(transactionIds, entryIds))
  }
  return ({ links, lines, entries }) =>
    links.some(({ transactionId, entryId }) => pairs.has(`${transactionId} ${entryId}`)) ||
    sets.has(
      setKey(
        lines.map(({ line }) => line.id),
        entries.map(({ entry }) => entry.id),
      ),
    )
}

function setKey(transactionIds: readonly string[], entryIds: readonly string[]): string {
  return [transactionIds, entryIds].map((ids) => [...new Set(ids)].toSorted().join(' ')).join(' / ')
}

function proposalOf({ claim, confidence, automatic, rank, runnerUp }: Assigned): MatchProposal {
  const { links, difference, reasons } = claim.hypothesis
  return {
    links,
    ...(difference !== undefined && { difference }),
    confidence,
    automatic,
    rank,
    reasons: strongestFirst(reasons),
    ...(runnerUp !== undefined && { runnerUp: summaryOf(runnerUp) }),
  }
}

function summaryOf({ hypothesis, confidence }: RunnerUp): NonNullable<MatchProposal['runnerUp']> {
  return {
    transactionIds: hypothesis.lines.map(({ line }) => line.id),
    entryIds: hypothesis.entries.map(({ entry }) => entry.id),
    confidence,
    reasons: strongestFirst(hypothesis.reasons),
  }
}

function strongestFirst(reasons: readonly Reason[]): Reason[] {
  return reasons.toSorted((a, b) => Math.abs(b.strength) - Math.abs(a.strength))
}

function orderOf({ links, rank }: MatchProposal): string {
  return `${links[0]?.transactionId} ${rank} ${links.map(({ entryId }) => entryId).join(' ')}`
}
