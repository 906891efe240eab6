import type { DueStore } from '../due/index.ts'
import type { EventStore } from '../events/index.ts'
import { consentEnded } from '../events/model.ts'
import type { Cipher } from '../shared/crypto.ts'
import type { CompanyId, ConnectionId, ConsentId, InstitutionId, TenantId } from '../values/ids.ts'
import type { ConsentStore } from './index.ts'
import type { Consent } from './model/consent.ts'
import { consentRow } from './model/rows.ts'
import { supersededBy } from './model/supersession.ts'

export type SupersedeStores = {
  consents: Pick<ConsentStore, 'save' | 'supersede' | 'ofCompany' | 'coversOfCompanies' | 'sealedRef'>
  due: Pick<DueStore, 'set'>
  events: Pick<EventStore, 'append'>
}

type Ask = {
  readonly tenant: TenantId
  readonly consent: Consent
  /** The connections that it covers. */
  readonly covered: readonly ConnectionId[]
  /** How the provider knew the consent that this one has renewed in place, if it did. */
  readonly renewedRef: string | undefined
  readonly now: Date
}

/** A new consent takes over from older ones, account by account; those that it leaves nothing to have ended. */
export async function supersedeConsents(
  deps: { readonly cipher: Cipher },
  stores: SupersedeStores,
  ask: Ask,
): Promise<void> {
  const { tenant, consent, covered, renewedRef, now } = ask
  const { consents, due, events } = stores
  const where = { tenant, ...consent, but: consent.id }
  const renewed = renewedRef === undefined ? undefined : await knownAs(deps, stores, where, renewedRef)
  const others = await consents.ofCompany(consent.companyId)
  const covers = await consents.coversOfCompanies([consent.companyId])
  const taken = supersededBy(
    { consent, covered, at: now },
    others.map((other) => ({ ...other, accounts: covers.filter(({ consentId }) => consentId === other.id) })),
  )
  await consents.supersede(taken.accounts, now)
  for (const other of others) {
    const isRenewed = other.id === renewed
    if (!isRenewed && !taken.consents.includes(other.id)) continue
    // One that was renewed in place is the new one: ending it at the bank would end both.
    const bankAccess = isRenewed ? 'ended' : other.bankAccess
    await consents.save({ ...other, ended: other.ended ?? { at: now, by: 'superseded' }, bankAccess })
    if (other.ended === null) events.append(consentEnded(other, 'superseded', now))
  }
  // Many banks end a person's former consent when they give another, whatever accounts it covers: they are asked.
  const former = others.filter(
    ({ id, institutionId, bankAccess, expiresAt }) =>
      id !== consent.id &&
      id !== renewed &&
      institutionId === consent.institutionId &&
      bankAccess === 'live' &&
      now < expiresAt,
  )
  for (const { id } of former) await due.set({ kind: 'consent', subject: id, at: now })
}

/** The consent that a session was to follow seems to have ended at the bank instead: it is asked. */
export async function askAfterFormer(
  deps: { readonly cipher: Cipher },
  stores: Pick<SupersedeStores, 'consents' | 'due'>,
  { ref, now, ...where }: Where & { readonly ref: string; readonly now: Date },
): Promise<void> {
  const former = await knownAs(deps, stores, where, ref)
  if (former !== undefined) await stores.due.set({ kind: 'consent', subject: former, at: now })
}

type Where = {
  readonly tenant: TenantId
  readonly companyId: CompanyId
  readonly institutionId: InstitutionId
  /** Not this one. */
  readonly but?: ConsentId
}

/** The company's consent there that the provider knows by this ref. */
async function knownAs(
  { cipher }: { readonly cipher: Cipher },
  { consents }: Pick<SupersedeStores, 'consents'>,
  { tenant, companyId, institutionId, but }: Where,
  ref: string,
): Promise<ConsentId | undefined> {
  for (const { id, ...other } of await consents.ofCompany(companyId)) {
    if (id === but || other.institutionId !== institutionId) continue
    if (cipher.open(await consents.sealedRef(id), consentRow(tenant, id)).toString('utf8') === ref) return id
  }
  return undefined
}
