import type { Books } from '../model/books.ts'
import { referenceKey } from '../model/keys.ts'
import { rarity } from '../model/rarity.ts'
import { weights } from '../model/weights.ts'
import type { Signal } from './signal.ts'

/**
 * The structured reference (KID, OCR, viite, FIK, betalingskenmerk, OGM, RF), in its own field or in the text. A check digit
 * proves typing, not identity: so what counts is that it is this entry's, how long it is, and whether others carry it too
 * (a customer's number on every invoice).
 */
export const reference: Signal = {
  name: 'reference',
  family: 'document',
  compare(line, entry, books) {
    if (entry.references.length === 0) return null
    const shared = line.references.find((each) => entry.references.includes(each))
    if (shared !== undefined) {
      return { bits: worth(shared, books), key: 'reference.equal', params: () => ({ reference: shared }) }
    }
    const inText = line.textReferences.find((each) => entry.references.includes(each))
    if (inText !== undefined) {
      return {
        bits: worth(inText, books) * weights.reference.inText,
        key: 'reference.in-text',
        params: () => ({ reference: inText }),
      }
    }
    // Some banks put a document number where the reference belongs; that signal reads it.
    const number = entry.documentNumber
    const other = line.references.find((each) => each !== number?.whole && each !== number?.digits)
    if (other === undefined) return null
    return { bits: weights.reference.differs, key: 'reference.differs', params: () => ({ reference: other }) }
  },
}

function worth(shared: string, books: Books): number {
  // In larger books more would have it by chance: what is left of its length beyond that tells as much in books of any size.
  const bits = Math.min(shared.length * weights.reference.perCharacter, rarity(books) + weights.reference.beyond)
  return bits - Math.log2(Math.max(1, books.count(referenceKey(shared))))
}
