import type { Books } from '../model/books.ts'
import type { EntryFeatures, LineFeatures } from '../model/features.ts'
import type { ReasonKey, ReasonParams } from '../model/reasons.ts'

/** What a signal finds: bits for (positive) or against (negative) that the two belong together, and the sentence that says so. */
export type Evidence = {
  readonly bits: number
  readonly key: ReasonKey
  /** Made only for what is told. */
  readonly params: () => ReasonParams
}

export const noParams = (): ReasonParams => ({})

/** What a signal is about. Signals about the same thing repeat each other, and are not simply added. */
export type Family = 'amount' | 'time' | 'period' | 'document' | 'party' | 'text' | 'account' | 'code'

export type Signal = {
  readonly name: string
  readonly family: Family
  /** null: nothing to compare, which is no evidence either way. */
  readonly compare: (line: LineFeatures, entry: EntryFeatures, books: Books) => Evidence | null
}
