// Between the company's own accounts.

import { dress } from '../bank-style.ts'
import type { Item, Line } from '../books.ts'
import { fill, iso, workdayFrom } from '../kit.ts'
import { rateBetween, someDay, type Scene, type Story } from '../scene.ts'
import type { Account } from '../world.ts'

type Move = {
  readonly from: Account
  readonly to: Account
  readonly day: number
  readonly lag: number
  readonly amount: number
}

function moveOf(scene: Scene, { to, lag }: { to: Account; lag: number }): Move {
  const { chance, world, land } = scene
  const day = someDay(scene, null, 6)
  const isOut = chance.is(0.6)
  const round = chance.between(1, 90) * 10 ** chance.between(2, 4) * 100 * (land.scale > 5 ? 5 : 1)
  return {
    from: isOut ? world.main : to,
    to: isOut ? to : world.main,
    day,
    lag,
    amount: chance.is(0.8) ? round : round + chance.between(1, 9_999),
  }
}

function half(
  scene: Scene,
  move: Move,
  { story, side, bare, item }: { story: string; side: 'out' | 'in'; bare: boolean; item: Item | null },
): Line {
  const { chance, land, world, books } = scene
  const isOut = side === 'out'
  const [account, other] = isOut ? [move.from, move.to] : [move.to, move.from]
  const day = isOut ? move.day : Math.min(scene.to, workdayFrom(move.day + move.lag))
  const rate = rateBetween(move.day, { from: move.from.currency, to: move.to.currency })
  const amount = isOut ? move.amount : Math.round(move.amount * rate * (rate === 1 ? 1 : 0.995))
  const dressed = dress(chance, account.style, {
    incoming: !isOut,
    name: bare || chance.is(0.3) ? null : world.company.name,
    iban: bare ? null : other.iban,
    text: bare ? chance.pick([...land.say.transfer.slice(0, 1), '']) : chance.pick(land.say.transfer),
    reference: null,
    endToEndId: null,
    day: iso(day),
    code: isOut ? 'PMNT-ICDT-BOOK' : 'PMNT-RCDT-BOOK',
  })
  return books.line({
    account,
    day,
    amount: isOut ? -amount : amount,
    ...dressed,
    story,
    items: item === null ? [] : [item],
    ...(rate === 1 || bare
      ? {}
      : {
          instructed: { amount: move.amount, currency: move.from.currency },
          rate: rate.toFixed(4),
          fit: 'exchange' as const,
        }),
  })
}

function moved(scene: Scene, story: string, move: Move, { booked, bare }: { booked: boolean; bare: boolean }): void {
  const { chance, land, books } = scene
  const item = booked
    ? books.item({
        kind: 'transfer',
        direction: 'transfer',
        amount: move.amount,
        currency: move.from.currency,
        issue: move.day,
        description: fill(chance.pick(land.say.transfer), {}),
        from: move.from.id,
        to: move.to.id,
      })
    : null
  const out = half(scene, move, { story, side: 'out', bare, item })
  const back = half(scene, move, { story, side: 'in', bare, item })
  out.with = [back]
  back.with = [out]
}

const savings = ({ chance, world }: Scene): Account =>
  chance.pick([world.accounts[1]!, world.accounts[1]!, world.accounts[2]!])

export const transfers: readonly Story[] = [
  {
    name: 'transfer.booked',
    share: 0.014,
    tell: (scene, story) =>
      moved(
        scene,
        story,
        moveOf(scene, { to: savings(scene), lag: scene.chance.is(0.75) ? 0 : scene.chance.between(1, 3) }),
        { booked: true, bare: false },
      ),
  },
  {
    name: 'transfer.unbooked',
    share: 0.014,
    tell: (scene, story) =>
      moved(
        scene,
        story,
        moveOf(scene, { to: savings(scene), lag: scene.chance.is(0.75) ? 0 : scene.chance.between(1, 4) }),
        { booked: false, bare: false },
      ),
  },
  {
    name: 'transfer.bare',
    share: 0.008,
    tell: (scene, story) =>
      moved(scene, story, moveOf(scene, { to: savings(scene), lag: scene.chance.between(0, 2) }), {
        booked: scene.chance.is(0.4),
        bare: true,
      }),
  },
  {
    name: 'transfer.exchanged',
    share: 0.005,
    tell: (scene, story) =>
      moved(scene, story, moveOf(scene, { to: scene.world.accounts[3]!, lag: scene.chance.between(0, 2) }), {
        booked: scene.chance.is(0.5),
        bare: scene.chance.is(0.3),
      }),
  },
]
