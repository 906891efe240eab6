// Every provider, one line each. A provider is on when its configuration is there.

import type { Clock } from '../shared/clock.ts'
import type { Outbound } from '../shared/outbound.ts'
import { berlinGroup, type BankConfig } from './berlin-group/index.ts'
import { goCardless, type GoCardlessConfig } from './gocardless/index.ts'
import { enableBanking, type EnableBankingConfig } from './enable-banking/index.ts'
import { powens, type PowensConfig } from './powens/index.ts'
import type { Provider } from './provider.ts'

export type ProviderConfig = {
  /** Banks that are spoken to directly. */
  readonly berlinGroup?: readonly BankConfig[]
  readonly gocardless?: GoCardlessConfig
  readonly enableBanking?: EnableBankingConfig
  readonly powens?: PowensConfig
}

export type ProviderDeps = {
  readonly outbound: Outbound
  readonly clock: Clock
  readonly random: () => number
  readonly newId: () => string
}

const makers: readonly ((config: ProviderConfig, deps: ProviderDeps) => Provider | null)[] = [
  ({ berlinGroup: banks }, deps) =>
    banks === undefined ? null : berlinGroup({ ...deps, banks, newRequestId: deps.newId }),
  ({ gocardless: config }, deps) => (config === undefined ? null : goCardless({ ...deps, config })),
  ({ enableBanking: config }, deps) => (config === undefined ? null : enableBanking({ ...deps, config })),
  ({ powens: config }, deps) => (config === undefined ? null : powens({ ...deps, config })),
]

export function createProviders(config: ProviderConfig, deps: ProviderDeps): ReadonlyMap<string, Provider> {
  const on = makers.map((make) => make(config, deps)).filter((provider) => provider !== null)
  return new Map(on.map((provider) => [provider.id, provider]))
}
