// Money that goes back: refunds, chargebacks, payments that bounce.

import { fill, phrase } from '../kit.ts'
import type { Party } from '../parties.ts'
import { customer, issuedBefore, pay, saleOf, someDay, type Scene, type Story } from '../scene.ts'
import { billOf } from './bills.ts'
import { creditNoteOf } from './several.ts'
import { priceOf } from '../world.ts'
import { writeNumber } from '../writing.ts'

const payer = (scene: Scene): Party => customer(scene, scene.world.byTelling.get('number'))

/** Two lines that undo each other. */
function tie<T extends { with: readonly T[] }>(first: T, second: T): void {
  first.with = [second]
  second.with = [first]
}

export const returns: readonly Story[] = [
  {
    name: 'back.credit-note-paid-out',
    share: 0.007,
    tell: (scene, story) => {
      const { chance, land, world } = scene
      const party = payer(scene)
      const day = someDay(scene)
      const note = creditNoteOf(scene, party, {
        issue: Math.max(world.span.first, day - chance.between(0, 20)),
        amount: priceOf(chance, world, 0.5),
      })
      const isSaid = chance.is(0.6)
      const text = fill(phrase(chance, land.say.refund, { numbered: isSaid }), { n: note.number })
      pay(scene, {
        story,
        party,
        day,
        amount: -note.amount,
        items: [note],
        text,
        written: isSaid ? [note.number ?? ''] : [],
      })
    },
  },
  {
    name: 'back.refund-unbooked',
    share: 0.004,
    tell: (scene, story) => {
      const party = payer(scene)
      const text = fill(scene.chance.pick(scene.land.say.refund), { n: scene.chance.digits(5) })
      pay(scene, { story, party, day: someDay(scene), amount: -priceOf(scene.chance, scene.world, 0.4), text })
    },
  },
  {
    name: 'back.supplier-credit',
    share: 0.004,
    tell: (scene, story) => {
      const { chance, land, world, books } = scene
      const party = chance.pick(world.suppliers)
      const day = someDay(scene)
      const number = `K${chance.digits(5)}`
      const item = books.item({
        kind: 'purchase_credit_note',
        direction: 'in',
        amount: priceOf(chance, world, 0.4),
        issue: Math.max(world.span.first, day - chance.between(1, 25)),
        name: party.bookName,
        iban: party.bookIban,
        number,
        party,
      })
      const isSaid = chance.is(0.6)
      const text = isSaid ? fill(chance.pick(land.say.credit), { n: number }) : chance.pick(land.say.vague)
      pay(scene, { story, party, day, amount: item.amount, items: [item], text, written: isSaid ? [number] : [] })
    },
  },
  {
    name: 'back.bounced',
    share: 0.01,
    tell: (scene, story) => {
      const { chance, land, world } = scene
      const party = chance.pick(world.suppliers)
      const day = someDay(scene, null, 16)
      const bill = billOf(scene, party, { day })
      const sent = { party, text: bill.written[0] ?? '', endToEndId: chance.is(0.4) ? chance.digits(12) : null }
      const account = world.main
      const out = pay(scene, { ...sent, story, day, amount: -bill.item.amount, account })
      const isNamed = chance.is(0.6)
      const back = pay(scene, {
        story,
        account,
        party,
        day: Math.min(scene.to, day + chance.between(1, 5)),
        amount: bill.item.amount,
        text: `${chance.pick(land.say.returned)}${chance.is(0.5) ? ` ${sent.text}` : ''}`,
        ...(isNamed ? {} : { name: null }),
        iban: chance.is(0.5) ? party.iban : null,
        endToEndId: sent.endToEndId,
        code: 'PMNT-ICDT-RRTN',
      })
      tie(out, back)
      if (!chance.is(0.7)) return
      const again = Math.min(scene.to, back.day + chance.between(1, 8))
      pay(scene, {
        story: `${story}+paid-again`,
        party,
        day: again,
        amount: -bill.item.amount,
        items: [bill.item],
        account,
        text: bill.written[0] ?? '',
        written: bill.written,
      })
    },
  },
  {
    name: 'back.direct-debit',
    share: 0.008,
    tell: (scene, story) => {
      const { chance, land, world } = scene
      const party = payer(scene)
      const day = someDay(scene, null, 16)
      const item = saleOf(scene, party, { issue: issuedBefore(scene, party, day) })
      const mandate = writeNumber(chance, land, item, party)
      const [account, code] = [world.main, 'PMNT-IDDT-ESDD']
      const first = pay(scene, { story, party, day, amount: item.amount, account, ...mandate, code })
      const back = pay(scene, {
        story,
        party,
        account,
        day: Math.min(scene.to, day + chance.between(2, 8)),
        amount: -item.amount,
        text: `${chance.pick(land.say.returned)} ${chance.is(0.7) ? mandate.text : ''}`.trim(),
        code: 'PMNT-IDDT-UPDD',
      })
      tie(first, back)
      if (chance.is(0.6)) {
        const again = Math.min(scene.to, back.day + chance.between(3, 20))
        pay(scene, {
          story: `${story}+paid-again`,
          party,
          day: again,
          amount: item.amount,
          items: [item],
          account,
          ...mandate,
        })
      }
    },
  },
  {
    name: 'back.twice-and-refunded',
    share: 0.006,
    tell: (scene, story) => {
      // Paid twice by mistake, and the second sum sent back.
      const { chance, land, world } = scene
      const party = payer(scene)
      const day = someDay(scene, null, 25)
      const item = saleOf(scene, party, { issue: issuedBefore(scene, party, day) })
      const said = writeNumber(chance, land, item, party)
      const account = world.main
      pay(scene, { story, party, account, day, amount: item.amount, items: [item], ...said })
      const again = Math.min(scene.to, day + chance.between(1, 10))
      const second = pay(scene, { story: `${story}+again`, party, account, day: again, amount: item.amount, ...said })
      const text = fill(phrase(chance, land.say.refund, { numbered: chance.is(0.5) }), { n: item.number })
      const back = Math.min(scene.to, again + chance.between(1, 14))
      tie(second, pay(scene, { story: `${story}+back`, party, account, day: back, amount: -item.amount, text }))
    },
  },
  {
    name: 'back.chargeback',
    share: 0.003,
    tell: (scene, story) => {
      const { chance, world } = scene
      const party = chance.pick(world.bodies.processor)
      pay(scene, {
        story,
        party,
        day: someDay(scene),
        amount: -priceOf(chance, world, 0.3),
        text: chance.pick(['CHARGEBACK', 'DISPUTE', 'Chargeback fee', 'REVERSAL']) + ` ${chance.digits(8)}`,
      })
    },
  },
]
