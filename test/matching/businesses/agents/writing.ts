// What payers write. A payer has one way of writing and keeps to it, but for slips.

import type { Chance } from '../../random.ts'
import { partsOf } from '../base/calendar.ts'
import { decoratedOgm, type Scheme } from '../base/references.ts'
import { grouped, slipped } from '../base/text.ts'
import type { Item } from '../books/company.ts'
import type { Phrases } from '../people/phrases.ts'

export type Writes = 'reference' | 'number' | 'customer' | 'order' | 'period' | 'name' | 'chat' | 'nothing'
export type NumberStyle = 'whole' | 'serial' | 'digits' | 'apart' | 'hash' | 'worded'
export type ListStyle = 'comma' | 'slash' | 'plus' | 'and' | 'space' | 'short' | 'range' | 'count' | 'sum' | 'amounts'

export type Hand = {
  readonly writes: Writes
  readonly number: NumberStyle
  readonly list: ListStyle
  /** The word before the number, always the same; empty for those who write the number bare. */
  readonly word: string
  readonly listWord: string
  /** How often a digit goes wrong. */
  readonly slips: number
  /** Whether a reference is typed into the message instead of its field. */
  readonly typesReference: 'field' | 'message' | 'grouped'
}

export type Written = { readonly message: string; readonly reference: string | null; readonly how: string }

export function serialOf(documentNumber: string): string {
  const digits = /(\d+)\D*$/.exec(documentNumber)?.[1] ?? documentNumber
  return digits.replace(/^0+(?=\d)/, '')
}

function numberText(hand: Hand, documentNumber: string): string {
  switch (hand.number) {
    case 'whole':
    case 'worded':
      return documentNumber
    case 'serial':
      return serialOf(documentNumber)
    case 'digits':
      return documentNumber.replaceAll(/\D/g, '')
    case 'apart':
      return documentNumber.length > 5 && /^\d+$/.test(documentNumber)
        ? grouped(documentNumber, 3, ' ', true)
        : documentNumber.replaceAll('-', ' ')
    case 'hash':
      return `#${serialOf(documentNumber)}`
  }
}

function referenceText(scheme: Scheme | null, hand: Hand, given: string): string {
  if (scheme === 'ogm') return decoratedOgm(given, hand.typesReference === 'grouped' ? '*' : '+')
  if (scheme === 'fik' && hand.typesReference === 'grouped') return `+71<${given}+8${given.slice(3, 10)}<`
  if (hand.typesReference !== 'grouped') return given
  return scheme === 'viite' ? grouped(given, 5, ' ', true) : grouped(given, 4, ' ', false)
}

export type Wanted = {
  readonly chance: Chance
  readonly words: Phrases
  readonly hand: Hand
  readonly scheme: Scheme | null
  readonly items: readonly Item[]
  readonly customerNumber: number
  readonly payerName: string
  readonly street: string
  readonly order: number
}

export function write(wanted: Wanted): Written {
  return wanted.items.length === 1 ? writeOne(wanted, wanted.items[0]!) : writeSeveral(wanted)
}

function writeOne(wanted: Wanted, item: Item): Written {
  const { chance, words, hand, scheme } = wanted
  switch (hand.writes) {
    case 'reference':
      return item.reference === null ? number(wanted, item) : reference(wanted, item.reference, scheme)
    case 'number':
      return number(wanted, item)
    case 'customer':
      return {
        message: `${chance.pick(words.customer)} ${wanted.customerNumber}`,
        reference: null,
        how: 'customer number',
      }
    case 'order':
      return { message: `${chance.pick(words.order)} ${wanted.order}`, reference: null, how: 'order number' }
    case 'period':
      return { message: `${hand.word} ${monthWord(chance, words, item.day)}`.trim(), reference: null, how: 'period' }
    case 'name':
      return { message: chance.is(0.5) ? wanted.payerName : '', reference: null, how: 'name' }
    case 'chat':
      return { message: chat(wanted, item), reference: null, how: 'chat' }
    case 'nothing':
      return { message: '', reference: null, how: 'nothing' }
  }
}

function reference(wanted: Wanted, given: string, scheme: Scheme | null): Written {
  const { chance, hand } = wanted
  if (hand.typesReference === 'field') return { message: '', reference: given, how: 'reference' }
  const text = referenceText(scheme, hand, given)
  const slip = chance.is(hand.slips)
  const message = slip ? slipped(chance, text) : text
  return {
    message: chance.is(0.3) ? `${scheme === 'ogm' ? '' : 'ref '}${message}` : message,
    reference: null,
    how: slip ? 'reference, slipped' : 'reference, typed',
  }
}

function number(wanted: Wanted, item: Item): Written {
  const { chance, hand, words } = wanted
  const right = numberText(hand, item.documentNumber ?? '')
  const slip = chance.is(hand.slips)
  const text = slip ? slipped(chance, right) : right
  // Somebody who types the number where the reference belongs.
  if (wanted.scheme !== null && chance.is(0.06) && /^\d+$/.test(text))
    return { message: '', reference: text, how: 'number, wrong field' }
  const extra =
    hand.number === 'worded'
      ? ` ${chance.pick([`${chance.pick(words.customer)} ${wanted.customerNumber}`, chance.pick(words.thanks), chance.pick(words.paid), wanted.payerName])}`
      : ''
  const joint = hand.word === '' ? '' : chance.is(0.85) ? ' ' : ''
  return { message: `${hand.word}${joint}${text}${extra}`, reference: null, how: slip ? 'number, slipped' : 'number' }
}

function chat(wanted: Wanted, item: Item): string {
  const { chance, words } = wanted
  return chance
    .pick(words.chat)
    .replace('{STREET}', wanted.street)
    .replace('{NAME}', wanted.payerName)
    .replace('{MONTH}', monthWord(chance, words, item.day))
}

export function monthWord(chance: Chance, words: Phrases, day: number): string {
  const { month, year } = partsOf(day)
  const word = words.months[month - 1]!
  const two = String(month).padStart(2, '0')
  return chance.pick([word, word, `${word} ${year}`, `${two}/${year}`, word.slice(0, 3), `${two}-${year % 100}`])
}

function writeSeveral(wanted: Wanted): Written {
  const { chance, hand, words, items } = wanted
  const invoices = items.filter(({ kind }) => kind === 'sales_invoice')
  const credits = items.filter(({ kind }) => kind !== 'sales_invoice')
  const texts = invoices.map((item) => numberText(hand, item.documentNumber ?? ''))
  const less = credits.map((item) => `${chance.pick(words.credit)} ${numberText(hand, item.documentNumber ?? '')}`)
  const lead = hand.listWord === '' ? '' : `${hand.listWord} `
  const several = (list: string, how: string): Written => ({
    message: [`${lead}${list}`, ...less].join(' '),
    reference: null,
    how,
  })
  if (['period', 'chat'].includes(hand.writes))
    return {
      message: `${hand.listWord} ${monthWord(chance, words, invoices[0]?.day ?? items[0]!.day)}`.trim(),
      reference: null,
      how: 'period',
    }
  switch (hand.list) {
    case 'comma':
      return several(texts.join(', '), 'list')
    case 'slash':
      return several(texts.join('/'), 'list')
    case 'plus':
      return several(texts.join('+'), 'list')
    case 'space':
      return several(texts.join(' '), 'list')
    case 'and':
      return several(
        texts.length > 1 ? `${texts.slice(0, -1).join(', ')} ${words.and} ${texts.at(-1)!}` : texts.join(''),
        'list',
      )
    case 'short':
      return several(shortened(texts), 'short list')
    case 'range': {
      const isRun = texts.every(
        (text, at) =>
          at === 0 || Number(text.replaceAll(/\D/g, '')) === Number(texts[at - 1]!.replaceAll(/\D/g, '')) + 1,
      )
      return isRun && texts.length > 2
        ? several(`${texts[0]!}-${texts.at(-1)!}`, 'range')
        : several(shortened(texts), 'short list')
    }
    case 'amounts':
      return several(
        items
          .map(
            (item, at) =>
              `${numberText(hand, item.documentNumber ?? '')} ${item.kind === 'sales_invoice' ? '' : '-'}${(item.cents / 100).toFixed(2)}${at < items.length - 1 ? ';' : ''}`,
          )
          .join(' '),
        'list with amounts',
      )
    case 'count':
      return { message: `${items.length} ${hand.listWord}`.trim(), reference: null, how: 'count' }
    case 'sum':
      return { message: chance.is(0.4) ? chance.pick(words.paid) : '', reference: null, how: 'sum only' }
  }
}

/** `1001/02/03`: only what differs. */
function shortened(texts: readonly string[]): string {
  const first = texts[0] ?? ''
  const rest = texts.slice(1).map((text) => {
    if (text.length !== first.length) return text
    let at = 0
    while (at < text.length - 2 && text[at] === first[at]) at++
    return text.slice(at)
  })
  return [first, ...rest].join('/')
}
