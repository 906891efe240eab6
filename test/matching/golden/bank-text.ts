// What people write in a payment, and what banks make of it.

import type { Chance } from './random.ts'

/** A name as a bank shows it: capitals, cut off, umlauts spelled, the legal form gone, the surname first, an address behind. */
export function asBankWrites(name: string, luck: Chance): string {
  let written = name
  if (luck.is(0.2)) written = written.replace(/ (AS|AB|ApS|Oy|B\.?V\.?|GmbH|Ltd|SARL|SAS|A\/S)$/, '')
  if (luck.is(0.1)) written = written.split(' ').toReversed().join(' ')
  if (luck.is(0.35)) written = written.replace(/[äöüåøæß]/g, (letter) => spelled.get(letter) ?? letter)
  if (luck.is(0.5)) written = written.toUpperCase()
  if (luck.is(0.15)) written = `${written}, ${luck.pick(['Storgata 1', 'Hauptstr. 12', 'PO Box 99', '0150'])}`
  return written.slice(0, luck.pick([18, 27, 35, 70]))
}

const spelled: ReadonlyMap<string, string> = new Map([
  ['ä', 'ae'],
  ['ö', 'oe'],
  ['ü', 'ue'],
  ['å', 'aa'],
  ['ø', 'oe'],
  ['æ', 'ae'],
  ['ß', 'ss'],
])

/** A document number as somebody in a hurry writes it. */
export function oddly(number: string, luck: Chance): string {
  return luck.pick([
    number.replace(/[-/]/g, ''),
    number.replace(/[-/]/g, ' '),
    number.replace(/-/g, '/'),
    number.replace(/-0+/, '-'),
    number.toLowerCase(),
    number.replace(/^\D+/, ''),
  ])
}

/** A reference as it is printed, often in groups of four. */
export function grouped(reference: string, luck: Chance): string {
  return luck.is(0.5) ? reference.replace(/(.{4})(?=.)/g, '$1 ') : reference
}

/** Several numbers: in full, joined by a word, or short after the first (`1001/02/03`). */
export function listed(numbers: readonly string[], and: string, luck: Chance): string {
  const [first = '', ...rest] = numbers
  if (rest.length === 0) return first
  const how = luck.weighed({ full: 5, short: 2, words: 3 })
  if (how === 'short' && rest.every((number) => number.slice(0, -2) === first.slice(0, -2))) {
    return [first, ...rest.map((number) => number.slice(-2))].join('/')
  }
  return how === 'words'
    ? `${numbers.slice(0, -1).join(', ')} ${and} ${numbers.at(-1)}`
    : numbers.join(luck.pick([', ', ' ', '; ', ',']))
}

/** What stands there besides: a word, a customer number, a day, an amount. */
export function noise(words: readonly string[], luck: Chance): string {
  const about = luck.pick(['', luck.digits(4), luck.digits(5), luck.digits(8), '14.03.2026', '1.250,00', '2026'])
  return `${luck.pick(words)} ${about}`.trim()
}

export function joined(parts: readonly string[], luck: Chance): string {
  const said = parts.filter((part) => part !== '')
  return (luck.is(0.5) ? said : said.toReversed()).join(luck.pick([' ', ' ', ', ', ' / ', '\n']))
}

/** Capitals, and the space that old formats put where a line of 35 characters ended. */
export function spoiled(text: string, luck: Chance): string {
  const cased = luck.is(0.3) ? text.toUpperCase() : text
  return luck.is(0.15) && cased.length > 35 ? `${cased.slice(0, 35)} ${cased.slice(35)}` : cased
}
