// What every decision of a person has in common: the company is held, so that one decision is made after another; what the match speaks of is read as it is
// now; and what follows from the decision is written with it.

import type { CompanyStore } from '../companies/index.ts'
import type { DueStore } from '../due/index.ts'
import type { EntryStore } from '../entries/index.ts'
import type { EventStore } from '../events/index.ts'
import { matchConfirmed, matchUndone } from '../events/model.ts'
import { AppError } from '../shared/errors.ts'
import type { TransactionStore } from '../transactions/index.ts'
import type { CompanyId, MatchId } from '../values/ids.ts'
import type { KeyStore, LessonStore, MatchStore } from './index.ts'
import { moveOf, rivalsOf, type Material, type Refusal } from './model/decision.ts'
import { combinationOf, entryIdsOf, transactionIdsOf, type Match } from './model/match.ts'
import { reviewed, revived } from './model/review.ts'
import type { Combination } from './model/types.ts'
import { showMatches, type ShowStores } from './show-matches.ts'
import { teach } from './teach.ts'

export type DecisionStores = ShowStores & {
  companies: Pick<CompanyStore, 'hold'>
  transactions: Pick<TransactionStore, 'some'>
  entries: Pick<EntryStore, 'some'>
  matches: Pick<MatchStore, 'get' | 'save' | 'spendings' | 'suggestedFor' | 'standingFor' | 'supersededBy'>
  keys: Pick<KeyStore, 'mark'>
  lessons: Pick<LessonStore, 'add' | 'forgetMatch'>
  due: Pick<DueStore, 'setBy'>
  events: Pick<EventStore, 'append'>
}

/** People decide about many matches in a row: matching learns of them together. */
const settleMs = 10_000

/** The match as it is once nobody else can decide about it. @throws {AppError} match_not_found */
export async function holdMatch({ companies, matches }: DecisionStores, id: MatchId): Promise<Match> {
  const { companyId } = await matches.get(id)
  await companies.hold(companyId)
  return matches.get(id)
}

/** What these transactions and entries are now; those that are not there are missing. */
export async function materialOf(
  { transactions, entries, matches }: DecisionStores,
  companyId: CompanyId,
  of: Combination,
): Promise<Material> {
  const lines = await transactions.some(of.transactionIds)
  return {
    transactions: new Map(lines.filter((line) => line.companyId === companyId).map((line) => [line.id, line])),
    entries: new Map((await entries.some(companyId, of.entryIds)).map((entry) => [entry.id, entry])),
    spendings: await matches.spendings(companyId, of.entryIds),
  }
}

/** A match that a person confirmed, and that is written: it is learned from, and other suggestions that cannot hold beside it are superseded. */
export async function followConfirmation(
  stores: DecisionStores,
  match: Match,
  material: Material,
  now: Date,
): Promise<void> {
  await teach(stores, match, material, { isNot: false, at: now })
  const combination = combinationOf([match])
  const others = await stores.matches.suggestedFor(match.companyId, combination)
  const rivals = rivalsOf(match, others, await materialOf(stores, match.companyId, combinationOf([match, ...others])))
  await stores.matches.save(rivals.map((rival) => ({ ...rival, status: 'superseded', supersededBy: match.id })))
  await showMatches(stores, [match, ...rivals].flatMap(transactionIdsOf))
  stores.events.append(matchConfirmed(match, now))
  await matchAgain(stores, [match, ...rivals], now)
}

/**
 * Rejects or undoes a match: its transactions are free for what else is suggested. Repeating it is harmless.
 * @throws {AppError} match_not_found, match_not_decidable
 */
export async function decideAgainst(
  stores: DecisionStores,
  { id, decision, by, now }: { id: MatchId; decision: 'reject' | 'undo'; by: string; now: Date },
): Promise<Match> {
  const match = await holdMatch(stores, id)
  const move = moveOf(match, decision)
  if (move.kind === 'refused') throw refusedBy(move)
  if (move.kind === 'already') return match
  const decided: Match = { ...match, status: move.status, decidedBy: by, decidedAt: now, attention: null }
  await stores.matches.save([decided])
  await showMatches(stores, transactionIdsOf(decided))
  const again = decision === 'undo' ? await makeRoom(stores, decided) : []
  await learnAgainst(stores, match, now)
  if (decision === 'undo') stores.events.append(matchUndone(decided, now))
  await matchAgain(stores, [decided, ...again], now)
  return decided
}

/** What gave way to it stands again where it can, and what holds beside it may agree with the books again. */
async function makeRoom(stores: DecisionStores, undone: Match): Promise<readonly Match[]> {
  const { companyId } = undone
  const superseded = await stores.matches.supersededBy(undone.id)
  const standing = await stores.matches.suggestedFor(companyId, combinationOf(superseded))
  const again = revived(superseded, standing, await materialOf(stores, companyId, combinationOf(superseded)))
  const beside = (await stores.matches.standingFor(companyId, entryIdsOf(undone))).filter(
    ({ status }) => status === 'confirmed',
  )
  const agreeing = reviewed(beside, new Map(), await materialOf(stores, companyId, combinationOf(beside)))
  await stores.matches.save([...again, ...agreeing])
  await showMatches(stores, again.flatMap(transactionIdsOf))
  return again
}

/** What people confirmed and take back is as if they had never said it. What nobody had said and a person refuses is not so. */
async function learnAgainst(stores: DecisionStores, match: Match, now: Date): Promise<void> {
  if (match.decidedBy !== null) return stores.lessons.forgetMatch(match.id)
  const material = await materialOf(stores, match.companyId, combinationOf([match]))
  return teach(stores, match, material, { isNot: true, at: now })
}

/** What a person decides teaches the next run, which looks again at all that the decision changed. */
export async function matchAgain(
  { due, keys }: Pick<DecisionStores, 'due' | 'keys'>,
  changed: readonly [Match, ...Match[]],
  now: Date,
): Promise<void> {
  const [{ companyId }] = changed
  await keys.mark(companyId, combinationOf(changed))
  await due.setBy({ kind: 'match', subject: companyId, at: new Date(now.getTime() + settleMs) })
}

export const refusedBy = ({ code, text }: Refusal): AppError => new AppError(code, text)
