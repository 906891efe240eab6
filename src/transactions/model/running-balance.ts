// The balance after each movement, where a bank gives it, is the best witness of how many movements there were: two equal
// payments leave two balances behind, one payment shown twice leaves one.

import type { ProviderTransaction } from '../../providers/provider.ts'
import { addDays, type Day } from '../../values/day.ts'

/** Rows told alike and reaching one balance, by day. Of each day's the `fixed` first are settled: they are movements. */
export type Alike<Row> = readonly { readonly day: Day; readonly rows: readonly Row[]; readonly fixed: number }[]

/**
 * Which of the alike rows tell a movement again: those without which the rows around can have followed one another, while with them
 * they cannot. `rows` are all there are, in any order.
 */
export function toldAgainByBalance<Row extends { readonly row: ProviderTransaction }>(
  rows: readonly Row[],
  alike: readonly Alike<Row>[],
): ReadonlySet<Row> {
  const found = new Set<Row>()
  for (const stretch of stretchesOf(rows, alike)) {
    const canDoWithout = (again: ReadonlySet<Row>) => canFollowOneAnother(stretch.rows.filter((row) => !again.has(row)))
    const likeliest = guessesOf(stretch.alike).find(canDoWithout) ?? new Set()
    // Where every single row comes twice the bank doubles, and there is nothing to weigh.
    const isDoubled = likeliest.size * 2 === stretch.rows.length
    for (const row of isDoubled ? likeliest : fewest(likeliest, canDoWithout)) found.add(row)
  }
  return found
}

/** Of the rows found to be told again, only those that there is no room for even one by one: a payment is not to be lost. */
function fewest<Row>(again: ReadonlySet<Row>, canDoWithout: (again: ReadonlySet<Row>) => boolean): ReadonlySet<Row> {
  // Each is tried against all rows of its days: for more than a few pages of them that would take too long.
  if (again.size > 500) return again
  let left = again
  for (const row of again) {
    const withoutRow = new Set(left)
    withoutRow.delete(row)
    if (canDoWithout(withoutRow)) left = withoutRow
  }
  return left
}

/** How many movements n alike rows of a day may be: as many, half as many (a bank that doubles), one. */
const countGuesses: readonly ((rows: number) => number)[] = [(n) => n, (n) => Math.ceil(n / 2), () => 1]

/** Which rows may be those told again, the likeliest first: equal payments on different days are as a rule different ones. */
function guessesOf<Row>(alike: readonly Alike<Row>[]): readonly ReadonlySet<Row>[] {
  return [true, false].flatMap((onEveryDay) =>
    countGuesses.map((count) => new Set(alike.flatMap((days) => toldAgain(days, { onEveryDay, count })))),
  )
}

function toldAgain<Row>(
  days: Alike<Row>,
  { onEveryDay, count }: { readonly onEveryDay: boolean; readonly count: (rows: number) => number },
): readonly Row[] {
  const home = days.find(({ fixed }) => fixed > 0) ?? days[0]
  return days.flatMap((day) =>
    day.rows.slice(Math.max(day.fixed, onEveryDay || day === home ? count(day.rows.length) : 0)),
  )
}

/** Alike rows with all rows from their first day to their last; where those days overlap, of both together. */
function stretchesOf<Row extends { readonly row: ProviderTransaction }>(
  rows: readonly Row[],
  alike: readonly Alike<Row>[],
): readonly { readonly rows: Row[]; readonly alike: Alike<Row>[] }[] {
  const spans = alike.flatMap((days) => {
    const [first, last] = [days[0], days.at(-1)]
    return first === undefined || last === undefined ? [] : [{ from: first.day, to: last.day, days }]
  })
  const stretches: { rows: Row[]; alike: Alike<Row>[]; from: Day; to: Day }[] = []
  for (const { from, to, days } of spans.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = stretches.at(-1)
    if (last === undefined || from > last.to) stretches.push({ rows: [], alike: [days], from, to })
    else {
      last.alike.push(days)
      if (to > last.to) last.to = to
    }
  }
  const rowsOn = new Map<Day, Row[]>()
  for (const { rows: ofStretch, from, to } of stretches) {
    for (let day = from; day <= to; day = addDays(day, 1)) rowsOn.set(day, ofStretch)
  }
  for (const row of rows) rowsOn.get(row.row.bookingDate)?.push(row)
  return stretches
}

/**
 * Whether these movements can have followed one another, none missing and none twice: each day's lead from one balance to another,
 * and each day begins where the one before ended. False when any of them does not tell its balance.
 */
function canFollowOneAnother(rows: readonly { readonly row: ProviderTransaction }[]): boolean {
  const byDay = Map.groupBy(rows, ({ row }) => row.bookingDate)
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
