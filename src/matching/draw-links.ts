import { AppError } from '../shared/errors.ts'
import type { CompanyId } from '../values/ids.ts'
import { materialOf, refusedBy, type DecisionStores } from './commit-decision.ts'
import { combinationOf, type Match } from './model/match.ts'
import { readLinks, type LinksInput } from './model/links.ts'

/**
 * Links as a person draws them, between transactions and entries of the company.
 * @throws {AppError} transaction_not_found, entry_not_found, invalid_request, match_does_not_add_up
 */
export async function drawLinks(
  stores: DecisionStores,
  companyId: CompanyId,
  input: LinksInput,
): Promise<Pick<Match, 'links' | 'difference'>> {
  const { transactionIds, entryIds } = combinationOf([input])
  const material = await materialOf(stores, companyId, { transactionIds, entryIds })
  const transaction = transactionIds.find((id) => !material.transactions.has(id))
  if (transaction !== undefined) throw new AppError('transaction_not_found', `There is no transaction ${transaction}.`)
  const entry = entryIds.find((id) => !material.entries.has(id))
  if (entry !== undefined) throw new AppError('entry_not_found', `There is no entry ${entry}.`)
  const reading = readLinks(input, material)
  switch (reading.kind) {
    case 'links':
      return { links: reading.links, difference: reading.difference }
    case 'refused':
      throw refusedBy(reading)
    case 'wrong':
      throw new AppError('invalid_request', 'The links do not make sense: see errors.', {
        errors: reading.errors.map(({ path, message }) => ({ path: `/body${path}`, message })),
      })
  }
}
