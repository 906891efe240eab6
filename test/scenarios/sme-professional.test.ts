// SME Professional's bank page, for letting agents in the United Kingdom: authorise, link, import now, and reauthorise all.

import { t as file, test } from 'tap'
import { refreshInstitutions } from '../../src/institutions/refresh-institutions.ts'
import { createSchedule } from '../../src/schedule.ts'
import type { Day } from '../../src/values/day.ts'
import { toBank, visit } from '../consents/journey.ts'
import { startGoCardlessSimulator } from '../simulators/gocardless/index.ts'
import type { SimulatedAccount, SimulatedTransaction } from '../simulators/simulator.ts'
import { fakeClock } from '../support/clock.ts'
import { startService } from '../support/service.ts'
import { openGuide } from './support/guide.ts'

const clock = fakeClock('2026-10-12T08:00:00Z')
const bank = await startGoCardlessSimulator({ clock })
file.teardown(() => bank.close())
const service = await startService(file, { clock, providers: bank.providerConfig })
await refreshInstitutions(service.deps)
const schedule = createSchedule(service.deps, { ticking: false })
file.teardown(() => schedule.stop())

const call = service.client('sme-professional')
const guide = openGuide('sme-professional', call)
const { show } = guide
const agency = '/v1/companies/harbour-lets'
const albion = 'gocardless.ALBIONBANK_ALBNGB2L'
const mercia = 'gocardless.MERCIABANK_MERCGB2L'
const psu = { ipAddress: '203.0.113.7', userAgent: 'Mozilla/5.0' }

const keys = ['client', 'office', 'deposits'] as const
type Key = (typeof keys)[number]
const ibans: Record<Key, string> = {
  client: 'GB29NWBK60161331926819',
  office: 'GB98MIDL07009312345678',
  deposits: 'GB33BUKB20201555555555',
}
const names: Record<Key, string> = {
  client: 'Client account',
  office: 'Business account',
  deposits: 'Tenants’ deposits',
}

const statements: Record<Key, SimulatedTransaction[]> = { client: [], office: [], deposits: [] }
const booked = (key: Key, bookingDate: Day, amount: string, text: string) =>
  statements[key].push({ id: `${key}-${statements[key].length + 1}`, bookingDate, amount, currency: 'GBP', text })

/** The banks show now what has been booked with them. */
const shown = () =>
  bank.hold(
    keys.map((key): SimulatedAccount => ({
      key,
      type: 'current',
      name: names[key],
      iban: ibans[key],
      currency: 'GBP',
      usage: 'business',
      owner: 'Harbour Lets Ltd',
      balance: statements[key].reduce((sum, { amount }) => sum + Number(amount), 10_000).toFixed(2),
      transactions: statements[key],
    })),
  )

/** The person agrees on our page, picks the bank, agrees there, and is back. */
async function approve(link: string, institutionId: string, ...only: readonly Key[]): Promise<string> {
  const back = await bank.visit(await toBank(service, link, institutionId), { kind: 'approve', only })
  return (await visit(service, back)).location
}

type Json = any // oxlint-disable-line typescript/no-explicit-any -- every answer has been checked against the contract
const connectionOf = async (key: Key): Promise<Json> =>
  (await call('GET', `${agency}/connections`)).body.data.find(({ iban }: Json) => iban === ibans[key])
const coverageOf = async (key: Key): Promise<Json> =>
  (await call('GET', `/v1/connections/${(await connectionOf(key)).id}/coverage`)).body

let cursor = ''
/** What the product has not read yet: days and texts. */
async function news(): Promise<readonly string[]> {
  const told: string[] = []
  for (;;) {
    const after = cursor === '' ? '' : `&after=${encodeURIComponent(cursor)}`
    const { body } = await call('GET', `${agency}/transactions/changes?limit=100${after}`)
    cursor = body.nextCursor
    if (body.data.length === 0) return told.toSorted()
    for (const { type, transaction } of body.data)
      told.push(
        `${transaction.bookingDate} ${transaction.remittanceInformation}${type === 'added' ? '' : ` (${type})`}`,
      )
  }
}

/** “Import transactions”. */
async function importNow(): Promise<readonly string[]> {
  await call('POST', `${agency}/sync-runs`, { psu })
  await schedule.drain()
  return news()
}

await call('PUT', '/v1/tenant', {
  name: 'SME Professional',
  redirectUrls: ['https://sme.example/link-bank-account'],
  defaultRedirectUrl: 'https://sme.example/link-bank-account',
})
await call('PUT', agency, { name: 'Harbour Lets Ltd', country: 'GB' })
await show('accounts', 'PUT', `${agency}/ledger-accounts/client-account`, { name: 'Client account', currency: 'GBP' })
await call('PUT', `${agency}/ledger-accounts/deposits`, { name: 'Deposits', currency: 'GBP' })
await call('PUT', `${agency}/ledger-accounts/rent-reserve`, { name: 'Rent reserve', currency: 'GBP' })
booked('client', '2026-10-05', '950.00', 'RENT FLAT 1')
booked('client', '2026-10-09', '-820.00', 'LANDLORD 1')
booked('office', '2026-10-08', '-45.00', 'STATIONERY')
booked('deposits', '2026-10-07', '1200.00', 'DEPOSIT FLAT 4')
await shown()

test('authorise: agree on our page, choose the bank, and back on “Link bank account” with its accounts', async (t) => {
  const banks = await show('banks', 'GET', '/v1/institutions?country=GB', undefined, {
    fields: ['id', 'name', 'maxHistoryDays', 'maxConsentDays', 'provider'],
  })
  t.match(banks.body.data.map(({ id }: Json) => id).toSorted(), [albion, mercia, /THAMES/])
  const session = await show('authorise', 'POST', `${agency}/consent-sessions`, {})
  const page = await visit(service, session.body.url)
  t.match(page.text, 'SME Professional')
  const end = await approve(session.body.url, albion, 'client', 'office')
  t.match(end, /^https:\/\/sme\.example\/link-bank-account\?session=.*&status=completed$/)
  await show('back', 'GET', `/v1/consent-sessions/${session.body.id}`, undefined, {
    fields: ['id', 'status', 'institutionId', 'consentId', 'connectionIds'],
  })
  const list = await show('to-link', 'GET', `${agency}/connections?status=unassigned`, undefined, {
    fields: ['id', 'name', 'iban', 'currency', 'owner', 'status', 'expiresAt'],
  })
  t.equal(list.body.data.length, 2)
})

test('each of the bank’s accounts is linked to one of the product’s own, or to none', async (t) => {
  const { id } = await connectionOf('client')
  const linked = await show(
    'link',
    'PATCH',
    `/v1/connections/${id}`,
    { assignment: { ledgerAccountId: 'client-account' } },
    { fields: ['id', 'assignment', 'status', 'reason'] },
  )
  t.match(linked.body, { status: 'inactive' })
  const active = await show(
    'activate',
    'POST',
    `/v1/connections/${id}/activate`,
    { startDate: '2026-10-01' },
    {
      fields: ['connection.id', 'connection.status', 'connection.startDate', 'servedFrom'],
    },
  )
  t.equal(active.body.connection.status, 'active')
  const office = await connectionOf('office')
  const ignored = await show(
    'none-selected',
    'PATCH',
    `/v1/connections/${office.id}`,
    { assignment: 'none' },
    {
      fields: ['id', 'assignment', 'status', 'reason'],
    },
  )
  t.match(ignored.body, { status: 'ignored' })
  await schedule.drain()
  t.strictSame(await news(), ['2026-10-05 RENT FLAT 1', '2026-10-09 LANDLORD 1'])
  t.strictSame((await call('GET', `/v1/connections/${office.id}/sync-runs`)).body.data, [], 'never fetched')
})

const link = (ledgerAccountId: string, more: object = {}) => ({ assignment: { ledgerAccountId }, ...more })

test('a second bank is linked to the wrong account; put right, what was imported moves or stays, as the user says', async (t) => {
  const { body } = await call('POST', `${agency}/consent-sessions`, {})
  await approve(body.url, mercia, 'deposits')
  const { id } = await connectionOf('deposits')
  const taken = await show('taken', 'PATCH', `/v1/connections/${id}`, link('client-account'), {
    fields: ['status', 'code', 'detail'],
  })
  t.match(taken, { status: 409, body: { code: 'assignment_conflict' } })

  await call('PATCH', `/v1/connections/${id}`, link('rent-reserve'))
  await call('POST', `/v1/connections/${id}/activate`, { startDate: '2026-10-01' })
  await schedule.drain()
  t.strictSame(await news(), ['2026-10-07 DEPOSIT FLAT 4'])
  await show('relink', 'PATCH', `/v1/connections/${id}`, link('deposits', { movePast: true }), {
    fields: ['id', 'assignment', 'status'],
  })
  const feed = await show('moved', 'GET', `${agency}/transactions/changes?after=${cursor}`, undefined, {
    fields: ['type', 'transaction.id', 'transaction.bookingDate', 'transaction.amount', 'transaction.assignment'],
  })
  t.match(feed.body.data, [{ type: 'modified', transaction: { assignment: { ledgerAccountId: 'deposits' } } }])
  await news()

  // From now on elsewhere; what is there stays.
  await call('PATCH', `/v1/connections/${id}`, link('rent-reserve', { movePast: false }))
  const placed = async () =>
    (await call('GET', `/v1/connections/${id}/transactions`)).body.data.map(({ assignment }: Json) => assignment)
  t.match(await placed(), [{ ledgerAccountId: 'deposits' }])
  t.strictSame(await news(), [], 'nothing has moved')
  await call('PATCH', `/v1/connections/${id}`, link('deposits'))
})

test('imported on 15/10 and next on 20/10: the cleared lines of 15 to 19/10, what was booked late before, and nothing pending', async (t) => {
  booked('client', '2026-10-12', '1100.00', 'RENT FLAT 2')
  booked('client', '2026-10-14', '-60.00', 'PLUMBER')
  booked('client', '2026-10-15', '700.00', 'RENT FLAT 3')
  await shown()
  clock.set('2026-10-15T09:30:00Z')
  const runs = await show(
    'import',
    'POST',
    `${agency}/sync-runs`,
    { psu },
    {
      fields: ['id', 'connectionId', 'status', 'trigger', 'skipped'],
    },
  )
  t.equal(runs.status, 202)
  await schedule.drain()
  t.strictSame(await news(), ['2026-10-12 RENT FLAT 2', '2026-10-14 PLUMBER'], 'through 14/10')

  booked('client', '2026-10-13', '-12.40', 'BOOKED LATE')
  booked('client', '2026-10-15', '-30.00', 'LATER THAT DAY')
  booked('client', '2026-10-16', '880.00', 'RENT FLAT 5')
  booked('client', '2026-10-17', '-640.00', 'LANDLORD 2')
  booked('client', '2026-10-18', '15.00', 'KEY DEPOSIT')
  booked('client', '2026-10-19', '-9.99', 'BANK CHARGES')
  booked('client', '2026-10-20', '400.00', 'NOT OVER YET')
  await shown()
  clock.set('2026-10-20T09:30:00Z')
  const before = cursor
  t.strictSame(await importNow(), [
    '2026-10-13 BOOKED LATE',
    '2026-10-15 LATER THAT DAY',
    '2026-10-15 RENT FLAT 3',
    '2026-10-16 RENT FLAT 5',
    '2026-10-17 LANDLORD 2',
    '2026-10-18 KEY DEPOSIT',
    '2026-10-19 BANK CHARGES',
  ])
  const { id } = await connectionOf('client')
  const run = await show('imported', 'GET', `/v1/connections/${id}/sync-runs?limit=1`, undefined, {
    fields: ['id', 'status', 'trigger', 'window', 'counts', 'finishedAt'],
    rows: 1,
  })
  t.match(run.body.data, [{ status: 'completed', counts: { added: 7 }, window: { to: '2026-10-19' } }])
  await show('lines', 'GET', `${agency}/transactions/changes?after=${before}`, undefined, {
    fields: [
      'type',
      'transaction.id',
      'transaction.bookingDate',
      'transaction.amount',
      'transaction.remittanceInformation',
      'transaction.assignment',
    ],
  })
  t.strictSame(await importNow(), [], 'again: nothing comes twice')
})

test('reauthorise all: one link for each bank, and each is good for ninety days from then', async (t) => {
  clock.set('2026-12-20T10:00:00Z')
  await importNow()
  const renewals = await show(
    'reauthorise',
    'POST',
    `${agency}/consent-renewals`,
    {},
    {
      fields: ['id', 'institutionId', 'status', 'expiresAt', 'url'],
    },
  )
  t.strictSame(renewals.body.data.map(({ institutionId }: Json) => institutionId).toSorted(), [albion, mercia])
  await reauthorised(renewals.body.data)
  for (const key of ['client', 'deposits'] as const)
    t.match(await connectionOf(key), { status: /^active$/, expiresAt: /^2027-03-/ }, key)
  t.match(await connectionOf('office'), { status: 'ignored' }, 'none stays none')
  const consents = (await call('GET', `${agency}/consents?status=usable`)).body.data
  t.equal(consents.length, 2)
})

const reauthorised = async (sessions: readonly Json[]) => {
  for (const { url, institutionId } of sessions)
    if (institutionId === albion) await approve(url, albion, 'client', 'office')
    else await approve(url, mercia, 'deposits')
}

test('expired, and reauthorised within what the bank serves: nothing is lost', async (t) => {
  clock.set('2027-03-19T10:00:00Z')
  await importNow()
  booked('client', '2027-03-19', '950.00', 'RENT MARCH')
  booked('client', '2027-06-09', '950.00', 'RENT JUNE')
  await shown()
  // 83 days, of 19/03 to 09/06, are missed.
  clock.set('2027-06-10T10:00:00Z')
  await schedule.drain()
  const { id } = await connectionOf('client')
  const expired = await show('expired', 'GET', `/v1/connections/${id}`, undefined, {
    fields: ['id', 'status', 'since', 'reason', 'repair'],
  })
  t.match(expired.body, { status: 'expired', repair: [{ action: 'renew' }] })
  t.strictSame(await importNow(), [])
  await reauthorised((await call('POST', `${agency}/consent-renewals`, {})).body.data)
  t.strictSame(await importNow(), ['2027-03-19 RENT MARCH', '2027-06-09 RENT JUNE'])
  t.match(await coverageOf('client'), { gaps: [], complete: [{ from: '2026-10-01', to: '2027-06-09' }] })
})

test('expired for longer than the bank serves: exactly the days that it no longer has are a gap', async (t) => {
  clock.set('2027-09-07T10:00:00Z')
  await importNow()
  booked('client', '2027-09-16', '950.00', 'NO LONGER SERVED')
  booked('client', '2027-09-17', '950.00', 'STILL SERVED')
  await shown()
  // A hundred days, of 07/09 to 15/12, are missed; the bank serves ninety.
  clock.set('2027-12-16T10:00:00Z')
  await schedule.drain()
  const renewals = await call('POST', `${agency}/consent-renewals`, { activeWithinDays: 120 })
  await reauthorised(renewals.body.data)
  t.strictSame(await importNow(), ['2027-09-17 STILL SERVED'])
  const { id } = await connectionOf('client')
  const coverage = await show('gap', 'GET', `/v1/connections/${id}/coverage`)
  t.strictSame(coverage.body.gaps, [{ from: '2027-09-07', to: '2027-09-16', state: 'unrecoverable' }])
  const told = (await call('GET', '/v1/events?type=connection.gap_found')).body.data
  t.ok(told.some(({ data }: Json) => data.connectionId === id))
})

test('deauthorise one bank: it ends there, and the other goes on', async (t) => {
  const consents = await show('authorised', 'GET', `${agency}/consents?status=usable`, undefined, {
    fields: ['id', 'institutionId', 'status', 'expiresAt', 'accounts'],
  })
  const { id } = consents.body.data.find(({ institutionId }: Json) => institutionId === mercia)
  const ended = await show('deauthorise', 'DELETE', `/v1/consents/${id}`)
  t.match(ended, { status: 200, body: { status: 'revoked', bankAccess: 'ended' } })
  t.match(await connectionOf('deposits'), { status: 'revoked' })
  t.match(await connectionOf('client'), { status: /^active$/ })
})

test('the guide shows what went over the wire', (t) => guide.isTrue(t))
