// What looks right and is not. Each trap leaves something by which a careful person sees it.

import { fill } from '../kit.ts'
import { ibanOf } from '../ibans.ts'
import { firmName, registered } from '../names.ts'
import { customer, issuedBefore, pay, saleOf, someDay, type Story } from '../scene.ts'
import { plainPayer } from '../strangers.ts'
import { priceOf } from '../world.ts'
import { lastDigits } from '../writing.ts'

export const traps: readonly Story[] = [
  {
    name: 'trap.amount',
    share: 0.01,
    tell: (scene, story) => {
      // A list price that others owe too, from a stranger who writes of something of his own.
      const { chance, land, world } = scene
      const day = someDay(scene)
      const price = chance.pick(world.prices)
      const owing = customer(scene, world.customers)
      if (owing.currency === world.main.currency)
        saleOf(scene, owing, { issue: Math.max(world.span.first, day - chance.between(3, 40)), amount: price })
      pay(scene, {
        story,
        party: null,
        ...plainPayer(scene),
        day,
        amount: price,
        text: fill(chance.pick([...land.say.other, ...land.say.vague]), { n: chance.digits(chance.between(4, 7)) }),
      })
    },
  },
  {
    name: 'trap.number',
    share: 0.008,
    tell: (scene, story) => {
      // A number that is somebody else's document by chance; payer and amount are not.
      const { chance, land, world } = scene
      const day = someDay(scene)
      const other = saleOf(scene, customer(scene, world.customers), {
        issue: Math.max(world.span.first, day - chance.between(3, 40)),
      })
      pay(scene, {
        story,
        party: null,
        ...plainPayer(scene),
        day,
        amount: Math.round(other.amount * (chance.is(0.5) ? 1.37 : 0.41)) + chance.between(1, 999),
        text: fill(chance.pick(land.say.other), { n: lastDigits(other.number ?? '') }),
      })
    },
  },
  {
    name: 'trap.number-of-other',
    share: 0.008,
    tell: (scene, story) => {
      // A known customer pays her one invoice and writes an order number that is somebody else's invoice.
      const { chance, land, world } = scene
      const party = customer(scene, world.byTelling.get('nothing'))
      const day = someDay(scene, party.payday)
      const item = saleOf(scene, party, { issue: issuedBefore(scene, party, day) })
      const other = saleOf(scene, customer(scene, world.customers), {
        issue: Math.max(world.span.first, day - chance.between(3, 40)),
      })
      pay(scene, {
        story,
        party,
        day,
        amount: item.amount,
        items: [item],
        text: fill(chance.pick(land.say.other), { n: lastDigits(other.number ?? '') }),
      })
    },
  },
  {
    name: 'trap.similar-name',
    share: 0.01,
    tell: (scene, story) => {
      // Called almost as a customer with something open, and owing something else.
      const { chance, land, world } = scene
      const party = customer(scene, world.byTelling.get('number'))
      const day = someDay(scene)
      const owed = saleOf(scene, party, { issue: Math.max(world.span.first, day - chance.between(3, 40)) })
      const words = party.bookName.split(' ')
      const name = party.isPerson
        ? `${chance.pick(land.firstNames)} ${words.slice(1).join(' ')}`
        : registered(chance, land, {
            words: `${words[0]!} ${chance.pick(land.trades)}`,
            legal: chance.pick(land.legal),
          })
      if (name === party.bookName || name === firmName({ words: party.bookName, legal: '' })) return
      pay(scene, {
        story,
        party: null,
        name,
        iban: ibanOf(chance, land),
        day,
        amount: Math.round(owed.amount * (chance.is(0.5) ? 1.21 : 0.57)) + chance.between(1, 99),
        text: chance.is(0.5) ? chance.pick(land.say.vague) : '',
      })
    },
  },
  {
    name: 'trap.near-amount',
    share: 0.004,
    tell: (scene, story) => {
      // A stranger's sum lies within a charge of something open.
      const { chance, land, world } = scene
      const day = someDay(scene)
      const owed = saleOf(scene, customer(scene, world.customers), {
        issue: Math.max(world.span.first, day - chance.between(3, 40)),
        amount: priceOf(chance, world),
      })
      pay(scene, {
        story,
        party: null,
        ...plainPayer(scene),
        day,
        amount: Math.max(100, owed.amount - chance.pick([100, 500, 1_000, -100])),
        text: chance.pick(land.say.vague),
      })
    },
  },
]
