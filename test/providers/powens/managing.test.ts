// Who comes again to a connection that is well comes for its accounts: they are ticked and unticked in the webview's `/manage`.

import { test } from 'tap'
import type { PowensAccount } from '../../simulators/powens/index.ts'
import { refusalOf } from '../../support/refusal.ts'
import {
  account,
  askOf,
  attemptRef,
  card,
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
  type Granted,
  type Simulated,
} from './bank.ts'

const savings: PowensAccount = {
  ...checking,
  key: 'savings',
  name: 'Livret',
  powensType: 'savings',
  iban: 'FR7630006000011234567890189',
}

const asItIs = (): void => {}

const namesOf = ({ accounts }: Granted) => accounts.map(({ name }) => name)

const pathOf = (url: string): string => new URL(url).pathname

/** The first page of an account's rows, as the core asks for it. */
const fetching = ({ provider, clock }: Simulated, consent: Granted, name: string) =>
  provider.fetchPage({
    nativeId,
    ref: consent.ref,
    accountRef: consent.accounts.find((each) => each.name === name)?.ref ?? '',
    currency: 'EUR',
    from: '2026-11-01',
    to: '2026-11-21',
    isFirst: true,
    now: clock.now(),
  })

test('a person is led to the accounts while the access is well and has more than 30 days to go, and else to log in', async (t) => {
  const cases: [expected: string, days: number, more?: (world: Simulated) => void, validDays?: number][] = [
    ['manage', 0],
    ['manage', 149],
    ['reconnect', 150],
    ['reconnect', 200],
    ['reconnect', 0, ({ simulator }) => simulator.setState('SCARequired')],
    ['reconnect', 0, ({ simulator }) => simulator.setState('websiteUnavailable')],
    ['reconnect', 0, ({ simulator }) => simulator.setActive(false)],
    ['reconnect', 0, ({ simulator }) => simulator.setState(null, { expire: new Date('2026-12-20T12:00:00Z') })],
    ['manage', 0, ({ simulator }) => simulator.setState(null, { expire: null })],
    ['manage', 0, asItIs, 31],
    ['reconnect', 0, asItIs, 30],
  ]
  for (const [expected, days, more = asItIs, validDays = 180] of cases) {
    const world = await simulated(t)
    const former = await connected(world, { validDays })
    world.clock.advance({ days })
    more(world)
    const { redirectUrl } = await world.provider.startConsent(askOf(world, { renews: former.ref }))
    t.equal(pathOf(redirectUrl), `/webview/${expected}`, `${days} ${validDays} ${String(more)}`)
    const query = queryOf(redirectUrl)
    t.match(query, { state: 's3cret', connection_id: JSON.parse(former.ref).connectionId })
    t.notOk('connector_uuids' in query)
  }
})

test('who ticks one more account keeps the others, with their refs, and the term that the access has', async (t) => {
  const world = await simulated(t, [checking, savings, card])
  const { provider, simulator, clock } = world
  const former = await connected(world, { only: ['checking', 'savings'] })
  clock.advance({ days: 100 })
  const started = await provider.startConsent(askOf(world, { renews: former.ref }))
  const complete = { nativeId, ref: started.ref, psu }
  t.same(await provider.completeConsent({ ...complete, query: {}, now: clock.now() }), { kind: 'pending' })
  const all = ['checking', 'savings', 'card']
  const query = queryOf(await simulator.visit(started.redirectUrl, { kind: 'approve', only: all }))
  t.match(query, { state: 's3cret', connection_id: JSON.parse(former.ref).connectionId })
  const outcome = await provider.completeConsent({ ...complete, query, now: clock.now() })
  if (outcome.kind !== 'granted') throw new Error('not granted')
  t.same(namesOf(outcome), ['Compte courant', 'Livret', 'Carte Visa'])
  t.same(outcome.accounts.slice(0, 2), former.accounts)
  t.same([outcome.validFrom, outcome.expiresAt, outcome.renewed], [clock.now(), former.expiresAt, former.ref])
  clock.advance({ minutes: 20 })
  for (const again of [{}, { error: 'access_denied' }, { connection_id: '999999' }])
    t.same(await provider.completeConsent({ ...complete, query: again, now: clock.now() }), outcome)

  for (const name of namesOf(outcome)) t.ok(await fetching(world, outcome, name), name)
  t.same(await provider.consentState({ nativeId, ref: former.ref }), { state: 'revoked' })
  t.equal(await provider.revokeConsent({ nativeId, ref: former.ref }), 'ended')
  const { expiresAt } = former
  t.same(await provider.consentState({ nativeId, ref: outcome.ref }), { state: 'usable', expiresAt })
  t.same([simulator.userCount(), simulator.connectionCount(), simulator.tokenCount()], [1, 1, 1])
})

test('who unticks an account takes back that one alone', async (t) => {
  const world = await simulated(t)
  const former = await connected(world)
  const outcome = await connected(world, { renews: former.ref, only: ['checking'] })
  t.same(namesOf(outcome), ['Compte courant'])
  t.match(await refusalOf(fetching(world, former, 'Carte Visa')), { kind: 'refused', message: /switched off there/ })
  t.ok(await fetching(world, outcome, 'Compte courant'))
  const again = await connected(world, { renews: outcome.ref, only: ['checking', 'card'] })
  t.same(again.accounts, former.accounts, 'and may give it back')
})

test('who changes nothing has what they had', async (t) => {
  const world = await simulated(t)
  const former = await connected(world, { only: ['card'] })
  world.clock.advance({ days: 3 })
  const outcome = await connected(world, { renews: former.ref, only: ['card'] })
  t.same([outcome.accounts, outcome.expiresAt], [former.accounts, former.expiresAt])
})

test('who turns back, or takes everything back, has failed, and what is left stands as it was', async (t) => {
  for (const act of [{ kind: 'cancel' }, { kind: 'approve', only: [] }] as const) {
    const world = await simulated(t)
    const { provider, simulator, clock } = world
    const former = await connected(world)
    const started = await provider.startConsent(askOf(world, { renews: former.ref }))
    const query = queryOf(await simulator.visit(started.redirectUrl, act))
    const outcome = await provider.completeConsent({ nativeId, ref: started.ref, query, psu, now: clock.now() })
    t.match(outcome, { kind: 'failed', failure: 'cancelled_by_person', ended: undefined }, JSON.stringify(act))
    t.match(await provider.consentState({ nativeId, ref: former.ref }), { state: 'usable' })
    t.equal(simulator.tokenCount(), 1)
    const again = await provider.startConsent(askOf(world, { renews: former.ref }))
    t.equal(pathOf(again.redirectUrl), '/webview/manage', 'and may come again')
  }
})

test('who ends the connection there has ended the consent before, and nothing of it stays behind', async (t) => {
  const world = await simulated(t)
  const { provider, simulator, clock } = world
  const former = await connected(world)
  const other = await connected(world)
  const started = await provider.startConsent(askOf(world, { renews: former.ref }))
  const query = queryOf(await simulator.visit(started.redirectUrl, { kind: 'delete' }))
  t.match(query, { connection_deleted: 'true', state: 's3cret', connection_id: JSON.parse(former.ref).connectionId })
  const complete = { nativeId, ref: started.ref, psu, now: clock.now() }
  const outcome = await provider.completeConsent({ ...complete, query })
  t.match(outcome, { kind: 'failed', failure: 'cancelled_by_person', text: /ended/, ended: former.ref })
  t.same([simulator.connectionCount(), simulator.userCount(), simulator.tokenCount()], [1, 1, 1])
  t.same(await provider.completeConsent({ ...complete, query }), outcome, 'coming back twice gives the same')
  t.match(await provider.completeConsent({ ...complete, query: {} }), { kind: 'failed', ended: former.ref })
  t.same(await provider.consentState({ nativeId, ref: former.ref }), { state: 'revoked' })
  t.match(await provider.consentState({ nativeId, ref: other.ref }), { state: 'usable' }, 'of that person alone')
  t.equal(await provider.revokeConsent({ nativeId, ref: started.ref }), 'ended')
  const anew = await provider.startConsent(askOf(world, { renews: former.ref }))
  t.equal(pathOf(anew.redirectUrl), '/webview/connect')
})

const managingRef = (more: object = {}): string =>
  JSON.stringify({
    ...JSON.parse(attemptRef),
    kind: 'managing',
    connectionId: '8',
    renews: JSON.stringify({ ...JSON.parse(grantedRef), user: { id: '7', token: 'former-token' } }),
    expiredAt: '2027-04-30T22:00:00.000Z',
    until: '2027-03-01T00:00:00.000Z',
    chosen: ['9'],
    ...more,
  })

const connectionLine = 'GET /users/me/connections/8?expand=all_accounts'
const off = { ...account, disabled: '2026-11-21 12:00:00' }
const another = { ...account, id: 10, iban: 'FR7630006000011234567890189' }

test('what became of it is what the connection shows, whatever the query says; without a word of either nothing has', async (t) => {
  const powens = await scripted(t)
  powens.replies.set('DELETE /auth/token', { status: 204 })
  const back = { connection_id: '8' }
  const deleted = { ...back, connection_deleted: 'true' }
  const left = { error: 'access_denied' }
  const more = { all_accounts: [account, another] }
  const cases: [found: object, query: Record<string, string>, expected: string, chosen?: string[]][] = [
    [{}, {}, 'pending'],
    [{}, back, 'granted'],
    [{}, { connection_ids: '8' }, 'granted'],
    [{}, left, 'cancelled_by_person'],
    [{}, { ...left, ...back }, 'cancelled_by_person'],
    [{}, { error: 'session_expired' }, 'timed_out'],
    // Anybody may say so; where it is true, Powens will tell.
    [{}, deleted, 'pending'],
    [more, {}, 'granted'],
    [more, left, 'granted'],
    [more, deleted, 'granted'],
    [{ all_accounts: [off, another] }, {}, 'granted', ['9', '10']],
    // Nobody has ticked these.
    [{ all_accounts: [account, { ...another, disabled: off.disabled }] }, {}, 'pending'],
    [{ all_accounts: [{ ...account, deleted: off.disabled }] }, {}, 'pending'],
    [{ all_accounts: [off] }, {}, 'pending'],
    [{ all_accounts: [off] }, back, 'cancelled_by_person'],
    [{ state: 'websiteUnavailable' }, back, 'granted'],
    [{ state: 'validating' }, back, 'pending'],
    [{ state: 'SCARequired' }, back, 'pending'],
    [{ state: 'wrongpass' }, back, 'rejected_by_bank'],
  ]
  for (const [found, query, expected, chosen = ['9']] of cases) {
    powens.replies.set(connectionLine, { json: { ...connection, ...found } })
    const outcome = await powens.provider.completeConsent({ nativeId, ref: managingRef({ chosen }), query, psu, now })
    const told = `${JSON.stringify(found)} ${JSON.stringify(query)}`
    t.equal(outcome.kind === 'failed' ? outcome.failure : outcome.kind, expected, told)
  }
  t.notOk(powens.lines.includes('DELETE /users/me'), 'the user is not the attempt’s to end')
})

test('who logged in at the bank on the way has been given a new term', async (t) => {
  const powens = await scripted(t)
  const cases: [expire: string | null, expiresAt: string][] = [
    ['2027-05-01 00:00:00', '2027-03-01T00:00:00.000Z'],
    [null, '2027-03-01T00:00:00.000Z'],
    ['2027-05-10 02:00:00', '2027-05-10T00:00:00.000Z'],
    ['2027-09-01 00:00:00', '2027-05-20T11:50:00.000Z'],
  ]
  for (const [expire, expiresAt] of cases) {
    powens.replies.set(connectionLine, { json: { ...connection, expire } })
    const ask = { nativeId, ref: managingRef(), query: { connection_id: '8' }, psu, now }
    t.match(await powens.provider.completeConsent(ask), { kind: 'granted', expiresAt: expiresAt }, `${expire}`)
  }
})

test('a connection that is gone without a word of who ended it ends the attempt all the same, once nothing stays behind', async (t) => {
  const powens = await scripted(t)
  const ask = { nativeId, ref: managingRef(), query: {}, psu, now }
  const gone = { status: 404, json: { code: 'notFound', description: 'x' } }
  powens.replies.set(connectionLine, gone)
  powens.replies.set('GET /users/me/connections?expand=all_accounts', { json: { connections: [] } })
  powens.replies.set('DELETE /users/me', { status: 503 })
  t.match(await refusalOf(powens.provider.completeConsent(ask)), { kind: 'temporary' })
  powens.replies.set('DELETE /users/me', { status: 204 })
  t.match(await powens.provider.completeConsent(ask), {
    kind: 'failed',
    failure: 'rejected_by_bank',
    ended: JSON.parse(managingRef()).renews,
  })
  powens.lines.length = 0
  powens.replies.set('GET /users/me/connections?expand=all_accounts', { json: { connections: [connection] } })
  powens.replies.set('DELETE /auth/token', { status: 204 })
  t.match(await powens.provider.completeConsent(ask), { kind: 'failed', failure: 'rejected_by_bank' })
  const ended = powens.lines.filter((line) => line.startsWith('DELETE'))
  t.same(ended, ['DELETE /auth/token'], 'one that is there after all is left alone')
  powens.replies.set(connectionLine, { status: 404, body: '<html>Not Found</html>' })
  t.match(await refusalOf(powens.provider.completeConsent(ask)), { kind: 'refused' }, 'nor because a gateway says so')
  powens.replies.set(connectionLine, { status: 401 })
  powens.replies.set('POST /auth/renew', { status: 403, json: { code: 'forbidden', description: 'x' } })
  t.match(await refusalOf(powens.provider.completeConsent(ask)), { kind: 'refused' }, 'nor because we are not known')
})

test('a reference to an attempt that lacks something is a mistake of ours', async (t) => {
  const { provider } = await scripted(t)
  for (const more of [{ until: 'soon' }, { chosen: 'all' }, { renews: '' }, { connectionId: 8 }, { expiredAt: 'x' }])
    await t.rejects(
      provider.completeConsent({ nativeId, ref: managingRef(more), query: {}, now }),
      { name: 'Error', message: /not a reference/ },
      JSON.stringify(more),
    )
})
