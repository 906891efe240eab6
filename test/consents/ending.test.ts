import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { t as file, test } from 'tap'
import { startBankedService } from '../support/bank.ts'
import { authorised, company, connectionsOf, iban, registered } from './journey.ts'

/** For all tests of the file: each has a tenant of its own. */
const service = await startBankedService(file)
file.beforeEach(() => service.clock.set('2026-11-21T09:00:00Z'))

/** What the service asks the bank, from now on. */
function listen(t: { teardown(undo: () => void): void }): string[] {
  const asked: string[] = []
  const note = (message: unknown) => {
    const { path, method } = Object(Object(message).request)
    if (String(path).includes('/v1/')) asked.push(`${method} ${path}`)
  }
  subscribe('undici:request:create', note)
  t.teardown(() => void unsubscribe('undici:request:create', note))
  return asked
}

for (const how of ['expired', 'revoked'] as const)
  test(`a consent that is ${how} is never called again`, async (t) => {
    const { call } = await registered(service)
    const { consentId } = await authorised(service, call, { personId: 'anna', activate: { startDate: 'today' } })
    service.clock.advance({ days: 1 })
    const asked = listen(t)
    await service.work()
    t.ok(asked.length > 0, 'until then it is fetched with')
    if (how === 'revoked') await call('DELETE', `/v1/consents/${consentId}`)
    else service.clock.set('2027-05-20T22:00:00Z')
    asked.length = 0
    const { id } = (await connectionsOf(call))[iban.main]
    for (let day = 0; day < 3; day += 1) {
      await service.work()
      await call('POST', `/v1/connections/${id}/sync-runs`, {})
      await call('POST', `${company}/sync-runs`, {})
      await call('POST', `/v1/connections/${id}/balances/refresh`, {})
      await service.work()
      service.clock.advance({ days: 1 })
    }
    t.strictSame(asked, [])
    t.match((await connectionsOf(call))[iban.main], { status: how })
  })

test('a run that is under way calls the bank no more once its consent is revoked', async (t) => {
  const { call } = await registered(service)
  const { consentId } = await authorised(service, call, { personId: 'anna', activate: { startDate: 'month_start' } })
  const bank = service.deps.providers.get('berlin-group')!
  const before = { ...bank }
  t.teardown(() => Object.assign(bank, before))
  const calls: string[] = []
  Object.assign(bank, {
    fetchPage: async (ask: Parameters<typeof bank.fetchPage>[0]) => {
      calls.push('page')
      const page = await before.fetchPage(ask)
      await call('DELETE', `/v1/consents/${consentId}`)
      return { ...page, next: page.next ?? 'another' }
    },
    fetchBalances: () => Promise.reject(new Error('balances were asked for')),
    consentState: () => Promise.reject(new Error('its state was asked for')),
  })
  await service.work()
  t.strictSame(calls, ['page'])
  const main = (await connectionsOf(call))[iban.main]
  t.match(main, { status: 'revoked' })
  t.match((await call('GET', `/v1/connections/${main.id}/sync-runs`)).body.data, [
    { status: 'failed', error: { kind: 'consent_gone' } },
  ])
})

test('where only the bank can end a consent the answer is 202, and it is used here no more', async (t) => {
  const { call } = await registered(service)
  const { consentId } = await authorised(service, call, { personId: 'anna', activate: { startDate: 'today' } })
  const bank = service.deps.providers.get('berlin-group')!
  const before = { ...bank }
  Object.assign(bank, { revokeConsent: () => Promise.resolve('bank_action_required') })
  t.teardown(() => Object.assign(bank, before))
  for (const times of ['once', 'again'])
    t.match(
      await call('DELETE', `/v1/consents/${consentId}`),
      {
        status: 202,
        body: { status: 'bank_action_required', consent: { id: consentId, status: 'revoked', bankAccess: 'live' } },
      },
      times,
    )
  t.match((await connectionsOf(call))[iban.main], { status: 'revoked', bankAccess: 'live' })
})
