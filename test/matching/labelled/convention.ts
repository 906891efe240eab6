// Where nothing tells like amounts of one party apart, everybody books the oldest first: so that is the truth.

import type { Item, Line } from './books.ts'
import { isNamed } from './reading.ts'

/** Gives every unnamed payment the oldest open entry of its party and amount, and what nobody claims to payments that have none. */
export function settleOldestFirst(lines: readonly Line[], items: readonly Item[]): void {
  const byDay = lines.toSorted((a, b) => a.day - b.day)
  const free = byDay.filter(isFree)
  const spoken = new Set(byDay.filter((line) => !isFree(line)).flatMap((line) => line.items))
  const classes = new Map<string, Item[]>()
  for (const item of items) {
    if (item.party === null || item.open === 0 || spoken.has(item)) continue
    const key = keyOf(item.party.at, item.direction === 'in' ? item.open : -item.open, item.currency)
    const list = classes.get(key)
    if (list === undefined) classes.set(key, [item])
    else list.push(item)
  }
  for (const list of classes.values()) if (list.length > 1) list.sort((a, b) => a.issue - b.issue)
  const take = (line: Line): Item | undefined => {
    const list = classes.get(keyOf(line.party!.at, line.amount, line.currency))
    const at = list?.findIndex(({ issue }) => issue <= line.day) ?? -1
    return at < 0 ? undefined : list!.splice(at, 1)[0]
  }
  for (const line of free.filter((one) => one.items.length === 1)) {
    const oldest = take(line)
    if (oldest !== undefined) line.items = [oldest]
  }
  for (const line of free.filter((one) => one.items.length === 0)) {
    const left = take(line)
    if (left !== undefined) line.items = [left]
  }
}

/** One whole amount from a known party, with nothing that names a document. */
function isFree(line: Line): boolean {
  if (line.party === null || line.with.length > 0 || line.fit !== 'exact' || line.items.length > 1) return false
  const [item] = line.items
  if (item === undefined) return line.written.length === 0 && line.reference === null
  const isWhole = item.open === Math.abs(line.amount) && item.currency === line.currency && item.party === line.party
  return isWhole && item.issue <= line.day && !isNamed(line, 0)
}

const keyOf = (party: number, amount: number, currency: string): string => `${party} ${amount} ${currency}`
