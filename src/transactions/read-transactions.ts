import type { CompanyStore } from '../companies/index.ts'
import type { ConnectionStore } from '../connections/index.ts'
import type { Connection } from '../connections/model/connection.ts'
import type { RuleStore } from '../matching/index.ts'
import { categoriesOf } from '../matching/model/categories.ts'
import type { Rule } from '../matching/model/rules.ts'
import { AppError } from '../shared/errors.ts'
import { formatCursor, parseCursor, type Page, type PageAsk } from '../shared/page.ts'
import type { Unit } from '../shared/unit.ts'
import type { Day } from '../values/day.ts'
import type { CompanyId, ConnectionId, TenantId, TransactionId } from '../values/ids.ts'
import type { TransactionStore } from './index.ts'
import type { Change, Transaction } from './model/transaction.ts'

type Deps = {
  readonly unit: Unit<{
    companies: Pick<CompanyStore, 'get'>
    connections: Pick<ConnectionStore, 'get' | 'ofCompany' | 'some'>
    transactions: Pick<TransactionStore, 'find' | 'list' | 'changesAfter'>
    rules: Pick<RuleStore, 'some'>
  }>
}

/** A transaction, where it belongs in the books, and what a rule of the tenant's calls it. */
export type PlacedTransaction = Transaction & {
  readonly assignment: Connection['assignment']
  readonly category?: string
}
export type PlacedChange = Omit<Change, 'transaction'> & { readonly transaction: PlacedTransaction }
export type ListAsk = PageAsk & {
  readonly from?: Day
  readonly to?: Day
  readonly match?: 'unmatched' | 'suggested' | 'matched'
}

/** @throws {AppError} transaction_not_found */
export function getTransaction(
  { unit }: Deps,
  { tenant, id }: { tenant: TenantId; id: TransactionId },
): Promise<PlacedTransaction> {
  return unit(tenant, async ({ transactions, connections, rules }) => {
    const transaction = await transactions.find(id)
    if (transaction === undefined) throw new AppError('transaction_not_found', `There is no transaction ${id}.`)
    const connection = await connections.get(transaction.connectionId)
    return placeIn([connection], await rules.some([transaction.companyId]))(transaction)
  })
}

/** The newest first. @throws {AppError} connection_not_found */
export function listOfConnection(
  { unit }: Deps,
  { tenant, connectionId, ask }: { tenant: TenantId; connectionId: ConnectionId; ask: ListAsk },
): Promise<Page<PlacedTransaction>> {
  return unit(tenant, async ({ transactions, connections, rules }) => {
    const connection = await connections.get(connectionId)
    const page = await transactions.list([connectionId], ask)
    return { ...page, data: page.data.map(placeIn([connection], await rules.some([connection.companyId]))) }
  })
}

/** The newest first, of all the company's connections. @throws {AppError} company_not_found */
export function listOfCompany(
  { unit }: Deps,
  { tenant, companyId, ask }: { tenant: TenantId; companyId: CompanyId; ask: ListAsk },
): Promise<Page<PlacedTransaction>> {
  return unit(tenant, async ({ companies, transactions, connections, rules }) => {
    await companies.get(companyId)
    const theirs = await connections.ofCompany(companyId)
    const page = await transactions.list(
      theirs.map(({ id }) => id),
      ask,
    )
    return { ...page, data: page.data.map(placeIn(theirs, await rules.some([companyId]))) }
  })
}

/**
 * What changed after a cursor, in order, and the cursor to keep: never null, and unmoved where nothing changed. Without one, from the beginning.
 * @throws {AppError} company_not_found, invalid_cursor
 */
export function readChanges(
  { unit }: Deps,
  {
    tenant,
    companyId,
    after,
    limit,
  }: { tenant: TenantId; companyId: CompanyId | null; after: string | undefined; limit: number },
): Promise<{ readonly data: readonly PlacedChange[]; readonly nextCursor: string }> {
  const from = after === undefined ? 0n : positionIn(after)
  return unit(tenant, async ({ companies, transactions, connections, rules }) => {
    if (companyId !== null) await companies.get(companyId)
    const changes = await transactions.changesAfter({ companyId, after: from, limit })
    const places = await connections.some([...new Set(changes.map(({ transaction }) => transaction.connectionId))])
    const theirs = await rules.some([...new Set(changes.map(({ transaction }) => transaction.companyId))])
    const place = placeIn(places, theirs)
    return {
      data: changes.map((change) => ({ ...change, transaction: place(change.transaction) })),
      nextCursor: formatCursor([String(changes.at(-1)?.position ?? from)]),
    }
  })
}

function positionIn(cursor: string): bigint {
  const [text = ''] = parseCursor(cursor, 1)
  if (!/^\d{1,18}$/.test(text)) throw new AppError('invalid_cursor', 'This cursor is not one that this feed gave.')
  return BigInt(text)
}

/** Where each of these belongs, of one company, whose connections and rules are known. */
export function placeIn(
  connections: readonly Connection[],
  rules: ReadonlyMap<CompanyId, readonly Rule[]>,
): (transaction: Transaction) => PlacedTransaction {
  const assignments = new Map(connections.map(({ id, assignment }) => [id, assignment]))
  const categoryOf = categoriesOf(rules)
  return (transaction) => {
    const category = categoryOf(transaction)
    const { keptAssignment, connectionId } = transaction
    return {
      ...transaction,
      assignment: keptAssignment === undefined ? (assignments.get(connectionId) ?? null) : keptAssignment,
      ...(category !== undefined && { category }),
    }
  }
}
