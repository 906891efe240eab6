// Keeps the keys of entries and unmatched lines as they are now. Only whoever holds the company's lease does so.

import type { DueStore, Lease } from '../due/index.ts'
import type { EntryStore } from '../entries/index.ts'
import type { Unit } from '../shared/unit.ts'
import type { TransactionStore } from '../transactions/index.ts'
import type { Transaction } from '../transactions/model/transaction.ts'
import type { CompanyId, ConnectionId, EntryId, TransactionId } from '../values/ids.ts'
import { bookEntriesOf } from './book-entries.ts'
import type { Circumstances } from './circumstances.ts'
import type { KeyStore, MatchStore } from './index.ts'
import { entryFeatures, lineFeatures, ownAccountsOf } from './model/features.ts'
import { lineOf } from './model/input.ts'
import { keyedEntryOf, keyedLineOf, keysVersion, type KeyedEntry, type KeyedLine } from './model/kept-keys.ts'
import type { Changes, MatchingState } from './model/touched.ts'

export type KeepStores = {
  transactions: Pick<TransactionStore, 'some' | 'formerly'>
  entries: Pick<EntryStore, 'some'>
  matches: Pick<MatchStore, 'spendings'>
  keys: Pick<KeyStore, 'keyed' | 'dropEntries' | 'addEntries' | 'addLines' | 'dropLines'>
}

/** A key that so many entries have is counted once and then kept count of. */
const commonMin = 200

/** So many times a line may be modified between two runs, and every earlier wording still be looked at. */
const versionsMax = 3

/** What the entries were found by before, and what the lines said. */
export type Kept = {
  readonly before: readonly KeyedEntry[]
  readonly formerly: readonly Transaction[]
  readonly state: MatchingState
}

/** Renews the keys of what has changed. */
export async function keepKeys(
  stores: KeepStores,
  companyId: CompanyId,
  { state, changes, circumstances }: { state: MatchingState; changes: Changes; circumstances: Circumstances },
): Promise<Kept> {
  const { judged } = changes
  const kept = await keepEntries(stores, companyId, [...new Set([...changes.entryIds, ...judged.entryIds])], state)
  const lines = await stores.transactions.some([...new Set([...changes.transactionIds, ...judged.transactionIds])])
  const keyedOf = (those: readonly Transaction[]) => those.map((line) => keyedOfLine(line, circumstances))
  const delivered = new Set(circumstances.delivered)
  const formerly = await stores.transactions.formerly(changes.transactionIds, versionsMax)
  const gone = [...formerly, ...lines.filter((line) => !isUnmatched(line, delivered))]
  await stores.keys.dropLines(companyId, keyedOf(gone))
  await stores.keys.addLines(companyId, keyedOf(lines.filter((line) => isUnmatched(line, delivered))))
  return { ...kept, formerly }
}

/** Lines of which something else is learned: they are found by that too. */
export async function keepLines(
  { transactions, keys }: KeepStores,
  companyId: CompanyId,
  ids: readonly TransactionId[],
  circumstances: Circumstances,
): Promise<void> {
  const delivered = new Set(circumstances.delivered)
  const lines = (await transactions.some(ids)).filter((line) => isUnmatched(line, delivered))
  await keys.addLines(
    companyId,
    lines.map((line) => keyedOfLine(line, circumstances)),
  )
}

/** By what is learned too: so a line is found by whom it is known to be of. What was learned otherwise leaves a row too many. */
const keyedOfLine = (line: Transaction, { ownAccounts, habits }: Circumstances): KeyedLine =>
  keyedLineOf(lineFeatures(lineOf(line), ownAccountsOf(ownAccounts), habits))

/** Whether matching may still explain the line. */
export const isUnmatched = (
  { connectionId, removed, alreadyBooked, match }: Transaction,
  delivered: ReadonlySet<ConnectionId>,
): boolean => !removed && !alreadyBooked && match?.status !== 'confirmed' && delivered.has(connectionId)

async function keepEntries(
  stores: KeepStores,
  companyId: CompanyId,
  ids: readonly EntryId[],
  state: MatchingState,
): Promise<Omit<Kept, 'formerly'>> {
  const own = ownAccountsOf([])
  const before = await stores.keys.keyed(companyId, ids)
  const was = new Map(before.map((keyed) => [keyed.entryId, keyed]))
  const entries = await bookEntriesOf(stores.matches, companyId, await stores.entries.some(companyId, ids))
  const now = new Map(entries.map((entry) => [entry.id, keyedEntryOf(entryFeatures(entry, own))]))
  const changed = ids.filter((id) => !isSame(was.get(id), now.get(id)))
  const common = new Map(state.common)
  const count = (keyed: KeyedEntry | undefined, by: number): void => {
    for (const key of keyed?.keys ?? []) if (common.has(key)) common.set(key, (common.get(key) ?? 0) + by)
  }
  for (const id of changed) {
    count(was.get(id), -1)
    count(now.get(id), 1)
  }
  await stores.keys.dropEntries(
    companyId,
    changed.filter((id) => was.has(id)),
  )
  await stores.keys.addEntries(
    companyId,
    changed.flatMap((id) => now.get(id) ?? []),
  )
  return { before, state: { ...state, common, entryCount: state.entryCount - was.size + now.size } }
}

function isSame(a: KeyedEntry | undefined, b: KeyedEntry | undefined): boolean {
  return textOf(a) === textOf(b)
}

const textOf = (keyed: KeyedEntry | undefined): string =>
  keyed === undefined ? '' : `${keyed.day} ${keyed.minors.join()} ${keyed.keys.join()} ${keyed.words.join()}`

export type MakeStores = KeepStores & {
  transactions: Pick<TransactionStore, 'unmatchedIds'>
  entries: Pick<EntryStore, 'idsForMatching'>
  due: Pick<DueStore, 'hold'>
  keys: Pick<KeyStore, 'state' | 'saveState' | 'marks' | 'forgetKeys' | 'commonKeys'>
}

/** So many entries or lines to a transaction of the database. */
const chunk = 1_000

/**
 * Makes all keys of a company, in several transactions. What changes meanwhile says so: then they are not believed, and the next run matches
 * everything and makes them again.
 * @throws {AppError} lease_lost
 */
export async function makeKeys(
  deps: { readonly unit: Unit<MakeStores> },
  lease: Lease,
  { circumstances, changedSince }: { circumstances: Circumstances; changedSince: Date },
): Promise<void> {
  const companyId = lease.subject
  const held = <Result>(work: (stores: MakeStores) => Promise<Result>): Promise<Result> =>
    deps.unit(lease.tenant, async (stores) => {
      await stores.due.hold(lease)
      return work(stores)
    })
  const ids = await held(async ({ keys, entries, transactions }) => {
    await keys.forgetKeys(companyId)
    return {
      entries: await entries.idsForMatching(companyId, changedSince),
      lines: await transactions.unmatchedIds(circumstances.delivered),
    }
  })
  let entryCount = 0
  for (const some of inChunks<EntryId>(ids.entries))
    await held(async ({ keys, entries, matches }) => {
      const those = await bookEntriesOf(matches, companyId, await entries.some(companyId, some))
      await keys.addEntries(
        companyId,
        those.map((entry) => keyedEntryOf(entryFeatures(entry, ownAccountsOf([])))),
      )
      entryCount += those.length
    })
  for (const some of inChunks<TransactionId>(ids.lines))
    await held(async ({ keys, transactions }) => {
      const those = await transactions.some(some)
      await keys.addLines(
        companyId,
        those.map((line) => keyedOfLine(line, circumstances)),
      )
    })
  await held(async ({ keys }) => {
    const state = await keys.state(companyId)
    // What an entry said before it changed was not kept, so nobody knows what its change touches.
    if (state === undefined || (await keys.marks(companyId)).length > 0) return
    const common = await keys.commonKeys(companyId, commonMin)
    await keys.saveState(companyId, { ...state, keysVersion, entryCount, wholeEntryCount: entryCount, common })
  })
}

function inChunks<Id>(ids: readonly Id[]): readonly (readonly Id[])[] {
  return Array.from({ length: Math.ceil(ids.length / chunk) }, (_, at) => ids.slice(at * chunk, (at + 1) * chunk))
}
