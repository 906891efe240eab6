import { test } from 'tap'
import { refusalOf } from '../../support/refusal.ts'
import {
  account,
  anApi,
  aspsps,
  attemptRef,
  errorOf,
  listLine,
  nativeId,
  now,
  psu,
  session,
  sessionRef,
  type FakeApi,
} from './api.ts'

const consentAsk = {
  nativeId,
  callbackUrl: 'https://service.example/v1/callback/enable-banking',
  state: 'x'.repeat(43),
  validDays: 90,
  psu,
  now,
}

const started = {
  url: 'https://tilisy.enablebanking.com/ais/start?sessionid=7b8b53ae&locale=FI',
  authorization_id: '7b8b53ae-d2bc-4482-9e08-7c1bc5e5da8d',
  psu_id_hash: 'a73e18791266',
}

async function anApiToAuthorise(t: Parameters<typeof anApi>[0]): Promise<FakeApi> {
  const api = await anApi(t)
  api.replies.set(listLine, { json: { aspsps } })
  api.replies.set('POST /auth', { json: started })
  return api
}

test('a consent is asked for in the name of a company, for as long as the bank allows', async (t) => {
  const { provider, asked } = await anApiToAuthorise(t)
  t.same(await provider.startConsent(consentAsk), {
    redirectUrl: started.url,
    ref: JSON.stringify({ authorizationId: started.authorization_id, psuHeaders: [] }),
  })
  const { body, headers } = asked('POST /auth')
  t.same(JSON.parse(body), {
    access: { valid_until: '2027-02-19T11:55:00.000Z', balances: true, transactions: true },
    aspsp: { name: 'S-Pankki', country: 'FI' },
    state: 'x'.repeat(43),
    redirect_url: consentAsk.callbackUrl,
    psu_type: 'business',
  })
  t.equal(headers['content-type'], 'application/json')
  t.match(headers.authorization, /^Bearer [\w-]+\.[\w-]+\.[\w-]+$/)
})

test('what is asked for fits the bank and the person', async (t) => {
  const { provider, asked } = await anApiToAuthorise(t)
  const listed = await provider.listInstitutions()
  const bodyOf = async (change: Partial<typeof consentAsk> & { readonly language?: string }): Promise<unknown> => {
    await provider.startConsent({ ...consentAsk, ...change })
    return JSON.parse(asked('POST /auth').body)
  }
  const personal = listed.find(({ name }) => name === 'Säästöpankki')?.nativeId ?? ''
  t.match(await bodyOf({ nativeId: personal }), { aspsp: { name: 'Säästöpankki' }, psu_type: 'personal' })
  t.match(await bodyOf({ validDays: 30 }), { access: { valid_until: '2026-12-21T12:00:00.000Z' } })
  t.match(await bodyOf({ nativeId: 'FI-Aktia' }), { access: { valid_until: '2026-11-21T12:55:00.000Z' } })
  for (const [language, told] of [
    ['fi', 'fi'],
    ['sv-FI', 'sv'],
    ['NB', 'nb'],
    ['fin', undefined],
    ['', undefined],
  ] as const)
    t.equal(Object(await bodyOf({ language })).language, told, language)
})

test('an answer that leads nowhere is nonsense', async (t) => {
  const { provider, replies } = await anApiToAuthorise(t)
  for (const [json, message] of [
    [{ ...started, url: '/ais/start' }, /\$\.url should be a web address/],
    [{ ...started, url: 'javascript:alert(1)' }, /\$\.url should be a web address/],
    [{ ...started, url: null }, /\$\.url should be a web address/],
    [{ url: started.url }, /\$\.authorization_id should be a text/],
  ] as const) {
    replies.set('POST /auth', { json })
    t.match(await refusalOf(provider.startConsent(consentAsk)), { kind: 'nonsense', message })
  }
  replies.set('POST /auth', errorOf(400, 'REDIRECT_URI_NOT_ALLOWED'))
  t.match(await refusalOf(provider.startConsent(consentAsk)), {
    kind: 'refused',
    message:
      'Enable Banking, new authorisation: answered 400 REDIRECT_URI_NOT_ALLOWED; add the callback to the redirect URLs of the application',
  })
})

test('the state is what the callback says it is', async (t) => {
  const { provider } = await anApi(t)
  t.equal(provider.stateIn({ state: 'abc', code: '1' }), 'abc')
  t.equal(provider.stateIn({ code: '1' }), undefined)
})

const complete = ({ provider }: FakeApi, query: Readonly<Record<string, string>>, ref = attemptRef()) =>
  provider.completeConsent({ nativeId, ref, query, psu, now })

const granted = {
  kind: 'granted',
  ref: JSON.stringify({ sessionId: 's-1', psuHeaders: ['psu-ip-address'] }),
  validFrom: now,
  expiresAt: new Date('2027-02-19T05:16:41.977Z'),
  accounts: [
    {
      ref: account.uid,
      name: 'TESTITILI',
      type: 'current',
      currency: 'EUR',
      iban: 'FI2112345600000785',
      stableHash: account.identification_hash,
      owner: 'MAKKONEN MARJA-LIISA',
      usage: 'private',
    },
  ],
}

test('a code is exchanged once, however often and at once it comes', async (t) => {
  const api = await anApi(t)
  api.replies.set('POST /sessions', [{ json: session }, errorOf(422, 'ALREADY_AUTHORIZED')])
  const ref = attemptRef('a-1', ['psu-ip-address'])
  const query = { code: 'c-1', state: 'x' }
  const outcomes = await Promise.all([complete(api, query, ref), complete(api, query, ref)])
  for (const outcome of [...outcomes, await complete(api, query, ref)]) t.same(outcome, granted)
  t.same(await complete(api, {}, ref), granted, 'the clock asks, without the code')
  t.same(await complete(api, { error: 'access_denied' }, ref), granted, 'nobody takes it back by typing')
  t.same(await complete(api, { code: 'c-2' }, ref), granted, 'or by another code')
  t.equal(api.lines.length, 1)
  t.same(JSON.parse(api.asked('POST /sessions').body), { code: 'c-1' })
})

test('what came of a code is remembered for an hour', async (t) => {
  const api = await anApi(t)
  api.replies.set('POST /sessions', [{ json: session }, errorOf(422, 'ALREADY_AUTHORIZED')])
  await complete(api, { code: 'c-1' })
  api.clock.advance({ minutes: 59 })
  t.match(await complete(api, {}), { kind: 'granted' })
  api.clock.advance({ minutes: 1 })
  t.match(await complete(api, {}), { kind: 'pending' })
  t.match(await complete(api, { code: 'c-1' }), { kind: 'failed' })
})

test('a thousand are remembered, the latest', async (t) => {
  const api = await anApi(t)
  api.replies.set('POST /sessions', { json: session })
  for (let number = 0; number <= 1000; number += 1) await complete(api, { code: 'c' }, attemptRef(`a-${number}`))
  t.match(await complete(api, {}, attemptRef('a-0')), { kind: 'pending' })
  t.match(await complete(api, {}, attemptRef('a-1')), { kind: 'granted' })
})

test('a code that another process has exchanged is failed only after that has had its time', async (t) => {
  const api = await anApi(t)
  const other = await anApi(t, api)
  api.replies.set('POST /sessions', [{ json: session }, errorOf(422, 'ALREADY_AUTHORIZED')])
  t.match(await complete(api, { code: 'c-1' }), { kind: 'granted' })
  const before = performance.now()
  t.same(await complete(other, { code: 'c-1' }), {
    kind: 'failed',
    failure: 'provider_error',
    text: 'The bank approved, but the approval could not be used. Please authorise again.',
  })
  t.ok(performance.now() - before >= 45)
})

test('codes that are no good fail, and say what to do', async (t) => {
  const api = await anApi(t)
  api.replies.set('POST /sessions', errorOf(422, 'EXPIRED_AUTHORIZATION_CODE'))
  t.match(await complete(api, { code: 'c-1' }), { kind: 'failed', failure: 'timed_out', text: /authorise again/ })
  api.replies.set('POST /sessions', errorOf(422, 'WRONG_AUTHORIZATION_CODE'))
  t.match(await complete(api, { code: 'c-2' }), { kind: 'failed', failure: 'provider_error', text: /authorise again/ })
  t.match(await complete(api, {}), { kind: 'pending' }, 'and are forgotten')
})

test('an exchange that could not be made now is made by the clock, with the code that it has not', async (t) => {
  const api = await anApi(t)
  api.replies.set('POST /sessions', [errorOf(408, 'ASPSP_TIMEOUT'), { json: session }])
  t.match(await refusalOf(complete(api, { code: 'c-1' })), { kind: 'temporary' })
  t.match(await complete(api, {}), { kind: 'granted', ref: sessionRef() })
  t.equal(api.lines.length, 2)
  api.replies.set('POST /sessions', errorOf(403, 'NO_ACCOUNTS_ADDED'))
  t.match(await refusalOf(complete(api, { code: 'c-1' }, attemptRef('a-2'))), {
    kind: 'refused',
    message: /link accounts to the application/,
  })
  t.match(await complete(api, {}, attemptRef('a-2')), { kind: 'pending' })
})

test('without a code the word of the callback tells why, and without that nothing is known', async (t) => {
  const api = await anApi(t)
  t.same(await complete(api, { state: 'x' }), { kind: 'pending' })
  t.same(await complete(api, { code: '', state: 'x' }), { kind: 'pending' })
  // Words and descriptions as production logs have them: whisper-money/whisper-money#799, erp-mafia/accounted#2654.
  const cases: [error: string, description: string | undefined, failure: string][] = [
    ['access_denied', undefined, 'cancelled_by_person'],
    ['access_denied', 'Cancelled by user', 'cancelled_by_person'],
    ['access_denied', 'Denied data sharing consent', 'cancelled_by_person'],
    ['server_error', 'User canceled', 'cancelled_by_person'],
    ['access_denied', 'Invalid credentials', 'rejected_by_bank'],
    ['access_denied', 'You cannot retrieve account information, please ask PSU to contact bank', 'insufficient_rights'],
    ['server_error', undefined, 'bank_unavailable'],
    ['temporarily_unavailable', '', 'bank_unavailable'],
    ['invalid_request', undefined, 'provider_error'],
    ['invalid_client', 'Algún reto es erróneo. SOLUCION: Debe reintentar el flujo.', 'provider_error'],
    ['constructor', 'Kari Nordmann', 'provider_error'],
  ]
  for (const [error, description, failure] of cases) {
    const outcome = await complete(api, { error, ...(description !== undefined && { error_description: description }) })
    t.match(outcome, { kind: 'failed', failure }, `${error} ${description}`)
    if (description) t.notMatch(JSON.stringify(outcome), description)
  }
  t.same(api.lines, [], 'there is nobody to ask')
})

test('a session that cannot be read is nonsense, and where', async (t) => {
  const api = await anApi(t)
  const [one] = session.accounts
  const cases: [unknown, RegExp][] = [
    [{ ...session, session_id: null }, /\$\.session_id should be a text/],
    [{ ...session, accounts: null }, /\$\.accounts should be a list/],
    [{ ...session, access: {} }, /\$\.access\.valid_until should be an instant/],
    [{ ...session, access: { valid_until: '2027-02-19' } }, /\$\.access\.valid_until should be an instant/],
    [{ ...session, access: { valid_until: '2027-02-19T05:16:41' } }, /\$\.access\.valid_until should be an instant/],
    [{ ...session, access: { valid_until: '2027-02-30T99:16:41Z' } }, /\$\.access\.valid_until should be an instant/],
    [{ ...session, accounts: [{ ...one, currency: 'euro' }] }, /\$\.accounts\[0\]\.currency should be a currency/],
    [{ ...session, accounts: [{ ...one, uid: 7 }] }, /\$\.accounts\[0\]\.uid should be a text/],
  ]
  for (const [json, message] of cases) {
    api.replies.set('POST /sessions', { json })
    t.match(await refusalOf(complete(api, { code: 'c' })), { kind: 'nonsense', message })
  }
  t.equal(
    api.lines.filter((line) => line === 'DELETE /sessions/s-1').length,
    cases.length - 1,
    'and does not stay behind where its id is told',
  )
})

test('an account that cannot be read does not cost the others', async (t) => {
  const api = await anApi(t)
  const odd = [{ ...account, currency: 'euro' }, { ...account, uid: 7 }, null]
  api.replies.set('POST /sessions', { json: { ...session, accounts: [...odd, account] } })
  t.same(await complete(api, { code: 'c-1' }, attemptRef('a-1', ['psu-ip-address'])), granted)
})

const sessionLine = 'GET /sessions/s-1'
const ofSession = { nativeId, ref: sessionRef() }

test('a session’s states are ours', async (t) => {
  const { provider, replies } = await anApi(t)
  const expiresAt = new Date('2027-02-19T05:16:41.977Z')
  const states: [string, unknown][] = [
    ['AUTHORIZED', { state: 'usable', expiresAt }],
    ['EXPIRED', { state: 'expired' }],
    ['REVOKED', { state: 'revoked' }],
    ['CLOSED', { state: 'revoked' }],
    ['CANCELLED', { state: 'revoked' }],
    ['INVALID', { state: 'revoked' }],
  ]
  for (const [status, state] of states) {
    replies.set(sessionLine, { json: { ...session, status } })
    t.same(await provider.consentState(ofSession), state, status)
  }
  for (const status of ['PENDING_AUTHORIZATION', 'RETURNED_FROM_BANK']) {
    replies.set(sessionLine, { json: { ...session, status } })
    t.equal((await refusalOf(provider.consentState(ofSession))).kind, 'needs_person', status)
  }
  replies.set(sessionLine, { json: { ...session, status: 'FINE' } })
  t.match(await refusalOf(provider.consentState(ofSession)), {
    kind: 'nonsense',
    message: /\$\.status should be one of/,
  })
  for (const [status, code, state] of [
    [401, 'EXPIRED_SESSION', 'expired'],
    [401, 'CLOSED_SESSION', 'revoked'],
    [401, 'REVOKED_SESSION', 'revoked'],
    [404, 'SESSION_DOES_NOT_EXIST', 'revoked'],
  ] as const) {
    replies.set(sessionLine, errorOf(status, code))
    t.same(await provider.consentState(ofSession), { state }, code)
  }
  replies.set(sessionLine, errorOf(500, 'ASPSP_ERROR'))
  t.equal((await refusalOf(provider.consentState(ofSession))).kind, 'temporary')
  t.equal((await refusalOf(provider.consentState({ nativeId, ref: attemptRef() }))).kind, 'needs_person')
})

test('a session is ended there, gone or not, and an attempt ends by itself', async (t) => {
  const { provider, replies, lines } = await anApi(t)
  replies.set('DELETE /sessions/s-1', { json: { message: 'OK' } })
  t.equal(await provider.revokeConsent(ofSession), 'ended')
  for (const code of ['CLOSED_SESSION', 'EXPIRED_SESSION', 'REVOKED_SESSION', 'SESSION_DOES_NOT_EXIST']) {
    replies.set('DELETE /sessions/s-1', errorOf(401, code))
    t.equal(await provider.revokeConsent(ofSession), 'ended', code)
  }
  replies.set('DELETE /sessions/s-1', errorOf(408, 'ASPSP_TIMEOUT'))
  t.equal((await refusalOf(provider.revokeConsent(ofSession))).kind, 'temporary')
  const before = lines.length
  t.equal(await provider.revokeConsent({ nativeId, ref: attemptRef() }), 'ended')
  t.equal(lines.length, before)
})

test('a reference that is not ours is refused', async (t) => {
  const { provider } = await anApi(t)
  for (const ref of [
    '',
    '{',
    '{}',
    '[]',
    'null',
    '{"sessionId":"s"}',
    '{"psuHeaders":[]}',
    '{"sessionId":1,"psuHeaders":[]}',
  ])
    await t.rejects(provider.consentState({ nativeId, ref }), Error, ref)
  await t.rejects(
    provider.completeConsent({ nativeId, ref: sessionRef(), query: {}, now }),
    /not a reference to an attempt/,
  )
  await t.rejects(
    provider.fetchBalances({ nativeId, ref: attemptRef(), accountRef: 'u-1', currency: 'EUR', now }),
    /not a reference to an Enable Banking session/,
  )
})
