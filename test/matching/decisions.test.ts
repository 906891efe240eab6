import { t as file, test } from 'tap'
import type { Answer } from '../support/service.ts'
import { type Company, type EntryRow, companiesOn, others } from './company.ts'

const aCompany = await companiesOn(file)

const url = '/v1/companies/nordlys'
/** Invoices of one customer that nothing tells apart: a payment of one is a suggestion. */
const twin = (entryId: string): EntryRow => ({
  entryId,
  amount: '780.00',
  issueDate: '2026-11-01',
  dueDate: '2026-11-15',
  counterparty: { name: 'Tvilling Drift AS' },
})
const twins = [twin('A'), twin('B')]
const twinPayment = { minor: 78_000n, counterparty: { name: 'TVILLING DRIFT AS' } } as const

type Link = {
  readonly transactionId: string | undefined
  readonly entryId: string | null
  readonly amount: string
  readonly entryAmount?: string
}

const make = ({ call }: Company, links: readonly Link[], rest: object = {}) =>
  call('POST', `${url}/matches`, { links, ...rest })

test('a confirmed suggestion holds, is the person’s, and leaves no rival undecided', async (t) => {
  const company = await aCompany()
  await company.enter(...others, ...twins)
  const [paid, again] = await company.book(twinPayment, twinPayment)
  await company.run()
  const suggestions = await company.matches('status=suggested')
  t.ok(suggestions.length > 1)
  const chosen = suggestions.find(({ links }) => links[0].transactionId === paid && links[0].entryId === 'A')
  const confirmed = await company.call('POST', `/v1/matches/${chosen.id}/confirm`)
  t.match(confirmed, {
    status: 200,
    body: {
      id: chosen.id,
      status: 'confirmed',
      origin: 'automatic',
      decidedBy: `test:${company.tenant}`,
      decidedAt: '2026-11-21T09:00:00.000Z',
    },
  })
  t.same((await company.transaction(paid)).match, { id: chosen.id, status: 'confirmed' })
  const left = await company.matches('status=suggested')
  t.notOk(
    left.some(({ links }) => links[0].transactionId === paid || links[0].entryId === 'A'),
    'neither the line nor the money is there for others',
  )
  const shown = (await company.transaction(again)).match
  t.ok(shown === undefined || left.some(({ id }) => id === shown.id), 'the other line is shown with what is left')
  t.same(
    (await company.call('POST', `/v1/matches/${chosen.id}/confirm`)).body,
    confirmed.body,
    'repeating it is harmless',
  )
  t.equal((await company.events()).at(-1), 'match.confirmed')
})

test('a suggestion can be corrected: then the links are the person’s', async (t) => {
  const company = await aCompany()
  await company.enter(...others, ...twins, { entryId: 'C', amount: '300.00' }, { entryId: 'D', amount: '480.00' })
  const [paid] = await company.book(twinPayment)
  await company.run()
  const [suggestion] = await company.matches('status=suggested')
  const links = [
    { transactionId: paid, entryId: 'C', amount: '300.00' },
    { transactionId: paid, entryId: 'D', amount: '480.00' },
  ]
  const confirmed = await company.call('POST', `/v1/matches/${suggestion.id}/confirm`, { links })
  t.match(confirmed, {
    status: 200,
    body: { id: suggestion.id, status: 'confirmed', origin: 'manual', confidence: 1, reasons: [], links },
  })
  t.same((await company.call('GET', `/v1/matches/${suggestion.id}`)).body, confirmed.body)
  const { body } = await company.call('POST', `/v1/matches/${suggestion.id}/confirm`, { links })
  t.equal(body.code, 'match_not_decidable')
  t.match(
    await company.call('POST', `/v1/matches/${suggestion.id}/confirm`, { difference: { amount: '1.00', kind: 'fee' } }),
    {
      status: 400,
      body: { errors: [{ path: '/body/links' }] },
    },
  )
})

test('only what is undecided can be confirmed or rejected, and only what holds can be undone', async (t) => {
  const company = await aCompany()
  await company.enter(...others, ...twins)
  await company.book(twinPayment)
  await company.run()
  const [one, two] = await company.matches('status=suggested')
  const decide = async (id: string, decision: string) => {
    const { status, body } = await company.call('POST', `/v1/matches/${id}/${decision}`)
    return status === 200 ? body.status : body.code
  }
  t.equal(await decide(one.id, 'undo'), 'match_not_decidable')
  t.equal(await decide(one.id, 'reject'), 'rejected')
  t.equal(await decide(one.id, 'reject'), 'rejected')
  t.equal(await decide(one.id, 'confirm'), 'match_not_decidable')
  t.equal(await decide(one.id, 'undo'), 'match_not_decidable')
  t.equal(await decide(two.id, 'confirm'), 'confirmed')
  t.equal(await decide(two.id, 'reject'), 'match_not_decidable')
  t.equal(await decide(two.id, 'undo'), 'undone')
  t.equal(await decide(two.id, 'undo'), 'undone')
  t.equal(await decide(two.id, 'confirm'), 'match_not_decidable')
})

test('undo restores exactly: the money is open, the line unmatched, and both can be matched again', async (t) => {
  const company = await aCompany()
  await company.enter(
    ...others,
    { entryId: 'E', amount: '1000.00', openAmount: '700.00' },
    { entryId: 'F', amount: '700.00' },
  )
  const [first, second] = await company.book({ minor: 70_000n }, { minor: 70_000n })
  const before = await company.transaction(first)
  const made = await make(company, [{ transactionId: first, entryId: 'E', amount: '700.00' }])
  t.equal(made.status, 201)
  const another = [{ transactionId: second, entryId: 'E', amount: '700.00' }]
  t.match(await make(company, another), { status: 409, body: { code: 'match_overspends' } })
  const elsewhere = [{ transactionId: first, entryId: 'F', amount: '700.00' }]
  t.match(
    await make(company, elsewhere),
    { status: 409, body: { code: 'match_overspends' } },
    'nor is a line explained twice',
  )
  t.match(await company.call('POST', `/v1/matches/${made.body.id}/undo`), {
    status: 200,
    body: { status: 'undone', decidedBy: `test:${company.tenant}` },
  })
  t.same(await company.transaction(first), before)
  t.equal((await make(company, another)).status, 201)
  t.same(await company.events(), ['match.confirmed', 'match.undone', 'match.confirmed'])
})

test('an entry’s open amount is spent once, and a line explained once, however many confirm at the same time', async (t) => {
  const company = await aCompany()
  await company.enter(...others, { entryId: 'E', amount: '1000.00' }, ...twins)
  const booked = await company.book(...Array.from({ length: 6 }, () => ({ minor: 40_000n })), twinPayment)
  const answers = await Promise.all(
    booked.slice(0, 6).map((id) => make(company, [{ transactionId: id, entryId: 'E', amount: '400.00' }])),
  )
  t.same(answers.filter(({ status }) => status === 201).length, 2, 'two of 400 fit into 1000, a third does not')
  await company.run()
  const suggestions = await company.matches(`status=suggested&transactionId=${booked[6]}`)
  t.ok(suggestions.length > 1)
  const confirmed = await Promise.all(suggestions.map(({ id }) => company.call('POST', `/v1/matches/${id}/confirm`)))
  t.equal(confirmed.filter(({ status }) => status === 200).length, 1)
})

test('many are confirmed one after the other, each as far as it can hold beside those before', async (t) => {
  const company = await aCompany()
  await company.enter(...others, ...twins)
  const booked = await company.book(twinPayment, twinPayment)
  await company.run()
  const suggestions = await company.matches('status=suggested')
  const unknown = '01931f5e-8c00-7000-8000-00000000dead'
  const matchIds = [unknown, ...suggestions.map(({ id }) => id)]
  const { status, body } = await company.call('POST', `${url}/matches/confirm`, { matchIds })
  t.equal(status, 200)
  t.same(
    body.data.map(({ matchId }: { matchId: string }) => matchId),
    matchIds,
  )
  t.match(body.data[0], { status: 'refused', refusal: { code: 'match_not_found' } })
  const confirmed = body.data.filter((each: { status: string }) => each.status === 'confirmed')
  t.equal(
    new Set(confirmed.map(({ match }: { match: { links: [Link] } }) => match.links[0].entryId)).size,
    confirmed.length,
  )
  t.equal(confirmed.length, 2)
  for (const id of booked) t.match((await company.transaction(id)).match, { status: 'confirmed' })
  t.ok(body.data.filter((each: { status: string }) => each.status === 'refused').length === matchIds.length - 2)
  t.match((await company.call('POST', '/v1/companies/nobody/matches/confirm', { matchIds })).body, {
    code: 'company_not_found',
  })
})

test('a suggestion of which something has changed since cannot be confirmed as it is', async (t) => {
  const company = await aCompany()
  const { service, tenant } = company
  await company.enter(...others, ...twins)
  const [paid] = await company.book(twinPayment)
  await company.run()
  const [suggestion, other] = await company.matches('status=suggested')
  const confirm = async ({ id }: { id: string }) => (await company.call('POST', `/v1/matches/${id}/confirm`)).body.code
  await company.enter({ ...twin(suggestion.links[0].entryId), openAmount: '100.00' })
  t.equal(await confirm(suggestion), 'match_not_decidable')
  await service.deps.unit(tenant, ({ transactions }) => transactions.remove([paid ?? ''], service.clock.now()))
  t.equal(await confirm(other), 'match_not_decidable')
})

/** The difference of what was made, else the field or the code that says why not. */
function outcomeOf(status: number, body: Answer['body']): string {
  if (status !== 201) return body.errors === undefined ? body.code : body.errors[0].path
  return body.difference === undefined ? 'no difference' : `${body.difference.amount} ${body.difference.kind}`
}

test('what is linked by hand has to add up, in names and within bounds', async (t) => {
  const company = await aCompany()
  await company.call('PUT', `${url}/ledger-accounts/1921`, {
    name: 'Sparing',
    currency: 'NOK',
    iban: 'NO5586011859226',
  })
  await company.enter(
    ...others,
    { entryId: 'I', amount: '1000.00' },
    { entryId: 'discounted', amount: '1000.00', cashDiscount: { percent: '2', until: '2026-11-10' } },
    { entryId: 'credit', amount: '-100.00', kind: 'sales_credit_note' },
    { entryId: 'bill', amount: '-500.00' },
    { entryId: 'euro', amount: '100.00', currency: 'EUR' },
    { entryId: 'move', amount: '900.00', kind: 'transfer', fromLedgerAccountId: '1920', toLedgerAccountId: '1921' },
  )
  type Case = {
    books: readonly bigint[]
    links: readonly [line: number, entryId: string | null, amount: string, entryAmount?: string][]
    difference?: object
    answer: string
  }
  const cases: Record<string, Case> = {
    'the whole': { books: [100_000n], links: [[0, 'I', '1000.00']], answer: 'no difference' },
    'a part': { books: [40_000n], links: [[0, 'I', '400.00']], answer: 'no difference' },
    'two payments': {
      books: [40_000n, 60_000n],
      links: [
        [0, 'I', '400.00'],
        [1, 'I', '600.00'],
      ],
      answer: 'no difference',
    },
    'several entries, one a credit note': {
      books: [90_000n],
      links: [
        [0, 'I', '1000.00'],
        [0, 'credit', '-100.00'],
      ],
      answer: 'no difference',
    },
    'less a fee': { books: [98_500n], links: [[0, 'I', '1000.00']], answer: '-15.00 fee' },
    'a rounding': { books: [99_960n], links: [[0, 'I', '1000.00']], answer: '-0.40 rounding' },
    'a discount in time': { books: [98_000n], links: [[0, 'discounted', '1000.00']], answer: '-20.00 discount' },
    'a little too much': { books: [105_000n], links: [[0, 'I', '1000.00']], answer: '50.00 overpayment' },
    'much too little': { books: [50_000n], links: [[0, 'I', '1000.00']], answer: 'match_does_not_add_up' },
    'much too much': { books: [150_000n], links: [[0, 'I', '1000.00']], answer: 'match_does_not_add_up' },
    'more than is open': { books: [120_000n], links: [[0, 'I', '1200.00']], answer: 'match_overspends' },
    'a discount that the person grants': {
      books: [90_000n],
      links: [[0, 'I', '1000.00']],
      difference: { amount: '-100.00', kind: 'discount' },
      answer: '-100.00 discount',
    },
    'a difference of another amount': {
      books: [90_000n],
      links: [[0, 'I', '1000.00']],
      difference: { amount: '-90.00', kind: 'discount' },
      answer: 'match_does_not_add_up',
    },
    'a difference where there is none': {
      books: [100_000n],
      links: [[0, 'I', '1000.00']],
      difference: { amount: '-90.00', kind: 'discount' },
      answer: 'match_does_not_add_up',
    },
    'a fee that gives money': {
      books: [105_000n],
      links: [[0, 'I', '1000.00']],
      difference: { amount: '50.00', kind: 'fee' },
      answer: 'match_does_not_add_up',
    },
    'a fee on top of a bill': { books: [-51_000n], links: [[0, 'bill', '-500.00']], answer: '-10.00 fee' },
    'a fee beyond belief': {
      books: [50_000n],
      links: [[0, 'I', '1000.00']],
      difference: { amount: '-500.00', kind: 'fee' },
      answer: 'match_does_not_add_up',
    },
    'another currency': { books: [116_450n], links: [[0, 'euro', '1164.50', '100.00']], answer: 'no difference' },
    'another currency, unsaid': {
      books: [116_450n],
      links: [[0, 'euro', '1164.50']],
      answer: '/body/links/0/entryAmount',
    },
    'a currency that is no other': {
      books: [100_000n],
      links: [[0, 'I', '1000.00', '1000.00']],
      answer: '/body/links/0/entryAmount',
    },
    'more decimals than there are': {
      books: [100_000n],
      links: [[0, 'I', '1000.001']],
      answer: '/body/links/0/amount',
    },
    'the wrong direction': { books: [-50_000n], links: [[0, 'bill', '500.00']], answer: '/body/links/0/amount' },
    nothing: { books: [50_000n], links: [[0, 'I', '0.00']], answer: '/body/links/0/amount' },
    'the same twice': {
      books: [100_000n],
      links: [
        [0, 'I', '500.00'],
        [0, 'I', '500.00'],
      ],
      answer: '/body/links/1',
    },
    'both halves of a transfer': {
      books: [-90_000n, 90_000n],
      links: [
        [0, 'move', '-900.00'],
        [1, 'move', '900.00'],
      ],
      answer: 'no difference',
    },
    'half a transfer': { books: [-90_000n], links: [[0, 'move', '-900.00']], answer: 'no difference' },
    'a transfer twice': {
      books: [-90_000n, -90_000n],
      links: [
        [0, 'move', '-900.00'],
        [1, 'move', '-900.00'],
      ],
      answer: 'match_overspends',
    },
    'two that cancel each other': {
      books: [-7_700n, 7_700n],
      links: [
        [0, null, '-77.00'],
        [1, null, '77.00'],
      ],
      answer: 'no difference',
    },
    'one that cancels nothing': { books: [-7_700n], links: [[0, null, '-77.00']], answer: 'match_does_not_add_up' },
    'an unknown entry': { books: [100_000n], links: [[0, 'nobody', '1000.00']], answer: 'entry_not_found' },
    'an unknown transaction': { books: [], links: [[0, 'I', '1000.00']], answer: 'transaction_not_found' },
  }
  for (const [name, { books, links, difference, answer }] of Object.entries(cases)) {
    const ids = await company.book(...books.map((minor) => ({ minor })))
    const { status, body } = await make(
      company,
      links.map(([line, entryId, amount, entryAmount]) => ({
        transactionId: ids[line] ?? '01931f5e-8c00-7000-8000-00000000dead',
        entryId,
        amount,
        ...(entryAmount !== undefined && { entryAmount }),
      })),
      difference === undefined ? {} : { difference },
    )
    t.equal(outcomeOf(status, body), answer, `${name}: ${body.detail}`)
    if (status === 201) await company.call('POST', `/v1/matches/${body.id}/undo`)
  }
})

test('the halves of a transfer may be matched one after the other, and each once', async (t) => {
  const company = await aCompany()
  await company.enter({
    entryId: 'move',
    amount: '900.00',
    kind: 'transfer',
    fromLedgerAccountId: '1920',
    toLedgerAccountId: '1921',
  })
  const [out, into, again] = await company.book({ minor: -90_000n }, { minor: 90_000n }, { minor: 90_000n })
  t.equal((await make(company, [{ transactionId: out, entryId: 'move', amount: '-900.00' }])).status, 201)
  t.equal((await make(company, [{ transactionId: into, entryId: 'move', amount: '900.00' }])).status, 201)
  t.equal(
    (await make(company, [{ transactionId: again, entryId: 'move', amount: '900.00' }])).body.code,
    'match_overspends',
  )
})
