import type { TransactionStore } from '../transactions/index.ts'
import type { TransactionId } from '../values/ids.ts'
import type { MatchStore } from './index.ts'

export type ShowStores = { matches: Pick<MatchStore, 'shownWith'>; transactions: Pick<TransactionStore, 'setMatches'> }

/** Tells each transaction which match it is shown with now. Whoever changes matches does this with all transactions of theirs. */
export async function showMatches({ matches, transactions }: ShowStores, ids: readonly TransactionId[]): Promise<void> {
  const shown = await matches.shownWith(ids)
  // In one order for all, so that two who write the same rows wait for each other instead of blocking each other.
  await transactions.setMatches([...new Set(ids)].toSorted().map((id) => ({ id, match: shown.get(id) ?? null })))
}
