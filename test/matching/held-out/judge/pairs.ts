// Lines that belong to each other: she must see both halves, and no third that would do as well.

import { plain } from '../base/text.ts'
import type { Company, Line } from '../books/company.ts'

export type Pairs = { readonly isPlain: (line: Line) => boolean }

const nearDays = 4
const returnDays = 12

export function pairsIn(company: Company, lines: readonly Line[]): Pairs {
  const bySum = new Map<number, Line[]>()
  for (const line of lines) {
    const there = bySum.get(Math.abs(line.cents))
    if (there === undefined) bySum.set(Math.abs(line.cents), [line])
    else there.push(line)
  }
  const own = new Set(company.accounts.map(({ iban }) => iban))
  return {
    isPlain: (line) => {
      const other = line.with[0]!
      return line.account === other.account
        ? isReversal(bySum, line, other)
        : isTransfer(company, own, bySum, line, other)
    },
  }
}

/** It came and went again, by the same name or account; and nothing else of that party and that sum did. */
function isReversal(bySum: ReadonlyMap<number, readonly Line[]>, line: Line, other: Line): boolean {
  if (line.cents !== -other.cents || Math.abs(line.day - other.day) > returnDays || !isSameParty(line, other))
    return false
  const isRival = (third: Line): boolean =>
    third !== line && third !== other && Math.abs(third.day - line.day) <= returnDays && isSameParty(third, line)
  return !bySum.get(Math.abs(line.cents))!.some(isRival)
}

function isSameParty({ shown: one }: Line, { shown: other }: Line): boolean {
  if (one.counterpartyIban !== null && one.counterpartyIban === other.counterpartyIban) return true
  if (one.counterpartyName !== null && other.counterpartyName !== null)
    return plain(one.counterpartyName) === plain(other.counterpartyName)
  const words = plain(one.remittanceInformation ?? '')
    .split(' ')
    .filter((word) => word.length >= 4)
  const seen = new Set(plain(other.remittanceInformation ?? '').split(' '))
  return words.filter((word) => seen.has(word)).length >= 2
}

/** Our own account or name on the other side, and nothing else of that sum about that day. */
function isTransfer(
  company: Company,
  own: ReadonlySet<string>,
  bySum: ReadonlyMap<number, readonly Line[]>,
  line: Line,
  other: Line,
): boolean {
  const name = plain(company.name).slice(0, 15)
  const isOurs = ({ shown }: Line): boolean =>
    (shown.counterpartyIban !== null && own.has(shown.counterpartyIban)) ||
    plain(shown.counterpartyName ?? shown.remittanceInformation ?? '').includes(name)
  if (!isOurs(line) && !isOurs(other)) return false
  if (line.account.currency !== other.account.currency) return tellsOf(line, other) || tellsOf(other, line)
  const isRival = (third: Line): boolean =>
    third !== line && third !== other && Math.abs(third.day - line.day) <= nearDays && third.cents === other.cents
  return line.cents === -other.cents && !bySum.get(Math.abs(line.cents))!.some(isRival)
}

/** One half says what the other half's sum was. */
const tellsOf = ({ foreign }: Line, other: Line): boolean =>
  foreign !== null && foreign.currency === other.account.currency && foreign.cents === Math.abs(other.cents)
