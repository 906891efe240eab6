import { wordKey } from '../model/keys.ts'
import { rarity } from '../model/rarity.ts'
import { weights } from '../model/weights.ts'
import type { Signal } from './signal.ts'

/** Words that the text and the entry's description share, rare ones worth more. */
export const remittanceText: Signal = {
  name: 'remittance-text',
  family: 'text',
  compare(line, entry, books) {
    const shared = entry.words.filter((word) => line.words.includes(word))
    if (shared.length === 0) return null
    const bits = shared.reduce((total, word) => total + rarity(books, wordKey(word)), 0)
    return {
      bits: Math.min(weights.remittanceText.max, bits * weights.remittanceText.share),
      key: 'remittance-text.shared',
      params: () => ({ words: shared.slice(0, 5).join(', ') }),
    }
  },
}
