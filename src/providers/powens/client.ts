// Powens, asked: its URLs, its tokens, and its failures as ours.

import type { Clock } from '../../shared/clock.ts'
import type { OutboundAnswer } from '../../shared/outbound.ts'
import type { Http } from '../http.ts'
import { ProviderError } from '../provider.ts'
import { answerTo, type Place } from '../reading/place.ts'
import { failureOf, isOwn } from './errors.ts'
import { parseExact } from './exact-json.ts'
import type { User } from './refs.ts'
import { asCode, asNewUser, asToken } from './wire.ts'

/** How Powens is reached, and who we are there. */
export type PowensConfig = {
  /** As the console names it: `acme`, what stands before `.biapi.pro`. */
  readonly domain: string
  readonly clientId: string
  readonly clientSecret: string
  /** `https://acme.biapi.pro/2.0` */
  readonly baseUrl: string
  /** `https://webview.powens.com` */
  readonly webviewUrl: string
  /** What Powens signs its webhooks with. */
  readonly webhookSecret?: string
}

export type Client = {
  /** `path` is what follows `/2.0/`; its ids are encoded already. */
  readonly url: (path: string) => URL
  /** The page that a link leads to. @throws {ProviderError} nonsense when it leads away from the API: we would carry a token there. */
  readonly follow: (href: string, asked: { readonly from: URL; readonly what: string }) => URL
  readonly send: (ask: ClientAsk) => Promise<OutboundAnswer>
  /** The answer's JSON with its numbers as texts, and its place for saying what is wrong with it. */
  readonly read: (ask: ClientAsk) => Promise<{ readonly json: unknown; readonly place: Place; readonly body: string }>
  /** A user that nobody else has, with a token that lasts. */
  readonly newUser: () => Promise<User>
  /** Another lasting token of a user. */
  readonly anotherToken: (userId: string) => Promise<string>
  /** Makes the token void, whether or not it still opens anything. */
  readonly endToken: (token: string) => Promise<void>
  /** Where the person's browser goes: a flow of the webview, opened for the user by a code that works once. */
  readonly webviewFor: (
    user: User,
    flow: 'connect' | 'reconnect' | 'manage',
    parameters: Readonly<Record<string, string>>,
  ) => Promise<string>
}

export type ClientAsk = {
  readonly method?: 'GET' | 'POST' | 'DELETE'
  readonly url: URL
  /** In a word or two, for messages: `transactions`. */
  readonly what: string
  /** The user's. */
  readonly token?: string
  /** A JSON text. */
  readonly body?: string
  readonly bodyBytesMax?: number
  /** Statuses that say that it is not there, where what is asked for stands for the consent: with the one ends the other. */
  readonly goneAt?: readonly number[]
  /** Where that something is gone already is what we wanted. */
  readonly mayBeGone?: boolean
}

export function createClient(
  { http, clock }: { readonly http: Http; readonly clock: Clock },
  config: PowensConfig,
): Client {
  const base = new URL(config.baseUrl.replace(/\/*$/, '/'))
  const url = (path: string) => new URL(path, base)
  const credentials = { client_id: config.clientId, client_secret: config.clientSecret }

  async function send(ask: ClientAsk): Promise<OutboundAnswer> {
    const { token, body, bodyBytesMax } = ask
    const what = `Powens, ${ask.what}`
    const answer = await http({
      what,
      method: ask.method ?? 'GET',
      url: ask.url.href,
      headers: {
        accept: 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body }),
      ...(bodyBytesMax !== undefined && { bodyBytesMax }),
    })
    if (answer.status >= 200 && answer.status < 300) return answer
    if (ask.mayBeGone === true && [401, 404, 410].includes(answer.status) && isOwn(answer)) return answer
    throw failureOf(answer, { what, now: clock.now(), asUser: token !== undefined, goneAt: ask.goneAt ?? [] })
  }

  const read: Client['read'] = async (ask) => {
    const { body } = await send(ask)
    const what = `Powens, ${ask.what}`
    return { json: parseExact(body, what), place: answerTo(what), body }
  }

  return {
    url,
    send,
    read,
    follow(href, { from, what }) {
      const next = URL.parse(href, from.href)
      if (next !== null && isWithin(next, base)) return next
      throw new ProviderError('nonsense', `Powens, ${what}: a link leads away from its API`)
    },
    async newUser() {
      const { json, place } = await read({
        method: 'POST',
        url: url('auth/init'),
        what: 'new user',
        body: JSON.stringify(credentials),
      })
      return asNewUser(json, place)
    },
    async anotherToken(userId) {
      const asked = JSON.stringify({ grant_type: 'client_credentials', ...credentials, revoke_previous: false })
      const { json, place } = await read({
        method: 'POST',
        url: url('auth/renew'),
        what: 'another token',
        // How a user that is not there is told is nowhere said; who we are is told by 401 and 403.
        goneAt: [400, 404, 409, 410],
        // An integer of 64 bits, which a double would change.
        body: asked.replace(/\}$/, `,"id_user":${userId}}`),
      })
      return asToken(json, place)
    },
    async endToken(token) {
      await send({ method: 'DELETE', url: url('auth/token'), what: 'end of a token', token, mayBeGone: true })
    },
    async webviewFor({ token }, flow, parameters) {
      const { json, place } = await read({
        url: url('auth/token/code?type=singleAccess'),
        what: 'code for the webview',
        token,
      })
      const target = new URL(flow, config.webviewUrl.replace(/\/*$/, '/'))
      const query = { domain: config.domain, client_id: config.clientId, ...parameters, code: asCode(json, place) }
      target.search = new URLSearchParams(query).toString()
      return target.href
    },
  }
}

function isWithin(url: URL, base: URL): boolean {
  return (
    url.origin === base.origin && url.pathname.startsWith(base.pathname) && url.username === '' && url.password === ''
  )
}
