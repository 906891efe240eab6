// The structured reference of a movement, wherever its bank puts it. A wrong one is worse than none: what a bank does not itself call
// a reference must pass a check digit and stand alone or behind its label.

import { parseDay } from '../../values/day.ts'
import { findReferences, normaliseReference, parseReference, referenceSchemes } from '../../values/reference.ts'
import type { Reference } from '../../values/reference.ts'
import { isFields, listOf } from './place.ts'
import type { Reader } from './reader.ts'
import type { WireTransaction } from './row.ts'
import { nameLengthMax, named, readableOf, textOf } from './texts.ts'

/** The structured fields taken apart: references, normalised, each once; and texts that stand there because a bank has no better place. */
export type Structured = { readonly references: readonly string[]; readonly texts: readonly string[] }

const nothing: Structured = { references: [], texts: [] }

/** The standard has an object with `reference`. Some banks send the bare text, and some send there whatever they have. */
export function structuredOf(row: WireTransaction, { rules }: Reader): Structured {
  const { remittanceInformationStructured: one, remittanceInformationStructuredArray: list } = row
  if ((one === undefined || one === null) && list === undefined) return nothing
  const references = new Set<string>()
  const texts = new Set<string>()
  for (const given of [one, ...listOf(list)]) {
    const isDeclared = isFields(given)
    const text = named(textOf(isDeclared ? given['reference'] : given, remittanceLengthOfStructured))
    if (text === undefined || typesOfReferences.has(text)) continue
    const reference =
      text.length > nameLengthMax || !isReference(text, { isDeclared, holdsText: rules.structuredHoldsText === true })
        ? ''
        : normaliseReference(text)
    if (reference !== '') references.add(reference)
    // Its words are lost in the form in which references are compared, and there may be no others.
    if (reference === '' || isPhrase(text)) addIfAny(texts, readableOf(text))
  }
  return { references: [...references], texts: [...texts] }
}

/** One that is no reference may be a whole text. */
const remittanceLengthOfStructured = 1_000

function addIfAny(texts: Set<string>, text: string | undefined): void {
  if (text !== undefined) texts.add(text)
}

/** ISO 20022's codes for what a reference is to, which some banks list beside it. */
const typesOfReferences: ReadonlySet<string> = new Set(['SCOR', 'RADM', 'RPIN', 'FXDR', 'DISP', 'PUOR', 'CINV', 'QRR'])

/** ISO 20022: a creditor's reference is at most 35 long. */
const referenceLengthMax = 35
const oneWord = /^[\p{L}\p{N}][\p{L}\p{N}/.+*-]{0,34}$/u

/** What a bank declares to be one need only have a digit. A bare text must also be one word, or pass a check digit; and a day is none. */
function isReference(text: string, at: { readonly isDeclared: boolean; readonly holdsText: boolean }): boolean {
  if (at.holdsText) return isStrong(text)
  if (!/\d/.test(text)) return at.isDeclared && !/\s/.test(text)
  if (at.isDeclared && text.length <= referenceLengthMax) return true
  if (isDay(text)) return false
  const isNumber = !/[.:,]\d/.test(text) && parseReference(text) !== undefined
  return isNumber || (!at.isDeclared && oneWord.test(text))
}

/** `Bestellung 1234`, and not a number in groups with its label. */
function isPhrase(text: string): boolean {
  return /\s/.test(text) && /\p{L}{4}/u.test(text)
}

function isDay(text: string): boolean {
  return parseDay(text) !== undefined || /^\d\d[ .-]\d\d[ .-]\d{4}$/.test(text)
}

/** Whether it passes a check that one number in ten does not pass by chance. */
function isStrong(text: string): boolean {
  const scheme = parseReference(text)?.scheme
  return scheme === 'rf' || scheme === 'ogm' || (scheme === 'fik' && text.includes('<'))
}

/** Where a text may have a reference by its mark; all else need not be looked at. */
const mark = /\bRF ?\d\d|\+\+\+|\*\*\*|\d{3}\/\d{4}\/\d{5}|\+7[15] ?<|KID|OCR|VIITE|\bFIK|BETALINGSKENMERK|\bOGM|\bVCS/i
const isAlone = /^\d[\d -]{3,30}$/

/**
 * The reference that a text is or has in it, with its check digits right. A number alone is one where its country has such
 * references; with a label or marks of its own it is one anywhere.
 */
export function referenceIn(text: string, country: string | undefined): string | undefined {
  if (isAlone.test(text)) return aloneIn(text, country)
  if (!mark.test(text)) return undefined
  return markedIn(text) ?? labelledIn(text)
}

/** A number that is a line by itself, so long that it is no account's, organisation's or telephone's: those have check digits too. */
export function lineThatIsOne(lines: readonly string[], country: string): string | undefined {
  if (lines.length < 2) return undefined
  for (const line of lines) {
    const value =
      /^\s{0,9}\d[\d ]{11,34}$/.test(line) && line.replaceAll(' ', '').length >= lineDigitsMin
        ? aloneIn(line, country)
        : undefined
    if (value !== undefined) return value
  }
  return undefined
}

const lineDigitsMin = 12

/** Of fewer digits than this it may as well be a year, or a number of somebody's invoice. */
const aloneDigitsMin = 5

function aloneIn(text: string, country: string | undefined): string | undefined {
  if (country === undefined || text.replace(/\D/g, '').length < aloneDigitsMin) return undefined
  if (/\d-\d/.test(text) || isDay(text) || isDayOrMonth.test(text)) return undefined
  return referenceSchemes(text, country).find(({ scheme }) => scheme !== 'free')?.value
}

/** `01022026`, `20260201`, `010226`, `260201`, `202602`: of years that anybody pays for. */
const isDayOrMonth =
  /^(?:(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:20)?[1-3]\d|(?:20)?[1-3]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|20[1-3]\d(?:0[1-9]|1[0-2]))$/

/** ISO 11649, the Belgian one between its marks or strokes, and the line of a Danish slip. */
function markedIn(text: string): string | undefined {
  const [, first, second, third] =
    /(?:\+\+\+|\*\*\*) ?(\d{3})[/ ]?(\d{4})[/ ]?(\d{5}) ?(?:\+\+\+|\*\*\*)/.exec(text) ??
    /(?<![\d/])(\d{3})\/(\d{4})\/(\d{5})(?![\d/])/.exec(text) ??
    []
  const belgian = first === undefined ? undefined : valueOf(`${first}${second}${third}`, 'ogm')
  if (belgian !== undefined) return belgian
  if (!/RF ?\d\d|\+7[15] ?</i.test(text)) return undefined
  const slip = /(\+7[15] ?< ?\d{15,16} ?\+ ?\d{8}) ?<?/.exec(text)?.[1]
  return (
    (slip === undefined ? undefined : valueOf(`${slip}<`, 'fik')) ??
    findReferences(text).find(({ scheme }) => scheme === 'rf')?.value
  )
}

const labels: readonly (readonly [RegExp, Reference['scheme']])[] = [
  [labelled('KID'), 'kid'],
  [labelled('OCR'), 'ocr'],
  [labelled('VIITE'), 'viite'],
  [labelled('FIK'), 'fik'],
  [labelled('BETALINGSKENMERK'), 'betalingskenmerk'],
  [labelled('OGM|VCS'), 'ogm'],
]

/** The label, a word for "number", and what follows as far as it is digits: groups of them may be parted. */
function labelled(label: string): RegExp {
  return new RegExp(
    `(?<![A-Z])(?:${label})(?:[- ]?(?:NUMERO|NUMMER|NRO|NR|NO))?[.:=#]{0,2} {0,2}(\\d[\\d -]{1,40})(?![\\d/A-Z]|[.,]\\d)`,
    'i',
  )
}

function labelledIn(text: string): string | undefined {
  for (const [label, scheme] of labels) {
    const digits = label.exec(text)?.[1]
    if (digits === undefined) continue
    // The first group first: what follows it is more often the next thing said than the rest of the number.
    let number = ''
    for (const group of digits.split(' ').slice(0, groupsMax)) {
      number += group
      const value = valueOf(number, scheme)
      if (value !== undefined && value.length >= labelledDigitsMin) return value
    }
  }
  return undefined
}

/** A number of 25 digits in groups of at least four. */
const groupsMax = 7

/** The shortest that anybody uses is a Finnish one. */
const labelledDigitsMin = 4

function valueOf(text: string, scheme: Reference['scheme']): string | undefined {
  return referenceSchemes(text).find((reference) => reference.scheme === scheme)?.value
}
