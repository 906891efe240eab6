// The records of the evaluation's files, and what they are to matching.

import { Type, type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { entryKinds } from '../../entries/model.ts'
import { basisPointsOf } from '../../matching/model/input.ts'
import type { BookEntry, Line, OwnAccount } from '../../matching/model/types.ts'
import { parseDay, type Day } from '../../values/day.ts'
import { parseMoney } from '../../values/money.ts'

const text = Type.Union([Type.String(), Type.Null()])
const maybe = Type.Optional(text)
const amount = Type.Object({ amount: Type.String(), currency: Type.String() })

const Company = Type.Object({
  id: Type.String(),
  name: Type.Optional(Type.String()),
  country: Type.String(),
  currency: Type.String(),
  accounts: Type.Array(Type.Object({ id: Type.String(), iban: text, currency: Type.String() })),
})

const Entry = Type.Object({
  id: Type.String(),
  companyId: Type.String(),
  kind: Type.Enum([...entryKinds]),
  direction: Type.Enum(['in', 'out', 'transfer']),
  amount: Type.String(),
  currency: Type.String(),
  openAmount: Type.String(),
  issueDate: maybe,
  dueDate: maybe,
  counterpartyName: maybe,
  counterpartyIban: maybe,
  reference: maybe,
  documentNumber: maybe,
  description: maybe,
  endToEndId: maybe,
  cashDiscount: Type.Optional(
    Type.Union([
      Type.Object({ percent: Type.Union([Type.String(), Type.Number()]), until: Type.String() }),
      Type.Null(),
    ]),
  ),
  fromAccountId: maybe,
  toAccountId: maybe,
})

const Transaction = Type.Object({
  id: Type.String(),
  companyId: Type.String(),
  accountId: Type.String(),
  bookingDate: Type.String(),
  valueDate: maybe,
  amount: Type.String(),
  currency: Type.String(),
  counterpartyName: maybe,
  counterpartyIban: maybe,
  remittanceInformation: maybe,
  structuredReference: maybe,
  endToEndId: maybe,
  bankTransactionCode: maybe,
  instructedAmount: Type.Optional(Type.Union([amount, Type.Null()])),
  exchangeRate: Type.Optional(Type.Union([Type.String(), Type.Number(), Type.Null()])),
})

export const companyRecord = Compile(Company)
export const entryRecord = Compile(Entry)
export const transactionRecord = Compile(Transaction)
export const historyRecord = Compile(Type.Object({ transaction: Transaction, entries: Type.Array(Entry) }))
export const ratesRecord = Compile(Type.Record(Type.String(), Type.Record(Type.String(), Type.Number())))

export type CompanyRecord = Static<typeof Company>
type EntryRecord = Static<typeof Entry>
type TransactionRecord = Static<typeof Transaction>

/** An account is a connection and, under the same key, the ledger account that it belongs to. */
export function ownAccountsOf(company: CompanyRecord): OwnAccount[] {
  return company.accounts.map(({ id, iban, currency }) => ({
    connectionId: id,
    ledgerAccountId: id,
    currency,
    ...(company.name !== undefined && { owner: company.name }),
    ...(iban !== null && { iban }),
  }))
}

/** @throws {RangeError} when an amount or a day is none */
export function bookEntryOf(record: EntryRecord): BookEntry {
  const signed = (size: string): bigint => {
    const { minor } = parseMoney(size, record.currency)
    return record.direction === 'out' && minor > 0n ? -minor : minor
  }
  const { cashDiscount } = record
  return {
    id: record.id,
    kind: record.kind,
    amount: signed(record.amount),
    openAmount: signed(record.openAmount),
    currency: record.currency,
    ...given('issueDate', maybeDay(record.issueDate)),
    ...given('dueDate', maybeDay(record.dueDate)),
    ...given('documentNumber', record.documentNumber),
    ...given('reference', record.reference),
    counterparty: { ...given('name', record.counterpartyName), ...given('iban', record.counterpartyIban) },
    ...given('description', record.description),
    ...given('endToEndId', record.endToEndId),
    ...(cashDiscount !== undefined &&
      cashDiscount !== null && {
        cashDiscount: { basisPoints: basisPointsOf(String(cashDiscount.percent)), until: dayOf(cashDiscount.until) },
      }),
    ...given('fromLedgerAccountId', record.fromAccountId),
    ...given('toLedgerAccountId', record.toAccountId),
  }
}

/** @throws {RangeError} when an amount or a day is none */
export function lineOf(record: TransactionRecord): Line {
  const { instructedAmount: instructed, exchangeRate: rate } = record
  return {
    id: record.id,
    connectionId: record.accountId,
    bookingDate: dayOf(record.bookingDate),
    ...given('valueDate', maybeDay(record.valueDate)),
    amount: parseMoney(record.amount, record.currency).minor,
    currency: record.currency,
    counterparty: { ...given('name', record.counterpartyName), ...given('iban', record.counterpartyIban) },
    ...given('remittanceInformation', record.remittanceInformation),
    ...given('reference', record.structuredReference),
    ...given('endToEndId', record.endToEndId),
    ...given('bankTransactionCode', record.bankTransactionCode),
    ...(instructed !== undefined &&
      instructed !== null && {
        exchange: {
          amount: parseMoney(instructed.amount, instructed.currency),
          currency: instructed.currency,
          ...(rate !== undefined && rate !== null && { rate: String(rate) }),
        },
      }),
  }
}

function maybeDay(written: string | null | undefined): Day | null | undefined {
  return written === null || written === undefined ? written : dayOf(written)
}

function dayOf(written: string): Day {
  const day = parseDay(written)
  if (day === undefined) throw new RangeError(`${written} is no day such as 2026-01-31`)
  return day
}

/** `{ [key]: value }`, or nothing where there is no value. */
function given<Key extends string, Value>(key: Key, value: Value | null | undefined): { [K in Key]?: Value } {
  if (value === null || value === undefined) return {}
  const field: { [K in Key]?: Value } = {}
  field[key] = value
  return field
}
