import type { Lease } from '../due/index.ts'
import type { Clock } from '../shared/clock.ts'
import type { Ids } from '../shared/ids.ts'
import type { Unit } from '../shared/unit.ts'
import { commitMatches, type CommitStores } from './commit-matches.ts'
import { gatherBooks, type GatherStores, type Gathered } from './gather-books.ts'
import type { Proposer } from './proposer.ts'

type Deps = {
  readonly unit: Unit<GatherStores & CommitStores>
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
