// Every provider, one line each: how its part of the environment is read, and what is made of that. One is on when its configuration is there.

import type { Clock } from '../shared/clock.ts'
import type { Outbound } from '../shared/outbound.ts'
import { berlinGroup } from './berlin-group/index.ts'
import { berlinGroupSettings } from './berlin-group/settings.ts'
import { enableBanking } from './enable-banking/index.ts'
import { enableBankingSettings } from './enable-banking/settings.ts'
import { goCardless } from './gocardless/index.ts'
import { goCardlessSettings } from './gocardless/settings.ts'
import { powens } from './powens/index.ts'
import { powensSettings } from './powens/settings.ts'
import type { Provider } from './provider.ts'
import type { Settings } from './settings.ts'

const lines = {
  berlinGroup: line(berlinGroupSettings, (banks, deps) => berlinGroup({ ...deps, banks, newRequestId: deps.newId })),
  gocardless: line(goCardlessSettings, (config, deps) => goCardless({ ...deps, config })),
  enableBanking: line(enableBankingSettings, (config, deps) => enableBanking({ ...deps, config })),
  powens: line(powensSettings, (config, deps) => powens({ ...deps, config })),
}

type Line<Config> = {
  readonly read: (settings: Settings) => Config | null
  readonly make: (config: Config, deps: ProviderDeps) => Provider
}

function line<Config>(read: Line<Config>['read'], make: Line<Config>['make']): Line<Config> {
  return { read, make }
}

type Name = keyof typeof lines
type Configs = { readonly [Each in Name]: (typeof lines)[Each] extends Line<infer Config> ? Config : never }

/** What each provider that is on is reached with. */
export type ProviderConfig = Partial<Configs>

export type ProviderDeps = {
  readonly outbound: Pick<Outbound, 'request'>
  readonly clock: Clock
  readonly random: () => number
  readonly newId: () => string
}

/** What is wrong is told to the settings, all of it. */
export const readProviders = (settings: Settings): ProviderConfig =>
  names.reduce((config, name) => ({ ...config, ...readOne(name, settings) }), {})

export function createProviders(config: ProviderConfig, deps: ProviderDeps): ReadonlyMap<string, Provider> {
  return new Map(names.flatMap((name) => makeOne(name, config, deps)).map((provider) => [provider.id, provider]))
}

const all: { readonly [Each in Name]: Line<Configs[Each]> } = lines
const names = Object.keys(lines).filter((name): name is Name => name in lines)

function readOne(name: Name, settings: Settings): ProviderConfig {
  const config = all[name].read(settings)
  return config === null ? {} : { [name]: config }
}

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- it ties a provider's line to that provider's own configuration
function makeOne<Each extends Name>(name: Each, config: ProviderConfig, deps: ProviderDeps): readonly Provider[] {
  const own = config[name]
  return own === undefined ? [] : [all[name].make(own, deps)]
}
