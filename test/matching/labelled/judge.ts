// Would a careful bookkeeper, who has only the records, book the line without asking? Decided line by line in the order of days.

import type { Item, Line } from './books.ts'
import type { Payers } from './payers.ts'
import type { Party } from './parties.ts'
import { isNamed, isNamedAtLength, squash, wordsOf } from './reading.ts'
import { sum } from './kit.ts'

export function judge({
  lines,
  items,
  payers,
}: {
  lines: readonly Line[]
  items: readonly Item[]
  payers: Payers
}): void {
  const open = openItems(items)
  for (const line of lines.toSorted((a, b) => a.day - b.day)) {
    line.certain = isCertain(line, { open, payers, lines: open.linesOf(lines) })
    open.spend(line)
  }
}

type Bench = { readonly open: OpenItems; readonly payers: Payers; readonly lines: (amount: number) => readonly Line[] }

function isCertain(line: Line, bench: Bench): boolean {
  if (line.with.length > 0) return isCertainPair(line, bench)
  if (line.items.length === 0) return false
  const named = line.items.every((_, at) => isNamed(line, at))
  const alone = line.items.every((_, at) => isNamedAtLength(line, at))
  const suspects = bench.payers(line)
  const known = suspects.length > 0
  const left = sum(line.items.map((item) => signedLeft(bench.open, item)))
  const [item] = line.items
  const gap = Math.abs(left - line.amount)
  switch (line.fit) {
    case 'exact':
      if (left !== line.amount) return false
      if (alone || (named && known)) return true
      return known ? isOnlyReading(line, suspects, bench) : isPlain(line, bench)
    case 'discount':
      return alone || (known && isOnlyReading(line, suspects, bench))
    case 'rounding':
      return alone || (known && (named || near(bench.open, suspects, line) === 1))
    case 'late-discount':
    case 'fee':
      return known ? named : alone && line.items.length === 1 && gap * 100 <= Math.abs(left) * 3
    case 'exchange':
      if (line.instructed !== null && item !== undefined && line.instructed.amount === bench.open.left(item))
        return alone || (known && isOnlyReading(line, suspects, bench))
      return alone && known
    case 'part':
      return known && (named || bench.open.of(suspects).length === 1)
    case 'over':
      return known && named && gap * 50 <= Math.abs(line.amount)
    case 'net':
      return (
        (alone && gap * 25 <= Math.abs(left)) ||
        (known && line.items.length === 1 && near(bench.open, suspects, line) === 1)
      )
  }
}

/** Two lines that belong to each other. */
function isCertainPair(line: Line, { open, lines }: Bench): boolean {
  const [other] = line.with
  if (other === undefined) return false
  const isTransfer = line.story.startsWith('transfer')
  const days = isTransfer ? 5 : 15
  const rivals = (one: Line): number =>
    lines(-one.amount).filter((rival) => Math.abs(rival.day - one.day) <= days && rival.currency === one.currency)
      .length
  if (isTransfer) {
    if (line.currency !== other.currency) return line.instructed !== null || other.instructed !== null
    if (line.iban === other.account.iban || other.iban === line.account.iban) return true
    return rivals(line) === 1 && rivals(other) === 1 && (line.items.length === 0 || open.alike(line.items[0]!) === 1)
  }
  const theirs = new Set(wordsOf(`${other.name ?? ''} ${other.text ?? ''}`))
  const shared = wordsOf(`${line.name ?? ''} ${line.text ?? ''}`).filter((word) => word.length >= 4 && theirs.has(word))
  return rivals(line) === 1 && shared.length > 0
}

/** The amount fits one entry of the suspects, or the older of two that come month by month; or one set of them, easily seen. */
function isOnlyReading(line: Line, suspects: readonly Party[], { open }: Bench): boolean {
  const sameWay = open.of(suspects).filter((item) => item.issue <= line.day + 3)
  if (line.items.length > 1) {
    const values = sameWay.map((item) => signedLeft(open, item))
    if (values.length === line.items.length) return true
    return line.items.length <= 3 && values.length <= 12 && waysTo(values, line.amount) === 1
  }
  const mine = line.items[0]!
  if (mine.issue > line.day + 3) return false
  const rivals = sameWay.filter(
    (item) =>
      item !== mine &&
      item.direction === mine.direction &&
      item.currency === mine.currency &&
      open.left(item) === open.left(mine),
  )
  return rivals.every(
    (rival) => rival.party === mine.party && rival.issue - mine.issue >= 20 && nearerDue(line, mine, rival),
  )
}

const nearerDue = (line: Line, mine: Item, rival: Item): boolean =>
  Math.abs(line.day - (mine.due ?? mine.issue)) <= Math.abs(line.day - (rival.due ?? rival.issue))

/** No party: the bank's own lines, cash, card. The amount must be alone about that day, and what is written must not speak against it. */
function isPlain(line: Line, { open }: Bench): boolean {
  const [item] = line.items
  if (item === undefined || line.items.length > 1 || line.party !== null) return isWholePayroll(line, open)
  if (open.alike(item) > 1) return false
  if (item.kind !== 'expense') return true
  const printed = squash(`${line.name ?? ''} ${line.text ?? ''}`)
  return wordsOf(`${item.name ?? ''} ${item.description ?? ''}`).some(
    (word) => word.length >= 3 && printed.includes(word.slice(0, 6).toUpperCase()),
  )
}

/** All wages of those days, and no more. */
function isWholePayroll(line: Line, open: OpenItems): boolean {
  return (
    line.party === null &&
    line.items.length > 1 &&
    line.items.every(({ kind }) => kind === 'payroll') &&
    open.wagesAbout(line.day) === line.items.length
  )
}

function near(open: OpenItems, suspects: readonly Party[], line: Line): number {
  const amount = Math.abs(line.amount)
  return open
    .of(suspects)
    .filter((item) => Math.abs(item.issue - line.day) <= 90 && Math.abs(open.left(item) - amount) * 20 <= amount).length
}

/** How many selections make the sum; two are enough to know. */
function waysTo(values: readonly number[], total: number): number {
  let ways = 0
  for (let mask = 1; mask < 1 << values.length && ways < 2; mask++) {
    let made = 0
    for (let at = 0; at < values.length; at++) if ((mask >> at) & 1) made += values[at]!
    if (made === total) ways++
  }
  return ways
}

const signedLeft = (open: OpenItems, item: Item): number =>
  item.direction === 'in' ? open.left(item) : -open.left(item)

type OpenItems = ReturnType<typeof openItems>

function openItems(items: readonly Item[]) {
  const left = new Map<Item, number>()
  const byParty = new Map<Party, Set<Item>>()
  const unowned = new Map<string, Item[]>()
  const wages = new Map<number, Set<Item>>()
  for (const item of items) {
    if (item.open === 0) continue
    left.set(item, item.open)
    if (item.party !== null) group(byParty, item.party, () => new Set<Item>()).add(item)
    else group(unowned, likeness(item), () => [] as Item[]).push(item)
    if (item.kind === 'payroll') group(wages, item.issue, () => new Set<Item>()).add(item)
  }
  const byAmount = new Map<number, Line[]>()
  return {
    left: (item: Item): number => left.get(item) ?? 0,
    of: (parties: readonly Party[]): Item[] => parties.flatMap((party) => [...(byParty.get(party) ?? [])]),
    /** How many of that amount and kind there are about that day. */
    alike: (item: Item): number =>
      (unowned.get(likeness(item)) ?? []).filter((other) => left.has(other) && Math.abs(other.issue - item.issue) <= 8)
        .length,
    wagesAbout: (day: number): number =>
      sum(
        Array.from(
          { length: 15 },
          (_, at) => [...(wages.get(day - 7 + at) ?? [])].filter((item) => left.has(item)).length,
        ),
      ),
    linesOf:
      (lines: readonly Line[]) =>
      (amount: number): readonly Line[] => {
        if (byAmount.size === 0) for (const line of lines) group(byAmount, line.amount, () => [] as Line[]).push(line)
        return byAmount.get(amount) ?? []
      },
    spend: (line: Line): void => {
      const isPart = line.fit === 'part'
      let paid = Math.abs(line.amount)
      for (const item of line.items) {
        const rest = left.get(item) ?? 0
        if (item.direction === 'transfer' && line.amount < 0) continue
        if (isPart && paid < rest && line.items.at(-1) === item) {
          left.set(item, rest - paid)
          continue
        }
        paid -= rest
        left.delete(item)
        if (item.party !== null) byParty.get(item.party)?.delete(item)
      }
    },
  }
}

const likeness = ({ kind, direction, amount, currency }: Item): string => `${kind} ${direction} ${amount} ${currency}`

function group<K, V>(index: Map<K, V>, key: K, make: () => V): V {
  const known = index.get(key)
  if (known !== undefined) return known
  const made = make()
  index.set(key, made)
  return made
}
