// A product that receives webhooks: what it got, and what it answers next.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import { healthChanged } from '../../src/events/model.ts'
import type { Schedule } from '../../src/schedule.ts'
import { createSchedule } from '../../src/schedule.ts'
import type { Deps } from '../../src/wiring.ts'
import type { Service } from '../support/service.ts'

type Undo = { teardown(undo: () => Promise<unknown>): void }

export type Got = {
  readonly id: string
  readonly body: string
  readonly headers: Record<string, string>
  // oxlint-disable-next-line typescript/no-explicit-any -- as it came
  readonly event: any
}
type Answer = (got: Got, response: ServerResponse) => unknown

export type Receiver = {
  readonly url: string
  readonly got: Got[]
  /** From now on: a status, or whatever is done with the response. */
  readonly answer: (how: number | Answer) => void
  readonly close: () => Promise<void>
}

export async function startReceiver(t: Undo, how: number | Answer = 204): Promise<Receiver> {
  const got: Got[] = []
  let answer = how
  const server = createServer((request, response) => {
    void receive(request, response)
  })
  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request)
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
    const one = { id: headers['webhook-id'] ?? '', body, headers, event: JSON.parse(body) }
    got.push(one)
    if (typeof answer === 'number') response.writeHead(answer).end()
    else answer(one, response)
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  async function close(): Promise<void> {
    if (!server.listening) return
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  t.teardown(close)
  return { url: `http://127.0.0.1:${port}/hooks`, got, answer: (next) => void (answer = next), close }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  return body
}

/** So many events of the tenant's, one commit each. Each says its number. */
export async function tell({ deps }: Pick<Service, 'deps'>, tenant: string, count: number, first = 1): Promise<void> {
  for (let number = first; number < first + count; number += 1)
    await deps.unit(tenant, ({ events }) => {
      events.append(healthChanged({ id: `connection-${number}`, companyId: 'nordlys' }, 'delayed', deps.clock.now()))
      return Promise.resolve()
    })
}

/** Which of them came, in the order in which they came. */
export const numbersOf = (got: readonly Got[]): number[] =>
  got.map(({ event }) => Number(String(event.data.connectionId).replace('connection-', '')))

/** A process that does what is due, when it is told to. It does not keep its leases by itself: the clock stands still. */
export function aProcess(t: Undo, deps: Deps): Schedule {
  const schedule = createSchedule(
    { ...deps, claims: { ...deps.claims, extend: () => Promise.resolve() } },
    { ticking: false },
  )
  t.teardown(() => schedule.stop())
  return schedule
}
