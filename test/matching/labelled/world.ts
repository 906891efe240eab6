// One company before anything happens: its accounts and how they print, its people, its prices, its way of numbering.

import type { Chance } from '../random.ts'
import { styleOf, type BankStyle } from './bank-style.ts'
import type { CompanyRecord } from './format.ts'
import { ibanOf } from './ibans.ts'
import { bell, dayOf } from './kit.ts'
import { lands } from './lands/index.ts'
import type { Land } from './lands/land.ts'
import { firmName, firmOf } from './names.ts'
import { bodyOf, customersOf, plain, suppliersOf, type Party, type Quirk, type Telling } from './parties.ts'
import { planOf, type ReferencePlan } from './references.ts'

export type Account = {
  readonly id: string
  readonly iban: string
  readonly currency: string
  readonly style: BankStyle
}

export type World = {
  readonly land: Land
  readonly company: CompanyRecord
  readonly main: Account
  readonly accounts: readonly Account[]
  readonly customers: readonly Party[]
  readonly byQuirk: ReadonlyMap<Quirk, readonly Party[]>
  readonly byTelling: ReadonlyMap<Telling, readonly Party[]>
  readonly suppliers: readonly Party[]
  readonly employees: readonly Party[]
  readonly owner: Party
  readonly landlords: readonly Party[]
  readonly bodies: { readonly [K in keyof Land['bodies']]: readonly Party[] }
  /** None where the company prints no references on its invoices. */
  readonly plan: ReferencePlan | null
  readonly numberForm: string
  readonly prices: readonly number[]
  /** The middle invoice, in minor units. */
  readonly middle: number
  readonly knowsIbans: boolean
  readonly span: { readonly first: number; readonly begin: number; readonly end: number }
}

export function worldOf(chance: Chance, land: Land, { id, entries }: { id: string; entries: number }): World {
  let at = 0
  const abroad = Object.values(lands)
    .map((make) => make())
    .filter(({ country }) => country !== land.country)
  const making = { chance, land, abroad, next: () => at++ }
  const end = dayOf('2026-06-30')
  const first = end - chance.between(390, 540)
  const begin = end - chance.between(150, 240)
  const accounts = accountsOf(chance, land, { id })
  const isRetail = chance.is(0.4)
  const customers = customersOf(making, {
    count: Math.round(25 + 0.6 * entries ** 0.78),
    personShare: isRetail ? 0.7 : 0.25,
    prices: pricePoints(chance, land),
  })
  const owner = plain(making, { isPerson: true, quirk: null })
  const company = {
    id,
    name: firmName(firmOf(chance, land)),
    country: land.country,
    currency: land.currency,
    accounts: accounts.map((account) => ({ id: account.id, iban: account.iban, currency: account.currency })),
  }
  return {
    land,
    company,
    main: accounts[0]!,
    accounts,
    customers,
    byQuirk: grouped(customers, ({ quirk }) => quirk),
    byTelling: grouped(
      customers.filter(({ quirk }) => quirk === null),
      ({ tells }) => tells,
    ),
    suppliers: suppliersOf(making, Math.round(25 + 0.35 * entries ** 0.75)),
    employees: Array.from({ length: Math.round(4 + entries ** 0.42) }, () => {
      const person = plain(making, { isPerson: true, quirk: null })
      return { ...person, bookIban: person.iban }
    }),
    owner,
    landlords: Array.from({ length: 1 + Math.round(entries / 800) }, () => ({
      ...plain(making, { isPerson: false, quirk: null }),
      price: chance.between(4, 60) * 5_000 * (land.scale > 5 ? 10 : 1),
    })),
    bodies: bodiesOf(making),
    plan: chance.is(planShare(land)) ? planOf(chance, land.scheme) : null,
    numberForm: chance.pick(land.numbers),
    prices: pricePoints(chance, land),
    middle: Math.round((isRetail ? 180 : 900) * land.scale * 100 * (0.6 + chance.next())),
    knowsIbans: chance.is(0.6),
    span: { first, begin, end },
  }
}

function bodiesOf(making: Parameters<typeof bodyOf>[0]): World['bodies'] {
  const of = (kind: keyof Land['bodies']): Party[] => making.land.bodies[kind].map((names) => bodyOf(making, names))
  return {
    tax: of('tax'),
    pension: of('pension'),
    insurance: of('insurance'),
    monthly: of('monthly').map((party) => ({
      ...party,
      payday: making.chance.between(3, 25),
      price: making.chance.is(0.5)
        ? Math.round((20 + 400 * making.chance.next()) * making.land.scale) * 100 - 100
        : null,
    })),
    lender: of('lender'),
    factoring: of('factoring'),
    processor: of('processor'),
  }
}

function accountsOf(chance: Chance, land: Land, { id }: { id: string }): Account[] {
  const account = (name: string, currency: string, style: BankStyle): Account => ({
    id: `${id}_${name}`,
    iban: ibanOf(chance, land),
    currency,
    style,
  })
  const house = styleOf(chance, land)
  const foreign = land.currency === 'EUR' ? 'USD' : 'EUR'
  return [
    account('main', land.currency, house),
    account('savings', land.currency, chance.is(0.6) ? house : styleOf(chance, land)),
    account('second', land.currency, styleOf(chance, land)),
    account('foreign', foreign, chance.is(0.6) ? house : styleOf(chance, land)),
  ]
}

function planShare({ scheme }: Land): number {
  const shares = { kid: 0.9, ocr: 0.9, viite: 0.95, fik: 0.8, betalingskenmerk: 0.5, ogm: 0.8, rf: 0.3, none: 0 }
  return shares[scheme]
}

/** What many pay alike: 499.00, 1,250.00. */
function pricePoints(chance: Chance, land: Land): number[] {
  const points = [9, 19, 29, 39, 49, 79, 99, 120, 149, 199, 249, 500]
  return Array.from({ length: 4 }, () => {
    const price = chance.pick(points) * (land.scale > 5 ? 10 : 1)
    return chance.is(0.6) ? price * 100 : price * 100 + 90
  })
}

/** A price, VAT included: hours, goods, a round sum. */
export function priceOf(chance: Chance, { land, prices, middle }: World, size = 1): number {
  const kind = chance.next()
  if (kind < 0.08) return chance.pick(prices)
  const wanted = middle * size * Math.exp(1.1 * bell(chance))
  if (kind < 0.2) return Math.max(1, Math.round(wanted / 10_000)) * 10_000
  if (kind < 0.55) {
    const rate = chance.pick([45, 60, 75, 85, 95, 110, 125]) * (land.scale > 5 ? 10 : 1) * 50
    return Math.round(Math.max(1, Math.round(wanted / rate)) * rate * (1 + chance.pick(land.vat) / 100))
  }
  return Math.max(100, Math.round(wanted * (1 + chance.pick(land.vat) / 100)))
}

function grouped<K, T>(items: readonly T[], keyOf: (item: T) => K | null): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    if (key === null) continue
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}
