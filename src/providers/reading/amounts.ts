// Amounts and days as banks write them.

import { parseDay, type Day } from '../../values/day.ts'
import { isCurrency, parseMoney, type Money } from '../../values/money.ts'
import { asFields, asText, below, isFields, nonsense, type Place } from './place.ts'

/** NextGenPSD2's amount, which others have taken over. */
export type WireAmount = { readonly amount: string; readonly currency: string }

/** For an amount that we could do without. */
export function isAmount(json: unknown): json is WireAmount {
  return isFields(json) && typeof json['amount'] === 'string' && typeof json['currency'] === 'string'
}

export function asAmount(json: unknown, place: Place): WireAmount {
  const { amount, currency } = asFields(json, place)
  return { amount: asText(amount, below(place, 'amount')), currency: asText(currency, below(place, 'currency')) }
}

/** A day, or the day of a date and time as it is written there: the bank's, whatever its offset. */
export function dayOf(json: unknown): Day | undefined {
  if (typeof json !== 'string' || !/^.{10}($|[T ])/.test(json)) return undefined
  return parseDay(json.slice(0, 10))
}

export function moneyOf(wire: WireAmount, place: Place): Money {
  if (!isCurrency(wire.currency)) throw nonsense(below(place, 'currency'), 'a currency')
  try {
    return parseMoney(wire.amount, wire.currency)
  } catch (error) {
    if (error instanceof RangeError)
      throw nonsense(below(place, 'amount'), 'a decimal number that its currency can hold')
    throw error
  }
}

/** An amount that we could do without: absent where it is not one in that currency. */
export function moneyIfAny(json: unknown, currency: string): Money | undefined {
  if (!isAmount(json)) return undefined
  try {
    return parseMoney(json.amount, currency)
  } catch {
    return undefined
  }
}
