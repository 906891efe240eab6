// An answer cut into blocks of whole days: what is decided and committed at once.

import { addDays, type Day } from '../../values/day.ts'
import type { Range } from './coverage.ts'

/** How many rows a page has of each day. */
export type PageDays = ReadonlyMap<Day, number>

export type Block = {
  /** The days it decides: the blocks of an answer tile the window without a hole, so a day that the bank says nothing of is decided too. */
  readonly days: Range
  /** Every day that it decides or shows. */
  readonly reach: Range
  /** The numbers of the pages that have rows of those days, in order. */
  readonly pages: readonly number[]
  readonly rows: number
}

/**
 * Days are put together until they have about `size` rows; one day is never cut. Rows that the bank shows from before the window go with the first block: banks
 * tell more than they are asked. Rows after it, which are today's, belong to no block.
 */
export function blocksOf(pages: ReadonlyMap<number, PageDays>, window: Range, size: number): readonly Block[] {
  const perDay = new Map<Day, number>()
  for (const days of pages.values())
    for (const [day, count] of days) if (day <= window.to) perDay.set(day, (perDay.get(day) ?? 0) + count)
  const shown = [...perDay].toSorted(([a], [b]) => (a < b ? -1 : 1))

  const blocks: Block[] = []
  let from = window.from
  let rows = 0
  const closeAt = (to: Day) => {
    const first = blocks.length === 0 ? (shown[0]?.[0] ?? from) : from
    const reach = { from: first < from ? first : from, to }
    blocks.push({ days: { from, to }, reach, pages: numbersOf(pages, reach), rows })
    from = addDays(to, 1)
    rows = 0
  }
  for (const [day, count] of shown) {
    if (day > from && rows > 0 && rows + count > size) closeAt(addDays(day, -1))
    rows += count
  }
  closeAt(window.to)
  return blocks
}

function numbersOf(pages: ReadonlyMap<number, PageDays>, { from, to }: Range): readonly number[] {
  return [...pages]
    .filter(([, days]) => [...days.keys()].some((day) => day >= from && day <= to))
    .map(([number]) => number)
}
