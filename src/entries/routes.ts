import { Type } from 'typebox'
import { principalOf } from '../shared/http/auth.ts'
import { idempotencyHeader, type Once } from '../shared/http/once.ts'
import { operation } from '../shared/http/operation.ts'
import type { Routes } from '../shared/http/routes.ts'
import { pageAsk } from '../shared/page.ts'
import { deleteEntry } from './delete-entry.ts'
import { putEntries, putEntry, type PutEntriesStores } from './put-entries.ts'
import { getEntry, listEntries } from './read-entries.ts'
import {
  batchBody,
  batchView,
  companyParams,
  entryBody,
  entryList,
  entryListQuery,
  entryParams,
  entryView,
  toBatchView,
  toEntryView,
} from './schema.ts'

type Deps = Parameters<typeof putEntry>[0] &
  Parameters<typeof getEntry>[0] &
  Parameters<typeof deleteEntry>[0] & { readonly once: Once<PutEntriesStores> }

const tag = 'Entries'

export const entryRoutes: Routes<Deps> = (app, deps) => {
  app.get(
    '/companies/:companyId/entries',
    operation({
      id: 'listEntries',
      tag,
      summary: 'List entries',
      description: 'The company’s entries by key.',
      scope: 'entries:read',
      params: companyParams,
      querystring: entryListQuery,
      answers: { 200: entryList.ref },
      refusals: ['company_not_found', 'invalid_cursor'],
    }),
    async (request) => {
      const { params, query } = request
      const ask = { ...pageAsk(query), status: query.status }
      const page = await listEntries(deps, { tenant: principalOf(request).tenant, companyId: params.companyId, ask })
      return { data: page.data.map(toEntryView), nextCursor: page.nextCursor }
    },
  )

  app.get(
    '/companies/:companyId/entries/:entryId',
    operation({
      id: 'getEntry',
      tag,
      summary: 'Get an entry',
      description: 'One entry as it was last sent.',
      scope: 'entries:read',
      params: entryParams,
      answers: { 200: entryView.ref },
      refusals: ['entry_not_found'],
    }),
    async (request) => {
      const { companyId, entryId } = request.params
      return toEntryView(await getEntry(deps, { tenant: principalOf(request).tenant, companyId, id: entryId }))
    },
  )

  app.put(
    '/companies/:companyId/entries/:entryId',
    operation({
      id: 'putEntry',
      tag,
      summary: 'Create or replace an entry',
      description:
        'Send an entry whenever it changes in the books. Suggestions that no longer hold are released at once; matches that hold stay, and show `attention` where they no longer agree with the entry. Matching runs by itself once entries have settled for half a minute.',
      scope: 'entries:write',
      params: entryParams,
      body: entryBody.ref,
      answers: { 200: entryView.ref },
      refusals: ['company_not_found'],
    }),
    async (request) => {
      const { companyId, entryId } = request.params
      return toEntryView(
        await putEntry(deps, { tenant: principalOf(request).tenant, companyId, id: entryId, input: request.body }),
      )
    },
  )

  app.delete(
    '/companies/:companyId/entries/:entryId',
    operation({
      id: 'deleteEntry',
      tag,
      summary: 'Delete an entry',
      description:
        'For an entry that the books no longer have. What was suggested for it is released; matches that hold stay, and show `attention`. One that is paid is sent with `openAmount` 0 instead.',
      scope: 'entries:write',
      params: entryParams,
      answers: { 204: Type.Null({ description: 'Gone.' }) },
      refusals: ['entry_not_found'],
    }),
    async (request, reply) => {
      const { companyId, entryId } = request.params
      await deleteEntry(deps, { tenant: principalOf(request).tenant, companyId, id: entryId })
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/companies/:companyId/entries/batch',
    operation({
      id: 'putEntries',
      tag,
      summary: 'Create or replace many entries',
      description:
        'Up to 1,000 at once. Entries that make sense are saved together; each of the others says what is wrong with it.',
      scope: 'entries:write',
      params: companyParams,
      headers: idempotencyHeader,
      body: batchBody.ref,
      answers: { 200: batchView.ref },
      refusals: ['company_not_found'],
    }),
    async (request, reply) => {
      const input = {
        tenant: principalOf(request).tenant,
        companyId: request.params.companyId,
        inputs: request.body.entries,
      }
      return deps.once(request, reply, {
        status: 200,
        effect: (unit) => putEntries({ ...deps, unit }, input),
        view: toBatchView,
      })
    },
  )
}
