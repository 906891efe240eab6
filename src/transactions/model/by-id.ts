// The first rung: an id that this bank is known to keep for ever. A bank's profile may be wrong, or the bank may change its ways,
// so the id is believed only as long as it does not contradict itself.

import type { BankProfile, ProviderTransaction } from '../../providers/provider.ts'
import { changedFields, fullDetailOf, sameMoney } from './content.ts'
import {
  fingerprintOfShown,
  isNear,
  isWithin,
  type Days,
  type HeldTransaction,
  type IdKind,
  type ShownRow,
} from './sides.ts'

export type Pair = { readonly held: HeldTransaction; readonly shown: ShownRow }

/**
 * - `reused`  one answer, or what we hold, gives one id to movements that cannot be one
 * - `moved`             the movement that had the id is still there under another
 * - `unlike`            what has the id now has nothing in common with what had it
 */
export type TrustLoss = 'reused' | 'moved' | 'unlike'

export type ById = {
  /** The kind of id that is trusted; null when none is. */
  readonly kind: IdKind | null
  readonly lost?: { readonly kind: IdKind; readonly because: TrustLoss }
  readonly pairs: readonly Pair[]
  /** Both sides of the pairs. */
  readonly settled: ReadonlySet<HeldTransaction | ShownRow>
  /** Rows that show a movement again: they stand for nothing. */
  readonly repeats: ReadonlySet<ShownRow>
}

const nothing: ById = { kind: null, pairs: [], settled: new Set(), repeats: new Set() }

/** Pairs what we hold with what the bank shows by the id that its profile trusts. */
export function pairById(sides: {
  readonly held: readonly HeldTransaction[]
  readonly shown: readonly ShownRow[]
  readonly profile: BankProfile
  readonly window: Days
}): ById {
  const kind = sides.profile.stableId
  if (kind === null) return nothing
  const lost = (because: TrustLoss): ById => ({ ...nothing, lost: { kind, because } })

  const shown = shownOnce(sides.shown, kind, sides.profile)
  const held = heldOnce(sides.held, kind, sides.profile)
  if (shown === undefined || held === undefined) return lost('reused')

  const pairs: Pair[] = []
  const changed: Pair[] = []
  const settled = new Set<HeldTransaction | ShownRow>()
  for (const [id, row] of shown.byId) {
    const before = held.get(id)
    if (before === undefined) continue
    const pair = { held: before, shown: row }
    pairs.push(pair)
    if (before.fingerprint !== fingerprintOfShown(row)) changed.push(pair)
    else settled.add(before).add(row)
  }
  if (changed.length > 0 && hasMoved(changed, sides, new Set([...settled, ...shown.repeats]))) return lost('moved')
  if (changed.some((pair) => !hasInCommon(pair, sides.window))) return lost('unlike')
  for (const pair of changed) settled.add(pair.held).add(pair.shown)
  return { kind, pairs, settled, repeats: shown.repeats }
}

/** Each id with the row that shows it, and the rows that show it again; undefined when two rows with one id cannot be one movement. */
function shownOnce(
  shown: readonly ShownRow[],
  kind: IdKind,
  profile: BankProfile,
): { readonly byId: Map<string, ShownRow>; readonly repeats: Set<ShownRow> } | undefined {
  const byId = new Map<string, ShownRow>()
  const repeats = new Set<ShownRow>()
  for (const row of shown) {
    const id = row.row.ids[kind]
    if (id === undefined) continue
    const other = byId.get(id)
    if (other === undefined) byId.set(id, row)
    else if (!canBeOne(other, row, profile)) return undefined
    else if (comesFirst(row, other)) {
      byId.set(id, row)
      repeats.add(other)
    } else repeats.add(row)
  }
  return { byId, repeats }
}

function canBeOne(a: ShownRow, b: ShownRow, profile: BankProfile): boolean {
  if (profile.repeatsMovements) return isRepeat(a.row, b.row)
  if (fingerprintOfShown(a) !== fingerprintOfShown(b)) return false
  const balances = [a.row.balanceAfter, b.row.balanceAfter]
  return balances.includes(undefined) || sameMoney(balances[0], balances[1])
}

/** What a bank that is known to show one movement twice may change between the two. */
function isRepeat(a: ProviderTransaction, b: ProviderTransaction): boolean {
  return sameMoney(a.amount, b.amount) && isNear(a.bookingDate, b.bookingDate)
}

/** Of two tellings of one movement the earlier booked one stands, and else an arbitrary but steady one: not the order of pages. */
function comesFirst(a: ShownRow, b: ShownRow): boolean {
  if (a.row.bookingDate !== b.row.bookingDate) return a.row.bookingDate < b.row.bookingDate
  return fullDetailOf(a.row) < fullDetailOf(b.row)
}

/** Each id with the transaction that we hold under it, a live one before a removed one; undefined when two live ones cannot be one movement. */
function heldOnce(
  held: readonly HeldTransaction[],
  kind: IdKind,
  profile: BankProfile,
): Map<string, HeldTransaction> | undefined {
  const byId = new Map<string, HeldTransaction>()
  for (const each of held) {
    const id = each.row.ids[kind]
    if (id === undefined) continue
    const other = byId.get(id)
    if (other !== undefined && !other.removed && !each.removed) {
      const oneMovement =
        other.fingerprint === each.fingerprint || (profile.repeatsMovements && isRepeat(other.row, each.row))
      if (!oneMovement) return undefined
      if (
        each.fingerprint > other.fingerprint ||
        (each.fingerprint === other.fingerprint && each.occurrence > other.occurrence)
      )
        continue
    }
    if (other === undefined || other.removed || !each.removed) byId.set(id, each)
  }
  return byId
}

/**
 * Positional ids, and ids handed round: a row has the id of a held movement that is itself still shown under another id, or is
 * itself a movement that we hold under another. Rows `accounted` for, which kept both id and content, say nothing.
 */
function hasMoved(
  changed: readonly Pair[],
  sides: { readonly held: readonly HeldTransaction[]; readonly shown: readonly ShownRow[] },
  accounted: ReadonlySet<HeldTransaction | ShownRow>,
): boolean {
  const heldPrints = new Set(
    sides.held.filter((each) => !each.removed && !accounted.has(each)).map((each) => each.fingerprint),
  )
  const shownPrints = new Set(sides.shown.filter((row) => !accounted.has(row)).map((row) => fingerprintOfShown(row)))
  return changed.some(
    ({ held, shown }) => shownPrints.has(held.fingerprint) || heldPrints.has(fingerprintOfShown(shown)),
  )
}

/**
 * Whether two contents under one id can be one movement before and after a correction. A movement outside the window was not
 * asked for, so we do not know that its old content is gone: then it may only have moved into the window.
 */
function hasInCommon({ held, shown }: Pair, window: Days): boolean {
  const changed = new Set(changedFields(held.row, shown.row))
  const keepsItsWords = !changed.has('counterparty') || !changed.has('remittanceInformation')
  if (!isWithin(held.row.bookingDate, window)) {
    return !changed.has('amount') && keepsItsWords && isNear(held.row.bookingDate, shown.row.bookingDate)
  }
  return !changed.has('amount') || !changed.has('bookingDate') || keepsItsWords
}
