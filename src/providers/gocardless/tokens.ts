// The token that every call bears. It is kept in this process alone: another takes its own.

import type { Clock } from '../../shared/clock.ts'
import type { OutboundAnswer } from '../../shared/outbound.ts'
import { parseJson, type Http } from '../http.ts'
import { answerTo, type Place } from '../reading/place.ts'
import { failureOf } from './errors.ts'
import { asAccessToken, asTokens, type WireToken } from './wire.ts'

export type Tokens = {
  /** One that is good for a while yet. Whoever asks at the same time waits for the same one. @throws {ProviderError} */
  readonly current: () => Promise<string>
  /** It was not taken: the next is made from the secrets. */
  readonly drop: (token: string) => void
}

export type Secrets = { readonly secretId: string; readonly secretKey: string }

type Held = { readonly access: Lasting; readonly refresh: Lasting }
type Lasting = { readonly token: string; readonly until: Date }

type Deps = { readonly http: Http; readonly clock: Clock; readonly url: (path: string) => string }

export function createTokens({ http, clock, url }: Deps, { secretId, secretKey }: Secrets): Tokens {
  let held: Held | undefined
  let renewing: Promise<Held> | undefined

  const post = async (
    path: string,
    what: string,
    json: unknown,
  ): Promise<OutboundAnswer & { readonly place: Place }> => {
    const headers = { accept: 'application/json', 'content-type': 'application/json' }
    const answer = await http({ method: 'POST', url: url(path), what, headers, body: JSON.stringify(json) })
    return { ...answer, place: answerTo(what) }
  }

  /** Undefined where the refresh token is not taken any more. */
  async function refreshed({ refresh }: Held): Promise<Held | undefined> {
    const now = clock.now()
    const what = 'GoCardless, refreshed token'
    const answer = await post('token/refresh/', what, { refresh: refresh.token })
    if (answer.status === 400 || answer.status === 401) return undefined
    if (answer.status !== 200) throw failureOf(answer, { what, now })
    return { access: lasting(asAccessToken(parseJson(answer.body, what), answer.place), now), refresh }
  }

  async function anew(): Promise<Held> {
    const now = clock.now()
    const what = 'GoCardless, new token'
    const answer = await post('token/new/', what, { secret_id: secretId, secret_key: secretKey })
    if (answer.status !== 200) throw failureOf(answer, { what, now })
    const { access, refresh } = asTokens(parseJson(answer.body, what), answer.place)
    return { access: lasting(access, now), refresh: lasting(refresh, now) }
  }

  async function renew(): Promise<Held> {
    const before = held
    const kept = before !== undefined && isGood(before.refresh, clock.now()) ? await refreshed(before) : undefined
    return kept ?? (await anew())
  }

  return {
    async current() {
      if (held !== undefined && isGood(held.access, clock.now())) return held.access.token
      renewing ??= renew().finally(() => {
        renewing = undefined
      })
      held = await renewing
      return held.access.token
    },
    drop(token) {
      if (held?.access.token === token) held = undefined
    },
  }
}

/** So long before its end a token is not used any more: a call may wait for its turn, and clocks differ. */
const marginMs = 5 * 60_000

function isGood({ until }: Lasting, now: Date): boolean {
  return now < until
}

/** Of one that lasts minutes only, half is left as a margin. */
function lasting({ token, seconds }: WireToken, now: Date): Lasting {
  const ms = seconds * 1000
  return { token, until: new Date(now.getTime() + Math.max(ms - marginMs, ms / 2)) }
}
