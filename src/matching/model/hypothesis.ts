import type { EntryFeatures, LineFeatures } from './features.ts'
import { order } from './order.ts'
import type { Reason } from './reasons.ts'
import { size, type Settlement } from './settlement.ts'
import type { Traits } from './traits.ts'
import type { Difference, DifferenceKind, Link } from './types.ts'

/** One possible explanation of one or two lines. What it says in full is worked out only for those that are proposed. */
export type Hypothesis = {
  readonly lines: readonly LineFeatures[]
  /** The places of the entries; none where two lines belong to each other only. */
  readonly entries: readonly number[]
  /** What it would spend of each of them, in the entry's currency, without sign: a transfer's two halves spend it once. */
  readonly spends: readonly bigint[]
  readonly difference?: DifferenceKind
  /** The line pays a part, and the rest stays open. */
  readonly isPartial?: boolean
  /** `seriesOf` its entry, where there are more of these: see `turns.ts`. */
  readonly series?: string
  /** Nothing but time tells its entry from others of that series. */
  readonly isByTurn?: boolean
  /** Whose turn it is is beyond doubt: the text names the month, or nobody chooses the day, as of wages and repayments. */
  readonly isTurnSure?: boolean
  /** And another order of that series fits the days as well. */
  readonly isEven?: boolean
  readonly traits: Traits
  /** What the traits are worth: log2 of how much likelier this is than that the books do not know the line. */
  readonly bits: number
  /** What makes it more than a coincidence of amounts, and so may be booked unasked. */
  readonly identity: Identity
  /** There is more to it than these lines and entries, by what they say: the other half of a transfer, other documents. */
  readonly isIncomplete?: boolean
  /** Something says outright that it is about another document: nothing else may outvote that unasked. */
  readonly isContradicted: boolean
  /** Something speaks strongly against it, and may be a coincidence. */
  readonly isDoubted?: boolean
  readonly explain: () => Explanation
}

/** A hypothesis in full: its links and what speaks for and against it. */
export type Explanation = {
  readonly links: readonly Link[]
  readonly difference?: Difference
  readonly reasons: readonly Reason[]
}

/**
 * - `document`  a reference, an end-to-end id or a document number says which entries are meant
 * - `party`     the other side is known, and the whole amount is open with it exactly once
 * - `kind`      such an entry is with nobody in particular (fees, takings, wages), and the whole amount is one of these
 * - `likely`    the other side is like, or is known and the amount differs by what is allowed
 * - `none`      anything less
 */
export type Identity = 'document' | 'party' | 'kind' | 'likely' | 'none'

/** The line settling the entry. */
export function linkOf(
  { line }: LineFeatures,
  { entry }: EntryFeatures,
  { amount, settled }: Pick<Settlement, 'amount' | 'settled'>,
): Link {
  const entryAmount = entry.currency === line.currency ? {} : { entryAmount: settled }
  return { transactionId: line.id, entryId: entry.id, amount, ...entryAmount }
}

/** What `linkOf` spends of the entry. */
export function spendOf({ settled }: Pick<Settlement, 'settled'>): bigint {
  return size(settled)
}

/** Party and amount. What is with nobody in particular is as alike as what is with one party. */
export function seriesOf({ party, entry: { kind, currency, openAmount } }: EntryFeatures): string {
  return `${party ?? kind} ${currency} ${openAmount}`
}

/** The order in which equals are served, so that nothing depends on the order of the input: the oldest lines first, then the oldest entries. */
export function byAge(dayOf: (place: number) => number): (a: Hypothesis, b: Hypothesis) => number {
  return (a, b) =>
    byLines(a, b) ||
    first(a.entries.length, b.entries.length, (at) => dayOf(a.entries[at] ?? 0) - dayOf(b.entries[at] ?? 0)) ||
    first(a.entries.length, b.entries.length, (at) => (a.entries[at] ?? 0) - (b.entries[at] ?? 0))
}

function byLines(a: Hypothesis, b: Hypothesis): number {
  return first(a.lines.length, b.lines.length, (at) => {
    const [one, other] = [a.lines[at], b.lines[at]]
    if (one === undefined || other === undefined || one === other) return 0
    return one.day - other.day || order(one.line.id, other.line.id)
  })
}

/** The first difference of two lists; a shorter one goes first. */
function first(lengthA: number, lengthB: number, compare: (at: number) => number): number {
  for (let at = 0; at < Math.min(lengthA, lengthB); at++) {
    const difference = compare(at)
    if (difference !== 0) return difference
  }
  return lengthA - lengthB
}
