// All of a row as one text, and rows read back from it: what is compared as a whole, and what an answer's rows take the least room as while they wait.

import type { ProviderTransaction } from '../../providers/provider.ts'
import { parseDay, type Day } from '../../values/day.ts'
import type { Money } from '../../values/money.ts'

/** Equal for rows that are equal in everything and for no others: no text of a movement has a NUL. */
export const wholeOf = (row: ProviderTransaction): string => wholesOf([row])

/** The wholes of rows one after the other. */
export function wholesOf(rows: readonly ProviderTransaction[]): string {
  let text = ''
  for (const row of rows) {
    const { ids, counterparty } = row
    // One text that grows: as an array of parts, put together at the end, it takes twice the time.
    text += `${row.bookingDate}\0${row.valueDate}\0${textOfMoney(row.amount)}\0${textOfMoney(row.balanceAfter)}\0`
    text += `${told(ids.transactionId)}\0${told(ids.entryReference)}\0${told(ids.internalId)}\0`
    text += `${told(row.endToEndId)}\0${told(row.reference)}\0`
    text += `${told(counterparty?.name)}\0${told(counterparty?.iban)}\0${told(counterparty?.bban)}\0`
    text += `${told(row.remittanceInformation)}\0${told(row.bankTransactionCode)}\0${textOfExchange(row)}\0\0`
  }
  return text
}

const textOfExchange = ({ exchange }: ProviderTransaction): string =>
  exchange === undefined ? '' : `${exchange.currency}\0${exchange.rate}\0${textOfMoney(exchange.amount)}`

const textOfMoney = (money: Money | undefined): string => `${money?.minor}${money?.currency}`

/** What is absent is not what is empty, nor what reads "undefined". */
const told = (text: string | undefined): string => (text === undefined ? '' : `=${text}`)

/** The booked rows whose wholes stand in a text one after the other, those of the wanted days. */
export function rowsOfWholes(text: string, isWanted: (day: Day) => boolean): readonly ProviderTransaction[] {
  const parts = text.split('\0')
  const rows: ProviderTransaction[] = []
  const words = { dayOf: rememberingLast(dayOf), currencyOf: rememberingLast((currency: string) => currency) }
  let at = 0
  // What follows the last NUL is nothing.
  while (at < parts.length - 1) {
    const bookingDate = words.dayOf(parts[at])
    if (isWanted(bookingDate)) rows.push(rowAt(parts, at, bookingDate, words))
    at += parts[at + exchangeAt] === '' ? partsOfRow : partsOfRow + 2
  }
  return rows
}

/** Where the exchange of a row begins, which has three parts, or one that is empty; an empty one ends the row. */
const exchangeAt = 14
const partsOfRow = 16

/** A day and a currency are most often those of the row before, and then are the same text in memory. */
type Words = { readonly dayOf: (text: string | undefined) => Day; readonly currencyOf: (text: string) => string }

function rememberingLast<Text extends string | undefined, Word>(read: (text: Text) => Word): (text: Text) => Word {
  let last: { readonly text: Text; readonly word: Word } | undefined
  return (text) => {
    if (last?.text !== text) last = { text, word: read(text) }
    return last.word
  }
}

type Draft = { -readonly [Field in keyof ProviderTransaction]: ProviderTransaction[Field] }

function rowAt(parts: readonly string[], at: number, bookingDate: Day, words: Words): ProviderTransaction {
  // A currency is three letters.
  const moneyOf = (text = ''): Money => ({
    minor: BigInt(text.slice(0, -3)),
    currency: words.currencyOf(text.slice(-3)),
  })
  const [valueDate, balance, exchange] = [parts[at + 1], parts[at + 3], parts[at + exchangeAt]]
  const row: Draft = { ids: idsAt(parts, at + 4), status: 'booked', bookingDate, amount: moneyOf(parts[at + 2]) }
  if (valueDate !== 'undefined') row.valueDate = valueDate === bookingDate ? bookingDate : words.dayOf(valueDate)
  const counterparty = counterpartyAt(parts, at + 9)
  if (counterparty !== undefined) row.counterparty = counterparty
  const [remittanceInformation, reference] = [textOf(parts[at + 12]), textOf(parts[at + 8])]
  if (remittanceInformation !== undefined) row.remittanceInformation = remittanceInformation
  if (reference !== undefined) row.reference = reference
  const [endToEndId, bankTransactionCode] = [textOf(parts[at + 7]), textOf(parts[at + 13])]
  if (endToEndId !== undefined) row.endToEndId = endToEndId
  if (bankTransactionCode !== undefined) row.bankTransactionCode = bankTransactionCode
  if (exchange !== undefined && exchange !== '') {
    const [rate = '', amount] = [parts[at + exchangeAt + 1], parts[at + exchangeAt + 2]]
    row.exchange = { currency: exchange, rate, ...(amount !== noMoney && { amount: moneyOf(amount) }) }
  }
  if (balance !== noMoney) row.balanceAfter = moneyOf(balance)
  return row
}

function idsAt(parts: readonly string[], at: number): ProviderTransaction['ids'] {
  const ids: { -readonly [Kind in keyof ProviderTransaction['ids']]: string } = {}
  const [transactionId, entryReference, internalId] = [textOf(parts[at]), textOf(parts[at + 1]), textOf(parts[at + 2])]
  if (transactionId !== undefined) ids.transactionId = transactionId
  if (entryReference !== undefined) ids.entryReference = entryReference
  if (internalId !== undefined) ids.internalId = internalId
  return ids
}

function counterpartyAt(parts: readonly string[], at: number): ProviderTransaction['counterparty'] {
  const [name, iban, bban] = [textOf(parts[at]), textOf(parts[at + 1]), textOf(parts[at + 2])]
  if (name === undefined && iban === undefined && bban === undefined) return undefined
  return {
    ...(name !== undefined && { name }),
    ...(iban !== undefined && { iban }),
    ...(bban !== undefined && { bban }),
  }
}

const noMoney = 'undefinedundefined'

const textOf = (part = ''): string | undefined => (part === '' ? undefined : part.slice(1))

function dayOf(text = ''): Day {
  const day = parseDay(text)
  if (day === undefined) throw new Error('the text of a row has no day where one should be')
  return day
}
