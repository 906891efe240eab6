// What Enable Banking's error codes mean for us.

import { kindOfStatus, retryAtOf } from '../http.ts'
import { ProviderError, type ProviderErrorKind } from '../provider.ts'
import { isFields } from '../reading/place.ts'

type Meaning =
  | ProviderErrorKind
  | { readonly kind: 'consent_gone'; readonly ended: 'expired' | 'revoked' }
  | { readonly kind: 'refused'; readonly tooFarBack: true }
  | { readonly kind: 'refused'; readonly remedy: string }

/** For whoever runs the service: the only one who can help. */
const checkApplication = 'check the application’s id, its private key, and the clock of this machine'

/** Every code of `ErrorCode` in the OpenAPI file 1.0.0-3030f99c. Those of payments cannot come here. */
const meanings = {
  CLOSED_SESSION: { kind: 'consent_gone', ended: 'revoked' },
  EXPIRED_SESSION: { kind: 'consent_gone', ended: 'expired' },
  REVOKED_SESSION: { kind: 'consent_gone', ended: 'revoked' },
  // These do not say which way the consent ended, or whether it did: reading the session does. Accounts' ids live and die with it.
  ACCOUNT_DOES_NOT_EXIST: 'consent_gone',
  SESSION_DOES_NOT_EXIST: 'consent_gone',
  WRONG_SESSION_STATUS: 'consent_gone',

  ASPSP_PSU_ACTION_REQUIRED: 'needs_person',
  WRONG_CREDENTIALS_PROVIDED: 'needs_person',

  ASPSP_RATE_LIMIT_EXCEEDED: 'rate_limited',

  ASPSP_ERROR: 'temporary',
  ASPSP_TIMEOUT: 'temporary',
  // A fetch that failed begins again with the first page, and then the bank gives other keys.
  WRONG_CONTINUATION_KEY: 'temporary',

  // Who we are.
  ACCESS_DENIED: { kind: 'refused', remedy: 'check the services of the application' },
  AUTHORIZATION_NOT_PROVIDED: { kind: 'refused', remedy: checkApplication },
  INVALID_HOST: { kind: 'refused', remedy: 'check the address of the API' },
  NO_ACCOUNTS_ADDED: { kind: 'refused', remedy: 'link accounts to the application, or have it activated' },
  REDIRECT_URI_NOT_ALLOWED: { kind: 'refused', remedy: 'add the callback to the redirect URLs of the application' },
  UNAUTHORIZED_ACCESS: { kind: 'refused', remedy: checkApplication },
  UNAUTHORIZED_IP: { kind: 'refused', remedy: 'allow this machine’s address for the application' },
  // What may be read, and what is there to be read.
  ALREADY_AUTHORIZED: 'refused',
  ASPSP_ACCOUNT_NOT_ACCESSIBLE: 'refused',
  EXPIRED_AUTHORIZATION_CODE: 'refused',
  TRANSACTION_DOES_NOT_EXIST: 'refused',
  WRONG_ASPSP_PROVIDED: 'refused',
  WRONG_AUTHORIZATION_CODE: 'refused',
  WRONG_TRANSACTIONS_PERIOD: { kind: 'refused', tooFarBack: true },
  // How we ask: the same question gets the same answer.
  DATE_FROM_IN_FUTURE: 'refused',
  DATE_TO_WITHOUT_DATE_FROM: 'refused',
  INVALID_ACCOUNT_ID: 'refused',
  PSU_HEADER_INVALID: 'refused',
  PSU_HEADER_NOT_PROVIDED: 'refused',
  WEBHOOK_URI_NOT_ALLOWED: 'refused',
  WRONG_DATE_INTERVAL: 'refused',
  WRONG_REQUEST_PARAMETERS: 'refused',
  // Payments.
  ASPSP_PAYMENT_NOT_ACCESSIBLE: 'refused',
  INVALID_PAYMENT: 'refused',
  PAYMENT_LIMIT_EXCEEDED: 'refused',
  PAYMENT_NOT_FINALIZED: 'refused',
  PAYMENT_NOT_FOUND: 'refused',
  UNTRUSTED_PAYMENT_PARTY: 'refused',
} as const satisfies Readonly<Record<string, Meaning>>

export type ErrorCode = keyof typeof meanings

/** The code of an error body; undefined where it is one that we do not know, or the body something else, such as a maintenance page. */
export function codeOf(body: string): ErrorCode | undefined {
  const problem = jsonOf(body)
  const error = isFields(problem) ? problem['error'] : undefined
  return typeof error === 'string' && isKnown(error) ? error : undefined
}

const isKnown = (code: string): code is ErrorCode => Object.hasOwn(meanings, code)

/**
 * The failure that an answer with another status than 2xx tells: by its code if we know it, else by its status. Its `message` and `detail` are left out: they
 * may name the person or the account.
 */
export function failureOf(
  answer: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string },
  asked: { readonly what: string; readonly now: Date },
): ProviderError {
  const code = codeOf(answer.body)
  const { kind, remedy, ...more } = inFull(code === undefined ? meaningOf(answer.status) : meanings[code])
  const retryAt = kind === 'rate_limited' || kind === 'temporary' ? retryAtOf(answer.headers, asked.now) : undefined
  const told = code === undefined ? `${answer.status}` : `${answer.status} ${code}`
  return new ProviderError(kind, `${asked.what}: answered ${told}${remedy === undefined ? '' : `; ${remedy}`}`, {
    ...more,
    ...(retryAt !== undefined && { retryAt }),
  })
}

/** Nobody but the application is known to them: 401 without a code is about its token. */
const meaningOf = (status: number): Meaning =>
  status === 401 ? { kind: 'refused', remedy: checkApplication } : kindOfStatus(status)

function inFull(meaning: Meaning): {
  readonly kind: ProviderErrorKind
  readonly ended?: 'expired' | 'revoked'
  readonly tooFarBack?: true
  readonly remedy?: string
} {
  return typeof meaning === 'string' ? { kind: meaning } : meaning
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
