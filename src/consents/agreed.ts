import type { AgreementStore } from '../agreements/index.ts'
import { obstacleOf, type Agreement } from '../agreements/model.ts'
import type { Institution } from '../institutions/model.ts'
import { AppError } from '../shared/errors.ts'
import type { CompanyId } from '../values/ids.ts'

/**
 * The company's agreement, where the institution asks for one before anybody may consent there.
 * @throws {AppError} agreement_required, which says whether to sign or to wait
 */
export async function agreementFor(
  { agreements }: { readonly agreements: Pick<AgreementStore, 'find'> },
  institution: Institution,
  companyId: CompanyId,
): Promise<Agreement | undefined> {
  if (institution.agreement === null) return undefined
  const agreement = await agreements.find(companyId, institution.agreement.id)
  const obstacle = obstacleOf(agreement?.state ?? 'missing')
  if (obstacle === undefined) return agreement
  const href = `/v1/companies/${companyId}/agreement`
  const todo =
    obstacle.next === 'wait'
      ? 'Wait for agreement.changed.'
      : agreement?.state === 'to_sign'
        ? `Send the signatory the signingUrl of GET ${href}.`
        : `Begin one with POST ${href}.`
  throw new AppError('agreement_required', `${obstacle.text}. ${todo}`)
}
