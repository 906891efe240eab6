// Months of faults in a minute (see simulate.ts). A seed that once failed is kept below by its number, with what it found.

import { test, t as file } from 'tap'
import type { Stores } from '../../src/wiring.ts'
import { freshDatabase } from '../support/database.ts'
import { openGround } from './simulate.ts'

const cleanup = new AsyncDisposableStack()
const databases = [await freshDatabase(file), await freshDatabase(file), await freshDatabase(file)]
file.teardown(() => cleanup.disposeAsync())
const grounds = await Promise.all(databases.map((database) => openGround(database, cleanup)))
const [simulate = fail()] = grounds

const seeds = 26
const days = 30

test('whatever banks, chance and death do, nothing is lost, nothing comes twice, and the feed tells what is held', async (t) => {
  const met = new Set<string>()
  const waiting = Array.from({ length: seeds }, (_, n) => n + 1)
  // A simulation mostly waits for its database, so there are several beside each other.
  await Promise.all(
    grounds.map(async (simulateHere) => {
      for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
        const { violations, faults } = await simulateHere(seed, days)
        t.strictSame(violations, [], `seed ${seed}`)
        for (const fault of Object.keys(faults)) met.add(fault)
      }
    }),
  )
  t.ok(met.size >= 9, `met ${[...met].join(', ')}`)
})

test('what was found once is not met again', async (t) => {
  for (const [seed, found] of [
    [200279, 'what was withdrawn and made up for to the cent was held as if nothing were in doubt'],
    [40052, 'more withdrawn at once than is believed was never believed'],
    [40164, 'two that are alike in everything and in a trusted id, of a bank whose ids are all one'],
    [30036, 'withdrawn before a lapse of months, which one answer had lacked'],
    [
      1039,
      'corrected in the very instant of an answer, before a lapse of months: the bank had shown it once, not twice',
    ],
  ] as const)
    t.strictSame((await simulate(seed, days)).violations, [], `seed ${seed}: ${found}`)
})

test('the same seed is the same story', async (t) => {
  const [once, again, other] = [await simulate(7, 8), await simulate(7, 8), await simulate(8, 8)]
  t.equal(once.trace, again.trace)
  t.strictSame(once.faults, again.faults)
  t.not(once.trace, other.trace)
})

function fail(): never {
  throw new Error('there is no ground')
}

/** The third of anything that is done is not. */
const everyThird = (): (() => boolean) => {
  let count = 0
  return () => (count += 1) % 3 === 0
}

const sabotages: Readonly<Record<string, () => (stores: Stores) => Stores>> = {
  'a movement is not written': () => {
    const isHit = everyThird()
    return (stores) => ({
      ...stores,
      transactions: {
        ...stores.transactions,
        add: (origin, rows) => stores.transactions.add(origin, isHit() ? rows.slice(1) : rows),
      },
    })
  },
  'a change is not told': () => {
    const isHit = everyThird()
    return (stores) => ({
      ...stores,
      transactions: {
        ...stores.transactions,
        announce: (type, company, changed, at) =>
          stores.transactions.announce(type, company, isHit() ? changed.slice(1) : changed, at),
      },
    })
  },
  'what the bank withdraws is kept': () => (stores) => ({
    ...stores,
    transactions: { ...stores.transactions, remove: () => Promise.resolve([]) },
  }),
  'calls are not counted': () => (stores) => ({
    ...stores,
    sync: { ...stores.sync, unattendedUse: () => Promise.resolve({ calls: [], limit: null }) },
  }),
}

for (const [what, sabotage] of Object.entries(sabotages))
  test(`the simulation notices when ${what}`, async (t) => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const { violations } = await simulate(seed, 20, { sabotage: sabotage() }).catch((error: unknown) => ({
        violations: [String(error)],
      }))
      if (violations.length === 0) continue
      t.pass(`seed ${seed}: ${violations[0]}`)
      return
    }
    t.fail('nobody noticed')
  })
