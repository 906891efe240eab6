// GoCardless Bank Account Data (formerly Nordigen), API v2: some thousands of banks in Europe behind one interface. A consent is an agreement and a requisition,
// with the person's approval by redirect; accounts, balances and booked transactions are in NextGenPSD2's words.

import type { Clock } from '../../shared/clock.ts'
import type { Outbound } from '../../shared/outbound.ts'
import { createHttp } from '../http.ts'
import { defaultProfile, type BankProfile, type Provider } from '../provider.ts'
import { fetchBalances, fetchPage, readPage } from './accounts.ts'
import { createClient, type Address } from './client.ts'
import { completeConsent, consentState, revokeConsent, startConsent, startReconfirmation } from './consents.ts'
import { listInstitutions } from './institutions.ts'
import { profiles } from './profiles/index.ts'

/** The secrets are made in the GoCardless portal; `baseUrl` is `https://bankaccountdata.gocardless.com/api/v2`. */
export type GoCardlessConfig = Address & {
  /** Lists GoCardless's sandbox bank with the others: for trying things out, not for customers. */
  readonly withSandbox?: boolean
}

type GoCardlessOptions = {
  readonly config: GoCardlessConfig
  readonly outbound: Pick<Outbound, 'request'>
  readonly clock: Clock
  /** In [0, 1): spreads retries. */
  readonly random: () => number
}

/**
 * The API takes nothing of the person who is there (`psu`): what they ask for is counted as any other call. An institution's id is GoCardless's own.
 */
export function goCardless({ config, outbound, clock, random }: GoCardlessOptions): Provider {
  const client = createClient({ http: createHttp({ outbound, random }), clock }, config)
  return {
    id: 'gocardless',
    capabilities: { revoke: 'provider', balances: true },
    listInstitutions: () => listInstitutions(client, { withSandbox: config.withSandbox === true, known: profileOf }),
    stateIn: ({ ref }) => ref,
    startConsent: (ask) => startConsent(client, ask, profileOf(ask.nativeId)),
    completeConsent: (ask) => completeConsent(client, ask),
    consentState: (ask) => consentState({ client, clock }, ask.ref),
    revokeConsent: (ask) => revokeConsent(client, ask.ref),
    startReconfirmation: (ask) => startReconfirmation(client, ask),
    fetchBalances: (ask) => fetchBalances(client, ask),
    fetchPage: (ask) => fetchPage(client, ask),
    readPage: (page, account) => readPage(page, account, profileOf(account.nativeId)),
    profileOf,
  }
}

function profileOf(nativeId: string): BankProfile {
  return { ...defaultProfile, ...profiles[nativeId] }
}
