// The change feed: whoever keeps the cursor sees every change once and in order, however many write at once, each as it was when it happened.

import { t as file, test } from 'tap'
import { setTimeout as pause } from 'node:timers/promises'
import { fingerprintOf } from '../../src/transactions/model/fingerprint.ts'
import { chance } from '../matching/random.ts'
import { row } from '../transactions/ledger.ts'
import { agrees, company, fjord, psu, replayed, storyteller, type Story } from './story.ts'

const begin = await storyteller(file)

const second = '/v1/companies/other'

test('with eight writers at once, readers that keep their cursor see every change exactly once and in order', async (t) => {
  const story = await begin()
  await story.ask('PUT', second, { name: 'Other AS', country: 'NO' })
  const { unit, ids, clock } = story.service.deps
  const { next, between } = chance(11)
  const writers = 8
  const [rounds, rowsMax] = [12, 4]
  const written = new Map<string, string>()
  let writing = true

  const write = async (writer: number) => {
    const companyId = writer % 2 === 0 ? 'fjordlys' : 'other'
    const origin = { connectionId: ids.uuid(), companyId, runId: ids.uuid(), at: clock.now() }
    for (let round = 0; round < rounds; round += 1) {
      const rows = Array.from({ length: between(1, rowsMax) }, (_, at) => {
        const added = row({ amount: (writer + 1) * 10_000 + round * 10 + at })
        return {
          id: ids.uuid(),
          row: added,
          fingerprint: fingerprintOf(added),
          occurrence: 1,
          suspect: null,
          alreadyBooked: false,
          countedOn: null,
        }
      })
      await unit(story.tenant, async ({ transactions }) => {
        await transactions.add(origin, rows)
        transactions.announce(
          'added',
          companyId,
          rows.map(({ id }) => ({ id, version: 1 })),
          clock.now(),
        )
        await pause(next() * 6)
      })
      for (const { id } of rows) written.set(id, companyId)
    }
  }
  const read = async (from: { whole: boolean; url?: string }) => {
    const seen: string[] = []
    for (let after: string | undefined; ;) {
      const isLast = !writing
      const page = await follow(story, from.url ?? '/v1', after)
      seen.push(...page.data.map(({ transaction }: { transaction: { id: string } }) => transaction.id))
      after = page.nextCursor
      if (isLast && page.data.length === 0) return seen
    }
  }
  const readers = Promise.all([
    read({ whole: true }),
    read({ whole: false, url: company }),
    read({ whole: false, url: second }),
  ])
  await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)))
  writing = false
  const [whole, ...companies] = await readers

  t.ok(written.size > writers * rounds, `${written.size} changes`)
  t.strictSame(whole.toSorted(), [...written.keys()].toSorted(), 'each once')
  t.strictSame(
    whole,
    (await story.feed({ whole: true })).changes.map(({ transaction }) => transaction.id),
    'and in the order that they have for ever',
  )
  for (const [at, key] of ['fjordlys', 'other'].entries())
    t.strictSame(
      companies[at],
      whole.filter((id) => written.get(id) === key),
      `what ${key} sees is its part of it`,
    )
})

const follow = (story: Story, base: string, after: string | undefined) =>
  story.ask(
    'GET',
    `${base}/transactions/changes?limit=7${after === undefined ? '' : `&after=${encodeURIComponent(after)}`}`,
  )

test('each change carries the transaction as it was then, though it has changed since', async (t) => {
  const story = await begin()
  await story.ask('PUT', `${company}/ledger-accounts/1920`, { name: 'Bank', currency: 'NOK', iban: fjord.main.iban })
  await story.authorise()
  const { bank } = story.service
  const account = `/accounts/${fjord.main.id}/transactions`
  const { key } = await bank.control(account, {
    amount: '10.00',
    bookingDate: '2026-11-19',
    text: 'Først',
    counterpartyName: 'Kari Vik',
  })
  const main = await story.activate(fjord.main.iban, '2026-11-16')
  const { id } = (await story.rows(main.id)).find(({ amount }) => amount === '10.00')
  await bank.control(`${account}/${key}`, { amount: '20.00' }, 'PATCH')
  await story.importNow(main.id, psu)
  await bank.control(`${account}/${key}`, { text: 'Siden' }, 'PATCH')
  await story.importNow(main.id, psu)
  await bank.control(`${account}/${key}`, undefined, 'DELETE')
  await story.importNow(main.id, psu)
  await story.importNow(main.id, psu)

  const { changes } = await story.feed()
  t.match(
    changes.filter(({ transaction }) => transaction.id === id),
    [
      { type: 'added', transaction: { version: 1, amount: '10.00', remittanceInformation: 'Først' } },
      { type: 'modified', transaction: { version: 2, amount: '20.00', remittanceInformation: 'Først' } },
      { type: 'modified', transaction: { version: 3, amount: '20.00', remittanceInformation: 'Siden' } },
      { type: 'removed', transaction: { version: 4, amount: '20.00', remittanceInformation: 'Siden' } },
    ],
  )
  t.notOk(replayed(changes).has(id))
  await agrees(t, story, main, fjord.main.id, '2026-11-20')
  t.strictSame((await story.feed({ whole: true })).changes, changes, 'the tenant’s feed says the same')
})

test('the cursor is never null, stays where nothing has changed, and goes on from there whatever the size of pages', async (t) => {
  const story = await begin()
  const empty = await story.ask('GET', `${company}/transactions/changes`)
  t.match(empty, { data: [], nextCursor: String })
  await story.ask('PUT', `${company}/ledger-accounts/1920`, { name: 'Bank', currency: 'NOK', iban: fjord.main.iban })
  await story.authorise()
  const main = await story.activate(fjord.main.iban, '2026-11-16')
  const all = await story.feed({ after: empty.nextCursor })
  t.equal(all.changes.length, (await story.rows(main.id)).length)
  for (const limit of [1, 3, 100]) t.strictSame(await story.feed({ limit }), all)
  t.strictSame(await story.feed({ after: all.cursor }), { changes: [], cursor: all.cursor })
  story.service.clock.advance({ days: 366 })
  t.strictSame(await story.feed({ after: all.cursor }), { changes: [], cursor: all.cursor }, 'and it does not age')
  t.match(await story.call('GET', `${company}/transactions/changes?after=nonsense`), {
    status: 400,
    body: { code: 'invalid_cursor' },
  })
  t.match(await story.call('GET', `/v1/companies/nobody/transactions/changes`), {
    status: 404,
    body: { code: 'company_not_found' },
  })
})

test('nothing of another company or tenant is in a feed', async (t) => {
  const story = await begin()
  await story.ask('PUT', `${company}/ledger-accounts/1920`, { name: 'Bank', currency: 'NOK', iban: fjord.main.iban })
  await story.authorise()
  await story.activate(fjord.main.iban, '2026-11-16')
  const { cursor } = await story.feed({ whole: true })
  await story.ask('PUT', second, { name: 'Other AS', country: 'NO' })
  t.strictSame((await follow(story, second, undefined)).data, [])
  const stranger = story.service.client('stranger')
  t.match(await stranger('GET', '/v1/transactions/changes'), { status: 200, body: { data: [] } })
  t.match(await stranger('GET', `/v1/transactions/changes?after=${encodeURIComponent(cursor)}`), { body: { data: [] } })
  t.match(await stranger('GET', `${company}/transactions/changes`), { status: 404 })
})
