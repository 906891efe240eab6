// Those who pay on fixed days, in sums.

import { inMonth, weekdayOf } from '../base/calendar.ts'
import { open, wholly, type Company, type Item } from '../books/company.ts'
import { creditNote, type Customer } from './customer.ts'
import { payInFull } from './in-full.ts'
import { pay } from './incoming.ts'

/** Those who pay on fixed days, everything that is due by then in one sum, credit notes deducted. */
export function runs(company: Company, customer: Customer, invoices: readonly Item[]): void {
  const { chance } = company
  const notes = invoices.filter(() => chance.is(0.03)).map((item) => {
    const note = creditNote(company, customer, item, Math.max(100, Math.round((item.cents * chance.between(5, 60)) / 100)))
      return note
  }) // prettier-ignore
  const waiting = [...invoices, ...notes].toSorted((one, other) => (one.due ?? one.day) - (other.due ?? other.day))
  const isWeekly = customer.when.kind !== 'date' && invoices.length > 60
  let at = 0
  for (
    let run = firstRun(company, customer, isWeekly);
    at < waiting.length && run <= company.end;
    run = nextRun(customer, run, isWeekly)
  ) {
    const due: Item[] = []
    while (at < waiting.length && (waiting[at]!.due ?? waiting[at]!.day) <= run + (isWeekly ? 3 : 0))
      due.push(waiting[at++]!)
    // Twelve at a time is what a remittance line holds; a few are forgotten or disputed.
    const taken = due.filter((item) => item.day <= run && !chance.is(0.02))
    for (let from = 0; from < taken.length; from += 12) payRun(company, customer, taken.slice(from, from + 12), run)
  }
}

function firstRun(company: Company, customer: Customer, isWeekly: boolean): number {
  if (!isWeekly) return inMonth(company.start, 0, customer.when.kind === 'date' ? customer.when.date : 28)
  return company.start + ((customer.number + 5 - weekdayOf(company.start)) % 7)
}

function nextRun(customer: Customer, run: number, isWeekly: boolean): number {
  return isWeekly ? run + 7 : inMonth(run, 1, customer.when.kind === 'date' ? customer.when.date : 28)
}

function payRun(company: Company, customer: Customer, items: readonly Item[], day: number): void {
  const { chance } = company
  const sum = items.reduce((total, item) => total + (item.kind === 'sales_invoice' ? open(item) : -open(item)), 0)
  const invoices = items.filter(({ kind }) => kind === 'sales_invoice')
  if (sum <= 0 || invoices.length === 0) return
  const whole = { customer, day, cents: sum, items, settles: wholly(items) }
  if (items.length === 1) return payInFull(company, whole)
  const last = invoices.at(-1)!
  if (chance.is(0.04) && customer.isBooked && invoices.length === items.length) {
    const held = Math.round((open(last) * chance.between(2, 8)) / 1000) * 100
    const settles = whole.settles.map(({ item, cents }) => ({ item, cents: item === last ? cents - held : cents }))
    return void pay(company, { ...whole, cents: sum - held, settles, story: 'several invoices, the last in part' })
  }
  const less = discountOf(customer, invoices, day)
  const story =
    less > 0
      ? 'several invoices less discount'
      : invoices.length < items.length
        ? 'several invoices less credit notes'
        : 'several invoices'
  pay(company, {
    ...whole,
    cents: sum - less,
    story: customer.isBooked ? story : 'not in the books: customer',
    toldInStory: customer.isBooked,
  })
}

function discountOf(customer: Customer, invoices: readonly Item[], day: number): number {
  if (customer.takesDiscount === 'never') return 0
  return invoices.reduce(
    (total, { discount, cents }) =>
      total + (discount !== null && day <= discount.until ? Math.round((cents * discount.percent) / 100) : 0),
    0,
  )
}
