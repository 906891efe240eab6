// What happens to letters and digits on their way: alphabets that banks cannot write, fingers that slip, lines that break.

import type { Chance } from '../../random.ts'

const expanded: Readonly<Record<string, string>> = {
  æ: 'ae', ø: 'oe', å: 'aa', ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', Æ: 'AE', Ø: 'OE', Å: 'AA', Ä: 'AE', Ö: 'OE', Ü: 'UE',
} // prettier-ignore
const folded: Readonly<Record<string, string>> = { æ: 'ae', ø: 'o', ß: 'ss', Æ: 'AE', Ø: 'O', œ: 'oe', Œ: 'OE' }
const narrow: Readonly<Record<string, string>> = { æ: 'e', ø: 'o', å: 'a', Æ: 'E', Ø: 'O', Å: 'A' }

export type Alphabet = 'full' | 'folded' | 'expanded' | 'question' | 'brackets' | 'narrow'

const seven: Readonly<Record<string, string>> = {
  Æ: '[',
  Ø: '\\',
  Å: ']',
  Ä: '[',
  Ö: '\\',
  æ: '{',
  ø: '|',
  å: '}',
  ä: '{',
  ö: '|',
}

/** The text as a system with that alphabet can hold it. */
export function inAlphabet(text: string, alphabet: Alphabet): string {
  if (alphabet === 'full') return text
  // eslint-disable-next-line no-control-regex
  if (/^[\u0000-\u007f]*$/.test(text)) return text
  switch (alphabet) {
    case 'folded':
      return foldMarks(text.replaceAll(/[æøßÆØœŒ]/g, (letter) => folded[letter]!))
    case 'expanded':
      return foldMarks(text.replaceAll(/[æøåäöüßÆØÅÄÖÜ]/g, (letter) => expanded[letter]!))
    case 'narrow':
      return foldMarks(text.replaceAll(/[æøåÆØÅ]/g, (letter) => narrow[letter]!))
    case 'brackets':
      return foldMarks(text.replaceAll(/[ÆØÅÄÖæøåäö]/g, (letter) => seven[letter]!))
    case 'question':
      return text.replaceAll(/[^ -~]/g, '?')
  }
}

function foldMarks(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll(/[^ -~\n]/g, ' ')
}

/** For comparing: small letters without marks, one form for aa/å and the like; words apart by one space. */
export function plain(text: string): string {
  return inAlphabet(text, 'folded')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()
}

/** Breaks every `width` characters, in the middle of whatever stands there. */
export function broken(text: string, width: number, by: string): string {
  if (text.length <= width) return text
  const rows: string[] = []
  for (let at = 0; at < text.length; at += width) rows.push(text.slice(at, at + width))
  return rows.join(by)
}

/** One slip of the finger among the digits: two changed places, one missing, one twice, one wrong. */
export function slipped(chance: Chance, digits: string): string {
  if (digits.length < 4) return digits
  const at = chance.between(1, digits.length - 2)
  switch (chance.weighed({ swap: 4, miss: 3, twice: 2, wrong: 3 })) {
    case 'swap':
      return digits.slice(0, at) + digits[at + 1]! + digits[at]! + digits.slice(at + 2)
    case 'miss':
      return digits.slice(0, at) + digits.slice(at + 1)
    case 'twice':
      return digits.slice(0, at) + digits[at]! + digits.slice(at)
    case 'wrong':
      return digits.slice(0, at) + String((Number(digits[at]) + chance.between(1, 8)) % 10) + digits.slice(at + 1)
  }
}

/** In groups, as people copy long numbers from paper. */
export function grouped(text: string, size: number, by: string, fromRight: boolean): string {
  const first = fromRight ? text.length % size : 0
  const parts = first > 0 ? [text.slice(0, first)] : []
  for (let at = first; at < text.length; at += size) parts.push(text.slice(at, at + size))
  return parts.join(by)
}

export function titled(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/(^|[\s-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())
}
