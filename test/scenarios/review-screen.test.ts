// The screen on which a bookkeeper goes through what the bank shows, from the badge in the menu to the reconciled month. Every call of it is in the guide.

import { t as file, test } from 'tap'
import { refreshInstitutions } from '../../src/institutions/refresh-institutions.ts'
import { createSchedule } from '../../src/schedule.ts'
import { doneUrl, toBank, visit } from '../consents/journey.ts'
import { startBerlinGroupSimulator } from '../simulators/berlin-group.ts'
import type { SimulatedTransaction } from '../simulators/simulator.ts'
import { fakeClock } from '../support/clock.ts'
import { startService } from '../support/service.ts'
import { openGuide } from './support/guide.ts'

const clock = fakeClock('2026-12-01T08:00:00Z')
const bank = await startBerlinGroupSimulator({ clock })
file.teardown(() => bank.close())
const service = await startService(file, { clock, providers: bank.providerConfig })
await refreshInstitutions(service.deps)
const schedule = createSchedule(service.deps, { ticking: false })
file.teardown(() => schedule.stop())

const call = service.client('books')
const guide = openGuide('review-screen', call)
const { show } = guide
const company = '/v1/companies/fjordlys'
const iban = 'NO9386011117947'

const line = (
  id: string,
  bookingDate: SimulatedTransaction['bookingDate'],
  amount: string,
  name: string,
  text: string,
): SimulatedTransaction => ({ id, bookingDate, amount, currency: 'NOK', text, counterparty: { name } })

await bank.hold([
  {
    key: 'main',
    type: 'current',
    name: 'Driftskonto',
    iban,
    currency: 'NOK',
    usage: 'business',
    owner: 'Fjordlys Handel AS',
    balance: '61274.50',
    transactions: [
      line('1', '2026-11-10', '12500.00', 'Nordvik Bygg AS', 'Faktura 10042'),
      line('2', '2026-11-12', '-6250.00', 'Kontorpartner Norge AS', 'Faktura KP-2611'),
      line('3', '2026-11-16', '4375.00', 'Havna Kafe og Bakeri', 'Betaling november'),
      line('4', '2026-11-18', '8200.00', 'Lofoten Fiskeeksport AS', 'Betaling faktura'),
      line('5', '2026-11-23', '3000.00', 'Brygga Eiendom AS', 'Overforing'),
      line('8', '2026-11-24', '990.00', 'M HANSEN', 'Takk for sist'),
      line('9', '2026-11-25', '5600.00', 'KYSTREGNSKAP', 'Betaling for Sjobris'),
      line('6', '2026-11-27', '-149.50', 'Fjordbanken', 'Gebyr'),
      line('7', '2026-11-30', '-1299.00', 'Elektrohuset', 'Visa 4711'),
    ],
  },
])

await call('PUT', '/v1/tenant', { name: 'Example Books', redirectUrls: [doneUrl], defaultRedirectUrl: doneUrl })
await call('PUT', company, { name: 'Fjordlys Handel AS', country: 'NO' })
await call('PUT', `${company}/ledger-accounts/1920`, { name: 'Driftskonto', currency: 'NOK', iban })
const { body: session } = await call('POST', `${company}/consent-sessions`, {
  institutionId: 'berlin-group.fjordbanken',
  ledgerAccountIds: ['1920'],
  activate: { startDate: '2026-11-01' },
})
await visit(service, await bank.visit(await toBank(service, session.url), { kind: 'approve' }))

const invoice = (entryId: string, amount: string, name: string, issueDate: string, more: object = {}) => ({
  entryId,
  kind: 'sales_invoice',
  amount,
  currency: 'NOK',
  issueDate,
  documentNumber: entryId,
  counterparty: { name },
  ...more,
})
await show('books', 'POST', `${company}/entries/batch`, {
  entries: [
    invoice('10042', '12500.00', 'Nordvik Bygg AS', '2026-10-27'),
    invoice('10043', '4375.00', 'Havna Kafé og Bakeri AS', '2026-11-02'),
    invoice('10044', '8200.00', 'Lofoten Fiskeeksport AS', '2026-11-03'),
    invoice('10045', '8200.00', 'Lofoten Fiskeeksport AS', '2026-11-04'),
    invoice('10046', '1000.00', 'Brygga Eiendom AS', '2026-11-05'),
    invoice('10047', '2000.00', 'Brygga Eiendom AS', '2026-11-09'),
    invoice('10048', '990.00', 'Marit Hansen', '2026-11-10'),
    invoice('10049', '990.00', 'Magnus Hansen', '2026-11-17'),
    invoice('10050', '5600.00', 'Sjøbris Turbåt AS', '2026-11-11'),
    invoice('10051', '5600.00', 'Sjøbris Turbåt AS', '2026-11-18'),
    invoice('KP-2611', '-6250.00', 'Kontorpartner Norge AS', '2026-11-01', { kind: 'purchase_bill' }),
    invoice('bilag-88', '-900.00', 'Posten', '2026-11-30', { kind: 'ledger_posting', ledgerAccountId: '1920' }),
  ],
})
await schedule.drain()

const entryOf = (match: { links: readonly { entryId: string }[] }) => match.links[0]?.entryId
const suggestions = async (query = '') =>
  (await call('GET', `${company}/matches?status=suggested&expand=transactions,entries${query}`)).body.data
const [connection] = (await call('GET', `${company}/connections`)).body.data
const review = async () => (await call('GET', `${company}/review`)).body.data[0]

test('the badge says how much waits, and the first list has each suggestion once, with both sides and why', async (t) => {
  const { body } = await show('badge', 'GET', `${company}/review`)
  t.match(body.data, [{ suggested: { count: 3 }, unmatched: { count: 2 }, oldest: '2026-11-18' }])
  const list = await show(
    'suggested',
    'GET',
    `${company}/matches?status=suggested&rank=1&connectionId=${connection.id}&expand=transactions,entries`,
    undefined,
    {
      rows: 1,
      fields: [
        'id',
        'confidence',
        'links',
        'reasons',
        'runnerUp.entryIds',
        'transactions.id',
        'transactions.bookingDate',
        'transactions.amount',
        'transactions.counterparty',
        'transactions.remittanceInformation',
        'entries.entryId',
        'entries.kind',
        'entries.openAmount',
        'entries.issueDate',
        'entries.documentNumber',
        'entries.counterparty',
      ],
    },
  )
  t.equal(list.body.data.length, 3)
  for (const match of list.body.data) t.match(match, { transactions: { length: 1 }, entries: { length: 1 } })
  t.equal((await suggestions()).length, 6, 'with the second best')
  const elsewhere = await call('GET', `${company}/matches?connectionId=01931f5e-8c00-7000-8000-00000000dead`)
  t.strictSame(elsewhere.body.data, [])
})

test('many are confirmed at once, each for itself: what is taken meanwhile is refused with its reason', async (t) => {
  const all = await suggestions()
  const matchIds = ['10048', '10050', '10049'].map((wanted) => all.find((match: never) => entryOf(match) === wanted).id)
  const { body } = await show(
    'confirm-many',
    'POST',
    `${company}/matches/confirm`,
    { matchIds },
    {
      fields: ['matchId', 'status', 'match.id', 'match.status', 'match.links', 'match.decidedBy', 'refusal'],
    },
  )
  t.match(body.data, [{ status: 'confirmed' }, { status: 'confirmed' }, { status: 'refused' }])
  t.match(await review(), { suggested: { count: 1 }, unmatched: { count: 2 } })
})

test('the right line with the wrong invoice is corrected on confirming', async (t) => {
  const [paid] = (await call('GET', `${company}/transactions?match=suggested`)).body.data
  const { body } = await show(
    'alternatives',
    'GET',
    `${company}/matches?status=suggested&transactionId=${paid.id}`,
    undefined,
    { fields: ['id', 'rank', 'confidence', 'links'] },
  )
  t.equal(body.data.length, 2)
  const best = body.data.find(({ rank }: { rank: number }) => rank === 1)
  t.equal(entryOf(best), '10044')
  const corrected = await show('correct', 'POST', `/v1/matches/${best.id}/confirm`, {
    links: [{ transactionId: paid.id, entryId: '10045', amount: '8200.00' }],
  })
  t.match(corrected.body, { id: best.id, status: 'confirmed', origin: 'manual', links: [{ entryId: '10045' }] })
  t.strictSame(await suggestions(), [], 'the other way to match it is gone')
})

test('what nothing is proposed for is matched by hand, or booked in the product and then matched', async (t) => {
  const unmatched = await show('unmatched', 'GET', `${company}/transactions?match=unmatched&to=2026-11-30`, undefined, {
    fields: ['id', 'bookingDate', 'amount', 'currency', 'counterparty', 'remittanceInformation'],
  })
  const fee = unmatched.body.data.find(({ amount }: { amount: string }) => amount === '-149.50')
  const open = await show('open-entries', 'GET', `${company}/entries?status=unmatched`, undefined, {
    fields: ['entryId', 'kind', 'openAmount', 'issueDate', 'counterparty'],
    rows: 2,
  })
  t.strictSame(
    open.body.data.map(({ entryId }: { entryId: string }) => entryId),
    ['10044', '10049', '10051', 'bilag-88'],
    'what is matched is not offered again',
  )
  await show('book-it', 'PUT', `${company}/entries/gebyr-2611`, {
    kind: 'bank_fee',
    amount: '-149.50',
    currency: 'NOK',
    issueDate: '2026-11-27',
  })
  const made = await show('by-hand', 'POST', `${company}/matches`, {
    links: [{ transactionId: fee.id, entryId: 'gebyr-2611', amount: '-149.50' }],
  })
  const applied = await show('booked', 'PUT', `${company}/entries/gebyr-2611`, {
    kind: 'bank_fee',
    amount: '-149.50',
    openAmount: '0.00',
    appliedMatchIds: [made.body.id],
    currency: 'NOK',
    issueDate: '2026-11-27',
  })
  t.match(applied.body, { openAmount: '0.00' })
  t.match(made, { status: 201, body: { status: 'confirmed', origin: 'manual', decidedBy: 'test:books' } })
})

test('what matched by itself can be looked at, and taken back', async (t) => {
  const automatic = await show('matched', 'GET', `${company}/transactions?match=matched`, undefined, {
    fields: ['id', 'bookingDate', 'amount', 'counterparty', 'match'],
    rows: 2,
  })
  const paid = automatic.body.data.find(({ amount }: { amount: string }) => amount === '3000.00')
  const undone = await show('undo', 'POST', `/v1/matches/${paid.match.id}/undo`, undefined, {
    fields: ['id', 'status', 'links'],
  })
  t.equal(undone.body.status, 'undone')
  t.notMatch((await call('GET', `/v1/transactions/${paid.id}`)).body, { match: {} })
})

test('the month is reconciled: the bank’s balance, what stands on one side, and what nothing explains', async (t) => {
  const at = `/v1/connections/${connection.id}/reconciliation?day=2026-11-30`
  const fields = [
    'connectionId',
    'day',
    'currency',
    'bank',
    'books',
    'difference',
    'missing',
    ...['count', 'amount', 'data.amount'].flatMap((field) => [`notInBooks.${field}`, `notAtBank.${field}`]),
    'notInBooks.data.transaction.id',
    'notInBooks.data.transaction.bookingDate',
    'notInBooks.data.transaction.counterparty',
    'notAtBank.data.entry.entryId',
    'notAtBank.data.entry.issueDate',
    'notAtBank.data.entry.counterparty',
  ]
  const { body } = await show('reconcile', 'GET', at, undefined, { fields })
  t.match(body, {
    bank: { source: 'told', amount: '61274.50' },
    books: { source: 'expected', amount: '58673.50' },
    notInBooks: { count: 2, amount: '1701.00' },
    notAtBank: { count: 1, amount: '-900.00' },
    difference: { amount: '2601.00' },
    missing: [],
  })
  const given = await show('reconcile-books', 'GET', `${at}&booksBalance=58661.00`, undefined, {
    fields: ['day', 'books', 'difference'],
  })
  t.match(given.body.difference, {
    amount: '2613.50',
    parts: [
      { kind: 'not_in_books', amount: '1701.00' },
      { kind: 'not_at_bank', amount: '900.00' },
      { kind: 'unexplained', amount: '12.50' },
    ],
  })
})

test('the guide shows what went over the wire', (t) => guide.isTrue(t))
