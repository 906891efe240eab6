// A bank over real HTTP that says what a test tells it to say, and remembers what it was asked. Anything else is a 404 with RESOURCE_UNKNOWN.

import type { Test } from 'tap'
import { berlinGroup, type BankConfig } from '../../../src/providers/berlin-group/index.ts'
import type { Provider } from '../../../src/providers/provider.ts'
import { createLog } from '../../../src/shared/log.ts'
import { createOutbound } from '../../../src/shared/outbound.ts'
import { scriptedServer, type Said, type Scripted } from '../../support/scripted.ts'

export type FakeBank = Scripted & {
  readonly baseUrl: string
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
  const bank = await scriptedServer(t, { otherwise: errorOf(404, 'RESOURCE_UNKNOWN') })
  const baseUrl = `${bank.origin}/psd2`
  const outbound = createOutbound({ log: createLog({ level: 'silent' }), ...options.outbound })
  t.teardown(() => outbound.close())
  let requests = 0
  const provider = berlinGroup({
    banks: [{ ...config, baseUrl, ...options.config }],
    outbound,
    newRequestId: () => `00000000-0000-7000-8000-${String((requests += 1)).padStart(12, '0')}`,
    clock: { now: () => now },
    random: () => 0,
  })
  return { ...bank, baseUrl, provider }
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

/** The reference of a consent as `startConsent` would have made it. */
export function refTo(
  consentId: string,
  more: { readonly validUntil?: string; readonly scaStatusUrl?: string } = {},
): string {
  return JSON.stringify({ consentId, validUntil: '2027-05-20', ...more })
}
