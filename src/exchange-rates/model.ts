// What a currency was worth on a day, as the tenant's books have it.

import type { Day } from '../values/day.ts'
import { isCurrency } from '../values/money.ts'

/** Units per EUR by currency, as decimal text: nothing is reckoned here. */
export type Rates = Readonly<Record<string, string>>

export type DayRates = { readonly day: Day; readonly rates: Rates }

type Fault = { readonly path: string; readonly message: string }

/** What is wrong with rates that have the right form; paths are relative to them. */
export function faultsIn(rates: Rates): readonly Fault[] {
  return Object.entries(rates).flatMap(([currency, rate]) => {
    const path = `/${currency}`
    if (!isCurrency(currency)) return [{ path, message: 'must be an ISO 4217 code' }]
    if (!/[1-9]/.test(rate)) return [{ path, message: 'must be more than zero' }]
    return currency === 'EUR' && Number(rate) !== 1 ? [{ path, message: 'must be 1: rates are units per EUR' }] : []
  })
}
