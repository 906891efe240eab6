// Powens, where a person may come again to a bank that is connected: to tick another account, to untick one, or to end it all. What is ticked decides, and nothing
// that nobody took back is lost.

import { t as file, test, type Test } from 'tap'
import { refreshInstitutions } from '../../src/institutions/refresh-institutions.ts'
import { createSchedule } from '../../src/schedule.ts'
import { startPowensSimulator, type PowensAccount } from '../simulators/powens/index.ts'
import { fakeClock } from '../support/clock.ts'
import { startService } from '../support/service.ts'
import { company, connectionsOf, doneUrl, eventsOf, iban, registered, toBank, visit } from './journey.ts'

const start = '2026-11-20T09:00:00Z'
const clock = fakeClock(start)
const simulator = await startPowensSimulator({ clock })
file.teardown(() => simulator.close())
const service = await startService(file, { clock, providers: simulator.providerConfig })
await refreshInstitutions(service.deps)
const schedule = createSchedule(service.deps, { ticking: false })
file.teardown(() => schedule.stop())
const institutionId = `powens.${simulator.nativeId}`

const main: PowensAccount = {
  key: 'main',
  type: 'current',
  name: 'Compte courant',
  iban: iban.main,
  currency: 'NOK',
  usage: 'business',
  owner: 'Fjordlys Handel AS',
  balance: '100.00',
  transactions: [
    { id: '1', bookingDate: '2026-11-18', amount: '-12.50', currency: 'NOK', text: 'Facture 1' },
    { id: '2', bookingDate: '2026-11-19', amount: '-12.50', currency: 'NOK', text: 'Facture 1' },
  ],
}
const second: PowensAccount = { ...main, key: 'second', name: 'Compte épargne', iban: iban.second }
const maskedPan = '4970XXXXXXXX1234'
const { iban: _, ...withoutIban } = main
const card: PowensAccount = { ...withoutIban, key: 'card', type: 'card', name: 'Carte Visa', maskedPan }

type Act = Parameters<typeof simulator.visit>[1]

/** Anna has connected her main and her second account, and they have been fetched. */
async function connected(t: Test) {
  clock.set(start)
  await simulator.hold([main, second, card])
  const { call, tenant } = await registered(service)
  /** Anna opens a link of a session, does that at Powens, and comes back: how the session stands then. */
  const visits = async (act: Act) => {
    const { body } = await call('POST', `${company}/consent-sessions`, { personId: 'anna', institutionId })
    const webview = await toBank(service, body.url, institutionId)
    const back = await simulator.visit(webview, act)
    const { location } = await visit(service, back)
    const session = (await call('GET', `/v1/consent-sessions/${body.id}`)).body
    t.equal(location, `${doneUrl}?session=${session.id}&status=${session.status}`)
    return { webview: new URL(webview).pathname.split('/').at(-1), session }
  }
  const connections = () => connectionsOf(call)
  const consents = async () => (await call('GET', `${company}/consents`)).body.data
  const changes = async () => (await call('GET', `${company}/transactions/changes`)).body.data
  const fetched = async (id: string) => {
    await call('POST', `/v1/connections/${id}/sync-runs`, {})
    await schedule.drain()
    return (await call('GET', `/v1/connections/${id}/sync-runs`)).body.data[0]
  }
  t.match(await visits({ kind: 'approve', only: ['main', 'second'] }), {
    webview: 'connect',
    session: { status: 'completed' },
  })
  for (const { id } of Object.values(await connections()))
    await call('POST', `/v1/connections/${id}/activate`, { startDate: '2026-11-01' })
  await schedule.drain()
  clock.advance({ days: 30 })
  await schedule.drain()
  return { call, tenant, visits, connections, consents, changes, fetched }
}

test('who ticks a card beside what is connected adds it, and loses nothing', async (t) => {
  const { call, visits, connections, consents, changes, fetched } = await connected(t)
  const before = await connections()
  const [former] = await consents()
  const known = await changes()
  t.equal(known.length, 2, 'of the account that is assigned')

  const { webview, session } = await visits({ kind: 'approve', only: ['main', 'second', 'card'] })
  t.equal(webview, 'manage')
  t.match(session, { status: 'completed' })
  t.equal(session.connectionIds.length, 3)
  const after = await connections()
  for (const key of [iban.main, iban.second]) {
    t.equal(after[key].id, before[key].id)
    t.match(after[key], { status: before[key].status, expiresAt: former.expiresAt, bankAccess: 'live' })
    t.match(await fetched(after[key].id), { status: 'completed', counts: { added: 0 } })
  }
  t.match(after[maskedPan], { status: 'unassigned', type: 'card' })
  t.same(await changes(), known, 'and nothing is told twice')
  await call('POST', `/v1/connections/${after[maskedPan].id}/activate`, { startDate: '2026-11-01' })
  t.match(await fetched(after[maskedPan].id), { status: 'completed' })

  const ending = await call('DELETE', `/v1/consents/${former.id}`)
  t.match(ending, { status: 200 })
  t.match(await consents(), [
    { status: 'usable', bankAccess: 'live', expiresAt: former.expiresAt },
    { status: 'superseded', bankAccess: 'ended' },
  ])
  t.match(await fetched(after[iban.main].id), { status: 'completed' }, 'who ends the consent before ends nothing')
})

test('an account that is unticked there is no longer covered, and can be ticked again', async (t) => {
  const { visits, connections, fetched } = await connected(t)
  const before = await connections()
  await visits({ kind: 'approve', only: ['main'] })
  const without = await connections()
  t.match(without[iban.main], { id: before[iban.main].id, status: 'active' })
  t.match(without[iban.second], { id: before[iban.second].id, status: 'iban_not_found' })
  t.match(await fetched(without[iban.main].id), { status: 'completed' })
  await visits({ kind: 'approve', only: ['main', 'second'] })
  t.match((await connections())[iban.second], {
    id: before[iban.second].id,
    status: before[iban.second].status,
  })
})

test('a connection that was removed here stays removed, though it is ticked there', async (t) => {
  const { call, visits, connections } = await connected(t)
  const { id } = (await connections())[iban.second]
  t.equal((await call('DELETE', `/v1/connections/${id}`)).status, 204)
  const { session } = await visits({ kind: 'approve', only: ['main', 'second', 'card'] })
  t.match(session, { status: 'completed' })
  t.notOk(session.connectionIds.includes(id))
  const all = await connections()
  t.strictSame(new Set(Object.keys(all)), new Set([iban.main, maskedPan]))
  t.match(all[iban.main], { status: 'active' })
})

test('who turns back there changes nothing', async (t) => {
  const { visits, connections, consents, fetched } = await connected(t)
  const before = [await connections(), await consents()]
  t.match(await visits({ kind: 'cancel' }), { session: { status: 'cancelled', failure: 'cancelled_by_person' } })
  t.same([await connections(), await consents()], before)
  t.match(await fetched((await connections())[iban.main].id), { status: 'completed' })
})

test('who ends the connection there has ended the consent, and the product is told within a tick', async (t) => {
  const { tenant, visits, connections, consents } = await connected(t)
  const [former] = await consents()
  const atPowens = simulator.connectionCount()
  const { session } = await visits({ kind: 'delete' })
  t.match(session, { status: 'cancelled', failure: 'cancelled_by_person', failureText: /ended/ })
  await schedule.drain()
  t.match(await consents(), [{ id: former.id, status: 'revoked', bankAccess: 'ended' }])
  t.match(await eventsOf(service, tenant, 'consent.'), [{ type: 'consent.revoked', data: { consentId: former.id } }])
  for (const connection of Object.values(await connections()))
    t.match(connection, { status: 'revoked', repair: [{ action: 'authorise' }] })
  t.equal(simulator.connectionCount(), atPowens - 1)

  const again = await visits({ kind: 'approve', only: ['main'] })
  t.match(again, { webview: 'connect', session: { status: 'completed' } })
  t.match((await connections())[iban.main], { status: 'active' })
})

test('who closes the page after ticking is found out about by the clock', async (t) => {
  const { call, connections } = await connected(t)
  const { body } = await call('POST', `${company}/consent-sessions`, { personId: 'anna', institutionId })
  await simulator.visit(await toBank(service, body.url, institutionId), {
    kind: 'approve',
    only: ['main', 'second', 'card'],
  })
  clock.advance({ minutes: 11 })
  await schedule.drain()
  t.match((await call('GET', `/v1/consent-sessions/${body.id}`)).body, { status: 'completed' })
  t.match((await connections())[maskedPan], { status: 'unassigned' })
})

test('from 30 days before the end the person logs in instead, and the access is given a new term', async (t) => {
  const { visits, connections } = await connected(t)
  const { expiresAt } = (await connections())[iban.main]
  clock.set(new Date(Date.parse(expiresAt) - 30 * 86_400_000))
  t.match(await visits({ kind: 'approve' }), { webview: 'reconnect', session: { status: 'completed' } })
  t.match((await connections())[iban.main], { status: 'active', expiresAt: '2027-10-16T09:00:00.000Z' })
})
