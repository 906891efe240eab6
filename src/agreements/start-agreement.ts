import type { CompanyStore } from '../companies/index.ts'
import type { Company } from '../companies/model.ts'
import type { DueStore } from '../due/index.ts'
import type { InstitutionStore } from '../institutions/index.ts'
import type { Programme } from '../institutions/model.ts'
import { ProviderError } from '../providers/provider.ts'
import { backTo } from '../shared/back-to.ts'
import { AppError } from '../shared/errors.ts'
import type { Ids } from '../shared/ids.ts'
import type { Unit, UnitFor } from '../shared/unit.ts'
import type { TenantStore } from '../tenants/index.ts'
import type { CompanyId, InstitutionId, TenantId } from '../values/ids.ts'
import {
  drawUp,
  endAtProvider,
  endReplaced,
  isLasting,
  sealAsking,
  type AskDeps,
  type Asking,
  type AskStores,
} from './ask-provider.ts'
import type { AgreementStore } from './index.ts'
import { lookAgainAt, onAskingAnew, type Agreement } from './model.ts'
import { programmeOf } from './programme-of.ts'
import { describeAgreement, type DescribedAgreement, type DescribeStores } from './read-agreement.ts'
import { writeDrawnUp, type WriteStores } from './write-down.ts'

export type AgreementAsk = {
  readonly companyId: CompanyId
  readonly signatory: Asking['signatory']
  readonly institutionId: InstitutionId | null
  readonly redirectUrl: string | null
}

type IntendStores = {
  tenants: Pick<TenantStore, 'find'>
  companies: Pick<CompanyStore, 'hold'>
  institutions: Pick<InstitutionStore, 'find' | 'programmesOf'>
  agreements: Pick<AgreementStore, 'find' | 'add' | 'save' | 'byId' | 'hold' | 'sealed'>
  due: Pick<DueStore, 'set'>
}

export type StartAgreementStores = WriteStores & DescribeStores & { due: Pick<DueStore, 'set'> }

type Deps = Omit<AskDeps, 'plain'> & {
  readonly plain: Unit<IntendStores & AskStores>
  readonly unit: UnitFor<StartAgreementStores, DescribedAgreement>
  readonly ids: Ids
}

/**
 * Has an agreement drawn up for somebody to sign. What is to be asked is written down before the provider is asked, under a key by which it draws up one however often it
 * is asked: a process that is killed in between leaves it to the clock. One that waits for its signature is replaced, and ended at the provider.
 * @throws {AppError} company_not_found, institution_not_found, redirect_url_missing, redirect_url_not_registered, agreement_not_needed, agreement_conflict,
 *   bank_unavailable, bank_refused
 */
export async function startAgreement(
  deps: Deps,
  { tenant, ask }: { readonly tenant: TenantId; readonly ask: AgreementAsk },
): Promise<DescribedAgreement> {
  const attemptId = deps.ids.uuid()
  const intent = await deps.plain(tenant, (stores) => intend(deps, stores, { tenant, ask, attemptId }))
  const { programme, redirectUrl } = intent
  const { id } = intent.agreement
  const started = await drawUp(deps, { tenant, ...intent, signatory: ask.signatory }).catch((error: unknown) =>
    giveUp(deps, { tenant, id, attemptId, error }),
  )
  const described = await deps
    .unit(tenant, async (stores) => {
      const now = deps.clock.now()
      const drawn = await writeDrawnUp(deps, stores, { tenant, id, attemptId, started, redirectUrl, now })
      if (drawn === undefined) throw isSettled()
      const at = lookAgainAt(drawn, now) ?? now
      await stores.due.set({ kind: 'agreement', subject: id, at, lane: drawn.programmeId })
      return describeAgreement(deps, stores, tenant, { agreement: drawn, programme })
    })
    .catch(async (error: unknown) => {
      if (error instanceof AppError && error.code === 'agreement_conflict')
        await endAtProvider(deps, { programmeId: programme.id, ref: started.ref })
      throw error
    })
  await endReplaced(deps, { tenant, id })
  return described
}

type Intent = {
  readonly agreement: Agreement
  readonly company: Company
  readonly programme: Programme
  readonly redirectUrl: string
}

/** Until then the request itself is about it; after that the clock stands in for it. */
const ownTimeMs = 120_000

/** What is going to be asked. The agreement stays what it was until the provider has answered. */
async function intend(
  { cipher, clock, ids }: Pick<Deps, 'cipher' | 'clock' | 'ids'>,
  { tenants, companies, institutions, agreements, due }: IntendStores,
  { tenant, ask, attemptId }: { readonly tenant: TenantId; readonly ask: AgreementAsk; readonly attemptId: string },
): Promise<Intent> {
  const company = await companies.hold(ask.companyId)
  const redirectUrl = backTo(await tenants.find(), ask.redirectUrl)
  const programme = await programmeOf({ institutions }, company, { institutionId: ask.institutionId, where: '/body' })
  if (programme === undefined)
    throw new AppError('agreement_not_needed', 'No agreement is asked for: begin with a consent session.')
  const now = clock.now()
  const found = await agreements.find(company.id, programme.id)
  if (found !== undefined && onAskingAnew(found.state) === 'settled') throw isSettled()
  const agreement = { ...(found ?? missing(ids.uuid(), company.id, programme, now)), attemptId, isBeingDrawnUp: true }
  const asking = sealAsking(cipher, tenant, agreement.id, { signatory: ask.signatory, redirectUrl })
  if (found === undefined)
    await agreements.add(agreement, { asking, providerRef: null, signingUrl: null, formerRefs: [] })
  else await agreements.save(agreement, { asking })
  const at = new Date(now.getTime() + ownTimeMs)
  await due.set({ kind: 'agreement', subject: agreement.id, at, lane: programme.id })
  return { agreement, company, programme, redirectUrl }
}

const missing = (id: string, companyId: CompanyId, programme: Programme, now: Date) => ({
  id,
  companyId,
  programmeId: programme.id,
  state: 'missing' as const,
  since: now,
  reasons: [],
  redirectUrl: null,
  linkEndsAt: null,
  createdAt: now,
})

const isSettled = (): AppError =>
  new AppError(
    'agreement_conflict',
    'The agreement is signed already, or somebody else has just asked for one: read how it stands.',
  )

/** The provider could not be asked, or would not draw it up: it is not asked for again, and all is as it was. */
async function giveUp(
  deps: Deps,
  { tenant, id, attemptId, error }: { tenant: TenantId; id: string; attemptId: string; error: unknown },
): Promise<never> {
  if (!(error instanceof ProviderError)) throw error
  await deps.plain(tenant, async ({ agreements, due }) => {
    const held = await agreements.hold(id)
    if (held === undefined || held.attemptId !== attemptId || !held.isBeingDrawnUp) return
    const now = deps.clock.now()
    await agreements.save(held, { asking: null })
    await due.set({ kind: 'agreement', subject: id, at: lookAgainAt(held, now) ?? now, lane: held.programmeId })
  })
  throw isLasting(error)
    ? new AppError('bank_refused', 'The provider refused to draw up an agreement.', { cause: error })
    : new AppError('bank_unavailable', 'The provider does not answer right now. Try again later.', { cause: error })
}
