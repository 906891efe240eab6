// What follows from an attempt, decided without a receiver.

import fc from 'fast-check'
import { readFile } from 'node:fs/promises'
import { test } from 'tap'
import type { Endpoint } from '../../src/webhooks/model/endpoint.ts'
import { failingMsMax, nextRetry, retriesAfterMs } from '../../src/webhooks/model/retry.ts'
import { settle, type Attempt } from '../../src/webhooks/model/settle.ts'

const start = new Date('2026-11-21T09:00:00Z')
const after = (ms: number) => new Date(start.getTime() + ms)
const endpoint: Endpoint = {
  id: 'books',
  url: 'https://books.example/hooks',
  types: [],
  position: 0n,
  failingSince: null,
  failures: 0,
  pausedUntil: null,
  disabled: null,
  lastAttempt: null,
  deliveredAt: null,
  missedBefore: null,
  formerSecretUntil: null,
  createdAt: start,
}

const anAttempt = fc.record({
  outcome: fc.constantFrom('delivered', 'refused', 'timeout', 'connection_failed', 'address_not_allowed'),
  status: fc.constantFrom(200, 302, 410, 429, 500, null),
  firstAt: fc.option(fc.integer({ min: 0, max: 80 * 3_600_000 }).map((ms) => after(80 * 3_600_000 - ms))),
  attempts: fc.nat(12),
  notBefore: fc.option(fc.integer({ min: -1_000, max: 10_000_000_000 }).map((ms) => after(80 * 3_600_000 + ms))),
})
const anEndpoint = fc.record({
  failingSince: fc.option(fc.integer({ min: 0, max: 80 * 3_600_000 }).map((ms) => after(ms))),
  failures: fc.nat(500),
})

test('whatever comes of attempts, each is delivered, or kept and due within the three days, or given up after them', (t) => {
  const now = after(80 * 3_600_000)
  fc.assert(
    fc.property(
      fc.array(anAttempt, { minLength: 1, maxLength: 8 }),
      anEndpoint,
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (drafts, state, random) => {
        const attempts: Attempt[] = drafts.map((draft, at) => ({
          ...draft,
          status: draft.outcome === 'delivered' ? 200 : draft.status,
          position: BigInt(at),
          eventId: `event-${at}`,
        }))
        const settled = settle({ ...endpoint, ...state }, attempts, { now, random: () => random })
        const positions = [...settled.delivered, ...settled.kept.map(({ position }) => position)]
        const isEach = new Set(positions).size === attempts.length && positions.length === attempts.length
        const areKept = settled.kept.every(({ firstAt, nextAttemptAt, givenUpAt }) => {
          const isOver = now.getTime() - firstAt.getTime() >= failingMsMax
          if (settled.endpoint.disabled !== null) return givenUpAt === null
          return isOver ? givenUpAt !== null : givenUpAt === null && nextAttemptAt > now
        })
        const isPaused = settled.endpoint.pausedUntil !== null && settled.endpoint.pausedUntil > now
        const hasArrived = settled.delivered.length > 0
        const isHealthRight =
          settled.endpoint.disabled !== null || hasArrived === (settled.endpoint.failingSince === null)
        return isEach && areKept && isHealthRight && (hasArrived || settled.endpoint.disabled !== null || isPaused)
      },
    ),
    { numRuns: 2_000 },
  )
  t.end()
})

test('an attempt that comes late takes the place of those it missed', (t) => {
  const next = (ms: number) =>
    nextRetry({ firstAt: start, now: after(ms), random: 0, notBefore: null })?.getTime() ?? null
  const [minute, hour] = [60_000, 3_600_000]
  t.equal(next(0), after(5_000).getTime())
  t.equal(next(5_000), after(5 * minute).getTime())
  t.equal(next(29 * hour), after(36 * hour).getTime(), 'after a day in which nobody worked')
  t.equal(next(71.9 * hour), after(72 * hour).getTime())
  t.equal(next(72 * hour), null)
  t.end()
})

test('the schedule is the one that is published', async (t) => {
  const guide = await readFile(new URL('../../docs/guides/webhooks.md', import.meta.url), 'utf8')
  const row = /\| after the first attempt \|(.*)\|/.exec(guide)?.[1] ?? ''
  const units: Record<string, number> = { s: 1_000, min: 60_000, h: 3_600_000 }
  const published = row.split('|').map((cell) => {
    const [, number = '', unit = ''] = /^(\d+) (s|min|h)$/.exec(cell.trim()) ?? []
    return Number(number) * (units[unit] ?? NaN)
  })
  t.same(published, retriesAfterMs)
})
