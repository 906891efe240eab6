import type { Books } from '../model/books.ts'
import {
  isPieceOf,
  isShapedLike,
  namedBy,
  weightOf,
  type DocumentNumber,
  type Mention,
} from '../model/document-numbers.ts'
import type { LineFeatures } from '../model/features.ts'
import { documentKey, documentsWithin } from '../model/keys.ts'
import { isKnownDocument } from '../model/known-documents.ts'
import { rarity } from '../model/rarity.ts'
import type { ReasonParams } from '../model/reasons.ts'
import { weights } from '../model/weights.ts'
import type { Evidence, Signal } from './signal.ts'

/** A document number named by the text, or built into the reference; and, as strong against, that another one is named. */
export const documentNumber: Signal = {
  name: 'document-number',
  family: 'document',
  compare(line, { documentNumber: number, entry }, books) {
    if (number === undefined) return null
    const named = agreement({ line, number, text: entry.documentNumber ?? number.whole, books })
    return named ?? contradiction(line, number, books)
  },
}

type Named = {
  readonly line: LineFeatures
  readonly number: DocumentNumber
  readonly text: string
  readonly books: Books
}

function agreement({ line, number, text, books }: Named): Evidence | undefined {
  const params = (): ReasonParams => ({ documentNumber: text })
  const shared = Math.log2(Math.max(1, books.count(documentKey(number.digits))))
  if (line.references.some((reference) => reference === number.whole || reference === number.digits)) {
    const bits = Math.min(most(books), number.digits.length * weights.documentNumber.worded) - shared
    return { bits, key: 'document-number.named', params }
  }
  const best = line.mentions
    .flatMap((mention) => {
      const how = namedBy(mention, number)
      if (how === undefined) return []
      if (how === 'serial') return [{ key: 'document-number.number' as const, bits: serialBits(number, books) }]
      if (isMaybeYear(mention, number)) return []
      return [
        {
          key: isSure(mention, number) ? ('document-number.named' as const) : ('document-number.number' as const),
          bits: wholeBits(line, mention, number, books) - shared,
        },
      ]
    })
    .toSorted((a, b) => b.bits - a.bits)[0]
  if (best !== undefined) return { ...best, params }
  const within = line.references
    .flatMap(documentsWithin)
    .find((form) => form === number.digits || form === number.serial)
  if (within === undefined) return undefined
  const bits =
    Math.min(weights.documentNumber.inReferenceMax, within.length * weights.documentNumber.inReference) - shared
  return { bits, key: 'document-number.in-reference', params }
}

/** A number behind an invoice word, or so long that nothing else is numbered like it. */
function isSure(mention: Mention, number: DocumentNumber): boolean {
  return mention.worded || weightOf(mention, number) >= 7
}

function wholeBits(line: LineFeatures, mention: Mention, number: DocumentNumber, books: Books): number {
  const length = weightOf(mention, number)
  if (mention.worded) return Math.min(most(books), length * weights.documentNumber.worded)
  // The more numbers a text holds, the likelier that one of them hits by chance.
  return Math.min(most(books), length * weights.documentNumber.bare) - Math.log2(line.mentions.length)
}

/** No number says more than which of all entries is meant, and a little beyond. */
function most(books: Books): number {
  return rarity(books) + weights.documentNumber.beyond
}

function serialBits(number: DocumentNumber, books: Books): number {
  const bits = Math.min(weights.documentNumber.serialMax, number.serial.length * weights.documentNumber.worded)
  return bits - Math.log2(Math.max(1, books.count(documentKey(number.serial))))
}

/** A bare 2026 is a year before it is invoice 2026. */
function isMaybeYear(mention: Mention, number: DocumentNumber): boolean {
  return !mention.worded && /^20\d\d$/.test(number.whole)
}

function contradiction(line: LineFeatures, number: DocumentNumber, books: Books): Evidence | null {
  const others = line.mentions.filter(
    (mention) => isKnownDocument(mention, books) || !(isPieceOf(mention, number) || isPeriod(mention, line)),
  )
  const surely = others.find(
    (mention) => isKnownDocument(mention, books) || (mention.worded && isShapedLike(mention, number)),
  )
  const named = surely ?? others.find((mention) => mention.worded || isInSeries(mention, number))
  if (named === undefined) return null
  const bits = surely === undefined ? weights.documentNumber.maybeOther : weights.documentNumber.other
  const key = named.worded ? 'document-number.other' : 'document-number.other-bare'
  return { bits, key, params: () => ({ named: shownAs(named) }) }
}

/** A month and its year, or the year alone: “faktura 04/2025” names no document. */
function isPeriod({ forms }: Mention, { periods }: LineFeatures): boolean {
  return periods.some(
    ({ month, year }) =>
      year !== undefined &&
      [
        `${month}`,
        `${year}`,
        `${month}${year}`,
        `${year}${String(month).padStart(2, '0')}`,
        `${month}${year % 100}`,
      ].some((form) => forms.includes(form)),
  )
}

/** The mention as a number, without the word before it. */
function shownAs({ forms, digits }: Mention): string {
  return forms.findLast((form) => /^\d+$/.test(form)) ?? digits
}

/** A bare number that could be the next one or the one before: as long, and with the same beginning. */
function isInSeries(mention: Mention, number: DocumentNumber): boolean {
  const { digits } = number
  const beginning = digits.slice(0, Math.floor(digits.length / 2))
  return digits.length >= 4 && mention.forms.some((form) => form.length === digits.length && form.startsWith(beginning))
}
