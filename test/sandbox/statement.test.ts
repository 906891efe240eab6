import { test } from 'tap'
import { accountsOf } from '../../src/sandbox/accounts.ts'
import { banks } from '../../src/sandbox/banks.ts'
import { noEdits } from '../../src/sandbox/edits.ts'
import { createLedger, ledgerBegins } from '../../src/sandbox/ledger/ledger.ts'
import { randomOf } from '../../src/sandbox/random.ts'
import { bookedBalance, closingBalance, countBefore, createStatements } from '../../src/sandbox/statement.ts'
import { addDays, daysBetween } from '../../src/values/day.ts'

const noon = Date.parse('2026-03-10T11:00:00Z')

test('opening balance and movements make the closing balance, on every account and in any window', async (t) => {
  const statements = createStatements(createLedger('seed'))
  const random = randomOf('windows')
  for (const bank of banks) {
    for (const account of accountsOf(bank)) {
      const statement = statements.at(bank, account, noEdits, noon)
      const all = statement.booked.reduce((sum, { amount }) => sum + amount, statement.opening)
      t.equal(bookedBalance(statement), all, account.id)
      let wrong = 0
      for (let n = 0; n < 200; n += 1) {
        const from = addDays(ledgerBegins, random.below(daysBetween(ledgerBegins, '2026-03-10')))
        const to = addDays(from, random.below(120))
        const moved = statement.booked
          .slice(countBefore(statement, from), countBefore(statement, addDays(to, 1)))
          .reduce((sum, { amount }) => sum + amount, 0n)
        if (closingBalance(statement, addDays(from, -1)) + moved !== closingBalance(statement, to)) wrong += 1
      }
      t.equal(wrong, 0, `${account.id}: 200 windows`)
    }
  }
})

test('booked rows are in order of their day, and only of days that have come', async (t) => {
  const statements = createStatements(createLedger('seed'))
  for (const bank of banks) {
    for (const account of accountsOf(bank)) {
      const { booked } = statements.at(bank, account, noEdits, noon)
      const days = booked.map(({ bookingDate }) => bookingDate)
      t.same(days, days.toSorted())
      t.ok((days.at(-1) ?? '') <= '2026-03-10')
    }
  }
})

test('a remembered statement is what a fresh one would be, whichever way the clock goes', async (t) => {
  const ledger = createLedger('seed')
  const remembered = createStatements(ledger)
  const random = randomOf('clock')
  const [bank] = banks
  const account = accountsOf(bank!).find(({ role }) => role === 'card')!
  for (let n = 0; n < 20; n += 1) {
    const instant = noon + (random.below(120) - 60) * 3_600_000
    const fresh = createStatements(ledger).at(bank!, account, noEdits, instant)
    t.same(remembered.at(bank!, account, noEdits, instant), fresh)
  }
})

test('before the ledger begins there is the opening balance and nothing else', async (t) => {
  const [bank] = banks
  const account = accountsOf(bank!)[0]!
  const statement = createStatements(createLedger('seed')).at(
    bank!,
    account,
    noEdits,
    Date.parse('2021-06-01T00:00:00Z'),
  )
  t.same(statement.booked, [])
  t.equal(closingBalance(statement, '2021-05-31'), account.opening)
})
