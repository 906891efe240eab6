import type { LedgerAccount } from '../../companies/model.ts'
import type { ConnectionId } from '../../values/ids.ts'
import { isWaiting, ledgerAccountIdOf, type Connection } from './connection.ts'

/** What becomes of a ledger account's connection when the ledger account is registered or changed. */
export type WaitingDecision =
  | { readonly kind: 'nothing' }
  /** It has a connection from the day it is registered: one that waits for its bank. */
  | { readonly kind: 'wait'; readonly connection: Omit<Connection, 'id'> }
  /** The one that waits follows its ledger account. */
  | { readonly kind: 'amend'; readonly connection: Connection }
  /** It can wait for nothing without an account number, or where its bank account belongs elsewhere. */
  | { readonly kind: 'drop'; readonly id: ConnectionId }
  /** Its bank account is connected already, and belonged nowhere yet or had been removed. `absorbs`: the one that waited until now. */
  | { readonly kind: 'assign'; readonly connection: Connection; readonly absorbs: ConnectionId | null }

/** `connections`: the company's, removed ones too. `isNew`: the ledger account is registered for the first time. */
export function decideWaiting(
  {
    account,
    isNew,
    connections,
  }: { readonly account: LedgerAccount; readonly isNew: boolean; readonly connections: readonly Connection[] },
  now: Date,
): WaitingDecision {
  const { id, companyId, iban, bban, currency, name } = account
  const numbered = iban !== null || bban !== null
  const own = connections.find((connection) => connection.removedAt === null && ledgerAccountIdOf(connection) === id)
  if (own !== undefined && !isWaiting(own)) return { kind: 'nothing' }
  const ends: WaitingDecision = own === undefined ? { kind: 'nothing' } : { kind: 'drop', id: own.id }
  if (!numbered) return ends
  const same = connections.find((connection) => connection !== own && hasNumber(connection, account))
  const assigned = {
    assignment: { ledgerAccountId: id },
    assignedAt: now,
    ledgerAccountHadIban: iban !== null,
    ledgerAccountGoneAt: null,
  }
  if (same !== undefined) {
    const isFree = same.removedAt === null ? same.assignment === null : isNew
    if (!isFree) return ends
    return { kind: 'assign', connection: { ...same, ...assigned, removedAt: null }, absorbs: own?.id ?? null }
  }
  if (own !== undefined) return { kind: 'amend', connection: { ...own, iban, bban, currency, name } }
  return {
    kind: 'wait',
    connection: {
      ...assigned,
      companyId,
      institutionId: null,
      name,
      type: 'current',
      iban,
      bban,
      maskedPan: null,
      stableHash: null,
      currency,
      owner: null,
      sourcePersonId: null,
      sourceFallback: true,
      sourceChosenAt: now,
      activatedAt: null,
      deactivatedAt: null,
      startDate: null,
      firstSync: null,
      firstActivatedOn: null,
      removedAt: null,
      createdAt: now,
    },
  }
}

const hasNumber = (connection: Connection, { iban, bban, currency }: LedgerAccount): boolean =>
  connection.currency === currency && connection.iban === iban && (iban !== null || connection.bban === bban)
