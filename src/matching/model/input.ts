// What the other slices hold, as matching sees it.

import type { Company, LedgerAccount } from '../../companies/model.ts'
import { ledgerAccountIdOf, type Connection } from '../../connections/model/connection.ts'
import type { Entry } from '../../entries/model.ts'
import type { Transaction } from '../../transactions/model/transaction.ts'
import type { BookEntry, Line, OwnAccount } from './types.ts'

export function lineOf(transaction: Transaction): Line {
  const { amount, counterparty, exchange } = transaction
  return {
    id: transaction.id,
    connectionId: transaction.connectionId,
    bookingDate: transaction.bookingDate,
    ...(transaction.valueDate !== null && { valueDate: transaction.valueDate }),
    amount: amount.minor,
    currency: amount.currency,
    counterparty: {
      ...(counterparty.name !== null && { name: counterparty.name }),
      ...(counterparty.iban !== null && { iban: counterparty.iban }),
      ...(counterparty.bban !== null && { bban: counterparty.bban }),
    },
    ...(transaction.remittanceInformation !== null && { remittanceInformation: transaction.remittanceInformation }),
    ...(transaction.reference !== null && { reference: transaction.reference }),
    ...(transaction.endToEndId !== null && { endToEndId: transaction.endToEndId }),
    ...(transaction.bankTransactionCode !== null && { bankTransactionCode: transaction.bankTransactionCode }),
    ...(exchange !== null && {
      exchange: {
        ...(exchange.amount !== null && { amount: exchange.amount }),
        currency: exchange.currency,
        rate: exchange.rate,
      },
    }),
    alreadyBooked: transaction.alreadyBooked,
    suspect: transaction.suspect !== null,
  }
}

/** `openAmount`: what confirmed matches have left of it (`openAfter`). */
export function bookEntryOf(entry: Entry, openAmount: bigint): BookEntry {
  const { counterparty, cashDiscount } = entry
  return {
    id: entry.id,
    kind: entry.kind,
    amount: entry.amountMinor,
    openAmount,
    currency: entry.currency,
    ...(entry.issueDate !== null && { issueDate: entry.issueDate }),
    ...(entry.dueDate !== null && { dueDate: entry.dueDate }),
    ...(entry.documentNumber !== null && { documentNumber: entry.documentNumber }),
    ...(entry.reference !== null && { reference: entry.reference }),
    counterparty: {
      ...(counterparty.name !== null && { name: counterparty.name }),
      ...(counterparty.iban !== null && { iban: counterparty.iban }),
      ...(counterparty.id !== null && { id: counterparty.id }),
    },
    ...(entry.description !== null && { description: entry.description }),
    ...(entry.endToEndId !== null && { endToEndId: entry.endToEndId }),
    ...(cashDiscount !== null && {
      cashDiscount: { basisPoints: basisPointsOf(cashDiscount.percent), until: cashDiscount.until },
    }),
    ...(entry.ledgerAccountId !== null && { ledgerAccountId: entry.ledgerAccountId }),
    ...(entry.fromLedgerAccountId !== null && { fromLedgerAccountId: entry.fromLedgerAccountId }),
    ...(entry.toLedgerAccountId !== null && { toLedgerAccountId: entry.toLedgerAccountId }),
  }
}

/** The company's connections, under the number that the bank gives or else the books. */
export function ownAccountsOf(
  { name }: Pick<Company, 'name'>,
  connections: readonly Connection[],
  ledgerAccounts: readonly LedgerAccount[],
): readonly OwnAccount[] {
  const ibans = new Map(ledgerAccounts.map(({ id, iban }) => [id, iban]))
  return connections.map((connection) => {
    const ledgerAccountId = ledgerAccountIdOf(connection)
    const iban = connection.iban ?? (ledgerAccountId === null ? null : ibans.get(ledgerAccountId)) ?? null
    return {
      connectionId: connection.id,
      currency: connection.currency,
      owner: name,
      ...(ledgerAccountId !== null && { ledgerAccountId }),
      ...(iban !== null && { iban }),
    }
  })
}

/** Hundredths of a percent of a plain decimal with up to three decimals; halves are rounded up. */
export function basisPointsOf(percent: string): number {
  const [whole = '', decimals = ''] = percent.split('.')
  return Math.round(Number(whole + decimals.padEnd(3, '0')) / 10)
}
