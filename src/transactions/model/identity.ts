// Which of a bank's rows are new, which we hold already, which changed, and which of ours it no longer shows.
//
// A ladder, each rung taking what the one before left: an id that this bank is known to keep (by-id.ts); else booking day, amount,
// currency, counterparty and text with a count, so that n equal rows are n movements today and still n tomorrow; else what a
// correction leaves behind (leftovers.ts). Rows that show one movement again are found first (repeats.ts). What nobody can know is
// kept and marked suspect. The number of movements never depends on ids that are not trusted, on pages or on their order.

import type { BankProfile, ProviderTransaction } from '../../providers/provider.ts'
import type { Day } from '../../values/day.ts'
import type { TransactionId } from '../../values/ids.ts'
import { pairByFingerprint, type Sorted } from './by-fingerprint.ts'
import { pairById, type Pair, type TrustLoss } from './by-id.ts'
import { changedFields, sameEvidence, type Field } from './content.ts'
import { pairLeftovers } from './leftovers.ts'
import { findRepeats } from './repeats.ts'
import { kinOfFingerprint } from './fingerprint.ts'
import {
  fingerprintOfShown,
  isWithin,
  kinsOf,
  rowsShown,
  type Days,
  type HeldTransaction,
  type IdKind,
  type ShownRow,
} from './sides.ts'

/**
 * Why a row is doubtful:
 * - `may_repeat`      the bank may have shown one movement twice
 * - `may_replace`     it may be `twin`, which is missing, told anew with another day, amount or text
 * - `pairing_unclear` several of one day and amount were edited at once; which became which is a guess, their number is not
 */
export type Suspicion =
  | { readonly reason: 'may_repeat' | 'pairing_unclear' }
  | { readonly reason: 'may_replace'; readonly twin: TransactionId }

export type Added = {
  readonly row: ProviderTransaction
  readonly fingerprint: string
  readonly occurrence: number
  readonly suspect?: Suspicion
}

/** `evidenceChanged`: the bank tells other ids or another balance after it, to be kept for the next decision, and no new version. */
export type Same = {
  readonly held: HeldTransaction
  readonly row: ProviderTransaction
  readonly evidenceChanged: boolean
}

/** A new version. `restored`: it was removed and the bank shows it again; `fields` may then be empty. */
export type Modified = {
  readonly held: HeldTransaction
  readonly row: ProviderTransaction
  readonly fields: readonly Field[]
  readonly fingerprint: string
  readonly occurrence: number
  readonly restored: boolean
  readonly suspect?: Suspicion
}

export type IdentityVerdict = {
  readonly added: readonly Added[]
  readonly same: readonly Same[]
  readonly modified: readonly Modified[]
  /**
   * Live transactions of the window that the answer lacks: what follows is removal.ts's to decide. One that is missing from a block
   * may be paired in a later block of the same answer (a trusted id on another day), and is then not missing.
   */
  readonly missing: readonly HeldTransaction[]
  /** How many rows only showed a movement again. */
  readonly repeats: number
  /**
   * The kind of id that decided; null when fingerprints did, and `lost` when that is because the id contradicted itself. It is to
   * be kept for the connection and the id not trusted there again: the contradiction is gone once its rows have left the window.
   */
  readonly trusted: IdKind | null
  readonly lost?: { readonly kind: IdKind; readonly because: TrustLoss }
}

/**
 * Decides for one connection, from a complete answer or for a block of whole days of one: a count needs the whole day.
 *
 * `pages` is the answer, page by page, with each page once (pages that are equal as they came are one page). Pending rows in it are
 * ignored. `window` are the days that were asked for (of the block); a row outside it is taken all the same, since banks answer
 * more than they are asked. `held` must have every transaction, removed ones too, of every day that is in the window or shown and of
 * `nearDays` around, and any that has the trusted id of a shown row. Linear in both sides.
 */
export function decideIdentity(sides: {
  readonly held: readonly HeldTransaction[]
  readonly pages: readonly (readonly ProviderTransaction[])[]
  readonly profile: BankProfile
  readonly window: Days
}): IdentityVerdict {
  const { held, profile, window } = sides
  const all = rowsShown(sides.pages)
  const byId = pairById({ held, shown: all, profile, window })
  const shown = byId.repeats.size === 0 ? all : all.filter((row) => !byId.repeats.has(row))
  const areAllOpen = byId.settled.size === 0
  const isOpen = (side: HeldTransaction | ShownRow) => !byId.settled.has(side)
  const { shown: rest, unshown } = areAllOpen ? kinsOf(held, shown) : kinsOf(held.filter(isOpen), shown.filter(isOpen))
  const from = firstDay(shown, window.from)
  const { repeated, doubtful } = findRepeats(rest, { held, shown, from, trusted: byId.kind, settled: byId.settled })

  const equal: Sorted = { pairs: [...byId.pairs], fresh: [], missing: [] }
  for (const kin of rest.values()) pairByFingerprint(kin, { repeated, doubtful }, equal)

  const isGone = ({ removed, row }: HeldTransaction) => !removed && isWithin(row.bookingDate, window)
  const lacking = new Set([...equal.missing, ...unshown].filter(isGone))
  // In the order in which they are held, which the order of the bank's pages does not touch.
  const gone = lacking.size === 0 ? [] : held.filter((each) => lacking.has(each))
  const plain = doubtful.size === 0 ? equal.fresh : equal.fresh.filter((row) => !doubtful.has(row))
  const leftovers = pairLeftovers(gone, plain)
  const found = new Set<HeldTransaction | ShownRow>(leftovers.pairs.flatMap((pair) => [pair.held, pair.shown]))

  const heldOfKin = areAllOpen ? (kin: string) => rest.get(kin)?.held : byKinWhenAsked(held)
  const nextOccurrence = occurrences((kin) => heldOfKin(kin) ?? [])
  const same: Same[] = []
  const modified: Modified[] = []
  const compare = (pair: Pair, isUnclear: boolean) => {
    const fields = changedFields(pair.held.row, pair.shown.row)
    if (!pair.held.removed && (fields.length === 0 || isRepeatOfEarlier(pair, profile, window))) {
      same.push({ held: pair.held, row: pair.shown.row, evidenceChanged: !sameEvidence(pair.held.row, pair.shown.row) })
    } else modified.push(modifiedBy(pair, fields, isUnclear, nextOccurrence))
  }
  for (const pair of equal.pairs) compare(pair, false)
  for (const pair of leftovers.pairs) compare(pair, pair.isUnclear)

  const added: Added[] = []
  for (const row of equal.fresh) {
    if (found.has(row)) continue
    const fingerprint = fingerprintOfShown(row)
    const kin = rest.get(row.kin)
    const isOnly = areAllOpen && kin !== undefined && kin.held.length === 0 && kin.shown.length === 1
    const suspect = suspicionOf(row, doubtful, leftovers.mayReplace)
    added.push({
      row: row.row,
      fingerprint,
      occurrence: isOnly ? 1 : nextOccurrence(fingerprint, row.kin),
      ...(suspect !== undefined && { suspect }),
    })
  }
  return {
    added,
    same,
    modified,
    missing: gone.filter((each) => !found.has(each)),
    repeats: all.length - added.length - same.length - modified.length,
    trusted: byId.kind,
    ...(byId.lost !== undefined && { lost: byId.lost }),
  }
}

function firstDay(shown: readonly ShownRow[], from: Day): Day {
  let first = from
  for (const { row } of shown) if (row.bookingDate < first) first = row.bookingDate
  return first
}

/** A bank known to tell one movement on two days, of which we hold the earlier: that it tells the other now changes nothing. */
function isRepeatOfEarlier({ held, shown }: Pair, profile: BankProfile, window: Days): boolean {
  return profile.repeatsMovements && held.row.bookingDate < window.from && held.row.bookingDate < shown.row.bookingDate
}

function byKinWhenAsked(held: readonly HeldTransaction[]): (kin: string) => readonly HeldTransaction[] | undefined {
  let byKin: ReadonlyMap<string, readonly HeldTransaction[]> | undefined
  return (kin) => {
    byKin ??= Map.groupBy(held, ({ fingerprint }) => kinOfFingerprint(fingerprint))
    return byKin.get(kin)
  }
}

type Occurrences = (fingerprint: string, kin: string) => number

/** Numbers rows of one fingerprint onwards from those that we hold, removed ones too. A number that came free is not used again. */
function occurrences(heldOf: (kin: string) => readonly HeldTransaction[]): Occurrences {
  const last = new Map<string, number>()
  return (fingerprint, kin) => {
    const occurrence = (last.get(fingerprint) ?? lastOccurrence(fingerprint, heldOf(kin))) + 1
    last.set(fingerprint, occurrence)
    return occurrence
  }
}

function lastOccurrence(fingerprint: string, held: readonly HeldTransaction[]): number {
  let last = 0
  for (const each of held) if (each.fingerprint === fingerprint && each.occurrence > last) last = each.occurrence
  return last
}

function modifiedBy(
  { held, shown }: Pair,
  fields: readonly Field[],
  isUnclear: boolean,
  nextOccurrence: Occurrences,
): Modified {
  const fingerprint = fingerprintOfShown(shown)
  return {
    held,
    row: shown.row,
    fields,
    fingerprint,
    occurrence: fingerprint === held.fingerprint ? held.occurrence : nextOccurrence(fingerprint, shown.kin),
    restored: held.removed,
    ...(isUnclear && { suspect: { reason: 'pairing_unclear' } }),
  }
}

function suspicionOf(
  row: ShownRow,
  doubtful: ReadonlySet<ShownRow>,
  mayReplace: ReadonlyMap<ShownRow, TransactionId>,
): Suspicion | undefined {
  const twin = mayReplace.get(row)
  if (doubtful.has(row)) return { reason: 'may_repeat' }
  return twin === undefined ? undefined : { reason: 'may_replace', twin }
}
