import type { CompanyStore } from '../companies/index.ts'
import type { Clock } from '../shared/clock.ts'
import type { Snapshot } from '../shared/unit.ts'
import type { CompanyId, TenantId } from '../values/ids.ts'
import type { ExportStore } from './index.ts'
import { plainParts, type PlainPart } from './model.ts'

type NeededStores = { companies: Pick<CompanyStore, 'get'>; exports: ExportStore }

/** What an export is of. */
export type Whose = { readonly tenant: TenantId; readonly companyId: CompanyId }

/** A thing that the API shows: read page by page, each as the API shows it. */
export type ShownPart<Stores> = {
  readonly type: string
  readonly read: (stores: Stores, whose: Whose) => AsyncIterable<readonly object[]>
}

/** So many rows are read at a time: what is held of the whole. */
export const rowsAtOnce = 1_000

/**
 * All that we hold of a company as it was at one instant, in chunks of whole lines of JSON; the last line counts what came before it, so that whoever has it has all.
 * The first chunk is there once the company has been found. @throws {AppError} company_not_found, too_many_requests
 */
export async function* exportCompany<Stores extends NeededStores>(
  deps: {
    readonly snapshot: (tenant: TenantId) => Promise<Snapshot<Stores>>
    readonly shownParts: readonly ShownPart<Stores>[]
    readonly clock: Clock
  },
  whose: Whose,
): AsyncGenerator<string, void, void> {
  await using snapshot = await deps.snapshot(whose.tenant)
  const { stores } = snapshot
  await stores.companies.get(whose.companyId)
  yield `${JSON.stringify({ type: 'begin', companyId: whose.companyId, at: deps.clock.now() })}\n`
  const counts: Record<string, number> = {}
  for (const { type, pages } of [
    ...deps.shownParts.map((part) => ({ type: part.type, pages: shownRows(part, stores, whose) })),
    ...plainParts.map((part) => ({ type: part.type, pages: plainRows(part, stores, whose) })),
  ]) {
    counts[type] = 0
    for await (const rows of pages) {
      if (rows.length === 0) continue
      counts[type] += rows.length
      yield rows.map((row) => lineOf(type, row)).join('')
    }
  }
  yield `${JSON.stringify({ type: 'end', counts })}\n`
}

async function* shownRows<Stores>(
  part: ShownPart<Stores>,
  stores: Stores,
  whose: Whose,
): AsyncGenerator<readonly string[]> {
  for await (const things of part.read(stores, whose)) yield things.map((thing) => JSON.stringify(thing))
}

async function* plainRows(
  part: PlainPart,
  { exports }: NeededStores,
  { companyId }: Whose,
): AsyncGenerator<readonly string[]> {
  for (let after: readonly string[] | null = null; ;) {
    const page = await exports.page(part, companyId, { after, limit: rowsAtOnce })
    yield page.rows
    if (page.next === null) return
    after = page.next
  }
}

/** Things have a `type` of their own, so each stands by itself. */
const lineOf = (type: string, thing: string): string => `{"type":"${type}","data":${thing}}\n`
