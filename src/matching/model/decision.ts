// What a person may decide about a match. Only what is undecided can be confirmed or refused, and only what holds can be undone; deciding the same again
// changes nothing. Of what is undecided, matching may do the rest: confirm it when it becomes certain, supersede it when it no longer holds.

import type { Transaction } from '../../transactions/model/transaction.ts'
import type { EntryId, TransactionId } from '../../values/ids.ts'
import type { Entry } from '../../entries/model.ts'
import { entryIdsOf, transactionIdsOf, type Match, type MatchStatus } from './match.ts'
import { hasRoom, type Spending } from './open-amount.ts'

export type Decision = 'confirm' | 'reject' | 'undo'

/** Why something cannot be done: a code of the contract, and what to tell the caller. */
export type Refusal = {
  readonly code: 'match_not_decidable' | 'match_does_not_add_up' | 'match_overspends'
  readonly text: string
}

export type Move =
  | { readonly kind: 'to'; readonly status: MatchStatus }
  | { readonly kind: 'already' }
  | ({ readonly kind: 'refused' } & Refusal)

const moves = {
  confirm: { from: 'suggested', to: 'confirmed' },
  reject: { from: 'suggested', to: 'rejected' },
  undo: { from: 'confirmed', to: 'undone' },
} as const satisfies Record<Decision, { from: MatchStatus; to: MatchStatus }>

export function moveOf({ status }: Pick<Match, 'status'>, decision: Decision): Move {
  const { from, to } = moves[decision]
  if (status === to) return { kind: 'already' }
  if (status === from) return { kind: 'to', status: to }
  return {
    kind: 'refused',
    code: 'match_not_decidable',
    text: `Only a match that is ${from} can be ${to}; this one is ${status}.`,
  }
}

/** What a match speaks of, as it is now. */
export type Material = {
  readonly transactions: ReadonlyMap<TransactionId, Transaction>
  readonly entries: ReadonlyMap<EntryId, Entry>
  /** What confirmed matches spend of these entries. */
  readonly spendings: readonly Spending[]
}

/** Why the match cannot hold, if so: each transaction is explained once, both sides add up, and no entry is spent beyond what is open of it. */
export function obstacleTo(
  match: Pick<Match, 'id' | 'links' | 'difference'>,
  { transactions, entries, spendings }: Material,
): Refusal | undefined {
  for (const id of transactionIdsOf(match)) {
    const transaction = transactions.get(id)
    if (transaction === undefined || transaction.removed)
      return { code: 'match_not_decidable', text: `The bank has withdrawn transaction ${id}.` }
    if (transaction.match?.status === 'confirmed')
      return {
        code: 'match_overspends',
        text: `Transaction ${id} is in the confirmed match ${transaction.match.id}. Undo that first.`,
      }
  }
  if (!addsUp(match, transactions))
    return {
      code: 'match_does_not_add_up',
      text: 'The transactions’ amounts are not those of the links and the difference.',
    }
  for (const id of entryIdsOf(match)) {
    const entry = entries.get(id)
    if (entry === undefined) return { code: 'match_not_decidable', text: `The books no longer have entry ${id}.` }
    if (!hasRoom(entry, { links: match.links, spendings, matchId: match.id }))
      return {
        code: 'match_overspends',
        text: `Entry ${id} is not open for that much: other confirmed matches may have spent it.`,
      }
  }
  return undefined
}

/** In every currency by itself; a difference is in the only one. */
function addsUp(
  { links, difference }: Pick<Match, 'links' | 'difference'>,
  transactions: ReadonlyMap<TransactionId, Transaction>,
): boolean {
  const rests = restsOf({ links }, transactions)
  return difference === null ? rests.size === 0 : rests.size === 1 && [...rests.values()][0] === difference.minor
}

/** By currency, how much more the transactions are than the links; only where they differ. */
export function restsOf(
  { links }: Pick<Match, 'links'>,
  transactions: ReadonlyMap<TransactionId, Transaction>,
): ReadonlyMap<string, bigint> {
  const rests = new Map<string, bigint>()
  const add = (currency: string, minor: bigint): void => void rests.set(currency, (rests.get(currency) ?? 0n) + minor)
  for (const id of transactionIdsOf({ links })) {
    const amount = transactions.get(id)?.amount
    if (amount !== undefined) add(amount.currency, amount.minor)
  }
  for (const { amount } of links) add(amount.currency, -amount.minor)
  return new Map([...rests].filter(([, rest]) => rest !== 0n))
}

/** Of other suggestions, those that cannot hold beside this confirmed match. `material` is of all of them, with its spendings. */
export function rivalsOf(
  confirmed: Match,
  suggestions: readonly Match[],
  { entries, spendings }: Material,
): readonly Match[] {
  const explained = new Set(transactionIdsOf(confirmed))
  return suggestions.filter(
    (suggestion) =>
      suggestion.id !== confirmed.id &&
      (transactionIdsOf(suggestion).some((id) => explained.has(id)) ||
        entryIdsOf(suggestion).some((id) => {
          const entry = entries.get(id)
          return entry === undefined || !hasRoom(entry, { links: suggestion.links, spendings, matchId: suggestion.id })
        })),
  )
}
