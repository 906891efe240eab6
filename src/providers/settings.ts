// The environment as a provider reads its part of it: what is wrong is told, all of it at once, and never with a value.

export type Settings = {
  /** Trimmed; null where it is not set or empty. */
  readonly value: (name: string) => string | null
  /** A file's text; null where it cannot be read. */
  readonly file: (path: string) => string | null
  readonly tell: (problem: string) => void
  /** Whether there is to be something to try things out with. */
  readonly sandbox: boolean
}

/** The values of variables that only mean something together; null where none is set. */
export function allOrNone({ value, tell }: Settings, names: readonly string[]): readonly string[] | null {
  const values = names.map((name) => value(name))
  if (values.every((each) => each === null)) return null
  const missing = names.filter((_, index) => values[index] === null)
  if (missing.length > 0) tell(`${missing.join(' and ')} must be set too: ${names.join(', ')} belong together`)
  return values.map((each) => each ?? '')
}

/** Where a provider is reached, without a slash at the end. */
export function baseUrlOf({ value, tell }: Settings, name: string, fallback: string): string {
  const text = value(name)
  if (text === null) return fallback
  const url = URL.parse(text)
  if (url === null || !['https:', 'http:'].includes(url.protocol) || url.search !== '' || url.hash !== '')
    tell(`${name} must be an http(s) URL without query`)
  else if (url.protocol === 'http:' && !isLoopback(url.hostname))
    tell(`${name} must be https, but for a server on this machine`)
  return text.replace(/\/+$/, '')
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '[::1]' || /^127(\.\d+){3}$/.test(host)
