import type { Provider } from '../providers/provider.ts'
import type { Clock } from '../shared/clock.ts'
import type { Log } from '../shared/log.ts'
import type { InstitutionStore } from './index.ts'
import { institutionOf } from './model.ts'

type Catalogue = Pick<InstitutionStore, 'replaceAll'>

export type RefreshDeps = {
  readonly providers: ReadonlyMap<string, Provider>
  /** The catalogue is no tenant's: kept in a transaction of its own, outside of any. */
  readonly catalogue: <T>(work: (institutions: Catalogue) => Promise<T>) => Promise<T>
  readonly clock: Clock
  readonly log: Log
}

/**
 * Asks every provider at once what it reaches. One that does not answer, or that suddenly knows of no bank at all, keeps what it listed before: these
 * are answered with.
 */
export async function refreshInstitutions(deps: RefreshDeps): Promise<ReadonlyMap<string, Provider>> {
  const asked = await Promise.all(
    [...deps.providers].map(async ([id, provider]) => ({ id, provider, isKept: await refresh(deps, provider) })),
  )
  return new Map(asked.filter(({ isKept }) => !isKept).map(({ id, provider }) => [id, provider]))
}

/** Whether the catalogue has what the provider lists now. */
async function refresh({ catalogue, clock, log }: RefreshDeps, provider: Provider): Promise<boolean> {
  try {
    const listed = await provider.listInstitutions()
    const institutions = listed
      .map((institution) => institutionOf(provider.id, institution))
      .filter((institution) => institution !== undefined)
    const leftOut = listed.length - institutions.length
    if (institutions.length === 0) {
      log.warn({ provider: provider.id, leftOut }, 'a provider lists no institutions: those of before are kept')
      return false
    }
    const kept = await catalogue((store) => store.replaceAll(provider.id, institutions, clock.now()))
    log.info({ provider: provider.id, count: institutions.length, leftOut, ...kept }, 'institutions refreshed')
    return true
  } catch (error) {
    log.warn({ err: error, provider: provider.id }, 'institutions could not be refreshed')
    return false
  }
}
