import type { DueStore, Lease } from '../due/index.ts'
import type { Unit } from '../shared/unit.ts'
import type { ConnectionStore } from './index.ts'

/** Due work: time alone may have changed a status. Touching the connection derives it anew when the unit commits, and says when to look again. */
export const refreshStatusOf = (
  deps: { readonly unit: Unit<{ connections: Pick<ConnectionStore, 'touch'>; due: Pick<DueStore, 'finish'> }> },
  lease: Lease,
): Promise<void> =>
  deps.unit(lease.tenant, async ({ connections, due }) => {
    await due.finish(lease, { next: null, failed: false })
    connections.touch(lease.subject)
  })
