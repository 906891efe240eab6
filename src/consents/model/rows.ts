// The rows that what a provider knows a thing by is sealed for (`shared/crypto.ts`).

import type { ConnectionId, ConsentId, SessionId, TenantId } from '../../values/ids.ts'

type Row = readonly string[]

export const sessionRow = (tenant: TenantId, id: SessionId): Row => ['consent_sessions', tenant, id]
export const consentRow = (tenant: TenantId, id: ConsentId): Row => ['consents', tenant, id]

/** Of an account that a consent covers. */
export const coverRow = (tenant: TenantId, { consentId, connectionId }: Cover): Row => [
  'consent_accounts',
  tenant,
  consentId,
  connectionId,
]

type Cover = { readonly consentId: ConsentId; readonly connectionId: ConnectionId }
