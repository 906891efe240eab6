import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { test } from 'tap'
import { createIds } from '../../src/shared/ids.ts'

const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const timeIn = (id: string): number => Number.parseInt(id.slice(0, 13).replace('-', ''), 16)

test('ids are UUIDs of version 7 that carry their time', (t) => {
  const at = Date.parse('2026-11-21T09:00:00Z')
  const { uuid } = createIds(() => at)
  const id = uuid()
  t.match(id, shape)
  t.equal(timeIn(id), at)
  t.end()
})

test('they rise strictly, whatever the clock does: stands still, jumps ahead, or goes back', (t) => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 2, maxLength: 200 }), (steps) => {
      let now = Date.parse('2026-11-21T09:00:00Z')
      const { uuid } = createIds(() => now)
      let last = ''
      for (const step of steps) {
        now += step
        const id = uuid()
        if (!(id > last && shape.test(id))) throw new Error(`${id} after ${last}`)
        last = id
      }
    }),
  )
  t.pass()
  t.end()
})

test('more than a millisecond has room for still rise, and run ahead of the clock by no more than they must', (t) => {
  const at = Date.parse('2026-11-21T09:00:00Z')
  for (const first of [0x00, 0xff]) {
    const { uuid } = createIds(
      () => at,
      (size) => (size === 1 ? Buffer.from([first]) : randomBytes(size)),
    )
    const ids = Array.from({ length: 10_000 }, uuid)
    t.same(
      ids.toSorted((a, b) => (a < b ? -1 : 1)),
      ids,
    )
    t.equal(new Set(ids).size, ids.length)
    t.equal(timeIn(ids.at(-1) ?? ''), at + 2)
  }
  t.end()
})

test('two processes in the same millisecond make no id twice', (t) => {
  const makers = [createIds(() => 1_000), createIds(() => 1_000)]
  const ids = makers.flatMap(({ uuid }) => Array.from({ length: 2_000 }, uuid))
  t.equal(new Set(ids).size, ids.length)
  t.end()
})

test('a secret is 256 random bits that can stand in a URL', (t) => {
  const { secret } = createIds(Date.now)
  const secrets = Array.from({ length: 1_000 }, secret)
  t.ok(secrets.every((text) => /^[A-Za-z0-9_-]{43}$/.test(text)))
  t.equal(new Set(secrets).size, secrets.length)
  t.end()
})
