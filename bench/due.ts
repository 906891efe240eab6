// How many connections that are due are fetched in a second, by one process and by two, where the banks answer at once.

import { setTimeout as pause } from 'node:timers/promises'
import { addDays, localDay } from '../src/values/day.ts'
import { median, type Figure } from './figure.ts'
import { connectCompany, germanIban, openWorld, settle, type World } from './world.ts'

const companies = 8
const accounts = 50
const newRows = 4
const rounds = 3

export async function measureDue(cleanup: AsyncDisposableStack): Promise<readonly Figure[]> {
  const world = await openWorld(cleanup, { workers: 1, banks: 'instant-bank.ts' })
  const yesterday = addDays(localDay(new Date(), 'Europe/Oslo'), -1)
  const ibans = Array.from({ length: accounts }, (_, n) => germanIban(n))
  const days = { from: addDays(yesterday, -60), to: addDays(yesterday, -1) }
  await world.control(
    'PUT',
    '/plans',
    ibans.map((iban) => ({ iban, held: 120, ...days, yesterday: 0 })),
  )
  // A bank each: what one bank may have of the workers is limited.
  for (let n = 0; n < companies; n += 1) {
    const call = await world.callAs(`due-${n}`)
    // The books are closed, so that there is nothing to match.
    const connections = await connectCompany(call, 'due', `berlin-group.instant-${n}`, ibans, {
      bookedThrough: yesterday,
    })
    for (const id of connections.values())
      await call('POST', `/v1/connections/${id}/activate`, { startDate: 'max_history' })
  }
  await fetched(world, new Date(0))
  const one = await perSecond(world)
  await world.startWorker()
  const two = await perSecond(world)
  return [
    {
      name: `connections fetched a second, of ${companies * accounts} that are due, by one process`,
      value: one,
      unit: 'a second',
      note: `${newRows} new rows each, from banks that answer at once`,
    },
    { name: 'by two processes, against by one', value: two / one, note: `${two.toFixed(0)} a second` },
  ]
}

/** The median of several rounds, in each of which every connection is due at the same moment. */
async function perSecond(world: World): Promise<number> {
  const speeds: number[] = []
  for (let round = 1; round <= rounds; round += 1) {
    await world.control('POST', '/yesterday', { rows: newRows })
    await settle(world)
    // As if a day had gone by since the bank was asked last.
    await world.owner.query('delete from bank_calls')
    const now = new Date()
    await world.owner.query(`update due_work set due_at = $1 where kind = 'sync'`, [now])
    speeds.push((companies * accounts) / (await fetched(world, now)))
  }
  return median(speeds)
}

/** Until every connection has been fetched since that moment: the seconds from when the first was begun until the last was done. */
async function fetched({ owner }: World, since: Date): Promise<number> {
  for (;;) {
    const { rows } = await owner.query(
      `select count(*)::int as runs, count(*) filter (where status <> 'completed')::int as failed,
         extract(epoch from max(finished_at) - min(started_at))::float8 as seconds
       from sync_runs where started_at >= $1 and finished_at is not null`,
      [since],
    )
    const [{ runs, failed, seconds }] = rows
    if (failed > 0) throw new Error(`${failed} runs failed`)
    if (runs >= companies * accounts) return seconds
    await pause(50)
  }
}
