// Wages, taxes, pensions: what a company owes every month.

import type { Item } from '../books.ts'
import { addMonths, fill, firstOfMonth, sum, workdayFrom } from '../kit.ts'
import { referenceOf, fieldReference } from '../references.ts'
import { monthName, pay, someDay, type Scene, type Story } from '../scene.ts'
import type { Party } from '../parties.ts'

function wage(
  { books, chance, land, world }: Scene,
  person: Party,
  { month, day }: { month: number; day: number },
): Item {
  // The same month after month for those on a salary, never for those paid by the hour.
  const monthly = 180_000 + ((person.at * 104_729) % 340_000)
  const amount = Math.round(
    (monthly + (person.at % 3 === 0 ? chance.between(-40_000, 40_000) : 0)) * Math.max(1, land.scale * 0.9),
  )
  return books.item({
    kind: 'payroll',
    direction: 'out',
    amount,
    issue: Math.max(world.span.first, day - chance.between(0, 5)),
    due: day,
    name: person.bookName,
    iban: chance.is(0.8) ? person.iban : null,
    party: person,
    description: fill(chance.pick(land.say.salary), { m: monthName(land, month) }),
  })
}

type Crew = { readonly of: readonly Party[]; readonly payday: number }

/** Those on a salary are paid one by one, those paid by the hour in one sum and on another day. */
function crews({ world: { employees } }: Scene): { salaried: Crew; hourly: Crew } {
  const half = Math.ceil(employees.length / 2)
  return { salaried: { of: employees.slice(0, half), payday: 25 }, hourly: { of: employees.slice(half), payday: 10 } }
}

/** A month's wages of some of a crew; each person is paid once a month. */
function wages(scene: Scene, { of, payday }: Crew, most: number): { items: Item[]; day: number; month: number } {
  const month = firstOfMonth(scene.chance.between(scene.from, scene.to))
  const day = Math.min(scene.to, Math.max(scene.from, workdayFrom(month + payday - 1)))
  const start = most >= of.length ? 0 : scene.chance.between(0, of.length - 1)
  const people = Array.from({ length: Math.min(most, of.length) }, (_, at) => of[(start + at) % of.length]!)
  const unpaid = people.filter((person) => scene.once(`wage ${person.at} ${month}`))
  return { items: unpaid.map((person) => wage(scene, person, { month, day })), day, month }
}

export const people: readonly Story[] = [
  {
    name: 'people.wage',
    share: 0.018,
    tell: (scene, story) => {
      const { chance, land } = scene
      const { items, day, month } = wages(scene, crews(scene).salaried, 3)
      for (const item of items) {
        const text = fill(chance.pick(land.say.salary), { m: monthName(land, month) })
        pay(scene, { story, party: item.party, day, amount: -item.amount, items: [item], text, code: 'PMNT-ICDT-SALA' })
      }
    },
  },
  {
    name: 'people.wages-in-one',
    share: 0.003,
    tell: (scene, story) => {
      const { chance, land } = scene
      const { items, day, month } = wages(scene, crews(scene).hourly, 12)
      if (items.length < 2) return
      const text = fill(chance.pick(land.say.salary), { m: monthName(land, month) })
      pay(scene, {
        story,
        party: null,
        day,
        amount: -sum(items.map(({ amount }) => amount)),
        items,
        text,
        name: null,
        iban: null,
        code: 'PMNT-ICDT-SALA',
        bare: true,
      })
    },
  },
  {
    name: 'people.tax',
    share: 0.008,
    tell: (scene, story) => {
      const { chance, land, world, books } = scene
      const party = chance.pick(world.bodies.tax)
      const month = firstOfMonth(someDay(scene))
      const day = Math.min(scene.to, Math.max(scene.from, workdayFrom(month + 14)))
      const count = chance.is(0.6) ? chance.between(2, land.say.withheld.length) : 1
      const reference =
        party.documents.plan === null
          ? null
          : referenceOf(party.documents.plan, { serial: chance.digits(6), customer: chance.digits(5) })
      const items = land.say.withheld.slice(0, count).map((kind) =>
        books.item({
          kind: 'tax',
          direction: 'out',
          amount: chance.between(2_000, 90_000) * 100 * Math.ceil(land.scale / 3),
          issue: addMonths(month, -1),
          due: day,
          name: chance.is(0.8) ? party.bookName : null,
          description: `${kind} ${monthName(land, addMonths(month, -1))}`,
          party,
          reference,
        }),
      )
      pay(scene, {
        story,
        party,
        day,
        amount: -sum(items.map(({ amount }) => amount)),
        items,
        reference: reference === null || chance.is(0.3) ? null : fieldReference(chance, land.scheme, reference),
        text: chance.is(0.4) ? chance.pick(land.say.withheld) : '',
      })
    },
  },
  {
    name: 'people.vat',
    share: 0.004,
    tell: (scene, story) => {
      const { chance, land, world, books } = scene
      const party = chance.pick(world.bodies.tax)
      const day = someDay(scene)
      const month = addMonths(firstOfMonth(day), -2)
      const isBack = chance.is(0.2)
      const description = fill(chance.pick(land.say.vat), { m: monthName(land, month), n: '1' })
      const item = books.item({
        kind: 'tax',
        direction: isBack ? 'in' : 'out',
        amount: chance.between(3_000, 250_000) * 100,
        issue: Math.max(world.span.first, month),
        due: day,
        name: party.bookName,
        description,
        party,
      })
      const text = fill(chance.pick(land.say.vat), { m: monthName(land, month), n: '1' })
      pay(scene, {
        story,
        party,
        day,
        amount: isBack ? item.amount : -item.amount,
        items: [item],
        text: chance.is(0.7) ? text : '',
      })
    },
  },
  {
    name: 'people.pension',
    share: 0.004,
    tell: (scene, story) => {
      const { chance, land, world, books } = scene
      const party = chance.pick(world.bodies.pension)
      const day = someDay(scene)
      const item = books.item({
        kind: chance.is(0.5) ? 'purchase_bill' : 'payroll',
        direction: 'out',
        amount: chance.between(40_000, 2_000_000),
        issue: Math.max(world.span.first, day - chance.between(5, 25)),
        due: day,
        name: party.bookName,
        iban: party.bookIban,
        party,
        number: chance.is(0.6) ? chance.digits(8) : null,
        description: monthName(land, day),
      })
      const isSaid = item.number !== null && chance.is(0.5)
      pay(scene, {
        story,
        party,
        day,
        amount: -item.amount,
        items: [item],
        text: isSaid ? (item.number ?? '') : '',
        written: isSaid ? [item.number ?? ''] : [],
      })
    },
  },
]
