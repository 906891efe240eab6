// What Enable Banking sends, spelled as it spells it. What we cannot do without is checked here, as it arrives; the rest is `unknown`, so that whoever reads it
// has to look first. What is not told is null or left out.

import { asAmount, type WireAmount } from '../reading/amounts.ts'
import { asFields, asList, asText, below, listOf, nonsense, entriesOf, type Place } from '../reading/place.ts'

/** An ASPSP, which is to say a bank. */
export type WireAspsp = {
  readonly name: string
  readonly country: string
  readonly psuTypes: readonly unknown[]
  readonly maxConsentSeconds: number
  /** In small letters. */
  readonly psuHeaders: readonly string[]
  readonly logo?: unknown
  readonly bic?: unknown
}

export function asAspsps(json: unknown, place: Place): readonly WireAspsp[] {
  const { aspsps } = asFields(json, place)
  return entriesOf(aspsps, below(place, 'aspsps'), asAspsp)
}

function asAspsp(json: unknown, place: Place): WireAspsp {
  const { name, country, psu_types, maximum_consent_validity, required_psu_headers, logo, bic } = asFields(json, place)
  if (typeof country !== 'string' || !/^[A-Z]{2}$/.test(country)) throw nonsense(below(place, 'country'), 'a country')
  const headers = below(place, 'required_psu_headers')
  return {
    name: asText(name, below(place, 'name')),
    country,
    psuTypes: asList(psu_types, below(place, 'psu_types')),
    maxConsentSeconds: asSeconds(maximum_consent_validity, below(place, 'maximum_consent_validity')),
    psuHeaders: listOf(required_psu_headers).map((header, index) =>
      asText(header, below(headers, index)).toLowerCase(),
    ),
    logo,
    bic,
  }
}

function asSeconds(json: unknown, place: Place): number {
  if (typeof json !== 'number' || !Number.isSafeInteger(json) || json <= 0) throw nonsense(place, 'a number of seconds')
  return json
}

export type WireAuthorization = { readonly url: string; readonly authorizationId: string }

export function asAuthorization(json: unknown, place: Place): WireAuthorization {
  const { url, authorization_id } = asFields(json, place)
  const target = typeof url === 'string' ? URL.parse(url) : null
  // What a browser may be sent to: not a path, and no `javascript:`.
  if (target === null || (target.protocol !== 'https:' && target.protocol !== 'http:'))
    throw nonsense(below(place, 'url'), 'a web address')
  return { url: target.href, authorizationId: asText(authorization_id, below(place, 'authorization_id')) }
}

export type WireAccount = {
  /** By which it is asked for; absent where there is nothing to ask for (blocked, closed). */
  readonly uid: string | undefined
  readonly currency: string
  readonly account_id?: unknown
  readonly all_account_ids?: unknown
  /** Whose it is. */
  readonly name?: unknown
  /** What the person or the bank calls it. */
  readonly details?: unknown
  readonly product?: unknown
  readonly usage?: unknown
  readonly cash_account_type?: unknown
  readonly identification_hash?: unknown
  /** Where it stands in the answer. */
  readonly place: Place
}

export function asSessionId(json: unknown, place: Place): string {
  return asText(asFields(json, place)['session_id'], below(place, 'session_id'))
}

/** A session as it is told once, in exchange for its code. */
export type WireSession = {
  /** Each of them unread yet. */
  readonly accounts: unknown
  readonly accountsPlace: Place
  readonly validUntil: Date
}

export function asSession(json: unknown, place: Place): WireSession {
  const { accounts } = asFields(json, place)
  return { accounts, accountsPlace: below(place, 'accounts'), validUntil: asValidUntil(json, place) }
}

export function asAccount(json: unknown, place: Place): WireAccount {
  const account = asFields(json, place)
  const { uid, currency } = account
  return {
    ...account,
    uid: uid === undefined || uid === null ? undefined : asText(uid, below(place, 'uid')),
    currency: asText(currency, below(place, 'currency')),
    place,
  }
}

const sessionStatuses = [
  'AUTHORIZED',
  'CANCELLED',
  'CLOSED',
  'EXPIRED',
  'INVALID',
  'PENDING_AUTHORIZATION',
  'RETURNED_FROM_BANK',
  'REVOKED',
] as const
export type SessionStatus = (typeof sessionStatuses)[number]

/** A session as it is told from then on. */
export type WireSessionState = { readonly status: SessionStatus; readonly validUntil: Date }

export function asSessionState(json: unknown, place: Place): WireSessionState {
  const { status } = asFields(json, place)
  const known = sessionStatuses.find((each) => each === status)
  if (known === undefined) throw nonsense(below(place, 'status'), `one of ${sessionStatuses.join(', ')}`)
  return { status: known, validUntil: asValidUntil(json, place) }
}

/** RFC 3339, whose offset is not optional: without one it would be read in this machine's zone. */
function asValidUntil(json: unknown, place: Place): Date {
  const access = below(place, 'access')
  const { valid_until } = asFields(asFields(json, place)['access'], access)
  const isInstant = typeof valid_until === 'string' && /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(valid_until)
  const at = new Date(isInstant ? valid_until : Number.NaN)
  if (Number.isNaN(at.getTime())) throw nonsense(below(access, 'valid_until'), 'an instant')
  return at
}

export type WireBalance = {
  readonly balance_amount: WireAmount
  readonly balance_type: string
  readonly reference_date?: unknown
}

export function asBalances(json: unknown, place: Place): readonly WireBalance[] {
  const { balances } = asFields(json, place)
  const list = below(place, 'balances')
  return asList(balances, list).map((balance, index) => asBalance(balance, below(list, index)))
}

function asBalance(json: unknown, place: Place): WireBalance {
  const { balance_amount, balance_type, reference_date } = asFields(json, place)
  return {
    balance_amount: asAmount(balance_amount, below(place, 'balance_amount')),
    balance_type: asText(balance_type, below(place, 'balance_type')),
    reference_date,
  }
}

export type WireTransactionsPage = {
  readonly transactions: readonly unknown[]
  /** What to ask for the next page with; absent on the last. A page without rows may have one too. */
  readonly continuationKey: string | undefined
}

/** A key that is there but cannot be read is nonsense: a next page overlooked would be lost. */
export function asTransactionsPage(json: unknown, place: Place): WireTransactionsPage {
  const { transactions, continuation_key: key } = asFields(json, place)
  return {
    transactions: asList(transactions, below(place, 'transactions')),
    continuationKey:
      key === undefined || key === null || key === '' ? undefined : asText(key, below(place, 'continuation_key')),
  }
}

const transactionStatuses = ['BOOK', 'CNCL', 'HOLD', 'OTHR', 'PDNG', 'RJCT', 'SCHD'] as const

/** A row of a page whose status and direction are known. */
export type WireRow = {
  readonly status: (typeof transactionStatuses)[number]
  readonly credit_debit_indicator: 'CRDT' | 'DBIT'
  readonly transaction_amount?: unknown
  readonly entry_reference?: unknown
  readonly booking_date?: unknown
  readonly value_date?: unknown
  readonly transaction_date?: unknown
  readonly creditor?: unknown
  readonly creditor_account?: unknown
  readonly creditor_account_additional_identification?: unknown
  readonly debtor?: unknown
  readonly debtor_account?: unknown
  readonly debtor_account_additional_identification?: unknown
  readonly bank_transaction_code?: unknown
  readonly balance_after_transaction?: unknown
  readonly reference_number?: unknown
  readonly reference_number_schema?: unknown
  readonly remittance_information?: unknown
  readonly exchange_rate?: unknown
  readonly note?: unknown
}

/** Both are demanded of every row: one without would have to be guessed booked, or paid in. */
export function asRow(json: unknown, place: Place): WireRow {
  const row = asFields(json, place)
  const status = transactionStatuses.find((known) => known === row['status'])
  if (status === undefined) throw nonsense(below(place, 'status'), `one of ${transactionStatuses.join(', ')}`)
  const indicator = row['credit_debit_indicator']
  if (indicator !== 'CRDT' && indicator !== 'DBIT')
    throw nonsense(below(place, 'credit_debit_indicator'), 'CRDT or DBIT')
  return { ...row, status, credit_debit_indicator: indicator }
}
