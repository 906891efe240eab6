// How one customer settles its account, month by month. What is odd happens to those to whom it happens in life.

import { open, wholly, type Company, type Item } from '../books/company.ts'
import { phrases } from '../people/phrases.ts'
import { credited } from './crediting.ts'
import { payDay, type Customer } from './customer.ts'
import { runs } from './customer-runs.ts'
import { payInFull } from './in-full.ts'
import { misquoted, pay, type Paying } from './incoming.ts'
import { bounces, collectedBack, onceMore, twice } from './mishaps.ts'

type Event =
  | 'plain' | 'never' | 'instalments' | 'over' | 'rounded' | 'short' | 'twice' | 'misquotes' | 'early' | 'credited' | 'collected back' // prettier-ignore

const usual: Readonly<Record<Event, number>> = {
  plain: 845, never: 40, instalments: 18, over: 5, rounded: 10, short: 8, twice: 10, misquotes: 9, early: 7, credited: 14, 'collected back': 4,
} // prettier-ignore

function eventsOf(customer: Customer): Readonly<Record<Event, number>> {
  const cents = customer.items[0]?.cents ?? 0
  if (customer.kind === 'private')
    return { ...usual, instalments: cents > 1_500_000 ? 160 : 40, rounded: 30, early: 30, over: 12 }
  if (customer.kind === 'member')
    return { ...usual, instalments: 6, credited: 1, early: 12, never: 12, 'collected back': 16 }
  if (customer.kind === 'client') return { ...usual, 'collected back': 0, early: 25, short: 14 }
  return usual
}

/** The invoices that this customer pays by itself: not those that a processor took the money for. */
export function settleAccount(company: Company, customer: Customer): void {
  const invoices = customer.items.filter(({ kind }) => kind === 'sales_invoice')
  if (customer.sums) {
    runs(company, customer, invoices)
    onceMore(company, customer)
    return
  }
  const events = eventsOf(customer)
  let last = 0
  invoices.forEach((item, at) => {
    const event = company.chance.weighed(customer.isMessy ? { ...events, plain: events.plain / 3 } : events)
    // Nobody pays September's fee before August's: equal invoices are paid in their order.
    const day = Math.max(last, payDay(company, customer, item))
    last = day
    happen(company, customer, { event, item, day, before: invoices[at - 1] })
  })
  onceMore(company, customer)
}

type Happening = {
  readonly event: Event
  readonly item: Item
  readonly day: number
  readonly before: Item | undefined
}

function happen(company: Company, customer: Customer, { event, item, day, before }: Happening): void {
  const { chance } = company
  if (open(item) <= 0) return
  const whole = { customer, day, cents: open(item), items: [item], settles: wholly([item]) }
  switch (event) {
    case 'never':
      return
    case 'plain':
      if (chance.is(0.012) && customer.isBooked) return bounces(company, whole)
      return payInFull(company, whole)
    case 'instalments':
      return instalments(company, whole, item)
    case 'over':
      return void pay(company, { ...whole, cents: overpaid(company, item), story: 'overpayment' })
    case 'rounded': {
      const rounded = Math.round(open(item) / 100) * 100 || open(item)
      return void pay(company, {
        ...whole,
        cents: rounded,
        story: rounded === open(item) ? 'one invoice' : 'rounded payment',
        toldInStory: rounded === open(item),
      })
    }
    case 'short':
      return void pay(company, {
        ...whole,
        cents: open(item) - Math.min(chance.pick([300, 500, 1000, 2500]), Math.round(open(item) / 12)),
        story: 'short by a fee',
      })
    case 'twice':
      return twice(company, whole)
    case 'misquotes':
      return void pay(company, {
        ...whole,
        story: 'wrong number quoted',
        written: misquoted(company, customer, before ?? item, before === undefined || chance.is(0.3)),
      })
    case 'early':
      return void pay(company, {
        ...whole,
        day: item.day - chance.between(2, 16),
        story: 'paid before the invoice',
        hand: { ...customer.hand, writes: chance.pick(['order', 'chat', 'nothing', 'name']) },
      })
    case 'credited':
      return credited(company, whole, item)
    case 'collected back':
      return collectedBack(company, whole)
  }
}

function overpaid(company: Company, item: Item): number {
  const { chance } = company
  const cents = open(item)
  return chance.pick([
    cents + chance.pick([100, 5000, 10_000]),
    Math.ceil(cents / 10_000) * 10_000 + (cents % 10_000 === 0 ? 10_000 : 0),
    cents + 90,
  ])
}

function instalments(company: Company, whole: Omit<Paying, 'story'>, item: Item): void {
  const { chance } = company
  const parts = chance.between(2, 4)
  const even = chance.is(0.6)
  let rest = open(item)
  const abandons = chance.is(0.15)
  for (let at = 0; at < parts && rest > 0; at++) {
    const isLast = at === parts - 1
    if (isLast && abandons) return
    const share = even
      ? Math.round(open(item) / (parts - at) / 100) * 100
      : Math.round((rest * chance.between(2, 6)) / 1000) * 100
    const cents = isLast ? rest : Math.min(rest, Math.max(100, share))
    const words = phrases[whole.customer.party.language]
    const written = chance.is(0.3)
      ? {
          message:
            `${isLast ? chance.pick(words.final) : chance.pick(words.instalment)} ${chance.is(0.6) ? (item.documentNumber ?? '') : ''}`.trim(),
          reference: null,
          how: 'instalment',
        }
      : undefined
    const day = whole.day + at * chance.between(26, 32)
    const paying: Paying = {
      ...whole,
      day,
      cents,
      settles: [{ item, cents }],
      story: 'instalment',
      ...(written === undefined ? {} : { written }),
    }
    rest -= cents
    pay(company, paying)
  }
}
