// What lies around in the books: settled long ago, or still open when the bank lines end.

import type { ItemSpec } from './books.ts'
import { addMonths, firstOfMonth, monthOf, pickEarly } from './kit.ts'
import { supplierNumber } from './parties.ts'
import { referenceOf } from './references.ts'
import { monthName, saleOf, type Scene } from './scene.ts'
import { foreignPrice } from './stories/deductions.ts'
import { priceOf } from './world.ts'

/** One entry that no line of the set touches. */
export function bystander(scene: Scene, { settled }: { settled: boolean }): void {
  const { chance, world } = scene
  const { first, begin, end } = world.span
  const issue = settled
    ? chance.between(first, begin - 5)
    : chance.is(0.06)
      ? chance.between(first, begin)
      : end - Math.floor((end - begin + 40) * chance.next() ** 1.5)
  const open: { open?: number } = settled ? { open: 0 } : {}
  const kind = chance.next()
  if (kind < 0.56) sale(scene, { issue, ...open })
  else if (kind < 0.82) bill(scene, { issue, ...open })
  else if (kind < 0.93) receipt(scene, { issue, ...open })
  else sundry(scene, { issue, ...open })
}

type Bystander = { readonly issue: number; readonly open?: number }

function sale(scene: Scene, { issue, ...open }: Bystander): void {
  const party = pickEarly(scene.chance, scene.world.customers)
  const month = firstOfMonth(issue)
  const isMonthly = party.price !== null && month >= scene.world.span.first
  if (party.quirk === 'foreign') saleOf(scene, party, { issue, amount: foreignPrice(scene, party), ...open })
  else if (!isMonthly) saleOf(scene, party, { issue, ...open })
  else if (scene.once(`subscription ${party.at} ${month}`)) saleOf(scene, party, { issue: month, ...open })
  else saleOf(scene, party, { issue, amount: priceOf(scene.chance, scene.world), ...open })
}

function bill(scene: Scene, { issue, open }: Bystander): void {
  const { chance, world, books } = scene
  const party = pickEarly(chance, world.suppliers)
  const { number, serial } = supplierNumber(chance, party, issue)
  const { plan } = party.documents
  books.item({
    kind: 'purchase_bill',
    direction: 'out',
    amount: party.quirk === 'foreign' ? foreignPrice(scene, party) : priceOf(chance, world, 0.5),
    currency: party.currency,
    issue,
    due: issue + party.termDays,
    name: party.bookName,
    iban: party.bookIban,
    reference: plan === null ? null : referenceOf(plan, { serial, customer: String(10_000 + (party.at % 7919)) }),
    number,
    party,
    ...(open === undefined ? {} : { open }),
  })
}

function receipt({ chance, land, world, books, voucherNumber }: Scene, { issue, open }: Bystander): void {
  const price = Math.exp(3.6 + 1.1 * (chance.next() * 2 - 1)) * land.scale
  const [name] = chance.pick(land.merchants)
  books.item({
    kind: 'expense',
    direction: 'out',
    amount: chance.is(0.25) ? Math.round(price) * 100 : Math.round(price * 100),
    issue,
    name,
    number: chance.is(0.5) ? String(voucherNumber(issue)) : null,
    description: chance.is(0.5) ? chance.pick(world.land.say.goods) : null,
    ...(open === undefined ? {} : { open }),
  })
}

function sundry({ chance, land, world, books }: Scene, { issue, open }: Bystander): void {
  const rest: Partial<ItemSpec> = open === undefined ? {} : { open }
  const month = monthName(land, addMonths(issue, -1))
  const customer = pickEarly(chance, world.customers)
  const tax = chance.pick(world.bodies.tax)
  const amount = priceOf(chance, world, 0.6)
  chance.pick([
    () =>
      books.item({
        kind: 'sales_credit_note',
        direction: 'out',
        amount,
        issue,
        name: customer.bookName,
        number: chance.digits(6),
        party: customer,
        ...rest,
      }),
    () =>
      books.item({
        kind: 'tax',
        direction: 'out',
        amount,
        issue,
        due: issue + 14,
        name: tax.bookName,
        party: tax,
        description: `${chance.pick(land.say.withheld)} ${month}`,
        ...rest,
      }),
    () =>
      books.item({
        kind: 'ledger_posting',
        direction: chance.is(0.5) ? 'in' : 'out',
        amount,
        issue,
        description: chance.pick(land.say.goods),
        ...rest,
      }),
    () =>
      books.item({
        kind: 'bank_fee',
        direction: 'out',
        amount: chance.between(200, 9_000),
        issue,
        description: `${chance.pick(land.say.fee)} ${monthOf(issue)}`.replaceAll(/\{\w+\}/g, ''),
        ...rest,
      }),
  ])()
}
