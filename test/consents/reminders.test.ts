import { t as file, test } from 'tap'
import { startBankedService } from '../support/bank.ts'
import {
  authorised,
  company,
  connectionsOf,
  doneUrl,
  eventsOf,
  fjordbanken,
  iban,
  registered,
  visit,
  type Call,
} from './journey.ts'

/** For all tests of the file: each has a tenant of its own. */
const service = await startBankedService(file)
file.beforeEach(() => service.clock.set('2026-11-21T09:00:00Z'))

// Fjordbanken's consents of that day end with 20 May 2027, Oslo's time.
const expiresAt = '2027-05-20T22:00:00.000Z'

/** What the tenant is told of the consent's end, as the clock comes by each of these instants. */
async function toldAt(tenant: string, instants: readonly string[]): Promise<readonly (readonly unknown[])[]> {
  const told: (readonly unknown[])[] = []
  for (const instant of instants) {
    service.clock.set(instant)
    const before = (await eventsOf(service, tenant, 'consent.')).length
    await service.work()
    await service.work()
    for (const { type, data } of (await eventsOf(service, tenant, 'consent.')).slice(before))
      told.push([instant, type, data['daysLeft']])
  }
  return told
}

test('a tenant is reminded 14, 7, 3 and 1 days before the end and at the end, as the company’s day begins, each once', async (t) => {
  const { call, tenant } = await registered(service)
  const { consentId } = await authorised(service, call, { personId: 'anna' })
  const told = await toldAt(tenant, [
    '2027-05-06T21:59:59.999Z',
    '2027-05-06T22:00:00Z',
    '2027-05-10T09:00:00Z',
    '2027-05-13T21:59:59.999Z',
    '2027-05-13T22:00:00Z',
    '2027-05-17T22:00:00Z',
    '2027-05-19T22:00:00Z',
    '2027-05-20T21:59:59.999Z',
    '2027-05-20T22:00:00Z',
    '2027-06-20T22:00:00Z',
  ])
  t.strictSame(told, [
    ['2027-05-06T22:00:00Z', 'consent.expiring', 14],
    ['2027-05-13T22:00:00Z', 'consent.expiring', 7],
    ['2027-05-17T22:00:00Z', 'consent.expiring', 3],
    ['2027-05-19T22:00:00Z', 'consent.expiring', 1],
    ['2027-05-20T22:00:00Z', 'consent.expired', undefined],
  ])
  for (const { data } of await eventsOf(service, tenant, 'consent.expiring')) t.match(data, { consentId, expiresAt })
})

test('neither another time zone, nor other reminder days, nor work that is done again reminds of the same twice', async (t) => {
  const { call, tenant } = await registered(service)
  await authorised(service, call, { personId: 'anna' })
  t.equal((await toldAt(tenant, ['2027-05-13T22:00:00Z'])).length, 1)
  const zoneIs = (timeZone: string) =>
    call('PUT', company, { name: 'Fjordlys Handel AS', country: 'NO', accountPolicy: 'any', timeZone })
  const daysAre = (reminderDays: readonly number[]) =>
    call('PUT', '/v1/tenant', { name: 'Acme', redirectUrls: [doneUrl], defaultRedirectUrl: doneUrl, reminderDays })
  await zoneIs('Pacific/Auckland')
  await daysAre([30, 14, 7, 2])
  await service.deps.unit(tenant, ({ due }) => due.hasten('reminder', service.clock.now()))
  t.strictSame(await toldAt(tenant, ['2027-05-13T23:00:00Z']), [], 'told of seven, fourteen are no news')
  // In Auckland 20 May ends ten hours earlier, and the consent's last instant is in 21 May: two days before it begins on the 18th at noon UTC.
  t.strictSame(await toldAt(tenant, ['2027-05-18T11:59:59Z', '2027-05-18T12:00:00Z']), [
    ['2027-05-18T12:00:00Z', 'consent.expiring', 2],
  ])
  await daysAre([])
  t.strictSame(await toldAt(tenant, ['2027-05-20T12:00:00Z']), [], 'who wants none gets none')
})

test('after an outage one reminder comes, with the days that are left', async (t) => {
  const { call, tenant } = await registered(service)
  await authorised(service, call, { personId: 'anna' })
  t.strictSame(await toldAt(tenant, ['2027-05-16T09:00:00Z']), [['2027-05-16T09:00:00Z', 'consent.expiring', 5]])
})

test('only of the consent that is in use is reminded: not of one that is superseded, nor of one beside a longer one', async (t) => {
  const { call, tenant } = await registered(service)
  await authorised(service, call, { personId: 'anna', ticked: ['fjordbanken-savings'] })
  service.clock.advance({ days: 30 })
  await authorised(service, call, { personId: 'dina', login: 'dina' })
  t.strictSame(await toldAt(tenant, ['2027-05-06T22:00:00Z']), [], 'Dina’s serves everything that Anna’s covers')

  const savings = (await connectionsOf(call))[iban.savings]
  await call('PATCH', `/v1/connections/${savings.id}`, { sourcePersonId: 'anna' })
  t.match(await toldAt(tenant, ['2027-05-13T22:00:00Z']), [['2027-05-13T22:00:00Z', 'consent.expiring', 7]])
  await authorised(service, call, { personId: 'anna' })
  const told = await toldAt(tenant, ['2027-05-17T22:00:00Z', '2027-05-19T22:00:00Z', '2027-05-20T22:00:00Z'])
  t.strictSame(
    told.filter(([, type]) => type === 'consent.expiring'),
    [],
    'it was renewed',
  )
})

const started = async (call: Call, ask = {}) =>
  (await call('POST', `${company}/consent-sessions`, { institutionId: fjordbanken, ...ask })).body

test('that nobody opened a link is told once, a day before it ends, and of a link that was sent again once more', async (t) => {
  const { call, tenant } = await registered(service)
  const session = await started(call)
  const opened = await started(call)
  await started(call, { page: 'none' })
  service.clock.advance({ hours: 47 })
  await visit(service, opened.url)
  await service.work()
  t.strictSame(await eventsOf(service, tenant, 'consent_session.unopened'), [])
  const remindersAfter = async (hours: number) => {
    service.clock.advance({ hours })
    await service.work()
    await service.work()
    return (await eventsOf(service, tenant, 'consent_session.unopened')).map(({ data }) => data)
  }
  const first = { sessionId: session.id, expiresAt: session.expiresAt }
  t.strictSame(await remindersAfter(1), [first])
  t.strictSame(await remindersAfter(12), [first])
  const { body: resent } = await call('POST', `/v1/consent-sessions/${session.id}/resend`)
  t.strictSame(await remindersAfter(47), [first])
  t.strictSame(await remindersAfter(1), [first, { sessionId: session.id, expiresAt: resent.expiresAt }])
  t.equal((await remindersAfter(24)).length, 2)
  t.match((await call('GET', `/v1/consent-sessions/${session.id}`)).body, { status: 'expired' })
})
