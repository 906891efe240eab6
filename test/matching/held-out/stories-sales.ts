// Money that customers pay, and what goes wrong with it.

import { exchanged, iso } from './amounts.ts'
import type { Books, Claim, Item } from './books.ts'
import type { Party } from './parties.ts'
import { typedDocument, typedList, typedReference } from './writing.ts'

type Story = (books: Books) => void

export const SALES: Readonly<Record<string, readonly [weight: number, story: Story]>> = {
  'sale-readable': [30, (b) => void readable(b, 'sale-readable', ordinary(b))],
  'sale-name': [8, byName],
  'sale-iban': [
    1.3,
    (b) =>
      pay(
        b,
        'sale-iban',
        ordinary(b, (party) => party.ibanInBooks),
        { bare: 'iban', text: '' },
      ),
  ],
  'sale-bare': [0.8, (b) => pay(b, 'sale-bare', ordinary(b), { bare: true, text: b.pick('thanks') })],
  'sale-recurring': [1.6, recurring],
  'sale-foreign': [1.4, foreign],
  'several-listed': [1.6, (b) => several(b, 'several-listed')],
  'several-summed': [0.8, (b) => several(b, 'several-summed')],
  'several-month': [0.5, (b) => several(b, 'several-month')],
  'several-less-credit': [0.6, (b) => several(b, 'several-less-credit')],
  'several-last-part': [0.2, (b) => several(b, 'several-last-part')],
  instalments: [0.35, instalments],
  'part-payment': [0.5, (b) => differing(b, 'part-payment')],
  overpayment: [0.35, (b) => differing(b, 'overpayment')],
  rounding: [0.5, (b) => differing(b, 'rounding')],
  'less-fee': [0.5, (b) => differing(b, 'less-fee')],
  'discount-in-time': [0.7, (b) => differing(b, 'discount-in-time')],
  'discount-late': [0.2, (b) => differing(b, 'discount-late')],
  prepayment: [0.4, prepayment],
  'paid-twice': [0.3, paidTwice],
  'paid-already': [0.4, (b) => void readable(b, 'paid-already', settled(b))],
  'on-behalf': [0.7, onBehalf],
  factored: [0.3, factored],
  'group-sibling': [0.5, sibling],
  namesake: [0.4, namesake],
}

export function ordinary(b: Books, wanted: (party: Party) => boolean = () => true): Item {
  const party = customer(b, (one) => wanted(one) && one.currency === b.culture.currency)
  return b.sale(party, b.someDay(), b.amount(party))
}

function customer(b: Books, wanted: (party: Party) => boolean): Party {
  for (let tries = 0; tries < 60; tries++) {
    const party = b.customer()
    if (wanted(party)) return party
  }
  return b.customers.find(wanted) ?? b.customers[0]!
}

/** Most pay about when it is due; some at once, some when reminded. */
export function paidOn(b: Books, item: Item): number {
  const terms = item.party?.terms ?? 14
  const way = b.chance.weighed({ due: 62, early: 14, late: 24 })
  const wait =
    way === 'due'
      ? terms - b.chance.between(0, 3)
      : way === 'early'
        ? b.chance.between(1, 6)
        : terms + b.chance.between(1, 28)
  return Math.min(item.day + wait, b.era === 'now' ? b.to : b.from - 1)
}

type Paid = Partial<Parameters<Books['line']>[0]>

export function pay(b: Books, story: string, item: Item, more: Paid = {}): Claim {
  const sign = item.entry.direction === 'in' ? 1 : -1
  const party = item.party === null ? {} : { party: item.party }
  return b.line({ story, day: paidOn(b, item), minor: sign * item.minor, items: [item], ...party, ...more })
}

/** What a payer who wants to be understood leaves on the line. */
export function tracks(b: Books, item: Item): Pick<Paid, 'text' | 'reference' | 'endToEnd'> {
  const { reference } = item.entry
  if (reference === null || !b.chance.is(b.culture.number('referenceShare') / 100))
    return { text: typedDocument(item, b.chance, b.culture) }
  const typed = typedReference(reference, b.chance, b.culture)
  const way = b.chance.weighed({ field: 79, text: 12, both: 3, typo: 2, elsewhere: 1.5, lost: 2.5 })
  switch (way) {
    case 'field':
      return {
        text: '',
        reference: b.culture.country === 'FI' && b.chance.is(0.3) ? reference.padStart(20, '0') : reference,
      }
    case 'text':
      return { text: typed }
    case 'both':
      return { text: typedDocument(item, b.chance, b.culture), reference }
    case 'typo':
      return { text: `${typed.slice(0, -3)}${typed.at(-2)!}${typed.at(-3)!}${typed.at(-1)!}` }
    case 'elsewhere':
      return { text: '', endToEnd: reference.slice(0, 35) }
    case 'lost':
      return { text: '' }
  }
}

function readable(b: Books, story: string, item: Item): Claim {
  return pay(b, story, item, { ...tracks(b, item), ...(item.left === 0 ? { items: [] } : {}) })
}

/** The second time, nothing is left for it in the books. */
function paidTwice(b: Books): void {
  const item = ordinary(b)
  const first = readable(b, 'paid-twice', item)
  pay(b, 'paid-twice', item, { ...tracks(b, item), items: [], day: first.day + b.chance.between(1, 20) })
}

function settled(b: Books): Item {
  const party = customer(b, (one) => one.currency === b.culture.currency)
  return b.sale(party, b.someDay(), b.amount(party), { settled: true })
}

function byName(b: Books): void {
  const item = ordinary(b)
  const months = `${b.pick('customer')} ${item.party!.number}`
  pay(b, 'sale-name', item, { text: b.chance.pick(['', '', b.pick('thanks'), b.month(item.day), months]) })
}

/** The same sum every month, by many: one may be missed, and two come at once. */
function recurring(b: Books): void {
  const party = customer(b, (one) => one.currency === b.culture.currency)
  const minor = b.chance.pick(b.prices)
  const start = b.someDay()
  const way = b.chance.pick(['none', 'thanks', 'month'])
  const said = (item: Item): string => (way === 'none' ? '' : way === 'month' ? b.month(item.day) : b.pick('thanks'))
  const items = [0, 30, 61].map((later) => b.sale(party, Math.min(start + later, b.to - 20), minor))
  for (const item of items.slice(0, b.chance.between(2, 3)))
    pay(b, 'sale-recurring', item, { text: said(item), day: item.day + party.terms })
}

function foreign(b: Books): void {
  const party = customer(b, (one) => one.currency !== b.culture.currency)
  if (party.currency === b.culture.currency) return byName(b)
  const item = b.sale(party, b.someDay(), b.amount(party))
  const day = paidOn(b, item)
  const own = b.company.accounts.findIndex((account) => account.currency === party.currency)
  if (own > 0 && b.chance.is(0.5)) return void pay(b, 'sale-foreign', item, { ...tracks(b, item), day, account: own })
  const charged = b.chance.is(0.3) ? b.chance.between(3, 15) * 100 * b.culture.scale : 0
  const atHome = exchanged(item.minor, party.currency, b.culture.currency, day)
  const minor = Math.max(100, Math.round(atHome * (0.996 + 0.008 * b.chance.next())) - charged)
  const instructed = b.chance.is(0.6) ? { instructed: { minor: item.minor, currency: party.currency } } : {}
  pay(b, 'sale-foreign', item, {
    ...(b.chance.is(0.7) ? tracks(b, item) : { text: '' }),
    day,
    minor,
    fit: 'near',
    ...instructed,
  })
}

function several(b: Books, story: string): void {
  const party = customer(b, (one) => one.currency === b.culture.currency)
  const month = story === 'several-month'
  const count = b.chance.weighed({ 2: 45, 3: 25, 4: 13, 6: 9, 8: 5, 12: 3 })
  const start = b.someDay()
  const apart = b.chance.pick([0, 2, 6])
  const items = Array.from({ length: Number(count) }, (_, at) =>
    b.sale(party, Math.min(b.to, start + (month ? at * 2 : at * apart)), b.amount(party)),
  )
  const credits = story === 'several-less-credit' ? [credit(b, items[0]!)] : []
  const last = items.at(-1)!
  const owed = items.reduce((sum, item) => sum + item.minor, 0) - credits.reduce((sum, item) => sum + item.minor, 0)
  const minor = story === 'several-last-part' ? owed - Math.round(last.minor * 0.4) : owed
  const all = [...items, ...credits]
  const told = typedList(items, b.chance, b.culture)
  const minus = credits.length === 0 ? '' : ` - ${b.pick('credit')} ${credits[0]!.serial}`
  const said: Readonly<Record<string, string>> = {
    'several-summed': b.chance.pick(['', b.pick('thanks')]),
    'several-month': b.pick('month').replace('{x}', b.month(items[0]!.day)),
  }
  const day = Math.min(b.to, last.day + b.chance.between(3, 30))
  const fit = story === 'several-last-part' ? 'part' : 'exact'
  b.line({ story, day, minor, items: all, party, text: said[story] ?? `${told}${minus}`, fit })
}

function credit(b: Books, of: Item): Item {
  const minor = Math.max(100, Math.round(of.minor * b.chance.pick([0.1, 0.25, 0.5, 0.33])))
  return b.sale(of.party!, of.day + 2, minor, { kind: 'sales_credit_note', direction: 'out', due: null })
}

function instalments(b: Books): void {
  const item = ordinary(b)
  const parts = b.chance.between(2, 4)
  const each = Math.floor(item.minor / parts / 100) * 100 || Math.floor(item.minor / parts)
  for (let at = 0; at < parts; at++) {
    const minor = at === parts - 1 ? item.minor - each * (parts - 1) : each
    const text = b.chance.is(0.7) ? `${b.pick('instalment')} ${b.chance.is(0.7) ? item.serial : ''}` : ''
    pay(b, 'instalments', item, { minor, day: item.day + 14 + at * 30, text, fit: 'part' })
  }
}

function differing(b: Books, story: string): void {
  const item = ordinary(b)
  const { minor, entry } = item
  const percent = b.chance.pick([2, 2, 3])
  const less = minor - Math.round((minor * percent) / 100)
  if (story.startsWith('discount')) entry.cashDiscount = { percent, until: iso(item.day + 10) }
  const fee = b.chance.pick([2.5, 5, 7.5, 12]) * 100 * b.culture.scale
  const ways: Readonly<Record<string, number>> = {
    'part-payment': Math.max(100, Math.round((minor * b.chance.pick([0.3, 0.5, 0.6, 0.8])) / 100) * 100),
    overpayment: b.chance.is(0.5)
      ? Math.ceil(minor / 10_000 + 0.01) * 10_000
      : minor + b.chance.pick([100, 1000, 5000]),
    rounding: b.chance.is(0.6) ? Math.round(minor / 100) * 100 : minor + b.chance.pick([-1, 1, -5, 10]),
    'less-fee': minor > fee * 4 ? minor - fee : minor - Math.round(minor / 20),
  }
  const day =
    story === 'discount-late'
      ? item.day + b.chance.between(12, 30)
      : story === 'discount-in-time'
        ? item.day + b.chance.between(2, 10)
        : paidOn(b, item)
  const part = story === 'part-payment' || story === 'overpayment'
  const said = b.chance.is(story === 'discount-in-time' ? 0.7 : 0.8) ? tracks(b, item) : { text: '' }
  pay(b, story, item, { ...said, minor: ways[story] ?? less, day, fit: part ? 'part' : 'near' })
  if (story === 'part-payment' && b.chance.is(0.4)) {
    const text = `${b.pick('rest')} ${item.serial}`
    pay(b, story, item, { minor: minor - ways[story]!, day: day + b.chance.between(10, 40), text, fit: 'part' })
  }
}

function prepayment(b: Books): void {
  const item = ordinary(b)
  const text = b.chance.is(0.4)
    ? typedDocument(item, b.chance, b.culture)
    : b.chance.pick(['', `${b.pick('order')} ${b.chance.digits(5)}`])
  pay(b, 'prepayment', item, { day: item.day - b.chance.between(1, 12), text })
}

/** A person for her company, a husband for his wife, a parent for its daughter: another name pays. */
function onBehalf(b: Books): void {
  const item = ordinary(b)
  const payer = b.chance.is(0.5) ? b.folk.person() : b.folk.firm()
  const said = b.chance.is(0.7) ? tracks(b, item) : { text: b.chance.is(0.5) ? item.party!.name : '' }
  pay(b, 'on-behalf', item, { ...said, party: payer })
}

function factored(b: Books): void {
  const item = ordinary(b)
  const payer = b.folk.house(b.pick('factoring'))
  pay(b, 'factored', item, {
    party: payer,
    text: b.chance.is(0.75) ? `${typedDocument(item, b.chance, b.culture)} ${item.party!.name}` : item.party!.name,
  })
}

/** Two of one group owe the same: only the name, or the number, tells which. */
function sibling(b: Books): void {
  const item = ordinary(b, (party) => !party.person)
  const other = b.folk.firm(item.party!)
  b.sale(other, item.day + 1, item.minor)
  pay(b, 'group-sibling', item, b.chance.is(0.5) ? tracks(b, item) : { text: '' })
}

/** Somebody of nearly that name pays something that is not in the books. */
function namesake(b: Books): void {
  const item = ordinary(b)
  const stranger = item.party!.person ? b.folk.person() : b.folk.firm(item.party!)
  b.line({ story: 'namesake', day: item.day + 9, minor: b.amount(stranger), party: stranger, text: b.pick('thanks') })
}
