// GoCardless over real HTTP: either one that says what a test tells it to say, and remembers what it was asked; or the simulator.

import { createServer } from 'node:http'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import type { Test } from 'tap'
import { goCardless } from '../../../src/providers/gocardless/index.ts'
import { ProviderError, type Provider } from '../../../src/providers/provider.ts'
import { createLog } from '../../../src/shared/log.ts'
import { createOutbound } from '../../../src/shared/outbound.ts'
import { startGoCardlessSimulator, type GoCardlessSimulator } from '../../simulators/gocardless/index.ts'
import { card, drift } from '../../simulators/gocardless/people.ts'
import { fakeClock, type FakeClock } from '../../support/clock.ts'

export const nativeId = 'FJORDBANKEN_FJORNO22'
export const now = new Date('2026-11-21T12:00:00Z')
export const psu = { ipAddress: '192.0.2.7', userAgent: 'Mozilla/5.0 (test)' }
export const callbackUrl = 'https://bankfeed.example/callback/gocardless'

type Said = {
  readonly status?: number
  readonly json?: unknown
  /** Instead of `json`. */
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}
type Asked = { readonly authorization: string | undefined; readonly json: unknown }
/** Always the same, or by how often it was asked before. */
type Reply = Said | ((times: number, asked: Asked) => Said)

export type FakeApi = {
  /** Replies to `GET institutions/?…`; anything else is a 404. Tokens are there from the start. */
  readonly replies: Map<string, Reply>
  /** Every request line but those for tokens, in order. */
  readonly lines: string[]
  /** What was asked with that line, in order. */
  readonly asked: (line: string) => readonly Asked[]
  readonly clock: FakeClock
  readonly provider: Provider
}

export const newToken = 'POST token/new/'
export const tokens = (access: string) => ({
  json: { access, access_expires: 86_400, refresh: `refresh-${access}`, refresh_expires: 2_592_000 },
})

export async function anApi(t: Test, config: { readonly withSandbox?: boolean } = {}): Promise<FakeApi> {
  const replies = new Map<string, Reply>([[newToken, tokens('token-1')]])
  const seen: (Asked & { readonly line: string })[] = []
  const lines: string[] = []
  const server = createServer((request, response) => {
    const line = `${request.method} ${request.url?.replace('/api/v2/', '')}`
    void text(request).then((body) => {
      const asked = { authorization: request.headers.authorization, json: body === '' ? undefined : JSON.parse(body) }
      const times = seen.filter((earlier) => earlier.line === line).length
      seen.push({ line, ...asked })
      if (!line.includes(' token/')) lines.push(line)
      const reply = replies.get(line) ?? { status: 404, json: { summary: 'Not found.', detail: 'Not found.' } }
      const said = typeof reply === 'function' ? reply(times, asked) : reply
      const { status = 200, json, headers } = said
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      return response.end(said.body ?? (json === undefined ? '' : JSON.stringify(json)))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const outbound = createOutbound({ log: createLog({ level: 'silent' }) })
  t.teardown(async () => {
    server.closeAllConnections()
    server.close()
    await outbound.close()
  })
  const clock = fakeClock(now)
  return {
    replies,
    lines,
    asked: (line) => seen.filter((one) => one.line === line),
    clock,
    provider: goCardless({
      config: {
        secretId: 'an-id',
        secretKey: 'a-key',
        baseUrl: `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : ''}/api/v2`,
        ...config,
      },
      outbound,
      clock,
      random: () => 0,
    }),
  }
}

export type Simulated = {
  readonly clock: FakeClock
  readonly simulator: GoCardlessSimulator
  readonly provider: Provider
}

/** A provider at the simulator, where somebody has a current account and a card. */
export async function aSimulator(t: Test): Promise<Simulated> {
  const clock = fakeClock(now)
  const simulator = await startGoCardlessSimulator({ clock })
  await simulator.hold([drift, card])
  const outbound = createOutbound({ log: createLog({ level: 'silent' }) })
  t.teardown(async () => {
    await simulator.close()
    await outbound.close()
  })
  const config = { ...simulator.secrets, baseUrl: simulator.baseUrl }
  return { clock, simulator, provider: goCardless({ config, outbound, clock, random: () => 0 }) }
}

let states = 0

/** An attempt, with a state of its own. */
export async function started({ provider, clock }: Simulated, bank = nativeId, validDays = 180) {
  const state = `state-${(states += 1)}`
  const ask = { nativeId: bank, callbackUrl, state, validDays, language: 'nb', psu, now: clock.now() }
  return { state, nativeId: bank, ...(await provider.startConsent(ask)) }
}

/** A consent that was granted. */
export async function granted(simulated: Simulated, bank = nativeId, validDays = 180) {
  const { redirectUrl, ref, state } = await started(simulated, bank, validDays)
  const landed = new URL(await simulated.simulator.visit(redirectUrl, { kind: 'approve' }))
  const query = Object.fromEntries(landed.searchParams)
  const consent = { nativeId: bank, ref }
  const outcome = await simulated.provider.completeConsent({ ...consent, query, psu, now: simulated.clock.now() })
  if (outcome.kind !== 'granted') throw new Error(`not granted: ${JSON.stringify(outcome)}`)
  return { consent, outcome, state, landed }
}

/** The reference of a consent as `startConsent` would have made it. */
export function refTo(requisitionId: string, more: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ requisitionId, agreementId: 'eua-1', historyDays: 90, reconfirms: false, ...more })
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
