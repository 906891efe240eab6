// A customer: how often it buys, for how much, when and how it pays. Everything that later happens to its invoices follows from here.

import type { Chance } from '../../random.ts'
import { ibanOf } from '../base/iban.ts'
import type { Company, Item, Party } from '../books/company.ts'
import { book, newItem } from '../books/company.ts'
import { inMonth } from '../base/calendar.ts'
import { convert } from '../base/money.ts'
import { fullName, person } from '../people/names.ts'
import { phrases } from '../people/phrases.ts'
import type { Hand, ListStyle, NumberStyle, Writes } from './writing.ts'

export type CustomerKind = 'chain' | 'firm' | 'public' | 'private' | 'member' | 'subscriber' | 'client' | 'shopper'

export type When =
  | { readonly kind: 'due'; readonly early: number; readonly late: number }
  | { readonly kind: 'date'; readonly date: number }
  | { readonly kind: 'arrival'; readonly days: number }

export type Customer = {
  readonly kind: CustomerKind
  readonly party: Party
  readonly number: number
  readonly hand: Hand
  readonly when: When
  /** Pays everything that is due in one sum. */
  readonly sums: boolean
  readonly payers: readonly { readonly name: string; readonly iban: string; readonly share: number }[]
  readonly takesDiscount: 'never' | 'in time' | 'always'
  readonly currency: string
  readonly bears: 'OUR' | 'SHA' | 'BEN'
  readonly street: string
  readonly items: Item[]
  readonly isBooked: boolean
  readonly isMessy: boolean
}

/** What each kind writes, where the company's invoices carry a reference and where they do not. */
const writesWith: Readonly<Record<CustomerKind, Readonly<Record<Writes, number>>>> = {
  chain: { reference: 20, number: 70, customer: 3, order: 2, period: 2, name: 2, chat: 0, nothing: 1 },
  firm: { reference: 66, number: 24, customer: 2, order: 2, period: 2, name: 2, chat: 0, nothing: 2 },
  public: { reference: 60, number: 34, customer: 2, order: 3, period: 0, name: 0, chat: 0, nothing: 1 },
  private: { reference: 52, number: 18, customer: 2, order: 2, period: 2, name: 8, chat: 10, nothing: 6 },
  member: { reference: 74, number: 4, customer: 4, order: 0, period: 8, name: 6, chat: 1, nothing: 3 },
  subscriber: { reference: 66, number: 14, customer: 6, order: 0, period: 6, name: 4, chat: 0, nothing: 4 },
  client: { reference: 10, number: 74, customer: 0, order: 5, period: 4, name: 4, chat: 0, nothing: 3 },
  shopper: { reference: 40, number: 24, customer: 2, order: 20, period: 0, name: 6, chat: 2, nothing: 6 },
}

function handOf(company: Company, party: Party, kind: CustomerKind): Hand {
  const { chance } = company
  const words = phrases[party.language]
  const business = kind === 'chain' || kind === 'firm' || kind === 'public' || kind === 'client'
  const weights = writesWith[kind]
  const writes = chance.weighed(
    company.scheme === null ? { ...weights, reference: 0, number: weights.number + weights.reference * 0.8 } : weights,
  )
  return {
    writes,
    number: chance.weighed<NumberStyle>(
      business
        ? { whole: 60, serial: 10, digits: 8, apart: 6, hash: 2, worded: 14 }
        : { whole: 46, serial: 18, digits: 8, apart: 10, hash: 6, worded: 12 },
    ),
    list: chance.weighed<ListStyle>({
      comma: 26,
      slash: 12,
      plus: 10,
      and: 8,
      space: 14,
      short: 8,
      range: 5,
      count: 2,
      sum: 10,
      amounts: 5,
    }),
    word: chance.is(business ? 0.65 : 0.75) ? chance.pick(words.invoice) : '',
    listWord: chance.is(0.6) ? chance.pick(words.invoices) : '',
    slips: business ? 0.015 : 0.05,
    typesReference: chance.weighed({ field: 76, message: 12, grouped: 12 }),
  }
}

function whenOf(chance: Chance, kind: CustomerKind): When {
  if (kind === 'member')
    return chance.is(0.75) ? { kind: 'due', early: 3, late: 1 } : { kind: 'date', date: chance.between(1, 27) }
  if (kind === 'shopper') return { kind: 'arrival', days: chance.between(0, 6) }
  switch (chance.weighed({ due: 50, early: 14, late: 20, date: 16 })) {
    case 'due':
      return { kind: 'due', early: 2, late: 2 }
    case 'early':
      return { kind: 'arrival', days: chance.between(0, 8) }
    case 'late':
      return { kind: 'due', early: 0, late: chance.between(4, 40) }
    case 'date':
      return { kind: 'date', date: chance.pick([1, 5, 10, 15, 20, 25, 25, 28, 31]) }
  }
}

/** Who the bank says it was: mostly the customer, but also owners, spouses, parents, factoring firms and a second account. */
function payersOf(company: Company, party: Party, kind: CustomerKind): Customer['payers'] {
  const { chance, locale } = company
  const own = { ...party.account, share: 1 }
  const another = (name: string, share: number): Customer['payers'] => [
    { ...own, share: 1 - share },
    { name, iban: ibanOf(chance, party.locale.country), share },
  ]
  if (party.person !== null) {
    const spouse = person(chance, locale)
    if (chance.is(0.07))
      return another(chance.is(0.6) ? `${spouse.first} ${party.person.last}` : fullName(spouse), chance.pick([0.3, 1]))
    if (chance.is(0.03)) return another(`${party.person.first} ${locale.and} ${spouse.first} ${party.person.last}`, 1)
    return [own]
  }
  const share = chance.pick([0.15, 0.5, 1])
  switch (
    chance.weighed({
      own: kind === 'public' ? 97 : 84,
      second: 6,
      parent: 4,
      owner: kind === 'chain' ? 0 : 4,
      factor: 2,
    })
  ) {
    case 'own':
      return [own]
    case 'second':
      return another(party.account.name, 0.4)
    case 'parent':
      return another(
        `${chance.is(0.5) ? party.body.split(' ')[0]! : chance.pick(locale.roots) + chance.pick(locale.tails)} ${chance.pick(['Group', 'Holding', 'Shared Services', 'Finans'])}`,
        share,
      )
    case 'owner':
      return another(fullName(person(chance, locale)), share)
    case 'factor':
      return another(
        chance.pick([
          'Intrum',
          'Svea',
          'Factofrance',
          'Bibby Financial',
          'Nordic Factoring',
          'Collector Inkasso',
          'Eurofactor',
        ]),
        share,
      )
  }
}

export function aCustomer(company: Company, kind: CustomerKind, party: Party, isBooked: boolean): Customer {
  const { chance } = company
  const isForeign = party.locale.country !== company.country
  const accounts = company.accounts.map(({ currency }) => currency)
  const currency = !isForeign
    ? company.currency
    : chance.is(0.35) && accounts.length > 1
      ? chance.pick(accounts)
      : chance.is(0.8)
        ? party.locale.currency
        : chance.is(0.5)
          ? 'USD'
          : company.currency
  return {
    kind,
    party,
    number: chance.between(1000, 989_999),
    hand: handOf(company, party, kind),
    when: whenOf(chance, kind),
    sums:
      kind === 'chain'
        ? chance.is(0.85)
        : kind === 'firm' || kind === 'public'
          ? chance.is(0.22)
          : kind === 'client'
            ? chance.is(0.15)
            : false,
    payers: payersOf(company, party, kind),
    takesDiscount:
      kind === 'chain' || kind === 'firm' ? chance.weighed({ never: 3, 'in time': 5, always: 2 }) : 'never',
    currency,
    bears: chance.weighed({ SHA: 70, OUR: 15, BEN: 15 }),
    street: `${chance.pick(company.locale.streets)} ${chance.between(1, 98)}`,
    items: [],
    isBooked,
    isMessy: chance.is(0.12),
  }
}

/** One invoice, in its customer's currency; with cash discount where the trade gives it. */
export function invoice(
  company: Company,
  customer: Customer,
  day: number,
  homeCents: number,
  terms: number,
  description: string | null,
  discount: number,
): Item {
  const { chance } = company
  const cents =
    customer.currency === company.currency
      ? homeCents
      : Math.round(convert(homeCents, day, company.currency, customer.currency) / 100) * 100
  const given = {
    kind: 'sales_invoice',
    direction: 'in',
    party: customer.party,
    cents,
    currency: customer.currency,
    day,
    due: day + terms,
    description,
    discount: discount > 0 && chance.is(0.9) ? { percent: discount, until: day + chance.pick([7, 8, 10, 14]) } : null,
  } as const
  const item = customer.isBooked ? book(company, given) : newItem(company, given)
  if (!customer.isBooked && chance.is(0.6)) company.hidden.push(item)
  else if (!customer.isBooked) item.documentNumber = String(chance.between(1000, 99_999))
  customer.items.push(item)
  return item
}

/** Part of an invoice given back: goods returned, a price that was wrong. */
export function creditNote(company: Company, customer: Customer, of: Item, cents: number): Item {
  const { chance } = company
  const given = {
    kind: 'sales_credit_note', direction: 'out', party: customer.party, cents, currency: of.currency, day: of.day + chance.between(3, 25),
    due: null, description: chance.is(0.5) ? of.documentNumber : null, documentNumber: `${company.creditPrefix}${company.credits++}`,
  } as const // prettier-ignore
  const note = customer.isBooked ? book(company, given) : newItem(company, given)
  customer.items.push(note)
  return note
}

/** The day it means to pay, before weekends and slips. */
export function payDay(company: Company, customer: Customer, item: Item): number {
  const { chance } = company
  const due = item.due ?? item.day
  switch (customer.when.kind) {
    case 'due':
      return due + chance.between(-customer.when.early, customer.when.late)
    case 'arrival':
      return item.day + customer.when.days + chance.between(0, 2)
    case 'date': {
      const same = inMonth(due, 0, customer.when.date)
      return same >= item.day ? same : inMonth(due, 1, customer.when.date)
    }
  }
}
