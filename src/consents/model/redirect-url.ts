// Where a person may be sent back to: what may be registered, and what is added to it. That it is one of the registered ones is checked in `shared/back-to.ts`.

/**
 * Whether a URL may be registered: https, or http on loopback, spelled as the URL standard itself would spell it. Without credentials, fragment and
 * control characters (encoded ones neither), and without the two parameters that we shall add.
 */
export function isAcceptableRedirectUrl(text: string): boolean {
  if (text.length > urlLengthMax || !/^[!-~]+$/.test(text) || /[\\#]|%(?:[01][0-9a-f]|7f)/i.test(text)) return false
  const url = URL.parse(text)
  // Whoever reads a spelling that the standard would change (`https:books.example`, `HTTPS://`, `/a/../b`) may read another place.
  if (url === null || (url.href !== text && url.href !== `${text}/`)) return false
  if (url.username !== '' || url.password !== '' || url.searchParams.has('session') || url.searchParams.has('status'))
    return false
  if (url.protocol === 'http:') return loopback.has(url.hostname)
  return url.protocol === 'https:' && hostShape.test(url.hostname)
}

/** The way back with the outcome on it: what was registered stays as it was, letter by letter. */
export function withOutcome(
  redirectUrl: string,
  outcome: { readonly session?: string; readonly status: string },
): string {
  return `${redirectUrl}${redirectUrl.includes('?') ? '&' : '?'}${new URLSearchParams(outcome).toString()}`
}

const urlLengthMax = 2048

const loopback: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/** A name of letters, digits and hyphens, or an address: the parser also lets `*`, `!` and a trailing dot through. */
const hostShape = /^(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:]+\])$/
