// What GoCardless's refusals mean for us. Those that come from a bank have a `type`; the others are told apart by their words alone.

import type { OutboundAnswer } from '../../shared/outbound.ts'
import { kindOfStatus, retryAtOf } from '../http.ts'
import { ProviderError, type ProviderErrorKind } from '../provider.ts'
import { isFields, type Fields } from '../reading/place.ts'
import { resetOf } from './limits.ts'
import { refusalsIn, type WireRefusal } from './wire.ts'

type Meaning = {
  readonly kind: ProviderErrorKind
  /** What happened, in a few words of ours: theirs may name the account. */
  readonly says: string
  readonly ended?: 'expired'
  readonly tooFarBack?: true
  /** The account is fine; it is only this about it that cannot be had. */
  readonly isOfResource?: true
}

const resourceUnavailable: Meaning = { kind: 'refused', says: 'the bank does not serve this', isOfResource: true }
/** Their only remedy is a new requisition. */
const suspended: Meaning = { kind: 'needs_person', says: 'suspended after many failures, until it is connected anew' }
const processing: Meaning = { kind: 'temporary', says: 'the account is still being prepared' }
const accountFailed: Meaning = { kind: 'temporary', says: 'the account could not be read' }
/**
 * The bank says that access has ended or been withdrawn. It says so too of single accounts that it cannot share, seconds after they were linked: asking for the
 * consent tells which.
 */
const accessGone: Meaning = { kind: 'consent_gone', says: 'the bank says that access has ended' }

/** By the `type` of what banks refuse with. */
const meaningsOfTypes: Readonly<Record<string, Meaning>> = {
  AccessExpiredError: accessGone,
  AccountInactiveError: { kind: 'refused', says: 'the account is closed' },
  AccountAccessForbidden: { kind: 'refused', says: 'the person may not share this account' },
  AccountResourceUnavailable: resourceUnavailable,
  AccountProcessing: processing,
  AccountSuspended: suspended,
  RateLimitError: { kind: 'rate_limited', says: 'the bank’s daily limit is reached' },
  UnknownRequestError: { kind: 'temporary', says: 'the bank failed' },
  ServiceError: { kind: 'temporary', says: 'the bank is not available' },
  ConnectionError: { kind: 'temporary', says: 'the bank could not be reached' },
}

/** By the words of the others, whatever their status: an expired agreement was 400 until 2024 and is 401 since. */
const meaningsOfWords: readonly (readonly [words: RegExp, meaning: Meaning])[] = [
  [
    /End User Agreement .*has expired|EUA was valid for/i,
    { kind: 'consent_gone', says: 'the consent has expired', ended: 'expired' },
  ],
  [/access has expired|has been revoked/i, accessGone],
  [/No valid End User Agreement/i, { kind: 'consent_gone', says: 'no consent covers the account' }],
  [/^Account ID .* not found/i, { kind: 'consent_gone', says: 'the account is not known' }],
  [/access scope error/i, { ...resourceUnavailable, says: 'the consent does not cover this' }],
  [/Account suspended|was suspended/i, suspended],
  [/being processed|\bprocessing\b/i, processing],
  [/deactivated or it no longer exists/i, { kind: 'refused', says: 'the account is closed' }],
  [
    /IP address access denied/i,
    { kind: 'refused', says: 'the address of this service is not on the list kept at GoCardless' },
  ],
  [
    /No active account found|Authentication failed/i,
    { kind: 'refused', says: 'check the secret id and the secret key, which are made in the GoCardless portal' },
  ],
  // Ours, and renewed already when this is told.
  [/\btoken\b/i, { kind: 'temporary', says: 'the access token was not taken' }],
  [/Payment Required|usage limit/i, { kind: 'refused', says: 'the GoCardless account’s own limit is used up' }],
  [/rate limit|request limit/i, { kind: 'rate_limited', says: 'asked too often' }],
  [/not operational/i, { kind: 'temporary', says: 'GoCardless cannot reach this bank now' }],
  // Clocks differ by seconds, and days end: asked later, it is in the past.
  [/can't be in future/i, { kind: 'temporary', says: 'a day that has not begun there' }],
]

/** By the state of an account that is told instead of a refusal. */
const meaningsOfStates: Readonly<Record<string, Meaning>> = {
  DISCOVERED: processing,
  PROCESSING: processing,
  ERROR: accountFailed,
  SUSPENDED: suspended,
  EXPIRED: accessGone,
}

/**
 * The failure that an answer with another status than 2xx tells. Its own text is left out: it may name the person or the account.
 */
export function failureOf(answer: OutboundAnswer, asked: { readonly what: string; readonly now: Date }): ProviderError {
  const meaning = meaningOf(answer)
  const kind = meaning?.kind ?? kindOfStatus(answer.status)
  const says = meaning?.says ?? fieldsOf(answer)
  const retryAt = kind === 'rate_limited' || kind === 'temporary' ? laterOf(answer, asked.now) : undefined
  return new ProviderError(kind, `${asked.what}: answered ${answer.status}${says === '' ? '' : `, ${says}`}`, {
    ...(meaning?.ended !== undefined && { ended: meaning.ended }),
    ...(meaning?.tooFarBack !== undefined && { tooFarBack: meaning.tooFarBack }),
    ...(retryAt !== undefined && { retryAt }),
  })
}

/** Whether it was our token that was refused, and not what we asked. */
export function isTokenRefused(answer: OutboundAnswer): boolean {
  const body = fieldsIn(answer)
  return (
    answer.status === 401 &&
    body['type'] === undefined &&
    refusalsIn(body).some(({ summary, detail }) => /\btoken\b/i.test(`${summary} ${detail}`))
  )
}

/** Whether only this about an account cannot be had, and the account itself may well be. */
export function isOfResource(answer: OutboundAnswer): boolean {
  return meaningOf(answer)?.isOfResource === true
}

/** Whether GoCardless itself says that there is no such thing: a gateway before it, or a wrong address, has 404 for everything, and ends no consent. */
export function isNotThere(answer: OutboundAnswer): boolean {
  return answer.status === 404 && refusalsOf(answer).length > 0
}

/** What is refused, and about which fields of ours; empty when it is nothing that we understand. */
export function refusalsOf(answer: OutboundAnswer): readonly WireRefusal[] {
  return refusalsIn(fieldsIn(answer))
}

function meaningOf(answer: OutboundAnswer): Meaning | undefined {
  const body = fieldsIn(answer)
  const { type, status } = body
  if (typeof type === 'string' && Object.hasOwn(meaningsOfTypes, type)) return meaningsOfTypes[type]
  const refusals = refusalsIn(body)
  if (refusals.length === 0) {
    // An account in place of a refusal, with what state it is in.
    const isAccount = answer.status === 409 && typeof status === 'string'
    return isAccount ? (Object.hasOwn(meaningsOfStates, status) ? meaningsOfStates[status] : accountFailed) : undefined
  }
  for (const [words, meaning] of meaningsOfWords)
    if (refusals.some(({ summary, detail }) => words.test(`${summary} ${detail}`))) return meaning
  // Of the first day of a range they have been heard to say only that it is in the future; what else they may say of it is that it is too long ago.
  if (answer.status === 400 && refusals.some(({ field }) => field === 'date_from'))
    return { kind: 'refused', says: 'the first day is too far back', tooFarBack: true }
  return answer.status === 409 ? accountFailed : undefined
}

/** When to ask again, from the words (`Please try again in 85092 seconds`) or the headers. */
function laterOf(answer: OutboundAnswer, now: Date): Date | undefined {
  for (const { detail } of refusalsOf(answer)) {
    const [, seconds] = /try again in (\d{1,7}) seconds/i.exec(detail) ?? []
    if (seconds !== undefined) return new Date(now.getTime() + Math.min(Number(seconds), daySeconds) * 1000)
  }
  return retryAtOf(answer.headers, now) ?? (answer.status === 429 ? resetOf(answer.headers, now) : undefined)
}

const daySeconds = 24 * 60 * 60

/** Which of our fields it is about. Their names are in the specification, so they name nobody. */
function fieldsOf(answer: OutboundAnswer): string {
  const fields = refusalsOf(answer).flatMap(({ field }) =>
    field !== undefined && /^[a-z_]{1,40}$/.test(field) ? [field] : [],
  )
  return fields.length === 0 ? '' : `about ${[...new Set(fields)].join(', ')}`
}

function fieldsIn({ body }: OutboundAnswer): Fields {
  try {
    const json: unknown = JSON.parse(body)
    return isFields(json) ? json : {}
  } catch {
    return {}
  }
}
