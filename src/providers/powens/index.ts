// Powens (formerly Budget Insight): banks behind one API and its webview, where the person logs in and chooses accounts. Powens reads the banks by itself, some
// times a day, and keeps what it read: we read from there.

import type { Clock } from '../../shared/clock.ts'
import type { Outbound } from '../../shared/outbound.ts'
import { createHttp } from '../http.ts'
import { readWebhook } from './webhooks.ts'
import { defaultProfile, type Called, type Provider } from '../provider.ts'
import { fetchBalances, fetchPage, firstChange, readPage } from './accounts.ts'
import { createClient, type PowensConfig } from './client.ts'
import { completeConsent, consentState, revokeConsent, startConsent } from './consents.ts'
import { listInstitutions } from './institutions.ts'

export type { PowensConfig } from './client.ts'

type PowensOptions = {
  readonly config: PowensConfig
  readonly outbound: Pick<Outbound, 'request'>
  readonly clock: Clock
  /** In [0, 1): spreads retries. */
  readonly random: () => number
}

export function powens({ config, outbound, clock, random }: PowensOptions): Provider {
  const client = createClient({ http: createHttp({ outbound, random }), clock }, config)
  const deps = { client, clock, domain: config.domain }
  return {
    id: 'powens',
    capabilities: { revoke: 'provider', balances: true },
    listInstitutions: async () => listInstitutions(client),
    stateIn: ({ state }) => state,
    startConsent: async (ask) => startConsent(deps, ask),
    completeConsent: async (ask) => completeConsent(deps, ask),
    consentState: async ({ ref }) => consentState(deps, ref),
    revokeConsent: async ({ ref }) => revokeConsent(deps, ref),
    firstChange: async (ask) => firstChange(deps, ask),
    // Without the secret nobody could be told from Powens.
    ...(config.webhookSecret !== undefined && { readHint: hintReader(config.webhookSecret) }),
    fetchBalances: async (ask) => fetchBalances(deps, ask),
    fetchPage: async (ask) => fetchPage(deps, ask),
    readPage,
    // Powens gives every row an id of its own and keeps it, across renewals in place too.
    profileOf: () => ({ ...defaultProfile, stableId: 'transactionId' }),
  }
}

/** Each consent has a user of its own: the user is all that there is to know. */
const hintReader = (secret: string) => (called: Called) => {
  const notice = readWebhook(called, secret)
  return notice && { about: notice.userId ?? null }
}
