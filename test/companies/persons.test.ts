import { t as file, test } from 'tap'
import { checkPaging } from '../support/paging.ts'
import { startService } from '../support/service.ts'

const service = await startService(file)
const call = service.client('acme')
const persons = '/v1/companies/nordlys/persons'
await call('PUT', '/v1/companies/nordlys', { name: 'Nordlys Kaffe AS', country: 'NO' })

test('a person is who was last put, and putting them again changes nothing', async (t) => {
  const most = { name: 'Anna Berg', email: 'anna@nordlys.example', phone: '+47 400 00 000' }
  const put = await call('PUT', `${persons}/anna`, most)
  t.same([put.status, put.body], [200, { companyId: 'nordlys', personId: 'anna', ...most, consentStatus: 'none' }])
  t.same((await call('PUT', `${persons}/anna`, most)).body, put.body)
  t.same((await call('GET', `${persons}/anna`)).body, put.body)
  const replaced = await call('PUT', `${persons}/anna`, { name: 'Anna Berg Li' })
  t.same(replaced.body, { companyId: 'nordlys', personId: 'anna', name: 'Anna Berg Li', consentStatus: 'none' })
  t.equal((await call('DELETE', `${persons}/anna`)).status, 204)
  for (const method of ['GET', 'DELETE'])
    t.match(await call(method, `${persons}/anna`), { status: 404, body: { code: 'person_not_found' } })
})

test('names are kept as they are written', async (t) => {
  for (const name of ['Þórður Ærø', '李小龍', 'O’Brien; drop table persons', '👩‍👩‍👧', ' A '])
    t.equal((await call('PUT', `${persons}/named`, { name })).body.name, name)
  await call('DELETE', `${persons}/named`)
})

test('an address or a number that nobody could have is refused', async (t) => {
  const wrong = [
    { email: 'anna' },
    { email: 'anna@' },
    { email: 'an na@nordlys.example' },
    { email: `${'a'.repeat(250)}@x.example` },
    { phone: 'call me' },
    { phone: '12' },
    { phone: '+47'.repeat(20) },
    { name: '' },
    { name: 'x'.repeat(201) },
  ]
  for (const fields of wrong)
    t.match(
      await call('PUT', `${persons}/wrong`, { name: 'Anna Berg', ...fields }),
      { status: 400, body: { code: 'invalid_request', errors: [{ path: `/body/${Object.keys(fields).join('')}` }] } },
      JSON.stringify(fields),
    )
  t.equal((await call('GET', `${persons}/wrong`)).status, 404)
})

test('of a company that there is not, no person can be put or listed', async (t) => {
  const unknown = { status: 404, body: { code: 'company_not_found' } }
  t.match(await call('PUT', '/v1/companies/nobody/persons/anna', { name: 'Anna Berg' }), unknown)
  t.match(await call('GET', '/v1/companies/nobody/persons'), unknown)
})

test('persons are listed by key, page by page', async (t) => {
  await checkPaging(t, call, {
    url: persons,
    key: 'personId',
    put: (id) => call('PUT', `${persons}/${id}`, { name: id }),
    remove: (id) => call('DELETE', `${persons}/${id}`),
  })
})
