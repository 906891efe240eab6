// Texts as banks write them, made fit to be kept and shown.

import { codedIn } from './coded.ts'

export const nameLengthMax = 140
export const remittanceLengthMax = 1_000
export const accountNumberLengthMax = 34
/** The standard's own ids have 35; one that is longer than this is no id that we could keep whole. */
const idLengthMax = 256

export function idOf(json: unknown): string | undefined {
  return typeof json === 'string' && json.length <= idLengthMax ? named(textOf(json, idLengthMax)) : undefined
}

export function nameOf(json: unknown): string | undefined {
  const name = typeof json === 'string' ? named(textOf(onOneLine(written(clean(json))), nameLengthMax)) : undefined
  return name?.includes('-') === true && idOfPayment.test(name) ? undefined : name
}

/** The id of a payment in the place of a shop's name, as some have it (`CARD-123456789`). */
const idOfPayment = /^(?:CARD|TRANSFER)-\d{4,}$/

export function numberOf(json: unknown): string | undefined {
  return named(textOf(json, accountNumberLengthMax))
}

/** ISO 20022 demands some fields even where there is nothing to say, and has NOTPROVIDED for it, as SWIFT has NONREF. Some banks have a dash, and some programs a null. */
export function named(text: string | undefined): string | undefined {
  return text === undefined || !says.test(text) || placeholder.test(text) ? undefined : text
}

const placeholder = /^(?:NOT ?PROVIDED|NONREF|N\/A|NULL|UNDEFINED)$/i

/** Marks and blanks alone say nothing. */
const says = /[\p{L}\p{N}\p{S}]/u

/** Text that a database can hold and a page can show: well-formed, no control characters, no blanks around it, at most so long; absent when nothing is left. */
export function textOf(json: unknown, lengthMax: number): string | undefined {
  if (typeof json !== 'string') return undefined
  const text = clean(json).trim()
  if (text === '') return undefined
  // The cut must not leave half of a character that takes two.
  return text.length <= lengthMax
    ? text
    : text
        .slice(0, lengthMax)
        .replace(/[\ud800-\udbff]$/, '')
        .trimEnd()
}

function clean(text: string): string {
  if (text.isWellFormed() && !/\p{Cc}/u.test(text)) return text
  return text
    .toWellFormed()
    .replace(/[\t-\r\x85]/g, ' ')
    .replace(/\p{Cc}/gu, '')
}

/** Every stretch of whitespace as one space. */
function onOneLine(text: string): string {
  return /\s\s|[^\S ]/.test(text) ? text.replace(/\s+/g, ' ') : text
}

/** The fuller of two tellings of the same, or both where they differ. */
export function fuller(text: string | undefined, more: string | undefined): string | undefined {
  if (text === undefined || more === undefined) return text ?? more
  if (text === more) return text
  const [solidText, solidMore] = [text.replaceAll(' ', ''), more.replaceAll(' ', '')]
  if (solidText.includes(solidMore)) return text
  return solidMore.includes(solidText) ? more : textOf(`${text} ${more}`, remittanceLengthMax)
}

/** One line, of a coded text what is for people, without "End-to-End-Ref.: NOTPROVIDED" and the like, and with what some banks or those between write instead of characters put right. */
export function readableOf(json: unknown): string | undefined {
  if (typeof json !== 'string') return undefined
  const told = withoutPlaceholders(written(codedIn(json)?.text ?? withoutKeys(json)))
  const text = textOf(onOneLine(clean(told)), remittanceLengthMax)
  return text !== undefined && says.test(text) ? text : undefined
}

const firstKeys = ['mandatereference:', 'creditorid:', 'remittanceinformation:']

/** `mandatereference:…,creditorid:…,remittanceinformation:…`: of these the last is the text. */
function withoutKeys(text: string): string {
  if (!firstKeys.some((key) => text.startsWith(key))) return text
  const key = 'remittanceinformation:'
  const at = text.indexOf(key)
  return at === -1 ? text : text.slice(at + key.length)
}

const entities: ReadonlyMap<string, string> = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&apos;', "'"],
  ['&#39;', "'"],
  ['&nbsp;', ' '],
])

/** HTML's line ends and entities, Vdk bank's line end, and `\Uxxxx` for a character beyond the bank's own. A path such as `\Ulm` stays. */
function written(text: string): string {
  let told = text
  if (told.includes('%nl%')) told = told.replaceAll('%nl%', ' ')
  if (told.includes('<')) told = told.replace(/<br ?\/?>/gi, ' ')
  if (told.includes('&')) told = told.replace(/&(?:[a-z]{2,4}|#39);/gi, (entity) => entities.get(entity) ?? entity)
  if (told.includes('\\U') || told.includes('\\u')) told = told.replace(/(?:\\U[0-9A-F]{4})+/gi, unescaped)
  return told
}

/** UTF-16 in hexadecimals: a pair of them for an emoji. Only what a bank's own character set may lack: `\UBEDA` is a town, and would be Korean. */
function unescaped(escapes: string): string {
  const characters = escapes
    .split(/\\U/i)
    .slice(1)
    .map((hexadecimals) => String.fromCharCode(Number.parseInt(hexadecimals, 16)))
    .join('')
  return /^(?:[\u00a0-\u024f\u0370-\u052f\u2000-\u2bff\u{1f000}-\u{1faff}]|\ufe0f)+$/u.test(characters)
    ? characters
    : escapes
}

/** The word with its label, and a comma before that is then left over. */
function withoutPlaceholders(text: string): string {
  return /NOT ?PROVIDED/i.test(text)
    ? text.replace(
        /(?:, )?(?:\b(?:END-?TO-?END[ -]?(?:ID|REF(?:ERE(?:NZ|NCE))?)?|E2E-?(?:ID|REF)|EREF|KREF|MREF|MANDATSREF)[.:+]{0,3} {0,3})?\bNOT ?PROVIDED\b/gi,
        '',
      )
    : text
}
