// What is still open of an entry. The open amount is the books' word, and it is late: a match that was confirmed has spent some of it before the books
// know. So what confirmed matches spent is taken off, until the entry names them as contained (`appliedMatchIds`).

import type { Entry } from '../../entries/model.ts'
import type { EntryId, MatchId } from '../../values/ids.ts'
import type { MatchLink } from './match.ts'

/** What a confirmed match spends of an entry: minor units of the entry's currency, with the link's sign. */
export type Spending = { readonly matchId: MatchId; readonly entryId: EntryId; readonly minor: bigint }

type Opened = Pick<Entry, 'id' | 'kind' | 'openMinor' | 'appliedMatchIds'>

/** What is left to be matched, with the sign of the open amount; never less than nothing. */
export function openAfter(entry: Opened, spendings: readonly Spending[]): bigint {
  const left = size(entry.openMinor) - spentOf(entry, spendings)
  if (left <= 0n) return 0n
  return entry.openMinor < 0n ? -left : left
}

/** Whether the entry has room for these links beside what others have spent. */
export function hasRoom(
  entry: Opened,
  { links, spendings, matchId }: { links: readonly MatchLink[]; spendings: readonly Spending[]; matchId: MatchId },
): boolean {
  return !isOverspent(entry, [...spendings, ...spendingsOf({ id: matchId, links })])
}

/** Whether these spend more of the entry than the books say is open. */
export function isOverspent(entry: Opened, spendings: readonly Spending[]): boolean {
  return spentOf(entry, spendings) > size(entry.openMinor)
}

export const spendingsOf = ({
  id,
  links,
}: {
  readonly id: MatchId
  readonly links: readonly MatchLink[]
}): readonly Spending[] =>
  links.flatMap(({ entryId, amount, entryAmount }) =>
    entryId === null ? [] : [{ matchId: id, entryId, minor: (entryAmount ?? amount).minor }],
  )

/** Without sign. What leaves by a transfer is what arrives, so its two halves spend it once. */
function spentOf(entry: Opened, spendings: readonly Spending[]): bigint {
  const spent = spendings
    .filter(({ matchId, entryId }) => entryId === entry.id && !entry.appliedMatchIds.includes(matchId))
    .map(({ minor }) => minor)
  if (entry.kind !== 'transfer') return size(sum(spent))
  const [left, arrived] = [sum(spent.filter((minor) => minor < 0n)), sum(spent.filter((minor) => minor > 0n))]
  return -left > arrived ? -left : arrived
}

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, minor) => total + minor, 0n)

const size = (minor: bigint): bigint => (minor < 0n ? -minor : minor)
