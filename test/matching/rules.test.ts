import { t as file, test } from 'tap'
import { runMatching } from '../../src/matching/run-matching.ts'
import { claim, companiesOn, others, startCompany, type EntryRow, type Row } from './company.ts'

const aCompany = await companiesOn(file)

const url = '/v1/companies/nordlys'
const rulesUrl = `${url}/matching-rules`
const invoice: EntryRow = {
  entryId: 'INV-10042',
  amount: '1250.00',
  reference: '10042000017',
  dueDate: '2026-11-15',
  counterparty: { name: 'Fjell og Fjord AS' },
}
/** One of several invoices that nothing tells apart. */
const twin = (entryId: string): EntryRow => ({
  entryId,
  amount: '780.00',
  dueDate: '2026-11-15',
  counterparty: { name: 'Fjell og Fjord AS' },
})
const payment: Row = {
  minor: 125_000n,
  reference: '10042000017',
  remittanceInformation: 'Faktura 10042',
  counterparty: { name: 'FJELL OG FJORD AS' },
}
const when = { textContains: ['faktura'], amount: 'positive' }
const category = { id: 'r', when, then: { category: 'sales-by-card' } }

test('the rules are what was last put, in their order', async (t) => {
  const { call, connectionId } = await aCompany()
  t.same((await call('GET', rulesUrl)).body, { rules: [] })
  const rules = [
    { id: 'fees', when: { bankTransactionCode: 'ACMT-MDOP', amount: 'negative' }, then: { category: 'bank-fees' } },
    { id: 'cards', when: { counterpartyContains: ['Nets', 'Elavon'], connectionId }, then: 'always_suggest' },
    { id: 'owner', when: { textContains: ['privat uttak'] }, then: 'never_match' },
  ]
  t.same(await call('PUT', rulesUrl, { rules }).then(({ status, body }) => [status, body]), [200, { rules }])
  t.same((await call('GET', rulesUrl)).body, { rules })
  const fewer = { rules: rules.slice(1) }
  t.same((await call('PUT', rulesUrl, fewer)).body, fewer)
  t.same((await call('PUT', rulesUrl, { rules: [] })).body, { rules: [] })
})

test('rules that make no sense are refused, and the list stays as it was', async (t) => {
  const { call } = await aCompany()
  const before = { rules: [category] }
  await call('PUT', rulesUrl, before)
  const refused: readonly (readonly [rule: object, path: string | RegExp])[] = [
    [{ ...category, when: {} }, '/body/rules/0/when'],
    [{ ...category, when: { textContains: [] } }, '/body/rules/0/when/textContains'],
    [{ ...category, when: { textContains: [' \u0301'] } }, '/body/rules/0/when/textContains/0'],
    [{ ...category, when: { amount: 'zero' } }, '/body/rules/0/when/amount'],
    [{ ...category, when: { ...when, matches: '(a+)+$' } }, '/body/rules/0/when/matches'],
    [{ ...category, then: 'delete' }, /^\/body\/rules\/0\/then/],
    [{ ...category, then: { category: '' } }, /^\/body\/rules\/0\/then/],
  ]
  for (const [rule, path] of refused) {
    const { status, body } = await call('PUT', rulesUrl, { rules: [rule] })
    t.equal(status, 400, JSON.stringify(rule))
    t.ok(
      body.errors.some((error: { path: string }) =>
        typeof path === 'string' ? error.path === path : path.test(error.path),
      ),
      JSON.stringify(body.errors),
    )
  }
  t.match((await call('PUT', rulesUrl, { rules: [category, category] })).body.errors, [{ path: '/body/rules/1/id' }])
  const many = Array.from({ length: 201 }, (_, at) => ({ ...category, id: `r${at}` }))
  t.equal((await call('PUT', rulesUrl, { rules: many.slice(1) })).status, 200)
  t.equal((await call('PUT', rulesUrl, { rules: many })).status, 400)
  await call('PUT', rulesUrl, before)
  const nobodys = { connectionId: '01931f5e-8c00-7000-8000-00000000dead' }
  t.match(await call('PUT', rulesUrl, { rules: [{ ...category, when: nobodys }] }), {
    status: 404,
    body: { code: 'connection_not_found' },
  })
  t.same((await call('GET', rulesUrl)).body, before)
})

test('a transaction shows its category at once, and nothing is proposed for it; without the rule it is matched again', async (t) => {
  const company = await aCompany()
  const { call } = company
  await company.enter(...others, invoice)
  const [paid, other] = await company.book(payment, { minor: -4_990n, remittanceInformation: 'Faktura' })
  await call('PUT', rulesUrl, { rules: [category] })
  t.equal((await company.transaction(paid)).category, 'sales-by-card')
  t.notOk('category' in (await company.transaction(other)))
  t.match(await company.run(), { counts: { automatic: 0, suggested: 0, unmatched: 2 } })
  for (const list of [`${url}/transactions`, `/v1/connections/${company.connectionId}/transactions`])
    t.same(
      (await call('GET', list)).body.data.map(({ category: shown }: { category?: string }) => shown).toSorted(),
      ['sales-by-card', undefined],
      list,
    )
  await call('PUT', rulesUrl, { rules: [] })
  t.notOk('category' in (await company.transaction(paid)))
  company.service.clock.advance({ seconds: 10 })
  await runMatching(company.service.deps, await claim(company.service))
  t.match((await company.transaction(paid)).match, { status: 'confirmed' }, 'changing the rules made matching due')
})

test('what is never matched or has a category loses its suggestions, and what a person decided stays', async (t) => {
  const company = await aCompany()
  const { call } = company
  await company.enter(...others, twin('A'), twin('B'), twin('C'))
  const row: Row = { minor: 78_000n, remittanceInformation: 'Faktura', counterparty: { name: 'FJELL OG FJORD AS' } }
  const [decided, open] = await company.book(row, row)
  await company.run()
  const [suggestion] = await company.matches(`status=suggested&transactionId=${decided}`)
  await call('POST', `/v1/matches/${suggestion.id}/confirm`)
  t.match((await company.transaction(open)).match, { status: 'suggested' })
  for (const then of ['never_match', { category: 'x' }] as const) {
    await call('PUT', rulesUrl, { rules: [{ ...category, then }] })
    await company.run()
    t.notOk('match' in (await company.transaction(open)))
    const held = await company.transaction(decided)
    t.match(held.match, { id: suggestion.id, status: 'confirmed' })
    t.notOk('category' in held, 'it belongs to its entry')
  }
  const [link] = suggestion.links
  const left = ['A', 'B', 'C'].find((entryId) => entryId !== link.entryId)
  const made = await call('POST', `${url}/matches`, {
    links: [{ transactionId: open, entryId: left, amount: '780.00' }],
  })
  t.equal(made.status, 201, 'a person may match it all the same')
})

test('what is always suggested is never booked without a person, however certain', async (t) => {
  const company = await aCompany()
  await company.enter(...others, invoice)
  await company.book(payment)
  await company.call('PUT', rulesUrl, { rules: [{ ...category, then: 'always_suggest' }] })
  t.match(await company.run(), { counts: { automatic: 0, suggested: 1, unmatched: 0 } })
  t.match(await company.run(), { counts: { automatic: 0, suggested: 1, unmatched: 0 } })
  const [suggestion] = await company.matches()
  t.match(suggestion, { status: 'suggested', rank: 1, links: [{ entryId: 'INV-10042' }] })
  t.match((await company.call('POST', `/v1/matches/${suggestion.id}/confirm`)).body, { status: 'confirmed' })
})

test('one company’s rules are no other’s, of the same tenant or of another', async (t) => {
  const company = await aCompany()
  const rival = await startCompany(t, `${company.tenant}-rival`, company.service)
  await company.call('PUT', rulesUrl, { rules: [category] })
  t.same((await rival.call('GET', rulesUrl)).body, { rules: [] })
  const [theirs] = await rival.book(payment)
  t.notOk('category' in (await rival.transaction(theirs)))
  const foreign = { ...category, when: { connectionId: company.connectionId } }
  t.match(await rival.call('PUT', rulesUrl, { rules: [foreign] }), {
    status: 404,
    body: { code: 'connection_not_found' },
  })
  await company.call('PUT', '/v1/companies/second', { name: 'Annen AS', country: 'NO' })
  t.same((await company.call('GET', '/v1/companies/second/matching-rules')).body, { rules: [] })
  t.match(await company.call('PUT', '/v1/companies/second/matching-rules', { rules: [foreign] }), { status: 404 })
  t.match((await company.call('GET', '/v1/companies/nobody/matching-rules')).body, { code: 'company_not_found' })
  const reader = company.service.client(company.tenant, { scope: 'matching:read' })
  t.equal((await reader('PUT', rulesUrl, { rules: [] })).status, 403)
})

test('the change feed and what a match expands tell the category too', async (t) => {
  const company = await aCompany()
  await company.enter(...others, invoice)
  const [paid] = await company.book(payment)
  await company.run()
  await company.call('POST', `/v1/matches/${(await company.matches())[0].id}/undo`)
  await company.call('PUT', rulesUrl, { rules: [category] })
  const [match] = await company.matches('expand=transactions')
  t.equal(match.transactions[0].category, 'sales-by-card')
  await company.service.deps.unit(company.tenant, async ({ transactions }) =>
    transactions.announce('added', 'nordlys', [{ id: paid ?? '', version: 1 }], company.service.clock.now()),
  )
  const { body } = await company.call('GET', `${url}/transactions/changes`)
  t.equal(body.data[0].transaction.category, 'sales-by-card')
})
