import { setImmediate as turn } from 'node:timers/promises'
import { test } from 'tap'
import { oneAhead } from '../../src/shared/one-ahead.ts'

/** Numbers from 1, and what has happened to them so far. */
function counting(options: { last: number; failsAt?: number }) {
  const log: string[] = []
  async function* numbers(): AsyncGenerator<number, void, void> {
    for (let number = 1; number <= options.last; number += 1) {
      await turn()
      log.push(`made ${number}`)
      if (number === options.failsAt) throw new Error('no more')
      yield number
    }
  }
  return { log, numbers: numbers() }
}

test('each item is made while the one before is dealt with, and no more than one ahead', async (t) => {
  const { log, numbers } = counting({ last: 3 })
  for await (const number of oneAhead(numbers)) {
    log.push(`began ${number}`)
    for (let turns = 0; turns < 5; turns += 1) await turn()
    log.push(`dealt with ${number}`)
  }
  const story = 'made 1, began 1, made 2, dealt with 1, began 2, made 3, dealt with 2, began 3, dealt with 3'
  t.equal(log.join(', '), story)
})

test('an item that cannot be made fails after those before it were dealt with', async (t) => {
  const { log, numbers } = counting({ last: 3, failsAt: 2 })
  const dealtWith: number[] = []
  await t.rejects(async () => {
    for await (const number of oneAhead(numbers)) {
      for (let turns = 0; turns < 5; turns += 1) await turn()
      dealtWith.push(number)
    }
  }, new Error('no more'))
  t.strictSame(dealtWith, [1])
  t.strictSame(log, ['made 1', 'made 2'])
})

test('whoever fails over an item leaves nothing going on behind', async (t) => {
  const { log, numbers } = counting({ last: 3 })
  await t.rejects(async () => {
    for await (const number of oneAhead(numbers)) throw new Error(`not ${number}`)
  }, new Error('not 1'))
  t.strictSame(log, ['made 1', 'made 2'])
  t.match(await numbers.next(), { done: true })
})
