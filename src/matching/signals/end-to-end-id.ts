import { endToEndKey } from '../model/keys.ts'
import { rarity } from '../model/rarity.ts'
import type { ReasonParams } from '../model/reasons.ts'
import { weights } from '../model/weights.ts'
import type { Signal } from './signal.ts'

/** The id that whoever ordered the payment gave it. Banks drop and replace it, so another one is weak evidence against. */
export const endToEndId: Signal = {
  name: 'end-to-end-id',
  family: 'document',
  compare(line, entry, books) {
    if (line.endToEndId === undefined || entry.endToEndId === undefined) return null
    const params = (): ReasonParams => ({ endToEndId: line.endToEndId ?? '' })
    return line.endToEndId === entry.endToEndId
      ? {
          bits: rarity(books, endToEndKey(line.endToEndId)) + weights.endToEndId.beyond,
          key: 'end-to-end-id.equal',
          params,
        }
      : { bits: weights.endToEndId.differs, key: 'end-to-end-id.differs', params }
  },
}
