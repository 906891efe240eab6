// The other side of a movement: never the holder, and nobody rather than the wrong one.

import type { ProviderTransaction } from '../provider.ts'
import { bbanOf } from '../../values/iban.ts'
import type { Money } from '../../values/money.ts'
import { foldText, tokensOf } from '../../values/text.ts'
import { isMasked } from './account-numbers.ts'
import type { Coded } from './coded.ts'
import { isFields } from './place.ts'
import type { Holder, Reader, ReadIban, ReadyRule } from './reader.ts'
import { piecesAt, textAt } from './remittance.ts'
import type { WireTransaction } from './row.ts'
import { nameOf, numberOf, remittanceLengthMax, textOf } from './texts.ts'

type Side = {
  readonly name: string | undefined
  readonly iban: string | undefined
  readonly bban: string | undefined
}

/** The creditor of money out and the debtor of money in; where a bank names the holder there, the one whom it names in the holder's place. */
export function counterpartyOf(
  row: WireTransaction,
  amount: Money,
  reader: Reader,
  coded: Coded | undefined,
): ProviderTransaction['counterparty'] {
  const isOut = amount.minor < 0n
  const side = isOut ? creditorOf(row, reader) : debtorOf(row, reader)
  const { holder } = reader
  if (!isAnybody(side) || isHolder(side, holder)) {
    const other = isOut ? debtorOf(row, reader) : creditorOf(row, reader)
    const told = named(codedSideOf(coded, reader), payeeOf(row, isOut, reader))
    return told ?? (isElse(other, side, holder) ? named(other) : undefined)
  }
  const payee = side.name === undefined ? payeeOf(row, isOut, reader) : undefined
  return named(coded === undefined ? side : filledFrom(codedSideOf(coded, reader), side), payee)
}

function filledFrom(coded: Side, side: Side): Side {
  const hasNumber = side.iban !== undefined || side.bban !== undefined
  return { ...(hasNumber ? side : coded), name: side.name ?? coded.name }
}

/** Whom the payer's text names in its codes. */
function codedSideOf(coded: Coded | undefined, reader: Reader): Side {
  if (coded === undefined) return nobody
  const iban = ibanIn(coded.account, reader.readIban)
  const side = { name: nameOf(coded.name), iban, bban: undefined }
  return isHolder(side, reader.holder) ? nobody : side
}

const nobody: Side = { name: undefined, iban: undefined, bban: undefined }

function creditorOf(row: WireTransaction, reader: Reader): Side {
  return sideOf(row.creditorName, row.ultimateCreditor, row.creditorAccount, reader)
}

function debtorOf(row: WireTransaction, reader: Reader): Side {
  return sideOf(row.debtorName, row.ultimateDebtor, row.debtorAccount, reader)
}

function sideOf(name: unknown, ultimate: unknown, account: unknown, reader: Reader): Side {
  const [first, second] = reader.rules.ultimateFirst === true ? [ultimate, name] : [name, ultimate]
  return { ...numbersOf(account, reader.readIban), name: nameOf(first) ?? nameOf(second) }
}

/** Some banks write the number where the object with it should be. A masked card number is nobody's account. */
function numbersOf(account: unknown, readIban: ReadIban): Pick<Side, 'iban' | 'bban'> {
  if (account === undefined || account === null) return nobody
  const { iban: written, bban }: { readonly iban?: unknown; readonly bban?: unknown } = isFields(account)
    ? account
    : { iban: account }
  // Nordea writes an IBAN where the national number should be.
  const iban = ibanIn(written, readIban) ?? ibanIn(bban, readIban)
  if (iban !== undefined) return { iban, bban: undefined }
  const number = numberOf(bban) ?? numberOf(written)
  if (number === undefined || isMasked(number)) return nobody
  const polish = ibanOfPolish(number, readIban)
  return { iban: polish, bban: polish === undefined ? number : undefined }
}

/** A Polish number (NRB) is the IBAN without its country, check digits and all. */
function ibanOfPolish(number: string, readIban: ReadIban): string | undefined {
  const digits = number.replaceAll(' ', '')
  return /^\d{26}$/.test(digits) ? readIban(`PL${digits}`) : undefined
}

function ibanIn(json: unknown, readIban: ReadIban): string | undefined {
  return typeof json === 'string' ? readIban(json) : undefined
}

function isAnybody({ name, iban, bban }: Side): boolean {
  return name !== undefined || iban !== undefined || bban !== undefined
}

/** By the account, where one is told: who has the holder's name and another account is the holder's other account. */
function isHolder(side: Side, holder: Holder): boolean {
  if (isAccountOfHolder(side, holder)) return true
  return side.iban === undefined && side.bban === undefined && side.name !== undefined && isSameName(side.name, holder)
}

function isAccountOfHolder({ iban, bban }: Side, holder: Holder): boolean {
  if (holder.iban === undefined) return false
  return iban === undefined
    ? bban !== undefined && bban.replace(/[^A-Z0-9]+/gi, '').toUpperCase() === bbanOf(holder.iban)
    : iban === holder.iban
}

/**
 * Whether the one in the holder's place is somebody else. Their names must be known and have no word in common (a person of
 * the same family may own the account too), or the two sides' accounts must say it.
 */
function isElse(other: Side, side: Side, holder: Holder): boolean {
  if (isAccountOfHolder(other, holder)) return false
  if (isAccountOfHolder(side, holder) && other.iban !== undefined) return true
  return other.name !== undefined && holder.name !== undefined && !sharesAWord(other.name, holder.name)
}

function isSameName(name: string, holder: Holder): boolean {
  if (holder.name === undefined) return false
  if (name === holder.name || foldText(name) === foldText(holder.name)) return true
  // Surname first is common.
  return tokensOf(name).toSorted().join(' ') === tokensOf(holder.name).toSorted().join(' ')
}

function sharesAWord(a: string, b: string): boolean {
  const words = new Set(tokensOf(a))
  return tokensOf(b).some((word) => word.length > 1 && words.has(word))
}

function named(side: Side, payee?: string): ProviderTransaction['counterparty'] {
  const { name = payee, iban, bban } = side
  if (name === undefined && iban === undefined && bban === undefined) return undefined
  return {
    ...(name === undefined ? {} : { name }),
    ...(iban === undefined ? {} : { iban }),
    ...(bban === undefined ? {} : { bban }),
  }
}

/** The name that this bank tells in a text, by the first of its rules that fits. */
function payeeOf(row: WireTransaction, isOut: boolean, reader: Reader): string | undefined {
  for (const rule of reader.payee) {
    if (rule.of !== undefined && (rule.of === 'out') !== isOut) continue
    const name = nameOf(foundBy(rule, row, reader))
    if (name !== undefined && !isSameName(name, reader.holder)) return name
  }
  return undefined
}

/** What a rule is after in the text that it names. */
export function foundBy({ from, pattern }: ReadyRule, row: WireTransaction, reader: Reader): string | undefined {
  if (pattern === undefined) return textAt(row, from, reader)
  for (const json of piecesAt(row, from, reader)) {
    // As it is written, since in some texts a name is told by its column.
    const text = textOf(json, remittanceLengthMax)
    const found = text === undefined ? undefined : pattern.exec(text)?.[1]
    if (found !== undefined) return found
  }
  return undefined
}
