import type { Chance } from '../random.ts'
import type { Country } from '../labelled/format.ts'
import type { Item } from './books.ts'
import { iban, luhn, mod11, mod97 } from './check-digits.ts'
import type { Culture } from './culture.ts'

export type Party = {
  /** As the books write it. */
  readonly name: string
  /** As its bank has it registered; now and then quite another name. */
  readonly bank: string
  readonly person: boolean
  readonly iban: string
  readonly ibanInBooks: boolean
  readonly currency: string
  /** What it usually costs, in minor units. */
  readonly price: number
  readonly number: string
  /** How its bills are numbered. */
  readonly series: (serial: string) => string
  readonly terms: number
  readonly items: Item[]
}

/** How much of a name was printed: decides who else might be meant. */
export type Shown = 'full' | 'short' | 'surname' | 'none'

export type People = {
  readonly person: () => Party
  readonly firm: (likeness?: Party) => Party
  readonly named: (name: string, bank?: string) => Party
  /** A shop or an office, the same one each time. */
  readonly house: (name: string, bank?: string) => Party
  readonly alike: (party: Party, shown: Shown) => readonly Party[]
}

export function people({ chance, culture }: { chance: Chance; culture: Culture }): People {
  const taken = new Set<string>()
  const shelves = new Map<string, Party[]>()
  const houses = new Map<string, Party>()
  const pick = (key: string): string => chance.pick(culture.list(key))
  const shelve = (party: Party): Party => {
    for (const key of [`full ${core(party, culture)}`, `short ${first(party)}`, `surname ${last(party)}`]) {
      const shelf = shelves.get(key)
      if (shelf === undefined) shelves.set(key, [party])
      else shelf.push(party)
    }
    return party
  }
  const unique = (draw: () => string): string => {
    for (let tries = 0; ; tries++) {
      const name = tries < 3 ? draw() : `${draw()} ${pick('cities')}`
      if (tries < 30 && taken.has(name)) continue
      const settled = taken.has(name) ? `${name} ${chance.digits(4)}` : name
      taken.add(settled)
      return settled
    }
  }
  const make = (name: string, bank: string, person: boolean, abroad?: Abroad): Party => {
    const { scale } = culture
    const round = chance.is(0.5) ? 100 * scale : 1
    return shelve({
      name,
      bank,
      person,
      iban: someIban(chance, abroad?.country ?? culture.country),
      ibanInBooks: chance.is(0.4),
      currency: abroad?.currency ?? culture.currency,
      price: Math.max(900, Math.round((Math.exp(4 + 3.2 * chance.next()) * 100 * scale) / round) * round),
      number: chance.digits(5),
      series: seriesOf(chance),
      terms: chance.pick([10, 14, 14, 14, 20, 30, 30, 45]),
      items: [],
    })
  }
  const trader = (likeness?: Party): string => {
    const legal = (): string => pick('legal').replace('{p}', `${pick('first')} ${pick('last')}`)
    const trade = pick('trades')
    const tail = chance.is(0.12) ? ` ${pick('cities')}` : ''
    if (likeness !== undefined) return `${likeness.name.split(' ')[0]!} ${trade}${tail} ${legal()}`.trim()
    const head = chance.weighed({ surname: 40, root: 35, both: 10, city: 10, pair: 5 })
    const words: Record<typeof head, () => string> = {
      surname: () => `${pick('last')} ${trade}`,
      root: () => `${pick('roots')}${chance.is(0.5) ? ' ' : pick('roots').toLowerCase().replaceAll(' ', '')} ${trade}`,
      both: () => `${pick('first')} ${pick('last')} ${trade}`,
      city: () => `${pick('cities')} ${trade}`,
      pair: () => `${pick('last')} ${chance.is(0.5) ? '&' : pick('joint')} ${pick('last')}`,
    }
    return `${words[head]()}${tail} ${legal()}`.replaceAll(/\s+/g, ' ').trim()
  }
  return {
    person: () => {
      const name = unique(() => `${pick('first')} ${chance.is(0.03) ? `${pick('first')} ` : ''}${pick('last')}`)
      return make(name, chance.is(0.03) ? `${pick('first')} ${pick('last')}` : name, true)
    },
    firm: (likeness) => {
      const abroad =
        likeness === undefined && chance.is(0.05)
          ? chance.pick(ABROAD.filter((one) => one.currency !== culture.currency))
          : undefined
      const name = unique(() => (abroad === undefined ? trader(likeness) : foreigner(chance, abroad)))
      return make(name, abroad === undefined && chance.is(0.06) ? trader() : name, false, abroad)
    },
    named: (name, bank = name) => make(name, bank, false),
    house: (name, bank = name) => {
      const known = houses.get(name) ?? make(name, bank, false)
      houses.set(name, known)
      return known
    },
    alike: (party, shown) => {
      if (shown === 'none') return []
      const key = shown === 'full' ? core(party, culture) : shown === 'short' ? first(party) : last(party)
      if (party.bank === party.name) return shelves.get(`${shown} ${key}`) ?? [party]
      return !party.person && fold(party.bank).split(' ').includes(first(party)) ? [party] : []
    },
  }
}

type Abroad = { readonly country: Country; readonly currency: string; readonly legal: string }
const ABROAD: readonly Abroad[] = [
  { country: 'DE', currency: 'EUR', legal: 'GmbH' },
  { country: 'NL', currency: 'EUR', legal: 'B.V.' },
  { country: 'GB', currency: 'GBP', legal: 'Ltd' },
  { country: 'GB', currency: 'USD', legal: 'Inc' },
  { country: 'SE', currency: 'SEK', legal: 'AB' },
]

function foreigner(chance: Chance, { legal }: Abroad): string {
  const brand = chance.pick(
    'Atlas Vertex Helios Kestrel Summit Orion Lakeside Meridian Bluefin Cascade Ironbridge Tamarind'.split(' '),
  )
  return `${brand} ${chance.pick('Trading Components Software Logistics Instruments Foods Textiles Optics Marine'.split(' '))} ${legal}`
}

const FOLDS: Readonly<Record<string, string>> = { ø: 'o', æ: 'ae', å: 'a', ß: 'ss', ä: 'a', ö: 'o', ü: 'u' }

export function fold(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[øæåßäöü]/g, (letter) => FOLDS[letter]!)
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()
}

export function withoutLegal(name: string, culture: Culture): string {
  const form = culture.list('legal').find((legal) => legal !== '' && name.endsWith(` ${legal}`))
  return form === undefined ? name : name.slice(0, -form.length - 1)
}

function core(party: Party, culture: Culture): string {
  return fold(withoutLegal(party.name, culture))
}
function first(party: Party): string {
  return fold(party.name).split(' ')[0]!
}
function last(party: Party): string {
  return fold(party.name).split(' ').at(-1)!
}

/** A number of an account that this country's banks could have given out. */
export function someIban(chance: Chance, country: Country): string {
  const ten = chance.digits(10)
  switch (country) {
    case 'NO':
      return mod11(ten) === '-' ? someIban(chance, country) : iban(country, ten + mod11(ten))
    case 'SE':
      return iban(country, chance.digits(20))
    case 'DK':
      return iban(country, chance.digits(14))
    case 'FI': {
      const body = `${chance.pick(['1', '2', '5', '8'])}${chance.digits(12)}`
      return iban(country, body + luhn(body))
    }
    case 'NL':
      return iban(country, chance.pick(['RABO', 'INGB', 'ABNA', 'KNAB', 'TRIO']) + ten)
    case 'BE':
      return iban(country, ten + String(mod97(ten) || 97).padStart(2, '0'))
    case 'DE':
      return iban(country, chance.digits(18))
    case 'GB':
      return iban(country, chance.pick(['BARC', 'NWBK', 'LOYD', 'MIDL']) + chance.digits(14))
    case 'FR': {
      const body = chance.digits(21)
      return iban(country, body + String(97 - mod97(`${body}00`)).padStart(2, '0'))
    }
  }
}

function seriesOf(chance: Chance): (serial: string) => string {
  const start = chance.digits(1)
  return chance.pick([
    (serial: string) => serial,
    (serial: string) => `${start}${serial.padStart(5, '0')}`,
    (serial: string) => `F${serial}`,
    (serial: string) => `2025-${serial}`,
    (serial: string) => `INV-${serial.padStart(6, '0')}`,
    (serial: string) => `${start}0${serial.padStart(7, '0')}`,
  ])
}
