import type { Clock } from '../shared/clock.ts'
import type { UnitFor } from '../shared/unit.ts'
import type { CompanyId, MatchId, TenantId } from '../values/ids.ts'
import { confirm, type ConfirmStores, type Outcome } from './confirm-match.ts'
import type { Refusal } from './model/decision.ts'

export type BatchOutcome = { readonly matchId: MatchId } & (
  | Exclude<Outcome, { kind: 'refused' }>
  | { readonly kind: 'refused'; readonly code: Refusal['code'] | 'match_not_found'; readonly text: string }
)

/** Confirms many, one after the other: each that can hold beside those before it, and of each other why not. @throws {AppError} company_not_found */
export function confirmMatches(
  deps: { readonly unit: UnitFor<ConfirmStores, readonly BatchOutcome[]>; readonly clock: Clock },
  { tenant, companyId, ids, by }: { tenant: TenantId; companyId: CompanyId; ids: readonly MatchId[]; by: string },
): Promise<readonly BatchOutcome[]> {
  return deps.unit(tenant, async (stores) => {
    await stores.companies.hold(companyId)
    const now = deps.clock.now()
    const outcomes: BatchOutcome[] = []
    for (const matchId of ids) {
      const match = await stores.matches.find(matchId)
      outcomes.push(
        match?.companyId === companyId
          ? { matchId, ...(await confirm(stores, match, { by, now })) }
          : { matchId, kind: 'refused', code: 'match_not_found', text: `The company has no match ${matchId}.` },
      )
    }
    return outcomes
  })
}
