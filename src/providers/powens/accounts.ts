// What a consent lets us read of an account: its balance and its booked transactions, as Powens read them last.

import type { Day } from '../../values/day.ts'
import { addDays, parseDay } from '../../values/day.ts'
import type { AccountRef, PageAsk, PageOwner, ProviderBalances, ProviderTransaction, RawPage } from '../provider.ts'
import { answerTo, below, nonsense } from '../reading/place.ts'
import type { Client } from './client.ts'
import { readConnection } from './connection.ts'
import { endFormerToken } from './consents.ts'
import { parseExact } from './exact-json.ts'
import { decodeAccountRef, decodeGranted } from './refs.ts'
import { balanceOf, checkReadable, movementsOf } from './transform.ts'
import { asAccount, asDateTime, asPage, asRow, asSpooledPage, spooledPage } from './wire.ts'

type Deps = { readonly client: Client }

/** The most that Powens gives at a time. */
const rowsMax = 1_000
const pageBytesMax = 32 * 1024 * 1024

export async function fetchBalances({ client }: Deps, ask: AccountRef): Promise<ProviderBalances> {
  const { user } = decodeGranted(ask.ref)
  const { id } = decodeAccountRef(ask.accountRef)
  const { json, place } = await client.read({
    url: client.url(`users/me/accounts/${id}`),
    what: 'balances',
    token: user.token,
  })
  const balance = balanceOf(asAccount(json, place))
  return { balances: balance !== undefined && balance.amount.currency === ask.currency ? [balance] : [] }
}

/** What a page was found to hold when the way to the next was looked for: it is most often read right after, and parsing it takes its time. */
const parsed = new WeakMap<RawPage, unknown>()

const what = 'transactions'

export async function fetchPage({ client }: Deps, ask: PageAsk): Promise<RawPage> {
  const ref = decodeGranted(ask.ref)
  const account = decodeAccountRef(ask.accountRef)
  if (ask.next === undefined) {
    const { connection, place } = await readConnection(client, ref.user, ref.connectionId)
    checkReadable(connection, account.id, ask.now, place)
    if (ask.isFirst) await endFormerToken(client, ref)
  }
  const first = rowsUrl(client, account.id, {
    // By the debit date: by default days are those that a person may have moved a row to.
    filter: 'date',
    // Not said is whether the days at both ends are given, and a day that is overlooked would look withdrawn.
    min_date: addDays(ask.from, -1),
    max_date: addDays(ask.to, 1),
  })
  const url = ask.next === undefined ? first : client.follow(ask.next, { from: first, what })
  const { token } = ref.user
  const { json, place, body } = await client.read({ url, what, token, bodyBytesMax: pageBytesMax })
  const { next } = asPage(json, place)
  const nextUrl = next === undefined ? null : client.follow(next, { from: url, what }).href
  if (nextUrl === url.href) throw nonsense(place, 'followed by another page than itself')
  const page: RawPage = { body: spooledPage(account, body), next: nextUrl }
  parsed.set(page, { account, answer: json })
  return page
}

/** Pure: the same page reads the same whenever it is read. */
export function readPage(page: RawPage, owner: PageOwner): readonly ProviderTransaction[] {
  const asked = `Powens, ${what}`
  const place = answerTo(asked)
  const spooled = asSpooledPage(parsed.get(page) ?? parseExact(page.body, asked), place)
  return movementsOf(spooled.page, { ...owner, accountId: spooled.accountId, isCard: spooled.isCard }, place)
}

/** More than a person could change between two readings. */
const changesPagesMax = 100

/**
 * Powens marks every change of a row, withdrawals too, with its instant, to the second and by the clock in Paris: asked is from an hour earlier, which that clock
 * may go back in autumn.
 */
export async function firstChange({ client }: Deps, ask: AccountRef & { readonly since: Date }): Promise<Day | null> {
  const { user } = decodeGranted(ask.ref)
  const { id } = decodeAccountRef(ask.accountRef)
  const since = asDateTime(new Date(ask.since.getTime() - hourMs))
  let first: Day | null = null
  let url = rowsUrl(client, id, { last_update: since, all: '' })
  for (let pages = 1; ; pages += 1) {
    const { json, place } = await client.read({
      url,
      what: 'changed transactions',
      token: user.token,
      bodyBytesMax: pageBytesMax,
    })
    const { rows, next } = asPage(json, place)
    for (const [index, row] of rows.entries()) {
      const at = below(below(place, 'transactions'), index)
      const { date, coming, deleted } = asRow(row, id, at)
      const day = parseDay(date)
      if (day === undefined) throw nonsense(below(at, 'date'), 'a day')
      const isOrWasBooked = !coming || deleted !== null
      if (isOrWasBooked && (first === null || day < first)) first = day
    }
    if (next === undefined) return first
    if (pages === changesPagesMax) throw nonsense(place, `at most ${changesPagesMax} pages`)
    url = client.follow(next, { from: url, what: 'changed transactions' })
  }
}

const hourMs = 3_600_000

function rowsUrl(client: Client, accountId: string, parameters: Readonly<Record<string, string>>): URL {
  const url = client.url(`users/me/accounts/${accountId}/transactions`)
  url.search = new URLSearchParams({ limit: String(rowsMax), ...parameters }).toString()
  return url
}
