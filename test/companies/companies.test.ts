import { test } from 'tap'
import { startService } from '../support/service.ts'

test('a company, its ledger accounts and its people are what was last put', async (t) => {
  const service = await startService(t)
  const call = service.client('acme')
  const put = await call('PUT', '/v1/companies/nordlys', { name: 'Nordlys Kaffe AS', country: 'NO' })
  t.equal(put.status, 200, JSON.stringify(put.body))
  t.match(put.body, { companyId: 'nordlys', timeZone: 'Europe/Oslo', accountPolicy: 'any', bankData: 'off' })
  const account = await call('PUT', '/v1/companies/nordlys/ledger-accounts/1920', { name: 'Bank', currency: 'NOK', iban: 'NO93 8601 1117 947' })
  t.equal(account.status, 200, JSON.stringify(account.body))
  t.match(account.body, { iban: 'NO9386011117947' })
  const person = await call('PUT', '/v1/companies/nordlys/persons/anna', { name: 'Anna Berg' })
  t.match(person.body, { personId: 'anna', consentStatus: 'none' })
  t.match((await call('GET', '/v1/companies')).body, { data: [{ companyId: 'nordlys' }], nextCursor: null })
  const other = service.client('rival')
  t.equal((await other('GET', '/v1/companies/nordlys')).status, 404)
  const rows = await service.deps.pool.query("select 1")
  t.ok(rows)
})
