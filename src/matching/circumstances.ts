import type { LedgerAccountStore } from '../companies/index.ts'
import type { ConnectionStore } from '../connections/index.ts'
import type { CompanyId, ConnectionId } from '../values/ids.ts'
import { ownAccountsOf } from './model/input.ts'
import { hashOf } from './model/key-index.ts'
import type { OwnAccount } from './model/types.ts'

export type CircumstanceStores = {
  ledgerAccounts: Pick<LedgerAccountStore, 'ofCompany'>
  connections: Pick<ConnectionStore, 'ofCompany'>
}

/** What all evidence of a company stands on. When it changes, everything is matched again. */
export type Circumstances = {
  /** The connections whose transactions are delivered. */
  readonly delivered: readonly ConnectionId[]
  readonly ownAccounts: readonly OwnAccount[]
  /** The same for the same circumstances. */
  readonly digest: bigint
}

export async function circumstancesOf(stores: CircumstanceStores, companyId: CompanyId): Promise<Circumstances> {
  const connections = await stores.connections.ofCompany(companyId)
  const delivered = connections
    .filter(({ assignment }) => assignment !== null && assignment !== 'none')
    .map(({ id }) => id)
    .toSorted()
  const ownAccounts = ownAccountsOf(connections, await stores.ledgerAccounts.ofCompany(companyId)).toSorted((a, b) =>
    a.connectionId < b.connectionId ? -1 : 1,
  )
  return { delivered, ownAccounts, digest: hashOf(JSON.stringify([delivered, ownAccounts])) }
}
