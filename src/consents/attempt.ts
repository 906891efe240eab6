// A session's latest visit to a bank, and how it is ended there once nobody wants what may come of it: what a person grants after that would be a
// permission that stands at the bank and that nobody here knows of.

import type { InstitutionStore } from '../institutions/index.ts'
import type { Institution } from '../institutions/model.ts'
import type { Provider } from '../providers/provider.ts'
import type { Cipher } from '../shared/crypto.ts'
import type { Log } from '../shared/log.ts'
import type { TenantId } from '../values/ids.ts'
import type { SessionStore } from './index.ts'
import type { ConsentSession } from './model/consent-session.ts'
import { sessionRow } from './model/rows.ts'

export type Attempt = {
  readonly institution: Institution
  /** How the provider knows it. */
  readonly ref: string
  /** The same as it is kept: never the same bytes for two attempts. */
  readonly sealedRef: Buffer
}

export type AttemptStores = {
  institutions: Pick<InstitutionStore, 'find'>
  sessions: Pick<SessionStore, 'sealedRef'>
}

/** Undefined where nobody has been sent to a bank. */
export async function attemptOf(
  { cipher }: { readonly cipher: Cipher },
  { institutions, sessions }: AttemptStores,
  tenant: TenantId,
  session: ConsentSession,
): Promise<Attempt | undefined> {
  const institution = session.institutionId === null ? undefined : await institutions.find(session.institutionId)
  const sealedRef = await sessions.sealedRef(session.id)
  if (institution === undefined || sealedRef === null) return undefined
  return { institution, sealedRef, ref: cipher.open(sealedRef, sessionRow(tenant, session.id)).toString('utf8') }
}

/** What the session's person may still be about at a bank, in whichever tab. */
export async function unsettledAttempt(
  deps: { readonly cipher: Cipher },
  stores: AttemptStores,
  tenant: TenantId,
  session: ConsentSession,
): Promise<Attempt | undefined> {
  return session.status === 'redirected' ? attemptOf(deps, stores, tenant, session) : undefined
}

export type EndAtBankDeps = { readonly providers: ReadonlyMap<string, Provider>; readonly log: Log }

/** As well as it can be done: a bank that does not answer now is asked again when the person comes back from it, if they do. */
export async function endAtBank(
  { providers, log }: EndAtBankDeps,
  { institution, ref }: Pick<Attempt, 'institution' | 'ref'>,
): Promise<void> {
  try {
    await providers.get(institution.providerId)?.revokeConsent({ nativeId: institution.nativeId, ref })
  } catch (error) {
    log.warn({ err: error, institution: institution.id }, 'a consent that is not wanted could not be ended at the bank')
  }
}
