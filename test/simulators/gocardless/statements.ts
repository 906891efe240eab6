// What a bank tells of an account, as GoCardless passes it on.

import { createHash } from 'node:crypto'
import type { SimulatedAccount, SimulatedTransaction } from '../simulator.ts'
import type { LinkedAccount } from './world.ts'

const digest = (...parts: readonly string[]) => createHash('md5').update(parts.join('|')).digest('hex')

export function metadataOf(account: LinkedAccount, institutionId: string, status: string): object {
  const { iban, maskedPan, owner, name } = account.known
  return {
    id: account.id,
    created: account.created.toISOString(),
    last_accessed: account.lastAccessed?.toISOString() ?? null,
    // Card issuers put the card's number here.
    iban: iban ?? maskedPan ?? '',
    status,
    institution_id: institutionId,
    owner_name: owner,
    name,
  }
}

export function detailsOf(held: SimulatedAccount, omits: readonly string[]): object {
  const all = {
    resourceId: digest('account', held.key).slice(0, 26).toUpperCase(),
    iban: held.iban,
    maskedPan: held.maskedPan,
    currency: held.currency,
    ownerName: held.owner,
    name: held.name,
    product: held.type === 'card' ? 'Credit card' : 'Current account',
    cashAccountType: held.type === 'card' ? 'CARD' : 'CACC',
    usage: held.usage === 'business' ? 'ORGA' : 'PRIV',
    status: 'enabled',
  }
  return Object.fromEntries(
    Object.entries(all).filter(([field, value]) => value !== undefined && !omits.includes(field)),
  )
}

export function balancesOf({ balance, currency }: SimulatedAccount, today: string): readonly object[] {
  const balanceAmount = { amount: balance, currency }
  return ['interimAvailable', 'interimBooked'].map((balanceType) => ({
    balanceAmount,
    balanceType,
    referenceDate: today,
  }))
}

/** Booked ones of these days, newest first, and something that is not booked yet. */
export function transactionsOf(held: SimulatedAccount, { from, to }: { from: string; to: string }): object {
  const booked = held.transactions
    .filter(({ bookingDate }) => from <= bookingDate && bookingDate <= to)
    .toSorted((a, b) => (a.bookingDate < b.bookingDate ? 1 : -1))
  return {
    booked: booked.map((transaction) => rowOf(held, transaction)),
    pending: [
      {
        transactionAmount: { amount: '-1.00', currency: held.currency },
        valueDate: to,
        remittanceInformationUnstructured: 'Reserved',
      },
    ],
  }
}

function rowOf(held: SimulatedAccount, transaction: SimulatedTransaction): object {
  const { id, bookingDate, valueDate, amount, currency, text, counterparty } = transaction
  const side = amount.startsWith('-') ? 'creditor' : 'debtor'
  return {
    transactionId: id,
    bookingDate,
    valueDate: valueDate ?? bookingDate,
    transactionAmount: { amount, currency },
    ...(counterparty !== undefined && { [`${side}Name`]: counterparty.name }),
    ...(counterparty?.iban !== undefined && { [`${side}Account`]: { iban: counterparty.iban } }),
    remittanceInformationUnstructured: text,
    bankTransactionCode: 'PMNT',
    internalTransactionId: digest('transaction', held.key, id),
  }
}
