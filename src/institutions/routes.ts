import { principalOf } from '../shared/http/auth.ts'
import { operation } from '../shared/http/operation.ts'
import type { Routes } from '../shared/http/routes.ts'
import { pageAsk } from '../shared/page.ts'
import { getInstitution, listInstitutions } from './read-institutions.ts'
import { institutionList, institutionParams, institutionQuery, institutionView, toInstitutionView } from './schema.ts'

const tag = 'Institutions'

export const institutionRoutes: Routes<Parameters<typeof getInstitution>[0]> = (app, deps) => {
  app.get(
    '/institutions',
    operation({
      id: 'listInstitutions',
      tag,
      summary: 'List institutions',
      description:
        'The banks and card programmes that can be reached, by name. One that two providers reach stands here twice, first by the provider that the tenant prefers.',
      scope: 'consents:read',
      querystring: institutionQuery,
      answers: { 200: institutionList.ref },
      refusals: ['invalid_cursor'],
    }),
    async (request) => {
      const { limit, cursor, ...filter } = request.query
      const ask = pageAsk({ ...(limit !== undefined && { limit }), ...(cursor !== undefined && { cursor }) }, 3)
      const page = await listInstitutions(deps, { tenant: principalOf(request).tenant, filter, ask })
      return { data: page.data.map(toInstitutionView), nextCursor: page.nextCursor }
    },
  )

  app.get(
    '/institutions/:institutionId',
    operation({
      id: 'getInstitution',
      tag,
      summary: 'Get an institution',
      description: 'One institution, and what it allows.',
      scope: 'consents:read',
      params: institutionParams,
      answers: { 200: institutionView.ref },
      refusals: ['institution_not_found'],
    }),
    async (request) =>
      toInstitutionView(
        await getInstitution(deps, { tenant: principalOf(request).tenant, id: request.params.institutionId }),
      ),
  )
}
