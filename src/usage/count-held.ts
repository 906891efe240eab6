import type { CompanyStore, LedgerAccountStore } from '../companies/index.ts'
import type { ConnectionStore } from '../connections/index.ts'
import { ledgerAccountIdOf } from '../connections/model/connection.ts'
import type { TransactionStore } from '../transactions/index.ts'
import { localDay } from '../values/day.ts'
import type { UsageStore } from './index.ts'

/**
 * Counts what was held already and is delivered because its connection belongs somewhere now: a unit of work does so before its commit, whoever assigned it. Where
 * the ledger account's books are closed it is marked first, as an import into it would have.
 */
export async function countHeld(
  {
    companies,
    ledgerAccounts,
    connections,
    transactions,
    usage,
  }: {
    companies: Pick<CompanyStore, 'get'>
    ledgerAccounts: Pick<LedgerAccountStore, 'find'>
    connections: Pick<ConnectionStore, 'some'>
    transactions: Pick<TransactionStore, 'takeHeldDelivered' | 'closeBooked' | 'countOnce'>
    usage: Pick<UsageStore, 'count'>
  },
  now: Date,
): Promise<void> {
  for (const { connectionId, ids } of transactions.takeHeldDelivered()) {
    const [connection] = await connections.some([connectionId])
    if (connection === undefined) continue
    const { companyId, firstActivatedOn } = connection
    const accountId = ledgerAccountIdOf(connection)
    const account = accountId === null ? undefined : await ledgerAccounts.find(companyId, accountId)
    if (account !== undefined && account.bookedThrough !== null)
      await transactions.closeBooked(ids, account.bookedThrough)
    const day = localDay(now, (await companies.get(companyId)).timeZone)
    const counted = firstActivatedOn === null ? 0 : await transactions.countOnce(ids, { from: firstActivatedOn, day })
    await usage.count(connection, { day, transactions: counted })
  }
}
