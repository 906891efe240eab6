// What follows when the books say something else of entries. Suggestions that no longer hold are released at once: nobody should decide about what the
// books have taken back. What holds stays as it was decided, and says what no longer agrees. The rest is the next run's.

import type { CompanyStore } from '../companies/index.ts'
import type { DueStore } from '../due/index.ts'
import type { KeyStore, MatchStore } from '../matching/index.ts'
import { combinationOf, transactionIdsOf, type Match } from '../matching/model/match.ts'
import { reviewed } from '../matching/model/review.ts'
import type { TransactionStore } from '../transactions/index.ts'
import type { CompanyId, EntryId, TransactionId } from '../values/ids.ts'
import type { EntryStore } from './index.ts'
import type { Entry } from './model.ts'

export type ChangeStores = {
  companies: Pick<CompanyStore, 'hold'>
  entries: Pick<EntryStore, 'some'>
  matches: Pick<MatchStore, 'standingFor' | 'spendings' | 'save' | 'shownWith'>
  transactions: Pick<TransactionStore, 'setMatches'>
  keys: Pick<KeyStore, 'mark'>
  due: Pick<DueStore, 'setBy'>
}

/** Books come in many calls: matching waits until they have settled. */
const settleMs = 30_000

/**
 * Does `change`, which changes these entries and no others, with all that follows. The company is held, so that nobody decides beside it.
 * @throws {AppError} company_not_found
 */
export async function changeEntries(
  stores: ChangeStores,
  companyId: CompanyId,
  { ids, now }: { readonly ids: readonly EntryId[]; readonly now: Date },
  change: () => Promise<void>,
): Promise<void> {
  await stores.companies.hold(companyId)
  if (ids.length === 0) return
  const standing = await stores.matches.standingFor(companyId, ids)
  const before = standing.length === 0 ? [] : await stores.entries.some(companyId, ids)
  await change()
  const released = standing.length === 0 ? [] : await review(stores, companyId, standing, before)
  await stores.keys.mark(companyId, { entryIds: ids, transactionIds: released })
  await stores.due.setBy({ kind: 'match', subject: companyId, at: new Date(now.getTime() + settleMs) })
}

/** The transactions of which a suggestion is released: the next run looks at what else may explain them. */
async function review(
  { entries, matches, transactions }: ChangeStores,
  companyId: CompanyId,
  standing: readonly Match[],
  before: readonly Entry[],
): Promise<readonly TransactionId[]> {
  const { entryIds } = combinationOf(standing)
  const changed = reviewed(standing, byId(before), {
    entries: byId(await entries.some(companyId, entryIds)),
    spendings: await matches.spendings(companyId, entryIds),
  })
  await matches.save(changed)
  const released = changed.filter(({ status }) => status === 'superseded')
  const transactionIds = [...new Set(released.flatMap(transactionIdsOf))].toSorted()
  const shown = await matches.shownWith(transactionIds)
  await transactions.setMatches(transactionIds.map((id) => ({ id, match: shown.get(id) ?? null })))
  return transactionIds
}

const byId = (entries: readonly Entry[]): ReadonlyMap<EntryId, Entry> =>
  new Map(entries.map((entry) => [entry.id, entry]))
