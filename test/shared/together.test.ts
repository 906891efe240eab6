import { setImmediate as turn } from 'node:timers/promises'
import { test } from 'tap'
import { together } from '../../src/shared/together.ts'

test('what all came to is had in their order', async (t) => {
  t.strictSame(await together([turn(1), 'two', turn(3)]), [1, 'two', 3])
})

test('of several that fail the first says why, whichever is heard of first', async (t) => {
  const heard: string[] = []
  const failing = async (turns: number, why: string) => {
    for (let n = 0; n < turns; n += 1) await turn()
    heard.push(why)
    throw new Error(why)
  }
  await t.rejects(
    together([null, failing(2, 'the lease is lost'), failing(1, 'the page is there')]),
    new Error('the lease is lost'),
  )
  t.strictSame(heard, ['the page is there', 'the lease is lost'])
})
