// Money in whole minor units; every currency of these books has two decimals.

import { ratesOn } from '../../labelled/format.ts'
import { isoOf } from './calendar.ts'

export function textOf(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, '0')
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** As a person or a bank of the continent writes it in text. */
export function writeMoney(cents: number, style: 'comma' | 'dot' | 'spaced' | 'whole' | 'thousands'): string {
  const plain = textOf(cents)
  switch (style) {
    case 'dot':
      return plain
    case 'comma':
      return plain.replace('.', ',')
    case 'whole':
      return plain.endsWith('.00') ? plain.slice(0, -3) : plain.replace('.', ',')
    case 'spaced':
      return plain.replace('.', ',').replaceAll(/\B(?=(\d{3})+(?!\d))/g, ' ')
    case 'thousands':
      return plain.replace('.', ',').replaceAll(/\B(?=(\d{3})+,)/g, '.')
  }
}

const ratesByDay = new Map<number, Readonly<Record<string, number>>>()

function rate(day: number, currency: string): number {
  let rates = ratesByDay.get(day)
  if (rates === undefined) {
    rates = ratesOn(isoOf(day))
    ratesByDay.set(day, rates)
  }
  return rates[currency]!
}

/** What one unit of `from` cost in `to` on that day, by the mid rate. */
export function crossRate(day: number, from: string, to: string): number {
  return from === to ? 1 : rate(day, to) / rate(day, from)
}

export function convert(cents: number, day: number, from: string, to: string): number {
  return Math.round(cents * crossRate(day, from, to))
}
