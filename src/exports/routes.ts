import { Readable } from 'node:stream'
import { principalOf } from '../shared/http/auth.ts'
import { operation } from '../shared/http/operation.ts'
import type { Routes } from '../shared/http/routes.ts'
import type { exportCompany, Whose } from './export-company.ts'
import { companyParams, exportLines } from './schema.ts'

type Deps = { readonly exported: (whose: Whose) => ReturnType<typeof exportCompany> }

const contract = operation({
  id: 'exportCompany',
  tag: 'Companies',
  summary: 'Export a company',
  description:
    'All that is held of it as it is at this moment, but for secrets and what the service has made for itself: lines of JSON (NDJSON), streamed. An export that breaks off ends without its last line, `end`.',
  scope: 'tenant:admin',
  params: companyParams,
  answers: { 200: exportLines },
  refusals: ['company_not_found'],
})

export const exportRoutes: Routes<Deps> = (app, { exported }) => {
  app.get(
    '/companies/:companyId/export',
    { ...contract, schema: { ...contract.schema, produces: ['application/x-ndjson'] } },
    async (request, reply) => {
      const { companyId } = request.params
      const chunks = exported({ tenant: principalOf(request).tenant, companyId })
      // Before anything is sent, so that a refusal is one.
      const first = await chunks.next()
      return reply
        .type('application/x-ndjson; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('content-disposition', `attachment; filename="${companyId}.ndjson"`)
        .send(streamOf(first, chunks))
    },
  )
}

/** Read as fast as it is taken. Whoever goes away ends it, also before it has begun. */
function streamOf<T>(first: IteratorResult<T, void>, rest: AsyncGenerator<T, void, void>): Readable {
  let isFirst = true
  return Readable.from({
    [Symbol.asyncIterator]: () => ({
      next: () => {
        if (!isFirst) return rest.next()
        isFirst = false
        return Promise.resolve(first)
      },
      return: () => rest.return(),
    }),
  })
}
