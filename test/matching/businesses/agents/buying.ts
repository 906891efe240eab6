// When customers buy and for how much: month by month at one price, or as they need.

import { inMonth, partsOf } from '../base/calendar.ts'
import type { Company } from '../books/company.ts'
import { phrases } from '../people/phrases.ts'
import type { Trade } from '../trades.ts'
import { invoice, type Customer } from './customer.ts'

/** What money is worth beside a crown. */
export const dear = ({ currency }: Company): number => (currency === 'EUR' || currency === 'GBP' ? 0.1 : 1)

export function buy(company: Company, trade: Trade, customer: Customer, pace: number): void {
  if (customer.kind === 'member') payFees(company, trade, customer)
  else if (customer.kind === 'subscriber' || (isSteady(customer) && company.chance.is(0.12)))
    subscribe(company, trade, customer)
  else if (pace >= 0.7 && pace < 1.4 && company.chance.is(0.3)) monthly(company, trade, customer)
  else asNeeded(company, trade, customer, pace)
}

const isSteady = ({ kind }: Customer): boolean => kind !== 'private' && kind !== 'shopper'

const centsFor = (company: Company, price: number): number => Math.max(100, Math.round(price * dear(company) * 100))

function discountFor({ chance }: Company, trade: Trade, { kind }: Customer): number {
  return (kind === 'chain' || kind === 'firm') && chance.is(trade.discount) ? chance.pick([2, 2, 3]) : 0
}

/** Everybody's fee falls on the first, and rises for all on the same day. */
function payFees(company: Company, trade: Trade, customer: Customer): void {
  const words = phrases[company.language]
  const fee = trade.price(company.chance, 'member')
  const raisedOn = inMonth(company.end, -6, 1)
  for (let due = inMonth(company.start, 1, 1); due <= company.end + 25; due = inMonth(due, 1, 1)) {
    const price = due >= raisedOn ? Math.round(fee * 1.04) : fee
    invoice(
      company,
      customer,
      due - 20,
      centsFor(company, price),
      20,
      `${words.rent.at(-1)!} ${words.months[partsOf(due).month - 1]!}`,
      0,
    )
  }
}

function subscribe(company: Company, trade: Trade, customer: Customer): void {
  const { chance } = company
  const cents = centsFor(company, trade.price(chance, customer.kind))
  const terms = chance.pick(trade.terms)
  for (const day of sameDay(company, chance.between(1, 28))) invoice(company, customer, day, cents, terms, null, 0)
}

function monthly(company: Company, trade: Trade, customer: Customer): void {
  const { chance } = company
  const terms = chance.pick(trade.terms)
  const discount = discountFor(company, trade, customer)
  for (const day of sameDay(company, chance.between(1, 28)))
    invoice(company, customer, day, centsFor(company, trade.price(chance, customer.kind)), terms, null, discount)
}

function asNeeded(company: Company, trade: Trade, customer: Customer, pace: number): void {
  const { chance } = company
  const terms = chance.pick(trade.terms)
  const discount = discountFor(company, trade, customer)
  const first = company.start + Math.round(chance.next() * Math.min(400, 30 / pace))
  for (
    let day = first;
    day <= company.end;
    day += Math.max(pace > 8 ? 0 : 1, Math.round((chance.next() * 2 * 30.4) / pace))
  ) {
    invoice(
      company,
      customer,
      day,
      centsFor(company, trade.price(chance, customer.kind)),
      terms,
      chance.is(0.2) ? customer.street : null,
      discount,
    )
  }
}

function* sameDay(company: Company, date: number): Generator<number> {
  for (let day = inMonth(company.start, 0, date); day <= company.end; day = inMonth(day, 1, date))
    if (day >= company.start) yield day
}
