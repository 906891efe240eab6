import type { DueStore } from '../due/index.ts'
import type { KeyStore } from '../matching/index.ts'
import type { Clock } from '../shared/clock.ts'
import type { Unit } from '../shared/unit.ts'
import type { CompanyId, EntryId, TenantId } from '../values/ids.ts'
import type { EntryStore } from './index.ts'
import { settleMs } from './put-entries.ts'
import { notFound } from './read-entries.ts'

type Stores = {
  entries: Pick<EntryStore, 'delete'>
  keys: Pick<KeyStore, 'mark'>
  due: Pick<DueStore, 'setBy'>
}

/** What a person decided about it stays on record; what was only suggested ends with it. @throws {AppError} entry_not_found */
export function deleteEntry(
  deps: { readonly unit: Unit<Stores>; readonly clock: Clock },
  { tenant, companyId, id }: { tenant: TenantId; companyId: CompanyId; id: EntryId },
): Promise<void> {
  return deps.unit(tenant, async ({ entries, keys, due }) => {
    if (!(await entries.delete(companyId, id))) throw notFound(id)
    await keys.mark(companyId, { entryIds: [id] })
    await due.setBy({ kind: 'match', subject: companyId, at: new Date(deps.clock.now().getTime() + settleMs) })
  })
}
