import { test } from 'tap'
import { type Account, accountsOf } from '../../../src/sandbox/accounts.ts'
import { type Bank, banks } from '../../../src/sandbox/banks.ts'
import { createLedger, ledgerBegins, monthAfter } from '../../../src/sandbox/ledger/ledger.ts'
import { monthAt, type Movement } from '../../../src/sandbox/ledger/movement.ts'
import { standingMovements } from '../../../src/sandbox/ledger/standing.ts'
import type { Role } from '../../../src/sandbox/vocabulary.ts'
import type { Day } from '../../../src/values/day.ts'

const through: Day = '2025-12-31'
/** Made once for the tests that only look at it. */
const usual = createLedger('seed')

function movementsOf(bankId: string, role: Role, options: { seed?: string; through?: Day } = {}): readonly Movement[] {
  const { bank, account } = accountAt(bankId, role)
  const isUsual = options.seed === undefined && options.through === undefined
  const ledger = isUsual ? usual : createLedger(options.seed ?? 'seed')
  return ledger.movements(bank, account, options.through ?? through)
}

/** Everything of them in one text: a difference in lists this long is slow to draw. */
function spelled(movements: readonly Movement[]): string {
  return JSON.stringify(movements, (_, value) => (typeof value === 'bigint' ? String(value) : value))
}

function accountAt(bankId: string, role: Role): { bank: Bank; account: Account } {
  const bank = banks.find(({ id }) => id === bankId)!
  return { bank, account: accountsOf(bank).find((account) => account.role === role)! }
}

test('the same seed makes the same movements, another seed makes others', async (t) => {
  t.equal(spelled(movementsOf('nordlys', 'main', { through })), spelled(movementsOf('nordlys', 'main')))
  t.not(spelled(movementsOf('nordlys', 'main')), spelled(movementsOf('nordlys', 'main', { seed: 'other' })))
})

test('two banks in one country do not share their movements', async (t) => {
  t.not(spelled(movementsOf('nordlys', 'second')), spelled(movementsOf('fjordbanken', 'second')))
})

test('months that come later change nothing in those that were', async (t) => {
  const early = movementsOf('hansebank', 'main', { through: '2024-06-15' })
  const late = movementsOf('hansebank', 'main', { through: '2025-06-15' })
  t.equal(spelled(late.slice(0, early.length)), spelled(early))
  t.ok(late.length > early.length)
})

test('asking for an early month after a late one gives it still', async (t) => {
  const { bank, account } = accountAt('polder-bank', 'card')
  const ledger = createLedger('seed')
  const late = ledger.movements(bank, account, '2023-03-10')
  t.same(ledger.movements(bank, account, '2022-02-01'), late)
})

test('no two movements of an account share a key', async (t) => {
  for (const { id } of banks) {
    const keys = movementsOf(id, 'main').map(({ key }) => key)
    t.equal(new Set(keys).size, keys.length)
  }
})

test('movements are booked on business days', async (t) => {
  const weekdays = movementsOf('svea-testbank', 'main').map(({ bookingDate }) => new Date(bookingDate).getUTCDay())
  t.notOk(weekdays.some((weekday) => weekday === 0 || weekday === 6))
})

test('what leaves one own account arrives on the other on the same day', async (t) => {
  for (const { id } of banks) {
    const saved = movementsOf(id, 'savings').filter(({ code }) => code.endsWith('BOOK'))
    const main = movementsOf(id, 'main').filter(({ code }) => code.endsWith('BOOK'))
    t.ok(saved.length > 40)
    for (const { bookingDate, amount } of saved) {
      t.ok(main.some((other) => other.bookingDate === bookingDate && other.amount === -amount))
    }
  }
})

test('a card purchase is pending before it is booked', async (t) => {
  const purchases = movementsOf('fjordbanken', 'card').filter(({ amount }) => amount < 0n)
  t.ok(purchases.length > 200)
  t.ok(purchases.every(({ pendingAt, bookedAt }) => pendingAt !== null && bookedAt !== null && pendingAt < bookedAt))
})

test('the card bill is what was bought with the card the month before', async (t) => {
  const movements = movementsOf('highstreet', 'card')
  const [bill] = movements.filter(({ bookingDate, amount }) => bookingDate.startsWith('2024-05') && amount > 0n)
  const bought = movements.filter(({ key, amount }) => key.startsWith('2024-04') && amount < 0n)
  t.equal(
    bill?.amount,
    bought.reduce((sum, { amount }) => sum - amount, 0n),
  )
})

test('now and then two payments of one day are equal in everything but their key', async (t) => {
  for (const { id } of banks) {
    const seen = new Map<string, number>()
    for (const { bookingDate, amount, counterparty, text } of movementsOf(id, 'main')) {
      const line = [bookingDate, amount, counterparty?.name, text].join('|')
      seen.set(line, (seen.get(line) ?? 0) + 1)
    }
    t.ok([...seen.values()].filter((count) => count === 2).length > 5, id)
  }
})

test('some rows come to light days after the day they bear, only at banks that do so', async (t) => {
  for (const bank of banks) {
    const late = movementsOf(bank.id, 'main').filter(
      ({ bookedAt, bookingDate }) => bookedAt !== null && new Date(bookedAt).toISOString().slice(0, 10) > bookingDate,
    )
    t.equal(late.length > 20, bank.lateBookings, `${bank.id}: ${late.length}`)
  }
})

test('the balance stays within reason for years', async (t) => {
  const ledger = createLedger('seed')
  for (const bank of banks) {
    for (const account of accountsOf(bank)) {
      const sum = ledger
        .movements(bank, account, through)
        .reduce((total, { amount }) => total + amount, account.opening)
      if (account.role === 'card') t.ok(sum <= 0n, `${account.id} ${sum}`)
      else t.ok(sum > 0n && sum < 1_000_000_000n, `${account.id} ${sum}`)
    }
  }
})

test('the standing movements of the demo are on its main account every month', async (t) => {
  const { bank } = accountAt('fjordbanken', 'main')
  const movements = movementsOf('fjordbanken', 'main')
  for (let first = ledgerBegins; first <= through; first = monthAfter(first)) {
    for (const { role, day, amount, reference, text } of standingMovements(monthAt(bank, first, 'any'))) {
      if (role !== 'main') continue
      const found = movements.filter(
        (movement) =>
          movement.bookingDate === day &&
          movement.amount === amount &&
          movement.reference === reference &&
          movement.text === text,
      )
      t.equal(found.length, 1, `${day} ${amount}`)
    }
  }
})

test('the standing movements are the documented ones', async (t) => {
  const { bank } = accountAt('fjordbanken', 'main')
  const documented = standingMovements(monthAt(bank, '2026-11-01', 'any')).map(
    ({ role, day, amount, counterparty, reference, text }) =>
      [role, day, amount, counterparty?.name, reference ?? text].join(' '),
  )
  t.same(documented, [
    'main 2026-11-03 1250000 Nordvik Bygg AS 10042261114',
    'main 2026-11-05 -1500000 Brygga Eiendom AS 20077261152',
    'main 2026-11-09 437500 Havna Kafé og Bakeri AS Faktura 26112',
    'main 2026-11-12 3125000 Lofoten Fiskeeksport AS Faktura 26113 og 26114',
    'main 2026-11-16 -99000 Papirlaget AS Kopipapir',
    'main 2026-11-16 99000 Papirlaget AS Retur, feil konto',
    'main 2026-11-18 -625000 Kontorpartner Norge AS Faktura KP-2611',
    'main 2026-11-10 -2000000 Fjordlys Handel AS Overføring',
    'savings 2026-11-10 2000000 Fjordlys Handel AS Overføring',
  ])
})
