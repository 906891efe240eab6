// Amounts and days as banks write them.

import { parseDay, type Day } from '../../values/day.ts'
import { isCurrency, parseMoney, type Money } from '../../values/money.ts'
import { asFields, asText, below, isFields, nonsense, type Place } from './place.ts'

/** NextGenPSD2's amount, which others have taken over. */
export type WireAmount = { readonly amount: string; readonly currency: string }

export function isAmount(json: unknown): json is WireAmount {
  return isFields(json) && typeof json['amount'] === 'string' && typeof json['currency'] === 'string'
}

/** As it stands there, or as it would be written: comdirect, Santander and Luminor tell numbers where the standard has texts. */
export function amountIfAny(json: unknown): WireAmount | undefined {
  if (isAmount(json)) return json
  if (!isFields(json) || typeof json['currency'] !== 'string') return undefined
  const amount = numeralOf(json['amount'])
  return amount === undefined ? undefined : { amount, currency: json['currency'] }
}

/** Up to this many digits a number is read back as it was written; with more of them it may be another by now. */
const exactDigitsMax = 15

function numeralOf(json: unknown): string | undefined {
  const text = typeof json === 'number' ? String(json) : ''
  return /^-?\d+(\.\d+)?$/.test(text) && text.replace(/\D/g, '').length <= exactDigitsMax ? text : undefined
}

export function asAmount(json: unknown, place: Place): WireAmount {
  const { amount, currency } = asFields(json, place)
  return {
    amount: numeralOf(amount) ?? asText(amount, below(place, 'amount')),
    currency: asText(currency, below(place, 'currency')),
  }
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
  const told = amountIfAny(json)
  if (told === undefined) return undefined
  try {
    return parseMoney(told.amount, currency)
  } catch {
    return undefined
  }
}
