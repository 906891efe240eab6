import type { Day } from '../../values/day.ts'
import type { EntryId } from '../../values/ids.ts'
import type { EntryFeatures, LineFeatures } from './features.ts'
import type { Reason } from './reasons.ts'
import { size, type Settlement } from './settlement.ts'
import type { Difference, Link } from './types.ts'

/** One possible explanation of one or two lines. */
export type Hypothesis = {
  readonly lines: readonly LineFeatures[]
  readonly entries: readonly EntryFeatures[]
  readonly links: readonly Link[]
  readonly difference?: Difference
  /** Prior and evidence together: log2 of how much likelier this is than that the books do not know the line. */
  readonly bits: number
  readonly reasons: readonly Reason[]
  /** What makes it more than a coincidence of amounts, and so may be booked unasked. */
  readonly identity: Identity
}

/**
 * - `document`  a reference, an end-to-end id or a document number says which entries are meant
 * - `party`     the other side is known, and the whole amount is open with it exactly once
 * - `none`      anything less
 */
export type Identity = 'document' | 'party' | 'none'

/** The line settling the entry. */
export function linkOf(
  { line }: LineFeatures,
  { entry }: EntryFeatures,
  { amount, settled }: Pick<Settlement, 'amount' | 'settled'>,
): Link {
  const entryAmount = entry.currency === line.currency ? {} : { entryAmount: settled }
  return { transactionId: line.id, entryId: entry.id, amount, ...entryAmount }
}

/** What the hypothesis spends of each entry, in the entry's currency, without sign: a transfer's two halves spend it once. */
export function spentOn({ links }: Pick<Hypothesis, 'links'>): Map<EntryId, bigint> {
  const spent = new Map<EntryId, bigint>()
  for (const { entryId, entryAmount, amount } of links) {
    if (entryId !== null) spent.set(entryId, size(entryAmount ?? amount))
  }
  return spent
}

/** The order in which equals are served, so that nothing depends on the order of the input: the oldest first. */
export function sortKeyOf({ lines, entries }: Hypothesis): string {
  const days: (Day | '')[] = [
    ...lines.map(({ line }) => line.bookingDate),
    ...entries.map(({ entry }) => entry.dueDate ?? entry.issueDate ?? ''),
  ]
  return [...days, ...lines.map(({ line }) => line.id), ...entries.map(({ entry }) => entry.id)].join(' ')
}
