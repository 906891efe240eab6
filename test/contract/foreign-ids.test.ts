// No tenant ever sees or changes what is another's, whatever ids it comes by: the service's half of the promise, over every operation there is.

import { t as file, test, type Test } from 'tap'
import { buildApp } from '../../src/app.ts'
import { createPool } from '../../src/shared/db.ts'
import { createMetrics } from '../../src/shared/metrics.ts'
import { wire } from '../../src/wiring.ts'
import { runSql } from '../support/database.ts'
import { fillTables, valueOf } from '../support/rows.ts'
import { startService, type Service } from '../support/service.ts'
import { exampleOf, leavesOf, operationsOf, unknownId, urlOf, type Operation, type Schema } from './operations.ts'

const service = await startService(file)
const tenants = ['acme', 'rival', 'foe']
const columns = await fillTables(service.ownerUrl, tenants)
const tables = new Set(columns.filter(({ column }) => column === 'tenant_id').map(({ table }) => table))
// What lists and views are read from is written by the service itself.
for (const tenant of tenants)
  await service.deps.unit(tenant, async ({ connections }) => connections.touch(idOf(tenant, 'connection_id')))

const operations = operationsOf(service.app.swagger())
/** Banks are everybody's, and days nobody's. */
const withIds = operations.filter(({ path }) => path.includes('{') && !/\{(institutionId|day)\}/.test(path))
type App = Service['app']

function idOf(tenant: string, column: string): string {
  const found = columns.find((candidate) => candidate.column === column)
  if (found === undefined) throw new Error(`no table has a column ${column}`)
  return valueOf(tenant, found)
}

/** The value of `{connectionId}` is in the column connection_id; of a run's, in run_id. */
function idsOf(tenant: string, operation: Operation): Record<string, string> {
  const names = operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)
  return Object.fromEntries(names.map((name) => [name, namedId(tenant, name)]))
}
function namedId(tenant: string, name: string): string {
  const column = name
    .replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    .replace(/^(from|to|source|applied)_/, '')
    .replace(/^\w+_run_id$/, 'run_id')
    .replace(/_ids$/, '_id')
  return idOf(tenant, column)
}

/** All that the database holds of a tenant. */
async function everythingOf(tenant: string): Promise<readonly unknown[]> {
  const parts = [...tables].map(
    (table) => `select '${table}', to_jsonb(t) from ${table} t where tenant_id = '${tenant}'`,
  )
  return runSql(service.ownerUrl, `${parts.join(' union all ')} order by 1, 2`)
}

/** The answer, without what may differ between two requests: their own ids and secrets, and those that were asked for. */
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
    text: blurred.replace(/"(requestId|secret)":"[^"]+"/, ''),
    code: /"code":"(\w+)"/.exec(text)?.[1],
  }
}

/** No more than the schema demands. */
const bodyOf = ({ body }: Operation): unknown => (body === null ? undefined : leafOnly(body, [''], ''))

async function nothingIsShared(t: Test, app: App, other: string): Promise<void> {
  t.ok(withIds.length > 20)
  const before = await everythingOf('acme')
  // PUTs come last: what they make is then no longer unknown.
  const ordered = withIds.toSorted((a, b) => Number(a.method === 'PUT') - Number(b.method === 'PUT'))
  for (const [number, operation] of ordered.entries()) {
    const theirs = idsOf('acme', operation)
    const unknown = Object.fromEntries(Object.keys(theirs).map((name) => [name, unknownIdOf(operation, name)]))
    const [last = ''] = Object.keys(theirs).slice(-1)
    const own = idsOf(other, operation)
    const pairs = [
      { tenant: `${other}-${number}`, theirs, unknown },
      {
        tenant: other,
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
      // Banks are everybody's.
      (parameter) => parameter.in === 'query' && parameter.name.endsWith('Id') && parameter.name !== 'institutionId',
    )) {
      const url = urlOf(operation, idsOf(other, operation))
      const expected = await answerOf(app, other, operation, `${url}?${name}=${unknownId(schema)}`)
      t.same(
        await answerOf(app, other, operation, `${url}?${name}=${namedId('acme', name)}`),
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

test('by its id, what is another’s is as unknown as what is nobody’s', (t) => nothingIsShared(t, service.app, 'rival'))

test('that holds by the statements alone, with row-level security out of the way', async (t) => {
  const pool = createPool({
    url: service.ownerUrl,
    size: 4,
    name: 'owner',
    statementTimeoutMs: 20_000,
    log: service.deps.log,
  })
  const deps = wire({ ...service.deps, pool, metrics: createMetrics() })
  const app = await buildApp(deps, service.options)
  t.teardown(async () => {
    await app.close()
    await pool.end()
  })
  await nothingIsShared(t, app, 'foe')
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
  const { required = [], minProperties = 0, anyOf } = schema
  const properties = Object.entries(
    schema.properties ?? anyOf?.find((part) => part.properties !== undefined)?.properties ?? {},
  )
  const needed = properties.filter(([name], index) => required.includes(name) || name === step || index < minProperties)
  return Object.fromEntries(
    needed.map(([name, part]) => [name, name === step ? leafOnly(part, rest, id) : exampleOf(part)]),
  )
}
