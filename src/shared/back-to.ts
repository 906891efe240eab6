import { AppError } from './errors.ts'

/**
 * Where a person is sent back to: what was asked for, where the tenant has registered it, else its default. Letter by letter: nothing is parsed, decoded or normalised
 * when comparing, so there is nothing for two parsers to disagree on. What may be registered is checked once, when it is.
 * @throws {AppError} redirect_url_missing, redirect_url_not_registered
 */
export function backTo(
  registered: { readonly redirectUrls: readonly string[]; readonly defaultRedirectUrl: string | null },
  asked: string | null,
): string {
  const redirectUrl = asked ?? registered.defaultRedirectUrl
  if (redirectUrl === null)
    throw new AppError('redirect_url_missing', 'Name a redirectUrl, or register a default one with PUT /v1/tenant.')
  if (!registered.redirectUrls.includes(redirectUrl))
    throw new AppError(
      'redirect_url_not_registered',
      'Register this redirectUrl with PUT /v1/tenant first. It is compared letter by letter.',
    )
  return redirectUrl
}
