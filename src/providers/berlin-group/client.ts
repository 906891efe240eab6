// One bank, asked: its URLs, the headers that the standard wants, and its failures as ours.

import type { OutboundAnswer, TlsIdentity } from '../../shared/outbound.ts'
import type { Clock } from '../../shared/clock.ts'
import { headerSafe, parseJson, type Http } from '../http.ts'
import { ProviderError, type Psu } from '../provider.ts'
import { failureOf } from './errors.ts'
import { createSeal, type SealIdentity } from './seal.ts'
import { answerTo, type Place } from '../reading/place.ts'

/** How a bank is reached. */
export type BankAddress = {
  readonly name: string
  /** Without the `/v1` that every path of the standard begins with. */
  readonly baseUrl: string
  readonly tls?: TlsIdentity
  /** For a bank that wants every request signed. */
  readonly seal?: SealIdentity
}

export type Client = {
  /** `path` is what follows `/v1/`; its ids are encoded already. */
  readonly url: (path: string) => URL
  /** The page or resource that a link leads to. @throws {ProviderError} nonsense when it leads away from the bank's API. */
  readonly follow: (href: string, asked: { readonly from: URL; readonly what: string }) => URL
  readonly send: (ask: ClientAsk) => Promise<OutboundAnswer>
  readonly read: (ask: ClientAsk) => Promise<Read>
  /** As `read`; undefined for what is not there any more. */
  readonly find: (ask: ClientAsk) => Promise<Read | undefined>
}

/** An answer's JSON, and its place for saying what is wrong with it. */
type Read = {
  readonly json: unknown
  readonly place: Place
  readonly body: string
  readonly headers: OutboundAnswer['headers']
}

export type ClientAsk = {
  readonly method?: 'GET' | 'POST' | 'DELETE'
  readonly url: URL
  /** In a word or two, for messages: `transactions`. */
  readonly what: string
  readonly consentId?: string
  readonly psu?: Psu | undefined
  /** What the person would like to read. */
  readonly language?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly bodyBytesMax?: number
  /** Where that something is gone already is what we wanted. */
  readonly mayBeGone?: boolean
}

type Deps = { readonly http: Http; readonly clock: Clock; readonly newRequestId: () => string }

export function createClient(deps: Deps, bank: BankAddress): Client {
  const base = new URL(bank.baseUrl.replace(/\/*$/, '/'))
  const seal = bank.seal === undefined ? undefined : createSeal(bank.seal)
  const asked = (what: string) => `${bank.name}, ${what}`

  async function send(ask: ClientAsk): Promise<OutboundAnswer> {
    const { url, method = 'GET', bodyBytesMax } = ask
    const what = asked(ask.what)
    const headers = { accept: 'application/json', 'x-request-id': deps.newRequestId(), ...headersOf(ask) }
    const body = ask.json === undefined ? undefined : JSON.stringify(ask.json)
    const answer = await deps.http({
      what,
      method,
      url: url.href,
      headers: { ...headers, ...seal?.({ headers, body: body ?? '', now: deps.clock.now() }) },
      ...(body === undefined ? {} : { body }),
      ...(bodyBytesMax === undefined ? {} : { bodyBytesMax }),
      ...(bank.tls === undefined ? {} : { tls: bank.tls }),
    })
    if (answer.status >= 200 && answer.status < 300) return answer
    if (ask.mayBeGone === true && (answer.status === 404 || answer.status === 410)) return answer
    throw failureOf(answer, { what, now: deps.clock.now() })
  }

  const readOf = (ask: ClientAsk, { body, headers }: OutboundAnswer): Read => ({
    json: parseJson(body, asked(ask.what)),
    place: answerTo(asked(ask.what)),
    body,
    headers,
  })

  return {
    send,
    url: (path) => new URL(`v1/${path}`, base),
    follow(href, { from, what }) {
      const url = linkedUrl(href, from, base)
      if (url === undefined) throw new ProviderError('nonsense', `${asked(what)}: a link leads away from the bank`)
      return url
    },
    read: async (ask) => readOf(ask, await send(ask)),
    async find(ask) {
      const answer = await send({ ...ask, mayBeGone: true })
      return answer.status === 404 || answer.status === 410 ? undefined : readOf(ask, answer)
    },
  }
}

function headersOf(ask: ClientAsk): Record<string, string> {
  return {
    ...(ask.consentId === undefined ? {} : { 'consent-id': ask.consentId }),
    // All of the person or nothing: a bank counts a call as attended when they are there.
    ...(ask.psu === undefined
      ? {}
      : {
          'psu-ip-address': headerSafe(ask.psu.ipAddress),
          'psu-user-agent': headerSafe(ask.psu.userAgent).slice(0, 512),
        }),
    ...(ask.language === undefined ? {} : { 'psu-accept-language': headerSafe(ask.language) }),
    ...(ask.json === undefined ? {} : { 'content-type': 'application/json' }),
    ...ask.headers,
  }
}

/**
 * Where a link leads: a whole URL, or a path from the host (`/psd2/v1/…`), from the API (`/v1/…`), or from where the link stood.
 * Undefined outside the bank's API, because we would carry the consent's id there.
 */
function linkedUrl(href: string, from: URL, base: URL): URL | undefined {
  const fromApi = /^\/[^/\\]/.test(href) ? URL.parse(href.slice(1), base.href) : null
  return [URL.parse(href, from.href), fromApi].find((url) => url !== null && isWithin(url, base)) ?? undefined
}

function isWithin(url: URL, base: URL): boolean {
  return (
    url.origin === base.origin && url.pathname.startsWith(base.pathname) && url.username === '' && url.password === ''
  )
}
