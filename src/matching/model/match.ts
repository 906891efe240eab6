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

/**
 * What the books have come to say that a match which holds does not agree with.
 *
 * - `entry_deleted`    they no longer have an entry that it settles
 * - `entry_changed`    an entry is in another currency, or to be paid the other way
 * - `entry_overspent`  less is open of an entry than confirmed matches settle, and the entry does not name this one as contained
 */
export const attentions = ['entry_deleted', 'entry_changed', 'entry_overspent'] as const
export type Attention = (typeof attentions)[number]

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
  readonly attention: Attention | null
  /** Of what is superseded: the match that a person confirmed instead. */
  readonly supersededBy: MatchId | null
  readonly createdAt: Date
}

/** Of a match, what it says, whatever speaks for it. */
export function sayingOf({ links, difference }: Pick<Match, 'links' | 'difference'>): string {
  const parts = links.map(({ transactionId, entryId, amount, entryAmount }) =>
    [transactionId, entryId ?? '', amount.minor, entryAmount?.minor ?? ''].join(' '),
  )
  return [...parts.toSorted(), difference === null ? '' : `${difference.minor} ${difference.kind}`].join(' / ')
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
