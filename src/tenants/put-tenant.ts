import { isAcceptableRedirectUrl } from '../consents/model/redirect-url.ts'
import type { DueStore } from '../due/index.ts'
import type { Clock } from '../shared/clock.ts'
import { AppError, type FieldError } from '../shared/errors.ts'
import type { Unit } from '../shared/unit.ts'
import type { TenantStore } from './index.ts'
import type { Tenant } from './model.ts'

type Deps = {
  readonly unit: Unit<{ tenants: Pick<TenantStore, 'find' | 'save'>; due: Pick<DueStore, 'hasten'> }>
  readonly clock: Clock
}

export const findTenant = (deps: Deps, tenant: string): Promise<Tenant> =>
  deps.unit(tenant, ({ tenants }) => tenants.find())

/** Replaces the tenant's settings. @throws {AppError} invalid_request for a URL that people cannot safely be sent to. */
export function putTenant(deps: Deps, settings: Tenant): Promise<Tenant> {
  const errors = redirectErrors(settings)
  if (errors.length > 0)
    throw new AppError('invalid_request', 'Some redirect URLs cannot be registered: see errors.', { errors })
  return deps.unit(settings.id, async ({ tenants, due }) => {
    const now = deps.clock.now()
    const before = await tenants.find()
    await tenants.save(settings, now)
    if (before.reminderDays.join() !== settings.reminderDays.join()) await due.hasten('reminder', now)
    return tenants.find()
  })
}

function redirectErrors({ redirectUrls, defaultRedirectUrl }: Tenant): FieldError[] {
  const unsafe = redirectUrls.flatMap((url, index) =>
    isAcceptableRedirectUrl(url)
      ? []
      : [
          {
            path: `/body/redirectUrls/${index}`,
            message: 'must be an https URL (http only on loopback) without credentials or fragment',
          },
        ],
  )
  const unregistered = defaultRedirectUrl !== null && !redirectUrls.includes(defaultRedirectUrl)
  return unregistered
    ? [...unsafe, { path: '/body/defaultRedirectUrl', message: 'must be one of redirectUrls' }]
    : unsafe
}
