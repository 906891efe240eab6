import { setTimeout as pause } from 'node:timers/promises'
import { t as file, test } from 'tap'
import type { DueKind, Lease } from '../src/due/index.ts'
import { runSql } from './support/database.ts'
import { startService } from './support/service.ts'

const service = await startService(file)
const { unit, claims } = service.deps
const tenants = ['acme', 'flood', 'small']
for (const tenant of tenants) await service.client(tenant)('GET', '/v1/tenant')

const start = new Date('2026-11-21T09:00:00Z')
const at = (seconds: number): Date => new Date(start.getTime() + seconds * 1_000)
const set = (tenant: string, subject: string, due: number, lane = '', kind: DueKind = 'sync') =>
  unit(tenant, (stores) => stores.due.set({ kind, subject, at: at(due), lane }))
const claim = (ask: { count?: number; perLane?: number; now?: number; lease?: number; kinds?: DueKind[] } = {}) => {
  const { count = 100, perLane = 100, now = 0, lease = 30, kinds = ['sync'] } = ask
  return claims.claim({ kinds, now: at(now), leaseUntil: at(now + lease), count, perLane })
}
const claimOne = async (ask: Parameters<typeof claim>[0] = {}): Promise<Lease> => {
  const [lease, ...others] = await claim(ask)
  if (lease === undefined || others.length > 0)
    throw new Error(`${others.length + Number(lease !== undefined)} were claimed`)
  return lease
}
const namesOf = (leases: readonly Lease[]) => new Set(leases.map(({ tenant, subject }) => `${tenant} ${subject}`))
const finish = (lease: Lease, next: number | null, failed = false) =>
  unit(lease.tenant, ({ due }) => due.finish(lease, { next: next === null ? null : at(next), failed }))
const rowsOf = (subject: string) =>
  runSql(
    service.ownerUrl,
    `select due_at, lease_until, fence, asked, attempts from due_work where subject = '${subject}'`,
  )
const clear = () => runSql(service.ownerUrl, 'delete from due_work')
const many = (count: number) => Array.from({ length: count }, (_, index) => index)

test('what is due is claimed, the longest-waiting first; nothing else is', async (t) => {
  await set('acme', 'second', -10)
  await set('acme', 'first', -20)
  await set('acme', 'just', 0)
  await set('acme', 'later', 1)
  await set('acme', 'of another kind', -5, '', 'match')
  t.same(namesOf(await claim({ count: 1 })), new Set(['acme first']))
  t.same(namesOf(await claim()), new Set(['acme second', 'acme just']))
  t.same(namesOf(await claim({ kinds: ['match', 'status'] })), new Set(['acme of another kind']))
  t.same(await claim(), [])
  t.same(namesOf(await claim({ now: 1, lease: 30 })), new Set(['acme later']))
  await clear()
})

test('what is claimed is nobody else’s until its lease ends; then whoever claims it holds a higher fence', async (t) => {
  await set('acme', 'leased', 0)
  const first = await claimOne()
  t.same(await claim({ now: 29 }), [])
  const second = await claimOne({ now: 30 })
  t.ok(second.fence > first.fence)
  const lost = { code: 'lease_lost' }
  await t.rejects(
    unit('acme', ({ due }) => due.hold(first)),
    lost,
  )
  await t.rejects(finish(first, null), lost)
  await t.rejects(finish(first, 60), lost)
  await unit('acme', ({ due }) => due.hold(second))
  await finish(second, null)
  t.same(await rowsOf('leased'), [])
  await t.rejects(finish(second, null), lost, 'and what was finished is finished')
})

test('a lease that is extended lasts; one that was lost stays lost', async (t) => {
  await set('acme', 'long', 0)
  const lease = await claimOne()
  await claims.extend([lease], at(100))
  t.same(await claim({ now: 99 }), [])
  const next = await claimOne({ now: 100 })
  await claims.extend([lease], at(1_000))
  t.match(await rowsOf('long'), [{ lease_until: at(130) }])
  await finish(next, 500)
  await claims.extend([next], at(1_000))
  t.match(await rowsOf('long'), [{ lease_until: null }], 'nor does one begin anew that was given back')
  await claims.extend([], at(1_000))
  await clear()
})

test('a step that comes to want another row than its own never waits for whoever keeps the leases', async (t) => {
  await set('acme', 'at work', 0)
  await set('acme', 'asked by it', 0)
  const leases = await claim()
  const asked = leases.find(({ subject }) => subject === 'asked by it')
  const atWork = leases.find(({ subject }) => subject === 'at work')
  if (asked === undefined || atWork === undefined) throw new Error('neither was claimed')
  const held = Promise.withResolvers<void>()
  const goesOn = Promise.withResolvers<void>()
  const step = unit('acme', async ({ due }) => {
    await due.hold(atWork)
    held.resolve()
    await goesOn.promise
    await due.set({ kind: 'sync', subject: 'asked by it', at: at(5), lane: '' })
  })
  await held.promise
  const kept = claims.extend([asked, atWork], at(100))
  // It keeps the one that is free, and waits for the other.
  await waitingFor(1)
  goesOn.resolve()
  await step
  await kept
  for (const subject of ['at work', 'asked by it']) t.match(await rowsOf(subject), [{ lease_until: at(100) }], subject)
  await clear()
})

/** Until so many of the service's connections wait for a lock. */
async function waitingFor(count: number): Promise<void> {
  for (;;) {
    const waiting = await runSql(
      service.ownerUrl,
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    if (waiting.length >= count) return
    await pause(5)
  }
}

test('a step that holds its lease is not taken over before it has ended, though the lease has', async (t) => {
  await set('acme', 'held', 0)
  const lease = await claimOne()
  await unit('acme', async ({ due }) => {
    await due.hold(lease)
    t.same(await claim({ now: 60 }), [], 'and nobody waits for it')
  })
  await claimOne({ now: 60 })
  await clear()
})

test('of two who claim at once, nobody gets what the other has', async (t) => {
  for (const index of many(40)) await set(tenants[index % 3] ?? '', `work ${index}`, -index)
  const claimed = await Promise.all(many(6).map(() => claim({ count: 15 })))
  const names = claimed.flatMap((leases) => [...namesOf(leases)])
  t.equal(new Set(names).size, names.length)
  t.ok(names.length >= 15)
  await clear()
})

test('tenants take turns: one that floods makes nobody wait for all of its own', async (t) => {
  for (const index of many(50)) await set('flood', `flood ${index}`, -1_000 + index)
  await set('small', 'one', -1)
  await set('acme', 'one', -2)
  await set('acme', 'two', -1)
  t.same(namesOf(await claim({ count: 3 })), new Set(['flood flood 0', 'small one', 'acme one']))
  t.same(namesOf(await claim({ count: 2 })), new Set(['flood flood 1', 'acme two']))
  await clear()
})

test('who has ten connections due is served among the first, though somebody else has ten thousand that have been due for longer', async (t) => {
  await runSql(
    service.ownerUrl,
    `insert into due_work (tenant_id, kind, subject, lane, due_at)
     select 'flood', 'sync', 'flood ' || n, 'bank ' || n % 7, '${at(-20_000).toISOString()}'::timestamptz + n * interval '1 second' from generate_series(1, 10000) n`,
  )
  for (const index of many(10)) await set('small', `own ${index}`, -1, `bank ${index % 7}`)
  const claimed: Lease[] = []
  while (claimed.length < 24) {
    const leases = await claim({ count: 8, perLane: 4 })
    claimed.push(...leases)
    for (const lease of leases) await finish(lease, 86_400)
  }
  const place = claimed.findLastIndex(({ tenant }) => tenant === 'small')
  t.equal(claimed.filter(({ tenant }) => tenant === 'small').length, 10)
  t.ok(place < 24, `the last of them was the ${place + 1}th`)
  await clear()
})

test('a lane is never held by more than its share, counting those that hold it already', async (t) => {
  for (const index of many(5)) await set('acme', `slow ${index}`, -10 + index, 'slow bank')
  await set('acme', 'quick', -1, 'quick bank')
  for (const index of many(3)) await set('acme', `free ${index}`, -1)
  await set('acme', 'other kind', -1, 'slow bank', 'match')
  const first = await claim({ perLane: 2 })
  t.same(
    namesOf(first),
    new Set(['acme slow 0', 'acme slow 1', 'acme quick', 'acme free 0', 'acme free 1', 'acme free 2']),
  )
  t.same(await claim({ perLane: 2 }), [])
  t.same(namesOf(await claim({ perLane: 2, kinds: ['match'] })), new Set(['acme other kind']), 'each kind has its own')
  const slow = first.find(({ subject }) => subject === 'slow 0')
  if (slow !== undefined) await finish(slow, null)
  t.same(namesOf(await claim({ perLane: 2 })), new Set(['acme slow 2']))
  t.equal(
    (await claim({ perLane: 2, now: 40, kinds: ['sync'] })).filter(({ subject }) => subject.startsWith('slow')).length,
    2,
    'leases that ended count no more',
  )
  await clear()
})

test('within a lane, too, tenants take turns', async (t) => {
  for (const index of many(50)) await set('flood', `flood ${index}`, -1_000 + index, 'bank')
  await set('small', 'one', -1, 'bank')
  t.same(namesOf(await claim({ perLane: 2 })), new Set(['flood flood 0', 'small one']))
  await clear()
})

test('what waits for a full lane costs its tenant no turn', async (t) => {
  for (const index of many(20)) await set('small', `waits ${index}`, -1_000 + index, 'slow bank')
  await set('small', 'free', -1)
  for (const index of many(50)) await set('flood', `flood ${index}`, -500 + index)
  const claimed = namesOf(await claim({ count: 6, perLane: 1 }))
  t.ok(claimed.has('small free'), [...claimed].join())
  await clear()
})

test('finished work is due again when it says, or no more; failures in a row are counted', async (t) => {
  await set('acme', 'again', 0)
  await finish(await claimOne(), 60, true)
  t.match(await rowsOf('again'), [{ due_at: at(60), lease_until: null, attempts: 1 }])
  const second = await claimOne({ now: 60 })
  t.equal(second.attempts, 1)
  await finish(second, 120, true)
  t.match(await rowsOf('again'), [{ attempts: 2 }])
  await finish(await claimOne({ now: 120 }), 180)
  t.match(await rowsOf('again'), [{ due_at: at(180), attempts: 0 }])
  await finish(await claimOne({ now: 180 }), null)
  t.same(await rowsOf('again'), [])
})

test('what is asked for while the work is being done is not forgotten when it ends', async (t) => {
  for (const next of [null, 5_000]) {
    await set('acme', 'busy', 0)
    const lease = await claimOne()
    await set('acme', 'busy', 20)
    t.same(await claim({ now: 25 }), [], 'whoever works on it keeps the lease')
    await finish(lease, next)
    t.match(await rowsOf('busy'), [{ due_at: at(20), lease_until: null }])
    await finish(await claimOne({ now: 20 }), null)
    t.same(await rowsOf('busy'), [])
  }
  await set('acme', 'busy', 0)
  const lease = await claimOne()
  await unit('acme', ({ due }) => due.setBy({ kind: 'sync', subject: 'busy', at: at(20) }))
  await finish(lease, 5_000)
  t.equal((await claim({ now: 20 })).length, 1, 'by then at the latest')
  await clear()
})

test('“by” never puts off, and “at” always means what was said last', async (t) => {
  const dueAt = async () => (await unit('acme', ({ due }) => due.dueAt('sync', ['x', 'nobody']))).get('x')
  const setBy = (due: number) => unit('acme', (stores) => stores.due.setBy({ kind: 'sync', subject: 'x', at: at(due) }))
  await setBy(60)
  await setBy(90)
  t.same(await dueAt(), at(60))
  await setBy(30)
  t.same(await dueAt(), at(30))
  await set('acme', 'x', 500)
  t.same(await dueAt(), at(500))
  await unit('acme', ({ due }) => due.drop({ kind: 'sync', subject: 'x' }))
  t.equal(await dueAt(), undefined)
  t.same(await unit('acme', ({ due }) => due.dueAt('sync', [])), new Map())
})

test('however long nobody came, each piece of work is done once', async (t) => {
  await set('acme', 'daily', 0)
  const afterDays = 5 * 86_400
  await finish(await claimOne({ now: afterDays }), afterDays + 86_400)
  t.same(await claim({ now: afterDays + 60 }), [])
  await clear()
})
