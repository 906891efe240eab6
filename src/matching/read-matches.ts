import type { CompanyStore } from '../companies/index.ts'
import type { ConnectionStore } from '../connections/index.ts'
import type { Connection } from '../connections/model/connection.ts'
import type { EntryStore } from '../entries/index.ts'
import type { Entry } from '../entries/model.ts'
import type { Page } from '../shared/page.ts'
import type { Unit } from '../shared/unit.ts'
import type { TransactionStore } from '../transactions/index.ts'
import type { Transaction } from '../transactions/model/transaction.ts'
import type { CompanyId, MatchId, MatchingRunId, TenantId } from '../values/ids.ts'
import type { MatchStore, RuleStore } from './index.ts'
import { categoriesOf } from './model/categories.ts'
import { combinationOf, entryIdsOf, transactionIdsOf, type Match } from './model/match.ts'
import type { MatchingRun } from './model/run.ts'
import type { MatchAsk } from './store.ts'

type Stores = {
  companies: Pick<CompanyStore, 'get'>
  connections: Pick<ConnectionStore, 'some'>
  transactions: Pick<TransactionStore, 'some'>
  entries: Pick<EntryStore, 'some'>
  matches: Pick<MatchStore, 'get' | 'list' | 'getRun'>
  rules: Pick<RuleStore, 'some'>
}
type Deps = { readonly unit: Unit<Stores> }

export type Expansion = 'transactions' | 'entries'

/** A match with what it speaks of, where that was asked for. What is gone is missing. */
export type ExpandedMatch = Match & {
  readonly transactions?: readonly (Transaction & {
    readonly assignment: Connection['assignment']
    readonly category?: string
  })[]
  readonly entries?: readonly Entry[]
}

/** @throws {AppError} match_not_found */
export function getMatch(
  { unit }: Deps,
  { tenant, id, expand }: { tenant: TenantId; id: MatchId; expand: readonly Expansion[] },
): Promise<ExpandedMatch> {
  return unit(tenant, async (stores) => {
    const match = await stores.matches.get(id)
    const [expanded = match] = await expandAll(stores, match.companyId, [match], expand)
    return expanded
  })
}

/** The newest first. @throws {AppError} company_not_found */
export function listMatches(
  { unit }: Deps,
  {
    tenant,
    companyId,
    ask,
  }: { tenant: TenantId; companyId: CompanyId; ask: MatchAsk & { readonly expand: readonly Expansion[] } },
): Promise<Page<ExpandedMatch>> {
  return unit(tenant, async (stores) => {
    await stores.companies.get(companyId)
    const page = await stores.matches.list(companyId, ask)
    return { ...page, data: await expandAll(stores, companyId, page.data, ask.expand) }
  })
}

/** @throws {AppError} matching_run_not_found */
export const getMatchingRun = (
  { unit }: Deps,
  { tenant, id }: { tenant: TenantId; id: MatchingRunId },
): Promise<MatchingRun> => unit(tenant, ({ matches }) => matches.getRun(id))

async function expandAll(
  stores: Stores,
  companyId: CompanyId,
  matches: readonly Match[],
  expand: readonly Expansion[],
): Promise<readonly ExpandedMatch[]> {
  const transactions = expand.includes('transactions') ? await placed(stores, companyId, matches) : null
  const entries = expand.includes('entries')
    ? await stores.entries.some(companyId, combinationOf(matches).entryIds)
    : null
  return matches.map((match) => ({
    ...match,
    ...(transactions !== null && {
      transactions: transactions.filter(({ id }) => transactionIdsOf(match).includes(id)),
    }),
    ...(entries !== null && { entries: entries.filter(({ id }) => entryIdsOf(match).includes(id)) }),
  }))
}

async function placed(
  { transactions, connections, rules }: Stores,
  companyId: CompanyId,
  matches: readonly Match[],
): Promise<NonNullable<ExpandedMatch['transactions']>> {
  const those = await transactions.some(combinationOf(matches).transactionIds)
  const places = new Map(
    (await connections.some([...new Set(those.map(({ connectionId }) => connectionId))])).map(({ id, assignment }) => [
      id,
      assignment,
    ]),
  )
  const categoryOf = categoriesOf(await rules.some([companyId]))
  return those.map((transaction) => {
    const category = categoryOf(transaction)
    return {
      ...transaction,
      assignment: places.get(transaction.connectionId) ?? null,
      ...(category !== undefined && { category }),
    }
  })
}
