import { test } from 'tap'
import type { ConsentAsk, SessionFailure } from '../../../src/providers/provider.ts'
import { refusalOf } from '../../support/refusal.ts'
import { aBank, errorOf, nativeId, now, psu, refTo } from './bank.ts'
import { accountList, consent, consentCreated, consentCreatedForOAuth } from './fixtures.ts'

const callbackUrl = 'https://bankfeed.example/callback/berlin-group'
const ask: ConsentAsk = { nativeId, callbackUrl, state: 's3cret', validDays: 90, language: 'nb', psu, now }
const created = (json: unknown) => ({ status: 201, json })

test('a consent is asked for as the standard has it: bank-offered, recurring, by redirect, with the person there', async (t) => {
  const bank = await aBank(t)
  bank.replies.set('POST /psd2/v1/consents', created(consentCreated))
  const { redirectUrl } = await bank.provider.startConsent(ask)
  t.equal(redirectUrl, 'https://login.testbank.example/authentication/c-4711')
  const { headers, body } = bank.asked('POST /psd2/v1/consents')
  t.same(JSON.parse(body), {
    access: { accounts: [], balances: [], transactions: [] },
    recurringIndicator: true,
    validUntil: '2027-02-19',
    frequencyPerDay: 4,
    combinedServiceIndicator: false,
  })
  t.match(headers, {
    accept: 'application/json',
    'content-type': 'application/json',
    'x-request-id': '00000000-0000-7000-8000-000000000001',
    'psu-ip-address': '192.0.2.7',
    'psu-user-agent': 'Mozilla/5.0 (test)',
    'psu-accept-language': 'nb',
    'tpp-redirect-preferred': 'true',
    'tpp-redirect-uri': `${callbackUrl}?state=s3cret`,
    'tpp-nok-redirect-uri': `${callbackUrl}?state=s3cret&outcome=nok`,
  })
})

test('a consent is asked for no longer than the bank gives, counted in days of the bank', async (t) => {
  const bank = await aBank(t, { config: { maxConsentDays: 30 } })
  bank.replies.set('POST /psd2/v1/consents', created(consentCreated))
  // In Oslo it is 22 November already.
  await bank.provider.startConsent({ ...ask, validDays: 180, now: new Date('2026-11-21T23:30:00Z') })
  t.match(JSON.parse(bank.asked('POST /psd2/v1/consents').body), { validUntil: '2026-12-22' })
})

test('a browser that calls itself something odd is still introduced', async (t) => {
  const bank = await aBank(t)
  bank.replies.set('POST /psd2/v1/consents', created(consentCreated))
  await bank.provider.startConsent({ ...ask, psu: { ...psu, userAgent: `Brøwser\n😀${'x'.repeat(1000)}` } })
  const agent = String(bank.asked('POST /psd2/v1/consents').headers['psu-user-agent'])
  t.match(agent, /^Br\?wser\?\?\?x+$/)
  t.equal(agent.length, 512)
})

test('a bank that wants another way than a redirect is refused', async (t) => {
  const bank = await aBank(t)
  bank.replies.set('POST /psd2/v1/consents', created(consentCreatedForOAuth))
  t.match(await refusalOf(bank.provider.startConsent(ask)), {
    kind: 'refused',
    message: 'Test Bank, new consent: the bank offers no redirect',
  })
})

test('only a whole web address is a place to send a browser to', async (t) => {
  const bank = await aBank(t)
  const hrefs = [
    '/authentication/1',
    'authentication/1',
    '//evil.example/1',
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://bank/',
    'https://',
    'www.testbank.com/authentication/1',
  ]
  for (const href of hrefs) {
    bank.replies.set('POST /psd2/v1/consents', created({ ...consentCreated, _links: { scaRedirect: { href } } }))
    t.equal((await refusalOf(bank.provider.startConsent(ask))).kind, 'nonsense', href)
  }
})

test('the status of an authorisation is read at the bank or nowhere', async (t) => {
  const bank = await aBank(t)
  const links = {
    scaRedirect: { href: 'https://login.testbank.example/authentication/c-4711' },
    scaStatus: { href: 'https://evil.example/psd2/v1/consents/c-4711/authorisations/a-1' },
  }
  bank.replies.set('POST /psd2/v1/consents', created({ ...consentCreated, _links: links }))
  t.match(await refusalOf(bank.provider.startConsent(ask)), {
    kind: 'nonsense',
    message: 'Test Bank, new consent: a link leads away from the bank',
  })
})

const complete = { nativeId, query: {}, psu, now }

test('a valid consent is granted, with what the bank says of it and not what the query says', async (t) => {
  const bank = await aBank(t)
  bank.replies.set('POST /psd2/v1/consents', created(consentCreated))
  const { ref } = await bank.provider.startConsent({ ...ask, validDays: 180 })
  bank.replies.set('GET /psd2/v1/consents/c-4711/status', { json: { consentStatus: 'valid' } })
  bank.replies.set('GET /psd2/v1/consents/c-4711', { json: consent })
  bank.replies.set('GET /psd2/v1/accounts', { json: accountList })
  const outcome = await bank.provider.completeConsent({
    ...complete,
    ref,
    query: { outcome: 'nok', error: 'access_denied' },
  })
  t.match(outcome, { kind: 'granted', ref, validFrom: now })
  t.equal(outcome.kind === 'granted' && outcome.accounts.length, 2)
  // The 19th is the last day; in Oslo it ends at 23:00 UTC.
  t.equal(outcome.kind === 'granted' && outcome.expiresAt.toISOString(), '2027-02-19T23:00:00.000Z')
  t.same(await bank.provider.completeConsent({ ...complete, ref }), outcome, 'and again the same')
  const { headers } = bank.asked('GET /psd2/v1/accounts')
  t.match(headers, { 'consent-id': 'c-4711', 'psu-ip-address': '192.0.2.7', 'psu-user-agent': 'Mozilla/5.0 (test)' })
})

test('a consent never lasts longer than was asked for, whatever the bank says', async (t) => {
  const bank = await aBank(t)
  const cases = [
    ['9999-12-31', '2027-05-20T22:00:00.000Z'],
    ['2027-05-21', '2027-05-20T22:00:00.000Z'],
    ['2027-05-20', '2027-05-20T22:00:00.000Z'],
    ['2027-05-19', '2027-05-19T22:00:00.000Z'],
    ['2026-11-21', '2026-11-21T23:00:00.000Z'],
  ] as const
  for (const [validUntil, expected] of cases) {
    bank.replies.set('GET /psd2/v1/consents/c-1', { json: { ...consent, validUntil } })
    const state = await bank.provider.consentState({ nativeId, ref: refTo('c-1') })
    t.equal(state.state === 'usable' && state.expiresAt.toISOString(), expected, validUntil)
  }
})

test('an approval that is still to come is pending, whatever the query says', async (t) => {
  const bank = await aBank(t)
  for (const consentStatus of ['received', 'partiallyAuthorised']) {
    bank.replies.set('GET /psd2/v1/consents/c-1/status', { json: { consentStatus } })
    for (const query of [{}, { outcome: 'nok' }, { status: 'valid' }]) {
      t.same(
        await bank.provider.completeConsent({ ...complete, ref: refTo('c-1'), query }),
        { kind: 'pending' },
        consentStatus,
      )
    }
  }
})

test('an approval that came to nothing says why, as far as the standard can tell', async (t) => {
  const bank = await aBank(t)
  const cases: [status: string, scaStatus: string | null, nok: boolean, SessionFailure][] = [
    ['rejected', 'finalised', true, 'rejected_by_bank'],
    ['rejected', 'exempted', true, 'rejected_by_bank'],
    ['rejected', 'failed', false, 'rejected_by_bank'],
    ['rejected', 'failed', true, 'cancelled_by_person'],
    ['rejected', 'psuIdentified', false, 'cancelled_by_person'],
    ['rejected', 'started', true, 'cancelled_by_person'],
    ['rejected', null, true, 'cancelled_by_person'],
    ['rejected', null, false, 'rejected_by_bank'],
    ['expired', null, false, 'timed_out'],
    ['revokedByPsu', null, false, 'cancelled_by_person'],
    ['terminatedByTpp', null, false, 'provider_error'],
  ]
  const line = 'GET /psd2/v1/consents/c-1/authorisations/a-1'
  const ref = refTo('c-1', { scaStatusUrl: `${bank.baseUrl}/v1/consents/c-1/authorisations/a-1` })
  for (const [consentStatus, scaStatus, nok, failure] of cases) {
    bank.replies.set('GET /psd2/v1/consents/c-1/status', { json: { consentStatus } })
    bank.replies.delete(line)
    if (scaStatus !== null) bank.replies.set(line, { json: { scaStatus } })
    const outcome = await bank.provider.completeConsent({ ...complete, ref, query: nok ? { outcome: 'nok' } : {} })
    t.match(outcome, { kind: 'failed', failure }, `${consentStatus} ${scaStatus} ${nok}`)
  }
})

test('whom the bank lets in and says to lack a right lacks one, in whatever language; and what it says is not told on', async (t) => {
  const bank = await aBank(t)
  const ref = refTo('c-1', { scaStatusUrl: `${bank.baseUrl}/v1/consents/c-1/authorisations/a-1` })
  const cases: readonly [psuMessage: unknown, scaStatus: string, SessionFailure][] = [
    ['You do not have the right to share the accounts of Fjordlys.', 'finalised', 'insufficient_rights'],
    ['Du mangler nødvendige rettigheter.', 'finalised', 'insufficient_rights'],
    ['Du saknar behörighet', 'exempted', 'insufficient_rights'],
    ['U bent niet bevoegd', 'finalised', 'insufficient_rights'],
    ['The authorisation was refused.', 'finalised', 'rejected_by_bank'],
    ['You have the right to cancel, and did.', 'failed', 'rejected_by_bank'],
    [7, 'finalised', 'rejected_by_bank'],
    ['', 'finalised', 'rejected_by_bank'],
  ]
  for (const [psuMessage, scaStatus, failure] of cases) {
    bank.replies.set('GET /psd2/v1/consents/c-1/status', { json: { consentStatus: 'rejected', psuMessage } })
    bank.replies.set('GET /psd2/v1/consents/c-1/authorisations/a-1', { json: { scaStatus } })
    const outcome = await bank.provider.completeConsent({ ...complete, ref, query: {} })
    t.match(outcome, { kind: 'failed', failure }, String(psuMessage))
    t.notMatch(JSON.stringify(outcome), 'Fjordlys')
  }
})

test('a granted consent has one of three states, and two statuses wait for a person', async (t) => {
  const bank = await aBank(t)
  const states = { expired: 'expired', rejected: 'revoked', revokedByPsu: 'revoked', terminatedByTpp: 'revoked' }
  for (const [consentStatus, state] of Object.entries(states)) {
    bank.replies.set('GET /psd2/v1/consents/c-1', { json: { ...consent, consentStatus } })
    t.same(await bank.provider.consentState({ nativeId, ref: refTo('c-1') }), { state }, consentStatus)
  }
  for (const consentStatus of ['received', 'partiallyAuthorised']) {
    bank.replies.set('GET /psd2/v1/consents/c-1', { json: { ...consent, consentStatus } })
    t.equal(
      (await refusalOf(bank.provider.consentState({ nativeId, ref: refTo('c-1') }))).kind,
      'needs_person',
      consentStatus,
    )
  }
})

test('a bank that no longer knows a consent has answered what its state is', async (t) => {
  const bank = await aBank(t)
  const cases = [
    [401, 'CONSENT_EXPIRED', 'expired'],
    [401, 'CONSENT_INVALID', 'revoked'],
    [403, 'CONSENT_UNKNOWN', 'revoked'],
    [400, 'CONSENT_UNKNOWN', 'revoked'],
  ] as const
  for (const [status, code, state] of cases) {
    bank.replies.set('GET /psd2/v1/consents/c-1', errorOf(status, code))
    t.same(await bank.provider.consentState({ nativeId, ref: refTo('c-1') }), { state }, code)
  }
  bank.replies.set('GET /psd2/v1/consents/c-1', { status: 503 })
  t.equal((await refusalOf(bank.provider.consentState({ nativeId, ref: refTo('c-1') }))).kind, 'temporary')
})

test('a consent is ended at the bank, and ending it again is harmless', async (t) => {
  const bank = await aBank(t)
  const line = 'DELETE /psd2/v1/consents/c-1'
  const gone = [
    { status: 204 },
    { status: 200, json: {} },
    errorOf(404, 'RESOURCE_UNKNOWN'),
    { status: 410 },
    errorOf(403, 'CONSENT_UNKNOWN'),
    errorOf(401, 'CONSENT_EXPIRED'),
  ]
  for (const reply of gone) {
    bank.replies.set(line, reply)
    t.equal(await bank.provider.revokeConsent({ nativeId, ref: refTo('c-1') }), 'ended', JSON.stringify(reply))
  }
  t.notOk('psu-ip-address' in bank.asked(line).headers)
  for (const [status, kind] of [
    [500, 'temporary'],
    [401, 'refused'],
    [302, 'nonsense'],
  ] as const) {
    bank.replies.set(line, { status })
    t.equal((await refusalOf(bank.provider.revokeConsent({ nativeId, ref: refTo('c-1') }))).kind, kind)
  }
})

test('an id that a bank makes up cannot lead elsewhere in its API', async (t) => {
  const bank = await aBank(t)
  bank.replies.set('DELETE /psd2/v1/consents/a%2F..%2F..%2Fother%3Fx', { status: 204 })
  t.equal(await bank.provider.revokeConsent({ nativeId, ref: refTo('a/../../other?x') }), 'ended')
  bank.replies.set('POST /psd2/v1/consents', created({ ...consentCreated, consentId: 'a b\r\nx-evil: 1' }))
  t.match(await refusalOf(bank.provider.startConsent(ask)), {
    kind: 'nonsense',
    message: /\$\.consentId should be printable ASCII/,
  })
})

test('a bank that is not configured is refused, and a reference that is not ours is a mistake of ours', async (t) => {
  const { provider } = await aBank(t)
  t.match(await refusalOf(provider.startConsent({ ...ask, nativeId: 'gone-bank' })), { kind: 'refused' })
  for (const ref of ['{}', '"c-1"', 'null', '{"consentId":"c-1","validUntil":"soon"}', 'c-1']) {
    await t.rejects(provider.revokeConsent({ nativeId, ref }), { name: /^(Error|SyntaxError)$/ }, ref)
  }
})
