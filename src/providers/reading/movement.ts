// A movement as NextGenPSD2 spells it, and with it most who speak to banks → ours. Providers that spell it otherwise put it in these words first, so that a
// movement reads the same whoever told of it.

import type { ProviderTransaction } from '../provider.ts'
import type { Day } from '../../values/day.ts'
import { normaliseIban } from '../../values/iban.ts'
import { isCurrency, type Money } from '../../values/money.ts'
import { normaliseReference } from '../../values/reference.ts'
import { dayOf, isAmount, moneyIfAny, moneyOf, type WireAmount } from './amounts.ts'
import { below, isFields, listOf, nonsense, type Place } from './place.ts'
import {
  fuller,
  idOf,
  nameLengthMax,
  named,
  nameOf,
  numberOf,
  readableOf,
  remittanceLengthMax,
  textOf,
} from './texts.ts'

/** A movement on an account, or on a card account: the last three fields are a card's. */
export type WireTransaction = {
  readonly transactionAmount: WireAmount
  readonly transactionId?: unknown
  readonly entryReference?: unknown
  readonly endToEndId?: unknown
  readonly bookingDate?: unknown
  readonly valueDate?: unknown
  readonly creditorName?: unknown
  readonly creditorAccount?: unknown
  readonly ultimateCreditor?: unknown
  readonly debtorName?: unknown
  readonly debtorAccount?: unknown
  readonly ultimateDebtor?: unknown
  readonly remittanceInformationUnstructured?: unknown
  readonly remittanceInformationUnstructuredArray?: unknown
  readonly remittanceInformationStructured?: unknown
  readonly remittanceInformationStructuredArray?: unknown
  readonly additionalInformation?: unknown
  readonly bankTransactionCode?: unknown
  readonly currencyExchange?: unknown
  readonly balanceAfterTransaction?: unknown
  readonly cardTransactionId?: unknown
  readonly transactionDetails?: unknown
  readonly originalAmount?: unknown
}

/** The row itself and not a copy, because pages are long. */
export function asTransaction(json: unknown, place: Place): WireTransaction {
  if (!isTransaction(json)) throw nonsense(below(place, 'transactionAmount'), 'an amount and a currency')
  return json
}

function isTransaction(json: unknown): json is WireTransaction {
  return isFields(json) && isAmount(json['transactionAmount'])
}

/** ISO 4217 "no currency". */
const noCurrency = 'XXX'

type ReadIban = (text: string) => string | undefined

/** What the rows of one page have in common. */
export type Reader = {
  readonly readIban: ReadIban
  readonly holderIban: string | undefined
  readonly accountCurrency: string
  readonly debitsArePositive: boolean
}

export function readerOf(page: {
  /** The account's own, where known. */
  readonly iban: unknown
  readonly currency: string
  /** From a card account that quotes debits positive (`debitAccounting`). */
  readonly debitsArePositive: boolean
}): Reader {
  const readIban = remembering(normaliseIban)
  return {
    readIban,
    holderIban: ibanOf(page.iban, readIban),
    accountCurrency: page.currency,
    debitsArePositive: page.debitsArePositive,
  }
}

/** @throws {ProviderError} nonsense, with where */
export function movementOf(row: WireTransaction, reader: Reader, place: Place): ProviderTransaction {
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
export function signed(money: Money, told: { readonly debitsArePositive: boolean }): Money {
  return told.debitsArePositive ? { ...money, minor: -money.minor } : money
}

/** The same few accounts come again and again on a page, and checking an IBAN is the slowest step of reading a row. */
function remembering(read: ReadIban): ReadIban {
  const known = new Map<string, string | undefined>()
  return (text) => {
    if (!known.has(text)) known.set(text, read(text))
    return known.get(text)
  }
}
