import { sql as raw } from 'kysely'
import pg from 'pg'
import { t as file, test } from 'tap'
import { createPool, type TenantDb } from '../../src/shared/db.ts'
import { createLog } from '../../src/shared/log.ts'
import { createUnit, sqlStateOf } from '../../src/shared/unit.ts'
import { freshDatabase, runSql, waitForLock } from '../support/database.ts'

const { ownerUrl, serviceUrl } = await freshDatabase(file)
const pool = createPool({
  url: serviceUrl,
  size: 3,
  name: 'test',
  statementTimeoutMs: 5_000,
  log: createLog({ level: 'silent' }),
})
file.teardown(() => pool.end())
await runSql(
  ownerUrl,
  `insert into tenants (tenant_id, name, created_at, updated_at) select t, t, now(), now() from unnest(array['acme', 'rival', 'one', 'two']) t`,
)
const nothing = () => Promise.resolve()
const unit = createUnit<TenantDb>({ pool, storesOn: (db) => db, beforeCommit: nothing })
const rename = ({ sql, tenant }: TenantDb, name: string) =>
  sql.updateTable('tenants').set({ name }).where('tenant_id', '=', tenant).execute()
const nameOf = async (tenant: string) =>
  (await runSql(ownerUrl, `select name from tenants where tenant_id = '${tenant}'`))[0]?.['name']
/** An error as PostgreSQL raises it. */
const databaseError = (code: string) => Object.assign(new Error(`state ${code}`), { code })

test('what is done in a unit is there when it returns, with its answer', async (t) => {
  const answer = await unit('acme', async (db) => {
    await rename(db, 'Acme Books')
    return 'done'
  })
  t.same([answer, await nameOf('acme')], ['done', 'Acme Books'])
})

test('what throws leaves nothing behind, and throws what it threw', async (t) => {
  const broken = new Error('no')
  await t.rejects(
    unit('acme', async (db) => {
      await rename(db, 'Half Done')
      throw broken
    }),
    broken,
  )
  const late = createUnit<TenantDb>({ pool, storesOn: (db) => db, beforeCommit: () => Promise.reject(broken) })
  await t.rejects(
    late('acme', (db) => rename(db, 'Half Done')),
    broken,
    'at the very end, too',
  )
  t.equal(await nameOf('acme'), 'Acme Books')
})

test('a statement that failed fails the unit, though its work has shrugged it off', async (t) => {
  const shrugging = unit('acme', async (db) => {
    await rename(db, 'Half Done')
    await raw`select 1 / 0`.execute(db.sql).catch(nothing)
  })
  await t.rejects(shrugging, { message: /rolled back/ })
  t.equal(await nameOf('acme'), 'Acme Books')
})

test('it sees its tenant and nobody else, also on a connection that served another just before', async (t) => {
  for (const tenant of ['acme', 'rival', 'acme']) {
    const seen = await unit(tenant, ({ sql }) => sql.selectFrom('tenants').select('tenant_id').execute())
    t.same(seen, [{ tenant_id: tenant }])
  }
  const { rows } = await pool.query(`select current_setting('app.tenant', true) as left`)
  t.notOk(rows[0].left, 'and leaves none set')
})

test('what is no tenant’s key never comes near a statement', async (t) => {
  for (const tenant of ["acme', true); drop table tenants; --", '', 'a b', 'acme\n', "acme'", 'x'.repeat(65)])
    await t.rejects(unit(tenant, nothing), { name: 'RangeError', message: 'not a tenant key' }, tenant)
  t.equal(pool.totalCount - pool.idleCount, 0)
})

test('of two that wait for each other both come through: one is run again', async (t) => {
  let runs = 0
  const both = ['acme', 'rival'].map((tenant, index, tenants) => {
    // As two units of one tenant would, each takes two locks, in opposite orders.
    const locks = index === 0 ? [1, 2] : [2, 1]
    return unit(tenant, async (db) => {
      runs += 1
      await raw`select pg_advisory_xact_lock(${locks[0]})`.execute(db.sql)
      if (runs <= tenants.length) await new Promise((later) => setTimeout(later, 100))
      await raw`select pg_advisory_xact_lock(${locks[1]})`.execute(db.sql)
      await rename(db, 'through')
    })
  })
  await Promise.all(both)
  t.equal(runs, 3)
  t.same([await nameOf('acme'), await nameOf('rival')], ['through', 'through'])
})

test('where another unit came in between, it is run again, three times at most, each time from the start', async (t) => {
  for (const code of ['40001', '40P01', '23503', '23505']) {
    let runs = 0
    const stores = new Set<TenantDb>()
    const failing = unit('acme', async (db) => {
      runs += 1
      stores.add(db)
      await rename(db, `run ${runs}`)
      throw databaseError(code)
    })
    await t.rejects(failing, { code })
    t.same([runs, stores.size], [3, 3], code)
  }
  let runs = 0
  await unit('acme', async (db) => {
    runs += 1
    await rename(db, `run ${runs}`)
    if (runs < 3) throw databaseError('40001')
  })
  t.equal(await nameOf('acme'), 'run 3')
})

test('nothing else is run again', async (t) => {
  for (const error of [databaseError('22P02'), databaseError('57014'), databaseError('55P03'), new Error('a bug')]) {
    let runs = 0
    const failing = unit('acme', async () => {
      runs += 1
      throw error
    })
    await t.rejects(failing, error)
    t.equal(runs, 1)
  }
})

test('a connection that breaks within a unit fails that unit, and is not handed to the next', async (t) => {
  const broken = unit('acme', async (db) => {
    const { rows } = await raw<{ pid: number }>`select pg_backend_pid() as pid`.execute(db.sql)
    await rename(db, 'Half Done')
    await runSql(ownerUrl, `select pg_terminate_backend(${rows[0]?.pid ?? 0})`)
    await rename(db, 'Half Done')
  })
  await t.rejects(broken)
  t.equal(await nameOf('acme'), 'run 3')
  for (let round = 0; round < 5; round += 1) await unit('acme', ({ sql }) => raw`select 1`.execute(sql))
})

test('more units than connections wait their turn', async (t) => {
  const names = await Promise.all(
    Array.from({ length: 30 }, (_, index) =>
      unit(index % 2 === 0 ? 'one' : 'two', async (db) => {
        await rename(db, `${db.tenant} ${index}`)
        return db.sql.selectFrom('tenants').select('name').executeTakeFirstOrThrow()
      }),
    ),
  )
  names.forEach(({ name }, index) => t.equal(name, `${index % 2 === 0 ? 'one' : 'two'} ${index}`))
  t.equal(pool.totalCount - pool.idleCount, 0, 'and all are given back')
})

test('a lock that somebody holds for too long is given up', async (t) => {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  t.teardown(() => client.end())
  await client.query(`begin; update tenants set name = name where tenant_id = 'acme'`)
  const waiting = unit('acme', async (db) => {
    await raw`set local lock_timeout = 100`.execute(db.sql)
    await rename(db, 'too late')
  })
  await Promise.all([t.rejects(waiting, { code: '55P03' }), waitForLock(ownerUrl)])
})

test('an error’s SQLSTATE is told where it has one', (t) => {
  t.equal(sqlStateOf(databaseError('22P02')), '22P02')
  for (const error of [null, undefined, 'x', new Error('x'), { code: 'ECONNREFUSED' }, { code: 5 }])
    t.equal(sqlStateOf(error), undefined)
  t.end()
})
