// What the company pays to its suppliers.

import type { Item } from '../books.ts'
import { addMonths, fill, firstOfMonth, sum, workdayFrom } from '../kit.ts'
import type { Scheme } from '../lands/land.ts'
import { supplierNumber, type Party } from '../parties.ts'
import { fieldReference, referenceOf, spellReference } from '../references.ts'
import { monthName, pay, someDay, type Scene, type Story } from '../scene.ts'
import { priceOf } from '../world.ts'
import { writeList } from '../writing.ts'

export type Bill = {
  readonly item: Item
  readonly scheme: Scheme
  readonly reference: string | null
  readonly written: readonly string[]
}

export function billOf(
  scene: Scene,
  party: Party,
  { day, amount, endToEndId = null }: { day: number; amount?: number; endToEndId?: string | null },
): Bill {
  const { chance, world, books, land } = scene
  const issue = Math.max(world.span.first, day - chance.between(3, party.termDays + 5))
  const { number, serial } = supplierNumber(chance, party, issue)
  const { plan } = party.documents
  const reference = plan === null ? null : referenceOf(plan, { serial, customer: String(10_000 + (party.at % 7919)) })
  const item = books.item({
    kind: 'purchase_bill',
    direction: 'out',
    amount: amount ?? priceOf(chance, world, 0.5),
    issue,
    due: issue + party.termDays,
    name: party.bookName,
    iban: party.bookIban,
    reference,
    number,
    description: chance.is(0.5) ? chance.pick(land.say.goods) : null,
    endToEndId,
    party,
  })
  return { item, scheme: plan?.scheme ?? land.scheme, reference, written: [number] }
}

const supplier = ({ chance, world }: Scene): Party =>
  world.suppliers[Math.floor(world.suppliers.length * chance.next() ** 1.8)]!

/** What the company's own bookkeeper typed into the bank. */
function typed(scene: Scene, bill: Bill): { text: string; reference: string | null; written: readonly string[] } {
  const { chance, land } = scene
  const { reference, scheme } = bill
  if (reference !== null && chance.is(0.8)) {
    return chance.is(0.7)
      ? { text: '', reference: fieldReference(chance, scheme, reference), written: [] }
      : { text: spellReference(chance, scheme, reference), reference: null, written: [] }
  }
  if (chance.is(0.15)) return { text: chance.is(0.5) ? chance.pick(land.say.vague) : '', reference: null, written: [] }
  return { text: fill(chance.pick(land.say.invoice), { n: bill.item.number }), reference: null, written: bill.written }
}

/** Month after month: some have their bill in the books, some had it lost. */
function monthly(scene: Scene, story: string, { constant, gap }: { constant: boolean; gap: boolean }): void {
  const { chance, land, world, books } = scene
  const priced = world.bodies.monthly.filter(({ price }) => (price !== null) === constant)
  const party = chance.pick(priced.length === 0 ? world.bodies.monthly : priced)
  const months = chance.between(2, 4)
  const start = firstOfMonth(chance.between(scene.from, scene.to))
  const customerNumber = chance.digits(8)
  const price =
    party.price !== null && chance.is(0.5) ? party.price : Math.round(priceOf(chance, world, 0.15) / 100) * 100 + 100
  const missing = gap ? chance.between(1, months - 1) : -1
  for (let at = 0; at < months; at++) {
    const month = addMonths(start, at)
    const day = workdayFrom(month + (party.payday ?? 15) - 1)
    if (day < scene.from || day > scene.to) continue
    const amount = constant ? price : Math.round(price * (0.7 + 0.6 * chance.next()))
    // Written so late before the debit that next month's bill is not there yet.
    const issue = Math.max(world.span.first, month + chance.between(0, Math.min(2, (party.payday ?? 15) - 1)))
    const isMissing = at === missing
    const { number } = supplierNumber(chance, party, issue)
    const item = isMissing
      ? null
      : books.item({
          kind: 'purchase_bill',
          direction: 'out',
          amount,
          issue,
          due: month + (party.payday ?? 15) - 1,
          name: party.bookName,
          iban: party.bookIban,
          number,
          party,
          description: chance.is(0.5) ? monthName(land, month) : null,
        })
    const isNumbered = chance.is(0.3)
    const text = isNumbered
      ? `${customerNumber} ${number}`
      : chance.pick([customerNumber, '', monthName(land, month), `${customerNumber} ${chance.digits(6)}`])
    pay(scene, {
      story: isMissing ? `${story}+missing` : story,
      party,
      day,
      amount: -amount,
      items: item === null ? [] : [item],
      text,
      written: isNumbered ? [number] : [],
      code: 'PMNT-RDDT-ESDD',
      account: world.main,
    })
  }
}

export const bills: readonly Story[] = [
  {
    name: 'bill.paid',
    share: 0.1,
    tell: (scene, story) => {
      const party = supplier(scene)
      const day = someDay(scene)
      const bill = billOf(scene, party, { day })
      pay(scene, { story, party, day, amount: -bill.item.amount, items: [bill.item], ...typed(scene, bill) })
    },
  },
  {
    name: 'bill.own-id',
    share: 0.02,
    tell: (scene, story) => {
      const { chance } = scene
      const party = supplier(scene)
      const day = someDay(scene)
      const endToEndId = chance.pick([
        `PAY-${chance.digits(8)}`,
        `ERP${chance.digits(10)}`,
        chance.digits(16),
        `${chance.digits(6)}-${chance.digits(4)}`,
      ])
      const bill = billOf(scene, party, { day, endToEndId })
      const words = chance.is(0.5) ? typed(scene, bill) : {}
      pay(scene, { story, party, day, amount: -bill.item.amount, items: [bill.item], endToEndId, ...words })
    },
  },
  {
    name: 'bill.several',
    share: 0.008,
    tell: (scene, story) => {
      const { chance, land } = scene
      const party = supplier(scene)
      const day = someDay(scene)
      const items = Array.from({ length: chance.between(2, 4) }, () => billOf(scene, party, { day }).item)
      const words = chance.is(0.6) ? writeList(chance, land, items) : { text: chance.pick(land.say.vague), written: [] }
      pay(scene, { story, party, day, amount: -sum(items.map(({ amount }) => amount)), items, ...words })
    },
  },
  {
    name: 'bill.batch',
    share: 0.01,
    tell: (scene, story) => {
      const { chance, land } = scene
      const day = someDay(scene)
      const count = chance.is(0.7) ? chance.between(2, 5) : chance.between(6, 12)
      // One payment run: everything in it falls due about then, and the run's number is in the books if the program writes it there.
      const run = `${chance.pick(['RUN', 'B', 'BATCH', 'LB'])}${chance.digits(7)}`
      const endToEndId = chance.is(0.5) ? run : null
      const items = Array.from({ length: count }, () => billOf(scene, supplier(scene), { day, endToEndId }).item)
      const amount = -sum(items.map((item) => item.amount))
      const text = fill(chance.pick(land.say.batch), { x: chance.digits(6) })
      pay(scene, {
        story,
        party: null,
        day,
        amount,
        items,
        text: endToEndId === null ? text : `${text} ${run}`,
        written: endToEndId === null ? [] : items.map(() => run),
        name: null,
        iban: null,
        endToEndId,
        code: 'PMNT-ICDT-BBDD',
        bare: true,
      })
    },
  },
  {
    name: 'bill.debit-variable',
    share: 0.02,
    tell: (scene, story) => monthly(scene, story, { constant: false, gap: false }),
  },
  {
    name: 'bill.debit-constant',
    share: 0.016,
    tell: (scene, story) => monthly(scene, story, { constant: true, gap: false }),
  },
  {
    name: 'bill.debit-gap',
    share: 0.012,
    tell: (scene, story) => monthly(scene, story, { constant: true, gap: true }),
  },
  {
    name: 'bill.less-credit',
    share: 0.004,
    tell: (scene, story) => {
      const { chance, books } = scene
      const party = supplier(scene)
      const day = someDay(scene)
      const bill = billOf(scene, party, { day })
      const number = `K${chance.digits(5)}`
      const note = books.item({
        kind: 'purchase_credit_note',
        direction: 'in',
        amount: Math.max(100, Math.round(bill.item.amount * chance.next() * 0.6)),
        issue: bill.item.issue,
        name: party.bookName,
        iban: party.bookIban,
        number,
        party,
      })
      const isSaid = chance.is(0.7)
      pay(scene, {
        story,
        party,
        day,
        amount: note.amount - bill.item.amount,
        items: [bill.item, note],
        text: isSaid ? `${bill.item.number ?? ''} -${number}` : (bill.item.number ?? ''),
        written: isSaid ? [bill.item.number ?? '', number] : [bill.item.number ?? ''],
      })
    },
  },
  {
    name: 'bill.rent',
    share: 0.008,
    tell: (scene, story) => {
      const { chance, land, world, books } = scene
      const party = chance.pick(world.landlords)
      const rent = party.price ?? 100_000
      const month = firstOfMonth(chance.between(scene.from, scene.to))
      const day = workdayFrom(month + (party.at % 5))
      if (day < scene.from || day > scene.to || !scene.once(`${party.at} ${month}`)) return
      const item = books.item({
        kind: 'purchase_bill',
        direction: 'out',
        amount: rent,
        issue: Math.max(world.span.first, month - 10),
        due: month,
        name: party.bookName,
        iban: party.bookIban,
        party,
        description: monthName(land, month),
        number: supplierNumber(chance, party, month).number,
      })
      pay(scene, {
        story,
        party,
        day,
        amount: -rent,
        items: [item],
        text: fill(chance.pick(land.say.rent), { m: monthName(land, month) }),
      })
    },
  },
]
