import type { DueStore } from '../due/index.ts'
import type { Clock } from '../shared/clock.ts'
import type { Unit } from '../shared/unit.ts'
import type { TenantId } from '../values/ids.ts'
import type { TenantStore } from './index.ts'

type Deps = {
  readonly unit: Unit<{ tenants: Pick<TenantStore, 'ensure'>; due: Pick<DueStore, 'wake'> }>
  readonly clock: Clock
}

const dayMs = 86_400_000

/** A tenant comes to be with its first valid token; its old events are forgotten day by day from then on. */
export function welcomeTenant({ unit, clock }: Deps, tenant: TenantId): Promise<void> {
  return unit(tenant, async ({ tenants, due }) => {
    const now = clock.now()
    await tenants.ensure(now)
    await due.wake({ kind: 'forget', subjects: ['events'], at: new Date(now.getTime() + dayMs) })
  })
}
