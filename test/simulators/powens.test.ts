import { test, type Test } from 'tap'
import type { Simulator } from './simulator.ts'
import { addDays } from '../../src/values/day.ts'
import { fakeClock, type FakeClock } from '../support/clock.ts'
import { theContract } from './powens/contract.ts'
import { startPowensSimulator, type PowensAccount, type PowensSimulator } from './powens/index.ts'
import { connectorUuid } from './powens/views.ts'

const contract = theContract()

const checking: PowensAccount = {
  key: 'checking',
  type: 'current',
  name: 'Compte courant',
  iban: 'FR1420041010050500013M02606',
  currency: 'EUR',
  usage: 'business',
  owner: 'Fjellheim Bygg SARL',
  balance: '1250.10',
  transactions: Array.from({ length: 5 }, (_, index) => ({
    id: `t${index}`,
    bookingDate: addDays('2026-11-10', index),
    valueDate: addDays('2026-11-10', index),
    amount: `-${index}.50`,
    currency: 'EUR',
    text: `Ligne ${index}`,
    counterparty: { name: 'EDF', iban: 'DE67100100101306118605' },
    original: { value: `-${index}.00`, currency: 'USD', commission: '0.10' },
  })),
}
const card: PowensAccount = {
  key: 'card',
  type: 'card',
  name: 'Carte <Visa>',
  maskedPan: '4970XXXXXXXX1234',
  currency: 'EUR',
  usage: 'private',
  owner: 'Claire Martin',
  balance: '-40',
  transactions: [
    {
      id: 'c',
      bookingDate: '2026-11-19',
      amount: '-40',
      currency: 'EUR',
      text: 'CARTE',
      counterparty: { name: 'Bistro' },
    },
  ],
}

type Fields = Readonly<Record<string, unknown>>
type Answered = { readonly status: number; readonly json: Fields; readonly text: string; readonly headers: Headers }

type World = {
  readonly simulator: PowensSimulator
  readonly clock: FakeClock
  readonly call: (
    method: string,
    path: string,
    more?: { readonly token?: string; readonly body?: object },
  ) => Promise<Answered>
}

/** Every answer is held against the contract. */
async function aWorld(t: Test): Promise<World> {
  const clock = fakeClock('2026-11-21T12:00:00Z')
  const simulator = await startPowensSimulator({ clock })
  t.teardown(() => simulator.close())
  await simulator.hold([checking, card])
  return {
    simulator,
    clock,
    async call(method, path, { token, body } = {}) {
      const answer = await fetch(`${simulator.config.baseUrl}${path}`, {
        method,
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const text = await answer.text()
      const json: unknown = text === '' ? null : JSON.parse(text)
      const [bare = ''] = path.split('?')
      t.same(
        contract?.faults({ method, path: bare, status: answer.status, body: json }) ?? [],
        [],
        `${method} ${path} ${answer.status}`,
      )
      return { status: answer.status, json: asFields(json), text, headers: answer.headers }
    },
  }
}

const asFields = (json: unknown): Fields => (isFields(json) ? json : {})
function isFields(json: unknown): json is Fields {
  return typeof json === 'object' && json !== null
}
const listIn = (json: Fields, name: string): readonly Fields[] => {
  const list = json[name]
  return Array.isArray(list) ? list.map(asFields) : []
}

const credentials = ({ simulator }: World) => ({
  client_id: simulator.config.clientId,
  client_secret: simulator.config.clientSecret,
})

async function newUser(world: World): Promise<string> {
  const { json } = await world.call('POST', '/auth/init', { body: credentials(world) })
  return String(json['auth_token'])
}

async function webviewFor(
  world: World,
  token: string,
  flow = 'connect',
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { json } = await world.call('GET', '/auth/token/code?type=singleAccess', { token })
  const { domain, clientId, webviewUrl } = world.simulator.config
  const query = {
    domain,
    client_id: clientId,
    redirect_uri: 'https://us.example/back',
    state: 's',
    code: String(json['code']),
    ...more,
  }
  return `${webviewUrl}/${flow}?${new URLSearchParams(query).toString()}`
}

const queryOf = (url: string): Record<string, string> => Object.fromEntries(new URL(url).searchParams)

async function connected(world: World): Promise<{ readonly token: string; readonly id: string }> {
  const token = await newUser(world)
  const back = await world.simulator.visit(await webviewFor(world, token), { kind: 'approve' })
  return { token, id: queryOf(back)['connection_id'] ?? '' }
}

test(
  'answers are held against the official files',
  { skip: contract === undefined && 'the files are not here' },
  async (t) => {
    if (contract === undefined) return
    const faults = (body: unknown) => contract.faults({ method: 'GET', path: '/users/me', status: 200, body })
    t.same(faults({ id: 1, signin: '2026-11-21 13:00:00' }), [])
    t.not(faults({ id: 1, signin: '2026-11-21T13:00:00Z' }).length, 0, 'and a wrong one would be noticed')
    t.not(contract.faults({ method: 'GET', path: '/nowhere', status: 200, body: {} }).length, 0)
  },
)

test('it is what tests of any provider may drive', async (t) => {
  const { simulator } = await aWorld(t)
  const any: Simulator = simulator
  t.equal(any.providerId, 'powens')
  t.equal(any.nativeId, connectorUuid)
})

test('a user comes to be with a token that lasts for who knows the secret, and half an hour for others', async (t) => {
  const world = await aWorld(t)
  const lasting = await world.call('POST', '/auth/init', { body: credentials(world) })
  t.match(lasting.json, { type: 'permanent', id_user: Number })
  t.notOk('expires_in' in lasting.json)
  const passing = await world.call('POST', '/auth/init', { body: {} })
  t.match(passing.json, { type: 'temporary', expires_in: 1800 })
  const [one, other] = [String(lasting.json['auth_token']), String(passing.json['auth_token'])]
  world.clock.advance({ minutes: 31 })
  t.equal((await world.call('GET', '/users/me', { token: one })).status, 200)
  t.equal((await world.call('GET', '/users/me', { token: other })).status, 401)
  t.equal((await world.call('GET', '/users/me')).status, 401)
  const wrong = { ...credentials(world), client_secret: 'guess' }
  t.match(await world.call('POST', '/auth/init', { body: wrong }), { status: 403, json: { code: 'forbidden' } })
  t.match(await world.call('POST', '/auth/init', { body: { ...credentials(world), extra: 1 } }), {
    status: 400,
    json: { code: 'invalidValue', description: 'Unexpected extra' },
  })
})

test('tokens are renewed, exchanged and revoked', async (t) => {
  const world = await aWorld(t)
  const token = await newUser(world)
  const { json: me } = await world.call('GET', '/users/me', { token })
  const renew = (more: object) =>
    world.call('POST', '/auth/renew', { body: { grant_type: 'client_credentials', ...credentials(world), ...more } })
  const second = String((await renew({ id_user: me['id'] })).json['access_token'])
  t.same((await world.call('GET', '/users/me', { token: second })).json, me)
  t.equal((await world.call('DELETE', '/auth/token', { token })).status, 204)
  t.equal((await world.call('GET', '/users/me', { token })).status, 401)
  t.equal((await world.call('GET', '/users/me', { token: second })).status, 200)
  const third = String((await renew({ id_user: me['id'], revoke_previous: true })).json['access_token'])
  t.equal((await world.call('GET', '/users/me', { token: second })).status, 401)
  t.equal((await renew({ id_user: 999_999 })).status, 404)
  t.equal((await renew({ grant_type: 'password' })).status, 400)

  const { json } = await world.call('GET', '/auth/token/code', { token: third })
  t.match(json, { type: 'temporary', access: 'standard', expires_in: 1800 })
  const exchange = { grant_type: 'authorization_code', ...credentials(world), code: json['code'] }
  t.equal((await world.call('POST', '/auth/token/access', { body: exchange })).status, 200)
  world.clock.advance({ minutes: 31 })
  t.equal((await world.call('POST', '/auth/token/access', { body: exchange })).status, 403)
  t.equal((await world.call('DELETE', '/users/me', { token: third })).status, 204)
  t.equal((await world.call('GET', '/users/me', { token: third })).status, 401)
})

test('connectors are listed but the hidden ones, with what is asked for besides', async (t) => {
  const world = await aWorld(t)
  const { json } = await world.call('GET', '/connectors')
  t.equal(listIn(json, 'connectors').length, 5)
  t.notOk(listIn(json, 'connectors').some(({ countries }) => countries !== undefined))
  const { json: one } = await world.call('GET', `/connectors/${connectorUuid}?expand=countries,sources,fields`)
  t.match(one, { countries: [{ id: 'FR' }], sources: [{ name: 'openapi' }], fields: [] })
  t.equal((await world.call('GET', '/connectors/999')).status, 404)
})

test('the webview opens once, for who is known, and comes back to an address without a query', async (t) => {
  const world = await aWorld(t)
  const token = await newUser(world)
  const url = await webviewFor(world, token)
  t.equal((await fetch(url)).status, 200)
  t.equal((await fetch(url)).status, 403, 'a code for single access')
  const wrong = [
    { redirect_uri: 'https://us.example/back?x=1' },
    { redirect_uri: 'back' },
    { client_id: '1' },
    { domain: 'other' },
    { connector_uuids: 'other' },
  ]
  for (const more of wrong)
    t.equal((await fetch(await webviewFor(world, token, 'connect', more))).status, 400, JSON.stringify(more))
  t.equal((await fetch(await webviewFor(world, token, 'reconnect', { connection_id: '1' }))).status, 404)
})

test('accounts are found switched off, and only what the person ticks is told and read', async (t) => {
  const world = await aWorld(t)
  const token = await newUser(world)
  const back = await world.simulator.visit(await webviewFor(world, token), { kind: 'approve', only: ['card'] })
  t.match(queryOf(back), { state: 's', connection_id: /^\d+$/, connection_ids: /^\d+$/ })
  const { json } = await world.call('GET', '/users/me/connections?expand=accounts,all_accounts,sources', { token })
  const [connection = {}] = listIn(json, 'connections')
  t.match(connection, { state: null, expire: '2027-05-20 14:00:00', last_update: '2026-11-21 13:00:00' })
  t.same(
    listIn(connection, 'accounts').map(({ name }) => name),
    ['Carte <Visa>'],
  )
  t.match(
    listIn(connection, 'all_accounts').map(({ name, iban, balance, disabled }) => ({ name, iban, balance, disabled })),
    [
      { name: 'Compte courant', iban: null, balance: null, disabled: '2026-11-21 13:00:00' },
      { name: 'Carte <Visa>', iban: null, balance: -40, disabled: null },
    ],
  )
  const { json: listed } = await world.call('GET', '/users/me/accounts', { token })
  t.equal(listIn(listed, 'accounts').length, 1)
  const { json: all } = await world.call('GET', '/users/me/accounts?all', { token })
  const [off = {}] = listIn(all, 'accounts')
  t.equal(listIn(all, 'accounts').length, 2)
  const rows = `/users/me/accounts/${String(off['id'])}/transactions?limit=10`
  t.match(await world.call('GET', rows, { token }), { status: 409, json: { code: 'noAccount' } })
  await world.call('POST', `/users/me/accounts/${String(off['id'])}`, { token, body: { disabled: false } })
  t.equal(listIn((await world.call('GET', rows, { token })).json, 'transactions').length, 5)
})

test('who manages a connection finds its accounts as they left them, ticks and unticks them, or ends it', async (t) => {
  const world = await aWorld(t)
  const { simulator } = world
  const token = await newUser(world)
  const back = await simulator.visit(await webviewFor(world, token), { kind: 'approve', only: ['card'] })
  const { connection_id: id = '' } = queryOf(back)
  const manage = (more = { connection_id: id }) => webviewFor(world, token, 'manage', more)
  const chosen = async () => {
    const { json } = await world.call('GET', `/users/me/connections/${id}?expand=accounts`, { token })
    return listIn(json, 'accounts').map(({ name }) => name)
  }
  const page = await (await fetch(await manage())).text()
  t.same(
    [...page.matchAll(/type="checkbox"[^>]*?( checked)?> ([^/]*)<\/label>/g)].map(([, ticked]) => ticked !== undefined),
    [false, true],
  )
  t.equal((await fetch(await manage({ connection_id: '1' }))).status, 404)
  t.equal((await fetch(await webviewFor(world, await newUser(world), 'manage'))).status, 404)
  t.equal((await fetch(await webviewFor(world, token, 'manage'))).status, 200, 'of whoever has but one')

  t.same(queryOf(await simulator.visit(await manage(), { kind: 'approve', only: ['checking', 'card'] })), {
    connection_id: id,
    connection_ids: id,
    state: 's',
  })
  t.same(await chosen(), ['Compte courant', 'Carte <Visa>'])
  await simulator.visit(await manage(), { kind: 'approve', only: ['checking'] })
  t.same(await chosen(), ['Compte courant'])
  t.match(queryOf(await simulator.visit(await manage(), { kind: 'cancel' })), { error: 'access_denied', state: 's' })
  t.same(await chosen(), ['Compte courant'])
  const { json } = await world.call('GET', `/users/me/connections/${id}`, { token })
  t.match(json, { expire: '2027-05-20 14:00:00' }, 'its term goes on')
  t.match(queryOf(await simulator.visit(await manage(), { kind: 'delete' })), {
    connection_deleted: 'true',
    connection_id: id,
    state: 's',
  })
  t.equal((await world.call('GET', `/users/me/connections/${id}`, { token })).status, 404)
})

test('who leaves, declines, is refused or waits too long comes back with the word for it', async (t) => {
  const world = await aWorld(t)
  const token = await newUser(world)
  const { simulator } = world
  t.match(queryOf(await simulator.visit(await webviewFor(world, token), { kind: 'cancel' })), {
    error: 'access_denied',
    state: 's',
  })
  t.equal(simulator.connectionCount(), 0)
  t.match(queryOf(await simulator.visit(await webviewFor(world, token), { kind: 'reject' })), { error: 'server_error' })
  const { json } = await world.call('GET', '/users/me/connections', { token })
  t.match(listIn(json, 'connections'), [{ state: 'actionNeeded', expire: null }])
  const page = await (await fetch(await webviewFor(world, token))).text()
  const leave = /action="([^"]*\/leave)"/.exec(page)?.[1] ?? ''
  const post = (body: string) =>
    fetch(new URL(leave, simulator.config.webviewUrl), {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
    })
  t.match((await post('do=decline')).headers.get('location'), /error=tos_declined/)
  world.clock.advance({ minutes: 31 })
  t.match((await post('do=leave')).headers.get('location'), /error=session_expired/)
})

test('rows come newest first, in pages that link to the next, by the days asked for', async (t) => {
  const world = await aWorld(t)
  const { token } = await connected(world)
  const { json } = await world.call('GET', '/users/me/accounts', { token })
  const id = String(listIn(json, 'accounts')[0]?.['id'])
  const rows = (query: string) => world.call('GET', `/users/me/accounts/${id}/transactions?${query}`, { token })
  const first = await rows('limit=2&filter=date')
  t.same(
    listIn(first.json, 'transactions').map(({ date }) => date),
    ['2026-11-14', '2026-11-13'],
  )
  t.match(first.text, /"value":-4\.50,/, 'with the decimals that it was written with')
  t.match(first.text, /"id":9007199254741\d{3},/)
  t.match(first.json, { first_date: '2026-11-10', last_date: '2026-11-14', result_min_date: '2026-11-13' })
  const next = asFields(asFields(first.json['_links'])['next'])['href']
  const second = await fetch(String(next), { headers: { authorization: `Bearer ${token}` } })
  const page = asFields(await second.json())
  t.same(
    listIn(page, 'transactions').map(({ date }) => date),
    ['2026-11-12', '2026-11-11'],
  )
  t.match(page['_links'], { prev: { href: String }, next: { href: String } })
  t.equal(listIn((await rows('limit=10&min_date=2026-11-11&max_date=2026-11-12')).json, 'transactions').length, 2)
  for (const [query, code] of [
    ['', 'missingParameter'],
    ['limit=1001', 'invalidValue'],
    ['limit=0', 'invalidValue'],
    ['limit=10&filter=vdate', 'invalidValue'],
    ['limit=10&min_date=soon', 'invalidValue'],
    ['limit=10&what=1', 'invalidValue'],
  ] as const)
    t.match(await rows(query), { status: 400, json: { code } }, query)
  t.equal((await world.call('GET', '/users/me/accounts/1/transactions?limit=1', { token })).status, 404)
  t.equal(listIn((await world.call('GET', '/users/me/transactions?limit=9', { token })).json, 'transactions').length, 6)
})

test('what is withdrawn stays, marked, and what changes says when', async (t) => {
  const world = await aWorld(t)
  const { token } = await connected(world)
  const since = (at: string, more = '') =>
    world.call('GET', `/users/me/transactions?limit=100&last_update=${encodeURIComponent(at)}${more}`, { token })
  t.equal(listIn((await since('2026-11-21 12:59:59')).json, 'transactions').length, 6)
  world.clock.advance({ hours: 1 })
  await world.simulator.hold([{ ...checking, transactions: checking.transactions.slice(1) }, card])
  t.equal(listIn((await since('2026-11-21 13:00:00')).json, 'transactions').length, 0)
  t.match(listIn((await since('2026-11-21 13:00:00', '&all')).json, 'transactions'), [
    { date: '2026-11-10', deleted: '2026-11-21 14:00:00', last_update: '2026-11-21 14:00:00' },
  ])
  await world.simulator.hold([card])
  const { json } = await world.call('GET', '/users/me/accounts?all', { token })
  t.match(listIn(json, 'accounts')[0], { name: 'Compte courant', deleted: '2026-11-21 14:00:00' })
})

test('the bank is read every six hours as long as the access lasts, and then the person is wanted', async (t) => {
  const world = await aWorld(t)
  const { token, id } = await connected(world)
  const path = `/users/me/connections/${id}`
  const look = async () => (await world.call('GET', path, { token })).json
  world.clock.advance({ hours: 5 })
  t.match(await look(), { last_update: '2026-11-21 13:00:00' })
  world.clock.advance({ hours: 1 })
  t.match(await look(), { last_update: '2026-11-21 19:00:00' })
  world.clock.advance({ days: 180 })
  t.match(await look(), { state: 'SCARequired', last_update: '2026-11-21 19:00:00' })
  await world.simulator.hold([card])
  t.match(await look(), { last_update: '2026-11-21 19:00:00' })
  const back = await world.simulator.visit(await webviewFor(world, token, 'reconnect', { connection_id: id }), {
    kind: 'approve',
  })
  t.equal(queryOf(back)['connection_id'], id)
  t.match(await look(), { id: Number(id), state: null, expire: '2027-11-16 19:00:00' })
  world.simulator.pause(true)
  world.clock.advance({ days: 1 })
  await world.call('PUT', path, { token })
  t.match(await look(), { last_update: '2027-05-20 20:00:00' })
  t.equal((await world.call('DELETE', path, { token })).status, 204)
  t.equal((await world.call('GET', path, { token })).status, 404)
})

test('a connection belongs to its user, and goes with it', async (t) => {
  const world = await aWorld(t)
  const one = await connected(world)
  const other = await connected(world)
  t.equal((await world.call('GET', `/users/me/connections/${one.id}`, { token: other.token })).status, 404)
  t.equal((await world.call('DELETE', `/users/me/connections/${one.id}`, { token: other.token })).status, 404)
  await world.call('DELETE', '/users/me', { token: one.token })
  t.equal(world.simulator.connectionCount(), 1)
})

test('trouble meets the calls for data alone, and they are counted', async (t) => {
  const world = await aWorld(t)
  const { token, id } = await connected(world)
  const { simulator } = world
  const before = simulator.dataCalls()
  await simulator.fault('maintenance')
  t.equal((await world.call('GET', '/users/me/transactions?limit=1', { token })).status, 503)
  await simulator.fault('quota')
  const refused = await world.call('GET', '/users/me/accounts', { token })
  t.match(refused, { status: 429, json: { code: 'tooManySync' } })
  t.equal(refused.headers.get('retry-after'), '3600')
  await simulator.fault('garbage')
  const garbage = await fetch(`${simulator.config.baseUrl}/users/me/accounts`, {
    headers: { authorization: `Bearer ${token}` },
  })
  t.match([garbage.status, garbage.headers.get('content-type')], [200, /text\/html/])
  t.equal(simulator.dataCalls() - before, 3)
  t.equal((await world.call('GET', `/users/me/connections/${id}`, { token })).status, 200)
  t.equal((await fetch(await webviewFor(world, token))).status, 200)
  await simulator.fault(null)
  await simulator.endAtBank()
  t.match((await world.call('GET', `/users/me/connections/${id}`, { token })).json, { state: 'SCARequired' })
  t.equal((await world.call('GET', '/users/me/transactions?limit=9', { token })).status, 200, 'and serves what it has')
})
