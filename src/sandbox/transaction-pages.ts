// A list of transactions, page by page. Every page of one list is of the same instant, so that what is booked while somebody turns
// the pages neither shows twice nor falls between two of them.

import { addDays, type Day, parseDay } from '../values/day.ts'
import type { Account } from './accounts.ts'
import { type Branch, quirksOf, statementAt } from './branch.ts'
import type { Movement } from './ledger/movement.ts'
import type { Quirks } from './quirks.ts'
import { shuffled } from './random.ts'
import { Refusal } from './refusal.ts'
import { countBefore, type Statement } from './statement.ts'
import { idsOf, type Row } from './wire.ts'

const pageSizeDefault = 100

/** Where a page stands: the instant of its list (milliseconds since 1970), a word that no other list has, and its first row. */
type Place = { readonly instant: number; readonly list: string; readonly offset: number }

export type Ask = {
  readonly bookingStatus: 'booked' | 'pending' | 'both'
  readonly from: Day
  readonly to: Day
  readonly place: Place
  readonly isFirstPage: boolean
}

/** @throws {Refusal} for what is missing, malformed, not offered, or out of what the bank serves. */
export function askOf(
  query: Readonly<Record<string, string>>,
  fresh: { now: Date; list: string },
  limits: { today: Day; servedFrom: Day },
): Ask {
  const bookingStatus = bookingStatusOf(query['bookingStatus'])
  for (const name of ['deltaList', 'entryReferenceFrom']) {
    if (query[name] !== undefined)
      throw new Refusal('PARAMETER_NOT_SUPPORTED', `${name} is not offered`, { path: name })
  }
  const from = dayParameter(query, 'dateFrom')
  if (from === undefined) throw new Refusal('FORMAT_ERROR', 'dateFrom is missing', { path: 'dateFrom' })
  const to = dayParameter(query, 'dateTo') ?? limits.today
  if (from > to || from > limits.today)
    throw new Refusal('PERIOD_INVALID', 'the period ends before it begins', { path: 'dateFrom' })
  if (from < limits.servedFrom) {
    throw new Refusal('PERIOD_INVALID', `transactions are served from ${limits.servedFrom} on`, { path: 'dateFrom' })
  }
  const page = query['page']
  const place = page === undefined ? { instant: fresh.now.getTime(), list: fresh.list, offset: 0 } : placeOf(page)
  return { bookingStatus, from, to, place, isFirstPage: page === undefined }
}

/** How a movement is written on this page. */
type Write = (movement: Movement, row: Row) => unknown

/**
 * The rows of one page.
 *
 * `next` and `previous` are what goes into `page`; absent at the ends. Pending rows are on the first page only.
 */
export function pageOf(branch: Branch, account: Account, consentId: string, ask: Ask, write: Write) {
  const quirks = quirksOf(branch, account)
  const statement = statementAt(branch, account, ask.place.instant)
  const writeRow = rowWriter(branch, account, consentId, ask.place.list, write)
  const size = quirks.pageSize ?? pageSizeDefault
  const { offset } = ask.place
  const isEmpty = quirks.emptyOnce === true || ask.bookingStatus === 'pending'
  const list = listOf(statement, ask, quirks, branch.bank.newestFirst)
  const end = isEmpty ? 0 : Math.min(offset + size, list.length)
  const booked = Array.from({ length: Math.max(0, end - offset) }, (_, n) => {
    const index = list.indexAt(offset + n)
    const movement = statement.booked[index]
    if (movement === undefined) throw new RangeError(`no movement ${index}`)
    const place = index - countBefore(statement, movement.bookingDate)
    return writeRow(movement, 'booked', place, statement.balances[index])
  })
  const pending = ask.isFirstPage
    ? statement.pending.map((movement, place) => writeRow(movement, 'pending', place))
    : []
  return {
    ...(ask.bookingStatus === 'pending' ? {} : { booked }),
    ...(ask.bookingStatus === 'booked' ? {} : { pending }),
    next: !isEmpty && end < list.length ? spelled({ ...ask.place, offset: end }) : undefined,
    previous: offset > 0 ? spelled({ ...ask.place, offset: Math.max(0, offset - size) }) : undefined,
  }
}

/** `place` is where the row stands among those of its day. */
function rowWriter(branch: Branch, account: Account, consentId: string, list: string, write: Write) {
  const { bank, world } = branch
  const manner = quirksOf(branch, account).ids ?? bank.ids
  const context = { seed: world.seed, accountId: account.id, consentId, list }
  return (movement: Movement, status: Row['status'], place: number, balanceAfter?: bigint) =>
    write(movement, {
      bank,
      account,
      status,
      ids: idsOf(manner, movement, { ...context, status, place }),
      ...(balanceAfter === undefined || !bank.runningBalance ? {} : { balanceAfter }),
    })
}

/** The booked movements on the list: how many, and which (by index into the statement) is the `n`th. */
function listOf(statement: Statement, { from, to, place }: Ask, quirks: Quirks, newestFirst: boolean) {
  const first = countBefore(statement, from)
  const count = countBefore(statement, addDays(to, 1)) - first
  const times = quirks.doubled === true ? 2 : 1
  const inOrder = (n: number) => first + (newestFirst ? count - 1 - Math.floor(n / times) : Math.floor(n / times))
  const length = count * times
  if (quirks.shuffle !== true) return { length, indexAt: inOrder }
  const mixed = shuffled(
    Array.from({ length }, (_, n) => n),
    place.list,
  )
  return { length, indexAt: (n: number) => inOrder(mixed[n] ?? 0) }
}

function bookingStatusOf(value: string | undefined): Ask['bookingStatus'] {
  switch (value) {
    case 'booked':
    case 'pending':
    case 'both':
      return value
    case 'information':
    case 'all':
      throw new Refusal('PARAMETER_NOT_SUPPORTED', `bookingStatus ${value} is not offered`, { path: 'bookingStatus' })
    case undefined:
    default:
      throw new Refusal('FORMAT_ERROR', 'bookingStatus is missing or unknown', { path: 'bookingStatus' })
  }
}

function dayParameter(query: Readonly<Record<string, string>>, name: string): Day | undefined {
  const text = query[name]
  if (text === undefined) return undefined
  const day = parseDay(text)
  if (day === undefined) throw new Refusal('FORMAT_ERROR', `${name} is no day`, { path: name })
  return day
}

function placeOf(page: string): Place {
  const [, instant, list, offset] = /^(\d{1,15})-(\w{1,32})-(\d{1,9})$/.exec(page) ?? []
  if (instant === undefined || list === undefined || offset === undefined) {
    throw new Refusal('FORMAT_ERROR', 'no such page', { path: 'page' })
  }
  return { instant: Number(instant), list, offset: Number(offset) }
}

function spelled({ instant, list, offset }: Place): string {
  return `${instant}-${list}-${offset}`
}
