import { principalOf } from '../shared/http/auth.ts'
import { idempotencyHeader, type Once } from '../shared/http/once.ts'
import { operation } from '../shared/http/operation.ts'
import type { Routes } from '../shared/http/routes.ts'
import { readAgreement } from './read-agreement.ts'
import { agreementBody, agreementParams, agreementQuery, agreementView, toAgreementView } from './schema.ts'
import { startAgreement, type StartAgreementStores } from './start-agreement.ts'

type Deps = Parameters<typeof readAgreement>[0] &
  Omit<Parameters<typeof startAgreement>[0], 'unit'> & { readonly once: Once<StartAgreementStores> }

const tag = 'Agreements'

export const agreementRoutes: Routes<Deps> = (app, deps) => {
  app.get(
    '/companies/:companyId/agreement',
    operation({
      id: 'getAgreement',
      tag,
      summary: 'Get the company’s agreement',
      description:
        'How it stands, and how it came to that. `agreement.changed` tells of every step, so it need not be asked for over and over.',
      scope: 'consents:read',
      params: agreementParams,
      querystring: agreementQuery,
      answers: { 200: agreementView.ref },
      refusals: ['company_not_found', 'institution_not_found'],
    }),
    async (request) =>
      toAgreementView(
        await readAgreement(deps, {
          tenant: principalOf(request).tenant,
          companyId: request.params.companyId,
          institutionId: request.query.institutionId ?? null,
        }),
      ),
  )

  app.post(
    '/companies/:companyId/agreement',
    operation({
      id: 'startAgreement',
      tag,
      summary: 'Have the agreement signed',
      description:
        'Has it drawn up for that signatory: send them `signingUrl`. Once for a company, whichever of the banks it is for. While it waits to be signed, asking again makes a new link and the old one ends; what was refused, declined, expired or ended is begun anew.',
      scope: 'consents:write',
      params: agreementParams,
      headers: idempotencyHeader,
      body: agreementBody.ref,
      answers: { 201: agreementView.ref },
      refusals: [
        'company_not_found',
        'institution_not_found',
        'redirect_url_missing',
        'redirect_url_not_registered',
        'agreement_not_needed',
        'agreement_conflict',
        'bank_unavailable',
        'bank_refused',
      ],
    }),
    async (request, reply) => {
      const { signatory, institutionId, redirectUrl } = request.body
      const ask = {
        companyId: request.params.companyId,
        signatory,
        institutionId: institutionId ?? null,
        redirectUrl: redirectUrl ?? null,
      }
      return deps.once(request, reply, {
        status: 201,
        effect: (unit) => startAgreement({ ...deps, unit }, { tenant: principalOf(request).tenant, ask }),
        view: toAgreementView,
      })
    },
  )
}
