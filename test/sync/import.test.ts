// What an import brings and what it leaves, at a bank over HTTP: whole days, each movement once, whatever the bank does to ids, order and pages.

import { t as file, test } from 'tap'
import type { RawPage } from '../../src/providers/provider.ts'
import { addDays, type Day } from '../../src/values/day.ts'
import {
  agrees,
  anotherProcess,
  company,
  countCalls,
  fjord,
  keptWaiting,
  psu,
  replayed,
  storyteller,
  tally,
} from './story.ts'

const byText = (a: string, b: string): number => (a < b ? -1 : 1)

const begin = await storyteller(file)

/** Anna's accounts at Fjordbanken, the main one in the books as 1920 and fetched since the first of the month. */
async function connected(options: Parameters<typeof begin>[0] & { startDate?: string; bookedThrough?: string } = {}) {
  const story = await begin(options)
  const { bookedThrough } = options
  const account = {
    name: 'Bank',
    currency: 'NOK',
    iban: fjord.main.iban,
    ...(bookedThrough !== undefined && { bookedThrough }),
  }
  await story.ask('PUT', `${company}/ledger-accounts/1920`, account)
  await story.authorise()
  return { story, main: await story.activate(fjord.main.iban, options.startDate ?? '2026-11-01') }
}

test('only days that are over where the company is are imported, around midnight and when clocks are moved', async (t) => {
  const cases: readonly { at: string; timeZone?: string; through: Day }[] = [
    { at: '2026-11-20T22:59:59Z', through: '2026-11-19' },
    { at: '2026-11-20T23:00:00Z', through: '2026-11-20' },
    { at: '2026-10-24T21:59:59Z', through: '2026-10-23' },
    { at: '2026-10-24T22:00:00Z', through: '2026-10-24' },
    { at: '2026-10-25T22:59:59Z', through: '2026-10-24' },
    { at: '2026-10-25T23:00:00Z', through: '2026-10-25' },
    { at: '2027-03-28T21:59:59Z', through: '2027-03-27' },
    { at: '2027-03-28T22:00:00Z', through: '2027-03-28' },
    // The bank is a day ahead of the company, or behind it.
    { timeZone: 'America/New_York', at: '2026-11-20T04:59:59Z', through: '2026-11-18' },
    { timeZone: 'America/New_York', at: '2026-11-20T05:00:00Z', through: '2026-11-19' },
    { timeZone: 'Pacific/Auckland', at: '2026-11-20T11:00:00Z', through: '2026-11-20' },
  ]
  for (const { timeZone = 'Europe/Oslo', at, through } of cases) {
    const name = `${at} in ${timeZone}`
    // As far back as the bank serves, which depends on whose day it is, and else a week.
    const startDate = timeZone === 'Europe/Oslo' ? addDays(through, -7) : 'max_history'
    const { story, main } = await connected({ now: at, timeZone, startDate })
    const { window, status } = await story.lastRun(main.id)
    t.match({ status, window }, { status: 'completed', window: { to: through } }, name)
    const rows = await story.rows(main.id)
    t.ok(
      rows.every(({ bookingDate }) => bookingDate <= through),
      `nothing of a day that is not over, ${name}`,
    )
    t.strictSame(tally(rows), tally(await story.truth(fjord.main.id, { from: window.from, through })), name)
  }
})

test('“import now” five days late brings the five days', async (t) => {
  const { story, main } = await connected({ now: '2026-11-16T09:00:00Z' })
  story.service.clock.advance({ days: 5 })
  const run = await story.importNow(main.id)
  t.match(run, { status: 'completed', window: { to: '2026-11-20' } })
  const five = (await story.rows(main.id)).filter(({ bookingDate }) => bookingDate >= '2026-11-16')
  t.strictSame(tally(five), tally(await story.truth(fjord.main.id, { from: '2026-11-16', through: '2026-11-20' })))
  t.ok(new Set(five.map(({ bookingDate }) => bookingDate)).size >= 4, 'and the bank had booked on most of them')
  await agrees(t, story, main, fjord.main.id, '2026-11-20')
})

test('a second import adds nothing, and the feed’s cursor stays where it was', async (t) => {
  const { story, main } = await connected()
  const before = await story.rows(main.id)
  const { cursor } = await story.feed()
  const run = await story.importNow(main.id)
  t.match(run, { status: 'completed', counts: { added: 0, modified: 0, removed: 0, suspect: 0 } })
  t.ok(run.counts.unchanged > 0, 'though it read the overlap again')
  t.strictSame(await story.rows(main.id), before)
  t.strictSame(await story.feed({ after: cursor }), { changes: [], cursor })
})

test('an empty window is complete at once, and nobody is asked', async (t) => {
  const story = await begin()
  await story.ask('PUT', `${company}/ledger-accounts/1920`, { name: 'Bank', currency: 'NOK', iban: fjord.main.iban })
  await story.authorise()
  const calls = await countCalls(story, fjord.main)
  const main = await story.activate(fjord.main.iban, 'today')
  t.match(await story.lastRun(main.id), { status: 'completed', window: null, counts: { fetched: 0, added: 0 } })
  t.equal(await calls(), 0)
  story.service.clock.advance({ days: 1 })
  t.match(
    await story.importNow(main.id),
    { window: { from: '2026-11-21', to: '2026-11-21' } },
    'the next day there is one to ask for',
  )
  await agrees(t, story, main, fjord.main.id, '2026-11-21')
})

test('before activation nothing is fetched', async (t) => {
  const story = await begin()
  await story.ask('PUT', `${company}/ledger-accounts/1920`, { name: 'Bank', currency: 'NOK', iban: fjord.main.iban })
  await story.authorise()
  const calls = await countCalls(story, fjord.main)
  for (let day = 0; day < 3; day += 1) {
    story.service.clock.advance({ days: 1 })
    await story.service.work()
  }
  const main = await story.connection(fjord.main.iban)
  t.equal(main.status, 'inactive')
  t.equal(await calls(), 0)
  t.strictSame(await story.rows(main.id), [])
  t.strictSame(await story.runs(main.id), [])
})

test('where it starts: each word means one day, from then on', async (t) => {
  const cases = [
    { asked: 'today', startDate: '2026-11-21', first: undefined },
    { asked: 'month_start', startDate: '2026-11-01', first: '2026-11-01' },
    { asked: 'max_history', startDate: '2026-08-23', first: '2026-08-23' },
    { asked: '2026-10-15', startDate: '2026-10-15', first: '2026-10-15' },
  ]
  for (const { asked, startDate, first } of cases) {
    const { story, main } = await connected({ startDate: asked })
    t.equal(main.startDate, startDate, asked)
    const { complete, gaps } = await story.ask('GET', `/v1/connections/${main.id}/coverage`)
    t.strictSame(
      { complete, gaps },
      { complete: first === undefined ? [] : [{ from: first, to: '2026-11-20' }], gaps: [] },
      asked,
    )
    // The overlap of later runs does not reach before it either.
    story.service.clock.advance({ days: 2 })
    await story.importNow(main.id)
    await agrees(t, story, main, fjord.main.id, '2026-11-22')
    t.equal((await story.connection(fjord.main.iban)).startDate, startDate, `${asked} does not wander`)
  }
})

test('a start date that is to come is refused; one before what the bank serves leaves a gap that is said', async (t) => {
  const { story, main } = await connected({ startDate: '2026-08-01' })
  t.match(await story.call('POST', `/v1/connections/${main.id}/activate`, { startDate: '2026-11-22' }), {
    status: 422,
    body: { code: 'start_date_in_future' },
  })
  t.match(await story.ask('GET', `/v1/connections/${main.id}/coverage`), {
    complete: [{ from: '2026-08-23', to: '2026-11-20' }],
    gaps: [{ from: '2026-08-01', to: '2026-08-22', state: 'unrecoverable' }],
  })
  t.match(await story.events('connection.gap_found'), [
    { data: { connectionId: main.id, from: '2026-08-01', to: '2026-08-22' } },
  ])
})

test('what is assigned to nothing yet is fetched and can be read, and is delivered when it is assigned', async (t) => {
  const story = await begin()
  await story.authorise()
  const main = await story.activate(fjord.main.iban, 'max_history')
  t.equal(main.status, 'unassigned')
  const rows = await story.rows(main.id)
  t.strictSame(tally(rows), tally(await story.truth(fjord.main.id, { from: main.startDate, through: '2026-11-20' })))
  t.strictSame((await story.feed()).changes, [])

  await story.ask('PUT', `${company}/ledger-accounts/1920`, { name: 'Bank', currency: 'NOK' })
  await story.ask('PATCH', `/v1/connections/${main.id}`, { assignment: { ledgerAccountId: '1920' } })
  const { changes, cursor } = await story.feed()
  t.equal(changes.length, rows.length, 'each once')
  t.strictSame([...replayed(changes).keys()].toSorted(byText), rows.map(({ id }) => id).toSorted(byText))
  t.match(
    await story.events('transactions.changed'),
    [
      { data: { connectionId: main.id, syncRunId: String, added: rows.length } },
      { data: { connectionId: main.id, syncRunId: undefined, added: rows.length, modified: 0, removed: 0 } },
    ],
    'whoever reads the feed when told to reads it now',
  )
  t.strictSame((await story.importNow(main.id)).counts.added, 0)
  t.strictSame((await story.feed({ after: cursor })).changes, [])
})

test('what stayed with a ledger account is followed on, though its connection belongs nowhere now', async (t) => {
  const { story, main } = await connected()
  const { cursor } = await story.feed()
  await story.ask('PATCH', `/v1/connections/${main.id}`, { assignment: null })
  const [withdrawn, corrected] = (
    await story.truth(fjord.main.id, { from: '2026-11-12', through: '2026-11-18' })
  ).toReversed()
  const movements = `/accounts/${fjord.main.id}/transactions`
  await story.service.bank.control(`${movements}/${corrected?.key}`, { amount: '-77.70' }, 'PATCH')
  await story.service.bank.control(`${movements}/${withdrawn?.key}`, undefined, 'DELETE')
  await story.importNow(main.id, psu)
  await story.importNow(main.id, psu)
  const { changes, cursor: followed } = await story.feed({ after: cursor })
  t.match(changes, [
    { type: 'modified', transaction: { amount: '-77.70', assignment: { ledgerAccountId: '1920' } } },
    { type: 'removed', transaction: { amount: withdrawn?.amount } },
  ])
  await story.ask('PATCH', `/v1/connections/${main.id}`, { assignment: { ledgerAccountId: '1920' } })
  t.strictSame((await story.feed({ after: followed })).changes, [], 'all of it was told')
})

test('what a run brings while its connection is being assigned is delivered too', async (t) => {
  const story = await begin()
  await story.authorise()
  await story.ask('PUT', `${company}/ledger-accounts/1920`, { name: 'Bank', currency: 'NOK' })
  const { id } = await story.connection(fjord.main.iban)
  await story.ask('POST', `/v1/connections/${id}/activate`, { startDate: 'max_history' })
  const bank = keptWaiting()
  const work = anotherProcess(t, story, bank.provider).drain()
  await bank.reached
  await story.ask('PATCH', `/v1/connections/${id}`, { assignment: { ledgerAccountId: '1920' } })
  bank.goOn()
  await work
  await agrees(t, story, await story.connection(fjord.main.iban), fjord.main.id, '2026-11-20')
})

test('what is booked into closed books is delivered, and says so', async (t) => {
  const { story, main } = await connected({ bookedThrough: '2026-10-31' })
  const rows = await story.rows(main.id)
  for (const { bookingDate, alreadyBooked } of rows)
    t.equal(alreadyBooked === true, bookingDate <= '2026-10-31', bookingDate)
  const { changes } = await story.feed()
  t.strictSame(
    changes.map(({ transaction }) => transaction.alreadyBooked === true).filter(Boolean).length,
    rows.filter(({ bookingDate }) => bookingDate <= '2026-10-31').length,
  )
})

test('two equal payments on one day are two, today and in every later answer', async (t) => {
  const { story, main } = await connected()
  const payment = {
    amount: '100.00',
    bookingDate: '2026-11-19',
    counterpartyName: 'Kari Vik',
    text: 'Billett',
    transactionId: null,
    entryReference: null,
  }
  await story.service.bank.control(`/accounts/${fjord.main.id}/transactions`, payment)
  await story.service.bank.control(`/accounts/${fjord.main.id}/transactions`, payment)
  t.match(await story.importNow(main.id, psu), { counts: { added: 2, suspect: 0 } })
  t.match(await story.importNow(main.id, psu), { counts: { added: 0, removed: 0 } })
  await agrees(t, story, main, fjord.main.id, '2026-11-20')
})

test('the second of two equal payments that comes in a later answer is a second movement; an equal one days later a third', async (t) => {
  const { story, main } = await connected()
  const payment = {
    amount: '100.00',
    bookingDate: '2026-11-19',
    counterpartyName: 'Kari Vik',
    text: 'Billett',
    transactionId: null,
    entryReference: null,
  }
  const cases = [payment, payment, { ...payment, bookingDate: '2026-11-20' }]
  for (const each of cases) {
    await story.service.bank.control(`/accounts/${fjord.main.id}/transactions`, each)
    t.match(await story.importNow(main.id, psu), { counts: { added: 1, modified: 0, removed: 0, suspect: 0 } })
  }
  await agrees(t, story, main, fjord.main.id, '2026-11-20')
})

test('whatever a bank does to ids, order and pages, a movement is one movement', async (t) => {
  const manners = [
    'stable',
    'entry_reference',
    'per_consent',
    'positional',
    'none',
    'random',
    'reused',
    'constant',
    'blank',
  ]
  for (const ids of manners) {
    const startDate = '2026-11-10'
    const story = await begin()
    await story.ask('PUT', `${company}/ledger-accounts/1920`, { name: 'Bank', currency: 'NOK', iban: fjord.main.iban })
    await story.authorise()
    await story.service.bank.control(`/accounts/${fjord.main.id}/quirks`, { ids }, 'PUT')
    const main = await story.activate(fjord.main.iban, startDate)
    const before = await story.rows(main.id)
    await story.service.bank.control(`/accounts/${fjord.main.id}/quirks`, { ids, shuffle: true, pageSize: 7 }, 'PUT')
    t.match(await story.importNow(main.id, psu), { counts: { added: 0, modified: 0, removed: 0 } }, `${ids}, shuffled`)
    // A late booking moves every positional id of its day.
    const late = { amount: '-1.00', bookingDate: before.at(-3).bookingDate, text: 'Gebyr' }
    await story.service.bank.control(`/accounts/${fjord.main.id}/transactions`, late)
    t.match(
      await story.importNow(main.id, psu),
      { counts: { added: 1, modified: 0, removed: 0, suspect: 0 } },
      `${ids}, with a late booking`,
    )
    // And then it changes its ways.
    await story.service.bank.control(
      `/accounts/${fjord.main.id}/quirks`,
      { ids: ids === 'random' ? 'none' : 'random' },
      'PUT',
    )
    t.match(
      await story.importNow(main.id, psu),
      { counts: { added: 0, modified: 0, removed: 0 } },
      `${ids}, then other ids`,
    )
    const after = await story.rows(main.id)
    t.strictSame(
      after.filter(({ id }) => before.some((each) => each.id === id)),
      before,
      `${ids}: what was held is as it was`,
    )
    await agrees(t, story, main, fjord.main.id, '2026-11-20')
  }
})

test('rows that come twice where nothing tells that they are one are kept, marked and told; when it ends, so do they', async (t) => {
  const { story, main } = await connected()
  const before = await story.rows(main.id)
  await story.service.bank.control(`/accounts/${fjord.main.id}/quirks`, { doubled: true }, 'PUT')
  const doubled = await story.importNow(main.id, psu)
  t.ok(doubled.counts.added > 0)
  t.equal(doubled.counts.added, doubled.counts.suspect)
  t.match(
    await story.importNow(main.id, psu),
    { counts: { added: 0, removed: 0 } },
    'twice is twice, however often it is said',
  )
  const added = (await story.rows(main.id)).filter(({ id }) => !before.some((each) => each.id === id))
  t.ok(added.every(({ suspect }) => suspect?.reason === 'may_repeat'))

  await story.service.bank.control(`/accounts/${fjord.main.id}/quirks`, {}, 'PUT')
  t.match(await story.importNow(main.id, psu), { counts: { removed: 0 } })
  t.match(await story.importNow(main.id, psu), { counts: { removed: added.length } })
  await agrees(t, story, main, fjord.main.id, '2026-11-20')
})

test('where the running balance has no room for a row, it is a repetition and not a movement', async (t) => {
  const story = await begin({ country: 'FI' })
  const [account, iban] = ['suomen-testipankki-main', 'FI3279956459379425']
  await story.ask('PUT', `${company}/ledger-accounts/1920`, { name: 'Bank', currency: 'EUR', iban })
  await story.authorise({ institutionId: 'berlin-group.suomen-testipankki' })
  await story.service.bank.control(`/accounts/${account}/quirks`, { doubled: true, ids: 'none' }, 'PUT')
  const main = await story.activate(iban, 'max_history')
  t.match(await story.lastRun(main.id), { counts: { suspect: 0 } })
  await agrees(t, story, main, account, '2026-11-20')
})

test('a page that comes again is the same page', async (t) => {
  const { story, main } = await connected()
  const before = await story.rows(main.id)
  await story.service.bank.control(`/accounts/${fjord.main.id}/quirks`, { pageSize: 3 }, 'PUT')
  const pages: RawPage[] = []
  const process = anotherProcess(t, story, (bank) => ({
    ...bank,
    // The first page once more where the third should be; it leads on as the third would.
    async fetchPage(ask) {
      const page = await bank.fetchPage(ask)
      pages.push(page)
      return pages.length === 3 ? { body: pages[0]?.body ?? '', next: page.next } : page
    },
  }))
  await story.ask('POST', `/v1/connections/${main.id}/sync-runs`, {})
  await process.drain()
  t.match(await story.lastRun(main.id), {
    status: 'completed',
    counts: { added: 0, modified: 0, removed: 0, suspect: 0 },
  })
  t.strictSame(await story.rows(main.id), before)
})

test('an answer that is empty for once takes nothing away', async (t) => {
  const { story, main } = await connected()
  const before = await story.rows(main.id)
  for (let time = 0; time < 3; time += 1) {
    await story.service.bank.control(`/accounts/${fjord.main.id}/quirks`, { emptyOnce: true }, 'PUT')
    t.match(await story.importNow(main.id, psu), { status: 'completed', counts: { removed: 0 } })
  }
  t.strictSame(await story.rows(main.id), before)
  t.match(await story.importNow(main.id, psu), { counts: { added: 0, modified: 0, removed: 0 } })
})

test('an amount that the bank corrects is a new version of the same transaction', async (t) => {
  const { story, main } = await connected()
  const { cursor } = await story.feed()
  const [movement] = (await story.truth(fjord.main.id, { from: '2026-11-18', through: '2026-11-20' })).toReversed()
  const before = (await story.rows(main.id)).find(
    ({ bookingDate, amount }) => bookingDate === movement?.bookingDate && amount === movement?.amount,
  )
  await story.service.bank.control(
    `/accounts/${fjord.main.id}/transactions/${movement?.key}`,
    { amount: '-77.70' },
    'PATCH',
  )
  t.match(await story.importNow(main.id, psu), { counts: { added: 0, modified: 1, removed: 0 } })
  t.match(await story.ask('GET', `/v1/transactions/${before.id}`), { amount: '-77.70', version: 2 })
  t.match((await story.feed({ after: cursor })).changes, [
    { type: 'modified', transaction: { id: before.id, amount: '-77.70', version: 2 } },
  ])
  t.match(
    (await story.feed()).changes.find(({ transaction }) => transaction.id === before.id),
    { type: 'added', transaction: { amount: before.amount, version: 1 } },
  )
  await agrees(t, story, main, fjord.main.id, '2026-11-20')
})

test('a row that the bank withdraws is removed when two complete runs lack it', async (t) => {
  const { story, main } = await connected()
  const [movement] = (await story.truth(fjord.main.id, { from: '2026-11-12', through: '2026-11-18' })).toReversed()
  await story.service.bank.control(`/accounts/${fjord.main.id}/transactions/${movement?.key}`, undefined, 'DELETE')
  t.match(
    await story.importNow(main.id, psu),
    { counts: { removed: 0 }, proof: 'unverifiable' },
    'once may be an oversight',
  )
  t.match(await story.importNow(main.id, psu), { counts: { removed: 1 } })
  t.match((await story.feed()).changes.at(-1), {
    type: 'removed',
    transaction: { amount: movement?.amount, version: 2 },
  })
  await agrees(t, story, main, fjord.main.id, '2026-11-20')
})

test('a row that the bank withdraws is removed at once when the balances agree only without it', async (t) => {
  const { story, main } = await connected()
  story.service.clock.advance({ days: 3 })
  await story.service.work()
  const [movement] = (await story.truth(fjord.main.id, { from: '2026-11-21', through: '2026-11-23' })).toReversed()
  await story.service.bank.control(`/accounts/${fjord.main.id}/transactions/${movement?.key}`, undefined, 'DELETE')
  t.match(await story.importNow(main.id, psu), { counts: { removed: 1 }, proof: 'verified' })
  await agrees(t, story, main, fjord.main.id, '2026-11-23')
})

test('a row that the bank withdrew and shows again is there again', async (t) => {
  const { story, main } = await connected()
  const payment = {
    amount: '123.45',
    bookingDate: '2026-11-19',
    counterpartyName: 'Kari Vik',
    text: 'Kontingent',
    transactionId: null,
    entryReference: null,
  }
  const { key } = await story.service.bank.control(`/accounts/${fjord.main.id}/transactions`, payment)
  await story.importNow(main.id, psu)
  await story.service.bank.control(`/accounts/${fjord.main.id}/transactions/${key}`, undefined, 'DELETE')
  await story.importNow(main.id, psu)
  t.match(await story.importNow(main.id, psu), { counts: { removed: 1 } })
  await story.service.bank.control(`/accounts/${fjord.main.id}/transactions`, payment)
  await story.importNow(main.id, psu)
  await agrees(t, story, main, fjord.main.id, '2026-11-20')
})

test('what is booked late arrives while it lies in the overlap', async (t) => {
  const { story, main } = await connected()
  for (const daysAgo of [1, 4, 10]) {
    const bookingDate = addDays('2026-11-21', -daysAgo)
    await story.service.bank.control(`/accounts/${fjord.main.id}/transactions`, {
      amount: `-${daysAgo}.00`,
      bookingDate,
      text: 'Gebyr',
    })
    t.match(
      await story.importNow(main.id, psu),
      { counts: { added: 1, modified: 0, removed: 0 } },
      `${daysAgo} days late`,
    )
  }
  await agrees(t, story, main, fjord.main.id, '2026-11-20')
})

test('what is pending is never delivered before it is booked, and then once', async (t) => {
  const { story, main } = await connected()
  const payment = { amount: '-250.00', status: 'pending', counterpartyName: 'Kiosken', text: 'Varekjøp' }
  const { key } = await story.service.bank.control(`/accounts/${fjord.main.id}/transactions`, payment)
  story.service.clock.advance({ days: 1 })
  await story.importNow(main.id, psu)
  t.notOk((await story.rows(main.id)).some(({ amount }) => amount === '-250.00'))
  await story.service.bank.control(
    `/accounts/${fjord.main.id}/transactions/${key}`,
    { status: 'booked', bookingDate: '2026-11-22' },
    'PATCH',
  )
  await story.importNow(main.id, psu)
  t.notOk(
    (await story.rows(main.id)).some(({ amount }) => amount === '-250.00'),
    'today’s are not delivered',
  )
  story.service.clock.advance({ days: 1 })
  await story.importNow(main.id, psu)
  t.match(
    (await story.rows(main.id)).filter(({ amount }) => amount === '-250.00'),
    [{ bookingDate: '2026-11-22' }],
  )
  await agrees(t, story, main, fjord.main.id, '2026-11-22')
})

test('one id in two accounts is two movements', async (t) => {
  const { story, main } = await connected()
  await story.ask('PUT', `${company}/ledger-accounts/1921`, {
    name: 'Second',
    currency: 'NOK',
    iban: fjord.second.iban,
  })
  const payment = {
    amount: '55.00',
    bookingDate: '2026-11-19',
    text: 'Felles',
    transactionId: 'T-1',
    entryReference: 'E-1',
  }
  for (const { id } of [fjord.main, fjord.second])
    await story.service.bank.control(`/accounts/${id}/transactions`, payment)
  const second = await story.activate(fjord.second.iban, '2026-11-01')
  await story.importNow(main.id, psu)
  await agrees(t, story, main, fjord.main.id, '2026-11-20')
  await agrees(t, story, second, fjord.second.id, '2026-11-20')
})

test('a renewed consent, with other account ids and other transaction ids, changes nothing', async (t) => {
  const story = await begin()
  const [account, iban, institutionId] = ['nordlys-main', 'NO1397106384944', 'berlin-group.nordlys']
  await story.ask('PUT', `${company}/ledger-accounts/1920`, { name: 'Bank', currency: 'NOK', iban })
  await story.authorise({ institutionId })
  const main = await story.activate(iban, 'max_history')
  const before = await story.rows(main.id)
  t.ok(before.length > 500, 'two years of it')
  const { cursor } = await story.feed()

  await story.authorise({ institutionId })
  const renewed = await story.connection(iban)
  t.equal(renewed.id, main.id)
  t.not(renewed.effectiveConsentId, main.effectiveConsentId)
  t.match(renewed, { status: 'active', activatedAt: main.activatedAt, startDate: main.startDate })
  t.match(await story.importNow(main.id, psu), { status: 'completed', counts: { added: 0, modified: 0, removed: 0 } })
  t.strictSame(await story.rows(main.id), before)
  t.strictSame((await story.feed({ after: cursor })).changes, [])
  await agrees(t, story, main, account, '2026-11-20')
})

test('a booking that comes late, of a day before the first balance that was told, is no mismatch', async (t) => {
  const { story, main } = await connected()
  story.service.clock.advance({ days: 1 })
  await story.service.bank.control(`/accounts/${fjord.main.id}/transactions`, {
    amount: '-77.00',
    bookingDate: '2026-11-18',
    text: 'Gebyr',
  })
  t.match(await story.importNow(main.id, psu), { counts: { added: 1 }, proof: 'verified' })
})
