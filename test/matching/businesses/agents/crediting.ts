// Part of an invoice is given back: deducted from the payment, or paid out.

import { nextWorkday } from '../base/calendar.ts'
import { open, post, wholly, type Company, type Item } from '../books/company.ts'
import { phrases } from '../people/phrases.ts'
import { creditNote, type Customer } from './customer.ts'
import { payInFull } from './in-full.ts'
import { accountFor, pay, type Paying } from './incoming.ts'

export function credited(company: Company, whole: Omit<Paying, 'story'>, item: Item): void {
  const { chance } = company
  const { customer } = whole
  if (item.discount !== null) return payInFull(company, whole)
  const cents = chance.is(0.3)
    ? item.cents
    : Math.max(100, Math.round((item.cents * chance.between(5, 60)) / 10_000) * 100)
  const note = creditNote(company, customer, item, Math.min(cents, item.cents))
  if (chance.is(0.5) && note.cents < item.cents) {
    const day = Math.max(whole.day, note.day + 1)
    pay(company, {
      ...whole,
      day,
      cents: item.cents - note.cents,
      items: [item, note],
      settles: wholly([item, note]),
      story: 'credit note deducted',
    })
    return
  }
  payInFull(company, whole)
  if (customer.isBooked) payOut(company, customer, note, Math.max(whole.day, note.day) + chance.between(2, 25))
}

function payOut(company: Company, customer: Customer, note: Item, day: number): void {
  const { chance } = company
  if (accountFor(company, note.currency).currency !== note.currency) return
  const words = phrases[company.language]
  post(company, {
    account: accountFor(company, note.currency),
    day: nextWorkday(day),
    cents: -open(note),
    movement: {
      channel: 'credit',
      out: true,
      name: chance.is(0.8) ? customer.party.name : customer.party.account.name,
      iban: customer.party.account.iban,
      message: chance.is(0.75) ? `${chance.pick(words.credit)} ${note.documentNumber ?? ''}` : '',
      reference: null,
      endToEndId: null,
    },
    story: 'credit note paid out',
    settles: wholly([note]),
  })
}
