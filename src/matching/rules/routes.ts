import { principalOf } from '../../shared/http/auth.ts'
import { operation } from '../../shared/http/operation.ts'
import type { Routes } from '../../shared/http/routes.ts'
import { getRules, putRules } from './matching-rules.ts'
import { companyParams, ruleList, toRule, toRulesView } from './schema.ts'

type Deps = Parameters<typeof getRules>[0] & Parameters<typeof putRules>[0]

const tag = 'Matching'
const path = '/companies/:companyId/matching-rules'

export const ruleRoutes: Routes<Deps> = (app, deps) => {
  app.get(
    path,
    operation({
      id: 'getMatchingRules',
      tag,
      summary: 'Get the matching rules',
      description: 'The company’s rules as they were last put; an empty list where there are none.',
      scope: 'matching:read',
      params: companyParams,
      answers: { 200: ruleList.ref },
      refusals: ['company_not_found'],
    }),
    async (request) =>
      toRulesView(await getRules(deps, { tenant: principalOf(request).tenant, companyId: request.params.companyId })),
  )

  app.put(
    path,
    operation({
      id: 'putMatchingRules',
      tag,
      summary: 'Replace the matching rules',
      description:
        'Transactions show their category at once; matching runs by itself after ten seconds, and takes back suggestions that the rules forbid. What people decided stands, and so does what has been matched automatically before.',
      scope: 'matching:write',
      params: companyParams,
      body: ruleList.ref,
      answers: { 200: ruleList.ref },
      refusals: ['company_not_found', 'connection_not_found'],
    }),
    async (request) =>
      toRulesView(
        await putRules(deps, {
          tenant: principalOf(request).tenant,
          companyId: request.params.companyId,
          list: request.body.rules.map(toRule),
        }),
      ),
  )
}
