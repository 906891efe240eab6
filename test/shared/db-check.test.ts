import { t as file, test, type Test } from 'tap'
import { migrationNames } from '../../src/migrate.ts'
import { databaseProblem } from '../../src/shared/db-check.ts'
import { createPool } from '../../src/shared/db.ts'
import { createLog } from '../../src/shared/log.ts'
import { freshDatabase, runSql } from '../support/database.ts'

const { ownerUrl, serviceUrl } = await freshDatabase(file)
const latest = (await migrationNames()).at(-1)?.replace(/\.sql$/, '') ?? ''

function problemOf(t: Test, url: string, migration = latest): Promise<string | null> {
  const pool = createPool({
    url,
    size: 1,
    name: 'test',
    statementTimeoutMs: 1_000,
    log: createLog({ level: 'silent' }),
  })
  t.teardown(() => pool.end())
  return databaseProblem(pool, migration)
}

test('the service’s role on a database that has had every migration may serve', async (t) => {
  t.equal(await problemOf(t, serviceUrl), null)
})

test('a database that is behind is not served', async (t) => {
  t.match(await problemOf(t, serviceUrl, '9999-not-yet'), /npm run migrate/)
})

test('a role that owns the tables or goes round row-level security is refused', async (t) => {
  t.match(await problemOf(t, ownerUrl), /no superuser/)
  await runSql(ownerUrl, `create table theirs ()`, `alter table theirs owner to ${new URL(serviceUrl).username}`)
  t.match(await problemOf(t, serviceUrl), /owns no table/)
})
