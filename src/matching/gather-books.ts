import type { CompanyStore } from '../companies/index.ts'
import type { DueStore, Lease } from '../due/index.ts'
import type { EntryStore } from '../entries/index.ts'
import type { ExchangeRateStore } from '../exchange-rates/index.ts'
import type { Clock } from '../shared/clock.ts'
import type { Ids } from '../shared/ids.ts'
import type { TransactionStore } from '../transactions/index.ts'
import type { CompanyId, MatchId, TransactionId } from '../values/ids.ts'
import { bookEntriesOf } from './book-entries.ts'
import { circumstancesOf, type Circumstances, type CircumstanceStores } from './circumstances.ts'
import { gatherTouched, type TouchedStores } from './gather-touched.ts'
import type { KeyStore, MatchStore } from './index.ts'
import { lineOf } from './model/input.ts'
import type { HeldBooks } from './model/held-books.ts'
import { noCounts, type MatchingRun } from './model/run.ts'
import { ratesFor, repricedLines, type RateStores } from './read-rates.ts'
import { changedMax, changesOf, isWholeNeeded, type Changes, type MatchingState } from './model/touched.ts'

type WholeStores = {
  transactions: Pick<TransactionStore, 'unmatched'>
  entries: Pick<EntryStore, 'forMatching'>
  matches: Pick<MatchStore, 'refused' | 'spendings'>
  exchangeRates: Pick<ExchangeRateStore, 'between'>
}

export type GatherStores = WholeStores &
  CircumstanceStores &
  RateStores &
  TouchedStores & {
    companies: Pick<CompanyStore, 'find' | 'hold'>
    transactions: Pick<TransactionStore, 'feedPosition' | 'changedBetween'>
    matches: Pick<MatchStore, 'unfinishedRun' | 'addRun' | 'saveRun'>
    keys: Pick<KeyStore, 'state' | 'marks'>
    due: Pick<DueStore, 'hold' | 'finish'>
  }

/** A run that has begun, and all that it decides upon. */
export type Gathered = {
  readonly run: MatchingRun
  readonly books: HeldBooks
  /** The lines that it decides about; null: all. */
  readonly judged: ReadonlySet<TransactionId> | null
  /** The matches that make the books' `decided.rejected`. */
  readonly refusedIds: ReadonlySet<MatchId>
  /** What is known when it is done. */
  readonly state: MatchingState
  readonly seen: Changes['seen']
  readonly circumstances: Circumstances
}

/** Longer than a year: what was paid a year ago carries a number that people copy. */
const settledDays = 400

export function settledSince(now: Date): Date {
  return new Date(now.getTime() - settledDays * 24 * 3_600_000)
}

/**
 * Begins a run and reads what it decides upon: what has changed since the last one with all that it can touch, or everything. Null where the
 * company is gone, and the lease with it.
 */
export async function gatherBooks(
  deps: { readonly clock: Clock; readonly ids: Ids },
  stores: GatherStores,
  lease: Lease,
): Promise<Gathered | null> {
  const companyId = lease.subject
  const company = await stores.companies.find(companyId)
  if (company === undefined) {
    await stores.due.finish(lease, { next: null, failed: false })
    return null
  }
  const now = deps.clock.now()
  const circumstances = await circumstancesOf(stores, company)
  const before = await stores.keys.state(companyId)
  const changes = await changesSince(stores, companyId, { state: before, circumstances })
  const touched =
    before === undefined || isWholeNeeded(before, changes, circumstances.digest)
      ? null
      : await gatherTouched(stores, companyId, { state: before, changes, circumstances })
  const gathered = touched ?? (await gatherWhole(stores, companyId, { circumstances, before, now }))
  // Last, as whoever asks for a run or decides waits for it.
  await stores.companies.hold(companyId)
  await stores.due.hold(lease)
  return {
    run: await begin(deps, stores.matches, companyId, now),
    books: gathered.books,
    judged: gathered.judged,
    refusedIds: new Set(gathered.refused.map(({ matchId }) => matchId)),
    state: { ...gathered.state, feedPosition: changes.seen.feedPosition, circumstances: circumstances.digest },
    seen: changes.seen,
    circumstances,
  }
}

async function changesSince(
  stores: GatherStores,
  companyId: CompanyId,
  { state, circumstances }: { state: MatchingState | undefined; circumstances: Circumstances },
): Promise<Changes> {
  const { keys, transactions } = stores
  // First the marks and the feed's end, then what they speak of: what comes in between is looked at twice, and not never.
  const marks = await keys.marks(companyId)
  const feedPosition = await transactions.feedPosition()
  const fed =
    state === undefined
      ? null
      : await transactions.changedBetween(companyId, { after: state.feedPosition, upTo: feedPosition, max: changedMax })
  const repriced = state === undefined ? [] : await repricedLines(stores, companyId, circumstances)
  return changesOf(marks, fed && [...fed, ...repriced], feedPosition)
}

/** Only delivered transactions, and none of closed books: those are in the open amounts already. */
export async function gatherWhole(
  stores: WholeStores,
  companyId: CompanyId,
  { circumstances, before, now }: { circumstances: Circumstances; before: MatchingState | undefined; now: Date },
): Promise<
  Pick<Gathered, 'books' | 'judged' | 'state'> & { readonly refused: Awaited<ReturnType<MatchStore['refused']>> }
> {
  const { delivered, ownAccounts, lessons, rules } = circumstances
  const transactions = await stores.transactions.unmatched(delivered)
  const lines = transactions.filter(({ alreadyBooked }) => !alreadyBooked).map(lineOf)
  const held = await stores.entries.forMatching(companyId, settledSince(now))
  const entries = await bookEntriesOf(stores.matches, companyId, held)
  const refused = await stores.matches.refused(companyId)
  return {
    books: {
      lines,
      entries,
      ownAccounts,
      decided: { confirmed: [], rejected: refused },
      lessons,
      rules,
      rates: await ratesFor(stores, lines, entries),
    },
    judged: null,
    state: { ...(before ?? noState), keysVersion: null, entryCount: entries.length, wholeEntryCount: entries.length },
    refused,
  }
}

const noState: MatchingState = {
  feedPosition: 0n,
  circumstances: 0n,
  keysVersion: null,
  entryCount: 0,
  wholeEntryCount: 0,
  common: new Map(),
}

async function begin(
  deps: { readonly ids: Ids },
  matches: GatherStores['matches'],
  companyId: CompanyId,
  now: Date,
): Promise<MatchingRun> {
  const begun = await matches.unfinishedRun(companyId)
  const run: MatchingRun = {
    id: begun?.id ?? deps.ids.uuid(),
    companyId,
    status: 'running',
    counts: noCounts,
    error: null,
    queuedAt: begun?.queuedAt ?? now,
    startedAt: now,
    finishedAt: null,
  }
  if (begun === undefined) await matches.addRun(run)
  else await matches.saveRun(run)
  return run
}
