// A movement as NextGenPSD2 spells it, and with it most who speak to banks → ours. Providers that spell it otherwise put it in these words first, so that a
// movement reads the same whoever told of it.

import type { ProviderTransaction } from '../provider.ts'
import type { Day } from '../../values/day.ts'
import { isCurrency, type Money } from '../../values/money.ts'
import { noCurrency } from './accounts.ts'
import { amountIfAny, dayOf, moneyIfAny, moneyOf } from './amounts.ts'
import { counterpartyOf, foundBy } from './counterparty.ts'
import { below, isFields, nonsense, type Place } from './place.ts'
import type { Reader } from './reader.ts'
import { lineThatIsOne, referenceIn, structuredOf, type Structured } from './references.ts'
import { codedOf, linesOf, remittanceOf } from './remittance.ts'
import type { WireTransaction } from './row.ts'
import { idOf } from './texts.ts'

export { readerOf, type Reader } from './reader.ts'
export { asTransaction, type WireTransaction } from './row.ts'

/** @throws {ProviderError} nonsense, with where */
export function movementOf(row: WireTransaction, reader: Reader, place: Place): ProviderTransaction {
  const amount = signed(
    billedOf(row, reader) ?? moneyOf(row.transactionAmount, below(place, 'transactionAmount')),
    reader,
  )
  const valueDate = dayOf(row.valueDate) ?? dayOf(row.valueDateTime)
  const coded = codedOf(row, reader)
  const counterparty = counterpartyOf(row, amount, reader, coded)
  const structured = structuredOf(row, reader)
  const remittanceInformation = remittanceOf(row, structured, reader)
  const endToEndId = idOf(row.endToEndId) ?? idOf(coded?.endToEndId)
  const reference =
    referenceOf(row, { structured, text: remittanceInformation, endToEndId }, reader) ??
    ofCreditorIn(row.entryReference)
  const bankTransactionCode = codeOf(row.bankTransactionCode)
  const exchange = exchangeOf(row, amount)
  const balanceAfter = balanceAfterOf(row.balanceAfterTransaction, reader)
  return {
    ids: idsOf(row, reader),
    status: 'booked',
    bookingDate: bookingDayOf(row, reader, place),
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

function idsOf(row: WireTransaction, reader: Reader): ProviderTransaction['ids'] {
  const written = idOf(row.transactionId) ?? idOf(row.cardTransactionId)
  const transactionId = written === undefined || reader.transactionId?.test(written) === false ? undefined : written
  const entryReference = idOf(row.entryReference)
  const internalId = idOf(row.internalTransactionId)
  return {
    ...(transactionId === undefined ? {} : { transactionId }),
    ...(entryReference === undefined ? {} : { entryReference }),
    ...(internalId === undefined ? {} : { internalId }),
  }
}

/** Some banks leave the booking day out of booked rows; the value day is then the only one there is. One that cannot be read is not made up from another. */
function bookingDayOf(row: WireTransaction, reader: Reader, place: Place): Day {
  for (const field of reader.bookingDay) {
    const json = row[field]
    if (json === undefined || json === null || json === '') continue
    const day = dayOf(json)
    if (day === undefined) throw nonsense(below(place, field), 'a day')
    return day
  }
  throw nonsense(below(place, 'bookingDate'), 'a day')
}

/** What the account was billed, which a bank tells in a text; written without a sign, or with the sign of what was paid abroad. */
function billedOf(row: WireTransaction, reader: Reader): Money | undefined {
  if (reader.billedAmount === undefined) return undefined
  const amount = foundBy(reader.billedAmount, row, reader)
  const billed = moneyIfAny({ amount, currency: reader.accountCurrency }, reader.accountCurrency)
  const isOut = row.transactionAmount.amount.startsWith('-')
  return billed === undefined || billed.minor < 0n === isOut ? billed : { ...billed, minor: -billed.minor }
}

/** What the bank calls the reference, else what shows itself to be one. */
function referenceOf(
  row: WireTransaction,
  told: {
    readonly structured: Structured
    readonly text: string | undefined
    readonly endToEndId: string | undefined
  },
  reader: Reader,
): string | undefined {
  const { structured, text, endToEndId } = told
  if (structured.references[0] !== undefined) return structured.references[0]
  const { country } = reader.holder
  const inText = text === undefined ? undefined : referenceIn(text, country)
  if (inText !== undefined) return inText
  const line = country === undefined ? undefined : lineThatIsOne(linesOf(row, reader), country)
  // A payer's own number may pass a check digit by chance, so here no number alone is one.
  return line ?? (endToEndId === undefined ? undefined : referenceIn(endToEndId, undefined))
}

/** OP puts the payee's reference where the entry's own should be. Only ISO 11649 is so plain that it cannot be taken for an id. */
function ofCreditorIn(entryReference: unknown): string | undefined {
  return typeof entryReference === 'string' && /^RF\d\d/.test(entryReference)
    ? referenceIn(entryReference, undefined)
    : undefined
}

const codeShape = /^[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}$/

/** Luminor parts it by strokes. */
function codeOf(json: unknown): string | undefined {
  if (typeof json !== 'string') return undefined
  const code = json[4] === '/' && json[9] === '/' ? json.replaceAll('/', '-') : json
  return codeShape.test(code) ? code : undefined
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
function balanceAfterOf(json: unknown, reader: Reader): Money | undefined {
  const told = isFields(json) ? amountIfAny(json['balanceAmount']) : undefined
  if (told === undefined || (told.currency !== reader.accountCurrency && told.currency !== noCurrency)) return undefined
  const balance = moneyIfAny(told, reader.accountCurrency)
  return balance && signed(balance, reader)
}

/** From the holder's side. */
export function signed(money: Money, told: { readonly debitsArePositive: boolean }): Money {
  return told.debitsArePositive ? { ...money, minor: -money.minor } : money
}
