// The one HTTP client of the program. Whatever it talks to may be slow, broken or hostile, so every call has a deadline and a
// largest answer, no redirect is followed (it could lead anywhere), and nothing of what is said is logged.

import { Agent, errors } from 'undici'
import type { Log } from './log.ts'

/** The certificate that the other side knows us by (for a bank, a QWAC) and its key, in PEM: a secret. */
export type TlsIdentity = {
  readonly cert: string
  readonly key: string
  /** Whom to trust instead of the usual authorities. */
  readonly ca?: string
}

export type OutboundAsk = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** For the whole exchange, from asking to the last byte. */
  readonly deadlineMs?: number
  readonly bodyBytesMax?: number
  readonly tls?: TlsIdentity
  readonly signal?: AbortSignal
}

/** Any status is an answer, 3xx and 5xx too. Header names are lower-case, the body is read as UTF-8. */
export type OutboundAnswer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export type Outbound = {
  /** @throws {OutboundError} when there is no complete answer. */
  readonly request: (ask: OutboundAsk) => Promise<OutboundAnswer>
  /** Waits for the calls under way. */
  readonly close: () => Promise<void>
}

export type OutboundFailure = 'timeout' | 'connection' | 'too_large' | 'aborted'

export class OutboundError extends Error {
  override readonly name = 'OutboundError'
  readonly reason: OutboundFailure
  /** Whether the other side had begun to answer: then it has counted the call, and asking again is a second one. */
  readonly answered: boolean

  constructor(
    reason: OutboundFailure,
    message: string,
    options: { readonly answered: boolean; readonly cause?: unknown },
  ) {
    super(message, { cause: options.cause })
    this.reason = reason
    this.answered = options.answered
  }
}

type OutboundOptions = {
  readonly log: Log
  readonly connectTimeoutMs?: number
  /** From the request sent to the last header. */
  readonly headersTimeoutMs?: number
  /** Between one piece of the body and the next; the whole is bounded by the ask's deadline. */
  readonly bodyTimeoutMs?: number
}

const deadlineMsDefault = 60_000
const bodyBytesMaxDefault = 8 * 1024 * 1024
/** To one origin at a time; further calls wait for their turn, and their deadline runs meanwhile. */
const connectionsMax = 32

/** A pool of kept-alive connections per origin and TLS identity, so that one slow host delays nobody else. */
export function createOutbound(options: OutboundOptions): Outbound {
  const { log, connectTimeoutMs = 5_000, headersTimeoutMs = 20_000, bodyTimeoutMs = 30_000 } = options
  const agents = new Map<TlsIdentity | undefined, Agent>()

  const agentOf = (tls: TlsIdentity | undefined): Agent => {
    const known = agents.get(tls)
    if (known !== undefined) return known
    const agent = new Agent({
      connections: connectionsMax,
      // The limits here are tested over HTTP/1.1, and no bank demands more.
      allowH2: false,
      connect: { timeout: connectTimeoutMs, ...tls },
      headersTimeout: headersTimeoutMs,
      bodyTimeout: bodyTimeoutMs,
    })
    agents.set(tls, agent)
    return agent
  }

  return {
    async request(ask) {
      const startedAt = performance.now()
      const { method } = ask
      const { host } = new URL(ask.url)
      const told = () => ({ method, host, durationMs: Math.round(performance.now() - startedAt) })
      try {
        const answer = await exchange(agentOf(ask.tls), ask)
        log.debug({ ...told(), status: answer.status }, 'outbound call answered')
        return answer
      } catch (error) {
        if (error instanceof OutboundError) log.debug({ ...told(), reason: error.reason }, 'outbound call failed')
        throw error
      }
    },
    async close() {
      await Promise.all([...agents.values()].map((agent) => agent.close()))
    },
  }
}

async function exchange(agent: Agent, ask: OutboundAsk): Promise<OutboundAnswer> {
  const { method, headers = {}, body = null, deadlineMs = deadlineMsDefault, bodyBytesMax = bodyBytesMaxDefault } = ask
  const { origin, pathname, search } = new URL(ask.url)
  const deadline = AbortSignal.timeout(deadlineMs)
  const signal = ask.signal === undefined ? deadline : AbortSignal.any([deadline, ask.signal])
  let answered = false
  try {
    const answer = await agent.request({ origin, path: pathname + search, method, headers, body, signal })
    answered = true
    return { status: answer.statusCode, headers: flat(answer.headers), body: await readBody(answer.body, bodyBytesMax) }
  } catch (error) {
    // Our own mistake (an impossible header, say), which no other moment would mend.
    if (error instanceof errors.InvalidArgumentError) throw error
    const reason = reasonOf(error, { deadline, caller: ask.signal })
    throw new OutboundError(reason, `${method} ${new URL(ask.url).host}: ${sentences[reason]}`, {
      answered,
      cause: error,
    })
  }
}

const sentences: Record<OutboundFailure, string> = {
  timeout: 'no answer in time',
  connection: 'the connection failed',
  too_large: 'the answer is larger than we read',
  aborted: 'given up by the caller',
}

class TooLarge extends Error {}

async function readBody(body: AsyncIterable<Buffer>, bytesMax: number): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > bytesMax) throw new TooLarge(`more than ${bytesMax} bytes`)
    chunks.push(chunk)
  }
  return new TextDecoder().decode(Buffer.concat(chunks))
}

function reasonOf(
  error: unknown,
  signals: { readonly deadline: AbortSignal; readonly caller: AbortSignal | undefined },
): OutboundFailure {
  if (error instanceof TooLarge) return 'too_large'
  if (signals.caller?.aborted === true) return 'aborted'
  const slow =
    error instanceof errors.ConnectTimeoutError ||
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError
  return signals.deadline.aborted || slow ? 'timeout' : 'connection'
}

function flat(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]))
}
