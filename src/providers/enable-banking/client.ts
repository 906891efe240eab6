// Enable Banking, asked: its URLs, our token, what it is told of a person, and its failures as ours.

import type { OutboundAnswer } from '../../shared/outbound.ts'
import type { Clock } from '../../shared/clock.ts'
import { headerSafe, parseJson, type Http } from '../http.ts'
import type { Psu } from '../provider.ts'
import { answerTo, type Place } from '../reading/place.ts'
import { codeOf, failureOf, type ErrorCode } from './errors.ts'

export type Client = {
  /** `path` has no slash in front; its ids are encoded already. */
  readonly url: (path: string) => URL
  /** @throws {ProviderError} */
  readonly send: (ask: ClientAsk) => Promise<ClientAnswer>
  /** The answer's JSON, and its place for saying what is wrong with it. @throws {ProviderError} */
  readonly read: (
    ask: ClientAsk,
  ) => Promise<{ readonly json: unknown; readonly place: Place; readonly body: string; readonly code?: ErrorCode }>
}

export type ClientAsk = {
  readonly method?: 'GET' | 'POST' | 'DELETE'
  readonly url: URL
  /** In a word or two, for messages: `transactions`. */
  readonly what: string
  /** The person who is there, where all that the bank wants to know of them can be told. */
  readonly psu?: Psu | undefined
  readonly json?: unknown
  readonly bodyBytesMax?: number
  /** Error codes that are an answer to this question and no failure of it: they are handed back as `code`. */
  readonly answers?: readonly ErrorCode[]
}

type ClientAnswer = OutboundAnswer & { readonly code?: ErrorCode }

type Deps = { readonly http: Http; readonly clock: Clock; readonly token: () => string; readonly baseUrl: string }

export function createClient(deps: Deps): Client {
  const base = new URL(deps.baseUrl.replace(/\/*$/, '/'))

  async function once({ url, method = 'GET', bodyBytesMax, ...ask }: ClientAsk): Promise<OutboundAnswer> {
    return deps.http({
      what: asked(ask.what),
      method,
      url: url.href,
      headers: { accept: 'application/json', authorization: `Bearer ${deps.token()}`, ...headersOf(ask) },
      ...(ask.json !== undefined && { body: JSON.stringify(ask.json) }),
      ...(bodyBytesMax !== undefined && { bodyBytesMax }),
    })
  }

  async function send(ask: ClientAsk): Promise<ClientAnswer> {
    const first = await once(ask)
    const answer = ask.psu !== undefined && wantsOtherPsu(first) ? await once({ ...ask, psu: undefined }) : first
    if (answer.status >= 200 && answer.status < 300) return answer
    const code = codeOf(answer.body)
    if (code !== undefined && ask.answers?.includes(code) === true) return { ...answer, code }
    throw failureOf(answer, { what: asked(ask.what), now: deps.clock.now() })
  }

  return {
    send,
    url: (path) => new URL(path, base),
    async read(ask) {
      const { body, code } = await send(ask)
      const place = answerTo(asked(ask.what))
      return { json: parseJson(body, asked(ask.what)), place, body, ...(code !== undefined && { code }) }
    },
  }
}

/** The bank wants more to be told of the person than when the consent was given, or something else: then it is told nothing, which it always takes. */
function wantsOtherPsu({ status, body }: OutboundAnswer): boolean {
  return status === 422 && /^PSU_HEADER_(NOT_PROVIDED|INVALID)$/.test(codeOf(body) ?? '')
}

const asked = (what: string): string => `Enable Banking, ${what}`

function headersOf(ask: Pick<ClientAsk, 'psu' | 'json'>): Record<string, string> {
  return {
    ...(ask.psu !== undefined && {
      'psu-ip-address': headerSafe(ask.psu.ipAddress),
      'psu-user-agent': headerSafe(ask.psu.userAgent).slice(0, 512),
    }),
    ...(ask.json !== undefined && { 'content-type': 'application/json' }),
  }
}

/** What we can tell of a person; a bank that wants more (all or nothing) is told nothing. */
export const psuHeadersTold: readonly string[] = ['psu-ip-address', 'psu-user-agent']
