import { Type } from 'typebox'
import { principalOf } from '../../shared/http/auth.ts'
import { operation } from '../../shared/http/operation.ts'
import type { Routes } from '../../shared/http/routes.ts'
import { pageAsk } from '../../shared/page.ts'
import { forgetHabits, listHabits } from './learned-habits.ts'
import { companyParams, forgetQuery, habitList, habitListQuery, toHabitView } from './schema.ts'

type Deps = Parameters<typeof listHabits>[0] & Parameters<typeof forgetHabits>[0]

const tag = 'Matching'
const path = '/companies/:companyId/learned-habits'

export const habitRoutes: Routes<Deps> = (app, deps) => {
  app.get(
    path,
    operation({
      id: 'listLearnedHabits',
      tag,
      summary: 'List what matching has learned',
      description:
        'What people’s confirmed, hand-made and refused matches taught of this company’s customers and suppliers, by party. Automatic matches teach nothing until a person confirms them; a match that is undone is forgotten.',
      scope: 'matching:read',
      params: companyParams,
      querystring: habitListQuery,
      answers: { 200: habitList.ref },
      refusals: ['company_not_found', 'invalid_cursor'],
    }),
    async (request) => {
      const page = await listHabits(deps, {
        tenant: principalOf(request).tenant,
        companyId: request.params.companyId,
        ask: pageAsk(request.query, 3),
      })
      return { data: page.data.map(toHabitView), nextCursor: page.nextCursor }
    },
  )

  app.delete(
    path,
    operation({
      id: 'forgetLearnedHabits',
      tag,
      summary: 'Forget what matching has learned',
      description:
        'All of it, or one habit. From the next run on, which is due at once, it is as if it had never been learned. The matches that taught it stand.',
      scope: 'matching:write',
      params: companyParams,
      querystring: forgetQuery,
      answers: { 204: Type.Null({ description: 'Forgotten.' }) },
      refusals: ['company_not_found', 'habit_not_found'],
    }),
    async (request, reply) => {
      const { habitId = null } = request.query
      await forgetHabits(deps, { tenant: principalOf(request).tenant, companyId: request.params.companyId, habitId })
      return reply.code(204).send(null)
    },
  )
}
