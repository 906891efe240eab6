// Days as whole numbers since 1970, so that agents can reckon with them; text only where a record is written.

const texts = new Map<number, string>()

/** ISO text; the same string object for the same day, since a million records share some five hundred days. */
export function isoOf(day: number): string {
  const known = texts.get(day)
  if (known !== undefined) return known
  const text = new Date(day * 86_400_000).toISOString().slice(0, 10)
  texts.set(day, text)
  return text
}

export function dayOf(iso: string): number {
  return Date.parse(iso) / 86_400_000
}

export type DayParts = { readonly year: number; readonly month: number; readonly date: number }

export function partsOf(day: number): DayParts {
  const iso = isoOf(day)
  return { year: Number(iso.slice(0, 4)), month: Number(iso.slice(5, 7)), date: Number(iso.slice(8)) }
}

/** 0 is Sunday. */
export function weekdayOf(day: number): number {
  return (day + 4) % 7
}

export function nextWorkday(day: number): number {
  const weekday = weekdayOf(day)
  if (weekday === 6) return day + 2
  return weekday === 0 ? day + 1 : day
}

/** The given date of the month that lies `months` after that of `day`; the last of the month where it is too short. */
export function inMonth(day: number, months: number, date: number): number {
  const { year, month } = partsOf(day)
  const first = Date.UTC(year, month - 1 + months, 1) / 86_400_000
  const next = Date.UTC(year, month + months, 1) / 86_400_000
  return Math.min(first + date - 1, next - 1)
}

/** Months since year 0, for telling periods apart. */
export function monthNumber(day: number): number {
  const { year, month } = partsOf(day)
  return year * 12 + month - 1
}

const two = (value: number): string => String(value).padStart(2, '0')

export type DateStyle = 'd.m.y' | 'd.m' | 'dmy' | 'ymd' | 'd/m/y' | 'd-m-y' | 'iso' | 'd/m'

/** As banks and payers write a day. */
export function writeDay(day: number, style: DateStyle): string {
  const { year, month, date } = partsOf(day)
  const short = two(year % 100)
  switch (style) {
    case 'd.m.y':
      return `${two(date)}.${two(month)}.${short}`
    case 'd.m':
      return `${two(date)}.${two(month)}`
    case 'dmy':
      return `${two(date)}${two(month)}${short}`
    case 'ymd':
      return `${short}${two(month)}${two(date)}`
    case 'd/m/y':
      return `${two(date)}/${two(month)}/${short}`
    case 'd-m-y':
      return `${two(date)}-${two(month)}-${year}`
    case 'd/m':
      return `${two(date)}/${two(month)}`
    case 'iso':
      return isoOf(day)
  }
}
