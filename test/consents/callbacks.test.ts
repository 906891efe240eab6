import { t as file, test } from 'tap'
import { open } from '../sandbox/browser.ts'
import { startBankedService } from '../support/bank.ts'
import {
  company,
  databaseText,
  decideAtBank,
  doneUrl,
  eventsOf,
  fjordbanken,
  headingOf,
  iban,
  registered,
  toBank,
  visit,
  type Call,
} from './journey.ts'

/** For all tests of the file: each has a tenant of its own, and begins at the same instant. */
const service = await startBankedService(file)
file.beforeEach(() => service.clock.set('2026-11-21T09:00:00Z'))

type Session = { readonly id: string; readonly url: string }

const started = async (call: Call, ask: Readonly<Record<string, unknown>> = {}): Promise<Session> =>
  (await call('POST', `${company}/consent-sessions`, { institutionId: fjordbanken, ...ask })).body

const stateOf = async (call: Call, { id }: Session) => (await call('GET', `/v1/consent-sessions/${id}`)).body

const leadsBackWith = ({ id }: Session, status: string): string => `${doneUrl}?session=${id}&status=${status}`

const consentsOf = async (call: Call) => (await call('GET', `${company}/consents`)).body.data

/** The consents at the bank that were made since, the oldest first, with how each stands there. */
async function sinceAtBank(
  before: readonly { readonly id: string }[] = [],
): Promise<readonly { readonly id: string; readonly status: string }[]> {
  const all: readonly { id: string; status: string }[] = await service.bank.control('/consents')
  return all.filter(({ id }) => before.every((other) => other.id !== id))
}

/** The bank answers its next `times` calls under that path with 503. */
const fails = (path: string, times = 1) =>
  service.bank.control('/faults', { bank: 'fjordbanken', path, times, status: 503 })

const withQuery = (callback: string, changes: Readonly<Record<string, string | null>>): string => {
  const url = new URL(callback)
  for (const [name, value] of Object.entries(changes))
    if (value === null) url.searchParams.delete(name)
    else url.searchParams.set(name, value)
  return url.href
}

test('what the way back says of the outcome is not believed', async (t) => {
  const { call, tenant } = await registered(service)
  const approved = await started(call)
  const good = await decideAtBank(await toBank(service, approved.url))
  const forgedBad = withQuery(good, { outcome: 'nok', error: 'access_denied', status: 'rejected', session: 'x' })
  t.equal((await visit(service, forgedBad)).location, leadsBackWith(approved, 'completed'))

  const cancelled = await started(call)
  const bad = await decideAtBank(await toBank(service, cancelled.url), { button: 'cancel' })
  const forgedGood = withQuery(bad, { outcome: 'ok', status: 'valid', consentStatus: 'valid', code: '1' })
  await visit(service, forgedGood)
  t.match(await stateOf(call, cancelled), { status: 'failed', connectionIds: [] })
  t.equal((await consentsOf(call)).length, 1)
  t.equal((await eventsOf(service, tenant, 'consent_session.completed')).length, 1)
})

test('a way back without a state that we gave leads nowhere', async (t) => {
  const { call } = await registered(service)
  const session = await started(call)
  const callback = await decideAtBank(await toBank(service, session.url))
  const state = new URL(callback).searchParams.get('state') ?? ''
  const token = new URL(session.url).pathname.split('/').at(-1) ?? ''
  for (const forged of [
    withQuery(callback, { state: null }),
    withQuery(callback, { state: '' }),
    withQuery(callback, { state: 'A'.repeat(43) }),
    withQuery(callback, { state: `${state} ` }),
    withQuery(callback, { state: state.toLowerCase() }),
    withQuery(callback, { state: `${state}\u0000` }),
    withQuery(callback, { state: 'x'.repeat(10_000) }),
    withQuery(callback, { state: token }),
    `${callback}&state=${state}`,
    `${callback}&state=other`,
    callback.replace('/callback/berlin-group', '/callback/powens'),
    callback.replace('/callback/berlin-group', `/callback/${'x'.repeat(65)}`),
  ]) {
    const seen = await visit(service, forged)
    t.ok(seen.status >= 400 && seen.status < 500, `${forged.slice(0, 90)}: ${seen.status}`)
    t.notMatch(seen.text, 'Acme')
  }
  t.match(await stateOf(call, session), { status: 'redirected' })
  const withState = await visit(service, `http://bankfeed.test/connect/${state}`)
  t.equal(withState.status, 404, 'a state opens no page')
  t.equal(headingOf(withState), 'This link does not work')
  t.equal((await visit(service, callback)).location, leadsBackWith(session, 'completed'))
})

test('a state settles its own session and no other', async (t) => {
  const { call } = await registered(service)
  const [one, other] = [await started(call), await started(call)]
  const callbackOfOne = await decideAtBank(await toBank(service, one.url))
  await toBank(service, other.url)
  t.equal((await visit(service, callbackOfOne)).location, leadsBackWith(one, 'completed'))
  t.match(await stateOf(call, other), { status: 'redirected' })
})

test('fifty arrivals of the same callback make one consent, and all lead to the same place', async (t) => {
  const { call, tenant } = await registered(service)
  const session = await started(call, { personId: 'anna' })
  const callback = await decideAtBank(await toBank(service, session.url))
  const arrivals = await Promise.all(Array.from({ length: 50 }, () => visit(service, callback)))
  for (const { status, location } of [...arrivals, await visit(service, callback)])
    t.match({ status, location }, { status: 303, location: leadsBackWith(session, 'completed') })
  const consents = await consentsOf(call)
  t.match(consents, [{ status: 'usable', bankAccess: 'live' }])
  t.equal(consents.length, 1)
  t.equal((await call('GET', `${company}/connections`)).body.data.length, 5)
  t.equal((await eventsOf(service, tenant, 'consent_session.completed')).length, 1)
  t.match((await sinceAtBank()).at(-1), { status: 'valid' }, 'and it stands at the bank')
})

test('who approves after the link was withdrawn has given nothing: it is ended at the bank', async (t) => {
  const { call } = await registered(service)
  const session = await started(call)
  const bankUrl = await toBank(service, session.url)
  const callback = await decideAtBank(bankUrl)
  const before = await sinceAtBank()
  t.match(before.at(-1), { status: 'valid' })
  await call('DELETE', `/v1/consent-sessions/${session.id}`)
  t.match((await sinceAtBank()).at(-1), { status: 'terminatedByTpp' })
  t.equal((await visit(service, callback)).location, leadsBackWith(session, 'failed'))
  t.match(await stateOf(call, session), { status: 'withdrawn', connectionIds: [] })
  t.strictSame(await consentsOf(call), [])

  const undecided = await started(call)
  const page = await toBank(service, undecided.url)
  await call('DELETE', `/v1/consent-sessions/${undecided.id}`)
  t.equal((await open(page)).status, 410, 'who is still at the bank finds that it has ended')
})

test('who approves after the company was deleted has given nothing: the attempt was ended at the bank', async (t) => {
  const { call, tenant } = await registered(service)
  const session = await started(call)
  const callback = await decideAtBank(await toBank(service, session.url))
  t.match((await sinceAtBank()).at(-1), { status: 'valid' })
  t.equal((await call('DELETE', company)).status, 204)
  t.match((await sinceAtBank()).at(-1), { status: 'terminatedByTpp' })
  t.equal((await visit(service, callback)).status, 404)
  t.equal((await visit(service, session.url)).status, 404)
  service.clock.advance({ days: 4 })
  await service.work()
  t.match((await eventsOf(service, tenant)).at(-1), { type: 'company.deleted' }, 'the proof, and nothing after it')
})

test('a bank that could not be told of the withdrawal is told when the person comes back from it', async (t) => {
  const { call } = await registered(service)
  const session = await started(call)
  const bankUrl = await toBank(service, session.url)
  await fails('/consents')
  t.equal((await call('DELETE', `/v1/consent-sessions/${session.id}`)).status, 200)
  const callback = await decideAtBank(bankUrl)
  t.match((await sinceAtBank()).at(-1), { status: 'valid' })
  t.equal((await visit(service, callback)).location, leadsBackWith(session, 'failed'))
  t.match((await sinceAtBank()).at(-1), { status: 'terminatedByTpp' })
  t.match(await stateOf(call, session), { status: 'withdrawn' })
})

test('who cancels on our page while the bank’s is open in another tab has given nothing', async (t) => {
  const { call } = await registered(service)
  const session = await started(call)
  const bankUrl = await toBank(service, session.url)
  await visit(service, session.url, { step: 'cancel' })
  t.match(await stateOf(call, session), { status: 'cancelled' })
  t.equal((await open(bankUrl)).status, 410)
  t.match((await sinceAtBank()).at(-1), { status: 'terminatedByTpp' })
})

test('of two tabs the later counts, and the earlier leaves nothing at the bank', async (t) => {
  const { call, tenant } = await registered(service)
  const session = await started(call)
  const before = await sinceAtBank()
  const earlier = await decideAtBank(await toBank(service, session.url))
  const later = await toBank(service, session.url)
  t.match(await sinceAtBank(before), [{ status: 'terminatedByTpp' }, { status: 'received' }])
  t.equal((await visit(service, earlier)).status, 404)
  t.match(await stateOf(call, session), { status: 'redirected' })
  t.equal((await visit(service, await decideAtBank(later))).location, leadsBackWith(session, 'completed'))
  t.equal((await consentsOf(call)).length, 1)
  t.equal((await eventsOf(service, tenant, 'consent_session')).length, 2)
})

test('two tabs that finish one after the other complete the session once', async (t) => {
  const { call } = await registered(service)
  const session = await started(call)
  const callback = await decideAtBank(await toBank(service, session.url))
  const [first, second] = await Promise.all([visit(service, callback), visit(service, session.url, { step: 'agree' })])
  // Whichever came first: either the session is completed, or it waits for the later attempt. Never both, and never an unknown consent at the bank.
  const { status } = await stateOf(call, session)
  const consents = await consentsOf(call)
  t.equal(consents.length, status === 'completed' ? 1 : 0, `${status} ${first.status} ${second.status}`)
  if (status === 'redirected') await visit(service, await decideAtBank(second.location))
  t.match(await consentsOf(call), [{ status: 'usable' }])
})

test('what becomes of an attempt that is replaced while the bank is asked about it does not count', async (t) => {
  const { call, tenant } = await registered(service)
  const session = await started(call)
  const before = await sinceAtBank()
  const earlier = await decideAtBank(await toBank(service, session.url))
  await service.bank.control('/faults', { bank: 'fjordbanken', path: '/status', times: 1, delayMs: 1_000 })
  const arriving = visit(service, earlier)
  const later = await toBank(service, session.url)
  await arriving
  t.match(await stateOf(call, session), { status: 'redirected' })
  t.match(await sinceAtBank(before), [{ status: 'terminatedByTpp' }, { status: 'received' }])
  t.equal((await visit(service, await decideAtBank(later))).location, leadsBackWith(session, 'completed'))
  t.strictSame(
    (await eventsOf(service, tenant, 'consent_session')).map(({ type }) => type),
    ['consent_session.opened', 'consent_session.completed'],
  )
})

test('a bank that does not answer when the person is back is asked again by the clock', async (t) => {
  const { call, tenant } = await registered(service)
  const session = await started(call)
  const callback = await decideAtBank(await toBank(service, session.url))
  await fails('/status', 2)
  const seen = await visit(service, callback)
  t.equal(seen.status, 200)
  t.equal(seen.location, '', 'nobody is told an outcome that is not known')
  t.match(seen.text, /has not confirmed yet/)
  t.match(await stateOf(call, session), { status: 'redirected' }, 'nobody knows yet')
  service.clock.advance({ seconds: 59 })
  await service.work()
  t.match(await stateOf(call, session), { status: 'redirected' }, 'not before a minute')
  service.clock.advance({ seconds: 1 })
  await service.work()
  t.match(await stateOf(call, session), { status: 'redirected' }, 'still down')
  service.clock.advance({ minutes: 1 })
  await service.work()
  t.match(await stateOf(call, session), { status: 'completed' })
  t.equal((await eventsOf(service, tenant, 'consent_session.completed')).length, 1)
  t.equal((await visit(service, callback)).location, leadsBackWith(session, 'completed'))
})

test('who approves and never comes back is found by the clock', async (t) => {
  const { call } = await registered(service)
  const session = await started(call)
  await decideAtBank(await toBank(service, session.url))
  service.clock.advance({ minutes: 10 })
  await service.work()
  t.match(await stateOf(call, session), { status: 'completed' })
  t.match(await consentsOf(call), [{ status: 'usable' }])
})

test('a bank is not asked for days about somebody who does not come back', async (t) => {
  const { call } = await registered(service)
  const session = await started(call, { expiresInHours: 720 })
  await service.bank.control('/faults', { bank: 'fjordbanken', path: '/status', times: 1_000, status: 503 })
  t.teardown(() => service.bank.control('/faults', undefined, 'DELETE'))
  await toBank(service, session.url)
  for (let hour = 0; hour < 720; hour += 1) {
    service.clock.advance({ hours: 1 })
    await service.work()
  }
  const { faults } = await service.bank.control('')
  const asked = 1_000 - faults[0].times
  t.ok(asked > 3 && asked < 20, `${asked} times in 30 days`)
  t.match(await stateOf(call, session), { status: 'expired' })
})

test('a session that expires while the person is at the bank ends there too', async (t) => {
  const { call, tenant } = await registered(service)
  const session = await started(call, { expiresInHours: 1 })
  service.clock.advance({ minutes: 45 })
  const bankUrl = await toBank(service, session.url)
  service.clock.advance({ minutes: 15 })
  await service.work()
  t.match(await stateOf(call, session), { status: 'expired' })
  t.match((await sinceAtBank()).at(-1), { status: 'terminatedByTpp' })
  t.equal((await open(bankUrl)).status, 410)
  t.match(
    (await eventsOf(service, tenant, 'consent_session')).map(({ type }) => type),
    ['consent_session.opened', 'consent_session.expired'],
  )
})

test('who approved in time is not lost to the session’s end', async (t) => {
  const { call } = await registered(service)
  const session = await started(call, { expiresInHours: 1 })
  service.clock.advance({ minutes: 55 })
  await decideAtBank(await toBank(service, session.url))
  service.clock.advance({ minutes: 5 })
  await service.work()
  t.match(await stateOf(call, session), { status: 'completed' })
})

test('an answer of the bank that cannot be read fails the session, and ends the consent that it may have given', async (t) => {
  const { call } = await registered(service)
  const session = await started(call)
  const callback = await decideAtBank(await toBank(service, session.url))
  const fault = { bank: 'fjordbanken', path: '/v1/accounts', times: 1, status: 200, body: '{"accounts":"none"}' }
  await service.bank.control('/faults', fault)
  t.equal((await visit(service, callback)).location, leadsBackWith(session, 'failed'))
  t.match(await stateOf(call, session), { status: 'failed', failure: 'provider_error' })
  t.match((await sinceAtBank()).at(-1), { status: 'terminatedByTpp' })
})

test('links, states and what the bank knows a consent by are nowhere in plain text', async (t) => {
  const { call, tenant } = await registered(service)
  const headers = { 'idempotency-key': 'canary' }
  const ask = { personId: 'anna', institutionId: fjordbanken, ledgerAccountIds: ['1920'] }
  const { body: session } = await call('POST', `${company}/consent-sessions`, ask, headers)
  await call('POST', `${company}/consent-sessions`, ask, headers)
  const { body: resent } = await call('POST', `/v1/consent-sessions/${session.id}/resend`, undefined, headers)
  t.equal(resent.code, 'idempotency_key_reused')
  const { body: again } = await call('POST', `/v1/consent-sessions/${session.id}/resend`)
  await visit(service, session.url)
  const before = await sinceAtBank()
  await fails('/consents')
  await visit(service, again.url, { step: 'agree' })
  const callback = await decideAtBank(await toBank(service, again.url))
  await fails('/status')
  await visit(service, callback)
  await visit(service, callback)
  const { body: direct } = await call('POST', `${company}/consent-sessions`, { ...ask, page: 'none' })
  await visit(service, await decideAtBank(direct.url, { button: 'cancel' }))

  const secrets = {
    'the first link': session.url.split('/').at(-1),
    'the second link': again.url.split('/').at(-1),
    'the state': new URL(callback).searchParams.get('state') ?? '',
    'the bank’s consent': (await sinceAtBank(before))[0]?.id ?? '',
    'the bank’s authorisation': direct.url.split('/').at(-1),
  }
  const kept = await databaseText(service)
  const logged = service.logged.join('\n')
  t.match(kept, session.id, 'the search finds what is there')
  t.match(kept, 'canary')
  for (const [name, secret] of Object.entries(secrets)) {
    t.ok(secret.length >= 36, name)
    const spellings = [secret, Buffer.from(secret).toString('hex'), Buffer.from(secret).toString('base64').slice(0, -4)]
    for (const spelling of spellings) {
      t.notOk(kept.includes(spelling), `${name}: in the database`)
      t.notOk(logged.includes(spelling), `${name}: in the log`)
    }
  }
  for (const personal of [iban.main, 'Anna Berg', 'anna@fjordlys.example', 'Driftskonto'])
    t.notOk(logged.includes(personal), `${personal}: in the log`)
  const told = JSON.stringify(await eventsOf(service, tenant))
  for (const personal of [iban.main, 'Anna Berg', 'Driftskonto'])
    t.notMatch(told, personal, 'events carry ids and states')
})
