// What a consent lets us read: accounts, and of each its balances and booked transactions.

import { callLimitOf, parseJson } from '../http.ts'
import {
  ProviderError,
  type AccountRef,
  type BankProfile,
  type PageAsk,
  type PageOwner,
  type ProviderAccount,
  type ProviderBalances,
  type ProviderTransaction,
  type Psu,
  type RawPage,
} from '../provider.ts'
import type { Client } from './client.ts'
import { decodeRef } from './refs.ts'
import { accountOf, balancesOf, isReadable, isThin, movementsOf } from './transform.ts'
import { answerTo, nonsense } from '../reading/place.ts'
import {
  asAccountDetails,
  asAccountList,
  asBalances,
  asTransactionsPage,
  type Endpoint,
  type WireAccount,
  type WireTransactionsPage,
} from './wire.ts'

type Bank = { readonly client: Client }
type Access = { readonly consentId: string; readonly psu: Psu | undefined }

/** A page may hold all that a bank serves, since some do not page: of a busy account, tens of megabytes. */
const pageBytesMax = 64 * 1024 * 1024

/** Every account and card account of the consent. */
export async function readAccounts(client: Client, access: Access): Promise<readonly ProviderAccount[]> {
  const accounts = await accountsAt('accounts', client, access)
  return [...accounts, ...(await unlessRefused(accountsAt('card-accounts', client, access), []))]
}

async function accountsAt(endpoint: Endpoint, client: Client, access: Access): Promise<readonly ProviderAccount[]> {
  const { json, place } = await client.read({ ...access, url: client.url(endpoint), what: endpoint })
  const list = asAccountList(json, place, endpoint)
  const accounts: ProviderAccount[] = []
  for (const account of list.filter((listed) => isReadable(listed, list))) {
    const known = isThin(account) ? await unlessRefused(detailsOf(account, endpoint, client, access), account) : account
    accounts.push(accountOf(known, endpoint))
  }
  return accounts
}

async function detailsOf(
  account: WireAccount,
  endpoint: Endpoint,
  client: Client,
  access: Access,
): Promise<WireAccount> {
  const url = client.url(`${endpoint}/${encodeURIComponent(account.resourceId)}`)
  const { json, place } = await client.read({ ...access, url, what: 'account details' })
  return asAccountDetails(account, json, place, endpoint)
}

/** For what a bank need not offer. A consent that has just served the accounts and is "invalid" here does not extend to this. */
async function unlessRefused<T>(answer: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof ProviderError && (error.kind === 'refused' || error.kind === 'consent_gone')) return otherwise
    throw error
  }
}

/** The balances in the account's own currency. */
export async function fetchBalances(
  { client }: Bank,
  ask: AccountRef & { readonly psu?: Psu; readonly now: Date },
): Promise<ProviderBalances> {
  const { consentId } = decodeRef(ask.ref)
  const { json, place, headers } = await client.read({
    url: client.url(`${ask.accountRef}/balances`),
    what: 'balances',
    consentId,
    psu: ask.psu,
  })
  const balances = balancesOf(asBalances(json, place), place)
  const limit = callLimitOf(headers, ask.now)
  return {
    balances: balances.filter(({ amount }) => amount.currency === ask.currency),
    ...(limit !== undefined && { limit }),
  }
}

/** What a page was found to hold when the way to the next was looked for: it is most often read right after, and parsing it takes its time. */
const parsed = new WeakMap<RawPage, WireTransactionsPage>()

export async function fetchPage({ client }: Bank, ask: PageAsk): Promise<RawPage> {
  const { consentId } = decodeRef(ask.ref)
  const what = 'transactions'
  const first = client.url(`${ask.accountRef}/transactions?bookingStatus=booked&dateFrom=${ask.from}&dateTo=${ask.to}`)
  const url = ask.next === undefined ? first : client.follow(ask.next, { from: first, what })
  const answer = await client.read({ url, what, consentId, psu: ask.psu, bodyBytesMax: pageBytesMax })
  const { json, place, body, headers } = answer
  const told = asTransactionsPage(json, place)
  const next = told.next === undefined ? null : client.follow(told.next, { from: url, what }).href
  if (next === url.href) throw nonsense(place, 'followed by another page than itself')
  const limit = callLimitOf(headers, ask.now)
  const page: RawPage = { body, next, ...(limit !== undefined && { limit }) }
  parsed.set(page, told)
  return page
}

/** Pure: the same page reads the same whenever it is read. */
export function readPage(
  bank: { readonly name: string; readonly profile: BankProfile },
  page: RawPage,
  account: PageOwner,
): readonly ProviderTransaction[] {
  const what = `${bank.name}, transactions`
  const place = answerTo(what)
  return movementsOf(
    parsed.get(page) ?? asTransactionsPage(parseJson(page.body, what), place),
    account,
    bank.profile,
    place,
  )
}
