// What matching knows of a line and of an entry, read from their texts once, so that comparing a pair reads no text again.

import { daysBetween, type Day } from '../../values/day.ts'
import { bbanOf, normaliseIban } from '../../values/iban.ts'
import type { ConnectionId, LedgerAccountId } from '../../values/ids.ts'
import { findReferences, normaliseReference } from '../../values/reference.ts'
import { tokensOf } from '../../values/text.ts'
import { canonical, documentNumberOf, mentionsIn, type DocumentNumber, type Mention } from './document-numbers.ts'
import { dayRangeIn } from './day-ranges.ts'
import { noHabits, type Habits, type KnownParty } from './habits.ts'
import { isProcessor, isProcessorWord, nameOf, wordsIn, type Name } from './names.ts'
import { periodsIn, type Period } from './periods.ts'
import { remembered } from './remembered.ts'
import type { BookEntry, Line, OwnAccount } from './types.ts'

export type LineFeatures = {
  readonly line: Line
  /** Days since 1970-01-01, of the booking and, for what somebody did in time, of the value date where that is earlier. */
  readonly day: number
  readonly valueDay: number
  /** Where the connection belongs in the books. */
  readonly ledgerAccountId?: LedgerAccountId
  /** Every form of the structured reference. */
  readonly references: readonly string[]
  /** References that the text may contain. */
  readonly textReferences: readonly string[]
  readonly endToEndId?: string
  /** What the text has that may be such an id, as banks print it that have no field for it. */
  readonly textIds: readonly string[]
  readonly mentions: readonly Mention[]
  /** The other side's account number without country and check digits. */
  readonly account?: string
  /** The company's own account that the other side is. */
  readonly otherOwn?: OwnAccount
  /** The other side's name, unless it is one that only passes money on. */
  readonly name?: Name
  /** It shows the company's own name as the other side's. */
  readonly namesOwner?: true
  /** Who collected it from others and pays it out, less a fee. */
  readonly payoutOf?: string
  /** Which names several days that it is for. */
  readonly isPayoutOfDays?: true
  /** The first words of a text without another side's name: what tells one shop from another. */
  readonly opening?: string
  /** Whom people said that this other side is. */
  readonly knownParties: readonly KnownParty[]
  /** The words of the text, each once. */
  readonly words: readonly string[]
  /** Something was bought by card, for all that is known. */
  readonly isPurchase?: true
  /** Who is paid collected it, or who pays was collected from. */
  readonly isCollected?: true
  /** The months that the text names. */
  readonly periods: readonly Period[]
}

export type EntryFeatures = {
  /** Where it stands among the company's entries. */
  readonly place: number
  readonly entry: BookEntry
  /** The day on which the movement is expected, if the books say any; and the day before which it is unlikely. */
  readonly expectedDay?: number
  readonly issueDay?: number
  /** The day on which this counterparty pays, by what people confirmed before. */
  readonly habitualDay?: number
  readonly references: readonly string[]
  readonly endToEndId?: string
  readonly documentNumber?: DocumentNumber
  readonly account?: string
  readonly name?: Name
  /** The words of the description, without the counterparty's name. */
  readonly words: readonly string[]
  /** A transfer of which both halves will be seen. */
  readonly hasTwoHalves: boolean
  /** Long numbers of the description: an order's, a payout's. */
  readonly described: readonly string[]
  /** Who the entry is with: entries with the same value are one party's. */
  readonly party?: string
}

/** The company's own accounts, found in the ways that lines and entries name them. */
export type OwnAccounts = {
  readonly get: (connectionId: ConnectionId) => OwnAccount | undefined
  readonly withNumber: (account: string) => OwnAccount | undefined
  readonly has: (ledgerAccountId: LedgerAccountId | undefined) => boolean
}

const wordsMax = 40
/** Who pays out says so at the beginning. */
const payoutWordsMax = 12
const textMax = 600
const textReferencesMax = 8
const textIdLengthMin = 5
const textIdsMax = 8
const ownerLettersMin = 5
/** ISO 20022: card payments. */
const cardCode = /-(CCRD|MCRD)(-|$)/
/** ISO 20022: direct debits, received and issued, and their subfamilies. */
const debitCode = /-(RDDT|IDDT)(-|$)|-(ESDD|BBDD)$/
/** How the words begin that banks print for them, in the plain form of `wordsIn`. */
const debitWords =
  'LASTSCHRIFT BASISLASTSCHRIFT FOLGELASTSCHRIFT ERSTLASTSCHRIFT EINZUG INCASSO DOMICILI PRLV PRELEVEMENT AVTALEGIRO AUTOGIRO BETALINGSSERVICE LEVERANDORSERVICE SUORAVELOITUS DIREKTDEBIT'.split(
    ' ',
  )
const describedMax = 4

export function lineFeatures(line: Line, own: OwnAccounts, habits: Habits = noHabits): LineFeatures {
  const text = (line.remittanceInformation ?? '').slice(0, textMax)
  const name = line.counterparty?.name === undefined ? undefined : nameOf(line.counterparty.name)
  const ibans = ibansIn(text)
  const account = accountOf(line.counterparty ?? {}) ?? accountIn(ibans, own.get(line.connectionId))
  const endToEndId = identifier(line.endToEndId)
  const ledgerAccountId = own.get(line.connectionId)?.ledgerAccountId
  const otherOwn = account === undefined ? undefined : own.withNumber(account)
  const day = dayNumber(line.bookingDate)
  // An account's digits are no document's number.
  const said = ibans.reduce(
    (rest, { written }) => rest.replace(written, ' '),
    ibans.length === 0 ? text : text.toUpperCase(),
  )
  const mentions = mentionsIn(said)
  const words = wordsIn([line.counterparty?.name ?? '', text].join(' ')).slice(0, wordsMax)
  const named = new Set(tokensOf(line.counterparty?.name ?? ''))
  const other = name === undefined || isProcessor(name) ? undefined : name
  const opening = other === undefined ? openingOf(text) : undefined
  const seen = {
    ...(account !== undefined && { account }),
    ...(other !== undefined && { name: other }),
    ...(opening !== undefined && { opening }),
  }
  const owner = own.get(line.connectionId)?.owner
  const payoutOf = line.amount > 0n ? words.slice(0, payoutWordsMax).find(isProcessorWord) : undefined
  return {
    ...seen,
    line: payoutOf === undefined ? line : { ...line, isPayout: true },
    ...(payoutOf !== undefined && { payoutOf }),
    ...(payoutOf !== undefined && isOfDays(text) && { isPayoutOfDays: true }),
    knownParties: habits.partiesOf(seen),
    day,
    valueDay: line.valueDate === undefined ? day : Math.min(day, dayNumber(line.valueDate)),
    references: referenceForms(line.reference),
    textReferences: textReferencesIn(said, mentions),
    textIds: idsIn(text),
    ...(account === undefined && isPurchase(line) && { isPurchase: true }),
    ...(isCollected(line, words) && { isCollected: true }),
    mentions,
    words: [...new Set(words)],
    periods: periodsIn(text, (word) => named.has(word)),
    ...(ledgerAccountId !== undefined && { ledgerAccountId }),
    ...(endToEndId !== undefined && { endToEndId }),
    ...(otherOwn !== undefined && { otherOwn }),
    ...(owner !== undefined && isNamed(nameOf(owner), words) && { namesOwner: true }),
  }
}

function isOfDays(text: string): boolean {
  const days = dayRangeIn(text)
  return days !== undefined && days.to > days.from
}

/** Whether all words of a name stand there, the last one perhaps cut off. One short word may be anything. */
function isNamed(name: Name | undefined, words: readonly string[]): boolean {
  if (name === undefined || name.words.join('').length < ownerLettersMin) return false
  const isThere = (word: string, at: number): boolean =>
    words.includes(word) || (at > 0 && words.some((each) => each.length >= 4 && word.startsWith(each)))
  return name.words.every(isThere)
}

type WrittenIban = { readonly iban: string; readonly written: string }

/** The IBANs that a text names, as formats of banks do that have no field for it, and how each is written, in capitals. */
function ibansIn(text: string): WrittenIban[] {
  return [
    ...text.toUpperCase().matchAll(/(?<![A-Z0-9])[A-Z]{2}\d{2} ?(?:[A-Z0-9]{4} ?){2,7}[A-Z0-9]{0,4}(?![A-Z0-9])/g),
  ].flatMap(([found]) => {
    // Cut from the end: what follows in groups of four may be another word.
    for (
      let written = found;
      written.length >= 15;
      written = written.slice(0, Math.max(0, written.trimEnd().lastIndexOf(' ')))
    ) {
      const iban = normaliseIban(written)
      if (iban !== undefined) return [{ iban, written }]
    }
    return []
  })
}

/** The account of the other side; not the line's own. */
function accountIn(ibans: readonly WrittenIban[], account: OwnAccount | undefined): string | undefined {
  const own = account === undefined ? undefined : accountOf(account)
  return ibans.map(({ iban }) => bbanOf(iban)).find((bban) => bban !== own)
}

/** Its first two words of letters that are longer than two. */
function openingOf(text: string): string | undefined {
  const words = wordsIn(text).filter((word) => word.length > 2 && !/\d/.test(word))
  return words.length === 0 ? undefined : words.slice(0, 2).join(' ')
}

export function ownAccountsOf(accounts: readonly OwnAccount[]): OwnAccounts {
  const byConnection = new Map(accounts.map((account) => [account.connectionId, account]))
  const byNumber = new Map(accounts.map((account) => [accountOf(account), account]))
  const connected = new Set(accounts.map(({ ledgerAccountId }) => ledgerAccountId))
  return {
    get: (connectionId) => byConnection.get(connectionId),
    withNumber: (account) => byNumber.get(account),
    has: (ledgerAccountId) => ledgerAccountId !== undefined && connected.has(ledgerAccountId),
  }
}

export function entryFeatures(entry: BookEntry, own: OwnAccounts, place = 0, habits: Habits = noHabits): EntryFeatures {
  const name = entry.counterparty?.name === undefined ? undefined : nameOf(entry.counterparty.name)
  const account = accountOf(entry.counterparty ?? {})
  const endToEndId = identifier(entry.endToEndId)
  const documentNumber = entry.documentNumber === undefined ? undefined : documentNumberOf(entry.documentNumber)
  const expected = entry.dueDate ?? entry.issueDate
  const party = entry.counterparty?.id ?? name?.key ?? account
  const daysLate = party === undefined ? undefined : habits.daysLateOf(party)
  const words = wordsIn((entry.description ?? '').slice(0, textMax)).filter(
    (word) => word.length >= 4 && !/\d/.test(word) && !(name?.words.includes(word) ?? false),
  )
  return {
    entry,
    place,
    references: referenceForms(entry.reference),
    hasTwoHalves: own.has(entry.fromLedgerAccountId) && own.has(entry.toLedgerAccountId),
    words: [...new Set(words)].slice(0, wordsMax),
    described: longNumbersIn(entry.description ?? ''),
    ...(expected !== undefined && { expectedDay: dayNumber(expected) }),
    ...(expected !== undefined && daysLate !== undefined && { habitualDay: dayNumber(expected) + daysLate }),
    ...(entry.issueDate !== undefined && { issueDay: dayNumber(entry.issueDate) }),
    ...(endToEndId !== undefined && { endToEndId }),
    ...(documentNumber !== undefined && { documentNumber }),
    ...(account !== undefined && { account }),
    ...(name !== undefined && { name }),
    ...(party !== undefined && { party }),
  }
}

/** Of five digits and more, in full. */
function longNumbersIn(text: string): readonly string[] {
  const found = text.slice(0, textMax).match(/(?<![\d.,/-])\d{5,}(?![\d.,/-]*\d)/g) ?? []
  return [...new Set(found.map(canonical))].slice(0, describedMax)
}

const dayNumber = remembered(10_000, (day: Day): number => daysBetween(epoch, day))

const epoch: Day = '1970-01-01'

/** A reference in every form in which the other side may carry it: a Finnish viite comes bare or wrapped as RF. */
function referenceForms(reference: string | undefined): string[] {
  if (reference === undefined) return []
  const form = normaliseReference(reference)
  if (form === '') return []
  const wrapped = /^RF\d\d(.+)$/.exec(form)?.[1]
  return [...new Set([canonical(form), ...(wrapped === undefined ? [] : [canonical(wrapped)])])]
}

/** What the text contains by a check digit; and, as a free reference has none, every number of five characters or more. */
function textReferencesIn(text: string, mentions: readonly Mention[]): string[] {
  const checked = findReferences(text).slice(0, textReferencesMax)
  const free = mentions.flatMap(({ forms }) => forms).filter((form) => form.length >= 5)
  return [...new Set([...checked.flatMap((reference) => referenceForms(reference.value)), ...free])]
}

/** Its pieces of five characters and more with a digit; behind the name of a field (`EREF+`, `E2E:`) if they have one. */
function idsIn(text: string): string[] {
  const ids: string[] = []
  for (const piece of text.toUpperCase().split(/\s+/)) {
    const id = piece.replace(/^[A-Z]+[+:]|[.,;:]+$/g, '')
    if (id.length >= textIdLengthMin && /\d/.test(id) && ids.length < textIdsMax) ids.push(id)
  }
  return ids
}

/** By card, as the bank says; or perhaps, where it says nothing of the kind nor who was paid. */
function isPurchase({ amount, bankTransactionCode: code, counterparty }: Line): boolean {
  return amount < 0n && (code === undefined ? counterparty?.name === undefined : cardCode.test(code))
}

/** By direct debit, as the bank says, or prints it where it sends no code. */
function isCollected({ amount, bankTransactionCode: code }: Line, words: readonly string[]): boolean {
  if (code !== undefined) return debitCode.test(code)
  return amount < 0n && words.some((word) => debitWords.some((start) => word.startsWith(start)))
}

/** Banks fill the field when nobody did. */
function identifier(text: string | undefined): string | undefined {
  const id = text?.replace(/\s+/g, '').toUpperCase()
  return id === undefined || id === '' || /^(NOTPROVIDED|NONREF|N\/?A|NONE|0+|-+)$/.test(id) ? undefined : id
}

/** The number as its country writes it. Whether an IBAN is a right one does not matter here: only whether two are the same. */
function accountOf(side: { readonly iban?: string; readonly bban?: string }): string | undefined {
  const number = (side.iban ?? side.bban)?.replace(/[^\p{L}\p{N}*]+/gu, '').toUpperCase()
  // Masked, or words such as NOTPROVIDED.
  if (number === undefined || !/\d{3}/.test(number) || number.includes('*')) return undefined
  return side.iban === undefined ? number : number.replace(/^[A-Z]{2}\d\d(?=[A-Z0-9]{8})/, '')
}
