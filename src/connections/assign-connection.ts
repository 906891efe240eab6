import type { LedgerAccountStore, PersonStore } from '../companies/index.ts'
import type { Clock } from '../shared/clock.ts'
import { AppError } from '../shared/errors.ts'
import type { Unit } from '../shared/unit.ts'
import type { TransactionStore } from '../transactions/index.ts'
import type { ConnectionId, PersonId, TenantId } from '../values/ids.ts'
import type { ConnectionStore } from './index.ts'
import { isWaiting, ledgerAccountIdOf, type Assignment, type Connection } from './model/connection.ts'

type Stores = {
  ledgerAccounts: Pick<LedgerAccountStore, 'find'>
  persons: Pick<PersonStore, 'find'>
  connections: Pick<ConnectionStore, 'hold' | 'ofCompany' | 'save' | 'drop' | 'inheritStatuses'>
  transactions: Pick<TransactionStore, 'announceHeld' | 'keepAssignment' | 'followAssignment'>
}
type Deps = { readonly unit: Unit<Stores>; readonly clock: Clock }

/** What may be changed of a connection; what is absent stays as it is. */
export type ConnectionPatch = {
  readonly assignment?: Assignment
  /** Whether transactions that were imported before belong with the new assignment (true), or stay where they were. */
  readonly movePast: boolean
  readonly sourcePersonId?: PersonId | null
  readonly sourceFallback?: boolean
}

/**
 * Says where a connection's transactions belong, and whose consent fetches them. Assigning a real bank account absorbs the connection that had waited for the
 * ledger account, with its history. What was imported while it belonged nowhere is delivered from now on.
 * @throws {AppError} connection_not_found, ledger_account_not_found, person_not_found, assignment_conflict when another connection has the ledger account
 */
export function assignConnection(
  deps: Deps,
  { tenant, id, patch }: { tenant: TenantId; id: ConnectionId; patch: ConnectionPatch },
): Promise<void> {
  return deps.unit(tenant, async (stores) => {
    const now = deps.clock.now()
    const before = await stores.connections.hold(id)
    const sourced = await withSource(stores, before, patch, now)
    if (patch.assignment === undefined) return stores.connections.save(sourced)
    const assigned = await withAssignment(stores, sourced, patch.assignment, now)
    await stores.connections.save(assigned)
    await movePast(stores, before, assigned, patch.movePast, now)
  })
}

async function withSource(
  { persons }: Stores,
  connection: Connection,
  patch: ConnectionPatch,
  now: Date,
): Promise<Connection> {
  const { sourcePersonId, sourceFallback } = patch
  if (sourcePersonId === undefined && sourceFallback === undefined) return connection
  if (sourcePersonId != null && (await persons.find(connection.companyId, sourcePersonId)) === undefined)
    throw noPerson(sourcePersonId)
  return {
    ...connection,
    sourcePersonId: sourcePersonId === undefined ? connection.sourcePersonId : sourcePersonId,
    sourceFallback: sourceFallback ?? connection.sourceFallback,
    sourceChosenAt: now,
  }
}

async function withAssignment(
  stores: Stores,
  connection: Connection,
  assignment: Assignment,
  now: Date,
): Promise<Connection> {
  if (isWaiting(connection)) await checkWaiting(stores, connection, assignment)
  const base = { ...connection, assignment, assignedAt: now, ledgerAccountHadIban: false, ledgerAccountGoneAt: null }
  if (assignment === null || assignment === 'none') return base
  const { ledgerAccountId, personId } = assignment
  if (personId !== undefined && (await stores.persons.find(connection.companyId, personId)) === undefined)
    throw noPerson(personId)
  if (ledgerAccountId === undefined) return base
  const account = await stores.ledgerAccounts.find(connection.companyId, ledgerAccountId)
  if (account === undefined)
    throw new AppError('ledger_account_not_found', `There is no ledger account ${ledgerAccountId}.`)
  const others = await stores.connections.ofCompany(connection.companyId)
  const holder = others.find((other) => other.id !== connection.id && ledgerAccountIdOf(other) === ledgerAccountId)
  if (holder !== undefined && !isWaiting(holder))
    throw new AppError(
      'assignment_conflict',
      `The ledger account ${ledgerAccountId} has the connection ${holder.id} already. Assign that one elsewhere first.`,
    )
  if (holder !== undefined) {
    await stores.connections.inheritStatuses(holder.id, connection.id)
    await stores.connections.drop(holder.id)
  }
  return { ...base, ledgerAccountHadIban: account.iban !== null && account.iban === connection.iban }
}

/** One that waits has no account but its ledger account's: it can be ignored, and be given back to that. */
async function checkWaiting(
  { ledgerAccounts }: Stores,
  { companyId, iban, bban }: Connection,
  assignment: Assignment,
): Promise<void> {
  if (assignment === 'none') return
  const id = assignment?.ledgerAccountId
  const account = id === undefined ? undefined : await ledgerAccounts.find(companyId, id)
  if (account?.iban === iban && account.bban === bban) return
  throw new AppError(
    'assignment_conflict',
    'It waits for the bank account of its own ledger account. Only a bank account that is connected can be assigned elsewhere.',
  )
}

async function movePast(
  { transactions }: Stores,
  before: Connection,
  after: Connection,
  move: boolean,
  now: Date,
): Promise<void> {
  const wasDelivered = before.assignment !== null && before.assignment !== 'none'
  const isDelivered = after.assignment !== null && after.assignment !== 'none'
  if (!wasDelivered) {
    if (isDelivered) await transactions.announceHeld(after, now)
  } else if (move) await transactions.followAssignment(after, now)
  else await transactions.keepAssignment(before.id, before.assignment)
}

const noPerson = (id: PersonId) => new AppError('person_not_found', `There is no person ${id}.`)
