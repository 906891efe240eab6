// The one HTTP client of the program. Whatever it talks to may be slow, broken or hostile, so every call has a deadline and a
// largest answer, no redirect is followed (it could lead anywhere), and nothing of what is said is logged.

import { isIP } from 'node:net'
import { Agent, buildConnector, errors } from 'undici'
import {
  checkedLookup,
  mayReachPublic,
  RefusedAddress,
  type MayReach,
  type Network,
  type Resolve,
} from './addresses.ts'
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
  /** For the whole exchange, from asking to the last byte; else the client's own. */
  readonly deadlineMs?: number
  readonly bodyBytesMax?: number
  /** False: the status is what is asked for, and the body is thrown away unread. */
  readonly readsBody?: boolean
  readonly tls?: TlsIdentity
  readonly signal?: AbortSignal
}

/** Any status is an answer, 3xx and 5xx too. Header names are lower-case, the body is read as UTF-8. */
export type OutboundAnswer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export type OutboundBytes = Pick<OutboundAnswer, 'status' | 'headers'> & { readonly body: Buffer }

export type Outbound = {
  /** @throws {OutboundError} when there is no complete answer. */
  readonly request: (ask: OutboundAsk) => Promise<OutboundAnswer>
  /** The same, with the body as it came. @throws {OutboundError} */
  readonly requestBytes: (ask: OutboundAsk) => Promise<OutboundBytes>
  /** Waits for the calls under way. */
  readonly close: () => Promise<void>
}

export type OutboundFailure = 'timeout' | 'connection' | 'address' | 'too_large' | 'aborted'

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
  /** For a whole exchange, where the ask says nothing. */
  readonly deadlineMs?: number
  /** From the request sent to the last header. */
  readonly headersTimeoutMs?: number
  /** Between one piece of the body and the next; the whole is bounded by the ask's deadline. */
  readonly bodyTimeoutMs?: number
  /** To one origin at a time; further calls wait for their turn, and their deadline runs meanwhile. */
  readonly connectionsMax?: number
  /** Asked of every address before it is connected to: for whoever calls where a stranger says. */
  readonly mayReach?: MayReach
  /** How names become addresses; by default the system's way. */
  readonly resolve?: Resolve
}

const bodyBytesMaxDefault = 8 * 1024 * 1024
/** Of a body that nobody reads, so much is let through to keep the connection; of a longer one the connection is closed. */
const unreadBytesMax = 16 * 1024

/** A pool of kept-alive connections per origin and TLS identity, so that one slow host delays nobody else. */
export function createOutbound(options: OutboundOptions): Outbound {
  const { log, connectTimeoutMs = 5_000, headersTimeoutMs = 20_000, bodyTimeoutMs = 30_000 } = options
  const { deadlineMs = 60_000, connectionsMax = 32, mayReach, resolve } = options
  const agents = new Map<TlsIdentity | undefined, Agent>()

  const agentOf = (tls: TlsIdentity | undefined): Agent => {
    const known = agents.get(tls)
    if (known !== undefined) return known
    const agent = new Agent({
      connections: connectionsMax,
      // The limits here are tested over HTTP/1.1, and no bank demands more.
      allowH2: false,
      connect:
        mayReach === undefined
          ? { timeout: connectTimeoutMs, ...tls }
          : guardedConnector({ timeout: connectTimeoutMs, ...tls }, mayReach, resolve),
      headersTimeout: headersTimeoutMs,
      bodyTimeout: bodyTimeoutMs,
    })
    agents.set(tls, agent)
    return agent
  }

  const requestBytes = async (ask: OutboundAsk): Promise<OutboundBytes> => {
    const startedAt = performance.now()
    const { method } = ask
    const { host } = new URL(ask.url)
    const told = () => ({ method, host, durationMs: Math.round(performance.now() - startedAt) })
    try {
      const answer = await exchange(agentOf(ask.tls), { deadlineMs, ...ask })
      log.debug({ ...told(), status: answer.status }, 'outbound call answered')
      return answer
    } catch (error) {
      if (error instanceof OutboundError) log.debug({ ...told(), reason: error.reason }, 'outbound call failed')
      throw error
    }
  }

  return {
    requestBytes,
    async request(ask) {
      const answer = await requestBytes(ask)
      return { ...answer, body: new TextDecoder().decode(answer.body) }
    },
    async close() {
      await Promise.all([...agents.values()].map((agent) => agent.close()))
    },
  }
}

async function exchange(agent: Agent, ask: OutboundAsk & { readonly deadlineMs: number }): Promise<OutboundBytes> {
  const { method, headers = {}, body = null, deadlineMs, bodyBytesMax = bodyBytesMaxDefault } = ask
  const { origin, pathname, search } = new URL(ask.url)
  const deadline = AbortSignal.timeout(deadlineMs)
  const signal = ask.signal === undefined ? deadline : AbortSignal.any([deadline, ask.signal])
  let answered = false
  try {
    const answer = await agent.request({ origin, path: pathname + search, method, headers, body, signal })
    answered = true
    if (ask.readsBody === false) {
      // However long it takes: the status is known, and the deadline ends it.
      answer.body.dump({ limit: unreadBytesMax, signal }).catch(() => undefined)
      return { status: answer.statusCode, headers: flat(answer.headers), body: Buffer.alloc(0) }
    }
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

/**
 * Connects to nothing that may not be reached: an address that stands in the URL is checked here (Node looks up names only), one that a name leads to between its
 * look-up and the connection, and the one at the other end once more when it is there. So it does not matter what a name led to before.
 */
function guardedConnector(
  options: buildConnector.BuildOptions,
  mayReach: MayReach,
  resolve: Resolve | undefined,
): buildConnector.connector {
  const connectors = [false, true].map((isSecure) => {
    const allows = (address: string) => mayReach(address, { isSecure })
    return { allows, connect: buildConnector({ ...options, allowH2: false, lookup: checkedLookup(allows, resolve) }) }
  })
  return (target, callback) => {
    const guard = connectors[target.protocol === 'https:' ? 1 : 0]
    if (guard === undefined || (isIP(target.hostname) !== 0 && !guard.allows(target.hostname))) {
      callback(new RefusedAddress(), null)
      return
    }
    guard.connect(target, (error, socket) => {
      if (error !== null) callback(error, null)
      else if (socket.remoteAddress !== undefined && guard.allows(socket.remoteAddress)) callback(null, socket)
      else callback(new RefusedAddress(), socket.destroy() && null)
    })
  }
}

const sentences: Record<OutboundFailure, string> = {
  timeout: 'no answer in time',
  connection: 'the connection failed',
  address: 'the address may not be reached',
  too_large: 'the answer is larger than we read',
  aborted: 'given up by the caller',
}

class TooLarge extends Error {}

async function readBody(body: AsyncIterable<Buffer>, bytesMax: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > bytesMax) throw new TooLarge(`more than ${bytesMax} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function reasonOf(
  error: unknown,
  signals: { readonly deadline: AbortSignal; readonly caller: AbortSignal | undefined },
): OutboundFailure {
  if (error instanceof TooLarge) return 'too_large'
  if (error instanceof RefusedAddress) return 'address'
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

/** The way to addresses that strangers name, and what may be reached by it. */
export type Receivers = {
  readonly outbound: Outbound
  readonly mayReach: MayReach
  /** Whether any place may be reached by plain HTTP. */
  readonly isPlainAllowed: boolean
}

/** To the public internet, and to the networks that the operator has named. */
export function createReceivers(options: {
  readonly log: Log
  readonly networks: readonly Network[]
  readonly resolve?: Resolve
  readonly deadlineMs?: number
}): Receivers {
  const { deadlineMs = 15_000 } = options
  const mayReach = mayReachPublic(options.networks)
  return {
    // Many tenants' receivers may be one host: a slow one of them is not to be what the others wait for.
    outbound: createOutbound({ ...options, deadlineMs, mayReach, connectionsMax: 256 }),
    mayReach,
    isPlainAllowed: options.networks.length > 0,
  }
}
