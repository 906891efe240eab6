import { principalOf } from '../shared/http/auth.ts'
import { operation } from '../shared/http/operation.ts'
import type { Routes } from '../shared/http/routes.ts'
import { pageAsk, pageLimitDefault } from '../shared/page.ts'
import { parseDay } from '../values/day.ts'
import { getTransaction, listOfCompany, listOfConnection, readChanges, type ListAsk } from './read-transactions.ts'
import {
  changeList,
  changeQuery,
  companyParams,
  connectionParams,
  toChangeView,
  toTransactionView,
  transactionList,
  transactionListQuery,
  transactionParams,
  transactionView,
} from './schema.ts'

type Deps = Parameters<typeof getTransaction>[0]
type Query = {
  limit?: number
  cursor?: string
  from?: string
  to?: string
  match?: 'unmatched' | 'suggested' | 'matched'
}

const tag = 'Transactions'

export const transactionRoutes: Routes<Deps> = (app, deps) => {
  app.get(
    '/connections/:connectionId/transactions',
    operation({
      id: 'listConnectionTransactions',
      tag,
      summary: 'List a connection’s transactions',
      description: 'Booked transactions, the newest first.',
      scope: 'transactions:read',
      params: connectionParams,
      querystring: transactionListQuery,
      answers: { 200: transactionList.ref },
      refusals: ['connection_not_found', 'invalid_cursor'],
    }),
    async (request) => {
      const { tenant } = principalOf(request)
      const page = await listOfConnection(deps, {
        tenant,
        connectionId: request.params.connectionId,
        ask: listAsk(request.query),
      })
      return { data: page.data.map(toTransactionView), nextCursor: page.nextCursor }
    },
  )

  app.get(
    '/companies/:companyId/transactions',
    operation({
      id: 'listCompanyTransactions',
      tag,
      summary: 'List a company’s transactions',
      description: 'Booked transactions of all the company’s connections, the newest first.',
      scope: 'transactions:read',
      params: companyParams,
      querystring: transactionListQuery,
      answers: { 200: transactionList.ref },
      refusals: ['company_not_found', 'invalid_cursor'],
    }),
    async (request) => {
      const { tenant } = principalOf(request)
      const page = await listOfCompany(deps, {
        tenant,
        companyId: request.params.companyId,
        ask: listAsk(request.query),
      })
      return { data: page.data.map(toTransactionView), nextCursor: page.nextCursor }
    },
  )

  app.get(
    '/companies/:companyId/transactions/changes',
    operation({
      id: 'readCompanyChanges',
      tag,
      summary: 'Read a company’s change feed',
      description:
        'Every change once and in order, for whoever keeps the cursor. Begins once a connection is assigned.',
      scope: 'transactions:read',
      params: companyParams,
      querystring: changeQuery,
      answers: { 200: changeList.ref },
      refusals: ['company_not_found', 'invalid_cursor'],
    }),
    async (request) => {
      const { after, limit = pageLimitDefault } = request.query
      const feed = await readChanges(deps, {
        tenant: principalOf(request).tenant,
        companyId: request.params.companyId,
        after,
        limit,
      })
      return { data: feed.data.map(toChangeView), nextCursor: feed.nextCursor }
    },
  )

  app.get(
    '/transactions/changes',
    operation({
      id: 'readChanges',
      tag,
      summary: 'Read the change feed of all companies',
      description: 'As the feed of one company, over all of them.',
      scope: 'transactions:read',
      querystring: changeQuery,
      answers: { 200: changeList.ref },
      refusals: ['invalid_cursor'],
    }),
    async (request) => {
      const { after, limit = pageLimitDefault } = request.query
      const feed = await readChanges(deps, { tenant: principalOf(request).tenant, companyId: null, after, limit })
      return { data: feed.data.map(toChangeView), nextCursor: feed.nextCursor }
    },
  )

  app.get(
    '/transactions/:transactionId',
    operation({
      id: 'getTransaction',
      tag,
      summary: 'Get a transaction',
      description: 'One transaction in its latest version.',
      scope: 'transactions:read',
      params: transactionParams,
      answers: { 200: transactionView.ref },
      refusals: ['transaction_not_found'],
    }),
    async (request) =>
      toTransactionView(
        await getTransaction(deps, { tenant: principalOf(request).tenant, id: request.params.transactionId }),
      ),
  )
}

function listAsk(query: Query): ListAsk {
  const from = query.from === undefined ? undefined : parseDay(query.from)
  const to = query.to === undefined ? undefined : parseDay(query.to)
  return {
    ...pageAsk(query, 2),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(query.match !== undefined && { match: query.match }),
  }
}
