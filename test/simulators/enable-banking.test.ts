import { generateKeyPairSync } from 'node:crypto'
import { test } from 'tap'
import { addDays, parseDay } from '../../src/values/day.ts'
import {
  account,
  aspsp,
  benchFor,
  card,
  redirectUrl,
  tokenFor,
  type Answered,
  type Bench,
} from './enable-banking/client.ts'
import { enableBankingContract } from './enable-banking/contract.ts'

const contract = enableBankingContract()

test(
  'an answer that is not as the vendor has it is noticed',
  { skip: contract === undefined && 'the OpenAPI file is not here' },
  async (t) => {
    const faults = (path: string, status: number, body: unknown) =>
      contract?.faults({ method: 'GET', path, status, body }) ?? []
    t.same(faults('/accounts/1/balances', 200, { balances: [] }), [])
    t.match(faults('/accounts/1/balances', 200, {}), [/required property 'balances'/])
    t.match(faults('/accounts/1/balances', 200, { balances: [], more: 1 }), [/must NOT have additional/])
    t.match(faults('/accounts/1/balances', 418, {}), [/has no 418/])
    t.match(faults('/nowhere', 200, {}), [/has no \/nowhere/])
    t.equal(contract?.errorCodes.length, 40)
  },
)

const uidOf = ({ accounts = [] }: Answered['body'], at = 0): string => accounts[at]?.uid ?? ''

test('only the application’s own token opens the API, for a day at the most', async (t) => {
  const { call, simulator, clock } = await benchFor(t)
  const told = async (authorization: string | null) => (await call('GET', '/application', { authorization })).body
  t.match(await told(tokenFor(simulator, clock)), { kid: simulator.providerConfig.enableBanking?.applicationId })
  t.match(await told(null), { error: 'AUTHORIZATION_NOT_PROVIDED', code: 401 })
  const seconds = clock.now().getTime() / 1000
  const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const cases: [string, string][] = [
    ['no token', 'Bearer secret'],
    ['another algorithm', tokenFor(simulator, clock, { header: { alg: 'none' } })],
    ['another application', tokenFor(simulator, clock, { header: { kid: 'somebody' } })],
    ['another key', tokenFor(simulator, clock, { key: foreign.export({ type: 'pkcs8', format: 'pem' }).toString() })],
    ['another issuer', tokenFor(simulator, clock, { claims: { iss: 'me' } })],
    ['another audience', tokenFor(simulator, clock, { claims: { aud: 'api.tilisy.com' } })],
    ['from the future', tokenFor(simulator, clock, { claims: { iat: seconds + 5, exp: seconds + 50 } })],
    ['ended', tokenFor(simulator, clock, { claims: { iat: seconds - 50, exp: seconds } })],
    ['too long a life', tokenFor(simulator, clock, { claims: { exp: seconds + 86_401 } })],
  ]
  for (const [name, authorization] of cases) t.equal((await told(authorization)).error, 'UNAUTHORIZED_ACCESS', name)
})

test('banks are listed, by country and kind of person', async (t) => {
  const { call } = await benchFor(t)
  const names = async (query: string) => (await call('GET', `/aspsps${query}`)).body.aspsps?.map(({ name }) => name)
  t.equal((await names(''))?.length, 7)
  t.same(await names('?country=FI&psu_type=personal'), ['Saastopankki'])
  t.equal((await call('GET', '/aspsps?service=AIS&colour=red')).body.error, 'WRONG_REQUEST_PARAMETERS')
})

test('an authorisation is asked for as the documentation has it, or refused', async (t) => {
  const { auth, simulator } = await benchFor(t)
  const at = (valid_until: string) => auth({ access: { valid_until } })
  for (const [name, answer, error] of [
    ['a bank that is not there', await auth({ aspsp: { ...aspsp, country: 'DK' } }), 'WRONG_ASPSP_PROVIDED'],
    ['a field that is not there', await auth({ colour: 'red' }), 'WRONG_REQUEST_PARAMETERS'],
    ['a field that is missing', await auth({ state: undefined }), 'WRONG_REQUEST_PARAMETERS'],
    ['a kind of person that is not there', await auth({ psu_type: 'robot' }), 'WRONG_REQUEST_PARAMETERS'],
    ['a language with its country', await auth({ language: 'sv-SE' }), 'WRONG_REQUEST_PARAMETERS'],
    ['a day', await at('2027-02-19'), 'WRONG_REQUEST_PARAMETERS'],
    ['an instant without an offset', await at('2027-02-19T12:00:00'), 'WRONG_REQUEST_PARAMETERS'],
    ['longer than the bank allows', await at('2027-05-20T12:00:01Z'), 'WRONG_REQUEST_PARAMETERS'],
    ['an end before the beginning', await at('2026-11-21T12:00:00Z'), 'WRONG_REQUEST_PARAMETERS'],
  ] as const)
    t.equal(answer.body.error, error, name)
  t.equal((await at('2027-05-20T12:00:00Z')).status, 200)
  simulator.allowRedirects(['https://service.example/back'])
  t.equal((await auth()).body.error, 'REDIRECT_URI_NOT_ALLOWED')
  t.equal((await auth({ redirect_url: 'https://service.example/back' })).status, 200)
})

test('the person comes back with what they, or the bank, decided', async (t) => {
  const { visited, simulator } = await benchFor(t)
  const cancelled = await visited({ kind: 'cancel' })
  t.same(Object.fromEntries(cancelled), {
    error: 'access_denied',
    error_description: 'Cancelled by user',
    state: 'a-state',
  })
  t.match(Object.fromEntries(await visited({ kind: 'reject' })), { error_description: 'Invalid credentials' })
  const approved = await visited({ kind: 'approve' })
  t.same([...approved.keys()], ['code', 'state'])
  simulator.bankSays({ error: 'server_error' })
  t.same(Object.fromEntries(await visited({ kind: 'approve' })), { error: 'server_error', state: 'a-state' })
})

test('pages of the bank lead nowhere a second time', async (t) => {
  const { auth, simulator } = await benchFor(t)
  const { url = '' } = (await auth()).body
  t.ok((await simulator.visit(url, { kind: 'cancel' })).startsWith(redirectUrl))
  const again = await fetch(url)
  t.equal(again.status, 410)
  t.match(await again.text(), /no longer valid/)
})

test('a code is good once, and not for long', async (t) => {
  const { visited, call, clock } = await benchFor(t)
  const exchange = async (code: string | null) => (await call('POST', '/sessions', { json: { code } })).body
  const code = (await visited({ kind: 'approve' })).get('code')
  t.match(await exchange(code), { aspsp, psu_type: 'business', accounts: [{ name: 'Björk Bygg AB', usage: 'ORGA' }] })
  t.equal((await exchange(code)).error, 'ALREADY_AUTHORIZED')
  t.equal((await exchange('another')).error, 'WRONG_AUTHORIZATION_CODE')
  const late = (await visited({ kind: 'approve' })).get('code')
  clock.advance({ minutes: 16 })
  t.equal((await exchange(late)).error, 'EXPIRED_AUTHORIZATION_CODE')
  t.equal((await call('POST', '/sessions', { body: '{"code' })).body.error, 'WRONG_REQUEST_PARAMETERS')
})

test('accounts have another uid in each session, and one hash in all', async (t) => {
  const { session } = await benchFor(t, [account, card])
  const [first, second] = [await session(), await session({ kind: 'approve', only: ['card'] })]
  t.equal(first.accounts?.length, 2)
  t.equal(second.accounts?.length, 1)
  t.not(uidOf(first, 1), uidOf(second))
  t.equal(first.accounts?.[1]?.identification_hash, second.accounts?.[0]?.identification_hash)
})

test('a session ends by its time, by the application and by the person', async (t) => {
  const { session, call, clock, simulator } = await benchFor(t)
  const stateOf = async ({ session_id = '' }: Answered['body']) => (await call('GET', `/sessions/${session_id}`)).body
  const balances = async (body: Answered['body']) => (await call('GET', `/accounts/${uidOf(body)}/balances`)).body
  const remove = async ({ session_id = '' }: Answered['body']) => (await call('DELETE', `/sessions/${session_id}`)).body

  const [closed, revoked, expired] = [await session(), await session(), await session()]
  t.match(await stateOf(closed), { status: 'AUTHORIZED', accounts: [uidOf(closed)], closed: null })
  t.same(await remove(closed), { message: 'OK' })
  t.match(await stateOf(closed), { status: 'CLOSED', closed: '2026-11-21T12:00:00.000Z' })
  t.equal((await balances(closed)).error, 'CLOSED_SESSION')
  t.equal((await remove(closed)).error, 'CLOSED_SESSION')

  clock.set('2027-02-19T12:00:00Z')
  t.equal((await stateOf(expired)).status, 'EXPIRED')
  t.equal((await balances(expired)).error, 'EXPIRED_SESSION')
  clock.set('2027-02-19T11:59:59Z')
  await simulator.endAtBank()
  t.equal((await stateOf(revoked)).status, 'REVOKED')
  t.equal((await balances(revoked)).error, 'REVOKED_SESSION')

  const nobody = '00000000-0000-4000-8000-000000000000'
  t.equal((await call('GET', `/sessions/${nobody}`)).body.error, 'SESSION_DOES_NOT_EXIST')
  t.equal((await call('GET', `/accounts/${nobody}/balances`)).body.error, 'ACCOUNT_DOES_NOT_EXIST')
  t.equal((await call('GET', '/sessions/1')).body.error, 'WRONG_REQUEST_PARAMETERS')
})

test('an account tells its details and balances, until it is closed', async (t) => {
  const { session, call, simulator } = await benchFor(t)
  const uid = uidOf(await session())
  t.match((await call('GET', `/accounts/${uid}/details`)).body, { uid, details: 'Företagskonto' })
  const { balances = [] } = (await call('GET', `/accounts/${uid}/balances`)).body
  t.same(
    balances.map(({ balance_type, balance_amount: { amount }, reference_date }) => [
      balance_type,
      amount,
      reference_date,
    ]),
    [
      ['ITAV', '1250.00', null],
      ['ITBD', '1250.00', null],
      ['CLBD', '1300.00', '2026-11-20'],
    ],
    'yesterday closed before today’s fee',
  )
  t.equal(simulator.dataCalls(), 1)
  await simulator.hold([])
  t.equal((await call('GET', `/accounts/${uid}/balances`)).body.error, 'ASPSP_ACCOUNT_NOT_ACCESSIBLE')
})

const psuHeaders = { 'psu-ip-address': '192.0.2.7', 'psu-user-agent': 'Mozilla/5.0' }

/** A listing with the person there, so that nothing is counted. */
const listing = async ({ call }: Bench, uid: string, query: string) =>
  (await call('GET', `/accounts/${uid}/transactions?${query}`, { headers: psuHeaders })).body

test('transactions are told unsigned, the newest first, with an id of the listing that is another each time', async (t) => {
  const bench = await benchFor(t)
  const uid = uidOf(await bench.session())
  const all = await listing(bench, uid, 'date_from=2026-11-19&date_to=2026-11-21')
  t.match(all.transactions, [
    { status: 'PDNG', entry_reference: null },
    { entry_reference: 't-3', credit_debit_indicator: 'DBIT', transaction_amount: { amount: '50.00' } },
    { entry_reference: 't-2', credit_debit_indicator: 'CRDT', transaction_amount: { amount: '25000.00' } },
    { entry_reference: 't-1' },
  ])
  t.equal(all.continuation_key, null)
  const booked = await listing(bench, uid, 'date_from=2026-11-20&date_to=2026-11-20&transaction_status=BOOK')
  t.same(
    booked.transactions?.map(({ entry_reference }) => entry_reference),
    ['t-2'],
  )
  t.not(booked.transactions?.[0]?.transaction_id, all.transactions?.[2]?.transaction_id)
})

test('days that cannot be served are refused, each in its own word', async (t) => {
  const bench = await benchFor(t)
  const uid = uidOf(await bench.session())
  const error = async (query: string) => (await listing(bench, uid, query)).error
  t.equal(await error('date_from=2026-11-22'), 'DATE_FROM_IN_FUTURE')
  t.equal(await error('date_to=2026-11-20'), 'DATE_TO_WITHOUT_DATE_FROM')
  t.equal(await error('date_from=2026-11-20&date_to=2026-11-19'), 'WRONG_DATE_INTERVAL')
  t.equal(await error('date_from=20.11.2026'), 'WRONG_REQUEST_PARAMETERS')
  t.equal(await error('strategy=fastest'), 'WRONG_REQUEST_PARAMETERS')
  t.equal(await error('transaction_status=BOOKED'), 'WRONG_REQUEST_PARAMETERS')
  t.equal(await error('date_from=2026-08-24'), undefined, '89 days back')
  t.equal(await error('date_from=2026-08-23'), 'WRONG_TRANSACTIONS_PERIOD')
})

test('the longest strategy looks further back, and past the last day', async (t) => {
  const today = parseDay('2026-11-21')
  const far = today === undefined ? [] : [100, 800].map((days) => addDays(today, -days))
  const old = far.map((bookingDate) => ({
    id: bookingDate,
    bookingDate,
    amount: '1.00',
    currency: 'SEK',
    text: 'Gammal',
  }))
  const bench = await benchFor(t, [{ ...account, transactions: [...account.transactions, ...old] }])
  const uid = uidOf(await bench.session())
  const query = 'date_from=2020-01-01&date_to=2026-11-19&strategy=longest&transaction_status=BOOK'
  t.same(
    (await listing(bench, uid, query)).transactions?.map(({ entry_reference }) => entry_reference),
    ['t-3', 't-2', 't-1', '2026-08-13'],
  )
})

test('pages follow by a key that is good for the same question only, and one of them is empty', async (t) => {
  const bench = await benchFor(t)
  bench.simulator.pageSize(2)
  const uid = uidOf(await bench.session())
  const query = 'date_from=2026-11-01&transaction_status=BOOK'
  const pages: string[][] = []
  let key: string | null | undefined = ''
  for (let asked = 0; key !== null && asked < 9; asked += 1) {
    const more: string = key === '' ? query : `${query}&continuation_key=${encodeURIComponent(key ?? '')}`
    const body: Answered['body'] = await listing(bench, uid, more)
    pages.push((body.transactions ?? []).map(({ entry_reference }) => entry_reference ?? ''))
    key = body.continuation_key
  }
  t.same(pages, [['t-3', 't-2'], [], ['t-1']])

  const { continuation_key: first } = await listing(bench, uid, query)
  const next = `continuation_key=${encodeURIComponent(first ?? '')}`
  const other = uidOf(await bench.session())
  for (const [asker, question] of [
    [uid, `date_from=2026-11-02&transaction_status=BOOK&${next}`],
    [uid, next],
    [uid, `${query}&${next}0`],
    [uid, `${query}&continuation_key=1`],
    [other, `${query}&${next}`],
  ] as const)
    t.equal((await listing(bench, asker, question)).error, 'WRONG_CONTINUATION_KEY', question)
})

test('of a person who is there all is told that the bank wants, or nothing', async (t) => {
  const bench = await benchFor(t)
  bench.simulator.requirePsuHeaders(['Psu-Ip-Address', 'Psu-Accept-Language'])
  const path = `/accounts/${uidOf(await bench.session())}/balances`
  t.match((await bench.call('GET', path, { headers: psuHeaders })).body, {
    error: 'PSU_HEADER_NOT_PROVIDED',
    code: 422,
    detail: /Psu-Accept-Language/,
  })
  t.equal((await bench.call('GET', path, { headers: { ...psuHeaders, 'psu-accept-language': 'sv' } })).status, 200)
  t.equal((await bench.call('GET', path)).status, 200)
})

test('without the person a bank answers four times a day, for each account and resource', async (t) => {
  const { session, call, clock } = await benchFor(t)
  const uid = uidOf(await session())
  const balances = async () => (await call('GET', `/accounts/${uid}/balances`)).status
  for (let asked = 0; asked < 4; asked += 1) t.equal(await balances(), 200)
  t.equal(await balances(), 429)
  t.equal((await call('GET', `/accounts/${uid}/balances`, { headers: psuHeaders })).status, 200, 'the person is there')
  t.equal((await call('GET', `/accounts/${uid}/transactions`)).status, 200)
  clock.advance({ hours: 24 })
  t.equal(await balances(), 200)
})

test('trouble is of the bank’s data alone', async (t) => {
  const { session, call, simulator, clock } = await benchFor(t)
  const uid = uidOf(await session())
  const path = `/accounts/${uid}/transactions`
  await simulator.fault('maintenance')
  t.equal((await call('GET', path)).body.error, 'ASPSP_ERROR')
  await simulator.fault('quota')
  t.match((await call('GET', path)).body, { error: 'ASPSP_RATE_LIMIT_EXCEEDED', code: 429 })
  t.equal((await session()).accounts?.length, 1, 'consents still work')
  await simulator.fault('slow')
  const before = performance.now()
  t.equal((await call('GET', path)).status, 200)
  t.ok(performance.now() - before >= simulator.slowMs - 5)
  await simulator.fault('garbage')
  const authorization = tokenFor(simulator, clock)
  const garbage = await fetch(`${simulator.baseUrl}${path}`, { headers: { authorization } })
  t.match([garbage.status, await garbage.text()], [200, /doctype/])
  await simulator.fault(null)
  t.equal((await call('GET', path)).status, 200)
  t.equal(simulator.dataCalls(), 5)
})
