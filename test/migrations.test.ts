import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { env, execPath } from 'node:process'
import { randomBytes } from 'node:crypto'
import { test, type Test } from 'tap'
import { migrate, migrationNames } from '../src/migrate.ts'
import { createLog } from '../src/shared/log.ts'
import { freshDatabase, runSql, serviceUser, urlOf } from './support/database.ts'
import { fillTables } from './support/rows.ts'
import { printSchema } from './support/schema.ts'

const folder = new URL('../migrations/', import.meta.url)
const log = createLog({ level: 'silent' })

const id = (n: number) => `'01931f5e-8c00-7000-8000-00000000000${n}'`

/** A database that has had no migration. */
async function emptyDatabase(t: Test): Promise<string> {
  const server = env['TEST_DATABASE_URL'] ?? ''
  const database = `bankfeed_empty_${randomBytes(6).toString('hex')}`
  await runSql(server, `create database ${database}`)
  t.teardown(() => runSql(server, `drop database ${database} with (force)`))
  return urlOf(server, { database })
}

/** A process that migrates, as an operator would start it. Answers its exit code. */
async function migrateByCommand(ownerUrl: string): Promise<number | null> {
  const database = new URL(ownerUrl).pathname.slice(1)
  const child = spawn(execPath, ['src/cli/migrate.ts'], {
    cwd: new URL('..', import.meta.url),
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...env,
      DATABASE_OWNER_URL: ownerUrl,
      DATABASE_URL: urlOf(ownerUrl, { database, user: serviceUser }),
      ENCRYPTION_KEYS: `test:${randomBytes(32).toString('base64')}`,
      JWT_JWKS_URL: 'http://127.0.0.1/jwks',
      JWT_ISSUER: 'test',
      JWT_AUDIENCE: 'test',
      LOG_LEVEL: 'error',
    },
  })
  const [code] = await once(child, 'close')
  return typeof code === 'number' ? code : null
}

const logOf = (ownerUrl: string) => runSql(ownerUrl, 'select name, timestamp from kysely_migration order by name')

test('schema.sql is what the migrations make', async (t) => {
  const { ownerUrl } = await freshDatabase(t)
  const [written, made] = await Promise.all([readFile(new URL('schema.sql', folder), 'utf8'), printSchema(ownerUrl)])
  t.equal(made, written, 'if not, `npm run migrate:dump` writes it anew')
})

test('steps are numbered without gaps, and each begins with its reason', async (t) => {
  const names = (await readdir(folder)).filter((name) => name !== 'schema.sql').toSorted((a, b) => (a < b ? -1 : 1))
  t.same(await migrationNames(), names)
  for (const [index, name] of names.entries()) {
    t.match(name, new RegExp(`^${String(index + 1).padStart(4, '0')}-[a-z]+(-[a-z]+)*\\.sql$`))
    t.match(await readFile(new URL(name, folder), 'utf8'), /^-- [A-Z].{20}/, name)
  }
})

test('of several processes that migrate at once each succeeds, and the steps are taken once', async (t) => {
  const ownerUrl = await emptyDatabase(t)
  t.same(await Promise.all([1, 2, 3].map(() => migrateByCommand(ownerUrl))), [0, 0, 0])
  t.same(
    (await logOf(ownerUrl)).map(({ name }) => `${String(name)}.sql`),
    await migrationNames(),
  )
  const { ownerUrl: template } = await freshDatabase(t)
  t.equal(await printSchema(ownerUrl), await printSchema(template))
})

test('to migrate again changes nothing', async (t) => {
  const { ownerUrl } = await freshDatabase(t)
  const before = [await printSchema(ownerUrl), await logOf(ownerUrl)]
  await migrate({ ownerUrl, serviceUser, log })
  t.same([await printSchema(ownerUrl), await logOf(ownerUrl)], before)
})

test('what a feed told before its changes stood together keeps its numbers (0019)', async (t) => {
  const ownerUrl = await emptyDatabase(t)
  await migrate({ ownerUrl, through: '0018-what-is-read-again', log })
  const change = `md5(position::text)::uuid as id, 1 + position % 3 as version, at, company_id, type`
  await runSql(
    ownerUrl,
    `insert into transaction_changes (tenant_id, position, company_id, transaction_id, version, type, at)
     select tenant, p, case when p % 4000 < 3000 then 'a' else 'b' end, md5(p::text)::uuid, 1 + p % 3,
       case when p % 3000 = 7 then 'removed' else 'added' end, '2026-11-01'::timestamptz + interval '1 hour' * (p / 3500)
     from generate_series(1, 9000) p, unnest(array['one', 'two']) tenant where p % 2500 <> 77`,
  )
  const before = await runSql(
    ownerUrl,
    `select tenant_id, position, ${change} from transaction_changes order by tenant_id, position`,
  )
  await migrate({ ownerUrl, log })
  const after = await runSql(
    ownerUrl,
    `select tenant_id, last_position - cardinality(transaction_ids) + number as position, id, version, at, company_id, type
     from transaction_changes, unnest(transaction_ids, versions) with ordinality as r (id, version, number) order by 1, 2`,
  )
  t.same(after, before)
  const [{ most } = {}] = await runSql(
    ownerUrl,
    'select max(cardinality(transaction_ids)) as most from transaction_changes',
  )
  t.equal(most, 1_000)
})

test('what was delivered before usage was counted counts in the month of its delivery (0034)', async (t) => {
  const ownerUrl = await emptyDatabase(t)
  await migrate({ ownerUrl, through: '0033-parties-of-entries', log })
  await fillTables(ownerUrl, ['one'])
  const row = (n: number, day: string, isBooked: boolean) =>
    `(${id(n)}, '${day}', '${n}', ${isBooked}, 'one', (select connection_id from connections), (select company_id from companies), 1, 'NOK', 1, ${id(0)}, now())`
  await runSql(
    ownerUrl,
    'delete from transactions; delete from transaction_changes; delete from sync_runs',
    `update companies set time_zone = 'Pacific/Auckland', group_id = 'nordic', created_at = '2026-09-30T12:00:00Z'`,
    `update connections set first_activated_on = '2026-11-10', assignment = 'assigned', person_id = 'anna'`,
    `insert into transactions (transaction_id, booking_date, fingerprint, already_booked, tenant_id, connection_id, company_id, amount_minor, currency, occurrence, run_id, changed_at)
     values ${[row(1, '2026-11-10', false), row(2, '2026-11-30', false), row(3, '2026-11-09', false), row(4, '2026-11-20', true), row(5, '2026-11-20', false)].join()}`,
    `insert into transaction_changes (tenant_id, last_position, company_id, type, transaction_ids, versions, at)
     select 'one', p, (select company_id from companies), 'added', array[${[1, 2, 3, 4].map(id).join()}]::uuid[], '{1,1,1,1}', at::timestamptz
     from (values (4, '2026-11-30T12:00:00Z'), (9, '2026-12-24T12:00:00Z')) as r (p, at)`,
  )
  await migrate({ ownerUrl, log })
  t.same(
    await runSql(
      ownerUrl,
      'select right(transaction_id::text, 1) as id, counted_on::text as day from transactions where counted_on is not null order by 1',
    ),
    [
      { id: '1', day: '2026-12-01' },
      { id: '2', day: '2026-12-01' },
    ],
  )
  t.same(await runSql(ownerUrl, 'select month, transactions::int as transactions from usage_counts'), [
    { month: '2026-12', transactions: 2 },
  ])
  t.same(await runSql(ownerUrl, 'select month, group_id from usage_groups'), [{ month: '2026-10', group_id: 'nordic' }])
})

test('the service’s own role can change no tables', async (t) => {
  const { serviceUrl } = await freshDatabase(t)
  await t.rejects(migrate({ ownerUrl: serviceUrl, log }))
  for (const statement of [
    'create table mine ()',
    'alter table tenants add mine text',
    'drop table tenants',
    'truncate tenants',
  ])
    await t.rejects(runSql(serviceUrl, statement), { code: '42501' }, statement)
})
