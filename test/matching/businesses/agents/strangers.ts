// Money of people the books do not know: it must be left alone, however much it resembles something.

import { nextWorkday } from '../base/calendar.ts'
import { main, post, type Company, type Item, type Party } from '../books/company.ts'
import { phrases } from '../people/phrases.ts'
import { aNamesake, aPerson } from './parties.ts'
import { serialOf } from './writing.ts'

/** Sums come from the same price list as the company's own; numbers are order, customer and telephone numbers, days and postcodes. */
export function strangers(company: Company, count: number, prices: readonly number[]): void {
  const { chance } = company
  const known = company.items.filter(({ party, kind }) => party !== null && kind === 'sales_invoice')
  for (let left = count; left > 0; left--) {
    const day = nextWorkday(chance.between(company.from, company.end))
    const like = known.length === 0 ? undefined : chance.pick(known)
    const party: Party = like !== undefined && chance.is(0.2) ? aNamesake(company, like.party!) : aPerson(company, 0)
    const isOut = chance.is(0.35)
    const cents = sumOf(company, prices, like)
    post(company, {
      account: main(company), day, cents: isOut ? -cents : cents,
      movement: { channel: chance.is(0.2) ? 'instant' : 'credit', out: isOut, name: party.account.name, iban: party.account.iban, message: words(company, like), reference: null, endToEndId: null },
      story: isOut ? 'not in the books: somebody was paid' : 'not in the books: somebody paid', settles: [],
    }) // prettier-ignore
  }
}

function sumOf(company: Company, prices: readonly number[], like: Item | undefined): number {
  const { chance } = company
  if (like !== undefined && like.currency === company.currency && chance.is(0.25)) return like.cents
  return chance.is(0.4)
    ? chance.pick(prices)
    : chance.is(0.5)
      ? chance.between(1, 90) * 10_000
      : chance.between(1500, 2_500_000)
}

function words(company: Company, like: Item | undefined): string {
  const { chance } = company
  const said = phrases[company.language]
  switch (chance.weighed({ nothing: 3, chat: 3, phone: 1, order: 2, near: 2, gift: 1, date: 1 })) {
    case 'nothing':
      return ''
    case 'chat':
      return chance.pick(said.chat).replaceAll(/\{\w+\}/g, chance.pick(company.locale.cities))
    case 'phone':
      return `tlf ${chance.digits(8)}`
    case 'order':
      return `${chance.pick(said.order)} ${(company.orders += chance.between(1, 9))}`
    case 'near':
      // A number of the same shape as the company's own, which somebody else gave.
      return `${chance.pick(said.customer)} ${like?.documentNumber === undefined || like.documentNumber === null ? chance.digits(5) : Number(serialOf(like.documentNumber)) + chance.between(0, 40)}`
    case 'gift':
      return chance.pick(said.thanks)
    case 'date':
      return `${chance.between(1, 28)}.${chance.between(1, 12)}.2026`
  }
}
