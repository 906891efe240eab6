import { test } from 'tap'
import { normaliseIban } from '../../../src/values/iban.ts'
import type { Country, EntryRecord, LabelledCompany, TransactionRecord } from './format.ts'
import { declaredShares, generate, linesFor } from './generate.ts'
import { isCountry, lands } from './lands/index.ts'
import { betalingskenmerk, kid11, mod10, ocrWithLength, ogm, rf, viite } from './references.ts'
import { storyOf } from './stories/index.ts'

const countries: readonly Country[] = Object.keys(lands).filter(isCountry)
const made = countries.map((country) => generate({ seed: 11, country, entries: 3_000 }))

const books = (seed: number): string => JSON.stringify(generate({ seed, country: 'FI', entries: 300 }))

test('the same seed makes the same books, another seed others', async (t) => {
  t.equal(books(5), books(5))
  t.not(books(5), books(6))
})

test('there are as many entries as were asked for, and every id stands for one thing', async (t) => {
  for (const { entries, transactions, truth, history } of made) {
    t.equal(entries.length, 3_000)
    t.equal(new Set(entries.map(({ id }) => id)).size, entries.length)
    const lines = [...transactions, ...history.map(({ transaction }) => transaction)]
    t.equal(new Set(lines.map(({ id }) => id)).size, lines.length)
    t.ok(Math.abs(transactions.length / linesFor(3_000) - 1) < 0.05, `${transactions.length} lines`)
    t.strictSame(
      truth.map(({ transactionId }) => transactionId),
      transactions.map(({ id }) => id),
    )
  }
})

test('what belongs to a line exists, and belongs to it from both sides', async (t) => {
  for (const { entries, truth } of made) {
    const ids = new Set(entries.map(({ id }) => id))
    const withs = new Map(truth.map(({ transactionId, withTransactionIds }) => [transactionId, withTransactionIds]))
    for (const { entryIds, transactionId, withTransactionIds, certain } of truth) {
      if (!entryIds.every((id) => ids.has(id))) t.fail(`${transactionId} settles what is not there`)
      if (!withTransactionIds.every((id) => withs.get(id)?.includes(transactionId) === true)) t.fail(transactionId)
      if (certain && entryIds.length + withTransactionIds.length === 0) t.fail(`${transactionId} is certain of nothing`)
    }
  }
  t.pass()
})

/** Settled in one sum, to the cent. */
const exact =
  /^(sale|kin|alike|bill)\.|^several\.(?!last)|^people\.|^part\.(twice|before)|^sundry\.(loan|insurance|fee|cash)/

test('what is paid exactly adds up, and nothing is paid that was settled before', async (t) => {
  for (const { entries, transactions, truth } of made) {
    const entryOf = new Map(entries.map((entry) => [entry.id, entry]))
    const lineOf = new Map(transactions.map((line) => [line.id, line]))
    let checked = 0
    for (const { entryIds, story, transactionId } of truth) {
      const settled = entryIds.map((id) => entryOf.get(id)!)
      if (settled.some(({ openAmount }) => openAmount === '0.00')) t.fail(`${story} settles what is settled`)
      if (!exact.test(story) || settled.length === 0) continue
      checked++
      if (openOf(settled) !== cents(lineOf.get(transactionId)!.amount)) t.fail(`${story} ${transactionId}`)
    }
    t.ok(checked > 700)
  }
})

test('an entry is spent once: only instalments, partial payments and the halves of a transfer come back to it', async (t) => {
  for (const { truth } of made) {
    const spent = new Map<string, number>()
    const whole = truth.filter(({ story }) => !/^(part|transfer|several\.last)/.test(story))
    for (const { entryIds } of whole) for (const id of entryIds) spent.set(id, (spent.get(id) ?? 0) + 1)
    t.ok([...spent.values()].every((times) => times === 1))
  }
})

test('amounts are decimals, days are days of the span, accounts are real', async (t) => {
  for (const { company, entries, transactions, history } of made) {
    const lines = [...transactions, ...history.map(({ transaction }) => transaction)]
    if (!lines.every(isWellFormed(company))) t.fail(company.country)
    if (!entries.every(({ amount, openAmount }) => isMoney(amount) && isMoney(openAmount))) t.fail(company.country)
    const ibans = [
      ...company.accounts.map(({ iban }) => iban),
      ...lines.flatMap(({ counterpartyIban }) => counterpartyIban ?? []),
    ]
    for (const iban of ibans) if (normaliseIban(iban) !== iban) t.fail(iban)
  }
  t.pass()
})

const isMoney = (text: string): boolean => /^\d+\.\d{2}$/.test(text)

const isWellFormed =
  ({ accounts }: LabelledCompany['company']) =>
  ({ amount, bookingDate, accountId, accountIban, currency }: TransactionRecord): boolean =>
    /^-?\d+\.\d{2}$/.test(amount) &&
    Number(amount) !== 0 &&
    bookingDate > '2024-12' &&
    bookingDate <= '2026-06-30' &&
    accounts.some(({ id, iban, currency: own }) => id === accountId && iban === accountIban && own === currency)

test('what was confirmed before lies before, is settled, and adds up to a tenth', async (t) => {
  for (const { history, transactions } of made) {
    const begin = transactions[0]!.bookingDate
    t.ok(history.every(({ transaction, entries }) => transaction.bookingDate < begin && entries.length > 0))
    t.ok(history.every(({ entries }) => entries.every(({ openAmount }) => openAmount === '0.00')))
    t.ok(history.length > transactions.length * 0.05 && history.length < transactions.length * 0.2)
  }
})

test('references have the check digits of their schemes', async (t) => {
  t.equal(mod10('60224'), '602243')
  t.equal(kid11('8601111794'), '86011117947')
  t.equal(ocrWithLength('12345'), '1234574')
  t.equal(viite('12345'), '123453')
  t.equal(mod10('00404040000066'), '004040400000669')
  t.equal(betalingskenmerk('000056789012345'), '5000056789012345')
  t.equal(ogm('0909337554'), '090933755493')
  t.equal(rf('539007547034'), 'RF18539007547034')
})

test('every story is told, as often as is declared', async (t) => {
  const told = new Map<string, number>()
  const all = made.flatMap(({ truth }) => truth)
  for (const { story } of all) told.set(storyOf(story), (told.get(storyOf(story)) ?? 0) + 1)
  for (const [name, share] of declaredShares()) {
    const measured = (told.get(name) ?? 0) / all.length
    t.ok(measured > share * 0.6 && measured < share * 1.6, `${name}: ${measured.toFixed(4)} for ${share.toFixed(4)}`)
  }
})

test('a tenth to a quarter of the lines have nothing in the books', async (t) => {
  for (const { truth, company } of made) {
    const none = truth.filter(({ entryIds, withTransactionIds }) => entryIds.length + withTransactionIds.length === 0)
    const share = none.length / truth.length
    t.ok(share > 0.08 && share < 0.25, `${company.country} ${share}`)
  }
})

const cents = (amount: string): number => Math.round(Number(amount) * 100)

const openOf = (entries: readonly EntryRecord[]): number =>
  entries.reduce((total, { openAmount, direction }) => total + cents(openAmount) * (direction === 'in' ? 1 : -1), 0)
