// What must hold whatever happened. The first is asked after every step, the second when a day's work is done, the third when the faults are over.

import type { Change } from '../../src/transactions/model/transaction.ts'
import { addDays, type Day } from '../../src/values/day.ts'
import { contentOf, type BankAccount, type Habits } from './bank.ts'

export type HeldRow = {
  readonly id: string
  readonly account: string
  readonly day: Day
  readonly content: string
  readonly removed: boolean
  readonly suspect: string | null
  readonly version: number
}

export type HeldCoverage = {
  readonly account: string
  readonly startDate: Day
  readonly complete: readonly { readonly from: Day; readonly to: Day }[]
  readonly missing: readonly { readonly from: Day; readonly to: Day }[]
  /** When the last run that came to its end was over. */
  readonly finishedAt: Date | null
}

export type Books = { readonly rows: readonly HeldRow[]; readonly coverage: readonly HeldCoverage[] }

/** Nothing is held that the bank never told, and no day counts as held that it never told completely. */
export function* wrongAtAnyTime({ rows, coverage }: Books, accounts: readonly BankAccount[]): Iterable<string> {
  for (const account of accounts) {
    for (const row of rows)
      if (row.account === account.id && !account.told.has(row.content))
        yield `${account.id} holds what its bank never told: ${row.content}`
    for (const { complete } of coverage.filter((each) => each.account === account.id))
      for (const day of daysOf(complete))
        if (!account.served.some(({ from, to }) => from <= day && day <= to))
          yield `${account.id} counts ${day} as held, which its bank never told completely`
  }
}

/**
 * Every day from the start through the watermark is held or known to be missing; and of every day that the last finished run was told there is at least what the
 * bank had booked by then.
 */
export function* wrongAtNight(
  books: Books,
  accounts: readonly BankAccount[],
  { ids, trusted }: Habits,
): Iterable<string> {
  for (const account of accounts)
    for (const { startDate, complete, missing, finishedAt } of books.coverage.filter(
      (each) => each.account === account.id,
    )) {
      const held = new Set(daysOf(complete))
      const known = new Set([...held, ...daysOf(missing)])
      const watermark = complete.at(-1)?.to
      if (watermark !== undefined)
        for (let day = startDate; day <= watermark; day = addDays(day, 1))
          if (!known.has(day)) yield `${account.id} neither holds ${day} nor misses it`
      for (const day of held) {
        if (day < startDate) continue
        const last = account.served.findLast(({ at }) => finishedAt !== null && at <= finishedAt)
        if (last === undefined || day < last.from || day > last.to) continue
        const booked = account.movements.filter((movement) => movement.day === day)
        const told = booked.filter(({ withdrawn, bookedAt }) => !withdrawn && bookedAt < last.begun).map(contentOf)
        // Two that are alike in everything and in an id that is trusted are one, until the bank contradicts itself; what it does then is for the end.
        const least = trusted && ids !== 'kept' ? new Set(told).size : told.length
        const count = books.rows.filter((row) => row.account === account.id && row.day === day && !row.removed).length
        if (count < least) yield `${account.id} holds ${count} of ${day}, of which its bank had told ${least}`
      }
    }
}

/**
 * What is held of the days that are held is what the bank has booked, each as often. A day of which something changed while nobody was there, and which the bank
 * no longer serves, cannot be known.
 */
export function* wrongInTheEnd({ rows, coverage }: Books, accounts: readonly BankAccount[]): Iterable<string> {
  for (const account of accounts)
    for (const { startDate, complete } of coverage.filter((each) => each.account === account.id)) {
      const days = new Set(daysOf(complete).filter((day) => day >= startDate))
      for (const { day, changedAt } of account.movements) if (isBeyond(account, day, changedAt)) days.delete(day)
      const truth = account.movements.filter(({ day, withdrawn }) => !withdrawn && days.has(day)).map(contentOf)
      const held = rows.filter((row) => row.account === account.id && !row.removed && days.has(row.day))
      const contents = (rowsHeld: readonly HeldRow[]) => rowsHeld.map(({ content }) => content)
      const { missing } = difference(truth, contents(held))
      for (const content of missing) yield `${account.id} lacks ${content}`
      // A withdrawn one that the balances seem to count still, because something else makes up for it to the cent, is kept and said to be in doubt.
      const { tooMany } = difference(truth, contents(held.filter(({ suspect }) => suspect !== 'not_shown')))
      for (const content of tooMany) yield `${account.id} has too often ${content}`
    }
}

/**
 * Whether the bank served that day no more, or for too short to be sure of it, when it was asked since: twice, as one answer that lacks a movement removes
 * none. What it answered in the very instant may have been before.
 */
function isBeyond({ served }: BankAccount, day: Day, since: Date): boolean {
  const second = served.filter(({ begun }) => begun > since)[1]
  return second === undefined || day < addDays(second.oldest, 3)
}

/** A consumer of the feed that keeps its cursor: what it holds, and what it was told that cannot be. */
export function createFollower() {
  const held = new Map<string, number>()
  return {
    *follow(changes: readonly Change[]): Iterable<string> {
      for (const { type, transaction } of changes) {
        const { id, version } = transaction
        const before = held.get(id)
        if ((type === 'added') !== (before === undefined)) yield `the feed told ${type} of ${id} out of turn`
        if (before !== undefined && version < before)
          yield `the feed went back from version ${before} of ${id} to ${version}`
        if (type === 'removed') held.delete(id)
        else held.set(id, version)
      }
    },
    /** What it holds is what is delivered. */
    *compare(delivered: readonly HeldRow[]): Iterable<string> {
      const live = delivered.filter(({ removed }) => !removed)
      for (const { id, version } of live)
        if (held.get(id) !== version) yield `the feed told version ${held.get(id)} of ${id}, which has ${version}`
      if (live.length !== held.size) yield `the feed told of ${held.size} movements, and ${live.length} are held`
    },
  }
}

function daysOf(ranges: readonly { readonly from: Day; readonly to: Day }[]): readonly Day[] {
  const days: Day[] = []
  for (const { from, to } of ranges) for (let day = from; day <= to; day = addDays(day, 1)) days.push(day)
  return days
}

function difference(truth: readonly string[], held: readonly string[]): { missing: string[]; tooMany: string[] } {
  const rest = new Map<string, number>()
  for (const each of truth) rest.set(each, (rest.get(each) ?? 0) + 1)
  const tooMany: string[] = []
  for (const each of held) {
    const left = rest.get(each) ?? 0
    if (left === 0) tooMany.push(each)
    else rest.set(each, left - 1)
  }
  return { missing: [...rest].flatMap(([each, left]) => Array.from({ length: left }, () => each)), tooMany }
}
