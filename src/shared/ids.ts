import { randomBytes, randomUUID } from 'node:crypto'

/** New ids and secrets as parameters, so that a test or a simulation can seed them. */
export type Ids = {
  /** A UUIDv7: sorts by the time it was made, and within a millisecond by the order it was made. */
  readonly uuid: () => string
  /** 256 random bits in base64url: for links and states, which must not be guessable. */
  readonly secret: () => string
}

/**
 * UUIDv7 with the 12 bits after the version as a counter, so that ids of one process rise strictly even within a millisecond
 * (node's own are not monotonic). When a millisecond's 4,096 are used up, the clock part runs ahead by one.
 */
export function createIds(now: () => number, random: (size: number) => Buffer = randomBytes): Ids {
  let lastMs = 0
  let time = ''
  let counter = 0
  const setTime = (ms: number) => {
    lastMs = ms
    const digits = ms.toString(16).padStart(12, '0')
    time = `${digits.slice(0, 8)}-${digits.slice(8)}`
  }
  return {
    uuid() {
      const ms = now()
      if (ms > lastMs) {
        setTime(ms)
        counter = random(1).readUInt8(0)
      } else if (++counter > 0xfff) {
        setTime(lastMs + 1)
        counter = 0
      }
      // The second half of a random UUID is what version 7 has there too, and node draws it many at a time: an import makes a hundred thousand.
      const half = randomUUID().slice(19)
      return `${time}-${(0x7000 | counter).toString(16)}-${half}`
    },
    secret: () => random(32).toString('base64url'),
  }
}
