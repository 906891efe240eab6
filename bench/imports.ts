// The whole path of an import: bank over HTTP → spool → normalise → identity → committed with the change feed.

import { join } from 'node:path'
import { addDays, localDay } from '../src/values/day.ts'
import { median, type Figure } from './figure.ts'
import { connectCompany, firstImport, folderIn, importAgain, settle, type World } from './world.ts'

const rowCount = 100_000
const pageSize = 1_000
/** The first is not counted: meanwhile the service's code is compiled, which it is once and the server's has been long since. */
const rounds = 6

const busy = { account: 'fjordbanken-main', iban: 'NO9386011117947', institution: 'berlin-group.fjordbanken' }
const historyDays = 90

/** 100,000 rows over the 90 days that the bank serves, imported by one company after the other, each time against a COPY of the rows that came of it. */
export async function measureImport(world: World): Promise<readonly Figure[]> {
  const today = localDay(new Date(), 'Europe/Oslo')
  await world.control('PUT', `/accounts/${busy.account}/quirks`, { pageSize })
  await world.control('POST', `/accounts/${busy.account}/bulk`, {
    count: rowCount,
    from: addDays(today, 1 - historyDays),
    to: addDays(today, -1),
  })
  const call = await world.callAs('import')
  const taken: {
    readonly first: number
    readonly copy: number
    readonly again: number
    readonly whole: number
    readonly rows: number
  }[] = []
  await world.owner.query('create table copied (like transactions including all)')
  for (let round = 1; round <= rounds; round += 1) {
    // The books are closed to the last of these days, so that none of the lines is matched: that is another measure's.
    const books = { bookedThrough: addDays(today, -1) }
    const connections = await connectCompany(call, `busy-${round}`, busy.institution, [busy.iban], books)
    const id = connections.get(busy.iban) ?? ''
    await settle(world)
    const first = await firstImport(call, id)
    await settle(world)
    const copy = await copySeconds(world, id)
    await settle(world)
    const again = await importAgain(call, id)
    await settle(world)
    // As if nothing were known of which days are held: the bank gives all of it again.
    await world.owner.query(`update sync_states set complete = '{}' where connection_id = '${id}'`)
    const whole = await importAgain(call, id)
    if (whole.counts['unchanged'] !== first.counts['added']) throw new Error('the whole was not read again')
    if (round > 1)
      taken.push({
        first: first.seconds,
        copy,
        again: again.seconds,
        whole: whole.seconds,
        rows: first.counts['added'] ?? 0,
      })
  }
  await world.owner.query('drop table copied')
  const memory = await world.service.memory()
  const [firstSeconds, againSeconds, wholeSeconds] = [
    median(taken.map(({ first }) => first)),
    median(taken.map(({ again }) => again)),
    median(taken.map(({ whole }) => whole)),
  ]
  return [
    {
      name: `import of ${rowCount.toLocaleString('en')} against COPY`,
      value: median(taken.map(({ copy, first }) => copy / first)),
      goal: '≥ 0.3',
      note: `${perSecond(taken[0]?.rows ?? 0, firstSeconds)} rows/s, COPY ${perSecond(taken[0]?.rows ?? 0, median(taken.map(({ copy }) => copy)))}; of ${taken.map(({ copy, first }) => (copy / first).toFixed(3)).join(', ')}`,
    },
    {
      name: 'the same import again, against the first',
      value: againSeconds / firstSeconds,
      goal: '≤ 1',
      note: `${againSeconds.toFixed(2)} s against ${firstSeconds.toFixed(2)} s: the bank is asked for the days that may have changed`,
    },
    {
      name: `all ${rowCount.toLocaleString('en')} read again, against the first`,
      value: wholeSeconds / firstSeconds,
      goal: '≤ 0.5',
      note: `${wholeSeconds.toFixed(2)} s, of ${taken.map(({ whole, first }) => (whole / first).toFixed(2)).join(', ')}: days that are shown as they were`,
    },
    ...(memory === null
      ? []
      : [{ name: 'the service’s memory at its highest', value: memory.peakMiB, unit: 'MiB' as const }]),
  ]
}

/** The plainest way to have these rows in such a table: one COPY by the server itself, into the same columns, keys and indexes, with the rows of the rounds before. */
async function copySeconds(world: World, connectionId: string): Promise<number> {
  const file = join(await folderIn(world.folder, 'copies', 0o777), `${connectionId}.copy`)
  await world.owner.query(`copy (select * from transactions where connection_id = '${connectionId}') to '${file}'`)
  await world.owner.query('checkpoint')
  const startedAt = performance.now()
  await world.owner.query(`copy copied from '${file}'`)
  return (performance.now() - startedAt) / 1000
}

const perSecond = (rows: number, seconds: number): string => Math.round(rows / seconds).toLocaleString('en')

const few = {
  bank: 'nordlys',
  institution: 'berlin-group.nordlys',
  many: { account: 'nordlys-main', iban: 'NO1397106384944' },
  some: { account: 'nordlys-second', iban: 'NO4797104465769' },
}
const newRows = 300
const fewRounds = 11

/** What is held lies before the days that are read again, so that both imports are shown as many rows, and only what is held differs. */
export async function measureFew(world: World): Promise<readonly Figure[]> {
  const today = localDay(new Date(), 'Europe/Oslo')
  const past = { from: addDays(today, -700), to: addDays(today, -20) }
  const yesterday = addDays(today, -1)
  const call = await world.callAs('few')
  const accounts = [
    { ...few.many, held: rowCount, seconds: [] as number[] },
    { ...few.some, held: 1_000, seconds: [] as number[] },
  ]
  for (const { account, held } of accounts) {
    await world.control('PUT', `/accounts/${account}/quirks`, { pageSize })
    await world.control('POST', `/accounts/${account}/bulk`, { count: held, ...past })
  }
  // The books are closed to that day, so that matching has as little to do for the one as for the other.
  const ibans = [few.many.iban, few.some.iban]
  const connections = await connectCompany(call, 'few', few.institution, ibans, { bookedThrough: past.to })
  for (const { iban } of accounts) await firstImport(call, connections.get(iban) ?? '')
  for (let round = 1; round <= fewRounds; round += 1) {
    for (const { account, iban, seconds } of round % 2 === 0 ? accounts : accounts.toReversed()) {
      await world.control('POST', `/accounts/${account}/bulk`, { count: newRows, from: yesterday, to: yesterday })
      await settle(world)
      seconds.push((await importAgain(call, connections.get(iban) ?? '')).seconds)
    }
  }
  const [many = 0, some = 0] = accounts.map(({ seconds }) => median(seconds))
  return [
    {
      name: `${newRows} rows more to ${rowCount.toLocaleString('en')}, against to 1,000`,
      value: many / some,
      goal: '≤ 1.3',
      note: `${(many * 1000).toFixed(0)} ms against ${(some * 1000).toFixed(0)} ms`,
    },
  ]
}
