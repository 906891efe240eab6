// The event log: whoever keeps the cursor sees everything once and in order, for thirty days; and is told when that is no longer so.

import { setTimeout as pause } from 'node:timers/promises'
import { t as file, test } from 'tap'
import { companyDeleted } from '../../src/events/model.ts'
import { parseNetwork } from '../../src/shared/addresses.ts'
import { fakeClock } from '../support/clock.ts'
import { runSql } from '../support/database.ts'
import { startService } from '../support/service.ts'
import { aProcess, startReceiver, tell } from '../webhooks/receiver.ts'

const clock = fakeClock('2026-11-21T09:00:00Z')
const loopback = parseNetwork('127.0.0.0/8')
const service = await startService(file, { clock, receivers: { networks: loopback === null ? [] : [loopback] } })
const worker = aProcess(file, service.deps)

/** A tenant, and a reader of its events. */
async function reader(tenant: string) {
  const call = service.client(tenant)
  await call('GET', '/v1/events')
  return async (query: { after?: string; type?: string; limit?: number } = {}) => {
    const search = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    const { status, body } = await call('GET', `/v1/events?${search.join('&')}`)
    return {
      status,
      code: body.code,
      cursor: body.nextCursor,
      told: (body.data ?? []).map(({ data }: { data: { connectionId?: string } }) => data.connectionId ?? 'deleted'),
      data: body.data,
    }
  }
}

const connections = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, at) => `connection-${first + at}`)

test('with six writers at once, a reader that keeps its cursor sees every event once and in order', async (t) => {
  const read = await reader('crowd')
  const state = { isWriting: true }
  const writers = Array.from({ length: 6 }, async (_, writer) => {
    for (let round = 0; round < 15; round += 1)
      await service.deps.unit('crowd', async ({ events, companies }) => {
        await companies.find('nobody')
        events.append(companyDeleted(`w${writer}-${round}`, clock.now()))
        await pause((writer * 7 + round * 3) % 5)
      })
  })
  const writing = Promise.all(writers).finally(() => (state.isWriting = false))
  const seen: { companyId: string; sequence: number }[] = []
  for (let after: string | undefined; ;) {
    const isLast = !state.isWriting
    const page = await read({ limit: 7, ...(after !== undefined && { after }) })
    seen.push(...page.data)
    after = page.cursor
    if (isLast && page.data.length === 0) break
  }
  await writing
  t.equal(new Set(seen.map(({ companyId }) => companyId)).size, 90)
  t.equal(seen.length, 90)
  t.ok(seen.every(({ sequence }, at) => sequence > (seen[at - 1]?.sequence ?? -1)))
})

test('the cursor is never null, stays good while nothing happens, and goes on from there whatever the size of pages', async (t) => {
  const read = await reader('steady')
  const empty = await read()
  t.same(empty.told, [])
  await tell(service, 'steady', 5)
  for (const limit of [1, 2, 5, 100]) {
    const told: string[] = []
    let after = empty.cursor
    for (let page = await read({ after, limit }); page.told.length > 0; page = await read({ after, limit })) {
      told.push(...page.told)
      after = page.cursor
    }
    t.same(told, connections(1, 5))
  }
  t.match((await read()).data[0], { id: /^[0-9a-f-]{36}$/, type: 'connection.health_changed', companyId: 'nordlys' })
  for (const after of ['nonsense', 'WyJhIl0', 'WyItMSJd'])
    t.match(await read({ after }), { status: 400, code: 'invalid_cursor' })
  t.match(await read({ type: 'nonsense' }), { status: 400, code: 'invalid_request' })
  t.match(await service.client('steady', { scope: 'transactions:read' })('GET', '/v1/events'), { status: 403 })
})

test('what happened is forgotten after thirty days: a cursor from before is told so, one that has seen it all is not', async (t) => {
  const read = await reader('forgetful')
  const start = await read()
  await tell(service, 'forgetful', 1_100)
  const half = await read({ limit: 100 })
  let all = half
  while (all.told.length > 0) all = await read({ after: all.cursor, limit: 100 })
  const byType = await read({ type: 'company.deleted' })
  await service.deps.unit('forgetful', async ({ events }) => events.append(companyDeleted('brief', clock.now())))
  await tell(service, 'forgetful', 1, 2_001)
  const oneOfType = await read({ type: 'company.deleted', after: byType.cursor })
  t.same(oneOfType.told, ['deleted'])
  all = await read({ after: all.cursor })
  clock.advance({ days: 29 })
  await worker.drain()
  t.same((await read({ after: start.cursor, limit: 1 })).told, connections(1, 1))
  await tell(service, 'forgetful', 1, 3_001)
  clock.advance({ days: 2 })
  await worker.drain()
  t.same((await read()).told, ['connection-3001'])
  for (const { cursor } of [start, half])
    t.match(await read({ after: cursor }), { status: 410, code: 'cursor_expired' })
  t.same((await read({ after: all.cursor })).told, ['connection-3001'])
  t.same(
    (await read({ after: oneOfType.cursor })).status,
    200,
    'who asked for rare events has moved on with the others',
  )
  clock.advance({ days: 60 })
  await worker.drain()
  const later = await read()
  t.same(later.told, [])
  await tell(service, 'forgetful', 1, 4_001)
  t.same((await read({ after: later.cursor })).told, ['connection-4001'])
  t.match(await read({ after: start.cursor }), { status: 410 })
})

test('an endpoint that has missed what was forgotten says so, and one that had got it does not', async (t) => {
  const call = service.client('late')
  const { url } = await startReceiver(t, 410)
  await call('PUT', '/v1/webhook-endpoints/all', { url })
  await call('PUT', '/v1/webhook-endpoints/some', { url, types: ['company.deleted'] })
  await call('PUT', '/v1/webhook-endpoints/untried', { url })
  await tell(service, 'late', 1)
  await worker.drain()
  // It has none that it was tried with: what it missed it never had.
  await runSql(service.ownerUrl, `delete from webhook_deliveries where endpoint_id = 'untried'`)
  await tell(service, 'late', 2, 2)
  t.match(await call('GET', '/v1/webhook-endpoints/untried'), { body: { pending: 2, status: 'disabled' } })
  t.match(await call('GET', '/v1/webhook-endpoints/all'), { body: { pending: 3, status: 'disabled' } })
  t.match(await call('GET', '/v1/webhook-endpoints/some'), { body: { pending: 0 } })
  clock.advance({ days: 32 })
  await worker.drain()
  const [all, some] = [await call('GET', '/v1/webhook-endpoints/all'), await call('GET', '/v1/webhook-endpoints/some')]
  t.match(all.body, { pending: 0, missedBefore: new Date(clock.now().getTime() - 30 * 86_400_000).toISOString() })
  t.match(await call('GET', '/v1/webhook-endpoints/untried'), { body: { missedBefore: all.body.missedBefore } })
  t.notOk('missedBefore' in some.body)
})

test('nobody reads what happened to another tenant', async (t) => {
  const [mine, theirs] = [await reader('mine'), await reader('theirs')]
  await tell(service, 'mine', 2)
  const { cursor } = await mine()
  t.same((await theirs()).told, [])
  t.same((await theirs({ after: cursor })).told, [])
})

test('a unit of work may tell of more than one statement has room for', async (t) => {
  const read = await reader('many')
  const count = 11_000
  await service.deps.unit('many', async ({ events }) => {
    for (let at = 1; at <= count; at += 1) events.append(companyDeleted(`c${at}`, clock.now()))
    return Promise.resolve()
  })
  const [{ told, last } = {}] = await runSql(
    service.ownerUrl,
    `select count(*)::int as told, max(position) - min(position) as last from events where tenant_id = 'many'`,
  )
  t.equal(told, count)
  t.equal(Number(last), count - 1, 'numbered without gaps')
  t.equal((await read({ limit: 1 })).status, 200)
})
