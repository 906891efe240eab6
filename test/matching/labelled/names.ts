// People and firms, and what becomes of their names on the way through two banks.

import type { Chance } from '../random.ts'
import type { Land } from './lands/land.ts'

export type Person = { readonly first: string; readonly last: string }

export const personOf = (chance: Chance, land: Land): Person => ({
  first: chance.pick(land.firstNames),
  last: chance.pick(land.surnames),
})

/** Said in full; one in twelve has two given names. */
export function fullName(chance: Chance, land: Land, { first, last }: Person): string {
  return chance.is(0.08) ? `${first} ${chance.pick(land.firstNames)} ${last}` : `${first} ${last}`
}

export type Firm = { readonly words: string; readonly legal: string }

export function firmOf(chance: Chance, land: Land): Firm {
  const { trades, cities, surnames, brands } = land
  const trade = chance.pick(trades)
  const surname = chance.pick(surnames)
  const words = chance.pick([
    () => chance.pick(brands),
    () => chance.pick(brands),
    () => `${surname} ${trade}`,
    () => `${surname} ${trade}`,
    () => `${chance.pick(brands)} ${trade}`,
    () => `${chance.pick(cities)} ${trade}`,
    () => `${surname} ${chance.pick(land.and)} ${chance.pick(surnames)}`,
    () => `${trade} ${surname}`,
    () => `${letters(chance)} ${trade}`,
    () => `${chance.pick(brands)} ${chance.pick(cities)}`,
    () => `${chance.pick(land.firstNames)} ${surname} ${trade}`,
    () => surname,
  ])()
  return { words, legal: chance.is(0.08) ? '' : chance.pick(land.legal) }
}

const letters = (chance: Chance): string =>
  Array.from({ length: chance.between(2, 3) }, () => chance.pick(Array.from('ABDEFGHJKLMNPRSTV'))).join('')

export const firmName = ({ words, legal }: Firm): string => `${words} ${legal}`.trim()

/** How the customer's own bank has the firm: registered a little differently than somebody wrote it into the books. */
export function registered(chance: Chance, land: Land, { words, legal }: Firm): string {
  const joined = land.and.reduce(
    (text, word) => text.replaceAll(` ${word} `, ` ${chance.is(0.3) ? chance.pick(land.and) : word} `),
    words,
  )
  return chance
    .pick([
      () => `${joined} ${legal}`,
      () => `${joined} ${legal}`,
      () => `${joined} ${legal}`,
      () => `${joined} ${legal}`,
      () => joined,
      () => `${joined} ${legal.replaceAll('.', '')}`,
      () => `${joined}, ${legal}`,
      () => `${legal} ${joined}`,
      () => `${joined} ${legal} ${chance.pick(land.cities)}`,
      () => `${joined} ${chance.pick(land.legal)}`,
    ])()
    .replace(/[,\s]+$/, '')
    .trim()
}

/** How a person's bank has her. */
export function signed(chance: Chance, full: string): string {
  const words = full.split(' ')
  const last = words.slice(1).join(' ')
  const first = words[0]!
  return chance.pick([
    () => full,
    () => full,
    () => full,
    () => `${last} ${first}`,
    () => `${last}, ${first}`,
    () => `${first.slice(0, 1)} ${last}`,
    () => `${first.slice(0, 1)}. ${last}`,
    () => `${last} ${first.slice(0, 1)}`,
  ])()
}
