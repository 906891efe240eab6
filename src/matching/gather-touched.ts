import type { CompanyId, TransactionId } from '../values/ids.ts'
import type { Circumstances } from './circumstances.ts'
import { keepKeys, keepLines, type KeepStores } from './keep-keys.ts'
import { lineFeatures, ownAccountsOf } from './model/features.ts'
import type { KeyedEntry } from './model/kept-keys.ts'
import { combinationOf } from './model/match.ts'
import type { Changes, MatchingState } from './model/touched.ts'
import { mayBeTransfer } from './model/transfers.ts'
import type { NearDay } from './store/keys.ts'
import { touchedField, type FieldStores, type Touched } from './touched-field.ts'
import type { MatchStore } from './index.ts'

/** Entries of the same party that are looked at, and lines that may be about one of them. */
const matesMax = 20
const watchedMax = 200

export type TouchedStores = KeepStores & FieldStores

export type GatheredTouched = Touched & {
  readonly state: MatchingState
  readonly refused: Awaited<ReturnType<MatchStore['refused']>>
}

/**
 * Reads what the changes can touch, and renews the keys of what has changed: the changed lines, as they are and as they were; those that met a changed entry as it was or
 * is, or were proposed with it, or may be a sum of which it is a part; and all that these can move. Null where that is much, or a payout is among them: what its processor
 * keeps is found from all payouts together. Nor is the other half of a transfer between currencies found by any key.
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
  const keyed = [
    ...before.filter(({ entryId }) => wanted.has(entryId)),
    ...(await stores.keys.keyed(companyId, changes.entryIds)),
  ]
  const stood = await stores.matches.suggestedFor(companyId, {
    transactionIds: changes.transactionIds,
    entryIds: changes.entryIds,
  })
  const alike = await field.like(changes.decidedIds)
  await keepLines(stores, companyId, alike, circumstances)
  const others: readonly TransactionId[] = [
    ...(await field.linesAbout(before.filter(({ entryId }) => wanted.has(entryId)))),
    ...combinationOf(stood).transactionIds,
    ...alike,
  ]
  const seeds = [...changed, ...(await field.readFormer(formerly)), ...(await field.readLines(others))]
  const kin = await field.readLines(await field.linesAbout(keyed))
  const matesIds = await stores.keys.entriesOn(companyId, partiesOf(keyed))
  const aboutMates = await field.linesAbout(await stores.keys.keyed(companyId, matesIds))
  await field.readLines(aboutMates.toSorted().slice(-watchedMax))
  const touched = await field.touched({ seeds, kin, entryIds: changes.entryIds, keyed, matesIds })
  if (touched === null) return null
  const own = ownAccountsOf(circumstances.ownAccounts)
  const judged = touched.books.lines.filter(({ id }) => touched.judged.has(id)).map((line) => lineFeatures(line, own))
  if (judged.some(({ payoutOf }) => payoutOf !== undefined)) return null
  const areExchanged = new Set(circumstances.ownAccounts.map(({ currency }) => currency)).size > 1
  if (areExchanged && (judged.some(mayBeTransfer) || (await areTransfers(stores, companyId, changes)))) return null
  return { ...touched, state }
}

async function areTransfers({ entries }: TouchedStores, companyId: CompanyId, { entryIds }: Changes): Promise<boolean> {
  const changed = await entries.some(companyId, entryIds)
  return changed.some(({ kind }) => kind === 'transfer')
}

/** Where entries stand that may be paid together with these. */
const partiesOf = (keyed: readonly KeyedEntry[]): readonly NearDay[] =>
  keyed.flatMap(({ party, day }) => (party === null ? [] : [{ key: party, day, max: matesMax }]))
