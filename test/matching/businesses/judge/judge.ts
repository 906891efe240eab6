// The careful book-keeper: she sees the records alone, in the order of their days, and says of each line whether she would book it unasked.
// She never guesses: what she books is named and adds up, or comes from somebody she recognises and fits one thing only.

import type { Company, Item, Line } from '../books/company.ts'
import { explained, foreignCents, isOnlyWay, signed } from './amounts.ts'
import { standingOf, numbersOf, type Standing } from './standing.ts'
import { bare, compact, numbersIn } from './reading.ts'
import { pairsIn, type Pairs } from './pairs.ts'
import { keyOf, whoIn, type Who } from './who.ts'

type Desk = { readonly standing: Standing; readonly who: Who; readonly pairs: Pairs; readonly company: Company }

export function judge(company: Company, items: readonly Item[], lines: readonly Line[]): void {
  const desk: Desk = {
    standing: standingOf(items),
    who: whoIn(company, items),
    pairs: pairsIn(company, lines),
    company,
  }
  for (const line of lines) {
    line.certain = isCertain(desk, line)
    desk.standing.spend(line)
  }
}

function isCertain(desk: Desk, line: Line): boolean {
  if (line.with.length > 0) return desk.pairs.isPlain(line)
  if (line.settles.length === 0) return false
  const items = [...new Set(line.settles.map(({ item }) => item))]
  const kind = items[0]!.kind
  if (kind === 'expense') return isReceipt(desk, line, items[0]!)
  if (kind === 'bank_fee' || (kind === 'ledger_posting' && items[0]!.party === null)) return isAlone(desk, line, items)
  const keys = new Set(items.map(keyOf))
  if (keys.size > 1) return isNamed(desk, line, items, false) || isBatch(desk, line, items)
  const key = keyOf(items[0]!)
  const isKnown = key !== null && desk.who.isKnown(line, key)
  return (
    isNamed(desk, line, items, isKnown) ||
    (isKnown && (isOnlyFit(desk, line, items, key) || isPayout(desk, line, items, key)))
  )
}

/** Every item is named by its number or reference, nothing else is as well, and the sum is explained. */
function isNamed(desk: Desk, line: Line, items: readonly Item[], isKnown: boolean): boolean {
  const found = read(line)
  const isReferred = (item: Item): boolean => item.reference !== null && found.has(bare(compact(item.reference)))
  const names = (item: Item): boolean =>
    [...numbersOf(item)].some((number) => found.has(number) && (number.length >= 4 || isKnown)) || isNoted(item, found)
  if (!items.every(names)) return false
  if (rivalsNamed(desk, line, items, found)) return false
  const how = explained(desk.standing, line, items)
  if (how === 'exact' || how === 'discount' || how === 'rate')
    return isKnown || isReferred(items[0]!) || howTelling(items) >= 4
  if (how === 'less' || how === 'part')
    return isNetOf(line, items, found) || (items.length === 1 && (isKnown || isReferred(items[0]!)))
  return how === 'more' && items.length === 1 && isKnown
}

/** A payout that the books noted on each of its sales: the difference is the processor's fee. */
function isNetOf({ shown }: Line, items: readonly Item[], found: ReadonlySet<string>): boolean {
  return (
    items.every((item) => isNoted(item, found)) && (shown.counterpartyName ?? shown.remittanceInformation ?? '') !== ''
  )
}

/** What the books noted beside it: an order, a payout. */
function isNoted({ description }: Item, found: ReadonlySet<string>): boolean {
  return (description?.match(/\d{5,}/g) ?? []).some((number) => found.has(number))
}

const howTelling = (items: readonly Item[]): number =>
  Math.min(...items.map(({ documentNumber }) => compact(documentNumber ?? '').length))

function read({ shown }: Line): ReadonlySet<string> {
  const found = new Set(numbersIn(shown.remittanceInformation ?? ''))
  if (shown.structuredReference !== null) found.add(bare(compact(shown.structuredReference)))
  return found
}

/** A processor's payout less its fee: just one day's takings that is open makes a fee that a processor could have kept. */
function isPayout({ standing }: Desk, line: Line, items: readonly Item[], key: string): boolean {
  const item = items[0]!
  if (items.length > 1 || item.kind !== 'ledger_posting' || item.direction !== 'in') return false
  const couldBe = (other: Item): boolean => {
    const fee = standing.left(other) - line.cents
    return fee >= 0 && fee <= standing.left(other) * 0.035 && line.day - other.day <= 8
  }
  return couldBe(item) && standing.openOf(key, line.day).filter(couldBe).length === 1
}

/** Something else that is open on that side carries a number that stands in the text, and would do as well. */
function rivalsNamed({ standing }: Desk, line: Line, items: readonly Item[], found: ReadonlySet<string>): boolean {
  const sum = Math.abs(line.cents)
  const isExact = explained(standing, line, items) === 'exact'
  const key = keyOf(items[0]!)
  for (const number of found) {
    for (const rival of standing.carrying(number)) {
      if (
        items.includes(rival) ||
        rival.direction !== items[0]!.direction ||
        rival.kind !== items[0]!.kind ||
        rival.day > line.day + 1
      )
        continue
      const left = standing.left(rival)
      if (left > 0 && (left === sum || (!isExact && keyOf(rival) === key))) return true
    }
  }
  return false
}

/** From a known party, and one thing of its fits, or the oldest of several that are alike; and the text does not say otherwise. */
function isOnlyFit(desk: Desk, line: Line, items: readonly Item[], key: string): boolean {
  const { standing } = desk
  const side = items.some(({ direction }) => direction === 'in') && line.cents > 0 ? 'in' : 'out'
  if (saysOtherwise(desk, line, items, key)) return false
  const all = standing.openOf(key, line.day).filter((item) => isOnSide(item, line.cents > 0))
  const how = explained(standing, line, items)
  if (items.length === 1) {
    const item = items[0]!
    if (how === 'exact') {
      const alike = all.filter(
        (other) =>
          standing.left(other) === standing.left(item) && other.currency === item.currency && other.direction === side,
      )
      return alike[0] === item || (alike.length === 1 && alike.includes(item))
    }
    const likely = all.filter((other) => other.direction === side && other.currency === item.currency)
    if (how === 'discount') return likely.filter((other) => explained(standing, line, [other]) === how).length === 1
    return how === 'rate' && likely.length === 1
  }
  return how === 'exact' && (all.length === items.length || isOnlyWay(standing, line, all))
}

const isOnSide = ({ kind, direction }: Item, isIncoming: boolean): boolean =>
  isIncoming
    ? direction === 'in' || kind === 'sales_credit_note'
    : direction === 'out' || kind === 'purchase_credit_note'

/** The text names something else of the same party. */
function saysOtherwise({ standing }: Desk, line: Line, items: readonly Item[], key: string): boolean {
  const text = line.shown.remittanceInformation ?? ''
  for (const number of numbersIn(text)) {
    if (number.length < 4) continue
    const carrying = standing.carrying(number)
    if (carrying.some((item) => items.includes(item))) continue
    if (carrying.some((other) => keyOf(other) === key)) return true
  }
  return false
}

/** A purchase: same sum, same shop or same day and an uncommon sum, and no other receipt like it about that time. */
function isReceipt({ standing }: Desk, line: Line, item: Item): boolean {
  const isSame = (other: Item): boolean =>
    other.currency === line.account.currency
      ? other.cents === -line.cents
      : foreignCents(line, other.currency) === other.cents
  if (!isSame(item)) return false
  const alike = standing.openOfKind('expense', Math.min(item.day, line.day - 12), line.day + 12).filter(isSame)
  if (alike.length !== 1) return false
  const seen = compact(`${line.shown.counterpartyName ?? ''} ${line.shown.remittanceInformation ?? ''}`)
  const isShop = (item.name ?? '')
    .split(/[^\p{L}\p{N}]+/u)
    .some((word) => word.length >= 4 && seen.includes(compact(word)))
  return isShop || (item.cents % 1000 !== 0 && line.valueDay !== null && Math.abs(line.valueDay - item.day) <= 1)
}

/** The bank's own charges, cash: no party, so that only sum and day speak. */
function isAlone({ standing, company }: Desk, line: Line, items: readonly Item[]): boolean {
  const item = items[0]!
  if (items.length > 1 || standing.left(item) !== Math.abs(line.cents) || item.currency !== company.currency)
    return false
  const sum = standing.left(item)
  const alike = standing
    .openOfKind(item.kind, line.day - 12, line.day + 3)
    .filter((other) => standing.left(other) === sum && other.direction === item.direction)
  return alike.length === 1 && Math.abs(line.day - item.day) <= 8
}

/** Many parties in one sum: she must find the batch itself, by its id or as the whole month's wages. */
function isBatch({ standing }: Desk, line: Line, items: readonly Item[]): boolean {
  if (explained(standing, line, items) !== 'exact') return false
  const id = line.shown.endToEndId
  if (id !== null && items.every(({ endToEndId }) => endToEndId === id)) return true
  if (items[0]!.kind !== 'payroll') return false
  const due = items[0]!.due
  const all = standing.openOfKind('payroll', line.day - 12, line.day + 3).filter((item) => item.due === due)
  return (
    all.length === items.length && all.reduce((sum, item) => sum + signed(item, standing.left(item)), 0) === line.cents
  )
}
