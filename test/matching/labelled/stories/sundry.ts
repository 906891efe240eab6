// Loans, insurance, what the bank takes and gives, the owner, cash; and lines that the books know nothing of.

import { addMonths, dayOfMonth, fill, phrase } from '../kit.ts'
import { plainPayer } from '../strangers.ts'
import { monthName, pay, someDay, type Scene, type Story } from '../scene.ts'
import { germanDay } from '../writing.ts'
import { priceOf } from '../world.ts'

const bankLine = (scene: Scene, story: string, { text, amount, code, items = [] }: BankLine): void => {
  const day = someDay(scene)
  pay(scene, {
    story,
    party: null,
    day,
    amount,
    items,
    text,
    code,
    name: null,
    iban: null,
    bare: true,
    account: scene.world.main,
  })
}
type BankLine = { readonly text: string; readonly amount: number; readonly code: string; readonly items?: [] }

/** What the bank itself books, with its posting in the books or without. */
function ownBusiness(scene: Scene, story: string, kind: 'fee' | 'interest', booked: boolean): void {
  const { chance, land, world, books } = scene
  const day = someDay(scene)
  const amount = chance.is(0.5)
    ? chance.pick([250, 395, 500, 990, 1_500, 2_400]) * Math.ceil(land.scale / 3)
    : chance.between(100, 40_000)
  const isIn = kind === 'interest' && chance.is(0.6)
  const saying = chance.pick(land.say[kind])
  const words = { m: monthName(land, addMonths(day, -1)), d: germanDay(day - dayOfMonth(day)) }
  const item = booked
    ? books.item({
        kind: kind === 'fee' ? 'bank_fee' : 'ledger_posting',
        direction: isIn ? 'in' : 'out',
        amount,
        issue: day - chance.between(0, 3),
        description: fill(chance.is(0.6) ? saying : chance.pick(land.say[kind]), words),
      })
    : null
  pay(scene, {
    story,
    party: null,
    day,
    amount: isIn ? amount : -amount,
    items: item === null ? [] : [item],
    text: fill(saying, words),
    name: null,
    iban: null,
    bare: true,
    account: world.main,
    code: kind === 'fee' ? 'ACMT-MDOP-CHRG' : isIn ? 'ACMT-MCOP-INTR' : 'ACMT-MDOP-INTR',
  })
}

export const sundry: readonly Story[] = [
  {
    name: 'sundry.loan',
    share: 0.007,
    tell: (scene, story) => {
      const { chance, land, world, books } = scene
      const party = chance.pick(world.bodies.lender)
      const day = someDay(scene)
      const number = chance.digits(9)
      const [principal, interest] = [chance.between(20, 900) * 10_000, chance.between(1_000, 300_000)]
      const isTwo = chance.is(0.5)
      const one = {
        kind: 'loan' as const,
        direction: 'out' as const,
        issue: Math.max(world.span.first, day - chance.between(0, 20)),
        due: day,
        party,
      }
      const named = { name: party.bookName, number, description: fill(chance.pick(land.say.loan), { n: number }) }
      const items = isTwo
        ? [
            books.item({ ...one, ...named, amount: principal }),
            books.item({
              ...one,
              ...named,
              kind: 'ledger_posting',
              amount: interest,
              description: chance.pick(land.say.interest),
            }),
          ]
        : [books.item({ ...one, ...named, amount: principal + interest })]
      const isSaid = chance.is(0.7)
      const saying = phrase(chance, land.say.loan, { numbered: isSaid })
      pay(scene, {
        story,
        party,
        day,
        amount: -principal - interest,
        items,
        text: fill(saying, { n: number }),
        written: isSaid ? items.map(() => number) : [],
        code: 'LDAS-FTLN-PPAY',
        account: world.main,
      })
    },
  },
  {
    name: 'sundry.insurance',
    share: 0.005,
    tell: (scene, story) => {
      const { chance, world, books } = scene
      const party = chance.pick(world.bodies.insurance)
      const day = someDay(scene)
      const policy = chance.digits(9)
      const item = books.item({
        kind: 'purchase_bill',
        direction: 'out',
        amount: priceOf(chance, world, 0.6),
        issue: Math.max(world.span.first, day - chance.between(8, 30)),
        due: day,
        name: party.bookName,
        iban: party.bookIban,
        party,
        number: chance.digits(7),
        description: policy,
      })
      const isSaid = chance.is(0.6)
      pay(scene, {
        story,
        party,
        day,
        amount: -item.amount,
        items: [item],
        text: isSaid ? policy : '',
        written: isSaid ? [policy] : [],
        code: 'PMNT-RDDT-ESDD',
      })
    },
  },
  { name: 'sundry.fee', share: 0.01, tell: (scene, story) => ownBusiness(scene, story, 'fee', true) },
  { name: 'sundry.fee-unbooked', share: 0.018, tell: (scene, story) => ownBusiness(scene, story, 'fee', false) },
  { name: 'sundry.interest', share: 0.003, tell: (scene, story) => ownBusiness(scene, story, 'interest', true) },
  {
    name: 'sundry.interest-unbooked',
    share: 0.002,
    tell: (scene, story) => ownBusiness(scene, story, 'interest', false),
  },
  {
    name: 'sundry.owner',
    share: 0.007,
    tell: (scene, story) => {
      const { chance, land, world, books } = scene
      const day = someDay(scene)
      const amount = chance.between(1, 60) * 50_000 * (land.scale > 5 ? 5 : 1)
      const isBooked = chance.is(0.4)
      const item = books.item.bind(null, {
        kind: 'ledger_posting',
        direction: 'out',
        amount,
        issue: day,
        name: world.owner.bookName,
        party: world.owner,
        description: chance.pick(land.say.drawing),
      })
      pay(scene, {
        story,
        party: world.owner,
        day,
        amount: -amount,
        items: isBooked ? [item()] : [],
        text: chance.pick(land.say.drawing),
      })
    },
  },
  {
    name: 'sundry.cash',
    share: 0.007,
    tell: (scene, story) => {
      const { chance, land, world, books } = scene
      const day = someDay(scene)
      const amount = chance.between(4, 400) * 5_000
      const isBooked = chance.is(0.6)
      const items = isBooked
        ? [
            books.item({
              kind: 'ledger_posting',
              direction: 'in',
              amount,
              issue: Math.max(world.span.first, day - chance.between(0, 4)),
              description: chance.pick(land.say.cash),
            }),
          ]
        : []
      pay(scene, {
        story,
        party: null,
        day,
        amount,
        items,
        text: chance.pick(land.say.cash),
        name: null,
        iban: null,
        bare: true,
        code: 'PMNT-CNTR-CDPT',
        account: world.main,
      })
    },
  },
  {
    name: 'unknown.payer',
    share: 0.02,
    tell: (scene, story) => {
      const { chance, land, world } = scene
      const stranger = plainPayer(scene)
      pay(scene, {
        story,
        party: null,
        ...stranger,
        day: someDay(scene),
        amount: priceOf(chance, world),
        text: chance.is(0.6)
          ? chance.pick(land.say.vague)
          : fill(chance.pick(land.say.invoice), { n: chance.digits(chance.between(4, 7)) }),
      })
    },
  },
  {
    name: 'unknown.payee',
    share: 0.02,
    tell: (scene, story) => {
      const { chance, land, world } = scene
      const stranger = plainPayer(scene)
      pay(scene, {
        story,
        party: null,
        ...stranger,
        day: someDay(scene),
        amount: -priceOf(chance, world, 0.4),
        text: chance.pick(land.say.vague),
      })
    },
  },
  {
    name: 'unknown.private',
    share: 0.01,
    tell: (scene, story) =>
      bankLine(scene, story, {
        text: scene.chance.pick(scene.land.say.drawing),
        amount: -scene.chance.between(5, 300) * 1_000,
        code: 'PMNT-CCRD-CWDL',
      }),
  },
]
