// The generator's own promises: what it says of its books is true of its records.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { fileURLToPath } from 'node:url'
import { test } from 'tap'
import type { Country, EntryRecord, LabelledCompany, TransactionRecord } from '../labelled/format.ts'
import { mod97 } from './base/iban.ts'
import { generate } from './generate.ts'
import { textOf } from './base/money.ts'
import { referenceOf } from './base/references.ts'

const countries: readonly Country[] = ['NO', 'SE', 'DK', 'FI', 'NL', 'BE', 'DE', 'GB', 'FR']
const made = countries.map((country) => generate({ seed: 7, country, entries: 2500 }))

const cents = (text: string): number => Math.round(Number(text) * 100)

test('the same seed tells the same story, another seed another', async (t) => {
  for (const [at, country] of countries.entries()) {
    t.strictSame(JSON.stringify(generate({ seed: 7, country, entries: 2500 })), JSON.stringify(made[at]), country)
  }
  t.not(JSON.stringify(generate({ seed: 8, country: 'NO', entries: 2500 })), JSON.stringify(made[0]))
})

test('ids are given once, and the truth names only what is there', async (t) => {
  for (const { entries, transactions, history, truth } of made) {
    const known = new Set(entries.map(({ id }) => id))
    const lines = new Set(transactions.map(({ id }) => id))
    t.equal(known.size, entries.length)
    t.equal(lines.size, transactions.length)
    t.strictSame(truth.map(({ transactionId }) => transactionId), [...lines]) // prettier-ignore
    t.equal(truth.flatMap(({ entryIds }) => entryIds).find((id) => !known.has(id)), undefined) // prettier-ignore
    t.equal(truth.flatMap(({ withTransactionIds }) => withTransactionIds).find((id) => !lines.has(id)), undefined) // prettier-ignore
    t.equal(history.flatMap((each) => each.entries).find(({ id }) => known.has(id)), undefined) // prettier-ignore
  }
})

const exactStories = new Set([
  'bill',
  'rent',
  'credit note deducted',
  'wages of one',
  'wages in one sum',
  'one tax',
  'card purchase',
])
const isExact = (story: string): boolean =>
  exactStories.has(story) ||
  (!story.includes('less') && (story.startsWith('one invoice') || story.startsWith('several invoices:')))

test('what is told as exact adds up', async (t) => {
  for (const company of made) {
    const { entries, lines } = byId(company)
    for (const { transactionId, story, entryIds } of company.truth) {
      if (!isExact(story)) continue
      const line = lines.get(transactionId)!
      const settled = entryIds.map((id) => entries.get(id)!)
      if (settled.some(({ currency }) => currency !== line.currency) || line.instructedAmount !== undefined) continue
      const sum = settled.reduce(
        (total, entry) => total + (entry.direction === 'in' ? 1 : -1) * cents(entry.openAmount),
        0,
      )
      t.equal(textOf(sum), line.amount, `${transactionId} ${story}`)
    }
  }
})

test('nothing that is certain is without an answer, and pairs name each other', async (t) => {
  for (const { truth } of made) {
    const byLine = new Map(truth.map((each) => [each.transactionId, each]))
    for (const { transactionId, certain, entryIds, withTransactionIds } of truth) {
      if (certain) t.ok(entryIds.length + withTransactionIds.length > 0)
      for (const other of withTransactionIds) t.ok(byLine.get(other)?.withTransactionIds.includes(transactionId))
    }
  }
})

test('account numbers and creditor references pass mod 97', async (t) => {
  for (const { company, entries, transactions } of made) {
    const ibans = [...company.accounts.map(({ iban }) => iban), ...entries.flatMap((entry) => entry.counterpartyIban ?? []), ...transactions.flatMap((line) => line.counterpartyIban ?? [])] // prettier-ignore
    const references = entries.flatMap(({ reference }) => (reference?.startsWith('RF') === true ? [reference] : []))
    for (const text of [...new Set(ibans), ...references]) t.equal(mod97(text.slice(4) + text.slice(0, 4)), 1, text)
  }
})

test('references have the check digits of their schemes', async (t) => {
  // The schemes' own published examples.
  t.equal(referenceOf('kid10', '60224'), '602243')
  t.equal(referenceOf('kid11', '8601111794'), '86011117947')
  t.equal(referenceOf('ocr-length', '12345'), '1234574')
  t.equal(referenceOf('viite', '12345'), '123453')
  t.equal(referenceOf('fik', '404040000066'), '004040400000669')
  t.equal(referenceOf('kenmerk', '56789012345'), '5000056789012345')
  t.equal(referenceOf('ogm', '909337554'), '090933755493')
  t.equal(referenceOf('rf', '539007547034'), 'RF18539007547034')
})

test('nobody is paid more than he asks, but for those who were', async (t) => {
  for (const company of made) {
    const { entries, lines } = byId(company)
    const spent = new Map<string, number>()
    for (const { transactionId, story, entryIds } of company.truth) {
      const entry = entries.get(entryIds[0] ?? '')
      const line = lines.get(transactionId)!
      if (entryIds.length !== 1 || entry === undefined || entry.kind === 'transfer' || entry.currency !== line.currency)
        continue
      if (/^(overpayment|rounded payment)/.test(story) || entry.kind === 'expense') continue
      spent.set(entry.id, (spent.get(entry.id) ?? 0) + Math.abs(cents(line.amount)))
      t.ok(spent.get(entry.id)! <= cents(entry.openAmount), `${transactionId} ${story}`)
    }
  }
})

test('the files hold what the generator made', async (t) => {
  const out = mkdtempSync(join(tmpdir(), 'held-out-'))
  t.teardown(() => rmSync(out, { recursive: true }))
  execFileSync(execPath, [fileURLToPath(new URL('./main.ts', import.meta.url)), '--out', out, '--seed', '7', '--entries', '2500', '--countries', 'NO']) // prettier-ignore
  const rows = (name: string): unknown[] => readFileSync(join(out, `${name}.jsonl`), 'utf8').trimEnd().split('\n').map((row): unknown => JSON.parse(row)) // prettier-ignore
  const norway = made[0]!
  t.strictSame(rows('companies'), [norway.company])
  t.strictSame(rows('entries'), norway.entries)
  t.strictSame(rows('transactions'), norway.transactions)
  t.strictSame(rows('history'), norway.history)
  t.strictSame(rows('truth'), norway.truth)
  const rates = readFileSync(join(out, 'fxrates.json'), 'utf8')
  for (const { bookingDate } of norway.transactions) t.match(rates, `"${bookingDate}"`)
})

function byId({ entries, transactions }: LabelledCompany): {
  entries: Map<string, EntryRecord>
  lines: Map<string, TransactionRecord>
} {
  return {
    entries: new Map(entries.map((entry) => [entry.id, entry])),
    lines: new Map(transactions.map((line) => [line.id, line])),
  }
}

// What must happen to somebody among nine companies, by the beginning of its story's name.
const happenings = [
  'one invoice: reference', 'one invoice: reference, typed', 'one invoice: reference, slipped', 'one invoice: number', 'one invoice: number, wrong field',
  'one invoice: name', 'one invoice: nothing', 'one invoice: chat', 'one invoice, another pays', 'several invoices: list', 'several invoices: sum only',
  'several invoices less credit notes', 'several invoices, the last in part', 'instalment', 'overpayment', 'paid twice', 'paid though settled', 'paid before the invoice',
  'discount in time', 'discount taken late', 'rounded payment', 'short by a fee', "one invoice, less a bank's fee", 'foreign currency', 'wrong number quoted',
  'credit note deducted', 'credit note paid out', 'refund of an overpayment', 'recalled payment', 'direct debit returned', 'paid after it had come back', 'payment returned',
  'bill paid again after a return', 'chargeback of a sale', 'bill', 'bill in foreign currency', 'bills in one batch', 'several bills of one supplier', 'bill collected by direct debit',
  'subscription by card', 'own transfer', 'own transfer, not in the books', 'own transfer between currencies', 'card purchase', 'card purchase in other currency',
  'card purchase with tip', 'card purchase given back', 'wages of one', 'wages in one sum', 'one tax', 'taxes in one payment', 'pension', 'payout for one sale',
  'payout for several sales', 'payout for a day', 'cash paid in', 'loan', 'rent', 'insurance', 'bank fee', 'bank fee, not in the books', 'interest', 'drawings',
  'not in the books: customer', 'not in the books: supplier', 'not in the books: somebody paid', 'not in the books: receipt missing', 'not in the books: private purchase',
] // prettier-ignore

test('everything that is to happen happens to somebody', async (t) => {
  const stories = made.flatMap(({ truth }) => truth.map(({ story }) => story))
  for (const happening of happenings)
    t.ok(
      stories.some((story) => story.startsWith(happening)),
      happening,
    )
})

test('what is ordinary is most, and the shares are as declared', async (t) => {
  const truth = made.flatMap((company) => company.truth)
  const share = (is: (each: (typeof truth)[number]) => boolean): number => truth.filter(is).length / truth.length
  const within = (value: number, least: number, most: number, what: string): void =>
    void t.ok(value >= least && value <= most, `${what}: ${value.toFixed(3)}`)
  within(
    share(({ entryIds }) => entryIds.length > 0),
    0.72,
    0.88,
    'with an entry',
  )
  within(
    share(({ entryIds, withTransactionIds }) => entryIds.length + withTransactionIds.length === 0),
    0.1,
    0.25,
    'nothing in the books',
  )
  within(
    share(({ entryIds }) => entryIds.length > 1),
    0.04,
    0.15,
    'several entries',
  )
  within(
    share(({ certain }) => certain),
    0.55,
    0.8,
    'certain',
  )
  for (const { history, transactions } of made) within(history.length / transactions.length, 0.05, 0.2, 'history')
})
