import { test, t as file } from 'tap'
import { createPool } from '../../src/shared/db.ts'
import { createLog } from '../../src/shared/log.ts'
import { freshDatabase } from '../support/database.ts'
import { wireTo } from '../support/wire.ts'

const { serviceUrl } = await freshDatabase(file)
const log = createLog({ level: 'silent' })
const pool = createPool({ url: serviceUrl, size: 1, name: 'test', statementTimeoutMs: 5_000, log })
file.teardown(() => pool.end())

const kept = () =>
  pool.query<{ statement: string }>('select statement from pg_prepared_statements order by prepare_time')

test('what is asked again is planned once; what has a long list, each time', async (t) => {
  const list = Array.from({ length: 1_000 }, (_, n) => n)
  for (const n of [1, 2, 3]) {
    t.strictSame((await pool.query('select $1::int as n', [n])).rows, [{ n }])
    t.equal((await pool.query('select from unnest($1::int[])', [list])).rowCount, 1_000)
  }
  t.equal((await pool.query('select from unnest($1::int[])', [[1, 2]])).rowCount, 2, 'and a short one as any other')
  t.equal((await pool.query('select from unnest($1::int[])', [list])).rowCount, 1_000)
  t.strictSame(
    (await kept()).rows.map(({ statement }) => statement),
    ['select $1::int as n', 'select from unnest($1::int[])'],
  )
})

test('a statement that was refused may be asked again once it is right', async (t) => {
  const ask = () => pool.query('select n from later where n > $1', [0])
  await t.rejects(ask(), { code: '42P01' })
  await pool.query('create temporary table later (n int)')
  t.equal((await ask()).rowCount, 0)
})

test('however many statements there are, a connection keeps no more than 300', async (t) => {
  for (let n = 0; n < 400; n += 1) await pool.query(`select $1::int as n${n}`, [n])
  t.equal((await kept()).rowCount, 300)
})

test('a server that falls silent is waited for no longer than a statement may take, and a quarter; what is asked then goes another way', async (t) => {
  await using wire = await wireTo(serviceUrl)
  const through = createPool({ url: wire.url, size: 1, name: 'test', statementTimeoutMs: 800, log })
  t.teardown(() => through.end())
  const ask = () => through.query<{ n: number }>('select $1::int as n', [1])
  t.equal((await ask()).rowCount, 1)
  wire.silence()
  await t.rejects(ask(), { message: 'Query read timeout' })
  t.strictSame((await ask()).rows, [{ n: 1 }])
})
