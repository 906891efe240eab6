// Whether a sum is explained by what it is said to settle.

import { convert } from '../base/money.ts'
import type { Item, Line } from '../books/company.ts'
import type { Standing } from './standing.ts'

export type How = 'exact' | 'discount' | 'rate' | 'less' | 'part' | 'more' | 'no'

export const signed = (item: Item, cents: number): number => (item.direction === 'in' ? cents : -cents)

/** What was instructed in that currency, where the line tells it. */
export function foreignCents({ foreign }: Line, currency: string): number | null {
  return foreign !== null && foreign.currency === currency ? foreign.cents : null
}

export function explained(standing: Standing, line: Line, items: readonly Item[]): How {
  const { currency } = items[0]!
  const whole = Math.abs(items.reduce((sum, item) => sum + signed(item, standing.left(item)), 0))
  const told = foreignCents(line, currency)
  const paid = currency === line.account.currency ? Math.abs(line.cents) : told
  if (paid === null) {
    const reckoned = convert(whole, line.day, currency, line.account.currency)
    return Math.abs(reckoned - Math.abs(line.cents)) <= reckoned * 0.025 ? 'rate' : 'no'
  }
  if (paid === whole || (told !== null && told === whole)) return 'exact'
  if (paid === whole - discountOn(items, line.day) || paid === whole - discountOn(items, line.day - lateDays))
    return 'discount'
  if (paid > whole) return 'more'
  return whole - paid <= Math.max(2500, whole * 0.02) ? 'less' : 'part'
}

/** Ten days late is still what the payer meant. */
const lateDays = 10

function discountOn(items: readonly Item[], day: number): number {
  return items.reduce(
    (sum, { discount, cents }) =>
      sum + (discount !== null && day <= discount.until ? Math.round((cents * discount.percent) / 100) : 0),
    0,
  )
}

const mostTried = 14

/** Whether just one choice among what is open makes the sum. */
export function isOnlyWay(standing: Standing, line: Line, all: readonly Item[]): boolean {
  if (all.length > mostTried || all.some(({ currency }) => currency !== line.account.currency)) return false
  const parts = all.map((item) => signed(item, standing.left(item)))
  let ways = 0
  const choose = (at: number, rest: number): void => {
    if (rest === 0 && at === parts.length) ways++
    if (at === parts.length || ways > 1) return
    choose(at + 1, rest)
    choose(at + 1, rest - parts[at]!)
  }
  choose(0, line.cents)
  return ways === 1
}
