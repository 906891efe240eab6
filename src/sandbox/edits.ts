// What control has changed in one account's books, as JSON: so that the state file can keep it.

import { type Static, Type } from 'typebox'
import { type Day, localDay, startOfLocalDay } from '../values/day.ts'
import { parseMoney } from '../values/money.ts'
import type { Bulk } from './ledger/bulk.ts'
import { codes, type Movement } from './ledger/movement.ts'

const text = (maxLength: number) => Type.String({ maxLength })
export const dayText = Type.Unsafe<Day>(Type.String({ format: 'date' }))
/** In the decimals of the account's currency. */
export const amountText = Type.String({ pattern: '^-?\\d{1,12}(\\.\\d{1,3})?$' })

/** A movement as control is told of it. Absent ids are given as the bank gives them; null is none, any text is itself. */
export const movementFields = Type.Object(
  {
    status: Type.Optional(Type.Enum(['booked', 'pending'])),
    bookingDate: Type.Optional(dayText),
    valueDate: Type.Optional(dayText),
    amount: Type.Optional(amountText),
    counterpartyName: Type.Optional(text(70)),
    counterpartyIban: Type.Optional(text(34)),
    text: Type.Optional(text(140)),
    reference: Type.Optional(text(35)),
    endToEndId: Type.Optional(text(35)),
    bankTransactionCode: Type.Optional(text(35)),
    transactionId: Type.Optional(Type.Union([text(70), Type.Null()])),
    entryReference: Type.Optional(Type.Union([text(35), Type.Null()])),
  },
  { additionalProperties: false },
)

type MovementFields = Static<typeof movementFields>

/** What was said of a movement, and when (milliseconds since 1970). */
export type Edit = { readonly at: number; readonly fields: MovementFields }

export type Edits = {
  readonly added: Readonly<Record<string, Edit>>
  readonly changed: Readonly<Record<string, Edit>>
  readonly withdrawn: readonly string[]
  readonly bulk: readonly Bulk[]
}

export const noEdits: Edits = { added: {}, changed: {}, withdrawn: [], bulk: [] }

/** A movement that control added: booked today unless it says otherwise, and shown from when it was added or from its day on. */
export function addedMovement(key: string, edit: Edit, currency: string, timeZone: string): Movement {
  const today = localDay(new Date(edit.at), timeZone)
  const bare: Movement = {
    key,
    bookingDate: today,
    valueDate: edit.fields.bookingDate ?? today,
    bookedAt: edit.at,
    pendingAt: null,
    amount: 0n,
    code: (edit.fields.amount ?? '').startsWith('-') ? codes.sent : codes.received,
  }
  return changedMovement(bare, edit, currency, timeZone)
}

/** The movement with what control said of it in place of what it was. */
export function changedMovement(
  movement: Movement,
  { at, fields }: Edit,
  currency: string,
  timeZone: string,
): Movement {
  const { status, bookingDate, valueDate, amount, counterpartyName, counterpartyIban, bankTransactionCode, ...same } =
    fields
  const counterparty = {
    name: counterpartyName ?? movement.counterparty?.name ?? '',
    ...ibanIfAny(counterpartyIban ?? movement.counterparty?.iban),
  }
  return {
    ...movement,
    ...same,
    ...(bookingDate === undefined ? {} : { bookingDate }),
    ...(valueDate === undefined ? {} : { valueDate }),
    ...(amount === undefined ? {} : { amount: parseMoney(amount, currency).minor }),
    ...(bankTransactionCode === undefined ? {} : { code: bankTransactionCode }),
    ...(counterparty.name === '' && counterparty.iban === undefined ? {} : { counterparty }),
    ...shownFrom(movement, at, status, bookingDate, timeZone),
  }
}

function ibanIfAny(iban: string | undefined): { readonly iban?: string } {
  return iban === undefined ? {} : { iban }
}

function shownFrom(
  movement: Movement,
  at: number,
  status: MovementFields['status'],
  day: Day | undefined,
  timeZone: string,
) {
  if (status === 'pending') return { bookedAt: null, pendingAt: at }
  const isNewlyBooked = movement.bookedAt === null ? status === 'booked' : movement.bookedAt === at
  if (!isNewlyBooked) return {}
  return { bookedAt: day === undefined ? at : Math.max(at, startOfLocalDay(day, timeZone).getTime()) }
}
