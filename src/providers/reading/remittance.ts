// What a movement is about, in words: whole, in order, once.

import type { TextField } from '../provider.ts'
import { codedIn, mayBeCoded, type Coded } from './coded.ts'
import { listOf } from './place.ts'
import type { Reader } from './reader.ts'
import type { Structured } from './references.ts'
import type { WireTransaction } from './row.ts'
import { fuller, nameOf, readableOf, remittanceLengthMax, textOf } from './texts.ts'

/**
 * What the payer wrote, else what stands in the structured fields, else what the bank adds. Where the bank tells it twice, as one
 * text and as lines, the fuller telling is kept (the one text is often cut at 140). References beyond the first stand at the end: one
 * payment may settle several invoices.
 */
export function remittanceOf(row: WireTransaction, structured: Structured, reader: Reader): string | undefined {
  const { alsoTold = [], otherwiseTold = [] } = reader.rules
  let told =
    uncut(writtenOf(row, reader), row.additionalInformation) ??
    // A single word there may as well be a bank's code.
    (structured.texts.some((text) => text.includes(' ')) ? joined(structured.texts) : undefined) ??
    purposeOf(row.purposeCode) ??
    additionOf(row.additionalInformation) ??
    readableOf(row.transactionDetails) ??
    joined(structured.texts)
  for (const field of alsoTold) told = fuller(told, textAt(row, field, reader))
  for (const field of otherwiseTold) told ??= textAt(row, field, reader)
  const further = structured.references.slice(1)
  return further.length === 0 ? told : textOf([told ?? '', ...further].join(' '), remittanceLengthMax)
}

/** The text of a field that a rule names; of lines, all of them. */
export function textAt(row: WireTransaction, field: TextField, reader: Reader): string | undefined {
  if (field === 'additionalInformation') return additionOf(row[field])
  if (isOfPayer(field)) return writtenOf(row, reader)
  return readableOf(row[field])
}

/** What a pattern is tried on, as it is written: a text, or each of the lines. Banks have been seen to change from the one to the other. */
export function piecesAt(row: WireTransaction, field: TextField, reader: Reader): readonly unknown[] {
  if (!isOfPayer(field)) return [row[field]]
  const lines = linesOf(row, reader)
  const { remittanceInformationUnstructured: text } = row
  if (field === 'remittanceInformationUnstructuredArray') return lines.length === 0 ? [text] : lines
  return typeof text === 'string' ? [text] : [oneOf(lines, row, reader)]
}

/** What the codes of the payer's text tell, where it is coded: at most banks it is not, and then this is a glance. */
export function codedOf(row: WireTransaction, reader: Reader): Coded | undefined {
  const { remittanceInformationUnstructured: text, remittanceInformationUnstructuredArray: list } = row
  if (typeof text === 'string') return codedIn(text)
  const [first]: readonly unknown[] = listOf(list ?? text)
  return typeof first === 'string' && mayBeCoded(first) ? codedIn(linesOf(row, reader).join(' ')) : undefined
}

function isOfPayer(field: TextField): boolean {
  return field === 'remittanceInformationUnstructured' || field === 'remittanceInformationUnstructuredArray'
}

/** Some banks send the lines where the one text should be. */
export function linesOf(row: WireTransaction, reader: Reader): readonly string[] {
  const { remittanceInformationUnstructured: text, remittanceInformationUnstructuredArray: list } = row
  if (list === undefined && typeof text === 'string') return []
  const told = listOf(list ?? text).filter((line) => typeof line === 'string')
  const lines = told.some(isForPrograms) ? wordsAmong(told, typeof text === 'string') : told
  return reader.rules.linesComeInAnyOrder === true ? lines.toSorted() : lines
}

/** SEB in the Baltics has lines such as `instructedIdentification=CLR10728444` beside the text. */
function isForPrograms(line: string): boolean {
  return line.includes('=') && /^[a-z]{2,20}[A-Z][A-Za-z]{1,40}=\S{1,70}$/.test(line)
}

function wordsAmong(lines: readonly string[], isBesideText: boolean): readonly string[] {
  const words = lines.filter((line) => !isForPrograms(line))
  return words.length > 0 || isBesideText ? words : lines
}

function writtenOf(row: WireTransaction, reader: Reader): string | undefined {
  const lines = linesOf(row, reader)
  const text = readableOf(row.remittanceInformationUnstructured)
  return lines.length === 0 ? text : fuller(text, readableOf(oneOf(lines, row, reader)))
}

/** Whole, where it ends as a SEPA payment's text does and the bank's addition goes on with it. */
function uncut(text: string | undefined, addition: unknown): string | undefined {
  if (text === undefined || text.length < cutLengthMin || typeof addition !== 'string') return text
  const more = readableOf(addition)
  return more?.includes(text) === true ? more : text
}

/** A SEPA payment's text has 140 characters, of which those at the ends may have been blanks. */
const cutLengthMin = 130

/** Kontist has the payer's words in the place of a code. */
function purposeOf(json: unknown): string | undefined {
  return typeof json === 'string' && json.length > purposeLengthMax && /[\s\d]/.test(json)
    ? readableOf(json)
    : undefined
}

/** ISO 20022's external purposes. */
const purposeLengthMax = 4

function joined(texts: readonly string[]): string | undefined {
  return texts.length === 0 ? undefined : textOf(texts.join(' '), remittanceLengthMax)
}

function oneOf(lines: readonly string[], row: WireTransaction, reader: Reader): string {
  const { cutLines } = reader.rules
  if (cutLines === undefined) return lines.join(' ')
  // The other side's name stands on a line of its own, though it may fill it.
  const names = [nameOf(row.creditorName), nameOf(row.debtorName)]
  let text = lines[0] ?? ''
  let before = text
  for (const line of lines.slice(1)) {
    const isCut = before.length === cutLines.width && !names.includes(before)
    text += isCut || cutLines.words.some((word) => isSplit(word, before, line)) ? line : ` ${line}`
    before = line
  }
  return text
}

/** Whether the word begins at the end of one line and ends at the beginning of the next. */
function isSplit(word: string, before: string, line: string): boolean {
  for (let at = 1; at < word.length; at += 1) {
    if (before.endsWith(word.slice(0, at)) && line.startsWith(word.slice(at))) return true
  }
  return false
}

/** What the bank adds: words, and at some banks `atmPosName: …, narrative: ['…', '…']`, of which the narrative is for people. */
function additionOf(json: unknown): string | undefined {
  if (typeof json !== 'string' || uuid.test(json)) return undefined
  return readableOf(narrativeOf(json).join(' ')) ?? readableOf(json)
}

/** N26 links an authorisation and its booking by one. */
const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i

const narrativeKey = 'narrative: ['

/** The lines of the narrative, quoted as Python does. */
function narrativeOf(text: string): readonly string[] {
  const at = text.indexOf(narrativeKey)
  if (at === -1 || !/^[a-z]{1,40}: /i.test(text)) return []
  const list = text.slice(at + narrativeKey.length).split(']', 1)[0] ?? ''
  return [...list.matchAll(/'([^']*)'|"([^"]*)"/g)].map(([, single, double]) => single ?? double ?? '')
}
