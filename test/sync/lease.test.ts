// Who works on a connection: one at a time, replaced when it dies, powerless when it was replaced, and nobody waits for another's bank.

import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { t as file, test } from 'tap'
import { requestSync, type RequestSyncStores } from '../../src/sync/request-sync.ts'
import { addDays, type Day } from '../../src/values/day.ts'
import { chance } from '../matching/random.ts'
import { freshDatabase } from '../support/database.ts'
import { controlsAreCaught } from '../support/kill/controls.ts'
import { killAtPlaces, killAtRandom } from '../support/kill/kills.ts'
import { restartUnderLoad } from '../support/kill/restarts.ts'
import { databaseOn, startServer } from '../support/kill/server.ts'
import { nameOf, places } from '../support/kill/steps.ts'
import { startWorld } from '../support/kill/world.ts'
import { scratchFolder } from '../support/scratch.ts'
import { agrees, anotherProcess, company, countCalls, dies, fjord, keptWaiting, psu, storyteller } from './story.ts'

const begin = await storyteller(file)

/** Fjordbanken's main account in the books as 1920, imported since a few days ago. */
async function imported() {
  const story = await begin()
  await story.ask('PUT', `${company}/ledger-accounts/1920`, { name: 'Bank', currency: 'NOK', iban: fjord.main.iban })
  await story.authorise()
  return { story, main: await story.activate(fjord.main.iban, '2026-11-16') }
}

test('a process that dies after any of its steps is replaced when its lease ends, and nothing is lost or comes twice', async (t) => {
  const { story, main } = await imported()
  await story.service.bank.control(`/accounts/${fjord.main.id}/quirks`, { pageSize: 4 }, 'PUT')
  let today: Day = '2026-11-21'
  for (let steps = 0; ; steps += 1) {
    story.service.clock.advance({ days: 1 })
    today = addDays(today, 1)
    if (!(await dies(story, steps))) {
      t.ok(steps > 6, `there were ${steps} steps to die after`)
      break
    }
    const left = await story.lastRun(main.id)
    story.service.clock.advance({ seconds: 29 })
    await story.service.work()
    t.strictSame(await story.lastRun(main.id), left, 'as long as the lease lasts, its work is its own')
    story.service.clock.advance({ seconds: 1 })
    await story.service.work()
    const done = { status: 'completed', window: { to: addDays(today, -1) } }
    t.match(await story.lastRun(main.id), done, `died after ${steps} steps`)
    await agrees(t, story, main, fjord.main.id, addDays(today, -1))
  }
})

test('who has lost the lease commits nothing', async (t) => {
  const { story, main } = await imported()
  story.service.clock.advance({ days: 1 })
  const bank = keptWaiting()
  const paused = anotherProcess(t, story, bank.provider).drain()
  await bank.reached
  story.service.clock.advance({ seconds: 31 })
  await story.service.work()
  const seen = async () => ({
    runs: await story.runs(main.id),
    rows: await story.rows(main.id),
    feed: await story.feed(),
    connection: await story.connection(fjord.main.iban),
  })
  const before = await seen()
  t.match(before.runs[0], { status: 'completed' })
  bank.goOn()
  await paused
  t.strictSame(await seen(), before)
  t.ok(story.service.logged.some((line) => line.includes('work was taken over by somebody else')))
})

test('two processes at once make one run for each connection', async (t) => {
  const { story } = await imported()
  for (const { iban } of [fjord.second, fjord.savings, fjord.foreign]) await story.activate(iban, '2026-11-16')
  story.service.clock.advance({ days: 1 })
  const calls = await countCalls(story, fjord.main)
  await Promise.all([
    anotherProcess(t, story).drain(),
    anotherProcess(t, story).drain(),
    anotherProcess(t, story).drain(),
  ])
  for (const { iban } of [fjord.main, fjord.second, fjord.savings, fjord.foreign]) {
    const { id } = await story.connection(iban)
    t.strictSame(
      (await story.runs(id)).map(({ status }) => status),
      ['completed', 'completed'],
      iban,
    )
  }
  t.equal(await calls(), 4, 'and the bank was asked once for each')
})

test('of requests that arrive at the same moment, one makes the run and the others join it', async (t) => {
  const { story, main } = await imported()
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => story.call('POST', `/v1/connections/${main.id}/sync-runs`, {})),
  )
  t.strictSame(new Set(answers.map(({ status }) => status)), new Set([202]))
  t.equal(new Set(answers.map(({ body }) => body.id)).size, 1)
  await story.service.work()
  t.match(await story.lastRun(main.id), { id: answers[0]?.body.id, status: 'completed' })
})

test('a request that is being written when its run begins does not begin it anew', async (t) => {
  const { story, main } = await imported()
  const { deps } = story.service
  await story.call('POST', `/v1/connections/${main.id}/sync-runs`, { psu })
  const calls = await countCalls(story, fjord.main)
  const found = Promise.withResolvers<void>()
  const unit = <Result>(tenant: string, work: (stores: RequestSyncStores) => Promise<Result>): Promise<Result> =>
    deps.unit(tenant, ({ sync, ...stores }) =>
      work({
        ...stores,
        sync: {
          ...sync,
          async unfinishedRun(id) {
            const run = await sync.unfinishedRun(id)
            found.resolve()
            await pause(500)
            return run
          },
        },
      }),
    )
  const asked = requestSync({ ...deps, unit }, { tenant: story.tenant, connectionId: main.id, psu })
  await found.promise
  await story.service.work()
  const { id } = await asked
  await story.service.work()
  t.match(await story.lastRun(main.id), { id, status: 'completed' })
  t.equal(await calls(), 1)
})

test('a request that arrives while a run is under way or ending joins it or makes the next: its answer’s run is always finished', async (t) => {
  const { story, main } = await imported()
  const asked = new Set<string>()
  let isAsking = true
  const requests = (async () => {
    for (let time = 0; time < 25; time += 1)
      asked.add((await story.ask('POST', `/v1/connections/${main.id}/sync-runs`, { psu })).id)
    isAsking = false
  })()
  // oxlint-disable-next-line eslint/no-unmodified-loop-condition -- the requests end it
  while (isAsking) await story.service.work()
  await requests
  await story.service.work()
  t.ok(asked.size >= 2, `${asked.size} runs were asked for`)
  for (const id of asked) t.equal((await story.ask('GET', `/v1/sync-runs/${id}`)).status, 'completed')
})

test('one bank’s slowness delays nobody else’s connections', async (t) => {
  const { story } = await imported()
  const nordlys = 'NO4797104465769'
  for (const { iban } of [fjord.second, fjord.savings, fjord.foreign]) await story.activate(iban, '2026-11-16')
  await story.activate('541275******3241', '2026-11-16')
  await story.authorise({ institutionId: 'berlin-group.nordlys' })
  const { id } = await story.activate(nordlys, '2026-11-16')
  story.service.clock.advance({ days: 1 })
  await story.service.bank.control('/faults', { bank: 'fjordbanken', times: 100, delayMs: 1_500 })
  let slowIsDone = false
  const work = story.service.work().then(() => (slowIsDone = true))
  while ((await story.lastRun(id)).window.to !== '2026-11-21') await new Promise((done) => setTimeout(done, 20))
  t.notOk(slowIsDone, 'it was done while the slow bank still kept its own waiting')
  await story.service.bank.control('/faults', undefined, 'DELETE')
  await work
  t.match(await story.lastRun((await story.connection(fjord.main.iban)).id), {
    status: 'completed',
    window: { to: '2026-11-21' },
  })
})

test('workers that are killed in the middle of an import, at any moment or step, lose nothing and bring nothing twice; and mistakes that would are found', async (t) => {
  await using cleanup = new AsyncDisposableStack()
  const world = await startWorld({ ...(await freshDatabase(t)), cleanup, pageMs: 15 })
  await world.api()
  const say = (line: string) => t.comment(line)
  const steps = ['at page committed 2', 'at block sent', 'asleep at decision committed']
  const { atWork } = await killAtPlaces(world, { places: places.filter((each) => steps.includes(nameOf(each))), say })
  t.equal(atWork, steps.length)
  t.match(await killAtRandom(world, { kills: 2, patient: 0, random: chance(3).next, say }), { kills: 2 })
  t.strictSame((await controlsAreCaught(world, { guards: false, say })).map(withoutRows), [
    'rows are lost',
    'rows are there twice',
  ])
})

const withoutRows = (fault: string): string => fault.replace(/^\d+ (.+?):.*$/, '$1')

test('a database that is struck down under load loses nothing and brings nothing twice, and its workers go on', async (t) => {
  await using cleanup = new AsyncDisposableStack()
  const scratch = await scratchFolder(cleanup)
  const server = cleanup.use(await startServer({ dataDir: join(scratch, 'postgres'), durable: false }))
  const world = await startWorld({ ...(await databaseOn(server, 'restarted')), cleanup, pageMs: 250 })
  const say = (line: string) => t.comment(line)
  const load = { server, restarts: 1, patient: 0, random: chance(3).next, say }
  t.match(await restartUnderLoad(world, load), { restarts: 1, atWork: 1, died: 0 })
})
