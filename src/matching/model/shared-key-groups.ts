// One payment for several entries, of whomever, that belong together by what they carry: the same reference or order, or a day on
// which wages, taxes or bills are due.

import type { CandidateSource } from './candidates.ts'
import type { LineFeatures } from './features.ts'
import { groupHypothesis, memberOf, settleAll, type Groups } from './group-score.ts'
import type { Hypothesis } from './hypothesis.ts'
import { batchedKinds, batchKey, describedKey, endToEndKey, longNumbersOf, referenceKey } from './keys.ts'
import { weights } from './weights.ts'

/** More entries than this under one key are a customer's number or a day's whole post, and no payment. */
const membersMax = 60
/** But as many wages may be paid at once. */
const wagesMax = 1_000
/** A batch is booked on the day that it is due, or when the bank works again. */
export const batchDays = [0, 1, -1, 2, 3, -2] as const

/** The explanations of a line by all open entries that share a key with it, where they add up to it. */
export function sharedKeyGroups(line: LineFeatures, source: CandidateSource): Groups {
  const looked: number[] = []
  const hypotheses: Hypothesis[] = []
  const found = (key: string, isBatch: boolean, max = membersMax): boolean => {
    const places = source.openWith(key, max).filter((place) => source.isSummable(place, line.line.currency))
    looked.push(...places)
    // Most do not add up, and need not be read for that; who pays out keeps a fee.
    const isDescribed = key.startsWith('described:')
    const isPayout = isDescribed && line.payoutOf !== undefined
    if (places.length < 2 || (!isPayout && sumAt(places, source) !== line.line.amount)) return false
    const members = places.map((place) => memberOf(line, source.at(place), source))
    const settlement = settleAll(line, members)
    if (settlement?.kind !== 'exact' && !(isPayout && settlement?.kind === 'fee')) return false
    const bits = weights.group[isBatch ? 'batch' : 'sumMax']
    const tie = isDescribed ? { tie: 'described' as const } : {}
    hypotheses.push(groupHypothesis({ line, members, settlement, bits, identity: 'document', source, isBatch, ...tie }))
    return true
  }
  const named = [...line.references, ...line.textReferences].map(referenceKey)
  const ordered = [...(line.endToEndId === undefined ? [] : [line.endToEndId]), ...line.textIds].map(endToEndKey)
  const isFound = [...ordered, ...named].some((key) => found(key, false))
  const isDescribed =
    isFound ||
    longNumbersOf(line)
      .map(describedKey)
      .some((key) => found(key, true))
  if (!isDescribed && line.line.amount < 0n)
    batchedKinds.some((kind) =>
      batchDays.some((days) =>
        found(batchKey(kind, line.line.currency, line.day - days), true, kind === 'payroll' ? wagesMax : membersMax),
      ),
    )
  return { hypotheses, looked }
}

function sumAt(places: readonly number[], source: CandidateSource): bigint {
  return places.reduce((total, place) => total + source.openAt(place), 0n)
}
