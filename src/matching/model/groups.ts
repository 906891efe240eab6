// One payment for several entries of one party: those that its text names, or the only ones that add up to it.

import type { CandidateSource } from './candidates.ts'
import type { EntryFeatures, LineFeatures } from './features.ts'
import { groupHypothesis, memberOf, settleAll, sumOf, sumWorth, type Groups, type Member } from './group-score.ts'
import type { Hypothesis } from './hypothesis.ts'
import type { Pair } from './pairs.ts'
import { size, type Settlement } from './settlement.ts'
import { subsetsWithSum, type SumLimits, type Sums } from './sums.ts'
import { weights } from './weights.ts'

const partiesMax = 2
/** The open entries of a party that are looked at, nearest in time. */
const membersMax = 60
/** Those among which any sum is looked for. */
const searchedMax = 20
const limits: SumLimits = { sizeMin: 2, sizeMax: 8, stepsMax: 3_000 }
/** Evidence below which a line is not taken to name a party, or a document. */
const partyBitsMin = 3
const documentBitsMin = 8
const numberBitsMin = 5
/** What is due on one day is paid within so many days of it, before or after. */
const togetherDaysMax = 7
/** Of a party's entries, those that are looked at for what is due about a day. */
const togetherMax = 12
const serialMin = 2

/** The explanations of a line by several entries of one of the parties that it was compared with, or by all that its text names. */
export function groupHypotheses(line: LineFeatures, pairs: readonly Pair[], source: CandidateSource): Groups {
  const looked: number[] = []
  if (pairs.some(isPlain)) return dueTogether(line, pairs, source)
  const named = namedOfSeveral(line, pairs, source) ?? bySerials(line, pairs, source)
  if (named !== undefined) return { hypotheses: [named], looked }
  const hypotheses = partiesOf(line, pairs).flatMap(({ party, currency }) => {
    const near = source.openOf(party, { currency, day: line.day, max: membersMax })
    const compared = pairs.flatMap(({ entry }) =>
      entry.party === party && entry.entry.currency === currency && !near.includes(entry) ? [entry] : [],
    )
    const members = [...near, ...compared]
      .filter(({ entry }) => entry.kind !== 'transfer')
      .map((entry) => memberOf(line, entry, source))
    looked.push(...members.map(({ entry }) => entry.place))
    if (members.length < 2) return []
    const ofParty = members.filter(isNamed)
    const byName = ofParty.length === 0 ? undefined : namedGroup(line, ofParty, members, source)
    const found = byName ?? summedGroup(line, members, source)
    return found === undefined ? [] : [found]
  })
  return { hypotheses, looked }
}

/** Documents of several parties that the text names, and that add up to the amount: one of a family pays for the others. */
function namedOfSeveral(line: LineFeatures, pairs: readonly Pair[], source: CandidateSource): Hypothesis | undefined {
  const named = pairs.filter(
    ({ entry, scored }) =>
      scored.byFamily.document >= documentBitsMin &&
      entry.entry.kind !== 'transfer' &&
      entry.entry.currency === line.line.currency,
  )
  if (new Set(named.map(({ entry }) => entry.party)).size < 2) return undefined
  const members = named.map(({ entry }) => memberOf(line, entry, source))
  const settlement = settleAll(line, members)
  if (settlement?.kind !== 'exact') return undefined
  return groupHypothesis({
    line,
    members,
    settlement,
    bits: weights.group.sumMax,
    identity: 'document',
    source,
    isBatch: true,
  })
}

/** Entries of one party whose numbers within their series stand in the text, bare: that they add up as well is no coincidence. */
function bySerials(line: LineFeatures, pairs: readonly Pair[], source: CandidateSource): Hypothesis | undefined {
  const forms = new Set(line.mentions.flatMap((mention) => mention.forms))
  const named = pairs.filter(({ entry: { documentNumber, party, issueDay }, scored }) => {
    const serial = documentNumber?.serial ?? ''
    const isWritten = (issueDay ?? 0) <= line.day
    return (
      isWritten && party !== undefined && scored.byFamily.party > 0 && serial.length >= serialMin && forms.has(serial)
    )
  })
  for (const those of Map.groupBy(named, ({ entry }) => entry.party).values()) {
    const members = those.map(({ entry }) => memberOf(line, entry, source))
    const settlement = members.length < 2 ? undefined : settleAll(line, members)
    if (settlement?.kind !== 'exact' && settlement?.kind !== 'discount') continue
    const bits = weights.group.sumMax
    return groupHypothesis({ line, members, settlement, bits, identity: 'document', source, tie: 'serials' })
  }
  return undefined
}

/** What a party has due on one day about then, in several entries: a loan's instalment and its interest. */
function dueTogether(line: LineFeatures, pairs: readonly Pair[], source: CandidateSource): Groups {
  const isDue = ({ entry, expectedDay, party }: EntryFeatures): boolean =>
    party !== undefined &&
    entry.kind !== 'transfer' &&
    expectedDay !== undefined &&
    Math.abs(expectedDay - line.day) <= togetherDaysMax
  const compared = pairs
    .filter(({ entry, scored }) => scored.byFamily.party > 0 && isDue(entry))
    .map(({ entry }) => entry)
  // Where the amount itself is due another time, the others of the party may not have been compared.
  const others = pairs.some((pair) => isPlain(pair) && isDue(pair.entry))
    ? []
    : partiesOf(line, pairs).flatMap(({ party, currency }) =>
        source.openOf(party, { currency, day: line.day, max: togetherMax }).filter(isDue),
      )
  const due = [...new Set([...compared, ...others])]
  const looked = others.map(({ place }) => place)
  for (const those of Map.groupBy(due, ({ expectedDay, party }) => `${expectedDay} ${party}`).values()) {
    const sum = those.reduce((total, { place }) => total + source.openAt(place), 0n)
    if (those.length < 2 || sum !== line.line.amount) continue
    const members = those.map((entry) => memberOf(line, entry, source))
    const settlement = settleAll(line, members)
    if (settlement?.kind !== 'exact') continue
    const identity = hasKnownParty(members) ? 'party' : 'none'
    const bits = weights.group.sumMax
    return { hypotheses: [groupHypothesis({ line, members, settlement, bits, identity, source })], looked }
  }
  return { hypotheses: [], looked }
}

/** An entry of exactly this amount with the right party or document: no sum of others is as simple. */
function isPlain({ settlement, scored }: Pair): boolean {
  const { party, document } = scored.byFamily
  return settlement.kind === 'exact' && document >= 0 && (party >= partyBitsMin || document >= documentBitsMin)
}

/** A short number says as much of the entries of one whose name stands there too. */
function isNamed({ scored }: Pick<Pair, 'scored'>): boolean {
  const { party, document } = scored.byFamily
  return document >= documentBitsMin || (document >= numberBitsMin && party > 0 && document + party >= documentBitsMin)
}

/** The parties that something other than an amount points to, the most likely first, in each currency that they have with the line. */
function partiesOf(
  { line }: LineFeatures,
  pairs: readonly Pair[],
): { readonly party: string; readonly currency: string }[] {
  const best = new Map<string, number>()
  const currencies = new Map<string, Set<string>>()
  for (const { entry, scored } of pairs) {
    const { party, document } = scored.byFamily
    if (entry.party === undefined || (party < partyBitsMin && !isNamed({ scored }))) continue
    best.set(entry.party, Math.max(best.get(entry.party) ?? 0, party + document))
    const known = currencies.get(entry.party) ?? new Set([line.currency])
    currencies.set(entry.party, known.add(entry.entry.currency))
  }
  return [...best]
    .toSorted(([a, bitsA], [b, bitsB]) => bitsB - bitsA || (a < b ? -1 : 1))
    .slice(0, partiesMax)
    .flatMap(([party]) => [...(currencies.get(party) ?? [])].map((currency) => ({ party, currency })))
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
  const ofOneNumber = onePerNumber(line, named)
  if (ofOneNumber !== undefined) {
    const settlement = settleAll(line, ofOneNumber)
    const bits = sumWorth(named, limits)
    if (settlement?.kind === 'exact')
      return groupHypothesis({ line, members: ofOneNumber, settlement, bits, identity: 'document', source })
  }
  return (
    withUnsaid(line, named, members, source) ??
    (direct?.kind === 'rounding' || direct?.kind === 'fee' || direct?.kind === 'fx'
      ? alone(direct, weights.amount[direct.kind])
      : direct?.kind === 'partial'
        ? lastInPart(line, named, source)
        : undefined)
  )
}

/** Where a supplier used a number twice: the only ones that add up to the line, of each number one or more. */
function onePerNumber(line: LineFeatures, named: readonly Member[]): Member[] | undefined {
  if (numbersOf(named) === named.length || named.length > searchedMax) return undefined
  if (named.some(({ entry }) => entry.entry.currency !== line.line.currency)) return undefined
  const chosen = only(named, line.line.amount)
  return chosen !== undefined && chosen.length > 1 && numbersOf(chosen) === numbersOf(named) ? chosen : undefined
}

const numbersOf = (members: readonly Member[]): number =>
  new Set(members.map(({ entry }) => entry.documentNumber?.whole)).size

/** All that the text names, in their order: the last of them gets what is left. */
function lastInPart(line: LineFeatures, named: readonly Member[], source: CandidateSource): Hypothesis | undefined {
  const members = named.toSorted(
    (a, b) => (a.entry.issueDay ?? 0) - (b.entry.issueDay ?? 0) || a.entry.place - b.entry.place,
  )
  const last = members.at(-1)
  if (last === undefined || named.some(({ entry }) => entry.entry.currency !== line.line.currency)) return undefined
  const lastPart = line.line.amount - sumOf(members.slice(0, -1))
  if (lastPart === 0n || lastPart > 0n !== last.open > 0n || size(lastPart) >= size(last.open)) return undefined
  const settlement: Settlement = { kind: 'partial', settled: line.line.amount, amount: line.line.amount }
  return groupHypothesis({
    line,
    members,
    settlement,
    bits: weights.amount.partial,
    identity: 'document',
    source,
    lastPart,
  })
}

function withUnsaid(
  line: LineFeatures,
  named: readonly Member[],
  members: readonly Member[],
  source: CandidateSource,
): Hypothesis | undefined {
  if (named.some(({ entry }) => entry.entry.currency !== line.line.currency)) return undefined
  const rest = line.line.amount - sumOf(named)
  if (rest === 0n) return undefined
  const unnamed = members.filter((member) => !named.includes(member))
  const others = unnamed.slice(0, searchedMax)
  const credits = unnamed.filter(({ open }) => open < 0n !== line.line.amount < 0n).slice(0, searchedMax)
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

/** The entries that add up to the line's amount: a natural set of them, such as all, or a month's; else any set that alone does. */
function summedGroup(line: LineFeatures, members: readonly Member[], source: CandidateSource): Hypothesis | undefined {
  for (const set of naturalSets(line, members)) {
    const settlement = set.length < 2 ? undefined : settleAll(line, set)
    if (settlement?.kind !== 'exact' && settlement?.kind !== 'discount') continue
    const identity = hasKnownParty(set) ? 'party' : hasLikelyParty(set) ? 'likely' : 'none'
    return groupHypothesis({ line, members: set, settlement, bits: weights.group.sumMax, identity, source })
  }
  if (members.some(({ entry }) => entry.entry.currency !== line.line.currency)) return undefined
  const near = members.slice(0, searchedMax)
  const sums = subsetsWithSum(
    near.map(({ open }) => open),
    line.line.amount,
    limits,
  )
  const chosen = pick(near, sums)
  const settlement = settleAll(line, chosen)
  if (chosen.length < 2 || settlement === undefined) return undefined
  const isOnly = sums.isComplete && sums.found.length <= 1
  const bits = sumWorth(near, limits) - (isOnly ? 0 : 1)
  const identity = isOnly && hasKnownParty(chosen) ? 'party' : 'none'
  return groupHypothesis({ line, members: chosen, settlement, bits, identity, source })
}

/** All that is open; what is due, or written, until the day; a month's, by either; and each of these without what is still to be credited. */
function naturalSets(line: LineFeatures, members: readonly Member[]): Member[][] {
  const dueUntil = (days: number) => members.filter(({ entry }) => (entry.expectedDay ?? 0) <= line.day + days)
  const months = (dayOf: (member: Member) => string | undefined): Member[][] => [
    ...Map.groupBy(members, (member) => dayOf(member)?.slice(0, 7) ?? '').values(),
  ]
  const sets = [
    [...members],
    members.filter(({ entry }) => (entry.issueDay ?? 0) <= line.day),
    dueUntil(0),
    dueUntil(7),
    dueUntil(14),
    ...months(({ entry: { entry } }) => entry.issueDate),
    ...months(({ entry: { entry } }) => entry.dueDate ?? entry.issueDate),
  ]
  return sets.flatMap((set) => [set, set.filter(({ open }) => open < 0n === line.line.amount < 0n)])
}

function pick(members: readonly Member[], { found }: Sums): Member[] {
  return (found[0] ?? []).flatMap((at) => members[at] ?? [])
}

function hasLikelyParty(members: readonly Member[]): boolean {
  return members.every(({ scored }) => scored.byFamily.party >= partyBitsMin)
}

function hasKnownParty(members: readonly Member[]): boolean {
  return members.every(({ scored }) =>
    scored.evidence.some(
      ({ key }) =>
        key === 'counterparty-iban.equal' || key === 'counterparty-name.equal' || key === 'counterparty.known',
    ),
  )
}
