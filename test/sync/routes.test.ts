// What can be asked of fetching over HTTP, and what is refused.

import { t as file, test } from 'tap'
import { company, countCalls, fjord, psu, storyteller } from './story.ts'

const begin = await storyteller(file)

/** Anna's accounts at Fjordbanken, the main one in the books as 1920 and imported since a few days ago. */
async function imported() {
  const story = await begin()
  await story.ask('PUT', `${company}/ledger-accounts/1920`, { name: 'Bank', currency: 'NOK', iban: fjord.main.iban })
  await story.authorise()
  const { id } = await story.activate(fjord.main.iban, '2026-11-16')
  return { story, id, url: `/v1/connections/${id}` }
}

test('a run is asked for, and found where it was said', async (t) => {
  const { story, id, url } = await imported()
  const { status, body } = await story.call('POST', `${url}/sync-runs`, {})
  t.equal(status, 202)
  const counts = { fetched: 0, added: 0, modified: 0, removed: 0, unchanged: 0, suspect: 0 }
  t.strictSame(body, { id: body.id, connectionId: id, status: 'queued', trigger: 'api', window: null, counts })
  t.strictSame(await story.ask('GET', `/v1/sync-runs/${body.id}`), body)
  t.strictSame((await story.ask('GET', `${url}/sync-runs?limit=1`)).data, [body])
  await story.service.work()
  const finished = await story.ask('GET', `/v1/sync-runs/${body.id}`)
  t.match(finished, {
    status: 'completed',
    window: { from: '2026-11-16', to: '2026-11-20' },
    startedAt: '2026-11-21T09:00:00.000Z',
    finishedAt: '2026-11-21T09:00:00.000Z',
  })
  t.equal(finished.counts.fetched, finished.counts.unchanged)
  t.match((await story.connection(fjord.main.iban)).lastSync, { syncRunId: body.id, status: 'completed', added: 0 })
})

test('one that is queued or running is joined, and the person who comes makes it attended', async (t) => {
  const { story, url } = await imported()
  const calls = await countCalls(story, fjord.main)
  const { id } = await story.ask('POST', `${url}/sync-runs`, {})
  t.equal((await story.ask('POST', `${url}/sync-runs`, {})).id, id)
  t.equal((await story.ask('POST', `${url}/sync-runs`, { psu })).id, id)
  t.match(await story.ask('POST', `${company}/sync-runs`, {}), { data: [{ id }] })
  await story.service.work()
  t.equal(await calls(), 1)
  t.equal((await story.runs(url.slice('/v1/connections/'.length))).length, 2)
  // Were it counted, one of these would have to wait.
  for (let time = 0; time < 3; time += 1)
    t.match(await story.importNow(url.slice('/v1/connections/'.length)), { status: 'completed' })
})

test('a request that is sent again with its key is answered again, and asks for nothing more', async (t) => {
  const { story, url } = await imported()
  const key = { 'idempotency-key': '3f1c9f6e-2b7a-4a51-9a55-0b6d3a2c9d10' }
  const first = await story.call('POST', `${url}/sync-runs`, {}, key)
  await story.service.work()
  const again = await story.call('POST', `${url}/sync-runs`, {}, key)
  t.strictSame({ status: again.status, body: again.body }, { status: 202, body: first.body })
  await story.service.work()
  t.equal((await story.runs(first.body.connectionId)).length, 2, 'the first import, and this one')
})

test('a run of the whole company is one for each connection that can be fetched, and says why of the others', async (t) => {
  const { story, id } = await imported()
  await story.ask('PUT', `${company}/ledger-accounts/1999`, {
    name: 'Elsewhere',
    currency: 'NOK',
    iban: 'NO4797104465769',
  })
  const { id: unassigned } = await story.activate(fjord.second.iban, '2026-11-16')
  const ignored = await story.connection(fjord.savings.iban)
  await story.ask('PATCH', `/v1/connections/${ignored.id}`, { assignment: 'none' })
  const off = await story.activate(fjord.foreign.iban, '2026-11-16')
  await story.ask('POST', `/v1/connections/${off.id}/deactivate`, {})
  const answer = await story.call('POST', `${company}/sync-runs`, { psu })
  t.equal(answer.status, 202)
  t.strictSame(new Set(answer.body.data.map(connectionOf)), new Set([id, unassigned]))
  const { data } = await story.ask('GET', `${company}/connections`)
  const others = data.filter((each: { id: string }) => each.id !== id && each.id !== unassigned)
  t.strictSame(
    Object.fromEntries(
      answer.body.skipped.map((each: { connectionId: string; reason: string }) => [connectionOf(each), each.reason]),
    ),
    Object.fromEntries(others.map((each: { id: string; status: string }) => [each.id, each.status])),
  )
  t.ok(
    ['ignored', 'deactivated', 'unassigned', 'not_connected'].every((status) =>
      others.some((each: { status: string }) => each.status === status),
    ),
  )
  t.match(await story.call('POST', '/v1/companies/nobody/sync-runs', {}), {
    status: 404,
    body: { code: 'company_not_found' },
  })
})

test('what cannot be fetched is refused, and the code says what is missing', async (t) => {
  const { story, id, url } = await imported()
  const sync = async (connectionId: string) =>
    (await story.call('POST', `/v1/connections/${connectionId}/sync-runs`, {})).body
  const inactive = await story.connection(fjord.second.iban)
  t.match(await sync(inactive.id), { status: 409, code: 'connection_not_activated' })
  await story.ask('PATCH', `/v1/connections/${inactive.id}`, { assignment: 'none' })
  t.match(await sync(inactive.id), { status: 409, code: 'connection_ignored' })
  t.match(await story.call('POST', `/v1/connections/${inactive.id}/balances/refresh`, {}), {
    status: 409,
    body: { code: 'connection_not_usable' },
  })
  await story.ask('POST', `${url}/deactivate`, {})
  t.match(await sync(id), { status: 409, code: 'connection_not_activated' })
  await story.activate(fjord.main.iban)
  const [{ id: consentId }] = (await story.ask('GET', `${company}/consents`)).data
  await story.ask('DELETE', `/v1/consents/${consentId}`)
  t.match(await sync(id), { status: 409, code: 'connection_not_usable' })
  t.match(await story.call('POST', `${url}/balances/refresh`, {}), {
    status: 409,
    body: { code: 'connection_not_usable' },
  })
})

test('balances are as the bank told them last, and are asked for anew on request', async (t) => {
  const { story, url } = await imported()
  const { bookedBalance } = await story.service.bank.control(`/accounts/${fjord.main.id}`)
  const { data } = await story.ask('GET', `${url}/balances`)
  t.match(
    data.find(({ type }: { type: string }) => type === 'interim_booked'),
    { amount: bookedBalance, currency: 'NOK', asOf: '2026-11-21T09:00:00.000Z' },
  )
  t.match(
    data.find(({ type }: { type: string }) => type === 'closing_booked'),
    { referenceDate: '2026-11-20' },
  )
  story.service.clock.advance({ hours: 8 })
  await story.service.bank.control(`/accounts/${fjord.main.id}/transactions`, { amount: '500.00', text: 'Innskudd' })
  const refreshed = await story.ask('POST', `${url}/balances/refresh`, { psu })
  const now = await story.service.bank.control(`/accounts/${fjord.main.id}`)
  t.not(now.bookedBalance, bookedBalance)
  t.match(
    refreshed.data.find(({ type }: { type: string }) => type === 'interim_booked'),
    { amount: now.bookedBalance, asOf: '2026-11-21T17:00:00.000Z' },
  )
  t.strictSame(await story.ask('GET', `${url}/balances`), refreshed)

  const order = (fault: object) =>
    story.service.bank.control('/faults', { bank: 'fjordbanken', path: '/balances', times: 1, ...fault })
  await order({ status: 503 })
  t.match(await story.call('POST', `${url}/balances/refresh`, { psu }), {
    status: 502,
    body: { code: 'bank_unavailable' },
  })
  await order({ status: 403, body: '{"tppMessages":[{"category":"ERROR","code":"SERVICE_BLOCKED"}]}' })
  t.match(await story.call('POST', `${url}/balances/refresh`, { psu }), { status: 502, body: { code: 'bank_refused' } })
  t.strictSame(await story.ask('GET', `${url}/balances`), refreshed, 'what was known stays')
})

test('runs are listed the newest first, page by page', async (t) => {
  const { story, id, url } = await imported()
  for (let time = 0; time < 4; time += 1) await story.importNow(id, psu)
  const all = (await story.ask('GET', `${url}/sync-runs`)).data.map((run: { id: string }) => run.id)
  t.equal(all.length, 5)
  t.strictSame(all, all.toSorted().toReversed())
  const first = await story.ask('GET', `${url}/sync-runs?limit=3`)
  const second = await story.ask('GET', `${url}/sync-runs?limit=3&cursor=${encodeURIComponent(first.nextCursor)}`)
  t.strictSame(
    [...first.data, ...second.data].map((run: { id: string }) => run.id),
    all,
  )
  t.equal(second.nextCursor, null)
  t.match(await story.call('GET', `${url}/sync-runs?cursor=nonsense`), {
    status: 400,
    body: { code: 'invalid_cursor' },
  })
})

test('what is another tenant’s is not there, and nobody’s is not either', async (t) => {
  const { story, id, url } = await imported()
  const run = await story.lastRun(id)
  const stranger = story.service.client('stranger')
  const nobody = '01931f5e-8c00-7000-8000-000000000000'
  const calls: readonly [string, string, object?][] = [
    ['POST', '/sync-runs', {}],
    ['GET', '/sync-runs'],
    ['GET', '/coverage'],
    ['GET', '/balances'],
    ['POST', '/balances/refresh', {}],
    ['GET', '/transactions'],
  ]
  for (const [method, path, body] of calls) {
    const theirs = await stranger(method, `${url}${path}`, body)
    const none = await stranger(method, `/v1/connections/${nobody}${path}`, body)
    t.match(theirs, { status: 404, body: { code: 'connection_not_found' } }, `${method} ${path}`)
    t.strictSame({ ...theirs.body, detail: '', requestId: '' }, { ...none.body, detail: '', requestId: '' })
  }
  t.match(await stranger('GET', `/v1/sync-runs/${run.id}`), { status: 404, body: { code: 'sync_run_not_found' } })
  t.match(await stranger('POST', `${company}/sync-runs`, {}), { status: 404, body: { code: 'company_not_found' } })
  t.equal((await story.runs(id)).length, 1)
})

test('malformed requests are refused by field, and reading does not allow to ask', async (t) => {
  const { story, url } = await imported()
  const cases: readonly [object, string][] = [
    [{ psu: { ipAddress: '203.0.113.7' } }, '/body/psu/userAgent'],
    [{ psu: { ipAddress: '', userAgent: 'x' } }, '/body/psu/ipAddress'],
    [{ psu: { ipAddress: 'somewhere', userAgent: 'x' } }, '/body/psu/ipAddress'],
    [{ psu: { ipAddress: '203.0.113.7', userAgent: 'x', name: 'y' } }, '/body/psu/name'],
    [{ now: true }, '/body/now'],
  ]
  for (const [body, path] of cases) {
    const { status, body: problem } = await story.call('POST', `${url}/sync-runs`, body)
    t.match({ status, ...problem }, { status: 400, code: 'invalid_request' }, path)
    t.ok(
      problem.errors.some((error: { path: string }) => error.path === path),
      JSON.stringify(problem.errors),
    )
  }
  const reader = story.service.client(story.tenant, { scope: 'connections:read' })
  t.match(await reader('POST', `${url}/sync-runs`, {}), { status: 403, body: { code: 'insufficient_scope' } })
  t.match(await reader('GET', `${url}/sync-runs`), { status: 200 })
})

const connectionOf = ({ connectionId }: { connectionId: string }): string => connectionId
