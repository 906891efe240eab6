// Customers, their invoices, and how they pay them: on time and late, with and without saying what, in parts, together, twice,
// less a fee or a discount, in another currency. And what looks like a payment of an open invoice and is none.

import type { BookEntry, Line } from '../../../src/matching/model/types.ts'
import { addDays, type Day } from '../../../src/values/day.ts'
import { grouped, joined, listed, noise, oddly, spoiled } from './bank-text.ts'
import type { Draft, Party } from './books.ts'

type Invoice = { readonly entry: BookEntry; readonly party: Party; readonly issueDate: Day; readonly dueDate: Day }

export function sales(draft: Draft): void {
  const { luck, plan } = draft
  const numbers = numberSeries(draft)
  const terms = {
    hasReferences: draft.culture.reference !== undefined && luck.is(0.75),
    grantsDiscount: ['DE', 'NL', 'BE'].includes(plan.country) && luck.is(0.6),
  }
  const customers = Array.from({ length: plan.customers }, (_, at) => draft.party(`c-${at}`))
  const invoices = customers
    .flatMap((party) =>
      issueDays(draft, party).map((issueDate) => ({ party, issueDate, amount: party.subscription ?? draft.amount() })),
    )
    .toSorted((a, b) => (a.issueDate < b.issueDate ? -1 : a.issueDate > b.issueDate ? 1 : 0))
    .map((each) => invoice(draft, { ...each, ...terms, documentNumber: numbers() }))
  const unpaid = invoices.filter(({ party }) => !party.paysInOneSum && !luck.is(0.15))
  for (const each of unpaid) payOne(draft, each)
  for (const party of customers.filter(({ paysInOneSum }) => paysInOneSum)) {
    payTogether(draft, { party, invoices: invoices.filter((each) => each.party === party), numbers })
  }
  for (const party of customers.filter(() => luck.is(0.12))) {
    payUnknown(draft, { party, twin: invoices.find((each) => each.party === party), documentNumber: numbers() })
  }
  for (const party of customers.filter(() => luck.is(0.06))) refund(draft, party, numbers())
  for (const party of customers.filter(() => luck.is(0.06))) payAbroad(draft, party, numbers())
}

function numberSeries({ luck }: Draft): () => string {
  const style = luck.pick(['plain5', 'year', 'prefixed', 'plain4', 'long'] as const)
  let serial = luck.between(1, 400)
  return () => {
    serial += 1
    return {
      plain5: String(20_000 + serial),
      year: `2026-${String(serial).padStart(4, '0')}`,
      prefixed: `INV-${5_000 + serial}`,
      plain4: String(1_000 + serial),
      long: `26${String(serial).padStart(6, '0')}`,
    }[style]
  }
}

function issueDays({ luck, plan, day }: Draft, party: Party): Day[] {
  if (party.subscription !== undefined) return Array.from({ length: plan.months }, (_, month) => day(month * 30 + 1))
  return Array.from({ length: luck.between(1, plan.months * 2) }, () => day(luck.between(0, plan.months * 30)))
}

type Terms = {
  readonly party: Party
  readonly issueDate: Day
  readonly amount: bigint
  readonly documentNumber: string
  readonly hasReferences: boolean
  readonly grantsDiscount: boolean
}

function invoice(draft: Draft, { party, issueDate, amount, documentNumber, ...terms }: Terms): Invoice {
  const { luck, culture } = draft
  const dueDate = addDays(issueDate, luck.pick([10, 14, 14, 30, 30]))
  const body = `${party.id.slice(2).padStart(4, '1')}${documentNumber.replace(/\D/g, '').padStart(6, '0')}`
  const reference = terms.hasReferences ? culture.reference?.(luck, body) : undefined
  const entry = draft.entry({
    kind: 'sales_invoice',
    amount,
    issueDate,
    dueDate,
    documentNumber,
    counterparty: draft.booked(party),
    ...(reference !== undefined && { reference }),
    ...(terms.grantsDiscount && luck.is(0.5) && { cashDiscount: { basisPoints: 200, until: addDays(issueDate, 10) } }),
  })
  return { entry, party, issueDate, dueDate }
}

/** What the payer writes about these invoices, by habit. */
function said(
  { luck, culture }: Draft,
  party: Party,
  invoices: readonly BookEntry[],
): Pick<Line, 'remittanceInformation' | 'reference' | 'endToEndId'> {
  const besides = luck.is(0.35) ? noise(culture.noise, luck) : ''
  const numbers = invoices.map(({ documentNumber }) => documentNumber!)
  const [{ reference } = {}] = invoices
  const id = { none: {}, blank: { endToEndId: 'NOTPROVIDED' }, own: { endToEndId: luck.digits(16) } }[
    luck.weighed({ none: 5, blank: 3, own: 2 })
  ]
  if (party.habit === 'reference' && invoices.length === 1 && reference !== undefined && luck.is(0.8))
    return { reference, ...id }
  const inFull = (): string =>
    spoiled(joined([besides, `${luck.pick(culture.invoice)} ${listed(numbers, culture.and, luck)}`], luck), luck)
  const inHaste = (): string => {
    const list = numbers.map((number) => oddly(number, luck)).join(luck.pick([' + ', ', ', ' & ', '/']))
    return spoiled(
      joined([besides, `${luck.pick(culture.invoice)}${luck.pick(['', ' ', ': ', ' #', '.'])}${list}`], luck),
      luck,
    )
  }
  const wrote = {
    reference: () =>
      invoices.length === 1 && reference !== undefined ? joined([besides, grouped(reference, luck)], luck) : inFull(),
    number: inFull,
    'odd-number': inHaste,
    'bare-number': () => joined([besides, numbers.join(' ')], luck),
    'name-only': () => joined([besides, party.name], luck),
    silent: () => besides,
  }[party.habit]()
  return { ...(wrote !== '' && { remittanceInformation: wrote }), ...id }
}

function payDay({ luck }: Draft, { party, issueDate, dueDate }: Invoice): Day {
  const day = addDays(dueDate, party.lateness + luck.between(-4, 4))
  return day < issueDate ? issueDate : day
}

function payOne(draft: Draft, paid: Invoice): void {
  const { luck, culture } = draft
  const { entry, party } = paid
  const day = payDay(draft, paid)
  const pay = (
    story: string,
    amount: bigint,
    bookingDate: Day,
    settles: readonly BookEntry[] = [entry],
  ): Line | undefined =>
    draft.line(
      story,
      { bookingDate, amount, counterparty: draft.shown(party), ...said(draft, party, [entry]) },
      settles,
    )
  if (entry.cashDiscount !== undefined && luck.is(0.7)) {
    pay('discount', entry.amount - (entry.amount * 2n + 50n) / 100n, addDays(paid.issueDate, luck.between(1, 10)))
    return
  }
  const stories = {
    plain: () => pay(party.subscription === undefined ? 'plain' : 'subscription', entry.amount, day),
    instalments: () => {
      const first = (entry.amount * BigInt(luck.between(20, 70))) / 100n
      pay('instalment', first, day)
      pay('instalment', entry.amount - first, addDays(day, luck.between(7, 40)))
    },
    fee: () => pay('fee', entry.amount - BigInt(luck.between(150, 1_500)), day),
    rounding: () => pay('rounding', ((entry.amount + 50n) / 100n) * 100n, day),
    over: () => pay('overpayment', entry.amount + BigInt(luck.between(1, 40)) * 100n, day),
    twice: () => {
      pay('twice, first', entry.amount, day)
      pay('twice, second', entry.amount, addDays(day, luck.between(0, 6)), [])
    },
    bounced: () => {
      const text = { counterparty: draft.shown(party), ...said(draft, party, [entry]) }
      const backDate = addDays(day, luck.between(1, 5))
      // One that has not come back yet is a payment, as far as anybody can know.
      const isBack = backDate <= draft.lastDay
      const first = draft.line('bounced', { bookingDate: day, amount: entry.amount, ...text }, isBack ? [] : [entry])
      const remittanceInformation = `${luck.pick(culture.returned)} ${text.remittanceInformation ?? ''}`
      draft.tie(
        first,
        draft.line('bounced', { bookingDate: backDate, amount: -entry.amount, ...text, remittanceInformation }, []),
      )
    },
    // Traps: the books have it from elsewhere. Another open invoice of the customer is not what this pays.
    elsewhere: () => {
      draft.settle(entry)
      pay('already settled', entry.amount, day, [])
    },
    settled: () => draft.settle(entry),
  }
  stories[
    luck.weighed({
      plain: 86,
      instalments: 3,
      fee: 2,
      rounding: 1,
      twice: 0.6,
      over: 1,
      bounced: 0.8,
      elsewhere: 2,
      settled: 4,
    })
  ]()
}

/** One payment for several invoices, sometimes less a credit note that it may not mention. */
function payTogether(
  draft: Draft,
  {
    party,
    invoices,
    numbers,
  }: { readonly party: Party; readonly invoices: readonly Invoice[]; readonly numbers: () => string },
): void {
  const { luck } = draft
  for (let at = 0; at < invoices.length;) {
    const together = invoices.slice(at, at + luck.between(1, 4))
    at += together.length
    const last = together.at(-1)!
    const paid = together.map(({ entry }) => entry)
    const credit = { kind: 'sales_credit_note', issueDate: last.issueDate, counterparty: draft.booked(party) } as const
    const credits =
      together.length > 1 && luck.is(0.25)
        ? [draft.entry({ ...credit, amount: -paid[0]!.amount / BigInt(luck.between(4, 9)), documentNumber: numbers() })]
        : []
    const all = [...paid, ...credits]
    const amount = all.reduce((total, entry) => total + entry.amount, 0n)
    const named = luck.is(0.6) ? all : paid
    draft.line(
      all.length > 1 ? 'several' : 'plain',
      { bookingDate: payDay(draft, last), amount, counterparty: draft.shown(party), ...said(draft, party, named) },
      all,
    )
  }
}

/** A trap: money from a known customer for an invoice that the books do not hold, sometimes of the very amount that is open. */
function payUnknown(
  draft: Draft,
  {
    party,
    twin,
    documentNumber,
  }: { readonly party: Party; readonly twin: Invoice | undefined; readonly documentNumber: string },
): void {
  const { luck, plan } = draft
  const amount = twin !== undefined && luck.is(0.35) ? twin.entry.amount : draft.amount()
  // Only who names the invoice can be told from one who pays the open one.
  const habit = amount === twin?.entry.amount ? 'number' : party.habit
  const unknown: BookEntry = {
    id: 'unknown',
    kind: 'sales_invoice',
    amount,
    openAmount: 0n,
    currency: '',
    documentNumber,
  }
  draft.line(
    'not in the books',
    {
      bookingDate: draft.day(luck.between(10, plan.months * 30)),
      amount,
      counterparty: draft.shown(party),
      ...said(draft, { ...party, habit }, [unknown]),
    },
    [],
  )
}

function refund(draft: Draft, party: Party, documentNumber: string): void {
  const { luck, plan, culture } = draft
  const issueDate = draft.day(luck.between(0, plan.months * 30))
  const entry = draft.entry({
    kind: 'sales_credit_note',
    amount: -draft.amount(),
    issueDate,
    documentNumber,
    counterparty: draft.booked(party),
  })
  const remittanceInformation = `${luck.pick(culture.invoice)} ${documentNumber}`
  draft.line(
    'refund',
    {
      bookingDate: addDays(issueDate, luck.between(1, 12)),
      amount: entry.amount,
      counterparty: draft.shown(party),
      remittanceInformation,
    },
    [entry],
  )
}

/** An invoice in another currency, which the bank exchanges: to the cent, or at a rate that is a little off, less a fee. */
function payAbroad(draft: Draft, party: Party, documentNumber: string): void {
  const { luck, plan, culture } = draft
  const issueDate = draft.day(luck.between(0, plan.months * 30))
  const foreign = {
    currency: 'USD',
    rate: culture.currency === 'EUR' || culture.currency === 'GBP' ? '0.9125' : '10.4375',
  }
  const counterparty = draft.booked(party)
  const entry = draft.entry({
    kind: 'sales_invoice',
    amount: draft.amount(),
    currency: foreign.currency,
    issueDate,
    dueDate: addDays(issueDate, 30),
    documentNumber,
    counterparty,
  })
  const received = luck.is(0.7) ? entry.amount : (entry.amount * 995n) / 1_000n
  const amount = (received * BigInt(foreign.rate.replace('.', ''))) / 10_000n
  const exchange = { ...foreign, ...(luck.is(0.7) && { amount: { minor: received, currency: foreign.currency } }) }
  draft.line(
    'foreign currency',
    {
      bookingDate: addDays(issueDate, luck.between(20, 35)),
      amount,
      exchange,
      counterparty: draft.shown(party),
      ...said(draft, party, [entry]),
    },
    [entry],
  )
}
