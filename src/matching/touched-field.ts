// The part of a company that a change can touch: lines, the entries that may explain them, the other lines that may claim those, and so on
// until nothing is added. Read key by key, by asking the code that matches what each line has to do with.

import type { EntryStore } from '../entries/index.ts'
import type { ExchangeRateStore } from '../exchange-rates/index.ts'
import type { TransactionStore } from '../transactions/index.ts'
import type { Transaction } from '../transactions/model/transaction.ts'
import type { CompanyId, EntryId, TransactionId } from '../values/ids.ts'
import { bookEntriesOf } from './book-entries.ts'
import type { Circumstances } from './circumstances.ts'
import type { KeyStore, MatchStore } from './index.ts'
import { isUnmatched } from './keep-keys.ts'
import { reachOf } from './model/candidates.ts'
import { entryFeatures, lineFeatures, ownAccountsOf, type LineFeatures } from './model/features.ts'
import { lineOf } from './model/input.ts'
import { hashOf } from './model/key-index.ts'
import { keyedEntryOf, keyedLineOf, type KeyedEntry } from './model/kept-keys.ts'
import { accountKey, amountKey, keysOf, stemKey, wholeNameKey, wordKey } from './model/keys.ts'
import { combinationOf } from './model/match.ts'
import type { HeldBooks } from './model/held-books.ts'
import { raise, tiesOf, type Asked, type Tie } from './model/ties.ts'
import type { MatchingState } from './model/touched.ts'
import type { BookEntry, Combination, Line } from './model/types.ts'
import { ratesFor } from './read-rates.ts'
import type { NearAmount } from './store/keys.ts'

export type FieldStores = {
  transactions: Pick<TransactionStore, 'some'>
  entries: Pick<EntryStore, 'some'>
  matches: Pick<MatchStore, 'spendings' | 'suggestedFor' | 'refused'>
  exchangeRates: Pick<ExchangeRateStore, 'between'>
  keys: Pick<KeyStore, 'entriesNear' | 'entriesOn' | 'counts' | 'linesNear'>
}

/** What is to be matched, with all that has a say in it. */
export type Touched = {
  readonly books: HeldBooks
  /** The lines that this decides about. The others are there to have their say. */
  readonly judged: ReadonlySet<TransactionId>
}

type TouchedWith = Touched & { readonly refused: Awaited<ReturnType<FieldStores['matches']['refused']>> }

/** What changed. All of these lines have been read. */
type Changed = {
  /** The lines that changed, and those that have lost or regained something. */
  readonly seeds: readonly TransactionId[]
  /** Lines that share a key with an entry that came or changed. */
  readonly kin: readonly TransactionId[]
  readonly entryIds: readonly EntryId[]
  /** What is and was kept of the entries. */
  readonly keyed: readonly KeyedEntry[]
  /** Others of their parties. */
  readonly matesIds: readonly EntryId[]
}

/** Of the lines that share a key with an entry, those that are looked at: on either side of its amount. */
const linesPerKey = 24
const linesPerWord = 6
/** Lines that are looked at, for each entry of the company: to look at more would soon cost as much as to look at everything. */
const linesShare = 0.01
const linesMin = 150
const linesMax = 1_500
/** Shorter words are no keys. */
const keyedWordMin = 4
/** What can be moved by less than this is not decided about anew, and what can move that by less has no say. */
const movedLeast = 0.01
/** How much a line may be moved by an entry that came or changed and is not likely to be what it pays: the entry says something of the others too. */
const movedByKin = 0.1
/** How often it is asked what is needed to know what a line has to do with: an answer may make another question. */
const asksMax = 6

export function touchedField(
  stores: FieldStores,
  companyId: CompanyId,
  { circumstances, state }: { circumstances: Circumstances; state: MatchingState },
) {
  const { habits, lessons, rules } = circumstances
  const own = ownAccountsOf(circumstances.ownAccounts)
  const featuresOf = (line: Line): LineFeatures => lineFeatures(line, own, habits)
  const delivered = new Set(circumstances.delivered)
  const enough = Math.min(linesMax, Math.max(linesMin, linesShare * state.entryCount))
  const lines = new Map<TransactionId, Line>()
  /** Lines that are matched or gone: what they had to do with is looked at, and they are not matched. */
  const ghosts = new Set<TransactionId>()
  const formerIds = new Set<TransactionId>()
  const passed = new Set<TransactionId>()
  const entries = new Map<EntryId, BookEntry>()
  const counts = new Map<string, number>()
  const askedNear = new Set<string>()
  const ties = new Map<TransactionId, Tie>()
  /** Whose entries have changed. */
  const changedParties = new Set<bigint>()

  async function readEntries(ids: readonly EntryId[]): Promise<boolean> {
    const unread = ids.filter((id) => !entries.has(id))
    const read = await bookEntriesOf(stores.matches, companyId, await stores.entries.some(companyId, unread))
    for (const entry of read) entries.set(entry.id, entry)
    return read.length > 0
  }

  async function readCounts(keys: Iterable<string>): Promise<boolean> {
    const unknown = [...keys].filter((key) => !counts.has(key)).map((key) => ({ key, hash: hashOf(key) }))
    const found = await stores.keys.counts(
      companyId,
      unknown.map(({ hash }) => hash).filter((hash) => !state.common.has(hash)),
    )
    for (const { key, hash } of unknown) counts.set(key, state.common.get(hash) ?? found.get(hash) ?? 0)
    return unknown.length > 0
  }

  async function readAsked({ counts: keys, near }: Asked): Promise<boolean> {
    const unasked = [...near].filter(([name]) => !askedNear.has(name))
    for (const [name] of unasked) askedNear.add(name)
    const ids = await stores.keys.entriesOn(
      companyId,
      unasked.map(([, { key, day, max }]) => ({ key: hashOf(key), day, max })),
    )
    const [more, others] = [await readEntries(ids), await readCounts(keys)]
    return more || others
  }

  /** Reads lines that were not read before, with the entries that share a key with them. */
  async function readLines(ids: readonly TransactionId[], areGhosts = false): Promise<readonly TransactionId[]> {
    const unread = [...new Set(ids)].filter((id) => !lines.has(id) && !passed.has(id))
    const come: TransactionId[] = []
    for (const transaction of await stores.transactions.some(unread)) {
      const isOpen = isUnmatched(transaction, delivered)
      if (!isOpen && !areGhosts) {
        passed.add(transaction.id)
        continue
      }
      if (!isOpen) ghosts.add(transaction.id)
      lines.set(transaction.id, lineOf(transaction))
      come.push(transaction.id)
    }
    await readAround(come)
    return come
  }

  /** What lines said before: looked at like lines that are gone, under names of their own. */
  async function readFormer(former: readonly Transaction[]): Promise<readonly TransactionId[]> {
    const named = former.map((transaction, at) => ({ ...lineOf(transaction), id: `${transaction.id} before ${at}` }))
    for (const line of named) {
      lines.set(line.id, line)
      ghosts.add(line.id)
      formerIds.add(line.id)
    }
    const ids = named.map(({ id }) => id)
    await readAround(ids)
    return ids
  }

  /** The entries that share a key with these lines, and how common the keys are. */
  async function readAround(ids: readonly TransactionId[]): Promise<void> {
    const read = ids.flatMap((id) => lines.get(id) ?? []).map(featuresOf)
    const asks = read
      .filter(({ line }) => line.amount !== 0n)
      .flatMap((features) =>
        keysOf(features).map((key) => ({
          key: hashOf(key),
          minor: features.line.amount,
          day: features.day,
          max: reachOf(key),
        })),
      )
    await readEntries(await stores.keys.entriesNear(companyId, asks))
    await readCounts(read.flatMap(keysOf))
  }

  /** Finds out what lines have to do with. */
  async function tie(ids: readonly TransactionId[]): Promise<void> {
    if (ids.length === 0) return
    const which = new Set(ids)
    const known = ids.filter((id) => !formerIds.has(id))
    const refused = await stores.matches.refused(companyId, known)
    for (let asks = 1; ; asks += 1) {
      const found = tiesOf(await booksOf(refused), which, habits)
      if ((await readAsked(found.asked)) && asks < asksMax) continue
      for (const [id, each] of found.ties) ties.set(id, each)
      break
    }
    for (const suggestion of await stores.matches.suggestedFor(companyId, {
      transactionIds: known,
      entryIds: [],
    })) {
      const { transactionIds, entryIds } = combinationOf([suggestion])
      for (const id of transactionIds) {
        const tied = ties.get(id)
        if (tied === undefined || !which.has(id)) continue
        // What stands is shown, whatever it is worth by now.
        const [transactions, those] = [new Map(tied.transactions), new Map(tied.entries)]
        for (const other of transactionIds) if (other !== id) transactions.set(other, 1)
        for (const entryId of entryIds) those.set(entryId, 1)
        ties.set(id, { ...tied, transactions, entries: those })
      }
    }
  }

  async function booksOf(rejected: readonly Combination[]): Promise<HeldBooks> {
    return {
      lines: [...lines.values()],
      entries: [...entries.values()],
      ownAccounts: circumstances.ownAccounts,
      decided: { confirmed: [], rejected },
      lessons,
      rules,
      rates: await ratesFor(stores, [...lines.values()], [...entries.values()]),
      commonness: { entryCount: state.entryCount, counts },
    }
  }

  const linesAbout = (keyed: readonly KeyedEntry[]): Promise<readonly TransactionId[]> =>
    stores.keys.linesNear(
      companyId,
      keyed.flatMap((each) => asksOf({ ...each, minors: each.minors.flatMap(eitherWay), words: [] })),
    )

  /** The lines that may claim an entry, or be the other half of a line. */
  async function rivalsOf(
    ids: readonly TransactionId[],
    entryIds: readonly EntryId[],
  ): Promise<readonly TransactionId[]> {
    await readEntries(entryIds)
    const keyed = entryIds
      .flatMap((id) => entries.get(id) ?? [])
      .map((entry) => keyedEntryOf(entryFeatures(entry, own)))
    const halves = ids
      .flatMap((id) => lines.get(id) ?? [])
      .filter(({ amount }) => amount !== 0n)
      .map((line) => {
        const { day } = keyedLineOf(featuresOf(line))
        return { key: hashOf(amountKey(-line.amount, line.currency)), minor: -line.amount, day, max: linesPerKey }
      })
    return stores.keys.linesNear(companyId, [...keyed.flatMap(asksOf), ...halves])
  }

  /** Lines of the same other side: what people decided of one is learnt of all. */
  async function like(ids: readonly TransactionId[]): Promise<readonly TransactionId[]> {
    const asks = ids
      .flatMap((id) => lines.get(id) ?? [])
      .filter(({ amount }) => amount !== 0n)
      .flatMap((line) => {
        const { account, name, opening = '', day } = featuresOf(line)
        return [
          ...(account === undefined ? [] : [accountKey(account)]),
          ...(name === undefined ? [] : [wholeNameKey(name)]),
          ...opening.split(' ').flatMap((word) => (word.length < keyedWordMin ? [] : [stemKey(wordKey(word))])),
        ].map((key) => ({ key: hashOf(key), minor: line.amount, day, max: linesPerKey }))
      })
    return stores.keys.linesNear(companyId, asks)
  }

  const isSumOfChanged = (id: TransactionId): boolean =>
    [...(ties.get(id)?.parties ?? [])].some((key) => changedParties.has(hashOf(key)))

  /**
   * Every line that can be moved, when these lines are by so much and these entries by all: along a path each step is moved by what moves the one before, times
   * how likely the line is to be that. Null where there are too many.
   */
  async function moved(
    first: ReadonlyMap<TransactionId, number>,
    firstEntries: readonly EntryId[],
  ): Promise<ReadonlySet<TransactionId> | null> {
    const found = new Map<TransactionId, number>()
    const linked = new Map<TransactionId, number>()
    const claimed = new Map(firstEntries.map((id) => [id, 1]))
    const movedBy = (id: TransactionId): number => {
      if (isSumOfChanged(id)) return 1
      const { entries: those = [], transactions = [] } = ties.get(id) ?? {}
      let most = Math.max(linked.get(id) ?? 0, first.get(id) ?? 0)
      for (const [entryId, likely] of those) most = Math.max(most, likely * (claimed.get(entryId) ?? 0))
      for (const [other, likely] of transactions) most = Math.max(most, likely * (found.get(other) ?? 0))
      return most
    }
    const around = new Set<EntryId>()
    for (;;) {
      const frontier = [...ties.keys()]
        .map((id) => ({ id, by: movedBy(id) }))
        .filter(({ id, by }) => by >= movedLeast && by > (found.get(id) ?? 0))
      if (frontier.length === 0) return new Set(found.keys())
      for (const { id, by } of frontier) found.set(id, by)
      if (lines.size > enough) return null
      const others = new Set<TransactionId>()
      for (const { id, by } of frontier) {
        const { entries: those = [], transactions = [] } = ties.get(id) ?? {}
        for (const [entryId, likely] of those) if (by * likely >= movedLeast) raise(claimed, entryId, by * likely)
        for (const [other, likely] of transactions)
          if (by * likely >= movedLeast && raise(linked, other, by * likely)) others.add(other)
      }
      const fresh = [...claimed.keys()].filter((id) => !around.has(id))
      for (const id of fresh) around.add(id)
      const ids = frontier.map(({ id }) => id)
      await tie(await readLines([...(await rivalsOf(ids, fresh)), ...others]))
    }
  }

  return {
    readLines,
    readFormer,
    /** The lines that share more than a word with an entry. */
    linesAbout,
    like,

    /**
     * What is decided about anew: the lines that these, which were read, or these entries move, and of all that were read those of which some of the entries
     * may be a part, as they are or as they were. And what has a say in it. Null where that is too much.
     */
    async touched({ seeds, kin, entryIds, keyed, matesIds }: Changed): Promise<TouchedWith | null> {
      for (const { party } of keyed) if (party !== null) changedParties.add(party)
      await tie([...lines.keys()])
      // What was a sum with a changed entry may have claimed any of the others, and left less to their lines.
      const claimed = [...lines.keys()].some(isSumOfChanged) ? [...entryIds, ...matesIds] : entryIds
      const judged = await moved(new Map([...weighed(kin, movedByKin), ...weighed(seeds, 1)]), claimed)
      const field = judged === null ? null : await moved(weighed(judged, 1), [])
      if (judged === null || field === null) return null
      const open = [...field].filter((id) => !ghosts.has(id))
      const refused = await stores.matches.refused(companyId, open)
      const books = await booksOf(refused)
      return {
        books: { ...books, lines: books.lines.filter(({ id }) => field.has(id) && !ghosts.has(id)) },
        judged: new Set([...judged].filter((id) => !formerIds.has(id))),
        refused,
      }
    },
  }
}

const weighed = (ids: Iterable<TransactionId>, by: number): ReadonlyMap<TransactionId, number> =>
  new Map([...ids].map((id) => [id, by]))

/** What is settled has no direction, and its numbers still tell what a line is not about. */
const eitherWay = (minor: bigint): readonly bigint[] => (minor === 0n ? [1n, -1n] : [minor])

/** Where the lines stand that may be about an entry of which this is kept. */
const asksOf = ({ meets, words, minors, day }: KeyedEntry): readonly NearAmount[] =>
  minors
    .filter((minor) => minor !== 0n)
    .flatMap((minor) => [
      ...meets.map((key) => ({ key, minor, day, max: linesPerKey })),
      ...words.map((key) => ({ key, minor, day, max: linesPerWord })),
    ])
