// What every adapter needs on top of the one HTTP client: its failures as ours, JSON that is JSON, and when to ask again.

import { setTimeout as sleep } from 'node:timers/promises'
import { OutboundError, type Outbound, type OutboundAnswer, type OutboundAsk } from '../shared/outbound.ts'
import { ProviderError, type CallLimit, type ProviderErrorKind } from './provider.ts'

export type HttpAsk = OutboundAsk & {
  /**
   * What is being asked of whom, such as `Sandbox Bank, transactions`. It stands in messages instead of the URL, whose path holds
   * the ids of consents and accounts.
   */
  readonly what: string
}

/** @throws {ProviderError} when there is no complete answer. */
export type Http = (ask: HttpAsk) => Promise<OutboundAnswer>

const retriesMax = 1

/**
 * A GET whose connection failed before anything was answered is asked once more, a moment later: most often the bank had closed
 * a kept-alive connection just then. Once an answer has begun the bank has counted the call towards the daily four, so the
 * scheduler decides about another. `random` is in [0, 1).
 */
export function createHttp(deps: {
  readonly outbound: Pick<Outbound, 'request'>
  readonly random: () => number
}): Http {
  const { outbound, random } = deps
  return async (ask) => {
    for (let retriesLeft = ask.method === 'GET' ? retriesMax : 0; ; retriesLeft -= 1) {
      try {
        return await outbound.request(ask)
      } catch (error) {
        if (!(error instanceof OutboundError)) throw error
        const unheard = error.reason === 'connection' && !error.answered
        if (!unheard || retriesLeft === 0) throw asProviderError(error, ask.what)
      }
      await sleep(100 + random() * 400)
    }
  }
}

/** An answer larger than we read will not be smaller tomorrow; all else may pass. */
function asProviderError(error: OutboundError, what: string): ProviderError {
  const kind = error.reason === 'too_large' ? 'nonsense' : 'temporary'
  return new ProviderError(kind, `${what}: ${error.message}`, { cause: error })
}

/** A browser may call itself anything; a header holds printable ASCII. */
export const headerSafe = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?')

/** @throws {ProviderError} nonsense. Without the parser's own message, which quotes the text. */
export function parseJson(body: string, what: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    throw new ProviderError('nonsense', `${what}: the answer is not JSON`)
  }
}

/** The kind of an answer that is no success, where its status is all that it tells. */
export function kindOfStatus(status: number): ProviderErrorKind {
  if (status === 429) return 'rate_limited'
  if (status === 408 || status === 425 || (status >= 500 && status !== 501)) return 'temporary'
  if (status >= 400) return 'refused'
  // A redirect, which is not followed, or something that is no answer at all.
  return 'nonsense'
}

/** What `RateLimit-Remaining` and `RateLimit-Reset` say (with or without `X-`): the reset in seconds, or as an instant. Undefined where one is absent or unreadable. */
export function callLimitOf(headers: OutboundAnswer['headers'], now: Date): CallLimit | undefined {
  const [remaining, reset] = ['remaining', 'reset'].map((what) => {
    const text = headers[`x-ratelimit-${what}`] ?? headers[`ratelimit-${what}`]
    return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : undefined
  })
  if (remaining === undefined || reset === undefined || remaining > callsMax) return undefined
  const at = reset > instantsFrom ? reset * 1000 : now.getTime() + reset * 1000
  return { remaining, resetsAt: new Date(Math.min(at, now.getTime() + dayMs)) }
}

/** A limit beyond it is not one on a day's calls for an account. */
const callsMax = 100_000
/** Seconds since 1970: no limit runs for thirty years. */
const instantsFrom = 1_000_000_000

const dayMs = 24 * 60 * 60 * 1000

/**
 * Retry-After, in seconds or as an HTTP date: no earlier than now, and no later than a day ahead, which is the longest that any
 * limit on reading accounts runs; undefined when absent or unreadable.
 */
export function retryAtOf(headers: OutboundAnswer['headers'], now: Date): Date | undefined {
  const text = headers['retry-after']?.trim()
  if (text === undefined || text === '') return undefined
  // An HTTP date begins with its weekday; Date.parse would find one in "-5" too.
  const at = /^\d+$/.test(text) ? now.getTime() + Number(text) * 1000 : Date.parse(/^[A-Z]/.test(text) ? text : '')
  if (Number.isNaN(at)) return undefined
  return new Date(Math.min(Math.max(at, now.getTime()), now.getTime() + dayMs))
}
