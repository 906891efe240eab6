// Days that are long over and are read again all the same: because a movement of theirs was lacking, or because the balances do not come out.

import { t as file, test } from 'tap'
import type { Provider } from '../../src/providers/provider.ts'
import { addDays, type Day } from '../../src/values/day.ts'
import { formatMoney } from '../../src/values/money.ts'
import { agrees, anotherProcess, company, dies, fjord, keptWaiting, psu, storyteller } from './story.ts'

const begin = await storyteller(file)

const movements = `/accounts/${fjord.main.id}/transactions`

async function connected(now: string) {
  const story = await begin({ now })
  await story.ask('PUT', `${company}/ledger-accounts/1920`, { name: 'Bank', currency: 'NOK', iban: fjord.main.iban })
  await story.authorise()
  return { story, main: await story.activate(fjord.main.iban, 'month_start') }
}

test('a withdrawn row that was lacking once is looked for until a second run has decided, however long that takes', async (t) => {
  const { story, main } = await connected('2026-11-21T09:00:00Z')
  const [withdrawn] = await story.truth(fjord.main.id, { from: '2026-11-12', through: '2026-11-13' })
  await story.service.bank.control(`${movements}/${withdrawn?.key}`, undefined, 'DELETE')
  // Without its balances, which would decide at once.
  await story.service.bank.control('/faults', { bank: 'fjordbanken', path: '/balances', times: 100, status: 503 })
  story.service.clock.advance({ days: 7 })
  t.match(await story.importNow(main.id, psu), {
    window: { from: '2026-11-11', to: '2026-11-27' },
    counts: { removed: 0 },
  })
  story.service.clock.advance({ days: 1 })
  t.match(await story.importNow(main.id, psu), {
    window: { from: withdrawn?.bookingDate, to: '2026-11-28' },
    counts: { removed: 1 },
  })
  story.service.clock.advance({ days: 1 })
  t.match(await story.importNow(main.id, psu), { window: { from: '2026-11-19' } }, 'and then no more')
  await agrees(t, story, main, fjord.main.id, '2026-11-29')
})

test('what a run found lacking is looked for by whoever takes it over, whatever step it died after', async (t) => {
  const { story, main } = await connected('2026-11-21T09:00:00Z')
  await story.service.bank.control('/faults', { bank: 'fjordbanken', path: '/balances', times: 1_000, status: 503 })
  let today: Day = '2026-11-21'
  for (let steps = 0; ; steps += 1) {
    if (steps % 6 === 5) await story.authorise()
    const old = addDays(today, -5)
    const [withdrawn] = await story.truth(fjord.main.id, { from: old, through: addDays(today, -1) })
    await story.service.bank.control(`${movements}/${withdrawn?.key}`, undefined, 'DELETE')
    // Long enough for its day to be out of sight after the next run.
    story.service.clock.advance({ days: 12 })
    const hasDied = await dies(story, steps)
    story.service.clock.advance({ seconds: 30 })
    await story.service.work()
    for (let days = 0; days < 2; days += 1) {
      story.service.clock.advance({ days: 1 })
      await story.importNow(main.id, psu)
    }
    today = addDays(today, 14)
    await agrees(t, story, main, fjord.main.id, addDays(today, -1))
    if (!hasDied) {
      t.ok(steps > 6, `there were ${steps} steps to die after`)
      return
    }
  }
})

test('a mismatch is read again for once, from the balance that it was proved against', async (t) => {
  const { story, main } = await connected('2026-11-02T09:00:00Z')
  for (const days of [5, 5, 6]) {
    story.service.clock.advance({ days })
    await story.service.work()
  }
  t.match(await story.lastRun(main.id), { proof: 'verified' })
  const [old] = await story.truth(fjord.main.id, { from: '2026-11-03', through: '2026-11-05' })
  await story.service.bank.control(`${movements}/${old?.key}`, { amount: '-77.70' }, 'PATCH')
  const { proof, window } = await story.importNow(main.id, psu)
  t.equal(proof, 'mismatch')
  t.equal(window.from, '2026-11-08', 'as far as is usual')
  story.service.clock.advance({ minutes: 15 })
  await story.service.work()
  t.match(await story.lastRun(main.id), {
    trigger: 'schedule',
    window: { from: '2026-11-02' },
    counts: { modified: 1 },
    proof: 'verified',
  })
  await agrees(t, story, main, fjord.main.id, '2026-11-17')
})

test('a mismatch that stays is shown every time and read again for no more', async (t) => {
  const { story, main } = await connected('2026-11-02T09:00:00Z')
  for (const days of [5, 5, 6]) {
    story.service.clock.advance({ days })
    await story.service.work()
  }
  await story.service.bank.control(`/accounts/${fjord.main.id}/quirks`, { balanceOff: '100.00' }, 'PUT')
  const windows: string[] = []
  const differing: string[] = []
  for (let day = 0; day < 3; day += 1) {
    story.service.clock.advance({ days: 1 })
    await story.service.work()
    story.service.clock.advance({ minutes: 20 })
    await story.service.work()
    const run = await story.lastRun(main.id)
    t.equal(run.proof, 'mismatch')
    windows.push(run.window.from)
    const { byDay }: { byDay: { from: string; to: string; verdict: string; difference?: string }[] } = run.proofFigures
    const wrong = byDay.filter(({ verdict }) => verdict === 'mismatch')
    differing.push(wrong.map(({ from, to, difference }) => `${from}/${to} ${difference}`).join())
  }
  const since = '2026-11-18/2026-11-18 100.00'
  t.strictSame(differing, [since, since, since], 'on which day it came about, whichever run shows it')
  t.strictSame(windows, ['2026-11-02', '2026-11-09', '2026-11-10'])
  t.equal((await story.events('connection.proof_mismatch')).length, 4)
})

test('where a provider keeps track of changes, a run reaches back to the first of them, and a killed one is taken up there', async (t) => {
  const { story, main } = await connected('2026-11-02T09:00:00Z')
  story.service.clock.advance({ days: 19 })
  await story.service.work()
  const [old] = await story.truth(fjord.main.id, { from: '2026-11-02', through: '2026-11-03' })
  await story.service.bank.control(`${movements}/${old?.key}`, { text: 'as the bank corrected it' }, 'PATCH')
  story.service.clock.advance({ days: 1 })
  const since: Date[] = []
  const asked = keptWaiting()
  const keepingTrack = (bank: Provider): Provider => ({
    ...asked.provider(bank),
    firstChange: async (ask) => {
      since.push(ask.since)
      return '2026-11-02'
    },
  })
  const killed = anotherProcess(t, story, keepingTrack).drain()
  await asked.reached
  story.service.clock.advance({ seconds: 31 })
  await anotherProcess(t, story).drain()
  asked.goOn()
  await killed
  t.match(await story.lastRun(main.id), { window: { from: '2026-11-02' }, counts: { modified: 1 } })
  t.match(since, ['2026-11-21T09:00:00Z'], 'since the last run that was completed')
  await agrees(t, story, main, fjord.main.id, '2026-11-21')
})

test('a movement that the bank shows no more while its balance still counts it is kept, marked, and settled when it is shown again', async (t) => {
  const { story, main } = await connected('2026-11-02T09:00:00Z')
  for (const days of [5, 5, 6]) {
    story.service.clock.advance({ days })
    await story.service.work()
  }
  const { cursor } = await story.feed()
  const { id, bookingDate, amount } = (await story.rows(main.id)).at(-3)
  const lacking = anotherProcess(t, story, (bank) => ({
    ...bank,
    readPage: (page, owner) =>
      bank.readPage(page, owner).filter((row) => row.bookingDate !== bookingDate || formatMoney(row.amount) !== amount),
  }))
  for (let runs = 0; runs < 3; runs += 1) {
    await story.ask('POST', `/v1/connections/${main.id}/sync-runs`, { psu })
    await lacking.drain()
    t.match(await story.lastRun(main.id), { counts: { removed: 0 }, proof: 'verified' })
  }
  t.match(await story.ask('GET', `/v1/transactions/${id}`), { suspect: { reason: 'not_shown' } })
  const told = await story.feed({ after: cursor })
  t.match(told.changes, [{ type: 'modified', transaction: { id, suspect: { reason: 'not_shown' } } }])
  t.equal(told.changes.length, 1, 'once')
  await story.importNow(main.id, psu)
  t.notOk((await story.ask('GET', `/v1/transactions/${id}`)).suspect)
  t.match((await story.feed({ after: told.cursor })).changes, [{ type: 'modified', transaction: { id } }])
})
