import { t as file, test } from 'tap'
import { runMatching } from '../../src/matching/run-matching.ts'
import { type Company, type EntryRow, claim, companiesOn, others } from './company.ts'

const aCompany = await companiesOn(file)

const url = '/v1/companies/nordlys'
const invoice: EntryRow = {
  entryId: 'INV-10042',
  amount: '1250.00',
  documentNumber: '10042',
  reference: '10042000017',
  issueDate: '2026-11-01',
  dueDate: '2026-11-15',
  counterparty: { name: 'Fjell og Fjord AS', iban: 'NO8330001234567' },
}
const payment = {
  minor: 125_000n,
  reference: '10042000017',
  remittanceInformation: 'Faktura 10042',
  counterparty: { name: 'FJELL OG FJORD AS', iban: 'NO8330001234567' },
} as const
/** Invoices of one customer that nothing tells apart. */
const twin = (entryId: string): EntryRow => ({
  entryId,
  amount: '780.00',
  issueDate: '2026-11-01',
  dueDate: '2026-11-15',
  counterparty: { name: 'Tvilling Drift AS' },
})
const twins = [twin('A'), twin('B')]
const twinPayment = { minor: 78_000n, counterparty: { name: 'TVILLING DRIFT AS' } } as const

test('what a reference proves is matched by itself, with its reasons in words', async (t) => {
  const company = await aCompany()
  await company.enter(...others, invoice)
  const [paid] = await company.book(payment, { minor: -4_990n, remittanceInformation: 'Kortkjop Kiwi' })
  const run = await company.run()
  t.match(run, { status: 'completed', counts: { automatic: 1, suggested: 0, unmatched: 1 } })
  const [match, ...rest] = await company.matches()
  t.same(rest, [])
  t.match(match, {
    status: 'confirmed',
    origin: 'automatic',
    rank: 1,
    links: [{ transactionId: paid, entryId: 'INV-10042', amount: '1250.00', currency: 'NOK' }],
    decidedAt: '2026-11-21T09:00:00.000Z',
  })
  t.notOk('decidedBy' in match, 'nobody decided')
  t.ok(match.confidence > 0.99)
  t.ok(
    match.reasons.some(({ text }: { text: string }) => text.includes('10042000017')),
    JSON.stringify(match.reasons),
  )
  t.same((await company.transaction(paid)).match, { id: match.id, status: 'confirmed' })
  t.same(await company.events(), ['match.confirmed'])
})

test('the same run twice changes nothing', async (t) => {
  const company = await aCompany()
  await company.enter(...others, invoice, ...twins)
  await company.book(payment, twinPayment, { minor: -4_990n, remittanceInformation: 'Kortkjop Kiwi' })
  const first = await company.run()
  t.ok(first.counts.automatic > 0 && first.counts.suggested > 0, JSON.stringify(first.counts))
  const [before, told] = [await company.matches(), await company.events()]
  company.service.clock.advance({ minutes: 5 })
  const second = await company.run()
  t.not(second.id, first.id)
  t.match(second, { status: 'completed', counts: { ...first.counts, automatic: 0 } })
  t.same(await company.matches(), before, 'not even a confidence is another one')
  t.same(await company.events(), told)
})

test('a suggestion keeps its id while it says the same, and is superseded when something better has come', async (t) => {
  const company = await aCompany()
  await company.enter(...others, ...twins)
  const [paid] = await company.book(twinPayment)
  await company.run()
  const before = await company.matches()
  t.ok(before.length > 0 && before.every(({ status }) => status === 'suggested'))
  const best = before.find(({ rank }) => rank === 1)
  t.same((await company.transaction(paid)).match, { id: best.id, status: 'suggested' }, 'it is shown with the best')

  await company.enter({ entryId: 'unrelated', amount: '-91.20', counterparty: { name: 'Porto og Frakt AS' } })
  await company.run()
  t.same(new Set((await company.matches()).map(({ id }) => id)), new Set(before.map(({ id }) => id)))

  await company.enter({ ...twin('B'), openAmount: '0.00' })
  await company.run()
  const after = await company.matches()
  const [held] = after.filter(({ status }) => status === 'suggested' || status === 'confirmed')
  t.equal(held.links[0].entryId, 'A')
  t.ok(after.some(({ status, links }) => status === 'superseded' && links[0].entryId === 'B'))
  t.equal((await company.transaction(paid)).match.id, held.id)
})

test('an open amount is spent once, however many runs race', async (t) => {
  const company = await aCompany()
  const { service } = company
  await company.enter(...others, invoice)
  await company.book(payment)
  await company.call('POST', `${url}/matching-runs`)
  const lost = await claim(service)
  service.clock.advance({ seconds: 31 })
  const held = await claim(service)
  const ends = await Promise.allSettled([lost, held].map((lease) => runMatching(service.deps, lease)))
  t.same(
    ends.map(({ status }) => status),
    ['rejected', 'fulfilled'],
  )
  t.match(ends[0], { reason: { code: 'lease_lost' } })
  t.equal((await company.matches()).length, 1)
  await company.book(payment)
  t.match(await company.run(), { counts: { automatic: 0, suggested: 0, unmatched: 1 } })
})

test('openAmount is the books’ word: what a match spent is taken off until they say that they contain it', async (t) => {
  const company = await aCompany()
  await company.enter(...others, invoice)
  await company.book(payment)
  await company.run()
  const [match] = await company.matches()
  const [second] = await company.book({ ...payment, bookingDate: '2026-11-18' })
  const isMatched = async (): Promise<boolean> => {
    await company.run()
    return 'match' in (await company.transaction(second))
  }
  await company.enter({ ...invoice, openAmount: '1250.00' })
  t.notOk(await isMatched(), 'the books have not heard of the match')
  await company.enter({ ...invoice, openAmount: '0.00', appliedMatchIds: [match.id] })
  t.notOk(await isMatched(), 'the books contain it: settled')
  await company.enter({ ...invoice, openAmount: '1250.00', appliedMatchIds: [match.id] })
  t.ok(await isMatched(), 'the books contain it, and still say that all of it is open')
})

test('what a person rejected or undid is not proposed again', async (t) => {
  const company = await aCompany()
  await company.enter(...others, invoice, ...twins)
  await company.book(payment, twinPayment)
  await company.run()
  for (const { id, status } of await company.matches())
    t.equal((await company.call('POST', `/v1/matches/${id}/${status === 'confirmed' ? 'undo' : 'reject'}`)).status, 200)
  const before = await company.matches()
  t.match(await company.run(), { counts: { automatic: 0, suggested: 0, unmatched: 2 } })
  t.same(await company.matches(), before)
})

test('what changes while a run is deciding is left to the next run, which is due at once', async (t) => {
  const company = await aCompany()
  const { deps } = company.service
  const changes: Record<string, (company: Company) => Promise<unknown>> = {
    'the entry is settled': ({ enter }) => enter({ ...invoice, openAmount: '0.00' }),
    'the entry is gone': ({ call }) => call('DELETE', `${url}/entries/INV-10042`),
  }
  await company.enter(...others)
  for (const [name, change] of Object.entries(changes)) {
    await company.enter(invoice)
    const [paid] = await company.book(payment)
    await company.call('POST', `${url}/matching-runs`)
    let units = 0
    const unit: typeof deps.unit = async (tenant, work) => {
      units += 1
      if (units === 2) await change(company)
      return deps.unit(tenant, work)
    }
    await runMatching({ ...deps, unit }, await claim(company.service))
    t.notOk('match' in (await company.transaction(paid)), name)
    await runMatching(deps, await claim(company.service))
    t.notOk('match' in (await company.transaction(paid)), name)
  }
})

test('a decision that is made while a run is deciding stands', async (t) => {
  const company = await aCompany()
  const { deps } = company.service
  await company.enter(...others, invoice, {
    ...invoice,
    entryId: 'by-hand',
    documentNumber: '77001',
    reference: '770018',
  })
  const [paid] = await company.book(payment)
  await company.call('POST', `${url}/matching-runs`)
  let units = 0
  const unit: typeof deps.unit = async (tenant, work) => {
    units += 1
    if (units === 2)
      await company.call('POST', `${url}/matches`, {
        links: [{ transactionId: paid, entryId: 'by-hand', amount: '1250.00' }],
      })
    return deps.unit(tenant, work)
  }
  await runMatching({ ...deps, unit }, await claim(company.service))
  const matches = await company.matches()
  t.equal(matches.length, 1)
  t.match(matches[0], { status: 'confirmed', origin: 'manual', links: [{ entryId: 'by-hand' }] })
})

test('only what is delivered and not in closed books is matched by itself', async (t) => {
  const company = await aCompany()
  const { service, tenant } = company
  await company.enter(...others, invoice)
  await company.call('PUT', `${url}/ledger-accounts/1921`, { name: 'Annen', currency: 'NOK', iban: 'NO5586011859226' })
  const { body } = await company.call('GET', `${url}/connections`)
  const other = body.data.find(({ id }: { id: string }) => id !== company.connectionId).id
  for (const assignment of ['none', null] as const)
    await service.deps.unit(tenant, async ({ connections }) =>
      connections.save({ ...(await connections.get(other)), assignment }),
    )
  const [closed, unassigned, withdrawn] = await company.book(
    { ...payment, alreadyBooked: true },
    { ...payment, connectionId: other },
    payment,
  )
  await company.withdraw(withdrawn ?? '')
  t.match(await company.run(), { status: 'completed', counts: { automatic: 0, suggested: 0, unmatched: 0 } })
  for (const id of [closed, unassigned]) t.notOk('match' in (await company.transaction(id)))
  t.same(await company.matches(), [])
})

test('a suggestion ends with what it spoke of; what was confirmed stays, as history', async (t) => {
  const company = await aCompany()
  await company.enter(...others, invoice, ...twins)
  const [paid, unclear] = await company.book(payment, twinPayment)
  await company.run()
  for (const entryId of ['A', 'B', 'INV-10042']) await company.call('DELETE', `${url}/entries/${entryId}`)
  await company.run()
  const stood = await company.matches()
  t.ok(stood.some(({ status }) => status === 'superseded'))
  t.same(
    stood.filter(({ status }) => status !== 'superseded').map(({ status, links }) => [status, links[0].entryId]),
    [['confirmed', 'INV-10042']],
  )
  t.notOk('match' in (await company.transaction(unclear)))
  t.match((await company.transaction(paid)).match, { status: 'confirmed' })

  await company.enter(...twins)
  await company.run()
  t.match((await company.transaction(unclear)).match, { status: 'suggested' })
  await company.withdraw(unclear ?? '', paid ?? '')
  await company.run()
  const stand = await company.matches()
  t.notOk(stand.some(({ status }) => status === 'suggested'))
  t.ok(stand.some(({ status }) => status === 'confirmed'))
})

test('a run that fails says so, and is tried again', async (t) => {
  const company = await aCompany()
  const { deps } = company.service
  await company.enter(...others, invoice)
  await company.book(payment)
  const { body: asked } = await company.call('POST', `${url}/matching-runs`)
  let units = 0
  const unit: typeof deps.unit = async (tenant, work) => {
    units += 1
    if (units === 2) throw new Error('the database is away')
    return deps.unit(tenant, work)
  }
  const lease = await claim(company.service)
  await t.rejects(runMatching({ ...deps, unit }, lease), { message: 'the database is away' })
  t.match((await company.call('GET', `/v1/matching-runs/${asked.id}`)).body, {
    status: 'failed',
    error: { text: /tried again/ },
  })
  await runMatching(deps, lease)
  t.equal((await company.matches()).length, 1)
})

test('the matching of a company that is gone is no longer due', async (t) => {
  const company = await aCompany()
  const { service, tenant } = company
  await company.call('POST', `${url}/matching-runs`)
  const lease = await claim(service)
  await service.deps.unit(tenant, ({ companies }) => companies.delete('nordlys'))
  await runMatching(service.deps, lease)
  service.clock.advance({ days: 1 })
  await t.rejects(claim(service), { message: 'no matching is due' })
})
