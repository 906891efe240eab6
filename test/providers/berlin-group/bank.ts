// A bank over real HTTP that says what a test tells it to say, and remembers what it was asked.

import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Test } from 'tap'
import { berlinGroup, type BankConfig } from '../../../src/providers/berlin-group/index.ts'
import { ProviderError, type Provider } from '../../../src/providers/provider.ts'
import { createLog } from '../../../src/shared/log.ts'
import { createOutbound } from '../../../src/shared/outbound.ts'

type Said = {
  readonly status?: number
  readonly json?: unknown
  /** Instead of `json`. */
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}
/** Or anything that a server may do to a response. */
type Reply = Said | ((response: ServerResponse) => void)

type Asked = { readonly headers: IncomingHttpHeaders; readonly body: string }

export type FakeBank = {
  readonly origin: string
  readonly baseUrl: string
  /** Replies to `GET /psd2/v1/…?…`; anything else is a 404 with RESOURCE_UNKNOWN. */
  readonly replies: Map<string, Reply>
  /** Every request line, in order. */
  readonly lines: string[]
  /** The last request of that line. */
  readonly asked: (line: string) => Asked
  readonly provider: Provider
}

export const nativeId = 'test-bank'
export const now = new Date('2026-11-21T12:00:00Z')
export const psu = { ipAddress: '192.0.2.7', userAgent: 'Mozilla/5.0 (test)' }

type Options = {
  readonly config?: Partial<BankConfig>
  readonly outbound?: Omit<Parameters<typeof createOutbound>[0], 'log'>
}

export async function aBank(t: Test, options: Options = {}): Promise<FakeBank> {
  const replies = new Map<string, Reply>()
  const lines: string[] = []
  const asked = new Map<string, Asked>()
  const server = createServer((request, response) => {
    const line = `${request.method} ${request.url}`
    lines.push(line)
    void text(request).then((body) => {
      asked.set(line, { headers: request.headers, body })
      const reply = replies.get(line) ?? errorOf(404, 'RESOURCE_UNKNOWN')
      if (typeof reply === 'function') return reply(response)
      const { status = 200, json, body: said = json === undefined ? '' : JSON.stringify(json), headers } = reply
      return response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(said)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const origin = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : ''}`
  const baseUrl = `${origin}/psd2`
  const outbound = createOutbound({ log: createLog({ level: 'silent' }), ...options.outbound })
  t.teardown(async () => {
    server.closeAllConnections()
    server.close()
    await outbound.close()
  })
  let requests = 0
  const provider = berlinGroup({
    banks: [{ ...config, baseUrl, ...options.config }],
    outbound,
    newRequestId: () => `00000000-0000-7000-8000-${String((requests += 1)).padStart(12, '0')}`,
    clock: { now: () => now },
    random: () => 0,
  })
  return {
    origin,
    baseUrl,
    replies,
    lines,
    asked(line) {
      const request = asked.get(line)
      if (request === undefined) throw new Error(`never asked: ${line}`)
      return request
    },
    provider,
  }
}

const config: Omit<BankConfig, 'baseUrl'> = {
  id: nativeId,
  name: 'Test Bank',
  countries: ['NO'],
  bankCodes: ['NO8601'],
  maxHistoryDays: 90,
  maxConsentDays: 180,
}

/** The body that the standard has for errors. */
export function errorOf(status: number, code: string): Said {
  return { status, json: { tppMessages: [{ category: 'ERROR', code, text: 'Some text' }] } }
}

/** What a call was refused with. */
export async function refusalOf(call: Promise<unknown>): Promise<ProviderError> {
  try {
    await call
  } catch (error) {
    if (error instanceof ProviderError) return error
    throw error
  }
  throw new Error('should have been refused')
}

/** The reference of a consent as `startConsent` would have made it. */
export function refTo(
  consentId: string,
  more: { readonly validUntil?: string; readonly scaStatusUrl?: string } = {},
): string {
  return JSON.stringify({ consentId, validUntil: '2027-05-20', ...more })
}
