// What card and payment companies pay out: many sales, less their part.

import type { Item } from '../books.ts'
import { iso, sum, workdayFrom } from '../kit.ts'
import { pay, saleOf, someDay, type Scene, type Story } from '../scene.ts'
import { priceOf } from '../world.ts'
import { customer } from '../scene.ts'
import { germanDay } from '../writing.ts'

const lessFee = ({ chance }: Scene, gross: number): number =>
  gross - Math.round(gross * chance.pick([0.014, 0.0175, 0.019, 0.025, 0.029])) - chance.pick([0, 0, 25, 180])

export const payouts: readonly Story[] = [
  {
    name: 'payout.takings',
    share: 0.014,
    tell: (scene, story) => {
      const { chance, world, books } = scene
      const party = chance.pick(world.bodies.processor)
      const taken = someDay(scene, null, 5)
      const day = Math.min(scene.to, workdayFrom(taken + chance.between(1, 3)))
      const gross = priceOf(chance, world, 4)
      const batch = chance.digits(8)
      const isNamed = chance.is(0.5)
      const item = books.item({
        kind: 'ledger_posting',
        direction: 'in',
        amount: gross,
        issue: taken,
        name: party.bookName,
        party,
        description: isNamed
          ? `${party.bookName} ${batch}`
          : `${party.bookName} ${chance.is(0.5) ? iso(taken) : germanDay(taken)}`,
      })
      const isNet = chance.is(0.75)
      pay(scene, {
        story,
        party,
        day,
        amount: isNet ? lessFee(scene, gross) : gross,
        items: [item],
        fit: isNet ? 'net' : 'exact',
        text: isNamed
          ? `${chance.pick(['PAYOUT', 'Utbetaling', 'Settlement', ''])} ${batch}`.trim()
          : chance.pick([germanDay(taken), iso(taken), 'PAYOUT', '']),
        written: isNamed ? [batch] : [],
      })
    },
  },
  {
    name: 'payout.days',
    share: 0.005,
    tell: (scene, story) => {
      const { chance, world, books } = scene
      const party = chance.pick(world.bodies.processor)
      const last = someDay(scene, null, 5)
      const items: Item[] = Array.from({ length: chance.between(2, 5) }, (_, at) =>
        books.item({
          kind: 'ledger_posting',
          direction: 'in',
          amount: priceOf(chance, world, 3),
          issue: Math.max(world.span.first, last - at),
          name: party.bookName,
          party,
          description: `${party.bookName} ${germanDay(last - at)}`,
        }),
      )
      const day = Math.min(scene.to, workdayFrom(last + chance.between(1, 3)))
      const range = `${germanDay(items.at(-1)!.issue)}-${germanDay(last)}`
      const amount = lessFee(scene, sum(items.map(({ amount: each }) => each)))
      pay(scene, {
        story,
        party,
        day,
        amount,
        items,
        fit: 'net',
        text: range,
        written: items.map(() => range),
      })
    },
  },
  {
    name: 'payout.invoices',
    share: 0.006,
    tell: (scene, story) => {
      const { chance, world } = scene
      const party = chance.pick(world.bodies.processor)
      const day = someDay(scene)
      const isOne = chance.is(0.4)
      const items = Array.from({ length: isOne ? 1 : chance.between(2, 6) }, () =>
        saleOf(scene, customer(scene, world.customers), {
          issue: Math.max(world.span.first, day - chance.between(2, 12)),
          currency: world.main.currency,
        }),
      )
      const amount = lessFee(scene, sum(items.map(({ amount: each }) => each)))
      const isSaid = isOne && chance.is(0.6)
      const number = items[0]!.number ?? ''
      pay(scene, {
        story,
        party,
        day,
        amount,
        items,
        fit: 'net',
        text: isSaid ? number : chance.pick(['PAYOUT', chance.digits(10), '']),
        written: isSaid ? [number] : [],
      })
    },
  },
]
