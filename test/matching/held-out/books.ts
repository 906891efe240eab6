import { chance as chanceOf, type Chance } from '../random.ts'
import type { CompanyRecord, Country, EntryRecord, TransactionRecord } from '../labelled/format.ts'
import { dayOf, dotted, iso, money, weekday } from './amounts.ts'
import { cultureOf } from './culture.ts'
import { referrer, salesNumbers, seriesOf } from './numbering.ts'
import { people, someIban, type Party, type People, type Shown } from './parties.ts'
import { printedName } from './writing.ts'

type Draft<T> = { -readonly [K in keyof T]: T[K] }

/** An entry while the books are being written. Amounts are in minor units, days count from 1970. */
export type Item = {
  readonly entry: Draft<EntryRecord>
  readonly party: Party | null
  readonly day: number
  readonly minor: number
  left: number
  readonly serial: string
}

/** A line, what it settles, and what evidence was left on it. */
export type Claim = {
  readonly line: Draft<TransactionRecord>
  readonly day: number
  readonly minor: number
  readonly story: string
  items: readonly Item[]
  readonly others: Claim[]
  /** Whom a reader may think of. */
  readonly seen: readonly Party[]
  /** How the amount relates to what was open. */
  readonly fit: 'exact' | 'near' | 'part'
  /** Said outright on the line, or left to the judge. */
  readonly plain: boolean | undefined
}

export type Ask = {
  readonly story: string
  readonly day: number
  /** Signed. */
  readonly minor: number
  readonly items?: readonly Item[]
  readonly party?: Party
  readonly text?: string | null
  readonly wrap?: string
  /** What the bank says, where it was chosen already. */
  readonly said?: string
  readonly reference?: string | null
  readonly endToEnd?: string | null
  readonly account?: number
  /** Nothing of whom it is from, or only the number of the account. */
  readonly bare?: boolean | 'iban'
  /** What a processor puts before the name. */
  readonly before?: string
  readonly fit?: Claim['fit']
  readonly plain?: boolean
  readonly instructed?: { readonly minor: number; readonly currency: string }
}

export type Posting = {
  readonly kind: EntryRecord['kind']
  readonly direction: EntryRecord['direction']
  readonly day: number
  readonly minor: number
  readonly party?: Party | null
  readonly name?: string | null
  readonly description?: string | null
  readonly due?: number | null
  readonly currency?: string
  readonly settled?: boolean
  readonly reference?: string | null
  readonly document?: { readonly full: string; readonly serial: string }
  readonly endToEnd?: string | null
}

export type Books = ReturnType<typeof openBooks>

export function openBooks({ seed, country, entries }: { seed: number; country: Country; entries: number }) {
  const chance = chanceOf(seed * 9973 + country.charCodeAt(0) * 131 + country.charCodeAt(1))
  const culture = cultureOf(country)
  const folk: People = people({ chance, culture })
  const id = `un-${country.toLowerCase()}-${seed}`
  const from = dayOf('2025-01-01') + 30 * chance.between(0, 5)
  const to = dayOf('2026-06-30')
  const opened = (at: number, currency: string) => ({ id: `${id}-a${at}`, iban: someIban(chance, country), currency })
  const foreign = culture.currency === 'EUR' ? 'USD' : 'EUR'
  const company: CompanyRecord = {
    id,
    name: folk.firm().name,
    country,
    currency: culture.currency,
    accounts: [opened(0, culture.currency), opened(1, culture.currency), opened(2, foreign)],
  }
  const households = 0.1 + 0.5 * chance.next()
  const customers: Party[] = []
  const suppliers: Party[] = []
  for (let at = 0; at < Math.max(14, entries / 14); at++) {
    const likeness = at > 3 && chance.is(0.06) ? chance.pick(customers) : undefined
    customers.push(
      likeness === undefined && chance.is(households)
        ? folk.person()
        : folk.firm(likeness?.person === false ? likeness : undefined),
    )
  }
  for (let at = 0; at < Math.max(10, entries / 40); at++) suppliers.push(folk.firm())
  const numbers = salesNumbers({ chance, from: from - 50, to, count: Math.ceil(entries * 0.72) })
  const series = seriesOf(chance)
  const refer = referrer(culture, chance)
  const items: Item[] = []
  const claims: Claim[] = []
  const past: Claim[] = []
  const books = {
    chance,
    culture,
    folk,
    company,
    customers,
    suppliers,
    items,
    claims,
    past,
    from,
    to,
    entries,
    staff: Array.from({ length: Math.min(40, 3 + Math.floor(entries / 400)) }, () => folk.person()),
    prices: Array.from(
      { length: 3 },
      () =>
        chance.pick([99, 199, 249, 349, 499, 990, 1250]) *
        10 *
        (country === 'GB' ? 10 : Math.round(culture.scale * 10)),
    ),
    bankTellsCode: chance.is(0.7),
    era: 'now',
    post,
    line,
    sale,
    bill,
    customer: () => zipf(customers),
    supplier: () => zipf(suppliers),
    pick: (key: string) => chance.pick(culture.list(key)),
    /** A shop as people call it, and as the bank prints it. */
    shop: (key: string) => {
      const [name = '', bank = name] = chance.pick(culture.list(key)).split('=')
      return { name, bank }
    },
    month: (day: number) => culture.list('months')[Number(iso(day).slice(5, 7)) - 1]!,
    /** A day on which something was owed, early enough to be paid within the books. */
    someDay: () => (books.era === 'now' ? chance.between(from - 30, to - 60) : chance.between(from - 200, from - 100)),
    amount: (party: Party) => {
      const way = chance.next()
      if (way < 0.12) return chance.pick(books.prices)
      if (way < 0.25) return party.price
      const rough = Math.round(party.price * (0.3 + 1.4 * chance.next()))
      return chance.is(0.35) ? Math.max(100, Math.round(rough / 100) * 100) : rough
    },
  }
  function zipf(parties: readonly Party[]): Party {
    return parties[Math.floor(parties.length * chance.next() ** 1.8)]!
  }
  function post(posting: Posting): Item {
    const { party = null, minor, day } = posting
    const entry: Draft<EntryRecord> = {
      id: '',
      companyId: id,
      kind: posting.kind,
      direction: posting.direction,
      amount: money(minor),
      currency: posting.currency ?? culture.currency,
      openAmount: books.era === 'past' || posting.settled === true ? '0.00' : money(minor),
      issueDate: iso(day),
      dueDate: posting.due === undefined || posting.due === null ? null : iso(posting.due),
      counterpartyName: posting.name === undefined ? (party?.name ?? null) : posting.name,
      counterpartyIban: party?.ibanInBooks === true && posting.kind !== 'expense' ? party.iban : null,
      reference: posting.reference ?? null,
      documentNumber: posting.document?.full ?? null,
      description: posting.description ?? null,
      endToEndId: posting.endToEnd ?? null,
    }
    const left = posting.settled === true ? 0 : minor
    const item: Item = { entry, party, day, minor, left, serial: posting.document?.serial ?? '' }
    if (books.era === 'now') {
      items.push(item)
      party?.items.push(item)
    }
    return item
  }
  function sale(party: Party, wished: number, minor: number, more: Partial<Posting> = {}): Item {
    const slot = books.era === 'now' ? numbers.take(wished) : numbers.before(wished)
    const serial = String(slot.number)
    return post({
      kind: 'sales_invoice',
      direction: 'in',
      day: slot.day,
      minor,
      party,
      due: slot.day + party.terms,
      currency: party.currency,
      reference: refer(serial),
      document: { full: series(serial, slot.day), serial },
      description: chance.is(0.3) ? books.pick('trades') : null,
      ...more,
    })
  }
  function bill(party: Party, day: number, minor: number, more: Partial<Posting> = {}): Item {
    const serial = String(300 + Math.floor((day - from + 260) * (1 + party.terms / 9)) + chance.between(0, 2))
    const full = party.series(serial)
    const reference = chance.is(culture.number('referenceShare') / 100)
      ? refer(serial.padStart(6, '4') + party.number)
      : null
    return post({
      kind: 'purchase_bill',
      direction: 'out',
      day,
      minor,
      party,
      due: day + party.terms,
      currency: party.currency,
      reference,
      document: { full, serial: full.replaceAll(/^\D+|\D+$/g, '') },
      endToEnd: chance.is(0.25) ? `PAY-${chance.digits(8)}` : null,
      ...more,
    })
  }
  function line(ask: Ask): Claim {
    const { party, minor } = ask
    const account = company.accounts[ask.account ?? 0]!
    const day = weekday(ask.day, chance)
    const wrap = ask.wrap ?? (minor > 0 ? 'received' : 'paid')
    const hidden = ask.bare !== undefined || party === undefined
    const name: { text: string; shown: Shown } = hidden ? NOBODY : printed(party, ask.before)
    const inField = !hidden && chance.is(wrap === 'card' ? 0.3 : 0.86)
    const template = ask.said ?? chance.pick(culture.list(wrap))
    const wanted = country === 'GB' ? (ask.text ?? '').slice(0, 18) : (ask.text ?? '')
    const named = template.includes('{n}')
    const text = wrapped(template.replace('{t}', wanted).replace('{n}', name.text).replace('{m}', name.text), day)
    const ibanShown =
      party !== undefined &&
      (ask.bare === 'iban' || (!hidden && wrap !== 'card' && chance.is(culture.number('ibanShown') / 100)))
    const seen = hidden ? [] : inField || named || template.includes('{m}') ? folk.alike(party, name.shown) : []
    const known = ibanShown && party.ibanInBooks
    const claim: Claim = {
      line: {
        id: '',
        companyId: id,
        accountId: account.id,
        accountIban: account.iban,
        bookingDate: iso(day),
        valueDate: chance.is(0.1) ? null : iso(day + (chance.is(0.1) ? 1 : 0)),
        amount: money(minor),
        currency: account.currency,
        counterpartyName: inField ? name.text : null,
        counterpartyIban: ibanShown ? party.iban : null,
        remittanceInformation: text === '' ? null : text,
        structuredReference: ask.reference ?? null,
        endToEndId: ask.endToEnd ?? (country !== 'NO' && chance.is(0.2) ? 'NOTPROVIDED' : null),
        bankTransactionCode: books.bankTellsCode ? codeOf(wrap, minor) : null,
        ...(ask.instructed === undefined ? {} : foreignParts(ask.instructed, minor, chance)),
      },
      day,
      minor,
      story: ask.story,
      items: ask.items ?? [],
      others: [],
      seen: known ? [party] : seen,
      fit: ask.fit ?? 'exact',
      plain: ask.plain,
    }
    ;(books.era === 'now' ? claims : past).push(claim)
    return claim
  }
  function printed(party: Party, before = ''): { text: string; shown: Shown } {
    const { text, shown } = printedName(party, chance, culture)
    return { text: before + text, shown }
  }
  /** Puts the bank's words around the payer's, and loses what banks lose. */
  function wrapped(template: string, day: number): string {
    let text = template
      .replace('{d}', dotted(day))
      .replace('{c}', books.pick('cities'))
      .replace('{k}', String(4000 + (seed % 900)))
    text = text.replace('{x}', books.month(day)).replace('{a}', '').replaceAll(/\s+/g, ' ').trim()
    const room = country !== 'GB' && chance.is(0.03) ? 35 : 140
    if (room < 140) text = text.slice(0, room)
    if (text.length > 40 && chance.is(0.06)) text = `${text.slice(0, 35)}${chance.pick([' ', '\n'])}${text.slice(35)}`
    return chance.is(0.3) ? text.toUpperCase() : text
  }
  return books
}

const NOBODY = { text: '', shown: 'none' } as const

function codeOf(wrap: string, minor: number): string {
  if (wrap === 'card') return 'PMNT-CCRD-POSD'
  if (wrap === 'debit') return 'PMNT-RDDT-ESDD'
  if (wrap === 'wages' || wrap === 'salary') return 'PMNT-ICDT-SALA'
  if (wrap === 'fee') return 'ACMT-MDOP-CHRG'
  return minor > 0 ? 'PMNT-RCDT-ESCT' : 'PMNT-ICDT-ESCT'
}

function foreignParts({ minor, currency }: { minor: number; currency: string }, booked: number, chance: Chance) {
  const rate = Math.abs(booked) / minor
  return {
    instructedAmount: { amount: money(minor), currency },
    ...(chance.is(0.6) ? { exchangeRate: rate.toFixed(6) } : {}),
  }
}
