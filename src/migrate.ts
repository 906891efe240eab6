// Applies migrations/ in order, as the owner. Any number of processes may try at once: Kysely's lock lets one through.

import { readdir, readFile } from 'node:fs/promises'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { Migrator, type Migration } from 'kysely/migration'
import pg from 'pg'
import type { Log } from './shared/log.ts'

const folder = new URL('../migrations/', import.meta.url)

/** Names of all steps, in order; a database is current when it has had the last one. */
export async function migrationNames(): Promise<readonly string[]> {
  return (await readdir(folder)).filter((name) => /^\d{4}-.*\.sql$/.test(name)).toSorted()
}

/**
 * Brings the database up to date, or to the step named `through`. `serviceUser` is the login role of the service: it is made a member of the two group roles.
 * @throws when a step fails; nothing of it then stays.
 */
export async function migrate(options: {
  readonly ownerUrl: string
  readonly serviceUser?: string
  readonly through?: string
  readonly log: Log
}): Promise<void> {
  const db = openDb(options.ownerUrl, 2)
  try {
    const names = await migrationNames()
    const migrator = new Migrator({
      db,
      provider: { getMigrations: async () => Object.fromEntries(await Promise.all(names.map(stepOf))) },
    })
    const { error, results } = await (options.through === undefined
      ? migrator.migrateToLatest()
      : migrator.migrateTo(options.through))
    for (const { migrationName, status } of results ?? [])
      options.log.info({ migration: migrationName, status }, 'migration')
    if (error !== undefined) throw new Error('a migration failed', { cause: error })
    if (options.serviceUser !== undefined)
      await sql`grant bankfeed_service, bankfeed_claimer to ${sql.id(options.serviceUser)}`.execute(db)
  } finally {
    await db.destroy()
  }
}

async function stepOf(name: string): Promise<[string, Migration]> {
  const text = await readFile(new URL(name, folder), 'utf8')
  return [name.replace(/\.sql$/, ''), { up: async (db) => void (await sql.raw(text).execute(db)) }]
}

/** Makes the service's login role, or gives it the password anew. It may log in and nothing else: `migrate` grants it what it needs. */
export async function createServiceRole(options: {
  readonly ownerUrl: string
  readonly user: string
  readonly password: string
}): Promise<void> {
  const db = openDb(options.ownerUrl, 1)
  try {
    const role = sql.id(options.user)
    const { rows } = await sql`select from pg_roles where rolname = ${options.user}`.execute(db)
    if (rows.length === 0) await sql`create role ${role} login nosuperuser nobypassrls`.execute(db)
    await sql`alter role ${role} password ${sql.lit(options.password)}`.execute(db)
  } finally {
    await db.destroy()
  }
}

/** A connection that breaks is told by the statement that is under way; one that breaks between two would otherwise end the process. */
function openDb(url: string, max: number): Kysely<unknown> {
  const pool = new pg.Pool({ connectionString: url, max })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
}
