// What a processor (card terminals, wallets, payment pages) pays out is what it collected less its fee: a share of each sale and
// sometimes a fixed sum. The fee is nowhere in the books, but it is always the same: so it is found from the payouts together, and
// then says to the cent which sale, or which day's takings, a payout is for.

import type { CandidateSource } from './candidates.ts'
import type { EntryFeatures, LineFeatures } from './features.ts'
import { dayRangeIn, type DayRange } from './day-ranges.ts'
import { groupHypothesis, memberOf, settleAll, type Groups } from './group-score.ts'
import type { Hypothesis } from './hypothesis.ts'
import { issuedKey } from './keys.ts'
import { isProcessorWord } from './names.ts'
import { comparePair, pairHypothesis } from './pairs.ts'
import type { EntryKind } from './types.ts'
import { weights } from './weights.ts'

/** Of each sale a share, and minor units. */
export type Tariff = { readonly share: number; readonly fixed: number }
export type Tariffs = ReadonlyMap<string, Tariff>

const soldKinds: readonly EntryKind[] = ['sales_invoice', 'ledger_posting']
/** A sale is paid out within so many days. */
const daysMax = 8
/** A day with more sales than this tells nothing of one. */
const salesMax = 80
/** What processors take: at most this share, and this fixed sum in these steps. */
const shareMax = 0.05
const fixedMax = 500
const fixedStep = 5
/** Shares are looked for in hundredths of a percent. */
const shareStep = 0.0001
/** So many payouts have to agree, and this share of them. */
const agreeMin = 5
const agreeShareMin = 0.2
/** Of a processor's payouts, those that are looked at to find its tariff. */
const payoutsMax = 300
/** Fees are rounded sale by sale. */
const roundingPerSale = 1
const textMax = 600

/** The tariffs of the processors whose payouts agree on one. */
export function tariffsOf(lines: readonly LineFeatures[], source: CandidateSource): Tariffs {
  const tariffs = new Map<string, Tariff>()
  for (const [payer, payouts] of Map.groupBy(lines, ({ payoutOf }) => payoutOf)) {
    if (payer === undefined || payouts.length < agreeMin) continue
    const tariff = tariffOf(payouts.slice(0, payoutsMax), source)
    if (tariff !== undefined) tariffs.set(payer, tariff)
  }
  return tariffs
}

function tariffOf(payouts: readonly LineFeatures[], source: CandidateSource): Tariff | undefined {
  const votes = new Map<number, Set<LineFeatures>>()
  const shares = Math.round(shareMax / shareStep) + 1
  for (const payout of payouts) {
    const paid = Number(payout.line.amount)
    for (const { entry } of salesBefore(payout, source).flat()) {
      const open = Number(entry.openAmount)
      const fee = open - paid
      if (fee <= 0 || fee > open * shareMax + fixedMax) continue
      for (let fixed = 0; fixed <= Math.min(fixedMax, fee); fixed += fixedStep) {
        const least = (fee - fixed - 0.6) / open / shareStep
        const most = (fee - fixed + 0.6) / open / shareStep
        for (let share = Math.max(0, Math.ceil(least)); share <= Math.min(shares - 1, Math.floor(most)); share++) {
          const key = (fixed / fixedStep) * shares + share
          const known = votes.get(key)
          if (known === undefined) votes.set(key, new Set([payout]))
          else known.add(payout)
        }
      }
    }
  }
  let best: { key: number; count: number } = { key: 0, count: 0 }
  // Of two that explain as many payouts, the smaller fixed sum and then the smaller share.
  for (const [key, { size: count }] of [...votes].toSorted(([a], [b]) => a - b))
    if (count > best.count) best = { key, count }
  if (best.count < Math.max(agreeMin, agreeShareMin * payouts.length)) return undefined
  return { fixed: Math.floor(best.key / shares) * fixedStep, share: (best.key % shares) * shareStep }
}

/** What a payout is for: what was sold on the days that it names; by its processor's tariff one sale, or all of a day or of some days that follow each other. */
export function payoutHypotheses(line: LineFeatures, tariffs: Tariffs, source: CandidateSource): Groups {
  if (line.payoutOf === undefined) return none
  const named = ofNamedDays(line, line.payoutOf, source)
  if (named.hypotheses.length > 0) return named
  const tariff = tariffs.get(line.payoutOf)
  const days = salesBefore(line, source)
  const hypotheses = tariff === undefined ? [] : oneSale(line, days.flat(), tariff, source)
  if (hypotheses.length === 0) {
    const takings = tariff === undefined ? days.map((day) => day.filter(isTakings)) : days
    const sum = sumOfDaysThat(takings, (sales) =>
      tariff === undefined ? isAllOf(line, sales) : fits(line, sales, tariff),
    )
    if (sum !== undefined) hypotheses.push(sumOfDays(line, sum, source))
  }
  return { hypotheses, looked: [...named.looked, ...days.flat().map(({ place }) => place)] }
}

const none: Groups = { hypotheses: [], looked: [] }

function oneSale(
  line: LineFeatures,
  sales: readonly EntryFeatures[],
  tariff: Tariff,
  source: CandidateSource,
): Hypothesis[] {
  return sales.flatMap((entry) => {
    const pair = fits(line, [entry], tariff) ? comparePair(line, entry, source) : undefined
    return (pair && pairHypothesis(line, pair, source, { isByTariff: true })) ?? []
  })
}

/** All takings of the days that the text names, of this processor where the books say whose they are, less what it keeps. */
function ofNamedDays(line: LineFeatures, processor: string, source: CandidateSource): Groups {
  const range = dayRangeIn((line.line.remittanceInformation ?? '').slice(0, textMax))
  if (range === undefined) return none
  const takings = salesOn('ledger_posting', line, { from: range.from, to: range.to }, source).flat()
  const itsOwn = takings.filter((entry) => processorsIn(entry).some((word) => isOneProcessor(word, processor)))
  const ofNoOther = takings.filter((entry) => processorsIn(entry).length === 0)
  const ofNobody = ofNoOther.filter(({ name }) => name === undefined)
  for (const sales of itsOwn.length > 0 ? [itsOwn] : [ofNobody, ofNoOther]) {
    if (sales.length < 2 || sales.length > salesMax) continue
    const kind = settleAll(
      line,
      sales.map((entry) => memberOf(line, entry, source)),
    )?.kind
    if (kind === 'fee' || kind === 'exact' || kind === 'rounding')
      return { hypotheses: [sumOfDays(line, sales, source, 'days')], looked: takings.map(({ place }) => place) }
  }
  return { hypotheses: [], looked: takings.map(({ place }) => place) }
}

const processorsIn = ({ name, words }: EntryFeatures): string[] =>
  [...(name?.words ?? []), ...words].filter(isProcessorWord)

/** iZettle is Zettle. */
const isOneProcessor = (word: string, other: string): boolean => word.endsWith(other) || other.endsWith(word)

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

const isTakings = ({ entry }: EntryFeatures): boolean => entry.kind === 'ledger_posting'

/** Where the fee is booked by itself, or charged by itself, all of it is paid out. */
const isAllOf = ({ line }: LineFeatures, sales: readonly EntryFeatures[]): boolean =>
  sales.reduce((total, { entry }) => total + entry.openAmount, 0n) === line.amount

function sumOfDays(
  line: LineFeatures,
  sales: readonly EntryFeatures[],
  source: CandidateSource,
  tie?: 'days',
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
    bits: weights.group.batch,
    identity: tie === undefined ? 'party' : 'document',
    source,
    isBatch: true,
    ...(tie !== undefined && { tie }),
  })
}

function fits({ line }: LineFeatures, sales: readonly EntryFeatures[], { share, fixed }: Tariff): boolean {
  const gross = sales.reduce((total, { entry }) => total + Number(entry.openAmount), 0)
  const expected = gross * (1 - share) - fixed * sales.length
  // The share itself is known to half its step.
  const slack = Math.min(roundingPerSale * Math.sqrt(sales.length) + 0.5, 3) + (gross * shareStep) / 4
  return Math.abs(Number(line.amount) - expected) <= slack
}

/** The open sales of each of the days before the payout, the latest day first. */
function salesBefore(line: LineFeatures, source: CandidateSource): EntryFeatures[][] {
  const days = { from: line.day - daysMax, to: line.day }
  const [invoices = [], takings = []] = soldKinds.map((kind) => salesOn(kind, line, days, source))
  return invoices.map((sales, back) => [...sales, ...(takings[back] ?? [])])
}

function salesOn(
  kind: EntryKind,
  { line }: LineFeatures,
  { from, to }: DayRange,
  source: CandidateSource,
): EntryFeatures[][] {
  return Array.from({ length: to - from + 1 }, (_, back) =>
    source
      .openWith(issuedKey(kind, line.currency, to - back), salesMax)
      .filter((place) => source.openAt(place) > 0n)
      .map((place) => source.at(place)),
  )
}
