import type { Chance } from '../random.ts'
import { dotted } from './amounts.ts'
import type { Item } from './books.ts'
import type { Culture } from './culture.ts'
import { fold, withoutLegal, type Party, type Shown } from './parties.ts'

/** What a bank prints of a name. */
export function printedName(party: Party, chance: Chance, culture: Culture): { text: string; shown: Shown } {
  let text = party.bank
  let shown: Shown = 'full'
  const words = text.split(' ')
  const surname = words.at(-1)!
  if (party.person) {
    const joint = `${words[0]!} ${culture.list('joint')[0]!} ${chance.pick(culture.list('first'))} ${surname}`
    const way = chance.weighed({ plain: 62, turned: 16, initial: 8, joint: 3, title: 4, middle: 7 })
    if (way === 'turned') text = `${surname}${chance.is(0.5) ? ',' : ''} ${words.slice(0, -1).join(' ')}`
    if (way === 'initial') text = `${words[0]![0]!}${chance.is(0.5) ? '.' : ''} ${surname}`
    if (way === 'joint') text = joint
    if (way === 'title' && (culture.country === 'GB' || culture.country === 'FR')) text = `MR ${text}`
    if (way === 'middle') text = `${words[0]!} ${chance.pick(culture.list('last'))} ${surname}`
    if (way === 'initial' || way === 'middle') shown = 'surname'
  } else if (chance.is(0.25)) text = withoutLegal(text, culture)
  if (chance.is(0.5)) text = text.toUpperCase()
  text = spelled(text, chance)
  const room = chance.weighed({ 140: 84, 35: 8, 27: 4, 18: 4 })
  if (text.length > Number(room)) {
    text = text.slice(0, Number(room)).trim()
    shown = party.person ? 'surname' : 'short'
  }
  return { text, shown }
}

function spelled(text: string, chance: Chance): string {
  const way = chance.weighed({ kept: 68, plain: 16, spelt: 13, lost: 3 })
  if (way === 'plain')
    return text
      .normalize('NFD')
      .replaceAll(/[\u0300-\u036f]/g, '')
      .replaceAll('ø', 'o')
      .replaceAll('Ø', 'O')
  if (way === 'lost') return text.replaceAll(/[^\u0020-\u007e]/g, '?')
  const upper = text === text.toUpperCase()
  const table: Readonly<Record<string, string>> = { å: 'aa', ä: 'ae', æ: 'ae', ö: 'oe', ø: 'oe', ü: 'ue', ß: 'ss' }
  return way === 'kept'
    ? text
    : text.replaceAll(/[åäæöøüß]/gi, (letter) => {
        const said = table[letter.toLowerCase()]!
        return upper ? said.toUpperCase() : letter === letter.toLowerCase() ? said : said[0]!.toUpperCase() + said[1]!
      })
}

/** What a payer types to say which document is meant. */
export function typedDocument(item: Item, chance: Chance, culture: Culture): string {
  const full = item.entry.documentNumber ?? item.serial
  const word = chance.is(0.93) ? chance.pick(culture.list('invoice')) : chance.pick(['Invoice', 'INV', 'inv. no.'])
  const bare = item.serial
  const customer = `${chance.pick(culture.list('customer'))} ${item.party?.number ?? ''}`
  const way = chance.weighed({
    word: 32,
    full: 12,
    short: 20,
    bare: 10,
    squeezed: 5,
    spaced: 4,
    busy: 6,
    thanks: 6,
    typo: 2.5,
    hash: 2.5,
  })
  switch (way) {
    case 'word':
      return `${word}${chance.pick([' ', ' ', ': ', '. ', ''])}${full}`
    case 'full':
      return full
    case 'short':
      return `${word} ${bare}`
    case 'bare':
      return bare
    case 'squeezed':
      return `${word}${full}`.replaceAll(/[^\p{L}\d]/gu, '').toLowerCase()
    case 'spaced':
      return `${word} ${full.slice(0, -3)} ${full.slice(-3)}`
    case 'busy':
      return chance.is(0.5) ? `${customer} ${word} ${full}` : `${word} ${full} ${dotted(item.day)} ${customer}`
    case 'thanks':
      return `${word} ${full} ${chance.pick(culture.list('thanks'))}`
    case 'typo':
      return `${word} ${full.slice(0, -2)}${full.at(-1)!}${full.at(-2)!}`
    case 'hash':
      return `#${bare}`
  }
}

/** Several numbers in one breath; true where all can be told from it. */
export function typedList(items: readonly Item[], chance: Chance, culture: Culture): string {
  const serials = items.map((item) => item.serial)
  const word = chance.pick(culture.list('invoice'))
  const head = serials[0] ?? ''
  const others = serials.slice(1)
  const near = others.every((serial) => serial.slice(0, -3) === head.slice(0, -3))
  const run = others.every((serial, at) => Number(serial) === Number(head) + at + 1)
  if (run && serials.length > 2 && chance.is(0.5)) return `${word} ${head}-${serials.at(-1)!}`
  if (near && chance.is(0.35)) return `${word} ${[head, ...others.map((serial) => serial.slice(-3))].join('/')}`
  return `${word} ${serials.join(chance.pick([', ', ' ', '+', ' / ', `, ${word} `, ` ${culture.list('joint')[0]!} `]))}`
}

/** A reference as people type it where there is no field for it. */
export function typedReference(reference: string, chance: Chance, culture: Culture): string {
  const grouped = (size: number): string => reference.replaceAll(new RegExp(`(.{${size}})(?=.)`, 'g'), '$1 ')
  const label = { NO: 'KID', SE: 'OCR', DK: '+71', FI: 'viite', NL: 'kenmerk', BE: '', DE: 'RF', GB: 'ref', FR: 'ref' }
  return `${chance.is(0.6) ? `${label[culture.country]} ` : ''}${chance.pick([reference, grouped(4), grouped(5), reference])}`
}

/** Whether the digits can still be read where lines were wrapped and signs lost. */
export function stillReads(text: string, digits: string): boolean {
  return squeezed(text).includes(squeezed(digits))
}

function squeezed(text: string): string {
  return fold(text).replaceAll(' ', '')
}
