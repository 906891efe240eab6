// A provider calls to say that there is news. Whoever it is that calls, the most that can come of it is a fetch that would have come anyway.

import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { t as file, test } from 'tap'
import { refreshInstitutions } from '../../src/institutions/refresh-institutions.ts'
import { createSchedule } from '../../src/schedule.ts'
import { company, registered, toBank, visit } from '../consents/journey.ts'
import { startPowensSimulator } from '../simulators/powens/index.ts'
import type { SimulatedAccount, SimulatedTransaction } from '../simulators/simulator.ts'
import { fakeClock } from '../support/clock.ts'
import { startService } from '../support/service.ts'

const clock = fakeClock('2026-11-20T09:00:00Z')
const simulator = await startPowensSimulator({ clock })
file.teardown(() => simulator.close())
const service = await startService(file, { clock, providers: simulator.providerConfig })
await refreshInstitutions(service.deps)
const schedule = createSchedule(service.deps, { ticking: false })
file.teardown(() => schedule.stop())
const origin = await service.app.listen({ host: '127.0.0.1', port: 0 })

const row = (id: string, bookingDate: SimulatedTransaction['bookingDate']): SimulatedTransaction => ({
  id,
  bookingDate,
  amount: '-12.50',
  currency: 'EUR',
  text: `Facture ${id}`,
})
const held = (...transactions: readonly SimulatedTransaction[]): SimulatedAccount => ({
  key: 'main',
  type: 'current',
  name: 'Compte courant',
  iban: 'FR7630006000011234567890189',
  currency: 'EUR',
  usage: 'business',
  owner: 'Fjordlys Handel AS',
  balance: '100.00',
  transactions,
})

test('news that a provider tells of are fetched at once, and no oftener than the bank allows', async (t) => {
  await simulator.hold([held(row('1', '2026-11-18'))])
  const { call } = await registered(service)
  const institutionId = `powens.${simulator.nativeId}`
  const session = await call('POST', `${company}/consent-sessions`, { personId: 'anna', institutionId })
  const back = await simulator.visit(await toBank(service, session.body.url, institutionId), { kind: 'approve' })
  t.match((await visit(service, back)).location, /status=completed$/)
  const all = (await call('GET', `${company}/connections`)).body.data
  const { id } = all.find(({ iban }: { iban?: string }) => iban === held().iban)
  await call('POST', `/v1/connections/${id}/activate`, { startDate: '2026-11-01' })
  await schedule.drain()
  const runs = async () => (await call('GET', `/v1/connections/${id}/sync-runs`)).body.data

  clock.advance({ hours: 3 })
  await simulator.hold([held(row('1', '2026-11-18'), row('2', '2026-11-19'))])
  const url = `${origin}/hooks/powens`
  for (const event of ['CONNECTION_SYNCED', 'ACCOUNT_SYNCED'] as const)
    t.equal(await simulator.callWith(event, url), 204, event)
  await schedule.drain()
  t.match(await runs(), [{ trigger: 'schedule', counts: { added: 1 } }, {}])

  t.equal(await simulator.callWith('CONNECTION_SYNCED', url), 204)
  await schedule.drain()
  t.equal((await runs()).length, 2, 'within the hour it waits')
  for (let hours = 0; hours < 10; hours += 1) {
    clock.advance({ hours: 1 })
    await simulator.callWith('CONNECTION_SYNCED', url)
    await schedule.drain()
  }
  t.ok((await runs()).length <= 4, 'four in a day, one of them held in reserve')
})

test('a call that the provider did not make, or not now, changes nothing, and news of a stranger is no error', async (t) => {
  const post = (path: string, headers: Record<string, string> = {}, body = '{"id_user":1}') =>
    fetch(`${origin}${path}`, { method: 'POST', headers, body })
  t.equal((await post('/hooks/powens')).status, 401, 'unsigned')
  t.equal(
    (await post('/hooks/powens', { 'bi-signature': 'AAAA', 'bi-signature-date': clock.now().toISOString() })).status,
    401,
    'forged',
  )
  t.equal((await post('/hooks/gocardless')).status, 404, 'one that never calls')
  t.equal((await post('/hooks/..%2Fpowens')).status, 404)
  t.equal((await post('/hooks/powens', { 'content-type': 'application/json' }, '{')).status, 401, 'no JSON')
  t.equal((await fetch(`${origin}/hooks/powens`)).status, 404)
  await simulator.hold([held()])
  t.equal(await simulator.callWith('USER_DELETED', `${origin}/hooks/powens`), 204)
})

const head = (provider: string) =>
  `POST /hooks/${provider} HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: 9000000\r\n\r\n`

test('strangers cannot fill the memory with bodies that do not end', async (t) => {
  const { hostname, port } = new URL(origin)
  const sockets: Socket[] = []
  const begin = async (provider: string): Promise<string> => {
    const socket = connect(Number(port), hostname)
    sockets.push(socket)
    socket.write(head(provider))
    return Promise.race([once(socket, 'data').then(([data]) => String(data).slice(9, 12)), pause(300, 'reading')])
  }
  t.teardown(() => sockets.forEach((socket) => socket.destroy()))
  t.equal(await begin('nobody'), '404', 'who calls for nobody is told before')
  for (let number = 0; number < 8; number += 1) t.equal(await begin('powens'), 'reading')
  t.equal(await begin('powens'), '503')
  for (const socket of sockets) socket.destroy()
  await pause(100)
  t.equal(
    await simulator.callWith('CONNECTION_SYNCED', `${origin}/hooks/powens`),
    204,
    'and it is over when they are gone',
  )
})
