// What the books expect to see at the bank, as the tenant tells it.

import { normaliseIban } from '../values/iban.ts'
import type { CompanyId, EntryId, LedgerAccountId, MatchId, PersonId } from '../values/ids.ts'
import { parseDay, type Day } from '../values/day.ts'
import { isCurrency, parseMoney } from '../values/money.ts'

export const entryKinds = [
  'sales_invoice',
  'purchase_bill',
  'sales_credit_note',
  'purchase_credit_note',
  'expense',
  'payroll',
  'tax',
  'transfer',
  'bank_fee',
  'loan',
  'ledger_posting',
] as const
/** `open` by the books' word; `unmatched` where confirmed matches have left something. */
export type EntryListStatus = 'open' | 'unmatched'

export type EntryKind = (typeof entryKinds)[number]

/** Amounts are minor units, signed from the company's bank side: an invoice that a customer will pay is positive, a bill to pay negative. */
export type Entry = {
  readonly id: EntryId
  readonly companyId: CompanyId
  readonly kind: EntryKind
  readonly amountMinor: bigint
  /** What is still to be paid, with the sign of the amount; zero is settled. The books' word: what confirmed matches spent comes off unless applied. */
  readonly openMinor: bigint
  readonly currency: string
  /** Confirmed matches that the open amount already contains. */
  readonly appliedMatchIds: readonly MatchId[]
  readonly issueDate: Day | null
  readonly dueDate: Day | null
  readonly documentNumber: string | null
  readonly reference: string | null
  readonly counterparty: { readonly name: string | null; readonly iban: string | null; readonly id: string | null }
  readonly description: string | null
  readonly endToEndId: string | null
  readonly cashDiscount: { readonly percent: string; readonly until: Day } | null
  readonly ledgerAccountId: LedgerAccountId | null
  readonly personId: PersonId | null
  readonly fromLedgerAccountId: LedgerAccountId | null
  readonly toLedgerAccountId: LedgerAccountId | null
}

/** An entry as the API takes it: text that has the right form, not yet known to make sense. */
export type EntryInput = {
  readonly kind: EntryKind
  readonly amount: string
  readonly openAmount?: string
  readonly appliedMatchIds?: readonly MatchId[]
  readonly currency: string
  readonly issueDate?: string
  readonly dueDate?: string
  readonly documentNumber?: string
  readonly reference?: string
  readonly counterparty?: { readonly name?: string; readonly iban?: string; readonly id?: string }
  readonly description?: string
  readonly endToEndId?: string
  readonly cashDiscount?: { readonly percent: string; readonly until: string }
  readonly ledgerAccountId?: LedgerAccountId
  readonly personId?: PersonId
  readonly fromLedgerAccountId?: LedgerAccountId
  readonly toLedgerAccountId?: LedgerAccountId
}

export type EntryReading =
  | { readonly kind: 'entry'; readonly entry: Entry }
  | { readonly kind: 'wrong'; readonly errors: readonly { readonly path: string; readonly message: string }[] }

/** Makes an entry of what was sent, or says everything that is wrong with it; paths are relative to the entry. */
export function readEntry(companyId: CompanyId, id: EntryId, input: EntryInput): EntryReading {
  const errors: { path: string; message: string }[] = []
  if (!isCurrency(input.currency)) errors.push({ path: '/currency', message: 'must be an ISO 4217 code' })
  const amount = minorOf(input.amount, input.currency, '/amount', errors)
  const open =
    input.openAmount === undefined ? amount : minorOf(input.openAmount, input.currency, '/openAmount', errors)
  const iban = input.counterparty?.iban
  const validIban = iban === undefined ? null : (normaliseIban(iban) ?? null)
  if (iban !== undefined && validIban === null)
    errors.push({ path: '/counterparty/iban', message: 'must be a valid IBAN' })
  if (amount === 0n) errors.push({ path: '/amount', message: 'must not be zero' })
  if (open !== 0n && open > 0n !== amount > 0n)
    errors.push({ path: '/openAmount', message: 'must have the sign of amount, or be zero' })
  if (magnitude(open) > magnitude(amount)) errors.push({ path: '/openAmount', message: 'must not be more than amount' })
  if (input.kind === 'transfer') {
    if (amount < 0n)
      errors.push({ path: '/amount', message: 'must be positive: the two ledger accounts say which way' })
    for (const field of ['fromLedgerAccountId', 'toLedgerAccountId'] as const)
      if (input[field] === undefined) errors.push({ path: `/${field}`, message: 'is required for a transfer' })
    if (input.toLedgerAccountId !== undefined && input.toLedgerAccountId === input.fromLedgerAccountId)
      errors.push({ path: '/toLedgerAccountId', message: 'must be another than fromLedgerAccountId' })
  }
  if (errors.length > 0) return { kind: 'wrong', errors }
  return {
    kind: 'entry',
    entry: {
      id,
      companyId,
      kind: input.kind,
      amountMinor: amount,
      openMinor: open,
      currency: input.currency,
      appliedMatchIds: input.appliedMatchIds ?? [],
      issueDate: dayOf(input.issueDate),
      dueDate: dayOf(input.dueDate),
      documentNumber: input.documentNumber ?? null,
      reference: input.reference ?? null,
      counterparty: { name: input.counterparty?.name ?? null, iban: validIban, id: input.counterparty?.id ?? null },
      description: input.description ?? null,
      endToEndId: input.endToEndId ?? null,
      cashDiscount: discountOf(input.cashDiscount),
      ledgerAccountId: input.ledgerAccountId ?? null,
      personId: input.personId ?? null,
      fromLedgerAccountId: input.fromLedgerAccountId ?? null,
      toLedgerAccountId: input.toLedgerAccountId ?? null,
    },
  }
}

const magnitude = (minor: bigint): bigint => (minor < 0n ? -minor : minor)

function minorOf(text: string, currency: string, path: string, errors: { path: string; message: string }[]): bigint {
  try {
    return parseMoney(text, currency).minor
  } catch (error) {
    errors.push({ path, message: error instanceof RangeError ? error.message : 'must be an amount' })
    return 0n
  }
}

/** The schema has checked the form; what is left to be undefined is absence. */
const dayOf = (text: string | undefined): Day | null => (text === undefined ? null : (parseDay(text) ?? null))

function discountOf(input: EntryInput['cashDiscount']): Entry['cashDiscount'] {
  const until = dayOf(input?.until)
  return input === undefined || until === null ? null : { percent: input.percent, until }
}
