// Which consent may be used for a connection: pure arithmetic on half-open spans of time.

import { isUsable, lastToExpire, usableUntil } from '../../consents/model/consent.ts'
import type { PersonId } from '../../values/ids.ts'
import type { ConnectionFacts, ConsentFact } from './facts.ts'

type CoveringConsent = ConsentFact & { readonly cover: NonNullable<ConsentFact['cover']> }

/** What was chosen as the source, as far as it had been chosen at that instant: before that, nobody was and anybody may. */
export function chosenSource(
  { connection }: ConnectionFacts,
  at: Date,
): { readonly personId: PersonId | null; readonly fallback: boolean } {
  return connection.sourceChosenAt <= at
    ? { personId: connection.sourcePersonId, fallback: connection.sourceFallback }
    : { personId: null, fallback: true }
}

/** The consents that covered the account by then, whether or not they still do. */
export function coveringSoFar({ consents }: ConnectionFacts, at: Date): readonly CoveringConsent[] {
  return consents.filter(
    (consent): consent is CoveringConsent =>
      consent.cover !== null && consent.cover.from <= at && consent.validFrom <= at,
  )
}

/** The usable consents that cover the account, whoever gave them. */
export function usableCovers(facts: ConnectionFacts, at: Date): readonly CoveringConsent[] {
  return coveringSoFar(facts, at).filter((consent) => isUsable(consent, at) && at < coversUntil(consent))
}

/** The consent that fetches: the chosen source's, or anybody's where nobody is chosen or fallback is allowed. The one that expires last. */
export function consentInUse(facts: ConnectionFacts, at: Date): CoveringConsent | undefined {
  const usable = usableCovers(facts, at)
  const { personId, fallback } = chosenSource(facts, at)
  if (personId === null) return lastToExpire(usable)
  return (
    lastToExpire(usable.filter((consent) => consent.personId === personId)) ??
    (fallback ? lastToExpire(usable) : undefined)
  )
}

/** Of consents that no longer serve the account the one that served it last; of those the newest. */
export function lastCover(covers: readonly CoveringConsent[]): CoveringConsent | undefined {
  return covers.toSorted(
    (a, b) => coversUntil(b).getTime() - coversUntil(a).getTime() || b.validFrom.getTime() - a.validFrom.getTime(),
  )[0]
}

/** The usable consents that do not cover the account. */
export function usableWithoutCover({ consents }: ConnectionFacts, at: Date): readonly ConsentFact[] {
  return consents.filter((consent) => (consent.cover === null || consent.cover.from > at) && isUsable(consent, at))
}

function coversUntil(consent: CoveringConsent): Date {
  const { supersededAt } = consent.cover
  const until = usableUntil(consent)
  return supersededAt !== null && supersededAt < until ? supersededAt : until
}
