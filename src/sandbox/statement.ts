// What a bank shows of one account at one instant: the movements that are booked by then, in order, and what they add up to.

import { addDays, type Day, localDay, timeZoneOf } from '../values/day.ts'
import type { Account } from './accounts.ts'
import type { Bank } from './banks.ts'
import { addedMovement, changedMovement, type Edits } from './edits.ts'
import { type Bulk, bulkMovements } from './ledger/bulk.ts'
import { type Ledger, monthAfter } from './ledger/ledger.ts'
import type { Movement } from './ledger/movement.ts'

export type Statement = {
  /** Ascending by booking date, then by the bank's key. */
  readonly booked: readonly Movement[]
  /** The balance after each of `booked`. */
  readonly balances: readonly bigint[]
  readonly pending: readonly Movement[]
  readonly opening: bigint
}

export type Statements = { readonly at: (bank: Bank, account: Account, edits: Edits, instant: number) => Statement }

/** Statements are remembered until something is booked, or control changes something: pages of one list come from one statement. */
export function createStatements(ledger: Ledger): Statements {
  const known = new Map<string, { edits: Edits; from: number; until: number; statement: Statement }>()
  const bulks = new WeakMap<Bulk, readonly Movement[]>()
  const rowsOf = (bulk: Bulk, id: string, bank: Bank, account: Account) => {
    const rows = bulks.get(bulk) ?? bulkMovements(bulk, id, bank, account.currency)
    bulks.set(bulk, rows)
    return rows
  }
  return {
    at(bank, account, edits, instant) {
      const held = known.get(account.id)
      if (held?.edits === edits && held.from <= instant && instant < held.until) return held.statement
      const timeZone = timeZoneOf(bank.country)
      const horizon = monthAfter(localDay(new Date(instant), timeZone))
      const bulk = edits.bulk.flatMap((rows, n) => rowsOf(rows, `bulk-${account.id}-${n}`, bank, account))
      const made = [...(account.isStill === true ? [] : ledger.movements(bank, account, horizon)), ...bulk]
      const movements = editedMovements(made, edits, account.currency, timeZone)
      const statement = statementOf(movements, account.opening, instant)
      known.set(account.id, { edits, from: instant, until: nextChange(movements, instant), statement })
      return statement
    },
  }
}

/** How many of the booked movements bear a day before `day`. */
export function countBefore({ booked }: Statement, day: Day): number {
  let low = 0
  let high = booked.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((booked[middle]?.bookingDate ?? day) < day) low = middle + 1
    else high = middle
  }
  return low
}

/** The booked balance at the end of `day`. */
export function closingBalance(statement: Statement, day: Day): bigint {
  return statement.balances[countBefore(statement, addDays(day, 1)) - 1] ?? statement.opening
}

export function bookedBalance(statement: Statement): bigint {
  return statement.balances.at(-1) ?? statement.opening
}

/** The movements that were made and those that control added, with its changes. */
function editedMovements(made: readonly Movement[], edits: Edits, currency: string, timeZone: string): Movement[] {
  const withdrawn = new Set(edits.withdrawn)
  const added = Object.entries(edits.added).map(([key, edit]) => addedMovement(key, edit, currency, timeZone))
  return [...made, ...added].flatMap((movement) => {
    if (withdrawn.has(movement.key)) return []
    const edit = edits.changed[movement.key]
    return [edit === undefined ? movement : changedMovement(movement, edit, currency, timeZone)]
  })
}

function statementOf(movements: readonly Movement[], opening: bigint, instant: number): Statement {
  const booked = movements
    .filter(({ bookedAt }) => bookedAt !== null && bookedAt <= instant)
    .toSorted((one, other) => compare(one.bookingDate, other.bookingDate) || compare(one.key, other.key))
  let balance = opening
  const balances = booked.map(({ amount }) => (balance += amount))
  const pending = movements.filter(
    ({ pendingAt, bookedAt }) =>
      pendingAt !== null && pendingAt <= instant && (bookedAt === null || bookedAt > instant),
  )
  return { booked, balances, pending, opening }
}

/** The next instant at which the statement will be another one; a day at most, since the ledger's horizon moves too. */
function nextChange(movements: readonly Movement[], instant: number): number {
  return movements.reduce(
    (next, { bookedAt, pendingAt }) => Math.min(next, afterwards(bookedAt, instant), afterwards(pendingAt, instant)),
    instant + 86_400_000,
  )
}

function afterwards(at: number | null, instant: number): number {
  return at === null || at <= instant ? Infinity : at
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
