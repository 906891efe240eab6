// An answer cut into blocks of whole days: what is decided and committed at once.

import type { ProviderTransaction } from '../../providers/provider.ts'
import { addDays, type Day } from '../../values/day.ts'
import type { Range } from './coverage.ts'

export type Block = {
  /** The days it decides: the blocks of an answer tile the window without a hole, so a day that the bank says nothing of is decided too. */
  readonly days: Range
  /** Every day that it decides or shows. */
  readonly reach: Range
  /** The pages of the answer with the rows of those days, in order. */
  readonly pages: readonly (readonly ProviderTransaction[])[]
  readonly rows: number
}

/**
 * Days are put together until they have about `size` rows; one day is never cut. Rows that the bank shows from before the window go with the first block: banks
 * tell more than they are asked. Rows after it, which are today's, belong to no block.
 */
export function blocksOf(
  pages: readonly (readonly ProviderTransaction[])[],
  window: Range,
  size: number,
): readonly Block[] {
  const perDay = new Map<Day, number>()
  for (const page of pages)
    for (const { bookingDate } of page) {
      if (bookingDate > window.to) continue
      const day = bookingDate < window.from ? window.from : bookingDate
      perDay.set(day, (perDay.get(day) ?? 0) + 1)
    }
  const ranges: Range[] = []
  let from = window.from
  let rows = 0
  for (const [day, count] of [...perDay].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    if (rows > 0 && rows + count > size) {
      ranges.push({ from, to: addDays(day, -1) })
      from = day
      rows = 0
    }
    rows += count
  }
  ranges.push({ from, to: window.to })
  return withRows(pages, ranges)
}

function withRows(pages: readonly (readonly ProviderTransaction[])[], ranges: readonly Range[]): readonly Block[] {
  const blocks = ranges.map((days) => ({ days, first: days.from, pages: [] as ProviderTransaction[][], rows: 0 }))
  const lastDay = ranges.at(-1)?.to ?? ''
  for (const page of pages) {
    const parts = new Map<number, ProviderTransaction[]>()
    for (const row of page) {
      if (row.bookingDate > lastDay) continue
      const index = indexOf(ranges, row.bookingDate)
      const part = parts.get(index)
      if (part === undefined) parts.set(index, [row])
      else part.push(row)
    }
    for (const [index, part] of parts) {
      const block = blocks[index]
      if (block === undefined) continue
      block.pages.push(part)
      block.rows += part.length
      for (const { bookingDate } of part) if (bookingDate < block.first) block.first = bookingDate
    }
  }
  return blocks.map(({ days, first, pages: own, rows }) => ({
    days,
    reach: { from: first, to: days.to },
    pages: own,
    rows,
  }))
}

/** The last range that begins on the day or before it; the first where none does. */
function indexOf(ranges: readonly Range[], day: Day): number {
  let low = 0
  let high = ranges.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const range = ranges[middle]
    if (range !== undefined && range.from <= day) low = middle
    else high = middle - 1
  }
  return low
}
