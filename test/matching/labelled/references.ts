// Payment references with right check digits, by each company's own scheme, and how people and banks spell them.

import type { Chance } from '../random.ts'
import { luhn, modulo97 } from './ibans.ts'
import type { Scheme } from './lands/land.ts'

/** One company's agreement with its bank: what it calls its reference, how long it is, what it is made of. */
export type ReferencePlan = {
  readonly scheme: Scheme
  readonly check: 'mod10' | 'mod11'
  /** Whether the customer's number is part of it. */
  readonly withCustomer: boolean
  readonly length: number
  readonly creditor: string
}

export function planOf(chance: Chance, scheme: Scheme): ReferencePlan {
  return {
    scheme,
    check: chance.is(0.7) ? 'mod10' : 'mod11',
    withCustomer: chance.is(0.45),
    length: chance.pick([8, 10, 12, 13, 15]),
    creditor: chance.digits(8),
  }
}

/** As the books hold it. */
export function referenceOf(plan: ReferencePlan, { serial, customer }: { serial: string; customer: string }): string {
  const body = plan.withCustomer ? `${customer}${serial.padStart(6, '0')}` : serial
  switch (plan.scheme) {
    case 'kid':
      return plan.check === 'mod10'
        ? mod10(body.padStart(plan.length - 1, '0'))
        : kid11(body.padStart(plan.length - 1, '0'))
    case 'ocr':
      return plan.check === 'mod10' ? mod10(body) : ocrWithLength(body)
    case 'viite':
      return viite(body)
    case 'fik':
      return `+71<${mod10(body.padStart(14, '0').slice(-14))}+${plan.creditor}<`
    case 'betalingskenmerk':
      return betalingskenmerk(body.padStart(15, '0').slice(-15))
    case 'ogm':
      return ogm(body.padStart(10, '0').slice(-10))
    case 'rf':
      return rf(body)
    case 'none':
      return serial
  }
}

export const mod10 = (body: string): string => `${body}${luhn(body)}`

export function kid11(body: string): string {
  const total = fromRight(body, [2, 3, 4, 5, 6, 7])
  const digit = (11 - (total % 11)) % 11
  return `${body}${digit === 10 ? '-' : digit}`
}

/** The last but one digit tells the whole length. */
export function ocrWithLength(body: string): string {
  return mod10(`${body}${(body.length + 2) % 10}`)
}

export function viite(body: string): string {
  return `${body}${(10 - (fromRight(body, [7, 3, 1]) % 10)) % 10}`
}

/** Sixteen digits, the check digit first. */
export function betalingskenmerk(fifteen: string): string {
  const digit = 11 - (fromRight(fifteen, [2, 4, 8, 5, 10, 9, 7, 3, 6, 1]) % 11)
  return `${digit === 11 ? 0 : digit === 10 ? 1 : digit}${fifteen}`
}

export function ogm(ten: string): string {
  const rest = Number(ten) % 97
  return `${ten}${String(rest === 0 ? 97 : rest).padStart(2, '0')}`
}

export function rf(body: string): string {
  return `RF${String(98 - modulo97(`${body}RF00`)).padStart(2, '0')}${body}`
}

function fromRight(digits: string, weights: readonly number[]): number {
  let total = 0
  for (let at = 0; at < digits.length; at++)
    total += Number(digits[digits.length - 1 - at]) * weights[at % weights.length]!
  return total
}

/** What the payer types or the bank prints of it: in groups, with its label, without its padding. */
export function spellReference(chance: Chance, scheme: Scheme, reference: string): string {
  const plain = scheme === 'fik' ? (/<(\d+)/.exec(reference)?.[1] ?? reference) : reference
  const short = plain.replace(/^0+/, '')
  const spellings: Record<Scheme, () => string> = {
    kid: () => chance.pick([plain, `KID ${plain}`, `KID: ${plain}`, groups(plain, 4), `kidnr ${plain}`, short]),
    ocr: () => chance.pick([plain, `OCR ${plain}`, `OCR: ${plain}`, groups(plain, 4), `ocrnr ${plain}`]),
    viite: () =>
      chance.pick([
        plain,
        `viite ${plain}`,
        groupsFromRight(plain, 5),
        plain.padStart(20, '0'),
        `Viitenro ${groupsFromRight(plain, 5)}`,
      ]),
    fik: () => chance.pick([plain, reference, `+71<${plain}`, `FIK ${plain}`, short, `71 ${plain}`]),
    betalingskenmerk: () =>
      chance.pick([plain, groups(plain, 4), `betalingskenmerk ${plain}`, groups(plain, 4).replaceAll(' ', '.')]),
    ogm: () => {
      const marked = `${plain.slice(0, 3)}/${plain.slice(3, 7)}/${plain.slice(7)}`
      return chance.pick([
        `+++${marked}+++`,
        `***${marked}***`,
        marked,
        plain,
        `${plain.slice(0, 3)} ${plain.slice(3, 7)} ${plain.slice(7)}`,
      ])
    },
    rf: () => chance.pick([plain, groups(plain, 4), `Ref ${plain}`, plain.toLowerCase()]),
    none: () => plain,
  }
  return spellings[scheme]()
}

const groups = (text: string, size: number): string => text.replaceAll(new RegExp(`.{${size}}(?=.)`, 'g'), '$& ')
const groupsFromRight = (text: string, size: number): string =>
  text.replaceAll(new RegExp(`.(?=(?:.{${size}})+$)`, 'g'), '$& ')

/** How the bank's own field holds it: seldom as the books do. */
export function fieldReference(chance: Chance, scheme: Scheme, reference: string): string {
  const plain = scheme === 'fik' ? (/<(\d+)/.exec(reference)?.[1] ?? reference) : reference
  if (scheme === 'viite') return chance.is(0.4) ? plain.padStart(20, '0') : plain
  if (scheme === 'ogm' && chance.is(0.5)) return `+++${plain.slice(0, 3)}/${plain.slice(3, 7)}/${plain.slice(7)}+++`
  if (scheme === 'fik' && chance.is(0.3)) return reference
  return plain
}

/** One key hit wrong, or two in the wrong order: what a check digit is for. */
export function mistyped(chance: Chance, text: string): string {
  const places = Array.from(text).flatMap((letter, at) => (/\d/.test(letter) ? [at] : []))
  const at = chance.pick(places)
  if (chance.is(0.4) && /\d/.test(text[at + 1] ?? '') && text[at] !== text[at + 1])
    return text.slice(0, at) + text[at + 1]! + text[at]! + text.slice(at + 2)
  if (chance.is(0.3)) return text.slice(0, at) + text.slice(at + 1)
  return text.slice(0, at) + String((Number(text[at]) + chance.between(1, 9)) % 10) + text.slice(at + 1)
}
