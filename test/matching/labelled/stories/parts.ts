// Paid in parts, too much, twice, too early.

import type { Item } from '../books.ts'
import { addMonths, fill } from '../kit.ts'
import type { Party } from '../parties.ts'
import { customer, issuedBefore, pay, saleOf, someDay, type Scene, type Story } from '../scene.ts'
import { priceOf } from '../world.ts'
import { writeNumber, type Written } from '../writing.ts'

const payer = (scene: Scene): Party => customer(scene, scene.world.byTelling.get('number'))

const said = (scene: Scene, item: Item, party: Party): Written => writeNumber(scene.chance, scene.land, item, party)

function partly(scene: Scene, item: Item, party: Party): Written {
  const word = scene.chance.pick(scene.land.say.part)
  if (scene.chance.is(0.2)) return { text: word, written: [] }
  const { text, written } = said(scene, item, party)
  return { text: scene.chance.is(0.6) ? `${word} ${text}` : text, written }
}

export const parts: readonly Story[] = [
  {
    name: 'part.instalments',
    share: 0.02,
    tell: (scene, story) => {
      const { chance, world } = scene
      const party = payer(scene)
      const count = chance.between(2, 5)
      const first = someDay(scene, party.payday, 30 * (count - 1))
      const item = saleOf(scene, party, { issue: Math.max(world.span.first, first - chance.between(5, 40)) })
      const each = Math.floor(item.amount / count / 100) * 100
      if (each < 100) return
      const isSaid = chance.is(0.8)
      for (let at = 0; at < count; at++) {
        const day = addMonths(first, at)
        if (day > scene.to) return
        const amount = at === count - 1 ? item.amount - each * (count - 1) : each
        const words = isSaid ? partly(scene, item, party) : { text: chance.pick(scene.land.say.part), written: [] }
        const fit = at === count - 1 ? ('exact' as const) : ('part' as const)
        pay(scene, { story, party, day, amount, items: [item], fit, ...words })
      }
    },
  },
  {
    name: 'part.short',
    share: 0.01,
    tell: (scene, story) => {
      const party = payer(scene)
      const day = someDay(scene, party.payday)
      const item = saleOf(scene, party, { issue: issuedBefore(scene, party, day) })
      const amount = Math.max(100, Math.round((item.amount * scene.chance.between(15, 85)) / 10_000) * 100)
      if (amount >= item.amount) return
      pay(scene, { story, party, day, amount, items: [item], fit: 'part', ...partly(scene, item, party) })
    },
  },
  {
    name: 'part.rest',
    share: 0.006,
    tell: (scene, story) => {
      // The first part was booked long ago: the books say what is left.
      const { chance, world } = scene
      const party = payer(scene)
      const day = someDay(scene, party.payday)
      const amount = priceOf(chance, world)
      const open = Math.max(100, Math.round((amount * chance.between(10, 80)) / 100))
      const item = saleOf(scene, party, { issue: issuedBefore(scene, party, day) - 20, amount, open })
      pay(scene, { story, party, day, amount: open, items: [item], ...partly(scene, item, party) })
    },
  },
  {
    name: 'part.over',
    share: 0.005,
    tell: (scene, story) => {
      const { chance, land } = scene
      const party = payer(scene)
      const day = someDay(scene, party.payday)
      const item = saleOf(scene, party, { issue: issuedBefore(scene, party, day) })
      const reminder = (land.scale > 5 ? 70 : 5) * 100
      const over = chance.pick([
        reminder,
        reminder,
        100,
        1_000,
        5_000,
        Math.round(item.amount * 0.1),
        10_000 - (item.amount % 10_000),
      ])
      pay(scene, {
        story,
        party,
        day,
        amount: item.amount + over,
        items: [item],
        fit: 'over',
        ...said(scene, item, party),
      })
    },
  },
  {
    name: 'part.twice',
    share: 0.008,
    tell: (scene, story) => {
      const { chance } = scene
      const party = payer(scene)
      const day = someDay(scene, party.payday, 20)
      const item = saleOf(scene, party, { issue: issuedBefore(scene, party, day) })
      pay(scene, { story, party, day, amount: item.amount, items: [item], ...said(scene, item, party) })
      const again = Math.min(scene.to, day + chance.between(1, 20))
      pay(scene, { story: `${story}+again`, party, day: again, amount: item.amount, ...said(scene, item, party) })
    },
  },
  {
    name: 'part.settled-before',
    share: 0.005,
    tell: (scene, story) => {
      const party = payer(scene)
      const day = someDay(scene, party.payday)
      const item = saleOf(scene, party, { issue: issuedBefore(scene, party, day), open: 0 })
      pay(scene, { story, party, day, amount: item.amount, ...said(scene, item, party) })
    },
  },
  {
    name: 'part.before-invoice',
    share: 0.006,
    tell: (scene, story) => {
      const { chance, land, world } = scene
      const party = payer(scene)
      const day = someDay(scene, party.payday, 15)
      const order = chance.digits(chance.between(5, 7))
      const item = saleOf(scene, party, {
        issue: Math.min(world.span.end, day + chance.between(2, 15)),
        description: chance.is(0.6) ? fill(chance.pick(land.say.other), { n: order }) : chance.pick(land.say.goods),
      })
      const isSaid = item.description?.includes(order) === true
      const text = fill(chance.pick(land.say.other), { n: order })
      pay(scene, { story, party, day, amount: item.amount, items: [item], text, written: isSaid ? [order] : [] })
    },
  },
]
