import { once } from 'node:events'
import { t as file, test, type Test } from 'tap'
import { plainParts, shownTables, withheldTables } from '../../src/exports/model.ts'
import { runSql } from '../support/database.ts'
import { readColumns, fillTables, valueOf } from '../support/rows.ts'
import { company, fjord, storyteller, type Story } from '../sync/story.ts'

const begin = await storyteller(file)

// oxlint-disable-next-line typescript/no-explicit-any -- each kind of line has a shape of its own
type Line = { readonly type: string; readonly data: any; readonly counts: Record<string, number> }

async function exportOf({ service, tenant }: Story, url = company): Promise<{ text: string; lines: readonly Line[] }> {
  const response = await service.inject({
    method: 'GET',
    url: `${url}/export`,
    headers: { authorization: `Bearer ${service.token(tenant)}` },
  })
  if (response.statusCode !== 200) throw new Error(response.body)
  return { text: response.body, lines: linesOf(response.body) }
}

const linesOf = (text: string): readonly Line[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

const dataOf = (lines: readonly Line[], type: string) =>
  lines.filter((line) => line.type === type).map(({ data }) => data)

/** A company with bank data, a month of it, and books. */
async function busy(story: Story) {
  await story.ask('PUT', `${company}/ledger-accounts/1920`, { name: 'Bank', currency: 'NOK', iban: fjord.main.iban })
  await story.authorise()
  const connection = await story.activate(fjord.main.iban, '2026-11-01')
  await story.ask('PUT', `${company}/entries/4711`, { kind: 'sales_invoice', amount: '1.00', currency: 'NOK' })
  return connection
}

test('every table that holds a company’s things is exported, or it is said why not; every column of those that the API does not show', async (t) => {
  const story = await begin()
  const columns = await readColumns(story.service.ownerUrl)
  const tables = Map.groupBy(columns, ({ table }) => table)
  const holding = ['company', 'agreement', 'connection', 'consent', 'session', 'run', 'transaction', 'match'].map(
    (of) => `${of}_id`,
  )
  const theirs = [...tables]
    .filter(([, of]) => of.some(({ column }) => holding.includes(column)))
    .map(([table]) => table)
  const thought = [...plainParts.map(({ table }) => table), ...Object.keys(shownTables), ...Object.keys(withheldTables)]
  t.strictSame(theirs.toSorted(byText), thought.toSorted(byText), 'a new table belongs into src/exports/model.ts')
  for (const { table, columns: told } of plainParts) {
    const all = (tables.get(table) ?? []).map(({ column }) => column)
    const untold = all.filter((column) => !told.includes(column))
    t.strictSame(
      untold.filter((column) => !['tenant_id', 'company_id'].includes(column)),
      [],
      table,
    )
  }
})

const byText = (a: string, b: string) => (a < b ? -1 : 1)

/** What is filled and not told: other things' names for it, and what only the service needs. */
const untold = new Set([
  'tenant_id',
  // Sealed, or by which a provider would know somebody.
  'provider_ref',
  'account_ref',
  // The service's own bookkeeping of a row.
  'created_at',
  'updated_at',
  'iban_changed_at',
  'assigned_at',
  'source_chosen_at',
  'covered_at',
  'queued_at',
  'changed_at',
  'replaced_at',
  'fingerprint',
  'occurrence',
  'run_id',
  'number',
  // Told in other words: null where it is `nothing`; the hosted page or none.
  'assignment',
  'page',
  // The provider's name and the state say which it is.
  'agreement_id',
  'attempt_id',
])

test('what is in the tables is in the export, of that company and of no other', async (t) => {
  const story = await begin()
  const { ownerUrl, deps } = story.service
  const columns = await fillTables(ownerUrl, ['full', 'other'])
  const id = (column: string, tenant = 'full') => {
    const found = columns.find((each) => each.column === column)
    return found === undefined ? '' : valueOf(tenant, found)
  }
  for (const tenant of ['full', 'other'])
    await deps.unit(tenant, async ({ connections }) => connections.touch(id('connection_id', tenant)))
  const { text, lines } = await exportOf({ ...story, tenant: 'full' }, `/v1/companies/${id('company_id')}`)
  const told = [...plainParts.map(({ table }) => table), ...Object.keys(shownTables)]
  // The event that was filled in is of no company.
  for (const column of columns.filter(({ table }) => told.includes(table) && table !== 'events')) {
    const isNamed = column.type === 'text' || column.type === 'uuid'
    if (!isNamed || column.isNullable || column.hasDefault || untold.has(column.column)) continue
    t.ok(text.includes(valueOf('full', column)), `${column.table}.${column.column}`)
  }
  t.notMatch(text, /other-/)
  const counts = Object.fromEntries(
    Object.entries(lines.at(-1)?.counts ?? {}).filter(([type]) => !['event', 'connection_status'].includes(type)),
  )
  t.strictSame(new Set(Object.values(counts)), new Set([1]), JSON.stringify(counts))
})

test('it begins with whose it is, has what the API shows as the API shows it, and ends with how many there were of each', async (t) => {
  const story = await begin()
  const { id } = await busy(story)
  const { lines } = await exportOf(story)
  t.match(lines[0], { type: 'begin', companyId: 'fjordlys', at: '2026-11-21T09:00:00.000Z' })
  t.strictSame(dataOf(lines, 'company'), [await story.ask('GET', company)])
  t.strictSame(dataOf(lines, 'connection'), (await story.ask('GET', `${company}/connections`)).data)
  t.strictSame(dataOf(lines, 'consent'), (await story.ask('GET', `${company}/consents`)).data)
  t.strictSame(dataOf(lines, 'person'), (await story.ask('GET', `${company}/persons`)).data)
  t.strictSame(dataOf(lines, 'entry'), (await story.ask('GET', `${company}/entries`)).data)
  t.strictSame(dataOf(lines, 'sync_run'), (await story.ask('GET', `/v1/connections/${id}/sync-runs`)).data)
  t.strictSame(dataOf(lines, 'transaction'), (await story.rows(id)).toReversed())
  t.ok(dataOf(lines, 'transaction').length > 10)
  const { type, counts } = lines.at(-1) ?? { type: '', counts: {} }
  t.equal(type, 'end')
  const counted = Map.groupBy(lines.slice(1, -1), (line) => line.type)
  t.strictSame(
    Object.entries(counts).filter(([, count]) => count > 0),
    Object.keys(counts).flatMap((kind) => (counted.has(kind) ? [[kind, counted.get(kind)?.length]] : [])),
  )
})

test('what was removed is in it, and what a transaction said before', async (t) => {
  const story = await begin({ now: '2026-11-10T09:00:00Z' })
  const { id } = await busy(story)
  const [first, second] = await story.truth(fjord.main.id, { from: '2026-11-05', through: '2026-11-09' })
  const at = `/accounts/${fjord.main.id}/transactions`
  await story.service.bank.control(`${at}/${first?.key}`, { amount: '-77.77' }, 'PATCH')
  await story.service.bank.control(`${at}/${second?.key}`, undefined, 'DELETE')
  for (const day of ['2026-11-11', '2026-11-12']) {
    story.service.clock.set(`${day}T09:00:00Z`)
    await story.service.work()
  }
  await story.ask('DELETE', `/v1/connections/${id}`)
  const { lines } = await exportOf(story)
  const rows = dataOf(lines, 'transaction')
  t.match(
    rows.find(({ amount }) => amount === '-77.77'),
    { version: 2, formerly: [{ version: 1, amount: first?.amount }] },
  )
  t.equal(rows.filter(({ removed }) => removed === true).length, 1)
  t.match(
    dataOf(lines, 'connection').find((connection) => connection.id === id),
    { removedAt: /^2026-11-12/ },
  )
})

test('nothing that opens anything is in it', async (t) => {
  const story = await begin()
  await busy(story)
  const session = await story.ask('POST', `${company}/consent-sessions`, { personId: 'anna' })
  const { text } = await exportOf(story)
  const secrets = [String(session.url.split('/').at(-1))]
  for (const consent of await story.service.bank.control('/consents')) secrets.push(consent.id)
  t.ok(secrets.length > 1)
  for (const secret of secrets) t.notOk(text.includes(secret), secret)
  t.notMatch(text, /\/connect\/|\\\\x[0-9a-f]{16}|lease|fence|secret|token/)
})

test('it tells one instant, whatever happens while it is read', async (t) => {
  const story = await begin()
  await busy(story)
  const { deps } = story.service
  await runSql(
    story.service.ownerUrl,
    `insert into entries (tenant_id, company_id, entry_id, kind, amount_minor, open_minor, currency, created_at, updated_at)
     select '${story.tenant}', 'fjordlys', 'e' || lpad(n::text, 5, '0'), 'sales_invoice', n, n, 'NOK', now(), now() from generate_series(1, 2500) n`,
  )
  await using snapshot = await deps.snapshot(story.tenant)
  const ask = { status: undefined, limit: 10_000, after: null }
  const before = await snapshot.stores.entries.list('fjordlys', ask)
  await runSql(story.service.ownerUrl, `delete from entries where tenant_id = '${story.tenant}'`)
  t.equal(before.data.length, 2501)
  t.equal((await snapshot.stores.entries.list('fjordlys', ask)).data.length, 2501)
  await t.rejects(snapshot.stores.entries.delete('fjordlys', '4711'), { code: '25006' }, 'and it cannot write')
})

/** A request over a socket, of which the answer is read as it comes. */
async function overSocket(t: Test, { service, tenant }: Story, entries: number) {
  await runSql(
    service.ownerUrl,
    `insert into entries (tenant_id, company_id, entry_id, kind, amount_minor, open_minor, currency, description, created_at, updated_at)
     select '${tenant}', 'fjordlys', 'e' || n, 'sales_invoice', n, n, 'NOK', repeat('x', 400), now(), now() from generate_series(1, ${entries}) n`,
  )
  if (!service.app.server.listening) await service.app.listen({ host: '127.0.0.1', port: 0 })
  const address = service.app.server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return (signal?: AbortSignal) =>
    fetch(`http://127.0.0.1:${port}${company}/export`, {
      headers: { authorization: `Bearer ${service.token(tenant)}` },
      ...(signal !== undefined && { signal }),
    })
}

const openSnapshots = async ({ service }: Story) =>
  (
    await runSql(
      service.ownerUrl,
      `select pid from pg_stat_activity where datname = current_database() and application_name = 'test' and state = 'idle in transaction'`,
    )
  ).map(({ pid }) => pid)

test('an export that breaks off is an answer that breaks off: it never ends as if it were whole', async (t) => {
  const story = await begin()
  const ask = await overSocket(t, story, 60_000)
  const response = await ask()
  t.equal(response.status, 200)
  t.match(response.headers.get('content-type'), 'application/x-ndjson')
  const reader = response.body?.getReader()
  const decoder = new TextDecoder()
  let text = decoder.decode((await reader?.read())?.value)
  // It stands still once nobody reads on; until then it may be at work, and not be found.
  let snapshots = await openSnapshots(story)
  for (; snapshots.length === 0; snapshots = await openSnapshots(story)) await once(AbortSignal.timeout(20), 'abort')
  for (const pid of snapshots) await runSql(story.service.ownerUrl, `select pg_terminate_backend(${String(pid)})`)
  const rest = (async () => {
    for (;;) {
      const chunk = await reader?.read()
      if (chunk === undefined || chunk.done) return
      text += decoder.decode(chunk.value, { stream: true })
    }
  })()
  await t.rejects(rest)
  t.match(text, /^\{"type":"begin"/)
  t.notMatch(text, /"type":"end"/)
})

test('two are read at once in a process; whoever goes away makes room', async (t) => {
  const story = await begin()
  const ask = await overSocket(t, story, 60_000)
  const away = [new AbortController(), new AbortController()]
  const answers = await Promise.all(away.map(({ signal }) => ask(signal)))
  t.strictSame(
    answers.map(({ status }) => status),
    [200, 200],
  )
  const third = await ask()
  t.equal(third.status, 429)
  t.match(await third.json(), { code: 'too_many_requests' })
  for (const controller of away) controller.abort()
  for (let tries = 0; tries < 100 && (await openSnapshots(story)).length > 0; tries += 1)
    await once(AbortSignal.timeout(50), 'abort')
  const again = await ask()
  t.equal(again.status, 200)
  const text = await again.text()
  t.equal(linesOf(text).at(-1)?.counts['entry'], 60_000)
  t.strictSame(await openSnapshots(story), [], 'nothing is left open')
})

test('a company that is nobody’s is not found, and only an administrator’s token may take everything away', async (t) => {
  const story = await begin()
  t.match(await story.call('GET', '/v1/companies/nobody/export'), { status: 404, body: { code: 'company_not_found' } })
  const reader = story.service.client(story.tenant, { scope: 'companies:write transactions:write' })
  t.match(await reader('GET', `${company}/export`), { status: 403, body: { code: 'insufficient_scope' } })
})
