import { principalOf } from '../shared/http/auth.ts'
import { operation } from '../shared/http/operation.ts'
import type { Routes } from '../shared/http/routes.ts'
import { parseDay } from '../values/day.ts'
import { readReconciliation } from './read-reconciliation.ts'
import { readReview } from './read-review.ts'
import {
  companyParams,
  connectionParams,
  reconciliationQuery,
  reconciliationView,
  reconciliationViewWith,
  reviewView,
  toReviewView,
  type Views,
} from './schema.ts'

type Deps = Parameters<typeof readReconciliation>[0] & Parameters<typeof readReview>[0] & { readonly views: Views }

export const reconciliationRoutes: Routes<Deps> = (app, deps) => {
  app.get(
    '/companies/:companyId/review',
    operation({
      id: 'getReview',
      tag: 'Matching',
      summary: 'What waits for a decision',
      description: 'How many transactions have suggestions, and how many have nothing, account by account.',
      scope: 'matching:read',
      params: companyParams,
      answers: { 200: reviewView.ref },
      refusals: ['company_not_found'],
    }),
    async (request) =>
      toReviewView(
        await readReview(deps, { tenant: principalOf(request).tenant, companyId: request.params.companyId }),
      ),
  )

  app.get(
    '/connections/:connectionId/reconciliation',
    operation({
      id: 'getReconciliation',
      tag: 'Matching',
      summary: 'Reconcile an account at a day',
      description:
        'What the bank has at the end of the day, what stands on one side only, and the difference in parts that add up.',
      scope: 'matching:read',
      params: connectionParams,
      querystring: reconciliationQuery,
      answers: { 200: reconciliationView.ref },
      refusals: ['connection_not_found'],
    }),
    async (request) => {
      const { day, booksBalance } = request.query
      const found = await readReconciliation(deps, {
        tenant: principalOf(request).tenant,
        connectionId: request.params.connectionId,
        day: day === undefined ? null : (parseDay(day) ?? null),
        booksBalance: booksBalance ?? null,
      })
      return reconciliationViewWith(deps.views)(found)
    },
  )
}
