// Tells the life of one company and writes down what its books and its banks show of it.

import { chance as chanceOf, type Chance } from '../random.ts'
import type {
  Country,
  EntryRecord,
  Generator,
  HistoryRecord,
  LabelledCompany,
  TransactionRecord,
  TruthRecord,
} from '../labelled/format.ts'
import { dayOf, isoOf } from './base/calendar.ts'
import { ibanOf } from './base/iban.ts'
import { textOf } from './base/money.ts'
import { schemesOf } from './agents/suppliers.ts'
import { feedsOf } from './bank/index.ts'
import type { Account, Company, Item, Line } from './books/company.ts'
import { judge } from './judge/judge.ts'
import { firm, locales } from './people/names.ts'
import { populate } from './populate.ts'
import { both, tradeNames, trades, type Trade } from './trades.ts'

const countries: readonly Country[] = ['NO', 'SE', 'DK', 'FI', 'NL', 'BE', 'DE', 'GB', 'FR']

/** How much of the books' span the bank lines cover: large books are mostly history. */
const covered: readonly (readonly [entries: number, share: number])[] = [[300, 0.82], [3000, 0.72], [30_000, 0.5], [1_000_000, 0.14]] // prettier-ignore

export const generate: Generator = ({ seed, country, entries }) => {
  const chance = chanceOf(seed * 31 + countries.indexOf(country) * 7919 + 17)
  const company = found(chance, seed, country, entries)
  populate(company.company, company.trade, entries)
  return told(company.company)
}

function found(chance: Chance, seed: number, country: Country, entries: number): { company: Company; trade: Trade } {
  const locale = locales[country]
  const at = countries.indexOf(country)
  const first = trades[tradeNames[(seed + at) % tradeNames.length]!]
  // Nobody runs a block of flats on the side.
  const second = chance.is(0.6)
    ? trades[chance.pick(tradeNames.filter((name) => name !== 'housing association'))]
    : first
  const trade = first === second ? first : both(first, second)
  const end = dayOf('2026-06-30') - chance.between(0, 9)
  const start = end - chance.between(400, 545)
  const share = shareFor(entries)
  const from = Math.round(end - (end - start) * share)
  const scheme = chance.is(country === 'DE' || country === 'FR' ? 0.5 : 0.88) ? chance.pick(schemesOf[country]) : null
  const company: Company = {
    id: `co_${country.toLowerCase()}_${seed}`,
    name: firm(chance, locale),
    country,
    locale,
    language: locale.languages[0]!,
    currency: locale.currency,
    accounts: accountsOf(chance, country, locale.currency, trade),
    chance,
    start,
    from,
    end,
    remembered: Math.min(0.8, (0.14 * share) / (1 - share)),
    scheme,
    referencePerCustomer: trade.sells.member !== undefined && chance.is(0.4),
    keepsEndToEnd: chance.is(0.35),
    batches: chance.is(0.5),
    items: [],
    hidden: [],
    lines: [],
    past: [],
    rememberedOf: new Map(),
    orders: chance.between(1000, 60_000),
    credits: chance.between(11, 900),
    creditPrefix: chance.pick(['K', 'CN', 'KN', 'GS', 'AV', '9']),
  }
  return { company, trade }
}

function shareFor(entries: number): number {
  const above = covered.findIndex(([size]) => size >= entries)
  if (above === 0) return covered[0]![1]
  if (above < 0) return covered.at(-1)![1]
  const [low, lowShare] = covered[above - 1]!
  const [high, highShare] = covered[above]!
  return lowShare + ((highShare - lowShare) * (entries - low)) / (high - low)
}

function accountsOf(chance: Chance, country: Country, currency: string, trade: Trade): Account[] {
  const feeds = feedsOf[country]
  const house = chance.pick(feeds)
  const foreign = currency === 'EUR' ? ['USD', 'GBP'] : ['EUR', 'USD']
  const kinds = [currency, ...foreign.slice(0, trade.foreignAccounts), currency, ...(chance.is(0.4) ? [currency] : [])]
  return kinds.map((each, at) => {
    const feed = chance.is(0.7) ? house : chance.pick(feeds)
    return {
      id: `ac_${country.toLowerCase()}_${at + 1}`,
      iban: ibanOf(chance, country),
      currency: each,
      feed,
      bic: feed.id.slice(3).toUpperCase(),
    }
  })
}

function told(company: Company): LabelledCompany {
  const { id, chance } = company
  const entries = company.items.toSorted((one, other) => one.day - other.day)
  entries.forEach((item, at) => (item.id = `${id}-e${at + 1}`))
  const lines = shuffledWithinDays(chance, company.lines)
  lines.forEach((line, at) => (line.id = `${id}-t${at + 1}`))
  company.past.sort((one, other) => one.day - other.day)
  company.past.forEach((line, at) => (line.id = `${id}-p${at + 1}`))
  judge(company, entries, lines)
  const isHistory = new Set(company.past.flatMap(({ settles }) => settles.map(({ item }) => item)))
  return {
    company: { id, name: company.name, country: company.country, currency: company.currency, accounts: company.accounts.map(({ id: account, iban, currency }) => ({ id: account, iban, currency })) },
    entries: entries.filter((item) => !isHistory.has(item)).map((item) => entryOf(id, item)),
    transactions: lines.map((line) => transactionOf(id, line)),
    history: company.past.map((line): HistoryRecord => ({ transaction: transactionOf(id, line), entries: line.settles.map(({ item }) => entryOf(id, item)) })),
    truth: lines.map((line): TruthRecord => ({
      transactionId: line.id, companyId: id, story: line.story, entryIds: [...new Set(line.settles.map(({ item }) => item.id))], withTransactionIds: line.with.map((other) => other.id), certain: line.certain,
    })),
  } // prettier-ignore
}

function shuffledWithinDays(chance: Chance, lines: readonly Line[]): Line[] {
  const keyed = lines.map((line) => ({ line, key: line.day + chance.next() }))
  return keyed.toSorted((one, other) => one.key - other.key).map(({ line }) => line)
}

function entryOf(companyId: string, item: Item): EntryRecord {
  const amount = textOf(item.cents)
  const left = Math.max(0, item.cents - item.before)
  return {
    id: item.id,
    companyId,
    kind: item.kind,
    direction: item.direction,
    amount,
    currency: item.currency,
    openAmount: left === item.cents ? amount : textOf(left),
    issueDate: isoOf(item.day),
    dueDate: item.due === null ? null : isoOf(item.due),
    counterpartyName: item.name,
    counterpartyIban: item.iban,
    reference: item.reference,
    documentNumber: item.documentNumber,
    description: item.description,
    endToEndId: item.endToEndId,
    ...(item.discount === null
      ? {}
      : { cashDiscount: { percent: item.discount.percent, until: isoOf(item.discount.until) } }),
    ...(item.from === null ? {} : { fromAccountId: item.from.id }),
    ...(item.to === null ? {} : { toAccountId: item.to.id }),
  }
}

function transactionOf(companyId: string, line: Line): TransactionRecord {
  return {
    id: line.id,
    companyId,
    accountId: line.account.id,
    accountIban: line.account.iban,
    bookingDate: isoOf(line.day),
    valueDate: line.valueDay === null ? null : isoOf(line.valueDay),
    amount: textOf(line.cents),
    currency: line.account.currency,
    ...line.shown,
    ...(line.foreign === null
      ? {}
      : { instructedAmount: { amount: textOf(line.foreign.cents), currency: line.foreign.currency } }),
    ...(line.foreign === null || line.foreign.rate === null ? {} : { exchangeRate: line.foreign.rate }),
  }
}
