// Banks that speak the Berlin Group's NextGenPSD2 XS2A 1.3 themselves: consents with strong authentication by redirect, accounts
// and card accounts, balances, booked transactions. A bank is data (`BankConfig`), and what little is peculiar to one a profile.

import type { Clock } from '../../shared/clock.ts'
import type { Outbound } from '../../shared/outbound.ts'
import { timeZoneOf } from '../../values/day.ts'
import { createHttp } from '../http.ts'
import {
  defaultProfile,
  ProviderError,
  type BankProfile,
  type Provider,
  type ProviderInstitution,
} from '../provider.ts'
import { agreementsWith } from './agreements.ts'
import { fetchBalances, fetchPage, readPage } from './accounts.ts'
import { createClient, type BankAddress } from './client.ts'
import { completeConsent, consentState, revokeConsent, startConsent, type Bank } from './consents.ts'
import { profiles } from './profiles/index.ts'

/** One bank: what people are told of it (see `ProviderInstitution`), and how it is reached. */
export type BankConfig = BankAddress &
  Pick<ProviderInstitution, 'countries' | 'bankCodes' | 'maxHistoryDays' | 'maxConsentDays'> &
  Partial<Pick<ProviderInstitution, 'bic' | 'logo' | 'accountTypes' | 'psuTypes' | 'approverHint'>> & {
    /** Its native id. */
    readonly id: string
    /** The programme that it is reached through, where the company has to sign with that first, and its own interface. */
    readonly agreement?: { readonly id: string; readonly name: string; readonly baseUrl: string }
    /** What is known of it beyond its profile in `profiles/`, or against it. */
    readonly profile?: Partial<BankProfile>
  }

type BerlinGroupOptions = {
  readonly banks: readonly BankConfig[]
  readonly outbound: Pick<Outbound, 'request'>
  /** A UUID for each request, by which a bank finds it in its own logs. */
  readonly newRequestId: () => string
  readonly clock: Clock
  /** In [0, 1): spreads retries. */
  readonly random: () => number
}

export function berlinGroup(options: BerlinGroupOptions): Provider {
  const { outbound, random, clock, newRequestId } = options
  const http = createHttp({ outbound, random })
  const banks = new Map(
    options.banks.map((config) => {
      const client = createClient({ http, clock, newRequestId }, config)
      return [
        config.id,
        { config, client, timeZone: timeZoneOf(config.countries[0] ?? ''), maxConsentDays: config.maxConsentDays },
      ]
    }),
  )

  const programmes = new Map(
    options.banks.flatMap(({ agreement, tls, seal }) => {
      if (agreement === undefined) return []
      const { id, name, baseUrl } = agreement
      const address = { name, baseUrl, ...(tls !== undefined && { tls }), ...(seal !== undefined && { seal }) }
      return [[id, createClient({ http, clock, newRequestId }, address)]]
    }),
  )

  function bankOf(nativeId: string): Bank & { readonly config: BankConfig } {
    const bank = banks.get(nativeId)
    if (bank === undefined) throw new ProviderError('refused', `no bank ${nativeId} is configured`)
    return bank
  }

  function profileOf(nativeId: string): BankProfile {
    return { ...defaultProfile, ...profiles[nativeId], ...banks.get(nativeId)?.config.profile }
  }

  return {
    id: 'berlin-group',
    capabilities: { revoke: 'provider', balances: true },
    ...(programmes.size > 0 && { agreements: agreementsWith(programmes) }),
    listInstitutions: async () => options.banks.map(institutionOf),
    stateIn: ({ state }) => state,
    startConsent: async (ask) => startConsent(bankOf(ask.nativeId), ask),
    completeConsent: async (ask) => completeConsent(bankOf(ask.nativeId), ask),
    consentState: async (ask) => consentState(bankOf(ask.nativeId), ask.ref),
    revokeConsent: async (ask) => revokeConsent(bankOf(ask.nativeId), ask.ref),
    fetchBalances: async (ask) => fetchBalances(bankOf(ask.nativeId), ask),
    fetchPage: async (ask) => fetchPage(bankOf(ask.nativeId), ask),
    readPage: (page, account) => {
      const { name } = bankOf(account.nativeId).config
      return readPage({ name, profile: profileOf(account.nativeId) }, page, account)
    },
    profileOf,
  }
}

function institutionOf(bank: BankConfig): ProviderInstitution {
  const { id, name, countries, bankCodes, maxHistoryDays, maxConsentDays, bic, logo, approverHint, agreement } = bank
  return {
    nativeId: id,
    name,
    kind: 'bank',
    countries,
    bankCodes,
    accountTypes: bank.accountTypes ?? ['current', 'savings', 'card'],
    psuTypes: bank.psuTypes ?? ['business', 'private'],
    maxHistoryDays,
    maxConsentDays,
    ...(bic === undefined ? {} : { bic }),
    ...(logo === undefined ? {} : { logo }),
    ...(approverHint === undefined ? {} : { approverHint }),
    ...(agreement === undefined ? {} : { agreement: { nativeId: agreement.id, name: agreement.name } }),
  }
}
