// What arrives is not what was billed: charges, discounts, rounding, other currencies.

import type { Item } from '../books.ts'
import { iso } from '../kit.ts'
import type { Party } from '../parties.ts'
import {
  customer,
  issuedBefore,
  pay,
  rateBetween,
  saleOf,
  someDay,
  withQuirk,
  type Scene,
  type Story,
} from '../scene.ts'
import { writeNumber, type Written } from '../writing.ts'

const payer = (scene: Scene): Party => customer(scene, scene.world.byTelling.get('number'))

/** Most say the number, as a payer with something to explain does. */
function said(scene: Scene, item: Item, party: Party, share = 0.75): Written {
  return scene.chance.is(share) ? writeNumber(scene.chance, scene.land, item, party) : { text: '', written: [] }
}

function discounted(scene: Scene, story: string, { late }: { late: boolean }): void {
  const { chance, world } = scene
  const party = payer(scene)
  const day = someDay(scene, party.payday)
  const window = chance.pick([7, 8, 10, 14])
  const age = late ? window + chance.between(1, 12) : chance.between(1, window)
  const issue = Math.max(world.span.first, day - age)
  const percent = chance.pick([1, 2, 2, 2, 3])
  const item = saleOf(scene, party, { issue, discount: { percent, until: issue + window } })
  const amount = item.amount - Math.round((item.amount * percent) / 100)
  const fit = late ? ('late-discount' as const) : ('discount' as const)
  pay(scene, { story, party, day, amount, items: [item], fit, ...said(scene, item, party) })
}

/** What the bank shows of an exchange: the sum that was sent and the rate, or neither. */
function exchanged(scene: Scene, story: string, { shown }: { shown: boolean }): void {
  const { chance, world } = scene
  const party = withQuirk(scene, 'foreign')
  const day = someDay(scene, party.payday)
  const item = saleOf(scene, party, { issue: issuedBefore(scene, party, day), amount: foreignPrice(scene, party) })
  const account = chance.is(0.2)
    ? (world.accounts.find(({ currency }) => currency === party.currency) ?? world.main)
    : world.main
  const words = said(scene, item, party, 0.65)
  if (account.currency === party.currency) {
    pay(scene, { story, party, day, amount: item.amount, items: [item], account, ...words, code: 'PMNT-RCDT-XBCT' })
    return
  }
  const rate = rateBetween(day, { from: party.currency, to: world.main.currency }) * (1 + (chance.next() - 0.7) * 0.012)
  const printed = rate.toFixed(rate < 1 ? 6 : 4)
  const amount = Math.round(item.amount * Number(printed)) - (chance.is(0.2) ? 100 * chance.between(1, 15) : 0)
  pay(scene, {
    story,
    party,
    day,
    amount,
    items: [item],
    account: world.main,
    fit: 'exchange',
    ...words,
    code: 'PMNT-RCDT-XBCT',
    ...(shown
      ? { instructed: { amount: item.amount, currency: party.currency }, rate: chance.is(0.85) ? printed : null }
      : {}),
  })
}

export function foreignPrice({ chance, land }: Scene, party: Party): number {
  const scale = ['NOK', 'SEK', 'DKK'].includes(party.currency) ? 10 : 1
  return (
    Math.round(chance.between(80, 9_000) * scale * (land.scale > 5 ? 1 : 0.8)) * 100 +
    (chance.is(0.4) ? chance.between(1, 99) : 0)
  )
}

export const deductions: readonly Story[] = [
  {
    name: 'less.fee',
    share: 0.01,
    tell: (scene, story) => {
      const { chance, land } = scene
      const party = withQuirk(scene, 'less-fee')
      const day = someDay(scene, party.payday)
      const item = saleOf(scene, party, { issue: issuedBefore(scene, party, day) })
      // One bank, one charge: it is the same every time.
      const fee = Math.round((party.at % 2 === 0 ? 5 : 7.5) * (land.scale > 5 ? 10 : 1) * 100)
      if (fee * 4 > item.amount) return
      const code = chance.is(0.7) ? 'PMNT-RCDT-XBCT' : 'PMNT-RCDT-ESCT'
      pay(scene, {
        story,
        party,
        day,
        amount: item.amount - fee,
        items: [item],
        fit: 'fee',
        code,
        ...said(scene, item, party, 0.6),
      })
    },
  },
  { name: 'less.discount', share: 0.012, tell: (scene, story) => discounted(scene, story, { late: false }) },
  { name: 'less.discount-late', share: 0.004, tell: (scene, story) => discounted(scene, story, { late: true }) },
  {
    name: 'less.rounding',
    share: 0.008,
    tell: (scene, story) => {
      const { chance } = scene
      const party = payer(scene)
      const day = someDay(scene, party.payday)
      const item = saleOf(scene, party, { issue: issuedBefore(scene, party, day) })
      const amount = item.amount % 100 === 0 ? item.amount + chance.pick([1, -1]) : Math.round(item.amount / 100) * 100
      if (amount === 0) return
      pay(scene, { story, party, day, amount, items: [item], fit: 'rounding', ...said(scene, item, party) })
    },
  },
  { name: 'foreign.shown', share: 0.01, tell: (scene, story) => exchanged(scene, story, { shown: true }) },
  { name: 'foreign.bare', share: 0.007, tell: (scene, story) => exchanged(scene, story, { shown: false }) },
  {
    name: 'foreign.bill',
    share: 0.006,
    tell: (scene, story) => {
      const { chance, world, books } = scene
      const foreign = world.suppliers.filter(({ quirk }) => quirk === 'foreign')
      const party = chance.pick(foreign.length === 0 ? world.suppliers : foreign)
      const day = someDay(scene)
      const issue = Math.max(world.span.first, day - chance.between(5, 35))
      const number = chance.digits(6)
      const item = books.item({
        kind: 'purchase_bill',
        direction: 'out',
        amount: foreignPrice(scene, party),
        currency: party.currency,
        issue,
        due: issue + 30,
        name: party.bookName,
        iban: party.bookIban,
        number,
        party,
      })
      const rate = rateBetween(day, { from: party.currency, to: world.main.currency }) * (1 + chance.next() * 0.01)
      const shown = chance.is(0.6) && party.currency !== world.main.currency
      pay(scene, {
        story,
        party,
        day,
        items: [item],
        account: world.main,
        amount: -Math.round(item.amount * rate),
        fit: party.currency === world.main.currency ? 'exact' : 'exchange',
        text: chance.is(0.7) ? number : `invoice ${number} ${iso(issue)}`,
        written: [number],
        code: 'PMNT-ICDT-XBCT',
        instructed: shown ? { amount: item.amount, currency: party.currency } : null,
        rate: shown ? rate.toFixed(4) : null,
      })
    },
  },
]
