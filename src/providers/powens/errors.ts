// What Powens' error codes mean for us. They come as `{ code, description, message?, request_id? }`.

import { kindOfStatus, retryAtOf } from '../http.ts'
import { ProviderError, type ProviderErrorKind } from '../provider.ts'
import { isFields } from '../reading/place.ts'

/**
 * `ServiceErrorCode` of the official OpenAPI files (`core.yml`), and the common codes of the reference documentation. The list is open, says Powens: of a code
 * that is not here the status tells.
 */
const meanings: Readonly<Record<string, ProviderErrorKind>> = {
  // The person has to do something, at the bank or in the webview.
  actionNeeded: 'needs_person',
  bankMessage: 'needs_person',
  wrongpass: 'needs_person',
  wrongPass: 'needs_person',

  tooManySync: 'rate_limited',

  bug: 'temporary',
  // Read-only for now.
  connectionLocked: 'temporary',
  // The bank showed something that Powens' own reading does not understand.
  dataError: 'temporary',
  keymanager: 'temporary',
  websiteUnavailable: 'temporary',

  config: 'refused',
  forbidden: 'refused',
  // No account is switched on.
  noAccount: 'refused',
  notSupported: 'refused',
  // How we ask.
  invalidValue: 'refused',
  methodNotAllowed: 'refused',
  missingParameter: 'refused',
}

export type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * The failure that an answer with another status than 2xx tells. With a user's token, 401 says that the token is void: the user was deleted, or another consent
 * took its place. The description is left out: it may name the person or the account.
 */
export function failureOf(
  answer: Answer,
  asked: {
    readonly what: string
    readonly now: Date
    readonly asUser: boolean
    /** Statuses that say that what was asked for is not there, where the consent ends with it. */
    readonly goneAt: readonly number[]
  },
): ProviderError {
  const code = codeOf(answer.body)
  const told = code === undefined ? `${answer.status}` : `${answer.status} ${code}`
  const message = `${asked.what}: answered ${told}`
  if (answer.status === 401) return new ProviderError(asked.asUser ? 'consent_gone' : 'refused', message)
  if (asked.goneAt.includes(answer.status) && isOwn(answer))
    return new ProviderError('consent_gone', message, { ended: 'revoked' })
  // 429 is plainer than any code, and maintenance (503) is no bug.
  const known = answer.status === 429 || answer.status === 503 ? undefined : meanings[code ?? '']
  const kind = known ?? kindOfStatus(answer.status)
  const retryAt = kind === 'rate_limited' || kind === 'temporary' ? retryAtOf(answer.headers, asked.now) : undefined
  return new ProviderError(kind, message, retryAt === undefined ? {} : { retryAt })
}

/** Whether it is Powens that answers, and not a gateway before it, or somebody at a wrong address, who has 404 for everything: all its errors have a code. */
export function isOwn({ body }: Answer): boolean {
  const problem = jsonOf(body)
  return isFields(problem) && typeof problem['code'] === 'string'
}

/** Only a code that is known: what else stands there may be anything. */
function codeOf(body: string): string | undefined {
  const problem = jsonOf(body)
  const code = isFields(problem) ? problem['code'] : undefined
  return typeof code === 'string' && Object.hasOwn(meanings, code) ? code : undefined
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
