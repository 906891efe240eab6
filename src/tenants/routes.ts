import type { Routes } from '../shared/http/routes.ts'
import { principalOf } from '../shared/http/auth.ts'
import { operation } from '../shared/http/operation.ts'
import { findTenant, putTenant } from './put-tenant.ts'
import { tenantBody, tenantView, toTenantView } from './schema.ts'

type Deps = Parameters<typeof putTenant>[0]

export const tenantRoutes: Routes<Deps> = (app, deps) => {
  app.get(
    '/tenant',
    operation({
      id: 'getTenant',
      tag: 'Tenant',
      summary: 'Your settings',
      description: 'The settings of the product whose token this is.',
      scope: 'tenant:admin',
      answers: { 200: tenantView.ref },
    }),
    async (request) => toTenantView(await findTenant(deps, principalOf(request).tenant)),
  )

  app.put(
    '/tenant',
    operation({
      id: 'putTenant',
      tag: 'Tenant',
      summary: 'Replace your settings',
      description:
        'Registers where people may be sent back to after the bank. Do this before the first consent session.',
      scope: 'tenant:admin',
      body: tenantBody.ref,
      answers: { 200: tenantView.ref },
    }),
    async (request) => {
      const { body } = request
      return toTenantView(
        await putTenant(deps, {
          id: principalOf(request).tenant,
          name: body.name,
          redirectUrls: body.redirectUrls,
          defaultRedirectUrl: body.defaultRedirectUrl ?? null,
          preferredProviders: body.preferredProviders ?? [],
          reminderDays: body.reminderDays ?? [14, 7, 3, 1, 0],
        }),
      )
    },
  )
}
