import { Type } from 'typebox'
import { AppError } from '../shared/errors.ts'
import { principalOf } from '../shared/http/auth.ts'
import { idempotencyHeader, type Once } from '../shared/http/once.ts'
import { operation } from '../shared/http/operation.ts'
import type { Routes } from '../shared/http/routes.ts'
import { pageAsk } from '../shared/page.ts'
import { confirmMatch, type ConfirmStores } from './confirm-match.ts'
import { confirmMatches } from './confirm-matches.ts'
import { makeMatch, type MakeStores } from './make-match.ts'
import type { LinksInput } from './model/links.ts'
import { getMatch, getMatchingRun, listMatches } from './read-matches.ts'
import { rejectMatch } from './reject-match.ts'
import { requestMatching, type RequestMatchingStores } from './request-matching.ts'
import {
  batchBody,
  batchView,
  batchViewWith,
  companyParams,
  confirmBody,
  expansionsIn,
  languageHeader,
  languageIn,
  makeBody,
  matchList,
  matchListQuery,
  matchParams,
  matchQuery,
  matchView,
  matchViewWith,
  runParams,
  runView,
  toRunView,
  type Views,
} from './schema.ts'
import { undoMatch } from './undo-match.ts'

type Deps = Omit<Parameters<typeof requestMatching>[0], 'unit'> &
  Parameters<typeof getMatch>[0] & {
    readonly once: Once<RequestMatchingStores & ConfirmStores & MakeStores>
    /** How the transactions and entries of a match are shown. */
    readonly views: Views
  }

const tag = 'Matching'
const decisionHeaders = Type.Object({ ...idempotencyHeader.properties, ...languageHeader.properties })

/** Whoever asked, and in which language they read. */
type Told = { readonly headers: Parameters<typeof languageIn>[0] }
const linkRefusals = [
  'transaction_not_found',
  'entry_not_found',
  'match_does_not_add_up',
  'match_overspends',
  'match_not_decidable',
] as const

export const matchingRoutes: Routes<Deps> = (app, deps) => {
  const toMatchView = ({ headers }: Told) => matchViewWith(deps.views, languageIn(headers))

  app.post(
    '/companies/:companyId/matching-runs',
    operation({
      id: 'requestMatchingRun',
      tag,
      summary: 'Match now',
      description:
        'Matching runs by itself after an import and when entries change. A run that is queued or running already is joined.',
      scope: 'matching:write',
      params: companyParams,
      headers: idempotencyHeader,
      answers: { 202: runView.ref },
      refusals: ['company_not_found'],
    }),
    async (request, reply) => {
      const ask = { tenant: principalOf(request).tenant, companyId: request.params.companyId }
      return deps.once(request, reply, {
        status: 202,
        effect: (unit) => requestMatching({ ...deps, unit }, ask),
        view: toRunView,
      })
    },
  )

  app.get(
    '/matching-runs/:matchingRunId',
    operation({
      id: 'getMatchingRun',
      tag,
      summary: 'Get a matching run',
      description: 'Where it stands, and what it came to.',
      scope: 'matching:read',
      params: runParams,
      answers: { 200: runView.ref },
      refusals: ['matching_run_not_found'],
    }),
    async (request) =>
      toRunView(await getMatchingRun(deps, { tenant: principalOf(request).tenant, id: request.params.matchingRunId })),
  )

  app.get(
    '/companies/:companyId/matches',
    operation({
      id: 'listMatches',
      tag,
      summary: 'List matches',
      description:
        'The newest first. Suggestions wait for a decision; automatic matches are confirmed already, and can be undone.',
      scope: 'matching:read',
      params: companyParams,
      querystring: matchListQuery,
      headers: languageHeader,
      answers: { 200: matchList.ref },
      refusals: ['company_not_found', 'invalid_cursor'],
    }),
    async (request) => {
      const { status, rank, transactionId, entryId, connectionId, attention, expand } = request.query
      const ask = {
        ...pageAsk(request.query),
        status,
        rank,
        transactionId,
        entryId,
        connectionId,
        isInNeed: attention !== undefined,
        expand: expansionsIn(expand),
      }
      const page = await listMatches(deps, {
        tenant: principalOf(request).tenant,
        companyId: request.params.companyId,
        ask,
      })
      return { data: page.data.map(toMatchView(request)), nextCursor: page.nextCursor }
    },
  )

  app.get(
    '/matches/:matchId',
    operation({
      id: 'getMatch',
      tag,
      summary: 'Get a match',
      description: 'One match with its reasons.',
      scope: 'matching:read',
      params: matchParams,
      querystring: matchQuery,
      headers: languageHeader,
      answers: { 200: matchView.ref },
      refusals: ['match_not_found'],
    }),
    async (request) => {
      const ask = {
        tenant: principalOf(request).tenant,
        id: request.params.matchId,
        expand: expansionsIn(request.query.expand),
      }
      return toMatchView(request)(await getMatch(deps, ask))
    },
  )

  app.post(
    '/companies/:companyId/matches',
    operation({
      id: 'makeMatch',
      tag,
      summary: 'Make a match by hand',
      description:
        'It holds at once. The links have to add up with the transactions, but for a difference that has a name and is within bounds, and may spend no entry beyond what is open.',
      scope: 'matching:write',
      params: companyParams,
      headers: decisionHeaders,
      body: makeBody.ref,
      answers: { 201: matchView.ref },
      refusals: ['company_not_found', ...linkRefusals],
    }),
    async (request, reply) => {
      const { tenant, subject } = principalOf(request)
      const input = { tenant, companyId: request.params.companyId, by: subject, input: request.body }
      return deps.once(request, reply, {
        status: 201,
        effect: (unit) => makeMatch({ ...deps, unit }, input),
        view: toMatchView(request),
      })
    },
  )

  app.post(
    '/companies/:companyId/matches/confirm',
    operation({
      id: 'confirmMatches',
      tag,
      summary: 'Confirm many suggestions',
      description:
        'One after the other, in the order sent. Each that can hold beside those before it is confirmed; each of the others says why not.',
      scope: 'matching:write',
      params: companyParams,
      headers: decisionHeaders,
      body: batchBody.ref,
      answers: { 200: batchView.ref },
      refusals: ['company_not_found'],
    }),
    async (request, reply) => {
      const { tenant, subject } = principalOf(request)
      const input = { tenant, companyId: request.params.companyId, ids: request.body.matchIds, by: subject }
      return deps.once(request, reply, {
        status: 200,
        effect: (unit) => confirmMatches({ ...deps, unit }, input),
        view: batchViewWith(deps.views, languageIn(request.headers)),
      })
    },
  )

  app.post(
    '/matches/:matchId/confirm',
    {
      ...operation({
        id: 'confirmMatch',
        tag,
        summary: 'Confirm a suggestion',
        description:
          'As it is, or with other links that correct it. Other suggestions that cannot hold beside it are superseded. Repeating it is harmless.',
        scope: 'matching:write',
        params: matchParams,
        headers: decisionHeaders,
        body: confirmBody.ref,
        answers: { 200: matchView.ref },
        refusals: ['match_not_found', ...linkRefusals],
      }),
      // Most confirmations have nothing to say: they need no body at all.
      preValidation: async (request: { body?: unknown }) => {
        if (request.body === undefined) request.body = {}
      },
    },
    async (request, reply) => {
      const { tenant, subject } = principalOf(request)
      const input = { tenant, id: request.params.matchId, by: subject, correction: correctionIn(request.body) }
      return deps.once(request, reply, {
        status: 200,
        effect: (unit) => confirmMatch({ ...deps, unit }, input),
        view: toMatchView(request),
      })
    },
  )

  app.post(
    '/matches/:matchId/reject',
    operation({
      id: 'rejectMatch',
      tag,
      summary: 'Reject a suggestion',
      description: 'The same combination is not proposed again. Repeating it is harmless.',
      scope: 'matching:write',
      params: matchParams,
      headers: decisionHeaders,
      answers: { 200: matchView.ref },
      refusals: ['match_not_found', 'match_not_decidable'],
    }),
    async (request, reply) => {
      const { tenant, subject } = principalOf(request)
      const input = { tenant, id: request.params.matchId, by: subject }
      return deps.once(request, reply, {
        status: 200,
        effect: (unit) => rejectMatch({ ...deps, unit }, input),
        view: toMatchView(request),
      })
    },
  )

  app.post(
    '/matches/:matchId/undo',
    operation({
      id: 'undoMatch',
      tag,
      summary: 'Undo a confirmed match',
      description:
        'Automatic or not: what it spent is open again, its transactions are unmatched, suggestions that gave way to it stand again, and the same combination is not proposed again. Repeating it is harmless.',
      scope: 'matching:write',
      params: matchParams,
      headers: decisionHeaders,
      answers: { 200: matchView.ref },
      refusals: ['match_not_found', 'match_not_decidable'],
    }),
    async (request, reply) => {
      const { tenant, subject } = principalOf(request)
      const input = { tenant, id: request.params.matchId, by: subject }
      return deps.once(request, reply, {
        status: 200,
        effect: (unit) => undoMatch({ ...deps, unit }, input),
        view: toMatchView(request),
      })
    },
  )
}

/** A difference is one of links. */
function correctionIn({ links, difference }: Partial<LinksInput>): LinksInput | null {
  if (links !== undefined) return { links, ...(difference !== undefined && { difference }) }
  if (difference === undefined) return null
  throw new AppError('invalid_request', 'A difference corrects nothing by itself.', {
    errors: [{ path: '/body/links', message: 'is required with a difference' }],
  })
}
