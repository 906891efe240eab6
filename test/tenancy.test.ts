// No tenant ever sees or changes what is another's: the database's half of the promise. The other is in contract/foreign-ids.test.ts.

import pg from 'pg'
import { t as file, test, type Test } from 'tap'
import { freshDatabase, runSql, serviceUser } from './support/database.ts'
import { fillTables, insertOf } from './support/rows.ts'

/** No tenant's: everybody's banks, the way from a link to whose it is, and how far the migrations have come. Listed in ARCHITECTURE.md. */
const exceptions = [
  'institutions',
  'institution_pictures',
  'session_lookups',
  'kysely_migration',
  'kysely_migration_lock',
]

const { ownerUrl, serviceUrl } = await freshDatabase(file)
const columnsOf = Map.groupBy(await fillTables(ownerUrl, ['acme', 'rival']), ({ table }) => table)
const tables = [...columnsOf.keys()].filter((table) => !exceptions.includes(table))

test('every table of a tenant’s is secured by row, forced, on reading and on writing', async (t) => {
  const rows = await runSql(
    ownerUrl,
    `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as secured,
       (select json_agg(json_build_object('permissive', permissive, 'roles', roles, 'cmd', cmd, 'using', qual, 'check', with_check))
        from pg_policies p where p.schemaname = 'public' and p.tablename = c.relname) as policies
     from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'f', 'm') order by 1`,
  )
  t.same(new Set(rows.map(({ name }) => name)), new Set([...tables, ...exceptions]), 'the catalogue was read')
  const own = `(tenant_id = current_setting('app.tenant'::text))`
  const claimable = `((CURRENT_USER = 'bankfeed_claimer'::name) OR (tenant_id = current_setting('app.tenant'::text, true)))`
  for (const { name, secured, policies } of rows) {
    if (exceptions.includes(String(name))) continue
    const rule = name === 'due_work' ? claimable : own
    t.same(
      { secured, policies },
      {
        secured: true,
        policies: [{ permissive: 'PERMISSIVE', roles: ['public'], cmd: 'ALL', using: rule, check: rule }],
      },
      String(name),
    )
  }
})

test('every key of a tenant’s table begins with the tenant, and every reference between two takes it along', async (t) => {
  const keys = await runSql(
    ownerUrl,
    `select i.indrelid::regclass::text as name, bool_and(a.attname = 'tenant_id') as leads, bool_or(i.indisprimary) as has_key
     from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
     where i.indisunique and i.indrelid::regclass::text = any (array['${tables.join("','")}']) group by 1`,
  )
  t.same(new Set(keys.map(({ name }) => name)), new Set(tables), 'every table has a unique key')
  for (const { name, leads, has_key } of keys) t.same({ leads, has_key }, { leads: true, has_key: true }, String(name))
  const references = await runSql(
    ownerUrl,
    `select conrelid::regclass::text || ' → ' || confrelid::regclass::text as name, confrelid::regclass::text as target,
       (select attname from pg_attribute where attrelid = conrelid and attnum = conkey[1]) as first,
       (select attname from pg_attribute where attrelid = confrelid and attnum = confkey[1]) as first_there
     from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`,
  )
  t.ok(references.length > 10, 'the catalogue was read')
  for (const { name, target, first, first_there } of references)
    if (target !== 'institutions')
      t.same({ first, first_there }, { first: 'tenant_id', first_there: 'tenant_id' }, String(name))
})

test('the service’s role owns nothing, can bypass nothing, and may do no more than its tables need', async (t) => {
  const roles = await runSql(
    ownerUrl,
    `select rolname as name, rolcanlogin as login, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication as mighty,
       exists (select from pg_shdepend where refobjid = r.oid and deptype = 'o') as owns,
       array(select roleid::regrole::text from pg_auth_members where member = r.oid order by 1) as member_of
     from pg_roles r where rolname in ('${serviceUser}', 'bankfeed_service', 'bankfeed_claimer') order by 1`,
  )
  t.same(roles, [
    { name: 'bankfeed_claimer', login: false, mighty: false, owns: false, member_of: [] },
    { name: 'bankfeed_service', login: false, mighty: false, owns: false, member_of: [] },
    { name: serviceUser, login: true, mighty: false, owns: false, member_of: ['bankfeed_claimer', 'bankfeed_service'] },
  ])
  // TRUNCATE and REFERENCES go round row-level security.
  const grants = await runSql(
    ownerUrl,
    `select c.relname as name, a.grantee::regrole::text as role, array_agg(a.privilege_type order by a.privilege_type) as may
     from pg_class c, aclexplode(c.relacl) a
     where c.relnamespace = 'public'::regnamespace and a.grantee <> c.relowner group by 1, 2 order by 1, 2`,
  )
  const ofService = grants.filter(({ role }) => role === 'bankfeed_service')
  t.same(new Set(ofService.map(({ name }) => name)), new Set([...tables, ...exceptions.slice(0, 4)]))
  for (const { name, may } of ofService)
    t.ok(
      Array.isArray(may) && may.every((what) => ['SELECT', 'INSERT', 'UPDATE', 'DELETE'].includes(String(what))),
      `${String(name)}: ${String(may)}`,
    )
  t.same(
    grants.filter(({ role }) => role !== 'bankfeed_service'),
    [{ name: 'due_work', role: 'bankfeed_claimer', may: ['SELECT', 'UPDATE'] }],
  )
  const [may] = await runSql(
    ownerUrl,
    `select has_schema_privilege('${serviceUser}', 'public', 'create') as make_tables,
       has_database_privilege('${serviceUser}', current_database(), 'create') as make_schemas`,
  )
  t.same(may, { make_tables: false, make_schemas: false })
})

test('no function runs as its maker or can be called by everybody, and no view reads as its owner', async (t) => {
  const functions = await runSql(
    ownerUrl,
    `select proname as name, prosecdef as as_owner, has_function_privilege('${serviceUser}', oid, 'execute') as callable
     from pg_proc where pronamespace = 'public'::regnamespace`,
  )
  t.same(functions, [{ name: 'protect_tenant_table', as_owner: false, callable: false }])
  const views = await runSql(
    ownerUrl,
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')
     and not coalesce(reloptions @> array['security_invoker=true'], false)`,
  )
  t.same(views, [])
  const triggers = await runSql(ownerUrl, `select tgname as name from pg_trigger where not tgisinternal`)
  t.same(triggers, [])
})

/** A connection as the service's role. */
async function asService(t: Test): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: serviceUrl })
  await client.connect()
  t.teardown(() => client.end())
  return client
}

test('without a tenant nothing can be read, before the first transaction or after one', async (t) => {
  const client = await asService(t)
  for (const table of tables) {
    if (table === 'due_work') t.equal((await client.query('select from due_work')).rowCount, 0)
    else await t.rejects(client.query(`select from ${table}`), { code: '42704' }, table)
  }
  await client.query(`begin; select set_config('app.tenant', 'acme', true); commit`)
  for (const table of tables) t.equal((await client.query(`select from ${table}`)).rowCount, 0, table)
})

test('with a tenant its own rows are there, and another’s can be neither seen nor written', async (t) => {
  const client = await asService(t)
  const fresh = 'newcomer'
  await runSql(ownerUrl, insertOf(fresh, columnsOf.get('tenants') ?? []))
  for (const table of tables) {
    await client.query(`begin; select set_config('app.tenant', 'rival', true)`)
    const { rows } = await client.query<{ tenant_id: string }>(`select distinct tenant_id from ${table}`)
    t.same(rows, [{ tenant_id: 'rival' }], `${table} shows its own`)
    const attempts = {
      'a row for another is inserted': insertOf(table === 'tenants' ? 'stranger' : 'acme', columnsOf.get(table) ?? []),
      'a row is handed to another': `update ${table} set tenant_id = '${fresh}'`,
    }
    for (const [attempt, statement] of Object.entries(attempts)) {
      await client.query('savepoint attempt')
      await t.rejects(client.query(statement), { code: '42501' }, `${table}: ${attempt}`)
      await client.query('rollback to attempt')
    }
    for (const statement of [`update ${table} set tenant_id = tenant_id`, `delete from ${table}`]) {
      const outcome = await client.query(`${statement} where tenant_id = 'acme'`).catch((error: unknown) => error)
      // Where the service may not change rows at all, that is as good.
      if (outcome instanceof Error) t.match(outcome, { code: '42501' }, statement)
      else t.match(outcome, { rowCount: 0 }, statement)
      await client.query('rollback to attempt')
    }
    await client.query('rollback')
  }
})

test('whoever claims work sees due work, whosever it is, and nothing else', async (t) => {
  const client = await asService(t)
  await client.query(`begin; set local role bankfeed_claimer; select set_config('app.tenant', 'rival', true)`)
  const { rows } = await client.query(`select tenant_id from due_work order by 1`)
  t.same(rows, [{ tenant_id: 'acme' }, { tenant_id: 'rival' }])
  const forbidden = [
    ...[...tables, ...exceptions].filter((table) => table !== 'due_work').map((table) => `select from ${table}`),
    insertOf('acme', columnsOf.get('due_work') ?? []),
    'delete from due_work',
  ]
  for (const statement of forbidden) {
    await client.query('savepoint attempt')
    await t.rejects(client.query(statement), { code: '42501' }, statement)
    await client.query('rollback to attempt')
  }
  await client.query('rollback')
  await client.query(`begin; select set_config('app.tenant', 'rival', true)`)
  const own = await client.query(`select tenant_id from due_work`)
  t.same(own.rows, [{ tenant_id: 'rival' }], 'being allowed to take the role on gives nothing by itself')
})
