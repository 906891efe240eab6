// A bank's words → ours.

import {
  ProviderError,
  type AccountType,
  type BalanceType,
  type ConsentState,
  type ProviderAccount,
  type ProviderBalance,
  type ProviderTransaction,
  type SessionFailure,
} from '../provider.ts'
import { addDays, parseDay, startOfLocalDay, type Day } from '../../values/day.ts'
import { normaliseIban } from '../../values/iban.ts'
import { isCurrency, parseMoney, type Money } from '../../values/money.ts'
import { normaliseReference } from '../../values/reference.ts'
import { isCleanText } from '../../values/text.ts'
import {
  asTransaction,
  below,
  isAmount,
  isFields,
  nonsense,
  type ConsentStatus,
  type Endpoint,
  type Place,
  type WireAccount,
  type WireAmount,
  type WireBalance,
  type WireBalances,
  type WireTransaction,
  type WireTransactionsPage,
} from './wire.ts'

const nameLengthMax = 140
const remittanceLengthMax = 1_000
const accountNumberLengthMax = 34
/** The standard's own ids have 35; one that is longer than this is no id that we could keep whole. */
const idLengthMax = 256

/**
 * When a consent ends: the first instant after its last day, at the bank, since `validUntil` is the bank's local day. Where a bank
 * answers with a later day than was asked for (some say 9999-12-31 for "as long as possible"), what was asked for holds.
 */
export function endOfConsent(
  validUntil: string,
  asked: { readonly validUntil: Day; readonly timeZone: string },
  place: Place,
): Date {
  const day = parseDay(validUntil)
  if (day === undefined) throw nonsense(below(place, 'validUntil'), 'a day')
  return startOfLocalDay(addDays(day < asked.validUntil ? day : asked.validUntil, 1), asked.timeZone)
}

/** What a granted consent has become. @throws {ProviderError} needs_person for one that waits for somebody's approval again. */
export function stateOf(status: ConsentStatus, expiresAt: Date, place: Place): ConsentState {
  if (status === 'valid') return { state: 'usable', expiresAt }
  if (status === 'received' || status === 'partiallyAuthorised') {
    throw new ProviderError('needs_person', `${place.key}: it waits for an approval at the bank`)
  }
  return { state: status === 'expired' ? 'expired' : 'revoked' }
}

/** What little the standard tells of a person on the bank's pages. */
type Hints = { readonly scaStatus: string | undefined; readonly returnedByNok: boolean }
type EndedStatus = Exclude<ConsentStatus, 'valid' | 'received' | 'partiallyAuthorised'>

/** Why an attempt came to nothing, in our word and in a sentence for people. */
export function sessionFailureOf(
  status: EndedStatus,
  hints: Hints,
): { readonly failure: SessionFailure; readonly text: string } {
  return {
    rejected: { failure: rejectionOf(hints), text: 'The approval was cancelled at the bank, or the bank refused it.' },
    expired: { failure: 'timed_out' as const, text: 'The bank had waited too long for the approval.' },
    revokedByPsu: { failure: 'cancelled_by_person' as const, text: 'The approval was withdrawn at the bank.' },
    terminatedByTpp: {
      failure: 'provider_error' as const,
      text: 'The approval was withdrawn here before it was used.',
    },
  }[status]
}

/**
 * A guess, since the standard has no word for a person who turns back, and many banks report the authentication as `failed` either
 * way. Who went through all of it did not turn back; who left it unfinished did, and so, most often, did who comes by the address
 * for failure.
 */
function rejectionOf({ scaStatus, returnedByNok }: Hints): SessionFailure {
  if (scaStatus === 'finalised' || scaStatus === 'exempted') return 'rejected_by_bank'
  const isUnfinished = scaStatus !== undefined && scaStatus !== 'failed'
  return returnedByNok || isUnfinished ? 'cancelled_by_person' : 'rejected_by_bank'
}

/** ISO 4217 "no currency": how the standard marks an account that stands for several, each in its own. */
const noCurrency = 'XXX'

/** Which listed accounts there are to read: not closed ones, nor the sum of accounts that are listed themselves (their movements would come twice). */
export function isReadable(account: WireAccount, list: readonly WireAccount[]): boolean {
  if (account.status === 'deleted') return false
  return (
    account.currency !== noCurrency || !list.some((part) => part.iban === account.iban && part.currency !== noCurrency)
  )
}

/** Whether a list tells too little of an account: its details then tell what it is, and whose. */
export function isThin(account: WireAccount): boolean {
  return (
    account.cashAccountType === undefined ||
    account.ownerName === undefined ||
    Object.keys(numbersOf(account)).length === 0
  )
}

/** The account is addressed by its endpoint and its id there, `accounts/3dc3d5b3`, ready to stand in a URL. */
export function accountOf(account: WireAccount, endpoint: Endpoint): ProviderAccount {
  const { place } = account
  const numbers = numbersOf(account)
  if (Object.keys(numbers).length === 0) throw nonsense(place, 'an account with a number')
  if (!isCurrency(account.currency) && account.currency !== noCurrency)
    throw nonsense(below(place, 'currency'), 'a currency')
  const name = nameOf(account.displayName) ?? nameOf(account.name) ?? nameOf(account.product)
  const owner = nameOf(account.ownerName)
  const usage = usages.get(account.usage)
  return {
    ref: `${endpoint}/${encodeURIComponent(account.resourceId)}`,
    name: name ?? 'Account',
    type: typeOf(account),
    currency: account.currency,
    ...numbers,
    ...(owner === undefined ? {} : { owner }),
    ...(usage === undefined ? {} : { usage }),
  }
}

const usages: ReadonlyMap<unknown, 'private' | 'business'> = new Map([
  ['PRIV', 'private'],
  ['ORGA', 'business'],
])

/** ISO 20022 ExternalCashAccountType1Code, where it is not a current account. */
const accountTypes: ReadonlyMap<unknown, AccountType> = new Map([
  ['CARD', 'card'],
  ['LOAN', 'loan'],
  ['MGLD', 'loan'],
  ['LLSV', 'savings'],
  ['MOMA', 'savings'],
  ['ONDP', 'savings'],
  ['SVGS', 'savings'],
])

function typeOf(account: WireAccount): AccountType {
  const { iban, bban, maskedPan } = numbersOf(account)
  return (
    accountTypes.get(account.cashAccountType) ??
    (maskedPan !== undefined && iban === undefined && bban === undefined ? 'card' : 'current')
  )
}

/** What is no valid IBAN still names the account: a masked card number stays one, anything else counts as the bank's own number. */
function numbersOf(account: WireAccount): {
  readonly iban?: string
  readonly bban?: string
  readonly maskedPan?: string
} {
  const written = textOf(account.iban, accountNumberLengthMax)
  const iban = written === undefined ? undefined : normaliseIban(written)
  const misplaced = iban === undefined ? written : undefined
  const isMasked = misplaced !== undefined && /[*xX•]{4}/.test(misplaced)
  const other = isFields(account.other) ? account.other['identification'] : undefined
  const bban =
    textOf(account.bban, accountNumberLengthMax) ??
    (isMasked ? undefined : misplaced) ??
    textOf(other, accountNumberLengthMax)
  const maskedPan =
    textOf(account.maskedPan, accountNumberLengthMax) ?? (isMasked ? misplaced : undefined) ?? maskedPanOf(account.pan)
  return {
    ...(iban === undefined ? {} : { iban }),
    ...(bban === undefined ? {} : { bban }),
    ...(maskedPan === undefined ? {} : { maskedPan }),
  }
}

/** A card's whole number is never kept: the first six and the last four digits are what card schemes allow to be shown. */
function maskedPanOf(pan: unknown): string | undefined {
  const text = textOf(pan, accountNumberLengthMax)
  return text === undefined
    ? undefined
    : text.replace(
        /^(.{6})(.*)(.{4})$/,
        (_, first: string, middle: string, last: string) => first + '*'.repeat(middle.length) + last,
      )
}

const balanceTypes: ReadonlyMap<string, BalanceType> = new Map([
  ['closingBooked', 'closing_booked'],
  ['interimBooked', 'interim_booked'],
  ['openingBooked', 'opening_booked'],
  ['interimAvailable', 'interim_available'],
  ['expected', 'expected'],
])

export function balancesOf(told: WireBalances, place: Place): readonly ProviderBalance[] {
  return told.balances.map((balance, index) => balanceOf(balance, told, below(below(place, 'balances'), index)))
}

/** A balance that counts a credit limit in is no amount of money on the account, whatever its type. */
function balanceOf(balance: WireBalance, told: { readonly debitsArePositive: boolean }, place: Place): ProviderBalance {
  const referenceDate = dayOf(balance.referenceDate)
  return {
    type: balance.creditLimitIncluded === true ? 'other' : (balanceTypes.get(balance.balanceType) ?? 'other'),
    amount: signed(moneyOf(balance.balanceAmount, below(place, 'balanceAmount')), told),
    ...(referenceDate === undefined ? {} : { referenceDate }),
  }
}

/** Every booked movement of a page, in the bank's order. An entry that books a batch is one movement, as it is on the account. */
export function movementsOf(
  page: WireTransactionsPage,
  account: { readonly currency: string },
  place: Place,
): readonly ProviderTransaction[] {
  const readIban = remembering(normaliseIban)
  const reader: Reader = {
    readIban,
    holderIban: isFields(page.account) ? ibanOf(page.account['iban'], readIban) : undefined,
    accountCurrency: account.currency,
    debitsArePositive: page.debitsArePositive,
  }
  const booked = below(below(place, page.report), 'booked')
  return page.booked.map((json, index) => {
    const at = below(booked, index)
    return movementOf(asTransaction(json, at), reader, at)
  })
}

type ReadIban = (text: string) => string | undefined

/** What the rows of one page have in common. */
type Reader = {
  readonly readIban: ReadIban
  readonly holderIban: string | undefined
  readonly accountCurrency: string
  readonly debitsArePositive: boolean
}

function movementOf(row: WireTransaction, reader: Reader, place: Place): ProviderTransaction {
  const amount = signed(moneyOf(row.transactionAmount, below(place, 'transactionAmount')), reader)
  const transactionId = idOf(row.transactionId ?? row.cardTransactionId)
  const entryReference = idOf(row.entryReference)
  const valueDate = dayOf(row.valueDate)
  const counterparty = counterpartyOf(row, amount, reader)
  const [reference, ...furtherReferences] = referencesOf(row)
  const remittanceInformation = remittanceOf(row, furtherReferences)
  const endToEndId = idOf(row.endToEndId)
  const bankTransactionCode = codeOf(row.bankTransactionCode)
  const exchange = exchangeOf(row, amount)
  const balanceAfter = balanceAfterOf(row.balanceAfterTransaction, reader.accountCurrency)
  return {
    ids: {
      ...(transactionId === undefined ? {} : { transactionId }),
      ...(entryReference === undefined ? {} : { entryReference }),
    },
    status: 'booked',
    bookingDate: bookingDayOf(row, place),
    amount,
    ...(valueDate === undefined ? {} : { valueDate }),
    ...(counterparty === undefined ? {} : { counterparty }),
    ...(remittanceInformation === undefined ? {} : { remittanceInformation }),
    ...(reference === undefined ? {} : { reference }),
    ...(endToEndId === undefined ? {} : { endToEndId }),
    ...(bankTransactionCode === undefined ? {} : { bankTransactionCode }),
    ...(exchange === undefined ? {} : { exchange }),
    ...(balanceAfter === undefined ? {} : { balanceAfter }),
  }
}

/** Some banks leave the booking day out of booked rows; the value day is then the only one there is. */
function bookingDayOf(row: WireTransaction, place: Place): Day {
  const isGiven = row.bookingDate !== undefined && row.bookingDate !== null && row.bookingDate !== ''
  const day = dayOf(isGiven ? row.bookingDate : row.valueDate)
  if (day === undefined) throw nonsense(below(place, 'bookingDate'), 'a day')
  return day
}

/** A day, or the day of a date and time as it is written there: the bank's, whatever its offset. */
function dayOf(json: unknown): Day | undefined {
  if (typeof json !== 'string' || !/^.{10}($|[T ])/.test(json)) return undefined
  return parseDay(json.slice(0, 10))
}

function moneyOf(wire: WireAmount, place: Place): Money {
  if (!isCurrency(wire.currency)) throw nonsense(below(place, 'currency'), 'a currency')
  try {
    return parseMoney(wire.amount, wire.currency)
  } catch (error) {
    if (error instanceof RangeError)
      throw nonsense(below(place, 'amount'), 'a decimal number that its currency can hold')
    throw error
  }
}

/** The creditor of money out, the debtor of money in: the other two are the holder, as is anyone who has the holder's IBAN. */
function counterpartyOf(row: WireTransaction, amount: Money, reader: Reader): ProviderTransaction['counterparty'] {
  const isOut = amount.minor < 0n
  const account = isOut ? row.creditorAccount : row.debtorAccount
  const iban = isFields(account) ? ibanOf(account['iban'], reader.readIban) : undefined
  if (iban !== undefined && iban === reader.holderIban) return undefined
  const name = isOut
    ? (nameOf(row.creditorName) ?? nameOf(row.ultimateCreditor))
    : (nameOf(row.debtorName) ?? nameOf(row.ultimateDebtor))
  const bban =
    isFields(account) && iban === undefined ? (numberOf(account['bban']) ?? numberOf(account['iban'])) : undefined
  if (name === undefined && iban === undefined && bban === undefined) return undefined
  return {
    ...(name === undefined ? {} : { name }),
    ...(iban === undefined ? {} : { iban }),
    ...(bban === undefined ? {} : { bban }),
  }
}

function ibanOf(json: unknown, readIban: ReadIban): string | undefined {
  return typeof json === 'string' ? readIban(json) : undefined
}

/** Structured references, normalised, each once. The standard has an object with `reference`; some banks send the bare text. */
function referencesOf(row: WireTransaction): readonly string[] {
  if (row.remittanceInformationStructured === undefined && row.remittanceInformationStructuredArray === undefined)
    return []
  const given = [row.remittanceInformationStructured, ...listOf(row.remittanceInformationStructuredArray)]
  const references = given.flatMap((structured) => {
    const text = named(textOf(isFields(structured) ? structured['reference'] : structured, nameLengthMax))
    const reference = text === undefined ? '' : normaliseReference(text)
    return reference === '' ? [] : [reference]
  })
  return [...new Set(references)]
}

/**
 * What the payer wrote, else what the bank adds. Where the bank tells it twice, as one text and as lines, the fuller telling is
 * kept (the one text is often cut at 140). References beyond the first stand at the end: one payment may settle several invoices.
 */
function remittanceOf(row: WireTransaction, furtherReferences: readonly string[]): string | undefined {
  const text = readableOf(row.remittanceInformationUnstructured)
  const lines = readableOf(
    listOf(row.remittanceInformationUnstructuredArray)
      .filter((line) => typeof line === 'string')
      .join(' '),
  )
  const written = fuller(text, lines) ?? readableOf(row.additionalInformation ?? row.transactionDetails)
  return furtherReferences.length === 0
    ? written
    : textOf([written ?? '', ...furtherReferences].join(' '), remittanceLengthMax)
}

function fuller(text: string | undefined, lines: string | undefined): string | undefined {
  if (text === undefined || lines === undefined) return text ?? lines
  const [solidText, solidLines] = [text.replaceAll(' ', ''), lines.replaceAll(' ', '')]
  if (solidLines.includes(solidText)) return lines
  return solidText.includes(solidLines) ? text : textOf(`${text} ${lines}`, remittanceLengthMax)
}

/** Without "End-to-End-Ref.: NOTPROVIDED" and the like, and with every stretch of whitespace as one space. */
function readableOf(json: unknown): string | undefined {
  const text = textOf(json, remittanceLengthMax)
  if (text === undefined) return undefined
  const told = /NOT ?PROVIDED/i.test(text)
    ? text.replace(/(?:\bEND-?TO-?END[ -]?(?:ID|REF)?[.:]* *)?\bNOT ?PROVIDED\b/gi, '')
    : text
  return textOf(told.replace(/\s+/g, ' '), remittanceLengthMax)
}

const codeShape = /^[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}$/

function codeOf(json: unknown): string | undefined {
  return typeof json === 'string' && codeShape.test(json) ? json : undefined
}

const rateShape = /^\d{1,10}(\.\d{1,12})?$/

/** The exchange with another currency than the account's: a list of one or more in the standard, a single object at some banks. */
function exchangeOf(row: WireTransaction, amount: Money): ProviderTransaction['exchange'] {
  if (row.currencyExchange === undefined) return undefined
  for (const exchange of Array.isArray(row.currencyExchange) ? row.currencyExchange : [row.currencyExchange]) {
    if (!isFields(exchange)) continue
    const {
      sourceCurrency,
      targetCurrency,
      unitCurrency = sourceCurrency,
      exchangeRate,
      instructedAmount = row.originalAmount,
    } = exchange
    const currency = [sourceCurrency, targetCurrency]
      .filter((code) => typeof code === 'string')
      .find((code) => isCurrency(code) && code !== amount.currency)
    const rate = rateOf(exchangeRate, { isOfAccountCurrency: unitCurrency === amount.currency })
    if (currency === undefined || rate === undefined) continue
    const instructed = moneyIfAny(instructedAmount, currency)
    return { currency, rate, ...(instructed === undefined ? {} : { amount: withSignOf(amount, instructed) }) }
  }
  return undefined
}

/** Units of account currency per unit of the other. A bank that quotes per unit of account currency is turned round, to ten decimals. */
function rateOf(json: unknown, quoted: { readonly isOfAccountCurrency: boolean }): string | undefined {
  if (typeof json !== 'string' || !rateShape.test(json) || !/[1-9]/.test(json)) return undefined
  if (!quoted.isOfAccountCurrency) return json
  const [whole = '', decimals = ''] = json.split('.')
  const digits = String(10n ** BigInt(decimals.length + 10) / BigInt(whole + decimals)).padStart(11, '0')
  return `${digits.slice(0, -10)}.${digits.slice(-10)}`
}

/** Banks write what was instructed without a sign. */
function withSignOf({ minor }: Money, instructed: Money): Money {
  return minor < 0n === instructed.minor < 0n ? instructed : { ...instructed, minor: -instructed.minor }
}

/** Only in the account's own currency (some banks write XXX for it): another one could prove nothing. */
function balanceAfterOf(json: unknown, accountCurrency: string): Money | undefined {
  if (!isFields(json) || !isAmount(json['balanceAmount'])) return undefined
  const { currency } = json['balanceAmount']
  return currency === accountCurrency || currency === noCurrency
    ? moneyIfAny(json['balanceAmount'], accountCurrency)
    : undefined
}

/** From the holder's side. */
function signed(money: Money, told: { readonly debitsArePositive: boolean }): Money {
  return told.debitsArePositive ? { ...money, minor: -money.minor } : money
}

/** An amount that we could do without: absent where it is not one in that currency. */
function moneyIfAny(json: unknown, currency: string): Money | undefined {
  if (!isAmount(json)) return undefined
  try {
    return parseMoney(json.amount, currency)
  } catch {
    return undefined
  }
}

function idOf(json: unknown): string | undefined {
  return typeof json === 'string' && json.length <= idLengthMax ? named(textOf(json, idLengthMax)) : undefined
}

function nameOf(json: unknown): string | undefined {
  return named(textOf(json, nameLengthMax))
}

function numberOf(json: unknown): string | undefined {
  return named(textOf(json, accountNumberLengthMax))
}

/** ISO 20022 demands some fields even where there is nothing to say, and has this word for it. */
function named(text: string | undefined): string | undefined {
  return text === undefined || /^NOT ?PROVIDED$/i.test(text) ? undefined : text
}

/** Text that a database can hold and a page can show: well-formed, no NUL, no blanks around it, at most so long; absent when nothing is left. */
function textOf(json: unknown, lengthMax: number): string | undefined {
  if (typeof json !== 'string') return undefined
  const text = (isCleanText(json) ? json : json.toWellFormed().replaceAll('\0', '')).trim()
  if (text === '') return undefined
  // The cut must not leave half of a character that takes two.
  return text.length <= lengthMax
    ? text
    : text
        .slice(0, lengthMax)
        .replace(/[\ud800-\udbff]$/, '')
        .trimEnd()
}

const listOf = (json: unknown): readonly unknown[] => (Array.isArray(json) ? json : [])

/** The same few accounts come again and again on a page, and checking an IBAN is the slowest step of reading a row. */
function remembering(read: ReadIban): ReadIban {
  const known = new Map<string, string | undefined>()
  return (text) => {
    if (!known.has(text)) known.set(text, read(text))
    return known.get(text)
  }
}
