import { principalOf } from '../shared/http/auth.ts'
import { operation } from '../shared/http/operation.ts'
import type { Routes } from '../shared/http/routes.ts'
import { pageLimitDefault } from '../shared/page.ts'
import { asTold } from './model.ts'
import { readEvents } from './read-events.ts'
import { eventList, eventQuery } from './schema.ts'

type Deps = Parameters<typeof readEvents>[0]

export const eventRoutes: Routes<Deps> = (app, deps) => {
  app.get(
    '/events',
    operation({
      id: 'readEvents',
      tag: 'Events',
      summary: 'Read what happened',
      description:
        'Every event once and in order, for whoever keeps the cursor. Kept for 30 days: a cursor from before is refused.',
      scope: 'webhooks:read',
      querystring: eventQuery,
      answers: { 200: eventList.ref },
      refusals: ['invalid_cursor', 'cursor_expired'],
    }),
    async (request) => {
      const { after, type, limit = pageLimitDefault } = request.query
      const read = await readEvents(deps, { tenant: principalOf(request).tenant, after, type, limit })
      return { data: read.data.map(asTold), nextCursor: read.nextCursor }
    },
  )
}
