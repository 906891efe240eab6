// A match as it is kept: transactions and entries that belong together or are said to, what became of it, and why.

import type { CompanyId, EntryId, MatchId, TransactionId } from '../../values/ids.ts'
import type { Money } from '../../values/money.ts'
import type { Combination, Difference, DifferenceKind, Link, MatchProposal } from './types.ts'

/**
 * - `suggested`   nobody has decided yet
 * - `confirmed`   it holds: by a person, or automatically
 * - `rejected`    a person refused it
 * - `superseded`  a suggestion that no longer holds, or that something better has replaced
 * - `undone`      it held, and a person took it back
 */
export const matchStatuses = ['suggested', 'confirmed', 'rejected', 'superseded', 'undone'] as const
export type MatchStatus = (typeof matchStatuses)[number]

export const differenceKinds = [
  'fee',
  'discount',
  'fx',
  'rounding',
  'overpayment',
] as const satisfies readonly DifferenceKind[]

/** What a transaction settles of an entry; without an entry it belongs to another transaction of the match and to nothing in the books. */
export type MatchLink = {
  readonly transactionId: TransactionId
  readonly entryId: EntryId | null
  /** In the transaction's currency. */
  readonly amount: Money
  /** In the entry's currency, where that is another one. */
  readonly entryAmount: Money | null
}

/** Why it is proposed, and what else might be. */
export type Evidence = {
  /** 1 for the best proposal of its transactions. */
  readonly rank: number
  readonly confidence: number
  readonly reasons: MatchProposal['reasons']
  readonly runnerUp: NonNullable<MatchProposal['runnerUp']> | null
}

export type Match = Evidence & {
  readonly id: MatchId
  readonly companyId: CompanyId
  readonly status: MatchStatus
  /** Who drew the links: matching, or a person. */
  readonly origin: 'automatic' | 'manual'
  readonly links: readonly MatchLink[]
  /** The transactions' sum less the links', in the transactions' currency. */
  readonly difference: Difference | null
  /** Who decided; null where nobody did, and where matching did. */
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
  readonly createdAt: Date
}

type Linked = { readonly links: readonly Pick<Link, 'transactionId' | 'entryId'>[] }

export const transactionIdsOf = ({ links }: Linked): readonly TransactionId[] => [
  ...new Set(links.map(({ transactionId }) => transactionId)),
]

export const entryIdsOf = ({ links }: Linked): readonly EntryId[] => [
  ...new Set(links.flatMap(({ entryId }) => entryId ?? [])),
]

/** Of all of them together. */
export const combinationOf = (matches: readonly Linked[]): Combination => ({
  transactionIds: [...new Set(matches.flatMap(transactionIdsOf))],
  entryIds: [...new Set(matches.flatMap(entryIdsOf))],
})
