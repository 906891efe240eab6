// What was sold before a payout: invoices and takings, by the day on which they were written.

import type { CandidateSource } from './candidates.ts'
import type { DayRange } from './day-ranges.ts'
import type { EntryFeatures, LineFeatures } from './features.ts'
import { issuedKey } from './keys.ts'
import { isProcessorWord } from './names.ts'
import type { EntryKind } from './types.ts'

/** A sale is paid out within so many days. */
export const payoutDaysMax = 10
/** A day with more sales than this tells nothing of one. */
export const salesMax = 80
/** Sets of one posting of each day that are looked at. */
const stepsMax = 20_000

/** The open sales of each of the days before the payout, the latest day first. */
export function salesBefore(line: LineFeatures, source: CandidateSource): EntryFeatures[][] {
  const days = { from: line.day - payoutDaysMax, to: line.day }
  const takings = salesOn('ledger_posting', line, days, source)
  return salesOn('sales_invoice', line, days, source).map((sales, back) => [...sales, ...(takings[back] ?? [])])
}

/** The open entries of a kind of each of these days, the latest day first. */
export function salesOn(
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

export const isTakings = ({ entry }: EntryFeatures): boolean => entry.kind === 'ledger_posting'

/** Of each day's sales the takings, but for those that the books say are another processor's. */
export const takingsAmong = (days: readonly (readonly EntryFeatures[])[], processor: string): EntryFeatures[][] =>
  days.map((day) => day.filter((sale) => isTakings(sale) && !isAnothers(sale, processor)))

export const isAnothers = (entry: EntryFeatures, processor: string): boolean => {
  const named = processorsIn(entry)
  return named.length > 0 && !named.some((word) => isOneProcessor(word, processor))
}

export const processorsIn = ({ name, words }: EntryFeatures): string[] =>
  [...(name?.words ?? []), ...words].filter(isProcessorWord)

/** iZettle is Zettle. */
export const isOneProcessor = (word: string, other: string): boolean => word.endsWith(other) || other.endsWith(word)

/** Every set of one posting of each of some days that follow each other, at least two, that come to between these; none where too many would have to be looked at. */
export function oneOfEachDay(
  days: readonly (readonly EntryFeatures[])[],
  { least, most }: { readonly least: number; readonly most: number },
): EntryFeatures[][] {
  const sets: EntryFeatures[][] = []
  const sold = days.filter((day) => day.length > 0)
  let steps = 0
  const search = (back: number, chosen: readonly EntryFeatures[], gross: number): void => {
    if (gross > most || (steps += 1) > stepsMax) return
    if (chosen.length > 1 && gross >= least) sets.push([...chosen])
    for (const posting of sold[back] ?? [])
      search(back + 1, [...chosen, posting], gross + Number(posting.entry.openAmount))
  }
  for (const first of sold.keys()) search(first, [], 0)
  return steps > stepsMax ? [] : sets
}
