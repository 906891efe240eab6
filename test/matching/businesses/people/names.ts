// Makes people and firms out of a country's raw material, and the families among them.

import type { Chance } from '../../random.ts'
import type { Country } from '../../labelled/format.ts'
import { belgium } from './belgium.ts'
import { britain } from './britain.ts'
import { denmark } from './denmark.ts'
import { finland } from './finland.ts'
import { france } from './france.ts'
import { germany } from './germany.ts'
import type { Locale } from './locale.ts'
import { netherlands } from './netherlands.ts'
import { norway } from './norway.ts'
import { sweden } from './sweden.ts'

export const locales: Readonly<Record<Country, Locale>> = {
  NO: norway, SE: sweden, DK: denmark, FI: finland, NL: netherlands, BE: belgium, DE: germany, GB: britain, FR: france,
} // prettier-ignore

export type Person = { readonly first: string; readonly last: string }

function surname(chance: Chance, locale: Locale): string {
  if (chance.is(0.55)) return chance.pick(locale.last)
  const start = chance.pick(locale.lastStarts)
  const end = chance.pick(locale.lastEnds)
  return start.endsWith(' ') ? start + end[0]!.toUpperCase() + end.slice(1) : start + end.toLowerCase()
}

export function person(chance: Chance, locale: Locale): Person {
  const last = surname(chance, locale)
  return { first: chance.pick(locale.first), last: chance.is(0.06) ? `${last}-${surname(chance, locale)}` : last }
}

export const fullName = ({ first, last }: Person): string => `${first} ${last}`

/** How the same person is written elsewhere: the other way round, by initials, as a couple. */
export function otherSpelling(chance: Chance, { first, last }: Person): string {
  switch (chance.weighed({ turned: 4, comma: 2, initial: 3, middle: 2, title: 1 })) {
    case 'turned':
      return `${last} ${first}`
    case 'comma':
      return `${last}, ${first}`
    case 'initial':
      return `${first[0]!}. ${last}`
    case 'middle':
      return `${first} ${String.fromCharCode(65 + chance.between(0, 22))}. ${last}`
    case 'title':
      return `${last} ${first[0]!}`
  }
}

/** A firm's name without its legal form. */
export function firmBody(chance: Chance, locale: Locale): string {
  switch (chance.weighed({ brand: 5, family: 3, place: 2, pair: 1, brandTrade: 3, initials: 1, sons: 1 })) {
    case 'brand':
      return chance.pick(locale.roots) + chance.pick(locale.tails)
    case 'family':
      return `${surname(chance, locale)} ${chance.pick(locale.trades)}`
    case 'place':
      return `${chance.pick(locale.cities)} ${chance.pick(locale.trades)}`
    case 'pair':
      return `${surname(chance, locale)} ${chance.is(0.5) ? '&' : locale.and} ${surname(chance, locale)}`
    case 'brandTrade':
      return `${chance.pick(locale.roots)}${chance.pick(locale.tails)} ${chance.pick(locale.trades)}`
    case 'initials':
      return `${letters(chance, chance.between(2, 3))} ${chance.pick(locale.trades)}`
    case 'sons':
      return `${surname(chance, locale)} & ${locale.sons}`
  }
}

function letters(chance: Chance, count: number): string {
  return Array.from({ length: count }, () => 'ABDEFGHJKLMNPRSTV'[chance.between(0, 16)]!).join('')
}

export function withForm(locale: Locale, body: string, form: string): string {
  if (form === '') return body
  return locale.formFirst || form === 'Stichting' ? `${form} ${body}` : `${body} ${form}`
}

export function firm(chance: Chance, locale: Locale): string {
  return withForm(locale, firmBody(chance, locale), chance.pick(locale.forms))
}

/** Sisters of one group: almost the same name. */
export function sisterOf(chance: Chance, locale: Locale, body: string): string {
  const words = [
    'Holding',
    'Invest',
    chance.pick(locale.cities),
    chance.pick(locale.trades),
    'Group',
    '2',
    'International',
    'Nord',
  ]
  return withForm(locale, `${body} ${chance.pick(words)}`, chance.pick(locale.forms))
}

/** What a firm's own bank may hold as the holder's name. */
export function asHeldByBank(chance: Chance, locale: Locale, name: string, body: string): string {
  switch (chance.weighed({ same: 62, body: 12, and: 6, long: 5, dots: 4, city: 4, short: 3, owner: 4 })) {
    case 'same':
      return name
    case 'body':
      return body
    case 'and':
      return name.includes(' & ') ? name.replace(' & ', ` ${locale.and} `) : name.replace(` ${locale.and} `, ' & ')
    case 'long':
      return body + (locale.formFirst ? '' : ` ${chance.pick(longForms[locale.country])}`)
    case 'dots':
      return name.replaceAll('.', '').replace('/', '')
    case 'city':
      return `${name} ${chance.pick(locale.cities)}`
    case 'short':
      return body.split(' ').length > 1 ? body.split(' ').slice(0, -1).join(' ') : body
    case 'owner':
      return `${body} v/ ${fullName(person(chance, locale))}`
  }
}

const longForms: Readonly<Record<Country, readonly string[]>> = {
  NO: ['Aksjeselskap', 'Norge AS'], SE: ['Aktiebolag', 'Sverige AB'], DK: ['Anpartsselskab', 'Danmark ApS'],
  FI: ['Osakeyhtiö', 'Suomi Oy'], NL: ['Besloten Vennootschap', 'Nederland B.V.'], BE: ['Besloten Vennootschap', 'Belgium SA'],
  DE: ['Gesellschaft mbH', 'Deutschland GmbH'], GB: ['Limited', 'UK Ltd'], FR: ['France', 'et Cie'],
} // prettier-ignore
