// Senseworks' bank page, for companies in the Nordics: a link to copy or to send on, approvals for ninety days, and two ways to end it.

import { t as file, test } from 'tap'
import { decideAtBank, headingOf, toBank, visit } from '../consents/journey.ts'
import { startBankedService } from '../support/bank.ts'
import { openGuide } from './support/guide.ts'

const service = await startBankedService(file, { now: '2026-11-23T09:00:00Z', maxConsentDays: 90 })
const call = service.client('senseworks')
const guide = openGuide('senseworks', call)
const { show } = guide

const company = '/v1/companies/norrskenet'
const bank = 'berlin-group.svea-testbank'
const main = { iban: 'SE9599005377474420853451', account: 'svea-testbank-main' }
const savings = { iban: 'SE9799071900034996440844', account: 'svea-testbank-savings' }
const notTicked = 'svea-testbank-second'

/** The person at the bank, with the accounts that they tick, and back with us. Where they end up. */
async function approve(link: string, ...ticked: readonly string[]): Promise<string> {
  return (await visit(service, await decideAtBank(await toBank(service, link, bank), { ticked }))).location
}

const connections = async () => (await call('GET', `${company}/connections`)).body.data
const connectionOf = async ({ iban }: { iban: string }) =>
  (await connections()).find((connection: { iban?: string }) => connection.iban === iban)
const rowsOf = async (id: string) => (await call('GET', `/v1/connections/${id}/transactions?limit=100`)).body.data
const eventsOf = async (type: string) => (await call('GET', `/v1/events?type=${type}`)).body.data

await show('settings', 'PUT', '/v1/tenant', {
  name: 'Senseworks',
  redirectUrls: ['https://senseworks.example/bank'],
  defaultRedirectUrl: 'https://senseworks.example/bank',
})
await show('company', 'PUT', company, { name: 'Norrskenet Handel AB', country: 'SE' })
await show('ledger-account', 'PUT', `${company}/ledger-accounts/1930`, {
  name: 'Företagskonto',
  currency: 'SEK',
  iban: main.iban,
})
await call('PUT', `${company}/ledger-accounts/1940`, { name: 'Sparkonto', currency: 'SEK', iban: savings.iban })

test('the page lists the banks that there are, and what is not connected yet', async (t) => {
  const banks = await show('banks', 'GET', '/v1/institutions?country=SE', undefined, {
    fields: ['id', 'name', 'countries', 'maxConsentDays'],
  })
  t.match(banks.body.data, [{ id: bank, maxConsentDays: 90 }])
  const { body } = await show('not-connected', 'GET', `${company}/connections`, undefined, {
    fields: ['id', 'name', 'iban', 'status', 'reason', 'repair'],
    rows: 1,
  })
  t.match(body.data, [{ status: 'not_connected', repair: [{ action: 'authorise' }] }, { status: 'not_connected' }])
})

test('“add bank integration” makes a link to copy or to send on, and a link that was sent to the wrong person is withdrawn', async (t) => {
  const session = await show('add', 'POST', `${company}/consent-sessions`, {
    ledgerAccountIds: ['1930', '1940'],
    activate: { startDate: 'max_history' },
  })
  t.equal(session.status, 201)
  t.match(session.body, { status: 'created', url: /\/connect\// })
  t.notMatch(session.body, { openedAt: String })
  await show('withdraw', 'DELETE', `/v1/consent-sessions/${session.body.id}`)
  const dead = await visit(service, session.body.url)
  t.equal(dead.status, 410, headingOf(dead))
  t.match((await call('GET', `/v1/consent-sessions/${session.body.id}`)).body, { status: 'withdrawn' })
})

test('whoever has the link can use it until it has served, and the product sees that it was opened', async (t) => {
  const session = await show('send', 'POST', `${company}/consent-sessions`, {
    ledgerAccountIds: ['1930', '1940'],
    activate: { startDate: 'max_history' },
    expiresInHours: 168,
    language: 'sv',
  })
  const { id, url } = session.body
  t.match((await call('GET', `/v1/consent-sessions/${id}`)).body, { status: 'created' })

  service.clock.advance({ hours: 2 })
  // The bookkeeper looks at it, and passes it on.
  const page = await visit(service, url)
  t.equal(page.status, 200)
  t.match(page.text, 'Senseworks')
  const opened = await show('opened', 'GET', `/v1/consent-sessions/${id}`)
  t.match(opened.body, { status: 'opened', openedAt: '2026-11-23T11:00:00.000Z' })
  t.match(await eventsOf('consent_session.opened'), [{ data: { sessionId: id } }])

  // Somebody without the rights at the bank is told so, and so is the product; the link still serves.
  service.clock.advance({ hours: 3 })
  const refused = await decideAtBank(await toBank(service, url, bank), { login: 'carl' })
  t.match((await visit(service, refused)).location, /status=failed$/)
  const failed = await show('no-rights', 'GET', `/v1/consent-sessions/${id}`, undefined, {
    fields: ['id', 'status', 'failure', 'failureText', 'expiresAt'],
  })
  t.match(failed.body, { failure: 'insufficient_rights' })

  service.clock.advance({ hours: 20 })
  const end = await approve(url, main.account, savings.account)
  t.match(end, new RegExp(`^https://senseworks\\.example/bank\\?session=${id}&status=completed$`))
  const completed = await show('completed', 'GET', `/v1/consent-sessions/${id}`)
  t.match(completed.body, { status: 'completed', connectionIds: { length: 2 } })
  t.equal((await visit(service, url)).status, 410, 'it has served')
})

test('transactions come from both accounts, and the approval lasts ninety days', async (t) => {
  await service.work()
  const { body } = await show('connected', 'GET', `${company}/connections`, undefined, {
    fields: ['id', 'name', 'iban', 'assignment', 'status', 'reason', 'expiresAt', 'renewFrom', 'lastSync'],
  })
  t.match(body.data, [
    { status: /^active$/, expiresAt: '2027-02-22T23:00:00.000Z' },
    { status: /^active$/, expiresAt: '2027-02-22T23:00:00.000Z' },
  ])
  t.notOk((await connections()).some(({ name }: { name: string }) => name === notTicked))
  const { id } = await connectionOf(main)
  const list = await show('transactions', 'GET', `/v1/connections/${id}/transactions?limit=100`, undefined, { rows: 2 })
  t.ok(list.body.data.length > 20)
  t.ok((await rowsOf((await connectionOf(savings)).id)).length > 0)
  const feed = await show('changes', 'GET', `${company}/transactions/changes`, undefined, {
    rows: 1,
    // Of which account the first is, nobody knows: both are fetched at once.
    fields: ['type', 'transaction.id', 'transaction.currency', 'transaction.status', 'transaction.version', 'at'],
  })
  t.equal(feed.body.data[0].type, 'added')
})

test('before the ninety days are over the product is reminded, and a new approval goes on where the old one stops', async (t) => {
  const { id, effectiveConsentId } = await connectionOf(main)
  const before = await rowsOf(id)
  service.clock.set('2027-02-10T09:00:00Z')
  await service.work()
  const reminders = await eventsOf('consent.expiring')
  t.match(reminders.at(-1), { data: { consentId: effectiveConsentId } })
  await show('reminded', 'GET', '/v1/events?type=consent.expiring', undefined, {
    rows: 1,
    fields: ['id', 'type', 'at', 'companyId', 'data'],
  })

  const renewal = await show('renew', 'POST', `${company}/consent-renewals`, {})
  t.equal(renewal.body.data.length, 1)
  await approve(renewal.body.data[0].url, main.account, savings.account)
  await service.work()
  const renewed = await connectionOf(main)
  t.match(renewed, { id, status: /^active$/, expiresAt: '2027-05-11T22:00:00.000Z', lastSync: { status: 'completed' } })
  const consents = await show('consents', 'GET', `${company}/consents`)
  t.strictSame(
    consents.body.data.map(({ status }: { status: string }) => status),
    ['usable', 'superseded'],
  )
  const after = await rowsOf(id)
  t.ok(after.length >= before.length)
  t.match((await call('GET', `/v1/connections/${id}/coverage`)).body, { gaps: [] })
})

test('withdrawn at the bank, it is noticed at the next run', async (t) => {
  await service.bank.control('/banks/svea-testbank/persons/anna/revoke', {})
  t.match(await connectionOf(main), { status: /^active$/ })
  service.clock.advance({ days: 1 })
  await service.work()
  const { id } = await connectionOf(main)
  const revoked = await show('revoked', 'GET', `/v1/connections/${id}`, undefined, {
    fields: ['id', 'status', 'since', 'reason', 'repair', 'bankAccess'],
  })
  t.match(revoked.body, { status: 'revoked', bankAccess: 'ended', repair: [{ action: 'authorise', method: 'POST' }] })
  t.match((await eventsOf('consent.revoked')).length, 1)

  const [step] = revoked.body.repair
  const again = await show('approve-again', step.method, step.href, step.body)
  await approve(again.body.url, main.account, savings.account)
  await service.work()
  t.match(await connectionOf(main), { id, status: /^active$/ })
})

test('deactivated here, nothing is fetched, the bank may still list the consent, and it can be ended there too', async (t) => {
  const { id } = await connectionOf(main)
  const { id: other } = await connectionOf(savings)
  const off = await show('deactivate', 'POST', `/v1/connections/${id}/deactivate`, undefined, {
    fields: ['id', 'status', 'reason', 'repair', 'offers', 'bankAccess'],
  })
  t.match(off.body, { status: 'deactivated', bankAccess: 'live', offers: [{ action: 'revoke', method: 'DELETE' }] })
  await call('POST', `/v1/connections/${other}/deactivate`)

  const [{ id: lastRun }] = (await call('GET', `/v1/connections/${id}/sync-runs`)).body.data
  service.clock.advance({ days: 3 })
  await service.work()
  const [run] = (await call('GET', `/v1/connections/${id}/sync-runs`)).body.data
  t.equal(run.id, lastRun, 'nothing was fetched since')
  const listed = (status: string) => async () =>
    (await service.bank.control('/consents')).filter((consent: { status: string }) => consent.status === status)
  t.equal((await listed('valid')()).length, 1, 'the bank still lists it')

  const [offer] = off.body.offers
  const ended = await show('end-at-bank', offer.method, offer.href)
  t.match(ended, { status: 200, body: { status: 'revoked', bankAccess: 'ended' } })
  t.equal((await listed('valid')()).length, 0)
  const after = await connectionOf(main)
  t.match(after, { status: 'deactivated', bankAccess: 'ended', offers: [] })
  t.notMatch(after.reason, /may still/)
})

test('a link that nobody used in its time has ended', async (t) => {
  const { body } = await call('POST', `${company}/consent-sessions`, { expiresInHours: 48 })
  service.clock.advance({ hours: 47 })
  await service.work()
  t.equal((await visit(service, body.url)).status, 200, 'until then whoever has it can use it')
  service.clock.advance({ hours: 1 })
  t.equal((await visit(service, body.url)).status, 410)
  await service.work()
  t.match((await call('GET', `/v1/consent-sessions/${body.id}`)).body, { status: 'expired' })
  t.match((await eventsOf('consent_session.expired')).at(-1), { data: { sessionId: body.id } })
})

test('the guide shows what went over the wire', (t) => guide.isTrue(t))
