import type { Clock } from '../shared/clock.ts'
import type { Ids } from '../shared/ids.ts'
import type { UnitFor } from '../shared/unit.ts'
import type { CompanyId, TenantId } from '../values/ids.ts'
import { followConfirmation, materialOf, refusedBy, type DecisionStores } from './commit-decision.ts'
import { drawLinks } from './draw-links.ts'
import type { MatchStore } from './index.ts'
import { obstacleTo } from './model/decision.ts'
import type { LinksInput } from './model/links.ts'
import { combinationOf, type Match } from './model/match.ts'

export type MakeStores = DecisionStores & { matches: Pick<MatchStore, 'add'> }

/**
 * A match made by hand: it holds at once.
 * @throws {AppError} company_not_found, transaction_not_found, entry_not_found, invalid_request, match_does_not_add_up, match_overspends, match_not_decidable
 */
export function makeMatch(
  deps: { readonly unit: UnitFor<MakeStores, Match>; readonly clock: Clock; readonly ids: Ids },
  { tenant, companyId, by, input }: { tenant: TenantId; companyId: CompanyId; by: string; input: LinksInput },
): Promise<Match> {
  return deps.unit(tenant, async (stores) => {
    await stores.companies.hold(companyId)
    const now = deps.clock.now()
    const match: Match = {
      id: deps.ids.uuid(),
      companyId,
      status: 'confirmed',
      origin: 'manual',
      rank: 1,
      confidence: 1,
      ...(await drawLinks(stores, companyId, input)),
      reasons: [],
      runnerUp: null,
      decidedBy: by,
      decidedAt: now,
      attention: null,
      supersededBy: null,
      createdAt: now,
    }
    const material = await materialOf(stores, companyId, combinationOf([match]))
    const obstacle = obstacleTo(match, material)
    if (obstacle !== undefined) throw refusedBy(obstacle)
    await stores.matches.add([match])
    await followConfirmation(stores, match, material, now)
    return match
  })
}
