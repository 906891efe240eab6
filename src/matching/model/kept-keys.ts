// The keys of entries and lines as the database keeps them: numbers of 64 bits, each with the amount and the day by which the nearest is
// found. Pure: the same entry or line always has the same.

import type { EntryFeatures, LineFeatures } from './features.ts'
import { hashOf } from './key-index.ts'
import { dueAhead, dueBefore, isBillRun } from './bill-runs.ts'
import { batchedKinds, isMetByLines, isWordKey, keysOf, paidKey, partyKey, runDays, runKey, stemKey } from './keys.ts'
import { batchDays } from './shared-key-groups.ts'

/** To be raised when `keysOf` answers otherwise than before: then what is kept is made anew, company by company. A test holds it. */
export const keysVersion = 9

/** What is kept of an entry. */
export type KeyedEntry = {
  readonly entryId: string
  readonly keys: readonly bigint[]
  /** What is open, as a line has it that pays it: zero of what is settled, both signs of a transfer. */
  readonly minors: readonly bigint[]
  readonly day: number
  /** Under which keys lines are found that may be about it; and those under which most are not: a word, a day on which others are paid too. */
  readonly meets: readonly bigint[]
  readonly words: readonly bigint[]
  /** The key that entries of the same party share: several of them may be paid in one sum. */
  readonly party: bigint | null
}

export function keyedEntryOf(features: EntryFeatures): KeyedEntry {
  const { entry, expectedDay } = features
  const keys = keysOf(features)
  const open = entry.openAmount
  const vague = [...keys.filter(isWordKey).map(stemKey), ...paidKeysOf(features)]
  return {
    entryId: entry.id,
    keys: hashed(keys),
    minors: entry.kind === 'transfer' && open !== 0n ? [open, -open] : [open],
    day: expectedDay ?? 0,
    meets: hashed([
      ...keys.filter((key) => isMetByLines(key) && !isWordKey(key)),
      ...runKeysOf(features),
      ...(isSummed(entry) ? vague : []),
    ]),
    words: hashed(isSummed(entry) ? [] : vague),
    party: features.party === undefined ? null : hashOf(partyKey(entry.currency, features.party)),
  }
}

/** What is kept of a line. */
export type KeyedLine = {
  readonly transactionId: string
  readonly keys: readonly bigint[]
  readonly minor: bigint
  readonly day: number
}

export function keyedLineOf(features: LineFeatures): KeyedLine {
  const { line, day } = features
  const paid = [
    ...(line.amount < 0n ? [paidKey(line.currency, day)] : []),
    ...(isBillRun(features) ? [runKey(line.currency, day)] : []),
  ]
  return { transactionId: line.id, keys: hashed([...keysOf(features).map(stemKey), ...paid]), minor: line.amount, day }
}

/** What is paid in one sum with others, to which nothing but a word or a day leads: wages, taxes, takings. */
const isSummed = ({ kind }: EntryFeatures['entry']): boolean =>
  kind === 'payroll' || kind === 'tax' || kind === 'ledger_posting'

/** Where a batch is looked for that the entry may be part of. */
function paidKeysOf({ entry, expectedDay }: EntryFeatures): string[] {
  if (expectedDay === undefined || !batchedKinds.includes(entry.kind)) return []
  return batchDays.map((days) => paidKey(entry.currency, expectedDay + days))
}

/** Under which payment runs are found that may have paid it. */
function runKeysOf({ entry, expectedDay }: EntryFeatures): string[] {
  if (expectedDay === undefined || entry.kind !== 'purchase_bill') return []
  const [first, last] = [expectedDay - dueAhead, expectedDay + dueBefore]
  const days = Array.from({ length: Math.ceil((last - first) / runDays) }, (_, at) => first + at * runDays)
  return [...days, last].map((day) => runKey(entry.currency, day))
}

function hashed(keys: readonly string[]): bigint[] {
  return [...new Set(keys.map(hashOf))]
}
