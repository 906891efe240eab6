// The account at a day, asked over HTTP, beside a sandbox bank whose books are known.

import { t as file, test } from 'tap'
import { company, fjord, storyteller } from '../sync/story.ts'

const begin = await storyteller(file)

test('the balance of any day that is held is the bank’s own, told or reckoned, and every line stands on one side until it is matched', async (t) => {
  const story = await begin({ now: '2026-11-09T09:00:00Z' })
  await story.ask('PUT', `${company}/ledger-accounts/1920`, { name: 'Drift', currency: 'NOK', iban: fjord.main.iban })
  await story.authorise()
  const { id } = await story.activate(fjord.main.iban, 'month_start')
  for (let night = 0; night < 4; night += 1) {
    story.service.clock.advance({ days: 1 })
    await story.service.work()
  }
  const at = (day: string, query = '') => story.ask('GET', `/v1/connections/${id}/reconciliation?day=${day}${query}`)
  const { openingBalance } = await story.service.bank.control(`/accounts/${fjord.main.id}`)
  const truth = await story.truth(fjord.main.id)
  const sources = new Set<string>()
  for (const day of ['2026-11-02', '2026-11-05', '2026-11-08', '2026-11-10', '2026-11-12']) {
    const found = await at(day)
    const booked = truth.filter(({ bookingDate }) => bookingDate <= day)
    t.equal(found.bank.amount, sum([openingBalance, ...booked.map(({ amount }) => amount)]), day)
    const held = booked.filter(({ bookingDate }) => bookingDate >= '2026-11-01')
    t.match(found.notInBooks, { count: held.length, amount: sum(held.map(({ amount }) => amount)) }, day)
    t.match(found.difference, { amount: found.notInBooks.amount })
    t.strictSame(found.missing, [])
    sources.add(found.bank.source)
  }
  t.strictSame(sources, new Set(['told', 'reckoned']))

  t.match(await at('2026-11-13'), { bank: { source: 'unknown', because: 'day_not_over' } })
  t.match(await at('2026-09-01'), { bank: { source: 'unknown', because: 'days_missing' } })
  t.match(
    await story.ask('GET', `/v1/connections/${id}/reconciliation`),
    { day: '2026-11-12' },
    'the last that is held',
  )
  const refused = await story.call('GET', `/v1/connections/${id}/reconciliation?booksBalance=1.005`)
  t.match(refused, { status: 400, body: { code: 'invalid_request', errors: [{ path: '/query/booksBalance' }] } })
})

test('what the books have posted and the bank has not is told, and what nothing explains is left unexplained', async (t) => {
  const story = await begin({ now: '2026-11-12T09:00:00Z' })
  await story.ask('PUT', `${company}/ledger-accounts/1920`, { name: 'Drift', currency: 'NOK', iban: fjord.main.iban })
  await story.authorise()
  const { id } = await story.activate(fjord.main.iban, 'month_start')
  const [line] = (await story.rows(id)).filter(({ bookingDate }) => bookingDate >= '2026-11-05')
  const post = (entryId: string, body: object) =>
    story.ask('PUT', `${company}/entries/${entryId}`, {
      kind: 'ledger_posting',
      currency: 'NOK',
      ledgerAccountId: '1920',
      ...body,
    })
  await post('same', { amount: line.amount, issueDate: '2026-11-02' })
  await post('cheque', { amount: '-777.00', issueDate: '2026-11-03' })
  await post('next-week', { amount: '-5.00', issueDate: '2026-11-12' })
  const made = await story.ask('POST', `${company}/matches`, {
    links: [{ transactionId: line.id, entryId: 'same', amount: line.amount }],
  })
  t.equal(made.status, 'confirmed')
  const at = (query: string) => story.ask('GET', `/v1/connections/${id}/reconciliation?${query}`)

  const before = await at('day=2026-11-04')
  t.match(before.notAtBank, { count: 2, amount: sum([line.amount, '-777.00']) }, 'on its way')
  t.strictSame(
    before.notAtBank.data.map(({ entry }: { entry: { entryId: string } }) => entry.entryId),
    ['same', 'cheque'],
  )
  const after = await at('day=2026-11-11')
  t.match(after.notAtBank, { count: 1, amount: '-777.00', data: [{ amount: '-777.00', entry: { entryId: 'cheque' } }] })
  t.notOk(after.notInBooks.data.some(({ transaction }: { transaction: { id: string } }) => transaction.id === line.id))
  t.equal(after.books.amount, sum([after.bank.amount, negated(after.notInBooks.amount), '-777.00']))

  const given = await at(`day=2026-11-11&booksBalance=${sum([after.books.amount, '-12.50'])}`)
  t.match(given.books.source, 'given')
  t.strictSame(given.difference.parts, [
    { kind: 'not_in_books', amount: after.notInBooks.amount },
    { kind: 'not_at_bank', amount: '777.00' },
    { kind: 'unexplained', amount: '12.50' },
  ])
  t.equal(sum(given.difference.parts.map(({ amount }: { amount: string }) => amount)), given.difference.amount)

  await post('same', { amount: line.amount, issueDate: '2026-11-12' })
  const posted = await at('day=2026-11-11')
  t.ok(
    posted.notInBooks.data.some(({ transaction }: { transaction: { id: string } }) => transaction.id === line.id),
    'what is posted on a later day was not in the books yet',
  )
})

test('what waits for a decision is counted for each account, without what closed books have already', async (t) => {
  const story = await begin({ now: '2026-11-12T09:00:00Z' })
  for (const [id, { iban }, more] of [
    ['1920', fjord.main, { bookedThrough: '2026-11-05' }],
    ['1930', fjord.savings, {}],
  ] as const)
    await story.ask('PUT', `${company}/ledger-accounts/${id}`, { name: id, currency: 'NOK', iban, ...more })
  t.strictSame((await story.ask('GET', `${company}/review`)).data, [], 'nothing yet')
  await story.authorise()
  const { id } = await story.activate(fjord.main.iban, 'month_start')
  const { data } = await story.ask('GET', `${company}/review`)
  const waiting = (await story.rows(id)).filter(({ bookingDate }) => bookingDate > '2026-11-05')
  t.ok(waiting.length > 0)
  t.strictSame(data, [
    {
      connectionId: id,
      name: 'Driftskonto',
      currency: 'NOK',
      suggested: { count: 0, amount: '0.00' },
      unmatched: { count: waiting.length, amount: sum(waiting.map(({ amount }) => amount)) },
      oldest: waiting[0]?.bookingDate,
    },
  ])
  const listed = await story.ask('GET', `${company}/transactions?match=unmatched&limit=100`)
  t.equal(listed.data.length, waiting.length, 'the list has the same')
  t.equal((await story.call('GET', '/v1/companies/nobody/review')).status, 404)
})

const minorOf = (amount: string): bigint => BigInt(amount.replace('.', ''))
const negated = (amount: string): string => text(-minorOf(amount))
const sum = (amounts: readonly string[]): string => text(amounts.reduce((total, amount) => total + minorOf(amount), 0n))
const text = (minor: bigint): string => {
  const digits = String(minor < 0n ? -minor : minor).padStart(3, '0')
  return `${minor < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
