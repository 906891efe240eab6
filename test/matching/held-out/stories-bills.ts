// What a company pays to those who sell to it: by bill, by card and by direct debit.

import { exchanged } from './amounts.ts'
import type { Books, Item } from './books.ts'
import type { Party } from './parties.ts'
import { pay, paidOn, tracks } from './stories-sales.ts'
import { typedDocument, typedList } from './writing.ts'

type Story = (books: Books) => void

export const BILLS: Readonly<Record<string, readonly [weight: number, story: Story]>> = {
  'bill-readable': [19, (b) => billPaid(b, 'bill-readable')],
  'bill-name': [3, (b) => billPaid(b, 'bill-name')],
  'bills-listed': [0.7, bills],
  'bills-batch': [0.5, batch],
  'bill-foreign': [0.7, billAbroad],
  'direct-debit': [0.7, directDebits],
  subscription: [0.3, subscription],
  card: [5, (b) => card(b, 'card')],
  'card-abroad': [0.6, (b) => card(b, 'card-abroad')],
  'card-no-receipt': [2, (b) => card(b, 'card-no-receipt')],
}

export function billOf(b: Books, party: Party = homeSupplier(b)): Item {
  return b.bill(party, b.someDay(), b.amount(party))
}

export function homeSupplier(b: Books): Party {
  for (;;) {
    const party = b.supplier()
    if (party.currency === b.culture.currency) return party
  }
}

function billPaid(b: Books, story: string): void {
  const item = billOf(b)
  const { reference, endToEndId } = item.entry
  const own = b.chance.is(0.9) ? endToEndId : null
  if (story === 'bill-name')
    return void pay(b, story, item, {
      text: b.chance.pick(['', b.pick('thanks')]),
      endToEnd: b.chance.is(0.15) ? endToEndId : null,
    })
  const said =
    reference !== null && b.chance.is(0.93)
      ? { reference, text: '' }
      : { text: typedDocument(item, b.chance, b.culture) }
  pay(b, story, item, { ...said, endToEnd: own })
}

function bills(b: Books): void {
  const party = homeSupplier(b)
  const first = b.someDay()
  const items = [0, 5, 11]
    .slice(0, b.chance.between(2, 3))
    .map((later) => b.bill(party, first + later, b.amount(party)))
  const minor = -items.reduce((sum, item) => sum + item.minor, 0)
  const text = b.chance.is(0.75) ? typedList(items, b.chance, b.culture) : ''
  b.line({ story: 'bills-listed', day: items.at(-1)!.day + party.terms, minor, items, party, text })
}

/** The bank books the sum of a whole run, and names nobody. */
function batch(b: Books): void {
  const day = b.someDay() + 20
  const run = b.chance.is(0.6) ? `RUN${b.chance.digits(6)}` : null
  const items = Array.from({ length: b.chance.between(3, 9) }, () => {
    const party = homeSupplier(b)
    return b.bill(party, day - party.terms, b.amount(party), { due: day, endToEnd: run })
  })
  const minor = -items.reduce((sum, item) => sum + item.minor, 0)
  const text = b.pick('batch').replace('{x}', String(items.length))
  b.line({
    story: 'bills-batch',
    day,
    minor,
    items,
    wrap: 'paid',
    text,
    bare: true,
    endToEnd: run,
    plain: run !== null,
  })
}

function billAbroad(b: Books): void {
  const party = b.suppliers.find((one) => one.currency !== b.culture.currency && b.chance.is(0.4)) ?? b.supplier()
  const item = b.bill(party, b.someDay(), b.amount(party))
  if (party.currency === b.culture.currency) return void pay(b, 'bill-foreign', item, tracks(b, item))
  const day = paidOn(b, item)
  const minor = -Math.round(
    exchanged(item.minor, party.currency, b.culture.currency, day) * (1 + 0.012 * b.chance.next()),
  )
  const instructed = b.chance.is(0.7) ? { instructed: { minor: item.minor, currency: party.currency } } : {}
  pay(b, 'bill-foreign', item, { ...tracks(b, item), day, minor, fit: 'near', ...instructed })
}

function months(b: Books, count: number): number[] {
  const start = b.someDay()
  return Array.from({ length: count }, (_, at) => start + at * 30).filter((day) => b.era === 'past' || day < b.to - 20)
}

function utility(b: Books): Party {
  const name = b.pick('utilities')
  return b.folk.house(name)
}

/** Power and telephones: another sum each month, drawn on the due day. */
function directDebits(b: Books): void {
  const party = utility(b)
  const constant = b.chance.is(0.4)
  const usual = b.amount(party)
  for (const day of months(b, 4)) {
    const item = b.bill(party, day, constant ? usual : Math.round(usual * (0.7 + 0.6 * b.chance.next())), {
      currency: b.culture.currency,
    })
    const text = b.chance.pick([
      `${b.pick('customer')} ${party.number}`,
      typedDocument(item, b.chance, b.culture),
      b.month(day),
    ])
    pay(b, 'direct-debit', item, { wrap: 'debit', day: day + party.terms, text, minor: -item.minor })
  }
}

/** The same sum every month; one month's bill never reached the books. */
function subscription(b: Books): void {
  const { name, bank } = b.shop('subscriptions')
  const party = b.folk.house(name, bank)
  const minor = b.chance.pick([1099, 1299, 2499, 6049, 9900]) * Math.round(b.culture.scale)
  const days = months(b, 6)
  const missing = b.chance.between(1, 4)
  days.forEach((day, at) => {
    const on = day + b.chance.between(0, 2)
    if (at === missing) return void b.line({ story: 'subscription', day: on, minor: -minor, party, wrap: 'card' })
    const item = b.bill(party, day, minor, {
      currency: b.culture.currency,
      kind: b.chance.is(0.5) ? 'expense' : 'purchase_bill',
      due: null,
      endToEnd: null,
      reference: null,
    })
    pay(b, 'subscription', item, { wrap: 'card', day: on })
  })
}

function card(b: Books, story: string): void {
  const abroad = story === 'card-abroad'
  const { name, bank } = b.shop(abroad ? 'abroad' : 'merchants')
  const before = b.chance.is(0.08) ? b.chance.pick(['PAYPAL *', 'SQ *', 'SumUp *', 'KLARNA*', 'ZTL*']) : ''
  const own = b.folk.house(name, bank)
  const bought = b.someDay() + b.chance.between(0, 25)
  const lag = b.chance.weighed({ 0: 15, 1: 35, 2: 25, 3: 15, 5: 10 })
  const minor = Math.max(200, Math.round(Math.exp(2 + 3.4 * b.chance.next()) * 100 * b.culture.scale))
  const day = bought + Number(lag)
  if (story === 'card-no-receipt') return void b.line({ story, day, minor: -minor, party: own, wrap: 'card', before })
  const currency = abroad && b.chance.is(0.8) ? b.company.accounts[2]!.currency : b.culture.currency
  const described = b.chance.is(0.4) ? name : `${name} ${b.chance.pick(b.staff).name.split(' ')[0]!}`
  const item = b.post({
    kind: 'expense',
    direction: 'out',
    day: bought,
    minor,
    party: own,
    currency,
    description: described,
    name: b.chance.is(0.75) ? name : null,
  })
  const spent = -Math.round(
    exchanged(minor, currency, b.culture.currency, day) * (currency === b.culture.currency ? 1 : 1.0175),
  )
  const instructed = currency !== b.culture.currency && b.chance.is(0.7) ? { instructed: { minor, currency } } : {}
  b.line({
    story,
    day,
    minor: spent,
    items: [item],
    party: own,
    wrap: 'card',
    before,
    fit: currency === b.culture.currency ? 'exact' : 'near',
    ...instructed,
  })
}
