import { AppError } from '../shared/errors.ts'
import type { Tenant } from '../tenants/model.ts'
import { redirectUrlAllowed } from './model/redirect-url.ts'

/** Where the person is sent back to: what was asked for, where the tenant has registered it, else its default. @throws {AppError} redirect_url_missing, redirect_url_not_registered */
export function backTo(
  { redirectUrls, defaultRedirectUrl }: Pick<Tenant, 'redirectUrls' | 'defaultRedirectUrl'>,
  asked: string | null,
): string {
  const redirectUrl = asked ?? defaultRedirectUrl
  if (redirectUrl === null)
    throw new AppError('redirect_url_missing', 'Name a redirectUrl, or register a default one with PUT /v1/tenant.')
  if (!redirectUrlAllowed(redirectUrl, redirectUrls))
    throw new AppError(
      'redirect_url_not_registered',
      'Register this redirectUrl with PUT /v1/tenant first. It is compared letter by letter.',
    )
  return redirectUrl
}
