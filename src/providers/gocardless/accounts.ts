// What a consent lets us read: accounts, and of each its balances and booked transactions. Each of the three may be asked for four times a day and account.

import { addDays, localDay } from '../../values/day.ts'
import {
  ProviderError,
  type AccountRef,
  type BankProfile,
  type PageAsk,
  type PageOwner,
  type ProviderAccount,
  type ProviderBalances,
  type ProviderTransaction,
  type RawPage,
} from '../provider.ts'
import { parseJson } from '../http.ts'
import { answerTo } from '../reading/place.ts'
import type { Client, ClientAsk, Read } from './client.ts'
import { isOfResource } from './errors.ts'
import { callLimitOf } from './limits.ts'
import { decodeRef, type Ref } from './refs.ts'
import {
  accountOf,
  balancesOf,
  currencyIn,
  currencyOfBalances,
  hasNumber,
  movementsOf,
  type Told,
} from './transform.ts'
import { asAccount, asBalances, asBooked, asDetails, type WireAccount, type WireDetails } from './wire.ts'

/** A page holds all that a bank serves: of a busy account, tens of megabytes. */
const pageBytesMax = 64 * 1024 * 1024

const pathOf = (accountId: string, resource = ''): string =>
  `accounts/${encodeURIComponent(accountId)}/${resource === '' ? '' : `${resource}/`}`

/**
 * Every account of a requisition that can be read. One that cannot is left out, so that it does not cost the others; where none can, its failure is all there is
 * to tell.
 * @throws {ProviderError}
 */
export async function readAccounts(client: Client, ids: readonly string[]): Promise<readonly ProviderAccount[]> {
  const tried: Tried[] = []
  for (let first = 0; first < ids.length; first += accountsAtOnce)
    tried.push(...(await Promise.all(ids.slice(first, first + accountsAtOnce).map((id) => readAccount(client, id)))))
  const failures = tried.flatMap(({ failure }) => failure ?? [])
  const isAnyWhole = tried.some(({ account, failure }) => account !== undefined && failure === undefined)
  // A bank that is down for all of them will tell more in a while.
  const passing = failures.find(({ kind }) => kind === 'temporary')
  if (!isAnyWhole && passing !== undefined) throw passing
  const accounts = tried.flatMap(({ account }) => account ?? [])
  if (accounts.length === 0 && failures[0] !== undefined) throw failures[0]
  return accounts
}

/** GoCardless counts calls by the minute, and a call's deadline runs while it waits for others. */
const accountsAtOnce = 8

/** With both, the account is what is known of it without what failed. */
type Tried = { readonly account?: ProviderAccount; readonly failure?: ProviderError }

/**
 * The details are asked for once, here, and what they lack is made up for: without them an account is still known by the number that the metadata tells, and the
 * currency is that of its balances.
 */
async function readAccount(client: Client, id: string): Promise<Tried> {
  const metadata = await unlessFailed(readMetadata(client, id))
  if (metadata instanceof ProviderError) {
    // GoCardless's own, without the bank: it will be told in a moment, and an account that is left out stays out until the consent is renewed.
    if (mayPass(metadata)) throw metadata
    return { failure: metadata }
  }
  const details = await unlessFailed(readDetails(client, id))
  if (details instanceof ProviderError && !mayPass(details)) return { failure: details }
  const isRead = !(details instanceof ProviderError)
  if (isRead && details.status === 'deleted') return {}
  const told: Told = { id, metadata, details: isRead ? details : {} }
  if (!isRead && !hasNumber(told)) return { failure: details }
  const account = accountOf(told, currencyIn(told) ?? (await currencyAsked(client, id)))
  return isRead ? { account } : { account, failure: details }
}

/** Not counted towards the four. */
async function readMetadata(client: Client, id: string): Promise<WireAccount> {
  const { json, place } = await client.read({ path: pathOf(id), what: 'account' })
  const metadata = asAccount(json, place)
  if (metadata.status === 'SUSPENDED' || metadata.status === 'EXPIRED')
    throw new ProviderError('needs_person', `${place.key}: it has to be connected anew`)
  return metadata
}

/** Nothing where they are what this account does not have, or the consent does not cover. */
async function readDetails(client: Client, id: string): Promise<WireDetails> {
  const ask = { path: pathOf(id, 'details'), what: 'account details' }
  const answer = await client.send(ask)
  if (isOfResource(answer)) return {}
  const { json, place } = client.open(answer, ask)
  return asDetails(json, place)
}

const mayPass = ({ kind }: ProviderError): boolean => kind === 'temporary' || kind === 'rate_limited'

/** For want of a better source: it costs one of four. */
async function currencyAsked(client: Client, id: string): Promise<string | undefined> {
  const read = await unlessFailed(client.read({ path: pathOf(id, 'balances'), what: 'balances' }))
  if (read instanceof ProviderError) return undefined
  const balances = await unlessFailed(Promise.resolve().then(() => asBalances(read.json, read.place)))
  return balances instanceof ProviderError ? undefined : currencyOfBalances(balances)
}

async function unlessFailed<T>(answer: Promise<T>): Promise<T | ProviderError> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof ProviderError) return error
    throw error
  }
}

/**
 * Whether the bank still lets any of these accounts be read. Nothing that GoCardless keeps says so: a permission that was withdrawn at the bank shows only when
 * the bank is asked. The details are asked for, because nobody else needs their four.
 * @throws {ProviderError} where that cannot be told now
 */
export async function isAccessLeft(client: Client, ids: readonly string[]): Promise<boolean> {
  for (const id of ids) {
    const details = await unlessFailed(readDetails(client, id))
    if (!(details instanceof ProviderError)) return true
    if (mayPass(details)) throw details
    if (details.kind === 'refused' || details.kind === 'nonsense') return true
  }
  return false
}

/** The balances in the account's own currency. */
export async function fetchBalances(
  client: Client,
  ask: AccountRef & { readonly now: Date },
): Promise<ProviderBalances> {
  const { json, place, headers } = await readOf(client, decodeRef(ask.ref), {
    path: pathOf(ask.accountRef, 'balances'),
    what: 'balances',
  })
  const limit = callLimitOf(headers, ask.now)
  return {
    balances: balancesOf(asBalances(json, place), place).filter(({ amount }) => amount.currency === ask.currency),
    ...(limit !== undefined && { limit }),
  }
}

/** What a page was found to hold when it came: it is most often read right after, and parsing it takes its time. */
const parsed = new WeakMap<RawPage, readonly unknown[]>()

/** All days in one answer: there are no further pages. */
export async function fetchPage(client: Client, ask: PageAsk): Promise<RawPage> {
  const ref = decodeRef(ask.ref)
  // GoCardless's days are UTC's, and one that has not begun is refused, with all others.
  const today = localDay(ask.now, 'UTC')
  // What is further back than was agreed is left out in silence, as if nothing had been booked. A day more, since ours may have begun before theirs.
  if (ask.from < addDays(today, -ref.historyDays - 1))
    throw new ProviderError('refused', 'GoCardless, transactions: further back than was agreed', { tooFarBack: true })
  const [from, to] = [ask.from, ask.to].map((day) => (day > today ? today : day))
  const { json, place, body, headers } = await readOf(client, ref, {
    path: `${pathOf(ask.accountRef, 'transactions')}?date_from=${from}&date_to=${to}`,
    what: 'transactions',
    bodyBytesMax: pageBytesMax,
  })
  const booked = asBooked(json, place)
  const limit = callLimitOf(headers, ask.now)
  const page: RawPage = { body, next: null, ...(limit !== undefined && { limit }) }
  parsed.set(page, booked)
  return page
}

/** One that only waits for the person to reconfirm it is said to have expired too: asking for the consent tells which. */
async function readOf(client: Client, { reconfirms }: Ref, ask: ClientAsk): Promise<Read> {
  try {
    return await client.read(ask)
  } catch (error) {
    if (!reconfirms || !(error instanceof ProviderError) || error.ended === undefined) throw error
    throw new ProviderError(error.kind, error.message, { cause: error })
  }
}

/** Pure: the same page reads the same whenever it is read. */
export function readPage(page: RawPage, account: PageOwner, profile: BankProfile): readonly ProviderTransaction[] {
  const what = 'GoCardless, transactions'
  const place = answerTo(what)
  return movementsOf(parsed.get(page) ?? asBooked(parseJson(page.body, what), place), account, profile, place)
}
