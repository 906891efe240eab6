// What a bank allows without the person, against the bank's own count: it is never asked once too often, and never has to say so.

import { t as file, test } from 'tap'
import { chance } from '../matching/random.ts'
import { anotherProcess, company, countCalls, fjord, psu, storyteller, type Story } from './story.ts'

const begin = await storyteller(file)

const account = fjord.savings

/** The savings account in the books as 1930, not fetched yet. */
async function authorised() {
  const story = await begin()
  await story.ask('PUT', `${company}/ledger-accounts/1930`, { name: 'Savings', currency: 'NOK', iban: account.iban })
  await story.authorise()
  return story
}

const hourly = async (story: Story, hours: number) => {
  story.service.clock.advance({ hours })
  await story.service.work()
}

test('over thirty days of requests, schedule, failures and retries, a bank is asked at most four times in any 24 hours, and never has to refuse', async (t) => {
  const story = await authorised()
  const { clock, bank } = story.service
  const { id } = await story.activate(account.iban, '2026-11-19')
  const { between, is } = chance(5)
  // The first run was before we counted.
  const asked = [clock.now().getTime()]
  const process = anotherProcess(t, story, (provider) => ({
    ...provider,
    fetchPage(ask) {
      if (ask.next === undefined) asked.push(clock.now().getTime())
      return provider.fetchPage(ask)
    },
  }))
  while (clock.now() < new Date('2026-12-21T09:00:00Z')) {
    clock.advance({ minutes: between(60, 600) })
    if (is(0.3))
      await bank.control('/faults', { bank: 'fjordbanken', path: '/transactions', times: between(1, 3), status: 503 })
    if (is(0.4)) await story.ask('POST', `/v1/connections/${id}/sync-runs`, {})
    await process.drain()
    const inADay = asked.filter((at) => at > clock.now().getTime() - 24 * 3_600_000)
    if (inADay.length > 4) t.fail(`${inADay.length} calls in 24 hours at ${clock.now().toISOString()}`)
  }
  const runs = await story.runs(id)
  t.ok(asked.length > 60, `${asked.length} calls`)
  for (const trigger of ['api', 'schedule', 'retry'])
    t.ok(
      runs.some((run) => run.trigger === trigger),
      trigger,
    )
  t.strictSame(
    runs.filter(({ error }) => error?.kind === 'rate_limited'),
    [],
    'the bank, which counts too, has nothing to complain of',
  )
})

test('an import that nobody attends waits at the limit, says until when, and runs then', async (t) => {
  const story = await authorised()
  const { id } = await story.activate(account.iban, '2026-11-19')
  for (let time = 0; time < 3; time += 1) {
    story.service.clock.advance({ hours: 1 })
    t.match(await story.importNow(id), { status: 'completed' })
  }
  story.service.clock.advance({ hours: 1 })
  const queued = await story.importNow(id)
  t.match(queued, { status: 'queued', retryAt: '2026-11-22T09:05:00.000Z' })
  t.match(await story.importNow(id), { id: queued.id, status: 'queued' }, 'whoever asks again joins it')
  story.service.clock.set('2026-11-22T09:04:59Z')
  await story.service.work()
  t.match(await story.lastRun(id), { id: queued.id, status: 'queued' })
  story.service.clock.set('2026-11-22T09:05:00Z')
  await story.service.work()
  t.match(await story.lastRun(id), { id: queued.id, status: 'completed' })
})

test('what one process was told of the bank’s own limit, every process keeps to', async (t) => {
  const story = await authorised()
  const { clock } = story.service
  const { id } = await story.activate(account.iban, '2026-11-19')
  const resetsAt = new Date(clock.now().getTime() + 8 * 3_600_000)
  const other = anotherProcess(t, story, (provider) => ({
    ...provider,
    fetchPage: async (ask) => ({ ...(await provider.fetchPage(ask)), limit: { remaining: 1, resetsAt } }),
  }))
  clock.advance({ hours: 1 })
  await story.ask('POST', `/v1/connections/${id}/sync-runs`, {})
  await other.drain()
  t.match(await story.lastRun(id), { status: 'completed' })
  clock.advance({ hours: 1 })
  t.match(await story.importNow(id), { status: 'completed' }, 'one was left')
  t.match(await story.importNow(id), { status: 'queued', retryAt: resetsAt.toISOString() })
  t.match(await story.importNow(id, psu), { status: 'completed' }, 'with the person there it is not asked')
})

test('with the person there it is not counted, and need not wait', async (t) => {
  const story = await authorised()
  const { id } = await story.activate(account.iban, '2026-11-19')
  for (let time = 0; time < 5; time += 1) t.match(await story.importNow(id, psu), { status: 'completed' })
  for (let time = 0; time < 3; time += 1) t.match(await story.importNow(id), { status: 'completed' })
  const queued = await story.importNow(id)
  t.match(queued, { status: 'queued' })
  t.match(
    await story.importNow(id, psu),
    { id: queued.id, status: 'completed' },
    'the person comes, and what waited goes ahead',
  )
})

test('retries leave one call for whoever asks', async (t) => {
  const story = await authorised()
  const { id } = await story.activate(account.iban, '2026-11-19')
  await story.service.bank.control('/faults', { bank: 'fjordbanken', path: '/transactions', times: 100, status: 500 })
  await story.importNow(id)
  for (let hour = 0; hour < 12; hour += 1) await hourly(story, 1)
  const failed = (await story.runs(id)).filter(({ status }) => status === 'failed')
  t.equal(failed.length, 2, 'the request and one retry, after the first import')
  await story.service.bank.control('/faults', undefined, 'DELETE')
  t.match(await story.importNow(id), { status: 'completed' })
})

test('that a bank answers no more for now is health with a time, never a status', async (t) => {
  const story = await authorised()
  const { id } = await story.activate(account.iban, '2026-11-19')
  const body = JSON.stringify({ tppMessages: [{ category: 'ERROR', code: 'ACCESS_EXCEEDED' }] })
  await story.service.bank.control('/faults', {
    bank: 'fjordbanken',
    path: '/transactions',
    times: 1,
    status: 429,
    body,
    headers: { 'retry-after': '7200' },
  })
  story.service.clock.advance({ hours: 1 })
  const run = await story.importNow(id)
  t.match(run, { status: 'failed', error: { kind: 'rate_limited' } })
  const { status, health, lastSync, nextSyncAt } = await story.connection(account.iban)
  t.equal(status, 'active')
  t.match(health, { state: 'delayed', kind: 'rate_limited', nextTryAt: nextSyncAt })
  t.match(lastSync, { status: 'failed', errorKind: 'rate_limited' })
  t.ok(
    nextSyncAt >= '2026-11-21T12:00:00.000Z' && nextSyncAt <= '2026-11-21T12:01:00.000Z',
    'not before the bank said, and soon after',
  )
  t.equal(run.error.retryAt, nextSyncAt)
  story.service.clock.set(nextSyncAt)
  await story.service.work()
  t.match(await story.connection(account.iban), {
    status: 'active',
    health: { state: 'ok' },
    lastSync: { status: 'completed' },
  })
})

test('balances have four calls of their own, however many ask at once', async (t) => {
  const story = await authorised()
  const { id } = await story.activate(account.iban, 'today')
  const calls = await countCalls(story, account, '/balances')
  const refresh = (body = {}) => story.call('POST', `/v1/connections/${id}/balances/refresh`, body)
  const answers = await Promise.all(Array.from({ length: 7 }, () => refresh()))
  t.equal(answers.filter(({ status }) => status === 200).length, 4)
  const refused = answers.filter(({ status }) => status !== 200)
  for (const answer of refused) t.match(answer, { status: 429, body: { code: 'rate_limited' } })
  t.equal(await calls(), 4, 'the bank was not asked more often')
  t.match(await refresh({ psu }), { status: 200, body: { data: [{ currency: 'NOK' }] } })
  story.service.clock.advance({ hours: 24, minutes: 5 })
  t.match(await refresh(), { status: 200 })
})
