import { addDays, type Day, daysBetween, timeZoneOf } from '../../values/day.ts'
import type { Bank } from '../banks.ts'
import { randomOf } from '../random.ts'
import { vocabularies } from '../vocabulary.ts'
import { rememberedMidnights } from './ledger.ts'
import { amountBetween, codes, type Movement } from './movement.ts'

/** So many rows, spread evenly over days, both ends included. */
export type Bulk = { readonly count: number; readonly from: Day; readonly to: Day }

/** Rows for a benchmark: cheap to make, and as varied as a busy shop's. */
export function bulkMovements(bulk: Bulk, id: string, bank: Bank, currency: string): readonly Movement[] {
  const random = randomOf(bank.id, id)
  const { customers, suppliers, words } = vocabularies[bank.country]
  const midnight = rememberedMidnights(timeZoneOf(bank.country))
  const days = Array.from({ length: daysBetween(bulk.from, bulk.to) + 1 }, (_, n) => addDays(bulk.from, n))
  return days.flatMap((day, n) => {
    const first = Math.ceil((n * bulk.count) / days.length)
    const next = Math.ceil(((n + 1) * bulk.count) / days.length)
    return Array.from({ length: next - first }, (_, place): Movement => {
      const isIn = random.chance(0.7)
      const amount = amountBetween(random, 50, 9_000, currency)
      return {
        key: `${id}-${String(first + place).padStart(7, '0')}`,
        bookingDate: day,
        valueDate: day,
        bookedAt: midnight(day) + 6 * 3_600_000,
        pendingAt: null,
        amount: isIn ? amount : -amount,
        code: isIn ? codes.received : codes.sent,
        counterparty: random.pick(isIn ? customers : suppliers),
        text: `${words.invoice} ${1_000_000 + first + place}`,
      }
    })
  })
}
