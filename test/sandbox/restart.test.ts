import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'tap'
import { emptyState, openStore } from '../../src/sandbox/state.ts'
import { open, submit } from './browser.ts'
import { linkOf, refusalOf, sandboxFor } from './harness.ts'

test('after a restart the bank knows its consents, what was counted, and what control ordered', async (t) => {
  const stateFile = join(t.testdir(), 'below', 'bank.json')
  const before = await sandboxFor(t, { stateFile })
  const annas = await before.consent('fjordbanken', 'anna', { body: { frequencyPerDay: 1 } })
  const dinas = await before.consent('fjordbanken', 'dina')
  const [main, second] = await annas.accounts()
  t.equal((await annas.get(linkOf(main!, 'balances'), {})).status, 200)
  await before.control('POST', `/consents/${dinas.consentId}/revoke`)
  await before.control('POST', '/accounts/fjordbanken-main/transactions', {
    amount: '17.00',
    bookingDate: '2026-03-02',
  })
  await before.control('POST', '/accounts/fjordbanken-main/bulk', { count: 50, from: '2026-03-01', to: '2026-03-05' })
  await before.control('PUT', '/accounts/fjordbanken-main/quirks', { pageSize: 10 })
  await before.control('POST', '/faults', { times: 2, path: '/balances', status: 500 })
  await before.control('PUT', '/banks/nordlys/maintenance')
  const query = 'bookingStatus=booked&dateFrom=2026-02-20'
  const rows = await annas.transactions(main!, query)
  const truth = await before.truth('fjordbanken-main')
  const waiting = await before.ask('polder-bank')
  await before.sandbox.close()

  const after = await sandboxFor(t, { stateFile })
  const get = (path: string, headers = {}) =>
    after.call('fjordbanken', 'GET', path, { headers: { 'consent-id': annas.consentId, ...headers } })
  t.equal((await after.control('GET', '/')).body.consents?.length, 3)
  t.equal(refusalOf(await after.call('fjordbanken', 'GET', `/v1/consents/${dinas.consentId}/status`)), '200 undefined')
  t.equal(
    refusalOf(await after.call('fjordbanken', 'GET', '/v1/accounts', { headers: { 'consent-id': dinas.consentId } })),
    '401 CONSENT_INVALID',
  )
  t.same((await get('/v1/accounts')).body.accounts?.[0]?.resourceId, main?.resourceId)
  t.same(await after.truth('fjordbanken-main'), truth)
  const page = await get(`${linkOf(main!, 'transactions')}?${query}`)
  t.same(page.body.transactions?.booked, rows.booked.slice(0, 10))
  for (let n = 0; n < 2; n += 1) t.equal((await get(linkOf(second!, 'balances'))).status, 500)
  t.equal((await get(linkOf(second!, 'balances'))).status, 200)
  t.equal(refusalOf(await get(linkOf(main!, 'balances'))), '429 ACCESS_EXCEEDED')
  t.same((await after.control('GET', '/')).body.maintenance, ['nordlys'])

  // The server has another port now; the person's link is the same but for that.
  const link = linkOf(waiting.body, 'scaRedirect').replace(before.sandbox.url, after.sandbox.url)
  const login = await open(link)
  const approval = await submit(login, login.forms[0], { typed: { login: 'anna', password: 'x' } })
  t.equal((await submit(approval, approval.forms[0], { button: 'approve' })).status, 303)
})

test('an authorised consent is in the file before the person is sent back', async (t) => {
  const stateFile = join(t.testdir(), 'bank.json')
  const bank = await sandboxFor(t, { stateFile })
  const { consentId } = await bank.consent('fjordbanken', 'anna')
  t.match(JSON.parse(await readFile(stateFile, 'utf8')), { consents: { [consentId]: { status: 'valid' } } })
})

test('of many changes at once every one is in the file when it says so', async (t) => {
  const file = join(t.testdir(), 'bank.json')
  const store = await openStore(file)
  await Promise.all(
    Array.from({ length: 200 }, async (_, n) => {
      await store.change((state) => ({ ...state, maintenance: [...state.maintenance, `bank ${n}`] }))
      const { maintenance } = (await openStore(file)).state()
      t.ok(maintenance.includes(`bank ${n}`))
    }),
  )
  t.equal((await openStore(file)).state().maintenance.length, 200)
})

test('a change that cannot be written is not said to be', async (t) => {
  const file = join(t.testdir(), 'bank.json')
  const store = await openStore(file)
  await mkdir(`${file}.new`)
  await t.rejects(store.change((state) => ({ ...state, maintenance: ['one'] })))
})

test('a file that is no state of this version stops the start', async (t) => {
  const file = join(t.testdir(), 'bank.json')
  for (const content of ['', '{"consents":', '[]', 'null', '{"version":0}']) {
    await writeFile(file, content)
    await t.rejects(openStore(file), content)
  }
})

test('a person still has what control gave them, and a file from before there was such a thing is read', async (t) => {
  const stateFile = join(t.testdir(), 'bank.json')
  const before = await sandboxFor(t, { stateFile })
  const transactions = [{ key: 'a', bookingDate: '2026-03-02', amount: '-5.00' }]
  const account = { key: 'a', name: 'A', owner: 'A AS', usage: 'ORGA', currency: 'NOK', iban: 'NO5690419924686' }
  await before.control('PUT', '/banks/fjordbanken/persons/anna/accounts', [
    { ...account, balance: '1.00', transactions },
  ])
  const truth = await before.truth('fjordbanken-anna-a')
  t.equal(truth.openingBalance, '6.00')
  await before.sandbox.close()
  const after = await sandboxFor(t, { stateFile })
  t.same(await after.truth('fjordbanken-anna-a'), truth)

  const { holdings: _, ...older } = emptyState
  await writeFile(stateFile, JSON.stringify({ ...older, maintenance: ['nordlys'] }))
  t.same((await openStore(stateFile)).state(), { ...emptyState, maintenance: ['nordlys'] })
})

test('without a file the bank forgets, and with a new one it knows nothing', async (t) => {
  t.same((await openStore(null)).state(), emptyState)
  t.same((await openStore(join(t.testdir(), 'new.json'))).state(), emptyState)
})
