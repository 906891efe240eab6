// Texts as banks write them, made fit to be kept and shown.

import { isCleanText } from '../../values/text.ts'

export const nameLengthMax = 140
export const remittanceLengthMax = 1_000
export const accountNumberLengthMax = 34
/** The standard's own ids have 35; one that is longer than this is no id that we could keep whole. */
const idLengthMax = 256

export function idOf(json: unknown): string | undefined {
  return typeof json === 'string' && json.length <= idLengthMax ? named(textOf(json, idLengthMax)) : undefined
}

export function nameOf(json: unknown): string | undefined {
  return named(textOf(json, nameLengthMax))
}

export function numberOf(json: unknown): string | undefined {
  return named(textOf(json, accountNumberLengthMax))
}

/** ISO 20022 demands some fields even where there is nothing to say, and has this word for it. */
export function named(text: string | undefined): string | undefined {
  return text === undefined || /^NOT ?PROVIDED$/i.test(text) ? undefined : text
}

/** Text that a database can hold and a page can show: well-formed, no NUL, no blanks around it, at most so long; absent when nothing is left. */
export function textOf(json: unknown, lengthMax: number): string | undefined {
  if (typeof json !== 'string') return undefined
  const text = (isCleanText(json) ? json : json.toWellFormed().replaceAll('\0', '')).trim()
  if (text === '') return undefined
  // The cut must not leave half of a character that takes two.
  return text.length <= lengthMax
    ? text
    : text
        .slice(0, lengthMax)
        .replace(/[\ud800-\udbff]$/, '')
        .trimEnd()
}

/** The fuller of two tellings of the same, or both where they differ. */
export function fuller(text: string | undefined, lines: string | undefined): string | undefined {
  if (text === undefined || lines === undefined) return text ?? lines
  const [solidText, solidLines] = [text.replaceAll(' ', ''), lines.replaceAll(' ', '')]
  if (solidLines.includes(solidText)) return lines
  return solidText.includes(solidLines) ? text : textOf(`${text} ${lines}`, remittanceLengthMax)
}

/** Without "End-to-End-Ref.: NOTPROVIDED" and the like, and with every stretch of whitespace as one space. */
export function readableOf(json: unknown): string | undefined {
  const text = textOf(json, remittanceLengthMax)
  if (text === undefined) return undefined
  const told = /NOT ?PROVIDED/i.test(text)
    ? text.replace(/(?:\bEND-?TO-?END[ -]?(?:ID|REF)?[.:]* *)?\bNOT ?PROVIDED\b/gi, '')
    : text
  return textOf(told.replace(/\s+/g, ' '), remittanceLengthMax)
}
