import fc from 'fast-check'
import { test } from 'tap'
import { mayFetch } from '../../../src/sync/model/quota.ts'

const now = new Date('2026-11-21T12:00:00Z')
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000)

test('four unattended fetches in any 24 hours, the last of them not for a retry', (t) => {
  const cases = [
    { calls: [], api: true, retry: true },
    { calls: [1, 2], api: true, retry: true },
    { calls: [1, 2, 5], api: true, retry: 19 },
    { calls: [1, 2, 5, 20], api: 4, retry: 19 },
    { calls: [20, 1, 5, 2], api: 4, retry: 19, name: 'in any order' },
    { calls: [1, 2, 3, 24.1], api: true, retry: 21, name: 'more than a day old is out' },
    {
      calls: [1, 2, 3, 24.01],
      api: -0.01,
      retry: 21,
      name: 'a day old is in for some minutes, as it was counted before it was made',
    },
    { calls: [1, 2, 3, 23.999], api: 0.001, retry: 21, name: 'almost a day old is in' },
    { calls: [1, 2, 3, 4, 5], api: 20, retry: 21, name: 'more than allowed, however it came to that' },
    { calls: [30, 40, 50, 60, 70], api: true, retry: true },
  ]
  for (const { calls, api, retry, name = calls.join() } of cases) {
    for (const [trigger, expected] of [
      ['api', api],
      ['schedule', api],
      ['retry', retry],
    ] as const) {
      const allowance = mayFetch({ calls: calls.map(hoursAgo), limit: null, now, trigger })
      t.strictSame(
        allowance,
        expected === true ? { ok: true } : { ok: false, retryAt: hoursAgo(-Number(expected) - 5 / 60) },
        `${name} ${trigger}`,
      )
    }
  }
  t.end()
})

/** Told two hours ago. */
const limit = (remaining: number, resetsIn = 6) => ({
  remaining,
  toldAt: hoursAgo(2),
  resetsAt: hoursAgo(-resetsIn),
})

test('what the bank had left, less what was asked since, is never exceeded; the last is not for a retry', (t) => {
  const cases = [
    { calls: [], limit: limit(0), api: 6, retry: 6 },
    { calls: [3], limit: limit(1), api: true, retry: 6 },
    { calls: [1], limit: limit(1), api: 6, retry: 6 },
    { calls: [2], limit: limit(1), api: true, retry: 6, name: 'the call that told it is in it' },
    { calls: [1], limit: limit(2), api: true, retry: 6 },
    { calls: [1], limit: limit(3), api: true, retry: true },
    { calls: [], limit: limit(0, 0), api: true, retry: true, name: 'its time is over' },
    { calls: [1, 2, 3, 20], limit: limit(9), api: 4 + 5 / 60, retry: 21 + 5 / 60, name: 'ours counts as well' },
    { calls: [1, 2, 3, 20], limit: limit(1), api: 6, retry: 21 + 5 / 60, name: 'whichever is longer' },
  ]
  for (const { calls, limit: told, api, retry, name = `${calls.join()} of ${told.remaining}` } of cases)
    for (const [trigger, expected] of [
      ['api', api],
      ['retry', retry],
    ] as const)
      t.strictSame(
        mayFetch({ calls: calls.map(hoursAgo), limit: told, now, trigger }),
        expected === true ? { ok: true } : { ok: false, retryAt: hoursAgo(-Number(expected)) },
        `${name} ${trigger}`,
      )
  t.end()
})

test('whoever waits until it says is let through, never twice too soon', (t) => {
  const waits = fc.array(
    fc.record({ waitMs: fc.nat({ max: 12 * 3_600_000 }), trigger: fc.constantFrom('schedule', 'api', 'retry') }),
    { maxLength: 40 },
  )
  fc.assert(
    fc.property(waits, (asks) => {
      const calls: Date[] = []
      let at = now
      for (const { waitMs, trigger } of asks) {
        at = new Date(at.getTime() + waitMs)
        const allowance = mayFetch({ calls, limit: null, now: at, trigger })
        if (!allowance.ok) {
          if (allowance.retryAt <= at) return false
          at = allowance.retryAt
          if (!mayFetch({ calls, limit: null, now: at, trigger }).ok) return false
        }
        calls.push(at)
        const last = at.getTime()
        if (calls.filter((call) => call.getTime() > last - 24 * 3_600_000).length > 4) return false
      }
      return true
    }),
  )
  t.end()
})
