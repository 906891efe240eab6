// Money within the house: between the company's own accounts, to its bank, to its owner.

import { nextWorkday } from '../base/calendar.ts'
import { crossRate } from '../base/money.ts'
import { titled } from '../base/text.ts'
import {
  book,
  main,
  post,
  postTogether,
  wholly,
  type Company,
  type Item,
  type Party,
  type Posting,
} from '../books/company.ts'
import { phrases } from '../people/phrases.ts'
import { months } from './inside.ts'
import { monthWord } from './writing.ts'

/** Money moved between the company's own accounts. */
export function transfers(company: Company, perMonth: number): void {
  const { chance, accounts } = company
  const words = phrases[company.language]
  for (const month of months(company, 1)) {
    for (let count = Math.floor(perMonth) + (chance.is(perMonth % 1) ? 1 : 0); count > 0; count--) {
      const from = chance.is(0.7) ? accounts[0]! : chance.pick(accounts)
      const to = chance.pick(accounts.filter((account) => account !== from))
      const day = nextWorkday(month + chance.between(0, 27))
      const cents = chance.is(0.7) ? chance.between(1, 80) * 250_000 : chance.between(90_000, 9_000_000)
      const foreign = from.currency !== to.currency
      const rate = (crossRate(day, from.currency, to.currency) * (1 - chance.between(1, 8) / 1000)).toFixed(4)
      const arrives = foreign ? Math.round(cents * Number(rate)) : cents
      const message = chance.is(0.6) ? chance.pick(words.own) : ''
      const name = chance.is(0.8) ? company.name : titled(company.name)
      const item = chance.is(0.5)
        ? book(company, {
            kind: 'transfer',
            direction: 'transfer',
            party: null,
            name: null,
            cents,
            currency: from.currency,
            day: day - chance.between(0, 2),
            from,
            to,
            description: chance.is(0.5) ? words.own[0]! : null,
          })
        : null
      const told = foreign ? { foreign: { cents, currency: from.currency, rate } } : {}
      const half = (out: boolean): Posting => ({
        account: out ? from : to,
        day: out ? day : nextWorkday(day + (chance.is(0.7) ? 0 : chance.between(1, 3))),
        cents: out ? -cents : arrives,
        movement: {
          channel: 'own',
          out,
          name,
          iban: out ? to.iban : from.iban,
          message,
          reference: null,
          endToEndId: null,
          anonymous: chance.is(0.15),
          ...told,
        },
        story: `${foreign ? 'own transfer between currencies' : 'own transfer'}${item === null ? ', not in the books' : ''}`,
        settles: out && item !== null ? wholly([item]) : [],
      })
      pair(company, half(true), half(false), item)
    }
  }
}

function pair(company: Company, out: Posting, into: Posting, item: Item | null): void {
  if (out.day >= company.from && into.day <= company.end)
    postTogether(company, [out, { ...into, settles: item === null ? [] : [{ item, cents: 0 }] }])
  else if (out.day < company.from && into.day < company.from) post(company, out)
}

/** The bank's own lines: often nobody booked them. */
export function charges(company: Company, isBooked: number): void {
  const { chance } = company
  const words = phrases[company.language]
  const fixed = chance.pick([2500, 4900, 9500, 12_500])
  for (const day of months(company, chance.pick([1, 3, 30]))) {
    const isFee = chance.is(0.7)
    const isOut = isFee || chance.is(0.5)
    const cents = isFee && chance.is(0.5) ? fixed : chance.between(120, 48_000)
    const text = chance.pick(isFee ? words.fee : words.interest)
    const item = chance.is(isBooked)
      ? book(company, {
          kind: isFee ? 'bank_fee' : 'ledger_posting',
          direction: isOut ? 'out' : 'in',
          party: null,
          name: chance.is(0.4) ? main(company).bic : null,
          cents,
          day: day - chance.between(0, 1),
          description: isFee ? words.fee[0]! : words.interest[0]!,
        })
      : null
    post(company, {
      account: main(company),
      day: nextWorkday(day),
      cents: isOut ? -cents : cents,
      movement: {
        channel: isFee ? 'fee' : 'interest',
        out: isOut,
        name: null,
        iban: null,
        message: `${text}${chance.is(0.4) ? ` ${monthWord(chance, words, day - 20)}` : ''}`,
        reference: null,
        endToEndId: null,
      },
      story: `${isFee ? 'bank fee' : 'interest'}${item === null ? ', not in the books' : ''}`,
      settles: item === null ? [] : wholly([item]),
    })
  }
}

/** What the owner takes, and what is his or hers alone. */
export function owner(company: Company, party: Party, perMonth: number): void {
  const { chance } = company
  const words = phrases[company.language]
  for (const month of months(company, 1)) {
    for (let count = Math.max(1, Math.round(perMonth)); count > 0; count--) {
      const day = nextWorkday(month + chance.between(0, 27))
      const cents = chance.between(1, 40) * 50_000
      const isBooked = chance.is(0.5)
      const item = isBooked
        ? book(company, { kind: 'ledger_posting', direction: 'out', party, cents, day, description: words.private[0]! })
        : null
      post(company, {
        account: main(company),
        day,
        cents: -cents,
        movement: {
          channel: 'credit',
          out: true,
          name: party.account.name,
          iban: party.account.iban,
          message: chance.is(0.6) ? chance.pick(words.private) : '',
          reference: null,
          endToEndId: null,
        },
        story: isBooked ? 'drawings' : 'not in the books: drawings',
        settles: item === null ? [] : wholly([item]),
      })
    }
  }
}
