import { test } from 'tap'
import type { SessionFailure } from '../../../src/providers/provider.ts'
import { refusalOf } from '../../support/refusal.ts'
import {
  account,
  askOf,
  attemptRef,
  callbackUrl,
  checking,
  connected,
  connection,
  grantedRef,
  nativeId,
  now,
  psu,
  queryOf,
  scripted,
  simulated,
} from './bank.ts'

test('a person is sent to the webview of their own user, for that bank and one connection, to come back to an address without a query', async (t) => {
  const world = await simulated(t)
  const { redirectUrl, ref } = await world.provider.startConsent(askOf(world, { language: 'fr' }))
  const url = new URL(redirectUrl)
  t.equal(`${url.origin}${url.pathname}`, `${world.simulator.config.webviewUrl}/connect`)
  const { code, ...query } = queryOf(redirectUrl)
  t.same(query, {
    domain: 'acme-sandbox',
    client_id: world.simulator.config.clientId,
    redirect_uri: callbackUrl,
    state: 's3cret',
    connector_uuids: nativeId,
    max_connections: '1',
  })
  t.ok(code !== undefined && code.length > 20)
  t.notMatch(redirectUrl, JSON.parse(ref).user.token, 'and the lasting token stays with us')
  t.equal(world.simulator.userCount(), 1)
  await world.provider.startConsent(askOf(world))
  t.equal(world.simulator.userCount(), 2, 'each attempt has a user of its own')
})

test('a user whom nobody can be sent to does not stay behind', async (t) => {
  const powens = await scripted(t)
  powens.replies.set('POST /auth/init', { json: { auth_token: 'user-token', type: 'permanent', id_user: 7 } })
  powens.replies.set('GET /auth/token/code?type=singleAccess', { status: 503 })
  powens.replies.set('DELETE /users/me', { status: 204 })
  const ask = { nativeId, callbackUrl, state: 's', validDays: 180, psu, now }
  t.match(await refusalOf(powens.provider.startConsent(ask)), { kind: 'temporary' })
  t.equal(powens.lines.at(-1), 'DELETE /users/me')
  t.same(JSON.parse(powens.asked('POST /auth/init').body), { client_id: '4711', client_secret: 'hush' })
  powens.replies.set('POST /auth/init', { json: { auth_token: 'x', type: 'temporary', id_user: 7, expires_in: 1800 } })
  t.match(await refusalOf(powens.provider.startConsent(ask)), {
    kind: 'nonsense',
    message: 'Powens, new user: $.type should be permanent',
  })
})

test('what was approved is granted with the accounts that the person chose, whatever the query says, and again the same', async (t) => {
  const world = await simulated(t)
  const { provider, simulator, clock } = world
  const { redirectUrl, ref } = await provider.startConsent(askOf(world))
  const returned = await simulator.visit(redirectUrl, { kind: 'approve', only: ['checking'] })
  t.equal(provider.stateIn(queryOf(returned)), 's3cret')
  const complete = { nativeId, ref, psu }
  const outcome = await provider.completeConsent({ ...complete, query: queryOf(returned), now: clock.now() })
  t.match(outcome, {
    kind: 'granted',
    validFrom: '2026-11-21T12:00:00Z',
    expiresAt: '2027-05-20T12:00:00Z',
    accounts: [{ name: 'Compte courant', type: 'current', iban: checking.iban, currency: 'EUR', usage: 'business' }],
  })
  t.equal(outcome.kind === 'granted' && outcome.accounts.length, 1)
  clock.advance({ minutes: 20 })
  for (const query of [{}, { error: 'access_denied' }, { connection_id: '999999' }, { connection_id: '../../x' }])
    t.same(await provider.completeConsent({ ...complete, query, now: clock.now() }), outcome, JSON.stringify(query))
})

test('a consent lasts no longer than was asked for, nor than Powens says', async (t) => {
  const world = await simulated(t)
  const { provider, simulator } = world
  const { redirectUrl, ref } = await provider.startConsent(askOf(world, { validDays: 30 }))
  const query = queryOf(await simulator.visit(redirectUrl, { kind: 'approve' }))
  const outcome = await provider.completeConsent({ nativeId, ref, query, now: world.clock.now() })
  t.match(outcome, { kind: 'granted', expiresAt: '2026-12-21T12:00:00Z' })
  const granted = outcome.kind === 'granted' ? outcome.ref : ''
  t.same(await provider.consentState({ nativeId, ref: granted }), {
    state: 'usable',
    expiresAt: new Date('2026-12-21T12:00:00Z'),
  })
  simulator.setState(null, { expire: new Date('2026-12-01T12:00:00Z') })
  t.match(await provider.consentState({ nativeId, ref: granted }), { expiresAt: '2026-12-01T12:00:00Z' })
  simulator.setState(null, { expire: null })
  t.match(await provider.consentState({ nativeId, ref: granted }), { expiresAt: '2026-12-21T12:00:00Z' })
})

test('who turns back, is refused or chooses nothing has failed, and leaves nothing behind', async (t) => {
  const cases = [
    [{ kind: 'cancel' }, 'cancelled_by_person'],
    [{ kind: 'reject' }, 'rejected_by_bank'],
    [{ kind: 'approve', only: [] }, 'cancelled_by_person'],
  ] as const
  for (const [act, failure] of cases) {
    const world = await simulated(t)
    const { redirectUrl, ref } = await world.provider.startConsent(askOf(world))
    const query = queryOf(await world.simulator.visit(redirectUrl, act))
    t.equal(world.provider.stateIn(query), 's3cret')
    const outcome = await world.provider.completeConsent({ nativeId, ref, query, psu, now: world.clock.now() })
    t.match(outcome, { kind: 'failed', failure, text: /\.$/ }, JSON.stringify(act))
    t.equal(world.simulator.userCount(), 0)
    t.equal(await world.provider.revokeConsent({ nativeId, ref }), 'ended', 'and ending it once more is harmless')
  }
})

test('nothing is decided for somebody who has not come back', async (t) => {
  const world = await simulated(t)
  const { provider, clock } = world
  const { ref } = await provider.startConsent(askOf(world))
  for (const query of [{}, { state: 's3cret' }])
    t.same(await provider.completeConsent({ nativeId, ref, query, now: clock.now() }), { kind: 'pending' })
  t.equal(await provider.revokeConsent({ nativeId, ref }), 'ended')
  t.equal(world.simulator.userCount(), 0, 'an attempt that is called off takes its user along')
})

test('what became of an attempt, by what the connection says and by what the webview says', async (t) => {
  const powens = await scripted(t)
  powens.replies.set('DELETE /users/me', { status: 204 })
  const back = { connection_id: '8' }
  const cases: [state: string | null, query: Record<string, string>, SessionFailure | 'pending' | 'granted'][] = [
    [null, {}, 'granted'],
    [null, { error: 'server_error' }, 'granted'],
    ['websiteUnavailable', back, 'granted'],
    ['rateLimiting', {}, 'granted'],
    ['validating', back, 'pending'],
    ['validating', { error: 'access_denied' }, 'pending'],
    ['SCARequired', {}, 'pending'],
    ['SCARequired', back, 'pending'],
    ['decoupled', back, 'pending'],
    ['webauthRequired', { error: 'access_denied' }, 'cancelled_by_person'],
    ['decoupled', { error: 'session_expired' }, 'timed_out'],
    ['additionalInformationNeeded', { error: 'tos_declined' }, 'cancelled_by_person'],
    ['additionalInformationNeeded', { error: 'something new' }, 'provider_error'],
    ['decoupled', { error: '__proto__' }, 'provider_error'],
    ['wrongpass', {}, 'pending'],
    ['wrongpass', back, 'rejected_by_bank'],
    ['wrongpass', { error: 'access_denied' }, 'rejected_by_bank'],
    ['passwordExpired', back, 'rejected_by_bank'],
    ['actionNeeded', { error: 'server_error' }, 'rejected_by_bank'],
    ['notSupported', back, 'provider_error'],
  ]
  for (const [state, query, expected] of cases) {
    powens.replies.set('GET /users/me/connections?expand=all_accounts', {
      json: { connections: [{ ...connection, state }] },
    })
    const outcome = await powens.provider.completeConsent({ nativeId, ref: attemptRef, query, psu, now })
    t.equal(outcome.kind === 'failed' ? outcome.failure : outcome.kind, expected, `${state} ${JSON.stringify(query)}`)
  }
  const odd: [accounts: unknown, SessionFailure | 'pending'][] = [
    [[], 'pending'],
    [null, 'pending'],
    [[{ ...account, disabled: '2026-11-21 12:00:00' }], 'cancelled_by_person'],
    [[{ ...account, deleted: '2026-11-21 12:00:00' }], 'pending'],
    [[{ ...account, type: 'lifeinsurance' }], 'wrong_account_type'],
  ]
  for (const [accounts, expected] of odd) {
    powens.replies.set('GET /users/me/connections?expand=all_accounts', {
      json: { connections: [{ ...connection, all_accounts: accounts }] },
    })
    const outcome = await powens.provider.completeConsent({ nativeId, ref: attemptRef, query: back, psu, now })
    t.equal(outcome.kind === 'failed' ? outcome.failure : outcome.kind, expected, JSON.stringify(accounts))
  }
  for (const state of ['bug', 'websiteUnavailable', 'rateLimiting']) {
    powens.replies.set('GET /users/me/connections?expand=all_accounts', {
      json: { connections: [{ ...connection, state, all_accounts: [] }] },
    })
    const outcome = await powens.provider.completeConsent({ nativeId, ref: attemptRef, query: back, psu, now })
    const failure = state === 'bug' ? 'provider_error' : 'bank_unavailable'
    t.match(outcome, { kind: 'failed', failure }, `${state} without accounts`)
  }
})

test('a failure is told once nothing stays behind, and not before', async (t) => {
  const powens = await scripted(t)
  powens.replies.set('GET /users/me/connections?expand=all_accounts', { json: { connections: [] } })
  powens.replies.set('DELETE /users/me', { status: 503 })
  const ask = { nativeId, ref: attemptRef, query: { error: 'access_denied' }, psu, now }
  t.match(await refusalOf(powens.provider.completeConsent(ask)), { kind: 'temporary' })
  powens.replies.set('DELETE /users/me', { status: 204 })
  t.match(await powens.provider.completeConsent(ask), { kind: 'failed', failure: 'cancelled_by_person' })
})

test('a renewal keeps the connection, its accounts and the ids of its movements, and lasts anew', async (t) => {
  const world = await simulated(t)
  const { provider, simulator, clock } = world
  const former = await connected(world)
  clock.advance({ days: 150 })
  const started = await provider.startConsent(askOf(world, { renews: former.ref }))
  t.match(started.redirectUrl, /\/webview\/reconnect\?/)
  t.equal(queryOf(started.redirectUrl)['connection_id'], JSON.parse(former.ref).connectionId)
  const complete = { nativeId, ref: started.ref, psu, now: clock.now() }
  t.same(await provider.completeConsent({ ...complete, query: {} }), { kind: 'pending' }, 'nobody has been there yet')
  const query = queryOf(await simulator.visit(started.redirectUrl, { kind: 'approve' }))
  const renewed = await provider.completeConsent({ ...complete, query })
  t.same(await provider.completeConsent({ ...complete, query: {} }), renewed, 'asked again, by the clock')
  t.match(renewed, { kind: 'granted', expiresAt: '2027-10-17T12:00:00Z', renewed: former.ref })
  if (renewed.kind !== 'granted') throw new Error('not granted')
  t.same(renewed.accounts, former.accounts)
  t.equal(simulator.connectionCount(), 1)

  t.match(
    await provider.consentState({ nativeId, ref: former.ref }),
    { state: 'usable' },
    'until it is known to be kept',
  )
  await provider.fetchPage({
    nativeId,
    ref: renewed.ref,
    accountRef: renewed.accounts[0]?.ref ?? '',
    currency: 'EUR',
    from: '2026-11-01',
    to: '2026-11-21',
    isFirst: true,
    now: clock.now(),
  })
  t.same(await provider.consentState({ nativeId, ref: former.ref }), { state: 'revoked' })
  t.equal(simulator.tokenCount(), 1, 'and finding that out leaves no token behind')
  t.equal(await provider.revokeConsent({ nativeId, ref: former.ref }), 'ended')
  t.equal(simulator.connectionCount(), 1, 'whoever ends the consent before does not end this one')
  t.match(await provider.consentState({ nativeId, ref: renewed.ref }), { state: 'usable' })
})

test('a renewal that comes to nothing leaves the consent before it as it was', async (t) => {
  const world = await simulated(t)
  const { provider, simulator, clock } = world
  const former = await connected(world)
  const started = await provider.startConsent(askOf(world, { renews: former.ref }))
  const query = queryOf(await simulator.visit(started.redirectUrl, { kind: 'cancel' }))
  const outcome = await provider.completeConsent({ nativeId, ref: started.ref, query, psu, now: clock.now() })
  t.match(outcome, { kind: 'failed', failure: 'cancelled_by_person' })
  const second = await provider.startConsent(askOf(world, { renews: former.ref }))
  t.equal(await provider.revokeConsent({ nativeId, ref: second.ref }), 'ended', 'called off')
  t.match(await provider.consentState({ nativeId, ref: former.ref }), { state: 'usable' })
  t.equal(simulator.tokenCount(), 1)
})

test('what has run out is renewed in place, and what is no longer there is connected anew', async (t) => {
  const world = await simulated(t)
  const { provider, simulator, clock } = world
  const former = await connected(world)
  clock.advance({ days: 200 })
  t.same(await provider.consentState({ nativeId, ref: former.ref }), { state: 'expired' })
  const renewed = await connected(world, { renews: former.ref })
  t.same(renewed.accounts, former.accounts)
  t.equal(simulator.connectionCount(), 1)

  simulator.deleteConnections()
  t.same(await provider.consentState({ nativeId, ref: renewed.ref }), { state: 'revoked' })
  const anew = await provider.startConsent(askOf(world, { renews: renewed.ref }))
  t.match(anew.redirectUrl, /\/webview\/connect\?/)
  await provider.revokeConsent({ nativeId, ref: renewed.ref })
  const again = await provider.startConsent(askOf(world, { renews: renewed.ref }))
  t.match(again.redirectUrl, /\/webview\/connect\?/, 'nor where the user is gone too')
})

const reconnectingRef = (more: object): string =>
  JSON.stringify({
    ...JSON.parse(attemptRef),
    kind: 'reconnecting',
    connectionId: '8',
    renews: JSON.stringify({ ...JSON.parse(grantedRef), user: { id: '7', token: 'former-token' } }),
    expiredAt: '2027-04-30T22:00:00.000Z',
    wasUsable: true,
    ...more,
  })

test('whoever comes back with the connection has renewed as far as the bank would have it, and without word of it nobody has', async (t) => {
  const powens = await scripted(t)
  powens.replies.set('DELETE /auth/token', { status: 204 })
  const back = { connection_id: '8' }
  const cases: [found: object, before: object, query: Record<string, string>, expected: string][] = [
    [{}, {}, {}, 'pending'],
    [{}, {}, back, 'granted'],
    [{}, {}, { error: 'access_denied' }, 'cancelled_by_person'],
    [{}, {}, { error: 'access_denied', ...back }, 'cancelled_by_person'],
    [{ expire: '2027-05-01 00:00:01' }, {}, {}, 'granted'],
    [{ expire: '2027-05-01 00:00:01', state: 'websiteUnavailable' }, {}, {}, 'granted'],
    [{ state: 'websiteUnavailable' }, {}, {}, 'pending'],
    [{ state: 'websiteUnavailable' }, {}, back, 'bank_unavailable'],
    [{ state: 'SCARequired' }, { wasUsable: false }, {}, 'pending'],
    [{ state: 'SCARequired' }, { wasUsable: false }, { error: 'session_expired' }, 'timed_out'],
    [{}, { wasUsable: false }, {}, 'granted'],
    [{ expire: null }, { expiredAt: null }, {}, 'pending'],
    [{}, { expiredAt: null }, {}, 'granted'],
  ]
  for (const [found, before, query, expected] of cases) {
    powens.replies.set('GET /users/me/connections/8?expand=all_accounts', { json: { ...connection, ...found } })
    const outcome = await powens.provider.completeConsent({ nativeId, ref: reconnectingRef(before), query, psu, now })
    const told = `${JSON.stringify(found)} ${JSON.stringify(before)} ${JSON.stringify(query)}`
    t.equal(outcome.kind === 'failed' ? outcome.failure : outcome.kind, expected, told)
  }
  t.notOk(powens.lines.includes('DELETE /users/me'), 'the user is not the attempt’s to end')
})

test('a consent is ended with its connection and its user, and ending it again is harmless', async (t) => {
  const world = await simulated(t)
  const granted = await connected(world)
  const other = await connected(world)
  const ref = { nativeId, ref: granted.ref }
  t.equal(await world.provider.revokeConsent(ref), 'ended')
  t.same([world.simulator.connectionCount(), world.simulator.userCount()], [1, 1])
  t.equal(await world.provider.revokeConsent(ref), 'ended')
  t.same(await world.provider.consentState(ref), { state: 'revoked' })
  t.match(await world.provider.consentState({ nativeId, ref: other.ref }), { state: 'usable' }, 'of that person alone')
})

test('a user who has another connection keeps it', async (t) => {
  const powens = await scripted(t)
  powens.replies.set('DELETE /users/me/connections/8', { status: 204 })
  powens.replies.set('GET /users/me/connections?expand=all_accounts', {
    json: { connections: [{ ...connection, id: 80 }] },
  })
  t.equal(await powens.provider.revokeConsent({ nativeId, ref: grantedRef }), 'ended')
  t.notOk(powens.lines.includes('DELETE /users/me'))
  powens.replies.set('DELETE /users/me/connections/8', { status: 503 })
  t.match(await refusalOf(powens.provider.revokeConsent({ nativeId, ref: grantedRef })), { kind: 'temporary' })
})

test('every state of a connection says what has become of the consent', async (t) => {
  const powens = await scripted(t)
  const past = '2026-11-21 12:59:59'
  const cases: [state: string | null, expire: string | null, expected: string][] = [
    [null, '2027-05-01 00:00:00', 'usable'],
    [null, null, 'usable'],
    ['websiteUnavailable', null, 'usable'],
    ['bug', null, 'usable'],
    ['rateLimiting', null, 'usable'],
    ['validating', null, 'usable'],
    ['notSupported', null, 'usable'],
    ['SCARequired', past, 'expired'],
    ['webauthRequired', past, 'expired'],
    ['wrongpass', past, 'expired'],
    ['SCARequired', '2026-11-21 13:00:01', 'needs_person'],
    ['SCARequired', null, 'needs_person'],
    ['webauthRequired', null, 'needs_person'],
    ['additionalInformationNeeded', null, 'needs_person'],
    ['decoupled', null, 'needs_person'],
    ['actionNeeded', null, 'needs_person'],
    ['passwordExpired', null, 'needs_person'],
    ['wrongpass', null, 'needs_person'],
    ['somethingNew', null, 'nonsense'],
  ]
  for (const [state, expire, expected] of cases) {
    powens.replies.set('GET /users/me/connections/8?expand=all_accounts', { json: { ...connection, state, expire } })
    const call = powens.provider.consentState({ nativeId, ref: grantedRef })
    const told = await call.then(
      ({ state: known }) => known,
      ({ kind }) => kind,
    )
    t.equal(told, expected, `${state} ${expire}`)
  }
  powens.replies.set('GET /users/me/connections/8?expand=all_accounts', { json: { ...connection, expire: past } })
  t.same(
    await powens.provider.consentState({ nativeId, ref: grantedRef }),
    { state: 'usable', expiresAt: new Date('2027-05-20T12:00:00Z') },
    'an end that lies behind a connection that is well is left over from before',
  )
  const { state: _, ...older } = connection
  powens.replies.set('GET /users/me/connections/8?expand=all_accounts', { json: { ...older, error: 'wrongpass' } })
  t.match(await refusalOf(powens.provider.consentState({ nativeId, ref: grantedRef })), { kind: 'needs_person' })
  powens.replies.set('GET /users/me/connections/8?expand=all_accounts', { json: older })
  t.match(await refusalOf(powens.provider.consentState({ nativeId, ref: grantedRef })), { kind: 'nonsense' })
})

test('a token that opens nothing is the end of the consent, unless it is us whom Powens no longer knows', async (t) => {
  const powens = await scripted(t)
  const ask = { nativeId, ref: grantedRef }
  powens.replies.set('GET /users/me/connections/8?expand=all_accounts', { status: 401 })
  powens.replies.set('POST /auth/renew', { status: 403, json: { code: 'forbidden', description: 'x' } })
  t.match(await refusalOf(powens.provider.consentState(ask)), { kind: 'refused' })
  powens.replies.set('POST /auth/renew', { status: 503 })
  t.match(await refusalOf(powens.provider.consentState(ask)), { kind: 'temporary' })
  for (const status of [400, 404]) {
    powens.replies.set('POST /auth/renew', { status, json: { code: 'invalidValue', description: 'x' } })
    t.same(await powens.provider.consentState(ask), { state: 'revoked' }, 'the user is gone')
  }
  powens.replies.set('POST /auth/renew', { json: { access_token: 'another', token_type: 'Bearer' } })
  powens.replies.set('DELETE /auth/token', { status: 204 })
  t.same(await powens.provider.consentState(ask), { state: 'revoked' }, 'the token is void')
  t.match(powens.asked('POST /auth/renew').body, /"id_user":7[,}]/)
})

test('no consent ends because somebody else than Powens answers that there is nothing', async (t) => {
  const powens = await scripted(t)
  const ask = { nativeId, ref: grantedRef }
  const connectionLine = '/users/me/connections/8'
  const gateways = [{ body: '<html>Not Found</html>' }, { json: { message: 'no Route matched with those values' } }, {}]
  for (const said of gateways) {
    const nothing = { status: 404, ...said }
    powens.replies.set(`GET ${connectionLine}?expand=all_accounts`, nothing)
    powens.replies.set(`DELETE ${connectionLine}`, nothing)
    powens.replies.set('DELETE /users/me', nothing)
    powens.replies.set('POST /auth/renew', nothing)
    t.match(await refusalOf(powens.provider.consentState(ask)), { kind: 'refused' })
    t.match(await refusalOf(powens.provider.revokeConsent(ask)), { kind: 'refused' })
    t.match(await refusalOf(powens.provider.revokeConsent({ nativeId, ref: attemptRef })), { kind: 'refused' })
    powens.replies.set(`GET ${connectionLine}?expand=all_accounts`, { status: 401 })
    t.match(await refusalOf(powens.provider.consentState(ask)), { kind: 'refused' }, 'nor because its user is not told')
  }
})

test('a reference that is not ours is a mistake of ours', async (t) => {
  const { provider } = await scripted(t)
  for (const ref of ['{}', 'null', '"x"', 'x', '{"kind":"granted"}', attemptRef, grantedRef.replace('2027', 'soon')])
    await t.rejects(provider.consentState({ nativeId, ref }), { name: /^(Error|SyntaxError)$/ }, ref)
  await t.rejects(provider.completeConsent({ nativeId, ref: grantedRef, query: {}, now }), { name: 'Error' })
})
