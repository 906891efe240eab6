// The days that a text names, as processors do that pay out for some: “28.12.2025-31.12.2025”, or for one: “31.01.26”.

import { daysBetween, parseDay, type Day } from '../../values/day.ts'

/** Days since 1970-01-01, both ends included. */
export type DayRange = { readonly from: number; readonly to: number }

const epoch: Day = '1970-01-01'
const whole = String.raw`(\d{1,2})[./-](\d{1,2})[./-](20\d\d)|(20\d\d)-(\d\d)-(\d\d)`
const range = new RegExp(
  String.raw`(?<![\d./-])(?:${whole})\s{0,2}(?:-|–|/|TO|TIL|TILL|TOT|BIS|AU)\s{0,2}(?:${whole})(?![\d/-])`,
  'i',
)
const daysMax = 31
const single = /(?<![\d./-])(?:(\d{1,2})[./-](\d{1,2})[./-]((?:20)?\d\d)|(20\d\d)-(\d\d)-(\d\d))(?![\d./-])/

/** The bank has cut off the last year. */
const cutOff =
  /(?<![\d./-])(\d{1,2})[./-](\d{1,2})[./-](20\d\d)\s{0,2}[-–]\s{0,2}(\d{1,2})[./-](\d{1,2})(?:[./-]\d{0,3})?$/

/** The first of them, if it is no longer than a month. */
export function dayRangeIn(text: string): DayRange | undefined {
  const [, ...parts] = range.exec(text) ?? []
  const [from, to] = parts.length === 0 ? cutOffIn(text) : [dayOf(parts.slice(0, 6)), dayOf(parts.slice(6))]
  return from === undefined || to === undefined || to < from || to - from >= daysMax ? undefined : { from, to }
}

function cutOffIn(text: string): readonly (number | undefined)[] {
  const [, day, month = '', year = '', toDay, toMonth = ''] = cutOff.exec(text.trimEnd()) ?? []
  const toYear = Number(toMonth) < Number(month) ? String(Number(year) + 1) : year
  return day === undefined ? [] : [dayOf([day, month, year]), dayOf([toDay, toMonth, toYear])]
}

/** The first single day, since 1970-01-01. */
export function dayIn(text: string): number | undefined {
  const [, ...parts] = single.exec(text) ?? []
  return parts.length === 0 ? undefined : dayOf(parts)
}

function dayOf([day, month, year, isoYear, isoMonth, isoDay]: readonly (string | undefined)[]): number | undefined {
  const written = [
    (year ?? isoYear)?.padStart(4, '20'),
    (month ?? isoMonth)?.padStart(2, '0'),
    (day ?? isoDay)?.padStart(2, '0'),
  ].join('-')
  const parsed = parseDay(written)
  return parsed === undefined ? undefined : daysBetween(epoch, parsed)
}
