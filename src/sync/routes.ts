import { principalOf } from '../shared/http/auth.ts'
import { idempotencyHeader, type Once } from '../shared/http/once.ts'
import { operation } from '../shared/http/operation.ts'
import type { Routes } from '../shared/http/routes.ts'
import { pageAsk } from '../shared/page.ts'
import { getBalances, getCoverage, getSyncRun, listSyncRuns } from './read-runs.ts'
import { refreshBalances, type RefreshBalancesStores } from './refresh-balances.ts'
import { requestCompanySync, requestSync, type RequestSyncStores } from './request-sync.ts'
import {
  balancesView,
  companyParams,
  companySyncView,
  connectionParams,
  coverageView,
  psuBody,
  runList,
  runParams,
  runQuery,
  runView,
  toBalancesView,
  toCompanySyncView,
  toCoverageView,
  toRunView,
} from './schema.ts'

type Deps = Omit<Parameters<typeof requestSync>[0], 'unit'> &
  Omit<Parameters<typeof refreshBalances>[0], 'answer'> &
  Parameters<typeof getSyncRun>[0] & { readonly once: Once<RequestSyncStores & RefreshBalancesStores> }

const tag = 'Sync'
const notFetched = ['connection_ignored', 'connection_not_activated', 'connection_not_usable'] as const

export const syncRoutes: Routes<Deps> = (app, deps) => {
  app.post(
    '/connections/:connectionId/sync-runs',
    operation({
      id: 'requestSyncRun',
      tag,
      summary: 'Import now',
      description:
        'Everything since the last complete import, through the end of yesterday. A run that is queued or running already is joined. Unattended, at most four a day: beyond that it is queued, with `retryAt`.',
      scope: 'connections:write',
      params: connectionParams,
      headers: idempotencyHeader,
      body: psuBody.ref,
      answers: { 202: runView.ref },
      refusals: ['connection_not_found', ...notFetched],
    }),
    async (request, reply) => {
      const ask = {
        tenant: principalOf(request).tenant,
        connectionId: request.params.connectionId,
        psu: request.body.psu ?? null,
      }
      return deps.once(request, reply, {
        status: 202,
        effect: (unit) => requestSync({ ...deps, unit }, ask),
        view: toRunView,
      })
    },
  )

  app.post(
    '/companies/:companyId/sync-runs',
    operation({
      id: 'requestCompanySync',
      tag,
      summary: 'Import now, for all connections',
      description: 'As for one connection; those that cannot be fetched are named with their status.',
      scope: 'connections:write',
      params: companyParams,
      headers: idempotencyHeader,
      body: psuBody.ref,
      answers: { 202: companySyncView.ref },
      refusals: ['company_not_found'],
    }),
    async (request, reply) => {
      const ask = {
        tenant: principalOf(request).tenant,
        companyId: request.params.companyId,
        psu: request.body.psu ?? null,
      }
      return deps.once(request, reply, {
        status: 202,
        effect: (unit) => requestCompanySync({ ...deps, unit }, ask),
        view: toCompanySyncView,
      })
    },
  )

  app.get(
    '/connections/:connectionId/sync-runs',
    operation({
      id: 'listSyncRuns',
      tag,
      summary: 'List sync runs',
      description: 'The newest first.',
      scope: 'connections:read',
      params: connectionParams,
      querystring: runQuery,
      answers: { 200: runList.ref },
      refusals: ['connection_not_found', 'invalid_cursor'],
    }),
    async (request) => {
      const page = await listSyncRuns(deps, {
        tenant: principalOf(request).tenant,
        ...request.params,
        ask: pageAsk(request.query),
      })
      return { data: page.data.map(toRunView), nextCursor: page.nextCursor }
    },
  )

  app.get(
    '/sync-runs/:syncRunId',
    operation({
      id: 'getSyncRun',
      tag,
      summary: 'Get a sync run',
      description: 'What it fetched, what came of it, and why it failed if it did.',
      scope: 'connections:read',
      params: runParams,
      answers: { 200: runView.ref },
      refusals: ['sync_run_not_found'],
    }),
    async (request) =>
      toRunView(await getSyncRun(deps, { tenant: principalOf(request).tenant, id: request.params.syncRunId })),
  )

  app.get(
    '/connections/:connectionId/coverage',
    operation({
      id: 'getCoverage',
      tag,
      summary: 'Which days are held',
      description:
        'Days held completely, days left out on purpose, and gaps: open while the bank still serves them, unrecoverable after.',
      scope: 'connections:read',
      params: connectionParams,
      answers: { 200: coverageView.ref },
      refusals: ['connection_not_found'],
    }),
    async (request) =>
      toCoverageView(await getCoverage(deps, { tenant: principalOf(request).tenant, ...request.params })),
  )

  app.get(
    '/connections/:connectionId/balances',
    operation({
      id: 'getBalances',
      tag,
      summary: 'Balances as last told',
      description: 'What the bank last said, and when.',
      scope: 'connections:read',
      params: connectionParams,
      answers: { 200: balancesView.ref },
      refusals: ['connection_not_found'],
    }),
    async (request) =>
      toBalancesView(await getBalances(deps, { tenant: principalOf(request).tenant, ...request.params })),
  )

  app.post(
    '/connections/:connectionId/balances/refresh',
    operation({
      id: 'refreshBalances',
      tag,
      summary: 'Ask the bank for balances now',
      description: 'Unattended, at most four a day.',
      scope: 'connections:write',
      params: connectionParams,
      headers: idempotencyHeader,
      body: psuBody.ref,
      answers: { 200: balancesView.ref },
      refusals: ['connection_not_found', 'connection_not_usable', 'rate_limited', 'bank_unavailable', 'bank_refused'],
    }),
    async (request, reply) => {
      const ask = {
        tenant: principalOf(request).tenant,
        connectionId: request.params.connectionId,
        psu: request.body.psu ?? null,
      }
      return deps.once(request, reply, {
        status: 200,
        effect: (unit) => refreshBalances({ ...deps, answer: unit }, ask),
        view: toBalancesView,
      })
    },
  )
}
