import type { Cipher } from '../shared/crypto.ts'
import type { Ids } from '../shared/ids.ts'
import type { Unit, UnitFor } from '../shared/unit.ts'
import type { EndpointId, TenantId } from '../values/ids.ts'
import type { WebhookStore } from './index.ts'
import { openSecrets, send, type Answered, type SendDeps } from './send.ts'

type Deps = SendDeps & {
  readonly unit: Unit<{ webhooks: Pick<WebhookStore, 'get' | 'secrets'> }>
  readonly answer: UnitFor<unknown, Answered>
  readonly cipher: Cipher
  readonly ids: Ids
}

/**
 * Sends an event of the type `webhook.test` now, once, and says what came of it. It stands in no log and changes nothing of the endpoint; one that is disabled can
 * be tested too.
 * @throws {AppError} webhook_endpoint_not_found
 */
export async function testEndpoint(
  deps: Deps,
  { tenant, id }: { tenant: TenantId; id: EndpointId },
): Promise<Answered> {
  const at = deps.clock.now()
  const { url, secrets } = await deps.unit(tenant, async ({ webhooks }) => {
    const endpoint = await webhooks.get(id)
    return {
      url: endpoint.url,
      secrets: openSecrets(deps.cipher, { tenant, id, now: at }, await webhooks.secrets(id)),
    }
  })
  const event = {
    id: deps.ids.uuid(),
    type: 'webhook.test',
    at: at.toISOString(),
    sequence: 0,
    data: { endpointId: id },
  }
  const answered = await send(deps, { url, id: event.id, body: JSON.stringify(event), secrets })
  return deps.answer(tenant, () => Promise.resolve(answered))
}
