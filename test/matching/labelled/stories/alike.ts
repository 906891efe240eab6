// The same amount again and again: subscriptions, price lists, two invoices that only their numbers tell apart.

import { addMonths, firstOfMonth } from '../kit.ts'
import { fieldReference } from '../references.ts'
import { customer, issuedBefore, pay, saleOf, someDay, withQuirk, type Story } from '../scene.ts'
import { asUsual } from './kin.ts'

export const alike: readonly Story[] = [
  {
    name: 'alike.subscription',
    share: 0.03,
    tell: (scene, story) => {
      const { chance, land, world } = scene
      const party = withQuirk(scene, 'subscriber')
      const months = chance.between(2, 5)
      const start = addMonths(firstOfMonth(chance.between(scene.from, scene.to)), -1)
      for (let at = 0; at < months; at++) {
        const issue = addMonths(start, at)
        const day = someDay({ ...scene, from: issue + 4, to: issue + party.termDays + 8 }, party.payday)
        if (
          issue < world.span.first ||
          day < scene.from ||
          day > scene.to ||
          !scene.once(`subscription ${party.at} ${issue}`)
        )
          continue
        const item = saleOf(scene, party, { issue })
        const byReference = party.tells === 'reference' && item.reference !== null
        const words = byReference
          ? { reference: fieldReference(chance, land.scheme, item.reference ?? '') }
          : asUsual(scene, item, party)
        pay(scene, { story, party, day, amount: item.amount, items: [item], ...words })
      }
    },
  },
  {
    name: 'alike.price',
    share: 0.02,
    tell: (scene, story) => {
      const { chance, world } = scene
      const party = customer(scene, world.customers.length > 50 ? world.customers : undefined)
      if (party.currency !== world.main.currency) return
      const day = someDay(scene, party.payday)
      const item = saleOf(scene, party, { issue: issuedBefore(scene, party, day), amount: chance.pick(world.prices) })
      pay(scene, { story, party, day, amount: item.amount, items: [item], ...asUsual(scene, item, party) })
    },
  },
  {
    name: 'alike.identical',
    share: 0.006,
    tell: (scene, story) => {
      const { chance } = scene
      const party = customer(scene, scene.world.byTelling.get(chance.is(0.5) ? 'nothing' : 'number'))
      const day = someDay(scene, party.payday)
      const issue = issuedBefore(scene, party, day)
      const item = saleOf(scene, party, { issue })
      saleOf(scene, party, { issue: issue + (chance.is(0.5) ? 0 : chance.between(0, 3)), amount: item.amount })
      pay(scene, { story, party, day, amount: item.amount, items: [item], ...asUsual(scene, item, party) })
    },
  },
]
