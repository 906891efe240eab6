import { describedKey, longNumbersOf } from '../model/keys.ts'
import { rarity } from '../model/rarity.ts'
import { weights } from '../model/weights.ts'
import type { Signal } from './signal.ts'

/** A long number that the text or the reference shares with the entry's description: an order's, or a payout's. */
export const describedNumber: Signal = {
  name: 'described-number',
  family: 'document',
  compare(line, { described }, books) {
    if (described.length === 0) return null
    const numbers = longNumbersOf(line)
    const shared = described.find((number) => numbers.includes(number))
    if (shared === undefined) return null
    const { bare, beyond } = weights.documentNumber
    const others = Math.log2(Math.max(1, books.count(describedKey(shared))))
    return {
      bits: Math.min(rarity(books) + beyond, shared.length * bare) - others,
      key: 'described-number.shared',
      params: () => ({ number: shared }),
    }
  },
}
