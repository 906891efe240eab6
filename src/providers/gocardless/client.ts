// GoCardless, asked: its URLs, our token, and its failures as ours.

import type { Clock } from '../../shared/clock.ts'
import type { OutboundAnswer } from '../../shared/outbound.ts'
import { parseJson, type Http } from '../http.ts'
import { answerTo, type Place } from '../reading/place.ts'
import { failureOf, isNotThere, isTokenRefused } from './errors.ts'
import { createTokens, type Secrets } from './tokens.ts'

export type ClientAsk = {
  readonly method?: 'GET' | 'POST' | 'DELETE'
  /** What follows `/api/v2/`, with the slash at its end; its ids are encoded already. */
  readonly path: string
  /** In a word or two, for messages: `transactions`. */
  readonly what: string
  readonly json?: unknown
  readonly bodyBytesMax?: number
}

export type Read = {
  readonly json: unknown
  /** For saying what is wrong with it. */
  readonly place: Place
  readonly body: string
  readonly headers: OutboundAnswer['headers']
}

export type Client = {
  /** Whatever it answers. @throws {ProviderError} when there is no answer, or no token. */
  readonly send: (ask: ClientAsk) => Promise<OutboundAnswer>
  /** @throws {ProviderError} for an answer that is none of success. */
  readonly read: (ask: ClientAsk) => Promise<Read>
  /** Undefined where there is no such thing (any more). @throws {ProviderError} */
  readonly find: (ask: ClientAsk) => Promise<Read | undefined>
  /** @throws {ProviderError} for an answer that is none of success. */
  readonly check: (answer: OutboundAnswer, ask: Pick<ClientAsk, 'what'>) => void
  /** What an answer of success holds. @throws {ProviderError} for another. */
  readonly open: (answer: OutboundAnswer, ask: Pick<ClientAsk, 'what'>) => Read
}

export type Address = Secrets & {
  /** `https://bankaccountdata.gocardless.com/api/v2` */
  readonly baseUrl: string
}

const asked = (what: string): string => `GoCardless, ${what}`

export function createClient(
  { http, clock }: { readonly http: Http; readonly clock: Clock },
  address: Address,
): Client {
  const base = address.baseUrl.replace(/\/*$/, '/')
  const url = (path: string) => base + path
  const tokens = createTokens({ http, clock, url }, address)

  async function sendWith(token: string, ask: ClientAsk): Promise<OutboundAnswer> {
    const { method = 'GET', path, what, json, bodyBytesMax } = ask
    return http({
      what: asked(what),
      method,
      url: url(path),
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${token}`,
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      ...(bodyBytesMax === undefined ? {} : { bodyBytesMax }),
    })
  }

  /** A token can be ended before its time. What it was refused for has not been done, so it is asked once more with another. */
  async function send(ask: ClientAsk): Promise<OutboundAnswer> {
    const token = await tokens.current()
    const answer = await sendWith(token, ask)
    if (!isTokenRefused(answer)) return answer
    tokens.drop(token)
    return sendWith(await tokens.current(), ask)
  }

  function check(answer: OutboundAnswer, { what }: Pick<ClientAsk, 'what'>): void {
    if (answer.status < 200 || answer.status >= 300) throw failureOf(answer, { what: asked(what), now: clock.now() })
  }

  function open(answer: OutboundAnswer, ask: Pick<ClientAsk, 'what'>): Read {
    check(answer, ask)
    const what = asked(ask.what)
    const { body, headers } = answer
    return { json: parseJson(body, what), place: answerTo(what), body, headers }
  }

  return {
    send,
    check,
    open,
    read: async (ask) => open(await send(ask), ask),
    async find(ask) {
      const answer = await send(ask)
      return isNotThere(answer) ? undefined : open(answer, ask)
    },
  }
}
