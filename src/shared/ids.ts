import { randomBytes } from 'node:crypto'

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
  let counter = 0
  return {
    uuid() {
      const ms = now()
      if (ms > lastMs) {
        lastMs = ms
        counter = random(1).readUInt8(0)
      } else if (++counter > 0xfff) {
        lastMs += 1
        counter = 0
      }
      const bytes = Buffer.alloc(16)
      bytes.writeUIntBE(lastMs, 0, 6)
      bytes.writeUInt16BE(0x7000 | counter, 6)
      random(8).copy(bytes, 8)
      bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
      const hex = bytes.toString('hex')
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
    },
    secret: () => random(32).toString('base64url'),
  }
}
