// The unit of work: one database transaction, set to one tenant, in which the stores of several slices meet.

import type { TenantId } from '../values/ids.ts'
import { AppError } from './errors.ts'
import { sqlOn, type Pool, type TenantDb } from './db.ts'

/**
 * Runs `work` with stores over one transaction: committed when it returns, rolled back when it throws.
 * Where another unit came in between, `work` runs again (three times at most), so it must do nothing but use its stores and compute.
 */
export type Unit<Stores> = <Result>(tenant: TenantId, work: (stores: Stores) => Promise<Result>) => Promise<Result>

/** A unit for one kind of result: what a use case asks for whose answer is written together with its effect (`shared/http/once.ts`). */
export type UnitFor<Stores, Result> = (tenant: TenantId, work: (stores: Stores) => Promise<Result>) => Promise<Result>

const attemptsMax = 3
/**
 * Serialization failure and deadlock; and a reference to what is gone or a key that is there already: another unit has just removed or made it, and
 * the work, run again, sees that.
 */
const retriable = new Set(['40001', '40P01', '23503', '23505'])

/**
 * `beforeCommit` is the transaction's last act: numbered feeds are written there, so that the lock that orders a tenant's writers is held for
 * no longer than a commit.
 */
export function createUnit<Stores>(options: {
  readonly pool: Pool
  readonly storesOn: (db: TenantDb) => Stores
  readonly beforeCommit: (stores: Stores) => Promise<void>
}): Unit<Stores> {
  return async (tenant, work) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await inTransaction(options.pool, tenant, async (db) => {
          const stores = options.storesOn(db)
          const result = await work(stores)
          await options.beforeCommit(stores)
          return result
        })
      } catch (error) {
        if (attempt >= attemptsMax || !retriable.has(sqlStateOf(error) ?? '')) throw error
      }
    }
  }
}

const tenantPattern = /^[A-Za-z0-9._~-]{1,64}$/

/** Stores that all read the same instant, and write nothing; until it is disposed of. */
export type Snapshot<Stores> = AsyncDisposable & { readonly stores: Stores }

/**
 * Opens snapshots for what is read for minutes, each on a connection of its own: no more than `max` at once in this process. Whoever reads has a minute between two
 * statements. @throws {AppError} too_many_requests
 */
export function createSnapshots<Stores>(options: {
  readonly pool: Pool
  readonly storesOn: (db: TenantDb) => Stores
  readonly max: number
}): (tenant: TenantId) => Promise<Snapshot<Stores>> {
  let open = 0
  return async (tenant) => {
    if (open >= options.max)
      throw new AppError(
        'too_many_requests',
        'As much is being read here as can be at once. Try again in some minutes.',
      )
    checkTenant(tenant)
    open += 1
    const client = await options.pool.connect().catch((error: unknown) => {
      open -= 1
      throw error
    })
    const close = async () => {
      open -= 1
      client.release(!(await rolledBack(client)))
    }
    try {
      await client.query(
        `begin isolation level repeatable read read only; set local app.tenant = '${tenant}'; set local idle_in_transaction_session_timeout = '60s'`,
      )
    } catch (error) {
      await close()
      throw error
    }
    return { stores: options.storesOn({ tenant, sql: sqlOn(client) }), [Symbol.asyncDispose]: close }
  }
}

/** The tenant is written into the statement's text, so it must be what a tenant's key may be, whatever a caller let through. */
function checkTenant(tenant: TenantId): void {
  if (!tenantPattern.test(tenant)) throw new RangeError('not a tenant key')
}

async function inTransaction<Result>(
  pool: Pool,
  tenant: TenantId,
  work: (db: TenantDb) => Promise<Result>,
): Promise<Result> {
  checkTenant(tenant)
  const client = await pool.connect()
  let broken = true
  try {
    // Not awaited here: the first statement of `work` travels with it. If it fails, so does everything after it.
    // `set local` is `select set_config('app.tenant', …, true)` without a row to plan, send and read: a list is a twelfth faster.
    const opened = client.query(`begin; set local app.tenant = '${tenant}'`)
    opened.catch(() => undefined)
    try {
      const result = await work({ tenant, sql: sqlOn(client) })
      await opened
      const { command } = await client.query('commit')
      if (command !== 'COMMIT') throw new Error('the transaction had failed and was rolled back')
      broken = false
      return result
    } catch (error) {
      broken = !(await rolledBack(client))
      throw error
    }
  } finally {
    // A connection whose end is unknown is closed, never handed to the next.
    client.release(broken)
  }
}

const rolledBack = (client: { query(text: string): Promise<unknown> }): Promise<boolean> =>
  client.query('rollback').then(
    () => true,
    () => false,
  )

/** PostgreSQL's five-character SQLSTATE of an error it raised. */
export function sqlStateOf(error: unknown): string | undefined {
  return typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.length === 5
    ? error.code
    : undefined
}
