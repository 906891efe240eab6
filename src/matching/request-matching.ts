import type { CompanyStore } from '../companies/index.ts'
import type { DueStore } from '../due/index.ts'
import type { Clock } from '../shared/clock.ts'
import type { Ids } from '../shared/ids.ts'
import type { UnitFor } from '../shared/unit.ts'
import type { CompanyId, TenantId } from '../values/ids.ts'
import type { MatchStore } from './index.ts'
import { noCounts, type MatchingRun } from './model/run.ts'

export type RequestMatchingStores = {
  companies: Pick<CompanyStore, 'hold'>
  matches: Pick<MatchStore, 'unfinishedRun' | 'addRun'>
  due: Pick<DueStore, 'setBy'>
}

/**
 * Asks for a run now. One that is queued or running is joined; what came since a running one began is seen by the next, which is then due.
 * @throws {AppError} company_not_found
 */
export function requestMatching(
  deps: { readonly unit: UnitFor<RequestMatchingStores, MatchingRun>; readonly clock: Clock; readonly ids: Ids },
  { tenant, companyId }: { tenant: TenantId; companyId: CompanyId },
): Promise<MatchingRun> {
  return deps.unit(tenant, async ({ companies, matches, due }) => {
    await companies.hold(companyId)
    const now = deps.clock.now()
    await due.setBy({ kind: 'match', subject: companyId, at: now })
    const joined = await matches.unfinishedRun(companyId)
    if (joined !== undefined) return joined
    const run: MatchingRun = {
      id: deps.ids.uuid(),
      companyId,
      status: 'queued',
      counts: noCounts,
      error: null,
      queuedAt: now,
      startedAt: null,
      finishedAt: null,
    }
    await matches.addRun(run)
    return run
  })
}
