// Which blocks of an answer need not be decided: those in which every day is shown as it was when nothing was left to decide of it (agreed-days.ts).

import { nearDays } from '../../transactions/model/sides.ts'
import { addDays, type Day } from '../../values/day.ts'
import type { Block } from './blocks.ts'
import type { Range } from './coverage.ts'

/** What an answer has of one day. */
export type ShownDay = {
  /** Stands for its rows in their order, and for what was known of the bank. */
  readonly digest: string
  /** Of each row that tells the balance after it, a number that is equal where amount and balance are. */
  readonly balances: readonly number[]
}

/**
 * Whether a block can pass. The balance after a movement may show that one was told twice, even ten days apart: that needs two rows of one amount and balance,
 * so there must be none in the block and the days before it; and those days must be known by this answer as well.
 */
export function canPass(
  { reach }: Pick<Block, 'reach'>,
  shownOn: (day: Day) => ShownDay,
  agreed: ReadonlyMap<Day, string>,
): boolean {
  const isAgreed = (day: Day) => agreed.get(day) === shownOn(day).digest
  if (!daysOf(reach).every(isAgreed)) return false
  if (daysOf(reach).every((day) => shownOn(day).balances.length === 0)) return true
  const before = daysOf({ from: addDays(reach.from, -nearDays), to: addDays(reach.from, -1) })
  if (!before.every(isAgreed)) return false
  const balances = [...before, ...daysOf(reach)].flatMap((day) => shownOn(day).balances)
  return new Set(balances).size === balances.length
}

export function daysOf({ from, to }: Range): readonly Day[] {
  const days: Day[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day)
  return days
}
