// Bought with the card: the bank prints what the terminal is called, the books have what somebody wrote on the receipt.

import { dressCard } from '../bank-style.ts'
import type { Item } from '../books.ts'
import { iso, money, workdayFrom } from '../kit.ts'
import { abroad, online, processed } from '../merchants.ts'
import { rateBetween, someDay, type Scene, type Story } from '../scene.ts'

type Bought = {
  readonly book: string
  readonly bank: string
  readonly bought: number
  readonly booked: number
  readonly amount: number
}

function boughtAt(scene: Scene, [book, bank]: readonly [string, string]): Bought {
  const { chance, land } = scene
  const bought = someDay(scene, null, 6)
  const lag = chance.weighed({ 1: 40, 2: 28, 3: 16, 0: 6, 4: 6, 5: 4 })
  const price = Math.exp(3.6 + 1.1 * (chance.next() * 2 - 1)) * land.scale
  return {
    book,
    bank,
    bought,
    booked: Math.min(scene.to, workdayFrom(bought + Number(lag))),
    amount: chance.is(0.25) ? Math.round(price) * 100 : Math.round(price * 100),
  }
}

function receipt(scene: Scene, { book, bought, amount }: Bought): Item {
  const { books, chance, voucherNumber } = scene
  return books.item({
    kind: 'expense',
    direction: 'out',
    amount,
    issue: bought,
    due: chance.is(0.2) ? bought : null,
    number: chance.is(0.5) ? String(voucherNumber(bought)) : null,
    ...receiptWords(scene, book),
  })
}

/** The shop as somebody remembers it, or what was bought, or who bought it. */
function receiptWords(
  { chance, land, world }: Scene,
  book: string,
): { name: string | null; description: string | null } {
  const what = chance.pick(land.say.receipts)
  const who = chance.pick(world.employees).bookName
  return chance.pick([
    () => ({ name: book, description: null }),
    () => ({ name: book, description: what }),
    () => ({ name: book, description: who }),
    () => ({ name: book, description: `${what} ${who}` }),
    () => ({ name: book.toLowerCase(), description: what }),
    () => ({ name: `${book} ${chance.pick(land.cities)}`, description: null }),
    () => ({ name: book.split(' ')[0]!, description: what }),
    () => ({ name: null, description: `${book} ${what}` }),
    () => ({ name: what, description: who }),
    () => ({ name: null, description: what }),
  ])()
}

function charge(scene: Scene, story: string, { bank, booked, bought, amount }: Bought, items: readonly Item[]): void {
  const { chance, world, land, books } = scene
  const dressed = dressCard(chance, world.main.style, {
    name: processed(chance, bank, land),
    city: chance.pick(land.cities),
    day: iso(bought),
    amount: money(amount),
  })
  books.line({
    account: world.main,
    day: booked,
    valueDay: chance.is(0.5) ? bought : booked,
    amount: -amount,
    ...dressed,
    story,
    items,
  })
}

const merchant = ({ chance, land }: Scene): readonly [string, string] =>
  chance.is(0.8) ? chance.pick(land.merchants) : chance.pick(online(chance))

export const cards: readonly Story[] = [
  {
    name: 'card.receipt',
    share: 0.07,
    tell: (scene, story) => {
      const bought = boughtAt(scene, merchant(scene))
      charge(scene, story, bought, [receipt(scene, bought)])
    },
  },
  {
    name: 'card.no-receipt',
    share: 0.045,
    tell: (scene, story) => charge(scene, story, boughtAt(scene, merchant(scene)), []),
  },
  {
    name: 'card.abroad',
    share: 0.015,
    tell: (scene, story) => {
      const { chance, world, land, books } = scene
      const [book, bank, currency] = chance.pick(abroad(land.currency))
      const bought = boughtAt(scene, [book, bank])
      const sent = chance.between(500, 40_000)
      const rate = rateBetween(bought.bought, { from: currency, to: land.currency }) * (1.005 + 0.02 * chance.next())
      const inBooks = chance.is(0.5)
      const item = receipt(scene, { ...bought, amount: inBooks ? sent : Math.round(sent * rate) })
      const entry = inBooks ? relabelled(scene, item, currency) : item
      const shown = chance.is(0.6)
      const amount = money(sent)
      const dressed = dressCard(chance, world.main.style, {
        name: chance.is(0.5) ? `${bank} ${currency} ${amount}` : bank,
        city: '',
        day: iso(bought.bought),
        amount: money(Math.round(sent * rate)),
      })
      books.line({
        account: world.main,
        day: bought.booked,
        amount: -Math.round(sent * rate),
        ...dressed,
        story,
        items: [entry],
        fit: inBooks ? 'exchange' : 'exact',
        instructed: shown ? { amount: sent, currency } : null,
        rate: shown ? rate.toFixed(4) : null,
      })
    },
  },
]

/** The same receipt, in the money that is printed on it. */
function relabelled({ books }: Scene, item: Item, currency: string): Item {
  const foreign = { ...item, currency }
  books.items[books.items.indexOf(item, books.items.length - 1)] = foreign
  return foreign
}
