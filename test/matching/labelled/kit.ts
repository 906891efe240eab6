// Small things that every story uses: lists, days as whole numbers, money in minor units.

import type { Chance } from '../random.ts'

/** A comma-separated list, as it is pleasant to read. */
export function list(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim().replaceAll(/\s+/g, ' '))
    .filter((item) => item !== '')
}

/** Every front with every back: `Sol` and `berg` make `Solberg`. */
export function compose(fronts: string, backs: string): string[] {
  return list(fronts).flatMap((front) => list(backs).map((back) => front + back))
}

/** `Book name|BANK NAME` pairs. */
export function pairs(text: string): [string, string][] {
  return list(text).map((pair) => {
    const [book = '', bank = book] = pair.split('|')
    return [book, bank]
  })
}

/** Puts values into `{name}` places; what has no value becomes nothing. */
export function fill(template: string, values: Readonly<Record<string, string | null | undefined>>): string {
  return template
    .replaceAll(/\{(\w+)\}/g, (_, key: string) => values[key] ?? '')
    .replaceAll(/[ \t]+/g, ' ')
    .trim()
}

/** Days are counted from 1970-01-01. */
export const dayOf = (text: string): number => Math.round(Date.parse(text) / 86_400_000)

const written = new Map<number, string>()

export function iso(day: number): string {
  const known = written.get(day)
  if (known !== undefined) return known
  const text = new Date(day * 86_400_000).toISOString().slice(0, 10)
  written.set(day, text)
  return text
}

export const monthOf = (day: number): number => Number(iso(day).slice(5, 7))
export const dayOfMonth = (day: number): number => Number(iso(day).slice(8, 10))
/** 0 is Sunday. */
const weekday = (day: number): number => (((day + 4) % 7) + 7) % 7
const isWorkday = (day: number): boolean => weekday(day) % 6 !== 0
export const workdayFrom = (day: number): number => (isWorkday(day) ? day : workdayFrom(day + 1))
export const firstOfMonth = (day: number): number => day - dayOfMonth(day) + 1

export function addMonths(day: number, months: number): number {
  const date = new Date(firstOfMonth(day) * 86_400_000)
  date.setUTCMonth(date.getUTCMonth() + months)
  const first = Math.round(date.getTime() / 86_400_000)
  const length = Math.round(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / 86_400_000) - first
  return first + Math.min(dayOfMonth(day), length) - 1
}

/** Minor units as a decimal string. */
export function money(minor: number): string {
  const whole = Math.abs(minor)
  const cents = whole % 100
  return `${minor < 0 ? '-' : ''}${(whole - cents) / 100}.${cents < 10 ? '0' : ''}${cents}`
}

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

/** Picks with a preference for the front: few customers buy much. */
export function pickEarly<T>(chance: Chance, items: readonly T[], steep = 2): T {
  return items[Math.floor(items.length * chance.next() ** steep)]!
}

/** A bell around nought, about one wide. */
export const bell = (chance: Chance): number => (chance.next() + chance.next() + chance.next() - 1.5) * 2

/** Numbers that never repeat and tell nothing of their order. */
export function scrambled(count: number, salt: number): string {
  let value = (count ^ salt) >>> 0
  value = Math.imul(value ^ (value >>> 16), 0x45d9f3b) >>> 0
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d) >>> 0
  return (value >>> 0).toString(36).padStart(7, '0')
}

/** One of the phrases that have a place for a number, or one of those that have none. */
export function phrase(chance: Chance, phrases: readonly string[], { numbered }: { numbered: boolean }): string {
  const fitting = phrases.filter((text) => text.includes('{n}') === numbered)
  return fitting.length === 0 ? (numbered ? '{n}' : '') : chance.pick(fitting)
}
