// Whom a careful bookkeeper takes the payer for: by account, by name, by what was booked before.

import type { Item, Line } from './books.ts'
import type { Land } from './lands/land.ts'
import type { Party } from './parties.ts'
import { spoken, wordsOf } from './reading.ts'

/** The parties that a line may be from; none when it does not say. */
export type Payers = (line: Line) => readonly Party[]

/** More namesakes than this, and nobody would choose among them. */
const mostSuspects = 6

export function payersOf({
  land,
  items,
  history,
  parties,
}: {
  readonly land: Land
  readonly items: readonly Item[]
  readonly history: readonly Line[]
  readonly parties: readonly Party[]
}): Payers {
  const byIban = new Map<string, Set<Party>>()
  const byHabit = new Map<string, Set<Party>>()
  const byWord = new Map<string, Set<Party>>()
  const legal = new Set(land.legal.flatMap(wordsOf))
  const general = new Set(
    [...land.trades, ...land.cities, ...land.sisters, ...land.legal, ...land.and].flatMap(wordsOf),
  )
  for (const { iban, party } of items) if (iban !== null && party !== null) add(byIban, iban, party)
  for (const line of history) {
    if (line.party === null || line.items.length === 0) continue
    if (line.iban !== null) add(byIban, line.iban, line.party)
    if (showsName(line, line.party)) add(byHabit, spoken(line.party.bankName), line.party)
  }
  for (const party of parties) for (const word of wordsOf(party.bookName)) add(byWord, word, party)

  return (line) => {
    const { party } = line
    if (party === null) return []
    const known = line.iban === null ? undefined : byIban.get(line.iban)
    if (known?.has(party) === true && known.size <= mostSuspects) return [...known]
    const usual = showsName(line, party) ? byHabit.get(spoken(party.bankName)) : undefined
    if (usual?.has(party) === true && usual.size <= mostSuspects) return [...usual]
    return isAnothersMoney(party) ? [] : namedLike(line, party)
  }

  function namedLike(line: Line, party: Party): readonly Party[] {
    const shown = wordsOf(`${line.name ?? ''} ${line.text ?? ''}`)
    const all = new Set(shown)
    const last = wordsOf(line.name ?? '').at(-1) ?? ''
    const kept = wordsOf(party.bookName).filter((word) => all.has(word) || (last.length >= 4 && word.startsWith(last)))
    const isDistinct = kept.some((word) => word.length >= 3 && !general.has(word))
    // `Bristol Bakery` is made of common words, and is still a name where all of it is there.
    const isWhole = kept.length >= 2 && wordsOf(party.bookName).every((word) => kept.includes(word) || legal.has(word))
    if (!isDistinct && !isWhole) return []
    const groups = kept.map((word) => byWord.get(word)!).toSorted((a, b) => a.size - b.size)
    const suspects: Party[] = []
    for (const suspect of groups[0]!) {
      if (groups.every((group) => group.has(suspect))) suspects.push(suspect)
      if (suspects.length > mostSuspects) return []
    }
    return suspects
  }
}

const others = new Set(['alias', 'renamed', 'parent', 'spouse', 'person-for-firm', 'factoring'])

/** Its name says nothing of whose invoice it pays. */
const isAnothersMoney = ({ quirk }: Party): boolean => quirk !== null && others.has(quirk)

/** The bank's name of the party stands somewhere, if only its beginning. */
function showsName(line: Line, party: Party): boolean {
  return spoken(`${line.name ?? ''} ${line.text ?? ''}`).includes(spoken(party.bankName).slice(0, 12))
}

function add<K>(index: Map<K, Set<Party>>, key: K, party: Party): void {
  const parties = index.get(key)
  if (parties === undefined) index.set(key, new Set([party]))
  else parties.add(party)
}
