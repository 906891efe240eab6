// The adapter against Powens as it is simulated, over real HTTP; and against a server that says what a test tells it to say.

import type { Test } from 'tap'
import { powens } from '../../../src/providers/powens/index.ts'
import type { ConsentAsk, ConsentOutcome, Provider } from '../../../src/providers/provider.ts'
import { createLog } from '../../../src/shared/log.ts'
import { createOutbound } from '../../../src/shared/outbound.ts'
import { startPowensSimulator, type PowensAccount, type PowensSimulator } from '../../simulators/powens/index.ts'
import { fakeClock, type FakeClock } from '../../support/clock.ts'
import { scriptedServer, type Scripted } from '../../support/scripted.ts'

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

export type FakePowens = Scripted & {
  readonly baseUrl: string
  readonly provider: Provider
}

export const now = new Date('2026-11-21T12:00:00Z')
export const nativeId = '3fa85f64-5717-4562-b3fc-2c963f66afa6'

/** Powens over real HTTP that says what it is told to say, and remembers what it was asked. Its paths are those after `/2.0`; anything else is a 404. */
export async function scripted(
  t: Test,
  limits: Omit<Parameters<typeof createOutbound>[0], 'log'> = {},
): Promise<FakePowens> {
  const otherwise = { status: 404, json: { code: 'notFound', description: 'No such thing' } }
  const api = await scriptedServer(t, { otherwise, under: '/2.0' })
  const outbound = createOutbound({ log: createLog({ level: 'silent' }), ...limits })
  t.teardown(() => outbound.close())
  const config = {
    domain: 'acme',
    clientId: '4711',
    clientSecret: 'hush',
    baseUrl: `${api.origin}/2.0`,
    webviewUrl: 'https://webview.powens.example',
  }
  const provider = powens({ config, outbound, clock: { now: () => now }, random: () => 0 })
  return { ...api, baseUrl: config.baseUrl, provider }
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
