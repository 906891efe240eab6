// What it is worth that several entries of one party together explain a line.

import { formatMoney } from '../../values/money.ts'
import type { CandidateSource } from './candidates.ts'
import type { EntryFeatures, LineFeatures } from './features.ts'
import { linkOf, type Explanation, type Hypothesis, type Identity } from './hypothesis.ts'
import { isContradicted } from './pairs.ts'
import type { Reason, ReasonKey } from './reasons.ts'
import { reasonsOf as reasonsOfPair, scorePair, type Scored } from './score.ts'
import { expectedOf, settle, size, type Settlement } from './settlement.ts'
import { subsetCount, sumRange, type SumLimits } from './sums.ts'
import { among, packed, worthOf } from './traits.ts'
import { weights } from './weights.ts'

/** An open entry of the party, compared with the line; `open` is signed as the line sees it. */
export type Member = { readonly entry: EntryFeatures; readonly scored: Scored; readonly open: bigint }

export function memberOf(line: LineFeatures, entry: EntryFeatures, source: CandidateSource): Member {
  return { entry, scored: scorePair(line, entry, source), open: expectedOf(entry.entry, line.line).open }
}

/** How the line settles the members' sum, with the discounts that are in time. Members have one currency. */
export function settleAll(line: LineFeatures, members: readonly Member[]): Settlement | undefined {
  const reduced = members.reduce((total, { entry, open }) => {
    const { discounted } = expectedOf(entry.entry, line.line)
    return total + (discounted?.isInTime === true ? discounted.open : open)
  }, 0n)
  const currency = members[0]?.entry.entry.currency ?? line.line.currency
  return settle(line.line, { open: sumOf(members), currency, discounted: { open: reduced, isInTime: true } })
}

export function sumOf(members: readonly Member[]): bigint {
  return members.reduce((total, { open }) => total + open, 0n)
}

/**
 * What it is worth that some of these amounts add up to the line's: little where many subsets share few possible sums. The
 * subsets' number also stands for the choice among them, so a find among many has to be a rare one.
 */
export function sumWorth(members: readonly Member[], { sizeMax }: Pick<SumLimits, 'sizeMax'>): number {
  const subsets = subsetCount(members.length, sizeMax)
  const range = sumRange(members.map(({ open }) => open))
  return Math.min(weights.group.sumMax, Math.log2((weights.group.share * range) / subsets))
}

type Group = {
  readonly line: LineFeatures
  readonly members: readonly Member[]
  readonly settlement: Settlement
  /** What the sum is worth. */
  readonly bits: number
  readonly identity: Identity
  readonly source: CandidateSource
  /** They are several parties': who the other side is says nothing. */
  readonly isBatch?: boolean
  /** What ties them to the text besides their documents: numbers within their series, bare; the days that it names; a number that describes all of them; a day of which they are some; that they follow each other; a payment run, and how many are in it. */
  readonly tie?: 'serials' | 'days' | 'described' | 'some' | 'following' | 'run' | 'counted'
  /** Of what is left by a processor's tariff: how usual it is, in bits, that it pays out after so many days. */
  readonly tariffDays?: number
  /** What the last of them gets, where that is less than what is open of it. */
  readonly lastPart?: bigint
}

/** What several entries may explain, and the entries that were looked at for it. */
export type Groups = { readonly hypotheses: readonly Hypothesis[]; readonly looked: readonly number[] }

/** The explanation of the line by these entries together. */
export function groupHypothesis({
  line,
  members,
  settlement,
  bits,
  identity,
  source,
  isBatch = false,
  tie,
  tariffDays,
  lastPart,
}: Group): Hypothesis {
  const of = (family: 'time' | 'document' | 'party' | 'text' | 'account' | 'code'): number[] =>
    members.map(({ scored }) => scored.byFamily[family])
  const document = of('document')
  const named = document.filter((each) => each > 0).reduce((total, each) => total + each, 0)
  // One that is not named while others of the group are: `group.unnamed` has counted that; only a foreign document counts here.
  const against = named > 0 ? 0 : Math.min(...document, 0)
  const party = isBatch ? 0 : Math.min(...of('party'))
  const traits = packed({
    ...among(source.entryCount),
    [isBatch ? 'is batch' : named > 0 ? 'is named sum' : 'is sum']: 1,
    [`sum ${settlement.kind}`]: 1,
    [isBatch ? 'batch bits' : 'sum bits']: bits,
    'sum members': Math.log2(members.length),
    'sum documents': Math.min(named, weights.group.documentsMax),
    'sum foreign document': against,
    'sum party': party,
    'sum time': mean(of('time')),
    'sum text': Math.max(...of('text')),
    'sum account': Math.min(...of('account')),
    'sum code': Math.min(...of('code')),
    ...(identity === 'none' && { 'sum ambiguous': 1 }),
    ...(tie !== undefined && { [`sum.${tie}`]: weights.group.tied }),
    ...(tariffDays !== undefined && { 'tariff.days': tariffDays }),
  })
  const places = members.map(({ entry }) => entry.place)
  return {
    lines: [line],
    entries: places,
    // Each entry is settled whole, but for the last that may not be; what the sum lacks is the match's difference.
    spends: settledOf(members, lastPart).map(size),
    ...(lastPart !== undefined && { isPartial: true }),
    ...(settlement.difference !== undefined && { difference: settlement.difference.kind }),
    traits,
    bits: worthOf(traits),
    identity,
    isContradicted: named === 0 && members.some(({ entry, scored }) => isContradicted(line, entry, scored, source)),
    explain: explainGroup(line, places, { bits, lastPart }, source),
  }
}

const settledOf = (members: readonly Member[], lastPart: bigint | undefined): bigint[] =>
  members.map(({ open }, at) => (at === members.length - 1 ? (lastPart ?? open) : open))

function explainGroup(
  line: LineFeatures,
  places: readonly number[],
  { bits, lastPart }: { readonly bits: number; readonly lastPart: bigint | undefined },
  source: CandidateSource,
): () => Explanation {
  return () => {
    const members = places.map((place) => memberOf(line, source.at(place), source))
    const settlement = settleAll(line, members)
    if (settlement === undefined) throw new Error('a group is explained before anything of its entries is spent')
    const isNamed = members.some(({ scored }) => scored.byFamily.document > 0)
    const settled = settledOf(members, lastPart)
    return {
      links: members.map(({ entry, open }, at) => {
        const part = settled[at] ?? open
        return linkOf(line, entry, { amount: part, settled: part })
      }),
      ...(settlement.difference !== undefined && { difference: settlement.difference }),
      reasons: [sumReason(members, settlement, { bits, line }), ...reasonsOf(members, isNamed)],
    }
  }
}

const sumKeys: Readonly<Partial<Record<Settlement['kind'], ReasonKey>>> = {
  exact: 'amount.sum',
  discount: 'amount.sum-discount',
  partial: 'amount.sum-part',
}

function sumReason(
  members: readonly Member[],
  { kind, difference }: Settlement,
  { bits, line }: { bits: number; line: LineFeatures },
): Reason {
  const params = {
    count: members.length,
    difference: formatMoney({ minor: difference?.minor ?? 0n, currency: line.line.currency }),
  }
  const key = sumKeys[kind] ?? 'amount.sum-rounding'
  return { signal: 'amount', strength: Math.round(bits * 10) / 10, key, params }
}

/**
 * What was said of the documents, and once what was said of the party and of the days. Where the text names some of the group,
 * that it names others than each of them is no news.
 */
function reasonsOf(members: readonly Member[], isNamed: boolean): Reason[] {
  const once = new Map<string, Reason>()
  for (const reason of members.flatMap(({ scored }) => reasonsOfPair(scored))) {
    if (reason.signal === 'amount' || (isNamed && reason.key.startsWith('document-number.other'))) continue
    const id = `${reason.key} ${reason.params['documentNumber'] ?? reason.params['reference'] ?? ''}`
    if (!once.has(id)) once.set(id, reason)
  }
  return [...once.values()]
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0) / Math.max(1, numbers.length)
}
