// How the bank says no: the specification's message codes with the HTTP status each belongs to, in `tppMessages`.

import { Type } from 'typebox'

/** NextGenPSD2 1.3 message codes that this bank uses. CONSENT_UNKNOWN is 403 for a consent in the path and 400 for one in a header. */
const statuses = {
  FORMAT_ERROR: 400,
  PARAMETER_NOT_SUPPORTED: 400,
  PERIOD_INVALID: 400,
  SESSIONS_NOT_SUPPORTED: 400,
  CONSENT_INVALID: 401,
  CONSENT_EXPIRED: 401,
  CONSENT_UNKNOWN: 403,
  FORBIDDEN: 403,
  RESOURCE_UNKNOWN: 404,
  SERVICE_INVALID: 405,
  REQUESTED_FORMATS_INVALID: 406,
  STATUS_INVALID: 409,
  UNSUPPORTED_MEDIA_TYPE: 415,
  ACCESS_EXCEEDED: 429,
  INTERNAL_SERVER_ERROR: 500,
  SERVICE_UNAVAILABLE: 503,
} as const

export type MessageCode = keyof typeof statuses
export const messageCodes = Type.Unsafe<MessageCode>(Type.Enum(Object.keys(statuses)))

/** A request that the bank refuses. `path` names the header, parameter or field at fault. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: MessageCode
  readonly status: number
  readonly path: string | undefined

  constructor(code: MessageCode, text: string, options: { readonly path?: string; readonly status?: number } = {}) {
    super(text)
    this.code = code
    this.status = options.status ?? statuses[code]
    this.path = options.path
  }

  /** The body of the answer. */
  body() {
    return tppMessages(this.code, this.message, this.path)
  }
}

export function tppMessages(code: string, text: string, path?: string) {
  return { tppMessages: [{ category: 'ERROR', code, ...(path === undefined ? {} : { path }), text }] }
}
