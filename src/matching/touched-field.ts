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
import { tiesOf, type Asked, type Tie } from './model/ties.ts'
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

/** The entries that changed, what is or was kept of them, and the lines that may be sums of some of them and others. */
type Changed = {
  readonly entryIds: readonly EntryId[]
  readonly keyed: readonly KeyedEntry[]
  /** Others of their parties. */
  readonly matesIds: readonly EntryId[]
  readonly watched: readonly TransactionId[]
}

/** Of the lines that share a key with an entry, those that are looked at: on either side of its amount. */
const linesPerKey = 24
const linesPerWord = 6
/** Lines that are looked at; what lies beyond is left to a run over everything. */
const linesMax = 1_500
/** Shorter words are no keys. */
const keyedWordMin = 4
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
  const lines = new Map<TransactionId, Line>()
  /** Lines that are matched or gone: what they had to do with is looked at, and they are not matched. */
  const ghosts = new Set<TransactionId>()
  const formerIds = new Set<TransactionId>()
  const passed = new Set<TransactionId>()
  const entries = new Map<EntryId, BookEntry>()
  const counts = new Map<string, number>()
  const askedNear = new Set<string>()
  const ties = new Map<TransactionId, Tie>()
  const field = new Set<TransactionId>()
  const judged = new Set<TransactionId>()
  /** The entries and lines that the field has to do with. */
  const claimed = new Set<EntryId>()
  const linked = new Set<TransactionId>()
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
        ties.set(id, {
          ...tied,
          transactionIds: [...tied.transactionIds, ...transactionIds.filter((other) => other !== id)],
          entryIds: [...tied.entryIds, ...entryIds],
        })
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

  const isTied = (id: TransactionId): boolean => {
    const { entryIds = [], transactionIds = [] } = ties.get(id) ?? {}
    return (
      linked.has(id) ||
      isSumOfChanged(id) ||
      entryIds.some((entryId) => claimed.has(entryId)) ||
      transactionIds.some((other) => field.has(other))
    )
  }

  return {
    readLines,
    readFormer,
    /** The lines that share more than a word with an entry. */
    linesAbout,
    like,

    /**
     * Takes lines that were read into the field, and those that may claim these entries, with all that is tied to them. Of the `watched`, which
     * were read too, those of which some of these entries may be a part, as they are or as they were.
     */
    async spread(seeds: readonly TransactionId[], { entryIds, keyed, matesIds, watched }: Changed): Promise<void> {
      for (const { party } of keyed) if (party !== null) changedParties.add(party)
      await tie([...seeds, ...watched])
      let frontier = [...seeds, ...watched.filter(isTied)]
      // What was a sum with a changed entry may have claimed any of the others, and left less to their lines.
      let fresh = frontier.some(isSumOfChanged) ? [...entryIds, ...matesIds] : entryIds
      do {
        for (const id of frontier) field.add(id)
        // What lies further is not looked at any more: these have their say, and are not decided about.
        if (lines.size > linesMax) return
        for (const id of frontier) if (!formerIds.has(id)) judged.add(id)
        const tied = frontier.flatMap((id) => ties.get(id) ?? [])
        for (const id of tied.flatMap(({ transactionIds }) => transactionIds)) linked.add(id)
        const wanted = new Set([...fresh, ...tied.flatMap(({ entryIds: those }) => those)])
        fresh = [...wanted].filter((id) => !claimed.has(id))
        for (const id of fresh) claimed.add(id)
        await tie(await readLines([...(await rivalsOf(frontier, fresh)), ...linked]))
        frontier = [...ties.keys()].filter((id) => !field.has(id) && isTied(id))
        fresh = []
      } while (frontier.length > 0)
    },

    async touched(): Promise<Touched & { readonly refused: Awaited<ReturnType<FieldStores['matches']['refused']>> }> {
      const open = [...field].filter((id) => !ghosts.has(id))
      const refused = await stores.matches.refused(companyId, open)
      const books = await booksOf(refused)
      return {
        books: { ...books, lines: books.lines.filter(({ id }) => field.has(id) && !ghosts.has(id)) },
        judged,
        refused,
      }
    },
  }
}

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
