// Those who send bills, and how the company pays them.

import type { Chance } from '../../random.ts'
import { inMonth, monthNumber, nextWorkday, partsOf } from '../base/calendar.ts'
import { convert, crossRate } from '../base/money.ts'
import { decoratedOgm, referenceOf, type Scheme } from '../base/references.ts'
import { slipped } from '../base/text.ts'
import {
  book,
  main,
  newItem,
  open,
  post,
  postTogether,
  wholly,
  type Company,
  type Item,
  type Party,
  type Posting,
} from '../books/company.ts'
import type { Movement } from '../bank/movement.ts'
import type { Country } from '../../labelled/format.ts'
import { phrases } from '../people/phrases.ts'
import { accountFor } from './incoming.ts'
import { sentBack } from './mishaps.ts'
import { serialOf } from './writing.ts'

export type Supplier = {
  readonly party: Party
  readonly scheme: Scheme | null
  readonly currency: string
  readonly prefix: string
  readonly isCollecting: boolean
  /** Half of them still answer to what people typed into the payment. */
  readonly types: 'reference' | 'number' | 'serial' | 'words' | 'nothing'
  readonly items: Item[]
  next: number
}

export const schemesOf: Readonly<Record<Country, readonly (Scheme | null)[]>> = {
  NO: ['kid10', 'kid10', 'kid11'], SE: ['ocr', 'ocr-length', 'ocr'], DK: ['fik', 'fik', null], FI: ['viite', 'viite', 'rf'], NL: ['kenmerk', null, null],
  BE: ['ogm', 'ogm', 'ogm', null], DE: [null, null, null, 'rf'], GB: [null], FR: [null, null, 'rf'],
} // prettier-ignore

export function aSupplier(company: Company, party: Party, isCollecting: boolean): Supplier {
  const { chance } = company
  const isForeign = party.locale.country !== company.country
  return {
    party,
    scheme: isForeign ? null : chance.pick(schemesOf[party.locale.country]),
    currency: isForeign ? (chance.is(0.25) ? 'USD' : party.locale.currency) : company.currency,
    prefix: chance.pick(['', '', '', 'F', 'INV-', 'RG', 'SI', `${chance.between(24, 26)}-`]),
    isCollecting,
    types: chance.weighed({ reference: 40, number: 44, serial: 6, words: 6, nothing: 4 }),
    items: [],
    next: chance.between(100, 900_000),
  }
}

export function bill(
  company: Company,
  supplier: Supplier,
  day: number,
  homeCents: number,
  terms: number,
  isBooked: boolean,
): Item {
  const { chance } = company
  const cents =
    supplier.currency === company.currency ? homeCents : convert(homeCents, day, company.currency, supplier.currency)
  supplier.next += chance.between(1, 60)
  const documentNumber = `${supplier.prefix}${supplier.next}`
  const reference =
    supplier.scheme === null
      ? null
      : referenceOf(supplier.scheme, `${supplier.next % 97}0${String(supplier.next).padStart(6, '0')}`)
  const item = newItem(company, {
    kind: 'purchase_bill',
    direction: 'out',
    party: supplier.party,
    cents,
    currency: supplier.currency,
    day,
    due: day + terms,
    documentNumber: chance.is(0.95) ? documentNumber : null,
    reference: reference !== null && chance.is(0.88) ? reference : null,
    description: chance.is(0.3) ? chance.pick([...company.locale.trades, ...phrases[company.language].months]) : null,
    endToEndId: company.keepsEndToEnd && !supplier.isCollecting && chance.is(0.9) ? `BF${chance.digits(9)}` : null,
    discount: terms >= 20 && chance.is(0.05) ? { percent: 2, until: day + 10 } : null,
  })
  if (isBooked) company.items.push(item)
  supplier.items.push(item)
  return item
}

/** What the company writes to this supplier. */
function wordsTo(company: Company, supplier: Supplier, item: Item): Pick<Movement, 'message' | 'reference'> {
  const { chance } = company
  const words = phrases[company.language]
  if (item.reference !== null && (supplier.types === 'reference' || chance.is(0.6))) {
    const asField = company.country !== 'BE' || chance.is(0.85)
    return asField
      ? { message: '', reference: item.reference }
      : { message: decoratedOgm(item.reference, '+'), reference: null }
  }
  const number = item.documentNumber ?? ''
  switch (supplier.types) {
    case 'reference':
    case 'number':
      return {
        message: `${chance.is(0.5) ? `${words.invoice[0]!} ` : ''}${chance.is(0.02) ? slipped(chance, number) : number}`,
        reference: null,
      }
    case 'serial':
      return { message: serialOf(number), reference: null }
    case 'words':
      return { message: item.description ?? chance.pick(words.paid), reference: null }
    case 'nothing':
      return { message: '', reference: null }
  }
}

function paymentOf(company: Company, supplier: Supplier, item: Item, day: number, story: string): Posting {
  const { chance } = company
  const account = accountFor(company, item.currency)
  const isForeign = item.currency !== account.currency
  const mid = crossRate(day, item.currency, account.currency)
  const rate = isForeign ? (mid * (1 + chance.between(1, 14) / 1000)).toFixed(4) : '1'
  const less =
    item.discount !== null && day <= item.discount.until ? Math.round((item.cents * item.discount.percent) / 100) : 0
  const cents = Math.round((open(item) - less) * Number(rate))
  const { party } = supplier
  return {
    account,
    day: nextWorkday(day),
    cents: -cents,
    movement: {
      channel: isForeign ? 'foreign' : item.reference !== null ? 'giro' : chance.is(0.1) ? 'instant' : 'credit',
      out: true,
      name: typedName(chance, party),
      iban: party.account.iban,
      ...wordsTo(company, supplier, item),
      endToEndId: item.endToEndId ?? (chance.is(0.3) ? chance.digits(14) : null),
      ...(isForeign ? { foreign: { cents: open(item) - less, currency: item.currency, rate } } : {}),
    },
    story: less > 0 ? 'bill less discount' : isForeign ? 'bill in foreign currency' : story,
    settles: wholly([item]),
  }
}

/** As somebody once typed the payee into the bank. */
function typedName(chance: Chance, { name, body, account }: Party): string {
  return chance.weighed({ name: 60, body: 22, bank: 18 }) === 'name' ? name : chance.is(0.55) ? body : account.name
}

export function payBills(company: Company, supplier: Supplier, isBooked: boolean): void {
  const { chance } = company
  let last = 0
  for (const item of supplier.items) {
    if (item.kind !== 'purchase_bill' || open(item) <= 0 || chance.is(0.05)) continue
    if (supplier.isCollecting) {
      collect(company, supplier, item)
      continue
    }
    const takes = item.discount !== null && chance.is(0.7)
    const day = Math.max(
      last,
      takes
        ? item.discount.until - chance.between(0, 3)
        : (item.due ?? item.day) + chance.pick([-3, -1, 0, 0, 0, 0, 1, 2, 9]),
    )
    last = day
    const posting = paymentOf(company, supplier, item, day, isBooked ? 'bill' : 'not in the books: supplier')
    if (!isBooked) post(company, { ...posting, settles: [] })
    else if (chance.is(0.012)) wrongAccount(company, posting)
    else if (chance.is(0.02)) inParts(company, posting, item)
    else post(company, posting)
  }
}

/** A digit of the account was wrong: the sum comes back and is sent again. */
function wrongAccount(company: Company, posting: Posting): void {
  const { chance } = company
  const sent: Posting = { ...posting, settles: [], story: 'payment returned' }
  const back = sentBack(company, sent, chance.between(1, 6), 'payment returned')
  const isPair =
    postTogether(company, [sent, { ...back, movement: { ...back.movement, channel: 'return', out: false } }]).length > 0
  const day = nextWorkday(back.day + chance.between(1, 6))
  if (isPair) post(company, { ...posting, day, story: 'bill paid again after a return' })
}

function inParts(company: Company, posting: Posting, item: Item): void {
  const first = Math.round((open(item) * company.chance.between(3, 6)) / 1000) * 100
  if (posting.account.currency !== item.currency || first <= 0) return void post(company, posting)
  const second = open(item) - first
  post(company, { ...posting, cents: -first, settles: [{ item, cents: first }], story: 'bill in parts' })
  post(company, {
    ...posting,
    day: nextWorkday(posting.day + 30),
    cents: -second,
    settles: [{ item, cents: second }],
    story: 'bill in parts',
  })
}

/** Power, telephone, programs: they take what they billed, on the day they said. */
function collect(company: Company, supplier: Supplier, item: Item): void {
  const { chance } = company
  const { party } = supplier
  const day = nextWorkday(item.due ?? item.day)
  const number = item.documentNumber ?? ''
  post(company, {
    account: main(company),
    day,
    cents: -open(item),
    movement: {
      channel: 'debit', out: true, name: party.account.name, iban: party.account.iban,
      message: chance.pick([number, `${number} ${partsOf(day).month}/${partsOf(day).year}`, `Kd ${chance.digits(8)} ${number}`, `${phrases[party.language].invoice[0]!} ${number}`, `Abo ${chance.digits(9)}`]),
      reference: null, endToEndId: chance.is(0.4) ? chance.digits(12) : null, mandate: `M${String(supplier.prefix.length)}${party.account.iban.slice(-8)}`,
    },
    story: 'bill collected by direct debit',
    settles: wholly([item]),
  }) // prettier-ignore
}

/** Bills of several suppliers, paid in one run that the bank shows as one line. */
export function payInBatches(company: Company, suppliers: readonly Supplier[]): void {
  const { chance } = company
  const bills = suppliers
    .flatMap(({ items }) => items)
    .filter((item) => item.currency === company.currency && item.discount === null)
  const byMonth = Map.groupBy(
    bills,
    ({ due, day }) => monthNumber(due ?? day) * 2 + (partsOf(due ?? day).date > 15 ? 1 : 0),
  )
  for (const [, month] of [...byMonth].toSorted(([one], [other]) => one - other)) {
    const day = nextWorkday(inMonth(month[0]!.due!, 0, partsOf(month[0]!.due!).date > 15 ? 30 : 15))
    for (let from = 0; from + 1 < month.length;) {
      const batch = month.slice(from, from + chance.between(2, 12))
      from += batch.length
      const id = chance.is(0.5) ? `BATCH${chance.digits(6)}` : null
      if (company.keepsEndToEnd && id !== null) for (const item of batch) item.endToEndId = id
      post(company, {
        account: main(company),
        day,
        cents: -batch.reduce((total, item) => total + open(item), 0),
        movement: {
          channel: 'batch',
          out: true,
          name: null,
          iban: null,
          message: `${phrases[company.language].batch.at(-1)!} ${chance.is(0.6) ? batch.length : ''}`.trim(),
          reference: null,
          endToEndId: id,
        },
        story: 'bills in one batch',
        settles: wholly(batch),
      })
    }
  }
}

/** One who is paid by statement: everything of last month in one sum, credit notes deducted. */
export function payStatements(company: Company, supplier: Supplier): void {
  const { chance } = company
  const notes = supplier.items.filter(() => chance.is(0.04)).map((item) => book(company, {
    kind: 'purchase_credit_note', direction: 'in', party: supplier.party, cents: Math.max(100, Math.round((item.cents * chance.between(5, 50)) / 100)),
    currency: item.currency, day: item.day + chance.between(2, 12), documentNumber: `${supplier.prefix}${supplier.next + chance.between(1, 400)}`,
  })) // prettier-ignore
  const byMonth = Map.groupBy([...supplier.items, ...notes], ({ day }) => monthNumber(day))
  for (const [, items] of [...byMonth].toSorted(([one], [other]) => one - other)) {
    const sum = items.reduce((total, item) => total + (item.kind === 'purchase_bill' ? open(item) : -open(item)), 0)
    if (sum <= 0 || items[0]!.currency !== company.currency) continue
    const numbers = items.map(({ documentNumber }) => documentNumber ?? '').join(', ')
    const day = nextWorkday(inMonth(items[0]!.day, 1, 20))
    post(company, {
      account: main(company),
      day,
      cents: -sum,
      movement: {
        channel: 'credit',
        out: true,
        name: typedName(chance, supplier.party),
        iban: supplier.party.account.iban,
        message: chance.is(0.55)
          ? numbers.slice(0, 140)
          : chance.is(0.5)
            ? phrases[company.language].months[partsOf(items[0]!.day).month - 1]!
            : '',
        reference: null,
        endToEndId: null,
      },
      story: items.length === 1 ? 'bill' : 'several bills of one supplier',
      settles: wholly(items),
    })
  }
}
