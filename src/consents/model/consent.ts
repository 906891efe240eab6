// One person's permission at one institution, and what can be said of it at an instant. Sessions, which lead to a consent, are in `session.ts`;
// which accounts it covers is told beside it, by whoever asks.

import type { CompanyId, ConsentId, InstitutionId, PersonId, SessionId } from '../../values/ids.ts'

export type Consent = {
  readonly id: ConsentId
  readonly companyId: CompanyId
  /** Null while nobody said whose it is: the link had no person. */
  readonly personId: PersonId | null
  /** The person was deleted from the company: we no longer use the consent, though it may live on at the bank. */
  readonly personRemovedAt: Date | null
  readonly institutionId: InstitutionId
  readonly sessionId: SessionId
  /** Usable from here to `expiresAt`, which is the first instant at which it is not. */
  readonly validFrom: Date
  readonly expiresAt: Date
  /** Where the person has to reconfirm within a longer consent (UK): from this instant it rests until they have. */
  readonly reconfirmBy: Date | null
  /** When the person was last sent to reconfirm it, and has not done so yet as far as is known. */
  readonly reconfirmAskedAt: Date | null
  /** Ended before its time. `bank`: at the bank; `api`: through us; `expiry`: the bank let it run out early; `superseded`: a newer one took over all its accounts. */
  readonly ended: { readonly at: Date; readonly by: 'bank' | 'api' | 'expiry' | 'superseded' } | null
  /** Whether the permission still stands at the bank, as far as we were told. */
  readonly bankAccess: 'live' | 'ended' | 'unknown'
}

export type ConsentStatus = 'usable' | 'reconfirmation_due' | 'expired' | 'revoked' | 'superseded'

type Lifetime = Pick<Consent, 'expiresAt' | 'reconfirmBy' | 'ended' | 'personRemovedAt'>

type End = { readonly at: Date; readonly how: 'expired' | 'revoked' | 'superseded' | 'person_removed' }

/** When it ends for good, and how: the first of what ended it or will. */
export function endOf({ expiresAt, ended, personRemovedAt }: Lifetime): End {
  const ends: End[] = [{ at: expiresAt, how: 'expired' }]
  if (ended !== null) ends.push({ at: ended.at, how: endings[ended.by] })
  if (personRemovedAt !== null) ends.push({ at: personRemovedAt, how: 'person_removed' })
  return ends.reduce((first, end) => (end.at < first.at ? end : first))
}

/** The first instant at which it cannot be used: its end, or a reconfirmation that has not come. */
export function usableUntil(consent: Lifetime): Date {
  const { at } = endOf(consent)
  return consent.reconfirmBy !== null && consent.reconfirmBy < at ? consent.reconfirmBy : at
}

export function isUsable(consent: Lifetime & Pick<Consent, 'validFrom'>, now: Date): boolean {
  return consent.validFrom <= now && now < usableUntil(consent)
}

/** Nobody has ended it and it has not run out, so the bank still serves it: a removed person's too. */
export function isLive(
  { expiresAt, ended, bankAccess }: Pick<Consent, 'expiresAt' | 'ended' | 'bankAccess'>,
  now: Date,
): boolean {
  return now < expiresAt && (ended === null || now < ended.at) && bankAccess !== 'ended'
}

/** What the provider says of its reconfirmation: a later instant means that the person has reconfirmed. */
export function reconfirmed(consent: Consent, reconfirmBy: Date | undefined): Consent {
  const before = consent.reconfirmBy
  if (reconfirmBy === undefined || reconfirmBy.getTime() === before?.getTime()) return consent
  const isLater = before === null || before < reconfirmBy
  return { ...consent, reconfirmBy, reconfirmAskedAt: isLater ? null : consent.reconfirmAskedAt }
}

/** When to ask the provider for it again: when it ends, and while a person is expected to reconfirm it as long again as was waited, but from a minute to six hours. */
export function lookAgainAt(
  { expiresAt, reconfirmAskedAt }: Pick<Consent, 'expiresAt' | 'reconfirmAskedAt'>,
  now: Date,
): Date {
  if (reconfirmAskedAt === null) return expiresAt
  const waitedMs = now.getTime() - reconfirmAskedAt.getTime()
  const at = new Date(now.getTime() + Math.min(Math.max(waitedMs, 60_000), 6 * 3_600_000))
  return at < expiresAt ? at : expiresAt
}

/** A removed person's consent is `revoked` here; `bankAccess` tells whether the bank still lists it. */
export function consentStatus(consent: Lifetime, now: Date): ConsentStatus {
  const { at, how } = endOf(consent)
  if (at <= now) return how === 'person_removed' ? 'revoked' : how
  return usableUntil(consent) <= now ? 'reconfirmation_due' : 'usable'
}

/**
 * From when renewing it is asked for: 30 days before it expires, and a third of its time where that is shorter, so that a consent of 30 days is
 * not due on its first.
 */
export function renewFrom({ validFrom, expiresAt }: Pick<Consent, 'validFrom' | 'expiresAt'>): Date {
  const lifetimeMs = expiresAt.getTime() - validFrom.getTime()
  return new Date(expiresAt.getTime() - Math.min(30 * msPerDay, Math.floor(lifetimeMs / 3)))
}

/** Of several consents the one that expires last; of those the newest; then by id, so that everybody picks the same. */
export function lastToExpire<C extends Pick<Consent, 'id' | 'validFrom' | 'expiresAt'>>(
  consents: readonly C[],
): C | undefined {
  return consents.toSorted(
    (a, b) =>
      b.expiresAt.getTime() - a.expiresAt.getTime() ||
      b.validFrom.getTime() - a.validFrom.getTime() ||
      (a.id < b.id ? 1 : -1),
  )[0]
}

type Given = Lifetime & Pick<Consent, 'id' | 'validFrom' | 'institutionId'>

/**
 * What a list of persons shows of one person's consents. `expiring`: at some bank the one that lasts longest is due for renewal. Without a usable
 * one it is what the last of them came to; one that rests for want of a reconfirmation counts as expired.
 */
export function consentStatusOfPerson(
  consents: readonly Given[],
  now: Date,
): 'none' | 'usable' | 'expiring' | 'expired' | 'revoked' {
  const usable = consents.filter((consent) => consentStatus(consent, now) === 'usable')
  if (usable.length > 0) {
    const byBank = Map.groupBy(usable, ({ institutionId }) => institutionId)
    const lasting = [...byBank.values()].flatMap((those) => lastToExpire(those) ?? [])
    return lasting.some((consent) => renewFrom(consent) <= now) ? 'expiring' : 'usable'
  }
  const last = consents.toSorted((a, b) => usableUntil(b).getTime() - usableUntil(a).getTime())[0]
  if (last === undefined) return 'none'
  return consentStatus(last, now) === 'revoked' ? 'revoked' : 'expired'
}

/** Whether the bank integration is on for a company: somebody's consent is usable. */
export function bankDataOfCompany(
  consents: readonly (Lifetime & Pick<Consent, 'validFrom'>)[],
  now: Date,
): 'on' | 'off' {
  return consents.some((consent) => isUsable(consent, now)) ? 'on' : 'off'
}

const endings = { bank: 'revoked', api: 'revoked', expiry: 'expired', superseded: 'superseded' } as const

const msPerDay = 86_400_000

/**
 * Of a company's consents, the one that a new one of the same person at the same institution would follow: the newest that nobody has ended. Of nobody in
 * particular it follows none: whoever holds the link may be somebody else.
 */
export function formerOf(
  consents: readonly Consent[],
  { institutionId, personId }: Pick<Consent, 'institutionId' | 'personId'>,
): Consent | undefined {
  if (personId === null) return undefined
  return consents
    .filter(
      (consent) =>
        consent.institutionId === institutionId &&
        consent.personId === personId &&
        consent.personRemovedAt === null &&
        (consent.ended === null || consent.ended.by === 'expiry'),
    )
    .toSorted((a, b) => b.validFrom.getTime() - a.validFrom.getTime())[0]
}
