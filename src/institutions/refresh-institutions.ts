import type { Provider } from '../providers/provider.ts'
import type { Clock } from '../shared/clock.ts'
import type { Log } from '../shared/log.ts'
import type { InstitutionStore } from './index.ts'
import { institutionIdOf } from './model.ts'

type Deps = {
  readonly providers: ReadonlyMap<string, Provider>
  /** The catalogue is no tenant's: kept in a transaction of its own, outside of any. */
  readonly catalogue: (work: (institutions: Pick<InstitutionStore, 'replaceAll'>) => Promise<void>) => Promise<void>
  readonly clock: Clock
  readonly log: Log
}

/** Asks every provider what it reaches. One that does not answer keeps what it listed before. */
export async function refreshInstitutions({ providers, catalogue, clock, log }: Deps): Promise<void> {
  for (const provider of providers.values()) {
    try {
      const listed = await provider.listInstitutions()
      const institutions = listed.map((institution) => ({
        ...institution,
        id: institutionIdOf(provider.id, institution.nativeId),
        providerId: provider.id,
        bic: institution.bic ?? null,
        logo: institution.logo ?? null,
        approverHint: institution.approverHint ?? null,
      }))
      await catalogue((store) => store.replaceAll(provider.id, institutions, clock.now()))
      log.info({ provider: provider.id, count: institutions.length }, 'institutions refreshed')
    } catch (error) {
      log.warn({ err: error, provider: provider.id }, 'institutions could not be refreshed')
    }
  }
}
