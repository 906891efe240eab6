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
  const desk: Desk = {
    bySum,
    own: new Set(company.accounts.map(({ iban }) => iban)),
    name: plain(company.name).slice(0, 15),
    telling: tellingWords(lines),
  }
  return {
    isPlain: (line) => {
      const other = line.with[0]!
      return line.account === other.account ? isReversal(desk, line, other) : isTransfer(desk, line, other)
    },
  }
}

type Desk = {
  readonly bySum: ReadonlyMap<number, readonly Line[]>
  readonly own: ReadonlySet<string>
  readonly name: string
  readonly telling: (text: string | null) => readonly string[]
}

const wordsOf = (text: string | null): readonly string[] =>
  plain(text ?? '')
    .split(' ')
    .filter((word) => word.length >= 4)

/** Words that a bank does not write on every other line. */
function tellingWords(lines: readonly Line[]): Desk['telling'] {
  const counts = new Map<string, number>()
  for (const { shown } of lines)
    for (const word of new Set(wordsOf(shown.remittanceInformation))) counts.set(word, (counts.get(word) ?? 0) + 1)
  const most = Math.max(8, lines.length / 100)
  return (text) => wordsOf(text).filter((word) => (counts.get(word) ?? 0) <= most)
}

/** It came and went again, by the same name or account; and until then nothing else of that party and that sum did. */
function isReversal(desk: Desk, line: Line, other: Line): boolean {
  if (line.cents !== -other.cents || Math.abs(line.day - other.day) > returnDays || !isSameParty(desk, line, other))
    return false
  const last = Math.max(line.day, other.day)
  const isRival = (third: Line): boolean =>
    third !== line &&
    third !== other &&
    third.day <= last &&
    last - third.day <= returnDays &&
    isSameParty(desk, third, line)
  return !desk.bySum.get(Math.abs(line.cents))!.some(isRival)
}

function isSameParty({ telling }: Desk, { shown: one }: Line, { shown: other }: Line): boolean {
  if (one.counterpartyIban !== null && one.counterpartyIban === other.counterpartyIban) return true
  if (one.counterpartyName !== null && other.counterpartyName !== null)
    return plain(one.counterpartyName) === plain(other.counterpartyName)
  const seen = new Set(telling(`${other.counterpartyName ?? ''} ${other.remittanceInformation ?? ''}`))
  return telling(`${one.counterpartyName ?? ''} ${one.remittanceInformation ?? ''}`).some((word) => seen.has(word))
}

/** Our own account or name on the other side, and nothing else of that sum about that day. */
function isTransfer({ own, name, bySum }: Desk, line: Line, other: Line): boolean {
  const isOurs = ({ shown }: Line): boolean =>
    (shown.counterpartyIban !== null && own.has(shown.counterpartyIban)) ||
    plain(`${shown.counterpartyName ?? ''} ${shown.remittanceInformation ?? ''}`).includes(name)
  if (!isOurs(line) && !isOurs(other)) return false
  if (line.account.currency !== other.account.currency)
    return (isOurs(line) && isOurs(other)) || tellsOf(line, other) || tellsOf(other, line)
  const isRival = (third: Line): boolean =>
    third !== line && third !== other && Math.abs(third.day - line.day) <= nearDays && third.cents === other.cents
  return line.cents === -other.cents && !bySum.get(Math.abs(line.cents))!.some(isRival)
}

/** One half says what the other half's sum was. */
const tellsOf = ({ foreign }: Line, other: Line): boolean =>
  foreign !== null && foreign.currency === other.account.currency && foreign.cents === Math.abs(other.cents)
