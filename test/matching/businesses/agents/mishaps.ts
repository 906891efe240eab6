// Money that comes twice, comes back, or should not have come.

import { nextWorkday } from '../base/calendar.ts'
import { post, postTogether, type Company, type Posting } from '../books/company.ts'
import { phrases } from '../people/phrases.ts'
import type { Customer } from './customer.ts'
import { payInFull } from './in-full.ts'
import { pay, postingOf, type Paying } from './incoming.ts'

/** Paid before these bank lines begin, and by mistake once more: from an old list, after a late reminder. */
export function onceMore(company: Company, customer: Customer): void {
  const { chance } = company
  for (const item of customer.items) {
    if (item.kind !== 'sales_invoice' || item.before < item.cents || !chance.is(0.02)) continue
    const day = company.from + chance.between(0, 60)
    if (day - item.day < 120)
      pay(company, { customer, day, cents: item.cents, items: [item], settles: [], story: 'paid though settled' })
  }
}

/** Paid, forgotten, paid again; some get the second sum back. */
export function twice(company: Company, whole: Omit<Paying, 'story'>): void {
  const { chance } = company
  payInFull(company, whole)
  const day = whole.day + chance.between(1, 34)
  const again = postingOf(company, {
    ...whole,
    day,
    settles: [],
    story: whole.day < company.from ? 'paid though settled' : 'paid twice',
  })
  if (chance.is(0.5)) return void post(company, again)
  postTogether(company, [again, sentBack(company, again, chance.between(3, 20), 'refund of an overpayment')])
}

/** The same sum leaves again, to where it came from. */
export function sentBack(company: Company, came: Posting, days: number, story: string): Posting {
  const words = phrases[company.language]
  const { chance } = company
  return {
    account: came.account,
    day: nextWorkday(came.day + days),
    cents: -came.cents,
    movement: {
      channel: 'credit',
      out: true,
      name: came.movement.name,
      iban: came.movement.iban,
      message: `${chance.pick(words.returned)} ${chance.is(0.5) ? came.movement.message : ''}`.trim(),
      reference: null,
      endToEndId: null,
    },
    story,
    settles: [],
  }
}

/** The payer's bank takes the sum back; the invoice is paid again, or not. */
export function bounces(company: Company, whole: Omit<Paying, 'story'>): void {
  const came = postingOf(company, { ...whole, settles: [], story: 'recalled payment' })
  const back: Posting = { ...sentBack(company, came, company.chance.between(1, 6), 'recalled payment') }
  const pair = postTogether(company, [came, { ...back, movement: { ...back.movement, channel: 'return' } }])
  const day = back.day + company.chance.between(2, 12)
  if (pair.length > 0 && company.chance.is(0.7)) pay(company, { ...whole, day, story: 'paid after it had come back' })
}

export function collectedBack(company: Company, whole: Omit<Paying, 'story'>): void {
  const { chance } = company
  const item = whole.items[0]!
  const base = postingOf(company, { ...whole, settles: [], story: 'direct debit returned' })
  const mandate = `M${whole.customer.number}`
  const collected: Posting = {
    ...base,
    day: nextWorkday(item.due ?? item.day),
    movement: { ...base.movement, channel: 'collection', mandate, message: item.documentNumber ?? '', reference: null },
  }
  const fee = chance.is(0.3) ? chance.pick([150, 300, 455]) : 0
  const back: Posting = {
    ...collected,
    day: nextWorkday(collected.day + chance.between(2, 8)),
    cents: -collected.cents - fee,
    movement: {
      ...collected.movement,
      out: true,
      channel: 'collection',
      message: `${chance.pick(phrases[company.language].returned)} ${item.documentNumber ?? ''}`,
    },
  }
  const pair = whole.customer.isBooked ? postTogether(company, [collected, back]) : []
  if (pair.length === 0 || chance.is(0.75))
    pay(company, { ...whole, day: back.day + chance.between(3, 20), story: 'paid after it had come back' })
}
