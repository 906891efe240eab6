// The last rung: rows that neither an id nor a fingerprint tied together, on both sides. A bank that edits a text, corrects an
// amount or moves a booking by a day leaves one movement missing and one new; here they are found out to be one where that can be
// known, and where it cannot both are kept and the new one says whom it may replace.

import type { ProviderTransaction } from '../../providers/provider.ts'
import type { TransactionId } from '../../values/ids.ts'
import type { Pair } from './by-id.ts'
import { fullDetailOf, rememberingFold, sameMoney } from './content.ts'
import { idKinds, isNear, type HeldTransaction, type ShownRow } from './sides.ts'

export type Leftovers = {
  readonly pairs: readonly (Pair & { readonly isUnclear: boolean })[]
  /** Rows that may be a missing transaction told anew, and which. */
  readonly mayReplace: ReadonlyMap<ShownRow, TransactionId>
}

/**
 * Pairs what is missing from the window with what is new. Never pairs two with different counterparty accounts, end-to-end ids or
 * structured references: a bank does not correct those.
 */
export function pairLeftovers(missing: readonly HeldTransaction[], fresh: readonly ShownRow[]): Leftovers {
  if (missing.length === 0 || fresh.length === 0) return { pairs: [], mayReplace: new Map() }
  const rest: Rest = { missing: new Set(missing), fresh: new Set(fresh) }
  const words = rememberWords()
  const isLikely = (a: ProviderTransaction, b: ProviderTransaction) => likeness(a, b, words) >= 2

  const pairs = [
    // An id that is not to be trusted alone may still speak when two of day, amount and words agree with it.
    ...idKinds.flatMap((kind) => takeOneToOne(rest, (row) => row.ids[kind], isLikely)),
    // The text was edited, or the name, or both.
    ...takeOneToOne(rest, (row) => `${dayAndAmount(row)} ${words(row).party}`, areCompatible),
    ...takeOneToOne(rest, (row) => `${dayAndAmount(row)} ${words(row).text}`, areCompatible),
    ...takeOneToOne(rest, dayAndAmount, areCompatible),
    // The booking was moved, and something that recurring payments do not share went with it.
    ...takeOneToOne(rest, (row) => `${amountOf(row)} ${words(row).party} ${words(row).text}`, wasMoved),
  ].map((pair) => ({ ...pair, isUnclear: false }))
  // Several of one day and amount were edited at once: how many there are is certain, which became which is not.
  const unclear = takeManyToMany(rest).map((pair) => ({ ...pair, isUnclear: true }))
  return { pairs: [...pairs, ...unclear], mayReplace: findTwins(rest, words) }
}

/** What is not paired yet: the steps take from it. */
type Rest = { readonly missing: Set<HeldTransaction>; readonly fresh: Set<ShownRow> }

type Words = { readonly party: string; readonly text: string }

function rememberWords(): (row: ProviderTransaction) => Words {
  const known = new Map<ProviderTransaction, Words>()
  const fold = rememberingFold()
  return (row) => {
    let words = known.get(row)
    if (words === undefined) {
      const { counterparty } = row
      const party = counterparty?.iban ?? counterparty?.bban ?? fold(counterparty?.name ?? '')
      words = { party, text: fold(row.remittanceInformation ?? '') }
      known.set(row, words)
    }
    return words
  }
}

/** How many of three things agree: the day, the amount, and the words. */
function likeness(a: ProviderTransaction, b: ProviderTransaction, words: (row: ProviderTransaction) => Words): number {
  const [ofA, ofB] = [words(a), words(b)]
  const wordsAgree = ofA.party === ofB.party || ofA.text === ofB.text
  return Number(a.bookingDate === b.bookingDate) + Number(sameMoney(a.amount, b.amount)) + Number(wordsAgree)
}

/** Takes the pairs of which each side is the only one with its key. */
function takeOneToOne(
  rest: Rest,
  keyOf: (row: ProviderTransaction) => string | undefined,
  canPair: (a: ProviderTransaction, b: ProviderTransaction) => boolean,
): readonly Pair[] {
  if (rest.missing.size === 0 || rest.fresh.size === 0) return []
  const fresh = Map.groupBy(rest.fresh, ({ row }) => keyOf(row) ?? '')
  const pairs: Pair[] = []
  for (const [key, missing] of Map.groupBy(rest.missing, ({ row }) => keyOf(row) ?? '')) {
    const [held, otherHeld] = missing
    const [shown, otherShown] = fresh.get(key) ?? []
    if (key === '' || held === undefined || shown === undefined || otherHeld !== undefined || otherShown !== undefined)
      continue
    if (canPair(held.row, shown.row)) pairs.push({ held, shown })
  }
  return take(rest, pairs)
}

/** Takes those of one day and amount, where there are as many missing as new. */
function takeManyToMany(rest: Rest): readonly Pair[] {
  const fresh = Map.groupBy(rest.fresh, ({ row }) => dayAndAmount(row))
  const pairs: Pair[] = []
  for (const [key, missing] of Map.groupBy(rest.missing, ({ row }) => dayAndAmount(row))) {
    const held = inOrder(missing)
    const shown = inOrder(fresh.get(key) ?? [])
    if (held.length !== shown.length) continue
    const zipped = held.flatMap((each, at) => (shown[at] === undefined ? [] : [{ held: each, shown: shown[at] }]))
    if (zipped.every((pair) => areCompatible(pair.held.row, pair.shown.row))) pairs.push(...zipped)
  }
  return take(rest, pairs)
}

function take(rest: Rest, pairs: readonly Pair[]): readonly Pair[] {
  for (const { held, shown } of pairs) {
    rest.missing.delete(held)
    rest.fresh.delete(shown)
  }
  return pairs
}

function inOrder<Side extends { readonly row: ProviderTransaction }>(sides: readonly Side[]): readonly Side[] {
  return sides.toSorted((a, b) => (fullDetailOf(a.row) < fullDetailOf(b.row) ? -1 : 1))
}

/** Whether an edit can have made one of the other: nothing that a bank does not edit differs. */
function areCompatible(a: ProviderTransaction, b: ProviderTransaction): boolean {
  return (
    !differ(a.counterparty?.iban, b.counterparty?.iban) &&
    !differ(a.endToEndId, b.endToEndId) &&
    !differ(a.reference, b.reference)
  )
}

function differ(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b
}

function wasMoved(a: ProviderTransaction, b: ProviderTransaction): boolean {
  const isSameEnd = a.endToEndId !== undefined && a.endToEndId === b.endToEndId
  const isSameBalance = a.balanceAfter !== undefined && sameMoney(a.balanceAfter, b.balanceAfter)
  return isNear(a.bookingDate, b.bookingDate) && areCompatible(a, b) && (isSameEnd || isSameBalance)
}

/** For what is still new: a transaction still missing that it may be, moved to another day or with another amount or text. */
function findTwins(rest: Rest, words: (row: ProviderTransaction) => Words): ReadonlyMap<ShownRow, TransactionId> {
  const keys: readonly ((row: ProviderTransaction) => string)[] = [
    dayAndAmount,
    (row) => `${amountOf(row)} ${words(row).party} ${words(row).text}`,
    (row) => `${row.bookingDate} ${words(row).party} ${words(row).text}`,
  ]
  const twins = new Map<ShownRow, TransactionId>()
  for (const keyOf of keys) {
    const missing = Map.groupBy(rest.missing, ({ row }) => keyOf(row))
    for (const shown of rest.fresh) {
      if (twins.has(shown)) continue
      const twin = missing
        .get(keyOf(shown.row))
        ?.find(({ row }) => isNear(row.bookingDate, shown.row.bookingDate) && areCompatible(row, shown.row))
      if (twin !== undefined) twins.set(shown, twin.id)
    }
  }
  return twins
}

function amountOf({ amount }: ProviderTransaction): string {
  return `${amount.minor}${amount.currency}`
}

function dayAndAmount(row: ProviderTransaction): string {
  return `${row.bookingDate} ${amountOf(row)}`
}
