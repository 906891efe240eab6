// The two sides that identity compares: the movements that we hold, and the rows that a bank shows.

import type { ProviderTransaction } from '../../providers/provider.ts'
import { daysBetween, type Day } from '../../values/day.ts'
import type { TransactionId } from '../../values/ids.ts'
import { fullDetailOf, rememberingFold } from './content.ts'
import { fingerprintOn, kinOf, kinOfFingerprint } from './fingerprint.ts'

/** A transaction that we hold. */
export type HeldTransaction = {
  readonly id: TransactionId
  /** What its latest version says, with the ids and the balance after it as the bank told them last. */
  readonly row: ProviderTransaction
  /** `fingerprintOf(row)`, as it is stored. */
  readonly fingerprint: string
  /** Tells apart those with one fingerprint: 1, 2, … */
  readonly occurrence: number
  readonly removed: boolean
  /** How many complete runs in a row have lacked it (removal.ts). */
  readonly missed: number
}

/** A row as the bank shows it, and the page of the answer that it is on: null for one shown earlier, which we hold. */
export type ShownRow = { readonly row: ProviderTransaction; readonly page: number | null; readonly kin: string }

/** All that differs at most in its booking day: the same money, the same other side, the same text. */
export type Kin = { readonly held: readonly HeldTransaction[]; readonly shown: readonly ShownRow[] }

/** Booking days, both ends included. */
export type Days = { readonly from: Day; readonly to: Day }

export type IdKind = keyof ProviderTransaction['ids']
export const idKinds: readonly IdKind[] = ['transactionId', 'entryReference', 'internalId']

/**
 * How many days apart two tellings of one movement may be booked. Banks move a booking over a weekend and a few holidays; a
 * payment that recurs is rarely nearer than a week. Whoever asks for a decision hands in what is held this many days around.
 */
export const nearDays = 10

export function isNear(a: Day, b: Day): boolean {
  return Math.abs(daysBetween(a, b)) <= nearDays
}

export function isWithin(day: Day, days: Days): boolean {
  return day >= days.from && day <= days.to
}

/** The booked rows of an answer; pending ones are no transactions yet. */
export function rowsShown(pages: readonly (readonly ProviderTransaction[])[]): ShownRow[] {
  const shown: ShownRow[] = []
  const fold = rememberingFold()
  for (const [page, rows] of pages.entries()) {
    for (const row of rows) if (row.status === 'booked') shown.push({ row, page, kin: kinOf(row, fold) })
  }
  return shown
}

/** The kins that are shown, and what is held of others: most of what is held around new rows, and nothing is to be compared with it. */
export type Kins = { readonly shown: ReadonlyMap<string, Kin>; readonly unshown: readonly HeldTransaction[] }

export function kinsOf(held: readonly HeldTransaction[], shown: readonly ShownRow[]): Kins {
  const kins = new Map<string, Growing<Kin>>()
  for (const row of shown) {
    const kin = kins.get(row.kin)
    // An array that starts as a literal of one takes room for one; most kins never need more, and there may be a million.
    if (kin === undefined) kins.set(row.kin, { held: none, shown: [row] })
    else kin.shown.push(row)
  }
  const unshown: HeldTransaction[] = []
  for (const each of held) {
    const kin = kins.get(kinOfFingerprint(each.fingerprint))
    if (kin === undefined) unshown.push(each)
    else if (kin.held === none) kin.held = [each]
    else kin.held.push(each)
  }
  return { shown: kins, unshown }
}

/** One for all of them. */
const none: never[] = []

export function fingerprintOfShown({ row, kin }: ShownRow): string {
  return fingerprintOn(row.bookingDate, kin)
}

/** Equal for rows of one kin that nothing tells apart. */
export function likenessOf({ row }: ShownRow): string {
  return row.bookingDate + fullDetailOf(row)
}

/** By day, and then in an order that does not depend on pages: which of several alike is taken must not either. */
export function inSteadyOrder(rows: readonly ShownRow[]): readonly ShownRow[] {
  const keyed = rows.map((row) => ({ row, key: likenessOf(row) }))
  return keyed.toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key))).map(({ row }) => row)
}

export function balanceOf({ row }: ShownRow): string {
  return `balance ${row.balanceAfter?.minor}`
}

type Growing<Sides> = { -readonly [Side in keyof Sides]: Sides[Side] extends readonly (infer Each)[] ? Each[] : never }
