import type { CompanyStore, LedgerAccountStore } from '../companies/index.ts'
import type { ConnectionStore } from '../connections/index.ts'
import type { DueStore, Lease } from '../due/index.ts'
import type { EntryStore } from '../entries/index.ts'
import type { Entry } from '../entries/model.ts'
import type { Clock } from '../shared/clock.ts'
import type { Ids } from '../shared/ids.ts'
import type { TransactionStore } from '../transactions/index.ts'
import type { CompanyId, MatchId } from '../values/ids.ts'
import type { MatchStore } from './index.ts'
import { bookEntryOf, lineOf, ownAccountsOf } from './model/input.ts'
import type { HeldBooks } from './model/propose-matches.ts'
import { openAfter } from './model/open-amount.ts'
import { noCounts, type MatchingRun } from './model/run.ts'
import type { BookEntry } from './model/types.ts'

export type GatherStores = {
  companies: Pick<CompanyStore, 'find' | 'hold'>
  ledgerAccounts: Pick<LedgerAccountStore, 'ofCompany'>
  connections: Pick<ConnectionStore, 'ofCompany'>
  transactions: Pick<TransactionStore, 'unmatched'>
  entries: Pick<EntryStore, 'forMatching'>
  matches: Pick<MatchStore, 'refused' | 'spendings' | 'unfinishedRun' | 'addRun' | 'saveRun'>
  due: Pick<DueStore, 'hold' | 'finish'>
}

/** A run that has begun, and all that it decides upon. */
export type Gathered = {
  readonly run: MatchingRun
  readonly books: HeldBooks
  /** The matches that make the books' `decided.rejected`. */
  readonly refusedIds: ReadonlySet<MatchId>
}

/** Longer than a year: what was paid a year ago carries a number that people copy. */
const settledDays = 400

/**
 * Begins a run and reads what the bank shows unexplained and what the books still expect; null where the company is gone, and the lease with it.
 * Only delivered transactions, and none of closed books: those are in the open amounts already.
 */
export async function gatherBooks(
  deps: { readonly clock: Clock; readonly ids: Ids },
  stores: GatherStores,
  lease: Lease,
): Promise<Gathered | null> {
  const companyId = lease.subject
  if ((await stores.companies.find(companyId)) === undefined) {
    await stores.due.finish(lease, { next: null, failed: false })
    return null
  }
  const now = deps.clock.now()
  const connections = await stores.connections.ofCompany(companyId)
  const delivered = connections.filter(({ assignment }) => assignment !== null && assignment !== 'none')
  const transactions = await stores.transactions.unmatched(delivered.map(({ id }) => id))
  const entries = await stores.entries.forMatching(companyId, new Date(now.getTime() - settledDays * 24 * 3_600_000))
  const refused = await stores.matches.refused(companyId)
  const books: HeldBooks = {
    lines: transactions.filter(({ alreadyBooked }) => !alreadyBooked).map(lineOf),
    entries: await bookEntriesOf(stores.matches, companyId, entries),
    ownAccounts: ownAccountsOf(connections, await stores.ledgerAccounts.ofCompany(companyId)),
    decided: { confirmed: [], rejected: refused },
  }
  // Last, as whoever asks for a run or decides waits for it.
  await stores.companies.hold(companyId)
  await stores.due.hold(lease)
  return {
    run: await begin(deps, stores.matches, companyId, now),
    books,
    refusedIds: new Set(refused.map(({ matchId }) => matchId)),
  }
}

/** Entries with what confirmed matches have left of them. */
export async function bookEntriesOf(
  matches: Pick<MatchStore, 'spendings'>,
  companyId: CompanyId,
  entries: readonly Entry[],
): Promise<readonly BookEntry[]> {
  const open = entries.filter(({ openMinor }) => openMinor !== 0n).map(({ id }) => id)
  const spendings = Map.groupBy(await matches.spendings(companyId, open), ({ entryId }) => entryId)
  return entries.map((entry) => bookEntryOf(entry, openAfter(entry, spendings.get(entry.id) ?? [])))
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
