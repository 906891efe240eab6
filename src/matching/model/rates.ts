import { addDays, type Day } from '../../values/day.ts'
import type { BookEntry, Line } from './types.ts'

/** Units per EUR by currency, of one day. */
export type RatesOfDay = { readonly day: Day; readonly rates: Readonly<Record<string, number>> }

/** Over a long weekend nobody sets a rate, and some books take one a week. */
export const ratesDaysMax = 7

/** Lines with the rates of their day, else of the last day before it that has any, within a week. */
export function withRates(lines: readonly Line[], days: readonly RatesOfDay[]): readonly Line[] {
  if (days.length === 0) return lines
  const byDay = new Map(days.map(({ day, rates }) => [day, rates]))
  const known = new Map<Day, RatesOfDay['rates'] | undefined>()
  return lines.map((line) => {
    if (!known.has(line.bookingDate)) known.set(line.bookingDate, ratesOn(line.bookingDate, byDay))
    const rates = known.get(line.bookingDate)
    return rates === undefined ? line : { ...line, rates }
  })
}

function ratesOn(day: Day, byDay: ReadonlyMap<Day, RatesOfDay['rates']>): RatesOfDay['rates'] | undefined {
  for (let back = 0; back <= ratesDaysMax; back += 1) {
    const rates = byDay.get(addDays(day, -back))
    if (rates !== undefined) return rates
  }
  return undefined
}

/** The days whose rates may be asked for, and the currencies; null where there is only one. */
export function ratesWanted(
  lines: readonly Pick<Line, 'bookingDate' | 'currency'>[],
  entries: readonly Pick<BookEntry, 'currency' | 'openAmount'>[],
): { readonly from: Day; readonly to: Day; readonly currencies: ReadonlySet<string> } | null {
  const open = entries.filter(({ openAmount }) => openAmount !== 0n)
  const currencies = new Set([...lines, ...open].map(({ currency }) => currency))
  const days = lines.map(({ bookingDate }) => bookingDate).toSorted()
  const [first, last] = [days[0], days.at(-1)]
  if (currencies.size < 2 || first === undefined || last === undefined) return null
  return { from: addDays(first, -ratesDaysMax), to: last, currencies }
}
