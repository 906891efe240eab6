// What becomes of matches when the books say something else of their entries. A suggestion that no longer holds is released; what holds by anybody's
// decision stays, and says what no longer agrees.

import type { Entry } from '../../entries/model.ts'
import type { EntryId } from '../../values/ids.ts'
import { obstacleTo, type Material } from './decision.ts'
import { entryIdsOf, sayingOf, type Attention, type Match } from './match.ts'
import { hasRoom, isOverspent, openAfter, spendingsOf } from './open-amount.ts'

type Books = Pick<Material, 'entries' | 'spendings'>

/** Of matches that stand, those that are others now. `before`: the changed entries as they were; `now`: all that the matches speak of. */
export function reviewed(
  standing: readonly Match[],
  before: ReadonlyMap<EntryId, Entry>,
  now: Books,
): readonly Match[] {
  return standing.flatMap((match): readonly Match[] => {
    if (match.status === 'suggested') return stillHolds(match, before, now) ? [] : [{ ...match, status: 'superseded' }]
    const attention = attentionOf(match, now)
    return attention === match.attention ? [] : [{ ...match, attention }]
  })
}

/** What somebody should look at, of a match that holds. Entries that name it as contained have taken it up: they agree. */
function attentionOf(match: Match, { entries, spendings }: Books): Attention | null {
  if (match.status !== 'confirmed') return null
  const ids = entryIdsOf(match)
  if (ids.some((id) => !entries.has(id))) return 'entry_deleted'
  const open = ids
    .flatMap((id) => entries.get(id) ?? [])
    .filter(({ appliedMatchIds }) => !appliedMatchIds.includes(match.id))
  if (open.some((entry) => !isOfItsKind(match, entry))) return 'entry_changed'
  return open.some((entry) => isOverspent(entry, spendings)) ? 'entry_overspent' : null
}

/** Whether a suggestion can hold as it is, and leaves of each changed entry nothing open where it left nothing before. */
function stillHolds(suggestion: Match, before: ReadonlyMap<EntryId, Entry>, { entries, spendings }: Books): boolean {
  const { links, id: matchId } = suggestion
  return entryIdsOf(suggestion).every((id) => {
    const [was, is] = [before.get(id), entries.get(id)]
    if (is === undefined || !isOfItsKind(suggestion, is) || !hasRoom(is, { links, spendings, matchId })) return false
    if (was === undefined) return true
    const all = [...spendings, ...spendingsOf(suggestion)]
    return openAfter(was, all) !== 0n || openAfter(is, all) === 0n
  })
}

/** In the links' currency, and of their sign; a transfer is of both. */
function isOfItsKind({ links }: Match, entry: Entry): boolean {
  return links
    .filter(({ entryId }) => entryId === entry.id)
    .every(({ amount, entryAmount }) => {
      const { minor, currency } = entryAmount ?? amount
      return currency === entry.currency && (entry.kind === 'transfer' || minor < 0n === entry.amountMinor < 0n)
    })
}

/** Of suggestions that gave way to a match that is undone now, those that can hold again and that nobody has made anew. */
export function revived(
  superseded: readonly Match[],
  standing: readonly Match[],
  material: Material,
): readonly Match[] {
  const said = new Set(standing.map(sayingOf))
  return superseded
    .filter((match) => !said.has(sayingOf(match)) && obstacleTo(match, material) === undefined)
    .map((match) => ({ ...match, status: 'suggested', supersededBy: null }))
}
