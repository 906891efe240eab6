import type { CompanyStore } from '../companies/index.ts'
import type { InstitutionStore } from '../institutions/index.ts'
import type { Programme } from '../institutions/model.ts'
import type { ToldReason } from '../providers/provider.ts'
import type { Cipher } from '../shared/crypto.ts'
import type { Unit } from '../shared/unit.ts'
import { asWritten } from '../values/as-written.ts'
import type { AgreementId, CompanyId, InstitutionId, TenantId } from '../values/ids.ts'
import type { AgreementStore } from './index.ts'
import { agreementRow, stepRow, type Agreement, type AgreementState, type AgreementStep } from './model.ts'
import { programmeOf } from './programme-of.ts'

export type DescribeStores = { agreements: Pick<AgreementStore, 'sealed' | 'steps'> }

/** An agreement as it is shown: with its link while that is of use, and its history. */
export type DescribedAgreement = {
  readonly companyId: CompanyId
  /** Null where no bank asks for one. */
  readonly programme: Programme | null
  readonly state: AgreementState | 'not_needed'
  readonly since: Date | null
  readonly reasons: readonly ToldReason[]
  readonly signingUrl: string | null
  readonly linkEndsAt: Date | null
  readonly history: readonly AgreementStep[]
}

const stepsMax = 100

/** How a company's agreement stands, as it was last heard. @throws {AppError} company_not_found, institution_not_found, invalid_request */
export function readAgreement(
  deps: {
    readonly unit: Unit<
      DescribeStores & {
        companies: Pick<CompanyStore, 'get'>
        institutions: Pick<InstitutionStore, 'find' | 'programmesOf'>
        agreements: Pick<AgreementStore, 'find'>
      }
    >
    readonly cipher: Cipher
  },
  { tenant, companyId, institutionId }: { tenant: TenantId; companyId: CompanyId; institutionId: InstitutionId | null },
): Promise<DescribedAgreement> {
  return deps.unit(tenant, async (stores) => {
    const company = await stores.companies.get(companyId)
    const programme = await programmeOf(stores, company, { institutionId, where: '/query' })
    const found = programme === undefined ? undefined : await stores.agreements.find(companyId, programme.id)
    if (programme !== undefined && found !== undefined)
      return describeAgreement(deps, stores, tenant, { agreement: found, programme })
    return {
      companyId,
      programme: programme ?? null,
      state: programme === undefined ? 'not_needed' : 'missing',
      since: null,
      reasons: [],
      signingUrl: null,
      linkEndsAt: null,
      history: [],
    }
  })
}

export async function describeAgreement(
  { cipher }: { readonly cipher: Cipher },
  { agreements }: DescribeStores,
  tenant: TenantId,
  { agreement, programme }: { readonly agreement: Agreement; readonly programme: Programme },
): Promise<DescribedAgreement> {
  const { id, companyId, state, since, linkEndsAt } = agreement
  const sealed = await agreements.sealed(id)
  const history = (await agreements.steps(id, stepsMax)).map((step) => ({
    ...step,
    reasons: toldReasons(cipher, tenant, id, step.told),
  }))
  const link = state === 'to_sign' ? (sealed?.signingUrl ?? null) : null
  return {
    companyId,
    programme,
    state,
    since: history.length === 0 ? null : since,
    reasons: history.at(-1)?.reasons ?? [],
    signingUrl: link === null ? null : cipher.open(link, agreementRow(tenant, id)).toString('utf8'),
    linkEndsAt: link === null ? null : linkEndsAt,
    history,
  }
}

/** What `sealReasons` sealed. */
export function toldReasons(
  cipher: Cipher,
  tenant: TenantId,
  id: AgreementId,
  told: Buffer | null,
): readonly ToldReason[] {
  return told === null ? [] : asWritten(JSON.parse(cipher.open(told, stepRow(tenant, id)).toString('utf8')))
}

export const sealReasons = (
  cipher: Cipher,
  tenant: TenantId,
  id: AgreementId,
  reasons: readonly ToldReason[],
): Buffer | null => (reasons.length === 0 ? null : cipher.seal(JSON.stringify(reasons), stepRow(tenant, id)))
