// What stands open as the days go by, and where to look it up.

import type { Item, Line } from '../books/company.ts'
import { bare, compact } from './reading.ts'
import { keyOf } from './who.ts'

export type Standing = {
  readonly left: (item: Item) => number
  readonly spend: (line: Line) => void
  /** Everything that carries this number or reference, settled or not. */
  readonly carrying: (text: string) => readonly Item[]
  readonly openOf: (key: string, day: number) => readonly Item[]
  readonly openOfKind: (kind: Item['kind'], from: number, to: number) => readonly Item[]
}

function put(map: Map<string, Item[]>, key: string, item: Item): void {
  const there = map.get(key)
  if (there === undefined) map.set(key, [item])
  else there.push(item)
}

export function standingOf(items: readonly Item[]): Standing {
  const left = new Map<Item, number>()
  const byNumber = new Map<string, Item[]>()
  const byKey = new Map<string, Item[]>()
  const byKind = new Map<string, Item[]>()
  for (const item of items) {
    for (const number of numbersOf(item)) put(byNumber, number, item)
    if (item.cents <= item.before) continue
    left.set(item, item.cents - item.before)
    const key = keyOf(item)
    if (key !== null) put(byKey, key, item)
    put(byKind, item.kind, item)
  }
  const isOpen = (item: Item): boolean => (left.get(item) ?? 0) > 0
  return {
    left: (item) => left.get(item) ?? 0,
    spend: ({ settles }) => {
      for (const { item, cents } of settles) left.set(item, Math.max(0, (left.get(item) ?? 0) - cents))
    },
    carrying: (text) => byNumber.get(text) ?? [],
    openOf: (key, day) => (byKey.get(key) ?? []).filter((item) => item.day <= day + 1 && isOpen(item)),
    openOfKind: (kind, from, to) => {
      const all = byKind.get(kind) ?? []
      const found: Item[] = []
      for (let at = firstFrom(all, from); at < all.length && all[at]!.day <= to; at++)
        if (isOpen(all[at]!)) found.push(all[at]!)
      return found
    },
  }
}

/** The items are in the order of their days. */
function firstFrom(items: readonly Item[], day: number): number {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (items[middle]!.day < day) low = middle + 1
    else high = middle
  }
  return low
}

/** As a reader may meet them: whole, their digits, their serial. */
export function numbersOf({
  documentNumber,
  reference,
}: Pick<Item, 'documentNumber' | 'reference'>): ReadonlySet<string> {
  const found = new Set<string>()
  if (documentNumber !== null) {
    const whole = compact(documentNumber)
    const digits = bare(whole.replaceAll(/\D/g, ''))
    const serial = bare(/(\d+)\D*$/.exec(documentNumber)?.[1] ?? '')
    for (const each of [whole, digits, serial]) if (each.length >= 3) found.add(each)
  }
  if (reference !== null) found.add(bare(compact(reference)))
  return found
}
