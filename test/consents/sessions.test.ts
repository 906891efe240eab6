import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { fastify } from 'fastify'
import { t as file, test } from 'tap'
import { connectRoutes } from '../../src/consents/pages/routes.ts'
import { open } from '../sandbox/browser.ts'
import { startBankedService } from '../support/bank.ts'
import {
  company,
  decideAtBank,
  doneUrl,
  eventsOf,
  fjordbanken,
  headingOf,
  registered,
  toBank,
  visit,
  type Call,
} from './journey.ts'
import { registered as others, smuggled } from './smuggled.ts'

type Session = { readonly id: string; readonly url: string; readonly expiresAt: string }

/** For all tests of the file: each has a tenant of its own, and begins at the same instant. */
const service = await startBankedService(file)
file.beforeEach(() => service.clock.set('2026-11-21T09:00:00Z'))

async function started(call: Call, ask: Readonly<Record<string, unknown>> = {}): Promise<Session> {
  const { body, status } = await call('POST', `${company}/consent-sessions`, { institutionId: fjordbanken, ...ask })
  if (status !== 201) throw new Error(JSON.stringify(body))
  return body
}

const stateOf = async (call: Call, { id }: Pick<Session, 'id'>) =>
  (await call('GET', `/v1/consent-sessions/${id}`)).body

const leadsBackWith = ({ id }: Session, status: string): string => `${doneUrl}?session=${id}&status=${status}`

test('a session goes from created over opened and redirected to completed, and each step is told once', async (t) => {
  const { call, tenant } = await registered(service)
  const session = await started(call, { personId: 'anna', ledgerAccountIds: ['1920'] })
  t.match(session, { status: 'created', companyId: 'fjordlys', personId: 'anna', connectionIds: [] })
  t.match(session.url, /^http:\/\/bankfeed\.test\/connect\/[\w-]{43}$/, '256 bits in base64url')
  t.notOk('url' in (await stateOf(call, session)), 'the link is told only once')

  const welcome = await visit(service, session.url)
  t.equal(welcome.status, 200)
  t.match(welcome.text, 'Fjordlys Handel AS')
  t.match(welcome.text, 'NO93 •••• 7947', 'what to tick, and no more of it than its holder needs')
  const openedAt = (await stateOf(call, session)).openedAt
  t.match(await stateOf(call, session), { status: 'opened', openedAt: service.clock.now().toISOString() })
  service.clock.advance({ minutes: 1 })
  await visit(service, session.url)
  t.equal((await stateOf(call, session)).openedAt, openedAt, 'when it was first opened')

  const bankUrl = await toBank(service, session.url)
  t.ok(bankUrl.startsWith(`${service.bank.url}/fjordbanken/authorise/`))
  t.match(await stateOf(call, session), { status: 'redirected' })

  const back = await visit(service, await decideAtBank(bankUrl))
  t.equal(back.status, 303)
  t.equal(back.location, leadsBackWith(session, 'completed'))
  const completed = await stateOf(call, session)
  t.match(completed, { status: 'completed', refusedAccounts: [], consentId: String })
  t.equal(completed.connectionIds.length, 5)
  t.strictSame(
    (await eventsOf(service, tenant, 'consent_session')).map(({ type, data }) => [
      type,
      data['sessionId'],
      data['consentId'],
    ]),
    [
      ['consent_session.opened', session.id, undefined],
      ['consent_session.completed', session.id, completed.consentId],
    ],
  )
})

test('a session says where it stands to nobody but its tenant', async (t) => {
  const { call } = await registered(service)
  const { call: other } = await registered(service)
  const session = await started(call)
  for (const [method, path] of [
    ['GET', `/v1/consent-sessions/${session.id}`],
    ['DELETE', `/v1/consent-sessions/${session.id}`],
    ['POST', `/v1/consent-sessions/${session.id}/resend`],
  ] as const)
    t.match(await other(method, path), { status: 404, body: { code: 'session_not_found' } }, `${method} ${path}`)
  t.strictSame((await other('GET', `${company}/consent-sessions`)).body.data, [])
  t.equal((await visit(service, session.url)).status, 200, 'and it is still there')
})

test('sessions are listed newest first, by status, page by page', async (t) => {
  const { call } = await registered(service)
  const first = await started(call)
  const second = await started(call)
  const third = await started(call)
  await visit(service, second.url)
  const idsOf = async (query: string) =>
    (await call('GET', `${company}/consent-sessions${query}`)).body.data.map(({ id }: Session) => id)
  t.strictSame(await idsOf(''), [third.id, second.id, first.id])
  t.strictSame(await idsOf('?status=created'), [third.id, first.id])
  const page = (await call('GET', `${company}/consent-sessions?limit=2`)).body
  t.equal(page.data.length, 2)
  t.strictSame(await idsOf(`?limit=2&cursor=${page.nextCursor}`), [first.id])
})

test('a link that has ended says what became of it, on a page and not with an error', async (t) => {
  const { call } = await registered(service)
  const completed = await started(call)
  await visit(service, await decideAtBank(await toBank(service, completed.url)))
  const withdrawn = await started(call)
  t.match(await call('DELETE', `/v1/consent-sessions/${withdrawn.id}`), { status: 200, body: { status: 'withdrawn' } })
  const expired = await started(call, { expiresInHours: 1 })
  const expiredAfterCancel = await started(call, { expiresInHours: 1 })
  await visit(service, expiredAfterCancel.url, { step: 'cancel' })
  service.clock.advance({ hours: 1 })

  for (const [session, heading] of [
    [completed, 'This link has been used'],
    [withdrawn, 'This link was withdrawn'],
    [expired, 'This link has expired'],
    [expiredAfterCancel, 'This link has expired'],
  ] as const)
    for (const form of [
      undefined,
      { step: 'agree' },
      { step: 'bank', institutionId: fjordbanken },
      { step: 'cancel' },
    ]) {
      const seen = await visit(service, session.url, form)
      t.equal(seen.status, 410, `${heading}, ${form?.step ?? 'opened'}`)
      t.equal(headingOf(seen), heading)
      t.match(seen.text, 'Acme Books', 'whom to ask')
      t.notMatch(seen.text, '<form', 'and nothing to press')
    }
})

test('a link works for as many hours as were asked, to the millisecond', async (t) => {
  const { call } = await registered(service)
  const now = service.clock.now().getTime()
  for (const [expiresInHours, hours] of [
    [undefined, 72],
    [1, 1],
    [720, 720],
  ] as const) {
    const session = await started(call, { ...(expiresInHours !== undefined && { expiresInHours }) })
    t.equal(session.expiresAt, new Date(now + hours * 3_600_000).toISOString())
  }
  for (const expiresInHours of [0, 721, 1.5, '72', null])
    t.match(
      await call('POST', `${company}/consent-sessions`, { expiresInHours }),
      { status: 400, body: { code: 'invalid_request', errors: [{ path: '/body/expiresInHours' }] } },
      String(expiresInHours),
    )
  const session = await started(call, { expiresInHours: 2 })
  service.clock.advance({ hours: 2, ms: -1 })
  t.equal((await visit(service, session.url)).status, 200)
  service.clock.advance({ ms: 1 })
  t.equal((await visit(service, session.url)).status, 410)
})

test('resending makes a new link that lives as long as the first was to, and ends the old one', async (t) => {
  const { call } = await registered(service)
  const session = await started(call, { expiresInHours: 5 })
  service.clock.advance({ hours: 4 })
  const resent = await call('POST', `/v1/consent-sessions/${session.id}/resend`)
  t.match(resent, { status: 201, body: { id: session.id, status: 'created' } })
  t.not(resent.body.url, session.url)
  t.equal(resent.body.expiresAt, new Date(service.clock.now().getTime() + 5 * 3_600_000).toISOString())
  t.match(await visit(service, session.url), { status: 404 })

  service.clock.advance({ hours: 4 })
  await service.work()
  t.equal((await visit(service, resent.body.url)).status, 200, 'past the first end, before its own')
  service.clock.advance({ hours: 1 })
  await service.work()
  t.equal((await visit(service, resent.body.url)).status, 410)
  t.match(await stateOf(call, session), { status: 'expired' })
})

test('a link that is sent again and again lives no longer each time', async (t) => {
  const { call } = await registered(service)
  const session = await started(call, { expiresInHours: 5 })
  for (let times = 0; times < 3; times += 1) {
    service.clock.advance({ hours: 4 })
    const { body } = await call('POST', `/v1/consent-sessions/${session.id}/resend`)
    t.equal(body.expiresAt, new Date(service.clock.now().getTime() + 5 * 3_600_000).toISOString())
  }
})

test('resending is refused where no link of ours could work any more', async (t) => {
  const { call, tenant } = await registered(service)
  const completed = await started(call)
  await visit(service, await decideAtBank(await toBank(service, completed.url)))
  const withdrawn = await started(call)
  await call('DELETE', `/v1/consent-sessions/${withdrawn.id}`)
  const withoutPage = await started(call, { page: 'none' })
  for (const { id } of [completed, withdrawn, withoutPage])
    t.match(await call('POST', `/v1/consent-sessions/${id}/resend`), { status: 409, body: { code: 'session_ended' } })
  t.match(await call('DELETE', `/v1/consent-sessions/${completed.id}`), {
    status: 409,
    body: { code: 'session_ended' },
  })
  const again = await call('DELETE', `/v1/consent-sessions/${withdrawn.id}`)
  t.match(again, { status: 200, body: { status: 'withdrawn' } }, 'withdrawing twice is harmless')
  t.equal((await eventsOf(service, tenant, 'consent_session.withdrawn')).length, 1)
})

test('a link that nobody has is a page too, and says nothing of anybody', async (t) => {
  await registered(service)
  const unknown = [
    'A'.repeat(43),
    'short',
    '..%2f..%2fetc%2fpasswd',
    '%00',
    '%ED%A0%80',
    encodeURIComponent('<script>alert(1)</script>'),
    encodeURIComponent("' or '1'='1"),
    'x'.repeat(101),
    'x'.repeat(5_000),
  ]
  for (const token of unknown)
    for (const form of [undefined, { step: 'agree' }]) {
      const seen = await visit(service, `http://bankfeed.test/connect/${token}`, form)
      t.ok(seen.status >= 400 && seen.status < 500, `${token.slice(0, 20)}: ${seen.status}`)
      t.notMatch(seen.text, 'Acme')
      t.notMatch(seen.text, '<script')
    }
  const seen = await visit(service, `http://bankfeed.test/connect/${'A'.repeat(43)}`)
  t.equal(seen.status, 404)
  t.equal(headingOf(seen), 'This link does not work')
})

test('nothing that is typed into the page makes it fail', async (t) => {
  const { call } = await registered(service)
  const { url } = await started(call, { institutionId: undefined })
  for (const query of [
    'step=bank&search=%00',
    'step=bank&search=%ED%A0%80',
    `step=bank&search=${'x'.repeat(500)}`,
    'step=1e300&step=2',
  ])
    t.ok((await visit(service, `${url}?${query}`)).status < 500, query)
  for (const form of [
    { step: 'bank', institutionId: '\u0000' },
    { step: 'bank', institutionId: 'berlin-group.nowhere' },
    { step: 'bank' },
    { step: 'x'.repeat(1_000) },
    {},
  ])
    t.ok((await visit(service, url, form)).status < 500, JSON.stringify(form).slice(0, 60))
  t.equal((await visit(service, url)).status, 200)
})

test('who cancels on our page is led back with that, and the same link still works', async (t) => {
  const { call, tenant } = await registered(service)
  const session = await started(call)
  await visit(service, session.url)
  const seen = await visit(service, session.url, { step: 'cancel' })
  t.match(seen, { status: 303, location: leadsBackWith(session, 'cancelled') })
  t.match(await stateOf(call, session), { status: 'cancelled', failure: 'cancelled_by_person' })

  t.equal((await visit(service, session.url)).status, 200)
  const reopened = await stateOf(call, session)
  t.match(reopened, { status: 'opened' })
  t.notOk('failure' in reopened, 'the last attempt is another now')
  const back = await visit(service, await decideAtBank(await toBank(service, session.url)))
  t.equal(back.location, leadsBackWith(session, 'completed'))
  t.strictSame(
    (await eventsOf(service, tenant, 'consent_session')).map(({ type, data }) => [type, data['failure']]),
    [
      ['consent_session.opened', undefined],
      ['consent_session.failed', 'cancelled_by_person'],
      ['consent_session.completed', undefined],
    ],
  )
})

test('who cancels at the bank is led back with that, and the same link still works', async (t) => {
  const { call } = await registered(service)
  const session = await started(call)
  const callback = await decideAtBank(await toBank(service, session.url), { button: 'cancel' })
  t.match(await visit(service, callback), { status: 303, location: leadsBackWith(session, 'cancelled') })
  t.match(await stateOf(call, session), { status: 'cancelled', failure: 'cancelled_by_person' })

  const back = await visit(service, await decideAtBank(await toBank(service, session.url)))
  t.equal(back.location, leadsBackWith(session, 'completed'))
  t.match(await visit(service, callback), { status: 404 }, 'the way back from the earlier attempt leads nowhere now')
})

test('a person without rights at the bank fails the session, and somebody else may use the link', async (t) => {
  const { call, tenant } = await registered(service)
  const session = await started(call)
  const callback = await decideAtBank(await toBank(service, session.url), { login: 'carl' })
  t.equal((await visit(service, callback)).location, leadsBackWith(session, 'failed'))
  const failed = await stateOf(call, session)
  t.match(failed, { status: 'failed', failure: 'insufficient_rights', failureText: String, connectionIds: [] })
  t.match(await eventsOf(service, tenant, 'consent_session.failed'), [{ data: { failure: 'insufficient_rights' } }])

  const back = await visit(service, await decideAtBank(await toBank(service, session.url)))
  t.equal(back.location, leadsBackWith(session, 'completed'))
})

test('a bank that is down when it is chosen is told on a page that tries again', async (t) => {
  const { call, tenant } = await registered(service)
  const session = await started(call, { institutionId: undefined })
  await visit(service, session.url)
  const chosen = { step: 'bank', institutionId: fjordbanken }
  await service.bank.control('/faults', { bank: 'fjordbanken', path: '/consents', times: 1, status: 503 })
  const seen = await visit(service, session.url, chosen)
  t.equal(seen.status, 503)
  t.equal(headingOf(seen), 'Fjordbanken does not answer')
  t.match(seen.text, 'value="berlin-group.fjordbanken"', 'to be tried again with one press')
  t.match(seen.text, 'Choose another bank')
  t.match(await stateOf(call, session), { status: 'failed', failure: 'bank_unavailable' })
  t.match(await eventsOf(service, tenant, 'consent_session.failed'), [{ data: { failure: 'bank_unavailable' } }])

  const sent = await visit(service, session.url, chosen)
  t.equal(sent.status, 303)
  const back = await visit(service, await decideAtBank(sent.location))
  t.equal(back.location, leadsBackWith(session, 'completed'))
})

test('a bank that the person could not reach does not become the only one to choose', async (t) => {
  const { call } = await registered(service)
  const session = await started(call, { institutionId: undefined })
  await service.bank.control('/banks/fjordbanken/maintenance', {}, 'PUT')
  t.teardown(() => service.bank.control('/banks/fjordbanken/maintenance', undefined, 'DELETE'))
  t.equal((await visit(service, session.url, { step: 'bank', institutionId: fjordbanken })).status, 503)
  const agreed = await visit(service, session.url, { step: 'agree' })
  t.match(agreed.location, /\?step=bank$/)
  t.ok(await toBank(service, session.url, 'berlin-group.nordlys'))
})

test('who chose the wrong bank may choose another', async (t) => {
  const { call } = await registered(service)
  const session = await started(call, { institutionId: undefined })
  const callback = await decideAtBank(await toBank(service, session.url), { button: 'cancel' })
  await visit(service, callback)
  const agreed = await visit(service, session.url, { step: 'agree' })
  t.match(agreed.location, /\?step=bank$/)
  t.match(await toBank(service, session.url, 'berlin-group.nordlys'), `${service.bank.url}/nordlys/`)
})

test('the bank that a session names is the one that it leads to, in whatever country', async (t) => {
  const { call } = await registered(service)
  const session = await started(call, { institutionId: 'berlin-group.svea-testbank' })
  await service.bank.control('/faults', { bank: 'svea-testbank', times: 1, status: 503 })
  const seen = await visit(service, session.url, { step: 'agree' })
  t.equal(headingOf(seen), 'Svea Testbank does not answer')
  t.notMatch(seen.text, 'Choose another bank')
  t.match(await toBank(service, session.url), `${service.bank.url}/svea-testbank/`)
})

test('without our page the link is the bank’s own', async (t) => {
  const { call, tenant } = await registered(service)
  t.match(await call('POST', `${company}/consent-sessions`, { page: 'none' }), {
    status: 400,
    body: { code: 'invalid_request', errors: [{ path: '/body/institutionId' }] },
  })
  const session = await started(call, { page: 'none' })
  t.match(session, { status: 'redirected', institutionId: fjordbanken })
  t.ok(session.url.startsWith(`${service.bank.url}/fjordbanken/authorise/`))
  const back = await visit(service, await decideAtBank(session.url))
  t.equal(back.location, leadsBackWith(session, 'completed'))
  t.match(await eventsOf(service, tenant, 'consent_session'), [{ type: 'consent_session.completed' }])
})

test('without our page a bank that does not answer leaves nothing behind', async (t) => {
  const { call } = await registered(service)
  const ask = { page: 'none', institutionId: fjordbanken }
  const headers = { 'idempotency-key': 'once' }
  for (const [status, code] of [
    [503, 'bank_unavailable'],
    [400, 'bank_refused'],
  ] as const) {
    await service.bank.control('/faults', { bank: 'fjordbanken', path: '/consents', times: 1, status, body: '{}' })
    t.match(await call('POST', `${company}/consent-sessions`, ask, headers), { status: 502, body: { code } })
    t.strictSame((await call('GET', `${company}/consent-sessions`)).body.data, [])
  }
  const first = await call('POST', `${company}/consent-sessions`, ask, headers)
  t.equal(first.status, 201, 'the key was free again')
  const replayed = await call('POST', `${company}/consent-sessions`, ask, headers)
  t.equal(replayed.body.url, first.body.url)
  t.equal((await call('GET', `${company}/consent-sessions`)).body.data.length, 1)
})

test('people are sent back to a registered address, letter by letter, or the session is refused', async (t) => {
  const { call } = await registered(service)
  await call('PUT', '/v1/tenant', {
    name: 'Acme Books',
    redirectUrls: [...others, doneUrl],
    defaultRedirectUrl: doneUrl,
  })
  t.ok(smuggled.length > 60)
  for (const redirectUrl of smuggled) {
    const { status, body } = await call('POST', `${company}/consent-sessions`, { redirectUrl })
    // What no text may hold does not get as far as being compared.
    const expected = redirectUrl.includes('\u0000') ? [400, 'invalid_request'] : [422, 'redirect_url_not_registered']
    t.strictSame([status, body.code], expected, JSON.stringify(redirectUrl))
  }
  t.strictSame((await call('GET', `${company}/consent-sessions`)).body.data, [])
  t.match(await started(call, { redirectUrl: doneUrl }), { redirectUrl: doneUrl })

  await call('PUT', '/v1/tenant', { name: 'Acme Books', redirectUrls: [doneUrl] })
  t.match(await call('POST', `${company}/consent-sessions`, {}), {
    status: 422,
    body: { code: 'redirect_url_missing' },
  })
})

test('what a session names must be there', async (t) => {
  const { call } = await registered(service)
  for (const [ask, status, code] of [
    [{ personId: 'nobody' }, 404, 'person_not_found'],
    [{ ledgerAccountIds: ['1920', '9999'] }, 404, 'ledger_account_not_found'],
    [{ institutionId: 'berlin-group.nowhere' }, 404, 'institution_not_found'],
    [{ activate: { startDate: '2026-11-22' } }, 422, 'start_date_in_future'],
  ] as const)
    t.match(await call('POST', `${company}/consent-sessions`, ask), { status, body: { code } })
  t.match(await call('POST', '/v1/companies/nowhere/consent-sessions', {}), {
    status: 404,
    body: { code: 'company_not_found' },
  })
  t.strictSame((await call('GET', `${company}/consent-sessions`)).body.data, [])
})

test('a POST that is sent again gives the same link again, and makes one session', async (t) => {
  const { call } = await registered(service)
  const headers = { 'idempotency-key': 'a-key' }
  const first = await call('POST', `${company}/consent-sessions`, { personId: 'anna' }, headers)
  const again = await call('POST', `${company}/consent-sessions`, { personId: 'anna' }, headers)
  t.equal(again.status, 201)
  t.strictSame(again.body, first.body)
  t.equal(again.headers['idempotency-replayed'], 'true')
  t.equal((await visit(service, again.body.url)).status, 200)
  t.match(await call('POST', `${company}/consent-sessions`, { personId: 'dina' }, headers), {
    status: 422,
    body: { code: 'idempotency_key_reused' },
  })
  const resend = `/v1/consent-sessions/${first.body.id}/resend`
  const resent = await call('POST', resend, undefined, { 'idempotency-key': 'another' })
  const resentAgain = await call('POST', resend, undefined, { 'idempotency-key': 'another' })
  t.equal(resentAgain.body.url, resent.body.url)
  t.equal((await visit(service, resent.body.url)).status, 200)
  t.equal((await call('GET', `${company}/consent-sessions`)).body.data.length, 1)
})

test('a session ends by the clock, and is told to have expired', async (t) => {
  const { call, tenant } = await registered(service)
  const session = await started(call, { expiresInHours: 3 })
  await visit(service, session.url)
  service.clock.advance({ hours: 3, ms: -1 })
  await service.work()
  t.match(await stateOf(call, session), { status: 'opened' })
  service.clock.advance({ ms: 1 })
  await service.work()
  t.match(await stateOf(call, session), { status: 'expired' })
  service.clock.advance({ days: 3 })
  await service.work()
  t.strictSame(
    (await eventsOf(service, tenant, 'consent_session')).map(({ type }) => type),
    ['consent_session.opened', 'consent_session.expired'],
  )
})

test('the page speaks the session’s language, else the browser’s, else English', async (t) => {
  const { call } = await registered(service)
  for (const [language, accept] of [
    ['en', 'fr'],
    [undefined, 'en-GB,en;q=0.8'],
    [undefined, 'tlh'],
    [undefined, ''],
  ] as const) {
    const { url } = await started(call, { ...(language !== undefined && { language }) })
    const seen = await visit(service, url, undefined, { 'accept-language': accept })
    t.match(seen.text, '<html lang="en">')
  }
  t.match(await call('POST', `${company}/consent-sessions`, { language: 'xx' }), {
    status: 400,
    body: { errors: [{ path: '/body/language' }] },
  })
})

test('every page works without script, is kept by nobody and loads nothing', async (t) => {
  const { call } = await registered(service)
  const { url, id } = await started(call, { institutionId: undefined })
  const pages = [
    await visit(service, url),
    await visit(service, `${url}?step=bank`),
    await visit(service, `${url}?step=bank&search=nord`),
    await visit(service, 'http://bankfeed.test/connect/unknown'),
    await visit(service, 'http://bankfeed.test/callback/berlin-group?state=unknown'),
  ]
  await service.bank.control('/faults', { times: 1, status: 503 })
  pages.push(await visit(service, url, { step: 'bank', institutionId: fjordbanken }))
  await call('DELETE', `/v1/consent-sessions/${id}`)
  pages.push(await visit(service, url))
  t.strictSame(
    pages.map(({ status }) => status),
    [200, 200, 200, 404, 404, 503, 410],
  )
  for (const { headers, text, status } of pages) {
    t.match(headers['content-type'], 'text/html; charset=utf-8')
    const policy = String(headers['content-security-policy'])
    t.match(policy, "default-src 'none'", String(status))
    t.match(policy, "frame-ancestors 'none'")
    t.notMatch(policy, 'unsafe')
    t.notMatch(policy, 'script-src')
    t.equal(headers['referrer-policy'], 'no-referrer', 'the link stays here when the person goes on to the bank')
    t.equal(headers['cache-control'], 'no-store')
    t.equal(headers['x-content-type-options'], 'nosniff')
    t.notMatch(text, /<script|\son\w+=|javascript:/i)
    t.notMatch(text, /(?:src|href)="https?:/, 'nothing from elsewhere')
  }
  const redirect = await visit(service, url.replace(/[^/]*$/, 'unknown'), { step: 'cancel' })
  t.equal(redirect.headers['cache-control'], 'no-store')
})

test('the bank is chosen from those of the company’s country, by search too', async (t) => {
  const { call } = await registered(service)
  const { url } = await started(call, { institutionId: undefined })
  const agreed = await visit(service, url, { step: 'agree' })
  t.equal(agreed.location, `/connect/${url.split('/').at(-1)}?step=bank`)
  const all = await visit(service, `${url}?step=bank`)
  t.match(all.text, 'Fjordbanken')
  t.match(all.text, 'Nordlys Sparebank')
  t.notMatch(all.text, 'Svea Testbank')
  const found = await visit(service, `${url}?step=bank&search=NORDLÝS`)
  t.match(found.text, 'Nordlys Sparebank')
  t.notMatch(found.text, 'Fjordbanken')
  const none = await visit(service, `${url}?step=bank&search=${encodeURIComponent('<b>&"')}`)
  t.match(none.text, '&lt;b&gt;&amp;')
  t.ok((await open(await toBank(service, url))).text.includes('Fjordbanken'))
})

test('a page that the throng keeps from being shown says so, and is no fault of ours', async (t) => {
  const busy = Object.assign(new Error('Service Unavailable'), { statusCode: 503 })
  const app = fastify().withTypeProvider<TypeBoxTypeProvider>()
  t.teardown(() => app.close())
  const away = () => Promise.reject(busy)
  const { deps } = service
  connectRoutes(
    app,
    { ...deps, lookup: { ...deps.lookup, find: away }, afterSigning: away, pictureOf: away },
    { perMinute: 60 },
  )
  const answer = await app.inject({ method: 'GET', url: '/connect/anything' })
  t.equal(answer.statusCode, 503)
  t.equal(headingOf({ text: answer.body }), 'Too many requests')
})
