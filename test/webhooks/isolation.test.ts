// A receiver that is dead or slow delays nobody but itself.

import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { t as file, test } from 'tap'
import { parseNetwork } from '../../src/shared/addresses.ts'
import { createSchedule } from '../../src/schedule.ts'
import { startService } from '../support/service.ts'
import { numbersOf, startReceiver, tell } from './receiver.ts'

const loopback = parseNetwork('127.0.0.0/8')
const service = await startService(file, { receivers: { networks: loopback === null ? [] : [loopback] } })
const owner = new pg.Client({ connectionString: service.ownerUrl })
await owner.connect()
file.teardown(() => owner.end())

const deadTenants = ['unlucky', 'unluckier']

async function failing(tenants: readonly string[]): Promise<number | null> {
  const free = `select from due_work where kind = 'delivery' and lane = 'failing' and lease_until is null and tenant_id = any($1)`
  return (await owner.query(free, [tenants])).rowCount
}

/** Many more than there are workers. */
const deadCount = 40

test('of forty receivers that let us wait for ever, a few are waited for at a time: what happens reaches all others meanwhile', async (t) => {
  const dead = await startReceiver(t, 500)
  const alive = await startReceiver(t)
  for (const tenant of deadTenants)
    for (let number = 0; number < deadCount / 2; number += 1)
      await service.client(tenant)('PUT', `/v1/webhook-endpoints/dead-${number}`, { url: dead.url })
  for (const tenant of ['unlucky', 'lucky'])
    await service.client(tenant)('PUT', '/v1/webhook-endpoints/alive', { url: alive.url })
  const schedule = createSchedule(service.deps, { ticking: true })
  t.teardown(async () => {
    await dead.close()
    await schedule.stop()
  })
  await tell(service, 'unlucky', 1)
  await tell(service, 'unluckier', 1)
  while ((await failing(deadTenants)) !== deadCount) await pause(20)

  const waitedFor: string[] = []
  dead.answer(({ id }) => waitedFor.push(id))
  service.clock.advance({ seconds: 20 })
  while (waitedFor.length < 8) await pause(20)
  const told = Array.from({ length: 12 }, (_, at) => at + 101)
  for (const number of told) {
    await tell(service, 'unlucky', 1, number)
    await tell(service, 'unluckier', 1, number)
    await tell(service, 'lucky', 1, number)
    await pause(50)
  }
  const arrived = () => numbersOf(alive.got).filter((number) => number > 100).length
  while (arrived() < 2 * told.length) await pause(20)
  t.equal(arrived(), 2 * told.length, 'of both tenants')
  // One that was tried before and one that is new, at each of those that are tried.
  t.ok(waitedFor.length <= 16, `${waitedFor.length} deliveries are waited for`)
  t.match((await service.client('unlucky')('GET', '/v1/webhook-endpoints/dead-0')).body, { status: 'failing' })
})

const silentTenants = ['north', 'south', 'west']

test('of sixty receivers that fall silent at once, all are waited for, and what happens reaches another meanwhile', async (t) => {
  const silent = await startReceiver(t)
  const alive = await startReceiver(t)
  for (const tenant of silentTenants)
    for (let number = 0; number < 20; number += 1)
      await service.client(tenant)('PUT', `/v1/webhook-endpoints/silent-${number}`, { url: silent.url })
  await service.client('east')('PUT', '/v1/webhook-endpoints/alive', { url: alive.url })
  const schedule = createSchedule(service.deps, { ticking: true })
  t.teardown(async () => {
    await silent.close()
    await schedule.stop()
  })
  const tellThem = async () => {
    for (const tenant of silentTenants) await tell(service, tenant, 1)
  }
  await tellThem()
  while (silent.got.length < 60) await pause(20)

  const waitedFor: string[] = []
  silent.answer(({ id }) => waitedFor.push(id))
  await tellThem()
  while (waitedFor.length < 24) await pause(20)
  await tell(service, 'east', 1)
  while (alive.got.length === 0) await pause(20)
  t.equal(await failing(silentTenants), 0, 'none of them had been given up')
  while (waitedFor.length < 60) await pause(20)
  t.equal(await failing(silentTenants), 0, 'nor when the last of them was asked')
})
