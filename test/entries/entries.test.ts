import { t as file, test } from 'tap'
import { checkPaging } from '../support/paging.ts'
import { startService } from '../support/service.ts'

const service = await startService(file)
const call = service.client('acme')
const entries = '/v1/companies/nordlys/entries'
for (const company of ['nordlys', 'fjell', 'pager'])
  await call('PUT', `/v1/companies/${company}`, { name: company, country: 'NO' })

const least = { kind: 'sales_invoice', amount: '1250.00', currency: 'NOK' }
const most = {
  ...least,
  openAmount: '250.00',
  appliedMatchIds: ['01931f5e-8c00-7000-8000-0123456789ab'],
  issueDate: '2026-11-01',
  dueDate: '2026-11-15',
  documentNumber: '10042',
  reference: '10042000017',
  counterparty: { name: 'Fjell og Fjord AS', iban: 'NO8330001234567', id: 'C-17' },
  description: 'Coffee beans, November',
  endToEndId: 'PAY-2026-1182',
  cashDiscount: { percent: '2.5', until: '2026-11-08' },
  ledgerAccountId: '1920',
  personId: 'anna',
}

const many = (count: number) => ({
  entries: Array.from({ length: count }, (_, index) => ({ entryId: `m-${index}`, ...most })),
})

test('an entry is what was last put, and putting it again changes nothing', async (t) => {
  const put = await call('PUT', `${entries}/i-1`, most)
  t.same([put.status, put.body], [200, { companyId: 'nordlys', entryId: 'i-1', ...most }])
  t.same((await call('PUT', `${entries}/i-1`, most)).body, put.body)
  t.same((await call('GET', `${entries}/i-1`)).body, put.body)
  const replaced = await call('PUT', `${entries}/i-1`, least)
  t.same(
    replaced.body,
    { companyId: 'nordlys', entryId: 'i-1', ...least, openAmount: '1250.00', appliedMatchIds: [] },
    'what is left out is gone',
  )
  t.same((await call('GET', `${entries}/i-1`)).body, replaced.body)
  t.equal((await call('DELETE', `${entries}/i-1`)).status, 204)
  for (const method of ['GET', 'DELETE'])
    t.match(await call(method, `${entries}/i-1`), { status: 404, body: { code: 'entry_not_found' } })
})

test('amounts come back with the decimals of their currency, however they were written', async (t) => {
  const cases = [
    { amount: '7', currency: 'NOK', expected: '7.00' },
    { amount: '7.5', currency: 'NOK', expected: '7.50' },
    { amount: '-7.0000', currency: 'EUR', expected: '-7.00' },
    { amount: '007', currency: 'JPY', expected: '7' },
    { amount: '7', currency: 'KWD', expected: '7.000' },
    { amount: '999999999999999.999', currency: 'KWD', expected: '999999999999999.999' },
  ]
  for (const { amount, currency, expected } of cases) {
    await call('PUT', `${entries}/written`, { ...least, amount, currency })
    t.match((await call('GET', `${entries}/written`)).body, { amount: expected, openAmount: expected })
  }
  await call('DELETE', `${entries}/written`)
})

test('an amount is a decimal text: neither a number nor anything that computes one', async (t) => {
  const refused = { status: 400, body: { code: 'invalid_request', errors: [{ path: '/body/amount' }] } }
  for (const amount of [
    1250,
    '1,250.00',
    '1e3',
    '+1',
    '1.',
    '.5',
    '0x10',
    ' 1',
    '1 ',
    '١',
    '1'.repeat(16),
    '--1',
    'NaN',
    '',
    '0',
    '-0.00',
  ])
    t.match(await call('PUT', `${entries}/wrong`, { ...least, amount }), refused, String(amount))
  t.equal((await call('GET', `${entries}/wrong`)).status, 404)
})

test('days are days that there are', async (t) => {
  for (const day of [
    '2026-02-29',
    '2026-13-01',
    '2026-1-1',
    '0000-01-01',
    '1899-12-31',
    '2200-01-01',
    '20261121',
    'today',
    '2026-11-21T00:00:00Z',
  ])
    for (const fields of [{ issueDate: day }, { dueDate: day }, { cashDiscount: { percent: '2', until: day } }])
      t.match(
        await call('PUT', `${entries}/wrong`, { ...least, ...fields }),
        { status: 400, body: { code: 'invalid_request' } },
        day,
      )
  t.equal((await call('PUT', `${entries}/leap`, { ...least, issueDate: '2028-02-29' })).status, 200)
  await call('DELETE', `${entries}/leap`)
})

test('what makes no sense is refused by its path, and leaves what was there', async (t) => {
  await call('PUT', `${entries}/kept`, least)
  t.match(
    await call('PUT', `${entries}/kept`, {
      ...least,
      openAmount: '1250.01',
      counterparty: { iban: 'NO8330001234568' },
    }),
    {
      status: 400,
      body: { code: 'invalid_request', errors: [{ path: '/body/counterparty/iban' }, { path: '/body/openAmount' }] },
    },
  )
  t.equal((await call('GET', `${entries}/kept`)).body.openAmount, '1250.00')
  await call('DELETE', `${entries}/kept`)
})

test('a transfer says from where to where', async (t) => {
  const transfer = { kind: 'transfer', amount: '500.00', currency: 'NOK' }
  const ways = { fromLedgerAccountId: '1920', toLedgerAccountId: '1930' }
  t.match(await call('PUT', `${entries}/transfer`, transfer), {
    status: 400,
    body: { errors: [{ path: '/body/fromLedgerAccountId' }, { path: '/body/toLedgerAccountId' }] },
  })
  t.match(await call('PUT', `${entries}/transfer`, { ...transfer, ...ways }), { status: 200, body: ways })
  await call('DELETE', `${entries}/transfer`)
})

test('in a batch each entry stands for itself, and says by its place what is wrong with it', async (t) => {
  const answer = await call('POST', `${entries}/batch`, {
    entries: [
      { entryId: 'b-1', ...least },
      { entryId: 'b-2', ...least, amount: '0.00' },
      { entryId: 'b-3', ...least, openAmount: '-1.00', counterparty: { iban: 'x' } },
      { entryId: 'b-1', ...least, amount: '7.00' },
      { entryId: 'b-4', kind: 'transfer', amount: '1.00', currency: 'NOK', fromLedgerAccountId: '1920' },
    ],
  })
  t.equal(answer.status, 200)
  t.match(answer.body.data, [
    { entryId: 'b-1', status: 'refused', errors: [{ path: '/body/entries/0/entryId' }] },
    { entryId: 'b-2', status: 'refused', errors: [{ path: '/body/entries/1/amount' }] },
    {
      entryId: 'b-3',
      status: 'refused',
      errors: [{ path: '/body/entries/2/counterparty/iban' }, { path: '/body/entries/2/openAmount' }],
    },
    { entryId: 'b-1', status: 'saved', errors: [] },
    { entryId: 'b-4', status: 'refused', errors: [{ path: '/body/entries/4/toLedgerAccountId' }] },
  ])
  t.same(
    (await call('GET', entries)).body.data.map(({ entryId, amount }: Record<string, string>) => [entryId, amount]),
    [['b-1', '7.00']],
  )
  await call('DELETE', `${entries}/b-1`)
})

test('a batch is 1 to 1,000 entries of the right form', async (t) => {
  const whole = await call('POST', '/v1/companies/fjell/entries/batch', many(1_000))
  t.same(
    [whole.status, whole.body.data.filter(({ status }: { status: string }) => status === 'saved').length],
    [200, 1_000],
  )
  t.equal((await call('POST', '/v1/companies/fjell/entries/batch', many(1_000))).status, 200, 'and again')
  for (const wrong of [
    many(0),
    many(1_001),
    {},
    { entries: [{ ...least }] },
    { entries: [{ entryId: 'a b', ...least }] },
  ])
    t.match(await call('POST', '/v1/companies/fjell/entries/batch', wrong), {
      status: 400,
      body: { code: 'invalid_request' },
    })
  t.match(await call('POST', '/v1/companies/nobody/entries/batch', many(1)), {
    status: 404,
    body: { code: 'company_not_found' },
  })
})

test('batches that overlap, sent at once in any order, all come through', async (t) => {
  const ids = Array.from({ length: 60 }, (_, index) => `o-${index}`)
  const answers = await Promise.all(
    [ids, ids.toReversed(), ids, ids.toReversed()].map((order, index) =>
      call('POST', `${entries}/batch`, {
        entries: order.map((entryId) => ({ entryId, ...least, description: `batch ${index}` })),
      }),
    ),
  )
  t.same(
    answers.map(({ status }) => status),
    [200, 200, 200, 200],
  )
  const { data } = (await call('GET', `${entries}?limit=100`)).body
  t.equal(new Set(data.map(({ description }: { description: string }) => description)).size, 1, 'the last one whole')
  for (const id of ids) await call('DELETE', `${entries}/${id}`)
})

test('entries are listed by key, page by page, and only the open ones where that is asked', async (t) => {
  const pager = '/v1/companies/pager/entries'
  await checkPaging(t, call, {
    url: pager,
    key: 'entryId',
    put: (id) => call('PUT', `${pager}/${id}`, least),
    remove: (id) => call('DELETE', `${pager}/${id}`),
  })
  await call('PUT', `${pager}/c`, { ...least, openAmount: '0.00' })
  await call('PUT', `${pager}/d`, { ...least, openAmount: '0.01' })
  const open = await call('GET', `${pager}?status=open&limit=2`)
  t.same(
    open.body.data.map(({ entryId }: { entryId: string }) => entryId),
    ['a', 'aa'],
  )
  const rest = await call('GET', `${pager}?status=open&cursor=${open.body.nextCursor}`)
  t.same(
    rest.body.data.map(({ entryId }: { entryId: string }) => entryId),
    ['bb', 'd', 'e'],
  )
  t.match(await call('GET', `${pager}?status=closed`), { status: 400, body: { code: 'invalid_request' } })
})

test('of a company that there is not, no entry can be put or listed', async (t) => {
  const unknown = { status: 404, body: { code: 'company_not_found' } }
  t.match(await call('PUT', '/v1/companies/nobody/entries/e', least), unknown)
  t.match(await call('GET', '/v1/companies/nobody/entries'), unknown)
})

test('matching is asked for half a minute after entries have come', async (t) => {
  await call('PUT', '/v1/companies/fresh', { name: 'Fresh', country: 'NO' })
  await call('PUT', '/v1/companies/fresh/entries/one', least)
  const due = await service.deps.unit('acme', (stores) => stores.due.dueAt('match', ['fresh']))
  t.same(due.get('fresh'), new Date('2026-11-21T09:00:30Z'))
})
