import type { DueStore } from '../due/index.ts'
import { AppError } from '../shared/errors.ts'
import type { Unit } from '../shared/unit.ts'
import type { EndpointId, TenantId } from '../values/ids.ts'
import type { WebhookStore } from './index.ts'

/** Nothing is sent there any more, and what was not delivered is forgotten. @throws {AppError} webhook_endpoint_not_found */
export function deleteEndpoint(
  { unit }: { unit: Unit<{ webhooks: Pick<WebhookStore, 'delete'>; due: Pick<DueStore, 'drop'> }> },
  { tenant, id }: { tenant: TenantId; id: EndpointId },
): Promise<void> {
  return unit(tenant, async ({ webhooks, due }) => {
    await due.drop({ kind: 'delivery', subject: id })
    if (!(await webhooks.delete(id)))
      throw new AppError('webhook_endpoint_not_found', `There is no webhook endpoint ${id}.`)
  })
}
