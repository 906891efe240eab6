// Money that moves between own accounts, what processors pay out, and what the books know nothing of.

import { dotted, exchanged } from './amounts.ts'
import type { Books, Item } from './books.ts'

type Story = (books: Books) => void

export const AROUND: Readonly<Record<string, readonly [weight: number, story: Story]>> = {
  transfer: [0.9, (b) => transfer(b, { booked: false, exchange: false })],
  'transfer-booked': [0.6, (b) => transfer(b, { booked: true, exchange: false })],
  'transfer-exchanged': [0.2, (b) => transfer(b, { booked: b.chance.is(0.4), exchange: true })],
  payout: [2.2, payout],
  'private-purchase': [
    1.2,
    (b) =>
      void b.line({
        story: 'private-purchase',
        day: b.someDay(),
        minor: -Math.round(b.chance.between(40, 2500) * 10 * b.culture.scale),
        party: b.folk.house(b.pick('private')),
        wrap: 'card',
      }),
  ],
  'unknown-payer': [1.7, unknownPayer],
}

/** These need books that are written already. */
export const TRAPS: Readonly<Record<string, readonly [weight: number, story: Story]>> = {
  'same-amount': [1.2, sameAmount],
  'same-digits': [0.9, sameDigits],
}

function transfer(b: Books, { booked, exchange }: { booked: boolean; exchange: boolean }): void {
  const [from, to] = exchange
    ? b.chance.pick([
        [0, 2],
        [2, 0],
      ] as const)
    : b.chance.pick([
        [0, 1],
        [0, 1],
        [1, 0],
      ] as const)
  const [giving, taking] = [b.company.accounts[from]!, b.company.accounts[to]!]
  const minor = b.chance.is(0.7)
    ? b.chance.between(2, 90) * 50_000 * Math.ceil(b.culture.scale / 4)
    : b.chance.between(90_000, 9_000_000)
  const day = b.someDay() + b.chance.between(0, 40)
  const later = b.chance.weighed({ 0: 78, 1: 15, 3: 7 })
  const arrived = exchange ? Math.round(exchanged(minor, giving.currency, taking.currency, day) * 0.996) : minor
  const item = booked
    ? b.post({
        kind: 'transfer',
        direction: 'transfer',
        day,
        minor,
        currency: giving.currency,
        description: b.pick('transfer'),
      })
    : undefined
  if (item !== undefined) Object.assign(item.entry, { fromAccountId: giving.id, toAccountId: taking.id })
  const told = b.chance.is(0.7)
  const half = (account: number, on: number, amount: number) =>
    b.line({
      story: exchange ? 'transfer-exchanged' : booked ? 'transfer-booked' : 'transfer',
      day: on,
      minor: amount,
      account,
      bare: true,
      items: item === undefined ? [] : [item],
      plain: told || (booked && !exchange),
      wrap: told ? 'transfer' : 'received',
      text: '',
    })
  const out = half(from, day, -minor)
  const into = half(to, day + Number(later), arrived)
  if (b.chance.is(0.4)) [out.line.counterpartyIban, into.line.counterpartyIban] = [taking.iban, giving.iban]
  if (b.chance.is(0.4)) out.line.counterpartyName = into.line.counterpartyName = b.company.name
  out.others.push(into)
  into.others.push(out)
}

/** A processor keeps its fee, and pays for a few days' takings or invoices at once. */
function payout(b: Books): void {
  const local = {
    NO: 'Vipps MobilePay',
    SE: 'Swish Handel',
    DK: 'MobilePay',
    FI: 'MobilePay',
    NL: 'Mollie',
    BE: 'Worldline',
    DE: 'Unzer',
    GB: 'SumUp',
    FR: 'SumUp',
  }
  const name = b.chance.pick([
    'Stripe',
    'Klarna',
    'Adyen',
    'Zettle',
    local[b.culture.country],
    local[b.culture.country],
  ])
  const bank =
    { Stripe: 'STRIPE TECHNOLOGY EUROPE LTD', Klarna: 'KLARNA BANK AB', Adyen: 'ADYEN N.V.', Zettle: 'PAYPAL ZETTLE' }[
      name
    ] ?? name.toUpperCase()
  const processor = b.folk.house(name, bank)
  const day = b.someDay() + b.chance.between(0, 30)
  const count = b.chance.weighed({ 1: 55, 2: 15, 3: 20, 5: 10 })
  const invoices = b.chance.is(0.25)
  const items: Item[] = Array.from({ length: Number(count) }, (_, at) => {
    const minor = Math.round((4000 + 200_000 * b.chance.next()) * b.culture.scale)
    if (invoices) return b.sale(b.folk.person(), day - 4, minor)
    const on = day - 1 - (Number(count) - at)
    return b.post({
      kind: 'ledger_posting',
      direction: 'in',
      day: on,
      minor,
      party: processor,
      description: `${b.pick('takings')} ${name} ${dotted(on)}`,
    })
  })
  const gross = items.reduce((sum, item) => sum + item.minor, 0)
  const minor =
    gross -
    Math.round(gross * b.chance.pick([0.0095, 0.0125, 0.0149, 0.0175, 0.025, 0.029])) -
    b.chance.pick([0, 0, 25, 180]) * items.length
  const days = [items[0]!, items.at(-1)!].map((item) => dotted(item.day))
  const dated = b.chance.is(0.5)
  const run = b.chance.pick([
    `PO${b.chance.digits(8)}`,
    `${b.chance.digits(10)} payout`,
    `Settlement ${b.chance.digits(6)}`,
  ])
  const text = dated ? `${run} ${days[0]!}${items.length > 1 ? `-${days[1]!}` : ''}` : run
  b.line({
    story: 'payout',
    day,
    minor,
    items,
    party: processor,
    text,
    fit: 'near',
    ...(!invoices && dated ? { plain: true } : {}),
  })
}

function unknownPayer(b: Books): void {
  const party = b.chance.is(0.5) ? b.folk.person() : b.folk.firm()
  const text = b.chance.pick([
    b.pick('thanks'),
    `${b.pick('order')} ${b.chance.digits(5)}`,
    `${b.pick('invoice')} ${b.chance.digits(6)}`,
    '',
  ])
  b.line({ story: 'unknown-payer', day: b.someDay(), minor: b.amount(party), party, text })
}

function openItem(b: Books): Item | undefined {
  for (let tries = 0; tries < 40; tries++) {
    const item = b.chance.pick(b.items)
    if (item.left > 0 && item.entry.currency === b.culture.currency && item.entry.direction !== 'transfer') return item
  }
  return undefined
}

/** A stranger's payment of exactly what somebody else owes. */
function sameAmount(b: Books): void {
  const item = openItem(b)
  if (item === undefined) return
  const party = b.chance.is(0.5) ? b.folk.person() : b.folk.firm()
  const text = b.chance.pick(['', b.pick('thanks'), `${b.pick('order')} ${b.chance.digits(6)}`])
  b.line({
    story: 'same-amount',
    day: Math.min(b.to, item.day + 12),
    minor: (item.entry.direction === 'in' ? 1 : -1) * item.minor,
    party,
    text,
  })
}

/** A date, an order or a telephone number that happens to be some open invoice's number. */
function sameDigits(b: Books): void {
  const item = openItem(b)
  if (item === undefined || item.serial === '') return unknownPayer(b)
  const party = b.chance.is(0.5) ? b.folk.person() : b.folk.firm()
  const text = `${b.chance.pick([b.pick('order'), b.pick('customer'), 'tel', 'ref'])} ${item.serial}`
  b.line({
    story: 'same-digits',
    day: Math.min(b.to, item.day + 15),
    minor: (item.entry.direction === 'in' ? 1 : -1) * b.amount(party),
    party,
    text,
  })
}
