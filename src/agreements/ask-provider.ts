// What the provider is asked about an agreement, outside of any transaction.

import type { CompanyStore } from '../companies/index.ts'
import type { Company } from '../companies/model.ts'
import { nativeIdOf, providerOf } from '../institutions/model.ts'
import {
  ProviderError,
  type Agreements,
  type AgreementStarted,
  type AgreementTold,
  type Provider,
  type Signatory,
} from '../providers/provider.ts'
import type { Clock } from '../shared/clock.ts'
import type { Cipher } from '../shared/crypto.ts'
import type { Log } from '../shared/log.ts'
import type { Unit } from '../shared/unit.ts'
import { asWritten } from '../values/as-written.ts'
import type { AgreementId, ProgrammeId, TenantId } from '../values/ids.ts'
import type { AgreementStore } from './index.ts'
import { agreementRow, isOpen, lookAgainAt, type Agreement } from './model.ts'

export type AskStores = {
  agreements: Pick<AgreementStore, 'byId' | 'hold' | 'sealed' | 'save'>
  companies: Pick<CompanyStore, 'get'>
}

export type AskDeps = {
  readonly plain: Unit<AskStores>
  readonly providers: ReadonlyMap<string, Provider>
  readonly cipher: Cipher
  readonly clock: Clock
  readonly log: Log
  readonly publicUrl: string
}

/** Kept encrypted until the provider has been asked. */
export type Asking = { readonly signatory: Signatory; readonly redirectUrl: string }

export const sealAsking = (cipher: Cipher, tenant: TenantId, id: AgreementId, asking: Asking): Buffer =>
  cipher.seal(JSON.stringify(asking), agreementRow(tenant, id))

/** Undefined where the provider is not configured, or asks for agreements no more. */
const agreementsOf = ({ providers }: Pick<AskDeps, 'providers'>, programmeId: ProgrammeId): Agreements | undefined =>
  providers.get(providerOf(programmeId))?.agreements

export type Seen =
  /** There is none any more, or nothing is to be asked. */
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'drawn_up'
      readonly attemptId: string
      readonly started: AgreementStarted
      readonly redirectUrl: string
    }
  | { readonly kind: 'told'; readonly seen: Agreement; readonly answer: AgreementTold }
  /** `lasting`: asking again will not help. */
  | { readonly kind: 'failed'; readonly seen: Agreement; readonly lasting: boolean }

/** Does what is to be done at the provider: ends what was replaced, then has it drawn up where that is still to be done, else hears how it stands. */
export async function askProvider(
  deps: AskDeps,
  { tenant, id }: { readonly tenant: TenantId; readonly id: AgreementId },
): Promise<Seen> {
  await endReplaced(deps, { tenant, id })
  const found = await deps.plain(tenant, async ({ agreements, companies }) => {
    const agreement = await agreements.byId(id)
    const sealed = await agreements.sealed(id)
    if (agreement === undefined || sealed === undefined) return undefined
    return { agreement, sealed, company: await companies.get(agreement.companyId) }
  })
  if (found === undefined) return { kind: 'nothing' }
  const { agreement, sealed, company } = found
  const open = (part: Buffer) => deps.cipher.open(part, agreementRow(tenant, id)).toString('utf8')
  const now = deps.clock.now()
  try {
    if (sealed.asking !== null) {
      // What `sealAsking` sealed.
      const asking = asWritten<Asking>(JSON.parse(open(sealed.asking)))
      const started = await drawUp(deps, { tenant, agreement, company, signatory: asking.signatory })
      return { kind: 'drawn_up', attemptId: agreement.attemptId, started, redirectUrl: asking.redirectUrl }
    }
    if (sealed.providerRef === null || lookAgainAt(agreement, now) === null) return { kind: 'nothing' }
    const agreements = agreementsOf(deps, agreement.programmeId)
    if (agreements === undefined) return { kind: 'failed', seen: agreement, lasting: false }
    const programme = nativeIdOf(agreement.programmeId)
    const answer = await agreements.state({ programme, ref: open(sealed.providerRef), now })
    return { kind: 'told', seen: agreement, answer }
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    deps.log.warn({ err: error, agreement: id }, 'the provider could not be asked for an agreement')
    return { kind: 'failed', seen: agreement, lasting: isLasting(error) }
  }
}

/** Asked again for the same attempt, the provider answers with what it drew up then. @throws {ProviderError} */
export async function drawUp(
  deps: Pick<AskDeps, 'providers' | 'cipher' | 'clock' | 'publicUrl'>,
  ask: {
    readonly tenant: TenantId
    readonly agreement: Pick<Agreement, 'id' | 'programmeId' | 'attemptId'>
    readonly company: Pick<Company, 'name' | 'country' | 'organisationNumber'>
    readonly signatory: Signatory
  },
): Promise<AgreementStarted> {
  const { id, programmeId, attemptId } = ask.agreement
  const { name, country, organisationNumber } = ask.company
  const agreements = agreementsOf(deps, programmeId)
  if (agreements === undefined) throw new ProviderError('temporary', `no provider of ${programmeId} is configured`)
  return agreements.start({
    programme: nativeIdOf(programmeId),
    key: attemptId,
    company: { name, country, ...(organisationNumber !== null && { organisationNumber }) },
    signatory: ask.signatory,
    returnUrl: returnUrlOf(deps, ask.tenant, id),
    now: deps.clock.now(),
  })
}

export const isLasting = ({ kind }: ProviderError): boolean => kind !== 'temporary' && kind !== 'rate_limited'

/** Nobody is to sign what was replaced: it is remembered until the provider has ended it. */
export async function endReplaced(
  deps: AskDeps,
  { tenant, id }: { readonly tenant: TenantId; readonly id: AgreementId },
): Promise<void> {
  const found = await deps.plain(tenant, async ({ agreements }) => ({
    agreement: await agreements.byId(id),
    formerRefs: (await agreements.sealed(id))?.formerRefs ?? [],
  }))
  for (const formerRef of found.formerRefs) {
    const ref = deps.cipher.open(formerRef, agreementRow(tenant, id)).toString('utf8')
    if (found.agreement === undefined || !(await endAtProvider(deps, { ...found.agreement, ref }))) return
    await deps.plain(tenant, async ({ agreements }) => {
      const held = await agreements.hold(id)
      const left = (await agreements.sealed(id))?.formerRefs.filter((other) => !other.equals(formerRef))
      if (held !== undefined && left !== undefined) await agreements.save(held, { formerRefs: left })
    })
  }
}

export type OpenAgreement = { readonly programmeId: ProgrammeId; readonly ref: string }

/** Whether it is ended there. */
export async function endAtProvider(
  deps: Pick<AskDeps, 'providers' | 'log'>,
  { programmeId, ref }: OpenAgreement,
): Promise<boolean> {
  try {
    await agreementsOf(deps, programmeId)?.end({ programme: nativeIdOf(programmeId), ref })
    return true
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    deps.log.warn({ err: error, programme: programmeId }, 'an agreement that is not wanted could not be ended')
    return isLasting(error)
  }
}

/** What of a company's agreements still stands at a provider: to be ended when the company is erased. */
export async function openAgreements(
  { cipher }: Pick<AskDeps, 'cipher'>,
  { agreements }: { readonly agreements: Pick<AgreementStore, 'ofCompany' | 'sealed'> },
  tenant: TenantId,
  companyId: string,
): Promise<readonly OpenAgreement[]> {
  const open: OpenAgreement[] = []
  for (const agreement of await agreements.ofCompany(companyId)) {
    const sealed = await agreements.sealed(agreement.id)
    const refs = [...(sealed?.formerRefs ?? []), ...(isOpen(agreement) ? [sealed?.providerRef ?? []].flat() : [])]
    for (const ref of refs)
      open.push({
        programmeId: agreement.programmeId,
        ref: cipher.open(ref, agreementRow(tenant, agreement.id)).toString('utf8'),
      })
  }
  return open
}

/** What the way back carries: which agreement it is of, sealed, so that nobody else can name one. */
const returnRow = ['agreement_returns']

const returnUrlOf = (
  { cipher, publicUrl }: Pick<AskDeps, 'cipher' | 'publicUrl'>,
  tenant: TenantId,
  id: AgreementId,
): string => `${publicUrl}/agreed?of=${cipher.seal(JSON.stringify({ tenant, id }), returnRow).toString('base64url')}`

/** Undefined for what we did not make. */
export function returnedFrom(
  { cipher }: Pick<AskDeps, 'cipher'>,
  of: string,
): { readonly tenant: TenantId; readonly id: AgreementId } | undefined {
  try {
    // What `returnUrlOf` sealed.
    return asWritten(JSON.parse(cipher.open(Buffer.from(of, 'base64url'), returnRow).toString('utf8')))
  } catch {
    return undefined
  }
}
