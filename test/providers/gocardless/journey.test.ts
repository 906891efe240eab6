// The service over the simulated GoCardless: from a link to transactions, and to the end of the consent at the bank.

import { test, type Test } from 'tap'
import { refreshInstitutions } from '../../../src/institutions/refresh-institutions.ts'
import { createSchedule } from '../../../src/schedule.ts'
import { company, registered, toBank, visit } from '../../consents/journey.ts'
import { startGoCardlessSimulator } from '../../simulators/gocardless/index.ts'
import { card, drift } from '../../simulators/gocardless/people.ts'
import type { Act } from '../../simulators/simulator.ts'
import { fakeClock } from '../../support/clock.ts'
import { startService } from '../../support/service.ts'

async function aService(t: Test) {
  const clock = fakeClock('2026-11-21T09:00:00Z')
  const simulator = await startGoCardlessSimulator({ clock })
  t.teardown(() => simulator.close())
  await simulator.hold([drift, card])
  const service = await startService(t, { clock, providers: simulator.providerConfig })
  await refreshInstitutions(service.deps)
  const schedule = createSchedule(service.deps, { ticking: false })
  t.teardown(() => schedule.stop())
  const { call } = await registered(service)
  return {
    clock,
    simulator,
    call,
    work: () => schedule.drain(),
    /** Through our page, theirs and the bank's, and back: where the person ends up. */
    async connect(nativeId: string, act: Act = { kind: 'approve' }): Promise<string> {
      const institutionId = `gocardless.${nativeId}`
      const session = await call('POST', `${company}/consent-sessions`, { personId: 'anna', institutionId })
      const back = await simulator.visit(await toBank(service, session.body.url, institutionId), act)
      return (await visit(service, back)).location
    },
    async main() {
      const { body } = await call('GET', `${company}/connections`)
      return body.data.find(({ iban }: { iban?: string }) => iban === drift.iban)
    },
  }
}

test('from a link to transactions that arrive once, and to the end of it at the bank', async (t) => {
  const service = await aService(t)
  const { call, simulator } = service
  t.match((await call('GET', '/v1/institutions?country=NO&search=fjord')).body, {
    data: [{ id: 'gocardless.FJORDBANKEN_FJORNO22', maxConsentDays: 180 }],
  })
  t.match(await service.connect(simulator.nativeId, { kind: 'cancel' }), /status=cancelled$/)
  t.match(await service.connect(simulator.nativeId), /status=completed$/)
  const connection = await service.main()
  await call('POST', `/v1/connections/${connection.id}/activate`, { startDate: 'max_history' })
  await service.work()
  t.match((await call('GET', `/v1/connections/${connection.id}/sync-runs`)).body.data[0], {
    status: 'completed',
    counts: { added: 2 },
  })
  const { body } = await call('GET', `/v1/connections/${connection.id}/transactions?limit=100`)
  t.match(
    body.data.map(({ bookingDate }: { bookingDate: string }) => bookingDate).toSorted(),
    ['2026-11-18', '2026-11-19'],
    'through yesterday, and nothing that is too long ago',
  )
  const again = await call('POST', `/v1/connections/${connection.id}/sync-runs`, {})
  await service.work()
  t.match((await call('GET', `/v1/sync-runs/${again.body.id}`)).body, { status: 'completed', counts: { added: 0 } })

  await simulator.endAtBank()
  service.clock.advance({ days: 1 })
  await service.work()
  t.match((await call('GET', `${company}/consents`)).body, { data: [{ status: 'revoked' }] })
  t.notMatch(await service.main(), { status: 'active' })
})

test('a bank that gives long history once is read as far back as was agreed', async (t) => {
  const service = await aService(t)
  const { call, simulator } = service
  await service.connect('HANSEBANK_HANSDEHH')
  const connection = await service.main()
  await call('POST', `/v1/connections/${connection.id}/activate`, { startDate: 'max_history' })
  await service.work()
  const [run] = (await call('GET', `/v1/connections/${connection.id}/sync-runs`)).body.data
  // The list of institutions says 558 days; the agreement is for 90.
  t.match(run, { status: 'completed', window: { from: '2026-08-23', to: '2026-11-20' } })
  t.equal(simulator.dataCalls(), 2, 'what would have been refused was not asked for')
})
