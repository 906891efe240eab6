// All of a row as one text, and rows read back from it: what is compared as a whole, and what an answer's rows take the least room as while they wait.

import type { ProviderTransaction } from '../../providers/provider.ts'
import { parseDay, type Day } from '../../values/day.ts'
import type { Money } from '../../values/money.ts'

/** Equal for rows that are equal in everything and for no others: no text of a movement has a NUL. */
export function wholeOf(row: ProviderTransaction): string {
  const { amount, ids, counterparty, exchange, balanceAfter } = row
  const money = `${row.bookingDate}\0${row.valueDate}\0${amount.minor}${amount.currency}\0${balanceAfter?.minor}${balanceAfter?.currency}`
  const known = `${told(ids.transactionId)}${told(ids.entryReference)}${told(ids.internalId)}${told(row.endToEndId)}${told(row.reference)}`
  const other = `${told(counterparty?.name)}${told(counterparty?.iban)}${told(counterparty?.bban)}${told(row.remittanceInformation)}`
  const instructed =
    exchange && `${exchange.currency}\0${exchange.rate}\0${exchange.amount?.minor}${exchange.amount?.currency}`
  return `${money}\0${known}${other}${told(row.bankTransactionCode)}${instructed ?? ''}\0\0`
}

/** What is absent is not what is empty, nor what reads "undefined". */
const told = (text: string | undefined): string => (text === undefined ? '\0' : `=${text}\0`)

/** The booked rows whose wholes stand in a text one after the other, those of the wanted days. */
export function rowsOfWholes(text: string, isWanted: (day: Day) => boolean): readonly ProviderTransaction[] {
  const parts = text.split('\0')
  const rows: ProviderTransaction[] = []
  let at = 0
  // What follows the last NUL is nothing.
  while (at < parts.length - 1) {
    const bookingDate = dayOf(parts[at])
    if (isWanted(bookingDate)) rows.push(rowAt(parts, at, bookingDate))
    at += parts[at + exchangeAt] === '' ? partsOfRow : partsOfRow + 2
  }
  return rows
}

/** Where the exchange of a row begins, which has three parts, or one that is empty; an empty one ends the row. */
const exchangeAt = 14
const partsOfRow = 16

type Draft = { -readonly [Field in keyof ProviderTransaction]: ProviderTransaction[Field] }

function rowAt(parts: readonly string[], at: number, bookingDate: Day): ProviderTransaction {
  const [valueDate, balance, exchange] = [parts[at + 1], parts[at + 3], parts[at + exchangeAt]]
  const row: Draft = { ids: idsAt(parts, at + 4), status: 'booked', bookingDate, amount: moneyOf(parts[at + 2]) }
  if (valueDate !== 'undefined') row.valueDate = dayOf(valueDate)
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

/** A currency is three letters. */
const moneyOf = (text = ''): Money => ({ minor: BigInt(text.slice(0, -3)), currency: text.slice(-3) })

const textOf = (part = ''): string | undefined => (part === '' ? undefined : part.slice(1))

function dayOf(text = ''): Day {
  const day = parseDay(text)
  if (day === undefined) throw new Error('the text of a row has no day where one should be')
  return day
}
