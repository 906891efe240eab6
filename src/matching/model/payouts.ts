// What a processor (card terminals, wallets, payment pages) pays out is what it collected less its fee: a share of each sale and
// sometimes a fixed sum. The fee is nowhere in the books, but it is always the same: so it is found from the payouts together, and
// then says to the cent which sale, or which day's takings, a payout is for.

import type { CandidateSource } from './candidates.ts'
import type { EntryFeatures, LineFeatures } from './features.ts'
import { groupHypothesis, memberOf, type Groups } from './group-score.ts'
import type { Hypothesis } from './hypothesis.ts'
import { issuedKey } from './keys.ts'
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

/** What a payout is for by its processor's tariff: one sale, or all of a day or of some days that follow each other. */
export function payoutHypotheses(line: LineFeatures, tariffs: Tariffs, source: CandidateSource): Groups {
  const tariff = line.payoutOf === undefined ? undefined : tariffs.get(line.payoutOf)
  if (tariff === undefined) return { hypotheses: [], looked: [] }
  const days = salesBefore(line, source)
  const hypotheses: Hypothesis[] = []
  for (const entry of days.flat()) {
    if (!fits(line, [entry], tariff)) continue
    const pair = comparePair(line, entry, source)
    const hypothesis = pair && pairHypothesis(line, pair, source, { isByTariff: true })
    if (hypothesis !== undefined) hypotheses.push(hypothesis)
  }
  if (hypotheses.length === 0) {
    for (let first = 0; first < days.length && hypotheses.length === 0; first++) {
      for (let last = first; last < days.length; last++) {
        const sales = days.slice(first, last + 1).flat()
        if (sales.length < 2 || sales.length > salesMax || !fits(line, sales, tariff)) continue
        hypotheses.push(sumOfDays(line, sales, source))
        break
      }
    }
  }
  return { hypotheses, looked: days.flat().map(({ place }) => place) }
}

function sumOfDays(line: LineFeatures, sales: readonly EntryFeatures[], source: CandidateSource): Hypothesis {
  const members = sales.map((entry) => memberOf(line, entry, source))
  const open = members.reduce((total, member) => total + member.open, 0n)
  const minor = line.line.amount - open
  return groupHypothesis({
    line,
    members,
    settlement: { kind: 'fee', settled: open, amount: open, difference: { minor, kind: 'fee' } },
    bits: weights.group.batch,
    identity: 'party',
    source,
    isBatch: true,
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
function salesBefore({ line, day }: LineFeatures, source: CandidateSource): EntryFeatures[][] {
  return Array.from({ length: daysMax + 1 }, (_, back) =>
    soldKinds
      .flatMap((kind) => source.openWith(issuedKey(kind, line.currency, day - back), salesMax))
      .filter((place) => source.openAt(place) > 0n)
      .map((place) => source.at(place)),
  )
}
