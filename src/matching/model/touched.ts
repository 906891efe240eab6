// What a run has to look at: all of a company, or only what has changed since the last run and what that can touch.

import type { EntryId, TransactionId } from '../../values/ids.ts'
import { keysVersion } from './kept-keys.ts'

/** What the last run saw, and what is kept since. */
export type MatchingState = {
  /** The place in the tenant's feed up to which it saw the transactions. */
  readonly feedPosition: bigint
  /** A digest of what all evidence stands on: own accounts, and which connections are delivered. */
  readonly circumstances: bigint
  /** null: no keys are kept. */
  readonly keysVersion: number | null
  /** How many entries have keys, and how many there were when all was matched. */
  readonly entryCount: number
  readonly wholeEntryCount: number
  /** The keys that very many entries have, with their number: it takes long to count them. */
  readonly common: ReadonlyMap<bigint, number>
}

/** A note that something has changed. */
export type Mark = {
  readonly number: bigint
  readonly entryIds: readonly EntryId[]
  readonly transactionIds: readonly TransactionId[]
  /** A run has matched what this changes: only keys are to be renewed. */
  readonly isJudged: boolean
  /** Everything is to be matched again. */
  readonly isWhole: boolean
}

/** What has changed since the last run, and how far this one sees. */
export type Changes = {
  readonly entryIds: readonly EntryId[]
  readonly transactionIds: readonly TransactionId[]
  /** Of the transactions, those that somebody decided about, or of which a suggestion was released: others like them may be seen otherwise now. */
  readonly decidedIds: readonly TransactionId[]
  /** What a run changed itself. */
  readonly judged: { readonly entryIds: readonly EntryId[]; readonly transactionIds: readonly TransactionId[] }
  readonly isWhole: boolean
  readonly seen: { readonly feedPosition: bigint; readonly marks: readonly bigint[] }
}

/** `fed`: the transactions that the feed tells of; null where they are too many to name. */
export function changesOf(marks: readonly Mark[], fed: readonly TransactionId[] | null, feedPosition: bigint): Changes {
  const fresh = marks.filter(({ isJudged }) => !isJudged)
  const judged = marks.filter(({ isJudged }) => isJudged)
  const decidedIds = unique(fresh.flatMap(({ transactionIds }) => transactionIds))
  return {
    entryIds: unique(fresh.flatMap(({ entryIds }) => entryIds)),
    transactionIds: unique([...(fed ?? []), ...decidedIds]),
    decidedIds,
    judged: {
      entryIds: unique(judged.flatMap(({ entryIds }) => entryIds)),
      transactionIds: unique(judged.flatMap(({ transactionIds }) => transactionIds)),
    },
    isWhole: fed === null || marks.some(({ isWhole }) => isWhole),
    seen: { feedPosition, marks: marks.map(({ number }) => number) },
  }
}

const unique = <Id>(ids: readonly Id[]): readonly Id[] => [...new Set(ids)]

/** So many changes take no longer to match with everything else than one by one. */
export const changedMax = 1_000
/** When so large a share of the entries has come or gone, what is rare or common has changed for all. */
const growthShareMax = 1 / 8
const growthMin = 10

/** Whether all of the company is to be matched. */
export function isWholeNeeded(state: MatchingState | undefined, changes: Changes, circumstances: bigint): boolean {
  if (state === undefined || state.keysVersion !== keysVersion || state.circumstances !== circumstances) return true
  if (changes.isWhole || changes.entryIds.length + changes.transactionIds.length > changedMax) return true
  const growth = Math.abs(state.entryCount - state.wholeEntryCount)
  return growth > Math.max(growthMin, state.wholeEntryCount * growthShareMax)
}

/** Above these, keeping keys costs more than it saves, and every run matches everything. */
const keyedEntriesMax = 300_000
const keyedLinesMax = 100_000

export function areKeysWorthwhile(counts: { readonly entries: number; readonly lines: number }): boolean {
  return counts.entries <= keyedEntriesMax && counts.lines <= keyedLinesMax
}
