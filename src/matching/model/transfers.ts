// Money moved between the company's own accounts: two lines, with the entry that the books expect or without one.

import type { LedgerAccountId } from '../../values/ids.ts'
import type { CandidateSource } from './candidates.ts'
import type { EntryFeatures, LineFeatures } from './features.ts'
import { linkOf, type Hypothesis } from './hypothesis.ts'
import { lineHypothesis, lineReason, type LinesNear, type LinesOf } from './line-pairs.ts'
import type { Reason } from './reasons.ts'
import { reasonsOf, scorePair } from './score.ts'
import { isContradicted } from './pairs.ts'
import { settle, size } from './settlement.ts'
import { among, packed, worthOf } from './traits.ts'
import type { Link, OwnAccount } from './types.ts'
import { weights } from './weights.ts'

/** Money between own accounts is on its way for a few days at most, over a long weekend. */
const daysMax = 7
/** And books date it within two weeks of that. */
const expectedDaysMax = 14

type Given = {
  readonly lines: readonly LineFeatures[]
  readonly linesOf: LinesOf
  readonly linesNear: LinesNear
  readonly ownAccounts: readonly OwnAccount[]
  readonly source: CandidateSource
}

/** Every pair of lines that may be one transfer. A line that an expected transfer may explain is not tried without one. */
export function transferHypotheses(given: Given): Hypothesis[] {
  const expected = given.source.openTransfers().flatMap((entry) => expectedTransfers(entry, given))
  const known = new Set(expected.filter(({ bits }) => bits > 0).flatMap(({ lines }) => lines))
  const isFree = (line: LineFeatures): boolean => !known.has(line)
  const bare = given.lines.filter(isFree).flatMap((line) => bareTransfers(line, given))
  return [...expected, ...bare.filter(({ lines }) => lines.every(isFree))]
}

/** Both halves of a transfer that the books expect; between accounts of two currencies one half is as much as was exchanged. */
function expectedTransfers(features: EntryFeatures, { linesOf, linesNear, ownAccounts, source }: Given): Hypothesis[] {
  const { entry, expectedDay } = features
  const { openAmount, currency } = entry
  const accounts = (id: LedgerAccountId | undefined): readonly OwnAccount[] =>
    ownAccounts.filter(({ ledgerAccountId }) => id !== undefined && ledgerAccountId === id)
  const [from, to] =
    expectedDay === undefined ? [-Infinity, Infinity] : [expectedDay - expectedDaysMax, expectedDay + expectedDaysMax]
  const halves = (id: LedgerAccountId | undefined, amount: bigint): LineFeatures[] =>
    accounts(id).flatMap(({ connectionId }) => linesOf({ connectionId, currency, amount, from, to }))
  /** The other halves of one, in another currency, so many days after it. */
  const exchangedFor = (id: LedgerAccountId | undefined, day: number, days: readonly number[]): LineFeatures[] =>
    accounts(id)
      .filter((own) => own.currency !== undefined && own.currency !== currency)
      .flatMap((own) =>
        days.flatMap((after) =>
          linesNear({ connectionId: own.connectionId, currency: own.currency ?? '', day: day + after }),
        ),
      )
  const { fromLedgerAccountId, toLedgerAccountId } = entry
  const arrivals = halves(toLedgerAccountId, openAmount)
  const departures = halves(fromLedgerAccountId, -openAmount)
  const pairs = departures.flatMap((out) => [
    ...arrivals.map((into) => [out, into] as const),
    ...exchangedFor(toLedgerAccountId, out.day, daysOnTheWay).map((into) => [out, into] as const),
  ])
  const backwards = arrivals.flatMap((into) =>
    exchangedFor(fromLedgerAccountId, into.day, daysBackOnTheWay).map((out) => [out, into] as const),
  )
  return [...pairs, ...backwards]
    .filter(
      ([out, into]) => isOnItsWay(out, into) && (out.line.currency === into.line.currency || isExchanged(out, into)),
    )
    .map(([out, into]) => expectedTransfer(features, out, into, source))
}

function expectedTransfer(
  entry: EntryFeatures,
  out: LineFeatures,
  into: LineFeatures,
  source: CandidateSource,
): Hypothesis {
  const [left, arrived] = [scorePair(out, entry, source), scorePair(into, entry, source)]
  const { currency, openAmount } = entry.entry
  const link = (line: LineFeatures, settled: bigint): Link => linkOf(line, entry, { amount: line.line.amount, settled })
  const isExchange = out.line.currency !== currency || into.line.currency !== currency
  const told: Record<string, number> = { ...among(source.entryCount), 'is booked transfer': 1 }
  if (isExchange) told['is exchanged transfer'] = 1
  for (const { key, bits, share } of [...left.evidence, ...arrived.evidence])
    told[key] = (told[key] ?? 0) + (bits * share) / 2
  const traits = packed(told)
  return {
    lines: [out, into],
    entries: [entry.place],
    spends: [size(entry.entry.openAmount)],
    traits,
    bits: worthOf(traits),
    identity: 'party',
    isContradicted: isContradicted(out, entry, left, source),
    explain: () => ({
      links: [link(out, -openAmount), link(into, openAmount)],
      reasons: [isExchange ? exchanged(out, into) : mirrored(out, into), ...reasonsOf(left)],
    }),
  }
}

/**
 * A transfer that the books do not expect, seen from the half that leaves: opposite amounts on two own accounts, of which one half
 * names the other account, or both are called a transfer or show the company's own name, or none shows anybody; and no half names a third account.
 */
function bareTransfers(out: LineFeatures, { linesOf, linesNear, ownAccounts }: Given): Hypothesis[] {
  const { connectionId, currency, amount } = out.line
  if (amount >= 0n || (out.account !== undefined && out.otherOwn === undefined)) return []
  const others = ownAccounts.filter(
    (own) => own.connectionId !== connectionId && (out.otherOwn === undefined || isAccount(out.otherOwn, own)),
  )
  return others.flatMap((own) => {
    const arrivals =
      own.currency === undefined || own.currency === currency
        ? linesOf({
            connectionId: own.connectionId,
            currency,
            amount: -amount,
            from: out.day - 1,
            to: out.day + daysMax,
          })
        : daysOnTheWay.flatMap((days) =>
            linesNear({ connectionId: own.connectionId, currency: own.currency ?? '', day: out.day + days }).filter(
              (into) => isExchanged(out, into),
            ),
          )
    return arrivals.flatMap((into) => bareTransfer(out, into) ?? [])
  })
}

function bareTransfer(out: LineFeatures, into: LineFeatures): Hypothesis | undefined {
  if (!isOnItsWay(out, into) || (into.account !== undefined && into.otherOwn === undefined)) return undefined
  if (into.otherOwn !== undefined && into.otherOwn.connectionId !== out.line.connectionId) return undefined
  const named = Number(out.otherOwn !== undefined) + Number(into.otherOwn !== undefined)
  const called = Number(isCalledTransfer(out)) + Number(isCalledTransfer(into))
  const owned = Number(out.namesOwner === true) + Number(into.namesOwner === true)
  const isOneName = out.name !== undefined && out.name.key === into.name?.key
  const isOneCurrency = out.line.currency === into.line.currency
  const told = named + called + owned
  // Money that came in for somebody else's may be as much, by chance, as what went out to another.
  if (named === 0 && [out, into].some(isAStranger) && (told < 2 || (!isOneName && haveNames(out, into))))
    return undefined
  if (told === 0 && !isOneCurrency) return undefined
  const { transfer } = weights
  const reasons = [
    ...(named > 0 ? [lineReason('transfer', 'transfer.names-own-account', transfer.namesOwnAccount * named)] : []),
    ...(owned > 0 ? [lineReason('transfer', 'transfer.own-name', transfer.ownName * owned)] : []),
    ...(called > 0 ? [lineReason('transfer', 'transfer.called', transfer.calledTransfer * called)] : []),
    ...(isOneName ? [lineReason('transfer', 'transfer.same-name', transfer.sameName)] : []),
    isOneCurrency ? mirrored(out, into) : exchanged(out, into),
  ]
  const how = { 'is untold transfer': Number(told === 0), 'is half told transfer': Number(told === 1) }
  return lineHypothesis([out, into], { 'is bare transfer': 1, ...how }, reasons)
}

const isAStranger = ({ name, namesOwner }: LineFeatures): boolean => name !== undefined && namesOwner !== true

const haveNames = (...halves: readonly LineFeatures[]): boolean => halves.every(({ name }) => name !== undefined)

function isAccount(own: OwnAccount, other: OwnAccount): boolean {
  return own.connectionId === other.connectionId
}

const daysOnTheWay = [-1, 0, 1, 2, 3, 4, 5, 6, 7] as const
const daysBackOnTheWay = daysOnTheWay.map((days) => -days)

/** The same money at the tenant's rate of the day, or at what the bank says that it was exchanged for. */
function isExchanged(out: LineFeatures, into: LineFeatures): boolean {
  if (out.line.amount >= 0n || into.line.amount <= 0n) return false
  const expected = { open: into.line.amount, currency: into.line.currency }
  const settlement = settle({ ...out.line, amount: -out.line.amount }, expected)
  return settlement?.kind === 'exact' || settlement?.kind === 'fx'
}

/** ISO 20022 subfamilies of transfers within a bank or a company, and how the words begin where there is no code. */
const transferCodes: ReadonlySet<string> = new Set(['BOOK', 'ICCT', 'SWEP', 'ZABA', 'CMBO'])
const transferWords =
  'OVERFOR OVERFORSEL OVERFORING OVERBOEK OVERBOK TRANSFER UMBUCH UBERTRAG VIREMENT TILISIIRTO SIIRTO EIGEN EGEN OMA FLYTT'.split(
    ' ',
  )

/** Whether a line says that it is half of a transfer between own accounts. */
export const mayBeTransfer = (line: LineFeatures): boolean =>
  line.otherOwn !== undefined || line.namesOwner === true || isCalledTransfer(line)

function isCalledTransfer({ line, words }: LineFeatures): boolean {
  const subfamily = line.bankTransactionCode?.split('-').at(-1)
  if (subfamily !== undefined && transferCodes.has(subfamily)) return true
  return words.some((word) => transferWords.some((start) => word.startsWith(start)))
}

function exchanged(out: LineFeatures, into: LineFeatures): Reason {
  return lineReason('transfer', 'transfer.exchanged', weights.transfer.exchanged, {
    days: Math.abs(into.day - out.day),
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
