// The adapter against Powens as it is simulated, over real HTTP; and against a server that says what a test tells it to say.

import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Test } from 'tap'
import { powens } from '../../../src/providers/powens/index.ts'
import { ProviderError, type ConsentAsk, type ConsentOutcome, type Provider } from '../../../src/providers/provider.ts'
import { createLog } from '../../../src/shared/log.ts'
import { createOutbound } from '../../../src/shared/outbound.ts'
import { startPowensSimulator, type PowensAccount, type PowensSimulator } from '../../simulators/powens/index.ts'
import { fakeClock, type FakeClock } from '../../support/clock.ts'

export const callbackUrl = 'https://bankfeed.example/callback/powens'
export const psu = { ipAddress: '192.0.2.7', userAgent: 'Mozilla/5.0 (test)' }

export type Simulated = { readonly simulator: PowensSimulator; readonly clock: FakeClock; readonly provider: Provider }

export async function simulated(t: Test, accounts: readonly PowensAccount[] = [checking, card]): Promise<Simulated> {
  const clock = fakeClock('2026-11-21T12:00:00Z')
  const simulator = await startPowensSimulator({ clock })
  await simulator.hold(accounts)
  const outbound = createOutbound({ log: createLog({ level: 'silent' }) })
  t.teardown(async () => {
    await outbound.close()
    await simulator.close()
  })
  return { simulator, clock, provider: powens({ config: simulator.config, outbound, clock, random: () => 0 }) }
}

export const askOf = ({ simulator, clock }: Simulated, more: Partial<ConsentAsk> = {}): ConsentAsk => ({
  nativeId: simulator.nativeId,
  callbackUrl,
  state: 's3cret',
  validDays: 180,
  psu,
  now: clock.now(),
  ...more,
})

export const queryOf = (url: string): Record<string, string> => Object.fromEntries(new URL(url).searchParams)

export type Granted = Extract<ConsentOutcome, { kind: 'granted' }>

/** A person who approves: what is granted. */
export async function connected(
  world: Simulated,
  { only, ...ask }: Pick<Partial<ConsentAsk>, 'renews' | 'validDays'> & { readonly only?: readonly string[] } = {},
): Promise<Granted> {
  const { provider, simulator, clock } = world
  const started = await provider.startConsent(askOf(world, ask))
  const returned = await simulator.visit(started.redirectUrl, { kind: 'approve', ...(only !== undefined && { only }) })
  const outcome = await provider.completeConsent({
    nativeId: simulator.nativeId,
    ref: started.ref,
    query: queryOf(returned),
    psu,
    now: clock.now(),
  })
  if (outcome.kind !== 'granted') throw new Error(`should have been granted: ${JSON.stringify(outcome)}`)
  return outcome
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

export const checking: PowensAccount = {
  key: 'checking',
  type: 'current',
  name: 'Compte courant',
  iban: 'FR1420041010050500013M02606',
  currency: 'EUR',
  usage: 'business',
  owner: 'Fjellheim Bygg SARL',
  balance: '1250.10',
  transactions: [
    {
      id: 'a',
      bookingDate: '2026-11-18',
      valueDate: '2026-11-19',
      amount: '-12.50',
      currency: 'EUR',
      text: 'PRLV SEPA EDF FACTURE 4711',
      counterparty: { name: 'EDF', iban: 'DE67100100101306118605' },
    },
    { id: 'b', bookingDate: '2026-11-20', amount: '100.00', currency: 'EUR', text: 'VIR CLIENT' },
  ],
}

export const card: PowensAccount = {
  key: 'card',
  type: 'card',
  name: 'Carte Visa',
  maskedPan: '4970XXXXXXXX1234',
  currency: 'EUR',
  usage: 'private',
  owner: 'Claire Martin',
  balance: '-40.00',
  transactions: [{ id: 'c', bookingDate: '2026-11-19', amount: '-40.00', currency: 'EUR', text: 'CARTE RESTAURANT' }],
}

type Said = {
  readonly status?: number
  readonly json?: unknown
  /** Instead of `json`. */
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}
/** Or anything that a server may do to a response. */
export type Reply = Said | ((response: ServerResponse) => void)

export type Scripted = {
  readonly origin: string
  readonly baseUrl: string
  /** Replies to `GET /…?…`, which follows `/2.0`; anything else is a 404. */
  readonly replies: Map<string, Reply>
  readonly lines: string[]
  readonly bodies: Map<string, string>
  readonly provider: Provider
}

export const now = new Date('2026-11-21T12:00:00Z')
export const nativeId = '3fa85f64-5717-4562-b3fc-2c963f66afa6'

/** Powens over real HTTP that says what it is told to say, and remembers what it was asked. */
export async function scripted(
  t: Test,
  limits: Omit<Parameters<typeof createOutbound>[0], 'log'> = {},
): Promise<Scripted> {
  const replies = new Map<string, Reply>()
  const lines: string[] = []
  const bodies = new Map<string, string>()
  const server = createServer((request, response) => {
    const line = `${request.method} ${request.url?.replace(/^\/2\.0/, '')}`
    lines.push(line)
    void text(request).then((asked) => {
      bodies.set(line, asked)
      const reply = replies.get(line) ?? { status: 404, json: { code: 'notFound', description: 'No such thing' } }
      if (typeof reply === 'function') return reply(response)
      const { status = 200, json, body = json === undefined ? '' : JSON.stringify(json), headers } = reply
      return response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const origin = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : ''}`
  const outbound = createOutbound({ log: createLog({ level: 'silent' }), ...limits })
  t.teardown(async () => {
    server.closeAllConnections()
    server.close()
    await outbound.close()
  })
  const config = {
    domain: 'acme',
    clientId: '4711',
    clientSecret: 'hush',
    baseUrl: `${origin}/2.0`,
    webviewUrl: 'https://webview.powens.example',
  }
  const provider = powens({ config, outbound, clock: { now: () => now }, random: () => 0 })
  return { origin, baseUrl: config.baseUrl, replies, lines, bodies, provider }
}

/** A granted consent as `completeConsent` would have made it. */
export const grantedRef = JSON.stringify({
  kind: 'granted',
  user: { id: '7', token: 'user-token' },
  connectionId: '8',
  until: '2027-05-20T12:00:00.000Z',
})

export const attemptRef = JSON.stringify({
  kind: 'connecting',
  user: { id: '7', token: 'user-token' },
  startedAt: '2026-11-21T11:50:00.000Z',
  validDays: 180,
})

export const account = {
  id: 9,
  id_connection: 8,
  name: 'Compte courant',
  type: 'checking',
  usage: 'PRIV',
  iban: 'FR1420041010050500013M02606',
  number: '00013M026',
  balance: 10.5,
  currency: { id: 'EUR' },
  last_update: '2026-11-21 12:00:00',
  disabled: null,
  deleted: null,
}

export const connection = {
  id: 8,
  state: null,
  active: true,
  expire: '2027-05-01 00:00:00',
  next_try: null,
  all_accounts: [account],
}
