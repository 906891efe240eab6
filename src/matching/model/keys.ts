// Which entries a line may meet at all: the two share a key. Keys are plain strings, so that a table in the database and an
// index in memory can hold the same ones.

import type { EntryKind } from './types.ts'
import type { DocumentNumber } from './document-numbers.ts'
import type { EntryFeatures, LineFeatures } from './features.ts'
import { stemOf, type Name } from './names.ts'
import { discounted } from './settlement.ts'

/** What is paid in batches. */
export const batchedKinds: readonly EntryKind[] = ['payroll', 'tax', 'purchase_bill', 'expense']
/** Of a purchase by card, how many days later it is booked. */
const cardDaysMax = 4
const nameWordsMax = 8
const textWordsMax = 16

/**
 * The keys of an entry or a line. Two that belong together share at least one, but for those that share nothing but a party too
 * large, or an amount too common, to look through.
 *
 * - `amount:EUR:-12500`  the exact amount, with currency and direction; also less the cash discount
 * - `reference:1234567`  the structured reference, normalised
 * - `document:20260012`  a document number: whole, its digits, its serial
 * - `described:60880`    a long number of a description, which a text or a reference has too
 * - `account:86011117947`, `end-to-end:…`
 * - `bought:20440`       the day on which something was bought by card, in days since 1970-01-01
 * - `name=BYGG NORDIS`   the counterparty's whole name, its words sorted
 * - `name:NORDIS`        the beginning of a word of that name
 * - `word:HUSLEI`        the same of a description
 */
export function keysOf(features: EntryFeatures | LineFeatures): string[] {
  return [...new Set('entry' in features ? keysOfEntry(features) : keysOfLine(features))]
}

export const amountKey = (amount: bigint, currency: string): string => `amount:${currency}:${amount}`
export const referenceKey = (reference: string): string => `reference:${reference}`
export const documentKey = (form: string): string => `document:${form}`
export const describedKey = (number: string): string => `described:${number}`
export const accountKey = (account: string): string => `account:${account}`
/** What is due on one day and often paid in one sum: wages, taxes, bills. */
export const batchKey = (kind: EntryKind, currency: string, day: number): string => `batch:${kind}:${currency}:${day}`
/** What was sold on one day: a processor pays it out within days. */
export const issuedKey = (kind: EntryKind, currency: string, day: number): string => `sold:${kind}:${currency}:${day}`
/** What leaves on one day: a batch is looked for under the days on which it may be due. */
export const paidKey = (currency: string, day: number): string => `paid:${currency}:${day}`
/** What pays several bills at once, by the thirty days that it is in: every bill that is due about then may be among them. */
export const runKey = (currency: string, day: number): string => `run:${currency}:${Math.floor(day / runDays)}`
export const runDays = 30
/** What was bought on one day, in whatever currency: a card's text may show another name than the books, and another amount. */
const boughtKey = (day: number): string => `bought:${day}`
export const endToEndKey = (id: string): string => `end-to-end:${id}`
export const wholeNameKey = (name: Name): string => `name=${name.key}`
/** Entries of one party in one currency; a line has it where people have said who its other side is. */
export const partyKey = (currency: string, party: string): string => `party:${currency}:${party}`
/** Entries of one party and amount; no line has it. */
export const recurringKey = (party: string, amount: bigint, currency: string): string =>
  `again:${currency}:${amount}:${party}`
export const nameKey = (word: string): string => `name:${stemOf(word)}`
export const wordKey = (word: string): string => `word:${stemOf(word)}`

/** The keys of an entry, of which one may come twice. */
export function keysOfEntry({ entry, ...features }: EntryFeatures): string[] {
  // What is settled is still an amount that occurs.
  const open = entry.openAmount === 0n ? entry.amount : entry.openAmount
  const amounts = entry.kind === 'transfer' ? [open, -open] : [open]
  const reduced = discounted(entry)
  return [
    ...[...amounts, ...(reduced === undefined ? [] : [reduced])].map((amount) => amountKey(amount, entry.currency)),
    ...features.references.map(referenceKey),
    ...(features.documentNumber === undefined ? [] : documentForms(features.documentNumber).map(documentKey)),
    ...(features.account === undefined ? [] : [accountKey(features.account)]),
    ...(features.endToEndId === undefined ? [] : [endToEndKey(features.endToEndId)]),
    ...(features.name === undefined ? [] : keysOfName(features.name)),
    ...features.words.slice(0, textWordsMax).map(wordKey),
    ...features.described.map(describedKey),
    ...(entry.kind === 'expense' && features.issueDay !== undefined ? [boughtKey(features.issueDay)] : []),
    ...(features.expectedDay === undefined || !batchedKinds.includes(entry.kind)
      ? []
      : [batchKey(entry.kind, entry.currency, features.expectedDay)]),
    ...(features.issueDay === undefined || (entry.kind !== 'sales_invoice' && entry.kind !== 'ledger_posting')
      ? []
      : [issuedKey(entry.kind, entry.currency, features.issueDay)]),
    ...(features.party === undefined
      ? []
      : [partyKey(entry.currency, features.party), recurringKey(features.party, entry.amount, entry.currency)]),
  ]
}

function keysOfLine({ line, ...features }: LineFeatures): string[] {
  const instructed = line.exchange?.amount
  const words = features.words.filter((word) => word.length >= 4 && !/\d/.test(word)).slice(0, textWordsMax)
  return [
    ...features.references.map(referenceKey),
    ...features.textReferences.map(referenceKey),
    ...(features.endToEndId === undefined ? [] : [endToEndKey(features.endToEndId)]),
    ...features.textIds.map(endToEndKey),
    ...(features.isPurchase === true ? boughtDays(features).map(boughtKey) : []),
    ...features.mentions.flatMap((mention) => mention.forms).map(documentKey),
    // A reference may be a document number, or be made of one.
    ...features.references.flatMap((reference) => [reference, ...documentsWithin(reference)]).map(documentKey),
    ...longNumbersOf({ line, ...features }).map(describedKey),
    amountKey(line.amount, line.currency),
    ...(instructed === undefined ? [] : [amountKey(signedLike(instructed.minor, line.amount), instructed.currency)]),
    ...(features.account === undefined ? [] : [accountKey(features.account)]),
    ...(features.name === undefined ? [] : keysOfName(features.name)),
    ...features.knownParties.filter(({ times }) => times > 0).map(({ party }) => partyKey(line.currency, party)),
    // A text may hold the name of the other side (cards, processors) as well as words of a description.
    ...words.flatMap((word) => [nameKey(word), wordKey(word)]),
  ]
}

/** Banks book a purchase days after it was made, and may say in the value date when that was. */
function boughtDays({ day, valueDay }: Pick<LineFeatures, 'day' | 'valueDay'>): number[] {
  return valueDay < day ? [valueDay] : Array.from({ length: cardDaysMax + 1 }, (_, lag) => day - lag)
}

/** The numbers of a line that a description may have too: those that stand by themselves, and not several put together. */
export function longNumbersOf({ references, mentions }: LineFeatures): readonly string[] {
  const numbers = references.filter(isLongNumber)
  for (const { forms } of mentions) if (isLongNumber(forms[0] ?? '')) numbers.push(forms[0] ?? '')
  return numbers.length < 2 ? numbers : [...new Set(numbers)]
}

const isLongNumber = (form: string): boolean => form.length >= 5 && /^\d+$/.test(form)

/** Whether a key is no more than one word that both have. */
export function isWordKey(key: string): boolean {
  return key.startsWith('name:') || key.startsWith('word:')
}

/** A word's key without where it stands: a line's words may be of a name or of a description, and it is found under one key for both. */
export function stemKey(key: string): string {
  return isWordKey(key) ? `stem:${key.slice(key.indexOf(':') + 1)}` : key
}

/** Whether lines have keys of this kind. */
export function isMetByLines(key: string): boolean {
  return !/^(again|batch|sold):/.test(key)
}

function keysOfName(name: Name): string[] {
  return [wholeNameKey(name), ...name.words.slice(0, nameWordsMax).map(nameKey)]
}

/** The forms under which a document number is found. A serial of one or two digits would meet everything. */
function documentForms(number: DocumentNumber): string[] {
  return [number.whole, number.digits, number.serial].filter((form) => form.length >= 2)
}

/**
 * The document numbers that a structured reference may be made of. Payees build it as customer number, document number, check
 * digit: so the digits that end before the last one.
 */
export function documentsWithin(reference: string): string[] {
  if (!/^\d{6,}$/.test(reference)) return []
  const body = reference.slice(0, -1)
  const forms: string[] = []
  for (let length = 4; length <= Math.min(10, body.length); length++) {
    // A form that begins with a zero is the next shorter one with a zero in front.
    if (body.at(-length) !== '0') forms.push(body.slice(-length))
  }
  return forms
}

function signedLike(amount: bigint, sign: bigint): bigint {
  return amount < 0n === sign < 0n ? amount : -amount
}
