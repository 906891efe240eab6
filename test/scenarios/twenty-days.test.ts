// Twenty days of a small company: every night one run for each connection, and every morning the books agree with the bank's.

import { t as file, test } from 'tap'
import { addDays, type Day } from '../../src/values/day.ts'
import { parseMoney, type Money } from '../../src/values/money.ts'
import { agrees, company, fjord, storyteller } from '../sync/story.ts'

const begin = await storyteller(file)

test('day after day each connection is fetched once, its feed grows by what was booked, and the balances prove it', async (t) => {
  const story = await begin({ now: '2026-11-02T09:00:00Z' })
  await story.ask('PUT', `${company}/ledger-accounts/1920`, { name: 'Drift', currency: 'NOK', iban: fjord.main.iban })
  await story.ask('PUT', `${company}/ledger-accounts/1930`, {
    name: 'Sparing',
    currency: 'NOK',
    iban: fjord.savings.iban,
  })
  await story.authorise()
  const accounts = []
  for (const account of [fjord.main, fjord.savings]) {
    const { id, startDate } = await story.activate(account.iban, 'month_start')
    accounts.push({ ...account, account: account.id, id, startDate })
  }
  let { cursor } = await story.feed()
  let told = 0
  let today: Day = '2026-11-02'
  for (let day = 1; day <= 20; day += 1) {
    story.service.clock.advance({ days: 1 })
    today = addDays(today, 1)
    await story.service.work()
    let added = 0
    for (const { id } of accounts) {
      const runs = await story.runs(id)
      t.equal(runs.length, day + 1, `${today}: one run`)
      t.match(runs[0], {
        status: 'completed',
        trigger: 'schedule',
        window: { to: addDays(today, -1) },
        proof: 'verified',
      })
      t.match(runs[0].counts, { modified: 0, removed: 0, suspect: 0 })
      added += runs[0].counts.added
    }
    const { changes, cursor: next } = await story.feed({ after: cursor })
    t.equal(changes.length, added, `${today}: the feed has grown by what came`)
    t.ok(changes.every(({ type }) => type === 'added'))
    cursor = next
    told += added
  }
  t.ok(told > 20, `${told} movements`)

  for (const { id, account, iban } of accounts) {
    await agrees(t, story, await story.connection(iban), account, '2026-11-21')
    const truth = await story.truth(account, { from: '2026-11-01', through: '2026-11-21' })
    t.equal(sum(await story.rows(id)), sum(truth), `${account}: the sums agree`)
    t.match(await story.connection(iban), { status: 'active', health: { state: 'ok' } })
    t.match(await story.ask('GET', `/v1/connections/${id}/coverage`), {
      complete: [{ from: '2026-11-01', to: '2026-11-21' }],
      gaps: [],
    })
  }
  t.strictSame(await story.events('connection.proof_mismatch'), [])
  t.strictSame(await story.events('connection.gap_found'), [])
})

const sum = (movements: readonly { amount: string }[]): bigint =>
  movements.map(({ amount }): Money => parseMoney(amount, 'NOK')).reduce((total, { minor }) => total + minor, 0n)
