// Webhook endpoints as their owner sees them: made, read, rotated, tested, replayed.

import { Webhook } from 'standardwebhooks'
import { t as file, test } from 'tap'
import { parseNetwork } from '../../src/shared/addresses.ts'
import { fakeClock } from '../support/clock.ts'
import { runSql } from '../support/database.ts'
import { checkPaging } from '../support/paging.ts'
import { startService } from '../support/service.ts'
import { aProcess, numbersOf, startReceiver, tell } from './receiver.ts'

const loopback = parseNetwork('127.0.0.0/8')
// Signatures carry the time, and the library that checks them looks at its own watch.
const service = await startService(file, {
  clock: fakeClock(new Date()),
  receivers: { networks: loopback === null ? [] : [loopback] },
})
const { clock } = service
const worker = aProcess(file, service.deps)

test('what happens is sent, signed so that the Standard Webhooks library believes it, and no other secret does', async (t) => {
  const call = service.client('signed')
  const receiver = await startReceiver(t)
  const made = await call('PUT', '/v1/webhook-endpoints/books', { url: receiver.url })
  t.match(made, {
    status: 200,
    body: { endpointId: 'books', status: 'active', pending: 0, secret: /^whsec_[\w+/]{43}=$/ },
  })
  await call('PUT', '/v1/companies/nordlys', { name: 'Nordlys Kaffe AS', country: 'NO' })
  await call('PUT', '/v1/companies/nordlys/ledger-accounts/1920', {
    name: 'Bank',
    currency: 'NOK',
    iban: 'NO9386011117947',
  })
  t.match(await call('GET', '/v1/webhook-endpoints/books'), { body: { pending: 1 } })
  await worker.drain()
  const [got, ...more] = receiver.got
  t.same(more, [])
  const { data } = (await call('GET', '/v1/events')).body
  t.same(got?.event, data[0], 'the very event that the API tells')
  t.equal(got?.event.type, 'connection.status_changed')
  t.equal(got?.id, data[0].id)
  t.equal(got?.headers['content-type'], 'application/json')
  const library = new Webhook(made.body.secret)
  t.same(library.verify(got?.body ?? '', got?.headers ?? {}), data[0])
  t.throws(() => library.verify(`${got?.body} `, got?.headers ?? {}), 'not with another body')
  t.throws(() => library.verify(got?.body ?? '', { ...got?.headers, 'webhook-id': 'another' }), 'nor another id')
  const other = await call('PUT', '/v1/webhook-endpoints/other', { url: receiver.url })
  t.throws(() => new Webhook(other.body.secret).verify(got?.body ?? '', got?.headers ?? {}))
  t.match(await call('GET', '/v1/webhook-endpoints/books'), {
    body: { pending: 0, lastAttempt: { eventId: got?.id, outcome: 'delivered', status: 204 }, lastDeliveredAt: String },
  })
  t.notOk(JSON.stringify((await call('GET', '/v1/webhook-endpoints')).body).includes('whsec_'), 'secrets are told once')
  t.notOk('secret' in (await call('PUT', '/v1/webhook-endpoints/books', { url: receiver.url })).body)
})

test('no secret is in the database or the logs', async (t) => {
  const call = service.client('hush')
  const { secret } = (await call('PUT', '/v1/webhook-endpoints/books', { url: 'https://books.example/?key=s3cr3t' }))
    .body
  const rotated = (await call('POST', '/v1/webhook-endpoints/books/rotate-secret')).body.secret
  const [row] = await runSql(service.ownerUrl, `select * from webhook_endpoints where tenant_id = 'hush'`)
  for (const one of [secret, rotated]) {
    const key = Buffer.from(one.slice('whsec_'.length), 'base64')
    for (const held of [row?.['secret'], row?.['former_secret']])
      t.notOk(held instanceof Buffer && (held.includes(key) || held.includes(one)))
    t.notOk(service.logged.some((line) => line.includes(one)))
  }
  t.notOk(service.logged.some((line) => line.includes('s3cr3t')))
})

test('for a day after a rotation both secrets are good, and then the new one alone; asked again with its key, it is the same', async (t) => {
  const call = service.client('rotating')
  const receiver = await startReceiver(t)
  const { secret: first } = (await call('PUT', '/v1/webhook-endpoints/books', { url: receiver.url })).body
  const key = { 'idempotency-key': 'rotate-1' }
  const { body: rotated } = await call('POST', '/v1/webhook-endpoints/books/rotate-secret', undefined, key)
  t.equal(rotated.formerSecretUntil, new Date(clock.now().getTime() + 86_400_000).toISOString())
  t.same((await call('POST', '/v1/webhook-endpoints/books/rotate-secret', undefined, key)).body, rotated)
  await tell(service, 'rotating', 1)
  await worker.drain()
  const during = receiver.got[0]
  for (const secret of [first, rotated.secret])
    t.ok(new Webhook(secret).verify(during?.body ?? '', during?.headers ?? {}), 'either')
  clock.advance({ hours: 24 })
  await tell(service, 'rotating', 1, 2)
  await worker.drain()
  const after = receiver.got[1]
  const at = new Date(Number(after?.headers['webhook-timestamp']) * 1_000)
  const signature = new Webhook(rotated.secret).sign(after?.id ?? '', at, after?.body ?? '')
  t.equal(after?.headers['webhook-signature'], signature, 'the new one alone')
  clock.set(new Date())
})

test('an endpoint gets what happens after it was made, of the types that it wants', async (t) => {
  const call = service.client('choosy')
  const [all, some] = [await startReceiver(t), await startReceiver(t)]
  await call('GET', '/v1/events')
  await tell(service, 'choosy', 2)
  await call('PUT', '/v1/webhook-endpoints/all', { url: all.url })
  await call('PUT', '/v1/webhook-endpoints/some', { url: some.url, types: ['company.deleted', 'match.confirmed'] })
  await tell(service, 'choosy', 2, 3)
  await call('PUT', '/v1/companies/brief', { name: 'Brief AS', country: 'NO' })
  await call('DELETE', '/v1/companies/brief')
  await worker.drain()
  t.same(
    all.got.map(({ event }) => event.data.connectionId ?? event.type),
    ['connection-3', 'connection-4', 'company.deleted'],
  )
  t.same(
    some.got.map(({ event }) => event.type),
    ['company.deleted'],
  )
  t.same((await call('GET', '/v1/webhook-endpoints/some')).body.types, ['company.deleted', 'match.confirmed'])
  t.match(await call('PUT', '/v1/webhook-endpoints/some', { url: some.url, types: ['nonsense'] }), { status: 400 })
})

test('a test event says what came of it, changes nothing, and stands in no log', async (t) => {
  const call = service.client('testing')
  const receiver = await startReceiver(t)
  const { secret } = (await call('PUT', '/v1/webhook-endpoints/books', { url: receiver.url })).body
  const before = (await call('GET', '/v1/webhook-endpoints/books')).body
  const tested = () => call('POST', '/v1/webhook-endpoints/books/test')
  t.same((await tested()).body, { outcome: 'delivered', status: 204 })
  const [got] = receiver.got
  t.match(new Webhook(secret).verify(got?.body ?? '', got?.headers ?? {}), {
    id: got?.id,
    type: 'webhook.test',
    data: { endpointId: 'books' },
  })
  for (const status of [302, 410, 500]) {
    receiver.answer(status)
    t.same((await tested()).body, { outcome: 'refused', status })
  }
  await receiver.close()
  t.same((await tested()).body, { outcome: 'connection_failed' })
  t.same((await call('GET', '/v1/webhook-endpoints/books')).body, before)
  t.same((await call('GET', '/v1/events')).body.data, [])
  t.match(await call('POST', '/v1/webhook-endpoints/nobody/test'), { status: 404 })
})

const done = (queued: number, numbers: number[]) => ({ status: 202, queued, code: undefined, numbers })

test('events are sent again by id or by time, under their ids; what is still to come comes once', async (t) => {
  const call = service.client('replaying')
  const receiver = await startReceiver(t)
  const url = '/v1/webhook-endpoints/books'
  await call('PUT', url, { url: receiver.url })
  const start = clock.now()
  for (const number of [1, 2, 3, 4]) {
    await tell(service, 'replaying', 1, number)
    clock.advance({ minutes: 1 })
  }
  await worker.drain()
  t.same(numbersOf(receiver.got), [1, 2, 3, 4])
  const ids = receiver.got.map(({ id }) => id)
  const again = async (body: unknown) => {
    receiver.got.length = 0
    const { status, body: answer } = await call('POST', `${url}/redeliver`, body)
    await worker.drain()
    return {
      status,
      queued: answer.queued,
      code: answer.code,
      numbers: numbersOf(receiver.got).toSorted((a, b) => a - b),
    }
  }
  const at = (minutes: number) => new Date(start.getTime() + minutes * 60_000).toISOString()
  t.same(await again({ eventIds: [ids[2], ids[0], ids[2]] }), done(2, [1, 3]))
  t.same(
    receiver.got.map(({ id }) => id),
    [ids[0], ids[2]],
  )
  t.same(await again({ from: at(1), to: at(3) }), done(2, [2, 3]))
  t.same(await again({ from: at(9), to: at(10) }), done(0, []))
  await tell(service, 'replaying', 1, 5)
  t.same(await again({ from: at(4), to: at(60) }), done(1, [5]), 'which had not been sent yet')
  t.same(await again({ from: at(0), to: at(60) }), done(5, [1, 2, 3, 4, 5]))
  const unknown = '01931f5e-8c00-7000-8000-00000000dead'
  t.match(await again({ eventIds: [ids[0], unknown] }), { status: 404, code: 'event_not_found', numbers: [] })
  for (const body of [{}, { from: at(0) }, { eventIds: ids, to: at(1) }])
    t.match(await again(body), { status: 400, code: 'invalid_request' })
  clock.set(new Date())
})

test('a URL that nothing may be sent to is refused when it is told', async (t) => {
  const call = service.client('refused')
  const urls = [
    'nonsense',
    'ftp://books.example/',
    'javascript:alert(1)',
    'https://user:password@books.example/',
    'https://user@books.example/',
    'https://books.example/#part',
    'http://10.0.0.1/',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/',
    'https://0x0a000001/',
  ]
  for (const url of urls)
    t.match(
      await call('PUT', '/v1/webhook-endpoints/books', { url }),
      { status: 422, body: { code: 'webhook_url_not_allowed' } },
      url,
    )
  t.equal((await call('GET', '/v1/webhook-endpoints/books')).status, 404)
})

test('endpoints are listed, deleted, and no more than fifty', async (t) => {
  const call = service.client('listing')
  const url = 'https://books.example/hooks'
  await checkPaging(t, call, {
    url: '/v1/webhook-endpoints',
    key: 'endpointId',
    put: (id) => call('PUT', `/v1/webhook-endpoints/${id}`, { url }),
    remove: (id) => call('DELETE', `/v1/webhook-endpoints/${id}`),
  })
  t.match(await call('DELETE', '/v1/webhook-endpoints/nobody'), { status: 404 })
  for (let number = 7; number < 50; number += 1) await call('PUT', `/v1/webhook-endpoints/n${number}`, { url })
  t.equal((await call('PUT', '/v1/webhook-endpoints/one', { url })).status, 200)
  t.match(await call('PUT', '/v1/webhook-endpoints/two', { url }), {
    status: 409,
    body: { code: 'too_many_webhook_endpoints' },
  })
  t.equal((await call('PUT', '/v1/webhook-endpoints/one', { url })).status, 200, 'one that is there may change')
})
