import fc from 'fast-check'
import { test } from 'tap'
import type { ProviderErrorKind } from '../../../src/providers/provider.ts'
import { dailySlotOn, healthAfterFailure, healthy, nextDailySlot, nextTry } from '../../../src/sync/model/next-try.ts'
import { addDays, localDay, startOfLocalDay } from '../../../src/values/day.ts'

const oslo = { connectionId: '019a0000-0000-7000-8000-000000000001', timeZone: 'Europe/Oslo' }
const now = new Date('2026-11-21T02:30:00Z')
const minutes = (from: Date, to: Date | null) =>
  to === null ? null : Math.round((to.getTime() - from.getTime()) / 60_000)

function inHours(hours: number): Date {
  return new Date(now.getTime() + hours * 3_600_000)
}

test('there is one daily slot for every local day of ten years, in every zone', (t) => {
  // Zones with clocks moved at midnight, by half an hour, in the other hemisphere, and not at all; 2028 and 2032 have leap days.
  const zones = ['Europe/Oslo', 'Europe/Lisbon', 'Africa/Cairo', 'Australia/Lord_Howe', 'America/Santiago', 'UTC']
  for (const [at, timeZone] of zones.entries()) {
    const whose = { connectionId: `connection-${at}`, timeZone }
    let instant = new Date('2026-01-01T12:00:00Z')
    let day = localDay(instant, timeZone)
    let wrong = 0
    for (let night = 0; night < 3653; night++) {
      instant = nextDailySlot(whose, instant)
      day = addDays(day, 1)
      if (localDay(instant, timeZone) !== day) wrong++
    }
    t.equal(wrong, 0, timeZone)
    t.equal(day, '2036-01-02', `${timeZone}: the last night of ten years`)
  }
  t.end()
})

test("the next slot is the next local day's, however early, late or often a run went well", (t) => {
  for (const instant of ['2026-11-20T23:00:00Z', '2026-11-21T03:00:00Z', '2026-11-21T22:59:59Z']) {
    t.strictSame(nextDailySlot(oslo, new Date(instant)), dailySlotOn('2026-11-22', oslo), instant)
  }
  t.end()
})

test('slots lie between one and six at night and are spread', (t) => {
  const midnight = startOfLocalDay('2026-11-21', oslo.timeZone)
  const perHour = [0, 0, 0, 0, 0, 0, 0]
  for (let at = 0; at < 5000; at++) {
    const slot = dailySlotOn('2026-11-21', {
      ...oslo,
      connectionId: `019a0000-0000-7000-8000-${String(at).padStart(12, '0')}`,
    })
    perHour[Math.floor((slot.getTime() - midnight.getTime()) / 3_600_000)]! += 1
  }
  t.strictSame([perHour[0], perHour[6]], [0, 0])
  t.ok(
    perHour.slice(1, 6).every((count) => count > 850 && count < 1150),
    perHour.join(' '),
  )
  t.strictSame(dailySlotOn('2026-11-21', oslo), dailySlotOn('2026-11-21', { ...oslo }), 'the same every time')
  t.end()
})

test('what follows a failure is a matter of its kind', (t) => {
  const slot = minutes(now, nextDailySlot(oslo, now))
  const retryAt = new Date(now.getTime() + 45 * 60_000)
  const cases: readonly [ProviderErrorKind, number, Date | undefined, number | null | undefined][] = [
    ['consent_gone', 1, undefined, null],
    ['needs_person', 1, undefined, slot],
    ['refused', 3, undefined, slot],
    ['temporary', 1, undefined, 20],
    ['temporary', 2, undefined, 120],
    ['temporary', 3, undefined, 480],
    ['temporary', 40, undefined, 480],
    ['temporary', 1, retryAt, 45],
    ['temporary', 3, retryAt, 480],
    ['temporary', 1, new Date('2026-11-25T00:00:00Z'), slot],
    ['nonsense', 1, undefined, 60],
    ['nonsense', 2, undefined, 360],
    ['rate_limited', 1, undefined, 120],
    ['rate_limited', 1, retryAt, 45],
    ['rate_limited', 1, new Date('2026-11-25T00:00:00Z'), 5610],
    ['rate_limited', 1, new Date('2026-11-20T00:00:00Z'), 120],
  ]
  for (const [kind, failures, at, expected] of cases) {
    const failure = { kind, ...(at !== undefined && { retryAt: at }) }
    t.equal(minutes(now, nextTry(failure, { ...oslo, failures, now, random: 0 })), expected, `${kind}, ${failures}`)
  }
  t.end()
})

test('a retry comes no later than the daily slot and no sooner than half its delay, and never before the bank said', (t) => {
  const kinds = ['temporary', 'nonsense', 'rate_limited'] as const
  const instants = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
  const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
  fc.assert(
    fc.property(
      fc.constantFrom(...kinds),
      fc.integer({ min: 1, max: 200 }),
      instants,
      chance,
      (kind, failures, at, random) => {
        const next = nextTry({ kind }, { ...oslo, failures, now: at, random })
        const least = nextTry({ kind }, { ...oslo, failures, now: at, random: 0 })
        if (next === null || least === null) return false
        return (
          next > at &&
          next <= nextDailySlot(oslo, at) &&
          next <= least &&
          (minutes(at, next) ?? 0) >= Math.min(10, minutes(at, nextDailySlot(oslo, at)) ?? 0)
        )
      },
    ),
  )
  fc.assert(
    fc.property(instants, fc.integer({ min: 1, max: 1e9 }), chance, (at, waitMs, random) => {
      const retryAt = new Date(at.getTime() + waitMs)
      const next = nextTry({ kind: 'rate_limited', retryAt }, { ...oslo, failures: 1, now: at, random })
      return next !== null && next >= retryAt && next.getTime() <= retryAt.getTime() + 60_000
    }),
  )
  t.end()
})

test('health is delayed while it may mend itself, and failing when it needs somebody or lasts', (t) => {
  const fail = (before: Parameters<typeof healthAfterFailure>[0], kind: ProviderErrorKind, hours: number) =>
    healthAfterFailure(before, { kind, at: inHours(hours), nextTryAt: inHours(hours + 1) })
  const first = fail(healthy, 'temporary', 0)
  t.strictSame(first, { state: 'delayed', kind: 'temporary', failures: 1, since: inHours(0), nextTryAt: inHours(1) })
  const second = fail(first, 'rate_limited', 35)
  t.match(second, { state: 'delayed', kind: 'rate_limited', failures: 2, since: inHours(0) })
  t.match(fail(second, 'temporary', 36), { state: 'failing', failures: 3, since: inHours(0) })
  for (const kind of ['consent_gone', 'needs_person', 'refused'] as const)
    t.match(fail(healthy, kind, 0), { state: 'failing', kind })
  t.match(fail(healthy, 'nonsense', 0), { state: 'delayed' })
  t.end()
})
