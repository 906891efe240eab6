import type { LedgerAccountStore } from '../companies/index.ts'
import type { Company } from '../companies/model.ts'
import type { ConnectionStore } from '../connections/index.ts'
import type { ConnectionId } from '../values/ids.ts'
import type { LessonStore, RuleStore } from './index.ts'
import { habitsOf, type Habits, type Lesson } from './model/habits.ts'
import { ownAccountsOf } from './model/input.ts'
import { hashOf } from './model/key-index.ts'
import { inForce } from './model/learning.ts'
import type { Rule } from './model/rules.ts'
import type { OwnAccount } from './model/types.ts'

export type CircumstanceStores = {
  ledgerAccounts: Pick<LedgerAccountStore, 'ofCompany'>
  connections: Pick<ConnectionStore, 'ofCompany'>
  lessons: Pick<LessonStore, 'newest'>
  rules: Pick<RuleStore, 'get'>
}

/** What all evidence of a company stands on. When it changes, everything is matched again; but for what is learned, which is of single parties. */
export type Circumstances = {
  /** The connections whose transactions are delivered. */
  readonly delivered: readonly ConnectionId[]
  readonly ownAccounts: readonly OwnAccount[]
  /** Of the company's bank accounts. */
  readonly currencies: readonly string[]
  readonly lessons: readonly Lesson[]
  /** The same together. */
  readonly habits: Habits
  readonly rules: readonly Rule[]
  /** The same for the same circumstances. */
  readonly digest: bigint
}

export async function circumstancesOf(
  stores: CircumstanceStores,
  company: Pick<Company, 'id' | 'name'>,
): Promise<Circumstances> {
  const companyId = company.id
  const connections = await stores.connections.ofCompany(companyId)
  const delivered = connections
    .filter(({ assignment }) => assignment !== null && assignment !== 'none')
    .map(({ id }) => id)
    .toSorted()
  const ownAccounts = ownAccountsOf(company, connections, await stores.ledgerAccounts.ofCompany(companyId)).toSorted(
    (a, b) => (a.connectionId < b.connectionId ? -1 : 1),
  )
  const lessons = inForce(await stores.lessons.newest(companyId)).map(({ kind, seen, party, isNot }) => ({
    kind,
    seen,
    party,
    isNot,
  }))
  const rules = await stores.rules.get(companyId)
  const digest = hashOf(JSON.stringify([delivered, ownAccounts, ...rules]))
  const currencies = [...new Set(connections.map(({ currency }) => currency))]
  return { delivered, ownAccounts, currencies, lessons, habits: habitsOf(lessons), rules, digest }
}
