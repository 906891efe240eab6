import { endToEndKey } from '../model/keys.ts'
import { rarity } from '../model/rarity.ts'
import { weights } from '../model/weights.ts'
import type { Signal } from './signal.ts'

/** The id that whoever ordered the payment gave it. Banks drop, replace and print it in the text, so another one is weak evidence against. */
export const endToEndId: Signal = {
  name: 'end-to-end-id',
  family: 'document',
  compare({ endToEndId: given, textIds }, entry, books) {
    const own = entry.endToEndId
    if (own === undefined) return null
    if (own === given || textIds.includes(own)) {
      const bits = rarity(books, endToEndKey(own)) + weights.endToEndId.beyond
      return { bits, key: 'end-to-end-id.equal', params: () => ({ endToEndId: own }) }
    }
    if (given === undefined) return null
    return { bits: weights.endToEndId.differs, key: 'end-to-end-id.differs', params: () => ({ endToEndId: given }) }
  },
}
