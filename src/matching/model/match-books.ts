// The whole of matching, pure: what the bank shows and what the books expect in, proposals out. Keys say what may meet, signals
// say what speaks for and against, groups and pairs of lines add the explanations by several, one assignment decides.

import { certainOf, ledgerOf, suggestionsOf, type Assigned } from './assign.ts'
import { memorySource, type CandidateSource, type Commonness } from './candidates.ts'
import { billRunHypotheses } from './bill-runs.ts'
import { cancellationHypotheses } from './cancellations.ts'
import { depositHypotheses } from './deposits.ts'
import type { EntryIndex, EntryReader } from './entry-index.ts'
import { entryFeatures, lineFeatures, ownAccountsOf, type LineFeatures } from './features.ts'
import { groupHypotheses } from './groups.ts'
import { noHabits, type Habits } from './habits.ts'
import { byAge, type Hypothesis } from './hypothesis.ts'
import { linesByAmount, linesByDay } from './line-pairs.ts'
import type { Name } from './names.ts'
import { order } from './order.ts'
import { alikeAmong } from './alike.ts'
import { comparePair, pairHypothesis } from './pairs.ts'
import type { Reason } from './reasons.ts'
import { payoutHypotheses } from './payouts.ts'
import { size } from './settlement.ts'
import { sharedKeyGroups } from './shared-key-groups.ts'
import type { EntryShelf } from './shelf.ts'
import { standingsOf, type RunnerUp, type Standing } from './standing.ts'
import { tariffsOf, type Tariffs } from './tariffs.ts'
import { transferHypotheses } from './transfers.ts'
import { inTurn } from './turns.ts'
import type { Combination, Decided, Line, MatchProposal, OwnAccount } from './types.ts'

export type CompanyBooks = {
  readonly lines: readonly Line[]
  /** Settled entries too: they are not proposed, but their numbers tell what a line is not about. */
  readonly entries: EntryShelf
  /** The same, where they are indexed already. */
  readonly index?: EntryIndex
  readonly ownAccounts: readonly OwnAccount[]
  readonly decided: Decided
  readonly habits?: Habits
  /** Where the lines and entries are only a part of the company's: how common things are in all of it. */
  readonly commonness?: Commonness
}

/** Whoever wants to know how far it is, and what was weighed. */
export type Watch = {
  readonly compared?: (lines: number, of: number) => void
  readonly round?: (round: number, standings: readonly Standing[]) => void
  /** Takes each proposal as it is made, in no order; then none is kept and returned. */
  readonly proposed?: (proposal: MatchProposal) => void
}

/** Of the entries that a line was compared with, those that are kept as explanations; and how unlikely they may be. */
const explanationsMax = 6
const explanationBitsMin = -8
/** What is so much less likely than the best is neither proposed nor a rival. */
const explanationBitsBehind = 14

/** Rounds of taking what is certain. Each makes others certain; few chains are longer. */
const roundsMax = 12

/**
 * Proposes matches for one company: automatic ones that spend each open amount once, and up to three suggestions for each line
 * that none explains. Nothing that people decided is proposed again.
 *
 * Each round sees the books as the automatic matches of those before leave them, and the last finds nothing more that is certain:
 * so the next run, which sees the same books, proposes the same suggestions and nothing else. (Only where so many share a key that
 * not all of them are compared may what others left make room for another: among a million entries for one line in a thousand.)
 */
export function matchBooks(
  { lines, entries, index, ownAccounts, decided, habits = noHabits, commonness }: CompanyBooks,
  watch: Watch = {},
): MatchProposal[] {
  const confirmed = new Set(decided.confirmed)
  const own = ownAccountsOf(ownAccounts)
  let free = lines
    .filter(({ id }) => !confirmed.has(id))
    .map((line) => lineFeatures(line, own, habits))
    .toSorted((a, b) => a.day - b.day || order(a.line.id, b.line.id))
  const read: EntryReader = (entry, place) => entryFeatures(entry, own, place, habits)
  const source = memorySource(entries, read, commonness, index)
  const isRefused = refusals(decided.rejected, (place) => source.at(place).entry.id)
  const tariffs = tariffsOf(free, source)
  const explainLine = (line: LineFeatures): Explained => explain(line, { source, tariffs, isRefused })
  const explanations = new Map<LineFeatures, Explained>()
  for (const [at, line] of byAmount(free).entries()) {
    explanations.set(line, explainLine(line))
    if (at % 1000 === 999) watch.compared?.(at + 1, free.length)
  }
  const proposals: MatchProposal[] = []
  const propose = watch.proposed ?? ((proposal: MatchProposal): unknown => proposals.push(proposal))
  for (let round = 1; ; round += 1) {
    const explained = (line: LineFeatures) => bestOf(hypothesesOf(explanations, line), source)
    const [linesOf, linesNear] = [linesByAmount(free), linesByDay(free)]
    const linePairs = [
      ...transferHypotheses({ lines: free, linesOf, linesNear, ownAccounts, source }),
      ...cancellationHypotheses({ lines: free, linesOf, linesNear, explained }),
    ].filter((hypothesis) => !isRefused(hypothesis))
    const single = inTurn(
      free.flatMap((line) => hypothesesOf(explanations, line)),
      (place) => source.dayAt(place),
      (place) => source.at(place).issueDay ?? 0,
    )
    const hypotheses = withoutHalves(single, linePairs).toSorted(byAge((place) => source.dayAt(place)))
    const ledger = ledgerOf((place) => size(source.openAt(place)))
    const standings = standingsOf(hypotheses, ledger.remaining)
    watch.round?.(round, standings)
    const certain = round === roundsMax ? [] : certainOf(standings, ledger)
    if (certain.length === 0) {
      for (const assigned of suggestionsOf(standings, ledger)) propose(proposalOf(assigned, source))
      return proposals.toSorted((a, b) => order(orderOf(a), orderOf(b)))
    }
    for (const assigned of certain) propose(proposalOf(assigned, source))
    const touched = new Set<number>()
    for (const { hypothesis } of certain) {
      for (const [at, place] of hypothesis.entries.entries()) {
        source.spend(place, hypothesis.spends[at] ?? 0n)
        touched.add(place)
      }
      for (const line of hypothesis.lines) explanations.delete(line)
    }
    free = free.filter((line) => explanations.has(line))
    const isTouched = (place: number): boolean => touched.has(place)
    for (const line of byAmount(free)) {
      const before = explanations.get(line)
      if (before === undefined) continue
      const stillInVain = before.inVain.some(isTouched) ? inVain(line, source) : before.inVain
      if (stillInVain === undefined || before.looked.some(isTouched)) explanations.set(line, explainLine(line))
      else if (stillInVain !== before.inVain) explanations.set(line, { ...before, inVain: stillInVain })
    }
  }
}

/** An order in which lines that meet the same entries follow each other, so that few entries are read again. */
function byAmount(lines: readonly LineFeatures[]): LineFeatures[] {
  return lines.toSorted((a, b) => Number(a.line.amount - b.line.amount))
}

/** A line's explanations by entries, and the entries that were looked at for them. */
export type Explained = {
  readonly hypotheses: readonly Hypothesis[]
  readonly looked: Uint32Array
  /** Those that share a key, and were found to add up to something else: what is paid of a day's bills concerns most lines only so far. */
  readonly inVain: Uint32Array
}

/** Those that share a key with the line, while none of them add up to it. */
function inVain(line: LineFeatures, source: CandidateSource): Uint32Array | undefined {
  const { hypotheses, looked } = sharedKeyGroups(line, source)
  return hypotheses.length === 0 ? Uint32Array.from(looked) : undefined
}

function hypothesesOf(explanations: ReadonlyMap<LineFeatures, Explained>, line: LineFeatures): readonly Hypothesis[] {
  return explanations.get(line)?.hypotheses ?? []
}

/** How well entries explain a line; of the best explanation the first entry where a document names it, and who that is with. */
export function bestOf(
  hypotheses: readonly Hypothesis[],
  source: CandidateSource,
): { readonly bits: number; readonly place?: number; readonly party?: Name } {
  let best: Hypothesis | undefined
  for (const hypothesis of hypotheses) if (hypothesis.bits > (best?.bits ?? 0)) best = hypothesis
  if (best === undefined) return { bits: 0 }
  const [place = 0] = best.entries
  const party = source.at(place).name
  const isNamed = best.identity === 'document' && best.isByTurn !== true
  return { bits: best.bits, ...(isNamed && { place }), ...(party !== undefined && { party }) }
}

/** Where both halves of a transfer are seen, one of them alone is no explanation. */
function withoutHalves(single: readonly Hypothesis[], linePairs: readonly Hypothesis[]): Hypothesis[] {
  const whole = new Set(
    linePairs.flatMap(({ lines, entries }) =>
      lines.flatMap(({ line }) => entries.map((place) => `${line.id} ${place}`)),
    ),
  )
  if (whole.size === 0) return [...single, ...linePairs]
  return [...single.filter(({ lines, entries }) => !whole.has(`${lines[0]?.line.id} ${entries[0]}`)), ...linePairs]
}

/** What may explain the line: single entries, and several of one party. */
export function explain(
  line: LineFeatures,
  {
    source,
    tariffs,
    isRefused,
  }: {
    readonly source: CandidateSource
    readonly tariffs: Tariffs
    readonly isRefused: (hypothesis: Hypothesis) => boolean
  },
): Explained {
  const candidates = source.candidatesFor(line)
  const pairs = candidates.flatMap((entry) => comparePair(line, entry, source) ?? [])
  const alike = alikeAmong(line, pairs)
  const single = pairs
    .flatMap((pair) => pairHypothesis(line, pair, source, alike(pair)) ?? [])
    .filter((hypothesis) => hypothesis.bits >= explanationBitsMin && !isRefused(hypothesis))
    .toSorted((a, b) => order(b.bits, a.bits) || order(a.entries[0] ?? 0, b.entries[0] ?? 0))
    .slice(0, explanationsMax)
  const payout = payoutHypotheses(line, tariffs, source)
  const byTariff = new Set(payout.hypotheses.flatMap(({ entries }) => (entries.length === 1 ? entries : [])))
  const shared = sharedKeyGroups(line, source)
  const isShared = shared.hypotheses.length > 0
  const several = [
    payout,
    depositHypotheses(line, pairs, source),
    ...(isShared ? [shared] : [groupHypotheses(line, pairs, source), billRunHypotheses(line, pairs, source)]),
  ]
  return {
    hypotheses: worthKeeping([
      ...single.filter(({ entries }) => !byTariff.has(entries[0] ?? -1)),
      ...several.flatMap(({ hypotheses }) => hypotheses).filter((hypothesis) => !isRefused(hypothesis)),
    ]),
    looked: Uint32Array.from([...candidates.map(({ place }) => place), ...several.flatMap(({ looked }) => looked)]),
    inVain: Uint32Array.from(isShared ? [] : shared.looked),
  }
}

function worthKeeping(hypotheses: readonly Hypothesis[]): readonly Hypothesis[] {
  const best = Math.max(...hypotheses.map(({ bits }) => bits))
  return hypotheses.filter(({ bits, series }) => series !== undefined || bits >= best - explanationBitsBehind)
}

/**
 * What a person refused: a line and an entry never meet again, alone or among others; several together are refused as that set
 * only, as part of them may well belong together.
 */
export function refusals(
  rejected: readonly Combination[],
  entryIdAt: (place: number) => string,
): (hypothesis: Hypothesis) => boolean {
  const pairs = new Set<string>()
  const sets = new Set<string>()
  for (const { transactionIds, entryIds } of rejected) {
    if (transactionIds.length === 1 && entryIds.length === 1) pairs.add(`${transactionIds[0]} ${entryIds[0]}`)
    else sets.add(setKey(transactionIds, entryIds))
  }
  if (rejected.length === 0) return () => false
  return ({ lines, entries }) => {
    const lineIds = lines.map(({ line }) => line.id)
    const entryIds = entries.map(entryIdAt)
    return (
      lineIds.some((lineId) => entryIds.some((entryId) => pairs.has(`${lineId} ${entryId}`))) ||
      sets.has(setKey(lineIds, entryIds))
    )
  }
}

function setKey(transactionIds: readonly string[], entryIds: readonly string[]): string {
  return [transactionIds, entryIds].map((ids) => [...new Set(ids)].toSorted().join(' ')).join(' / ')
}

function proposalOf(
  { hypothesis, confidence, automatic, rank, runnerUp }: Assigned,
  source: CandidateSource,
): MatchProposal {
  const { links, difference, reasons } = hypothesis.explain()
  return {
    links,
    ...(difference !== undefined && { difference }),
    confidence,
    automatic,
    rank,
    reasons: strongestFirst(reasons),
    ...(runnerUp !== undefined && { runnerUp: summaryOf(runnerUp, source) }),
  }
}

function summaryOf(
  { hypothesis, confidence }: RunnerUp,
  source: CandidateSource,
): NonNullable<MatchProposal['runnerUp']> {
  return {
    transactionIds: hypothesis.lines.map(({ line }) => line.id),
    entryIds: hypothesis.entries.map((place) => source.at(place).entry.id),
    confidence,
    reasons: strongestFirst(hypothesis.explain().reasons),
  }
}

function strongestFirst(reasons: readonly Reason[]): Reason[] {
  return reasons.toSorted((a, b) => Math.abs(b.strength) - Math.abs(a.strength))
}

function orderOf({ links, rank }: MatchProposal): string {
  return `${links[0]?.transactionId} ${rank} ${links.map(({ entryId }) => entryId).join(' ')}`
}
