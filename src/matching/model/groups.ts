// One payment for several entries of one party: those that its text names, or the only ones that add up to it.

import type { CandidateSource } from './candidates.ts'
import type { LineFeatures } from './features.ts'
import { groupHypothesis, memberOf, settleAll, sumOf, sumWorth, type Groups, type Member } from './group-score.ts'
import type { Hypothesis } from './hypothesis.ts'
import type { Pair } from './pairs.ts'
import type { Settlement } from './settlement.ts'
import { subsetsWithSum, type SumLimits, type Sums } from './sums.ts'
import { weights } from './weights.ts'

const partiesMax = 2
/** The open entries of a party that are looked at, nearest in time. */
const membersMax = 20
const limits: SumLimits = { sizeMin: 2, sizeMax: 8, stepsMax: 3_000 }
/** Evidence below which a line is not taken to name a party, or a document. */
const partyBitsMin = 3
const documentBitsMin = 8

/** The explanations of a line by several entries of one of the parties that it was compared with. */
export function groupHypotheses(line: LineFeatures, pairs: readonly Pair[], source: CandidateSource): Groups {
  const looked: number[] = []
  if (pairs.some(isPlain)) return { hypotheses: [], looked }
  const hypotheses = partiesOf(pairs).flatMap((party) => {
    const near = { currency: line.line.currency, day: line.day, max: membersMax }
    const members = source
      .openOf(party, near)
      .filter(({ entry }) => entry.kind !== 'transfer')
      .map((entry) => memberOf(line, entry, source))
    looked.push(...members.map(({ entry }) => entry.place))
    if (members.length < 2) return []
    const named = members.filter(({ scored }) => scored.byFamily.document >= documentBitsMin)
    const byName = named.length === 0 ? undefined : namedGroup(line, named, members, source)
    const found = byName ?? summedGroup(line, members, source)
    return found === undefined ? [] : [found]
  })
  return { hypotheses, looked }
}

/** An entry of exactly this amount with the right party or document: no sum of others is as simple. */
function isPlain({ settlement, scored }: Pair): boolean {
  const { party, document } = scored.byFamily
  return settlement.kind === 'exact' && document >= 0 && (party >= partyBitsMin || document >= documentBitsMin)
}

/** The parties that something other than an amount points to, the most likely first. */
function partiesOf(pairs: readonly Pair[]): string[] {
  const best = new Map<string, number>()
  for (const { entry, scored } of pairs) {
    const { party, document } = scored.byFamily
    if (entry.party === undefined || (party < partyBitsMin && document < documentBitsMin)) continue
    best.set(entry.party, Math.max(best.get(entry.party) ?? 0, party + document))
  }
  return [...best]
    .toSorted(([a, bitsA], [b, bitsB]) => bitsB - bitsA || (a < b ? -1 : 1))
    .slice(0, partiesMax)
    .map(([party]) => party)
}

/**
 * The entries that the text names: they alone, if their sum is exact; else with the credit notes, or the one set of others, that
 * it leaves unsaid; else they alone with a difference.
 */
function namedGroup(
  line: LineFeatures,
  named: readonly Member[],
  members: readonly Member[],
  source: CandidateSource,
): Hypothesis | undefined {
  const direct = named.length < 2 ? undefined : settleAll(line, named)
  const alone = (settlement: Settlement, bits: number): Hypothesis =>
    groupHypothesis({ line, members: named, settlement, bits, identity: 'document', source })
  if (direct?.kind === 'exact' || direct?.kind === 'discount') return alone(direct, weights.group.sumMax)
  return (
    withUnsaid(line, named, members, source) ??
    (direct?.kind === 'rounding' || direct?.kind === 'fee' ? alone(direct, weights.amount[direct.kind]) : undefined)
  )
}

function withUnsaid(
  line: LineFeatures,
  named: readonly Member[],
  members: readonly Member[],
  source: CandidateSource,
): Hypothesis | undefined {
  const rest = line.line.amount - sumOf(named)
  if (rest === 0n) return undefined
  const others = members.filter((member) => !named.includes(member))
  const credits = others.filter(({ open }) => open < 0n !== line.line.amount < 0n)
  const unsaid = only(credits, rest) ?? only(others, rest)
  if (unsaid === undefined) return undefined
  const all = [...named, ...unsaid]
  const settlement = settleAll(line, all)
  if (settlement === undefined) return undefined
  const identity = unsaid.every((member) => credits.includes(member)) ? 'document' : 'party'
  const bits = sumWorth(others, limits) + weights.group.unnamed * unsaid.length
  return groupHypothesis({ line, members: all, settlement, bits, identity, source })
}

/** The single subset with that sum, if there is just one. */
function only(members: readonly Member[], sum: bigint): Member[] | undefined {
  const sums = subsetsWithSum(
    members.map(({ open }) => open),
    sum,
    { ...limits, sizeMin: 1 },
  )
  return sums.isComplete && sums.found.length === 1 ? pick(members, sums) : undefined
}

/** The entries that add up to the line's amount, preferring all that is open with the party. */
function summedGroup(line: LineFeatures, members: readonly Member[], source: CandidateSource): Hypothesis | undefined {
  const whole = settleAll(line, members)
  const sums = subsetsWithSum(
    members.map(({ open }) => open),
    line.line.amount,
    limits,
  )
  const isWhole = whole !== undefined && (whole.kind === 'exact' || whole.kind === 'discount')
  const chosen = isWhole ? members : pick(members, sums)
  const settlement = settleAll(line, chosen)
  if (chosen.length < 2 || settlement === undefined) return undefined
  const isOnly = sums.isComplete && sums.found.length <= 1
  const bits = isWhole && isOnly ? weights.group.sumMax : sumWorth(members, limits) - (isOnly ? 0 : 1)
  const identity = isOnly && hasKnownParty(chosen) ? 'party' : 'none'
  return groupHypothesis({ line, members: chosen, settlement, bits, identity, source })
}

function pick(members: readonly Member[], { found }: Sums): Member[] {
  return (found[0] ?? []).flatMap((at) => members[at] ?? [])
}

function hasKnownParty(members: readonly Member[]): boolean {
  return members.every(({ scored }) =>
    scored.evidence.some(
      ({ key }) =>
        key === 'counterparty-iban.equal' || key === 'counterparty-name.equal' || key === 'counterparty.known',
    ),
  )
}
