// An answer so long that it is decided and committed in several blocks of days, each while the next is decided.

import { t as file, test } from 'tap'
import { createSchedule } from '../../src/schedule.ts'
import { runSql } from '../support/database.ts'
import { company, fjord, psu, storyteller, type Story } from './story.ts'

const begin = await storyteller(file)
const rowCount = 12_000

/** Twelve thousand rows over twenty days, on pages that are in no order unless that is asked for; not fetched yet. */
async function busy({ shuffle = true } = {}) {
  const story = await begin()
  await story.ask('PUT', `${company}/ledger-accounts/1920`, { name: 'Bank', currency: 'NOK', iban: fjord.savings.iban })
  await story.authorise()
  const bulk = { count: rowCount, from: '2026-11-01', to: '2026-11-20' }
  await story.service.bank.control(`/accounts/${fjord.savings.id}/bulk`, bulk)
  await story.service.bank.control(`/accounts/${fjord.savings.id}/quirks`, { pageSize: 1_000, shuffle }, 'PUT')
  const { id } = await story.connection(fjord.savings.iban)
  await story.ask('POST', `/v1/connections/${id}/activate`, { startDate: '2026-11-01' })
  const truth = await story.truth(fjord.savings.id, { from: '2026-11-01', through: '2026-11-20' })
  return { story, id, truth }
}

async function held({ service, tenant }: Story) {
  const [rows] = await runSql(
    service.ownerUrl,
    `select count(*)::int as rows, sum(amount_minor)::text as sum,
       (select count(distinct id)::int from transaction_changes, unnest(transaction_ids) as id where tenant_id = '${tenant}' and type = 'added') as told
     from transactions where tenant_id = '${tenant}' and removed_at is null`,
  )
  return rows
}

const summed = (truth: Awaited<ReturnType<typeof busy>>['truth']) => ({
  rows: truth.length,
  sum: String(truth.reduce((sum, { amount }) => sum + BigInt(amount.replace('.', '')), 0n)),
  told: truth.length,
})

test('it is held once, and shown again in another order it changes nothing', async (t) => {
  const { story, id, truth } = await busy()
  await story.service.work()
  t.match(await story.lastRun(id), { status: 'completed', counts: { added: truth.length, suspect: 0 } })
  t.ok(truth.length >= rowCount)
  t.match(await held(story), summed(truth))
  story.service.clock.advance({ days: 1 })
  t.match(await story.importNow(id, psu), { status: 'completed', counts: { added: 0, modified: 0, removed: 0 } })
  t.match(await held(story), summed(truth))
})

test('a process that is killed between its blocks is replaced, and nothing is lost or comes twice', async (t) => {
  const { story, id, truth } = await busy()
  const { deps } = story.service
  const dead = Promise.withResolvers<void>()
  const unit: typeof deps.unit = async (tenant, work) => {
    const [run] = await runSql(
      story.service.ownerUrl,
      `select committed_through from sync_runs where tenant_id = '${tenant}'`,
    )
    if (run?.['committed_through'] == null) return deps.unit(tenant, work)
    dead.resolve()
    return new Promise(() => undefined)
  }
  void createSchedule({ ...deps, unit }, { ticking: false }).drain()
  await dead.promise
  const before = Number((await held(story))?.['rows'])
  t.ok(before > 0 && before < truth.length, `${before} of ${truth.length} rows were committed`)
  story.service.clock.advance({ seconds: 31 })
  await story.service.work()
  t.match(await story.lastRun(id), { status: 'completed', counts: { added: truth.length, suspect: 0 } })
  t.match(await held(story), summed(truth))
})

test('read again as a whole, days that are shown as they were pass, and what changed on one of them is found', async (t) => {
  const { story, id, truth } = await busy({ shuffle: false })
  const { service, tenant } = story
  await service.work()
  const [{ days = 0 } = {}] = await runSql(
    service.ownerUrl,
    `select count(*)::int as days from agreed_days where tenant_id = '${tenant}'`,
  )
  t.equal(days, 20)
  // As if nothing were known of which days are held: the bank gives all of it again.
  const readAll = async () => {
    await runSql(service.ownerUrl, `update sync_states set complete = '{}' where tenant_id = '${tenant}'`)
    await runSql(service.ownerUrl, `delete from bank_calls where tenant_id = '${tenant}'`)
    return story.importNow(id, psu)
  }
  const rows = truth.length
  t.match(await readAll(), { status: 'completed', counts: { added: 0, modified: 0, removed: 0, unchanged: rows } })
  const [movement] = truth.filter(({ bookingDate }) => bookingDate === '2026-11-03')
  const place = `/accounts/${fjord.savings.id}/transactions/${movement?.key}`
  await service.bank.control(place, { text: 'told otherwise' }, 'PATCH')
  t.match(await readAll(), { counts: { added: 0, modified: 1, removed: 0, unchanged: rows - 1 } })
  await service.bank.control(place, undefined, 'DELETE')
  for (const removed of [0, 1])
    t.match(await readAll(), { counts: { added: 0, modified: 0, removed, unchanged: rows - 1 } })
  t.match(await readAll(), { counts: { added: 0, modified: 0, removed: 0, unchanged: rows - 1 } })
  t.match(await held(story), { rows: rows - 1 })
})
