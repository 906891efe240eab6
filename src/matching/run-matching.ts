import type { Lease } from '../due/index.ts'
import type { Clock } from '../shared/clock.ts'
import type { Ids } from '../shared/ids.ts'
import type { Unit } from '../shared/unit.ts'
import { commitMatches, type CommitStores } from './commit-matches.ts'
import { gatherBooks, settledSince, type GatherStores, type Gathered } from './gather-books.ts'
import { makeKeys, type MakeStores } from './keep-keys.ts'
import { areKeysWorthwhile } from './model/touched.ts'
import type { Proposer } from './proposer.ts'

type Deps = {
  readonly unit: Unit<GatherStores & CommitStores & MakeStores>
  readonly proposer: Pick<Proposer, 'propose'>
  readonly clock: Clock
  readonly ids: Ids
}

/**
 * Due work: matches what a company's bank shows with its books. Deciding takes a while, so it is done between two transactions of the database; the
 * second drops what has changed meanwhile, and then the work is due again.
 * @throws {AppError} lease_lost
 */
export async function runMatching(deps: Deps, lease: Lease): Promise<void> {
  const gathered = await deps.unit(lease.tenant, (stores) => gatherBooks(deps, stores, lease))
  if (gathered === null) return
  try {
    const proposals = await deps.proposer.propose(gathered.books)
    await deps.unit(lease.tenant, (stores) => commitMatches(deps, stores, { lease, gathered, proposals }))
  } catch (error) {
    // Whoever handed the work out hears of it and tries again later. If this fails too, the next attempt takes the run up as it stands.
    await recordFailure(deps, lease, gathered).catch(() => undefined)
    throw error
  }
  await makeReady(deps, lease, gathered)
}

/** After a run over everything the company's keys are made, so that the next one reads only what a change can touch. */
async function makeReady(deps: Deps, lease: Lease, { state, books, circumstances }: Gathered): Promise<void> {
  const counts = { entries: books.entries.length, lines: books.lines.length }
  if (state.keysVersion === null && areKeysWorthwhile(counts))
    await makeKeys(deps, lease, { circumstances, changedSince: settledSince(deps.clock.now()) })
  await deps.unit(lease.tenant, ({ due }) => due.finish(lease, { next: null, failed: false }))
}

function recordFailure(deps: Deps, lease: Lease, { run }: Gathered): Promise<void> {
  return deps.unit(lease.tenant, async ({ companies, due, matches }) => {
    await companies.hold(run.companyId)
    await due.hold(lease)
    await matches.saveRun({
      ...run,
      status: 'failed',
      error: 'Something went wrong here. Matching is tried again by itself.',
      finishedAt: deps.clock.now(),
    })
  })
}
