import type { EntryRecord, Generator, HistoryRecord, TruthRecord } from '../labelled/format.ts'
import { openBooks, type Books, type Claim, type Item } from './books.ts'
import { judged } from './judge.ts'
import { AROUND, TRAPS } from './stories-around.ts'
import { BILLS } from './stories-bills.ts'
import { COSTS } from './stories-costs.ts'
import { SALES, pay } from './stories-sales.ts'

/** Every story and how often it happens, of a hundred or so. */
export const STORIES = { ...SALES, ...BILLS, ...COSTS, ...AROUND, ...TRAPS }

export const generate: Generator = (asked) => {
  const books = openBooks(asked)
  const happenings = linesFor(asked.entries) / 1.25
  const early = plan(books, { ...SALES, ...BILLS, ...COSTS, ...AROUND }, happenings)
  remember(books, Math.ceil(happenings * 0.12))
  for (const story of early) story(books)
  fill(books)
  for (const story of plan(books, TRAPS, happenings)) story(books)
  return written(books)
}

/** Small books are paid almost wholly through the bank within the set; of large ones much is settled or still open. */
export function linesFor(entries: number): number {
  return entries <= 600 ? entries * 0.8 : Math.min(entries * 0.5 + 180, 100_000)
}

type Story = (books: Books) => void

function plan(books: Books, stories: typeof STORIES, happenings: number): Story[] {
  const whole = Object.values(STORIES).reduce((sum, [weight]) => sum + weight, 0)
  return Object.values(stories).flatMap(([weight, story]) => {
    const share = (happenings * weight) / whole
    return Array<Story>(Math.floor(share) + (books.chance.is(share % 1) ? 1 : 0)).fill(story)
  })
}

/** What people confirmed before: ordinary things, and those whom their banks call otherwise. */
function remember(books: Books, count: number): void {
  books.era = 'past'
  const ways = Object.values({ ...SALES, ...BILLS, ...COSTS }).filter(([weight]) => weight > 3)
  while (books.past.length < count / 2) books.chance.pick(ways)[1](books)
  const strange = books.customers.filter(
    (party) => party.bank !== party.name && party.currency === books.company.currency,
  )
  for (let at = 0; at < strange.length && books.past.length < count; at++) {
    for (let times = books.chance.between(2, 3); times > 0; times--) {
      const party = strange[at]!
      pay(books, 'habit', books.sale(party, books.someDay(), books.amount(party)), { text: books.pick('thanks') })
    }
  }
  books.era = 'now'
}

/** The rest of the books: settled by other lines than these, or still open. */
function fill(books: Books): void {
  const { chance } = books
  const open = books.entries <= 600 ? 0.6 : 0.3
  while (books.items.length < books.entries) {
    const settled = !chance.is(open)
    const day =
      chance.is(0.5) && !settled
        ? chance.between(books.to - 90, books.to - 2)
        : chance.between(books.from, books.to - 2)
    if (chance.is(0.7)) {
      const party = books.customer()
      books.sale(party, day, books.amount(party), { settled })
    } else {
      const party = books.supplier()
      books.bill(party, day, books.amount(party), { settled })
    }
  }
}

function written(books: Books): ReturnType<Generator> {
  const { company } = books
  const verdicts = judged(books)
  const order = books.items.map((item) => ({ item, tie: books.chance.next() }))
  order.sort((one, other) => one.item.day - other.item.day || one.tie - other.tie)
  order.forEach(({ item }, at) => (item.entry.id = `${company.id}-e${at + 1}`))
  verdicts.forEach(({ claim }, at) => (claim.line.id = `${company.id}-t${at + 1}`))
  const truth = verdicts.map(({ claim, certain }): TruthRecord => ({
    transactionId: claim.line.id,
    companyId: company.id,
    story: claim.story,
    entryIds: claim.items.map((item) => item.entry.id),
    withTransactionIds: claim.others.map((other) => other.line.id),
    certain,
  }))
  return {
    company,
    entries: order.map(({ item }): EntryRecord => item.entry),
    transactions: verdicts.map(({ claim }) => claim.line),
    history: history(books),
    truth,
  }
}

function history(books: Books): HistoryRecord[] {
  const ids = new Map<Item, string>()
  return books.past.flatMap((claim: Claim, at) => {
    if (claim.items.length === 0) return []
    claim.line.id = `${books.company.id}-ht${at + 1}`
    for (const item of claim.items) {
      if (!ids.has(item)) ids.set(item, (item.entry.id = `${books.company.id}-he${ids.size + 1}`))
    }
    return [{ transaction: claim.line, entries: claim.items.map((item): EntryRecord => item.entry) }]
  })
}
