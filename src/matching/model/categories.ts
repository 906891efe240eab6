import type { Transaction } from '../../transactions/model/transaction.ts'
import type { CompanyId } from '../../values/ids.ts'
import { lineOf } from './input.ts'
import { categoryIn, firstOf, type Rule } from './rules.ts'

/** What the rules of its company call a transaction. One that is matched belongs to its entries, and needs no other name. */
export function categoriesOf(
  rules: ReadonlyMap<CompanyId, readonly Rule[]>,
): (transaction: Transaction) => string | undefined {
  const rulesOf = new Map([...rules].map(([companyId, list]) => [companyId, firstOf(list)]))
  return (transaction) => {
    const ruleOf = rulesOf.get(transaction.companyId)
    if (ruleOf === undefined || transaction.match?.status === 'confirmed') return undefined
    return categoryIn(ruleOf(lineOf(transaction)))
  }
}
