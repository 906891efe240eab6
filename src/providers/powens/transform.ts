// Powens' words → ours.

import {
  ProviderError,
  type AccountType,
  type ConsentState,
  type PageOwner,
  type ProviderAccount,
  type ProviderBalance,
  type ProviderInstitution,
  type ProviderTransaction,
  type SessionFailure,
} from '../provider.ts'
import { accountNumbersOf } from '../reading/account-numbers.ts'
import { noCurrency } from '../reading/accounts.ts'
import { moneyOf } from '../reading/amounts.ts'
import { movementOf, readerOf, type WireTransaction } from '../reading/movement.ts'
import { below, isFields, listOf, nonsense, type Place } from '../reading/place.ts'
import { nameOf, textOf } from '../reading/texts.ts'
import { localDay, parseDay } from '../../values/day.ts'
import { isCurrency } from '../../values/money.ts'
import { cardsOfProgramme } from './profiles/programmes.ts'
import {
  asRow,
  timeZone,
  type ConnectionState,
  type WireAccount,
  type WireConnection,
  type WireConnector,
  type WirePage,
  type WireRow,
} from './wire.ts'

/** PSD2, since July 2023 (RTS art. 10a); connectors do not tell theirs. */
const maxConsentDays = 180

/** What banks have to serve without the person. A connector that tells how many months it reads serves those. */
const historyDays = 90

/** A bank that a person may connect now; undefined for every other connector: a supplier of invoices, one that is hidden, one that takes no new connections. */
export function institutionOf(connector: WireConnector): ProviderInstitution | undefined {
  const { uuid, name, capabilities, hidden, restricted } = connector
  if (!capabilities.includes('bank') || hidden === true || restricted === true || !/^[\w.~-]{1,64}$/.test(uuid))
    return undefined
  const countries = listOf(connector.countries).flatMap((country) => {
    const id = isFields(country) ? country['id'] : undefined
    return typeof id === 'string' && /^[A-Za-z]{2}$/.test(id) ? [id.toUpperCase()] : []
  })
  const cards = cardsOfProgramme(name)
  return {
    nativeId: uuid,
    name,
    kind: cards === undefined ? 'bank' : 'card_programme',
    countries,
    accountTypes: cards === undefined ? ['current', 'savings', 'card', 'loan'] : [cards],
    psuTypes: ['business', 'private'],
    maxHistoryDays: historyDaysOf(connector.months_to_fetch),
    maxConsentDays,
    bankCodes: bankCodesOf(connector.code, countries),
  }
}

/** Counted as months of February: rather a day too few than one that is not there. */
function historyDaysOf(months: unknown): number {
  return typeof months === 'string' && /^[1-9]\d{0,2}$/.test(months) ? Number(months) * 28 : historyDays
}

/** The code is a French one, of five digits, where it is a bank's at all. */
function bankCodesOf(code: unknown, countries: readonly string[]): readonly string[] {
  return typeof code === 'string' && /^\d{5}$/.test(code) && countries.includes('FR') ? [`FR${code}`] : []
}

/** Who has to do something before a connection in that state is well again. */
type Trouble = 'person' | 'time' | 'bank_limit' | 'nobody'

const troubles: Readonly<Record<ConnectionState, Trouble>> = {
  SCARequired: 'person',
  webauthRequired: 'person',
  additionalInformationNeeded: 'person',
  decoupled: 'person',
  actionNeeded: 'person',
  passwordExpired: 'person',
  wrongpass: 'person',
  validating: 'time',
  websiteUnavailable: 'time',
  bug: 'time',
  rateLimiting: 'bank_limit',
  notSupported: 'nobody',
}

/** Whether the access stands: the bank may be down or slow all the same. */
function isUsable({ state }: Pick<WireConnection, 'state'>): boolean {
  return state === null || troubles[state] === 'time' || troubles[state] === 'bank_limit'
}

/**
 * What a granted consent has become. `until` is how long it may last at most.
 * @throws {ProviderError} needs_person for one whose access has not run out, and that waits for its person all the same
 */
export function stateOf(
  connection: WireConnection,
  { until, now }: { readonly until: Date; readonly now: Date },
  place: Place,
): ConsentState {
  if (isUsable(connection) || connection.state === 'notSupported')
    return { state: 'usable', expiresAt: endOf(connection, { until, now }) }
  if (hasExpired(connection, now)) return { state: 'expired' }
  throw new ProviderError('needs_person', `${place.key}: the connection is in the state ${connection.state}`)
}

/** As Powens knows it. An end that lies behind a connection that is well is left over from before a renewal. */
export function endOf(
  { expire }: Pick<WireConnection, 'expire'>,
  { until, now }: { readonly until: Date; readonly now: Date },
): Date {
  return expire !== null && expire > now && expire < until ? expire : until
}

const hasExpired = ({ expire }: WireConnection, now: Date): boolean => expire !== null && expire <= now

/** How long what was read at the bank may be taken for how it is there. */
const staleAfterMs = 48 * 3_600_000

/**
 * Powens keeps what it read last, and serves it whatever has become of the connection since. So what is kept of an account is only as good as the last reading:
 * nothing new, because nobody could look, is not nothing new.
 * @throws {ProviderError} when what is kept must not pass for what is there
 */
export function checkReadable(connection: WireConnection, accountId: string, now: Date, place: Place): void {
  const { state, nextTry, isActive, accounts } = connection
  const told = `${place.key}: the connection is in the state ${state}`
  switch (state === null ? undefined : troubles[state]) {
    case 'person':
      if (hasExpired(connection, now)) throw new ProviderError('consent_gone', told, { ended: 'expired' })
      throw new ProviderError('needs_person', told)
    case 'time':
      throw new ProviderError('temporary', told)
    case 'bank_limit':
      throw new ProviderError('rate_limited', told, nextTry !== null && nextTry > now ? { retryAt: nextTry } : {})
    case 'nobody':
      throw new ProviderError('refused', told)
    case undefined:
  }
  if (!isActive) throw new ProviderError('refused', `${place.key}: the connection is switched off`)
  const account = accounts.find(({ id }) => id === accountId)
  if (account === undefined || !account.isListed)
    throw new ProviderError('refused', `${place.key}: the bank no longer lists the account`)
  if (!account.isChosen) throw new ProviderError('refused', `${place.key}: the account was switched off there`)
  if (account.lastUpdate === null)
    throw new ProviderError('temporary', `${place.key}: the account has not been read at the bank yet`)
  if (now.getTime() - account.lastUpdate.getTime() > staleAfterMs)
    throw new ProviderError('temporary', `${place.key}: the account has not been read at the bank for two days`)
}

/** Whether a person has given access to something: not while Powens still weighs what they entered. */
export function isGranted(connection: WireConnection): boolean {
  return connection.state !== 'validating' && isUsable(connection) && accountsOf(connection, '').length > 0
}

export type Failure = { readonly kind: 'failed'; readonly failure: SessionFailure; readonly text: string }

const failed = (failure: SessionFailure, text: string): Failure => ({ kind: 'failed', failure, text })

/** What the person is told, of a connection that came to be in a state in which there is nothing to read. */
const endings: Readonly<Record<ConnectionState, Failure | null>> = {
  // The person may not be through yet.
  SCARequired: null,
  webauthRequired: null,
  additionalInformationNeeded: null,
  decoupled: null,
  validating: null,
  actionNeeded: failed('rejected_by_bank', 'The bank wants something done on its own site before it gives access.'),
  passwordExpired: failed('rejected_by_bank', 'The bank wants a new password before it gives access.'),
  wrongpass: failed('rejected_by_bank', 'The bank refused what was entered to log in.'),
  rateLimiting: failed('bank_unavailable', 'The bank answers nothing for now.'),
  websiteUnavailable: failed('bank_unavailable', 'The bank could not be reached.'),
  bug: failed('provider_error', 'Powens failed to read the bank.'),
  notSupported: failed('provider_error', 'Powens cannot read these accounts.'),
}

/** What the webview says of a person who came back without a connection. */
const errors: Readonly<Record<string, Failure>> = {
  access_denied: failed('cancelled_by_person', 'The approval was cancelled.'),
  tos_declined: failed('cancelled_by_person', 'The terms were declined.'),
  session_expired: failed('timed_out', 'The approval took too long.'),
  server_error: failed('provider_error', 'Powens failed.'),
}

/** What a callback carries. A hint for words, and that somebody came back at all: anybody can type it. */
export type Hints = {
  readonly error: string | undefined
  /** It names a connection, and not one that the person ended. */
  readonly hasConnection: boolean
  readonly isDeleted: boolean
}

/**
 * Why an attempt came to nothing; undefined as long as something may still come of it. What a connection says for itself is plainer than what the webview says.
 */
export function failureOfAttempt(connection: WireConnection | undefined, hints: Hints): Failure | undefined {
  const { error, hasConnection } = hints
  if (error === undefined && !hasConnection) return undefined
  // Powens is about to know.
  if (connection?.state === 'validating') return undefined
  const said = error === undefined ? undefined : Object.hasOwn(errors, error) ? errors[error] : errors['server_error']
  if (connection?.state !== undefined && connection.state !== null) return endings[connection.state] ?? said
  if (said !== undefined || connection === undefined) return said
  return withoutAccounts(connection)
}

/** The person came back, the connection is well, and there is no account of it to read. */
function withoutAccounts({ accounts }: WireConnection): Failure | undefined {
  const listed = accounts.filter(({ isListed }) => isListed)
  // The bank is still being read.
  if (listed.length === 0) return undefined
  if (listed.some(({ isChosen }) => isChosen))
    return failed('wrong_account_type', 'None of the accounts that were chosen is one that can be read here.')
  return failed('cancelled_by_person', 'No account was chosen.')
}

/** `bank-account-types.yml`. Savings plans, insurances and portfolios hold no money that is booked on them; a type that is not here is no reason to overlook an account that has an IBAN. */
const accountTypes: ReadonlyMap<unknown, AccountType | null> = new Map<string, AccountType | null>([
  ['checking', 'current'],
  ['joint', 'current'],
  ['deposit', 'savings'],
  ['savings', 'savings'],
  ['card', 'card'],
  ['loan', 'loan'],
  ...[
    'article83',
    'capitalisation',
    'crowdlending',
    'lifeinsurance',
    'madelin',
    'market',
    'pea',
    'pee',
    'per',
    'perco',
    'perp',
    'real_estate',
    'rsp',
  ].map((type): [string, null] => [type, null]),
])

/** An association's account is no person's. */
const usages: ReadonlyMap<unknown, 'private' | 'business'> = new Map([
  ['PRIV', 'private'],
  ['ORGA', 'business'],
  ['ASSO', 'business'],
])

/** The accounts to read, without their refs: those that the person chose, that are still there, and that movements are booked on. */
export function accountsOf(
  connection: Pick<WireConnection, 'accounts'>,
  domain: string,
): readonly { readonly id: string; readonly isCard: boolean; readonly account: Omit<ProviderAccount, 'ref'> }[] {
  return connection.accounts.flatMap((account) => {
    if (!account.isChosen || !account.isListed) return []
    const type = typeOf(account)
    return type === null ? [] : [{ id: account.id, isCard: type === 'card', account: accountOf(account, type, domain) }]
  })
}

function typeOf({ type, iban }: WireAccount): AccountType | null {
  const known = accountTypes.get(type)
  if (known !== undefined) return known
  return type === 'unknown' || textOf(iban, 64) !== undefined ? 'current' : null
}

function accountOf(account: WireAccount, type: AccountType, domain: string): Omit<ProviderAccount, 'ref'> {
  const currency = currencyOf(account)
  const usage = usages.get(account.usage)
  const numbers = numbersOf(account, type)
  return {
    name: nameOf(account.name) ?? nameOf(account.original_name) ?? 'Account',
    type,
    currency,
    // Without a number it is known as itself for as long as its connection is renewed in place.
    ...(Object.keys(numbers).length === 0 ? { stableHash: `powens/${domain}/${account.id}` } : numbers),
    ...(usage !== undefined && { usage }),
  }
}

/**
 * Of a card, the number is the card's: whole, masked, or what is left of it. Of another account it tells nothing beside the IBAN, and nothing where it is so short
 * that it must be a number in a list.
 */
function numbersOf({ iban, number }: WireAccount, type: AccountType): ReturnType<typeof accountNumbersOf> {
  if (type === 'card') {
    const isWhole = typeof number === 'string' && /^[\d -]{12,23}$/.test(number)
    return accountNumbersOf({ iban, ...(isWhole ? { pan: number.replaceAll(/[ -]/g, '') } : { maskedPan: number }) })
  }
  const numbers = accountNumbersOf({ iban })
  if (Object.keys(numbers).length > 0 || typeof number !== 'string') return numbers
  return number.replaceAll(/[^\dA-Za-z]/g, '').length < accountNumberLengthMin ? {} : accountNumbersOf({ bban: number })
}

const accountNumberLengthMin = 6

function currencyOf({ currency, place }: WireAccount): string {
  if (currency === undefined || currency === null) return noCurrency
  const id = isFields(currency) ? currency['id'] : undefined
  if (typeof id !== 'string' || !isCurrency(id)) throw nonsense(below(below(place, 'currency'), 'id'), 'a currency')
  return id
}

/**
 * The balance as the bank told it at the last reading, with that day's bookings in it and without what is still to come. What a card's counts differs from bank to
 * bank, and a loan's is what is left of it: those prove nothing.
 */
export function balanceOf(account: WireAccount): ProviderBalance | undefined {
  const { balance, lastUpdate, place } = account
  const currency = currencyOf(account)
  if (typeof balance !== 'string' || currency === noCurrency || lastUpdate === null) return undefined
  const type = typeOf(account)
  return {
    type: type === 'current' || type === 'savings' ? 'interim_booked' : 'other',
    amount: moneyOf({ amount: balance, currency }, below(place, 'balance')),
    referenceDate: localDay(lastUpdate, timeZone),
  }
}

/** Whose page it is, as far as its rows do not say. */
export type RowsOf = PageOwner & { readonly accountId: string; readonly isCard: boolean }

/** Every booked movement of a page, in Powens' order. */
export function movementsOf(page: WirePage, owner: RowsOf, place: Place): readonly ProviderTransaction[] {
  const reader = readerOf({ iban: undefined, ...owner })
  const list = below(place, 'transactions')
  return page.rows.flatMap((json, index) => {
    const at = below(list, index)
    const row = asRow(json, owner.accountId, at)
    return isBooked(row, owner) ? [movementOf(spelledOut(row, owner.currency, at), reader, at)] : []
  })
}

/**
 * Whether a row is money that has moved on this account. Left out is what is still to come, what the bank has withdrawn, and what was set aside (`active`).
 *
 * The purchases of a deferred card belong to the card's account. An account that the card is debited from lists them too, beside the one debit of the month that
 * really moves money there (`summary_card`), also where that was set aside so that budgets do not count it twice.
 */
function isBooked(row: WireRow, { isCard }: { readonly isCard: boolean }): boolean {
  if (row.coming || row.deleted !== null) return false
  if (!isCard && row.type === 'deferred_card') return false
  return row.active || (!isCard && row.type === 'summary_card')
}

/** A row in the words of NextGenPSD2. */
function spelledOut(row: WireRow, currency: string, place: Place): WireTransaction {
  const { value, date } = row
  if (typeof value !== 'string') throw nonsense(below(place, 'value'), 'an amount')
  // What is wrong with it is told by Powens' word.
  moneyOf({ amount: value, currency }, below(place, 'value'))
  if (parseDay(date) === undefined) throw nonsense(below(place, 'date'), 'a day')
  const { label, account } = counterpartyOf(row.counterparty)
  return {
    transactionAmount: { amount: value, currency },
    transactionId: row.id,
    bookingDate: date,
    valueDate: row.vdate,
    // Whoever it is stands on the other side, whichever that is.
    creditorName: label,
    creditorAccount: account,
    debtorName: label,
    debtorAccount: account,
    // The person may have edited `wording`.
    remittanceInformationUnstructured: textOf(row.original_wording, textLengthMax) ?? row.wording,
    currencyExchange: exchangeOf(row, value),
  }
}

/** Longer than anything that is kept. */
const textLengthMax = 10_000

/** A card's number, or what stands for one, is no account's. */
function counterpartyOf(json: unknown): { readonly label?: unknown; readonly account?: unknown } {
  if (!isFields(json)) return {}
  const { label, account_scheme_name: scheme, account_identification: number } = json
  if (scheme === 'iban') return { label, account: { iban: number } }
  return scheme === 'bban' || scheme === 'sort_code_account_number' ? { label, account: { bban: number } } : { label }
}

/** Powens tells both amounts and no rate: theirs to each other is one, as long as no commission is in it. */
function exchangeOf(row: WireRow, value: string): unknown {
  const { original_value: original, original_currency: currency, commission } = row
  const code = isFields(currency) ? currency['id'] : undefined
  const isFree =
    commission === undefined || commission === null || (typeof commission === 'string' && isZero(commission))
  if (typeof original !== 'string' || typeof code !== 'string' || !isFree) return undefined
  const exchangeRate = quotientOf(value, original)
  return exchangeRate === undefined
    ? undefined
    : {
        sourceCurrency: code,
        unitCurrency: code,
        exchangeRate,
        instructedAmount: { amount: original, currency: code },
      }
}

const isZero = (text: string): boolean => !/[1-9]/.test(text)

/** What a unit of the divisor is worth, signs aside, to ten decimals; undefined where there is no telling. */
function quotientOf(dividend: string, divisor: string): string | undefined {
  const [above, under] = [scaledOf(dividend), scaledOf(divisor)]
  if (above === undefined || under === undefined || under === 0n) return undefined
  const digits = String((above * 10n ** 10n) / under).padStart(11, '0')
  return `${digits.slice(0, -10)}.${digits.slice(-10)}`
}

function scaledOf(text: string): bigint | undefined {
  const [, whole, decimals = ''] = /^-?(\d{1,15})(?:\.(\d{1,15}))?$/.exec(text) ?? []
  return whole === undefined ? undefined : BigInt(whole + decimals.padEnd(15, '0'))
}
