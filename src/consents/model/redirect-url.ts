// Where a person may be sent back to. A URL is one of the registered ones letter by letter or it is refused: nothing is parsed, decoded or
// normalised when comparing, so there is nothing for two parsers to disagree on. What may be registered is checked once, when it is.

/** Whether a session may send people there: exactly one of the tenant's registered URLs. */
export function redirectUrlAllowed(url: string, registered: readonly string[]): boolean {
  return registered.includes(url)
}

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
  { session, status }: { readonly session: string; readonly status: 'completed' | 'failed' | 'cancelled' },
): string {
  return `${redirectUrl}${redirectUrl.includes('?') ? '&' : '?'}${new URLSearchParams({ session, status }).toString()}`
}

const urlLengthMax = 2048

const loopback: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/** A name of letters, digits and hyphens, or an address: the parser also lets `*`, `!` and a trailing dot through. */
const hostShape = /^(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:]+\])$/
