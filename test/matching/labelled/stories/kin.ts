// Who pays is not who was billed, or not only one is called so.

import type { Item } from '../books.ts'
import { sum } from '../kit.ts'
import type { Party, Quirk } from '../parties.ts'
import { issuedBefore, pay, saleOf, someDay, withQuirk, type Scene, type Story } from '../scene.ts'
import { writeList, writeNumber, writeOddly, type Written } from '../writing.ts'

/** As the party is used to: with the number, with something vague, with nothing. */
export function asUsual({ chance, land }: Scene, item: Item, party: Party): Written {
  if (chance.is(0.1)) return writeOddly(chance, land, item, party)
  if (party.tells === 'nothing') return { text: chance.is(0.5) ? chance.pick(land.say.vague) : '', written: [] }
  return writeNumber(chance, land, item, party)
}

function paidBy(quirk: Quirk): (scene: Scene, story: string) => void {
  return (scene, story) => {
    const party = withQuirk(scene, quirk)
    const day = someDay(scene, party.payday)
    const item = saleOf(scene, party, { issue: issuedBefore(scene, party, day) })
    pay(scene, { story, party, day, amount: item.amount, items: [item], ...asUsual(scene, item, party) })
  }
}

export const kin: readonly Story[] = [
  { name: 'kin.alias', share: 0.01, tell: paidBy('alias') },
  { name: 'kin.parent', share: 0.008, tell: paidBy('parent') },
  { name: 'kin.spouse', share: 0.006, tell: paidBy('spouse') },
  { name: 'kin.person-for-firm', share: 0.006, tell: paidBy('person-for-firm') },
  { name: 'kin.factoring', share: 0.004, tell: paidBy('factoring') },
  { name: 'kin.renamed', share: 0.004, tell: paidBy('renamed') },
  { name: 'kin.group', share: 0.012, tell: paidBy('group') },
  { name: 'kin.namesake', share: 0.008, tell: paidBy('namesake') },
  {
    name: 'kin.wallet',
    share: 0.008,
    tell: (scene, story) => {
      const { chance } = scene
      const party = withQuirk(scene, 'wallet')
      const day = someDay(scene)
      const item = saleOf(scene, party, { issue: issuedBefore(scene, party, day) })
      const { text, written } = asUsual(scene, item, party)
      const isNamed = chance.is(0.75)
      const words = isNamed ? `${party.bookName} ${text}` : text
      pay(scene, { story, party, day, amount: item.amount, items: [item], text: words.trim(), written })
    },
  },
  {
    name: 'kin.parent-for-several',
    share: 0.004,
    tell: (scene, story) => {
      // One sum from the parent for what several subsidiaries owe.
      const { chance, land, world } = scene
      const party = withQuirk(scene, 'parent')
      const sisters = (world.byQuirk.get('parent') ?? []).filter(({ iban }) => iban === party.iban)
      if (sisters.length < 2) return
      const day = someDay(scene)
      const items = sisters.map((sister) => saleOf(scene, sister, { issue: issuedBefore(scene, sister, day) }))
      const words = chance.is(0.65)
        ? writeList(chance, land, items)
        : { text: chance.pick(land.say.vague), written: [] }
      pay(scene, { story, party, day, amount: sum(items.map(({ amount }) => amount)), items, ...words })
    },
  },
  {
    name: 'kin.sisters-alike',
    share: 0.004,
    tell: (scene, story) => {
      // Both sisters owe the same; one pays.
      const sisters = scene.world.byQuirk.get('group') ?? scene.world.customers
      const at = scene.chance.between(0, sisters.length - 1)
      const party = sisters[at]!
      const brand = party.bookName.split(' ')[0]
      const other = sisters.find((sister) => sister !== party && sister.bookName.split(' ')[0] === brand) ?? party
      const day = someDay(scene)
      const issue = issuedBefore(scene, party, day)
      const item = saleOf(scene, party, { issue })
      if (other !== party)
        saleOf(scene, other, {
          issue: Math.max(scene.world.span.first, issue - scene.chance.between(0, 9)),
          amount: item.amount,
        })
      pay(scene, { story, party, day, amount: item.amount, items: [item], ...asUsual(scene, item, party) })
    },
  },
]
