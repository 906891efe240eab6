import type { Clock } from '../shared/clock.ts'
import type { UnitFor } from '../shared/unit.ts'
import type { MatchId, TenantId } from '../values/ids.ts'
import {
  followConfirmation,
  holdMatch,
  matchAgain,
  materialOf,
  refusedBy,
  type DecisionStores,
} from './commit-decision.ts'
import { drawLinks } from './draw-links.ts'
import type { MatchStore } from './index.ts'
import { moveOf, obstacleTo, type Refusal } from './model/decision.ts'
import type { LinksInput } from './model/links.ts'
import { combinationOf, type Match } from './model/match.ts'
import { teach } from './teach.ts'

export type ConfirmStores = DecisionStores & { matches: Pick<MatchStore, 'find' | 'replaceLinks'> }

/**
 * Confirms a suggestion, with other links where they correct it: then it is the person's. Repeating it without links is harmless.
 * @throws {AppError} match_not_found, match_not_decidable, match_overspends; with links also transaction_not_found, entry_not_found, invalid_request,
 *   match_does_not_add_up
 */
export function confirmMatch(
  deps: { readonly unit: UnitFor<ConfirmStores, Match>; readonly clock: Clock },
  { tenant, id, by, correction }: { tenant: TenantId; id: MatchId; by: string; correction: LinksInput | null },
): Promise<Match> {
  return deps.unit(tenant, async (stores) => {
    const match = await holdMatch(stores, id)
    const corrected = correction === null ? match : await correct(stores, match, correction)
    const outcome = await confirm(stores, corrected, { by, now: deps.clock.now() })
    if (outcome.kind === 'refused') throw refusedBy(outcome)
    return outcome.match
  })
}

/** Its reasons spoke for other links. */
async function correct(stores: ConfirmStores, match: Match, correction: LinksInput): Promise<Match> {
  if (match.status !== 'suggested')
    throw refusedBy({
      code: 'match_not_decidable',
      text: `Only a match that is suggested can be corrected; this one is ${match.status}.`,
    })
  const corrected: Match = {
    ...match,
    ...(await drawLinks(stores, match.companyId, correction)),
    origin: 'manual',
    rank: 1,
    confidence: 1,
    reasons: [],
    runnerUp: null,
  }
  await stores.matches.replaceLinks(corrected)
  return corrected
}

export type Outcome = { readonly kind: 'confirmed'; readonly match: Match } | ({ readonly kind: 'refused' } & Refusal)

/** Confirms a match whose company is held. */
export async function confirm(
  stores: DecisionStores,
  match: Match,
  { by, now }: { by: string; now: Date },
): Promise<Outcome> {
  const move = moveOf(match, 'confirm')
  if (move.kind === 'refused') return move
  if (move.kind === 'already') return { kind: 'confirmed', match: await approve(stores, match, { by, now }) }
  const material = await materialOf(stores, match.companyId, combinationOf([match]))
  const obstacle = obstacleTo(match, material)
  if (obstacle !== undefined) return { kind: 'refused', ...obstacle }
  const confirmed: Match = { ...match, status: move.status, decidedBy: by, decidedAt: now }
  await stores.matches.save([confirmed])
  await followConfirmation(stores, confirmed, material, now)
  return { kind: 'confirmed', match: confirmed }
}

/** An automatic match that a person confirms is theirs from then on, and teaches what theirs teach. Nothing else changes. */
async function approve(stores: DecisionStores, match: Match, { by, now }: { by: string; now: Date }): Promise<Match> {
  if (match.decidedBy !== null) return match
  const approved: Match = { ...match, decidedBy: by, decidedAt: now }
  await stores.matches.save([approved])
  const material = await materialOf(stores, match.companyId, combinationOf([match]))
  await teach(stores, approved, material, { isNot: false, at: now })
  await matchAgain(stores, [approved], now)
  return approved
}
