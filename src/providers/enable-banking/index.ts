// Banks reached through Enable Banking: one API and one contract with them, and the person approves at the bank. They tell banks by name and country, consents as
// sessions, and accounts by ids that are another each time.

import type { Clock } from '../../shared/clock.ts'
import type { Outbound } from '../../shared/outbound.ts'
import { createHttp } from '../http.ts'
import type { BankProfile, Provider } from '../provider.ts'
import { fetchBalances, fetchPage, readPage } from './accounts.ts'
import { createClient } from './client.ts'
import { completeConsent, consentState, revokeConsent, startConsent } from './consents.ts'
import { createExchanges } from './exchanges.ts'
import { createCatalogue } from './institutions.ts'
import { enableBankingProfile, profiles } from './profiles/index.ts'
import { createTokens, type Application } from './token.ts'

export type EnableBankingConfig = Application & {
  /** `https://api.enablebanking.com` */
  readonly baseUrl: string
}

type EnableBankingOptions = {
  readonly config: EnableBankingConfig
  readonly outbound: Pick<Outbound, 'request'>
  readonly clock: Clock
  /** In [0, 1): spreads retries. */
  readonly random: () => number
  readonly patienceMs?: number
}

/** @throws {Error} for a private key that is none. */
export function enableBanking({ config, outbound, clock, random, patienceMs = 5_000 }: EnableBankingOptions): Provider {
  const http = createHttp({ outbound, random })
  const client = createClient({ http, clock, token: createTokens({ clock }, config), baseUrl: config.baseUrl })
  const catalogue = createCatalogue({ client, clock, profileOf })
  const consents = { client, catalogue, exchanges: createExchanges({ clock }), patienceMs }
  return {
    id: 'enable-banking',
    capabilities: { revoke: 'provider', balances: true },
    listInstitutions: catalogue.list,
    stateIn: ({ state }) => state,
    startConsent: async (ask) => startConsent(consents, ask),
    completeConsent: async (ask) => completeConsent(consents, ask),
    consentState: async ({ ref }) => consentState(consents, ref),
    revokeConsent: async ({ ref }) => revokeConsent(consents, ref),
    fetchBalances: async (ask) => fetchBalances(client, ask),
    fetchPage: async (ask) => fetchPage(client, ask),
    readPage: (page, account) => readPage(page, account, profileOf(account.nativeId)),
    profileOf,
  }
}

const profileOf = (nativeId: string): BankProfile => ({ ...enableBankingProfile, ...profiles[nativeId] })
