import type { CompanyStore } from '../companies/index.ts'
import type { ConnectionStore } from '../connections/index.ts'
import { ledgerAccountIdOf, type Connection } from '../connections/model/connection.ts'
import type { EntryStore } from '../entries/index.ts'
import type { Entry } from '../entries/model.ts'
import type { RuleStore } from '../matching/index.ts'
import { categoriesOf } from '../matching/model/categories.ts'
import type { Clock } from '../shared/clock.ts'
import { AppError } from '../shared/errors.ts'
import type { Unit } from '../shared/unit.ts'
import type { SyncStore } from '../sync/index.ts'
import { watermarkOf, type Range } from '../sync/model/coverage.ts'
import type { TransactionStore } from '../transactions/index.ts'
import type { Transaction } from '../transactions/model/transaction.ts'
import { addDays, localDay, type Day } from '../values/day.ts'
import type { ConnectionId, TenantId } from '../values/ids.ts'
import { parseMoney } from '../values/money.ts'
import type { ReconciliationStore } from './index.ts'
import { balanceAt, missingThrough, sumsSince, type BalanceAt } from './model/balance-at.ts'
import { outstandingAt, reconcile, type Reconciled, type Total } from './model/reconcile.ts'

type Stores = {
  companies: Pick<CompanyStore, 'get'>
  connections: Pick<ConnectionStore, 'get'>
  sync: Pick<SyncStore, 'state' | 'closes'>
  transactions: Pick<TransactionStore, 'sumsByDay' | 'some'>
  entries: Pick<EntryStore, 'some'>
  rules: Pick<RuleStore, 'some'>
  reconciliations: Pick<ReconciliationStore, 'notInBooks' | 'postings'>
}

type PlacedTransaction = Transaction & { readonly assignment: Connection['assignment']; readonly category?: string }

export type Reconciliation = Reconciled & {
  readonly connection: Connection
  readonly day: Day
  readonly bank: BalanceAt
  /** Days up to then that are not held: what they had is in none of the sums. */
  readonly missing: readonly Range[]
  /** The oldest of them. */
  readonly notInBooks: Total & {
    readonly rows: readonly { readonly transaction: PlacedTransaction; readonly minor: bigint }[]
  }
  readonly notAtBank: Total & { readonly rows: readonly { readonly entry: Entry; readonly minor: bigint }[] }
}

/** How many of each side are shown; all of them are in the sums. */
const rowsMax = 100

/** A told balance further from the day than this is no witness of it. */
const closesDays = 400

/**
 * The account at the end of a day, by what is known now. Without a day, of the last that is held completely.
 * @throws {AppError} connection_not_found, invalid_request for a balance of the books that is no amount of the account's currency
 */
export function readReconciliation(
  { unit, clock }: { readonly unit: Unit<Stores>; readonly clock: Clock },
  ask: { tenant: TenantId; connectionId: ConnectionId; day: Day | null; booksBalance: string | null },
): Promise<Reconciliation> {
  return unit(ask.tenant, async (stores) => {
    const connection = await stores.connections.get(ask.connectionId)
    const { currency, companyId, startDate } = connection
    const givenMinor = ask.booksBalance === null ? null : minorOf(ask.booksBalance, currency)
    const { timeZone } = await stores.companies.get(companyId)
    const today = localDay(clock.now(), timeZone)
    const { coverage } = await stores.sync.state(connection.id)
    const day = ask.day ?? watermarkOf(coverage) ?? addDays(today, -1)

    const closes = await stores.sync.closes(connection.id, addDays(day, -closesDays))
    const sums = await stores.transactions.sumsByDay(connection.id, { from: sumsSince(closes, day), to: today })
    const bank = balanceAt(day, { closes, sums, coverage, today, currency })
    const notInBooks = await unknownToBooks(stores, connection, day)
    const notAtBank = await unknownToBank(stores, connection, day)
    return {
      ...reconcile({ bank, notInBooks, notAtBank, givenMinor }),
      connection,
      day,
      bank,
      missing: missingThrough(day, { coverage, startDate }),
      notInBooks,
      notAtBank,
    }
  })
}

function minorOf(text: string, currency: string): bigint {
  try {
    return parseMoney(text, currency).minor
  } catch (error) {
    if (error instanceof RangeError)
      throw new AppError('invalid_request', 'The request is not valid.', {
        errors: [{ path: '/query/booksBalance', message: error.message }],
      })
    throw error
  }
}

async function unknownToBooks(
  { reconciliations, transactions, rules }: Stores,
  connection: Connection,
  day: Day,
): Promise<Reconciliation['notInBooks']> {
  const { rows, ...total } = await reconciliations.notInBooks(accountOf(connection), day, rowsMax)
  const shown = new Map((await transactions.some(rows.map(({ id }) => id))).map((each) => [each.id, each]))
  const categoryOf = categoriesOf(await rules.some([connection.companyId]))
  return {
    ...total,
    rows: rows.flatMap(({ id, minor }) => {
      const transaction = shown.get(id)
      if (transaction === undefined) return []
      const { keptAssignment } = transaction
      const assignment = keptAssignment === undefined ? connection.assignment : keptAssignment
      const category = categoryOf(transaction)
      return [{ transaction: { ...transaction, assignment, ...(category !== undefined && { category }) }, minor }]
    }),
  }
}

async function unknownToBank(
  { reconciliations, entries }: Stores,
  connection: Connection,
  day: Day,
): Promise<Reconciliation['notAtBank']> {
  const { ledgerAccountId, ...account } = accountOf(connection)
  if (ledgerAccountId === null) return { count: 0, minor: 0n, rows: [] }
  const postings = await reconciliations.postings(
    { ...account, ledgerAccountId },
    { day, currency: connection.currency },
  )
  const outstanding = postings
    .map((posting) => ({ id: posting.id, minor: outstandingAt(day, posting, ledgerAccountId) }))
    .filter(({ minor }) => minor !== 0n)
  const first = outstanding.slice(0, rowsMax)
  const shown = new Map(
    (
      await entries.some(
        account.companyId,
        first.map(({ id }) => id),
      )
    ).map((entry) => [entry.id, entry]),
  )
  return {
    count: outstanding.length,
    minor: outstanding.reduce((sum, { minor }) => sum + minor, 0n),
    rows: first.flatMap(({ id, minor }) => {
      const entry = shown.get(id)
      return entry === undefined ? [] : [{ entry, minor }]
    }),
  }
}

const accountOf = (connection: Connection) => ({
  companyId: connection.companyId,
  connectionId: connection.id,
  ledgerAccountId: ledgerAccountIdOf(connection),
})
