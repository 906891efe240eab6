import type { ConnectionId, ConsentId } from '../../values/ids.ts'
import { endOf, type Consent } from './consent.ts'

type Covering = Consent & {
  /** The connections that it covers, and from when another consent took over there. */
  readonly accounts: readonly { readonly connectionId: ConnectionId; readonly supersededAt: Date | null }[]
}

type Supersession = {
  /** From now on these are served by the new consent. */
  readonly accounts: readonly { readonly consentId: ConsentId; readonly connectionId: ConnectionId }[]
  /** The consents that have no account left. */
  readonly consents: readonly ConsentId[]
}

/**
 * What a new consent takes over from the older ones: account by account, from the same person at the same institution, so that ticking only a new
 * card loses nothing. Another person's consent stays beside it: that is what fallback lives on. Consents without a person count as one person's:
 * whoever renews by link is the one who gave the last. One that has ended keeps its own end.
 *
 * @param covered the connections that the new consent covers
 */
export function supersededBy(
  { consent, covered, at }: { readonly consent: Consent; readonly covered: readonly ConnectionId[]; readonly at: Date },
  others: readonly Covering[],
): Supersession {
  const older = others.filter(
    (other) =>
      other.id !== consent.id &&
      other.personId === consent.personId &&
      other.institutionId === consent.institutionId &&
      at < endOf(other).at,
  )
  const served = older.map(({ id, accounts }) => ({
    id,
    accounts: accounts.filter(({ supersededAt }) => supersededAt === null),
  }))
  const taken = ({ connectionId }: { readonly connectionId: ConnectionId }) => covered.includes(connectionId)
  return {
    accounts: served.flatMap(({ id, accounts }) =>
      accounts.filter(taken).map(({ connectionId }) => ({ consentId: id, connectionId })),
    ),
    consents: served.filter(({ accounts }) => accounts.length > 0 && accounts.every(taken)).map(({ id }) => id),
  }
}
