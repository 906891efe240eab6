import type { LedgerAccountStore } from '../companies/index.ts'
import type { Company } from '../companies/model.ts'
import type { ConnectionStore } from '../connections/index.ts'
import { ledgerAccountIdOf, type Connection } from '../connections/model/connection.ts'
import type { DueStore } from '../due/index.ts'
import type { EventStore } from '../events/index.ts'
import { gapFilled, gapFound, healthChanged, proofMismatch, transactionsChanged } from '../events/model.ts'
import type { BankProfile, ProviderBalance, ProviderTransaction } from '../providers/provider.ts'
import type { Clock } from '../shared/clock.ts'
import type { Ids } from '../shared/ids.ts'
import { oneAhead } from '../shared/one-ahead.ts'
import { together } from '../shared/together.ts'
import type { Unit } from '../shared/unit.ts'
import { columnsOf, type Changed, type NewColumns, type NewRow, type TransactionStore } from '../transactions/index.ts'
import { agreedDays, touchedDays } from '../transactions/model/agreed-days.ts'
import { heldAfter } from '../transactions/model/held-after.ts'
import { decideIdentity, type IdentityVerdict, type Suspicion } from '../transactions/model/identity.ts'
import { decideRemovals } from '../transactions/model/removal.ts'
import { nearDays, type HeldTransaction, type IdKind } from '../transactions/model/sides.ts'
import type { UsageStore } from '../usage/index.ts'
import { isBillable } from '../usage/model.ts'
import { addDays, localDay, type Day } from '../values/day.ts'
import type { TransactionId } from '../values/ids.ts'
import type { SyncStore } from './index.ts'
import { blocksOf, type Block } from './model/blocks.ts'
import { gapChanges } from './model/gap-changes.ts'
import { healthy, nextDailySlot } from './model/next-try.ts'
import { canPass, daysOf } from './model/passing.ts'
import { booksWithout, closesOf, openingsFrom, prove, proveByDay, sumsFrom, type Books } from './model/proof.ts'
import { addCounts, noCounts, type Counts, type SyncRun } from './model/run.ts'
import { rereadAfter, wantsReread } from './model/reread.ts'
import { coverageAfter } from './model/window.ts'
import type { PreparedRun } from './prepare-run.ts'
import type { SpooledRows } from './spooled-rows.ts'

export type CommitStores = {
  ledgerAccounts: Pick<LedgerAccountStore, 'find'>
  connections: Pick<ConnectionStore, 'hold'>
  transactions: Pick<
    TransactionStore,
    | 'heldBetween'
    | 'heldByBankId'
    | 'add'
    | 'modify'
    | 'keepEvidence'
    | 'settleReplaced'
    | 'doubtNotShown'
    | 'settleShown'
    | 'remove'
    | 'setMissing'
    | 'sumsByDay'
    | 'announce'
    | 'countOnce'
  >
  sync: Pick<
    SyncStore,
    | 'getRun'
    | 'state'
    | 'saveState'
    | 'saveRun'
    | 'saveSealedPsu'
    | 'dropPages'
    | 'saveBalances'
    | 'addCloses'
    | 'closes'
    | 'saveAgreedDays'
  >
  due: Pick<DueStore, 'hold' | 'finish' | 'setBy'>
  events: Pick<EventStore, 'append'>
  usage: Pick<UsageStore, 'count'>
}

export type CommitDeps = { readonly unit: Unit<CommitStores>; readonly clock: Clock; readonly ids: Ids }

/** Rows to a transaction: whole days are added until there are about so many. */
const blockRows = 5_000

/** What a run has fetched, and what is known of the bank that gave it. */
type Fetched = {
  readonly rows: SpooledRows
  readonly balances: readonly ProviderBalance[]
  readonly profile: BankProfile
}

/**
 * Turns the spooled pages into transactions. Whole days are decided at once, since a count per day needs the day; each block of days is one transaction of the
 * database with its rows and its place in the feed. Removals, proof, coverage and watermark come in the last one: only a run that has seen its last page moves them.
 * @throws {AppError} lease_lost
 */
export async function commitRun(
  deps: CommitDeps,
  prepared: PreparedRun,
  { rows, balances, profile: known }: Fetched,
): Promise<void> {
  const { plan, distrusted } = prepared
  const run = await spooledRun(deps, prepared)
  const profile = trusting(known, distrusted)
  const blocks = plan.window === null ? [] : blocksOf(rows.pages, plan.window, blockRows)
  const isCommitted = ({ days }: Block) => run.committedThrough !== null && days.to <= run.committedThrough
  let current: SyncRun = { ...run, counts: { ...run.counts, fetched: rows.count() } }
  const missing = new Map<TransactionId, HeldTransaction>()
  const lost = new Set(distrusted)
  const found = ({ verdict }: Decision): void => {
    for (const each of verdict.missing) missing.set(each.id, each)
    // A movement that one block lacks may be shown among the days of a later one.
    for (const { held } of [...verdict.same, ...verdict.modified]) missing.delete(held.id)
    if (verdict.lost !== undefined) lost.add(verdict.lost.kind)
  }
  // Whoever committed these died with what it had found missing: it is found again, since the movements are held as they were decided, and those are lacking still.
  for await (const decision of decideBlocks(deps, prepared, blocks.filter(isCommitted), { rows, profile }))
    if (!('passed' in decision)) found(decision)
  const undecided = blocks.filter((block) => !isCommitted(block))
  const decided = decideBlocks(deps, prepared, undecided, { rows, profile })
  // The next block is decided while one is committed; but a trusted id may tie it to any day, and then what the one before brought has to be there to be found.
  for await (const decision of profile.stableId === null ? oneAhead(decided) : decided) {
    if ('passed' in decision) {
      // Written down with the next block, or at the end: till then whoever takes over finds the same.
      const counts = addCounts(current.counts, { ...noCounts, unchanged: decision.passed })
      current = { ...current, counts, committedThrough: decision.through }
      continue
    }
    current = await commitBlock(deps, prepared, current, decision)
    found(decision)
  }
  const shown = blocks.reduce((sum, block) => sum + block.rows, 0)
  await finishRun(deps, prepared, current, {
    rows,
    profile,
    balances,
    missing: [...missing.values()],
    shown,
    distrusted: [...lost],
  })
}

/** The run with what spooling has written of it: every later write of it must say so too, or whoever takes it over would ask the bank again. */
const spooledRun = ({ unit }: CommitDeps, { run, lease }: PreparedRun): Promise<SyncRun> =>
  unit(lease.tenant, async ({ due, sync }) => {
    await due.hold(lease)
    return sync.getRun(run.id)
  })

const trusting = (profile: BankProfile, distrusted: readonly IdKind[]): BankProfile =>
  profile.stableId !== null && distrusted.includes(profile.stableId) ? { ...profile, stableId: null } : profile

type Decision = {
  readonly through: Day
  readonly verdict: IdentityVerdict
  readonly added: readonly DecidedRow[]
  /** Of what is added: made here, while the block before is committed, so that this one's transaction need not wait for it. */
  readonly columns: NewColumns
  /** The days on which nothing is left to decide, with their digests; of the `reconsidered`, and of no others, what was agreed before is forgotten. */
  readonly agreed: ReadonlyMap<Day, string>
  readonly reconsidered: readonly Day[]
}

/** Whether it is booked already, and counts, is known when it is committed. */
type DecidedRow = Omit<NewRow, 'alreadyBooked' | 'countedOn'>

/** A block that is shown as it was when nothing was left to decide of it, and how many rows it has. */
type Passed = { readonly through: Day; readonly passed: number }

/**
 * Decides block after block against what is held around it. What an earlier block leaves behind is known without asking, and only the days that come into sight
 * are read: the lease, which every commit checks, keeps everybody else from them.
 */
async function* decideBlocks(
  { unit, ids }: CommitDeps,
  { lease, connection, agreed }: PreparedRun,
  blocks: readonly Block[],
  { rows, profile }: Pick<Fetched, 'rows' | 'profile'>,
): AsyncGenerator<Decision | Passed, void, void> {
  const { stableId } = profile
  let known: readonly HeldTransaction[] = []
  let unread: Day | null = null
  for (const block of blocks) {
    if (stableId === null && canPass(block, rows.shownOn, agreed)) {
      yield { through: block.days.to, passed: block.rows }
      continue
    }
    const around = { from: addDays(block.reach.from, -nearDays), to: addDays(block.reach.to, nearDays) }
    const unreadFrom: Day = unread === null || unread < around.from ? around.from : unread
    const pages = await rows.rowsOf(block)
    const come = await unit(lease.tenant, async ({ transactions }) => [
      ...(await transactions.heldBetween(connection.id, { from: unreadFrom, to: around.to })),
      // A bank that is trusted with an id may show its movement on any day: those that we hold on other days are part of the decision.
      ...(stableId === null
        ? []
        : await transactions.heldByBankId(connection.id, stableId, idsIn(pages, stableId), around)),
    ])
    const held = [
      ...known.filter(({ row: { bookingDate } }) => bookingDate >= around.from && bookingDate < unreadFrom),
      ...come,
    ]
    unread = addDays(around.to, 1)
    const verdict = decideIdentity({ held, pages, profile, window: block.days })
    const added = verdict.added.map(({ row, fingerprint, occurrence, suspect }) => ({
      id: ids.uuid(),
      row,
      fingerprint,
      occurrence,
      suspect: reasonOf(suspect),
    }))
    const days = daysOf(block.days)
    yield {
      through: block.days.to,
      verdict,
      added,
      columns: columnsOf(added),
      agreed: new Map(agreedDays(days, verdict).map((day) => [day, rows.shownOn(day).digest])),
      reconsidered: [...days, ...touchedDays(verdict, block.days)],
    }
    known = heldAfter(
      held,
      verdict,
      added.map(({ id }) => id),
    )
  }
}

const idsIn = (pages: readonly (readonly ProviderTransaction[])[], kind: IdKind): readonly string[] => [
  ...new Set(pages.flatMap((page) => page.flatMap(({ ids }) => ids[kind] ?? []))),
]

async function commitBlock(
  deps: CommitDeps,
  prepared: PreparedRun,
  run: SyncRun,
  decision: Decision,
): Promise<SyncRun> {
  const { lease } = prepared
  return deps.unit(lease.tenant, async (stores) => {
    const [, connection] = await together([stores.due.hold(lease), stores.connections.hold(prepared.connection.id)])
    const committed: SyncRun = {
      ...run,
      committedThrough: decision.through,
      counts: addCounts(run.counts, countsOf(decision.verdict)),
    }
    await apply(deps, stores, { connection, company: prepared.company, run: committed }, decision)
    return committed
  })
}

/** The connection is as it is now, and held: what is assigned at this moment is either delivered here or by whoever assigns it, never by neither. */
async function apply(
  deps: CommitDeps,
  stores: CommitStores,
  { connection, company, run }: { connection: Connection; company: Company; run: SyncRun },
  decision: Decision,
): Promise<void> {
  const { verdict, added: decided, columns } = decision
  const now = deps.clock.now()
  const today = localDay(now, company.timeZone)
  const origin = { connectionId: connection.id, companyId: connection.companyId, runId: run.id, at: now }
  const bookedThrough = await closedThrough(stores, connection)
  const added = decided.map((row) => {
    const { bookingDate } = row.row
    const alreadyBooked = bookedThrough !== null && bookingDate <= bookedThrough
    const counts = isAssigned(connection) && isBillable({ bookingDate, alreadyBooked }, connection)
    return { ...row, alreadyBooked, countedOn: counts ? today : null }
  })
  const versions = verdict.modified.map(({ held, row, fingerprint, occurrence, suspect }) => ({
    id: held.id,
    row,
    fingerprint,
    occurrence,
    suspect: reasonOf(suspect),
  }))
  const modified = await stores.transactions.modify(origin, versions)
  // One statement each, sent together: the next block is being decided here, and the database would wait for it between any two.
  await Promise.all([
    stores.transactions.add(origin, added, columns),
    stores.transactions.keepEvidence(
      verdict.same.filter(({ evidenceChanged }) => evidenceChanged).map(({ held, row }) => ({ id: held.id, row })),
    ),
    stores.transactions.setMissing(
      verdict.same.filter(({ held }) => held.missed > 0).map(({ held }) => held.id),
      0,
    ),
    stores.sync.saveAgreedDays(connection.id, decision),
    stores.sync.saveRun(run),
  ])
  if (isAssigned(connection))
    stores.transactions.announce(
      'added',
      connection.companyId,
      added.map(({ id }) => ({ id, version: 1 })),
      now,
    )
  // One that had been removed is new to whoever follows the feed.
  const restored = new Set(verdict.modified.filter((each) => each.restored).map(({ held }) => held.id))
  const told = modified.filter(isDelivered(connection))
  for (const [type, changed] of Map.groupBy(told, ({ id }) => (restored.has(id) ? 'added' : 'modified')))
    stores.transactions.announce(type, connection.companyId, changed, now)
  const again = told.filter(({ id }) => restored.has(id)).map(({ id }) => id)
  const { firstActivatedOn: from } = connection
  const restoredCount = from === null ? 0 : await stores.transactions.countOnce(again, { from, day: today })
  const transactions = added.filter(({ countedOn }) => countedOn !== null).length + restoredCount
  if (transactions > 0) await stores.usage.count(connection, { day: today, transactions })
}

const isAssigned = ({ assignment }: Connection): boolean => assignment !== null && assignment !== 'none'

/** Transactions of an unassigned connection are held, and delivered when it is assigned; those that stayed where it was assigned before are delivered on. */
const isDelivered =
  (connection: Connection) =>
  ({ isKept }: Changed): boolean =>
    isKept || isAssigned(connection)

async function closedThrough({ ledgerAccounts }: CommitStores, connection: Connection): Promise<Day | null> {
  const id = ledgerAccountIdOf(connection)
  return id === null ? null : ((await ledgerAccounts.find(connection.companyId, id))?.bookedThrough ?? null)
}

const reasonOf = (suspect: Suspicion | undefined): string | null =>
  suspect === undefined ? null : suspect.reason === 'may_replace' ? `may_replace ${suspect.twin}` : suspect.reason

const countsOf = (verdict: IdentityVerdict): Counts => ({
  ...noCounts,
  added: verdict.added.length,
  modified: verdict.modified.length,
  unchanged: verdict.same.length,
  suspect: [...verdict.added, ...verdict.modified].filter(({ suspect }) => suspect !== undefined).length,
})

type Evidence = Fetched & {
  readonly missing: readonly HeldTransaction[]
  readonly shown: number
  readonly distrusted: readonly IdKind[]
}

async function finishRun(deps: CommitDeps, prepared: PreparedRun, run: SyncRun, evidence: Evidence): Promise<void> {
  const { lease, company, plan } = prepared
  await deps.unit(lease.tenant, async (stores) => {
    await stores.due.hold(lease)
    const connection = await stores.connections.hold(prepared.connection.id)
    const now = deps.clock.now()
    const state = await stores.sync.state(connection.id)
    const coverage = coverageAfter(state.coverage, plan)
    const books = await booksOf(stores, prepared, coverage, evidence)
    const without = (those: readonly HeldTransaction[]) =>
      booksWithout(
        books,
        those.map(({ row }) => row),
      )
    const removal = decideRemovals({
      missing: evidence.missing,
      shownCount: evidence.shown,
      heldCount: await heldCount(stores, prepared, evidence),
      proof: { kept: prove(books).verdict, removed: prove(without(evidence.missing)).verdict },
    })
    const removed = await stores.transactions.remove(
      removal.removed.map(({ id }) => id),
      now,
    )
    for (const [missed, those] of Map.groupBy(removal.kept, (each) => each.missed))
      await stores.transactions.setMissing(
        those.map(({ held: { id } }) => id),
        missed,
      )
    const settled = await stores.transactions.settleReplaced(
      connection.id,
      removed.map(({ id }) => id),
    )
    const doubted =
      removal.quarantine === 'balance_disagrees'
        ? await stores.transactions.doubtNotShown(removal.kept.map(({ held: { id } }) => id))
        : []
    const shownAgain =
      plan.window === null
        ? []
        : await stores.transactions.settleShown(
            connection.id,
            plan.window,
            evidence.missing.map(({ id }) => id),
          )
    const modified = [...settled, ...doubted, ...shownAgain]
    stores.transactions.announce('removed', connection.companyId, removed.filter(isDelivered(connection)), now)
    stores.transactions.announce('modified', connection.companyId, modified.filter(isDelivered(connection)), now)

    const counts = addCounts(run.counts, { ...noCounts, removed: removal.removed.length })
    const kept = without(removal.removed)
    const finished: SyncRun = {
      ...run,
      status: 'completed',
      counts,
      proof: { ...prove(kept), byDay: plan.window === null ? [] : proveByDay(kept, plan.window.from) },
      committedThrough: plan.window?.to ?? null,
      finishedAt: now,
    }
    await stores.sync.saveRun(finished)
    await stores.sync.saveSealedPsu(run.id, null)
    // The raw answer is kept as long as something was read from it.
    if (counts.added + counts.modified === 0) await stores.sync.dropPages(run.id)
    await stores.sync.saveBalances(connection.id, evidence.balances, now)
    await stores.sync.addCloses(connection.id, openingsFrom(kept))
    const reread = rereadAfter(finished, state.reread, prepared.isReread)
    await stores.sync.saveState(connection.id, {
      coverage,
      health: healthy,
      lastRunId: run.id,
      distrusted: evidence.distrusted,
      reread,
    })
    announceOutcome(stores, connection, finished, { before: state, coverage }, now)
    if (isAssigned(connection))
      await stores.usage.count(connection, { day: localDay(now, company.timeZone), transactions: 0 })
    const slot = nextDailySlot({ connectionId: connection.id, timeZone: company.timeZone }, now)
    const next = wantsReread(finished, reread) ? new Date(now.getTime() + rereadAfterMs) : slot
    await stores.due.finish(lease, { next, failed: false })
    if (isAssigned(connection) && counts.added + counts.modified + counts.removed > 0)
      await stores.due.setBy({ kind: 'match', subject: connection.companyId, at: now })
  })
}

function announceOutcome(
  { events }: CommitStores,
  connection: Connection,
  run: SyncRun,
  {
    before,
    coverage,
  }: { before: Awaited<ReturnType<SyncStore['state']>>; coverage: Awaited<ReturnType<SyncStore['state']>>['coverage'] },
  now: Date,
): void {
  if (run.counts.added + run.counts.modified + run.counts.removed > 0)
    events.append(transactionsChanged(connection, run, now))
  if (run.proof?.verdict === 'mismatch') events.append(proofMismatch(connection, run.id, now))
  if (before.health.state !== 'ok') events.append(healthChanged(connection, 'ok', now))
  const { found, filled } = gapChanges(before.coverage, coverage)
  for (const gap of found) events.append(gapFound(connection, gap, now))
  for (const days of filled) events.append(gapFilled(connection, days, now))
}

/** What the balance proof stands on: what the bank told of past days and of this one, and what is held. */
async function booksOf(
  { sync, transactions }: CommitStores,
  { connection, plan, today }: PreparedRun,
  coverage: Books['coverage'],
  { rows, balances, profile }: Evidence,
): Promise<Books> {
  const closings = closesOf(balances, { profile, today, bookedToday: plan.window === null ? null : rows.bookedToday() })
  const openings = await sync.closes(connection.id, addDays(today, -openingDays))
  const needed = { from: sumsFrom(openings, today), to: today }
  const sums = closings.length === 0 ? [] : await transactions.sumsByDay(connection.id, needed)
  return { openings, closings, sums, coverage }
}

/** How many are held of the days that were asked for: wanted only where one of them is missing, and there may be a million. */
async function heldCount(
  { transactions }: CommitStores,
  { connection, plan }: PreparedRun,
  { missing }: Evidence,
): Promise<number> {
  if (missing.length === 0 || plan.window === null) return 0
  const days = await transactions.sumsByDay(connection.id, plan.window)
  return days.reduce((sum, { count }) => sum + count, 0)
}

/** How soon the days of a mismatch are read again: a bank that had told its balance before its bookings has done both by then. */
const rereadAfterMs = 15 * 60_000

/** How far back an opening balance may lie. */
const openingDays = 100
