import { principalOf } from '../shared/http/auth.ts'
import { operation } from '../shared/http/operation.ts'
import type { Routes } from '../shared/http/routes.ts'
import { AppError } from '../shared/errors.ts'
import { pageAsk } from '../shared/page.ts'
import { localDay } from '../values/day.ts'
import { monthOf, parseMonth, type Month } from './model.ts'
import { getCompanyUsage, listUsage } from './read-usage.ts'
import { companyParams, companyUsageView, toUsageView, usageList, usageListQuery, usageQuery } from './schema.ts'

type Deps = Parameters<typeof listUsage>[0]

const tag = 'Usage'

export const usageRoutes: Routes<Deps> = (app, deps) => {
  app.get(
    '/companies/:companyId/usage',
    operation({
      id: 'getCompanyUsage',
      tag,
      summary: 'Get a company’s usage',
      description:
        'What it has used in a month. A transaction counts once, in the month in which it was delivered first: a month that is over never changes. A company that was deleted is answered too.',
      scope: 'usage:read',
      params: companyParams,
      querystring: usageQuery,
      answers: { 200: companyUsageView.ref },
      refusals: ['company_not_found'],
    }),
    async (request) =>
      getCompanyUsage(deps, {
        tenant: principalOf(request).tenant,
        ...request.params,
        month: monthIn(request.query.month, deps),
      }),
  )

  app.get(
    '/usage',
    operation({
      id: 'listUsage',
      tag,
      summary: 'List the usage of all companies',
      description:
        'What your companies have used in a month, by company or by group. Deleted companies are among them.',
      scope: 'usage:read',
      querystring: usageListQuery,
      answers: { 200: usageList.ref },
      refusals: ['invalid_cursor'],
    }),
    async (request) => {
      const { month, by = 'company' } = request.query
      const listed = await listUsage(deps, {
        tenant: principalOf(request).tenant,
        month: monthIn(month, deps),
        by,
        ask: pageAsk(request.query),
      })
      return { ...listed, data: listed.data.map(toUsageView) }
    },
  )
}

/** The schema has checked the form. */
function monthIn(text: string | undefined, { clock }: Deps): Month {
  const month = text === undefined ? monthOf(localDay(clock.now(), 'UTC')) : parseMonth(text)
  if (month === undefined)
    throw new AppError('invalid_request', 'There is no such month.', {
      errors: [{ path: '/query/month', message: 'must be a month' }],
    })
  return month
}
