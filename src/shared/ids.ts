import { randomBytes } from 'node:crypto'

/** New ids and secrets as parameters, so that a test or a simulation can seed them. */
export type Ids = {
  /** A UUIDv7: sorts by the time it was made, and within a millisecond by the order it was made. */
  readonly uuid: () => string
  /** 256 random bits in base64url: for links and states, which must not be guessable. */
  readonly secret: () => string
}

const halvesDrawn = 128

/**
 * UUIDv7 with the 12 bits after the version as a counter, so that ids of one process rise strictly even within a millisecond
 * (node's own are not monotonic). When a millisecond's 4,096 are used up, the clock part runs ahead by one.
 */
export function createIds(now: () => number, random: (size: number) => Buffer = randomBytes): Ids {
  let lastMs = 0
  let time = ''
  let counter = 0
  let drawn = ''
  let used = 0
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
      // Many halves are drawn at once: an import makes a hundred thousand ids.
      if (used === drawn.length) {
        drawn = random(halvesDrawn * 8).toString('hex')
        used = 0
      }
      const half = drawn.slice(used, (used += 16))
      const variant = '89ab'.charAt(half.charCodeAt(0) & 3)
      return `${time}-${(0x7000 | counter).toString(16)}-${variant}${half.slice(1, 4)}-${half.slice(4)}`
    },
    secret: () => random(32).toString('base64url'),
  }
}
