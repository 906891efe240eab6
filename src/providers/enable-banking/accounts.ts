// What a session lets us read of an account: its balances and booked transactions.

import { parseJson } from '../http.ts'
import type {
  AccountRef,
  BankProfile,
  PageAsk,
  PageOwner,
  ProviderBalances,
  ProviderTransaction,
  Psu,
  RawPage,
} from '../provider.ts'
import { answerTo, nonsense } from '../reading/place.ts'
import { psuHeadersTold, type Client } from './client.ts'
import { decodeSessionRef } from './refs.ts'
import { balancesOf, movementsOf } from './transform.ts'
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

/** What a page was found to hold when the key of the next was looked for: it is most often read right after, and parsing it takes its time. */
const parsed = new WeakMap<RawPage, readonly unknown[]>()

/**
 * `next` is the whole query of the page after, because its key is only good for the same question. A page may be empty and have one after it; what the bank adds
 * after `to` or leaves in before `from` is not taken out.
 */
export async function fetchPage(client: Client, ask: PageAsk): Promise<RawPage> {
  const what = 'transactions'
  const query = new URLSearchParams(ask.next ?? firstQuery(ask))
  const url = client.url(`${pathOf(ask)}/transactions?${query.toString()}`)
  const { json, place, body } = await client.read({ url, what, psu: toldPsu(ask), bodyBytesMax: pageBytesMax })
  const told = asTransactionsPage(json, place)
  const { continuationKey } = told
  if (continuationKey !== undefined && continuationKey === query.get(keyParameter))
    throw nonsense(place, 'followed by another page than itself')
  if (continuationKey !== undefined) query.set(keyParameter, continuationKey)
  const page: RawPage = { body, next: continuationKey === undefined ? null : query.toString() }
  parsed.set(page, told.transactions)
  return page
}

const keyParameter = 'continuation_key'

/**
 * The first fetch under a consent asks with the strategy `longest`, for which banks give what they otherwise refuse. It gives what the bank has and does not say
 * where that begins, so that days which the bank does not serve would pass for empty ones: the core never asks for more than the institution is known to serve.
 */
const firstQuery = ({ from, to, isFirst }: PageAsk): Record<string, string> => ({
  date_from: from,
  date_to: to,
  transaction_status: 'BOOK',
  ...(isFirst && { strategy: 'longest' }),
})

/** Pure: the same page reads the same whenever it is read. */
export function readPage(page: RawPage, account: PageOwner, profile: BankProfile): readonly ProviderTransaction[] {
  const what = 'Enable Banking, transactions'
  const place = answerTo(what)
  const rows = parsed.get(page) ?? asTransactionsPage(parseJson(page.body, what), place).transactions
  return movementsOf(rows, account, profile, place)
}

const pathOf = ({ accountRef }: AccountRef): string => `accounts/${encodeURIComponent(accountRef)}`

/** All that the bank wants to be told of a person who is there, or nothing. */
function toldPsu({ ref, psu }: { readonly ref: string; readonly psu?: Psu }): Psu | undefined {
  const { psuHeaders } = decodeSessionRef(ref)
  return psuHeaders.every((name) => psuHeadersTold.includes(name)) ? psu : undefined
}
