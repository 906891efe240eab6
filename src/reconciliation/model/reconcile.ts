// The account at a day: what the bank has and the books have not, what the books have and the bank has not, and what of the difference that explains.

import type { Entry } from '../../entries/model.ts'
import { openAfter } from '../../matching/model/open-amount.ts'
import type { Day } from '../../values/day.ts'
import type { LedgerAccountId, MatchId } from '../../values/ids.ts'
import type { BalanceAt } from './balance-at.ts'

/** How many, and their sum in minor units of the account's currency. */
export type Total = { readonly count: number; readonly minor: bigint }

/** Something posted on the ledger account that the bank had not booked by the day. */
export type Posting = Pick<
  Entry,
  'id' | 'kind' | 'openMinor' | 'appliedMatchIds' | 'issueDate' | 'fromLedgerAccountId' | 'toLedgerAccountId'
> & {
  /** What confirmed matches settle of it by transactions of this account. */
  readonly settled: readonly { readonly matchId: MatchId; readonly minor: bigint; readonly bookingDate: Day }[]
}

export type Reconciled = {
  /** Minor units: as the books told it, else as it should be by what is known. */
  readonly books: { readonly source: 'given' | 'expected'; readonly minor: bigint } | null
  /** What the bank has more than the books, and the parts that it consists of: they add up, always. */
  readonly difference: {
    readonly minor: bigint
    readonly parts: readonly { readonly kind: DifferencePart; readonly minor: bigint }[]
  } | null
}
export const differenceParts = ['not_in_books', 'not_at_bank', 'unexplained'] as const
type DifferencePart = (typeof differenceParts)[number]

/** Both are null where the bank's balance is not known: nothing is made up. */
export function reconcile({
  bank,
  notInBooks,
  notAtBank,
  givenMinor,
}: {
  readonly bank: BalanceAt
  readonly notInBooks: Total
  readonly notAtBank: Total
  /** The ledger account's balance, where the caller has told it. */
  readonly givenMinor: bigint | null
}): Reconciled {
  const books = givenMinor === null ? null : { source: 'given' as const, minor: givenMinor }
  if (bank.source === 'unknown') return { books, difference: null }
  const expected = bank.minor - notInBooks.minor + notAtBank.minor
  const inBooks = books ?? { source: 'expected' as const, minor: expected }
  const parts = [
    { kind: 'not_in_books' as const, minor: notInBooks.minor },
    { kind: 'not_at_bank' as const, minor: -notAtBank.minor },
    { kind: 'unexplained' as const, minor: expected - inBooks.minor },
  ]
  return {
    books: inBooks,
    difference: { minor: bank.minor - inBooks.minor, parts: parts.filter(({ minor }) => minor !== 0n) },
  }
}

/**
 * What of a posting the bank had not booked by the day, with its sign on this account: what is still open of it, and what was settled only by what came later.
 * Of a transfer its own half.
 */
export function outstandingAt(day: Day, posting: Posting, ledgerAccountId: LedgerAccountId): bigint {
  if (posting.issueDate !== null && posting.issueDate > day) return 0n
  const leaves = posting.kind === 'transfer' && posting.fromLedgerAccountId === ledgerAccountId
  const spendings = posting.settled.map(({ matchId, minor }) => ({ matchId, entryId: posting.id, minor }))
  const open = openAfter(posting, spendings)
  const later = posting.settled.reduce((sum, { minor, bookingDate }) => (bookingDate > day ? sum + minor : sum), 0n)
  return (leaves ? -open : open) + later
}
