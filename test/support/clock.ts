import type { Clock } from '../../src/shared/clock.ts'

/** A clock that stands still until it is told otherwise. */
export type FakeClock = Clock & {
  set(instant: Date | string): void
  advance(by: { days?: number; hours?: number; minutes?: number; seconds?: number; ms?: number }): void
}

export function fakeClock(start: Date | string): FakeClock {
  let now = new Date(start).getTime()
  return {
    now: () => new Date(now),
    set: (instant) => void (now = new Date(instant).getTime()),
    advance: ({ days = 0, hours = 0, minutes = 0, seconds = 0, ms = 0 }) =>
      void (now += (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000 + ms),
  }
}
