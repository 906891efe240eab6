import type { Books } from '../model/books.ts'
import type { EntryFeatures, LineFeatures } from '../model/features.ts'
import type { KnownParty } from '../model/habits.ts'
import { partyKey } from '../model/keys.ts'
import { rarity } from '../model/rarity.ts'
import { weights } from '../model/weights.ts'
import type { Evidence } from './signal.ts'

/** What people said before of whoever pays so: that it is this counterparty, or another one; null where they said nothing. */
export function knownParty(
  line: LineFeatures,
  { entry, party }: EntryFeatures,
  books: Books,
  kind: KnownParty['kind'],
): Evidence | null {
  if (party === undefined) return null
  const known = line.knownParties.filter((each) => each.kind === kind)
  const [most] = known
  if (most === undefined) return null
  const params = (): { name: string } => ({ name: entry.counterparty?.name ?? party })
  const here = known.find((each) => each.party === party)
  // Refused more often than confirmed: whoever it is, it is not them.
  if (here !== undefined && here.times < 0)
    return { bits: weights.knownParty.another, key: 'counterparty.known-not', params }
  if (here === undefined)
    return most.times < 2 ? null : { bits: weights.knownParty.another, key: 'counterparty.known-other', params }
  const share = (here.times + weights.knownParty.assumed) / (here.of + 2 * weights.knownParty.assumed)
  return { bits: rarity(books, partyKey(entry.currency, party)) + Math.log2(share), key: 'counterparty.known', params }
}
