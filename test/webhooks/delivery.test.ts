// What becomes of an event whose receiver is slow, dead, wrong or gone, and of the process that delivers it. Nothing is lost; nothing comes twice but what was on
// its way when a process died.

import pg from 'pg'
import { t as file, test, type Test } from 'tap'
import { parseNetwork } from '../../src/shared/addresses.ts'
import { createSchedule } from '../../src/schedule.ts'
import { retriesAfterMs } from '../../src/webhooks/model/retry.ts'
import type { Deps } from '../../src/wiring.ts'
import { fakeClock } from '../support/clock.ts'
import { startService } from '../support/service.ts'
import { aProcess, numbersOf, startReceiver, tell, type Receiver } from './receiver.ts'

const loopback = parseNetwork('127.0.0.0/8')
const clock = fakeClock('2026-11-21T09:00:00Z')
const service = await startService(file, {
  clock,
  receivers: { networks: loopback === null ? [] : [loopback], deadlineMs: 400 },
})
const worker = aProcess(file, service.deps)
const url = '/v1/webhook-endpoints/books'
let tenants = 0

/** A tenant with one endpoint at a receiver. */
async function listening(t: Test, how?: Parameters<typeof startReceiver>[1]) {
  const tenant = `tenant-${(tenants += 1)}`
  // Whatever an earlier test left is not due here.
  await owner.query(`delete from due_work`)
  const call = service.client(tenant)
  const receiver = await startReceiver(t, how)
  await call('PUT', url, { url: receiver.url })
  const endpoint = async () => (await call('GET', url)).body
  return { tenant, call, receiver, endpoint }
}

const owner = new pg.Client({ connectionString: service.ownerUrl })
await owner.connect()
file.teardown(() => owner.end())

const sorted = ({ got }: Receiver): number[] => numbersOf(got).toSorted((a, b) => a - b)

/** Time passes; whenever something is due it is done. */
async function live(hours: number): Promise<void> {
  const end = clock.now().getTime() + hours * 3_600_000
  for (;;) {
    const { rows } = await owner.query<{ next: Date | null }>(`select min(due_at) as next from due_work`)
    const next = rows[0]?.next?.getTime() ?? Infinity
    if (next > end) break
    clock.set(new Date(Math.max(next, clock.now().getTime())))
    await worker.drain()
  }
  clock.set(new Date(end))
}

test('what does not arrive is tried again by the published schedule for three days, under one id; then the endpoint is disabled, and goes on where it stopped', async (t) => {
  const times: number[] = []
  const { tenant, call, receiver, endpoint } = await listening(t, (_, response) => {
    times.push(clock.now().getTime())
    response.writeHead(500).end()
  })
  await tell(service, tenant, 1)
  await live(90)
  const [first = 0] = times
  t.equal(times.length, retriesAfterMs.length + 1)
  for (const [at, afterMs] of retriesAfterMs.entries()) {
    const late = (times[at + 1] ?? 0) - first - afterMs
    t.ok(late >= 0 && late <= 600_000 && late <= afterMs / 10 + 1_000, `${afterMs} ms: ${late} ms late`)
  }
  t.equal(new Set(receiver.got.map(({ id }) => id)).size, 1)
  t.ok(new Set(receiver.got.map(({ headers }) => headers['webhook-timestamp'])).size > 10, 'each attempt with its time')
  t.match(await endpoint(), { status: 'disabled', disabledReason: 'failing', pending: 1, givenUp: 0 })

  await tell(service, tenant, 3, 2)
  await live(24)
  t.equal(times.length, retriesAfterMs.length + 1, 'it is left alone')
  t.match(await call('POST', `${url}/redeliver`, { from: '2026-11-21T00:00:00Z', to: '2026-11-28T00:00:00Z' }), {
    status: 409,
    body: { code: 'webhook_endpoint_disabled' },
  })
  receiver.answer(200)
  receiver.got.length = 0
  t.match((await call('PUT', url, { url: receiver.url })).body, { status: 'active', pending: 4 })
  await worker.drain()
  t.same(sorted(receiver), [1, 2, 3, 4], 'nothing is lost')
  t.match(await endpoint(), { status: 'active', pending: 0 })
})

test('a receiver that comes back after half a day gets everything at once, each event once', async (t) => {
  const { tenant, receiver, endpoint } = await listening(t, 503)
  for (let first = 1; first < 60; first += 15) {
    await tell(service, tenant, 15, first)
    await live(3)
  }
  t.match(await endpoint(), { status: 'failing', pending: 60, lastAttempt: { outcome: 'refused', status: 503 } })
  t.ok(receiver.got.length < 12 * 6 * 3, `${receiver.got.length} attempts: it is not hammered`)
  receiver.answer(200)
  receiver.got.length = 0
  await live(0.2)
  t.same(
    sorted(receiver),
    Array.from({ length: 60 }, (_, at) => at + 1),
  )
  t.match(await endpoint(), { status: 'active', pending: 0, failingSince: undefined })
})

test('an event that the receiver cannot digest delays no other; after three days it is given up, told, and can be sent again', async (t) => {
  const poison = 4
  let isMended = false
  const { tenant, call, receiver, endpoint } = await listening(t, (got, response) => {
    const isPoison = numbersOf([got])[0] === poison && !isMended
    response.writeHead(isPoison ? 422 : 200).end()
  })
  await tell(service, tenant, 10)
  await worker.drain()
  t.same(sorted(receiver), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  for (let number = 11; number < 31; number += 1) {
    const before = receiver.got.length
    await tell(service, tenant, 1, number)
    await worker.drain()
    t.ok(numbersOf(receiver.got.slice(before)).includes(number), 'at once')
    await live(4)
  }
  t.match(await endpoint(), { status: 'active', pending: 0, givenUp: 1 })
  isMended = true
  const [{ id } = { id: '' }] = receiver.got.filter((got) => numbersOf([got])[0] === poison)
  const before = receiver.got.length
  await call('POST', `${url}/redeliver`, { eventIds: [id] })
  await worker.drain()
  t.same(numbersOf(receiver.got.slice(before)), [poison])
  t.match(await endpoint(), { pending: 0, givenUp: 0 })
})

test('410 disables an endpoint at once; other answers do not, and no redirect is followed', async (t) => {
  const elsewhere = await startReceiver(t)
  const { tenant, receiver, endpoint } = await listening(t, (_, response) =>
    response.writeHead(307, { location: elsewhere.url }).end(),
  )
  await tell(service, tenant, 1)
  await worker.drain()
  t.match(await endpoint(), { status: 'failing', lastAttempt: { outcome: 'refused', status: 307 } })
  t.same(elsewhere.got, [])
  receiver.answer(410)
  await live(0.1)
  t.match(await endpoint(), { status: 'disabled', disabledReason: 'gone', pending: 1 })
})

test('a receiver is left alone for as long as it asks', async (t) => {
  const { tenant, receiver } = await listening(t, (_, response) =>
    response.writeHead(429, { 'retry-after': '1200' }).end(),
  )
  await tell(service, tenant, 1)
  await live(0.33)
  t.equal(receiver.got.length, 1)
  await live(0.05)
  t.equal(receiver.got.length, 2)
})

test('whatever the receiver does with the connection, it is an attempt: no answer, half of one, an endless one, none at all', async (t) => {
  const { tenant, receiver, endpoint } = await listening(t, () => undefined)
  await tell(service, tenant, 1)
  await worker.drain()
  t.match(await endpoint(), { lastAttempt: { outcome: 'timeout' }, pending: 1 })
  const failures = [
    () => receiver.answer((_, response) => response.destroy()),
    () => receiver.answer((_, response) => response.socket?.end('HTTP/1.1 2')),
    () => receiver.answer((_, response) => response.socket?.end('nonsense\r\n\r\n')),
    () => void receiver.close(),
  ]
  for (const fail of failures) {
    fail()
    clock.advance({ hours: 13 })
    await worker.drain()
    t.match(await endpoint(), { lastAttempt: { outcome: 'connection_failed' }, pending: 1 })
  }
})

test('a 2xx is a success, however much the receiver goes on to say', async (t) => {
  const ended = Promise.withResolvers<void>()
  const { tenant, endpoint } = await listening(t, (_, response) => {
    response.writeHead(200)
    const flood = setInterval(() => response.write(Buffer.alloc(64 * 1024)), 1)
    response.on('close', () => {
      clearInterval(flood)
      ended.resolve()
    })
  })
  await tell(service, tenant, 1)
  await worker.drain()
  t.match(await endpoint(), { status: 'active', pending: 0 })
  await ended.promise
})

test('two processes that deliver side by side lose nothing and send nothing twice', async (t) => {
  const { tenant, receiver, endpoint } = await listening(t)
  const others = [aProcess(t, service.deps), aProcess(t, service.deps)]
  const state = { isTelling: true }
  const telling = tell(service, tenant, 80).finally(() => (state.isTelling = false))
  while (state.isTelling) await Promise.all(others.map((process) => process.drain()))
  await telling
  await Promise.all(others.map((process) => process.drain()))
  t.same(
    sorted(receiver),
    Array.from({ length: 80 }, (_, at) => at + 1),
  )
  t.match(await endpoint(), { pending: 0 })
})

/** The parts of a process that dies once it has committed so many steps. */
function mortal(deps: Deps, steps: number): { deps: Deps; died: Promise<true> } {
  const dead = Promise.withResolvers<true>()
  let taken = 0
  const unit: Deps['unit'] = (tenant, work) => {
    taken += 1
    if (taken > steps) {
      dead.resolve(true)
      return new Promise(() => undefined)
    }
    return deps.unit(tenant, work)
  }
  return { deps: { ...deps, unit, claims: { ...deps.claims, extend: () => Promise.resolve() } }, died: dead.promise }
}

test('a process that dies between any two steps is replaced within 35 seconds; what was on its way comes again under its id', async (t) => {
  for (let steps = 0; steps < 5; steps += 1) {
    const { tenant, receiver, endpoint } = await listening(t)
    await tell(service, tenant, 20)
    const { deps, died } = mortal(service.deps, steps)
    const victim = createSchedule(deps, { ticking: false })
    const isDead = await Promise.race([died, victim.drain().then(() => false)])
    const before = receiver.got.length
    await worker.drain()
    if (isDead) t.equal(receiver.got.length, before, 'its lease still runs')
    clock.advance({ seconds: 31 })
    await worker.drain()
    const numbers = numbersOf(receiver.got)
    t.same(
      [...new Set(numbers)].toSorted((a, b) => a - b),
      Array.from({ length: 20 }, (_, at) => at + 1),
    )
    t.ok(numbers.length <= 28, `${numbers.length - 20} came twice`)
    t.equal(new Set(receiver.got.map(({ id }) => id)).size, 20)
    t.match(await endpoint(), { pending: 0 })
    // It has died: nothing of it is left to be stopped.
    if (!isDead) await victim.stop()
  }
})

test('a process that slept through its lease commits nothing of what it did', async (t) => {
  const asleep = Promise.withResolvers<void>()
  const awake = Promise.withResolvers<void>()
  const { tenant, receiver, endpoint } = await listening(t)
  await tell(service, tenant, 1)
  let calls = 0
  const { receivers } = service.deps
  const { claims } = service.deps
  const sleeper: Deps = {
    ...service.deps,
    // When it is awake it finds nothing else to do.
    claims: { ...claims, claim: (ask) => (calls === 0 ? claims.claim(ask) : Promise.resolve([])) },
    receivers: {
      ...receivers,
      outbound: {
        ...receivers.outbound,
        async request() {
          calls += 1
          asleep.resolve()
          await awake.promise
          // What it sees when it wakes would be kept as delivered, and more be sent.
          return { status: 200, headers: {}, body: '' }
        },
      },
    },
  }
  const sleeping = aProcess(t, sleeper).drain()
  await asleep.promise
  clock.advance({ seconds: 31 })
  await worker.drain()
  t.equal(receiver.got.length, 1)
  await tell(service, tenant, 1, 2)
  awake.resolve()
  await sleeping
  t.equal(calls, 1, 'nor does it do more')
  t.match(await endpoint(), { pending: 1, lastAttempt: { status: 204 } })
  await worker.drain()
  t.match(await endpoint(), { status: 'active', pending: 0 })
})

test('an endpoint that is deleted or moved while something is on its way there is deleted or moved', async (t) => {
  const there = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  const { tenant, call, endpoint } = await listening(t, (_, response) => {
    there.resolve()
    void goOn.promise.then(() => response.writeHead(200).end())
  })
  await tell(service, tenant, 1)
  const draining = worker.drain()
  await there.promise
  const elsewhere = await startReceiver(t)
  await call('PUT', url, { url: elsewhere.url })
  goOn.resolve()
  await draining
  await tell(service, tenant, 1, 2)
  await worker.drain()
  t.same(numbersOf(elsewhere.got), [2])
  t.match(await endpoint(), { url: elsewhere.url, pending: 0 })
})
