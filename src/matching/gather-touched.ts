import type { CompanyId, TransactionId } from '../values/ids.ts'
import type { Circumstances } from './circumstances.ts'
import { keepKeys, keepLines, type KeepStores } from './keep-keys.ts'
import { lineFeatures, ownAccountsOf } from './model/features.ts'
import { combinationOf } from './model/match.ts'
import type { Changes, MatchingState } from './model/touched.ts'
import { touchedField, type FieldStores, type Touched } from './touched-field.ts'
import type { MatchStore } from './index.ts'

export type TouchedStores = KeepStores & FieldStores

export type GatheredTouched = Touched & {
  readonly state: MatchingState
  readonly refused: Awaited<ReturnType<MatchStore['refused']>>
}

/**
 * Reads what the changes can touch, and renews the keys of what has changed: the changed lines, as they are and as they were; those that met a changed entry as it was or
 * is, or were proposed with it; and all that is tied to these. Null where a payout is among them: what its processor keeps is found from all payouts together.
 */
export async function gatherTouched(
  stores: TouchedStores,
  companyId: CompanyId,
  given: { state: MatchingState; changes: Changes; circumstances: Circumstances },
): Promise<GatheredTouched | null> {
  const { changes, circumstances } = given
  const { before, formerly, state } = await keepKeys(stores, companyId, given)
  const field = touchedField(stores, companyId, { circumstances, state })
  const changed = await field.readLines(changes.transactionIds, true)
  const wanted = new Set(changes.entryIds)
  const now = await stores.keys.keyed(companyId, changes.entryIds)
  const stood = await stores.matches.suggestedFor(companyId, {
    transactionIds: changes.transactionIds,
    entryIds: changes.entryIds,
  })
  const alike = await field.like(changes.decidedIds)
  await keepLines(stores, companyId, alike, circumstances)
  const others: readonly TransactionId[] = [
    ...(await field.linesAbout([...before.filter(({ entryId }) => wanted.has(entryId)), ...now])),
    ...combinationOf(stood).transactionIds,
    ...alike,
  ]
  const seeds = new Set([...changed, ...(await field.readFormer(formerly)), ...(await field.readLines(others))])
  await field.spread([...seeds], changes.entryIds)
  const touched = await field.touched()
  const own = ownAccountsOf(circumstances.ownAccounts)
  const isPayout = touched.books.lines.some(
    (line) => touched.judged.has(line.id) && lineFeatures(line, own).payoutOf !== undefined,
  )
  return isPayout ? null : { ...touched, state }
}
