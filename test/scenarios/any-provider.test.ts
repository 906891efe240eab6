// One service with every provider switched on, and the same story told through each: what the product is answered does not say which provider it was.

import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { t as file, test } from 'tap'
import { refreshInstitutions } from '../../src/institutions/refresh-institutions.ts'
import { createSchedule } from '../../src/schedule.ts'
import { company, databaseText, doneUrl, eventsOf, toBank, visit, type Call } from '../consents/journey.ts'
import { simulators } from '../simulators/index.ts'
import type { Act, SimulatedAccount, SimulatedTransaction, Simulator } from '../simulators/simulator.ts'
import { fakeClock } from '../support/clock.ts'
import { startService } from '../support/service.ts'

const start = '2026-11-20T09:00:00Z'
const clock = fakeClock(start)
const started = new Map<string, Simulator>()
for (const [id, startSimulator] of Object.entries(simulators)) started.set(id, await startSimulator({ clock }))
file.teardown(() => Promise.all([...started.values()].map((simulator) => simulator.close())))
const service = await startService(file, {
  clock,
  providers: Object.assign({}, ...[...started.values()].map(({ providerConfig }) => providerConfig)),
})
await refreshInstitutions(service.deps)
const schedule = createSchedule(service.deps, { ticking: false })
file.teardown(() => schedule.stop())

/** What the providers were told in all these stories that may open something: tokens, codes, ids, in headers, bodies and addresses. */
const carried = new Set<string>()
const remember = (message: unknown) => {
  const { headers, body, path } = Object(Object(message).request)
  for (const text of [headers, body, path].flat())
    if (typeof text === 'string') for (const [word] of text.matchAll(/[\w.~+-]{16,}/g)) carried.add(word)
}
subscribe('undici:request:create', remember)
file.teardown(() => void unsubscribe('undici:request:create', remember))

const iban = 'NO9386011117947'

const booked = (id: string, bookingDate: SimulatedTransaction['bookingDate'], amount: string) => ({
  id,
  bookingDate,
  amount,
  currency: 'EUR',
  text: `Invoice ${id}`,
  counterparty: { name: 'Nordvik Bygg AS', iban: 'DE89370400440532013000' },
})

const held = (transactions: readonly SimulatedTransaction[], balance: string): SimulatedAccount => ({
  key: 'main',
  type: 'current',
  name: 'Drift',
  iban,
  currency: 'EUR',
  usage: 'business',
  owner: 'Fjordlys Handel AS',
  balance,
  transactions,
})

const first = [
  booked('1001', '2026-11-10', '-120.05'),
  booked('1002', '2026-11-18', '900.00'),
  booked('1003', '2026-11-18', '900.00'),
]
const late = booked('1004', '2026-11-19', '-15.50')

async function tenantOf(tenant: string): Promise<Call> {
  const call = service.client(tenant)
  await call('PUT', '/v1/tenant', { name: 'Acme', redirectUrls: [doneUrl], defaultRedirectUrl: doneUrl })
  await call('PUT', company, { name: 'Fjordlys Handel AS', country: 'NO' })
  await call('PUT', `${company}/ledger-accounts/1920`, { name: 'Bank', currency: 'EUR', iban })
  await call('PUT', `${company}/persons/anna`, { name: 'Anna Berg' })
  return call
}

/** From a link through the bank and back: where the person ends up. */
async function through(simulator: Simulator, link: string, institutionId: string, act: Act): Promise<string> {
  const back = await simulator.visit(await toBank(service, link, institutionId), act)
  return (await visit(service, back)).location.replace(/session=[^&]+/, 'session=…')
}

async function story(simulator: Simulator): Promise<readonly unknown[]> {
  const { providerId } = simulator
  clock.set(start)
  const call = await tenantOf(`tenant-${providerId}`)
  const institutionId = `${providerId}.${simulator.nativeId}`
  const told: unknown[] = []
  const tell = (...what: unknown[]) => void told.push(...what)
  const begin = async () =>
    (await call('POST', `${company}/consent-sessions`, { personId: 'anna', institutionId })).body.url
  const connection = async () => (await call('GET', `${company}/connections`)).body.data[0]
  const rows = async (id: string) =>
    (await call('GET', `/v1/connections/${id}/transactions`)).body.data
      .map((row: Record<string, unknown>) => {
        const { bookingDate, amount, currency, counterparty, remittanceInformation, status, version, assignment } = row
        return { bookingDate, amount, currency, counterparty, remittanceInformation, status, version, assignment }
      })
      .toSorted((a: object, b: object) => JSON.stringify(a).localeCompare(JSON.stringify(b)))
  const lastRun = async (id: string) => {
    const [run] = (await call('GET', `/v1/connections/${id}/sync-runs`)).body.data
    return { status: run.status, counts: run.counts }
  }

  await simulator.hold([held(first, '1679.95')])
  tell(await through(simulator, await begin(), institutionId, { kind: 'cancel' }))
  tell(await through(simulator, await begin(), institutionId, { kind: 'approve' }))
  const { id, status, type, currency, repair } = await connection()
  tell(status, type, currency, repair.length)
  await call('POST', `/v1/connections/${id}/activate`, { startDate: '2026-11-01' })
  await schedule.drain()
  tell(await lastRun(id), await rows(id))

  clock.advance({ days: 1 })
  await simulator.hold([held([...first, late], '1664.45')])
  await schedule.drain()
  const feed = (await call('GET', `${company}/transactions/changes`)).body
  tell((await connection()).status, await rows(id), feed.data.length)

  clock.advance({ days: 2 })
  const renewals = await call('POST', `${company}/consent-renewals`, {
    consentIds: [(await connection()).effectiveConsentId],
  })
  tell(await through(simulator, renewals.body.data[0].url, institutionId, { kind: 'approve' }))
  await call('POST', `/v1/connections/${id}/sync-runs`, {})
  await schedule.drain()
  const consents = (await call('GET', `${company}/consents`)).body.data
  const statuses = consents.map((consent: { status: string }) => consent.status)
  const after = (await call('GET', `${company}/transactions/changes?after=${feed.nextCursor}`)).body.data
  tell((await connection()).id === id, statuses, await rows(id), after)

  const current = consents.find((consent: { status: string }) => consent.status === 'usable')
  const revoked = await call('DELETE', `/v1/consents/${current?.id}`)
  tell(revoked.status, (await connection()).status)
  return told
}

test('the same story through every provider is answered alike', async (t) => {
  const stories = new Map<string, readonly unknown[]>()
  for (const [id, simulator] of started) stories.set(id, await story(simulator))
  const [[reference, expected] = ['', []], ...others] = [...stories]
  t.match(expected, [
    `${doneUrl}?session=…&status=cancelled`,
    `${doneUrl}?session=…&status=completed`,
    'inactive',
    'current',
    'EUR',
    1,
    { status: 'completed', counts: { added: 3, suspect: 0 } },
  ])
  const [same, statuses, , announced, revoked, status] = expected.slice(-6)
  t.strictSame([same, statuses, announced, revoked, status], [true, ['usable', 'superseded'], [], 200, 'revoked'])
  for (const [id, told] of others) t.strictSame(told, expected, `${id} as ${reference}`)
  const { data } = (await service.client('tenant-powens')('GET', '/v1/institutions?limit=100')).body
  const listed = new Set(data.map(({ provider }: { provider: string }) => provider))
  t.strictSame(listed, new Set(started.keys()), 'several at once are normal')
})

test('whoever ends a consent that was renewed ends nothing of the one that followed it', async (t) => {
  for (const [providerId, simulator] of started) {
    clock.set(start)
    const call = await tenantOf(`tenant-renewing-${providerId}`)
    const institutionId = `${providerId}.${simulator.nativeId}`
    const body = { personId: 'anna', institutionId }
    const begin = async () => (await call('POST', `${company}/consent-sessions`, body)).body.url
    const connection = async () => (await call('GET', `${company}/connections`)).body.data[0]
    await simulator.hold([held(first, '1679.95')])
    t.match(await through(simulator, await begin(), institutionId, { kind: 'approve' }), /completed$/)
    const { id, effectiveConsentId: former } = await connection()
    clock.advance({ days: 2 })
    t.match(await through(simulator, await begin(), institutionId, { kind: 'approve' }), /completed$/)
    t.equal((await call('DELETE', `/v1/consents/${former}`)).status, 200, providerId)
    await call('POST', `/v1/connections/${id}/activate`, { startDate: '2026-11-01' })
    await schedule.drain()
    t.match(await connection(), { status: 'active', lastSync: { status: 'completed' } }, providerId)
  }
})

test('a renewal whose accounts are all refused here leaves the consent before it as it was', async (t) => {
  for (const [providerId, simulator] of started) {
    // By its own standard a bank ends the consent before with the next that is authorised.
    if (providerId === 'berlin-group') continue
    clock.set(start)
    const call = await tenantOf(`tenant-refusing-${providerId}`)
    const institutionId = `${providerId}.${simulator.nativeId}`
    const body = { personId: 'anna', institutionId }
    const begin = async () => (await call('POST', `${company}/consent-sessions`, body)).body.url
    const connection = async () => (await call('GET', `${company}/connections`)).body.data[0]
    await simulator.hold([{ ...held(first, '1679.95'), usage: 'private' }])
    t.match(await through(simulator, await begin(), institutionId, { kind: 'approve' }), /completed$/)
    const { id } = await connection()
    clock.advance({ days: 2 })
    await call('PUT', company, { name: 'Fjordlys Handel AS', country: 'NO', accountPolicy: 'business_only' })
    t.match(await through(simulator, await begin(), institutionId, { kind: 'approve' }), /failed$/)
    await call('POST', `/v1/connections/${id}/activate`, { startDate: '2026-11-01' })
    await schedule.drain()
    t.match(await connection(), { status: 'active', lastSync: { status: 'completed' } }, providerId)
  }
})

test('who gives access to no account has connected nothing, and is told so', async (t) => {
  clock.set(start)
  // The others' own pages do not let a person through who has none.
  const simulator = started.get('enable-banking')
  if (simulator === undefined) throw new Error('Enable Banking is not simulated')
  const call = await tenantOf('tenant-empty')
  const institutionId = `enable-banking.${simulator.nativeId}`
  const { body } = await call('POST', `${company}/consent-sessions`, { personId: 'anna', institutionId })
  await simulator.hold([])
  t.match(await through(simulator, body.url, institutionId, { kind: 'approve' }), /failed$/)
  t.match((await call('GET', `/v1/consent-sessions/${body.id}`)).body, { failure: 'insufficient_rights' })
  t.same((await call('GET', `${company}/consents`)).body.data, [])
})

test('a consent that has to be reconfirmed rests when that is missed, and goes on by itself when it comes late', async (t) => {
  clock.set(start)
  const simulator = started.get('gocardless')
  if (simulator === undefined) throw new Error('GoCardless is not simulated')
  const call = await tenantOf('tenant-uk')
  await simulator.hold([held(first, '1679.95')])
  const institutionId = 'gocardless.THAMESBANK_THAMGB2L'
  const session = await call('POST', `${company}/consent-sessions`, { personId: 'anna', institutionId })
  t.match(await through(simulator, session.body.url, institutionId, { kind: 'approve' }), /completed$/)
  const connection = async () => (await call('GET', `${company}/connections`)).body.data[0]
  const { id, effectiveConsentId } = await connection()
  await call('POST', `/v1/connections/${id}/activate`, { startDate: '2026-11-01' })
  await schedule.drain()
  const consent = async () => (await call('GET', `/v1/consents/${effectiveConsentId}`)).body
  t.match(await consent(), { status: 'usable', reconfirmBy: /^2027-02-18/ })

  for (const instant of ['2027-02-04T09:00:00Z', '2027-02-17T09:00:00Z', '2027-02-20T09:00:00Z']) {
    clock.set(instant)
    await schedule.drain()
  }
  const told = await eventsOf(service, 'tenant-uk', 'consent.reconfirmation_due')
  t.strictSame(
    told.map(({ data }) => [data['daysLeft'], data['status']]),
    [
      [14, 'usable'],
      [1, 'usable'],
      [0, 'reconfirmation_due'],
    ],
  )
  t.match(await consent(), { status: 'reconfirmation_due' })
  const resting = await connection()
  t.match(resting, { status: 'expired', repair: [{ action: 'reconfirm' }] })
  const [{ method, href }] = resting.repair
  const { status, body } = await call(method, href, {})
  t.equal(status, 200)
  t.equal(new URL(await simulator.visit(body.url, { kind: 'approve' })).origin, new URL(doneUrl).origin)
  clock.advance({ minutes: 1 })
  await schedule.drain()
  t.match(await consent(), { status: 'usable', reconfirmBy: /^2027-05-21/ })
  clock.set('2027-05-07T09:00:00Z')
  await schedule.drain()
  const again = await eventsOf(service, 'tenant-uk', 'consent.reconfirmation_due')
  t.match(again, [{ data: { daysLeft: 14, status: 'usable' } }], 'of the next deadline too; older events are forgotten')
  t.match(await connection(), { status: 'active', lastSync: { status: 'completed' } })
})

test('in all this nothing was logged of anybody, and nothing that opens anything was logged or kept in clear', async (t) => {
  const log = service.logged.join('')
  t.ok(service.logged.length > 200)
  for (const personal of [iban, 'Fjordlys', 'Anna', 'Nordvik', 'Invoice']) t.notOk(log.includes(personal), personal)
  const known = new Set([...started.values()].map(({ nativeId }) => nativeId))
  const secrets = [...carried].filter((word) => /\d/.test(word) && !known.has(word) && !word.includes('THAMESBANK'))
  t.ok(secrets.length > 100)
  const data = await databaseText(service)
  for (const secret of secrets) {
    t.notOk(log.includes(secret), `logged: ${secret}`)
    t.notOk(data.includes(secret), `in clear: ${secret}`)
  }
})
