import type { Clock } from '../shared/clock.ts'
import type { Unit } from '../shared/unit.ts'
import type { CompanyId, EntryId, TenantId } from '../values/ids.ts'
import { changeEntries, type ChangeStores } from './change-entries.ts'
import type { EntryStore } from './index.ts'
import { notFound } from './read-entries.ts'

type Stores = ChangeStores & { entries: Pick<EntryStore, 'find' | 'delete'> }

/** What was decided about it stays on record, and says that the entry is gone; what was only suggested ends with it. @throws {AppError} entry_not_found */
export function deleteEntry(
  deps: { readonly unit: Unit<Stores>; readonly clock: Clock },
  { tenant, companyId, id }: { tenant: TenantId; companyId: CompanyId; id: EntryId },
): Promise<void> {
  return deps.unit(tenant, async (stores) => {
    if ((await stores.entries.find(companyId, id)) === undefined) throw notFound(id)
    await changeEntries(stores, companyId, { ids: [id], now: deps.clock.now() }, async () => {
      // Somebody may have deleted it while the company was being held.
      if (!(await stores.entries.delete(companyId, id))) throw notFound(id)
    })
  })
}
