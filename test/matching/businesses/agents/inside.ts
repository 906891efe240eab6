// What every company has: wages, the state, rent, loans, insurance.

import { inMonth, monthNumber, nextWorkday } from '../base/calendar.ts'
import { referenceOf } from '../base/references.ts'
import { book, main, post, wholly, type Company, type Item, type Line, type Party } from '../books/company.ts'
import { phrases } from '../people/phrases.ts'
import { named } from './parties.ts'
import { monthWord } from './writing.ts'

export function* months(company: Company, date: number): Generator<number> {
  for (let day = inMonth(company.start, 0, date); day <= company.end; day = inMonth(day, 1, date))
    if (day >= company.start) yield day
}

/** Everybody on one day: person by person, or one sum for all. */
export function payroll(company: Company, staff: readonly { readonly party: Party; readonly cents: number }[]): void {
  const { chance } = company
  const words = phrases[company.language]
  const date = chance.pick([10, 12, 15, 20, 25, 28])
  const isOneSum = company.batches && staff.length > 1
  for (const day of months(company, date)) {
    const items = staff.map(({ party, cents }) => {
      const extra = chance.is(0.45) ? chance.between(-8000, 45_000) : 0
      return book(company, {
        kind: 'payroll',
        direction: 'out',
        party,
        cents: cents + extra,
        day: day - chance.between(1, 6),
        due: day,
        description: `${words.salary[0]!.replace(' {MONTH}', '')} ${monthWord(chance, words, day)}`,
      })
    })
    const message = chance.pick(words.salary).replace('{MONTH}', monthWord(chance, words, day))
    const on = nextWorkday(day)
    if (isOneSum) {
      const cents = -items.reduce((total, item) => total + item.cents, 0)
      post(company, {
        account: main(company),
        day: on,
        cents,
        movement: {
          channel: 'batch',
          out: true,
          name: null,
          iban: null,
          message: chance.is(0.7) ? `${message} ${chance.is(0.4) ? items.length : ''}`.trim() : words.batch[0]!,
          reference: null,
          endToEndId: null,
        },
        story: 'wages in one sum',
        settles: wholly(items),
      })
      continue
    }
    items.forEach((item, at) => {
      const { party } = staff[at]!
      post(company, {
        account: main(company),
        day: on,
        cents: -item.cents,
        movement: {
          channel: 'credit',
          out: true,
          name: chance.is(0.85) ? party.name : party.account.name,
          iban: party.account.iban,
          message: chance.is(0.9) ? message : '',
          reference: null,
          endToEndId: null,
        },
        story: 'wages of one',
        settles: wholly([item]),
      })
    })
  }
}

/** Several kinds of tax, often in one payment; now and then some comes back. */
export function state(company: Company, monthlyCents: number): void {
  const { chance, locale } = company
  const office = {
    ...named(
      company,
      locale.taxOffice.book,
      locale.taxOffice.bank.replace('{CITY}', chance.pick(locale.cities).toUpperCase()),
      0.7,
    ),
    body: locale.taxOffice.book,
  }
  const isTogether = chance.is(0.5)
  const every = chance.pick([1, 2])
  const fixed =
    company.scheme === null ? null : referenceOf(company.scheme, chance.digits(company.scheme === 'ogm' ? 10 : 9))
  for (const day of months(company, chance.pick([10, 12, 15]))) {
    if (monthNumber(day) % every !== 0) continue
    const items = locale.taxes.slice(0, chance.between(2, 3)).map((tax, at) =>
      book(company, {
        kind: 'tax',
        direction: 'out',
        party: office,
        cents: Math.round((monthlyCents * chance.between(40, 130)) / (100 * (at + 1))) * every,
        day: day - chance.between(6, 20),
        due: day,
        description: `${tax} ${monthWord(chance, phrases[company.language], day - 28)}`,
        reference: chance.is(0.7) ? fixed : null,
      }),
    )
    const pay = (some: readonly Item[], story: string): Line | null =>
      post(company, {
        account: main(company),
        day: nextWorkday(day),
        cents: -some.reduce((total, item) => total + item.cents, 0),
        movement: {
          channel: fixed === null ? 'credit' : 'giro',
          out: true,
          name: office.account.name,
          iban: office.account.iban,
          message: some.length === 1 && chance.is(0.6) ? (some[0]!.description ?? '') : '',
          reference: some.some(({ reference }) => reference !== null) ? fixed : null,
          endToEndId: null,
        },
        story,
        settles: wholly(some),
      })
    if (isTogether) pay(items, 'taxes in one payment')
    else for (const item of items) pay([item], 'one tax')
    if (chance.is(0.06)) {
      const back = book(company, {
        kind: 'tax',
        direction: 'in',
        party: office,
        cents: chance.between(20_000, 3_000_000),
        day: day + 10,
        description: locale.taxes.at(-1)!,
      })
      post(company, {
        account: main(company),
        day: nextWorkday(day + chance.between(14, 40)),
        cents: back.cents,
        movement: {
          channel: 'credit',
          out: false,
          name: office.account.name,
          iban: office.account.iban,
          message: back.description ?? '',
          reference: null,
          endToEndId: null,
        },
        story: 'tax refund',
        settles: wholly([back]),
      })
    }
  }
}

export type Duty = {
  readonly party: Party
  readonly kind: Item['kind']
  readonly cents: number
  readonly every: number
  readonly date: number
  readonly story: string
  readonly varies: boolean
  readonly collects: boolean
  readonly text: string
}

/** Rent, insurance, pension, leasing: the same month after month; once in a while the month is missing in the books. */
export function duty(company: Company, due: Duty): void {
  const { chance } = company
  const contract = chance.digits(7)
  const constant =
    company.scheme !== null && chance.is(0.5)
      ? referenceOf(company.scheme, contract.padStart(company.scheme === 'ogm' ? 10 : 7, '0'))
      : null
  for (const day of months(company, due.date)) {
    if (monthNumber(day) % due.every !== 0) continue
    const cents = due.varies ? Math.round((due.cents * chance.between(70, 135)) / 100) : due.cents
    const isBooked = !chance.is(0.06)
    const issue = day - chance.between(1, 16)
    const description = `${due.text} ${monthWord(chance, phrases[company.language], day)}`
    const given = {
      kind: due.kind,
      direction: 'out',
      party: due.party,
      cents,
      day: issue,
      due: day,
      description: chance.is(0.7) ? description : null,
      reference: constant,
      documentNumber: due.kind === 'purchase_bill' ? `${contract.slice(0, 3)}${monthNumber(day) - 24_000}` : null,
    } as const
    const items = isBooked ? bookedAs(company, given, due) : []
    post(company, {
      account: main(company), day: nextWorkday(day), cents: -cents,
      movement: { channel: due.collects ? 'debit' : constant === null ? 'credit' : 'giro', out: true, name: due.party.account.name, iban: due.party.account.iban, message: chance.pick([due.text, description, contract, `${due.text} ${contract}`, '']), reference: due.collects ? null : constant, endToEndId: null, ...(due.collects ? { mandate: `MND${contract}` } : {}) },
      story: isBooked ? due.story : `not in the books: ${due.story}`, settles: wholly(items),
    }) // prettier-ignore
  }
}

/** A loan is one entry, or interest and principal apart. */
function bookedAs(company: Company, given: Parameters<typeof book>[1], { kind }: Duty): Item[] {
  if (kind !== 'loan' || company.chance.is(0.5)) return [book(company, given)]
  const interest = Math.round((given.cents * company.chance.between(12, 35)) / 100)
  const words = phrases[company.language]
  return [
    book(company, { ...given, cents: given.cents - interest }),
    book(company, { ...given, kind: 'ledger_posting', cents: interest, description: words.interest[0]! }),
  ]
}
