import { t as file, test } from 'tap'
import { runSql } from '../support/database.ts'
import { company, fjord, storyteller, type Story } from '../sync/story.ts'

const begin = await storyteller(file)
const { iban } = fjord.main

/** A connection that is assigned and switched on, all that its bank serves imported. */
async function fetching(story: Story, startDate = '2026-11-01') {
  await story.ask('PUT', `${company}/ledger-accounts/1920`, { name: 'Bank', currency: 'NOK', iban })
  await story.authorise()
  return story.activate(iban, startDate)
}

/** The bank books so many on that day. */
async function book(story: Story, bookingDate: string, count = 1): Promise<void> {
  for (let n = 0; n < count; n += 1)
    await story.service.bank.control(`/accounts/${fjord.main.id}/transactions`, {
      bookingDate,
      amount: `-${n + 1}.00`,
      text: `Card ${bookingDate} ${n}`,
    })
}

type Row = {
  readonly companyId?: string
  readonly groupId: string | null
  readonly transactions: number
  readonly activeConnections: number
  readonly activeCompanies?: number
}

const ofCompany = (story: Story, month: string) => story.ask('GET', `${company}/usage?month=${month}`)
const of = (story: Story, month: string, by = 'company') => story.ask('GET', `/v1/usage?month=${month}&by=${by}`)

/** What the bank has booked, day by day, as this account's own books say. */
const truthCount = async (story: Story, from: string, through: string) =>
  (await story.truth(fjord.main.id, { from, through })).length

test('what was booked before the first activation is free; what comes from then on counts in the month in which it is delivered', async (t) => {
  const story = await begin({ now: '2026-11-21T09:00:00Z' })
  const { id } = await fetching(story)
  t.ok((await story.rows(id)).length > 5, 'there is history')
  t.match(await ofCompany(story, '2026-11'), { transactions: 0, activeConnections: 1, final: false, groupId: null })
  await book(story, '2026-11-30', 3)
  story.service.clock.set('2026-11-30T09:00:00Z')
  await story.service.work()
  const counted = await truthCount(story, '2026-11-21', '2026-11-29')
  t.ok(counted > 0)
  t.match(await ofCompany(story, '2026-11'), { transactions: counted })
  story.service.clock.set('2026-12-01T09:00:00Z')
  await story.service.work()
  t.match(await ofCompany(story, '2026-11'), { transactions: counted }, 'booked in November, delivered in December')
  t.match(await ofCompany(story, '2026-12'), {
    transactions: await truthCount(story, '2026-11-30', '2026-11-30'),
    activeConnections: 1,
  })
})

test('the month is the company’s own: what is delivered on its first day counts there, whatever day it is in Greenwich', async (t) => {
  const story = await begin({ now: '2026-11-21T09:00:00Z', timeZone: 'Pacific/Auckland' })
  await fetching(story)
  // The first of December there.
  story.service.clock.set('2026-11-30T20:00:00Z')
  await story.service.work()
  t.match(await ofCompany(story, '2026-11'), { transactions: 0 })
  t.match(await ofCompany(story, '2026-12'), { transactions: await truthCount(story, '2026-11-21', '2026-11-30') })
})

test('a month is final when it is over everywhere', async (t) => {
  const story = await begin()
  const final = async () => (await of(story, '2026-11')).final
  story.service.clock.set('2026-12-01T12:59:00Z')
  t.equal(await final(), false)
  story.service.clock.set('2026-12-01T13:00:00Z')
  t.equal(await final(), true)
})

test('closed books are free of charge', async (t) => {
  const story = await begin({ now: '2026-11-10T09:00:00Z' })
  await fetching(story)
  const account = { name: 'Bank', currency: 'NOK', iban, bookedThrough: '2026-11-17' }
  await story.ask('PUT', `${company}/ledger-accounts/1920`, account)
  story.service.clock.set('2026-11-21T09:00:00Z')
  await story.service.work()
  t.match(await ofCompany(story, '2026-11'), { transactions: await truthCount(story, '2026-11-18', '2026-11-20') })
})

test('what is held unassigned is not billed until it is assigned, and then once; the books that it comes into may be closed', async (t) => {
  const story = await begin({ now: '2026-11-10T09:00:00Z' })
  await story.authorise()
  const { id } = await story.activate(iban, '2026-11-01')
  story.service.clock.set('2026-11-21T09:00:00Z')
  await story.service.work()
  t.ok((await story.rows(id)).length > 0)
  t.match(await ofCompany(story, '2026-11'), { transactions: 0, activeConnections: 0 })
  const account = { name: 'Bank', currency: 'NOK', bookedThrough: '2026-11-14' }
  await story.ask('PUT', `${company}/ledger-accounts/1920`, account)
  story.service.clock.set('2026-12-02T09:00:00Z')
  await story.ask('PATCH', `/v1/connections/${id}`, { assignment: { ledgerAccountId: '1920' } })
  const expected = await truthCount(story, '2026-11-15', '2026-11-20')
  t.match(await ofCompany(story, '2026-12'), { transactions: expected, activeConnections: 1 })
  const { changes } = await story.feed()
  for (const { transaction } of changes)
    t.equal(transaction.alreadyBooked === true, transaction.bookingDate <= '2026-11-14', transaction.bookingDate)
  for (const assignment of ['none', { ledgerAccountId: '1920' }, null, { ledgerAccountId: '1920' }])
    await story.ask('PATCH', `/v1/connections/${id}`, { assignment, movePast: true })
  t.match(await ofCompany(story, '2026-12'), { transactions: expected }, 'assigned again and again it counts no more')
  t.match(await ofCompany(story, '2026-11'), { transactions: 0, activeConnections: 0 })
})

test('what the bank withdraws, changes or shows again counts no more and no less', async (t) => {
  const story = await begin({ now: '2026-11-10T09:00:00Z' })
  const { id } = await fetching(story)
  await book(story, '2026-11-20')
  story.service.clock.set('2026-11-21T09:00:00Z')
  await story.service.work()
  const { transactions } = await ofCompany(story, '2026-11')
  const [, , third, fourth] = (await story.truth(fjord.main.id, { from: '2026-11-12', through: '2026-11-20' })).map(
    ({ key }) => key,
  )
  const at = `/accounts/${fjord.main.id}/transactions`
  await story.service.bank.control(`${at}/${third}`, { amount: '-77.77' }, 'PATCH')
  await story.service.bank.control(`${at}/${fourth}`, undefined, 'DELETE')
  const before = (await story.rows(id)).length
  for (const day of ['2026-11-22', '2026-11-23']) {
    story.service.clock.set(`${day}T09:00:00Z`)
    await story.service.work()
  }
  const added = await truthCount(story, '2026-11-21', '2026-11-22')
  t.equal((await story.rows(id)).length, before - 1 + added, 'one was withdrawn')
  t.match(await ofCompany(story, '2026-11'), { transactions: transactions + added })
})

test('what is withdrawn and shown again is delivered twice, and counts once', async (t) => {
  const story = await begin({ now: '2026-11-10T09:00:00Z' })
  await fetching(story)
  await book(story, '2026-11-19')
  story.service.clock.set('2026-11-20T09:00:00Z')
  await story.service.work()
  const [coffee] = (await story.truth(fjord.main.id)).filter(({ text }) => text === 'Card 2026-11-19 0')
  await story.service.bank.control(`/accounts/${fjord.main.id}/transactions/${coffee?.key}`, undefined, 'DELETE')
  for (const day of ['2026-11-21', '2026-11-22']) {
    story.service.clock.set(`${day}T09:00:00Z`)
    await story.service.work()
  }
  await book(story, '2026-11-19')
  story.service.clock.set('2026-11-23T09:00:00Z')
  await story.service.work()
  const { changes } = await story.feed()
  const told = changes.filter(({ transaction }) => transaction.remittanceInformation === 'Card 2026-11-19 0')
  t.strictSame(
    told.map(({ type }) => type),
    ['added', 'removed', 'added'],
  )
  t.match(await ofCompany(story, '2026-11'), { transactions: await truthCount(story, '2026-11-10', '2026-11-22') })
})

test('a deleted company is still billed, without a word of whom it was', async (t) => {
  const story = await begin({ now: '2026-11-10T09:00:00Z' })
  await story.ask('PUT', company, { name: 'Fjordlys Handel AS', country: 'NO', groupId: 'nordic' })
  await fetching(story)
  story.service.clock.set('2026-11-21T09:00:00Z')
  await story.service.work()
  const used = await ofCompany(story, '2026-11')
  t.ok(used.transactions > 0)
  const { data } = await story.ask('GET', `${company}/consents`)
  await story.ask('DELETE', `/v1/consents/${data[0].id}`)
  await story.ask('DELETE', company)
  t.equal((await story.call('GET', company)).status, 404)
  t.strictSame(await ofCompany(story, '2026-11'), used)
  t.match(await of(story, '2026-11', 'group'), {
    data: [{ groupId: 'nordic', activeCompanies: 1, transactions: used.transactions }],
  })
  const kept = await runSql(
    story.service.ownerUrl,
    `select column_name as name from information_schema.columns where table_name in ('usage_counts', 'usage_groups') order by 1`,
  )
  t.strictSame(
    [...new Set(kept.map(({ name }) => name))],
    ['company_id', 'connection_id', 'group_id', 'month', 'tenant_id', 'transactions'],
  )
})

test('a month belongs to the group that the company was in at its end, and stays there', async (t) => {
  const story = await begin({ now: '2026-11-10T09:00:00Z' })
  const into = (groupId?: string) =>
    story.ask('PUT', company, { name: 'Fjordlys Handel AS', country: 'NO', ...(groupId && { groupId }) })
  const groups = async (month: string) =>
    (await of(story, month, 'group')).data.map((row: { groupId: string | null }) => row.groupId)
  await fetching(story)
  t.strictSame(await groups('2026-11'), [null])
  await into('nordic')
  t.strictSame(await groups('2026-11'), ['nordic'])
  await into('baltic')
  // The first of December in Oslo.
  story.service.clock.set('2026-11-30T23:30:00Z')
  await into('arctic')
  await story.service.work()
  t.strictSame(await groups('2026-11'), ['baltic'])
  t.strictSame(await groups('2026-12'), ['arctic'])
  t.match(await ofCompany(story, '2026-11'), { groupId: 'baltic' })
  await into()
  t.strictSame([await groups('2026-11'), await groups('2026-12')], [['baltic'], [null]])
})

test('lists come page by page, each with the sum of them all', async (t) => {
  const story = await begin()
  await runSql(
    story.service.ownerUrl,
    `insert into usage_counts select '${story.tenant}', '2026-10', 'c' || lpad((n % 130)::text, 3, '0'), md5(n::text)::uuid, n from generate_series(1, 260) n`,
    `insert into usage_groups select '${story.tenant}', 'c' || lpad(n::text, 3, '0'), '2026-01', case when n % 10 < 3 then null else 'g' || n % 10 end from generate_series(0, 129) n`,
  )
  const total = { transactions: (260 * 261) / 2, activeConnections: 260, activeCompanies: 130 }
  for (const by of ['company', 'group']) {
    const rows: Row[] = []
    for (let cursor = ''; ;) {
      const page = await story.ask('GET', `/v1/usage?month=2026-10&by=${by}&limit=3${cursor}`)
      t.strictSame(page.total, total)
      rows.push(...page.data)
      if (page.nextCursor === null) break
      cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`
    }
    t.equal(rows.length, by === 'company' ? 130 : 8)
    const keys = rows.map((row) => row.companyId ?? row.groupId ?? '')
    t.ok(
      keys.every((key, at) => at === 0 || key > (keys[at - 1] ?? '')),
      'in order',
    )
    const sum = (name: 'transactions' | 'activeConnections' | 'activeCompanies') =>
      rows.reduce((all, row) => all + (row[name] ?? 0), 0)
    t.equal(sum('transactions'), total.transactions)
    t.equal(sum('activeConnections'), total.activeConnections)
    if (by === 'group') t.strictSame([rows[0]?.groupId, sum('activeCompanies')], [null, 130])
  }
})

test('what is no month, and a company that never was, are refused', async (t) => {
  const story = await begin()
  t.match(await story.ask('GET', '/v1/usage'), { month: '2026-11' }, 'the present one without it')
  for (const query of ['?month=2026-13', '?month=2026', '?month=2026-11-01', '?month=2026-11&by=person'])
    t.match(await story.call('GET', `/v1/usage${query}`), { status: 400, body: { code: 'invalid_request' } }, query)
  t.match(await story.call('GET', '/v1/companies/nobody/usage?month=2026-11'), {
    status: 404,
    body: { code: 'company_not_found' },
  })
  const reader = story.service.client(story.tenant, { scope: 'companies:read' })
  t.equal((await reader('GET', '/v1/usage?month=2026-11')).status, 403)
})
