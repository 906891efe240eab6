// A payment run: bills of several suppliers that leave the account in one sum, under a text that names none of them.

import type { CandidateSource } from './candidates.ts'
import type { EntryFeatures, LineFeatures } from './features.ts'
import { groupHypothesis, memberOf, settleAll, sumWorth, type Groups } from './group-score.ts'
import { batchKey } from './keys.ts'
import type { Pair } from './pairs.ts'
import { size } from './settlement.ts'
import { setsWithSum, subsetCount, subsetsWithSum } from './sums.ts'

/** A run pays what fell due this long ago, and what will so far ahead: programs propose all that is due until the next run. */
export const dueBefore = 28
export const dueAhead = 60
/** Of so many open bills all sets are tried; of more, small ones; of still more, none. */
const allSetsMax = 26
const billsMax = 80
/** More than this are not even read. */
const readMax = 400
const stepsMax = 20_000
const proposedMax = 3
/** On one day, more are due than are ever paid in one run. */
const perDayMax = 60

/** How the words begin that banks print for them, in plain form. No bank transaction code of ISO 20022 tells one. */
const runWords =
  'LB REMITTERING MASSE LEVERAND LEVERANT SAMMEL SAMLING BETALINGSRUN BETAALRUN CREDITEUR CREDITOR VERZAMEL BATCH BULK BACS MULTI KOONTI ERAMAKSU LASKUJEN FOURNISSEUR GROUPE REMISE SUPPLIER RUN'.split(
    ' ',
  )

/** Whether the line pays several at once, and tells nobody. */
export function isBillRun({ line, name, account, words }: LineFeatures): boolean {
  if (line.amount >= 0n || name !== undefined || account !== undefined) return false
  return words.some((word) => runWords.some((start) => (start.length < 4 ? word === start : word.startsWith(start))))
}

/** The open bills that may have been in the run, where some of them add up to it; of the number that the text says, if there are any. */
export function billRunHypotheses(line: LineFeatures, pairs: readonly Pair[], source: CandidateSource): Groups {
  if (!isBillRun(line) || pairs.some(isTold)) return none
  const looked = dueAbout(line, source)
  const bills = looked.length > readMax ? [] : billsAmong(looked, line, source)
  if (bills.length < 2 || bills.length > billsMax) return { hypotheses: [], looked }
  const sizeMax = bills.length <= allSetsMax ? bills.length : largestSize(bills.length)
  const open = bills.map(({ entry }) => entry.openAmount)
  const { found: sets, isComplete } =
    sizeMax === bills.length
      ? setsWithSum(open.map(Number), Number(line.line.amount))
      : subsetsWithSum(open, line.line.amount, { sizeMin: 2, sizeMax, stepsMax })
  const counts = line.words.flatMap((word) => (/^\d{1,2}$/.test(word) ? [Number(word)] : []))
  const counted = sets.filter((set) => counts.includes(set.length))
  const found = counted.length > 0 ? counted : sets
  const members = bills.map((entry) => memberOf(line, entry, source))
  const bits = sumWorth(members, { sizeMax })
  const identity = isComplete && found.length === 1 ? 'likely' : 'none'
  const hypotheses = found.slice(0, proposedMax).flatMap((set) => {
    const chosen = set.flatMap((at) => members[at] ?? [])
    const settlement = settleAll(line, chosen)
    if (settlement?.kind !== 'exact') return []
    const tie = counted.length > 0 ? ('counted' as const) : ('run' as const)
    return [groupHypothesis({ line, members: chosen, settlement, bits, identity, source, isBatch: true, tie })]
  })
  return { hypotheses, looked }
}

const none: Groups = { hypotheses: [], looked: [] }

/** Where the text names one supplier or document, it is a payment of that, whatever the bank calls it. */
const isTold = ({ scored: { byFamily } }: Pair): boolean => byFamily.party > 0 || byFamily.document > 0

/** So many of them that not too many sets would have to be tried. */
function largestSize(count: number): number {
  let largest = 2
  while (subsetCount(count, largest + 1) <= stepsMax) largest += 1
  return largest
}

/** What is open and due within the days of a run. */
function dueAbout({ line, day }: LineFeatures, source: CandidateSource): number[] {
  return Array.from({ length: dueBefore + dueAhead + 1 }, (_, at) => day - dueBefore + at)
    .flatMap((due) => source.openWith(batchKey('purchase_bill', line.currency, due), perDayMax))
    .filter((place) => size(source.openAt(place)) <= size(line.amount))
}

/** Those that were written by the day, and those first that were due next to it. */
function billsAmong(places: readonly number[], line: LineFeatures, source: CandidateSource): EntryFeatures[] {
  return places
    .map((place) => source.at(place))
    .filter(({ issueDay }) => (issueDay ?? 0) <= line.day)
    .toSorted((a, b) => Math.abs((a.expectedDay ?? 0) - line.day) - Math.abs((b.expectedDay ?? 0) - line.day))
}
