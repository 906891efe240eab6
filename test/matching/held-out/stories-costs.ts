// Wages, taxes, loans, the bank's own lines, and money that comes back.

import type { Books, Item } from './books.ts'
import type { Party } from './parties.ts'
import { billOf, homeSupplier } from './stories-bills.ts'
import { ordinary, pay } from './stories-sales.ts'
import { typedDocument } from './writing.ts'

type Story = (books: Books) => void

export const COSTS: Readonly<Record<string, readonly [weight: number, story: Story]>> = {
  'wages-single': [0.5, wages],
  'wages-batch': [0.35, wagesBatch],
  tax: [0.8, tax],
  pension: [0.25, (b) => plainCost(b, 'pension', 'ledger_posting')],
  rent: [0.4, (b) => plainCost(b, 'rent', 'purchase_bill')],
  insurance: [0.3, (b) => plainCost(b, 'insurance', 'purchase_bill')],
  loan: [0.4, loan],
  'bank-fee': [0.8, (b) => small(b, 'bank-fee', 'fee', -1, true)],
  'bank-fee-unbooked': [2.6, (b) => small(b, 'bank-fee-unbooked', 'fee', -1, false)],
  interest: [0.2, (b) => small(b, 'interest', 'interest', 1, true)],
  'interest-unbooked': [0.3, (b) => small(b, 'interest-unbooked', 'interest', 1, false)],
  drawing: [0.2, (b) => small(b, 'drawing', 'drawing', -40, true)],
  'drawing-unbooked': [0.4, (b) => small(b, 'drawing-unbooked', 'drawing', -40, false)],
  'cash-deposit': [0.3, (b) => small(b, 'cash-deposit', 'cash', 30, true)],
  'credit-paid-out': [0.5, creditPaidOut],
  'supplier-refund': [0.3, supplierRefund],
  'returned-payment': [0.15, returned],
  'debit-returned': [0.2, debitReturned],
}

function payday(b: Books, party: Party, day: number, minor: number): Item {
  return b.post({
    kind: 'payroll',
    direction: 'out',
    day: day - 3,
    due: day,
    minor,
    party,
    description: b.pick('salary').replace('{x}', b.month(day)),
  })
}

function wages(b: Books): void {
  const day = b.someDay()
  for (const person of b.staff.slice(0, b.chance.between(2, 4))) {
    const item = payday(b, person, day, Math.round(person.price * 2 + 180_000 * b.culture.scale))
    pay(b, 'wages-single', item, {
      wrap: 'salary',
      day,
      text: '',
      ...(b.chance.is(0.5) ? { wrap: 'paid', text: b.pick('salary').replace('{x}', b.month(day)) } : {}),
    })
  }
}

function wagesBatch(b: Books): void {
  const day = b.someDay() + b.chance.between(0, 28)
  const items = b.staff.map((person) =>
    payday(b, person, day, Math.round((180_000 + 90_000 * b.chance.next()) * b.culture.scale)),
  )
  const minor = -items.reduce((sum, item) => sum + item.minor, 0)
  b.line({ story: 'wages-batch', day, minor, items, wrap: 'wages', text: '', plain: true })
}

function tax(b: Books): void {
  const day = b.someDay() + b.chance.between(0, 40)
  const office = b.folk.house(b.pick('taxOffice'))
  const kinds = b.chance.is(0.4) ? [b.pick('vat')] : b.culture.list('tax').slice(0, b.chance.between(1, 3))
  const period = b.month(day - 30)
  const reference = b.chance.is(0.6) ? b.chance.digits(b.culture.country === 'GB' ? 13 : 12) : null
  const items = kinds.map((kind) =>
    b.post({
      kind: 'tax',
      direction: 'out',
      day: day - 12,
      due: day,
      minor: Math.round((20_000 + 700_000 * b.chance.next()) * b.culture.scale),
      party: office,
      description: `${kind} ${period}`,
      reference,
    }),
  )
  const minor = -items.reduce((sum, item) => sum + item.minor, 0)
  b.line({
    story: 'tax',
    day,
    minor,
    items,
    party: office,
    text: b.chance.is(0.5) ? kinds.join(' ') : '',
    reference: b.chance.is(0.7) ? reference : null,
  })
}

function plainCost(b: Books, story: string, kind: 'ledger_posting' | 'purchase_bill'): void {
  const name = story === 'rent' ? b.suppliers[0]!.name : b.pick(story)
  const party = story === 'rent' ? b.suppliers[0]! : b.folk.house(name)
  const minor = Math.round((50_000 + 200_000 * b.chance.next()) * b.culture.scale)
  const day = b.someDay()
  const description = `${story === 'rent' ? b.pick('rent') : name} ${b.month(day)}`
  const item = b.post({ kind, direction: 'out', day, due: day + 10, minor, party, description })
  pay(b, story, item, {
    day: day + 10,
    text: story === 'rent' ? description : `${b.pick('customer')} ${party.number}`,
    wrap: b.chance.is(0.5) ? 'debit' : 'paid',
  })
}

function loan(b: Books): void {
  const day = b.someDay() + 15
  const whole = Math.round((80_000 + 400_000 * b.chance.next()) * b.culture.scale)
  const interest = Math.round(whole * (0.1 + 0.2 * b.chance.next()))
  const number = b.chance.digits(4)
  const said = (): string => b.pick('loan').replace('{x}', number)
  const description = b.chance.is(0.5) ? `${said()} ${number}` : said()
  const parts = b.chance.is(0.5) ? [whole] : [whole - interest, interest]
  const items = parts.map((minor, at) =>
    b.post({
      kind: at === 0 ? 'loan' : 'ledger_posting',
      direction: 'out',
      day: day - 5,
      due: day,
      minor,
      description: at === 0 ? description : `${b.pick('interest')} ${description}`,
    }),
  )
  b.line({
    story: 'loan',
    day,
    minor: -whole,
    items,
    wrap: 'loan',
    said: said(),
    bare: true,
    plain: items.length === 1 || b.chance.is(0.6),
  })
}

/** The bank's own lines: in the books beforehand, or not. */
function small(b: Books, story: string, phrase: string, times: number, booked: boolean): void {
  const size = phrase === 'fee' || phrase === 'interest' ? 200 + 9000 * b.chance.next() : 100 * b.chance.between(5, 60)
  const minor = Math.round((size * Math.abs(times) * b.culture.scale) / 100) * (phrase === 'fee' ? 100 : 100)
  const day = b.someDay() + b.chance.between(0, 50)
  const kind = phrase === 'fee' ? 'bank_fee' : 'ledger_posting'
  const items = booked
    ? [
        b.post({
          kind,
          direction: times > 0 ? 'in' : 'out',
          day: day - b.chance.between(0, 2),
          minor,
          description: b.pick(phrase),
        }),
      ]
    : []
  b.line({ story, day, minor: Math.sign(times) * minor, items, wrap: phrase, bare: true, plain: true })
}

function creditPaidOut(b: Books): void {
  const sold = ordinary(b)
  const item = b.sale(sold.party!, sold.day + 20, Math.max(100, Math.round(sold.minor / 2)), {
    kind: 'sales_credit_note',
    direction: 'out',
    due: null,
  })
  pay(b, 'credit-paid-out', item, {
    day: item.day + b.chance.between(2, 12),
    text: b.chance.is(0.6) ? `${b.pick('credit')} ${item.serial}` : b.pick('refund'),
  })
}

function supplierRefund(b: Books): void {
  const item = b.bill(homeSupplier(b), b.someDay(), 50_000 + b.chance.between(0, 90_000), {
    kind: 'purchase_credit_note',
    direction: 'in',
    due: null,
  })
  pay(b, 'supplier-refund', item, {
    day: item.day + b.chance.between(2, 12),
    text: b.chance.is(0.5) ? `${b.pick('credit')} ${item.serial}` : b.pick('refund'),
  })
}

/** Paid to a wrong account, sent back, and mostly paid once more. */
function returned(b: Books): void {
  const item = billOf(b)
  const party = item.party!
  const day = item.day + party.terms
  const out = b.line({
    story: 'returned-payment',
    day,
    minor: -item.minor,
    party,
    text: typedDocument(item, b.chance, b.culture),
    plain: true,
  })
  const back = b.line({
    story: 'returned-payment',
    day: day + b.chance.between(1, 4),
    minor: item.minor,
    party,
    text: b.pick('returned'),
    plain: true,
  })
  out.others.push(back)
  back.others.push(out)
  if (b.chance.is(0.7))
    pay(b, 'returned-payment', item, {
      day: back.day + b.chance.between(1, 6),
      text: typedDocument(item, b.chance, b.culture),
    })
}

function debitReturned(b: Books): void {
  const item = ordinary(b)
  const party = item.party!
  const got = b.line({
    story: 'debit-returned',
    day: item.day + 10,
    minor: item.minor,
    party,
    text: item.serial,
    plain: true,
  })
  const back = b.line({
    story: 'debit-returned',
    day: item.day + b.chance.between(13, 18),
    minor: -item.minor,
    party,
    wrap: 'debit',
    text: `${b.pick('returned')} ${item.serial}`,
    plain: true,
  })
  got.others.push(back)
  back.others.push(got)
}
