// Whom the company deals with: what its books call them, what their banks call them, and how they are used to paying.

import type { Chance } from '../random.ts'
import { ibanOf } from './ibans.ts'
import { fill } from './kit.ts'
import type { Land, Scheme } from './lands/land.ts'
import { firmName, firmOf, fullName, personOf, registered, signed, type Firm } from './names.ts'
import { planOf, type ReferencePlan } from './references.ts'

export type Quirk =
  | 'alias'
  | 'parent'
  | 'spouse'
  | 'person-for-firm'
  | 'factoring'
  | 'less-fee'
  | 'one-sum'
  | 'group'
  | 'namesake'
  | 'renamed'
  | 'wallet'
  | 'subscriber'
  | 'foreign'

/** What a customer puts into her payments, once and for all. */
export type Telling = 'reference' | 'number' | 'odd-number' | 'nothing'

export type Party = {
  readonly at: number
  readonly isPerson: boolean
  readonly bookName: string
  /** As its own bank has it. */
  readonly bankName: string
  readonly iban: string
  /** What the books know of it. */
  readonly bookIban: string | null
  readonly number: string
  readonly quirk: Quirk | null
  readonly tells: Telling
  /** Which of the country's ways to write "invoice {n}" is theirs. */
  readonly phrase: string
  readonly payday: number | null
  readonly lateDays: number
  readonly termDays: number
  readonly currency: string
  /** A constant monthly price, where there is one. */
  readonly price: number | null
  /** A supplier's own numbers. */
  readonly documents: {
    readonly form: string
    readonly first: number
    readonly perDay: number
    readonly plan: ReferencePlan | null
  }
}

type Making = {
  readonly chance: Chance
  readonly land: Land
  /** Where the others live. */
  readonly abroad: readonly Land[]
  readonly next: () => number
}

const quirks: readonly (readonly [Quirk, number])[] = [
  ['alias', 0.03],
  ['parent', 0.03],
  ['spouse', 0.02],
  ['person-for-firm', 0.02],
  ['factoring', 0.015],
  ['less-fee', 0.02],
  ['one-sum', 0.04],
  ['group', 0.04],
  ['namesake', 0.03],
  ['renamed', 0.015],
  ['wallet', 0.02],
  ['subscriber', 0.14],
  ['foreign', 0.05],
]

/** The customers, those who buy most first. */
export function customersOf(
  making: Making,
  { count, personShare, prices }: { count: number; personShare: number; prices: readonly number[] },
): Party[] {
  const { chance } = making
  const made: Party[] = []
  for (const [quirk, share] of quirks) {
    const wanted = Math.max(3, Math.round(count * share))
    while (made.filter((party) => party.quirk === quirk).length < wanted) {
      made.push(...customersWith(making, quirk, { wanted, prices }))
    }
  }
  while (made.length < count) made.push(plain(making, { isPerson: chance.is(personShare), quirk: null }))
  return shuffled(chance, made)
}

function customersWith(
  making: Making,
  quirk: Quirk,
  { wanted, prices }: { wanted: number; prices: readonly number[] },
): Party[] {
  const { chance, land } = making
  switch (quirk) {
    case 'alias':
    case 'renamed':
      return repeat(wanted, () => {
        const base = plain(making, { isPerson: false, quirk })
        return { ...base, bankName: registered(chance, land, firmOf(chance, land)), tells: untold(chance) }
      })
    case 'wallet': {
      // Paid by telephone: the bank names the wallet, and the person stands in the text, if anywhere.
      const [, wallet] = chance.pick(land.bodies.processor)
      const iban = ibanOf(chance, land)
      return repeat(wanted, () => ({
        ...plain(making, { isPerson: true, quirk }),
        bankName: wallet,
        iban,
        bookIban: null,
      }))
    }
    case 'person-for-firm':
      return repeat(wanted, () => {
        const base = plain(making, { isPerson: false, quirk })
        return {
          ...base,
          bankName: signed(chance, fullName(chance, land, personOf(chance, land))),
          tells: untold(chance),
        }
      })
    case 'spouse':
      return repeat(wanted, () => spouse(making))
    case 'factoring': {
      const houses = land.bodies.factoring.map(([, bank]) => ({ bank, iban: ibanOf(chance, land) }))
      return repeat(wanted, () => {
        const house = chance.pick(houses)
        return { ...plain(making, { isPerson: false, quirk }), bankName: house.bank, iban: house.iban, tells: 'number' }
      })
    }
    case 'parent': {
      const parent = { name: registered(chance, land, firmOf(chance, land)), iban: ibanOf(chance, land) }
      return repeat(chance.between(2, 3), () => ({
        ...plain(making, { isPerson: false, quirk }),
        bankName: parent.name,
        iban: parent.iban,
        bookIban: null,
        tells: untold(chance),
      }))
    }
    case 'group': {
      const firm = firmOf(chance, land)
      return repeat(chance.between(2, 3), (at) => {
        const sister: Firm = {
          ...firm,
          words: `${firm.words.split(' ')[0]!} ${land.sisters[(at * 3 + wanted) % land.sisters.length]!}`,
        }
        return ofFirm(making, sister, { quirk })
      })
    }
    case 'namesake': {
      const name = fullName(chance, land, personOf(chance, land))
      return repeat(2, () => ofPerson(making, name, { quirk }))
    }
    case 'subscriber':
      return repeat(wanted, () => ({
        ...plain(making, { isPerson: chance.is(0.7), quirk }),
        price: chance.pick(prices),
        tells: chance.weighed({ reference: 4, number: 1, 'odd-number': 0.5, nothing: 4 }),
      }))
    case 'foreign':
      return repeat(wanted, () => foreigner(making, ['EUR', 'USD', 'GBP', 'SEK', 'NOK', 'DKK']))
    case 'less-fee':
    case 'one-sum':
      return repeat(wanted, () => plain(making, { isPerson: false, quirk }))
  }
}

const untold = (chance: Chance): Telling => (chance.is(0.6) ? 'nothing' : 'number')

function spouse(making: Making): Party {
  const { chance, land } = making
  const person = personOf(chance, land)
  const other = {
    first: chance.pick(land.firstNames),
    last: chance.is(0.75) ? person.last : chance.pick(land.surnames),
  }
  const base = ofPerson(making, fullName(chance, land, person), { quirk: 'spouse' })
  return { ...base, bankName: signed(chance, fullName(chance, land, other)) }
}

export function plain(making: Making, { isPerson, quirk }: { isPerson: boolean; quirk: Quirk | null }): Party {
  const { chance, land } = making
  return isPerson
    ? ofPerson(making, fullName(chance, land, personOf(chance, land)), { quirk })
    : ofFirm(making, firmOf(chance, land), { quirk })
}

function ofPerson(making: Making, name: string, { quirk }: { quirk: Quirk | null }): Party {
  const { chance, land } = making
  const isCouple = chance.is(0.04)
  const bankName = isCouple ? `${chance.pick(land.firstNames)} ${chance.pick(land.and)} ${name}` : signed(chance, name)
  return { ...common(making), isPerson: true, bookName: name, bankName, quirk }
}

function ofFirm(making: Making, firm: Firm, { quirk }: { quirk: Quirk | null }): Party {
  const bankName = registered(making.chance, making.land, firm)
  return { ...common(making), isPerson: false, bookName: firmName(firm), bankName, quirk }
}

const supplierForms = ['{n}', '{n}', 'INV{n}', 'F-{n}', '{n}', 'INV-{n}', 'A{n}', '{n}/26', 'SI{n}', 'RE-{n}', 'CD{n}']

function common({ chance, land, next }: Making): Omit<Party, 'isPerson' | 'bookName' | 'bankName' | 'quirk'> {
  const at = next()
  const iban = ibanOf(chance, land)
  return {
    at,
    iban,
    bookIban: chance.is(0.3) ? iban : null,
    number: String(10_000 + at * 3),
    tells: chance.weighed({ reference: 45, number: 30, 'odd-number': 8, nothing: 17 }),
    phrase: chance.pick(land.say.invoice),
    payday: chance.is(0.15) ? chance.pick([1, 10, 15, 20, 25, 25, 28]) : null,
    lateDays: chance.weighed({ prompt: 5, late: 3, slow: 1 }) === 'prompt' ? 0 : chance.between(3, 40),
    termDays: chance.pick([10, 14, 14, 15, 20, 30, 30, 30, 45, 60]),
    currency: land.currency,
    price: null,
    documents: {
      form: chance.pick(supplierForms),
      first: chance.between(1, 9) * 10 ** chance.between(2, 5),
      perDay: chance.pick([0.2, 1, 3, 10, 40]),
      plan: chance.is(referenceShare[land.scheme]) ? planOf(chance, land.scheme) : null,
    },
  }
}

/** How many suppliers ask for a structured reference. */
const referenceShare: Readonly<Record<Scheme, number>> = {
  kid: 0.75,
  ocr: 0.75,
  viite: 0.85,
  fik: 0.7,
  betalingskenmerk: 0.25,
  ogm: 0.65,
  rf: 0.12,
  none: 0,
}

/** Suppliers: their account is known to the books more often than not. */
export function suppliersOf(making: Making, count: number): Party[] {
  const { chance } = making
  return repeat(count, () => {
    const base = chance.is(0.06)
      ? foreigner(making, ['EUR', 'USD', 'GBP'])
      : plain(making, { isPerson: chance.is(0.08), quirk: null })
    return { ...base, bookIban: chance.is(0.75) ? base.iban : null }
  })
}

/** A firm elsewhere, that writes in its own language and bills in its own money. */
function foreigner(making: Making, currencies: readonly string[]): Party {
  const { chance, land, abroad } = making
  const currency = chance.pick(currencies.filter((one) => one !== land.currency))
  const homes = abroad.filter((home) => home.currency === (currency === 'USD' ? 'GBP' : currency))
  const home = chance.pick(homes.length === 0 ? abroad : homes)
  return { ...plain({ ...making, land: home }, { isPerson: false, quirk: 'foreign' }), currency }
}

/** A public body or large firm, that banks print in their own way. */
export function bodyOf(making: Making, [bookName, bankName]: readonly [string, string]): Party {
  const base = common(making)
  return {
    ...base,
    isPerson: false,
    bookName,
    bankName,
    quirk: null,
    bookIban: making.chance.is(0.5) ? base.iban : null,
  }
}

/** The number that a supplier's document of a day has. */
export function supplierNumber(chance: Chance, { documents }: Party, day: number): { number: string; serial: string } {
  const serial = String(
    Math.floor(documents.first + (day - 20_000) * documents.perDay) + chance.between(0, Math.ceil(documents.perDay)),
  )
  return { number: fill(documents.form, { n: serial }), serial }
}

const repeat = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at))

function shuffled<T>(chance: Chance, items: readonly T[]): T[] {
  const mixed = [...items]
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = chance.between(0, at)
    ;[mixed[at], mixed[other]] = [mixed[other]!, mixed[at]!]
  }
  return mixed
}
