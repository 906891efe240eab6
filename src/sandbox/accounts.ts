// Who banks where: every bank has the same four persons and the same two customers, called as people of that country are.

import { parseMoney } from '../values/money.ts'
import type { Bank } from './banks.ts'
import { type Role, vocabularies } from './vocabulary.ts'

export type Account = {
  /** `<bank>-<role>`, or `<bank>-<person>-<key>` of one that control made: how control and the state file know it. */
  readonly id: string
  readonly role: Role
  /** Nothing moves on it but what control says. */
  readonly isStill?: true
  readonly name: string
  readonly owner: string
  readonly usage: 'ORGA' | 'PRIV'
  readonly currency: string
  readonly iban?: string
  readonly maskedPan?: string
  /** What was on it when the ledger begins, in minor units. */
  readonly opening: bigint
}

export type Person = {
  readonly login: string
  readonly name: string
  /** What the login page says of this person. */
  readonly hint: string
  readonly accountIds: readonly string[]
}

/** In whole units of krone; a tenth of it in currencies whose unit is worth about ten. */
const openings: Readonly<Record<Role, number>> = {
  main: 250_000,
  second: 60_000,
  savings: 900_000,
  foreign: 300_000,
  card: 0,
  private: 25_000,
  'private-savings': 150_000,
}

export function accountsOf(bank: Bank): readonly Account[] {
  const words = vocabularies[bank.country]
  const account = (role: Role, currency: string, owner: string, usage: Account['usage']): Account => ({
    id: `${bank.id}-${role}`,
    role,
    name: words.accountNames[role],
    owner,
    usage,
    currency,
    ...(role === 'card' ? { maskedPan: bank.maskedPan } : { iban: bank.ibans[role] }),
    opening: parseMoney(String(openings[role] / unitOf(currency)), currency).minor,
  })
  const { company, currency, foreignCurrency, names } = words
  return [
    account('main', currency, company, 'ORGA'),
    account('second', currency, company, 'ORGA'),
    account('savings', currency, company, 'ORGA'),
    account('foreign', foreignCurrency, company, 'ORGA'),
    account('card', currency, company, 'ORGA'),
    account('private', currency, names.bob, 'PRIV'),
    account('private-savings', currency, names.bob, 'PRIV'),
  ]
}

export function personsOf(bank: Bank): readonly Person[] {
  const { names, company } = vocabularies[bank.country]
  const ids = (...roles: Role[]) => roles.map((role) => `${bank.id}-${role}`)
  return [
    {
      login: 'anna',
      name: names.anna,
      hint: `owner of ${company}: all its accounts`,
      accountIds: ids('main', 'second', 'savings', 'foreign', 'card'),
    },
    {
      login: 'dina',
      name: names.dina,
      hint: `keeps the books of ${company}: its accounts, not the card`,
      accountIds: ids('main', 'second', 'savings', 'foreign'),
    },
    { login: 'bob', name: names.bob, hint: 'private accounts only', accountIds: ids('private', 'private-savings') },
    {
      login: 'carl',
      name: names.carl,
      hint: `employee of ${company}, without rights to share anything`,
      accountIds: [],
    },
  ]
}

/** How many kroner a unit is worth, roughly: what makes amounts look right in every currency. */
export function unitOf(currency: string): number {
  return currency === 'NOK' || currency === 'SEK' ? 1 : 10
}
