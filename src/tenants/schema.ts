import { Type } from 'typebox'
import { closed, component, text, url } from '../shared/http/schema.ts'
import type { Tenant } from './model.ts'

const fields = {
  name: text(200, 'Your product’s name, as people read it on the hosted page.', 'Example Books'),
  redirectUrls: Type.Array(url('https, or http on loopback.'), {
    maxItems: 50,
    uniqueItems: true,
    description: 'Where people may be sent back to. Compared letter by letter with a session’s `redirectUrl`.',
  }),
  defaultRedirectUrl: Type.Optional(url('Used where a session names none. One of `redirectUrls`.')),
  preferredProviders: Type.Optional(
    Type.Array(Type.String({ pattern: '^[a-z0-9-]{1,64}$' }), {
      maxItems: 20,
      description: 'Where a bank can be reached in two ways, the way that is offered first.',
      examples: [['berlin-group']],
    }),
  ),
  reminderDays: Type.Optional(
    Type.Array(Type.Integer({ minimum: 0, maximum: 90 }), {
      maxItems: 10,
      uniqueItems: true,
      description: 'How many days before a consent ends to remind; 0 is the day itself. Default 14, 7, 3, 1, 0.',
      examples: [[14, 7, 3, 1, 0]],
    }),
  ),
}

export const tenantBody = component(
  'TenantInput',
  Type.Object(fields, { ...closed, description: 'Settings of the calling product.' }),
)
export const tenantView = component('Tenant', Type.Object(fields, { description: 'Settings of the calling product.' }))

export const toTenantView = (tenant: Tenant) => ({
  name: tenant.name,
  redirectUrls: [...tenant.redirectUrls],
  ...(tenant.defaultRedirectUrl !== null && { defaultRedirectUrl: tenant.defaultRedirectUrl }),
  preferredProviders: [...tenant.preferredProviders],
  reminderDays: [...tenant.reminderDays],
})
