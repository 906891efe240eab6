// Cash that is paid in: takings of some days together, all since what was paid in before.

import type { CandidateSource } from './candidates.ts'
import type { EntryFeatures, LineFeatures } from './features.ts'
import { groupHypothesis, memberOf, settleAll, sumWorth, type Groups } from './group-score.ts'
import type { Hypothesis } from './hypothesis.ts'
import type { Pair } from './pairs.ts'
import { isTakings, salesOn } from './sales.ts'
import { subsetsWithSum, type SumLimits } from './sums.ts'
import { weights } from './weights.ts'

/** How far back takings wait to be paid in, in days; how many together; and how many newer ones may still wait. */
const daysMax = 35
const togetherMax = 15
const waitingMax = 3
/** Postings that are read for that. */
const readMax = 300
/** Among the newest of them, any sum is looked for. */
const searchedMax = 14
const limits: SumLimits = { sizeMin: 2, sizeMax: 6, stepsMax: 10_000 }
/** Shorter words say little. */
const wordMin = 4

/** What nobody's name stands on, and takings of which some are called the same: those that follow each other and add up to it. */
export function depositHypotheses(line: LineFeatures, pairs: readonly Pair[], source: CandidateSource): Groups {
  const isCalledSo = (entry: EntryFeatures): boolean => isTakings(entry) && sharesWord(line, entry)
  if (line.line.amount <= 0n || line.name !== undefined || line.payoutOf !== undefined) return none
  if (!pairs.some(({ entry }) => isCalledSo(entry))) return none
  const takings: EntryFeatures[] = []
  for (let day = line.day, read = 0; day >= line.day - daysMax && read < readMax; day--) {
    const ofDay = salesOn('ledger_posting', line, { from: day, to: day }, source).flat()
    read += ofDay.length
    takings.push(...ofDay.filter(isCalledSo))
    if (takings.length >= togetherMax + waitingMax) break
  }
  const looked = takings.map(({ place }) => place)
  for (let waiting = 0; waiting <= Math.min(waitingMax, takings.length - 2); waiting++) {
    let sum = 0n
    for (const [at, { entry }] of takings.slice(waiting, waiting + togetherMax).entries()) {
      sum += entry.openAmount
      if (sum > line.line.amount) break
      if (sum < line.line.amount || at === 0) continue
      const members = takings.slice(waiting, waiting + at + 1).map((each) => memberOf(line, each, source))
      const settlement = settleAll(line, members)
      if (settlement?.kind !== 'exact') continue
      const bits = weights.group.batch
      const hypotheses = [
        groupHypothesis({ line, members, settlement, bits, identity: 'kind', source, isBatch: true, tie: 'following' }),
      ]
      return { hypotheses, looked }
    }
  }
  return { hypotheses: someOf(line, takings.slice(0, searchedMax), source), looked }
}

/** Of several tills, those of one: the only ones that add up to it. */
function someOf(line: LineFeatures, takings: readonly EntryFeatures[], source: CandidateSource): Hypothesis[] {
  const members = takings.map((each) => memberOf(line, each, source))
  const sums = subsetsWithSum(
    members.map(({ open }) => open),
    line.line.amount,
    limits,
  )
  const [found = [], other] = sums.found
  const chosen = found.flatMap((at) => members[at] ?? [])
  const settlement = settleAll(line, chosen)
  if (!sums.isComplete || other !== undefined || settlement?.kind !== 'exact') return []
  const bits = sumWorth(members, limits)
  return [groupHypothesis({ line, members: chosen, settlement, bits, identity: 'none', source, isBatch: true })]
}

const none: Groups = { hypotheses: [], looked: [] }

const sharesWord = (line: LineFeatures, entry: EntryFeatures): boolean =>
  entry.words.some((word) => word.length >= wordMin && line.words.includes(word))
