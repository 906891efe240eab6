// How people write a document's number: in full, its end only, among other numbers, as a list, wrongly.

import type { Chance } from '../random.ts'
import type { Item } from './books.ts'
import { fill, iso } from './kit.ts'
import type { Land } from './lands/land.ts'
import type { Party } from './parties.ts'
import { mistyped } from './references.ts'

/** A text, and what of it names each document. */
export type Written = { readonly text: string; readonly written: readonly string[] }

/** The ordinary way: the party's own phrase and the number as it stands on the invoice. */
export function writeNumber(chance: Chance, land: Land, item: Item, party: Party): Written {
  const number = item.number ?? ''
  const phrase = chance.is(0.75) ? party.phrase : chance.pick(land.say.invoice)
  const text = fill(phrase, { n: number, d: germanDay(item.issue) })
  return { text: around(chance, land, text, party), written: [number] }
}

/** The odd ways. */
export function writeOddly(chance: Chance, land: Land, item: Item, party: Party): Written {
  const number = item.number ?? ''
  const serial = lastDigits(number)
  const spelling = chance.pick([
    () => serial,
    () => serial,
    () => number.replaceAll(/[-/ ]/g, ' '),
    () => number.replaceAll(/[-/ ]/g, ''),
    () => number.replaceAll(/[-/ ]/g, '.'),
    () => number.replaceAll('0', 'O'),
    () => `${serial.slice(0, -3)} ${serial.slice(-3)}`,
    () => Array.from(serial).join(' '),
    () => `0${serial}`,
    () => `000${serial}`,
    () => `${serial}.`,
    () => `${number}/${party.number}`,
    () => `${germanDay(item.issue)}/${number}`,
    () => `${number}${iso(item.issue).slice(2).replaceAll('-', '')}`,
  ])()
  const phrase = chance.pick([party.phrase, '{n}', '{n}', chance.pick(land.say.invoice)])
  return { text: around(chance, land, fill(phrase, { n: spelling }), party), written: [spelling] }
}

export function writeWrongly(chance: Chance, land: Land, item: Item, party: Party): Written {
  return { text: fill(party.phrase, { n: mistyped(chance, item.number ?? '0000') }), written: [] }
}

/** Several documents: in full, the first in full and the ends of the others, first to last. */
export function writeList(chance: Chance, land: Land, items: readonly Item[]): Written {
  const numbers = items.map(({ number }) => number ?? '')
  const joined = numbers.join(chance.pick([', ', '/', ' + ', ' ', ',', '; ', ` ${chance.pick(land.and)} `, '+', ' - ']))
  const text = fill(chance.pick(land.say.invoice), { n: joined })
  return { text, written: numbers }
}

export function writeShort(chance: Chance, items: readonly Item[], land: Land): Written {
  const numbers = items.map(({ number }) => number ?? '')
  const first = numbers[0]!
  const ends = numbers.slice(1).map((number) => number.slice(differsFrom(first, number)))
  const text = [first, ...ends].join(chance.pick(['/', ',', '/', '+', ', ']))
  return { text: fill(chance.pick(land.say.invoice), { n: text }), written: [first, ...ends] }
}

/** `1001-1004`: the ones between are not written, and still said. */
export function writeRange(chance: Chance, items: readonly Item[], land: Land): Written {
  const [first, last] = [items[0]!.number ?? '', items.at(-1)!.number ?? '']
  const text = `${first}${chance.pick(['-', ' - ', '..', ' til '])}${last}`
  return {
    text: fill(chance.pick(land.say.invoice), { n: text }),
    written: items.map((_, at) => (at === 0 ? first : last)),
  }
}

export const lastDigits = (number: string): string => /(\d+)\D*$/.exec(number)?.[1] ?? number

/** Two places at least, as people do. */
function differsFrom(first: string, second: string): number {
  let at = 0
  while (at < first.length && first[at] === second[at]) at++
  return Math.max(0, Math.min(at, second.length - 2))
}

/** What else stands there. */
function around(chance: Chance, land: Land, text: string, party: Party): string {
  const more = chance.next()
  if (more < 0.6) return text
  if (more < 0.7) return `${text} ${chance.pick(land.say.vague)}`
  if (more < 0.8) return `${fill(chance.pick(land.say.other), { n: party.number })} ${text}`
  if (more < 0.87) return `${party.bookName} ${text}`
  if (more < 0.93) return `${text} ${fill(chance.pick(land.say.other), { n: chance.digits(chance.between(4, 8)) })}`
  return `${text} ${chance.pick(land.streets)} ${chance.between(1, 90)}`
}

export const germanDay = (day: number): string => iso(day).split('-').toReversed().join('.')
