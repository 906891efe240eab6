// No tenant ever sees or changes what is another's: forced by the database, and, without its help, by every statement that the service makes.

import pg from 'pg'
import { t as file, test, type Test } from 'tap'
import ts from 'typescript'
import { buildApp } from '../src/app.ts'
import { createPool } from '../src/shared/db.ts'
import { createMetrics } from '../src/shared/metrics.ts'
import { wire } from '../src/wiring.ts'
import {
  exampleOf,
  leavesOf,
  operationsOf,
  unknownId,
  urlOf,
  type Operation,
  type Schema,
} from './contract/operations.ts'
import { runSql, serviceUser } from './support/database.ts'
import { insertOf, readColumns, valueOf } from './support/rows.ts'
import { startService, type Service } from './support/service.ts'

/** No tenant's: everybody's banks, the way from a link to whose it is, and how far the migrations have come. Listed in ARCHITECTURE.md. */
const exceptions = ['institutions', 'session_lookups', 'kysely_migration', 'kysely_migration_lock']

const service = await startService(file)
const { ownerUrl } = service
const serviceUrl = Object.assign(new URL(ownerUrl), { username: serviceUser }).href
const columns = await readColumns(ownerUrl)
const columnsOf = Map.groupBy(columns, ({ table }) => table)
const tables = [...columnsOf.keys()].filter((table) => !exceptions.includes(table))

await runSql(
  ownerUrl,
  ...['acme', 'rival'].flatMap((tenant) => [...columnsOf.values()].map((ofTable) => insertOf(tenant, ofTable))),
)
// What lists and views are read from is written by the service itself.
for (const tenant of ['acme', 'rival'])
  await service.deps.unit(tenant, async ({ connections }) => connections.touch(idOf(tenant, 'connection_id')))

function idOf(tenant: string, column: string): string {
  const found = columns.find((candidate) => candidate.column === column)
  if (found === undefined) throw new Error(`no table has a column ${column}`)
  return valueOf(tenant, found)
}

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
    `select c.relname as name, a.grantee::regrole::text as role, array_agg(a.privilege_type order by 1) as may
     from pg_class c, aclexplode(c.relacl) a
     where c.relnamespace = 'public'::regnamespace and a.grantee <> c.relowner group by 1, 2 order by 1, 2`,
  )
  const ofService = grants.filter(({ role }) => role === 'bankfeed_service')
  t.same(new Set(ofService.map(({ name }) => name)), new Set([...tables, ...exceptions.slice(0, 3)]))
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

test('the tables as the code sees them are the tables', async (t) => {
  const seen = tablesOfTheCode()
  const there = columns.map(({ table, column, type, isNullable, hasDefault }) => ({
    name: `${table}.${column}`,
    type: typesInCode[type.replace('[]', '')] + (type.endsWith('[]') ? '[]' : ''),
    isNullable,
    // What the database fills in may be left out. Kysely lets what can be null be left out as well.
    mayBeLeftOut: hasDefault || isNullable,
  }))
  const byName = new Map(seen.map((column) => [column.name, column]))
  t.same(new Set(byName.keys()), new Set(there.map(({ name }) => name)))
  for (const column of there) {
    const inCode = byName.get(column.name)
    t.equal(inCode?.isNullable, column.isNullable, `${column.name} is nullable: ${column.isNullable}`)
    t.equal(inCode?.type, column.type, column.name)
    t.ok(column.mayBeLeftOut || inCode?.mayBeLeftOut === false, `${column.name} must be given`)
  }
})

/** What pg makes of each type, with the parsers of shared/db.ts. */
const typesInCode: Readonly<Record<string, string>> = {
  text: 'string',
  uuid: 'string',
  date: 'string',
  datemultirange: 'string',
  'timestamp with time zone': 'Date',
  integer: 'number',
  'double precision': 'number',
  bigint: 'bigint',
  boolean: 'boolean',
  bytea: 'Buffer',
  jsonb: 'unknown',
}

/** As TypeScript itself understands the file. */
function tablesOfTheCode() {
  const path = new URL('../src/shared/db-tables.ts', import.meta.url).pathname
  const options: ts.CompilerOptions = {
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.NodeNext,
    types: ['node'],
  }
  const program = ts.createProgram([path], options)
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(path)
  const alias = source?.statements.filter(ts.isTypeAliasDeclaration).find(({ name }) => name.text === 'Tables')
  if (source === undefined || alias === undefined) throw new Error('db-tables.ts has no type Tables')
  const typeOf = (symbol: ts.Symbol): ts.Type => checker.getTypeOfSymbolAtLocation(symbol, alias)
  const allows = (type: ts.Type, flag: ts.TypeFlags): boolean =>
    (type.flags & flag) !== 0 || (type.isUnion() && type.types.some((part) => (part.flags & flag) !== 0))
  return checker
    .getTypeFromTypeNode(alias.type)
    .getProperties()
    .flatMap((table) =>
      typeOf(table)
        .getProperties()
        .map((column) => {
          const type = typeOf(column)
          // A ColumnType tells reading, inserting and updating apart; any other type is all three.
          const part = (name: string): ts.Type => {
            const symbol = checker.getPropertiesOfType(type).find((property) => property.name === name)
            return symbol === undefined ? type : typeOf(symbol)
          }
          const read = part('__select__')
          const inserted = part('__insert__')
          return {
            name: `${table.name}.${column.name}`,
            type: checker
              .typeToString(checker.getNonNullableType(read))
              .replace(/^\{\}$/, 'unknown')
              .replace(/<.*/, ''),
            isNullable: allows(inserted, ts.TypeFlags.Null),
            mayBeLeftOut: allows(inserted, ts.TypeFlags.Undefined) || allows(inserted, ts.TypeFlags.Never),
          }
        }),
    )
}

/** `{connectionId}` is a value of the columns connection_id. */
const columnOf: Readonly<Record<string, string>> = {
  syncRunId: 'sync_runs.run_id',
  matchingRunId: 'matching_runs.run_id',
}
function idsOf(tenant: string, operation: Operation): Record<string, string> {
  const names = operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)
  return Object.fromEntries(names.map((name) => [name, namedId(tenant, name)]))
}
function namedId(tenant: string, name: string): string {
  const column = columnOf[name]?.split('.')[1] ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return idOf(tenant, column.replace(/_ids$/, '_id').replace(/^(from|to|source)_/, ''))
}

/** All that the database holds of a tenant. */
async function everythingOf(tenant: string): Promise<readonly unknown[]> {
  const parts = tables.map((table) => `select '${table}', to_jsonb(t) from ${table} t where tenant_id = '${tenant}'`)
  return runSql(ownerUrl, `${parts.join(' union all ')} order by 1, 2`)
}

const operations = operationsOf(service.app.swagger())
const withIds = operations.filter(({ path }) => path.includes('{') && !path.includes('{institutionId}'))
type App = Service['app']

/** The answer, without what may differ between two requests: their own ids, and those that were asked for. */
async function answerOf(app: App, tenant: string, operation: Operation, url: string, body = bodyOf(operation)) {
  const authorization = `Bearer ${service.token(tenant)}`
  const headers = { authorization, ...(body !== undefined && { 'content-type': 'application/json' }) }
  const request = {
    method: operation.method,
    url,
    headers,
    ...(body !== undefined && { payload: JSON.stringify(body) }),
  }
  const { statusCode, body: text, headers: answered } = await service.inject(request, app)
  const asked = (url.split('?', 1)[0] ?? '')
    .split('/')
    .slice(3)
    .filter((part) => !operation.path.includes(`/${part}`))
  const blurred = asked.reduce((left, part) => left.replaceAll(part, '{id}'), text)
  return {
    status: statusCode,
    type: answered['content-type'],
    text: blurred.replace(/"requestId":"[^"]+"/, ''),
    code: /"code":"(\w+)"/.exec(text)?.[1],
  }
}

const bodyOf = ({ body }: Operation): unknown => (body === null ? undefined : exampleOf(body))

async function nothingIsShared(t: Test, app: App): Promise<void> {
  t.ok(withIds.length > 20)
  const before = await everythingOf('acme')
  for (const [number, operation] of withIds.entries()) {
    const theirs = idsOf('acme', operation)
    const unknown = Object.fromEntries(Object.keys(theirs).map((name) => [name, unknownIdOf(operation, name)]))
    const [last = ''] = Object.keys(theirs).slice(-1)
    const own = { ...idsOf('rival', operation) }
    const pairs = [
      // A tenant of its own each, since a PUT makes what is then no longer unknown.
      { tenant: `other-${number}`, theirs, unknown },
      {
        tenant: 'rival',
        theirs: { ...own, [last]: theirs[last] ?? '' },
        unknown: { ...own, [last]: unknown[last] ?? '' },
      },
    ]
    for (const { tenant, ...ids } of pairs) {
      const expected = await answerOf(app, tenant, operation, urlOf(operation, ids.unknown))
      const answer = await answerOf(app, tenant, operation, urlOf(operation, ids.theirs))
      t.same(answer, expected, `${operation.id} of ${tenant}`)
      t.ok(operation.method === 'PUT' || answer.status === 404, `${operation.id}: ${answer.status} ${answer.text}`)
    }
  }
  for (const operation of operations)
    for (const { name, schema } of operation.parameters.filter(
      (parameter) => parameter.in === 'query' && parameter.name.endsWith('Id'),
    )) {
      const url = urlOf(operation, idsOf('rival', operation))
      const expected = await answerOf(app, 'rival', operation, `${url}?${name}=${unknownId(schema)}`)
      t.same(
        await answerOf(app, 'rival', operation, `${url}?${name}=${namedId('acme', name)}`),
        expected,
        `${operation.id}?${name}`,
      )
    }
  t.same(await everythingOf('acme'), before, 'nothing of theirs was changed')
}

const unknownIdOf = ({ parameters }: Operation, name: string): string =>
  unknownId(parameters.find((parameter) => parameter.name === name)?.schema ?? {})

test('a tenant reaches what is its own by these ids', async (t) => {
  for (const operation of withIds.filter(({ method }) => method === 'GET')) {
    const { status, text } = await answerOf(service.app, 'acme', operation, urlOf(operation, idsOf('acme', operation)))
    t.equal(status, 200, `${operation.id}: ${text}`)
  }
})

test('by its id, what is another’s is as unknown as what is nobody’s', (t) => nothingIsShared(t, service.app))

test('that holds by the statements alone, with row-level security out of the way', async (t) => {
  const pool = createPool({ url: ownerUrl, size: 4, name: 'owner', statementTimeoutMs: 30_000, log: service.deps.log })
  const deps = wire({ ...service.deps, pool, metrics: createMetrics() })
  const app = await buildApp(deps, service.options)
  t.teardown(async () => {
    await app.close()
    await pool.end()
  })
  await nothingIsShared(t, app)
})

test('an id of another’s within a body is as unknown as nobody’s', async (t) => {
  const before = await everythingOf('acme')
  let tried = 0
  for (const operation of operations)
    for (const { way, schema } of operation.body === null ? [] : leavesOf(operation.body)) {
      const name = way.findLast((step) => typeof step === 'string') ?? ''
      if (!/Ids?$/.test(name) || ['institutionId', 'entryId', 'groupId', 'endToEndId'].includes(name)) continue
      tried += 1
      const url = urlOf(operation, idsOf('rival', operation))
      const ask = async (id: string) => {
        const { status, code } = await answerOf(
          service.app,
          'rival',
          operation,
          url,
          leafOnly(operation.body ?? {}, way, id),
        )
        return { status, code }
      }
      t.same(await ask(namedId('acme', name)), await ask(unknownId(schema)), `${operation.id} ${way.join('.')}`)
    }
  t.ok(tried > 5)
  t.same(await everythingOf('acme'), before, 'nothing of theirs was changed')
})

/** What the schema demands, and that one leaf. */
function leafOnly(schema: Schema, [step, ...rest]: readonly (string | number)[], id: string): unknown {
  if (step === undefined) return id
  if (schema.items !== undefined) return [leafOnly(schema.items, rest, id)]
  const properties = Object.entries(schema.properties ?? {})
  const needed = properties.filter(([name]) => schema.required?.includes(name) === true || name === step)
  return Object.fromEntries(
    needed.map(([name, part]) => [name, name === step ? leafOnly(part, rest, id) : exampleOf(part)]),
  )
}
