// The books of a bank that nobody keeps: every movement follows from the seed, the bank and the month, so a restart finds the same
// and the months grow with the clock. Months are made when they are first asked for, and remembered.

import { addDays, type Day, firstOfMonth, startOfLocalDay, timeZoneOf } from '../../values/day.ts'
import type { Account } from '../accounts.ts'
import type { Bank } from '../banks.ts'
import { randomOf } from '../random.ts'
import type { Role } from '../vocabulary.ts'
import { businessMonth } from './business.ts'
import { type Draft, type Movement, monthAt, nextBusinessDay } from './movement.ts'
import { privateMonth } from './private.ts'
import { standingMovements } from './standing.ts'

/** The first day of every ledger. */
export const ledgerBegins: Day = '2022-01-01'

export type Ledger = {
  /** Every movement of the account up to the end of `through`'s month; later ones may be among them. In no order. */
  readonly movements: (bank: Bank, account: Account, through: Day) => readonly Movement[]
}

export function createLedger(seed: string): Ledger {
  const customers = new Map<string, { next: Day; readonly byRole: Map<Role, Movement[]> }>()
  return {
    movements(bank, account, through) {
      const id = `${bank.id} ${account.usage}`
      const customer = customers.get(id) ?? { next: ledgerBegins, byRole: new Map<Role, Movement[]>() }
      customers.set(id, customer)
      const midnight = rememberedMidnights(timeZoneOf(bank.country))
      while (customer.next <= through) {
        for (const { role, movement } of bookedMonth(bank, account.usage, customer.next, midnight, seed)) {
          const movements = customer.byRole.get(role)
          if (movements === undefined) customer.byRole.set(role, [movement])
          else movements.push(movement)
        }
        customer.next = monthAfter(customer.next)
      }
      return customer.byRole.get(account.role) ?? []
    },
  }
}

/** The first day of the next month. */
export function monthAfter(day: Day): Day {
  return firstOfMonth(addDays(firstOfMonth(day), 31))
}

type Midnight = (day: Day) => number

/** Finding a zone's midnight takes longer than all else here together, and many movements share a day. */
export function rememberedMidnights(timeZone: string): Midnight {
  const known = new Map<Day, number>()
  return (day) => {
    const start = known.get(day) ?? startOfLocalDay(day, timeZone).getTime()
    known.set(day, start)
    return start
  }
}

function bookedMonth(bank: Bank, usage: Account['usage'], first: Day, midnight: Midnight, seed: string) {
  const month = monthAt(bank, first, seed)
  const standing = bank.id === 'fjordbanken' ? standingMovements(month) : []
  const drafts = usage === 'PRIV' ? privateMonth(month) : businessMonth(month, standing, first === ledgerBegins)
  return drafts.map((draft, index) => ({
    role: draft.role,
    movement: booked(draft, `${first.slice(0, 7)}-${String(index).padStart(3, '0')}`, bank, midnight, seed),
  }))
}

/** The bank's hand on a draft: key, business day, hour; and at some banks a row in thirty that comes to light days late. */
function booked(
  { role, day, madeOn, punctual, ...draft }: Draft,
  key: string,
  bank: Bank,
  midnight: Midnight,
  seed: string,
): Movement {
  const random = randomOf(seed, bank.id, role, key)
  const bookingDate = nextBusinessDay(day)
  const hour = random.pick([375, 580, 725, 930]) * 60_000
  const isLate = bank.lateBookings && punctual === undefined && madeOn === undefined && random.chance(1 / 30)
  const shownOn = isLate ? addDays(bookingDate, 1 + random.below(3)) : bookingDate
  return {
    ...draft,
    key,
    bookingDate,
    valueDate: madeOn ?? bookingDate,
    bookedAt: midnight(shownOn) + hour,
    pendingAt: madeOn === undefined ? null : midnight(madeOn) + hour,
  }
}
