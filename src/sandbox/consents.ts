// A person's permission as the bank keeps it: its states, their legal moves, and what it allows. Pure; routes and pages write it down.

import { type Static, Type } from 'typebox'
import { addDays, type Day, localDay, parseDay } from '../values/day.ts'
import { Refusal } from './refusal.ts'

const reference = Type.Object(
  {
    iban: Type.Optional(Type.String({ pattern: '^[A-Z]{2}[0-9]{2}[a-zA-Z0-9]{1,30}$' })),
    bban: Type.Optional(Type.String({ pattern: '^[a-zA-Z0-9]{1,30}$' })),
    maskedPan: Type.Optional(Type.String({ maxLength: 35 })),
    currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })),
  },
  { additionalProperties: false, minProperties: 1 },
)

/** How an account is named to and by a TPP. */
export type AccountReference = Static<typeof reference>

const allAccounts = Type.Enum(['allAccounts', 'allAccountsWithOwnerName'])

/** The body of `POST /v1/consents`. */
export const consentBody = Type.Object(
  {
    access: Type.Object(
      {
        accounts: Type.Optional(Type.Array(reference)),
        balances: Type.Optional(Type.Array(reference)),
        transactions: Type.Optional(Type.Array(reference)),
        additionalInformation: Type.Optional(
          Type.Object({ ownerName: Type.Optional(Type.Array(reference)) }, { additionalProperties: false }),
        ),
        availableAccounts: Type.Optional(allAccounts),
        availableAccountsWithBalance: Type.Optional(allAccounts),
        allPsd2: Type.Optional(allAccounts),
        restrictedTo: Type.Optional(Type.Array(Type.String())),
      },
      { additionalProperties: false },
    ),
    recurringIndicator: Type.Boolean(),
    validUntil: Type.String(),
    frequencyPerDay: Type.Integer({ minimum: 1 }),
    combinedServiceIndicator: Type.Boolean(),
  },
  { additionalProperties: false },
)

export type ConsentBody = Static<typeof consentBody>

export type Right = 'accounts' | 'balances' | 'transactions'
export const rights: readonly Right[] = ['accounts', 'balances', 'transactions']

export type ConsentStatus = 'received' | 'rejected' | 'valid' | 'revokedByPsu' | 'expired' | 'terminatedByTpp'
type ScaStatus = 'received' | 'psuAuthenticated' | 'finalised' | 'failed'

/** Instants are milliseconds since 1970. */
export type Consent = {
  readonly id: string
  readonly bankId: string
  /** Who asked for it: another TPP does not know it. */
  readonly tpp: string
  readonly createdAt: number
  readonly status: ConsentStatus
  readonly lastActionDate: Day
  readonly recurring: boolean
  /** The last day on which it holds, in the bank's own zone. */
  readonly validUntil: Day
  readonly frequencyPerDay: number
  /** What was asked for; empty lists leave the choice of accounts to the person (bank-offered). */
  readonly asked: Readonly<Partial<Record<Right, readonly AccountReference[]>>>
  readonly redirectUri: string
  readonly nokRedirectUri: string
  readonly authorisation: {
    readonly id: string
    readonly scaStatus: ScaStatus
    readonly person: string | null
    readonly finalisedAt: number | null
  }
  /** What the person allowed, by account id. */
  readonly granted: Readonly<Record<string, readonly Right[]>>
  /** What the person or the bank made of it, in words. */
  readonly message?: string
}

/** How long the person may take before the bank gives up on an authorisation. */
const authorisationMinutes = 60

/** Without an agreement between bank and TPP, the most that the regulation allows. */
const frequencyMax = 4

/**
 * What the body asks for, as this bank would grant it: days and frequency lowered to what it allows.
 * @throws {Refusal} for what it does not offer, and for what contradicts itself.
 */
export function termsOf(body: ConsentBody, { today, maxConsentDays }: { today: Day; maxConsentDays: number }) {
  const { access, recurringIndicator: recurring, frequencyPerDay, combinedServiceIndicator } = body
  const validUntil = parseDay(body.validUntil)
  if (validUntil === undefined) throw new Refusal('FORMAT_ERROR', 'validUntil is not a day', { path: 'validUntil' })
  for (const offer of ['availableAccounts', 'availableAccountsWithBalance', 'allPsd2', 'restrictedTo'] as const) {
    if (access[offer] !== undefined)
      throw new Refusal('PARAMETER_NOT_SUPPORTED', `${offer} is not offered`, { path: `access.${offer}` })
  }
  if (combinedServiceIndicator) throw new Refusal('SESSIONS_NOT_SUPPORTED', 'combined sessions are not offered')
  if (validUntil < today) throw new Refusal('FORMAT_ERROR', 'validUntil is in the past', { path: 'validUntil' })
  if (!recurring && frequencyPerDay !== 1) {
    throw new Refusal('FORMAT_ERROR', 'frequencyPerDay of a one-off consent is 1', { path: 'frequencyPerDay' })
  }
  const asked = Object.fromEntries(
    rights.flatMap((right) => (access[right] === undefined ? [] : [[right, access[right]]])),
  )
  const lists = Object.values(asked)
  if (lists.length === 0) throw new Refusal('FORMAT_ERROR', 'access names no right', { path: 'access' })
  if (lists.some((list) => list.length === 0) && lists.some((list) => list.length > 0)) {
    throw new Refusal('FORMAT_ERROR', 'access names accounts for some rights and none for others', { path: 'access' })
  }
  const last = recurring ? addDays(today, maxConsentDays) : today
  return {
    asked,
    recurring,
    validUntil: validUntil < last ? validUntil : last,
    frequencyPerDay: Math.min(frequencyPerDay, frequencyMax),
  }
}

/** The status at this instant: time alone ends what nobody authorised in an hour, and what is past its last day. */
export function statusOf(consent: Consent, now: Date, timeZone: string): ConsentStatus {
  const { status, createdAt, validUntil } = consent
  if (status === 'received' && now.getTime() > createdAt + authorisationMinutes * 60_000) return 'rejected'
  if (status === 'valid' && localDay(now, timeZone) > validUntil) return 'expired'
  return status
}

/** The person has logged in. */
export function identify(consent: Consent, person: string): Consent {
  return { ...consent, authorisation: { ...consent.authorisation, scaStatus: 'psuAuthenticated', person } }
}

/** The person said yes to these accounts. */
export function approve(consent: Consent, granted: Consent['granted'], now: Date, today: Day): Consent {
  return {
    ...consent,
    status: 'valid',
    lastActionDate: today,
    granted,
    authorisation: { ...consent.authorisation, scaStatus: 'finalised', finalisedAt: now.getTime() },
  }
}

/** The person turned back, logged in or not. */
export function cancel(consent: Consent, today: Day): Consent {
  const authorisation = { ...consent.authorisation, scaStatus: 'failed' as const }
  return { ...end(consent, 'rejected', today), message: 'The person cancelled.', authorisation }
}

/** The person is who they say, and may not give what is asked: the authentication went well, the consent did not. */
export function refuse(consent: Consent, today: Day, message: string): Consent {
  const authorisation = { ...consent.authorisation, scaStatus: 'finalised' as const }
  return { ...end(consent, 'rejected', today), message, authorisation }
}

export function end(consent: Consent, status: ConsentStatus, today: Day): Consent {
  return { ...consent, status, lastActionDate: today }
}

/** A newly authorised recurring consent ends the former recurring one of the same person for the same TPP (specification, `POST /v1/consents`). */
export function isSupersededBy(former: Consent, newer: Consent): boolean {
  return (
    former.id !== newer.id &&
    former.status === 'valid' &&
    former.recurring &&
    newer.recurring &&
    former.bankId === newer.bankId &&
    former.tpp === newer.tpp &&
    former.authorisation.person === newer.authorisation.person
  )
}
