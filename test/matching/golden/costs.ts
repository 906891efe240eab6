// What a company pays: bills, card purchases, wages, taxes, fees; and what it moves between its own accounts.

import { addDays } from '../../../src/values/day.ts'
import { asBankWrites, spoiled } from './bank-text.ts'
import type { Draft, Party } from './books.ts'
import { coined, companyName, personName } from './world.ts'

export function costs(draft: Draft): void {
  const { plan, luck } = draft
  for (let at = 0; at < plan.suppliers; at++) {
    const party = draft.party(`s-${at}`)
    if (party.subscription === undefined)
      for (let nth = luck.between(1, plan.months); nth > 0; nth--) bill(draft, party)
    else standingBills(draft, party, party.subscription)
  }
  for (let nth = plan.months * 8; nth > 0; nth--) cardPurchase(draft)
  const staff = Array.from({ length: 4 }, () => personName(plan.country, luck))
  const landlord = { party: draft.party('landlord'), rent: -draft.amount() }
  for (let month = 0; month < plan.months; month++) monthly(draft, { from: month * 30, staff, landlord })
}

/** Our own payment, so the bank shows what we wrote. */
function bill(draft: Draft, party: Party): void {
  const { luck, plan, culture } = draft
  const issueDate = draft.day(luck.between(0, plan.months * 30))
  const dueDate = addDays(issueDate, luck.pick([14, 30]))
  const documentNumber = luck.pick([luck.digits(5), luck.digits(7), `R-${luck.digits(4)}`, `2026/${luck.digits(3)}`])
  const reference = luck.is(0.5) ? culture.reference?.(luck, luck.digits(9)) : undefined
  const id = luck.is(0.4) ? { endToEndId: `E2E${luck.digits(12)}` } : {}
  const told = reference === undefined ? {} : { reference }
  const entry = draft.entry({
    kind: 'purchase_bill',
    amount: -draft.amount(),
    issueDate,
    dueDate,
    documentNumber,
    counterparty: draft.booked(party),
    ...told,
    ...id,
  })
  if (luck.is(0.2)) return
  const text =
    reference === undefined
      ? { remittanceInformation: spoiled(`${luck.pick(culture.invoice)} ${documentNumber}`, luck) }
      : told
  const counterparty = draft.shown({ ...party, ibans: party.ibans.slice(0, 1) })
  draft.line(
    'bill',
    {
      bookingDate: addDays(dueDate, luck.between(-3, 2)),
      amount: entry.amount,
      counterparty,
      ...text,
      ...(luck.is(0.8) && id),
    },
    [entry],
  )
}

/** The same amount every month, collected without a word. A trap: one month's bill was never entered. */
function standingBills(draft: Draft, party: Party, amount: bigint): void {
  const { luck, plan } = draft
  const forgotten = luck.is(0.4) ? luck.between(0, plan.months - 1) : -1
  for (let month = 0; month < plan.months; month++) {
    const issueDate = draft.day(month * 30 + 2)
    const dueDate = addDays(issueDate, 12)
    const bills =
      month === forgotten
        ? []
        : [
            draft.entry({
              kind: 'purchase_bill',
              amount: -amount,
              issueDate,
              dueDate,
              documentNumber: luck.digits(6),
              counterparty: draft.booked(party),
            }),
          ]
    const story = bills.length === 0 ? 'standing bill, not entered' : 'standing bill'
    draft.line(
      story,
      {
        bookingDate: addDays(dueDate, luck.between(-1, 2)),
        amount: -amount,
        counterparty: draft.shown({ ...party, ibans: party.ibans.slice(0, 1) }),
      },
      bills,
    )
  }
}

/** A merchant with the processor's noise, up to three days later. */
function cardPurchase(draft: Draft): void {
  const { luck, plan, culture } = draft
  const merchant = luck.is(0.5) ? companyName(plan.country, luck) : coined(luck)
  const issueDate = draft.day(luck.between(0, plan.months * 30))
  const amount = -BigInt(luck.between(500, 90_000))
  const prefix = luck.pick(['', 'KORTKØB ', 'VISA ', 'POS ', 'CARD PURCHASE ', 'SQ *'])
  const remittanceInformation = `${prefix}${merchant.toUpperCase().slice(0, 22)} ${luck.pick(culture.towns)} ${luck.digits(4)}`
  const description = luck.pick(['Lunch', 'Diesel', 'Kontor', 'Taxi', 'Software'])
  const entries = luck.is(0.6)
    ? [draft.entry({ kind: 'expense', amount, issueDate, counterparty: { name: merchant }, description })]
    : []
  draft.line(
    entries.length === 0 ? 'card, not in the books' : 'card',
    { bookingDate: addDays(issueDate, luck.between(0, 3)), amount, remittanceInformation },
    entries,
  )
}

type Month = {
  readonly from: number
  readonly staff: readonly string[]
  readonly landlord: { readonly party: Party; readonly rent: bigint }
}

function monthly(draft: Draft, { from, staff, landlord }: Month): void {
  const { luck, plan, culture, own } = draft
  for (const worker of staff) {
    const pay = draft.entry({
      kind: 'payroll',
      amount: -BigInt(luck.between(200_000, 400_000)),
      issueDate: draft.day(from + 24),
      counterparty: { name: worker },
      description: 'Salary',
    })
    draft.line(
      'wage',
      {
        bookingDate: draft.day(from + 24),
        amount: pay.amount,
        counterparty: { name: asBankWrites(worker, luck) },
        remittanceInformation: 'Salary',
      },
      [pay],
    )
  }
  const reference = culture.reference?.(luck, luck.digits(10))
  const told = reference === undefined ? {} : { reference }
  const tax = draft.entry({
    kind: 'tax',
    amount: -draft.amount(),
    issueDate: draft.day(from + 10),
    dueDate: draft.day(from + 14),
    description: 'VAT',
    counterparty: { name: 'Tax Authority' },
    ...told,
  })
  draft.line(
    'tax',
    { bookingDate: draft.day(from + 14), amount: tax.amount, counterparty: { name: 'TAX AUTHORITY' }, ...told },
    [tax],
  )
  draft.line(
    'rent, not in the books',
    {
      bookingDate: draft.day(from + 1),
      amount: landlord.rent,
      counterparty: draft.shown(landlord.party),
      remittanceInformation: 'Rent',
    },
    [],
  )
  draft.line(
    'bank fee',
    {
      bookingDate: draft.day(from + 28),
      amount: -BigInt(luck.between(5, 99)) * 100n,
      remittanceInformation: 'Monthly fee',
    },
    [],
  )
  draft.line(
    'owner',
    {
      bookingDate: draft.day(from + luck.between(2, 27)),
      amount: -draft.amount(),
      counterparty: { name: personName(plan.country, luck) },
    },
    [],
  )

  const moved = BigInt(luck.between(5, 90)) * 100_000n
  const target = luck.pick([own.savings, own.tax])
  const isExpected = luck.is(0.6)
  const transfers = isExpected
    ? [
        draft.entry({
          kind: 'transfer',
          amount: moved,
          issueDate: draft.day(from + 15),
          fromLedgerAccountId: own.operating.ledgerAccountId,
          toLedgerAccountId: target.ledgerAccountId,
        }),
      ]
    : []
  const isNamed = !isExpected || luck.is(0.7)
  const out = draft.line(
    'transfer',
    { bookingDate: draft.day(from + 15), amount: -moved, ...(isNamed && { counterparty: { iban: target.iban } }) },
    transfers,
  )
  const bookingDate = draft.day(from + 15 + luck.between(0, 2))
  const into = draft.line(
    'transfer',
    {
      bookingDate,
      amount: moved,
      connectionId: target.connectionId,
      ...(isNamed && luck.is(0.7) && { counterparty: { iban: own.operating.iban } }),
    },
    transfers,
  )
  draft.tie(out, into)
}
