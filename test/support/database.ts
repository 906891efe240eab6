import { randomBytes } from 'node:crypto'
import { env } from 'node:process'
import pg from 'pg'

/** The login role that tests use as the service. Not `bankfeed`: a server named by TEST_DATABASE_URL may hold somebody's real one. */
export const serviceUser = 'bankfeed_test'

/** A migrated database of the test file's own, and how the owner and the service reach it. Gone when the file is done. */
export async function freshDatabase(t: { teardown(undo: () => Promise<unknown>): void }): Promise<{
  readonly ownerUrl: string
  readonly serviceUrl: string
}> {
  const server = env['TEST_DATABASE_URL']
  const template = env['TEST_TEMPLATE_DATABASE']
  if (server === undefined || template === undefined)
    throw new Error('there is no test database here: run the file by "npm test -- FILE"')
  const database = `${template}_${randomBytes(6).toString('hex')}`
  await runSql(server, `create database ${database} template ${template} strategy file_copy`)
  t.teardown(() => runSql(server, `drop database if exists ${database} with (force)`))
  return { ownerUrl: urlOf(server, { database }), serviceUrl: urlOf(server, { database, user: serviceUser }) }
}

/** The same server and password, another database and user. */
export function urlOf(server: string, part: { readonly database: string; readonly user?: string }): string {
  const url = new URL(server)
  url.pathname = `/${part.database}`
  if (part.user !== undefined) url.username = part.user
  return url.href
}

/** One statement after the other, each in a transaction of its own, as `create database` demands. Answers the rows of the last. */
export async function runSql(
  url: string,
  ...statements: readonly string[]
): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    let rows: readonly Record<string, unknown>[] = []
    for (const statement of statements) rows = (await client.query<Record<string, unknown>>(statement)).rows
    return rows
  } finally {
    await client.end()
  }
}

/** Until so many statements of the database wait for a lock that somebody else holds. */
export async function waitForLock(url: string, count = 1): Promise<void> {
  const waiting = `select count(*)::int as count from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`
  for (let seen = 0; seen < count;) seen = Number((await runSql(url, waiting))[0]?.['count'])
}
