import pg from 'pg'
import { t as file, test } from 'tap'
import { runSql, waitForLock } from '../support/database.ts'
import { checkPaging } from '../support/paging.ts'
import { fillTables } from '../support/rows.ts'
import { startService } from '../support/service.ts'

const service = await startService(file, { now: '2026-10-01T09:00:00Z' })
const call = service.client('acme')
const least = { name: 'Nordlys Kaffe AS', country: 'NO' }
const most = {
  ...least,
  organisationNumber: '923609016',
  timeZone: 'Europe/Paris',
  groupId: 'nordic',
  accountPolicy: 'business_only',
}

const zoneOf = async (fields: object) =>
  (await call('PUT', '/v1/companies/zones', { ...least, ...fields })).body.timeZone

test('a company is what was last put, and putting it again changes nothing', async (t) => {
  const put = await call('PUT', '/v1/companies/nordlys', most)
  t.same([put.status, put.body], [200, { companyId: 'nordlys', ...most, bankData: 'off' }])
  t.same((await call('PUT', '/v1/companies/nordlys', most)).body, put.body)
  t.same((await call('GET', '/v1/companies/nordlys')).body, put.body)
  const replaced = await call('PUT', '/v1/companies/nordlys', least)
  const defaults = { timeZone: 'Europe/Oslo', accountPolicy: 'any', bankData: 'off' }
  t.same(replaced.body, { companyId: 'nordlys', ...least, ...defaults }, 'what is left out is gone')
})

test('its time zone is its country’s, unless it says another that there is', async (t) => {
  t.equal(await zoneOf({ country: 'FI' }), 'Europe/Helsinki')
  t.equal(await zoneOf({ country: 'ES', timeZone: 'Atlantic/Canary' }), 'Atlantic/Canary')
  for (const timeZone of ['Europe/Nowhere', '+01:00', 'Norway time', '../etc/localtime', 'x'])
    t.match(
      await call('PUT', '/v1/companies/zones', { ...least, timeZone }),
      { status: 400, body: { code: 'invalid_request', errors: [{ path: '/body/timeZone' }] } },
      timeZone,
    )
})

test('keys are the tenant’s own: 1 to 64 of letters, digits and . _ ~ -', async (t) => {
  for (const key of ['A', '7', 'a.b_c~d-e', 'x'.repeat(64), '__proto__', 'constructor'])
    t.match(await call('PUT', `/v1/companies/${key}`, least), { status: 200, body: { companyId: key } })
  for (const key of ['x'.repeat(65), 'a%20b', 'a%2Fb', '%C3%A6', 'a+b', 'a@b', '%0A'])
    t.equal((await call('PUT', `/v1/companies/${key}`, least)).status, 400, key)
})

test('the same key is another company for another tenant', async (t) => {
  const other = service.client('rival')
  await call('PUT', '/v1/companies/same', least)
  t.equal((await other('GET', '/v1/companies/same')).status, 404)
  await other('PUT', '/v1/companies/same', { ...least, name: 'Rival’s' })
  t.equal((await call('GET', '/v1/companies/same')).body.name, least.name)
  await other('DELETE', '/v1/companies/same')
  t.equal((await call('GET', '/v1/companies/same')).status, 200)
})

test('companies are listed by key, page by page', async (t) => {
  const pager = service.client('pager')
  await checkPaging(t, pager, {
    url: '/v1/companies',
    key: 'companyId',
    put: (id) => pager('PUT', `/v1/companies/${id}`, least),
    remove: (id) => pager('DELETE', `/v1/companies/${id}`),
  })
})

test('deleting a company erases all that is held of it; an event keeps the proof', async (t) => {
  await fillTables(service.ownerUrl, ['eraser'])
  const eraser = service.client('eraser')
  const company = '/v1/companies/eraser-company-id'
  t.match(
    await eraser('DELETE', company),
    { status: 409, body: { code: 'company_has_live_consents' } },
    'but not while a consent gives access at the bank',
  )
  t.equal((await eraser('GET', company)).status, 200)
  service.clock.set('2026-12-01T00:00:00Z')
  t.same(await eraser('DELETE', company).then(({ status, body }) => [status, body]), [204, null])
  t.match(await eraser('GET', company), { status: 404, body: { code: 'company_not_found' } })
  t.match(await eraser('DELETE', company), { status: 404, body: { code: 'company_not_found' } })
  const held = await runSql(
    service.ownerUrl,
    `with keyed as materialized (
       select table_name from information_schema.columns where column_name = 'company_id' and table_schema = 'public')
     select table_name as name from keyed where (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %I where company_id = %L', table_name,
         'eraser-company-id'), false, true, '')))[1]::text <> '0' order by 1`,
  )
  t.same(
    held.map(({ name }) => name),
    ['events', 'usage_counts', 'usage_groups'],
    'the proof, and what is still to be billed',
  )
  const events = await runSql(
    service.ownerUrl,
    `select type, data from events where tenant_id = 'eraser' and position > 0`,
  )
  t.same(events.at(-1), { type: 'company.deleted', data: { companyId: 'eraser-company-id' } })
})

test('whoever writes to a company while it is deleted finds it gone', async (t) => {
  const entry = { kind: 'sales_invoice', amount: '1.00', currency: 'NOK' }
  const writes = {
    'persons/anna': { name: 'Anna Berg' },
    'ledger-accounts/1920': { name: 'Bank', currency: 'NOK', iban: 'NO9386011117947' },
    'entries/one': entry,
    'entries/batch': { entries: [{ entryId: 'one', ...entry }] },
  }
  const client = new pg.Client({ connectionString: service.ownerUrl })
  await client.connect()
  t.teardown(() => client.end())
  for (const [path, body] of Object.entries(writes)) {
    await call('PUT', '/v1/companies/fleeting', least)
    await client.query(`begin; delete from companies where tenant_id = 'acme' and company_id = 'fleeting'`)
    const write = call(path.endsWith('batch') ? 'POST' : 'PUT', `/v1/companies/fleeting/${path}`, body)
    await waitForLock(service.ownerUrl)
    await client.query('commit')
    t.match(await write, { status: 404, body: { code: 'company_not_found' } }, path)
  }
})
