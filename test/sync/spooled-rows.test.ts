import { randomBytes } from 'node:crypto'
import { memoryUsage } from 'node:process'
import { setTimeout } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { test } from 'tap'
import {
  defaultProfile,
  type BankProfile,
  type Provider,
  type ProviderTransaction,
  type RawPage,
} from '../../src/providers/provider.ts'
import { createCipher } from '../../src/shared/crypto.ts'
import { sealPage } from '../../src/sync/sealed-page.ts'
import { spooledRows } from '../../src/sync/spooled-rows.ts'
import { addDays, type Day } from '../../src/values/day.ts'
import { row } from '../transactions/ledger.ts'

const cipher = createCipher([{ id: 'test', key: randomBytes(32) }])
const today: Day = '2026-11-21'

/** A page that says how many rows it has on which day, or which amounts, and the balances after them. */
const readPage: Provider['readPage'] = ({ body }) => {
  const { day, rows, amounts = Array.from({ length: rows }, (_, n) => n), balances = [] } = JSON.parse(body)
  return amounts.map((amount: number, n: number): ProviderTransaction =>
    row({ bookingDate: day, amount, ...(balances[n] !== undefined && { balance: balances[n] }) }),
  )
}

function bank(options: { startDate?: Day; profile?: BankProfile; bytesMax?: number; agreed?: readonly Day[] } = {}) {
  const spool = new Map<number, Buffer>()
  let asked = 0
  const prepared = {
    run: { id: 'run' },
    lease: { tenant: 'acme' },
    connection: { iban: null, owner: null, currency: 'NOK', startDate: options.startDate ?? null },
    institution: { nativeId: 'bank' },
    today,
    agreed: new Map((options.agreed ?? []).map((day) => [day, 'digest'])),
  }
  const page = async (_run: string, number: number): Promise<Buffer> => {
    asked += 1
    return spool.get(number) ?? Buffer.of()
  }
  const rows = spooledRows(
    { cipher, unit: (_tenant, work) => work({ sync: { page } }) },
    { readPage, profileOf: () => options.profile ?? defaultProfile },
    prepared,
    options.bytesMax,
  )
  return {
    rows,
    asked: () => asked,
    spool: (number: number, body: object): RawPage => {
      spool.set(number, sealPage(cipher, { tenant: 'acme', runId: 'run', number }, JSON.stringify(body)))
      return { body: JSON.stringify(body), next: null }
    },
  }
}

const blockOf = (pages: readonly number[], from: Day, to = from) => ({
  days: { from, to },
  reach: { from, to },
  pages,
  rows: 0,
})

test('what has just come is not read from the spool; what came to another process is', async (t) => {
  const { rows, spool, asked } = bank()
  rows.take(1, spool(1, { day: '2026-11-19', rows: 3 }))
  spool(2, { day: '2026-11-20', rows: 2 })
  await rows.recall(2)
  t.equal(asked(), 1)
  t.equal(rows.count(), 5)
  t.strictSame(
    [...rows.pages],
    [
      [1, new Map([['2026-11-19', 3]])],
      [2, new Map([['2026-11-20', 2]])],
    ],
  )
  const found = await rows.rowsOf(blockOf([1, 2], '2026-11-19'))
  t.strictSame(
    found.map((page) => page.length),
    [3, 0],
  )
  t.equal(asked(), 1)
})

test('of days that were agreed upon nothing waits, and it is read from the spool if it is asked for after all', async (t) => {
  const { rows, spool, asked } = bank({ agreed: ['2026-11-18', '2026-11-19'] })
  rows.take(1, spool(1, { day: '2026-11-19', rows: 3 }))
  rows.take(2, spool(2, { day: '2026-11-20', rows: 2 }))
  const lengthsOf = async (day: Day, page: number) =>
    (await rows.rowsOf(blockOf([page], day))).map(({ length }) => length)
  t.strictSame([await lengthsOf('2026-11-20', 2), asked()], [[2], 0])
  t.strictSame([await lengthsOf('2026-11-19', 1), asked()], [[3], 1])
})

test('a page that is given twice has said nothing twice, whichever way it came', async (t) => {
  const { rows, spool } = bank()
  const page = spool(1, { day: '2026-11-19', rows: 3 })
  await rows.recall(1)
  rows.take(2, page)
  t.equal(rows.count(), 3)
  t.strictSame([...rows.pages.keys()], [1])
})

test('rows from before the start date are left out, and what is booked today is summed', async (t) => {
  const { rows, spool } = bank({ startDate: '2026-11-20' })
  rows.take(1, spool(1, { day: '2026-11-19', rows: 3 }))
  rows.take(2, spool(2, { day: today, rows: 4 }))
  t.equal(rows.count(), 4)
  t.equal(rows.bookedToday(), 0n + 1n + 2n + 3n)
})

test('a long answer does not stay in memory: what is beyond the limit is read from the spool, the same', async (t) => {
  const days = [0, 1, 2].map((n) => addDays('2026-11-10', n))
  const read = async (bytesMax: number) => {
    const { rows, spool, asked } = bank({ bytesMax })
    for (const [at, day] of days.entries()) rows.take(at + 1, spool(at + 1, { day, rows: 400 }))
    t.equal(asked(), 0)
    const found = []
    for (const [at, day] of days.entries()) found.push(...(await rows.rowsOf(blockOf([at + 1], day))))
    return { found, asked: asked() }
  }
  const kept = await read(1024 * 1024)
  t.equal(kept.asked, 0)
  t.strictSame(
    kept.found.map((page) => page.map(({ bookingDate }) => bookingDate)),
    days.map((day) => Array.from({ length: 400 }, () => day)),
  )
  t.strictSame(await read(0), { ...kept, asked: 3 })
})

function shown(pages: readonly object[], profile = defaultProfile) {
  const { rows, spool } = bank({ profile })
  for (const [at, body] of pages.entries()) rows.take(at + 1, spool(at + 1, body))
  return rows.shownOn('2026-11-19')
}

test('a day has one digest however its pages are cut, and another when a row of it, their order or what is known of the bank is another', (t) => {
  const day = '2026-11-19'
  const { digest, balances } = shown([{ day, rows: 3 }])
  t.strictSame(balances, [])
  t.equal(
    shown([
      { day, amounts: [0, 1] },
      { day: '2026-11-20', rows: 1 },
      { day, amounts: [2] },
    ]).digest,
    digest,
  )
  t.not(shown([{ day, amounts: [0, 1, 3] }]).digest, digest)
  t.not(shown([{ day, amounts: [0, 2, 1] }]).digest, digest)
  t.not(shown([{ day, rows: 3 }], { ...defaultProfile, repeatsMovements: true }).digest, digest)
  t.equal(shown([]).digest, shown([{ day: '2026-11-20', rows: 1 }]).digest)
  t.end()
})

test('rows with one amount and one balance after it are seen to have them', (t) => {
  const { rows, spool } = bank()
  rows.take(1, spool(1, { day: '2026-11-19', amounts: [5, 5, 7, 5], balances: [100, 95, 100, 100] }))
  const { balances } = rows.shownOn('2026-11-19')
  t.equal(balances.length, 4)
  t.equal(new Set(balances).size, 3)
  t.equal(balances[0], balances[3])
  t.end()
})

test('rows that wait take no more memory than what they are packed into', async (t) => {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  const { rows } = bank()
  const held = () => {
    collect()
    return memoryUsage().arrayBuffers
  }
  const before = held()
  for (let number = 1; number <= 200; number += 1) {
    const body = JSON.stringify({ day: addDays(today, -number), rows: 50 })
    rows.take(number, { body, next: null })
  }
  // Of each page some hundred bytes: as parts of what Node shares out, they would hold many times as much.
  // Node gives back in the background what was collected.
  let more = held() - before
  for (let tries = 0; more >= 200 * 2_000 && tries < 100; tries += 1) {
    await setTimeout(50)
    more = held() - before
  }
  t.ok(more < 200 * 2_000, `${more} bytes`)
  t.equal(rows.count(), 10_000)
})
