import { createHmac } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { test } from 'tap'
import type { Called } from '../../../src/providers/provider.ts'
import { readWebhook } from '../../../src/providers/powens/webhooks.ts'
import { serve } from '../../support/loopback.ts'
import { connected, simulated } from './bank.ts'

const secret = 'shared secret'
const path = '/webhooks/powens'
const now = new Date('2026-11-21T12:00:00Z')
const synced = JSON.stringify({ user: { id: 7 }, connection: { id: 8, state: null, accounts: [] } })

function called(body: string, date = now.toISOString(), more: Partial<Called> = {}): Called {
  const signature = createHmac('sha256', secret).update(`POST.${path}.${date}.${body}`).digest('base64')
  return { method: 'POST', path, headers: { 'bi-signature': signature, 'bi-signature-date': date }, body, now, ...more }
}

test('a signed call says whom it is about, and nothing else of it is passed on', async (t) => {
  const cases: [body: object, notice: object | undefined][] = [
    [
      { user: { id: 7 }, connection: { id: 8, state: 'wrongpass' } },
      { userId: '7', connectionId: '8' },
    ],
    [
      { id: 12, id_user: 7, id_connection: 8, transactions: [] },
      { userId: '7', connectionId: '8' },
    ],
    [{ connection: { id: 8, id_user: 7 } }, { userId: '7', connectionId: '8' }],
    [
      { id: 8, id_user: 7, id_connector: 40 },
      { userId: '7', connectionId: '8' },
    ],
    [{ id: 7, signin: '2026-11-01 10:00:00' }, { userId: '7' }],
    [{ id: 7 }, {}],
    [{ user: { id: 'Kari' } }, {}],
    [{ user: null, connection: [] }, {}],
    [[], undefined],
  ]
  for (const [body, notice] of cases)
    t.same(readWebhook(called(JSON.stringify(body)), secret), notice, JSON.stringify(body))
  t.same(
    readWebhook(called('{"user":{"id":18446744073709551615}}'), secret),
    { userId: '18446744073709551615' },
    'an id of 64 bits, whole',
  )
  t.equal(readWebhook(called('<html>'), secret), undefined)
  t.same(readWebhook({ ...called(synced), body: Buffer.from(synced) }, secret), { userId: '7', connectionId: '8' })
})

test('what was forged, altered or signed for another place is not believed', async (t) => {
  const right = called(synced)
  const signature = right.headers['bi-signature'] ?? ''
  const cases: [string, Called, string?][] = [
    ['another body', { ...right, body: synced.replace('7', '9') }],
    ['another path', { ...right, path: '/webhooks/other' }],
    ['another method', { ...right, method: 'PUT' }],
    ['another date', { ...right, headers: { ...right.headers, 'bi-signature-date': '2026-11-21T12:00:01.000Z' } }],
    ['another secret', right, 'another secret'],
    ['no secret at all', right, ''],
    ['no signature', { ...right, headers: { 'bi-signature-date': now.toISOString() } }],
    ['no date', { ...right, headers: { 'bi-signature': signature } }],
    ['an empty signature', { ...right, headers: { ...right.headers, 'bi-signature': '' } }],
    ['half a signature', { ...right, headers: { ...right.headers, 'bi-signature': signature.slice(0, 20) } }],
    ['more than a signature', { ...right, headers: { ...right.headers, 'bi-signature': `${signature}AAAA` } }],
    [
      'a signature in hex',
      { ...right, headers: { ...right.headers, 'bi-signature': Buffer.from(signature, 'base64').toString('hex') } },
    ],
  ]
  for (const [what, call, by = secret] of cases) t.equal(readWebhook(call, by), undefined, what)
  const empty = createHmac('sha256', '').update(`POST.${path}.${now.toISOString()}.${synced}`).digest('base64')
  const withoutKey = { ...right, headers: { ...right.headers, 'bi-signature': empty } }
  t.equal(readWebhook(withoutKey, ''), undefined, 'signed with the secret that was never set')
})

test('a recording is not believed once five minutes have passed, nor a date that cannot be read', async (t) => {
  const cases: [date: string, isBelieved: boolean][] = [
    ['2026-11-21T11:55:00Z', true],
    ['2026-11-21T11:54:59Z', false],
    ['2026-11-21T12:05:00Z', true],
    ['2026-11-21T12:05:01Z', false],
    ['2026-11-21T13:00:00+01:00', true],
    ['2026-11-21T12:00:00.123456+00:00', true],
    ['Sat, 21 Nov 2026 12:00:00 GMT', true],
    ['Sat, 21 Nov 2026 11:00:00 GMT', false],
    ['1795262400', true],
    ['1795262100.5', true],
    ['1795262099', false],
    ['2026-11-21 13:00:00', true],
    ['2026-11-21T12:00:00', true],
    ['2026-11-21 14:00:00', false],
    ['2026-02-30 12:00:00', false],
    ['', false],
    ['now', false],
    ['1795262400000', false],
    ['2026-11-21', false],
    ['2026-11-21T99:00:00Z', false],
  ]
  for (const [date, isBelieved] of cases)
    t.equal(readWebhook(called(synced, date), secret) !== undefined, isBelieved, date)
})

test('the same call twice is read the same: it is a hint to ask, and asking twice is harmless', async (t) => {
  t.same(readWebhook(called(synced), secret), readWebhook(called(synced), secret))
})

test('a call may be as large as a bank is', async (t) => {
  const rows = Array.from({ length: 50_000 }, (_, id) => ({ id, value: -12.5, wording: 'x'.repeat(50) }))
  const body = JSON.stringify({ user: { id: 7 }, connection: { id: 8, accounts: [{ id: 9, transactions: rows }] } })
  t.ok(body.length > 4_000_000)
  t.same(readWebhook(called(body), secret), { userId: '7', connectionId: '8' })
})

test('what the simulated Powens calls with is believed', async (t) => {
  const world = await simulated(t)
  const granted = await connected(world)
  const { user, connectionId } = JSON.parse(granted.ref)
  const key = world.simulator.config.webhookSecret ?? ''
  const read: unknown[] = []
  const origin = await serve(t, (request, response) => {
    void buffer(request).then((body) => {
      const { method = '', url = '', headers } = request
      const one = (name: string) => [headers[name] ?? []].flat().join()
      const signature = { 'bi-signature': one('bi-signature'), 'bi-signature-date': one('bi-signature-date') }
      read.push(readWebhook({ method, path: url, headers: signature, body, now: world.clock.now() }, key))
      return response.writeHead(204).end()
    })
  })
  for (const event of ['CONNECTION_SYNCED', 'ACCOUNT_SYNCED', 'CONNECTION_DELETED', 'USER_DELETED'] as const)
    t.equal(await world.simulator.callWith(event, `${origin}${path}`), 204)
  const both = { userId: user.id, connectionId }
  t.same(read, [both, both, both, { userId: user.id }])
})
