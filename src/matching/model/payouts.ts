// What a payout of a processor is for: what was sold on the days that it names, or the sales of which, by the processor's tariff, it is
// what is left.

import type { CandidateSource } from './candidates.ts'
import type { EntryFeatures, LineFeatures } from './features.ts'
import { dayIn, dayRangeIn } from './day-ranges.ts'
import { groupHypothesis, memberOf, settleAll, sumWorth, type Groups } from './group-score.ts'
import type { Hypothesis, Identity } from './hypothesis.ts'
import { comparePair, pairHypothesis } from './pairs.ts'
import {
  isAnothers,
  isOneProcessor,
  isTakings,
  oneOfEachDay,
  payoutDaysMax,
  processorsIn,
  salesBefore,
  salesMax,
  salesOn,
  takingsAmong,
} from './sales.ts'
import { subsetCount } from './sums.ts'
import { fits, grossFor, isFree, isRoundShare, type Tariff, type Tariffs, type Terms } from './tariffs.ts'
import { weights } from './weights.ts'

/** Of some of a day's sales, so many are paid out at once; so many sets of them are tried, and so many proposed. */
const someMax = 6
const somesTriedMax = 20_000
const somesMax = 3
/** A day that is paid out less often than this after so many days is not searched. */
const oftenMin = 0.05
/** The share of a day on which nothing was paid out yet; and of how many days one is the usual one. */
const rareShare = 0.02
const usualDays = 5
const textMax = 600

/** One sale; all of a day or of some days that follow each other, or one posting of each of them; or some of one day's. */
export function payoutHypotheses(line: LineFeatures, tariffs: Tariffs, source: CandidateSource): Groups {
  const processor = line.payoutOf
  if (processor === undefined) return none
  const named = ofNamedDays(line, processor, tariffs.get(processor), source)
  if (named.hypotheses.length > 0) return named
  const namedDay = daysBackNamed(line)
  const terms = termsFor(namedDay, tariffs.get(processor))
  const days = salesBefore(line, source).map((day) => day.filter((sale) => !isAnothers(sale, processor)))
  const looked = [...named.looked, ...days.flat().map(({ place }) => place)]
  if (terms !== undefined && days.flat().some((sale) => fits(line, [sale], terms)))
    return { hypotheses: isFree(terms) ? [] : oneSale(line, days, terms, source), looked }
  const isLeftOf = (sales: readonly EntryFeatures[]): boolean =>
    terms === undefined ? isAllOf(line, sales) : fits(line, sales, terms)
  const sum =
    sumOfDaysThat(terms === undefined ? days.map((day) => day.filter(isTakings)) : days, isLeftOf) ??
    onlyOneOf(oneOfEachDay(takingsAmong(days, processor), grossFor(line)).filter(isLeftOf))
  if (sum !== undefined && (namedDay === undefined || sum.some(({ issueDay }) => issueDay === line.day - namedDay)))
    return { hypotheses: [sumOfDays(line, sum, source)], looked }
  return { hypotheses: terms === undefined ? [] : someOfADay(line, days, terms, source), looked }
}

/** How many days before the payout the day is that its text names as the day of its sales. */
function daysBackNamed({ line, day }: LineFeatures): number | undefined {
  const named = dayIn((line.remittanceInformation ?? '').slice(0, textMax))
  return named === undefined || named >= day || named < day - payoutDaysMax ? undefined : day - named
}

/** The processor's terms, and that this payout is after so many days. */
function termsFor(daysBack: number | undefined, terms: Terms | undefined): Terms | undefined {
  if (terms === undefined || daysBack === undefined) return terms
  return { ...terms, afterDays: terms.afterDays.map((_, back) => (back === daysBack ? 1 : 0)) }
}

/** How much likelier a sale is that was so many days before than that many others are. */
const daysBits = ({ afterDays }: Terms, back: number): number =>
  afterDays.length === 0 ? 0 : Math.log2(((afterDays[back] ?? 0) + rareShare) * usualDays)

const onlyOneOf = <Each>(those: readonly Each[]): Each | undefined => (those.length === 1 ? those[0] : undefined)

const none: Groups = { hypotheses: [], looked: [] }

function oneSale(
  line: LineFeatures,
  days: readonly (readonly EntryFeatures[])[],
  terms: Terms,
  source: CandidateSource,
): Hypothesis[] {
  return days.flatMap((sales, back) =>
    sales.flatMap((entry) => {
      const pair = fits(line, [entry], terms) ? comparePair(line, entry, source) : undefined
      return (pair && pairHypothesis(line, pair, source, { tariffDays: daysBits(terms, back) })) ?? []
    }),
  )
}

/** Some of one day's sales, of which it pays out just these by its tariff: those of the days first after which it mostly does. */
function someOfADay(
  line: LineFeatures,
  days: readonly (readonly EntryFeatures[])[],
  terms: Terms,
  source: CandidateSource,
): Hypothesis[] {
  const found = days.flatMap((sales, back) => {
    const often = terms.afterDays[back] ?? 0
    if (often < oftenMin) return []
    return someThatFit(line, sales, terms).map((those) => ({ those, sales, back }))
  })
  return found
    .toSorted((a, b) => (terms.afterDays[b.back] ?? 0) - (terms.afterDays[a.back] ?? 0))
    .slice(0, somesMax)
    .map(({ those, sales, back }) => {
      const members = sales.map((entry) => memberOf(line, entry, source))
      return sumOfDays(line, those, source, {
        tie: 'some',
        bits: sumWorth(members, { sizeMax: someMax }),
        tariffDays: daysBits(terms, back),
        identity: found.length === 1 ? 'likely' : 'none',
      })
    })
}

/** The sets of at least two of these sales that the payout is for by its tariff; none where too many sets would have to be tried. */
function someThatFit(line: LineFeatures, sales: readonly EntryFeatures[], tariff: Tariff): EntryFeatures[][] {
  if (subsetCount(sales.length, someMax) > somesTriedMax) return []
  const found: EntryFeatures[][] = []
  const { most } = grossFor(line)
  const search = (from: number, chosen: readonly EntryFeatures[], gross: number): void => {
    if (chosen.length > 1 && fits(line, chosen, tariff)) found.push([...chosen])
    if (chosen.length === someMax || gross > most) return
    for (let at = from; at < sales.length; at++) {
      const sale = sales[at]
      if (sale !== undefined) search(at + 1, [...chosen, sale], gross + Number(sale.entry.openAmount))
    }
  }
  search(0, [], 0)
  return found
}

/**
 * All takings of the days that the text names, of this processor where the books say whose they are, less what it keeps; or, where several
 * tills are paid out by themselves, the only ones of each of these days of which the payout is what is left by its tariff or less a round
 * share.
 */
function ofNamedDays(line: LineFeatures, processor: string, terms: Terms | undefined, source: CandidateSource): Groups {
  const range = dayRangeIn((line.line.remittanceInformation ?? '').slice(0, textMax))
  if (range === undefined) return none
  const days = salesOn('ledger_posting', line, { from: range.from, to: range.to }, source)
  const looked = days.flat().map(({ place }) => place)
  const itsOwn = (entry: EntryFeatures): boolean => processorsIn(entry).some((word) => isOneProcessor(word, processor))
  for (const isOf of days.flat().some(itsOwn) ? [itsOwn] : [ofNobody, ofNoOther]) {
    const takings = days.map((day) => day.filter(isOf))
    const sales = settlesAll(line, takings.flat(), source) ? takings.flat() : oneTills(line, takings, terms)
    if (sales !== undefined)
      return { hypotheses: [sumOfDays(line, sales, source, { tie: 'days', identity: 'document' })], looked }
  }
  return { hypotheses: [], looked }
}

const ofNoOther = (entry: EntryFeatures): boolean => processorsIn(entry).length === 0
const ofNobody = (entry: EntryFeatures): boolean => ofNoOther(entry) && entry.name === undefined

function settlesAll(line: LineFeatures, sales: readonly EntryFeatures[], source: CandidateSource): boolean {
  if (sales.length < 2 || sales.length > salesMax) return false
  const members = sales.map((entry) => memberOf(line, entry, source))
  return ['fee', 'exact', 'rounding'].includes(settleAll(line, members)?.kind ?? '')
}

function oneTills(
  line: LineFeatures,
  days: readonly (readonly EntryFeatures[])[],
  terms: Terms | undefined,
): readonly EntryFeatures[] | undefined {
  const sold = days.filter((day) => day.length > 0).length
  const sets = oneOfEachDay(days, grossFor(line)).filter((sales) => sales.length === sold)
  return onlyOneOf(sets.filter((sales) => (terms === undefined ? isRoundShare(line, sales) : fits(line, sales, terms))))
}

/** The sales of the fewest days that follow each other of which it holds, the latest first. */
function sumOfDaysThat(
  days: readonly (readonly EntryFeatures[])[],
  holds: (sales: readonly EntryFeatures[]) => boolean,
): readonly EntryFeatures[] | undefined {
  for (let first = 0; first < days.length; first++) {
    for (let last = first; last < days.length; last++) {
      const sales = days.slice(first, last + 1).flat()
      if (sales.length >= 2 && sales.length <= salesMax && holds(sales)) return sales
    }
  }
  return undefined
}

/** Where the fee is booked by itself, or charged by itself, all of it is paid out. */
const isAllOf = ({ line }: LineFeatures, sales: readonly EntryFeatures[]): boolean =>
  sales.reduce((total, { entry }) => total + entry.openAmount, 0n) === line.amount

function sumOfDays(
  line: LineFeatures,
  sales: readonly EntryFeatures[],
  source: CandidateSource,
  {
    tie,
    bits = weights.group.batch,
    tariffDays,
    identity = 'party',
  }: {
    readonly tie?: 'days' | 'some'
    readonly bits?: number
    readonly tariffDays?: number
    readonly identity?: Identity
  } = {},
): Hypothesis {
  const members = sales.map((entry) => memberOf(line, entry, source))
  const open = members.reduce((total, member) => total + member.open, 0n)
  const minor = line.line.amount - open
  return groupHypothesis({
    line,
    members,
    settlement:
      minor === 0n
        ? { kind: 'exact', settled: open, amount: open }
        : { kind: 'fee', settled: open, amount: open, difference: { minor, kind: 'fee' } },
    bits,
    identity,
    source,
    isBatch: true,
    ...(tie !== undefined && { tie }),
    ...(tariffDays !== undefined && { tariffDays }),
  })
}
