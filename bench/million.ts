// An account with a million rows, from the bank to the last committed one, and what the process that does it takes of memory.

import { addDays, localDay } from '../src/values/day.ts'
import { median, type Figure } from './figure.ts'
import { connectCompany, firstImport, germanIban, importAgain, openWorld, settle } from './world.ts'

const rowCount = 1_000_000
const institution = 'berlin-group.instant-0'
/** What it is set against where little is added: another account of that bank, with a hundredth of the rows. */
const fewRows = 10_000
const newRows = 300
const rounds = 9

export async function measureMillion(cleanup: AsyncDisposableStack): Promise<readonly Figure[]> {
  const world = await openWorld(cleanup, { workers: 1, banks: 'instant-bank.ts' })
  const today = localDay(new Date(), 'Europe/Oslo')
  const yesterday = addDays(today, -1)
  const [iban, small] = [germanIban(1), germanIban(2)]
  // Before the days that are read again and those around them that are part of the decision: adding little is then shown as many rows, and set against as many,
  // wherever it is added.
  const past = { from: addDays(today, -700), to: addDays(today, -40), yesterday: 0 }
  await world.control('PUT', '/plans', [
    { iban, held: rowCount, ...past },
    { iban: small, held: fewRows, ...past },
  ])
  const call = await world.callAs('million')
  // The books are closed, so that there is nothing to match: what that takes is measured with the matching.
  const books = { bookedThrough: yesterday }
  const connections = await connectCompany(call, 'million', institution, [iban, small], books)
  const connection = connections.get(iban) ?? ''
  const first = await firstImport(call, connection)
  const rows = first.counts['added'] ?? 0
  if (rows < rowCount) throw new Error(`only ${rows} rows came`)
  const peak = await peakOf(world)
  await world.owner.query(`update sync_states set complete = '{}' where connection_id = '${connection}'`)
  const whole = await importAgain(call, connection)
  if (whole.counts['unchanged'] !== rows) throw new Error('the whole was not read again')
  const peakAfter = await peakOf(world)
  const accounts = [
    { number: 0, id: connection, seconds: [] as number[] },
    { number: 1, id: connections.get(small) ?? '', seconds: [] as number[] },
  ]
  await firstImport(call, accounts[1]?.id ?? '')
  for (let round = 1; round <= rounds; round += 1) {
    for (const { number, id, seconds } of round % 2 === 0 ? accounts : accounts.toReversed()) {
      await world.control('POST', '/yesterday', { rows: newRows, only: number })
      await settle(world)
      seconds.push((await importAgain(call, id)).seconds)
    }
  }
  const [many = 0, few = 0] = accounts.map(({ seconds }) => median(seconds))
  return [
    {
      name: `an account of ${rowCount.toLocaleString('en')} rows, end to end`,
      value: first.seconds,
      unit: 's',
      note: `${Math.round(rows / first.seconds).toLocaleString('en')} rows/s`,
    },
    {
      name: 'all of it read again, against the first',
      value: whole.seconds / first.seconds,
      goal: '≤ 0.5',
      note: `${whole.seconds.toFixed(1)} s`,
    },
    ...[peak, peakAfter].map((value, at) => ({
      name: `the worker’s memory at its highest, ${at === 0 ? 'by then' : 'after both'}`,
      value,
      unit: 'MiB' as const,
      // 300 MB.
      goal: '< 286',
    })),
    {
      name: `${newRows} rows more to ${rowCount.toLocaleString('en')}, against to ${fewRows.toLocaleString('en')}`,
      value: many / few,
      goal: '≤ 1.2',
      note: `${(many * 1000).toFixed(0)} ms against ${(few * 1000).toFixed(0)} ms`,
    },
  ]
}

const peakOf = async ({ workers }: Awaited<ReturnType<typeof openWorld>>): Promise<number> =>
  Math.max(...(await Promise.all(workers.map(async (worker) => (await worker.memory())?.peakMiB ?? Number.NaN))))
