// One payment for several invoices, with and without saying which.

import type { Item } from '../books.ts'
import { addMonths, fill, firstOfMonth, sum } from '../kit.ts'
import type { Party } from '../parties.ts'
import {
  customer,
  issuedBefore,
  monthName,
  pay,
  saleOf,
  saleNumber,
  someDay,
  withQuirk,
  type Scene,
  type Story,
} from '../scene.ts'
import { writeList, writeRange, writeShort, type Written } from '../writing.ts'

type Several = { readonly party: Party; readonly day: number; readonly items: readonly Item[] }

function soldSeveral(scene: Scene, { party, most }: { party: Party; most: number }): Several {
  const { chance, world } = scene
  const day = someDay(scene, party.payday)
  const count = chance.is(0.7) ? chance.between(2, Math.min(4, most)) : chance.between(2, most)
  const every = chance.between(1, Math.ceil(40 / count))
  const last = day - chance.between(3, party.termDays)
  const issues = Array.from({ length: count }, (_, at) => Math.max(world.span.first, last - (count - 1 - at) * every))
  return { party, day, items: issues.map((issue) => saleOf(scene, party, { issue })) }
}

const whole = ({ party, day, items }: Several, story: string) => ({
  story,
  party,
  day,
  items,
  amount: sum(items.map(signed)),
})

const signed = ({ kind, amount }: Item): number => (kind === 'sales_credit_note' ? -amount : amount)

const ordinary = (scene: Scene): Party => customer(scene, scene.world.byTelling.get('number'))

export function creditNoteOf(scene: Scene, party: Party, { issue, amount }: { issue: number; amount: number }): Item {
  const { number } = saleNumber(scene, issue)
  return scene.books.item({
    kind: 'sales_credit_note',
    direction: 'out',
    amount,
    currency: party.currency,
    issue,
    due: issue,
    name: party.bookName,
    number,
    party,
    description: scene.chance.pick(scene.land.say.goods),
  })
}

function paidWith(scene: Scene, story: string, write: (items: readonly Item[]) => Written): void {
  const several = soldSeveral(scene, { party: ordinary(scene), most: 12 })
  pay(scene, { ...whole(several, story), ...write(several.items) })
}

export const several: readonly Story[] = [
  {
    name: 'several.list',
    share: 0.016,
    tell: (scene, story) => paidWith(scene, story, (items) => writeList(scene.chance, scene.land, items)),
  },
  {
    name: 'several.short-list',
    share: 0.008,
    tell: (scene, story) => paidWith(scene, story, (items) => writeShort(scene.chance, items, scene.land)),
  },
  {
    name: 'several.range',
    share: 0.003,
    tell: (scene, story) => {
      // Only numbers that follow each other can be said so: one day's invoices.
      const party = ordinary(scene)
      const day = someDay(scene, party.payday)
      const issue = Math.max(scene.world.span.first, day - chanceOfDays(scene))
      const items = Array.from({ length: scene.chance.between(2, 5) }, () => saleOf(scene, party, { issue }))
      pay(scene, { ...whole({ party, day, items }, story), ...writeRange(scene.chance, items, scene.land) })
    },
  },
  {
    name: 'several.month',
    share: 0.004,
    tell: (scene, story) => {
      const { chance, land, world } = scene
      const party = withQuirk(scene, 'one-sum')
      const day = someDay(scene, party.payday)
      const month = Math.max(firstOfMonth(world.span.first), addMonths(firstOfMonth(day), -1))
      const items = Array.from({ length: chance.between(2, 5) }, () =>
        saleOf(scene, party, { issue: Math.max(world.span.first, month + chance.between(0, 27)) }),
      )
      pay(scene, {
        ...whole({ party, day, items }, story),
        text: fill(chance.pick(land.say.allOf), { m: monthName(land, month) }),
      })
    },
  },
  {
    name: 'several.sum-only',
    share: 0.014,
    tell: (scene, story) => {
      const many = soldSeveral(scene, { party: withQuirk(scene, 'one-sum'), most: 6 })
      pay(scene, { ...whole(many, story), text: scene.chance.is(0.5) ? scene.chance.pick(scene.land.say.vague) : '' })
    },
  },
  {
    name: 'several.less-credit',
    share: 0.01,
    tell: (scene, story) => {
      const { chance, land } = scene
      const sold = soldSeveral(scene, { party: ordinary(scene), most: 4 })
      const issue = sold.items.at(-1)!.issue
      const note = creditNoteOf(scene, sold.party, {
        issue,
        amount: Math.max(100, Math.round((sold.items[0]!.amount * chance.between(5, 60)) / 100)),
      })
      const said = writeList(chance, land, sold.items)
      const less = fill(chance.pick(land.say.credit), { n: note.number })
      const isSaid = chance.is(0.7)
      pay(scene, {
        ...whole({ ...sold, items: [...sold.items, note] }, story),
        text: isSaid ? `${said.text} ${less}` : said.text,
        written: isSaid ? [...said.written, note.number ?? ''] : said.written,
      })
    },
  },
  {
    name: 'several.day-lump',
    share: 0.006,
    tell: (scene, story) => {
      // The bank collects a day's small payments into one line, and says how many at most.
      const { chance, land, world } = scene
      const day = someDay(scene)
      const count = chance.between(2, 9)
      const items = Array.from({ length: count }, () => {
        const party = customer(scene, world.byTelling.get('reference'))
        return saleOf(scene, party, { issue: issuedBefore(scene, party, day) })
      })
      pay(scene, {
        story,
        party: null,
        day,
        items,
        amount: sum(items.map(signed)),
        text: fill(chance.pick(land.say.lump), { x: String(count) }),
        name: null,
        iban: null,
        bare: true,
        code: 'PMNT-RCDT-VCOM',
      })
    },
  },
  {
    name: 'several.last-in-part',
    share: 0.003,
    tell: (scene, story) => {
      const { chance, land } = scene
      const sold = soldSeveral(scene, { party: ordinary(scene), most: 4 })
      const rest = Math.max(100, Math.round((sold.items.at(-1)!.amount * chance.between(20, 80)) / 100))
      const paid = sum(sold.items.slice(0, -1).map(signed)) + rest
      pay(scene, { ...whole(sold, story), ...writeList(chance, land, sold.items), amount: paid, fit: 'part' })
    },
  },
]

const chanceOfDays = ({ chance }: Scene): number => chance.between(8, 40)
