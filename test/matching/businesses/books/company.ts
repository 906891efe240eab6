// One company while its story is told: its books, its accounts and what its banks showed.

import type { Chance } from '../../random.ts'
import type { Country, EntryRecord } from '../../labelled/format.ts'
import type { Feed } from '../bank/feed.ts'
import { show } from '../bank/feed.ts'
import type { Movement, Shown } from '../bank/movement.ts'
import type { Scheme } from '../base/references.ts'
import type { Locale } from '../people/locale.ts'
import type { Person } from '../people/names.ts'
import type { Language } from '../people/phrases.ts'

export type Account = {
  readonly id: string
  readonly iban: string
  readonly currency: string
  readonly feed: Feed
  readonly bic: string
}

/** Whom the company deals with. */
export type Party = {
  /** As the books write it. */
  readonly name: string
  /** Without legal form. */
  readonly body: string
  /** What the books know of its account. */
  readonly iban: string | null
  /** The account it really uses, and the name that its bank holds. */
  readonly account: { readonly name: string; readonly iban: string }
  readonly person: Person | null
  readonly locale: Locale
  readonly language: Language
}

export type Item = {
  id: string
  readonly kind: EntryRecord['kind']
  readonly direction: EntryRecord['direction']
  readonly party: Party | null
  readonly name: string | null
  readonly iban: string | null
  readonly currency: string
  readonly cents: number
  readonly day: number
  readonly due: number | null
  reference: string | null
  documentNumber: string | null
  description: string | null
  endToEndId: string | null
  readonly discount: { readonly percent: number; readonly until: number } | null
  readonly from: Account | null
  readonly to: Account | null
  /** What was paid before the first bank line of the set. */
  before: number
  /** What was paid in all, so far. */
  paid: number
}

export type Settles = { readonly item: Item; readonly cents: number }

export type Line = {
  id: string
  readonly account: Account
  readonly day: number
  readonly valueDay: number | null
  /** Signed. */
  readonly cents: number
  readonly shown: Shown
  readonly foreign: { readonly cents: number; readonly currency: string; readonly rate: string | null } | null
  readonly story: string
  readonly settles: readonly Settles[]
  readonly with: Line[]
  certain: boolean
}

export type Company = {
  readonly id: string
  readonly name: string
  readonly country: Country
  readonly locale: Locale
  readonly language: Language
  readonly currency: string
  readonly accounts: readonly Account[]
  readonly chance: Chance
  /** The books begin, the set of bank lines begins, both end. */
  readonly start: number
  readonly from: number
  readonly end: number
  /** How likely a line from before the set was confirmed by a person and is told as history. */
  readonly remembered: number
  readonly scheme: Scheme | null
  /** One reference for all of a customer's invoices. */
  readonly referencePerCustomer: boolean
  readonly keepsEndToEnd: boolean
  readonly batches: boolean
  readonly items: Item[]
  /** Numbered like the others, but missing in the books. */
  readonly hidden: Item[]
  readonly lines: Line[]
  readonly past: Line[]
  readonly rememberedOf: Map<Party, number>
  /** Orders are counted apart from invoices, in numbers that look alike. */
  orders: number
  credits: number
  readonly creditPrefix: string
}

export const main = (company: Company): Account => company.accounts[0]!

export type NewItem = Pick<Item, 'kind' | 'direction' | 'party' | 'cents' | 'day'> & Partial<Item>

export function newItem(company: Company, given: NewItem): Item {
  return {
    id: '',
    name: given.party?.name ?? null,
    iban: given.party?.iban ?? null,
    currency: company.currency,
    due: null,
    reference: null,
    documentNumber: null,
    description: null,
    endToEndId: null,
    discount: null,
    from: null,
    to: null,
    before: 0,
    paid: 0,
    ...given,
  }
}

export function book(company: Company, given: NewItem): Item {
  const item = newItem(company, given)
  company.items.push(item)
  return item
}

export const open = (item: Item): number => item.cents - item.paid

export const wholly = (items: readonly Item[]): Settles[] => items.map((item) => ({ item, cents: open(item) }))

export type Posting = {
  readonly account: Account
  readonly day: number
  /** Signed, in the account's currency. */
  readonly cents: number
  readonly movement: Movement
  readonly story: string
  readonly settles?: readonly Settles[]
}

const historyPerParty = 4

/**
 * Lets money move. Before the set it only leaves its mark on the books, and sometimes in what people confirmed; after the end it has not
 * happened yet. Answers the line where there is one.
 */
export function post(company: Company, posting: Posting): Line | null {
  const { day, settles = [] } = posting
  if (day > company.end || posting.cents === 0) return null
  for (const { item, cents } of settles) item.paid += cents
  if (day >= company.from) {
    const line = lineOf(company, posting)
    company.lines.push(line)
    return line
  }
  for (const { item, cents } of settles) item.before += cents
  remember(company, posting)
  return null
}

function remember(company: Company, posting: Posting): void {
  const { settles = [] } = posting
  const party = settles[0]?.item.party
  if (settles.length === 0 || settles.some(({ item }) => item.before !== item.cents || item.paid !== item.cents)) return
  if (!company.chance.is(company.remembered)) return
  if (party !== null && party !== undefined) {
    const known = company.rememberedOf.get(party) ?? 0
    if (known >= historyPerParty) return
    company.rememberedOf.set(party, known + 1)
  }
  company.past.push(lineOf(company, posting))
}

function lineOf(company: Company, { account, day, cents, movement, story, settles = [] }: Posting): Line {
  const { chance } = company
  const shown = show(account.feed, { movement, cents, currency: account.currency, day, chance })
  const told = movement.foreign
  return {
    id: '',
    account,
    day,
    valueDay: account.feed.valueDate ? (movement.card?.day ?? (chance.is(0.9) ? day : day + 1)) : null,
    cents,
    shown,
    foreign:
      told === undefined || account.feed.code === 'none' ? null : { ...told, rate: chance.is(0.7) ? told.rate : null },
    story,
    settles,
    with: [],
    certain: false,
  }
}

/** Lines that belong together stand in the set together or not at all. */
export function postTogether(company: Company, postings: readonly Posting[]): readonly Line[] {
  const isInside = postings.every(({ day }) => day >= company.from && day <= company.end)
  if (!isInside) return []
  const lines = postings.flatMap((posting) => post(company, posting) ?? [])
  for (const line of lines) line.with.push(...lines.filter((other) => other !== line))
  return lines
}
