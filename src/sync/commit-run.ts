import type { LedgerAccountStore } from '../companies/index.ts'
import type { ConnectionStore } from '../connections/index.ts'
import { ledgerAccountIdOf, type Connection } from '../connections/model/connection.ts'
import type { DueStore } from '../due/index.ts'
import type { EventStore } from '../events/index.ts'
import { gapFilled, gapFound, healthChanged, proofMismatch, transactionsChanged } from '../events/model.ts'
import type { BankProfile, Provider, ProviderBalance, ProviderTransaction } from '../providers/provider.ts'
import type { Clock } from '../shared/clock.ts'
import { digestOf, type Cipher } from '../shared/crypto.ts'
import type { Ids } from '../shared/ids.ts'
import type { Unit } from '../shared/unit.ts'
import type { TransactionStore } from '../transactions/index.ts'
import { decideIdentity, type IdentityVerdict, type Suspicion } from '../transactions/model/identity.ts'
import { decideRemovals } from '../transactions/model/removal.ts'
import type { HeldTransaction, IdKind } from '../transactions/model/sides.ts'
import { addDays, type Day } from '../values/day.ts'
import type { TransactionId } from '../values/ids.ts'
import type { SyncStore } from './index.ts'
import { blocksOf, type Block } from './model/blocks.ts'
import { gapChanges } from './model/gap-changes.ts'
import { healthy, nextDailySlot } from './model/next-try.ts'
import { closesOf, prove, sumsWithout, type Close, type Proof } from './model/proof.ts'
import { addCounts, noCounts, type Counts, type SyncRun } from './model/run.ts'
import { coverageAfter } from './model/window.ts'
import type { PreparedRun } from './prepare-run.ts'

export type CommitStores = {
  ledgerAccounts: Pick<LedgerAccountStore, 'find'>
  connections: Pick<ConnectionStore, 'hold'>
  transactions: Pick<
    TransactionStore,
    | 'heldAround'
    | 'heldByBankId'
    | 'add'
    | 'modify'
    | 'keepEvidence'
    | 'settleReplaced'
    | 'remove'
    | 'setMissing'
    | 'sumsByDay'
    | 'announce'
  >
  sync: Pick<
    SyncStore,
    | 'getRun'
    | 'page'
    | 'state'
    | 'saveState'
    | 'saveRun'
    | 'saveSealedPsu'
    | 'dropPages'
    | 'saveBalances'
    | 'addCloses'
    | 'closes'
  >
  due: Pick<DueStore, 'hold' | 'finish' | 'setBy'>
  events: Pick<EventStore, 'append'>
}

export type CommitDeps = {
  readonly unit: Unit<CommitStores>
  readonly cipher: Cipher
  readonly clock: Clock
  readonly ids: Ids
}

/** Rows to a transaction: whole days are added until there are about so many. */
const blockRows = 5_000

/**
 * Turns the spooled pages into transactions. Whole days are decided at once, since a count per day needs the day; each block of days is one transaction of the
 * database with its rows and its place in the feed. Removals, proof, coverage and watermark come in the last one: only a run that has seen its last page moves them.
 * @throws {ProviderError} nonsense for a page that cannot be read: then nothing of the run has been committed
 * @throws {AppError} lease_lost
 */
export async function commitRun(
  deps: CommitDeps,
  provider: Provider,
  prepared: PreparedRun,
  balances: readonly ProviderBalance[],
): Promise<void> {
  const { plan, institution } = prepared
  const { run, distrusted } = await spooledRun(deps, prepared)
  const profile = trusting(provider.profileOf(institution.nativeId), distrusted)
  const pages = await readPages(deps, provider, prepared, run.pages)
  const fetched = pages.reduce((count, page) => count + page.length, 0)
  const bookedToday =
    plan.window === null ? null : sumOf(pages.flat().filter(({ bookingDate }) => bookingDate === prepared.today))
  let current: SyncRun = { ...run, counts: { ...run.counts, fetched } }
  const missing = new Map<TransactionId, HeldTransaction>()
  const lost = new Set(distrusted)
  let shown = 0
  if (plan.window !== null)
    for (const block of blocksOf(pages, plan.window, blockRows)) {
      shown += block.rows
      if (current.committedThrough !== null && block.days.to <= current.committedThrough) continue
      const committed = await commitBlock(deps, prepared, current, block, profile)
      current = committed.run
      for (const each of committed.verdict.missing) missing.set(each.id, each)
      // A movement that one block lacks may be shown among the days of a later one.
      for (const { held } of [...committed.verdict.same, ...committed.verdict.modified]) missing.delete(held.id)
      if (committed.verdict.lost !== undefined) lost.add(committed.verdict.lost.kind)
    }
  await finishRun(deps, prepared, current, {
    profile,
    balances,
    bookedToday,
    missing: [...missing.values()],
    shown,
    distrusted: [...lost],
  })
}

/**
 * The run with what spooling has written of it (every later write of it must say so too, or whoever takes it over would ask the bank again), and the kinds of
 * id that this bank has lost our trust with.
 */
const spooledRun = (
  { unit }: CommitDeps,
  { run, lease, connection }: PreparedRun,
): Promise<{ readonly run: SyncRun; readonly distrusted: readonly IdKind[] }> =>
  unit(lease.tenant, async ({ due, sync }) => {
    await due.hold(lease)
    return { run: await sync.getRun(run.id), distrusted: (await sync.state(connection.id)).distrusted }
  })

const trusting = (profile: BankProfile, distrusted: readonly IdKind[]): BankProfile =>
  profile.stableId !== null && distrusted.includes(profile.stableId) ? { ...profile, stableId: null } : profile

/** Every page once: a bank that gives the same page twice has said nothing twice. Rows before the start date are not asked for, and not wanted. */
async function readPages(
  deps: CommitDeps,
  provider: Provider,
  { run, lease, connection, institution }: PreparedRun,
  count: number,
): Promise<readonly (readonly ProviderTransaction[])[]> {
  const seen = new Set<string>()
  const pages: (readonly ProviderTransaction[])[] = []
  for (let number = 1; number <= count; number += 1) {
    const sealed = await deps.unit(lease.tenant, ({ sync }) => sync.page(run.id, number))
    const body = deps.cipher.open(sealed, ['sync_pages', lease.tenant, run.id, String(number)])
    const digest = digestOf(body).toString('base64')
    if (seen.has(digest)) continue
    seen.add(digest)
    const rows = provider.readPage(
      { body: body.toString('utf8'), next: null },
      { nativeId: institution.nativeId, currency: connection.currency },
    )
    pages.push(
      rows.filter(
        ({ status, bookingDate }) => status === 'booked' && bookingDate >= (connection.startDate ?? bookingDate),
      ),
    )
  }
  return pages
}

async function commitBlock(
  deps: CommitDeps,
  prepared: PreparedRun,
  run: SyncRun,
  block: Block,
  profile: BankProfile,
): Promise<{ readonly run: SyncRun; readonly verdict: IdentityVerdict }> {
  const { lease } = prepared
  return deps.unit(lease.tenant, async (stores) => {
    await stores.due.hold(lease)
    const connection = await stores.connections.hold(prepared.connection.id)
    const held = [
      ...(await stores.transactions.heldAround(connection.id, block.reach)),
      ...(await heldElsewhere(stores, connection, block, profile)),
    ]
    const verdict = decideIdentity({ held, pages: block.pages, profile, window: block.days })
    await apply(deps, stores, connection, run, verdict)
    const committed: SyncRun = {
      ...run,
      committedThrough: block.days.to,
      counts: addCounts(run.counts, countsOf(verdict)),
    }
    await stores.sync.saveRun(committed)
    return { run: committed, verdict }
  })
}

/** A bank that is trusted with an id may show its movement on any day: those that we hold on other days are part of the decision. */
async function heldElsewhere(
  { transactions }: CommitStores,
  connection: Connection,
  block: Block,
  { stableId }: BankProfile,
): Promise<readonly HeldTransaction[]> {
  if (stableId === null) return []
  const ids = block.pages.flatMap((page) => page.flatMap(({ ids: shownIds }) => shownIds[stableId] ?? []))
  return transactions.heldByBankId(connection.id, stableId, [...new Set(ids)], block.reach)
}

/** The connection is as it is now, and held: what is assigned at this moment is either delivered here or by whoever assigns it, never by neither. */
async function apply(
  deps: CommitDeps,
  stores: CommitStores,
  connection: Connection,
  run: SyncRun,
  verdict: IdentityVerdict,
): Promise<void> {
  const now = deps.clock.now()
  const origin = { connectionId: connection.id, companyId: connection.companyId, runId: run.id, at: now }
  const bookedThrough = await closedThrough(stores, connection)
  const added = verdict.added.map(({ row, fingerprint, occurrence, suspect }) => ({
    id: deps.ids.uuid(),
    row,
    fingerprint,
    occurrence,
    suspect: reasonOf(suspect),
    alreadyBooked: bookedThrough !== null && row.bookingDate <= bookedThrough,
  }))
  const versions = verdict.modified.map(({ held, row, fingerprint, occurrence, suspect }) => ({
    id: held.id,
    row,
    fingerprint,
    occurrence,
    suspect: reasonOf(suspect),
  }))
  const modified = await stores.transactions.modify(origin, versions)
  await stores.transactions.add(origin, added)
  await stores.transactions.keepEvidence(
    verdict.same.filter(({ evidenceChanged }) => evidenceChanged).map(({ held, row }) => ({ id: held.id, row })),
  )
  await stores.transactions.setMissing(
    verdict.same.filter(({ held }) => held.missed > 0).map(({ held }) => held.id),
    0,
  )
  if (isDelivered(connection)) {
    stores.transactions.announce(
      'added',
      connection.companyId,
      added.map(({ id }) => ({ id, version: 1 })),
      now,
    )
    // One that had been removed is new to whoever follows the feed.
    const restored = new Set(verdict.modified.filter((each) => each.restored).map(({ held }) => held.id))
    for (const [type, changed] of Map.groupBy(modified, ({ id }) => (restored.has(id) ? 'added' : 'modified')))
      stores.transactions.announce(type, connection.companyId, changed, now)
  }
}

/** Transactions of an unassigned connection are kept, and delivered when it is assigned. */
const isDelivered = ({ assignment }: Connection): boolean => assignment !== null && assignment !== 'none'

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

type Evidence = {
  readonly profile: BankProfile
  readonly balances: readonly ProviderBalance[]
  readonly bookedToday: bigint | null
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
    const { proof, proofWithout, closes } = await proofsOf(stores, prepared, coverage, evidence)
    const held = plan.window === null ? [] : await stores.transactions.sumsByDay(connection.id, plan.window)
    const removal = decideRemovals({
      missing: evidence.missing,
      shownCount: evidence.shown,
      heldCount: held.reduce((count, day) => count + day.count, 0),
      proof: { kept: proof.verdict, removed: proofWithout.verdict },
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
    if (isDelivered(connection)) {
      stores.transactions.announce('removed', connection.companyId, removed, now)
      stores.transactions.announce('modified', connection.companyId, settled, now)
    }

    const counts = addCounts(run.counts, { ...noCounts, removed: removal.removed.length })
    const finished: SyncRun = {
      ...run,
      status: 'completed',
      counts,
      proof: removal.removed.length > 0 ? proofWithout : proof,
      committedThrough: plan.window?.to ?? null,
      finishedAt: now,
    }
    await stores.sync.saveRun(finished)
    await stores.sync.saveSealedPsu(run.id, null)
    // The raw answer is kept as long as something was read from it.
    if (counts.added + counts.modified === 0) await stores.sync.dropPages(run.id)
    await stores.sync.saveBalances(connection.id, evidence.balances, now)
    await stores.sync.addCloses(connection.id, closes)
    await stores.sync.saveState(connection.id, {
      coverage,
      health: healthy,
      lastRunId: run.id,
      distrusted: evidence.distrusted,
    })
    announceOutcome(stores, connection, finished, { before: state, coverage }, now)
    await stores.due.finish(lease, {
      next: nextDailySlot({ connectionId: connection.id, timeZone: company.timeZone }, now),
      failed: false,
    })
    if (isDelivered(connection) && counts.added + counts.modified + counts.removed > 0)
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

/** The proof of what is held, and of what would be held without the missing ones. */
async function proofsOf(
  { sync, transactions }: CommitStores,
  { connection, today }: PreparedRun,
  coverage: Awaited<ReturnType<SyncStore['state']>>['coverage'],
  { balances, profile, bookedToday, missing }: Evidence,
): Promise<{ readonly proof: Proof; readonly proofWithout: Proof; readonly closes: readonly Close[] }> {
  const closings = closesOf(balances, { profile, today, bookedToday })
  const openings = await sync.closes(connection.id, addDays(today, -openingDays))
  const first = openings[0]
  const sums =
    first === undefined ? [] : await transactions.sumsByDay(connection.id, { from: addDays(first.day, 1), to: today })
  return {
    closes: closings,
    proof: prove({ openings, closings, sums, coverage }),
    proofWithout: prove({
      openings,
      closings,
      sums: sumsWithout(
        sums,
        missing.map(({ row }) => row),
      ),
      coverage,
    }),
  }
}

/** How far back an opening balance may lie. */
const openingDays = 100

const sumOf = (rows: readonly ProviderTransaction[]): bigint => rows.reduce((sum, { amount }) => sum + amount.minor, 0n)
