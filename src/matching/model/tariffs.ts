// What a processor (card terminals, wallets, payment pages) keeps of what it collected: a share of each sale and sometimes a fixed
// sum. The fee is nowhere in the books, but it is always the same: so it is found from the payouts together.

import type { CandidateSource } from './candidates.ts'
import type { EntryFeatures, LineFeatures } from './features.ts'
import { oneOfEachDay, payoutDaysMax, salesBefore, takingsAmong } from './sales.ts'

/** Of each sale a share, and minor units. */
export type Tariff = { readonly share: number; readonly fixed: number }

/** And after how many days sales are paid out: of the payouts that tell, the share of each number of days. */
export type Terms = Tariff & { readonly afterDays: readonly number[] }

/** By processor. */
export type Tariffs = ReadonlyMap<string, Terms>

/** What processors take: at most this share, and this fixed sum. */
const shareMax = 0.05
const fixedMax = 500
/** Shares are looked for in hundredths of a percent. */
const shareStep = 0.0001
const shares = Math.round(shareMax / shareStep) + 1
/** So many payouts have to agree, and this share of them. */
const agreeMin = 5
const agreeShareMin = 0.2
/** Of a processor's payouts, those that are looked at to find its tariff. */
const payoutsMax = 300
/** Fees are rounded sale by sale. */
const roundingPerSale = 1
/** Most tariffs are so many twentieths of a percent. Where that is less than so many minor units, many sums have one by chance. */
const roundShare = 0.0005
const roundStepMin = 40
/** Sales of round amounts are paid out whole by chance: only if that is mostly as late is it how a processor pays. */
const regularMin = 0.4

/** The tariffs of the processors whose payouts agree on one. */
export function tariffsOf(lines: readonly LineFeatures[], source: CandidateSource): Tariffs {
  const tariffs = new Map<string, Terms>()
  for (const [processor, all] of Map.groupBy(lines, ({ payoutOf }) => payoutOf)) {
    if (processor === undefined || all.length < agreeMin) continue
    const payouts = all.slice(0, payoutsMax)
    const terms = ofSales(payouts, source) ?? ofDays(payouts, processor, source)
    if (terms !== undefined) tariffs.set(processor, terms)
  }
  return tariffs
}

/** Where single sales are paid out. */
function ofSales(payouts: readonly LineFeatures[], source: CandidateSource): Terms | undefined {
  const tariff = agreedOn(payouts, (payout) => salesBefore(payout, source).flatMap((day) => day.map((sale) => [sale])))
  if (tariff === undefined) return undefined
  const afterDays = afterDaysOf(payouts, tariff, source)
  return isFree(tariff) && Math.max(...afterDays) < regularMin ? undefined : { ...tariff, afterDays }
}

/** Where the takings of some days are. */
function ofDays(payouts: readonly LineFeatures[], processor: string, source: CandidateSource): Terms | undefined {
  const tariff = agreedOn(payouts, (payout) =>
    oneOfEachDay(takingsAmong(salesBefore(payout, source), processor), grossFor(payout)),
  )
  return tariff && { ...tariff, afterDays: [] }
}

/** What the sales may come to of which the payout is what is left. */
export function grossFor({ line }: LineFeatures): { readonly least: number; readonly most: number } {
  const least = Number(line.amount)
  return { least, most: (least + fixedMax) / (1 - shareMax) }
}

/** The tariff by which most payouts are what is left of one of the sets of sales that they may be for. */
function agreedOn(
  payouts: readonly LineFeatures[],
  setsOf: (payout: LineFeatures) => readonly (readonly EntryFeatures[])[],
): Tariff | undefined {
  const votes = new Uint16Array(shares * (fixedMax + 1))
  /** Which payout voted last: each votes once. */
  const voter = new Uint16Array(votes.length)
  for (const [at, payout] of payouts.entries()) {
    for (const sales of setsOf(payout)) {
      const gross = grossOf(sales)
      const fee = gross - Number(payout.line.amount)
      if (fee < 0 || fee > gross * shareMax + fixedMax * sales.length) continue
      const off = roundedBy(sales)
      for (let fixed = 0; fixed <= Math.min(fixedMax, fee / sales.length); fixed++) {
        const least = (fee - fixed * sales.length - off) / gross / shareStep
        const most = (fee - fixed * sales.length + off) / gross / shareStep
        for (let share = Math.max(0, Math.ceil(least)); share <= Math.min(shares - 1, Math.floor(most)); share++) {
          const key = fixed * shares + share
          if (voter[key] === at + 1) continue
          voter[key] = at + 1
          votes[key] = (votes[key] ?? 0) + 1
        }
      }
    }
  }
  // Of two that explain as many payouts, the smaller fixed sum and then the smaller share.
  const count = votes.reduce((most, each) => Math.max(most, each), 0)
  const key = votes.indexOf(count)
  if (count < Math.max(agreeMin, agreeShareMin * payouts.length)) return undefined
  return { fixed: Math.floor(key / shares), share: (key % shares) * shareStep }
}

/** How often the day that is so many days back has a sale that is paid out by itself, where only one day has. */
function afterDaysOf(payouts: readonly LineFeatures[], tariff: Tariff, source: CandidateSource): readonly number[] {
  const told = payouts.flatMap((payout) => {
    const fitting = salesBefore(payout, source).map((sales) => sales.some((sale) => fits(payout, [sale], tariff)))
    return fitting.filter(Boolean).length === 1 ? [fitting.indexOf(true)] : []
  })
  return Array.from(
    { length: payoutDaysMax + 1 },
    (_, back) => told.filter((each) => each === back).length / Math.max(1, told.length),
  )
}

/** What is charged or booked by itself is not kept. */
export const isFree = ({ share, fixed }: Tariff): boolean => share === 0 && fixed === 0

/** Whether the payout is what is left of these sales. */
export function fits({ line }: LineFeatures, sales: readonly EntryFeatures[], tariff: Tariff): boolean {
  const gross = grossOf(sales)
  if (isFree(tariff)) return Number(line.amount) === gross
  const expected = gross * (1 - tariff.share) - tariff.fixed * sales.length
  // The share itself is known to half its step.
  const slack = Math.min(roundingPerSale * Math.sqrt(sales.length) + 0.5, 3) + (gross * shareStep) / 4
  return Math.abs(Number(line.amount) - expected) <= slack
}

/** Whether what was kept of these sales is a share as tariffs have it, and one in many sums of this size would be. */
export function isRoundShare({ line }: LineFeatures, sales: readonly EntryFeatures[]): boolean {
  const gross = grossOf(sales)
  const step = gross * roundShare
  const fee = gross - Number(line.amount)
  const off = Math.abs(fee - Math.round(fee / step) * step)
  return step >= roundStepMin && off <= roundedBy(sales)
}

/** What rounding sale by sale may have come to. */
const roundedBy = (sales: readonly EntryFeatures[]): number => 0.5 * Math.sqrt(sales.length) + 0.1

function grossOf(sales: readonly EntryFeatures[]): number {
  return sales.reduce((total, { entry }) => total + Number(entry.openAmount), 0)
}
