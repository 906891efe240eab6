// What a session lets us read of an account: its balances and booked transactions.

import { parseJson } from '../http.ts'
import type {
  AccountRef,
  PageAsk,
  PageOwner,
  ProviderBalances,
  ProviderTransaction,
  Psu,
  RawPage,
} from '../provider.ts'
import { answerTo, nonsense } from '../reading/place.ts'
import { addDays, localDay } from '../../values/day.ts'
import { psuHeadersTold, type Client } from './client.ts'
import { decodeSessionRef } from './refs.ts'
import { balancesOf, maxHistoryDays, movementsOf } from './transform.ts'
import { asBalances, asTransactionsPage } from './wire.ts'

/** How large a page may be is not told. */
const pageBytesMax = 64 * 1024 * 1024

export async function fetchBalances(
  client: Client,
  ask: AccountRef & { readonly psu?: Psu; readonly now: Date },
): Promise<ProviderBalances> {
  const url = client.url(`${pathOf(ask)}/balances`)
  const { json, place } = await client.read({ url, what: 'balances', psu: toldPsu(ask) })
  return { balances: balancesOf(asBalances(json, place), ask.currency, place) }
}

/**
 * `next` is the whole query of the page after, because its key is only good for the same question. A page may be empty and have one after it; what the bank adds
 * after `to` or leaves in before `from` is not taken out.
 */
export async function fetchPage(client: Client, ask: PageAsk): Promise<RawPage> {
  const what = 'transactions'
  const query = new URLSearchParams(ask.next ?? firstQuery(ask))
  const url = client.url(`${pathOf(ask)}/transactions?${query.toString()}`)
  const { json, place, body } = await client.read({ url, what, psu: toldPsu(ask), bodyBytesMax: pageBytesMax })
  const { continuationKey } = asTransactionsPage(json, place)
  if (continuationKey === undefined) return { body, next: null }
  if (continuationKey === query.get(keyParameter)) throw nonsense(place, 'followed by another page than itself')
  query.set(keyParameter, continuationKey)
  return { body, next: query.toString() }
}

const keyParameter = 'continuation_key'

/**
 * The strategy `longest` gives what the bank has and does not say where that begins, so that days which it no longer serves would pass for empty ones; `default`
 * refuses them, and they become a gap. So it is only asked for days that no bank serves by default.
 */
function firstQuery({ from, to, isFirst, now }: PageAsk): Record<string, string> {
  const isBeyondDefault = from < addDays(localDay(now, 'UTC'), -maxHistoryDays - 1)
  return {
    date_from: from,
    date_to: to,
    transaction_status: 'BOOK',
    ...(isFirst && isBeyondDefault && { strategy: 'longest' }),
  }
}

/** Pure: the same page reads the same whenever it is read. */
export function readPage(page: RawPage, account: PageOwner): readonly ProviderTransaction[] {
  const what = 'Enable Banking, transactions'
  const place = answerTo(what)
  return movementsOf(asTransactionsPage(parseJson(page.body, what), place).transactions, account, place)
}

const pathOf = ({ accountRef }: AccountRef): string => `accounts/${encodeURIComponent(accountRef)}`

/** All that the bank wants to be told of a person who is there, or nothing. */
function toldPsu({ ref, psu }: { readonly ref: string; readonly psu?: Psu }): Psu | undefined {
  const { psuHeaders } = decodeSessionRef(ref)
  return psuHeaders.every((name) => psuHeadersTold.includes(name)) ? psu : undefined
}
