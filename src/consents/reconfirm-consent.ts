import type { DueStore } from '../due/index.ts'
import type { InstitutionStore } from '../institutions/index.ts'
import { ProviderError, type Provider } from '../providers/provider.ts'
import { backTo } from '../shared/back-to.ts'
import type { Clock } from '../shared/clock.ts'
import type { Cipher } from '../shared/crypto.ts'
import { AppError } from '../shared/errors.ts'
import type { Unit, UnitFor } from '../shared/unit.ts'
import type { TenantStore } from '../tenants/index.ts'
import type { ConsentId, TenantId } from '../values/ids.ts'
import type { ConsentStore } from './index.ts'
import { isLive, lookAgainAt, type Consent } from './model/consent.ts'
import { refusalOf } from './send-to-bank.ts'
import { consentRow } from './model/rows.ts'

/** Where to send the person. */
export type Reconfirmation = { readonly consent: Consent; readonly url: string }

type GatherStores = {
  consents: Pick<ConsentStore, 'get' | 'sealedRef'>
  institutions: Pick<InstitutionStore, 'find'>
  tenants: Pick<TenantStore, 'find'>
}
export type ReconfirmStores = { consents: Pick<ConsentStore, 'hold' | 'save'>; due: Pick<DueStore, 'set'> }

type Deps = {
  readonly plain: Unit<GatherStores>
  readonly unit: UnitFor<ReconfirmStores, Reconfirmation>
  readonly providers: ReadonlyMap<string, Provider>
  readonly cipher: Cipher
  readonly clock: Clock
}

/**
 * Asks the provider for a page on which the person says that the consent still stands, without a bank login (UK). From then on the provider is asked whether they
 * have, and fetching goes on by itself once they have, however late.
 * @throws {AppError} consent_not_found, reconfirmation_not_needed, redirect_url_missing, redirect_url_not_registered, bank_unavailable, bank_refused
 */
export async function reconfirmConsent(
  deps: Deps,
  { tenant, id, redirectUrl }: { tenant: TenantId; id: ConsentId; redirectUrl: string | null },
): Promise<Reconfirmation> {
  const { consent, ref, nativeId, provider, callbackUrl } = await deps.plain(tenant, async (stores) => {
    const found = await stores.consents.get(id)
    const institution = await stores.institutions.find(found.institutionId)
    return {
      consent: found,
      nativeId: institution?.nativeId ?? '',
      provider: deps.providers.get(institution?.providerId ?? ''),
      ref: deps.cipher.open(await stores.consents.sealedRef(id), consentRow(tenant, id)).toString('utf8'),
      callbackUrl: backTo(await stores.tenants.find(), redirectUrl),
    }
  })
  if (consent.reconfirmBy === null || !isLive(consent, deps.clock.now()) || provider?.startReconfirmation === undefined)
    throw new AppError(
      'reconfirmation_not_needed',
      'This consent is not one that is reconfirmed: it has ended, or lasts to its end as it is. To lengthen it, renew it.',
    )
  const { redirectUrl: url } = await provider
    .startReconfirmation({ nativeId, ref, callbackUrl, now: deps.clock.now() })
    .catch((error: unknown) => {
      throw error instanceof ProviderError ? refusalOf(error) : error
    })
  return deps.unit(tenant, async ({ consents, due }) => {
    const now = deps.clock.now()
    const asked = { ...(await consents.hold(id)), reconfirmAskedAt: now }
    await consents.save(asked)
    await due.set({ kind: 'consent', subject: id, at: lookAgainAt(asked, now) })
    return { consent: asked, url }
  })
}
