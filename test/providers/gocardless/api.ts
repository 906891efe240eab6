// GoCardless over real HTTP: either one that says what a test tells it to say, and remembers what it was asked; or the simulator.

import type { Test } from 'tap'
import { goCardless } from '../../../src/providers/gocardless/index.ts'
import type { Provider } from '../../../src/providers/provider.ts'
import { createLog } from '../../../src/shared/log.ts'
import { createOutbound } from '../../../src/shared/outbound.ts'
import { startGoCardlessSimulator, type GoCardlessSimulator } from '../../simulators/gocardless/index.ts'
import { card, drift } from '../../simulators/gocardless/people.ts'
import { fakeClock, type FakeClock } from '../../support/clock.ts'
import { scriptedServer, type Scripted } from '../../support/scripted.ts'

export const nativeId = 'FJORDBANKEN_FJORNO22'
export const now = new Date('2026-11-21T12:00:00Z')
export const psu = { ipAddress: '192.0.2.7', userAgent: 'Mozilla/5.0 (test)' }
export const callbackUrl = 'https://bankfeed.example/callback/gocardless'

export type FakeApi = Scripted & {
  /** The JSON bodies that were asked with that line, in order. */
  readonly sent: (line: string) => readonly unknown[]
  readonly clock: FakeClock
  readonly provider: Provider
}

export const newToken = 'POST token/new/'
export const tokens = (access: string) => ({
  json: { access, access_expires: 86_400, refresh: `refresh-${access}`, refresh_expires: 2_592_000 },
})

/** With tokens from the start, which its lines do not tell. Anything else is a 404. */
export async function anApi(t: Test, config: { readonly withSandbox?: boolean } = {}): Promise<FakeApi> {
  const otherwise = { status: 404, json: { summary: 'Not found.', detail: 'Not found.' } }
  const api = await scriptedServer(t, { otherwise, under: '/api/v2/', untold: / token\// })
  api.replies.set(newToken, tokens('token-1'))
  const outbound = createOutbound({ log: createLog({ level: 'silent' }) })
  t.teardown(() => outbound.close())
  const clock = fakeClock(now)
  return {
    ...api,
    sent: (line) => api.allAsked(line).map(({ body }) => (body === '' ? undefined : JSON.parse(body))),
    clock,
    provider: goCardless({
      config: { secretId: 'an-id', secretKey: 'a-key', baseUrl: `${api.origin}/api/v2`, ...config },
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
