import type { StartAsk } from '../../sync/model/window.ts'
import { parseDay, type Day } from '../../values/day.ts'
import type { Connection } from './connection.ts'

/** Words for a start date, beside a day. */
export const startWords = ['today', 'month_start', 'max_history'] as const

/** A start date as it was sent; undefined for one that is not a day or a known word, or lies after the company's local day `today`. */
export function startAsked(text: string, today: Day): StartAsk | undefined {
  const word = startWords.find((known) => known === text)
  const day = parseDay(text)
  return word ?? (day === undefined || day > today ? undefined : day)
}

/** Switches a connection on, or on again. Without a start date one that fetched before goes on where it stood. */
export function activated(
  connection: Connection,
  {
    startDate,
    firstSync,
    today,
    now,
  }: { readonly startDate: Day; readonly firstSync: 'now' | 'next_day'; readonly today: Day; readonly now: Date },
): Connection {
  return {
    ...connection,
    activatedAt: now,
    deactivatedAt: null,
    startDate,
    firstSync,
    firstActivatedOn: connection.firstActivatedOn ?? today,
  }
}
