// A customer's money on its way: which rail, what survives on it, and in which currency it lands.

import { nextWorkday } from '../base/calendar.ts'
import { crossRate } from '../base/money.ts'
import { slipped } from '../base/text.ts'
import {
  main,
  post,
  type Account,
  type Company,
  type Item,
  type Line,
  type Posting,
  type Settles,
} from '../books/company.ts'
import type { Channel, Movement } from '../bank/movement.ts'
import { phrases } from '../people/phrases.ts'
import type { Customer } from './customer.ts'
import { write, type Hand, type Written } from './writing.ts'

export type Paying = {
  readonly customer: Customer
  readonly day: number
  /** What the payer means to pay, in the invoices' currency. */
  readonly cents: number
  readonly items: readonly Item[]
  readonly settles: readonly Settles[]
  readonly story: string
  /** What this payer wrote for once, instead of by habit. */
  readonly written?: Written
  readonly hand?: Hand
  readonly toldInStory?: boolean
}

export function postingOf(company: Company, paying: Paying): Posting {
  const { chance } = company
  const { customer, day } = paying
  const payer =
    customer.payers.length > 1 && chance.is(customer.payers[1]!.share) ? customer.payers[1]! : customer.payers[0]!
  const written = paying.written ?? wordsOf(company, paying, payer.name)
  const isForeign = customer.party.locale.country !== company.country
  const account = accountFor(company, customer.currency)
  const landed = land(company, paying, account)
  const channel = channelOf(company, customer, written, isForeign)
  // A reference that no rail abroad carries is written where there is room.
  const said =
    channel === 'foreign' && written.reference !== null ? { message: written.reference, reference: null } : written
  const movement: Movement = {
    channel,
    out: false,
    // Some banks pass on the account alone.
    name: chance.is(0.012) ? null : onRail(company, channel, payer.name),
    iban: payer.iban,
    message: limited(company, customer, channel, said.message),
    reference: said.reference,
    endToEndId: chance.is(0.25) ? ownId(company, customer) : null,
    ...(landed.foreign === undefined ? {} : { foreign: landed.foreign }),
    anonymous: chance.is(0.012),
  }
  return {
    account,
    day: nextWorkday(day) + (chance.is(0.8) ? 0 : 1),
    cents: landed.cents,
    movement,
    story: storyOf(paying, written, landed.kept > 0, payer !== customer.payers[0]),
    settles: customer.isBooked ? paying.settles : [],
  }
}

function storyOf(
  { customer, story, toldInStory }: Paying,
  written: Written,
  isLess: boolean,
  isOther: boolean,
): string {
  if (!customer.isBooked) return 'not in the books: customer'
  if (isLess) return `${story}, less a bank's fee`
  if (toldInStory !== true) return story
  return isOther ? `${story}, another pays: ${written.how}` : `${story}: ${written.how}`
}

export function pay(company: Company, paying: Paying): Line | null {
  return post(company, postingOf(company, paying))
}

function wordsOf(company: Company, { customer, items, hand }: Paying, payerName: string): Written {
  const { chance } = company
  return write({
    chance,
    words: phrases[customer.party.language],
    hand:
      hand ??
      (chance.is(0.93)
        ? customer.hand
        : { ...customer.hand, writes: chance.pick(['number', 'nothing', 'period', 'name'] as const), list: 'sum' }),
    scheme: company.scheme,
    items,
    customerNumber: customer.number,
    payerName,
    street: customer.street,
    order: (company.orders += chance.between(1, 3)),
  })
}

export function accountFor(company: Company, currency: string): Account {
  return company.accounts.find((account) => account.currency === currency) ?? main(company)
}

type Landed = {
  readonly cents: number
  readonly kept: number
  readonly foreign?: NonNullable<Movement['foreign']>
}

/** A bank takes its margin on the rate and its fee from the sum. */
function land(company: Company, { customer, cents, day }: Paying, account: Account): Landed {
  const { chance } = company
  const isForeign = customer.party.locale.country !== company.country
  const isSepa = customer.currency === 'EUR' && account.currency === 'EUR'
  const fee = isForeign && !isSepa && customer.bears !== 'OUR' ? chance.pick([500, 750, 1000, 1250, 1500, 2500]) : 0
  if (customer.currency === account.currency) {
    const isKept = fee > 0 && fee <= cents / 10 && chance.is(customer.bears === 'BEN' ? 0.9 : 0.45)
    return isKept
      ? { cents: cents - fee, kept: fee, foreign: { cents, currency: customer.currency, rate: '1.0000' } }
      : { cents, kept: 0 }
  }
  const mid = crossRate(day, customer.currency, account.currency)
  const rate = (mid * (1 - chance.between(1, 14) / 1000)).toFixed(4)
  const gross = Math.round(cents * Number(rate))
  const homeFee = Math.round((customer.bears === 'BEN' ? fee : 0) * crossRate(day, 'EUR', account.currency))
  const kept = homeFee < gross / 20 ? homeFee : 0
  return { cents: Math.max(1, gross - kept), kept, foreign: { cents, currency: customer.currency, rate } }
}

function channelOf(company: Company, customer: Customer, written: Written, isForeign: boolean): Channel {
  const { chance, country } = company
  if (isForeign) return customer.currency === 'EUR' && company.currency === 'EUR' ? 'credit' : 'foreign'
  if (written.reference !== null) return country === 'NL' || country === 'BE' || country === 'DE' ? 'credit' : 'giro'
  if (customer.party.person !== null && (country === 'NO' || country === 'SE' || country === 'DK') && chance.is(0.25))
    return 'mobile'
  if (country === 'GB') return chance.is(0.7) ? 'instant' : 'credit'
  return chance.is(0.12) ? 'instant' : 'credit'
}

function onRail(company: Company, channel: Channel, name: string): string {
  if (channel === 'foreign') return name.toUpperCase().slice(0, 35)
  // Telephone payments show the person behind the number as the operator spells them.
  return channel === 'mobile' && company.chance.is(0.3) ? name.toUpperCase() : name
}

/** What fits: eighteen characters in Britain, twenty on a Danish short notice, fifty by telephone. */
function limited(company: Company, customer: Customer, channel: Channel, message: string): string {
  const { chance } = company
  const country = customer.party.locale.country
  if (channel === 'foreign')
    return message === '' ? '' : chance.is(0.3) ? `/INV/${message}`.slice(0, 140) : message.slice(0, 140)
  if (channel === 'mobile') return message.slice(0, 50)
  if (country === 'GB') return message.slice(0, 18)
  if (country === 'DK' && chance.is(0.4)) return message.slice(0, 20)
  if (country === 'SE' && chance.is(0.2)) return message.slice(0, 25)
  return message.slice(0, 140)
}

/** Ids that payers' programs make: meaningless to us, and full of digits. */
function ownId(company: Company, customer: Customer): string {
  const { chance } = company
  if (customer.party.person !== null) return chance.digits(12)
  return chance.pick([
    `PAY${chance.digits(8)}`,
    `${chance.digits(4)}-${chance.digits(6)}`,
    chance.digits(16),
    `2600${chance.digits(5)}`,
  ])
}

/** The same with another invoice's number, one that was paid long ago. */
export function misquoted(company: Company, customer: Customer, wrong: Item, isSlip: boolean): Written {
  // Last month's payment was taken as a template, reference and all.
  if (!isSlip && customer.hand.writes === 'reference' && wrong.reference !== null)
    return { message: '', reference: wrong.reference, how: 'wrong number' }
  const hand: Hand = { ...customer.hand, writes: 'number', slips: 0 }
  const number = isSlip ? slipped(company.chance, wrong.documentNumber ?? '') : wrong.documentNumber
  return { message: `${hand.word} ${number ?? ''}`.trim(), reference: null, how: 'wrong number' }
}
