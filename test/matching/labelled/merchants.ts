// Shops that everybody buys from, and what processors put in front of a shop's name.

import type { Chance } from '../random.ts'
import { pairs } from './kit.ts'
import type { Land } from './lands/land.ts'

export function online(chance: Chance): [string, string][] {
  const x = chance.digits(6)
  const letters = chance.digits(3).replaceAll(/\d/g, (digit) => 'KLMNPRSTVX'[Number(digit)]!)
  return pairs(`Amazon|AMZN MKTP ${letters}${x},Amazon|AMAZON.* ${letters}${x},Google Ads|GOOGLE *ADS${x},Google Workspace|GOOGLE*GSUITE,
    Microsoft|MSFT *E0${x},Adobe|ADOBE *CREATIVE CLOUD,LinkedIn|LINKEDIN PREA ${x},Meta annonser|FACEBK *${letters}${x},Apple|APPLE.COM/BILL,
    Uber|UBER *TRIP HELP.UBER.COM,Bolt taxi|BOLT.EU/O/${x},Booking.com|BKG*HOTEL AT BOOKING.C,Airbnb|AIRBNB * HM${letters}${x},Ryanair|RYANAIR 224${x},
    Zoom|ZOOM.US 888-799-9666,Dropbox|DROPBOX*${letters}${x},GitHub|GITHUB INC.,AWS|AWS EMEA,OpenAI|OPENAI *CHATGPT SUBSCR,Canva|CANVA* 0${x},
    IKEA|IKEA ${x.slice(0, 3)},H&M|HM 0${x.slice(0, 3)},McDonald's|MCDONALDS ${x.slice(0, 4)},Temu|TEMU.COM,Spotify|SPOTIFY P${x}`)
}

/** Bought on a journey: name, as printed, currency. */
export function abroad(home: string): readonly (readonly [string, string, string])[] {
  const all = [
    ['Hilton hotel', 'HILTON HTLS 0221 NEW YORK', 'USD'],
    ['Delta Air Lines', 'DELTA AIR 006221', 'USD'],
    ['Notion', 'NOTION LABS INC', 'USD'],
    ['Figma', 'FIGMA MONTHLY RENEWAL', 'USD'],
    ['Taxi Berlin', 'SUMUP *TAXI BERLIN', 'EUR'],
    ['Hotel Barcelona', 'H10 CASANOVA BARCELONA', 'EUR'],
    ['Restaurant Paris', 'LE PROCOPE PARIS 06', 'EUR'],
    ['Eurostar', 'EUROSTAR INTL LONDON', 'GBP'],
    ['Lunch London', 'SQ *THE BREW LONDON', 'GBP'],
    ['SAS lounge', 'ARLANDA EXPRESS STOCKHOLM', 'SEK'],
    ['Taxi København', 'DANTAXI 4X48 KBH', 'DKK'],
    ['Oslo hotell', 'SCANDIC OSLO CITY', 'NOK'],
    ['SBB Ticket', 'SBB CFF FFS BERN', 'CHF'],
  ] as const
  return all.filter(([, , currency]) => currency !== home)
}

/** `SQ *`, `PAYPAL *`: the processor first, and the rest cut. */
export function processed(chance: Chance, bank: string, { country }: Land): string {
  const roll = chance.next()
  if (roll < 0.72) return bank
  const front = chance.pick([
    'SQ *',
    'PAYPAL *',
    'SumUp *',
    'iZ *',
    'KLARNA*',
    'ZETTLE_*',
    country === 'NO' ? 'Vipps*' : 'PP*',
    'NYX*',
    'SP ',
  ])
  return `${front}${bank.replaceAll(/[ .]/g, chance.is(0.3) ? '' : ' ')}`.slice(0, chance.pick([18, 22, 25]))
}
