import { principalOf } from '../shared/http/auth.ts'
import { idempotencyHeader, type Once } from '../shared/http/once.ts'
import { operation } from '../shared/http/operation.ts'
import type { Routes } from '../shared/http/routes.ts'
import { AppError } from '../shared/errors.ts'
import { pageAsk } from '../shared/page.ts'
import { getSession, listSessions, resendSession, withdrawSession, type ResendStores } from './change-session.ts'
import { reconfirmConsent, type ReconfirmStores } from './reconfirm-consent.ts'
import { attributeConsent, getConsent, listConsents } from './read-consents.ts'
import { renewConsents, type RenewStores } from './renew-consents.ts'
import { revokeConsent } from './revoke-consent.ts'
import {
  companyParams,
  consentList,
  consentParams,
  consentPatch,
  consentQuery,
  consentView,
  reconfirmationBody,
  reconfirmationView,
  renewalBody,
  renewalView,
  revokedView,
  sessionBody,
  sessionList,
  sessionParams,
  sessionQuery,
  sessionView,
  toConsentView,
  toReconfirmationView,
  toRenewalView,
  toSessionView,
  toStartedView,
} from './schema.ts'
import type { RedirectStores } from './send-to-bank.ts'
import { startSession, startSessionAtBank } from './start-session.ts'

type Deps = Omit<Parameters<typeof startSessionAtBank>[0], 'unit'> &
  Parameters<typeof listSessions>[0] &
  Parameters<typeof withdrawSession>[0] &
  Parameters<typeof listConsents>[0] &
  Omit<Parameters<typeof reconfirmConsent>[0], 'unit'> &
  Parameters<typeof revokeConsent>[0] & {
    readonly once: Once<RenewStores & ResendStores & RedirectStores & ReconfirmStores>
  }

const sessionRefusals = [
  'company_not_found',
  'person_not_found',
  'ledger_account_not_found',
  'institution_not_found',
  'redirect_url_missing',
  'redirect_url_not_registered',
] as const

export const consentRoutes: Routes<Deps> = (app, deps) => {
  app.post(
    '/companies/:companyId/consent-sessions',
    operation({
      id: 'startConsentSession',
      tag: 'Consents',
      summary: 'Start a consent session',
      description:
        'Makes a link that leads a person to the bank. Show it, or send it to somebody else who may approve: it works until it is completed, expires or is withdrawn.',
      scope: 'consents:write',
      params: companyParams,
      headers: idempotencyHeader,
      body: sessionBody.ref,
      answers: { 201: sessionView.ref },
      refusals: [...sessionRefusals, 'start_date_in_future', 'agreement_required', 'bank_unavailable', 'bank_refused'],
    }),
    async (request, reply) => {
      const { tenant } = principalOf(request)
      const { body } = request
      const ask = {
        companyId: request.params.companyId,
        personId: body.personId ?? null,
        institutionId: body.institutionId ?? null,
        redirectUrl: body.redirectUrl ?? null,
        language: body.language ?? null,
        ledgerAccountIds: body.ledgerAccountIds ?? [],
        activate:
          body.activate === undefined
            ? null
            : {
                startDate: body.activate.startDate,
                firstSync: body.activate.firstSync ?? ('now' as const),
                ...(body.activate.unassigned === true && { unassigned: true }),
              },
        expiresInHours: body.expiresInHours ?? 72,
      }
      const { institutionId } = ask
      if (body.page === 'none' && institutionId === null)
        throw new AppError('invalid_request', 'Without our page the bank must be named.', {
          errors: [{ path: '/body/institutionId', message: 'is required with page "none"' }],
        })
      const psu = { ipAddress: request.ip, userAgent: request.headers['user-agent'] ?? 'unknown' }
      return deps.once(request, reply, {
        status: 201,
        effect: (unit) =>
          body.page === 'none' && institutionId !== null
            ? startSessionAtBank({ ...deps, unit }, { tenant, ask: { ...ask, institutionId }, psu })
            : startSession({ ...deps, unit }, { tenant, ask }),
        view: toStartedView,
      })
    },
  )

  app.get(
    '/companies/:companyId/consent-sessions',
    operation({
      id: 'listConsentSessions',
      tag: 'Consents',
      summary: 'List consent sessions',
      description: 'The newest first.',
      scope: 'consents:read',
      params: companyParams,
      querystring: sessionQuery,
      answers: { 200: sessionList.ref },
      refusals: ['company_not_found', 'invalid_cursor'],
    }),
    async (request) => {
      const ask = { ...pageAsk(request.query), status: request.query.status }
      const page = await listSessions(deps, { tenant: principalOf(request).tenant, ...request.params, ask })
      return { data: page.data.map(toSessionView), nextCursor: page.nextCursor }
    },
  )

  app.get(
    '/consent-sessions/:sessionId',
    operation({
      id: 'getConsentSession',
      tag: 'Consents',
      summary: 'Get a consent session',
      description: 'Where it stands, and what came of it.',
      scope: 'consents:read',
      params: sessionParams,
      answers: { 200: sessionView.ref },
      refusals: ['session_not_found'],
    }),
    async (request) =>
      toSessionView(await getSession(deps, { tenant: principalOf(request).tenant, id: request.params.sessionId })),
  )

  app.post(
    '/consent-sessions/:sessionId/resend',
    operation({
      id: 'resendConsentSession',
      tag: 'Consents',
      summary: 'Make a new link',
      description: 'For the same session, to live as long as the first was to; the old link ends.',
      scope: 'consents:write',
      params: sessionParams,
      headers: idempotencyHeader,
      answers: { 201: sessionView.ref },
      refusals: ['session_not_found', 'session_ended'],
    }),
    async (request, reply) => {
      const input = { tenant: principalOf(request).tenant, id: request.params.sessionId }
      return deps.once(request, reply, {
        status: 201,
        effect: (unit) => resendSession({ ...deps, unit }, input),
        view: toStartedView,
      })
    },
  )

  app.delete(
    '/consent-sessions/:sessionId',
    operation({
      id: 'withdrawConsentSession',
      tag: 'Consents',
      summary: 'Withdraw a consent session',
      description: 'Its link stops working at once. Repeating it is harmless.',
      scope: 'consents:write',
      params: sessionParams,
      answers: { 200: sessionView.ref },
      refusals: ['session_not_found', 'session_ended'],
    }),
    async (request) =>
      toSessionView(await withdrawSession(deps, { tenant: principalOf(request).tenant, id: request.params.sessionId })),
  )

  app.get(
    '/companies/:companyId/consents',
    operation({
      id: 'listConsents',
      tag: 'Consents',
      summary: 'List consents',
      description: 'The newest first.',
      scope: 'consents:read',
      params: companyParams,
      querystring: consentQuery,
      answers: { 200: consentList.ref },
      refusals: ['company_not_found', 'invalid_cursor'],
    }),
    async (request) => {
      const { personId, status } = request.query
      const ask = { ...request.params, filter: { personId, status }, ask: pageAsk(request.query) }
      const page = await listConsents(deps, { tenant: principalOf(request).tenant, ...ask })
      return { data: page.data.map(toConsentView), nextCursor: page.nextCursor }
    },
  )

  app.get(
    '/consents/:consentId',
    operation({
      id: 'getConsent',
      tag: 'Consents',
      summary: 'Get a consent',
      description: 'What it covers, and for how long.',
      scope: 'consents:read',
      params: consentParams,
      answers: { 200: consentView.ref },
      refusals: ['consent_not_found'],
    }),
    async (request) =>
      toConsentView(await getConsent(deps, { tenant: principalOf(request).tenant, id: request.params.consentId })),
  )

  app.patch(
    '/consents/:consentId',
    operation({
      id: 'attributeConsent',
      tag: 'Consents',
      summary: 'Say whose consent it is',
      description: 'For a link that whoever held it could use.',
      scope: 'consents:write',
      params: consentParams,
      body: consentPatch.ref,
      answers: { 200: consentView.ref },
      refusals: ['consent_not_found', 'person_not_found'],
    }),
    async (request) => {
      const input = {
        tenant: principalOf(request).tenant,
        id: request.params.consentId,
        personId: request.body.personId,
      }
      return toConsentView(await attributeConsent(deps, input))
    },
  )

  app.delete(
    '/consents/:consentId',
    operation({
      id: 'revokeConsent',
      tag: 'Consents',
      summary: 'Revoke a consent',
      description:
        'Ends it at the bank. Where only the bank can, the answer is 202: it is no longer used here, and the person has to end it there.',
      scope: 'consents:write',
      params: consentParams,
      answers: { 200: consentView.ref, 202: revokedView.ref },
      refusals: ['consent_not_found', 'bank_unavailable'],
    }),
    async (request, reply) => {
      const key = { tenant: principalOf(request).tenant, id: request.params.consentId }
      const { bankActionRequired } = await revokeConsent(deps, key)
      const consent = toConsentView(await getConsent(deps, key))
      return bankActionRequired
        ? reply.code(202).send({ status: 'bank_action_required' as const, consent })
        : reply.code(200).send(consent)
    },
  )

  app.post(
    '/consents/:consentId/reconfirm',
    operation({
      id: 'reconfirmConsent',
      tag: 'Consents',
      summary: 'Have a consent reconfirmed',
      description:
        'Within a longer consent the person has to say every 90 days that it still stands (UK). No bank login; late is fine: fetching then goes on by itself.',
      scope: 'consents:write',
      params: consentParams,
      headers: idempotencyHeader,
      body: reconfirmationBody.ref,
      answers: { 200: reconfirmationView.ref },
      refusals: [
        'consent_not_found',
        'reconfirmation_not_needed',
        'redirect_url_missing',
        'redirect_url_not_registered',
        'bank_unavailable',
        'bank_refused',
      ],
    }),
    async (request, reply) => {
      const ask = {
        tenant: principalOf(request).tenant,
        id: request.params.consentId,
        redirectUrl: request.body.redirectUrl ?? null,
      }
      return deps.once(request, reply, {
        status: 200,
        effect: (unit) => reconfirmConsent({ ...deps, unit }, ask),
        view: toReconfirmationView,
      })
    },
  )

  app.post(
    '/companies/:companyId/consent-renewals',
    operation({
      id: 'renewConsents',
      tag: 'Consents',
      summary: 'Renew consents',
      description:
        'One session per institution and person that needs it, each with its link. Renewing early loses nothing: the old consent serves until the new one takes over.',
      scope: 'consents:write',
      params: companyParams,
      headers: idempotencyHeader,
      body: renewalBody.ref,
      answers: { 201: renewalView.ref },
      refusals: [...sessionRefusals, 'consent_not_found'],
    }),
    async (request, reply) => {
      const { tenant } = principalOf(request)
      const { redirectUrl, consentIds, activeWithinDays } = request.body
      const ask = {
        ...request.params,
        redirectUrl: redirectUrl ?? null,
        consentIds: consentIds ?? null,
        activeWithinDays: activeWithinDays ?? 90,
      }
      return deps.once(request, reply, {
        status: 201,
        effect: (unit) => renewConsents({ ...deps, unit }, { tenant, ask }),
        view: toRenewalView,
      })
    },
  )
}
