// Cleemy's bank synchronisation, for companies in France: the cards of a group's employees become expenses, day after day.

import { t as file, test } from 'tap'
import { refreshInstitutions } from '../../src/institutions/refresh-institutions.ts'
import { createSchedule } from '../../src/schedule.ts'
import { toBank, visit } from '../consents/journey.ts'
import { startPowensSimulator, type PowensAccount } from '../simulators/powens/index.ts'
import { fuelUuid } from '../simulators/powens/views.ts'
import { fakeClock } from '../support/clock.ts'
import { startService } from '../support/service.ts'
import { openGuide } from './support/guide.ts'

// A Wednesday, in Paris ten in the morning.
const clock = fakeClock('2026-11-18T09:00:00Z')
const simulator = await startPowensSimulator({ clock })
file.teardown(() => simulator.close())
const service = await startService(file, { clock, providers: simulator.providerConfig })
await refreshInstitutions(service.deps)
const schedule = createSchedule(service.deps, { ticking: false })
file.teardown(() => schedule.stop())
const call = service.client('cleemy')
const guide = openGuide('cleemy', call)
const { show } = guide

const paris = '/v1/companies/lumiere-paris'
const lyon = '/v1/companies/lumiere-lyon'
const bank = `powens.${simulator.nativeId}`
const fuel = `powens.${fuelUuid}`

type Movement = PowensAccount['transactions'][number]
let lastMovement = 0
const spent = (bookingDate: Movement['bookingDate'], amount: string, text: string): Movement => ({
  id: `m${(lastMovement += 1)}`,
  bookingDate,
  amount: `-${amount}`,
  currency: 'EUR',
  text,
})

const cardOf = (key: string, name: string, maskedPan: string, transactions: readonly Movement[]): PowensAccount => ({
  key,
  type: 'card',
  name,
  maskedPan,
  currency: 'EUR',
  usage: 'business',
  owner: 'Lumière SA',
  balance: '0.00',
  transactions,
})

/** What each card has been used for; the bank knows it the day after. */
const used = new Map<string, readonly Movement[]>([
  [
    'amelie',
    [
      spent('2026-10-30', '31.00', 'SNCF'),
      spent('2026-11-03', '18.50', 'TAXI G7'),
      spent('2026-11-16', '42.00', 'BRASSERIE LIPP'),
    ],
  ],
  ['bruno', [spent('2026-11-05', '12.80', 'CAFE DE FLORE'), spent('2026-11-17', '250.00', 'HOTEL DU NORD')]],
  ['amelie-2', [spent('2026-11-10', '9.90', 'RATP')]],
  ['gr-17', [spent('2026-11-09', '61.30', 'TOTAL RELAIS A6')]],
])
const names = new Map<string, readonly [name: string, pan: string]>([
  ['amelie', ['Carte Affaires Amélie', '4970XXXXXXXX1234']],
  ['bruno', ['Carte Affaires Bruno', '4970XXXXXXXX5678']],
  ['amelie-2', ['Carte Voyage', '4970XXXXXXXX9012']],
  ['gr-17', ['Carte GR 17', '7825XXXXXXXX0017']],
])

async function banksKnow(): Promise<void> {
  const cards = [...names].map(([key, [name, pan]]) => cardOf(key, name, pan, used.get(key) ?? []))
  await simulator.hold(cards.filter(({ key }) => key !== 'gr-17'))
  await simulator.hold(
    cards.filter(({ key }) => key === 'gr-17'),
    fuelUuid,
  )
}
const use = (key: string, ...movements: readonly Movement[]) => used.set(key, [...(used.get(key) ?? []), ...movements])

/** The administrator opens the link, logs in, ticks these cards and comes back. */
async function share(link: string, institutionId: string, ...only: readonly string[]): Promise<string> {
  const back = await simulator.visit(await toBank(service, link, institutionId), { kind: 'approve', only })
  return (await visit(service, back)).location
}

/** Night falls, and it is morning. */
async function nextMorning(days = 1): Promise<void> {
  for (let day = 0; day < days; day += 1) {
    clock.advance({ days: 1 })
    await banksKnow()
    await schedule.drain()
  }
}

// oxlint-disable-next-line typescript/no-explicit-any -- every answer has been checked against the contract, which is what tests read it by
type Json = any
const cards = async (company = paris): Promise<readonly Json[]> =>
  (await call('GET', `${company}/connections`)).body.data
const card = async (key: string, company = paris): Promise<Json> => {
  const pan = names.get(key)?.[1]
  return (await cards(company)).find(({ maskedPan }) => maskedPan === pan)
}
let cursor: string | undefined
/** What the product has been told since it last asked, as expenses, the oldest first. */
async function expenses(): Promise<readonly Json[]> {
  const { body } = await call(
    'GET',
    `/v1/transactions/changes?limit=100${cursor === undefined ? '' : `&after=${cursor}`}`,
  )
  cursor = body.nextCursor
  return body.data
    .map(({ type, transaction: { bookingDate, amount, assignment } }: Json) => [
      type,
      bookingDate,
      amount,
      assignment.personId,
      assignment.expensePolicy,
    ])
    .toSorted(([, a]: string[], [, b]: string[]) => (String(a) < String(b) ? -1 : 1))
}

await banksKnow()

test('each entity of the group has its own list of interfaces', async (t) => {
  await show('settings', 'PUT', '/v1/tenant', {
    name: 'Cleemy',
    redirectUrls: ['https://cleemy.example/imports'],
    defaultRedirectUrl: 'https://cleemy.example/imports',
  })
  await show('company', 'PUT', paris, { name: 'Lumière Paris', country: 'FR', groupId: 'lumiere' })
  await call('PUT', lyon, { name: 'Lumière Lyon', country: 'FR', groupId: 'lumiere' })
  await show('holder', 'PUT', `${paris}/persons/amelie`, { name: 'Amélie Martin' })
  for (const [id, name] of Object.entries({ claire: 'Claire Petit', bruno: 'Bruno Leroy' }))
    await call('PUT', `${paris}/persons/${id}`, { name })
  await call('PUT', `${lyon}/persons/diane`, { name: 'Diane Roux' })
  t.same(await cards(), [])
  t.same(await cards(lyon), [])
})

test('the administrator finds the bank, or the card programme by its own name', async (t) => {
  const { body } = await show('programmes', 'GET', '/v1/institutions?country=FR&search=total', undefined, {
    fields: ['id', 'name', 'kind', 'accountTypes', 'provider'],
  })
  t.match(body.data, [{ id: fuel, kind: 'card_programme', accountTypes: ['fuel_card'] }])
  t.match((await call('GET', '/v1/institutions?country=FR&kind=bank&search=banque populaire')).body.data, [
    { id: bank },
  ])
})

test('“add a banking interface” leads to the provider’s page; the accounts that were ticked there, and no others, are then listed', async (t) => {
  const session = await show('add', 'POST', `${paris}/consent-sessions`, {
    personId: 'claire',
    institutionId: bank,
    activate: { startDate: 'month_start', firstSync: 'next_day', unassigned: true },
    language: 'fr',
  })
  const end = await share(session.body.url, bank, 'amelie', 'bruno')
  t.match(end, /^https:\/\/cleemy\.example\/imports\?session=[\w-]+&status=completed$/)
  const { body } = await show('listed', 'GET', `${paris}/connections`, undefined, {
    fields: ['id', 'name', 'type', 'maskedPan', 'currency', 'assignment', 'status', 'startDate', 'repair'],
    rows: 1,
  })
  t.equal(body.data.length, 2)
  for (const connection of body.data)
    t.match(connection, { type: 'card', status: 'unassigned', startDate: '2026-11-01', repair: [{ action: 'assign' }] })
  t.notOk(await card('amelie-2'), 'what was not ticked is not shared')
  t.same(await cards(lyon), [], 'and each entity has its own')
})

test('each is attached to its holder, as the company’s or as one whose expenses are reimbursed', async (t) => {
  const { id } = await card('amelie')
  const attached = await show(
    'attach',
    'PATCH',
    `/v1/connections/${id}`,
    {
      assignment: { personId: 'amelie', expensePolicy: 'company' },
    },
    { fields: ['id', 'assignment', 'status', 'startDate'] },
  )
  t.match(attached.body, { status: 'active', assignment: { personId: 'amelie', expensePolicy: 'company' } })
})

test('imports begin the day after the activation, with all of the month', async (t) => {
  await schedule.drain()
  const { id } = await card('amelie')
  t.same((await call('GET', `/v1/connections/${id}/sync-runs`)).body.data, [], 'not on the day itself')
  t.same(await expenses(), [])
  await nextMorning()
  t.match((await call('GET', `/v1/connections/${id}/coverage`)).body, {
    complete: [{ from: '2026-11-01', to: '2026-11-18' }],
    gaps: [],
  })
  const { body } = await show('expenses', 'GET', '/v1/transactions/changes', undefined, {
    rows: 1,
    fields: [
      'type',
      'at',
      'transaction.id',
      'transaction.companyId',
      'transaction.assignment',
      'transaction.bookingDate',
      'transaction.amount',
      'transaction.currency',
      'transaction.remittanceInformation',
    ],
  })
  t.equal(body.data.length, 2)
  t.same(await expenses(), [
    ['added', '2026-11-03', '-18.50', 'amelie', 'company'],
    ['added', '2026-11-16', '-42.00', 'amelie', 'company'],
  ])
})

test('what a card brings that is attached to nobody is kept, and becomes expenses once it is', async (t) => {
  const { id } = await card('bruno')
  t.equal((await call('GET', `/v1/connections/${id}/transactions`)).body.data.length, 2, 'kept')
  await show(
    'attach-later',
    'PATCH',
    `/v1/connections/${id}`,
    {
      assignment: { personId: 'bruno', expensePolicy: 'reimbursable' },
    },
    { fields: ['id', 'assignment', 'status'] },
  )
  t.same(await expenses(), [
    ['added', '2026-11-05', '-12.80', 'bruno', 'reimbursable'],
    ['added', '2026-11-17', '-250.00', 'bruno', 'reimbursable'],
  ])
})

test('cards of another provider are another interface of the same company; a person may have several', async (t) => {
  const session = await call('POST', `${paris}/consent-sessions`, {
    personId: 'claire',
    institutionId: fuel,
    activate: { startDate: 'month_start', firstSync: 'next_day', unassigned: true },
  })
  await share(session.body.url, fuel, 'gr-17')
  const { id } = await card('gr-17')
  await call('PATCH', `/v1/connections/${id}`, { assignment: { personId: 'amelie', expensePolicy: 'company' } })
  const { body } = await show('fuel', 'GET', `/v1/connections/${id}`, undefined, {
    fields: ['id', 'institutionId', 'name', 'type', 'assignment', 'status'],
  })
  t.match(body, { type: 'fuel_card', institutionId: fuel, status: 'active' })
  await nextMorning()
  t.same(await expenses(), [['added', '2026-11-09', '-61.30', 'amelie', 'company']])
})

test('every day brings what was spent the day before, at a time of the provider’s and ours', async (t) => {
  use('amelie', spent('2026-11-20', '23.00', 'MONOPRIX'))
  use('bruno', spent('2026-11-20', '7.20', 'BOULANGERIE'))
  await nextMorning()
  const told = await expenses()
  t.strictSame(
    new Set(told.map(String)),
    new Set(['added,2026-11-20,-23.00,amelie,company', 'added,2026-11-20,-7.20,bruno,reimbursable']),
  )
  const [amelie, bruno] = [await card('amelie'), await card('bruno')]
  t.not(amelie.nextSyncAt, bruno.nextSyncAt, 'spread over the night')
})

test('a synchronisation that fails is tried again, and no expense is lost', async (t) => {
  use('amelie', spent('2026-11-21', '88.00', 'AIR FRANCE'))
  const { id } = await card('amelie')
  await simulator.fault('maintenance')
  await nextMorning()
  const failed = await show('failed', 'GET', `/v1/connections/${id}/sync-runs?limit=1`, undefined, {
    fields: ['id', 'status', 'trigger', 'error.kind', 'error.retryAt', 'counts'],
  })
  t.match(failed.body.data, [{ status: 'failed', error: { kind: 'temporary' } }])
  t.match(await card('amelie'), { status: 'active', health: { state: 'delayed' } })
  t.same(await expenses(), [])
  await simulator.fault(null)
  clock.set(failed.body.data[0].error.retryAt)
  clock.advance({ minutes: 5 })
  await schedule.drain()
  t.same(await expenses(), [['added', '2026-11-21', '-88.00', 'amelie', 'company']])
  const { body } = await show('activity', 'GET', `/v1/connections/${id}/sync-runs`, undefined, {
    fields: ['id', 'status', 'trigger', 'window', 'counts', 'startedAt', 'finishedAt'],
    rows: 2,
  })
  t.match(body.data, [
    { status: 'completed', trigger: 'retry', counts: { added: 1 } },
    { status: 'failed' },
    { status: 'completed', trigger: 'schedule', counts: { added: 1 } },
  ])
  t.match((await call('GET', `/v1/connections/${id}/coverage`)).body, { gaps: [] })
})

test('“add accounts” later: another card of the interface is ticked, and nothing of the others changes', async (t) => {
  const before = await card('amelie')
  const session = await call('POST', `${paris}/consent-sessions`, {
    personId: 'claire',
    institutionId: bank,
    activate: { startDate: 'month_start', firstSync: 'next_day', unassigned: true },
  })
  await share(session.body.url, bank, 'amelie', 'bruno', 'amelie-2')
  t.match(await card('amelie'), { id: before.id, status: 'active', assignment: before.assignment })
  const { id } = await card('amelie-2')
  await call('PATCH', `/v1/connections/${id}`, { assignment: { personId: 'amelie', expensePolicy: 'reimbursable' } })
  await nextMorning()
  t.same(await expenses(), [['added', '2026-11-10', '-9.90', 'amelie', 'reimbursable']])
})

test('the group’s consumption is billed at once, whichever of its entities used it', async (t) => {
  const session = await call('POST', `${lyon}/consent-sessions`, {
    personId: 'diane',
    institutionId: fuel,
    activate: { startDate: 'month_start', firstSync: 'next_day', unassigned: true },
  })
  await share(session.body.url, fuel, 'gr-17')
  const { id } = await card('gr-17', lyon)
  await call('PATCH', `/v1/connections/${id}`, { assignment: { personId: 'diane', expensePolicy: 'company' } })
  use('gr-17', spent('2026-11-24', '55.00', 'TOTAL RELAIS A7'))
  await nextMorning(3)
  await expenses()
  const { body } = await show('usage', 'GET', '/v1/usage?month=2026-11&by=group')
  t.match(body, { final: false, data: [{ groupId: 'lumiere', activeCompanies: 2, activeConnections: 5 }] })
  // Free is what was booked before the card was connected: of the month before its first synchronisation nothing is billed.
  const companies = (await show('usage-by-company', 'GET', '/v1/usage?month=2026-11')).body.data
  t.equal(companies.length, 2)
  t.equal(
    companies.reduce((sum: number, { transactions }: Json) => sum + transactions, 0),
    body.data[0].transactions,
  )
  t.equal(body.data[0].transactions, 5)
})

test('the “trash” takes a card away: it stays away through renewals, until it is added again', async (t) => {
  const { id } = await card('bruno')
  await show('trash', 'DELETE', `/v1/connections/${id}`)
  use('bruno', spent('2027-04-20', '15.00', 'UBER'))
  await nextMorning(2)
  t.same(await expenses(), [])
  // Three weeks before the access runs out.
  clock.set('2027-04-26T09:00:00Z')
  await banksKnow()
  await schedule.drain()
  await expenses()
  const renewal = await show(
    'renew',
    'POST',
    `${paris}/consent-renewals`,
    {},
    {
      rows: 1,
      fields: ['id', 'institutionId', 'personId', 'status', 'url'],
    },
  )
  t.equal(renewal.body.data.length, 2, 'one for each interface')
  for (const { url, institutionId } of renewal.body.data) await share(url, institutionId)
  await nextMorning()
  t.match(await card('amelie'), { status: 'active', expiresAt: /^2027-10/ })
  t.notOk(await card('bruno'), 'though it is ticked at the provider')
  t.same(await expenses(), [])

  const again = await show('restore', 'POST', `/v1/connections/${id}/restore`, undefined, {
    fields: ['id', 'assignment', 'status', 'reason', 'repair'],
  })
  t.match(again.body, { id, assignment: { personId: 'bruno', expensePolicy: 'reimbursable' } })
  for (const step of again.body.repair) {
    const session = await call(step.method, step.href, step.body)
    await share(session.body.url, bank, 'amelie', 'bruno', 'amelie-2')
  }
  await schedule.drain()
  await nextMorning()
  t.match(await card('bruno'), { id, status: 'active' })
  t.same(
    await expenses(),
    [['added', '2027-04-20', '-15.00', 'bruno', 'reimbursable']],
    'with what was spent meanwhile',
  )
})

test('the guide shows what went over the wire', (t) => guide.isTrue(t))
