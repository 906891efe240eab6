import { test } from 'tap'
import { startBankedService } from '../support/bank.ts'

test('from a link to transactions that arrive once', async (t) => {
  const service = await startBankedService(t)
  const call = service.client('acme')
  await call('PUT', '/v1/tenant', {
    name: 'Acme Books',
    redirectUrls: ['https://acme.example/done'],
    defaultRedirectUrl: 'https://acme.example/done',
  })
  await call('PUT', '/v1/companies/fjordlys', { name: 'Fjordlys Handel AS', country: 'NO' })
  await call('PUT', '/v1/companies/fjordlys/ledger-accounts/1920', {
    name: 'Bank',
    currency: 'NOK',
    iban: 'NO9386011117947',
  })
  await call('PUT', '/v1/companies/fjordlys/ledger-accounts/1921', {
    name: 'Second',
    currency: 'NOK',
    iban: 'NO5586011859226',
  })
  await call('PUT', '/v1/companies/fjordlys/persons/anna', { name: 'Anna Berg' })
  t.match((await call('GET', '/v1/institutions?country=NO&search=fjord')).body, {
    data: [{ id: 'berlin-group.fjordbanken' }],
  })
  const waiting = await call('GET', '/v1/companies/fjordlys/connections')
  t.match(waiting.body, { data: [{ status: 'not_connected' }, { status: 'not_connected' }] })

  const session = await call('POST', '/v1/companies/fjordlys/consent-sessions', {
    personId: 'anna',
    institutionId: 'berlin-group.fjordbanken',
    ledgerAccountIds: ['1920', '1921'],
  })
  t.equal(session.status, 201, JSON.stringify(session.body))
  const end = await service.authorise(session.body.url)
  t.match(end, /^https:\/\/acme\.example\/done\?session=.*&status=completed$/)
  const connections = await call('GET', '/v1/companies/fjordlys/connections')
  t.comment(
    JSON.stringify(
      connections.body.data.map(
        (c: { iban?: string; name: string; currency: string; status: string; reason: string; repair: unknown }) => [
          c.name,
          c.iban,
          c.currency,
          c.status,
          c.reason,
          c.repair,
        ],
      ),
    ),
  )
  const main = connections.body.data.find(
    (c: { iban?: string; name: string; currency: string; status: string; reason: string; repair: unknown }) =>
      c.iban === 'NO9386011117947',
  )
  t.equal(main.status, 'inactive')
  const activated = await call('POST', `/v1/connections/${main.id}/activate`, { startDate: 'max_history' })
  t.equal(activated.status, 200, JSON.stringify(activated.body))
  t.equal(activated.body.connection.status, 'active')
  await service.work()
  const runs = await call('GET', `/v1/connections/${main.id}/sync-runs`)
  t.comment(JSON.stringify(runs.body))
  t.equal(runs.body.data[0].status, 'completed')
  const list = await call('GET', `/v1/connections/${main.id}/transactions?limit=100`)
  t.ok(list.body.data.length > 20, `${list.body.data.length}`)
  const changes = await call('GET', '/v1/companies/fjordlys/transactions/changes?limit=100')
  t.ok(changes.body.data.length > 20)
  const again = await call('POST', `/v1/connections/${main.id}/sync-runs`, {})
  t.equal(again.status, 202, JSON.stringify(again.body))
  await service.work()
  const second = await call('GET', `/v1/sync-runs/${again.body.id}`)
  t.comment(JSON.stringify(second.body))
  t.match(second.body, { status: 'completed', counts: { added: 0, modified: 0, removed: 0 } })
  t.comment(
    service.logged
      .filter((l) => JSON.parse(l).level >= 40)
      .slice(0, 5)
      .join('\n'),
  )
})
