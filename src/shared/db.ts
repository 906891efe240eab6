// PostgreSQL through pg and Kysely: the pool, what its values become, and one transaction bound to one tenant.

import { Kysely, PostgresDialect, type Dialect } from 'kysely'
import pg from 'pg'
import type { TenantId } from '../values/ids.ts'
import type { Tables } from './db-tables.ts'
import type { Log } from './log.ts'

export type Sql = Kysely<Tables>

/** What a store works on: one connection inside a transaction that is set to one tenant. */
export type TenantDb = { readonly tenant: TenantId; readonly sql: Sql }

export type Pool = pg.Pool

/**
 * A pool whose values keep their meaning: days stay text (a Date would fall a day early east of Greenwich), int8 is BigInt, and an array of
 * numerics stays text. Statements are sent without waiting for the one before (`pipeline`): a transaction's opening costs no round trip.
 * The server ends a statement after `statementTimeoutMs`; where it cannot even say so, its connection is given up a quarter later.
 */
export function createPool(options: {
  readonly url: string
  readonly size: number
  readonly name: string
  readonly statementTimeoutMs: number
  readonly log: Log
}): Pool {
  const types = new pg.TypeOverrides()
  types.setTypeParser(1082, (text: string) => text) // date
  types.setTypeParser(1182, (text: string) => (text === '{}' ? [] : text.slice(1, -1).split(','))) // date[]
  types.setTypeParser(20, BigInt) // int8
  types.setTypeParser(1016, (text: string) => (text === '{}' ? [] : text.slice(1, -1).split(',').map(BigInt))) // int8[]
  types.setTypeParser(1184, instantOf) // timestamptz
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.size,
    application_name: options.name,
    connectionTimeoutMillis: 3_000,
    query_timeout: options.statementTimeoutMs * 1.25,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    options: `-c statement_timeout=${options.statementTimeoutMs} -c lock_timeout=5000 -c timezone=UTC -c idle_in_transaction_session_timeout=15000`,
    types,
    pipeline: true,
    Client: PreparingClient,
  })
  // A connection that breaks while idle (a restarted server) would otherwise end the process.
  pool.on('error', (error) => options.log.warn({ err: error }, 'an idle database connection broke'))
  // So would one that breaks between two statements of a transaction. Whoever holds it is told by the next.
  pool.on('connect', (client) =>
    client.on('error', (error) => options.log.debug({ err: error }, 'a database connection broke')),
  )
  return pool
}

/**
 * A connection that keeps the plan of what it is asked again and again: much of what a short statement costs is to parse and plan it. With a long list it is
 * planned each time, as one plan does not fit ten and ten thousand.
 */
class PreparingClient extends pg.Client {
  readonly #asked = new Map<string, number>()

  // oxlint-disable-next-line typescript/no-explicit-any, typescript/no-unsafe-argument -- pg's own eight signatures: what is not a text with values is passed on
  override query(...args: [any, any?, any?]): any {
    const [text, values, callback] = args
    if (typeof text !== 'string' || !Array.isArray(values)) return super.query(...args)
    return super.query({ text, values, ...this.#nameOf(text, values) }, callback)
  }

  #nameOf(text: string, values: readonly unknown[]): { readonly name?: string } {
    if (values.some((value) => Array.isArray(value) && value.length > shortList)) return {}
    const number = this.#asked.get(text) ?? this.#asked.size
    if (number >= preparedMax) return {}
    this.#asked.set(text, number)
    return { name: `s${number}` }
  }
}

/** Each takes some ten KiB of the server's memory, on every connection. */
const preparedMax = 300
/** What PostgreSQL takes a list for that it does not see. */
const shortList = 10

/** In a session whose zone is UTC an instant is written as JavaScript reads it fastest, but for a blank and the zone: a list has hundreds. */
const instantOf = (text: string): Date => new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`)

export const sqlOf = (pool: Pool): Sql => new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })

/** Kysely over one connection that somebody else has opened and will give back. */
export function sqlOn(client: pg.PoolClient): Sql {
  // Of a pool and its client, Kysely calls no more than this.
  const borrowed: unknown = { query: client.query.bind(client), release: () => undefined }
  const pool: unknown = { connect: () => Promise.resolve(borrowed), end: () => Promise.resolve() }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  const dialect: Dialect = new PostgresDialect({ pool: pool as pg.Pool })
  return new Kysely<Tables>({ dialect })
}
