// The one function that decides the status of a connection. It is derived from facts at an instant and never stored as truth; the neighbours are the
// table (`finding.ts`), its words (`reason.ts`), what mends it (`repair.ts`), whose consent fetches (`cover.ts`) and the facts (`facts.ts`).

import { endOf, renewFrom, usableUntil } from '../../consents/model/consent.ts'
import type { ConsentId, PersonId } from '../../values/ids.ts'
import { chosenSource, consentInUse, coveringSoFar } from './cover.ts'
import type { ConnectionFacts } from './facts.ts'
import { findingAt, type ConnectionStatus } from './finding.ts'
import { reasonOf } from './reason.ts'
import { repairOf, type RepairStep } from './repair.ts'

export type DerivedStatus = {
  readonly status: ConnectionStatus
  /** The instant of the fact that caused it. */
  readonly since: Date
  readonly reason: string
  readonly repair: readonly RepairStep[]
  /** The consent that fetches, or would if it were switched on. */
  readonly effectiveConsentId: ConsentId | null
  /** Whose it is; null also where nobody knows. */
  readonly sourceInUse: PersonId | null
  /** Somebody else's than the chosen source's has taken over. */
  readonly sourceChanged: boolean
  /** Of the consent in use. */
  readonly expiresAt: Date | null
  readonly renewFrom: Date | null
  /** Whether the bank would still give this account's data, as far as we know; `none`: it never was to. */
  readonly bankAccess: 'live' | 'ended' | 'unknown' | 'none'
  /** The derived value holds until here at least, if no fact is added; null: until one is. */
  readonly nextChangeAt: Date | null
}

export function deriveStatus(facts: ConnectionFacts, now: Date): DerivedStatus {
  const finding = findingAt(facts, now)
  const used = consentInUse(facts, now)
  const chosen = chosenSource(facts, now).personId
  const turningPoints = turningPointsOf(facts)
  return {
    status: finding.status,
    since: sinceWhen(facts, finding.status, turningPoints, now),
    reason: reasonOf(finding, facts, now),
    repair: repairOf(finding, facts, now),
    effectiveConsentId: used?.id ?? null,
    sourceInUse: used?.personId ?? null,
    sourceChanged: used !== undefined && chosen !== null && used.personId !== chosen,
    expiresAt: used?.expiresAt ?? null,
    renewFrom: used === undefined ? null : renewFrom(used),
    bankAccess: bankAccessOf(facts, now),
    nextChangeAt: turningPoints.find((instant) => instant > now) ?? null,
  }
}

/**
 * Since when to say and record it, given what was recorded last. While the status stays, so does its instant; and it never goes back: where the fact
 * that changed it left no instant of its own (a late reconfirmation moves its deadline), it is now.
 */
export function sinceAfter(
  recorded: Pick<DerivedStatus, 'status' | 'since'> | null,
  derived: Pick<DerivedStatus, 'status' | 'since'>,
  now: Date,
): Date {
  if (recorded === null) return derived.since
  if (recorded.status === derived.status) return recorded.since
  return derived.since < recorded.since ? now : derived.since
}

/** Goes back over the turning points for as long as the status was the same, to where the connection began. */
function sinceWhen(facts: ConnectionFacts, status: ConnectionStatus, turningPoints: readonly Date[], now: Date): Date {
  const past = turningPoints.filter((instant) => facts.connection.createdAt <= instant && instant <= now)
  const before = past.findLastIndex((instant) => findingAt(facts, instant).status !== status)
  return past[before + 1] ?? facts.connection.createdAt
}

/** Every instant at which the derived value may be another than just before, in order: all the instants that the facts hold. */
function turningPointsOf(facts: ConnectionFacts): readonly Date[] {
  const { connection, ledgerAccount } = facts
  return [
    connection.createdAt,
    connection.assignedAt,
    connection.ledgerAccountGoneAt,
    connection.sourceChosenAt,
    connection.activatedAt,
    connection.deactivatedAt,
    ledgerAccount?.ibanChangedAt ?? null,
    facts.agreement?.at ?? null,
    ...facts.consents.flatMap((consent) => [
      consent.validFrom,
      consent.expiresAt,
      usableUntil(consent),
      endOf(consent).at,
      consent.personRemovedAt,
      consent.cover?.from ?? null,
      consent.cover?.supersededAt ?? null,
    ]),
    ...facts.sessions.flatMap(({ createdAt, redirectedAt, endedAt }) => [createdAt, redirectedAt, endedAt]),
  ]
    .filter((instant) => instant !== null)
    .toSorted((a, b) => a.getTime() - b.getTime())
}

/** The best that any consent that covers it, or did, still gives: one that we no longer use may live on at the bank. */
function bankAccessOf(facts: ConnectionFacts, now: Date): DerivedStatus['bankAccess'] {
  const access = coveringSoFar(facts, now).map(({ bankAccess, expiresAt }) => (expiresAt <= now ? 'ended' : bankAccess))
  return (['live', 'unknown', 'ended'] as const).find((one) => access.includes(one)) ?? 'none'
}
