// One customer pays one invoice.

import type { Item } from '../books.ts'
import { fill } from '../kit.ts'
import type { Party } from '../parties.ts'
import { fieldReference, mistyped, spellReference } from '../references.ts'
import { customer, issuedBefore, pay, saleOf, someDay, type Scene, type Story } from '../scene.ts'
import { writeNumber, writeOddly, writeWrongly } from '../writing.ts'

type Sale = { readonly party: Party; readonly item: Item; readonly day: number }

function sold(scene: Scene, wanted: readonly Party[] | undefined): Sale {
  const party = customer(scene, wanted)
  const day = someDay(scene, party.payday)
  return { party, day, item: saleOf(scene, party, { issue: issuedBefore(scene, party, day) }) }
}

const base = ({ party, item, day }: Sale, story: string) => ({
  story,
  party,
  day,
  amount: item.amount,
  items: [item],
  ...(item.reference === null ? {} : { code: 'PMNT-RCDT-VCOM' }),
})

/** Where the company has no references, its customers write the number. */
function referred(scene: Scene, story: string, tell: (sale: Sale, reference: string) => void): void {
  const sale = sold(scene, scene.world.byTelling.get('reference'))
  if (sale.item.reference === null) {
    pay(scene, { ...base(sale, story), ...writeNumber(scene.chance, scene.land, sale.item, sale.party) })
  } else tell(sale, sale.item.reference)
}

export const single: readonly Story[] = [
  {
    name: 'sale.reference',
    share: 0.115,
    tell: (scene, story) =>
      referred(scene, story, (sale, reference) => {
        const { chance, land } = scene
        const isBare = chance.is(0.35)
        pay(scene, {
          ...base(sale, story),
          reference: fieldReference(chance, land.scheme, reference),
          ...(isBare ? { name: null, iban: null } : {}),
          text: chance.is(0.15) ? chance.pick(land.say.vague) : '',
        })
      }),
  },
  {
    name: 'sale.reference-in-text',
    share: 0.03,
    tell: (scene, story) =>
      referred(scene, story, (sale, reference) =>
        pay(scene, { ...base(sale, story), text: spellReference(scene.chance, scene.land.scheme, reference) }),
      ),
  },
  {
    name: 'sale.reference-misplaced',
    share: 0.008,
    tell: (scene, story) =>
      referred(scene, story, (sale, reference) => {
        const { chance, land } = scene
        const spelt = spellReference(chance, land.scheme, reference)
        pay(scene, {
          ...base(sale, story),
          ...(chance.is(0.5) ? { endToEndId: spelt } : { name: `${sale.party.bankName} ${spelt}`.slice(0, 70) }),
        })
      }),
  },
  {
    name: 'sale.reference-mistyped',
    share: 0.008,
    tell: (scene, story) =>
      referred(scene, story, (sale, reference) => {
        const { chance, land } = scene
        const wrong = mistyped(chance, spellReference(chance, land.scheme, reference))
        pay(scene, { ...base(sale, story), ...(chance.is(0.5) ? { text: wrong } : { reference: wrong }) })
      }),
  },
  {
    name: 'sale.number',
    share: 0.1,
    tell: (scene, story) => {
      const sale = sold(scene, scene.world.byTelling.get('number'))
      pay(scene, { ...base(sale, story), ...writeNumber(scene.chance, scene.land, sale.item, sale.party) })
    },
  },
  {
    name: 'sale.number-odd',
    share: 0.03,
    tell: (scene, story) => {
      const sale = sold(scene, scene.world.byTelling.get('odd-number'))
      pay(scene, { ...base(sale, story), ...writeOddly(scene.chance, scene.land, sale.item, sale.party) })
    },
  },
  {
    name: 'sale.number-mistyped',
    share: 0.008,
    tell: (scene, story) => {
      const sale = sold(scene, scene.world.byTelling.get('number'))
      pay(scene, { ...base(sale, story), ...writeWrongly(scene.chance, scene.land, sale.item, sale.party) })
    },
  },
  {
    name: 'sale.other-number',
    share: 0.015,
    tell: (scene, story) => {
      const { chance, land } = scene
      const sale = sold(scene, scene.world.byTelling.get('nothing'))
      const number = chance.is(0.5) ? sale.party.number : chance.digits(chance.between(4, 8))
      pay(scene, { ...base(sale, story), text: fill(chance.pick(land.say.other), { n: number }) })
    },
  },
  {
    name: 'sale.name-only',
    share: 0.04,
    tell: (scene, story) => {
      const sale = sold(scene, scene.world.byTelling.get('nothing'))
      pay(scene, { ...base(sale, story), text: scene.chance.is(0.5) ? scene.chance.pick(scene.land.say.vague) : '' })
    },
  },
  {
    name: 'sale.iban-only',
    share: 0.008,
    tell: (scene, story) => {
      const sale = sold(scene, scene.world.byTelling.get('nothing'))
      pay(scene, { ...base(sale, story), name: null })
    },
  },
  {
    name: 'sale.bare',
    share: 0.006,
    tell: (scene, story) => {
      const sale = sold(scene, scene.world.byTelling.get('nothing'))
      const text = scene.chance.is(0.5) ? scene.chance.pick(scene.land.say.vague) : ''
      pay(scene, { ...base(sale, story), name: null, iban: null, text })
    },
  },
]
