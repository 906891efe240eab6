import { Type } from 'typebox'
import { principalOf } from '../shared/http/auth.ts'
import { idempotencyHeader, type Once } from '../shared/http/once.ts'
import { operation } from '../shared/http/operation.ts'
import type { Routes } from '../shared/http/routes.ts'
import { pageAsk } from '../shared/page.ts'
import { deleteEndpoint } from './delete-endpoint.ts'
import { putEndpoint } from './put-endpoint.ts'
import { getEndpoint, listEndpoints } from './read-endpoints.ts'
import { redeliverEvents, wantedOf, type RedeliverStores } from './redeliver-events.ts'
import { rotateSecret, type RotateStores } from './rotate-secret.ts'
import {
  endpointBody,
  endpointList,
  endpointParams,
  endpointQuery,
  endpointView,
  putEndpointView,
  redeliverBody,
  redeliveryView,
  rotatedView,
  testedView,
  toEndpointView,
  toRotatedView,
  toTestedView,
} from './schema.ts'
import { testEndpoint } from './test-endpoint.ts'

type Deps = Parameters<typeof putEndpoint>[0] &
  Parameters<typeof deleteEndpoint>[0] &
  Parameters<typeof getEndpoint>[0] &
  Omit<Parameters<typeof testEndpoint>[0], 'answer'> & { readonly once: Once<RotateStores & RedeliverStores> }

const tag = 'Events'

export const webhookRoutes: Routes<Deps> = (app, deps) => {
  app.get(
    '/webhook-endpoints',
    operation({
      id: 'listWebhookEndpoints',
      tag,
      summary: 'List webhook endpoints',
      description: 'By key, with what is still to be delivered to each.',
      scope: 'webhooks:read',
      querystring: endpointQuery,
      answers: { 200: endpointList.ref },
      refusals: ['invalid_cursor'],
    }),
    async (request) => {
      const page = await listEndpoints(deps, { tenant: principalOf(request).tenant, ask: pageAsk(request.query) })
      return { data: page.data.map(toEndpointView), nextCursor: page.nextCursor }
    },
  )

  app.get(
    '/webhook-endpoints/:endpointId',
    operation({
      id: 'getWebhookEndpoint',
      tag,
      summary: 'Get a webhook endpoint',
      description: 'How its deliveries go, and why it is disabled if it is.',
      scope: 'webhooks:read',
      params: endpointParams,
      answers: { 200: endpointView.ref },
      refusals: ['webhook_endpoint_not_found'],
    }),
    async (request) =>
      toEndpointView(await getEndpoint(deps, { tenant: principalOf(request).tenant, id: request.params.endpointId })),
  )

  app.put(
    '/webhook-endpoints/:endpointId',
    operation({
      id: 'putWebhookEndpoint',
      tag,
      summary: 'Create or replace a webhook endpoint',
      description:
        'Under a key of your choosing. A new one gets what happens from now on, signed with the `secret` that is shown this once. One that was failing or disabled goes on where it stopped.',
      scope: 'webhooks:write',
      params: endpointParams,
      body: endpointBody.ref,
      answers: { 200: putEndpointView.ref },
      refusals: ['webhook_url_not_allowed', 'too_many_webhook_endpoints'],
    }),
    async (request) => {
      const key = { tenant: principalOf(request).tenant, id: request.params.endpointId }
      const { url, types = [] } = request.body
      const { endpoint, secret } = await putEndpoint(deps, { ...key, url, types })
      return { ...toEndpointView(endpoint), ...(secret !== null && { secret }) }
    },
  )

  app.delete(
    '/webhook-endpoints/:endpointId',
    operation({
      id: 'deleteWebhookEndpoint',
      tag,
      summary: 'Delete a webhook endpoint',
      description: 'Nothing is sent there any more. Events stay readable.',
      scope: 'webhooks:write',
      params: endpointParams,
      answers: { 204: Type.Null({ description: 'Gone.' }) },
      refusals: ['webhook_endpoint_not_found'],
    }),
    async (request, reply) => {
      await deleteEndpoint(deps, { tenant: principalOf(request).tenant, id: request.params.endpointId })
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/webhook-endpoints/:endpointId/rotate-secret',
    operation({
      id: 'rotateWebhookSecret',
      tag,
      summary: 'Replace an endpoint’s secret',
      description: 'The new one is shown this once. For 24 hours everything is signed with both.',
      scope: 'webhooks:write',
      params: endpointParams,
      headers: idempotencyHeader,
      answers: { 200: rotatedView.ref },
      refusals: ['webhook_endpoint_not_found'],
    }),
    async (request, reply) => {
      const key = { tenant: principalOf(request).tenant, id: request.params.endpointId }
      return deps.once(request, reply, {
        status: 200,
        effect: (unit) => rotateSecret({ ...deps, unit }, key),
        view: toRotatedView,
      })
    },
  )

  app.post(
    '/webhook-endpoints/:endpointId/test',
    operation({
      id: 'testWebhookEndpoint',
      tag,
      summary: 'Send a test event',
      description:
        'Sends an event of the type `webhook.test` now, once, signed as any other, and answers what came of it. It is not in the event log.',
      scope: 'webhooks:write',
      params: endpointParams,
      headers: idempotencyHeader,
      answers: { 200: testedView.ref },
      refusals: ['webhook_endpoint_not_found'],
    }),
    async (request, reply) => {
      const key = { tenant: principalOf(request).tenant, id: request.params.endpointId }
      return deps.once(request, reply, {
        status: 200,
        effect: (unit) => testEndpoint({ ...deps, answer: unit }, key),
        view: toTestedView,
      })
    },
  )

  app.post(
    '/webhook-endpoints/:endpointId/redeliver',
    operation({
      id: 'redeliverEvents',
      tag,
      summary: 'Send events again',
      description:
        'Those with these ids, or all (of the endpoint’s types) that happened from `from` on until before `to`. They keep their ids, so a receiver knows what it has had.',
      scope: 'webhooks:write',
      params: endpointParams,
      headers: idempotencyHeader,
      body: redeliverBody.ref,
      answers: { 202: redeliveryView.ref },
      refusals: ['webhook_endpoint_not_found', 'webhook_endpoint_disabled', 'event_not_found', 'too_many_events'],
    }),
    async (request, reply) => {
      const key = { tenant: principalOf(request).tenant, id: request.params.endpointId }
      const wanted = wantedOf(request.body)
      return deps.once(request, reply, {
        status: 202,
        effect: (unit) => redeliverEvents({ ...deps, unit }, { ...key, wanted }),
        view: ({ queued }) => ({ queued }),
      })
    },
  )
}
