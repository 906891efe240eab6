import { t as file, test } from 'tap'
import { type EntryRow, claim, companiesOn, others, startCompany } from './company.ts'

const aCompany = await companiesOn(file)

const url = '/v1/companies/nordlys'
const invoice: EntryRow = {
  entryId: 'INV-10042',
  amount: '1250.00',
  reference: '10042000017',
  dueDate: '2026-11-15',
  counterparty: { name: 'Fjell og Fjord AS' },
}
const payment = { minor: 125_000n, reference: '10042000017', counterparty: { name: 'FJELL OG FJORD AS' } } as const

const idsOf = (matches: readonly { id: string }[]) => matches.map(({ id }) => id)
const linked = (transactionId: string | undefined, entryId: string) => ({
  links: [{ transactionId, entryId, amount: '10.00' }],
})

test('a run is asked for once: what is queued is joined', async (t) => {
  const { call, service, run } = await aCompany()
  const first = await call('POST', `${url}/matching-runs`)
  t.match(first, {
    status: 202,
    body: { companyId: 'nordlys', status: 'queued', counts: { automatic: 0, suggested: 0, unmatched: 0 } },
  })
  t.same(await call('POST', `${url}/matching-runs`).then(({ body }) => body), first.body)
  const done = await run()
  t.match(done, { id: first.body.id, status: 'completed', startedAt: /Z$/, finishedAt: /Z$/ })
  service.clock.advance({ minutes: 1 })
  t.not((await call('POST', `${url}/matching-runs`)).body.id, first.body.id)
  t.ok(await claim(service))
  t.match((await call('POST', '/v1/companies/nobody/matching-runs')).body, { code: 'company_not_found' })
})

test('a POST that is sent again is answered again, and done once', async (t) => {
  const company = await aCompany()
  const { call } = company
  await company.enter(...others, { entryId: 'E', amount: '100.00' })
  const [paid] = await company.book({ minor: 10_000n })
  const links = [{ transactionId: paid, entryId: 'E', amount: '100.00' }]
  const made = await call('POST', `${url}/matches`, { links }, { 'idempotency-key': 'make' })
  const again = await call('POST', `${url}/matches`, { links }, { 'idempotency-key': 'make' })
  t.equal(made.status, 201)
  t.same(again.body, made.body)
  t.equal(again.headers['idempotency-replayed'], 'true')
  const undone = await call('POST', `/v1/matches/${made.body.id}/undo`, undefined, { 'idempotency-key': 'undo' })
  t.same(
    (await call('POST', `/v1/matches/${made.body.id}/undo`, undefined, { 'idempotency-key': 'undo' })).body,
    undone.body,
  )
  t.same(await company.events(), ['match.confirmed', 'match.undone'])
  t.match(await call('POST', `${url}/matches`, { links: [] }, { 'idempotency-key': 'make' }), { status: 400 })
})

test('what belongs to another tenant or company is not there', async (t) => {
  const company = await aCompany()
  const rival = await startCompany(t, 'rival', company.service)
  await company.enter(invoice, { entryId: 'theirs', amount: '10.00' })
  await rival.enter({ entryId: 'ours', amount: '10.00' })
  const [theirs] = await company.book({ minor: 1_000n }, payment)
  const [ours] = await rival.book({ minor: 1_000n })
  const made = await company.call('POST', `${url}/matches`, {
    links: [{ transactionId: theirs, entryId: 'theirs', amount: '10.00' }],
  })
  const { body: run } = await company.call('POST', `${url}/matching-runs`)
  const code = async (method: string, path: string, body?: unknown): Promise<[number, string]> => {
    const answer = await rival.call(method, path, body)
    return [answer.status, answer.body.code]
  }
  t.same(await code('GET', `/v1/matching-runs/${run.id}`), [404, 'matching_run_not_found'])
  t.same(await code('GET', `/v1/matches/${made.body.id}`), [404, 'match_not_found'])
  for (const decision of ['confirm', 'reject', 'undo'])
    t.same(await code('POST', `/v1/matches/${made.body.id}/${decision}`), [404, 'match_not_found'])
  t.same(await code('POST', `${url}/matches`, linked(theirs, 'ours')), [404, 'transaction_not_found'])
  t.same(await code('POST', `${url}/matches`, linked(ours, 'theirs')), [404, 'entry_not_found'])
  t.match((await rival.call('POST', `${url}/matches/confirm`, { matchIds: [made.body.id] })).body, {
    data: [{ refusal: { code: 'match_not_found' } }],
  })
  t.same((await rival.call('GET', `${url}/matches`)).body.data, [])

  await rival.call('PUT', '/v1/companies/second', { name: 'Annen AS', country: 'NO' })
  t.same(
    await code('POST', '/v1/companies/second/matches', linked(ours, 'ours')),
    [404, 'transaction_not_found'],
    'nor is what belongs to another company',
  )
})

test('matches are listed newest first, by what they are about, and show it whole when asked', async (t) => {
  const company = await aCompany()
  const { call } = company
  await company.enter(...others, { entryId: 'A', amount: '100.00' }, { entryId: 'B', amount: '50.00' })
  const booked = await company.book({ minor: 10_000n }, { minor: 5_000n })
  const ids: string[] = []
  for (const [index, entryId] of ['A', 'B'].entries()) {
    const { body } = await call('POST', `${url}/matches`, {
      links: [{ transactionId: booked[index], entryId, amount: ['100.00', '50.00'][index] }],
    })
    ids.push(body.id)
  }
  t.same(idsOf(await company.matches()), ids.toReversed())
  t.same(idsOf(await company.matches('status=confirmed&entryId=B')), [ids[1]])
  t.same(idsOf(await company.matches(`transactionId=${booked[0]}`)), [ids[0]])
  t.same(await company.matches('status=suggested'), [])
  const page = await call('GET', `${url}/matches?limit=1`)
  t.same(idsOf(page.body.data), [ids[1]])
  t.same(idsOf((await call('GET', `${url}/matches?limit=1&cursor=${page.body.nextCursor}`)).body.data), [ids[0]])
  t.match((await call('GET', `${url}/matches?cursor=nonsense`)).body, { code: 'invalid_cursor' })

  const [plain] = await company.matches('entryId=A')
  t.notOk('transactions' in plain || 'entries' in plain)
  const [expanded] = await company.matches('entryId=A&expand=transactions,entries')
  t.same(expanded.transactions, [await company.transaction(booked[0])])
  t.same(expanded.entries, [(await call('GET', `${url}/entries/A`)).body])
  const one = await call('GET', `/v1/matches/${ids[0]}?expand=entries`)
  t.ok('entries' in one.body && !('transactions' in one.body))
  t.equal((await call('GET', `${url}/matches?expand=everything`)).status, 400)
})

test('reading asks for one scope, deciding for the other', async (t) => {
  const { service, tenant } = await aCompany()
  const reader = service.client(tenant, { scope: 'matching:read' })
  t.equal((await reader('GET', `${url}/matches`)).status, 200)
  t.equal((await reader('POST', `${url}/matching-runs`)).status, 403)
  t.equal((await service.client(tenant, { scope: 'entries:write' })('GET', `${url}/matches`)).status, 403)
})

test('reasons are told in the language that is asked for, and in English to everybody else', async (t) => {
  const company = await aCompany()
  const { call } = company
  await company.enter(...others, invoice)
  await company.book(payment)
  await company.run()
  const [{ id }] = await company.matches()
  const said = async (method: string, at: string, language?: string): Promise<string> => {
    const { body } = await call(method, at, undefined, language === undefined ? {} : { 'accept-language': language })
    const match = body.data?.[0] ?? body
    return match.reasons.map(({ text }: { text: string }) => text).join(' ')
  }
  const [english, norwegian] = [
    'The amount is exactly what is open: 1250.00.',
    'Beløpet er nøyaktig det som står åpent: 1250.00.',
  ]
  for (const [language, expected] of [
    [undefined, english],
    ['nb-NO, en;q=0.5', norwegian],
    ['de, no;q=0.4, en;q=0.3', norwegian],
    ['de', english],
    ['sv', 'Beloppet är exakt det som är obetalt: 1250.00.'],
    ['nl-BE', 'Het bedrag is precies wat er openstaat: 1250.00.'],
    ['fr', 'Le montant est exactement le solde ouvert : 1250.00.'],
    [';;q=,' + 'x-'.repeat(2_000), english],
  ] as const) {
    t.match(await said('GET', `/v1/matches/${id}`, language), expected, language ?? 'none')
    t.match(await said('GET', `${url}/matches`, language), expected, language ?? 'none')
  }
  t.match(await said('POST', `/v1/matches/${id}/confirm`, 'nb'), norwegian)
})

test('the entries that are unmatched are those of which confirmed matches have left something', async (t) => {
  const company = await aCompany()
  const { call } = company
  await company.enter({ entryId: 'E', amount: '100.00' }, { entryId: 'F', amount: '20.00' })
  const [first, second] = await company.book({ minor: 4_000n }, { minor: 6_000n })
  const unmatched = async () =>
    (await call('GET', `${url}/entries?status=unmatched`)).body.data.map(({ entryId }: { entryId: string }) => entryId)
  const match = async (transactionId: string | undefined, amount: string) => {
    const made = await call('POST', `${url}/matches`, { links: [{ transactionId, entryId: 'E', amount }] })
    t.equal(made.status, 201, JSON.stringify(made.body))
    return made.body.id
  }
  t.same(await unmatched(), ['E', 'F'])
  const part = await match(first, '40.00')
  t.same(await unmatched(), ['E', 'F'], 'sixty are left')
  const rest = await match(second, '60.00')
  t.same(await unmatched(), ['F'])
  await company.enter({ entryId: 'E', amount: '100.00', openAmount: '60.00', appliedMatchIds: [part] })
  t.same(await unmatched(), ['F'], 'what the books contain is not taken off twice')
  await call('POST', `/v1/matches/${rest}/undo`)
  t.same(await unmatched(), ['E', 'F'])
})
