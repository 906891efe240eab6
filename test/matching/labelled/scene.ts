// What a story has at hand: a company, a stretch of days, and the hands to write an invoice and a bank line with.

import type { Chance } from '../random.ts'
import { dress, type Payment } from './bank-style.ts'
import type { Books, Fit, Item, ItemSpec, Line } from './books.ts'
import { ratesOn } from './format.ts'
import { dayOfMonth, fill, iso, workdayFrom } from './kit.ts'
import type { Land } from './lands/land.ts'
import type { Party } from './parties.ts'
import { referenceOf } from './references.ts'
import { priceOf, type Account, type World } from './world.ts'

export type Scene = {
  readonly chance: Chance
  readonly land: Land
  readonly world: World
  readonly books: Books
  /** When the bank lines of this telling may be booked. */
  readonly from: number
  readonly to: number
  readonly saleNumber: (day: number) => number
  readonly voucherNumber: (day: number) => number
  /** Whether this is the first time that this is said: a month's rent is paid once. */
  readonly once: (what: string) => boolean
}

export type Story = {
  readonly name: string
  /** Its part of all bank lines. */
  readonly share: number
  readonly tell: (scene: Scene, story: string) => void
}

/** A working day in the scene; of a party that pays on one day of the month, that day. */
export function someDay({ chance, from, to }: Scene, payday: number | null = null, room = 0): number {
  const day = chance.between(from, Math.max(from, to - room))
  if (payday === null) return Math.min(to, workdayFrom(day))
  const moved = workdayFrom(day - dayOfMonth(day) + payday)
  return moved < from || moved > to ? Math.min(to, workdayFrom(day)) : moved
}

/** The day an invoice was written that is paid on this one. */
export function issuedBefore({ chance, world }: Scene, party: Party, paid: number): number {
  const days =
    party.termDays + party.lateDays - chance.between(0, 6) - (chance.is(0.15) ? chance.between(0, party.termDays) : 0)
  return Math.max(world.span.first, paid - Math.max(1, days))
}

export function saleOf(
  scene: Scene,
  party: Party,
  { issue, amount, ...rest }: { issue: number; amount?: number } & Partial<ItemSpec>,
): Item {
  const { chance, world, books, land } = scene
  const { number, serial } = saleNumber(scene, issue)
  const price = amount ?? party.price ?? priceOf(chance, world)
  return books.item({
    kind: 'sales_invoice',
    direction: 'in',
    amount: price,
    currency: party.currency,
    issue,
    due: issue + party.termDays,
    name: party.bookName,
    iban: world.knowsIbans ? party.bookIban : null,
    reference: world.plan === null ? null : referenceOf(world.plan, { serial, customer: party.number }),
    number,
    description: chance.is(0.5) ? chance.pick(land.say.goods) : null,
    party,
    ...rest,
  })
}

export function saleNumber(scene: Scene, issue: number): { number: string; serial: string } {
  const count = String(scene.saleNumber(issue))
  const year = iso(issue).slice(0, 4)
  const number = fill(scene.world.numberForm, { n: count, y: year })
  return { number, serial: scene.world.numberForm.includes('{y}') ? `${year}${count}` : count }
}

/** Money that came or went, as its account prints it. */
export type Paying = {
  readonly story: string
  readonly party: Party | null
  readonly day: number
  /** Signed, in the account's currency. */
  readonly amount: number
  readonly items?: readonly Item[]
  readonly text?: string
  readonly written?: readonly string[]
  readonly reference?: string | null
  readonly endToEndId?: string | null
  readonly name?: string | null
  readonly iban?: string | null
  readonly code?: string
  readonly fit?: Fit
  readonly bare?: boolean
  readonly account?: Account
  readonly instructed?: Line['instructed']
  readonly rate?: string | null
}

export function pay({ chance, world, books }: Scene, paying: Paying): Line {
  const account = paying.account ?? (chance.is(0.93) ? world.main : world.accounts[2]!)
  const incoming = paying.amount > 0
  const payment: Payment = {
    incoming,
    name: paying.name === undefined ? (paying.party?.bankName ?? null) : paying.name,
    iban: paying.iban === undefined ? (paying.party?.iban ?? null) : paying.iban,
    text: paying.text ?? '',
    reference: paying.reference ?? null,
    endToEndId: paying.endToEndId ?? null,
    day: iso(paying.day),
    code: paying.code ?? (incoming ? 'PMNT-RCDT-ESCT' : 'PMNT-ICDT-ESCT'),
    ...(paying.bare === true ? { bare: true } : {}),
  }
  return books.line({
    account,
    day: paying.day,
    valueDay: chance.is(0.8) ? paying.day + (chance.is(0.9) ? 0 : chance.between(-2, 1)) : null,
    amount: paying.amount,
    ...dress(chance, account.style, payment),
    story: paying.story,
    party: paying.party,
    items: paying.items ?? [],
    fit: paying.fit ?? 'exact',
    written: paying.written ?? [],
    instructed: paying.instructed ?? null,
    rate: paying.rate ?? null,
  })
}

/** How many units of the one buy one unit of the other. */
export function rateBetween(day: number, { from, to }: { from: string; to: string }): number {
  const rates = ratesOn(iso(day))
  return rates[to]! / rates[from]!
}

export const monthName = ({ months }: Land, day: number): string => months[Number(iso(day).slice(5, 7)) - 1]!

/** A customer who pays in this way; now and then somebody who usually does not. */
export function customer({ chance, world }: Scene, wanted: readonly Party[] | undefined): Party {
  const pool = wanted === undefined || wanted.length === 0 || chance.is(0.1) ? ordinary(world) : wanted
  return pool[Math.floor(pool.length * chance.next() ** 1.6)]!
}

function ordinary(world: World): readonly Party[] {
  return world.byTelling.get('number') ?? world.customers
}

export function withQuirk(scene: Scene, quirk: NonNullable<Party['quirk']>): Party {
  const pool = scene.world.byQuirk.get(quirk) ?? scene.world.customers
  return pool[Math.floor(pool.length * scene.chance.next() ** 2)]!
}
