// Enable Banking over real HTTP that says what a test tells it to say, and remembers what it was asked. Anything else is a 404 without a code.

import { generateKeyPairSync } from 'node:crypto'
import type { Test } from 'tap'
import { enableBanking } from '../../../src/providers/enable-banking/index.ts'
import type { Provider } from '../../../src/providers/provider.ts'
import { createLog } from '../../../src/shared/log.ts'
import { createOutbound } from '../../../src/shared/outbound.ts'
import { fakeClock, type FakeClock } from '../../support/clock.ts'
import { scriptedServer, type Said, type Scripted } from '../../support/scripted.ts'

export type FakeApi = Scripted & {
  readonly provider: Provider
  readonly clock: FakeClock
}

export const nativeId = 'FI-S-Pankki'
export const now = new Date('2026-11-21T12:00:00Z')
export const psu = { ipAddress: '192.0.2.7', userAgent: 'Mozilla/5.0 (test)' }
export const applicationId = 'cf589be3-3755-465b-a8df-a90a16a31403'

export const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
export const privateKey = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

/** A second provider on the same API is another process. */
export async function anApi(t: Test, shared?: FakeApi): Promise<FakeApi> {
  const api = shared ?? (await scriptedServer(t, { otherwise: { status: 404, json: { message: 'Not Found' } } }))
  const clock = shared?.clock ?? fakeClock(now)
  const outbound = createOutbound({ log: createLog({ level: 'silent' }) })
  t.teardown(() => outbound.close())
  const config = { applicationId, privateKey, baseUrl: api.origin }
  return { ...api, clock, provider: enableBanking({ config, outbound, clock, random: () => 0, patienceMs: 50 }) }
}

/** The body that Enable Banking has for errors. */
export function errorOf(status: number, error: string, headers: Readonly<Record<string, string>> = {}): Said {
  return { status, json: { message: 'Some text', code: status, error, detail: null }, headers }
}

/** References as `startConsent` and `completeConsent` would have made them. */
export const attemptRef = (authorizationId = 'a-1', psuHeaders: readonly string[] = []): string =>
  JSON.stringify({ authorizationId, psuHeaders })
export const sessionRef = (psuHeaders: readonly string[] = []): string =>
  JSON.stringify({ sessionId: 's-1', psuHeaders })

/** An account as a session tells it; from nocfo/enablebanking-python-sdk at 327bf1b8, its test data, taken over in November 2026 with another account number. */
export const account = {
  account_id: { iban: 'FI2112345600000785', other: null },
  all_account_ids: [{ identification: 'FI2112345600000785', scheme_name: 'IBAN', issuer: null }],
  account_servicer: null,
  name: 'MAKKONEN MARJA-LIISA',
  details: null,
  usage: 'PRIV',
  cash_account_type: 'CACC',
  product: 'TESTITILI',
  currency: 'EUR',
  psu_status: null,
  credit_limit: null,
  uid: '9fd5eab6-750e-4ec1-9d28-ef8456d15023',
  identification_hash: 'WwpbCiJhY2NvdW50IiwKImFjY291bnRfaWQiXQpd.FPgR1ZhFiDseBx1pF2nWUGLaN+mvrxcFxzcChS3GZMY=',
  identification_hashes: ['WwpbCiJhY2NvdW50IiwKImFjY291bnRfaWQiXQpd.FPgR1ZhFiDseBx1pF2nWUGLaN+mvrxcFxzcChS3GZMY='],
}

/** A session as the exchange of its code tells it. */
export const session = {
  session_id: 's-1',
  accounts: [account],
  aspsp: { name: 'S-Pankki', country: 'FI' },
  psu_type: 'business',
  access: { accounts: null, balances: true, transactions: true, valid_until: '2027-02-19T05:16:41.977681Z' },
}

/** Banks as they are listed; the same source. */
const aspsp = {
  name: 'S-Pankki',
  country: 'FI',
  logo: 'https://enablebanking.com/brands/FI/S-Pankki/',
  psu_types: ['personal', 'business'],
  auth_methods: [{ psu_type: 'business', approach: 'REDIRECT', hidden_method: false }],
  maximum_consent_validity: 7_776_000,
  beta: false,
  bic: 'SBANFIHH',
}
export const aspsps = [
  aspsp,
  { ...aspsp, name: 'DNB', maximum_consent_validity: 15_552_000, required_psu_headers: ['Psu-Ip-Address'] },
  { ...aspsp, name: 'Säästöpankki', psu_types: ['personal'], bic: null, logo: 'javascript:alert(1)' },
  { ...aspsp, name: 'Aktia', maximum_consent_validity: 3_600, bic: 'HELSFIHHXXX', required_psu_headers: null },
  { ...aspsp, name: 'Closed Bank', psu_types: [] },
]
export const listLine = 'GET /aspsps?service=AIS'
