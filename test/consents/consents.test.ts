import { t as file, test } from 'tap'
import { startBankedService } from '../support/bank.ts'
import type { Answer } from '../support/service.ts'
import {
  authorised,
  card,
  company,
  connectionsOf,
  databaseText,
  decideAtBank,
  doneUrl,
  eventsOf,
  fjordbanken,
  iban,
  registered,
  toBank,
  visit,
  type Call,
} from './journey.ts'

/** For all tests of the file: each has a tenant of its own, and begins at the bank anew. */
const service = await startBankedService(file)
file.beforeEach(() => service.bank.control('/reset', {}))

const consentsOf = async (call: Call, query = '') => (await call('GET', `${company}/consents${query}`)).body.data

const statusesAtBank = async (): Promise<readonly string[]> =>
  (await service.bank.control('/consents')).map(({ status }: { status: string }) => status)

const whose = (sessions: readonly { institutionId: string; personId: string }[]) =>
  new Set(sessions.map(({ institutionId, personId }) => `${institutionId} ${personId}`))

const noon = (day: string) => service.clock.set(`${day}T11:00:00Z`)

test('on completion each account finds the connection that waited for it, or becomes one', async (t) => {
  const { call } = await registered(service)
  await call('PUT', `${company}/ledger-accounts/1930`, { name: 'Sparing', currency: 'NOK', iban: iban.savings })
  // The bank's account with that IBAN is in euro: an IBAN may have an account for each currency, and this is another one.
  await call('PUT', `${company}/ledger-accounts/1940`, { name: 'Valuta', currency: 'USD', iban: iban.foreign })
  const waiting = await connectionsOf(call)
  t.match(waiting[iban.main], { status: 'not_connected', assignment: { ledgerAccountId: '1920' } })

  const session = await authorised(service, call, { personId: 'anna' })
  t.equal(session.connectionIds.length, 5)
  const { data } = (await call('GET', `${company}/connections`)).body
  t.equal(data.length, 6, 'five accounts, and the one in dollars that still waits')
  const connections = await connectionsOf(call)
  t.equal(connections[iban.main].id, waiting[iban.main].id)
  t.equal(connections[iban.savings].id, waiting[iban.savings].id)
  t.match(connections[iban.main], { status: 'inactive', type: 'current', currency: 'NOK', institutionId: fjordbanken })
  t.match(connections[iban.savings], { type: 'savings', assignment: { ledgerAccountId: '1930' } })
  t.match(connections[iban.second], { status: 'unassigned', assignment: null })
  t.match(connections[card], { type: 'card', status: 'unassigned' })
  t.strictSame(
    data
      .filter((each: { iban?: string }) => each.iban === iban.foreign)
      .map((each: Answer['body']) => [each.currency, each.status]),
    [
      ['USD', 'iban_not_found'],
      ['EUR', 'unassigned'],
    ],
  )

  await call('PUT', `${company}/ledger-accounts/1921`, { name: 'Skattetrekk', currency: 'NOK', iban: iban.second })
  t.match((await connectionsOf(call))[iban.second], {
    id: connections[iban.second].id,
    assignment: { ledgerAccountId: '1921' },
    status: 'inactive',
  })
})

test('a consent lasts as long as its institution allows, in whole days of the bank', async (t) => {
  for (const [institutionId, expiresAt] of [
    // 180 days after 21 November 2026, to the end of that day in Oslo; 90 in Berlin.
    [fjordbanken, '2027-05-20T22:00:00.000Z'],
    ['berlin-group.hansebank', '2027-02-19T23:00:00.000Z'],
  ] as const) {
    noon('2026-11-21')
    const { call } = await registered(service)
    const { consentId } = await authorised(service, call, { institutionId })
    const consent = (await call('GET', `/v1/consents/${consentId}`)).body
    t.match(consent, { status: 'usable', bankAccess: 'live', validFrom: '2026-11-21T11:00:00.000Z', expiresAt })
  }
})

test('renewing early keeps every connection, its id, its activation and what was imported', async (t) => {
  noon('2026-11-21')
  const { call, tenant } = await registered(service)
  const first = await authorised(service, call, { personId: 'anna', activate: { startDate: 'month_start' } })
  await service.work()
  const before = await connectionsOf(call)
  t.match(before[iban.main], { status: 'active', lastSync: { status: 'completed' } })
  const history = (await call('GET', `/v1/connections/${before[iban.main].id}/status-history`)).body

  service.clock.advance({ days: 60 })
  await service.work()
  service.clock.advance({ days: 40 })
  const { body: renewal } = await call('POST', `${company}/consent-renewals`, { consentIds: [first.consentId] })
  t.match(renewal.data, [{ institutionId: fjordbanken, personId: 'anna', redirectUrl: doneUrl, status: 'created' }])
  await visit(service, await decideAtBank(await toBank(service, renewal.data[0].url)))
  const second = (await call('GET', `/v1/consent-sessions/${renewal.data[0].id}`)).body
  t.match(second, { status: 'completed' })
  t.strictSame(new Set(second.connectionIds), new Set(first.connectionIds))

  const after = await connectionsOf(call)
  for (const [key, connection] of Object.entries(after)) {
    t.equal(connection.id, before[key].id, key)
    t.strictSame(connection.consents, [second.consentId])
    t.equal(connection.effectiveConsentId, second.consentId)
  }
  t.match(after[iban.main], { status: 'active', startDate: '2026-11-01' })
  t.strictSame((await call('GET', `/v1/connections/${before[iban.main].id}/status-history`)).body, history)
  t.match(await consentsOf(call), [
    { id: second.consentId, status: 'usable' },
    { id: first.consentId, status: 'superseded' },
  ])
  t.match(await eventsOf(service, tenant, 'consent.'), [
    { type: 'consent.superseded', data: { consentId: first.consentId } },
  ])

  // This bank gives every consent other ids for the same accounts.
  const { body: run } = await call('POST', `/v1/connections/${after[iban.main].id}/sync-runs`, {})
  await service.work()
  t.match((await call('GET', `/v1/sync-runs/${run.id}`)).body, { status: 'completed' })
  t.match(
    (await call('GET', `/v1/connections/${after[iban.main].id}/coverage`)).body,
    { complete: [{ from: '2026-11-01', to: '2027-02-28' }], gaps: [] },
    'no day was lost',
  )
  const old = (await call('GET', `/v1/consents/${first.consentId}`)).body
  t.match(old, { status: 'superseded', bankAccess: 'ended', accounts: [] }, 'this bank ended it, and we have asked')
})

test('only what is due is renewed, one session for each institution and person', async (t) => {
  noon('2026-11-21')
  const { call } = await registered(service)
  await call('PUT', `${company}/ledger-accounts/1930`, { name: 'Sparing', currency: 'NOK', iban: iban.savings })
  await authorised(service, call, { personId: 'anna' })
  await authorised(service, call, { personId: 'dina', login: 'dina' })
  await authorised(service, call, { personId: 'anna', institutionId: 'berlin-group.nordlys' })
  await authorised(service, call, { personId: 'anna', institutionId: 'berlin-group.hansebank' })
  const renew = async (ask = {}) => (await call('POST', `${company}/consent-renewals`, ask)).body.data

  t.strictSame(await renew(), [], 'nothing is due on the first day')
  service.clock.advance({ days: 61 })
  t.strictSame(whose(await renew()), new Set(['berlin-group.hansebank anna']), '30 days before its 90 are over')
  service.clock.set('2027-04-21T11:00:00Z')
  const due = await renew()
  const atTheOthers = ['berlin-group.fjordbanken anna', 'berlin-group.fjordbanken dina', 'berlin-group.nordlys anna']
  t.strictSame(whose(due), new Set([...atTheOthers, 'berlin-group.hansebank anna']))
  t.equal(due.length, 4)
  const ofAnna = due.find((each: Answer['body']) => each.institutionId === fjordbanken && each.personId === 'anna')
  const page = await visit(service, ofAnna.url)
  for (const named of ['Driftskonto', 'Sparing']) t.match(page.text, named, 'what is to be ticked at the bank')
  t.strictSame(whose(await renew({ activeWithinDays: 30 })), new Set(atTheOthers), 'what has lapsed for longer is left')

  await visit(service, await decideAtBank(await toBank(service, ofAnna.url)))
  t.notOk(whose(await renew()).has('berlin-group.fjordbanken anna'), 'it is fine for another 180 days')
  t.match(await call('POST', `${company}/consent-renewals`, { consentIds: ['01931f5e-8c00-7000-8000-0123456789ab'] }), {
    status: 404,
    body: { code: 'consent_not_found' },
  })
})

test('a consent that covers what no later one does is renewed, however long the later one lasts', async (t) => {
  noon('2026-11-21')
  const { call } = await registered(service)
  const session = await authorised(service, call, { personId: 'anna', ticked: ['fjordbanken-main'] })
  service.clock.advance({ days: 100 })
  // For the bank it is another person, so that both consents stand.
  await authorised(service, call, { personId: 'anna', login: 'dina', ticked: ['fjordbanken-savings'] })
  service.clock.advance({ days: 60 })
  const { body: renewal } = await call('POST', `${company}/consent-renewals`, {})
  t.match(renewal.data, [{ institutionId: fjordbanken, personId: 'anna' }])
  t.equal(renewal.data.length, 1)
  t.match((await visit(service, renewal.data[0].url)).text, 'Driftskonto')
  t.match((await call('GET', `/v1/consents/${session.consentId}`)).body, { status: 'usable' })
})

test('a new session that ticks only the card takes over the card, and the older consent serves the rest', async (t) => {
  noon('2026-11-21')
  const { call, tenant } = await registered(service)
  const first = await authorised(service, call, { personId: 'anna', activate: { startDate: 'today' } })
  // Another login of the same person: this bank, as the standard says, ends a former consent of the same login.
  const second = await authorised(service, call, { personId: 'anna', login: 'dina', ticked: ['fjordbanken-savings'] })
  await service.work()
  const connections = await connectionsOf(call)
  t.match(connections[iban.main], { status: 'active', effectiveConsentId: first.consentId })
  t.match(connections[iban.savings], { effectiveConsentId: second.consentId, consents: [second.consentId] })
  const [, older] = await consentsOf(call)
  t.match(older, { id: first.consentId, status: 'usable', bankAccess: 'live' })
  t.equal(older.accounts.length, 4)
  t.strictSame(await eventsOf(service, tenant, 'consent.'), [])
})

test('where the bank itself ends the older consent, that is known at once and what to tick is told', async (t) => {
  noon('2026-11-21')
  const { call, tenant } = await registered(service)
  const first = await authorised(service, call, { personId: 'anna', activate: { startDate: 'today' } })
  await service.work()
  service.clock.advance({ minutes: 5 })
  const second = await authorised(service, call, { personId: 'anna', ticked: ['fjordbanken-card'] })
  t.strictSame(await statusesAtBank(), ['expired', 'valid'])
  await service.work()
  t.match((await call('GET', `/v1/consents/${first.consentId}`)).body, { status: 'expired', bankAccess: 'ended' })
  t.match(await eventsOf(service, tenant, 'consent.'), [
    { type: 'consent.expired', data: { consentId: first.consentId } },
  ])
  const connections = await connectionsOf(call)
  t.match(connections[card], { status: 'unassigned', effectiveConsentId: second.consentId })
  t.match(connections[iban.main], {
    status: 'iban_not_found',
    since: service.clock.now().toISOString(),
    repair: [{ action: 'authorise', body: { ledgerAccountIds: ['1920'], personId: 'anna' } }],
  })
  const { method, href, body } = connections[iban.main].repair[0]
  const repaired = await call(method, href, body)
  await visit(service, await decideAtBank(await toBank(service, repaired.body.url)))
  t.match((await connectionsOf(call))[iban.main], { status: 'active', id: connections[iban.main].id })
})

test('a bank that does not say whether it ended the older consent is asked again', async (t) => {
  noon('2026-11-21')
  const { call } = await registered(service)
  const first = await authorised(service, call, { personId: 'anna' })
  await authorised(service, call, { personId: 'anna', ticked: ['fjordbanken-card'] })
  await service.bank.control('/faults', { bank: 'fjordbanken', path: '/consents', times: 1, status: 503 })
  await service.work()
  t.match((await call('GET', `/v1/consents/${first.consentId}`)).body, { status: 'usable' })
  service.clock.advance({ hours: 1 })
  await service.work()
  t.match((await call('GET', `/v1/consents/${first.consentId}`)).body, { status: 'expired' })
})

test('a company that connects business accounts only refuses private ones, and keeps nothing of them', async (t) => {
  const { call } = await registered(service, { accountPolicy: 'business_only' })
  const refused = await authorised(service, call, { login: 'bob' })
  t.match(refused, {
    status: 'failed',
    failure: 'wrong_account_type',
    connectionIds: [],
    refusedAccounts: [
      { maskedIban: 'NO95 •••• 4956', reason: /private/ },
      { maskedIban: 'NO27 •••• 6082', reason: /private/ },
    ],
  })
  t.strictSame(await consentsOf(call), [])
  t.strictSame(await statusesAtBank(), ['terminatedByTpp'], 'what nobody uses is given back')
  const kept = await databaseText(service)
  for (const theirs of [iban.private, 'NO2786010736082', 'NO95 •••• 4956'])
    t.equal(kept.includes(theirs), theirs.includes('•'), theirs)
  t.equal(Object.keys(await connectionsOf(call)).length, 1)

  t.match(await authorised(service, call, { login: 'anna' }), { status: 'completed', refusedAccounts: [] })
  const { call: open } = await registered(service)
  t.match(await authorised(service, open, { login: 'bob' }), { status: 'completed', refusedAccounts: [] })
})

test('the consent of a person who was removed is used no more', async (t) => {
  const { call } = await registered(service)
  const { consentId } = await authorised(service, call, { personId: 'anna', activate: { startDate: 'today' } })
  t.equal((await call('DELETE', `${company}/persons/anna`)).status, 204)
  t.match((await call('GET', `/v1/consents/${consentId}`)).body, { status: 'revoked', bankAccess: 'live' })
  t.match((await connectionsOf(call))[iban.main], {
    status: 'access_lost',
    bankAccess: 'live',
    repair: [{ action: 'authorise' }],
  })
})

test('a consent by whoever held the link is attributed to a person afterwards', async (t) => {
  const { call } = await registered(service)
  const { call: other } = await registered(service)
  const { consentId } = await authorised(service, call)
  const path = `/v1/consents/${consentId}`
  t.notOk('personId' in (await call('GET', path)).body)
  const main = (await connectionsOf(call))[iban.main]
  const patch = { sourcePersonId: 'anna', sourceFallback: false }
  t.match(await call('PATCH', `/v1/connections/${main.id}`, patch), { status: 200, body: { status: 'access_lost' } })

  t.match(await call('PATCH', path, { personId: 'nobody' }), { status: 404, body: { code: 'person_not_found' } })
  t.match(await other('PATCH', path, { personId: 'anna' }), { status: 404, body: { code: 'consent_not_found' } })
  t.match(await call('PATCH', path, { personId: 'anna' }), {
    status: 200,
    body: { personId: 'anna', status: 'usable' },
  })
  t.match((await connectionsOf(call))[iban.main], { status: 'inactive' })
  t.match((await call('GET', `${company}/persons/anna`)).body, { consentStatus: 'usable' })
  t.match(await consentsOf(call, '?personId=anna'), [{ id: consentId }])
  t.strictSame(await consentsOf(call, '?personId=dina'), [])
})

test('revoking ends a consent at the bank and here, and again is harmless', async (t) => {
  const { call, tenant } = await registered(service)
  const { call: other } = await registered(service)
  const { consentId } = await authorised(service, call, { personId: 'anna', activate: { startDate: 'today' } })
  const path = `/v1/consents/${consentId}`
  t.match(await other('DELETE', path), { status: 404, body: { code: 'consent_not_found' } })

  await service.bank.control('/faults', { bank: 'fjordbanken', path: '/consents', times: 1, status: 503 })
  t.match(await call('DELETE', path), { status: 502, body: { code: 'bank_unavailable' } })
  t.match((await call('GET', path)).body, { status: 'usable', bankAccess: 'live' }, 'nothing has changed')

  const answers = await Promise.all([call('DELETE', path), call('DELETE', path)])
  for (const answer of [...answers, await call('DELETE', path)])
    t.match(answer, { status: 200, body: { id: consentId, status: 'revoked', bankAccess: 'ended' } })
  t.strictSame(await statusesAtBank(), ['terminatedByTpp'])
  t.match((await connectionsOf(call))[iban.main], {
    status: 'revoked',
    since: service.clock.now().toISOString(),
    bankAccess: 'ended',
    repair: [{ action: 'authorise', body: { personId: 'anna', ledgerAccountIds: ['1920'] } }],
  })
  t.equal((await eventsOf(service, tenant, 'consent.revoked')).length, 1)
  t.match((await call('GET', `${company}/persons/anna`)).body, { consentStatus: 'revoked' })
  t.match((await call('GET', company)).body, { bankData: 'off' })
  service.clock.advance({ days: 200 })
  await service.work()
  t.strictSame(
    await eventsOf(service, tenant, 'consent.'),
    [],
    'its end by time is no news, and older news is forgotten',
  )
})

test('a consent runs out by the clock, at its instant, and is told once', async (t) => {
  noon('2026-11-21')
  const { call, tenant } = await registered(service)
  const { consentId } = await authorised(service, call, { personId: 'anna', activate: { startDate: 'today' } })
  const { expiresAt } = (await call('GET', `/v1/consents/${consentId}`)).body
  t.match((await connectionsOf(call))[iban.main], {
    status: 'active',
    expiresAt,
    renewFrom: '2027-04-20T22:00:00.000Z',
  })
  service.clock.set(new Date(new Date(expiresAt).getTime() - 1))
  await service.work()
  t.match((await connectionsOf(call))[iban.main], { status: 'active' })
  t.match((await call('GET', `${company}/persons/anna`)).body, { consentStatus: 'expiring' })

  service.clock.set(new Date(new Date(expiresAt).getTime() + 40_000))
  await service.work()
  await service.work()
  t.match((await call('GET', `/v1/consents/${consentId}`)).body, { status: 'expired', bankAccess: 'ended' })
  t.match((await connectionsOf(call))[iban.main], {
    status: 'expired',
    since: expiresAt,
    repair: [{ action: 'renew', href: `${company}/consent-renewals`, body: { consentIds: [consentId] } }],
  })
  t.match(await eventsOf(service, tenant, 'consent.expired'), [{ type: 'consent.expired', data: { consentId } }])
  t.match((await call('GET', `${company}/persons/anna`)).body, { consentStatus: 'expired' })
  t.strictSame(await consentsOf(call, '?status=usable'), [])
  t.match(await consentsOf(call, '?status=expired'), [{ id: consentId }])
})

test('a consent that was revoked at the bank is noticed by the next run', async (t) => {
  noon('2026-11-21')
  const { call, tenant } = await registered(service)
  const { consentId } = await authorised(service, call, { personId: 'anna', activate: { startDate: 'today' } })
  await service.work()
  const [atBank] = await service.bank.control('/consents')
  await service.bank.control(`/consents/${atBank.id}/revoke`, {})
  const main = (await connectionsOf(call))[iban.main]
  t.match(main, { status: 'active' })
  service.clock.advance({ days: 1 })
  await service.work()
  t.match((await connectionsOf(call))[iban.main], {
    status: 'revoked',
    reason: /at the bank/,
    health: { state: 'failing', kind: 'consent_gone' },
  })
  t.match((await call('GET', `/v1/consents/${consentId}`)).body, { status: 'revoked', bankAccess: 'ended' })
  t.match(await eventsOf(service, tenant, 'consent.'), [{ type: 'consent.revoked', data: { consentId } }])
})

test('what a session is to switch on is switched on when it completes, from the day that was meant', async (t) => {
  for (const [startDate, expected] of [
    ['today', '2026-11-21'],
    ['month_start', '2026-11-01'],
    ['max_history', '2026-08-23'],
    ['2026-10-05', '2026-10-05'],
    // Older than the bank serves: it stays, and what is missing is told as a gap.
    ['2026-01-01', '2026-01-01'],
  ] as const) {
    noon('2026-11-21')
    const { call } = await registered(service)
    await authorised(service, call, { activate: { startDate } })
    const connections = await connectionsOf(call)
    t.match(connections[iban.main], { status: 'active', startDate: expected }, startDate)
    t.match(connections[iban.second], { status: 'unassigned' }, 'what belongs nowhere yet is not switched on')
    t.notOk('activatedAt' in connections[iban.second])
  }
})

test('a session switches on no other ledger accounts than it names', async (t) => {
  const { call } = await registered(service)
  await call('PUT', `${company}/ledger-accounts/1930`, { name: 'Sparing', currency: 'NOK', iban: iban.savings })
  await authorised(service, call, { ledgerAccountIds: ['1930'], activate: { startDate: 'today' } })
  const connections = await connectionsOf(call)
  t.match(connections[iban.savings], { status: 'active' })
  t.match(connections[iban.main], { status: 'inactive' })
})

test('the day is the company’s, and not that of Greenwich', async (t) => {
  service.clock.set('2026-11-30T23:30:00Z')
  const { call } = await registered(service)
  await authorised(service, call, { activate: { startDate: 'month_start' } })
  t.match((await connectionsOf(call))[iban.main], { startDate: '2026-12-01' })
})

test('a first fetch that was asked for the next day comes the next morning', async (t) => {
  noon('2026-11-21')
  const { call } = await registered(service)
  await authorised(service, call, { activate: { startDate: 'month_start', firstSync: 'next_day' } })
  await service.work()
  const waiting = (await connectionsOf(call))[iban.main]
  t.match(waiting, { status: 'active' })
  t.notOk('lastSync' in waiting)
  t.ok(waiting.nextSyncAt > '2026-11-21T23:59:00Z' && waiting.nextSyncAt < '2026-11-22T06:00:00Z', waiting.nextSyncAt)
  service.clock.set(waiting.nextSyncAt)
  await service.work()
  t.match((await connectionsOf(call))[iban.main], { lastSync: { status: 'completed' } })
})

test('a connection that was removed stays removed through renewals, until a session names its ledger account', async (t) => {
  const { call } = await registered(service)
  await authorised(service, call, { personId: 'anna', activate: { startDate: 'today' } })
  const before = await connectionsOf(call)
  t.equal((await call('DELETE', `/v1/connections/${before[iban.main].id}`)).status, 204)
  t.equal((await call('GET', `/v1/connections/${before[iban.main].id}`)).status, 404)
  t.equal((await call('DELETE', `/v1/connections/${before[iban.second].id}`)).status, 204)

  const renewed = await authorised(service, call, { personId: 'anna' })
  t.equal(renewed.connectionIds.length, 3)
  t.strictSame(Object.keys(await connectionsOf(call)).length, 3)

  const named = await authorised(service, call, { personId: 'anna', ledgerAccountIds: ['1920'] })
  t.equal(named.connectionIds.length, 4)
  const after = await connectionsOf(call)
  t.equal(after[iban.main].id, before[iban.main].id)
  t.match(after[iban.main], { status: 'active' })
  t.notOk(iban.second in after)
})

test('a removed connection does not come back to a ledger account that has another one by now', async (t) => {
  const { call } = await registered(service)
  await authorised(service, call, { personId: 'anna' })
  const before = await connectionsOf(call)
  await call('DELETE', `/v1/connections/${before[iban.main].id}`)
  const moved = await call('PATCH', `/v1/connections/${before[iban.second].id}`, {
    assignment: { ledgerAccountId: '1920' },
  })
  t.equal(moved.status, 200)
  const named = await authorised(service, call, { personId: 'anna', ledgerAccountIds: ['1920'] })
  t.match(named, { status: 'completed' })
  const after = await connectionsOf(call)
  t.notOk(iban.main in after)
  t.match(after[iban.second], { assignment: { ledgerAccountId: '1920' } })
})

test('consents are listed newest first, and belong to their tenant', async (t) => {
  const { call } = await registered(service)
  const { call: other } = await registered(service)
  const first = await authorised(service, call, { personId: 'anna' })
  const second = await authorised(service, call, { personId: 'anna', institutionId: 'berlin-group.nordlys' })
  const third = await authorised(service, call, { personId: 'dina', login: 'dina' })
  t.strictSame(
    (await consentsOf(call)).map(({ id }: { id: string }) => id),
    [third.consentId, second.consentId, first.consentId],
  )
  await call('DELETE', `/v1/consents/${third.consentId}`)
  const page = (await call('GET', `${company}/consents?status=usable&limit=1`)).body
  t.match(page.data, [{ id: second.consentId }], 'a page is full where there is enough to fill it')
  const rest = (await call('GET', `${company}/consents?status=usable&limit=1&cursor=${page.nextCursor}`)).body
  t.match(rest, { data: [{ id: first.consentId }], nextCursor: null })
  t.match(await other('GET', `/v1/consents/${first.consentId}`), { status: 404, body: { code: 'consent_not_found' } })
  t.strictSame(await consentsOf(other), [])
})

test('a consent that nobody has to reconfirm says so, and what mends it', async (t) => {
  const { call } = await registered(service)
  const { consentId } = await authorised(service, call, { personId: 'anna' })
  const { status, body } = await call('POST', `/v1/consents/${consentId}/reconfirm`, {})
  t.match([status, body], [409, { code: 'reconfirmation_not_needed', detail: /renew it/ }])
  const missing = await call('POST', '/v1/consents/019d0000-0000-7000-8000-000000000000/reconfirm', {})
  t.match([missing.status, missing.body.code], [404, 'consent_not_found'])
})
