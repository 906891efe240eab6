import { test } from 'tap'
import { approve, open, submit } from './browser.ts'
import { askBody, askHeaders, linkOf, refusalOf, sandboxFor } from './harness.ts'

test('a consent is received, authorised by the person at the bank, and then valid', async (t) => {
  const bank = await sandboxFor(t)
  const asked = await bank.ask('fjordbanken')
  t.equal(asked.status, 201)
  t.equal(asked.headers.get('aspsp-sca-approach'), 'REDIRECT')
  t.equal(asked.headers.get('location'), `${bank.sandbox.url}/fjordbanken/v1/consents/${asked.body.consentId}`)
  t.equal(asked.body.consentStatus, 'received')

  const scaStatus = async () => (await bank.call('fjordbanken', 'GET', linkOf(asked.body, 'scaStatus'))).body.scaStatus
  const status = async () => (await bank.call('fjordbanken', 'GET', linkOf(asked.body, 'status'))).body.consentStatus
  t.equal(await scaStatus(), 'received')
  const login = await open(linkOf(asked.body, 'scaRedirect'))
  const approval = await submit(login, login.forms[0], { typed: { login: 'anna', password: 'x' } })
  t.equal(await scaStatus(), 'psuAuthenticated')
  t.equal(await status(), 'received')
  const end = await submit(approval, approval.forms[0], { button: 'approve' })
  t.equal(end.status, 303)
  t.equal(end.url, askHeaders['tpp-redirect-uri'], 'the query of the redirect address is as it was')
  t.equal(await scaStatus(), 'finalised')
  t.equal(await status(), 'valid')

  const { body } = await bank.call('fjordbanken', 'GET', linkOf(asked.body, 'self'))
  t.equal(body.access?.['transactions']?.length, 5)
  t.same(body.access?.['balances']?.[0], { iban: 'NO9386011117947', currency: 'NOK' })
})

test('every bank answers as specified from the first call to the last row', async (t) => {
  const bank = await sandboxFor(t)
  for (const { id } of bank.sandbox.banks) {
    const tpp = await bank.consent(id, 'anna')
    await bank.call(id, 'GET', `/v1/consents/${tpp.consentId}`)
    await bank.call(id, 'GET', `/v1/consents/${tpp.consentId}/authorisations`)
    for (const account of await tpp.accounts()) {
      await tpp.get(`/v1/accounts/${account.resourceId}?withBalance=true`)
      await tpp.get(linkOf(account, 'balances'))
      const { booked } = await tpp.transactions(account, 'bookingStatus=both&dateFrom=2025-12-15')
      t.ok(booked.length > 0, `${id} ${account.iban ?? account.maskedPan}`)
    }
    await bank.call(id, 'DELETE', `/v1/consents/${tpp.consentId}`)
  }
})

test('the bank lowers days and frequency to what it allows', async (t) => {
  const bank = await sandboxFor(t)
  const granted = async (id: string, body: Record<string, unknown>) => {
    const { body: asked } = await bank.ask(id, { body })
    const { validUntil, frequencyPerDay } = (await bank.call(id, 'GET', linkOf(asked, 'self'))).body
    return [validUntil, frequencyPerDay]
  }
  t.same(await granted('fjordbanken', {}), ['2026-09-06', 4], '180 days')
  t.same(await granted('hansebank', {}), ['2026-06-08', 4], '90 days')
  t.same(await granted('hansebank', { validUntil: '2026-03-20', frequencyPerDay: 100 }), ['2026-03-20', 4])
  t.same(
    await granted('hansebank', { recurringIndicator: false, frequencyPerDay: 1 }),
    ['2026-03-10', 1],
    'one-off: today',
  )
})

test("a new recurring consent ends the same person's former one at that bank, and nobody else's", async (t) => {
  const bank = await sandboxFor(t)
  const otherTpp = { 'tpp-signature-certificate': 'another' }
  const former = await bank.consent('fjordbanken', 'anna')
  const dinas = await bank.consent('fjordbanken', 'dina')
  const elsewhere = await bank.consent('nordlys', 'anna')
  const oneOff = await bank.consent('fjordbanken', 'anna', { body: { recurringIndicator: false, frequencyPerDay: 1 } })
  t.equal(await former.status(), 'valid', 'a one-off consent ends nothing')
  const { body: othersAsk } = await bank.ask('fjordbanken', { headers: otherTpp })
  await approve(linkOf(othersAsk, 'scaRedirect'), 'anna')
  t.equal(await former.status(), 'valid', 'another TPP ends nothing of ours')

  const { body: asked } = await bank.ask('fjordbanken')
  t.equal(await former.status(), 'valid', 'asking alone ends nothing')
  await approve(linkOf(asked, 'scaRedirect'), 'anna')
  t.equal(await former.status(), 'expired')
  t.equal(refusalOf(await former.get('/v1/accounts')), '401 CONSENT_EXPIRED')
  t.equal(await dinas.status(), 'valid')
  t.equal(await elsewhere.status(), 'valid')
  t.equal(await oneOff.status(), 'valid')
  const { body } = await bank.call('fjordbanken', 'GET', linkOf(othersAsk, 'status'), { headers: otherTpp })
  t.equal(body.consentStatus, 'valid')
})

test("a consent ends by time, in the bank's own zone", async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('fjordbanken', 'anna', { body: { validUntil: '2026-03-12' } })
  bank.at('2026-03-12T22:59:00Z')
  t.equal(await tpp.status(), 'valid', 'to the last minute of that day in Oslo')
  bank.at('2026-03-12T23:00:00Z')
  t.equal(await tpp.status(), 'expired')
  t.equal(refusalOf(await tpp.get('/v1/accounts')), '401 CONSENT_EXPIRED')
})

test('what nobody authorises within an hour is rejected', async (t) => {
  const bank = await sandboxFor(t)
  const { body } = await bank.ask('polder-bank')
  bank.later(61)
  const answer = await bank.call('polder-bank', 'GET', linkOf(body, 'status'))
  t.equal(answer.body.consentStatus, 'rejected')
  t.equal((await open(linkOf(body, 'scaRedirect'))).status, 410)
})

test('the TPP ends a consent, and repeating that is harmless', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('fjordbanken', 'anna')
  const end = () =>
    bank.call('fjordbanken', 'DELETE', `/v1/consents/${tpp.consentId}`, {
      headers: { 'content-type': 'application/json' },
    })
  t.equal((await end()).status, 204)
  t.equal(await tpp.status(), 'terminatedByTpp')
  t.equal(refusalOf(await tpp.get('/v1/accounts')), '401 CONSENT_INVALID')
  t.equal((await end()).status, 204)
})

test('the TPP cannot end what is over already', async (t) => {
  const bank = await sandboxFor(t)
  const expired = await bank.consent('fjordbanken', 'anna')
  const revoked = await bank.consent('fjordbanken', 'dina')
  await bank.control('POST', `/consents/${expired.consentId}/expire`)
  await bank.control('POST', `/consents/${revoked.consentId}/revoke`)
  t.equal(
    refusalOf(await bank.call('fjordbanken', 'DELETE', `/v1/consents/${expired.consentId}`)),
    '401 CONSENT_EXPIRED',
  )
  t.equal(
    refusalOf(await bank.call('fjordbanken', 'DELETE', `/v1/consents/${revoked.consentId}`)),
    '401 CONSENT_INVALID',
  )
})

test('a consent is known to its bank and its TPP alone', async (t) => {
  const bank = await sandboxFor(t)
  const { consentId } = await bank.consent('fjordbanken', 'anna')
  const path = `/v1/consents/${consentId}`
  for (const method of ['GET', 'DELETE']) {
    t.equal(refusalOf(await bank.call('nordlys', method, path)), '403 CONSENT_UNKNOWN')
    const other = { headers: { 'tpp-signature-certificate': 'another' } }
    t.equal(refusalOf(await bank.call('fjordbanken', method, path, other)), '403 CONSENT_UNKNOWN')
  }
  t.equal(refusalOf(await bank.call('fjordbanken', 'GET', '/v1/consents/nonsense/status')), '403 CONSENT_UNKNOWN')
  t.equal(refusalOf(await bank.call('fjordbanken', 'GET', `${path}/authorisations/nonsense`)), '404 RESOURCE_UNKNOWN')
  t.equal(
    refusalOf(await bank.call('fjordbanken', 'POST', `${path}/authorisations`, { body: {} })),
    '409 STATUS_INVALID',
  )
})

test('a consent that is asked for wrongly is refused, with what is wrong', async (t) => {
  const bank = await sandboxFor(t)
  const withoutAccess = Object.fromEntries(Object.entries(askBody).filter(([name]) => name !== 'access'))
  const iban = { iban: 'NO9386011117947' }
  const cases: [
    name: string,
    refusal: string,
    path: string | undefined,
    body: unknown,
    headers: Record<string, string>,
  ][] = [
    ['no JSON', '400 FORMAT_ERROR', undefined, '{"access":', {}],
    ['no body', '400 FORMAT_ERROR', undefined, '', {}],
    ['XML', '415 UNSUPPORTED_MEDIA_TYPE', undefined, '<a/>', { 'content-type': 'application/xml' }],
    ['no access', '400 FORMAT_ERROR', undefined, withoutAccess, {}],
    ['empty access', '400 FORMAT_ERROR', 'access', { ...askBody, access: {} }, {}],
    ['some accounts', '400 FORMAT_ERROR', 'access', { ...askBody, access: { balances: [iban], transactions: [] } }, {}],
    ['a boolean as text', '400 FORMAT_ERROR', 'recurringIndicator', { ...askBody, recurringIndicator: 'true' }, {}],
    ['an unknown field', '400 FORMAT_ERROR', undefined, { ...askBody, more: 1 }, {}],
    [
      'no such IBAN form',
      '400 FORMAT_ERROR',
      'access.accounts.0.iban',
      { ...askBody, access: { accounts: [{ iban: '12' }] } },
      {},
    ],
    ['no day', '400 FORMAT_ERROR', 'validUntil', { ...askBody, validUntil: '2026-02-30' }, {}],
    ['a day that was', '400 FORMAT_ERROR', 'validUntil', { ...askBody, validUntil: '2026-03-09' }, {}],
    ['never', '400 FORMAT_ERROR', 'frequencyPerDay', { ...askBody, frequencyPerDay: 0 }, {}],
    ['one-off, four times', '400 FORMAT_ERROR', 'frequencyPerDay', { ...askBody, recurringIndicator: false }, {}],
    ['a combined session', '400 SESSIONS_NOT_SUPPORTED', undefined, { ...askBody, combinedServiceIndicator: true }, {}],
    [
      'all of PSD2',
      '400 PARAMETER_NOT_SUPPORTED',
      'access.allPsd2',
      { ...askBody, access: { allPsd2: 'allAccounts' } },
      {},
    ],
    ['no request id', '400 FORMAT_ERROR', 'X-Request-ID', askBody, { 'x-request-id': '' }],
    ['a request id of their own', '400 FORMAT_ERROR', 'X-Request-ID', askBody, { 'x-request-id': '17' }],
    ['no address of the person', '400 FORMAT_ERROR', 'PSU-IP-Address', askBody, { 'psu-ip-address': '' }],
    ['no address at all', '400 FORMAT_ERROR', 'PSU-IP-Address', askBody, { 'psu-ip-address': 'home' }],
    ['nowhere to go back to', '400 FORMAT_ERROR', 'TPP-Redirect-URI', askBody, { 'tpp-redirect-uri': '' }],
    [
      'a script to go back to',
      '400 FORMAT_ERROR',
      'TPP-Redirect-URI',
      askBody,
      { 'tpp-redirect-uri': 'javascript:alert(1)' },
    ],
    [
      'nowhere to go on failure',
      '400 FORMAT_ERROR',
      'TPP-Nok-Redirect-URI',
      askBody,
      { 'tpp-nok-redirect-uri': '/back' },
    ],
    ['XML wanted', '406 REQUESTED_FORMATS_INVALID', 'Accept', askBody, { accept: 'application/xml' }],
  ]
  for (const [name, refusal, path, body, headers] of cases) {
    const answer = await bank.call('fjordbanken', 'POST', '/v1/consents', {
      body,
      headers: { ...askHeaders, ...headers },
    })
    t.equal(refusalOf(answer), refusal, name)
    t.equal(answer.body.tppMessages?.[0]?.path, path, name)
    t.equal(answer.body.tppMessages?.[0]?.category, 'ERROR')
  }
  t.same((await bank.control('GET', '/consents')).body, [], 'none of them left a consent')
})

test('an unknown path is 404, a known one with another method 405', async (t) => {
  const bank = await sandboxFor(t)
  t.equal(refusalOf(await bank.call('fjordbanken', 'GET', '/v1/payments', { raw: true })), '404 RESOURCE_UNKNOWN')
  t.equal(refusalOf(await bank.call('fjordbanken', 'GET', '/v1/consents', { raw: true })), '405 SERVICE_INVALID')
  t.equal(
    refusalOf(await bank.call('fjordbanken', 'PUT', '/v1/consents/1', { body: {}, raw: true })),
    '405 SERVICE_INVALID',
  )
  t.equal(refusalOf(await bank.call('fjordbanken', 'DELETE', '/v1/accounts', { raw: true })), '405 SERVICE_INVALID')
  t.equal((await fetch(`${bank.sandbox.url}/no-such-bank/v1/accounts`)).status, 404)
})

test('the request id comes back, on success and on refusal', async (t) => {
  const bank = await sandboxFor(t)
  const headers = { 'x-request-id': '99391c7e-ad88-49ec-a2ad-99ddcb1f7721' }
  t.equal((await bank.ask('fjordbanken', { headers })).headers.get('x-request-id'), headers['x-request-id'])
  const refused = await bank.call('fjordbanken', 'GET', '/v1/accounts', { headers })
  t.equal(refused.headers.get('x-request-id'), headers['x-request-id'])
})
