import { t as file, test } from 'tap'
import { checkPaging } from '../support/paging.ts'
import { startService } from '../support/service.ts'

const service = await startService(file)
const call = service.client('acme')
const company = '/v1/companies/nordlys'
const accounts = `${company}/ledger-accounts`
await call('PUT', company, { name: 'Nordlys Kaffe AS', country: 'NO' })
await call('PUT', '/v1/companies/fjell', { name: 'Fjell og Fjord AS', country: 'NO' })

const iban = 'NO9386011117947'
const otherIban = 'NO8330001234567'
const least = { name: '1920 Bank', currency: 'NOK' }
const connectionsOf = async (id: string) => {
  const { body } = await call('GET', `${company}/connections`)
  return body.data.filter(
    (connection: { assignment: { ledgerAccountId?: string } | null }) => connection.assignment?.ledgerAccountId === id,
  )
}

const refused = (path: string) => ({ status: 400, body: { code: 'invalid_request', errors: [{ path }] } })

test('a ledger account is what was last put, and putting it again changes nothing', async (t) => {
  const most = { ...least, iban, institutionId: 'berlin-group.fjordbanken', bookedThrough: '2026-10-31' }
  const put = await call('PUT', `${accounts}/1920`, most)
  t.same([put.status, put.body], [200, { companyId: 'nordlys', ledgerAccountId: '1920', ...most }])
  t.same((await call('PUT', `${accounts}/1920`, most)).body, put.body)
  t.same((await call('GET', `${accounts}/1920`)).body, put.body)
  const replaced = await call('PUT', `${accounts}/1920`, least)
  t.same(replaced.body, { companyId: 'nordlys', ledgerAccountId: '1920', ...least }, 'what is left out is gone')
  t.equal((await call('DELETE', `${accounts}/1920`)).status, 204)
  for (const method of ['GET', 'DELETE'])
    t.match(await call(method, `${accounts}/1920`), { status: 404, body: { code: 'ledger_account_not_found' } })
})

test('an IBAN is checked, and kept without spaces and in capitals', async (t) => {
  t.equal((await call('PUT', `${accounts}/iban`, { ...least, iban: 'no93 8601 1117 947' })).body.iban, iban)
  t.equal((await call('PUT', `${accounts}/iban`, { ...least, iban: 'NO93-8601-1117-947' })).body.iban, iban)
  for (const wrong of [
    'NO9386011117948',
    'NO93 8601 1117',
    'XX9386011117947',
    '86011117947',
    'IBAN NO9386011117947',
    '',
    ' ',
    '🏦',
  ])
    t.match(
      await call('PUT', `${accounts}/iban`, { ...least, iban: wrong }),
      { status: 400, body: { code: 'invalid_request', errors: [{ path: '/body/iban' }] } },
      wrong,
    )
  await call('DELETE', `${accounts}/iban`)
})

test('it has one number at most, in a currency that there is', async (t) => {
  t.equal((await call('PUT', `${accounts}/bban`, { ...least, bban: '86011117947' })).body.bban, '86011117947')
  t.match(await call('PUT', `${accounts}/bban`, { ...least, iban, bban: '86011117947' }), refused('/body/bban'))
  for (const currency of ['XXX', 'ZZZ', 'nok', 'NO', 'XAU'])
    t.match(await call('PUT', `${accounts}/bban`, { ...least, currency }), refused('/body/currency'), currency)
  for (const bookedThrough of ['2026-02-29', '2026-13-01', '21.11.2026', '2026-11-21T00:00:00Z'])
    t.match(await call('PUT', `${accounts}/bban`, { ...least, bookedThrough }), refused('/body/bookedThrough'))
  await call('DELETE', `${accounts}/bban`)
})

test('an account at a bank is one ledger account of a company: by IBAN and currency', async (t) => {
  const taken = { status: 409, body: { code: 'iban_taken', detail: /holder/ } }
  await call('PUT', `${accounts}/holder`, { ...least, iban })
  t.match(await call('PUT', `${accounts}/second`, { ...least, iban }), taken)
  t.equal((await call('GET', `${accounts}/second`)).status, 404, 'nothing of it was kept')
  t.equal(
    (await call('PUT', `${accounts}/euro`, { ...least, iban, currency: 'EUR' })).status,
    200,
    'in another currency',
  )
  t.match(await call('PUT', `${accounts}/euro`, { ...least, iban }), taken, 'unless it changes to the same')
  t.equal(
    (await call('PUT', '/v1/companies/fjell/ledger-accounts/holder', { ...least, iban })).status,
    200,
    'of another company',
  )
  await call('PUT', `${accounts}/holder`, { ...least, iban: otherIban })
  t.equal((await call('PUT', `${accounts}/second`, { ...least, iban })).status, 200, 'once it is free')
  t.match(await call('PUT', `${accounts}/holder`, { ...least, iban }), { status: 409, body: { detail: /second/ } })
  await call('DELETE', `${accounts}/second`)
  t.equal((await call('PUT', `${accounts}/holder`, { ...least, iban })).status, 200, 'once its holder is gone')
  for (const id of ['holder', 'euro']) await call('DELETE', `${accounts}/${id}`)
})

test('of many that ask for one IBAN at once, one has it', async (t) => {
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, index) => call('PUT', `${accounts}/racer-${index}`, { ...least, iban })),
  )
  t.same(Map.groupBy(answers, ({ status }) => status).get(200)?.length, 1)
  t.ok(answers.every(({ status }) => status === 200 || status === 409))
  for (let index = 0; index < 8; index += 1) await call('DELETE', `${accounts}/racer-${index}`)
})

test('with a number it has a connection from that day on, which follows it and goes with it', async (t) => {
  await call('PUT', `${accounts}/waiting`, { ...least, iban })
  const [made] = await connectionsOf('waiting')
  t.match(made, { iban, currency: 'NOK', status: 'not_connected', since: '2026-11-21T09:00:00.000Z' })
  await call('PUT', `${accounts}/waiting`, { ...least, iban: otherIban })
  t.match(await connectionsOf('waiting'), [{ id: made.id, iban: otherIban }])
  await call('PUT', `${accounts}/waiting`, least)
  t.same(await connectionsOf('waiting'), [], 'without a number there is nothing to wait for')
  await call('PUT', `${accounts}/waiting`, { ...least, iban })
  await call('DELETE', `${accounts}/waiting`)
  t.same((await call('GET', `${company}/connections`)).body.data, [])
})

test('of a company that there is not, no ledger account can be put or listed', async (t) => {
  const unknown = { status: 404, body: { code: 'company_not_found' } }
  t.match(await call('PUT', '/v1/companies/nobody/ledger-accounts/1920', least), unknown)
  t.match(await call('GET', '/v1/companies/nobody/ledger-accounts'), unknown)
})

test('ledger accounts are listed by key, page by page', async (t) => {
  await checkPaging(t, call, {
    url: accounts,
    key: 'ledgerAccountId',
    put: (id) => call('PUT', `${accounts}/${id}`, least),
    remove: (id) => call('DELETE', `${accounts}/${id}`),
  })
})
