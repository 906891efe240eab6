// What two banks make of a payment before the books see it: fields too short, letters that are not there, texts in one string.

import type { Chance } from '../random.ts'
import { fill } from './kit.ts'
import type { Land } from './lands/land.ts'

export type Letters = 'kept' | 'two' | 'one' | 'lost'

/** How one account's lines look; it stays so for all of them. */
export type BankStyle = {
  readonly upper: boolean
  readonly letters: Letters
  readonly nameMax: number
  /** What the payer may write. */
  readonly messageMax: number
  readonly textMax: number
  /** Lines of the text are so long and then broken, in the middle of words too; 0 never. */
  readonly wrapAt: number
  readonly wrapWith: string
  readonly nameIn: 'field' | 'text' | 'both'
  readonly ibanShown: number
  readonly referenceIn: 'field' | 'text' | 'either'
  readonly endToEndShown: number
  readonly codes: boolean
  readonly inTemplate: string
  readonly referenceTemplate: string
  readonly outTemplate: string
  readonly cardTemplate: string
}

export function styleOf(chance: Chance, land: Land): BankStyle {
  const upper = chance.is(0.4)
  const britain = land.country === 'GB'
  const [inTemplate, outTemplate] = [chance.pick(land.bank.in), chance.pick(land.bank.out)]
  return {
    upper,
    letters: chance.weighed({ kept: 55, two: upper ? 15 : 8, one: upper ? 20 : 8, lost: 4 }),
    nameMax: britain ? chance.pick([18, 18, 35]) : chance.pick([27, 35, 35, 70, 70]),
    messageMax: britain ? 18 : chance.pick([70, 105, 140, 140]),
    textMax: inTemplate.length > 40 ? 280 : chance.pick([90, 140, 140, 280]),
    wrapAt: chance.is(0.25) ? chance.pick([27, 35]) : 0,
    wrapWith: chance.pick([' ', ' ', '\n']),
    nameIn: inTemplate.includes('{name}') ? chance.pick(['text', 'both', 'both']) : 'field',
    ibanShown: chance.pick([0.1, 0.5, 0.9, 0.9]),
    referenceIn: chance.pick(['field', 'field', 'either', 'text']),
    endToEndShown: chance.pick([0, 0.4, 0.9]),
    codes: chance.is(0.75),
    inTemplate,
    referenceTemplate: chance.pick(land.bank.reference),
    outTemplate,
    cardTemplate: chance.pick(land.bank.card),
  }
}

/** A payment as it was meant. */
export type Payment = {
  readonly incoming: boolean
  readonly name: string | null
  readonly iban: string | null
  readonly text: string
  readonly reference: string | null
  readonly endToEndId: string | null
  readonly day: string
  readonly code: string
  /** The bank's own words are all there is: a fee, interest. */
  readonly bare?: boolean
}

export type Dressed = {
  readonly name: string | null
  readonly iban: string | null
  readonly text: string | null
  readonly reference: string | null
  readonly endToEndId: string | null
  readonly code: string | null
}

export function dress(chance: Chance, style: BankStyle, payment: Payment): Dressed {
  const spelt = (text: string): string => inLetters(style, text)
  const name = payment.name === null ? null : cut(spelt(payment.name), style.nameMax)
  const iban = chance.is(style.ibanShown) ? payment.iban : null
  const reference = chance.is(0.985) ? payment.reference : null
  const inText =
    reference !== null && (style.referenceIn === 'text' || (style.referenceIn === 'either' && chance.is(0.4)))
  const isReferenceAlone = inText && payment.incoming && payment.text === ''
  const message = [payment.text, inText && !isReferenceAlone ? reference : ''].filter((part) => part !== '').join(' ')
  const template = templateFor(style, payment, isReferenceAlone)
  const whole = fill(template, {
    name,
    text: cut(spelt(message), style.messageMax),
    iban,
    bic: 'NOTPROVIDED',
    ref: reference,
    e2e: payment.endToEndId ?? 'NOTPROVIDED',
    d: payment.day.split('-').toReversed().join('.'),
    x: chance.digits(7),
  })
  const text = wrapped(style, cut(style.upper ? whole.toUpperCase() : whole, style.textMax)).trim()
  const withEndToEnd = chance.is(style.endToEndShown)
  return {
    name: style.nameIn === 'text' && template.includes('{name}') ? null : name,
    iban,
    text: text === '' ? null : text,
    reference: inText ? null : reference,
    endToEndId: withEndToEnd ? (payment.endToEndId ?? (chance.is(0.5) ? 'NOTPROVIDED' : null)) : null,
    code: style.codes ? payment.code : null,
  }
}

function templateFor(style: BankStyle, { bare, incoming }: Payment, isReferenceAlone: boolean): string {
  if (bare === true) return '{text}'
  if (isReferenceAlone) return style.referenceTemplate
  return incoming ? style.inTemplate : style.outTemplate
}

/** Card lines have their own spelling. */
export function dressCard(
  chance: Chance,
  style: BankStyle,
  { name, city, day, amount }: { name: string; city: string; day: string; amount: string },
): Dressed {
  const text = fill(style.cardTemplate, {
    name,
    city: inLetters({ ...style, upper: true }, city),
    dm: `${day.slice(8)}.${day.slice(5, 7)}`,
    d: day.split('-').toReversed().join('.'),
    c: chance.digits(4),
    x: chance.digits(8),
    amount,
  })
  return {
    name: chance.is(0.35) ? cut(name, style.nameMax) : null,
    iban: null,
    text: cut(text, style.textMax),
    reference: null,
    endToEndId: null,
    code: style.codes ? 'PMNT-CCRD-POSD' : null,
  }
}

const cut = (text: string, most: number): string => text.slice(0, most).trim()

function wrapped({ wrapAt, wrapWith }: BankStyle, text: string): string {
  if (wrapAt === 0) return text
  const rows: string[] = []
  for (let at = 0; at < text.length; at += wrapAt) rows.push(text.slice(at, at + wrapAt))
  return rows.join(wrapWith)
}

const twoLetters: Readonly<Record<string, string>> = { æ: 'ae', ø: 'oe', å: 'aa', ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' }
const oneLetter: Readonly<Record<string, string>> = { æ: 'a', ø: 'o', å: 'a', ß: 's' }

function inLetters({ upper, letters }: Pick<BankStyle, 'upper' | 'letters'>, text: string): string {
  const spelt =
    letters === 'kept' || !/[^\u0020-\u007e]/.test(text)
      ? text
      : text.replaceAll(/[^\u0020-\u007e\n]/g, (letter) => {
          if (letters === 'lost') return '?'
          const small = letter.toLowerCase()
          const plain =
            (letters === 'two' ? twoLetters[small] : oneLetter[small]) ??
            small.normalize('NFD').replaceAll(/\p{M}/gu, '')
          return small === letter ? plain : plain.charAt(0).toUpperCase() + plain.slice(1)
        })
  return upper ? spelt.toUpperCase() : spelt
}
