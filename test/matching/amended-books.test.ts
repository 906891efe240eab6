// The books change beside matching: entries are amended, settled and deleted, and people take back what they confirmed.

import { t as file, test } from 'tap'
import { bookEntriesOf } from '../../src/matching/book-entries.ts'
import { runSql } from '../support/database.ts'
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
const twinPayment = { minor: 78_000n, counterparty: { name: 'TVILLING DRIFT AS' } } as const

/** A company with two payments, and suggestions of either for either invoice. */
async function undecided() {
  const company = await aCompany()
  await company.enter(...others, twin('A'), twin('B'))
  const [one = '', two = ''] = await company.book(twinPayment, twinPayment)
  await company.run()
  return { company, one, two }
}

const entriesOf = (matches: readonly { readonly links: readonly { readonly entryId: string }[] }[]) =>
  [...new Set(matches.flatMap(({ links }) => links.map(({ entryId }) => entryId)))].toSorted()

test('a suggestion that no longer holds is gone as soon as the books say so, and nothing else is', async (t) => {
  const { company, one } = await undecided()
  const before = await company.matches('status=suggested')
  t.same(entriesOf(before), ['A', 'B'])
  await company.enter({ ...twin('A'), description: 'Kaffe' })
  t.same(await company.matches('status=suggested'), before)
  const { status, body } = await company.call('PUT', `${url}/entries/A`, {
    kind: 'sales_invoice',
    currency: 'NOK',
    amount: '900.00',
  })
  t.equal(status, 200, body.detail)
  const left = await company.matches('status=suggested')
  t.same(entriesOf(left), ['B'])
  t.ok(left.some(({ id }) => id === before.find((each) => each.links[0].entryId === 'B').id))
  t.ok((await company.matches('entryId=A')).every((each) => each.status === 'superseded'))
  const shown = (await company.transaction(one)).match
  t.ok(shown === undefined || left.some(({ id }) => id === shown.id), 'the line is shown with what is left')
  t.equal((await company.call('DELETE', `${url}/entries/B`)).status, 204)
  t.same(await company.matches('status=suggested'), [])
  t.notOk('match' in (await company.transaction(one)))
  t.match(await company.call('DELETE', `${url}/entries/B`), { status: 404, body: { code: 'entry_not_found' } })
})

test('what was confirmed stays when the books say something else, is listed for attention, and agrees again', async (t) => {
  const company = await aCompany()
  await company.enter(...others, { entryId: 'E', amount: '1000.00' })
  const lines = await company.book({ minor: 60_000n }, { minor: 40_000n })
  const made: string[] = []
  for (const [at, amount] of ['600.00', '400.00'].entries()) {
    const links = [{ transactionId: lines[at], entryId: 'E', amount }]
    made.push((await company.call('POST', `${url}/matches`, { links })).body.id)
  }
  const [first, second] = made
  const attention = async () =>
    (await company.matches('attention=true')).map((match) => {
      t.equal(match.status, 'confirmed')
      return `${match.id === first ? 'first' : 'second'} ${match.attention.reason}`
    })
  const send = (rest: object) => company.enter({ entryId: 'E', amount: '1000.00', ...rest })
  t.same(await attention(), [])
  await send({ openAmount: '0.00' })
  t.same(await attention(), ['second entry_overspent', 'first entry_overspent'])
  for (const id of lines) t.match((await company.transaction(id)).match, { status: 'confirmed' })
  await company.run()
  t.equal((await attention()).length, 2, 'a run leaves it as it is')
  await send({ openAmount: '0.00', appliedMatchIds: [first] })
  t.same(await attention(), ['second entry_overspent'])
  await send({ currency: 'SEK' })
  t.same(await attention(), ['second entry_changed', 'first entry_changed'])
  await send({ openAmount: '700.00' })
  t.same(await attention(), ['second entry_overspent', 'first entry_overspent'])
  const { body } = await company.call('POST', `/v1/matches/${second}/undo`)
  t.match(body, { status: 'undone' })
  t.notOk('attention' in body)
  t.same(await attention(), [], 'alone, the other one fits')
  await company.call('DELETE', `${url}/entries/E`)
  t.same(await attention(), ['first entry_deleted'])
  await send({})
  t.same(await attention(), [])
})

/** All that a decision may change, but for the match that is decided about. */
async function stateOf({ service, tenant }: Company, but: string) {
  const rows = (text: string) => runSql(service.ownerUrl, text)
  const ofTenant = `where tenant_id = '${tenant}'`
  return {
    matches: await rows(
      `select match_id, status, origin, rank, decided_by, decided_at, attention, superseded_by from matches ${ofTenant} and match_id <> '${but}' order by match_id`,
    ),
    shown: await rows(
      `select transaction_id, match_id, match_status from transactions ${ofTenant} order by transaction_id`,
    ),
    lessons: await rows(`select * from lessons ${ofTenant}`),
    open: await service.deps.unit(tenant, async ({ entries, matches }) =>
      (await bookEntriesOf(matches, 'nordlys', await entries.some('nordlys', ['A', 'B']))).map(
        ({ id, openAmount }) => `${id} ${openAmount}`,
      ),
    ),
  }
}

test('undo restores exactly what a confirmation changed: open amounts, lessons, suggestions, what lines are shown with', async (t) => {
  const { company, one, two } = await undecided()
  const suggestions = await company.matches('status=suggested')
  const shown = [(await company.transaction(one)).match?.id, (await company.transaction(two)).match?.id]
  const aside = suggestions.find(({ id }) => !shown.includes(id))
  t.ok(aside, 'there is one that no line is shown with')
  const before = await stateOf(company, aside.id)
  t.match(await company.call('POST', `/v1/matches/${aside.id}/confirm`), { status: 200 })
  const between = await stateOf(company, aside.id)
  for (const key of ['matches', 'shown', 'lessons', 'open'] as const) t.notSame(between[key], before[key], key)
  t.match(await company.call('POST', `/v1/matches/${aside.id}/undo`), { status: 200 })
  t.same(await stateOf(company, aside.id), before)
  const { body } = await company.call('POST', `/v1/matches/${aside.id}/undo`)
  t.equal(body.status, 'undone')
  t.same(await stateOf(company, aside.id), before, 'once')
})

test('who confirms while the books change either is told no, or keeps a match that says what has changed', async (t) => {
  const { company } = await undecided()
  const [one] = await company.matches('status=suggested')
  const entryId = one.links[0].entryId
  const [answer] = await Promise.all([
    company.call('POST', `/v1/matches/${one.id}/confirm`),
    company.enter({ ...twin(entryId), openAmount: '100.00' }),
  ])
  const { status, attention } = (await company.call('GET', `/v1/matches/${one.id}`)).body
  const expected = answer.status === 200 ? ['confirmed', 'entry_overspent'] : ['superseded', undefined]
  t.same([status, attention?.reason], expected)
})

test('what gave way to a match does not come back where the books say something else since', async (t) => {
  const { company } = await undecided()
  const [chosen] = (await company.matches('status=suggested')).filter(({ links }) => links[0].entryId === 'A')
  await company.call('POST', `/v1/matches/${chosen.id}/confirm`)
  await company.enter({ ...twin('A'), openAmount: '100.00' })
  await company.call('POST', `/v1/matches/${chosen.id}/undo`)
  const left = await company.matches('status=suggested')
  t.notOk(entriesOf(left).includes('A'))
  t.ok(entriesOf(left).includes('B'))
})
