// What control gives to one person at one bank, in place of what everybody has there: accounts on which nothing moves but what control
// says. As JSON, so that the state file can keep it.

import { type Static, Type } from 'typebox'
import type { Day } from '../values/day.ts'
import { parseMoney } from '../values/money.ts'
import type { Account } from './accounts.ts'
import { amountText, dayText, type Edits, movementFields, noEdits } from './edits.ts'

const holdingBody = Type.Object(
  {
    /** Unlike those of the person's other accounts. */
    key: Type.String({ pattern: '^[A-Za-z0-9._~-]{1,64}$' }),
    name: Type.String({ minLength: 1, maxLength: 70 }),
    owner: Type.String({ minLength: 1, maxLength: 140 }),
    usage: Type.Enum(['ORGA', 'PRIV']),
    currency: Type.String({ pattern: '^[A-Z]{3}$' }),
    iban: Type.Optional(Type.String({ pattern: '^[A-Z]{2}[0-9]{2}[a-zA-Z0-9]{1,30}$' })),
    /** Makes it a card. */
    maskedPan: Type.Optional(Type.String({ minLength: 1, maxLength: 35 })),
    /** Booked by now. */
    balance: amountText,
    transactions: Type.Array(
      Type.Object(
        {
          ...movementFields.properties,
          key: Type.String({ minLength: 1, maxLength: 70 }),
          amount: amountText,
          bookingDate: dayText,
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)
export const holdingsBody = Type.Array(holdingBody)

type HoldingBody = Static<typeof holdingBody>

/** What is remembered of an account. Its transactions are among the edits, as those that control adds to any other. */
export type Holding = Omit<HoldingBody, 'balance' | 'transactions'> & {
  /** In minor units, since JSON has no bigint. */
  readonly opening: string
}

/** Where the state keeps them: by bank and person. */
export const holderOf = (bankId: string, login: string): string => `${bankId}-${login}`

/** `<bank>-<person>-<key>`: so that nobody's main account is taken for everybody's. */
export const heldId = (holder: string, { key }: Pick<Holding, 'key'>): string => `${holder}-${key}`

export function heldAccount(holder: string, holding: Holding): Account {
  const { name, owner, usage, currency, iban, maskedPan, opening } = holding
  return {
    id: heldId(holder, holding),
    role: maskedPan === undefined ? 'main' : 'card',
    isStill: true,
    name,
    owner,
    usage,
    currency,
    ...(iban === undefined ? {} : { iban }),
    ...(maskedPan === undefined ? {} : { maskedPan }),
    opening: BigInt(opening),
  }
}

/** What is wrong with them beyond their shape, in words; undefined when nothing is. */
export function faultIn(holdings: readonly HoldingBody[]): string | undefined {
  if (hasTwins(holdings)) return 'two accounts have one key'
  if (holdings.some(({ iban, maskedPan }) => iban === undefined && maskedPan === undefined))
    return 'an account has no number'
  if (holdings.some(({ transactions }) => hasTwins(transactions))) return 'two transactions have one key'
  return undefined
}

function hasTwins(list: readonly { readonly key: string }[]): boolean {
  return new Set(list.map(({ key }) => key)).size < list.length
}

/**
 * The account with what was on it before its transactions, so that it comes to its balance today.
 * @throws {RangeError} for an amount that the currency cannot have.
 */
export function holdingOf({ balance, transactions, ...holding }: HoldingBody, today: Day): Holding {
  const minorOf = (amount: string) => parseMoney(amount, holding.currency).minor
  const moved = transactions.map(({ amount, bookingDate, status }) => {
    const minor = minorOf(amount)
    return status === 'pending' || bookingDate > today ? 0n : minor
  })
  const opening = moved.reduce((left, minor) => left - minor, minorOf(balance))
  return { ...holding, opening: String(opening) }
}

/** The bank has always known them: each shows from its own day on. */
export function editsOfHolding({ transactions }: HoldingBody): Edits {
  return { ...noEdits, added: Object.fromEntries(transactions.map(({ key, ...fields }) => [key, { at: 0, fields }])) }
}
