import type { DueStore, Lease } from '../due/index.ts'
import type { Unit } from '../shared/unit.ts'
export const runMatching = (deps: { readonly unit: Unit<{ due: Pick<DueStore, 'finish'> }> }, lease: Lease): Promise<void> =>
  deps.unit(lease.tenant, ({ due }) => due.finish(lease, { next: null, failed: false }))
