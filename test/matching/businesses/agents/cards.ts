// Company cards: the till writes one name, the book-keeper another, and the bank is some days late.

import { inMonth, nextWorkday } from '../base/calendar.ts'
import { convert, crossRate } from '../base/money.ts'
import { book, main, post, postTogether, wholly, type Company, type Item, type Posting } from '../books/company.ts'
import type { Locale, Shop } from '../people/locale.ts'
import { phrases } from '../people/phrases.ts'
import { months } from './inside.ts'
import { elsewhere, named } from './parties.ts'

type Holder = { readonly digits: string; readonly perMonth: number }

/** Sold over the net and billed in other money, wherever the company is. */
const online: readonly (Shop & { readonly currency: string; readonly land: string })[] = [
  { book: 'Google Ads', till: 'GOOGLE *ADS{NR}{NR}', from: 50, to: 900, currency: 'EUR', land: 'IE' },
  { book: 'Meta', till: 'FACEBK *{CODE}', from: 20, to: 750, currency: 'EUR', land: 'IE' },
  { book: 'Adobe', till: 'ADOBE  *ADOBE', from: 24, to: 79, currency: 'EUR', land: 'IE' },
  { book: 'OpenAI', till: 'OPENAI *CHATGPT SUBSCR', from: 20, to: 60, currency: 'USD', land: 'US' },
  { book: 'Figma', till: 'FIGMA MONTHLY RENEWAL', from: 15, to: 90, currency: 'USD', land: 'US' },
  { book: 'GitHub', till: 'GITHUB, INC.', from: 4, to: 84, currency: 'USD', land: 'US' },
  { book: 'Microsoft 365', till: 'MSFT * E0{NR}{CODE}', from: 11, to: 180, currency: 'EUR', land: 'IE' },
  { book: 'Amazon', till: 'AMZN MKTP DE*{CODE}', from: 8, to: 260, currency: 'EUR', land: 'LU' },
  { book: 'Booking.com hotell', till: 'HOTEL AT BOOKING.COM', from: 70, to: 640, currency: 'EUR', land: 'NL' },
  { book: 'AliExpress', till: 'PAYPAL *ALIPAYEUROP', from: 3, to: 140, currency: 'USD', land: 'LU' },
  { book: 'Zoom', till: 'ZOOM.US 888-799-9666', from: 14, to: 60, currency: 'USD', land: 'US' },
  { book: 'Uber', till: 'UBER   *TRIP HELP.UBER', from: 8, to: 55, currency: 'GBP', land: 'NL' },
  { book: 'Shutterstock', till: 'PAYPAL *SHUTTERSTOC', from: 25, to: 49, currency: 'USD', land: 'US' },
]

function tillOf(company: Company, locale: Locale, shop: Shop): string {
  const { chance } = company
  return shop.till
    .replaceAll('{CITY}', () => chance.pick(locale.cities).toUpperCase())
    .replaceAll('{NR}', () => chance.digits(3))
    .replaceAll('{LAST}', () => chance.pick(locale.last).toUpperCase())
    .replaceAll(
      '{CODE}',
      () => `${chance.digits(2)}${chance.pick(['K', 'X', 'T'])}${chance.digits(2)}${chance.pick(['Q', 'Z', 'V'])}`,
    )
}

export function holderOf(company: Company, perMonth: number): Holder {
  return { digits: company.chance.digits(4), perMonth }
}

export function purchases(company: Company, holder: Holder): void {
  const { chance, locale } = company
  for (const month of months(company, 1)) {
    for (
      let count = chance.between(Math.floor(holder.perMonth * 0.5), Math.ceil(holder.perMonth * 1.5));
      count > 0;
      count--
    ) {
      const day = month + chance.between(0, 27)
      const isTravelling = chance.is(0.08)
      if (chance.is(0.16)) onlinePurchase(company, holder, day)
      else if (isTravelling) inShop(company, holder, elsewhere(chance, company.country), day)
      else inShop(company, holder, locale, day)
    }
  }
}

function inShop(company: Company, holder: Holder, where: Locale, day: number): void {
  const { chance } = company
  const shop = chance.pick(where.shops)
  const cents = chance.is(0.15)
    ? chance.between(shop.from, shop.to) * 100
    : chance.between(shop.from * 100, shop.to * 100)
  buy(company, holder, {
    shop,
    till: tillOf(company, where, shop),
    city: chance.pick(where.cities),
    land: where.country,
    currency: where.currency,
    cents,
    day,
  })
}

function onlinePurchase(company: Company, holder: Holder, day: number): void {
  const { chance } = company
  const shop = chance.pick(online)
  buy(company, holder, {
    shop,
    till: tillOf(company, company.locale, shop),
    city: '',
    land: shop.land,
    currency: shop.currency,
    cents: chance.between(shop.from * 100, shop.to * 100),
    day,
  })
}

type Purchase = {
  readonly shop: Shop
  readonly till: string
  readonly city: string
  readonly land: string
  readonly currency: string
  readonly cents: number
  readonly day: number
}

function buy(company: Company, holder: Holder, purchase: Purchase): void {
  const { chance } = company
  const { shop, day, currency, cents } = purchase
  const isForeign = currency !== company.currency
  const kind = chance.weighed({ receipt: 74, missing: 15, private: 7, returned: 2, tip: 2 })
  const rate = (crossRate(day, currency, company.currency) * (1 + chance.between(3, 22) / 1000)).toFixed(4)
  const charged = isForeign ? Math.round(cents * Number(rate)) : cents
  // Receipts are booked in the money they are printed in, or as somebody reckoned it.
  const isReckoned = isForeign && chance.is(0.5)
  const receipt = isReckoned ? convert(cents, day, currency, company.currency) : cents
  const item =
    kind === 'receipt' || kind === 'tip'
      ? expense(company, shop, receipt, isReckoned ? company.currency : currency, day)
      : null
  const tip = kind === 'tip' && !isForeign ? chance.pick([500, 1000, Math.round(cents / 10)]) : 0
  const posting: Posting = {
    account: main(company),
    day: nextWorkday(day + chance.between(1, 4)),
    cents: -(charged + tip),
    movement: {
      channel: 'card', out: true, name: purchase.till, iban: null, message: '', reference: null, endToEndId: null,
      card: { day, digits: holder.digits, place: purchase.city, land: isForeign || chance.is(0.3) ? purchase.land : '' },
      ...(isForeign ? { foreign: { cents, currency, rate } } : {}),
    },
    story: storyOf(kind, isForeign),
    settles: item === null ? [] : wholly([item]),
  } // prettier-ignore
  if (kind === 'returned')
    postTogether(company, [
      posting,
      {
        ...posting,
        day: nextWorkday(posting.day + chance.between(2, 12)),
        cents: charged,
        movement: { ...posting.movement, out: false },
      },
    ])
  else post(company, posting)
}

function storyOf(kind: string, isForeign: boolean): string {
  if (kind === 'missing') return 'not in the books: receipt missing'
  if (kind === 'private') return 'not in the books: private purchase'
  if (kind === 'returned') return 'card purchase given back'
  if (kind === 'tip') return 'card purchase with tip'
  return isForeign ? 'card purchase in other currency' : 'card purchase'
}

function expense(company: Company, shop: Shop, cents: number, currency: string, day: number): Item {
  const { chance } = company
  const party = named(company, shop.book, shop.till, 0)
  return book(company, {
    kind: 'expense', direction: 'out', party, cents, currency, day: day + (chance.is(0.9) ? 0 : chance.between(-1, 3)),
    name: chance.is(0.85) ? shop.book : null, iban: null,
    description: chance.is(0.5) ? chance.pick([shop.book, ...phrases[company.language].chat.slice(0, 1), company.locale.trades[chance.between(0, 8)]!]) : null,
    documentNumber: chance.is(0.2) ? chance.digits(chance.between(4, 9)) : null,
  }) // prettier-ignore
}

/** The same sum from the same shop every month; one month's receipt is missing. */
export function subscription(company: Company, holder: Holder): void {
  const { chance, locale } = company
  const shop = chance.pick(online)
  const inHome = chance.is(0.5)
  const cents = inHome
    ? chance.pick([9900, 14_900, 29_900, 49_900, 7900]) /
      (locale.currency === 'EUR' || locale.currency === 'GBP' ? 10 : 1)
    : chance.between(shop.from, shop.to) * 100 - 1
  const date = chance.between(1, 28)
  const till = tillOf(company, locale, shop)
  for (const day of months(company, date)) {
    const currency = inHome ? company.currency : shop.currency
    const rate = (crossRate(day, currency, company.currency) * 1.012).toFixed(4)
    const isBooked = !chance.is(0.09)
    const item = isBooked ? expense(company, shop, cents, currency, day) : null
    post(company, {
      account: main(company), day: nextWorkday(day + chance.between(0, 3)), cents: -(inHome ? cents : Math.round(cents * Number(rate))),
      movement: { channel: 'card', out: true, name: till, iban: null, message: '', reference: null, endToEndId: null, card: { day, digits: holder.digits, place: '', land: shop.land }, ...(currency === company.currency ? {} : { foreign: { cents, currency, rate } }) },
      story: isBooked ? 'subscription by card' : 'not in the books: subscription', settles: item === null ? [] : wholly([item]),
    }) // prettier-ignore
  }
}

/** What somebody bought for himself with the company's money, and pays back. */
export function outlays(company: Company): void {
  const { chance } = company
  for (const month of months(company, 15)) {
    if (!chance.is(0.3)) continue
    const last = chance.pick(company.locale.last)
    const party = named(company, `${chance.pick(company.locale.first)} ${last}`, last, 0.3)
    const item = book(company, {
      kind: 'expense',
      direction: 'out',
      party,
      cents: chance.between(4000, 390_000),
      day: month - chance.between(0, 12),
      description: phrases[company.language].paid[0]!,
    })
    post(company, {
      account: main(company),
      day: nextWorkday(inMonth(month, 0, 26)),
      cents: -item.cents,
      movement: {
        channel: 'credit',
        out: true,
        name: party.name,
        iban: party.account.iban,
        message: chance.is(0.5) ? chance.pick(phrases[company.language].paid) : '',
        reference: null,
        endToEndId: null,
      },
      story: 'outlay paid back',
      settles: wholly([item]),
    })
  }
}
