import type { Clock } from '../shared/clock.ts'
import type { UnitFor } from '../shared/unit.ts'
import type { MatchId, TenantId } from '../values/ids.ts'
import { decideAgainst, type DecisionStores } from './commit-decision.ts'
import type { Match } from './model/match.ts'

/**
 * Takes a confirmed match back, whoever confirmed it. What it spent is open again by that alone, as open amounts are reckoned from what is confirmed; its
 * transactions are unmatched; its combination is not proposed again, but can be made by hand. Repeating it is harmless.
 * @throws {AppError} match_not_found, match_not_decidable
 */
export function undoMatch(
  deps: { readonly unit: UnitFor<DecisionStores, Match>; readonly clock: Clock },
  { tenant, id, by }: { tenant: TenantId; id: MatchId; by: string },
): Promise<Match> {
  return deps.unit(tenant, (stores) => decideAgainst(stores, { id, decision: 'undo', by, now: deps.clock.now() }))
}
