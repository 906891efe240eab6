// Those who take money for the company and pass it on less their fee: card terminals, web payments, telephones.

import type { Chance } from '../../random.ts'
import { nextWorkday, partsOf, weekdayOf, writeDay } from '../base/calendar.ts'
import { book, main, open, post, wholly, type Company, type Item, type Party, type Posting } from '../books/company.ts'
import { phrases } from '../people/phrases.ts'
import { named } from './parties.ts'

export type Processor = {
  readonly party: Party
  readonly name: string
  /** In ten-thousandths of the sum, and a fixed sum per sale. */
  readonly share: number
  readonly each: number
  readonly lag: number
  readonly every: 'day' | 'week'
  readonly words: 'id' | 'date' | 'brand' | 'gross'
  /** Some pay the whole and bill the fee. */
  readonly isNet: boolean
}

type House = readonly [name: string, bank: string, share: number, each: number, where: string]

const houses: readonly House[] = [
  ['Stripe', 'STRIPE PAYMENTS EUROPE LTD', 150, 25, ''],
  ['Stripe', 'STRIPE TECHNOLOGY EU', 140, 25, ''],
  ['Adyen', 'ADYEN N.V.', 110, 12, ''],
  ['Klarna', 'KLARNA BANK AB', 249, 35, 'NO SE DK FI NL DE GB'],
  ['Mollie', 'STICHTING MOLLIE PAYMENTS', 120, 25, 'NL BE DE FR GB'],
  ['Vipps', 'VIPPS MOBILEPAY AS', 175, 100, 'NO DK FI SE'],
  ['SumUp', 'SUMUP LIMITED', 169, 0, ''],
  ['Zettle', 'PAYPAL EUROPE ZETTLE', 175, 0, 'NO SE DK FI NL DE GB FR'],
  ['Nets', 'NETS BRANCH OF NEXI', 85, 0, 'NO SE DK FI'],
  ['Worldline', 'WORLDLINE SA/NV', 95, 5, 'BE NL DE FR SE'],
  ['PayPal', 'PAYPAL EUROPE S.A.R.L.', 289, 35, ''],
  ['Swedbank Pay', 'SWEDBANK PAY', 99, 10, 'SE NO DK'],
]

export function aProcessor(company: Company, every: 'day' | 'week'): Processor {
  const { chance } = company
  const [name, bank, share, each] = chance.pick(
    houses.filter(([, , , , where]) => where === '' || where.includes(company.country)),
  )
  return {
    party: named(company, name, bank, 0.4), name, share, each, lag: chance.between(1, 4), every,
    words: chance.weighed({ id: 4, date: 3, brand: 3, gross: 1 }), isNet: chance.is(0.8),
  } // prettier-ignore
}

function feeOf({ share, each, isNet }: Processor, gross: number, sales: number): number {
  return isNet ? Math.round((gross * share) / 10_000) + each * sales : 0
}

/** What the processor says of the sum it sends. */
function notice(company: Company, processor: Processor, takenOn: number, gross: number): string {
  const { chance } = company
  switch (processor.words) {
    case 'id':
      return `${processor.name.toUpperCase().slice(0, 6)} ${chance.pick(['PO', 'TX', 'STL', 'BATCH'])}${chance.digits(8)}`
    case 'date':
      return `${processor.name} ${writeDay(takenOn, company.locale.dates)}`
    case 'brand':
      return `${processor.name} ${company.name}`.slice(0, 35)
    case 'gross':
      return `BRUTTO ${(gross / 100).toFixed(2)} FEE ${(feeOf(processor, gross, 1) / 100).toFixed(2)}`
  }
}

function payoutOf(
  company: Company,
  processor: Processor,
  items: readonly Item[],
  takenOn: number,
  story: string,
): Posting {
  const gross = items.reduce((total, item) => total + (item.direction === 'in' ? open(item) : -open(item)), 0)
  return {
    account: main(company),
    day: nextWorkday(takenOn + processor.lag),
    cents: gross - feeOf(processor, gross, items.length),
    movement: {
      channel: 'payout',
      out: false,
      name: processor.party.account.name,
      iban: processor.party.account.iban,
      message: notice(company, processor, takenOn, gross),
      reference: null,
      endToEndId: company.chance.is(0.3) ? company.chance.digits(16) : null,
    },
    story,
    settles: wholly(items),
  }
}

/** Web sales: orders of one or several days, refunds deducted, in one payout. */
export function passOn(company: Company, processor: Processor, orders: readonly Item[]): void {
  const { chance } = company
  const sorted = orders.toSorted((one, other) => one.day - other.day)
  const most = processor.every === 'day' ? 1 : 7
  for (let at = 0; at < sorted.length;) {
    const first = sorted[at]!
    const group: Item[] = []
    while (at < sorted.length && group.length < 12 && sorted[at]!.day < first.day + most) group.push(sorted[at++]!)
    const gross = group.reduce((total, item) => total + open(item), 0)
    if (gross <= 0) continue
    post(
      company,
      tracked(
        company,
        payoutOf(
          company,
          processor,
          group,
          group.at(-1)!.day,
          group.length === 1 ? 'payout for one sale' : 'payout for several sales',
        ),
        group,
      ),
    )
    if (chance.is(0.02)) dispute(company, processor, group[0]!)
  }
}

/** Shops whose program notes on each sale the order that the payout names, or the payout itself. */
function tracked(company: Company, payout: Posting, group: readonly Item[]): Posting {
  const { chance } = company
  if (group.length === 1 && chance.is(0.5)) {
    const order = String((company.orders += chance.between(1, 3)))
    group[0]!.description = `${phrases[company.language].order[0]!} ${order}`
    return { ...payout, movement: { ...payout.movement, message: `${payout.movement.message} ${order}` } }
  }
  const id = /\d{8}/.exec(payout.movement.message)?.[0]
  if (id !== undefined && chance.is(0.35)) for (const item of group) item.description = `Payout ${id}`
  return payout
}

/** The buyer disputes the sale: the processor takes the sum back, with its fee. */
function dispute(company: Company, processor: Processor, item: Item): void {
  const { chance } = company
  post(company, {
    account: main(company), day: nextWorkday(item.day + chance.between(20, 60)), cents: -(item.cents + chance.pick([0, 1500, 2000])),
    movement: { channel: 'debit', out: true, name: processor.party.account.name, iban: processor.party.account.iban, message: `CHARGEBACK ${item.documentNumber ?? ''}`, reference: null, endToEndId: null, mandate: `CB${chance.digits(6)}` },
    story: 'chargeback of a sale', settles: [],
  }) // prettier-ignore
}

/** A till: each day's takings are one posting by card and one in cash; the bank sees payouts and, weekly, what is carried to it. */
export function takings(company: Company, processor: Processor, meanCents: number, everyDays: number): void {
  const { chance } = company
  const words = phrases[company.language]
  const closed = chance.between(0, 2)
  let drawer: Item[] = []
  let waiting: Item[] = []
  for (let day = company.start; day <= company.end; day++) {
    if (weekdayOf(day) === closed || (everyDays > 1 && day % everyDays !== 0 && weekdayOf(day) !== 6)) continue
    const cents = Math.round(meanCents * (chance.between(40, 160) / 100) * (weekdayOf(day) >= 5 ? 1.5 : 1))
    const card = book(company, {
      kind: 'ledger_posting', direction: 'in', party: processor.party, cents, day, name: chance.is(0.6) ? processor.name : null, iban: null,
      description: chance.pick([`Z ${writeDay(day, company.locale.dates)}`, `${writeDay(day, company.locale.dates)} ${processor.name}`, 'Kort', `Z-rapport ${chance.digits(4)}`]),
    }) // prettier-ignore
    waiting.push(card)
    if (processor.every === 'day' || weekdayOf(day) === 0 || weekdayOf(day) === 6) {
      post(
        company,
        payoutOf(
          company,
          processor,
          waiting,
          day,
          waiting.length === 1 ? 'payout for a day' : 'payout for several days',
        ),
      )
      waiting = []
    }
    if (chance.is(0.3))
      drawer.push(
        book(company, {
          kind: 'ledger_posting',
          direction: 'in',
          party: null,
          cents: Math.round(cents / chance.between(60, 200)) * 10,
          day,
          description: words.deposit,
        }),
      )
    if (weekdayOf(day) === 4 && drawer.length > 0 && chance.is(0.6)) {
      deposit(company, chance, drawer, day)
      drawer = []
    }
  }
}

function deposit(company: Company, chance: Chance, drawer: readonly Item[], day: number): void {
  post(company, {
    account: main(company), day: nextWorkday(day), cents: drawer.reduce((total, item) => total + open(item), 0),
    movement: { channel: 'cash', out: false, name: null, iban: null, message: `${phrases[company.language].deposit} ${chance.is(0.5) ? `${chance.digits(4)} ${partsOf(day).month}` : ''}`.trim(), reference: null, endToEndId: null },
    story: 'cash paid in', settles: wholly(drawer),
  }) // prettier-ignore
}
