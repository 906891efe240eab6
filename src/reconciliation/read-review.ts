import type { CompanyStore } from '../companies/index.ts'
import type { ConnectionStore } from '../connections/index.ts'
import type { Connection } from '../connections/model/connection.ts'
import type { Unit } from '../shared/unit.ts'
import type { CompanyId, TenantId } from '../values/ids.ts'
import type { ReconciliationStore, Waiting } from './index.ts'

type Stores = {
  companies: Pick<CompanyStore, 'get'>
  connections: Pick<ConnectionStore, 'ofCompany'>
  reconciliations: Pick<ReconciliationStore, 'waiting'>
}

export type Review = readonly { readonly connection: Connection; readonly waiting: Waiting }[]

/** What waits for somebody to decide, account by account; none that has nothing. @throws {AppError} company_not_found */
export function readReview(
  { unit }: { readonly unit: Unit<Stores> },
  { tenant, companyId }: { tenant: TenantId; companyId: CompanyId },
): Promise<Review> {
  return unit(tenant, async ({ companies, connections, reconciliations }) => {
    await companies.get(companyId)
    const theirs = await connections.ofCompany(companyId)
    const waiting = await reconciliations.waiting(theirs.map(({ id }) => id))
    return theirs.flatMap((connection) => {
      const found = waiting.get(connection.id)
      return found === undefined ? [] : [{ connection, waiting: found }]
    })
  })
}
