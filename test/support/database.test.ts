import { test } from 'tap'
import { freshDatabase, runSql, serviceUser } from './database.ts'

test('each database is migrated, open to owner and service, apart from the others, and gone afterwards', async (t) => {
  let left = ''
  await t.test('in use', async (inner) => {
    const [one, other] = await Promise.all([freshDatabase(inner), freshDatabase(inner)])
    left = one.serviceUrl
    await runSql(one.ownerUrl, 'create table only_here ()')
    const [ours] = await runSql(
      one.ownerUrl,
      "select to_regclass('only_here') is not null as here, count(*) > 0 as migrated from kysely_migration",
    )
    const [theirs] = await runSql(other.ownerUrl, "select to_regclass('only_here') is not null as here")
    const [service] = await runSql(one.serviceUrl, 'select current_user as name')
    inner.same([ours, theirs, service], [{ here: true, migrated: true }, { here: false }, { name: serviceUser }])
  })
  await t.rejects(runSql(left, 'select 1'), { code: '3D000' })
})
