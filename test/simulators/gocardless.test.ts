// The simulator is believed for two reasons: the vendor's own client takes it for the real thing, and every answer that it gives is one that the vendor's
// specification allows.

import NordigenClient from 'nordigen-node'
import { test, type Test } from 'tap'
import { fakeClock, type FakeClock } from '../support/clock.ts'
import { theContract } from './gocardless/contract.ts'
import { startGoCardlessSimulator, type GoCardlessSimulator } from './gocardless/index.ts'
import { card, drift } from './gocardless/people.ts'

const contract = theContract()
function faults(status: number, body: unknown, path = '/api/v2/requisitions/1/'): readonly string[] {
  return contract?.faults({ method: 'GET', path, status, body }) ?? []
}

const redirectUrl = 'https://app.example/back?from=bank'

type Started = { readonly clock: FakeClock; readonly simulator: GoCardlessSimulator; readonly client: NordigenClient }

/** A test with a simulator of its own, whose every answer is held against the specification in the end. */
function simulated(name: string, work: (t: Test, started: Started) => Promise<void>): void {
  test(name, async (t) => {
    const clock = fakeClock('2026-11-21T12:00:00Z')
    const simulator = await startGoCardlessSimulator({ clock })
    t.teardown(() => simulator.close())
    await simulator.hold([drift, card])
    await work(t, {
      clock,
      simulator,
      client: new NordigenClient({ ...simulator.secrets, baseUrl: simulator.baseUrl }),
    })
    for (const answer of contract === undefined ? [] : simulator.answers)
      t.same(contract?.faults(answer), [], `${answer.method} ${answer.path} → ${answer.status}`)
  })
}

/** What a call was refused with. */
async function refusalOf(call: Promise<unknown>): Promise<{ status: number; data: Record<string, unknown> }> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  const { response } = Object(error)
  if (response === undefined) throw new Error('should have been refused', { cause: error })
  return { status: response.status, data: response.data }
}

/** A linked requisition. */
async function linked({ simulator, client }: Started, more: { only?: readonly string[]; id?: string } = {}) {
  const session = await client.initSession({
    redirectUrl,
    institutionId: more.id ?? simulator.nativeId,
    referenceId: `ref-${simulator.answers.length}`,
  })
  await simulator.visit(session.link, { kind: 'approve', ...(more.only !== undefined && { only: more.only }) })
  return client.requisition.getRequisitionById(session.id)
}

test(
  'the specification is at hand',
  { skip: contract === undefined && 'it lies outside this repository' },
  async (t) => {
    const good = { summary: 'Not found.', detail: 'Not found.', status_code: 404 }
    t.same(faults(404, good), [])
    t.match(faults(404, { text: 'no' }), [/has the shape/])
    t.match(faults(200, { id: 'x' }), [/institution_id/, /redirect/, /uuid/])
    t.match(faults(418, good), [/has no 418/])
    t.match(faults(200, good, '/api/v2/nowhere/'), [/has no .*nowhere/])
  },
)

simulated('the vendor’s client walks the whole way: token, bank, consent, accounts, end', async (t, started) => {
  const { client, simulator } = started
  const { access, refresh } = await client.generateToken()
  client.token = (await client.exchangeToken({ refreshToken: refresh })).access
  t.not(client.token, access)

  const banks = await client.institution.getInstitutions({ country: 'no' })
  t.same(
    banks.map(({ id }) => id),
    [simulator.nativeId],
  )
  t.match(await client.institution.getInstitutionById('SANDBOXFINANCE_SFIN0000'), { countries: ['XX'] })

  const session = await client.initSession({ redirectUrl, institutionId: simulator.nativeId, referenceId: 'ref-1' })
  t.match(await client.requisition.getRequisitionById(session.id), { status: 'CR', accounts: [], reference: 'ref-1' })
  const landed = new URL(await simulator.visit(session.link, { kind: 'approve' }))
  t.same(Object.fromEntries(landed.searchParams), { from: 'bank', ref: 'ref-1' })

  const requisition = await client.requisition.getRequisitionById(session.id)
  t.match(requisition, { status: 'LN', ssn: null })
  t.equal(requisition.accounts.length, 2)
  t.match(await client.agreement.getAgreementById(String(requisition['agreement'])), {
    accepted: '2026-11-21T12:00:00.000Z',
  })
  const [current, plastic] = requisition.accounts.map((id) => client.account(id))
  t.match(await current?.getMetadata(), { status: 'READY', iban: drift.iban, owner_name: drift.owner })
  t.match(await current?.getDetails(), { account: { iban: drift.iban, currency: 'NOK', usage: 'ORGA' } })
  t.match(await plastic?.getDetails(), { account: { cashAccountType: 'CARD', maskedPan: card.maskedPan } })
  t.match(await current?.getBalances(), {
    balances: [{ balanceType: 'interimAvailable' }, { balanceAmount: { amount: '104500.00' } }],
  })
  const { transactions } = (await current?.getTransactions()) ?? { transactions: { booked: [] } }
  t.match(transactions.booked, [
    { transactionId: 'T-3' },
    { transactionId: 'T-2', debtorName: 'Kari Testperson' },
    { transactionId: 'T-1' },
  ])
  const range = await current?.getTransactions({ dateFrom: '2026-11-19', dateTo: '2026-11-20' })
  t.match(range?.transactions.booked, [{ transactionId: 'T-2' }])
  t.equal(range?.transactions.booked.length, 1)
  t.equal(simulator.dataCalls(), 3)

  t.match(await client.requisition.deleteRequisition(session.id), { summary: 'Requisition deleted' })
  t.equal((await refusalOf(client.requisition.getRequisitionById(session.id))).status, 404)
  t.match((await refusalOf(current?.getBalances() ?? Promise.resolve())).data, {
    summary: 'No valid End User Agreement',
  })
})

simulated('lists are told page by page, the newest first', async (t, { client, simulator }) => {
  await client.generateToken()
  for (const days of [30, 60, 90])
    await client.agreement.createAgreement({ institutionId: simulator.nativeId, accessValidForDays: days })
  t.match(await client.agreement.getAgreements({ limit: 2 }), {
    count: 3,
    next: /limit=2&offset=2$/,
    previous: null,
    results: [{ access_valid_for_days: 90 }, { access_valid_for_days: 60 }],
  })
  t.match(await client.agreement.getAgreements({ limit: 2, offset: 2 }), {
    next: null,
    previous: /limit=2&offset=0$/,
    results: [{ access_valid_for_days: 30 }],
  })
  t.match(await client.requisition.getRequisitions(), { count: 0, results: [] })
})

simulated(
  'tokens are opaque, end by the clock, and nothing is told without one',
  async (t, { client, clock, simulator }) => {
    const wrong = new NordigenClient({ ...simulator.secrets, secretKey: 'wrong', baseUrl: simulator.baseUrl })
    t.match(await refusalOf(wrong.generateToken()), { status: 401, data: { summary: 'Authentication failed' } })
    const { refresh } = await client.generateToken()
    clock.advance({ hours: 24 })
    t.match(await refusalOf(client.agreement.getAgreements()), { status: 401, data: { summary: 'Invalid token' } })
    client.token = (await client.exchangeToken({ refreshToken: refresh })).access
    t.match(await client.agreement.getAgreements(), { count: 0 })
    simulator.endTokens()
    t.match(await refusalOf(client.exchangeToken({ refreshToken: refresh })), { status: 401 })
  },
)

simulated('what is asked wrongly is refused, and said where', async (t, { client, simulator }) => {
  const { access } = await client.generateToken()
  const post = async (path: string, body: object) => {
    const answer = await fetch(`${simulator.baseUrl}/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${access}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return answer.json()
  }
  const ask = { institution_id: simulator.nativeId }
  t.match(await post('agreements/enduser/', { ...ask, max_historical_days: 731, access_valid_for_days: 181 }), {
    max_historical_days: { detail: /transaction_total_days \(730\)$/ },
    access_valid_for_days: { detail: 'access_valid_for_days must be > 0 and <= 180' },
    status_code: 400,
  })
  t.match(await post('agreements/enduser/', { institution_id: 'NOWHERE' }), {
    institution_id: { summary: 'Unknown Institution ID NOWHERE' },
  })
  t.match(await post('agreements/enduser/', { ...ask, access_scope: [] }), {
    access_scope: [{ summary: /may not be an empty list/ }],
  })
  t.match(await post('agreements/enduser/', { institution_id: 'PODLASIE_PODLPLPW', access_scope: ['balances'] }), {
    access_scope: [
      { detail: "For this institution the following scopes are required together: ['details', 'balances']" },
    ],
  })
  t.match(await post('agreements/enduser/', { institution_id: 'SAVINGSONLY_SAVODEFF' }), {
    access_scope: [{ detail: /supported by the institution are \['transactions'\]/ }],
  })
  t.match(await post('agreements/enduser/', { ...ask, access_valid_for_days: 100, reconfirmation: true }), {
    reconfirmation: { summary: 'Reconfirmation not supported' },
  })
  t.match(await post('requisitions/', { reference: 'x' }), { redirect: [/required/], institution_id: [/required/] })
  t.match(
    await post('requisitions/', {
      ...ask,
      redirect: 'nowhere',
      user_language: 'AB',
      ssn: '1',
      account_selection: true,
    }),
    {
      redirect: [{ summary: 'Invalid redirect URI' }],
      user_language: { summary: /invalid or not supported/ },
      ssn: [],
    },
  )
  t.match(await post('requisitions/', { ...ask, redirect: redirectUrl, color: 'blue' }), { summary: 'Unknown fields' })
  t.match(await post('requisitions/', { ...ask, redirect: redirectUrl, agreement: 'x' }), {
    agreement: [{ summary: 'Invalid EndUserAgreement ID' }],
  })
})

simulated('a reference is used once, and an agreement too', async (t, { client, simulator }) => {
  await client.generateToken()
  const ask = { redirectUrl, institutionId: simulator.nativeId, referenceId: 'same' }
  await client.initSession(ask)
  t.match(await refusalOf(client.initSession(ask)), {
    status: 400,
    data: { reference: { detail: 'Client reference: same already exists' } },
  })
  const { id } = await client.agreement.createAgreement({ institutionId: simulator.nativeId })
  t.match(await client.agreement.deleteAgreement(id), { summary: 'End User Agreement deleted' })
  const { access } = await client.generateToken()
  const requisition = { institution_id: simulator.nativeId, redirect: redirectUrl }
  const post = (agreement: string) =>
    fetch(`${simulator.baseUrl}/requisitions/`, {
      method: 'POST',
      headers: { authorization: `Bearer ${access}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...requisition, agreement }),
    })
  t.equal((await post(id)).status, 404)
  const other = await client.agreement.createAgreement({ institutionId: simulator.nativeId })
  t.equal((await post(other.id)).status, 201)
  t.match(await (await post(other.id)).json(), { agreement: [{ summary: /already associated$/ }] })
  t.match(
    await refusalOf(client.agreement.acceptAgreement({ agreementId: other.id, ip: '1.2.3.4', userAgent: 'UA' })),
    {
      status: 403,
      data: { summary: 'Insufficient permissions' },
    },
  )
})

simulated('who turns back, is refused, or comes again is sent back with a word for it', async (t, started) => {
  const { client, simulator } = started
  await client.generateToken()
  const visit = async (kind: 'cancel' | 'reject') => {
    const session = await client.initSession({ redirectUrl, institutionId: simulator.nativeId, referenceId: kind })
    const landed = new URL(await simulator.visit(session.link, { kind })).searchParams
    const { status } = await client.requisition.getRequisitionById(session.id)
    return { status, ref: landed.get('ref'), error: landed.get('error'), details: landed.get('details') }
  }
  t.same(await visit('cancel'), {
    status: 'UA',
    ref: 'cancel',
    error: 'UserCancelledSession',
    details: 'User cancelled the session.',
  })
  t.match(await visit('reject'), { status: 'RJ', ref: 'reject', error: 'UserSessionRejected' })

  const requisition = await linked(started, { only: ['drift'] })
  t.equal(requisition.accounts.length, 1, 'the person chose one account')
  const again = new URL(await simulator.visit(String(requisition['link']), { kind: 'approve' }))
  t.equal(again.searchParams.get('error'), 'RequisitionLinkReused')
  t.match(await client.requisition.getRequisitionById(String(requisition['id'])), { status: 'LN' })
})

simulated('four successful calls a day for each account and scope, and the headers say so', async (t, started) => {
  const { client, clock, simulator } = started
  const { access } = await client.generateToken()
  const { accounts } = await linked(started)
  const ask = () =>
    fetch(`${simulator.baseUrl}/accounts/${accounts[0]}/balances/`, { headers: { authorization: `Bearer ${access}` } })
  for (const remaining of ['3', '2', '1', '0']) {
    const { headers } = await ask()
    t.equal(headers.get('http_x_ratelimit_account_success_remaining'), remaining)
    t.equal(headers.get('http_x_ratelimit_limit'), '300')
    clock.advance({ hours: 1 })
  }
  const refused = await ask()
  t.equal(refused.status, 429)
  t.equal(refused.headers.get('http_x_ratelimit_account_success_remaining'), null, 'only with success')
  t.match(await refused.json(), {
    detail: 'The rate limit for this resource is 4/day. Please try again in 72000 seconds',
  })
  t.match(await client.account(accounts[0] ?? '').getDetails(), { account: {} }, 'each scope has its own')
  clock.advance({ hours: 20 })
  await client.generateToken()
  t.match(await client.account(accounts[0] ?? '').getBalances(), { balances: [] }, 'a day after the first')
})

simulated('access ends with the agreement, at the bank, and with the account', async (t, started) => {
  const { client, clock, simulator } = started
  await client.generateToken()
  const first = await linked(started, { only: ['drift'] })
  const account = client.account(first.accounts[0] ?? '')
  await simulator.hold([card])
  t.match(await refusalOf(account.getBalances()), { status: 401, data: { type: 'AccountInactiveError' } })
  await simulator.hold([drift, card])
  await account.getBalances()
  await simulator.endAtBank()
  t.match(await refusalOf(account.getDetails()), { status: 401, data: { type: 'AccessExpiredError' } })
  t.match(await account.getMetadata(), { status: 'ERROR' })
  for (let failures = 2; failures <= 10; failures += 1) await refusalOf(account.getDetails())
  t.match(await refusalOf(account.getDetails()), { status: 409, data: { summary: 'Account suspended' } })
  t.match(await account.getMetadata(), { status: 'SUSPENDED' })

  const second = await linked(started)
  clock.advance({ days: 90 })
  await client.generateToken()
  t.match(await client.requisition.getRequisitionById(String(second['id'])), {
    status: 'EX',
    accounts: second.accounts,
  })
  t.match(await refusalOf(client.account(second.accounts[0] ?? '').getTransactions()), {
    status: 401,
    data: { summary: /^End User Agreement \(EUA\) .* has expired$/ },
  })
})

simulated(
  'days that have not come, or are the wrong way round, are refused; those that are too long ago are left out',
  async (t, started) => {
    const { client } = started
    await client.generateToken()
    const account = client.account((await linked(started, { only: ['drift'] })).accounts[0] ?? '')
    const ask = (dateFrom: string, dateTo: string) => account.getTransactions({ dateFrom, dateTo })
    t.match(await refusalOf(ask('2026-11-22', '2026-11-23')), {
      status: 400,
      data: {
        date_from: { summary: "Date can't be in future", detail: /^'2026-11-22' can't be greater than 2026-11-21/ },
        date_to: {},
      },
    })
    t.match(await refusalOf(ask('2026-11-20', '2026-11-19')), { data: { summary: 'Incorrect date range' } })
    t.equal((await ask('2023-01-01', '2026-11-18')).transactions.booked.length, 1)
  },
)

simulated('faults are met by whoever asks for data, and by nobody else', async (t, started) => {
  const { client, simulator } = started
  await client.generateToken()
  await simulator.fault('maintenance')
  const { accounts } = await linked(started)
  const account = client.account(accounts[0] ?? '')
  t.match(await refusalOf(account.getBalances()), { status: 503, data: { type: 'ServiceError' } })
  await simulator.fault('quota')
  t.match(await refusalOf(account.getTransactions()), { status: 429, data: { detail: /try again in 43200 seconds/ } })
  t.match(await account.getDetails(), { account: {} })
  await simulator.fault(null)
  t.match(await account.getBalances(), { balances: [] })
  t.equal(simulator.dataCalls(), 3)
})

simulated('in the UK a consent lasts longer if it is reconfirmed', async (t, started) => {
  const { client, clock, simulator } = started
  const { access } = await client.generateToken()
  const send = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${simulator.baseUrl}/${path}`, {
      method,
      headers: { authorization: `Bearer ${access}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const json: unknown = await answer.json()
    return Object(json)
  }
  const institution_id = 'THAMESBANK_THAMGB2L'
  const agreement = await send('POST', 'agreements/enduser/', {
    institution_id,
    access_valid_for_days: 180,
    reconfirmation: true,
  })
  const path = `agreements/enduser/${agreement.id}/reconfirm/`
  t.match(await send('POST', path, {}), { summary: 'End user agreement needs to be accepted.' })
  const requisition = await send('POST', 'requisitions/', {
    institution_id,
    agreement: agreement.id,
    redirect: redirectUrl,
  })
  await simulator.visit(requisition.link, { kind: 'approve', only: ['drift'] })
  t.match(await send('GET', path), { summary: 'Not found.' })
  const { reconfirmation_url: url, accounts } = await send('POST', path, { redirect: 'https://app.example/again' })
  t.match(Object.values(Object(accounts)), [{ reconfirmed: '', rejected: '' }])
  clock.advance({ hours: 23 })
  t.match(await simulator.visit(url, { kind: 'approve' }), /^https:\/\/app\.example\/again\?ref=/)
  t.match(Object.values((await send('GET', path)).accounts), [
    { reconfirmed: '2026-11-22T11:00:00.000000Z', rejected: '' },
  ])
})
