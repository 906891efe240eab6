import type { Company } from '../companies/model.ts'
import type { InstitutionStore } from '../institutions/index.ts'
import type { Programme } from '../institutions/model.ts'
import { AppError } from '../shared/errors.ts'
import type { InstitutionId } from '../values/ids.ts'

/**
 * With whom the company needs an agreement: for the institution that is named, else the one programme that asks for it in its country. Undefined where nobody does.
 * @param where the field that would have named the institution
 * @throws {AppError} institution_not_found, invalid_request where several ask and none is named
 */
export async function programmeOf(
  { institutions }: { readonly institutions: Pick<InstitutionStore, 'find' | 'programmesOf'> },
  { country }: Pick<Company, 'country'>,
  { institutionId, where }: { readonly institutionId: InstitutionId | null; readonly where: '/body' | '/query' },
): Promise<Programme | undefined> {
  if (institutionId !== null) {
    const institution = await institutions.find(institutionId)
    if (institution === undefined)
      throw new AppError('institution_not_found', `There is no institution ${institutionId}.`)
    return institution.agreement ?? undefined
  }
  const [programme, ...others] = await institutions.programmesOf(country)
  if (others.length > 0)
    throw new AppError('invalid_request', 'Several agreements are asked for in this country. Name the bank.', {
      errors: [{ path: `${where}/institutionId`, message: 'is required where more than one agreement can be meant' }],
    })
  return programme
}
