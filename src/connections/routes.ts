import { Type } from 'typebox'
import { principalOf } from '../shared/http/auth.ts'
import { idempotencyHeader, type Once } from '../shared/http/once.ts'
import { operation } from '../shared/http/operation.ts'
import type { Routes } from '../shared/http/routes.ts'
import { pageAsk } from '../shared/page.ts'
import {
  activateConnection,
  deactivateConnection,
  removeConnection,
  type ActivateStores,
  type DeactivateStores,
} from './activate-connection.ts'
import { assignConnection } from './assign-connection.ts'
import { restoreConnection, type RestoreStores } from './restore-connection.ts'
import { getConnection, getStatusHistory, listConnections } from './read-connections.ts'
import {
  activateBody,
  activatedView,
  companyConnectionQuery,
  companyParams,
  connectionList,
  connectionParams,
  connectionPatch,
  connectionQuery,
  connectionView,
  statusHistoryView,
  toConnectionView,
  toStatusHistoryView,
} from './schema.ts'

type Deps = Parameters<typeof assignConnection>[0] &
  Parameters<typeof removeConnection>[0] &
  Parameters<typeof getConnection>[0] & { readonly once: Once<ActivateStores & DeactivateStores & RestoreStores> }

const tag = 'Connections'

export const connectionRoutes: Routes<Deps> = (app, deps) => {
  app.get(
    '/connections',
    operation({
      id: 'listConnections',
      tag,
      summary: 'List connections',
      description: 'Of all companies, in the order they were made.',
      scope: 'connections:read',
      querystring: connectionQuery,
      answers: { 200: connectionList.ref },
      refusals: ['invalid_cursor', 'company_not_found'],
    }),
    async (request) => {
      const { status, companyId, expiresBefore } = request.query
      const filter = {
        ...(status !== undefined && { status }),
        ...(companyId !== undefined && { companyId }),
        ...(expiresBefore !== undefined && { expiresBefore: new Date(expiresBefore) }),
      }
      const page = await listConnections(deps, {
        tenant: principalOf(request).tenant,
        filter,
        ask: pageAsk(request.query),
      })
      return { data: page.data.map(toConnectionView), nextCursor: page.nextCursor }
    },
  )

  app.get(
    '/companies/:companyId/connections',
    operation({
      id: 'listCompanyConnections',
      tag,
      summary: 'List a company’s connections',
      description:
        'Each with its status, why, and the calls that repair it. A ledger account with an IBAN has one from the day it is registered.',
      scope: 'connections:read',
      params: companyParams,
      querystring: companyConnectionQuery,
      answers: { 200: connectionList.ref },
      refusals: ['company_not_found', 'invalid_cursor'],
    }),
    async (request) => {
      const { status } = request.query
      const filter = { ...request.params, ...(status !== undefined && { status }) }
      const page = await listConnections(deps, {
        tenant: principalOf(request).tenant,
        filter,
        ask: pageAsk(request.query),
      })
      return { data: page.data.map(toConnectionView), nextCursor: page.nextCursor }
    },
  )

  app.get(
    '/connections/:connectionId',
    operation({
      id: 'getConnection',
      tag,
      summary: 'Get a connection',
      description: 'Its status, what mends it, and how its fetching goes.',
      scope: 'connections:read',
      params: connectionParams,
      answers: { 200: connectionView.ref },
      refusals: ['connection_not_found'],
    }),
    async (request) =>
      toConnectionView(
        await getConnection(deps, { tenant: principalOf(request).tenant, id: request.params.connectionId }),
      ),
  )

  app.patch(
    '/connections/:connectionId',
    operation({
      id: 'changeConnection',
      tag,
      summary: 'Assign a connection, or choose its source',
      description:
        'Says where its transactions belong and whose consent fetches them. What was imported while it belonged nowhere is delivered once it is assigned.',
      scope: 'connections:write',
      params: connectionParams,
      body: connectionPatch.ref,
      answers: { 200: connectionView.ref },
      refusals: ['connection_not_found', 'ledger_account_not_found', 'person_not_found', 'assignment_conflict'],
    }),
    async (request) => {
      const key = { tenant: principalOf(request).tenant, id: request.params.connectionId }
      const { assignment, movePast, sourcePersonId, sourceFallback } = request.body
      await assignConnection(deps, {
        ...key,
        patch: {
          movePast: movePast ?? false,
          ...(assignment !== undefined && { assignment }),
          ...(sourcePersonId !== undefined && { sourcePersonId }),
          ...(sourceFallback !== undefined && { sourceFallback }),
        },
      })
      return toConnectionView(await getConnection(deps, key))
    },
  )

  app.post(
    '/connections/:connectionId/activate',
    operation({
      id: 'activateConnection',
      tag,
      summary: 'Activate a connection',
      description: 'Starts the first fetch. Days that the bank no longer serves are told as a gap.',
      scope: 'connections:write',
      params: connectionParams,
      headers: idempotencyHeader,
      body: activateBody.ref,
      answers: { 200: activatedView.ref },
      refusals: ['connection_not_found', 'connection_ignored', 'connection_not_usable', 'start_date_in_future'],
    }),
    async (request, reply) => {
      const ask = {
        tenant: principalOf(request).tenant,
        id: request.params.connectionId,
        startDate: request.body.startDate ?? null,
        firstSync: request.body.firstSync ?? ('now' as const),
      }
      return deps.once(request, reply, {
        status: 200,
        effect: (unit) => activateConnection({ ...deps, unit }, ask),
        view: ({ connection, servedFrom }) => ({ connection: toConnectionView(connection), servedFrom }),
      })
    },
  )

  app.post(
    '/connections/:connectionId/deactivate',
    operation({
      id: 'deactivateConnection',
      tag,
      summary: 'Deactivate a connection',
      description:
        'Nothing is fetched any more. The bank may still list the consent: where it does, `offers` has the call that ends it there too.',
      scope: 'connections:write',
      params: connectionParams,
      headers: idempotencyHeader,
      answers: { 200: connectionView.ref },
      refusals: ['connection_not_found', 'connection_not_usable'],
    }),
    async (request, reply) => {
      const key = { tenant: principalOf(request).tenant, id: request.params.connectionId }
      return deps.once(request, reply, {
        status: 200,
        effect: (unit) => deactivateConnection({ ...deps, unit }, key),
        view: toConnectionView,
      })
    },
  )

  app.post(
    '/connections/:connectionId/restore',
    operation({
      id: 'restoreConnection',
      tag,
      summary: 'Add a removed connection again',
      description:
        'As it was: where it belongs, and whether it is active. What its bank still serves of the days between is fetched. Where no consent covers it any more, `repair` says what to do.',
      scope: 'connections:write',
      params: connectionParams,
      headers: idempotencyHeader,
      answers: { 200: connectionView.ref },
      refusals: ['connection_not_found', 'assignment_conflict'],
    }),
    async (request, reply) => {
      const key = { tenant: principalOf(request).tenant, id: request.params.connectionId }
      return deps.once(request, reply, {
        status: 200,
        effect: (unit) => restoreConnection({ ...deps, unit }, key),
        view: toConnectionView,
      })
    },
  )

  app.delete(
    '/connections/:connectionId',
    operation({
      id: 'removeConnection',
      tag,
      summary: 'Remove a connection',
      description:
        'It stays removed, through renewals too, until a session that names its ledger account adds it again.',
      scope: 'connections:write',
      params: connectionParams,
      answers: { 204: Type.Null({ description: 'Gone.' }) },
      refusals: ['connection_not_found'],
    }),
    async (request, reply) => {
      await removeConnection(deps, { tenant: principalOf(request).tenant, id: request.params.connectionId })
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/connections/:connectionId/status-history',
    operation({
      id: 'getStatusHistory',
      tag,
      summary: 'Status history',
      description: 'Every status it has had, the oldest first, each with the instant of the fact that caused it.',
      scope: 'connections:read',
      params: connectionParams,
      answers: { 200: statusHistoryView.ref },
      refusals: ['connection_not_found'],
    }),
    async (request) =>
      toStatusHistoryView(
        await getStatusHistory(deps, { tenant: principalOf(request).tenant, id: request.params.connectionId }),
      ),
  )
}
