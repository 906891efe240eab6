import type { Clock } from '../shared/clock.ts'
import type { UnitFor } from '../shared/unit.ts'
import type { MatchId, TenantId } from '../values/ids.ts'
import { decideAgainst, type DecisionStores } from './commit-decision.ts'
import type { Match } from './model/match.ts'

/** Refuses a suggestion: its combination is not proposed again. Repeating it is harmless. @throws {AppError} match_not_found, match_not_decidable */
export function rejectMatch(
  deps: { readonly unit: UnitFor<DecisionStores, Match>; readonly clock: Clock },
  { tenant, id, by }: { tenant: TenantId; id: MatchId; by: string },
): Promise<Match> {
  return deps.unit(tenant, (stores) => decideAgainst(stores, { id, decision: 'reject', by, now: deps.clock.now() }))
}
