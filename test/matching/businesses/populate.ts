// Fills a company with the people it lives among, as many as its books have room for, and lets them act.

import { buy, dear } from './agents/buying.ts'
import { aCustomer, type Customer, type CustomerKind } from './agents/customer.ts'
import { settleAccount } from './agents/customer-pays.ts'
import { holderOf, outlays, purchases, subscription } from './agents/cards.ts'
import { duty, payroll, state, type Duty } from './agents/inside.ts'
import { charges, owner, transfers } from './agents/treasury.ts'
import { aFirm, aNamesake, aPerson, aSister, elsewhere, named } from './agents/parties.ts'
import { aProcessor, passOn, takings } from './agents/processors.ts'
import { strangers } from './agents/strangers.ts'
import { aSupplier, bill, payBills, payInBatches, payStatements, type Supplier } from './agents/suppliers.ts'
import type { Company, Item, Party } from './books/company.ts'
import { number } from './books/numbering.ts'
import { phrases } from './people/phrases.ts'
import type { Trade } from './trades.ts'

/** Invoices a month, by kind. */
const paces: Readonly<Record<CustomerKind, number>> = {
  chain: 9,
  firm: 1.2,
  public: 1.5,
  private: 0.12,
  member: 1,
  subscriber: 1,
  client: 1.3,
  shopper: 0.1,
}

export function populate(company: Company, trade: Trade, entries: number): void {
  const customers = customersOf(company, trade, entries)
  const { suppliers, acts } = costsOf(company, trade, entries)
  number(
    company,
    new Map(customers.flatMap((customer) => customer.items.map((item): [Item, number] => [item, customer.number]))),
  )
  const prices = customers.slice(0, 400).flatMap(({ items }) => items.slice(0, 1).map(({ cents }) => cents))
  const processors = [aProcessor(company, 'day'), aProcessor(company, 'week')]
  const carried: Item[][] = [[], []]
  for (const customer of customers) {
    if (customer.kind === 'shopper' && customer.isBooked && company.chance.is(0.85))
      carried[customer.number % 2]!.push(...customer.items)
    else settleAccount(company, customer)
  }
  carried.forEach((orders, at) => passOn(company, processors[at]!, orders))
  for (const supplier of suppliers.collected) payBills(company, supplier, true)
  for (const supplier of suppliers.single) payBills(company, supplier, true)
  for (const supplier of suppliers.hidden) payBills(company, supplier, false)
  for (const supplier of suppliers.statement) payStatements(company, supplier)
  payInBatches(company, suppliers.batched)
  for (const act of acts) act()
  const count = Math.round(company.lines.length * 0.045)
  if (prices.length > 0) strangers(company, count, prices)
}

const monthsIn = (company: Company): number => Math.max(1, (company.end - company.start) / 30.4)

/** How many agents of a pace fill that many entries; in a small company each is slower, so that there are at least three. */
function crowd(company: Company, entries: number, pace: number): { readonly count: number; readonly pace: number } {
  const months = monthsIn(company)
  const slower = Math.min(pace, entries / (3 * months))
  return slower <= 0
    ? { count: 0, pace }
    : { count: Math.max(1, Math.round(entries / (slower * months))), pace: slower }
}

function customersOf(company: Company, trade: Trade, entries: number): Customer[] {
  const { chance } = company
  const customers: Customer[] = []
  for (const kind of Object.keys(paces).filter((key): key is CustomerKind => key in paces)) {
    const share = trade.sells[kind]
    if (share === undefined) continue
    const { count, pace } = crowd(company, entries * share, paces[kind])
    let before: Party | null = null
    // Some six in a hundred buy, but their invoices never reached these books.
    for (let left = Math.ceil(count * 1.08); left > 0; left--) {
      const party: Party = before !== null && chance.is(0.07) ? kin(company, before) : acquaintance(company, kind)
      before = party
      const customer = aCustomer(company, kind, party, left <= count)
      buy(company, trade, customer, pace)
      customers.push(customer)
    }
  }
  return customers
}

function kin(company: Company, before: Party): Party {
  return before.person === null ? aSister(company, before, 0.3) : aNamesake(company, before)
}

function acquaintance(company: Company, kind: CustomerKind): Party {
  const { chance, locale } = company
  switch (kind) {
    case 'private':
    case 'member':
    case 'shopper':
      return aPerson(company, kind === 'member' ? 0.35 : 0.08)
    case 'public': {
      const name = chance.pick(locale.publicBodies)
      return named(
        company,
        name,
        chance.is(0.6) ? name.toUpperCase() : `${name} ${chance.pick(['Økonomi', 'Finance', '0301', 'FIN'])}`,
        0.4,
      )
    }
    case 'client':
      return aFirm(company, 0.45, chance.is(0.8) ? elsewhere(chance, company.country) : locale)
    case 'chain':
    case 'firm':
    case 'subscriber':
      return aFirm(
        company,
        kind === 'chain' ? 0.6 : 0.35,
        chance.is(0.06) ? elsewhere(chance, company.country) : locale,
      )
  }
}

type Suppliers = {
  readonly single: Supplier[]
  readonly batched: Supplier[]
  readonly statement: Supplier[]
  readonly collected: Supplier[]
  readonly hidden: Supplier[]
}

function costsOf(
  company: Company,
  trade: Trade,
  entries: number,
): { readonly suppliers: Suppliers; readonly acts: readonly (() => void)[] } {
  const { chance, locale } = company
  const room = (share: number | undefined, pace: number): { readonly count: number; readonly pace: number } =>
    crowd(company, entries * (share ?? 0), pace)
  const suppliers: Suppliers = { single: [], batched: [], statement: [], collected: [], hidden: [] }
  const add = (to: Supplier[], party: Party, pace: number, isCollecting: boolean, isBooked: boolean): void => {
    const supplier = aSupplier(company, party, isCollecting)
    const fixed = isCollecting && chance.is(0.35) ? chance.pick([299, 349, 499, 599, 899]) : null
    const scale = chance.pick([600, 2500, 9000, 40_000])
    for (
      let day = company.start + Math.round((chance.next() * 30) / pace);
      day <= company.end;
      day += Math.max(1, Math.round(isCollecting ? 30.4 / pace : (chance.next() * 2 * 30.4) / pace))
    ) {
      const price =
        fixed ?? (chance.is(0.06) ? Math.round(scale / 100) * 100 : chance.between(scale * 10, scale * 190) / 100)
      bill(
        company,
        supplier,
        day,
        Math.max(100, Math.round(price * dear(company) * 100)),
        chance.pick([10, 14, 30, 30]),
        isBooked,
      )
    }
    to.push(supplier)
  }
  const few = room(trade.costs.suppliers, 0.8)
  let before: Party | null = null
  for (let left = few.count; left > 0; left--) {
    const party: Party = before !== null && chance.is(0.06) ? aSister(company, before, 0.7) : aFirm(company, 0.7)
    before = party
    add(company.batches && chance.is(0.35) ? suppliers.batched : suppliers.single, party, few.pace, false, true)
  }
  for (let left = Math.ceil(few.count * 0.12); left > 0; left--)
    add(suppliers.hidden, aFirm(company, 0), few.pace, false, false)
  const wide = room(trade.costs['foreign suppliers'], 1.5)
  for (let left = wide.count; left > 0; left--)
    add(suppliers.single, aFirm(company, 0.6, elsewhere(chance, company.country)), wide.pace, false, true)
  const monthly = room(trade.costs.statements, 5)
  for (let left = monthly.count; left > 0; left--)
    add(suppliers.statement, aFirm(company, 0.7), monthly.pace, false, true)
  const taken = room(trade.costs.collectors, 1)
  for (let left = taken.count; left > 0; left--) {
    const name = chance.pick(locale.utilities)
    add(
      suppliers.collected,
      named(
        company,
        name,
        chance.is(0.6) ? name.toUpperCase() : `${name} ${chance.pick(['SEPA', 'KUNDE', 'AUTOGIRO', 'BILLING'])}`,
        0.4,
      ),
      taken.pace,
      true,
      true,
    )
  }
  return { suppliers, acts: actsOf(company, trade, entries) }
}

function actsOf(company: Company, trade: Trade, entries: number): (() => void)[] {
  const { chance, locale } = company
  const months = monthsIn(company)
  const unit = dear(company)
  const words = phrases[company.language]
  const acts: (() => void)[] = []
  const staff = Array.from({ length: Math.round((entries * (trade.costs.wages ?? 0)) / months) }, () => ({
    party: aPerson(company, 0.7),
    cents: Math.round(chance.between(1_400_000, 4_200_000) * unit),
  }))
  if (staff.length > 0) acts.push(() => payroll(company, staff))
  const perMonth = (entries * (trade.costs.cards ?? 0)) / months
  const holders = Math.max(1, Math.round(perMonth / 12))
  for (let left = holders; left > 0; left--) {
    const holder = holderOf(company, perMonth / holders)
    acts.push(() => purchases(company, holder))
    if (perMonth > 1 && chance.is(0.8)) acts.push(() => subscription(company, holder))
  }
  const times = Math.max(1, Math.round(entries / 3000))
  const duties: readonly (readonly [
    names: readonly string[],
    kind: Duty['kind'],
    from: number,
    to: number,
    every: number,
    story: string,
    varies: boolean,
    text: string,
  ])[] = [
    [[aFirm(company, 1).name], 'purchase_bill', 6000, 60_000, 1, 'rent', false, words.rent[0]!],
    [locale.lenders, 'loan', 2000, 30_000, 1, 'loan', chance.is(0.3), 'Loan'],
    [locale.insurers, 'purchase_bill', 800, 12_000, 3, 'insurance', false, locale.insurers[0]!.split(' ')[0]!],
    [locale.pensions, 'ledger_posting', 2000, 40_000, 1, 'pension', true, 'Pension'],
  ]
  for (let again = 0; again < times; again++) {
    for (const [names, kind, from, to, every, story, varies, text] of duties) {
      if (entries < 800 && chance.is(0.4)) continue
      const name = chance.pick(names)
      const due: Duty = {
        party: named(company, name, chance.is(0.5) ? name.toUpperCase() : name, 0.6),
        kind,
        cents: Math.round(chance.between(from, to) * unit) * 100,
        every,
        date: chance.pick([1, 1, 5, 10, 15, 20, 28]),
        story,
        varies,
        collects: chance.is(0.4),
        text,
      }
      acts.push(() => duty(company, due))
    }
  }
  acts.push(() => state(company, Math.round(3_000_000 * unit * Math.max(1, staff.length / 3))))
  acts.push(() => transfers(company, Math.max(1, (entries * 0.012) / months)))
  acts.push(() => charges(company, 0.5))
  acts.push(() => outlays(company))
  if (trade.hasOwner) acts.push(() => owner(company, { ...aPerson(company, 0.6) }, 1 + (entries * 0.004) / months))
  const tills = (entries * trade.takings) / (months * 34)
  for (let left = Math.round(tills) || (trade.takings > 0 ? 1 : 0); left > 0; left--) {
    const processor = aProcessor(company, chance.is(0.7) ? 'day' : 'week')
    acts.push(() =>
      takings(
        company,
        processor,
        Math.round(chance.between(500_000, 4_000_000) * unit),
        Math.max(1, Math.round(1 / tills)),
      ),
    )
  }
  return acts
}
