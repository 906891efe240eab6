// What the standard's message codes mean for us. A bank tells them as a list of `tppMessages` or as an RFC 7807 problem.

import { kindOfStatus, retryAtOf } from '../http.ts'
import { ProviderError, type ProviderErrorKind } from '../provider.ts'
import { isFields } from '../reading/place.ts'

type Meaning =
  | ProviderErrorKind
  | { readonly kind: 'consent_gone'; readonly ended: 'expired' }
  | { readonly kind: 'refused'; readonly tooFarBack: true }

/**
 * The message codes of account information services, from the NextGenPSD2 XS2A 1.3 OpenAPI file (`MessageCode…_AIS`) and from
 * adorsys/xs2a `MessageErrorCode.java`. Codes of payments, signing baskets and funds confirmation cannot come here.
 *
 * CONSENT_INVALID and CONSENT_UNKNOWN do not say which way the consent ended: reading the consent does.
 */
const meanings: Readonly<Record<string, Meaning>> = {
  CONSENT_EXPIRED: { kind: 'consent_gone', ended: 'expired' },
  CONSENT_INVALID: 'consent_gone',
  CONSENT_UNKNOWN: 'consent_gone',

  // The person has to authenticate, or to authenticate better, before this can be answered.
  PSU_CREDENTIALS_INVALID: 'needs_person',
  SCA_INVALID: 'needs_person',
  SCA_METHOD_UNKNOWN: 'needs_person',
  TOKEN_EXPIRED: 'needs_person',
  TOKEN_INVALID: 'needs_person',
  TOKEN_UNKNOWN: 'needs_person',

  ACCESS_EXCEEDED: 'rate_limited',

  CONSENT_VALIDATION_FAILED: 'temporary',
  INTERNAL_SERVER_ERROR: 'temporary',
  SERVICE_UNAVAILABLE: 'temporary',

  // Who we are.
  CERTIFICATE_BLOCKED: 'refused',
  CERTIFICATE_EXPIRED: 'refused',
  CERTIFICATE_INVALID: 'refused',
  CERTIFICATE_MISSING: 'refused',
  CERTIFICATE_REVOKED: 'refused',
  ROLE_INVALID: 'refused',
  SIGNATURE_INVALID: 'refused',
  SIGNATURE_MISSING: 'refused',
  UNAUTHORIZED: 'refused',
  // What we may read, and what is there to be read.
  CORPORATE_ID_INVALID: 'refused',
  FORBIDDEN: 'refused',
  RESOURCE_BLOCKED: 'refused',
  RESOURCE_EXPIRED: 'refused',
  RESOURCE_UNKNOWN: 'refused',
  SERVICE_BLOCKED: 'refused',
  STATUS_INVALID: 'refused',
  // How we ask: the same question gets the same answer.
  BEARER_TOKEN_EMPTY: 'refused',
  CONTENT_TYPE_NOT_SUPPORTED: 'refused',
  FORMAT_ERROR: 'refused',
  PARAMETER_NOT_CONSISTENT: 'refused',
  PARAMETER_NOT_SUPPORTED: 'refused',
  PERIOD_INVALID: { kind: 'refused', tooFarBack: true },
  REQUESTED_FORMATS_INVALID: 'refused',
  SERVICE_INVALID: 'refused',
  SERVICE_NOT_SUPPORTED: 'refused',
  SESSIONS_NOT_SUPPORTED: 'refused',
  TIMESTAMP_INVALID: 'refused',
  UNSUPPORTED_MEDIA_TYPE: 'refused',
}

/**
 * The failure that an answer with another status than 2xx tells. The first code that we know decides, else the status.
 * The bank's own text is left out: it may name the person or the account.
 */
export function failureOf(
  answer: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string },
  asked: { readonly what: string; readonly now: Date },
): ProviderError {
  const code = codesOf(answer.body).find((known) => Object.hasOwn(meanings, known))
  const meaning = (code === undefined ? undefined : meanings[code]) ?? kindOfStatus(answer.status)
  const { kind, ...more } = typeof meaning === 'string' ? { kind: meaning } : meaning
  const retryAt = kind === 'rate_limited' || kind === 'temporary' ? retryAtOf(answer.headers, asked.now) : undefined
  const told = code === undefined ? `${answer.status}` : `${answer.status} ${code}`
  return new ProviderError(kind, `${asked.what}: the bank answered ${told}`, {
    ...more,
    ...(retryAt === undefined ? {} : { retryAt }),
  })
}

/** Every code of an error body, in the bank's order; none from a body that is something else, such as a maintenance page. */
function codesOf(body: string): string[] {
  const problem = jsonOf(body)
  if (!isFields(problem)) return []
  const { tppMessages, additionalErrors } = problem
  return [...listOf(tppMessages), problem, ...listOf(additionalErrors)].flatMap((message) => {
    if (!isFields(message) || message['category'] === 'WARNING') return []
    return typeof message['code'] === 'string' ? [message['code']] : []
  })
}

const listOf = (json: unknown): readonly unknown[] => (Array.isArray(json) ? json : [])

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
