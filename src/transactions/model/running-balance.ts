// The balance after each movement, where a bank gives it, is the best witness of how many movements there were: two equal
// payments leave two balances behind, one payment shown twice leaves one.

import type { ProviderTransaction } from '../../providers/provider.ts'
import { addDays, type Day } from '../../values/day.ts'
import { groupBy, type Days } from './sides.ts'

/** Rows told alike and reaching one balance, over which days; of these the `fixed` first are movements, and the others may be those told again. */
export type Alike<Row> = { readonly rows: readonly Row[]; readonly fixed: number; readonly days: Days }

/** How many movements n alike rows may be: as many, one less (pages overlap), half as many (a bank doubles), one. Most first: a payment is not to be lost. */
const guesses: readonly ((rows: number) => number)[] = [(n) => n, (n) => n - 1, (n) => Math.ceil(n / 2), () => 1]

/**
 * What the running balance says of rows that are alike: `repeated` are those without which the rows around can have followed one
 * another, while they cannot with them; `real` those that are needed for it. Of others it says nothing: a payment, its refund and
 * the payment again are as good a way as a payment and its refund. `rows` are all there are, in any order.
 */
export function judgeByBalance<Row extends { readonly row: ProviderTransaction }>(
  rows: readonly Row[],
  alike: readonly Alike<Row>[],
): { readonly real: readonly Row[]; readonly repeated: readonly Row[] } {
  const real: Row[] = []
  const repeated: Row[] = []
  for (const stretch of stretchesOf(rows, alike)) {
    const possible = guesses
      .map(
        (guess) =>
          new Set(stretch.alike.flatMap((each) => each.rows.slice(Math.max(each.fixed, guess(each.rows.length))))),
      )
      .filter((again) => canFollowOneAnother(stretch.rows.filter((row) => !again.has(row))))
    const [most, ...fewer] = possible
    if (most !== undefined && most.size > 0) repeated.push(...most)
    else if (most !== undefined && fewer.every(({ size }) => size === 0))
      real.push(...stretch.alike.flatMap((each) => each.rows))
  }
  return { real, repeated }
}

/** The days of alike rows with all rows of those days; where days overlap, of both together. */
function stretchesOf<Row extends { readonly row: ProviderTransaction }>(
  rows: readonly Row[],
  alike: readonly Alike<Row>[],
): readonly { readonly rows: Row[]; readonly alike: Alike<Row>[] }[] {
  const stretches: { rows: Row[]; alike: Alike<Row>[]; to: Day }[] = []
  for (const each of alike.toSorted((a, b) => (a.days.from < b.days.from ? -1 : 1))) {
    const last = stretches.at(-1)
    if (last === undefined || each.days.from > last.to) stretches.push({ rows: [], alike: [each], to: each.days.to })
    else {
      last.alike.push(each)
      if (each.days.to > last.to) last.to = each.days.to
    }
  }
  const stretchOn = new Map<Day, Row[]>()
  for (const stretch of stretches) {
    const from = stretch.alike[0]?.days.from ?? stretch.to
    for (let day = from; day <= stretch.to; day = addDays(day, 1)) stretchOn.set(day, stretch.rows)
  }
  for (const row of rows) stretchOn.get(row.row.bookingDate)?.push(row)
  return stretches
}

/**
 * Whether these movements can have followed one another, none missing and none twice: each day's lead from one balance to another,
 * and each day begins where the one before ended. False when any of them does not tell its balance.
 */
function canFollowOneAnother(rows: readonly { readonly row: ProviderTransaction }[]): boolean {
  const byDay = groupBy(rows, ({ row }) => row.bookingDate)
  let balance: bigint | undefined
  for (const [, ofDay] of [...byDay].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const path = pathOf(ofDay.map(({ row }) => row))
    if (path === undefined || (balance !== undefined && !path.beginsAt.has(balance))) return false
    balance = path.endsAt ?? balance
  }
  return true
}

/**
 * From where to where these movements of one day lead, each taken once; undefined when there is no such way. The order within a
 * day is not told, so this asks only whether there is one: every balance that is reached must be left again, save the last.
 * A day that ends where it began may have begun at any of its balances, and its end is where the day before ended.
 */
function pathOf(
  rows: readonly ProviderTransaction[],
): { readonly beginsAt: ReadonlySet<bigint>; readonly endsAt: bigint | undefined } | undefined {
  const reached = new Map<bigint, number>()
  for (const { amount, balanceAfter } of rows) {
    if (balanceAfter === undefined || balanceAfter.currency !== amount.currency) return undefined
    const before = balanceAfter.minor - amount.minor
    reached.set(before, (reached.get(before) ?? 0) - 1)
    reached.set(balanceAfter.minor, (reached.get(balanceAfter.minor) ?? 0) + 1)
  }
  const uneven = [...reached].filter(([, times]) => times !== 0)
  if (uneven.length === 0) return { beginsAt: new Set(reached.keys()), endsAt: undefined }
  const begin = uneven.find(([, times]) => times === -1)
  const end = uneven.find(([, times]) => times === 1)
  return uneven.length === 2 && begin && end ? { beginsAt: new Set([begin[0]]), endsAt: end[0] } : undefined
}
