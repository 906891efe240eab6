// The balance proof: opening balance + movements = closing balance. A difference is shown and never evened out.

import type { BalanceType, BankProfile, ProviderBalance, ProviderTransaction } from '../../providers/provider.ts'
import { addDays, type Day } from '../../values/day.ts'
import type { Money } from '../../values/money.ts'
import { isComplete, type Coverage, type Range } from './coverage.ts'

/** What stood in the account when a day was over. */
export type Close = { readonly day: Day; readonly amount: Money; readonly type: BalanceType }

/**
 * A close that later ones are proved against, and what was held of the `recentDays` days through its day when it was told, in minor units; null where that is
 * not known.
 */
export type Opening = Close & { readonly recentMinor: bigint | null }

/** How long after its day a bank may book into it. */
const recentDays = 30

/** What was booked on a day, in minor units of the account's currency. */
export type DaySum = { readonly day: Day; readonly minor: bigint }

/** `verified` and `mismatch` with their figures: `difference` is what the bank has more than the movements explain. */
export type Proof =
  | {
      readonly verdict: 'verified' | 'mismatch'
      readonly opening: Close
      readonly closing: Close
      readonly moved: Money
      readonly difference: Money
    }
  | { readonly verdict: 'unverifiable'; readonly because: 'no_closing_balance' | 'no_opening_balance' | 'days_missing' }

/**
 * The closes of days that a bank's balances tell, the best witness first. Only the types that the bank's profile names: the others
 * have pending payments and credit lines in them.
 *
 * - `closing_booked` of a past day is that day's close, `opening_booked` of a day the close of the day before. Without its date
 *   neither says of which day it is, since banks close their day at different hours.
 * - The others are of the moment. What is booked today already (`bookedToday`, null when today was not read) is taken off, and what
 *   remains is yesterday's close. One that is dated earlier may be from the middle of its day and tells nothing.
 */
export function closesOf(
  balances: readonly ProviderBalance[],
  {
    profile,
    today,
    bookedToday,
  }: { readonly profile: BankProfile; readonly today: Day; readonly bookedToday: bigint | null },
): readonly Close[] {
  const yesterday = addDays(today, -1)
  const ofTheMoment = ({ amount, referenceDate = today }: ProviderBalance) =>
    bookedToday === null || referenceDate !== today
      ? undefined
      : { day: yesterday, amount: { minor: amount.minor - bookedToday, currency: amount.currency } }
  const closeOf = (balance: ProviderBalance) => {
    switch (balance.type) {
      case 'closing_booked':
        return balance.referenceDate && { day: balance.referenceDate, amount: balance.amount }
      case 'opening_booked':
        return balance.referenceDate && { day: addDays(balance.referenceDate, -1), amount: balance.amount }
      case 'interim_booked':
      case 'interim_available':
      case 'expected':
      case 'other':
        return ofTheMoment(balance)
    }
  }
  return profile.proofBalances.flatMap((type) =>
    balances.flatMap((balance) => {
      const close = balance.type === type ? closeOf(balance) : undefined
      return close === undefined || close.day > yesterday ? [] : [{ type, ...close }]
    }),
  )
}

/** What a run has proved: all of it at once, and day by day where the bank told the close of each day; else from one close to the next. */
export type RunProof = Proof & { readonly byDay: readonly { readonly days: Range; readonly proof: Proof }[] }

/** What a proof stands on. `sums` of what is held have each day since `sumsFrom`. */
export type Books = {
  readonly openings: readonly Opening[]
  readonly closings: readonly Close[]
  readonly sums: readonly DaySum[]
  readonly coverage: Coverage
}

/** The first day that sums are needed of, for proving from these openings and for opening later proofs. */
export function sumsFrom(openings: readonly Close[], today: Day): Day {
  const oldest = openings.reduce((day, opening) => (opening.day < day ? opening.day : day), addDays(today, -1))
  return addDays(oldest, -recentDays)
}

/** The closes of this run, for later ones to be proved against. */
export function openingsFrom({ closings, sums }: Books): readonly Opening[] {
  return closings.map((close) => ({ ...close, recentMinor: sumOf(sums, recentOf(close)) }))
}

/**
 * Proves the first of `closings` that can be proved, from the oldest of `openings` since which every day is held: the longer the
 * time that is proved, the more of what went wrong is found.
 */
export function prove(given: Books): Proof {
  if (given.closings.length === 0) return { verdict: 'unverifiable', because: 'no_closing_balance' }
  const oldestFirst = given.openings.toSorted((a, b) => (a.day < b.day ? -1 : 1))
  let hasOpening = false
  for (const closing of given.closings) {
    for (const opening of oldestFirst) {
      if (opening.day >= closing.day || opening.amount.currency !== closing.amount.currency) continue
      hasOpening = true
      if (isComplete(given.coverage, { from: addDays(opening.day, 1), to: closing.day }))
        return compare(opening, closing, given.sums)
    }
  }
  return { verdict: 'unverifiable', because: hasOpening ? 'days_missing' : 'no_opening_balance' }
}

/**
 * Proves one stretch after the other, each from one close to the next: the last of them that end on `since` or later. Where they differ, it is these days. By the
 * best witness of this run alone, since what one kind of balance leaves out would be a difference to another.
 */
export function proveByDay(books: Books, since: Day): RunProof['byDay'] {
  const type = books.closings[0]?.type
  const closes = new Map<Day, Opening>()
  // The first that was told of a day stands.
  for (const close of [...books.openings, ...openingsFrom(books)])
    if (close.type === type && !closes.has(close.day)) closes.set(close.day, close)
  const inOrder = [...closes.values()].toSorted((a, b) => (a.day < b.day ? -1 : 1))
  return inOrder.slice(1).flatMap((closing, at) => {
    const opening = inOrder[at]
    if (opening === undefined || closing.day < since || opening.amount.currency !== closing.amount.currency) return []
    const days = { from: addDays(opening.day, 1), to: closing.day }
    const proof: Proof = isComplete(books.coverage, days)
      ? compare(opening, closing, books.sums)
      : { verdict: 'unverifiable', because: 'days_missing' }
    return [{ days, proof }]
  })
}

/** The books without these movements: what would be held if they were removed. */
export function booksWithout(books: Books, rows: readonly ProviderTransaction[]): Books {
  return {
    ...books,
    sums: [...books.sums, ...rows.map(({ bookingDate, amount }) => ({ day: bookingDate, minor: -amount.minor }))],
  }
}

/**
 * A difference that is exactly what was booked since the opening into days before it (or corrected, or withdrawn) is none: the bank
 * had told its balance without.
 */
function compare(opening: Opening, closing: Close, sums: readonly DaySum[]): Proof {
  const between = sumOf(sums, { from: addDays(opening.day, 1), to: closing.day })
  const late = opening.recentMinor === null ? 0n : sumOf(sums, recentOf(opening)) - opening.recentMinor
  const open = closing.amount.minor - opening.amount.minor - between
  const moved = open === late ? between + late : between
  const difference = open === late ? 0n : open
  const { currency } = closing.amount
  return {
    verdict: difference === 0n ? 'verified' : 'mismatch',
    opening,
    closing,
    moved: { minor: moved, currency },
    difference: { minor: difference, currency },
  }
}

/** The days that a close remembers the sum of. */
export const recentOf = ({ day }: Pick<Close, 'day'>): Range => ({ from: addDays(day, 1 - recentDays), to: day })

export function sumOf(sums: readonly DaySum[], { from, to }: Range): bigint {
  let sum = 0n
  for (const { day, minor } of sums) if (day >= from && day <= to) sum += minor
  return sum
}
