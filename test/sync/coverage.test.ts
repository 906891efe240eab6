// Which days are held: exact after any lapse, still after any failure, and never claimed for what was not seen to its last page.

import { t as file, test } from 'tap'
import { addDays, daysBetween, type Day } from '../../src/values/day.ts'
import { runSql } from '../support/database.ts'
import {
  agrees,
  anotherProcess,
  company,
  countCalls,
  fjord,
  keptWaiting,
  psu,
  storyteller,
  tally,
  type Story,
} from './story.ts'

const begin = await storyteller(file)

const nordlys = { id: 'nordlys-second', iban: 'NO4797104465769' }
const banks = {
  fjordbanken: { account: fjord.second, institutionId: 'berlin-group.fjordbanken' },
  nordlys: { account: nordlys, institutionId: 'berlin-group.nordlys' },
} as const

const coverageOf = (story: Story, id: string) => story.ask('GET', `/v1/connections/${id}/coverage`)
const daysOf = (ranges: readonly { from: Day; to: Day }[]) =>
  ranges.reduce((sum, { from, to }) => sum + daysBetween(from, to) + 1, 0)

/** A current account in the books as 1920, imported through yesterday since the first of the month. */
async function imported(bank: keyof typeof banks, account: { id: string; iban: string } = banks[bank].account) {
  const now = '2026-03-10T09:00:00Z'
  const story = await begin({ now })
  const { institutionId } = banks[bank]
  await story.ask('PUT', `${company}/ledger-accounts/1920`, { name: 'Bank', currency: 'NOK', iban: account.iban })
  await story.authorise({ institutionId })
  return { story, account, institutionId, connection: await story.activate(account.iban, '2026-03-01') }
}

for (const [bank, lost] of [
  ['fjordbanken', { 89: 0, 90: 0, 91: 1, 200: 110 }],
  ['nordlys', { 89: 0, 90: 0, 91: 0, 200: 0 }],
] as const)
  test(`after a lapse, ${bank} leaves a gap of exactly the days that it no longer serves`, async (t) => {
    for (const [lapse, expected] of Object.entries(lost)) {
      const { story, account, institutionId, connection } = await imported(bank)
      story.service.clock.advance({ days: Number(lapse) })
      // After 180 days the consent has run out; and Nordlys serves what is older than 90 days only right after an authorisation.
      if (bank === 'nordlys' || Number(lapse) > 180) await story.authorise({ institutionId })
      await story.importNow(connection.id, psu)
      const { gaps, complete } = await coverageOf(story, connection.id)
      const missing = gaps.map(({ from, to }: { from: Day; to: Day }) => ({ from, to }))
      t.equal(daysOf(missing), expected, `${lapse} days`)
      t.strictSame(
        missing,
        expected === 0 ? [] : [{ from: '2026-03-10', to: addDays('2026-03-10', expected - 1) }],
        `${lapse} days`,
      )
      t.ok(gaps.every(({ state }: { state: string }) => state === 'unrecoverable'))
      t.strictSame((await story.events('connection.gap_found')).length, missing.length, 'it is told')
      const held = (await story.truth(account.id)).filter(({ bookingDate }) =>
        complete.some(({ from, to }: { from: string; to: string }) => from <= bookingDate && bookingDate <= to),
      )
      t.strictSame(tally(await story.rows(connection.id)), tally(held), 'and every other day is there')
      t.equal(complete.at(-1).to, addDays('2026-03-09', Number(lapse)))
    }
  })

test('what a bank serves only with the person there is an open gap until then, and is fetched after the next authorisation without anyone asking', async (t) => {
  const { story, account, institutionId, connection } = await imported('nordlys')
  story.service.clock.advance({ days: 100 })
  await story.service.work()
  t.match(await story.lastRun(connection.id), { status: 'completed', window: { from: '2026-03-20', to: '2026-06-17' } })
  const gap = { from: '2026-03-10', to: '2026-03-19' }
  t.match(await coverageOf(story, connection.id), { gaps: [{ ...gap, state: 'open' }] })
  t.match(await story.events('connection.gap_found'), [{ data: { connectionId: connection.id, ...gap } }])
  // It is not asked for what it has just refused.
  story.service.clock.advance({ days: 1 })
  const calls = await countCalls(story, account)
  await story.service.work()
  t.equal(await calls(), 1)
  t.match(await story.lastRun(connection.id), { status: 'completed', window: { from: '2026-06-08', to: '2026-06-18' } })

  await story.authorise({ institutionId })
  await story.service.work()
  t.match(await coverageOf(story, connection.id), { complete: [{ from: '2026-03-01', to: '2026-06-18' }], gaps: [] })
  t.match(await story.events('connection.gap_filled'), [{ data: { connectionId: connection.id, ...gap } }])
  await agrees(t, story, connection, account.id, '2026-06-18')
})

test('days that a later start date skips are excluded, and no gap', async (t) => {
  const { story, account, connection } = await imported('fjordbanken')
  await story.ask('POST', `/v1/connections/${connection.id}/deactivate`, {})
  story.service.clock.advance({ days: 20 })
  await story.service.work()
  t.equal((await story.runs(connection.id)).length, 1, 'nothing was fetched meanwhile')
  await story.activate(account.iban, '2026-03-25')
  t.match(await coverageOf(story, connection.id), {
    complete: [
      { from: '2026-03-01', to: '2026-03-09' },
      { from: '2026-03-25', to: '2026-03-29' },
    ],
    excluded: [{ from: '2026-03-10', to: '2026-03-24' }],
    gaps: [],
  })
  t.strictSame(await story.events('connection.gap_found'), [])
  // Whoever wants them after all has them.
  const again = await story.activate(account.iban, '2026-03-01')
  t.match(await coverageOf(story, connection.id), {
    complete: [{ from: '2026-03-01', to: '2026-03-29' }],
    excluded: [],
    gaps: [],
  })
  await agrees(t, story, again, account.id, '2026-03-29')
})

test('without a start date, who is switched on again goes on where it stood', async (t) => {
  const { story, account, connection } = await imported('fjordbanken')
  await story.ask('POST', `/v1/connections/${connection.id}/deactivate`, {})
  story.service.clock.advance({ days: 20 })
  const again = await story.activate(account.iban)
  t.match(again, { startDate: '2026-03-01' })
  t.match(await coverageOf(story, connection.id), {
    complete: [{ from: '2026-03-01', to: '2026-03-29' }],
    excluded: [],
    gaps: [],
  })
  await agrees(t, story, again, account.id, '2026-03-29')
})

test('no failure moves the watermark, keeps half an answer, or costs a movement', async (t) => {
  const { story, account, connection } = await imported('fjordbanken', fjord.main)
  await story.service.bank.control(`/accounts/${account.id}/quirks`, { pageSize: 3 }, 'PUT')
  const page = '&page='
  const faults = [
    { name: 'an error', fault: { path: '/transactions', status: 500 }, kind: 'temporary' },
    { name: 'an error in the middle of paging', fault: { path: page, status: 503 }, kind: 'temporary' },
    { name: 'half a body', fault: { path: '/transactions', cut: 'body' }, kind: 'nonsense' },
    { name: 'half a body in the middle of paging', fault: { path: page, cut: 'body' }, kind: 'nonsense' },
    { name: 'a line that goes dead', fault: { path: page, cut: 'connection' }, kind: 'temporary' },
    {
      name: 'no JSON',
      fault: { path: '/transactions', status: 200, body: '<html>Vedlikehold</html>' },
      kind: 'nonsense',
    },
    {
      name: 'JSON that is no answer',
      fault: { path: page, status: 200, body: '{"transactions":{"booked":"none"}}' },
      kind: 'nonsense',
    },
    {
      name: 'a row that is none',
      fault: {
        path: page,
        status: 200,
        body: '{"transactions":{"booked":[{"bookingDate":"2026-02-30","transactionAmount":{"currency":"NOK","amount":"1"}}],"_links":{}}}',
      },
      kind: 'nonsense',
    },
    { name: 'too many calls', fault: { path: page, status: 429, body: '{}' }, kind: 'rate_limited' },
  ]
  for (const { name, fault, kind } of faults) {
    story.service.clock.advance({ days: 1 })
    const [coverage, rows, { cursor }] = [
      await coverageOf(story, connection.id),
      await story.rows(connection.id),
      await story.feed(),
    ]
    await story.service.bank.control('/faults', { times: 1, ...fault })
    t.match(
      await story.importNow(connection.id, psu),
      { status: 'failed', error: { kind }, counts: { added: 0 } },
      name,
    )
    t.strictSame((await coverageOf(story, connection.id)).complete, coverage.complete, `${name}: the watermark stands`)
    t.strictSame(await story.rows(connection.id), rows, `${name}: nothing has changed`)
    t.strictSame((await story.feed({ after: cursor })).changes, [], `${name}: nothing was told`)
    t.strictSame(await spooled(story), 0, `${name}: half an answer is not kept`)
    t.match(await story.importNow(connection.id, psu), { status: 'completed' }, `${name}: then it is over`)
    await agrees(
      t,
      story,
      connection,
      account.id,
      addDays(
        '2026-03-10',
        faults.findIndex((each) => each.name === name),
      ),
    )
  }
  await story.service.bank.control('/banks/fjordbanken/maintenance', {}, 'PUT')
  story.service.clock.advance({ days: 2 })
  await story.service.work()
  t.match(await story.lastRun(connection.id), { status: 'failed', error: { kind: 'temporary' } })
  t.match((await coverageOf(story, connection.id)).complete, [{ from: '2026-03-01', to: '2026-03-18' }])
  await story.service.bank.control('/banks/fjordbanken/maintenance', undefined, 'DELETE')
  await story.importNow(connection.id, psu)
  t.match(await coverageOf(story, connection.id), { complete: [{ from: '2026-03-01', to: '2026-03-20' }], gaps: [] })
  await agrees(t, story, connection, account.id, '2026-03-20')
})

test('a process that is killed while paging costs no second call for a page that was spooled; a run that failed begins anew', async (t) => {
  const { story, account, connection } = await imported('fjordbanken')
  for (let n = 0; n < 5; n += 1)
    await story.service.bank.control(`/accounts/${account.id}/transactions`, {
      amount: `${n + 1}.00`,
      text: `Innskudd ${n}`,
    })
  await story.service.bank.control(`/accounts/${account.id}/quirks`, { pageSize: 2 }, 'PUT')
  story.service.clock.advance({ days: 1 })
  const rows = await story.truth(account.id, { from: '2026-03-01', through: '2026-03-11' })
  const pages = Math.ceil(rows.length / 2)
  t.ok(pages >= 3, 'there are some')

  const calls = await countCalls(story, account)
  const bank = keptWaiting(2)
  await story.ask('POST', `/v1/connections/${connection.id}/sync-runs`, {})
  const killed = anotherProcess(t, story, bank.provider).drain()
  await bank.reached
  story.service.clock.advance({ seconds: 31 })
  await story.service.work()
  t.match(await story.lastRun(connection.id), { status: 'completed', counts: { fetched: rows.length } })
  t.equal(await calls(), pages, 'every page was asked for once')
  await agrees(t, story, connection, account.id, '2026-03-10')
  bank.goOn()
  await killed

  story.service.clock.advance({ days: 1 })
  const before = await calls()
  await story.service.bank.control('/faults', undefined, 'DELETE')
  await story.service.bank.control('/faults', { times: 1, path: '&page=', status: 503 })
  const callsAgain = await countCalls(story, account)
  t.match(await story.importNow(connection.id, psu), { status: 'failed' })
  await story.importNow(connection.id, psu)
  const shown = (await story.truth(account.id, { from: '2026-03-01', through: '2026-03-12' })).length
  t.ok(before >= pages)
  t.equal(await callsAgain(), 1 + Math.ceil(shown / 2), 'the page before the fault, and then all of them')
})

async function spooled(story: Story): Promise<number> {
  const sql = `select count(*)::int as count from sync_pages p join sync_runs r using (tenant_id, run_id) where tenant_id = '${story.tenant}' and r.status = 'failed'`
  return Number((await runSql(story.service.ownerUrl, sql))[0]?.['count'])
}
