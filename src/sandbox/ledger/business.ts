// A month of a small company: one function for each thing that happens. Amounts are given in kroner and fit any currency.

import { addDays, firstOfMonth, type Day } from '../../values/day.ts'
import { randomOf } from '../random.ts'
import { referenceOf } from '../references.ts'
import type { Party, Role } from '../vocabulary.ts'
import { type Draft, type Month, amountBetween, businessDay, chanceOf, codes, yearAndMonth } from './movement.ts'

/**
 * @param standing what else happens on these accounts, to be reckoned with in what is saved
 * @param isFirst whether the ledger begins with this month: nothing before it can be settled in it
 */
export function businessMonth(month: Month, standing: readonly Draft[], isFirst: boolean): readonly Draft[] {
  const business = [
    ...standing,
    ...customersPay(month),
    ...somebodyPaysTwice(month),
    ...suppliersArePaid(month),
    ...staffAndTax(month),
    ...abroad(month),
    ...somethingComesBack(month),
    ...cardPurchases(month),
    ...(isFirst ? [] : cardBill(month)),
    ...bankCharges(month),
  ]
  return [...business, ...surplusIsSaved(month, business)]
}

function customersPay(month: Month): Draft[] {
  const random = chanceOf(month, 'customers')
  const { words } = month
  return Array.from({ length: 12 + random.below(9) }, (_, index) => {
    const customer = random.pick(words.customers)
    const invoice = yearAndMonth(month) + String(10 + index)
    return {
      role: 'main',
      day: businessDay(month, 1 + random.below(27)),
      amount: amountBetween(random, 900, 38_000, words.currency),
      code: codes.received,
      counterparty: customer,
      ...remittance(month, random.below(100), customer, invoice),
    } satisfies Draft
  })
}

/** Most use the reference, many write the invoice's number, and some write what they like. */
function remittance(
  month: Month,
  percent: number,
  customer: Party,
  invoice: string,
): Pick<Draft, 'reference' | 'text'> {
  const { scheme, customers, words } = month.words
  const number = String(1001 + 111 * customers.indexOf(customer))
  if (percent < 62 && scheme !== null) return { reference: referenceOf(scheme, number, invoice) }
  if (percent < 90) return { text: `${words.invoice} ${invoice}` }
  return percent < 95 ? { text: words.payment } : {}
}

/** Two equal payments on one day, with nothing to tell them apart: two movements. */
function somebodyPaysTwice(month: Month): Draft[] {
  const random = chanceOf(month, 'twice')
  if (!random.chance(0.35)) return []
  const payment: Draft = {
    role: 'main',
    day: businessDay(month, 3 + random.below(22)),
    amount: amountBetween(random, 200, 2_500, month.words.currency),
    code: codes.received,
    counterparty: random.pick(month.words.customers),
    text: month.words.words.payment,
  }
  return [payment, payment]
}

function suppliersArePaid(month: Month): Draft[] {
  const random = chanceOf(month, 'suppliers')
  const { words } = month
  const bills = Array.from({ length: 6 + random.below(5) }, (_, index): Draft => {
    const bill = yearAndMonth(month) + String(50 + index)
    return {
      role: 'main',
      day: businessDay(month, 1 + random.below(27)),
      amount: -amountBetween(random, 600, 29_000, words.currency),
      code: codes.sent,
      counterparty: random.pick(words.suppliers),
      endToEndId: `E2E${bill}`,
      ...(words.scheme !== null && random.chance(0.5)
        ? { reference: referenceOf(words.scheme, '4711', bill) }
        : { text: `${words.words.invoice} F-${bill}` }),
    }
  })
  const rent: Draft = {
    role: 'main',
    day: businessDay(month, 1),
    amount: -amountBetween(randomOf(month.seed, month.bank.id, 'rent'), 14_000, 22_000, words.currency),
    code: codes.sent,
    counterparty: words.landlord,
    text: `${words.words.rent} ${month.first.slice(0, 7)}`,
  }
  return [rent, ...bills]
}

/** Salaries on the 25th; what is withheld goes to the second account, and from there to the tax office every other month. */
function staffAndTax(month: Month): Draft[] {
  const random = chanceOf(month, 'staff')
  const { words } = month
  const salaries = words.employees.map((name): Draft => ({
    role: 'main',
    day: businessDay(month, 25),
    amount: -amountBetween(random, 26_000, 34_000, words.currency),
    code: codes.salary,
    counterparty: { name },
    text: words.words.salary,
  }))
  const withheld = amountBetween(random, 24_000, 26_000, words.currency)
  const isDue = Number(month.first.slice(5, 7)) % 2 === 1
  const tax: Draft = {
    role: 'second',
    day: businessDay(month, 15),
    amount: -amountBetween(random, 46_000, 50_000, words.currency),
    code: codes.sent,
    counterparty: words.taxOffice,
    text: `${words.words.tax} ${month.first.slice(0, 7)}`,
  }
  return [...salaries, ...transfer(month, businessDay(month, 26), 'main', 'second', withheld), ...(isDue ? [tax] : [])]
}

/** Money from abroad in the foreign currency, a part of it changed, and a bill in it that is paid from the main account. */
function abroad(month: Month): Draft[] {
  const random = chanceOf(month, 'abroad')
  const { currency, foreignCurrency } = month.words
  const payments = Array.from({ length: 2 + random.below(3) }, (_, index): Draft => ({
    role: 'foreign',
    day: businessDay(month, 2 + random.below(24)),
    amount: amountBetween(random, 4_000, 60_000, foreignCurrency),
    code: codes.foreign,
    counterparty: { name: `Export Partner ${random.below(4) + 1} Inc` },
    text: `INV ${yearAndMonth(month)}${String(80 + index)}`,
  }))
  const bought = amountBetween(random, 1_000, 9_000, foreignCurrency)
  const bill: Draft = {
    role: 'main',
    day: businessDay(month, 9 + random.below(10)),
    ...changed(random.below(400), currency, foreignCurrency, -bought),
    code: codes.foreignSent,
    counterparty: { name: 'Overseas Parts Ltd' },
    text: `PO ${yearAndMonth(month)}`,
  }
  const sold = BigInt(2_000 + random.below(130) * 100) * 100n
  const day = businessDay(month, 27)
  const exchanged: Draft[] = [
    { ...own(month, day, 'foreign', 'main', -sold), code: codes.own },
    { ...own(month, day, 'main', 'foreign', sold), ...changed(random.below(400), currency, foreignCurrency, sold) },
  ]
  return [bill, ...payments, ...exchanged]
}

/** What an amount in the foreign currency is in the account's: units of the account's currency for one, in ten-thousandths. */
function changed(drift: number, currency: string, foreign: string, amount: bigint): Pick<Draft, 'amount' | 'exchange'> {
  const usual = new Map([
    ['NOK', 115_000],
    ['SEK', 112_000],
    ['GBP', 8_600],
  ])
  const rate = Math.round(((usual.get(currency) ?? 9_200) * (9_800 + drift)) / 10_000)
  return {
    amount: (amount * BigInt(rate)) / 10_000n,
    exchange: { currency: foreign, amount, rate: (rate / 10_000).toFixed(4) },
  }
}

/** A customer who paid too much gets it back; or a supplier credits a bill. */
function somethingComesBack(month: Month): Draft[] {
  const random = chanceOf(month, 'refunds')
  const { customers, suppliers, words, currency } = month.words
  const amount = amountBetween(random, 150, 3_000, currency)
  const day = businessDay(month, 6 + random.below(18))
  if (random.chance(0.5)) {
    const counterparty = random.pick(customers)
    return [
      { role: 'main', day, amount, code: codes.received, counterparty, text: words.payment },
      { role: 'main', day: addDays(day, 3), amount: -amount, code: codes.sent, counterparty, text: words.refund },
    ]
  }
  return [{ role: 'main', day, amount, code: codes.received, counterparty: random.pick(suppliers), text: words.refund }]
}

/** Made on any day, booked one to three days later, and pending in between. */
function cardPurchases(month: Month): Draft[] {
  const random = chanceOf(month, 'card')
  return Array.from({ length: 6 + random.below(8) }, () => {
    const madeOn = addDays(month.first, random.below(26))
    return {
      role: 'card',
      madeOn,
      day: addDays(madeOn, 1 + random.below(3)),
      amount: -amountBetween(random, 40, 2_400, month.words.currency),
      code: codes.card,
      counterparty: { name: random.pick(month.words.merchants) },
    } satisfies Draft
  })
}

/** Last month's purchases are paid on the 20th. */
function cardBill(month: Month): Draft[] {
  const last = { ...month, first: firstOfMonth(addDays(month.first, -1)) }
  const bill = cardPurchases(last).reduce((sum, { amount }) => sum - amount, 0n)
  return transfer(month, businessDay(month, 20), 'main', 'card', bill, month.words.words.cardBill)
}

function bankCharges(month: Month): Draft[] {
  const random = chanceOf(month, 'charges')
  const { currency, words } = month.words
  const fee: Draft = {
    role: 'main',
    day: businessDay(month, 28),
    amount: -amountBetween(random, 60, 240, currency),
    code: codes.fee,
    text: words.fee,
  }
  const interest: Draft = {
    role: 'savings',
    day: businessDay(month, 28),
    amount: amountBetween(random, 900, 2_400, currency),
    code: codes.interest,
    text: words.interest,
  }
  return [fee, interest]
}

/** What is left of the month in whole thousands goes to savings, and what is missing comes from there: the balance stays sane. */
function surplusIsSaved(month: Month, drafts: readonly Draft[]): Draft[] {
  const left = drafts.filter(({ role }) => role === 'main').reduce((sum, { amount }) => sum + amount, 0n)
  const step = 100_000n
  const moved = (left / step) * step
  if (moved === 0n) return []
  const day = businessDay(month, 28)
  return moved > 0n ? transfer(month, day, 'main', 'savings', moved) : transfer(month, day, 'savings', 'main', -moved)
}

/** Both sides of a transfer between own accounts. */
export function transfer(month: Month, day: Day, from: Role, to: Role, amount: bigint, text?: string): Draft[] {
  return [own(month, day, from, to, -amount, text), own(month, day, to, from, amount, text)]
}

function own(month: Month, day: Day, role: Role, other: Role, amount: bigint, text?: string): Draft {
  const { bank, words } = month
  return {
    role,
    day,
    amount,
    code: amount < 0n ? codes.own : codes.ownReceived,
    counterparty: { name: words.company, ...(other === 'card' ? {} : { iban: bank.ibans[other] }) },
    text: text ?? words.words.transfer,
    punctual: true,
  }
}
