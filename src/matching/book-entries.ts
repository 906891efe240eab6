import type { Entry } from '../entries/model.ts'
import type { CompanyId } from '../values/ids.ts'
import type { MatchStore } from './index.ts'
import { bookEntryOf } from './model/input.ts'
import { openAfter } from './model/open-amount.ts'
import type { BookEntry } from './model/types.ts'

/** Entries with what confirmed matches have left of them. */
export async function bookEntriesOf(
  matches: Pick<MatchStore, 'spendings'>,
  companyId: CompanyId,
  entries: readonly Entry[],
): Promise<readonly BookEntry[]> {
  const open = entries.filter(({ openMinor }) => openMinor !== 0n).map(({ id }) => id)
  const spendings = Map.groupBy(await matches.spendings(companyId, open), ({ entryId }) => entryId)
  return entries.map((entry) => bookEntryOf(entry, openAfter(entry, spendings.get(entry.id) ?? [])))
}
