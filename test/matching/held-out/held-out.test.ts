import { createHash } from 'node:crypto'
import { test } from 'tap'
import { isValidIBAN } from 'ibantools'
import type { Country, LabelledCompany } from '../labelled/format.ts'
import { betalingskenmerk, creditorReference, luhn, mod11, mod97, ogm, viite } from './check-digits.ts'
import { generate, linesFor, STORIES } from './generate.ts'

const COUNTRIES: readonly Country[] = ['NO', 'SE', 'DK', 'FI', 'NL', 'BE', 'DE', 'GB', 'FR']
const all = COUNTRIES.map((country) => generate({ seed: 3, country, entries: 2000 }))

test('check digits are those of published examples', async (t) => {
  t.equal(luhn('60224'), '3')
  t.equal(luhn('123457'), '4')
  t.equal(luhn('00404040000066'), '9')
  t.equal(mod11('8601111794'), '7')
  t.equal(viite('12345'), '123453')
  t.equal(betalingskenmerk('000056789012345'), '5000056789012345')
  t.equal(ogm('0909337554'), '090933755493')
  t.equal(creditorReference('539007547034'), 'RF18539007547034')
})

test('a seed gives the same books, byte by byte, and another seed others', async (t) => {
  t.equal(print(5), print(5))
  t.not(print(5), print(6))
})

test('ids are unique, and the truth names what there is', async (t) => {
  for (const { company, entries, transactions, truth, history } of all) {
    const known = new Set([...entries, ...transactions].map(({ id }) => id))
    const before = history.map(({ transaction }) => transaction.id)
    t.equal(known.size, entries.length + transactions.length, company.country)
    t.ok(before.every((id) => !known.has(id)))
    t.same(
      truth.map(({ transactionId }) => transactionId),
      transactions.map(({ id }) => id),
    )
    t.ok(
      truth.every(({ entryIds, withTransactionIds }) =>
        [...entryIds, ...withTransactionIds].every((id) => known.has(id)),
      ),
    )
    t.ok(
      history.every(
        ({ entries: settled }) => settled.length > 0 && settled.every(({ openAmount }) => openAmount === '0.00'),
      ),
    )
  }
})

test('what is settled in one exact sum adds up, and nothing settled is the truth', async (t) => {
  const exact =
    /^(sale-(readable|name|iban|bare|recurring)|several-(listed|summed|month|less-credit)|bill-(readable|name)|bills|wages|tax|loan|rent|card$)/
  for (const { company, entries, transactions, truth } of all) {
    const entryOf = new Map(entries.map((entry) => [entry.id, entry]))
    const lineOf = new Map(transactions.map((line) => [line.id, line]))
    for (const { transactionId, entryIds, story } of truth) {
      const settled = entryIds.map((id) => entryOf.get(id)!)
      t.ok(
        settled.every(({ openAmount }) => openAmount !== '0.00'),
        story,
      )
      if (!exact.test(story) || settled.length === 0) continue
      const sum = settled.reduce(
        (total, { amount, direction }) => total + (direction === 'in' ? 1 : -1) * minor(amount),
        0,
      )
      t.equal(minor(lineOf.get(transactionId)!.amount), sum, `${company.country} ${story}`)
    }
  }
})

test('no entry is settled twice but by parts', async (t) => {
  for (const { truth } of all) {
    const times = new Map<string, number>()
    for (const { entryIds, story } of truth) {
      if (!/instalments|part-payment|transfer/.test(story))
        for (const id of entryIds) times.set(id, (times.get(id) ?? 0) + 1)
    }
    t.ok([...times.values()].every((often) => often === 1))
  }
})

test('accounts have the check digits of their country, and references those of their scheme', async (t) => {
  for (const { company, entries, transactions } of all) {
    const ibans = company.accounts.map(({ iban }) => iban)
    const others = [...entries, ...transactions].flatMap(({ counterpartyIban }) => counterpartyIban ?? [])
    for (const iban of [...ibans, ...others]) t.ok(isValidIBAN(iban), iban)
    const invoices = entries.filter(({ kind, reference }) => kind === 'sales_invoice' && reference !== null)
    t.ok(
      invoices.every(({ reference }) => holds(company.country, reference!)),
      company.country,
    )
  }
})

test('every story occurs, and in the share that is declared', async (t) => {
  const told = all.flatMap(({ truth }) => truth)
  const counts = count(told.map(({ story }) => story))
  for (const story of Object.keys(STORIES)) t.ok(counts.has(story), story)
  const sale = counts.get('sale-readable')! / counts.get('sale-name')!
  t.ok(Math.abs(sale - STORIES['sale-readable']![0] / STORIES['sale-name']![0]) < 0.2)
})

test('most lines have a counterpart, and most of those can be booked unasked', async (t) => {
  const told = all.flatMap(({ truth }) => truth)
  const matched = told.filter(({ entryIds, withTransactionIds }) => entryIds.length + withTransactionIds.length > 0)
  const certain = told.filter((one) => one.certain)
  t.ok(
    matched.length / told.length > 0.85 && matched.length / told.length < 0.905,
    String(matched.length / told.length),
  )
  t.ok(
    certain.length / matched.length > 0.8 && certain.length / matched.length < 0.96,
    String(certain.length / matched.length),
  )
  t.ok(
    certain.every(
      ({ entryIds, withTransactionIds, story }) =>
        entryIds.length + withTransactionIds.length > 0 || /unbooked/.test(story),
    ),
  )
})

test('the books have about the asked size, and lines in proportion', async (t) => {
  for (const { entries, transactions } of all) {
    t.ok(Math.abs(entries.length / 2000 - 1) < 0.1, String(entries.length))
    t.ok(Math.abs(transactions.length / linesFor(2000) - 1) < 0.25, String(transactions.length))
  }
})

test('what people confirmed before is a tenth of the lines or so, and ends before they begin', async (t) => {
  for (const { history, transactions } of all) {
    t.ok(history.length / transactions.length > 0.03 && history.length / transactions.length < 0.2)
    t.ok(latest(history) <= transactions[0]!.bookingDate)
  }
})

function print(seed: number): string {
  const made = generate({ seed, country: 'FI', entries: 400 })
  return createHash('sha256').update(JSON.stringify(made)).digest('hex')
}

function latest(history: LabelledCompany['history']): string {
  return (
    history
      .map(({ transaction }) => transaction.bookingDate)
      .toSorted()
      .at(-1) ?? ''
  )
}

function holds(country: Country, reference: string): boolean {
  const digits = reference.replaceAll(/\D/g, '')
  switch (country) {
    case 'NO':
      return luhn(digits.slice(0, -1)) === digits.at(-1) || mod11(reference.slice(0, -1)) === reference.at(-1)
    case 'SE':
    case 'DK':
      return luhn(digits.slice(0, -1)) === digits.at(-1)
    case 'FI':
      return reference.startsWith('RF')
        ? creditorReference(reference.slice(4)) === reference && viite(reference.slice(4, -1)) === reference.slice(4)
        : viite(reference.slice(0, -1)) === reference
    case 'NL':
      return betalingskenmerk(reference.slice(1)) === reference
    case 'BE':
      return Number(digits.slice(10)) === (mod97(digits.slice(0, 10)) || 97)
    case 'DE':
    case 'GB':
    case 'FR':
      return false
  }
}

function minor(amount: string): number {
  return Number(amount.replace('.', ''))
}

function count(words: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}
