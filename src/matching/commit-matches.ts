import { isDeepStrictEqual } from 'node:util'
import type { CompanyStore } from '../companies/index.ts'
import type { DueStore, Lease } from '../due/index.ts'
import type { EntryStore } from '../entries/index.ts'
import type { EventStore } from '../events/index.ts'
import { matchConfirmed, matchSuggested } from '../events/model.ts'
import type { Clock } from '../shared/clock.ts'
import type { Ids } from '../shared/ids.ts'
import type { TransactionStore } from '../transactions/index.ts'
import type { EntryId, TransactionId } from '../values/ids.ts'
import { bookEntriesOf } from './book-entries.ts'
import type { Gathered } from './gather-books.ts'
import type { KeyStore, MatchStore } from './index.ts'
import { lineOf } from './model/input.ts'
import { combinationOf, entryIdsOf, transactionIdsOf, type Match, type MatchLink } from './model/match.ts'
import { planRun, type Draft } from './model/plan.ts'
import type { RunCounts } from './model/run.ts'
import type { BookEntry, Combination, Line, MatchProposal } from './model/types.ts'
import { showMatches, type ShowStores } from './show-matches.ts'

export type CommitStores = ShowStores & {
  companies: Pick<CompanyStore, 'hold'>
  transactions: Pick<TransactionStore, 'some' | 'unexplainedCount'>
  entries: Pick<EntryStore, 'some'>
  matches: Pick<
    MatchStore,
    'suggested' | 'suggestedFor' | 'suggestedCount' | 'refused' | 'spendings' | 'add' | 'save' | 'saveRun'
  >
  keys: Pick<KeyStore, 'saveState' | 'mark' | 'forgetMarks'>
  due: Pick<DueStore, 'hold' | 'setBy'>
  events: Pick<EventStore, 'append'>
}

/**
 * Writes what a run has decided. The company is held, so nobody decides beside it; what has changed since it was gathered is left out, and is due again at
 * once. What a person decided is not touched: it is neither among the suggestions that are replaced nor, being gathered, among the proposals. A run over a part
 * of the company replaces the suggestions of the lines that it decided about, and no others.
 * @throws {AppError} lease_lost, company_not_found
 */
export async function commitMatches(
  deps: { readonly clock: Clock; readonly ids: Ids },
  stores: CommitStores,
  { lease, gathered, proposals: all }: { lease: Lease; gathered: Gathered; proposals: readonly MatchProposal[] },
): Promise<void> {
  const { run, books, judged } = gathered
  const proposals = all.filter((proposal) => isJudged(proposal, judged))
  await stores.companies.hold(run.companyId)
  await stores.due.hold(lease)
  const now = deps.clock.now()
  const { sure, unsure } = await stillTrue(stores, gathered, proposals)
  const plan = planRun({
    companyId: run.companyId,
    drafts: draftsOf(sure, books),
    standing: await standingOf(stores, gathered),
    unsure,
    now,
    newId: deps.ids.uuid,
  })
  await stores.matches.add(plan.added)
  await stores.matches.save(plan.changed)
  await showMatches(stores, [...plan.added, ...plan.changed].flatMap(transactionIdsOf))
  for (const match of [...plan.added, ...plan.changed])
    if (match.status === 'confirmed') stores.events.append(matchConfirmed(match, now))
  for (const match of plan.added) if (match.status === 'suggested') stores.events.append(matchSuggested(match, now))
  const counts = judged === null ? countsOf([...plan.added, ...plan.changed, ...plan.kept], books.lines) : null
  const confirmed = [...plan.added, ...plan.changed].filter(({ status }) => status === 'confirmed')
  await stores.matches.saveRun({
    ...run,
    status: 'completed',
    counts: counts ?? { automatic: confirmed.length, ...(await countsAfter(stores, gathered)) },
    finishedAt: now,
  })
  const isUnfinished = await noteChanges(stores, gathered, { confirmed, unsure })
  if (isUnfinished) await stores.due.setBy({ kind: 'match', subject: run.companyId, at: now })
}

const isJudged = (match: Pick<MatchProposal, 'links'> | Match, judged: Gathered['judged']): boolean =>
  judged === null || transactionIdsOf(match).every((id) => judged.has(id))

/** The suggestions that the run replaces. */
async function standingOf({ matches }: CommitStores, { run, judged }: Gathered): Promise<readonly Match[]> {
  if (judged === null) return matches.suggested(run.companyId)
  const standing = await matches.suggestedFor(run.companyId, { transactionIds: [...judged], entryIds: [] })
  return standing.filter((match) => isJudged(match, judged))
}

async function countsAfter(
  { matches, transactions }: CommitStores,
  { run, circumstances }: Gathered,
): Promise<Omit<RunCounts, 'automatic'>> {
  return {
    suggested: await matches.suggestedCount(run.companyId),
    unmatched: await transactions.unexplainedCount(circumstances.delivered),
  }
}

/** Keeps what the run has seen, and marks what it changed itself or is not sure of; whether any of that is to be looked at by the next. */
async function noteChanges(
  { keys }: CommitStores,
  { run: { companyId }, judged, seen, state }: Gathered,
  { confirmed, unsure }: { confirmed: readonly Match[]; unsure: ReadonlySet<TransactionId> },
): Promise<boolean> {
  await keys.saveState(companyId, state)
  await keys.forgetMarks(companyId, seen.marks)
  if (unsure.size > 0) await keys.mark(companyId, { transactionIds: [...unsure] })
  // A run over everything has looked at what it left of every entry; and its keys are made after it.
  if (judged === null || confirmed.length === 0) return unsure.size > 0
  const { transactionIds, entryIds } = combinationOf(confirmed)
  await keys.mark(companyId, { transactionIds, isJudged: true })
  await keys.mark(companyId, { entryIds })
  return true
}

/** The proposals of which everything is as it was gathered, and the transactions of the others. */
async function stillTrue(
  stores: CommitStores,
  gathered: Gathered,
  proposals: readonly MatchProposal[],
): Promise<{ readonly sure: readonly MatchProposal[]; readonly unsure: ReadonlySet<TransactionId> }> {
  const changed = await changedSince(stores, gathered, combinationOf(proposals))
  const isSure = (proposal: MatchProposal): boolean =>
    !transactionIdsOf(proposal).some((id) => changed.transactionIds.has(id)) &&
    !entryIdsOf(proposal).some((id) => changed.entryIds.has(id))
  const unsure = proposals.filter((proposal) => !isSure(proposal))
  return { sure: proposals.filter(isSure), unsure: new Set(unsure.flatMap(transactionIdsOf)) }
}

/** Transactions that say something else now, are gone or taken, or of which a person has refused something since; and entries that are not what they were. */
async function changedSince(
  { transactions, entries, matches }: CommitStores,
  { run: { companyId }, books, judged, refusedIds }: Gathered,
  of: Combination,
): Promise<{ readonly transactionIds: ReadonlySet<TransactionId>; readonly entryIds: ReadonlySet<EntryId> }> {
  const free = (await transactions.some(of.transactionIds)).filter(
    ({ match, removed }) => !removed && match?.status !== 'confirmed',
  )
  const refused = (await matches.refused(companyId, judged === null ? undefined : of.transactionIds)).filter(
    ({ matchId }) => !refusedIds.has(matchId),
  )
  const held = await bookEntriesOf(matches, companyId, await entries.some(companyId, of.entryIds))
  return {
    transactionIds: new Set([
      ...changedOf(of.transactionIds, books.lines, free.map(lineOf)),
      ...refused.flatMap(({ transactionIds }) => transactionIds),
    ]),
    entryIds: new Set(changedOf(of.entryIds, books.entries, held)),
  }
}

/** Of `ids`, those that are not now what they were; what is gone counts. */
function changedOf<Thing extends { readonly id: string }>(
  ids: readonly string[],
  before: readonly Thing[],
  now: readonly Thing[],
): readonly string[] {
  const was = new Map(before.map((thing) => [thing.id, thing]))
  const is = new Map(now.map((thing) => [thing.id, thing]))
  return ids.filter((id) => !isDeepStrictEqual(was.get(id), is.get(id)))
}

function draftsOf(proposals: readonly MatchProposal[], books: Gathered['books']): readonly Draft[] {
  const lines = new Map(books.lines.map((line) => [line.id, line]))
  const entries = new Map(books.entries.map((entry) => [entry.id, entry]))
  return proposals.map(({ links, difference, rank, confidence, reasons, runnerUp, automatic }) => ({
    automatic,
    links: links.map((link) => toMatchLink(link, lines, entries)),
    difference: difference ?? null,
    rank,
    confidence,
    reasons,
    runnerUp: runnerUp ?? null,
  }))
}

function toMatchLink(
  { transactionId, entryId, amount, entryAmount }: MatchProposal['links'][number],
  lines: ReadonlyMap<TransactionId, Line>,
  entries: ReadonlyMap<EntryId, BookEntry>,
): MatchLink {
  const currency = lines.get(transactionId)?.currency
  const entryCurrency = entryId === null ? undefined : entries.get(entryId)?.currency
  if (currency === undefined) throw new Error('matching proposed a line that it was not given')
  return {
    transactionId,
    entryId,
    amount: { minor: amount, currency },
    entryAmount:
      entryAmount === undefined || entryCurrency === undefined ? null : { minor: entryAmount, currency: entryCurrency },
  }
}

function countsOf(matches: readonly Match[], lines: readonly Line[]): RunCounts {
  const live = matches.filter(({ status }) => status === 'confirmed' || status === 'suggested')
  const matched = new Set(live.flatMap(transactionIdsOf))
  return {
    automatic: live.filter(({ status }) => status === 'confirmed').length,
    suggested: live.filter(({ status }) => status === 'suggested').length,
    unmatched: lines.filter(({ id }) => !matched.has(id)).length,
  }
}
