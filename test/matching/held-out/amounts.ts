// Minor units and counted days, and how they are written.

import type { Chance } from '../random.ts'
import { ratesOn } from '../labelled/format.ts'

/** What an amount costs at home on a day, in minor units. */
export function exchanged(minor: number, from: string, to: string, day: number): number {
  const rates = ratesOn(iso(day))
  return Math.round((minor / rates[from]!) * rates[to]!)
}

/** Banks mostly book on working days. */
export function weekday(day: number, chance: Chance): number {
  const inWeek = (day + 4) % 7
  return chance.is(0.1) ? day : inWeek === 6 ? day + 2 : inWeek === 0 ? day + 1 : day
}

export function money(minor: number): string {
  const size = String(Math.abs(minor)).padStart(3, '0')
  return `${minor < 0 ? '-' : ''}${size.slice(0, -2)}.${size.slice(-2)}`
}

export function dayOf(text: string): number {
  return Date.parse(text) / 86_400_000
}

export function iso(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10)
}

export function dotted(day: number): string {
  const text = iso(day)
  return `${text.slice(8)}.${text.slice(5, 7)}.${text.slice(2, 4)}`
}
