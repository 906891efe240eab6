// What moves on an account: as the bank's books hold it, and as the stories of a month write it down.

import { addDays, type Day } from '../../values/day.ts'
import { unitOf } from '../accounts.ts'
import type { Bank } from '../banks.ts'
import { type Random, randomOf } from '../random.ts'
import { type Party, type Role, type Vocabulary, vocabularies } from '../vocabulary.ts'

/** One movement in the bank's books. Instants are milliseconds since 1970; `amount` is in minor units, credit positive. */
export type Movement = {
  /** The bank's own key: for ever the same, and never shown to a TPP as it is. */
  readonly key: string
  readonly bookingDate: Day
  readonly valueDate: Day
  /** From when the bank shows it as booked; null where it stays pending. */
  readonly bookedAt: number | null
  /** From when the bank shows it as pending; null where it never is. */
  readonly pendingAt: number | null
  readonly amount: bigint
  readonly counterparty?: Party
  readonly text?: string
  readonly reference?: string
  readonly endToEndId?: string
  readonly code: string
  readonly exchange?: Exchange
  /** Ids set by control, over those that the bank would give; null for none. */
  readonly transactionId?: string | null
  readonly entryReference?: string | null
}

/** What was paid in another currency: `rate` units of the account's currency for one of `currency`. */
export type Exchange = { readonly currency: string; readonly amount: bigint; readonly rate: string }

/** A movement as a story tells it, before the bank has put a key and an hour on it. */
export type Draft = {
  readonly role: Role
  /** The day it is booked; the next business day where it falls on a weekend. */
  readonly day: Day
  readonly amount: bigint
  readonly code: string
  readonly counterparty?: Party
  readonly text?: string
  readonly reference?: string
  readonly endToEndId?: string
  readonly exchange?: Exchange
  /** The day it was made, where it is pending until it is booked: a card purchase. */
  readonly madeOn?: Day
  /** Never booked late. */
  readonly punctual?: true
}

/** What a story stands on: a bank and one of its months. */
export type Month = { readonly bank: Bank; readonly first: Day; readonly words: Vocabulary; readonly seed: string }

export function monthAt(bank: Bank, first: Day, seed: string): Month {
  return { bank, first, words: vocabularies[bank.country], seed }
}

/** ISO 20022 bank transaction codes: domain, family, subfamily. */
export const codes = {
  received: 'PMNT-RCDT-ESCT',
  sent: 'PMNT-ICDT-ESCT',
  salary: 'PMNT-ICDT-SALA',
  own: 'PMNT-ICDT-BOOK',
  ownReceived: 'PMNT-RCDT-BOOK',
  card: 'PMNT-CCRD-POSD',
  foreign: 'PMNT-RCDT-XBCT',
  foreignSent: 'PMNT-ICDT-XBCT',
  fee: 'ACMT-MDOP-FEES',
  interest: 'ACMT-MCOP-INTR',
} as const

/** The chance of one story in one month: a story that is changed moves no other. */
export function chanceOf(month: Month, story: string): Random {
  return randomOf(month.seed, month.bank.id, month.first, story)
}

/** An amount between two numbers of kroner, in the currency's minor units: often whole, else with small change. */
export function amountBetween(random: Random, low: number, high: number, currency: string): bigint {
  const whole = low + random.below(high - low)
  const change = random.chance(0.6) ? 0 : random.below(100)
  return BigInt(whole * 100 + change) / BigInt(unitOf(currency))
}

/** The `n`th of the month, or the next business day. */
export function businessDay({ first }: Pick<Month, 'first'>, n: number): Day {
  return nextBusinessDay(addDays(first, n - 1))
}

export function nextBusinessDay(day: Day): Day {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday === 6 ? addDays(day, 2) : weekday === 0 ? addDays(day, 1) : day
}

/** `202611`: how invoice numbers begin. */
export function yearAndMonth(month: Month): string {
  return month.first.slice(0, 4) + month.first.slice(5, 7)
}
