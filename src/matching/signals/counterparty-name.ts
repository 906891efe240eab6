import type { Books } from '../model/books.ts'
import type { EntryFeatures, LineFeatures } from '../model/features.ts'
import { nameKey } from '../model/keys.ts'
import { likenessOf, type Name } from '../model/names.ts'
import { knownParty } from './known-party.ts'
import { rarity } from '../model/rarity.ts'
import type { ReasonParams } from '../model/reasons.ts'
import { weights } from '../model/weights.ts'
import type { Evidence, Signal } from './signal.ts'

/** The other side's name against the counterparty's, word by word, rare words worth more; else the name in the text. */
export const counterpartyName: Signal = {
  name: 'counterparty-name',
  family: 'party',
  compare(line, entry, books) {
    if (entry.name === undefined) return null
    const direct = line.name === undefined ? undefined : compareNames(line.name, entry.name, books)
    if (direct !== undefined && direct.bits > 0) return direct
    const learnt = knownParty(line, entry, books, line.name === undefined ? 'text' : 'name')
    const read = inText(line, entry, entry.name, books)
    return stronger(learnt, read) ?? direct ?? null
  },
}

function stronger(learnt: Evidence | null, read: Evidence | undefined): Evidence | null {
  return learnt === null || (read !== undefined && read.bits > learnt.bits) ? (read ?? null) : learnt
}

function compareNames(name: Name, expected: Name, books: Books): Evidence | undefined {
  const { ofFirst, ofSecond, shared } = likenessOf(
    name,
    expected,
    (word) => worth(word, books),
    (word) => books.count(nameKey(word)) > 0,
  )
  const params = (): ReasonParams => ({ name: name.words.join(' ') })
  const less = Math.min(ofFirst, ofSecond)
  const more = Math.max(ofFirst, ofSecond)
  const bits = Math.min(shared * weights.counterpartyName.dependence, most(books))
  if (less >= 0.8) return { bits, key: 'counterparty-name.equal', params }
  if (more >= 0.8 || less >= 0.5)
    return { bits: bits * weights.counterpartyName.similar, key: 'counterparty-name.similar', params }
  // Between the two lies what says nothing: a shared town, a shared first name.
  return more < 0.35 ? { bits: weights.counterpartyName.differs, key: 'counterparty-name.differs', params } : undefined
}

/** The name in the text: behind a card purchase, a processor, or somebody who pays for another. Most of it is enough: shops have branches. */
function inText(line: LineFeatures, { entry }: EntryFeatures, expected: Name, books: Books): Evidence | undefined {
  const found = expected.words.filter((word) => word.length > 1 && line.words.some((other) => isSameWord(word, other)))
  if (found.length === 0) return undefined
  const bitsOf = (words: readonly string[]): number => words.reduce((total, word) => total + worth(word, books), 0)
  const share = bitsOf(found) / bitsOf(expected.words)
  if (share < 0.5) return undefined
  const { dependence, inText: believed, partlyInText } = weights.counterpartyName
  const bits = Math.min(bitsOf(found) * dependence, most(books)) * (share < 0.95 ? partlyInText : believed)
  return { bits, key: 'counterparty-name.in-text', params: () => ({ name: entry.counterparty?.name ?? expected.key }) }
}

/** Equal, or cut off where a bank's field ended. */
function isSameWord(word: string, other: string): boolean {
  return word === other || (other.length >= 5 && word.startsWith(other)) || (word.length >= 6 && other.startsWith(word))
}

/** What one word is worth. One that the books do not know is worth as much as one that a single entry has. */
function worth(word: string, books: Books): number {
  // A single letter is nearly nothing.
  return word.length === 1 ? 0.5 : Math.max(0.5, rarity(books, nameKey(word)))
}

/** No name says more than which entry is meant. */
function most(books: Books): number {
  return rarity(books) + Math.log2(weights.counterpartyName.equal)
}
