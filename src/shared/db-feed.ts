import { sql as raw } from 'kysely'
import type { TenantDb } from './db.ts'

/**
 * Takes the next `count` numbers of the tenant's feeds and returns the first. The tenant's other writers wait here until this transaction ends, so
 * numbers become visible in their order and none is skipped: call it last (a unit of work does, before its commit).
 */
export async function takePositions({ tenant, sql }: TenantDb, count: number): Promise<bigint> {
  const { last } = await sql
    .insertInto('feed_positions')
    .values({ tenant_id: tenant, last: BigInt(count) })
    .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet({ last: raw`feed_positions.last + ${count}` }))
    .returning('last')
    .executeTakeFirstOrThrow()
  return last - BigInt(count) + 1n
}
