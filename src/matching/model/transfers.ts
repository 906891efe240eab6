// Money moved between the company's own accounts: two lines, with the entry that the books expect or without one.

import type { LedgerAccountId } from '../../values/ids.ts'
import type { CandidateSource } from './candidates.ts'
import type { EntryFeatures, LineFeatures } from './features.ts'
import { linkOf, type Hypothesis } from './hypothesis.ts'
import { lineHypothesis, lineReason, type LinesOf } from './line-pairs.ts'
import type { Reason } from './reasons.ts'
import { bitsOf, priorBits, reasonsOf, scorePair } from './score.ts'
import { isContradicted } from './pairs.ts'
import { size } from './settlement.ts'
import type { Link, OwnAccount } from './types.ts'
import { weights } from './weights.ts'

/** Money between own accounts is on its way for a few days at most, over a long weekend. */
const daysMax = 7
/** And books date it within two weeks of that. */
const expectedDaysMax = 14

type Given = {
  readonly lines: readonly LineFeatures[]
  readonly linesOf: LinesOf
  readonly ownAccounts: readonly OwnAccount[]
  readonly source: CandidateSource
}

/** Every pair of lines that may be one transfer. A line that an expected transfer may explain is not tried without one. */
export function transferHypotheses(given: Given): Hypothesis[] {
  const expected = given.source.openTransfers().flatMap((entry) => expectedTransfers(entry, given))
  const known = new Set(expected.flatMap(({ lines }) => lines))
  const isFree = (line: LineFeatures): boolean => !known.has(line)
  const bare = given.lines.filter(isFree).flatMap((line) => bareTransfers(line, given.linesOf))
  return [...expected, ...bare.filter(({ lines }) => lines.every(isFree))]
}

/** Both halves of a transfer that the books expect. */
function expectedTransfers(features: EntryFeatures, { linesOf, ownAccounts, source }: Given): Hypothesis[] {
  const { entry, expectedDay } = features
  const { openAmount, currency } = entry
  const halves = (account: LedgerAccountId | undefined, amount: bigint): LineFeatures[] =>
    ownAccounts
      .filter(({ ledgerAccountId }) => account !== undefined && ledgerAccountId === account)
      .flatMap(({ connectionId }) => linesOf({ connectionId, currency, amount }))
      .filter(({ day }) => expectedDay === undefined || Math.abs(day - expectedDay) <= expectedDaysMax)
  const arrivals = halves(entry.toLedgerAccountId, openAmount)
  return halves(entry.fromLedgerAccountId, -openAmount).flatMap((out) =>
    arrivals.filter((into) => isOnItsWay(out, into)).map((into) => expectedTransfer(features, out, into, source)),
  )
}

function expectedTransfer(
  entry: EntryFeatures,
  out: LineFeatures,
  into: LineFeatures,
  source: CandidateSource,
): Hypothesis {
  const [left, arrived] = [scorePair(out, entry, source), scorePair(into, entry, source)]
  const link = (line: LineFeatures): Link =>
    linkOf(line, entry, { amount: line.line.amount, settled: line.line.amount })
  return {
    lines: [out, into],
    entries: [entry.place],
    spends: [size(entry.entry.openAmount)],
    bits: priorBits(source) + (bitsOf(left) + bitsOf(arrived)) / 2 + weights.transfer.mirrored,
    identity: 'party',
    isContradicted: isContradicted(left),
    explain: () => ({ links: [link(out), link(into)], reasons: [mirrored(out, into), ...reasonsOf(left)] }),
  }
}

/** A transfer that the books do not expect: one half names the other's account, and the other half names no third. */
function bareTransfers(line: LineFeatures, linesOf: LinesOf): Hypothesis[] {
  const { otherOwn } = line
  if (otherOwn === undefined || line.line.amount === 0n) return []
  const { connectionId, currency, amount } = line.line
  return linesOf({ connectionId: otherOwn.connectionId, currency, amount: -amount }).flatMap((other) => {
    const isMutual = other.otherOwn?.connectionId === connectionId
    const [out, into] = amount < 0n ? [line, other] : [other, line]
    if (!isMutual && other.account !== undefined) return []
    // Where both name each other, the half that leaves tells of the pair.
    if ((isMutual && line === into) || !isOnItsWay(out, into)) return []
    const named = weights.transfer.namesOwnAccount * (isMutual ? 2 : 1)
    const reasons = [lineReason('transfer', 'transfer.names-own-account', named), mirrored(out, into)]
    return [lineHypothesis([out, into], weights.transfer.base, reasons)]
  })
}

function mirrored(out: LineFeatures, into: LineFeatures): Reason {
  return lineReason('transfer', 'transfer.mirrored', weights.transfer.mirrored, { days: Math.abs(into.day - out.day) })
}

function isOnItsWay(out: LineFeatures, into: LineFeatures): boolean {
  // A bank's clock may let it arrive a day before it left.
  const days = into.day - out.day
  return days >= -1 && days <= daysMax
}
