// Lines and entries with only what a test is about.

import type { Books } from '../../src/matching/model/books.ts'
import { entryFeatures, lineFeatures, ownAccountsOf } from '../../src/matching/model/features.ts'
import type { Evidence, Signal } from '../../src/matching/signals/signal.ts'
import type { BookEntry, Decided, Line, MatchProposal, OwnAccount } from '../../src/matching/model/types.ts'
import { proposeMatches } from '../../src/matching/model/propose-matches.ts'

const undecided: Decided = { confirmed: [], rejected: [] }

export function aLine(id: string, amount: bigint, rest: Partial<Line> = {}): Line {
  return { id, connectionId: 'cn-1', bookingDate: '2026-03-14', amount, currency: 'NOK', ...rest }
}

/** Open whole, unless the test says otherwise. */
export function anEntry(id: string, amount: bigint, rest: Partial<BookEntry> = {}): BookEntry {
  const kind = amount < 0n ? 'purchase_bill' : 'sales_invoice'
  const days = { issueDate: '2026-03-01', dueDate: '2026-03-15' } as const
  return { id, kind, amount, openAmount: amount, currency: 'NOK', ...days, ...rest }
}

/** Entries of other parties, so that the company is of a realistic size: what one of three has is no evidence. */
export function otherEntries(count: number): BookEntry[] {
  return Array.from({ length: count }, (_, at) =>
    anEntry(`other-${at}`, BigInt(70_013 + at * 977), {
      documentNumber: String(880_000 + at),
      counterparty: { name: `Annen Kunde ${String.fromCharCode(65 + (at % 26))}${at} AS` },
    }),
  )
}

type Given = {
  readonly lines: readonly Line[]
  readonly entries: readonly BookEntry[]
  readonly ownAccounts?: readonly OwnAccount[]
  readonly decided?: Partial<Decided>
}

export function proposalsFor({ lines, entries, ownAccounts = [], decided = {} }: Given): readonly MatchProposal[] {
  return proposeMatches({ lines, entries, ownAccounts, decided: { ...undecided, ...decided } })
}

/** `line -> entry + entry`, as a test reads best. */
export function told({ links }: MatchProposal): string {
  const lines = [...new Set(links.map(({ transactionId }) => transactionId))]
  const entries = [...new Set(links.flatMap(({ entryId }) => entryId ?? []))]
  return `${lines.toSorted().join(' + ')} -> ${entries.toSorted().join(' + ') || 'nothing'}`
}

export function automaticOnes(given: Given): string[] {
  return proposalsFor(given)
    .filter(({ automatic }) => automatic)
    .map(told)
    .toSorted()
}

/** Every key is had by so many, but for what nobody has. */
export function commonly(many: number, among: Readonly<Record<string, number>> = {}): Books['count'] {
  return (key) => among[key] ?? (/^(document|again):/.test(key) ? 0 : many)
}

/** Books of a thousand entries in which everything is as rare as it can be. */
function plainBooks(rest: Partial<Books> = {}): Books {
  return { entryCount: 1_000, count: commonly(1), ...rest }
}

type Compared = {
  readonly line?: Partial<Line>
  readonly entry?: Partial<BookEntry>
  readonly books?: Partial<Books>
  readonly ownAccounts?: readonly OwnAccount[]
}

/** What a signal says of an invoice and a line that have nothing in common but what is given. */
export function evidenceOf(
  signal: Signal,
  { line = {}, entry = {}, books = {}, ownAccounts = [] }: Compared,
): Evidence | null {
  const own = ownAccountsOf(ownAccounts)
  const lineSide = lineFeatures(aLine('t', line.amount ?? 125_050n, line), own)
  const entrySide = entryFeatures(anEntry('e', entry.amount ?? 125_050n, entry), own)
  return signal.compare(lineSide, entrySide, plainBooks(books))
}

/** `key` and which way it points: the weight itself is a matter of judgement, not of tests. */
export function saidOf(evidence: Evidence | null): string {
  return evidence === null ? 'nothing' : `${evidence.key} ${evidence.bits > 0 ? '+' : evidence.bits < 0 ? '-' : '0'}`
}
