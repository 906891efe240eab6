// Whom a careful reader recognises: by account, by name in spite of its letters, by what people confirmed before.

import { inAlphabet, plain, type Alphabet } from '../base/text.ts'
import type { Company, Item, Line } from '../books/company.ts'

const idle = new Set('as asa ans da sa ab hb kb aps a s i k p oy oyj ky tmi bv b v nv n vof o f cv c stichting bvba srl sprl asbl vzw gmbh co kg ek e ag ug ohg haftungsbeschraenkt ltd limited llp plc cic sarl sas eurl sci sasu ei og och und et ja en and publ the de of'.split(' ')) // prettier-ignore

export type Who = {
  /** Whether the line shows this counterpart of the books, and no other as well as it. */
  readonly isKnown: (line: Line, key: string) => boolean
}

/** The books' own identity of a counterpart is its name: two of the same name cannot be told apart there. */
export const keyOf = ({ name }: Item): string | null => (name === null ? null : plain(name))

function tokensOf(key: string): readonly string[] {
  const all = key.split(' ')
  const telling = all.filter((token) => !idle.has(token))
  return telling.length > 0 ? telling : all
}

function learn(map: Map<string, Set<string>>, key: string, value: string): void {
  const known = map.get(key)
  if (known === undefined) map.set(key, new Set([value]))
  else known.add(value)
}

export function whoIn(company: Company, items: readonly Item[]): Who {
  const byToken = new Map<string, Set<string>>()
  const accounts = new Map<string, Set<string>>()
  const aliases = new Map<string, Set<string>>()
  const names = new Map<string, string>()
  for (const item of items) {
    const key = keyOf(item)
    if (key === null || names.has(key)) continue
    names.set(key, item.name!)
    for (const token of tokensOf(key)) learn(byToken, token, key)
  }
  for (const item of items) {
    const key = keyOf(item)
    if (key !== null && item.iban !== null) learn(accounts, item.iban, key)
  }
  for (const { shown, settles } of company.past) {
    const key = settles[0] === undefined ? null : keyOf(settles[0].item)
    if (key === null) continue
    if (shown.counterpartyIban !== null) learn(accounts, shown.counterpartyIban, key)
    if (shown.counterpartyName !== null) learn(aliases, plain(shown.counterpartyName), key)
  }
  const index: Index = { names, byToken, accounts, aliases, written: new Map() }
  return { isKnown: (line, key) => isKnown(index, line, key) }
}

type Index = {
  readonly names: ReadonlyMap<string, string>
  readonly byToken: ReadonlyMap<string, ReadonlySet<string>>
  readonly accounts: ReadonlyMap<string, ReadonlySet<string>>
  readonly aliases: ReadonlyMap<string, ReadonlySet<string>>
  readonly written: Map<string, readonly string[]>
}

const isOnly = (set: ReadonlySet<string> | undefined, key: string): boolean =>
  set !== undefined && set.size === 1 && set.has(key)

function isKnown(index: Index, { shown, account }: Line, key: string): boolean {
  const iban = shown.counterpartyIban
  if (iban !== null && index.accounts.has(iban)) return isOnly(index.accounts.get(iban), key)
  const name = shown.counterpartyName
  if (name !== null && isOnly(index.aliases.get(plain(name)), key)) return true
  const seen = plain(`${name ?? ''} ${name === null ? (shown.remittanceInformation ?? '') : ''}`)
  if (seen === '') return false
  const tokens = new Set(seen.split(' '))
  const glued = seen.replaceAll(' ', '')
  const cut = name !== null && name.length >= account.feed.nameMax - 1 ? seen.split(' ').at(-1)! : null
  const { alphabet } = account.feed
  const ours = writtenAs(index, key, alphabet)
  if (!isShown(ours, tokens, glued, cut)) return false
  const rivals = rarest(index, key)
  for (const rival of rivals) {
    if (rival === key) continue
    const theirs = writtenAs(index, rival, alphabet)
    if (theirs.length >= ours.length && isShown(theirs, tokens, glued, cut)) return false
  }
  return true
}

/** Those who share with it the word that fewest share. */
function rarest({ byToken }: Index, key: string): ReadonlySet<string> {
  let fewest: ReadonlySet<string> = new Set()
  for (const token of tokensOf(key)) {
    const sharing = byToken.get(token)
    if (sharing !== undefined && (fewest.size === 0 || sharing.size < fewest.size)) fewest = sharing
  }
  return fewest
}

/** The name's telling words in the letters of that bank; worked out once. */
function writtenAs({ names, written }: Index, key: string, alphabet: Alphabet): readonly string[] {
  const place = `${alphabet} ${key}`
  const known = written.get(place)
  if (known !== undefined) return known
  const words = tokensOf(alphabet === 'full' ? key : plain(inAlphabet(names.get(key) ?? key, alphabet)))
  written.set(place, words)
  return words
}

/** Every telling word of the name; the last may be cut off, and a first name be an initial. */
function isShown(words: readonly string[], tokens: ReadonlySet<string>, glued: string, cut: string | null): boolean {
  const isInitial = (word: string): boolean =>
    tokens.has(word[0]!) && words.some((other) => other !== word && other.length >= 4 && tokens.has(other))
  if (
    words.every(
      (word) => tokens.has(word) || (cut !== null && cut.length >= 3 && word.startsWith(cut)) || isInitial(word),
    )
  )
    return true
  const together = words.join('')
  return together.length >= 9 && glued.includes(together)
}
