// What a person can read in a bank line: numbers, references, names.

import type { Item, Line } from './books.ts'

/** Letters and digits alone: how a text reads across line breaks, dots and slashes. */
export const squash = (text: string): string => text.toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, '')

const readable = new WeakMap<Line, string>()

function allOf(line: Line): string {
  const known = readable.get(line)
  if (known !== undefined) return known
  const text = squash([line.name, line.text, line.reference, line.endToEndId].filter((part) => part !== null).join(' '))
  readable.set(line, text)
  return text
}

/** Whether the line names its entry: by the number as it was written, or by the reference. */
export function isNamed(line: Line, at: number): boolean {
  const item = line.items[at]
  if (item === undefined) return false
  const token = line.written[at]
  if (token !== undefined && squash(token).length >= 2 && allOf(line).includes(squash(token))) return true
  return showsReference(line, item)
}

function showsReference(line: Line, { reference, endToEndId }: Item): boolean {
  if (endToEndId !== null && allOf(line).includes(squash(endToEndId))) return true
  if (reference === null) return false
  const digits = squash(reference.replace(/^\+71<|\+\d+<$/g, '')).replace(/^0+/, '')
  return digits.length >= 5 && allOf(line).includes(digits)
}

/** Whether it is said by enough to stand alone, without knowing who pays. */
export function isNamedAtLength(line: Line, at: number): boolean {
  const item = line.items[at]
  return (
    item !== undefined &&
    isNamed(line, at) &&
    (squash(line.written[at] ?? '').length >= 4 || showsReference(line, item))
  )
}

/** The words of a name, as all banks' spellings of it have in common. */
export function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .replaceAll(/[æä]/g, 'a')
    .replaceAll(/[øö]/g, 'o')
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/ae|aa/g, 'a')
    .replaceAll('oe', 'o')
    .replaceAll('ue', 'u')
    .split(/[^\p{L}\p{N}?]+/u)
    .filter((word) => word.length > 1)
}

export const spoken = (text: string): string => wordsOf(text).join(' ')
