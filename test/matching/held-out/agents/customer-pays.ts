// How one customer settles its account, month by month. What is odd happens to those to whom it happens in life.

import { inMonth, nextWorkday, weekdayOf } from '../base/calendar.ts'
import { open, post, postTogether, wholly, type Company, type Item, type Posting } from '../books/company.ts'
import { phrases } from '../people/phrases.ts'
import { creditNote, payDay, type Customer } from './customer.ts'
import { accountFor, misquoted, pay, postingOf, type Paying } from './incoming.ts'

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

function payInFull(company: Company, whole: Omit<Paying, 'story'>): void {
  const { customer, items } = whole
  const item = items[0]!
  const { discount } = item
  const inTime = discount !== null && customer.takesDiscount !== 'never'
  if (inTime) {
    const late = customer.takesDiscount === 'always' && company.chance.is(0.4)
    const day = late
      ? discount.until + company.chance.between(1, 9)
      : Math.min(whole.day, discount.until - company.chance.between(0, 2))
    const less = Math.round((item.cents * discount.percent) / 100)
    pay(company, {
      ...whole,
      day: Math.max(day, item.day),
      cents: item.cents - less,
      story: late ? 'discount taken late' : 'discount in time',
    })
    return
  }
  const isForeign = customer.currency !== accountFor(company, customer.currency).currency
  pay(
    company,
    isForeign
      ? { ...whole, story: 'foreign currency' }
      : {
          ...whole,
          story: customer.isBooked ? 'one invoice' : 'not in the books: customer',
          toldInStory: customer.isBooked,
        },
  )
}

/** Paid before these bank lines begin, and by mistake once more: from an old list, after a late reminder. */
function onceMore(company: Company, customer: Customer): void {
  const { chance } = company
  for (const item of customer.items) {
    if (item.kind !== 'sales_invoice' || item.before < item.cents || !chance.is(0.02)) continue
    const day = company.from + chance.between(0, 60)
    if (day - item.day < 120)
      pay(company, { customer, day, cents: item.cents, items: [item], settles: [], story: 'paid though settled' })
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

/** Paid, forgotten, paid again; some get the second sum back. */
function twice(company: Company, whole: Omit<Paying, 'story'>): void {
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
function bounces(company: Company, whole: Omit<Paying, 'story'>): void {
  const came = postingOf(company, { ...whole, settles: [], story: 'recalled payment' })
  const back: Posting = { ...sentBack(company, came, company.chance.between(1, 6), 'recalled payment') }
  const pair = postTogether(company, [came, { ...back, movement: { ...back.movement, channel: 'return' } }])
  const day = back.day + company.chance.between(2, 12)
  if (pair.length > 0 && company.chance.is(0.7)) pay(company, { ...whole, day, story: 'paid after it had come back' })
}

function collectedBack(company: Company, whole: Omit<Paying, 'story'>): void {
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

function credited(company: Company, whole: Omit<Paying, 'story'>, item: Item): void {
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

/** Those who pay on fixed days, everything that is due by then in one sum, credit notes deducted. */
function runs(company: Company, customer: Customer, invoices: readonly Item[]): void {
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
