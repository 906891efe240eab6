import type { Clock } from '../shared/clock.ts'
import { AppError, type FieldError } from '../shared/errors.ts'
import type { Unit, UnitFor } from '../shared/unit.ts'
import type { CompanyId, EntryId, TenantId } from '../values/ids.ts'
import { changeEntries, type ChangeStores } from './change-entries.ts'
import type { EntryStore } from './index.ts'
import { readEntry, type Entry, type EntryInput } from './model.ts'

export type PutEntriesStores = ChangeStores & { entries: Pick<EntryStore, 'save'> }

export type BatchResult = {
  readonly entryId: EntryId
  readonly status: 'saved' | 'refused'
  readonly errors: readonly FieldError[]
}

/** Creates or replaces one entry. @throws {AppError} company_not_found, invalid_request */
export async function putEntry(
  deps: { readonly unit: Unit<PutEntriesStores>; readonly clock: Clock },
  { tenant, companyId, id, input }: { tenant: TenantId; companyId: CompanyId; id: EntryId; input: EntryInput },
): Promise<Entry> {
  const reading = readEntry(companyId, id, input)
  if (reading.kind === 'wrong')
    throw new AppError('invalid_request', 'The entry does not make sense: see errors.', {
      errors: reading.errors.map(({ path, message }) => ({ path: `/body${path}`, message })),
    })
  await deps.unit(tenant, (stores) => save(stores, companyId, [reading.entry], deps.clock.now()))
  return reading.entry
}

/**
 * Creates or replaces up to 1,000 entries: those that make sense are saved together, each of the others says what is wrong with it. Of two with one id
 * the last counts and the first is refused.
 * @throws {AppError} company_not_found
 */
export function putEntries(
  deps: { readonly unit: UnitFor<PutEntriesStores, readonly BatchResult[]>; readonly clock: Clock },
  {
    tenant,
    companyId,
    inputs,
  }: { tenant: TenantId; companyId: CompanyId; inputs: readonly (EntryInput & { readonly entryId: EntryId })[] },
): Promise<readonly BatchResult[]> {
  const lastOf = new Map(inputs.map(({ entryId }, index) => [entryId, index]))
  const entries: Entry[] = []
  const results = inputs.map((input, index): BatchResult => {
    const { entryId } = input
    if (lastOf.get(entryId) !== index)
      return {
        entryId,
        status: 'refused',
        errors: [{ path: `/body/entries/${index}/entryId`, message: 'stands again further down' }],
      }
    const reading = readEntry(companyId, entryId, input)
    if (reading.kind === 'wrong')
      return {
        entryId,
        status: 'refused',
        errors: reading.errors.map(({ path, message }) => ({ path: `/body/entries/${index}${path}`, message })),
      }
    entries.push(reading.entry)
    return { entryId, status: 'saved', errors: [] }
  })
  return deps.unit(tenant, async (stores) => {
    await save(stores, companyId, entries, deps.clock.now())
    return results
  })
}

function save(stores: PutEntriesStores, companyId: CompanyId, changed: readonly Entry[], now: Date): Promise<void> {
  const ids = changed.map(({ id }) => id)
  return changeEntries(stores, companyId, { ids, now }, () => stores.entries.save(changed, now))
}
