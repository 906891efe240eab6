import type { Clock } from '../shared/clock.ts'
import type { Cipher } from '../shared/crypto.ts'
import type { Ids } from '../shared/ids.ts'
import type { UnitFor } from '../shared/unit.ts'
import type { EndpointId, TenantId } from '../values/ids.ts'
import type { WebhookStore } from './index.ts'
import { secretRow } from './model/endpoint.ts'
import { secretOf } from './sign.ts'

export type RotateStores = { webhooks: Pick<WebhookStore, 'hold' | 'secrets' | 'saveSecrets'> }
export type Rotated = { readonly secret: string; readonly formerUntil: Date }

const overlapMs = 24 * 3_600_000

/** A new secret, told this once. For a day what is sent is signed with both. @throws {AppError} webhook_endpoint_not_found */
export function rotateSecret(
  deps: { unit: UnitFor<RotateStores, Rotated>; cipher: Cipher; clock: Clock; ids: Ids },
  { tenant, id }: { tenant: TenantId; id: EndpointId },
): Promise<Rotated> {
  const secret = secretOf(deps.ids.secret())
  return deps.unit(tenant, async ({ webhooks }) => {
    await webhooks.hold(id)
    const { current } = await webhooks.secrets(id)
    const formerUntil = new Date(deps.clock.now().getTime() + overlapMs)
    await webhooks.saveSecrets(id, {
      current: deps.cipher.seal(secret, secretRow(tenant, id)),
      former: { secret: current, until: formerUntil },
    })
    return { secret, formerUntil }
  })
}
