// Powens writes amounts as JSON numbers, and ids as integers of 64 bits. A double would change some of both, so a number never becomes one here.

import { ProviderError } from '../provider.ts'

/**
 * The answer with every number as the text that it was written with: `12.50` stays `12.50`.
 * @throws {ProviderError} nonsense. Without the parser's own message, which quotes the text.
 */
export function parseExact(body: string, what: string): unknown {
  try {
    return JSON.parse(body, asWritten)
  } catch {
    throw new ProviderError('nonsense', `${what}: the answer is not JSON`)
  }
}

/** The third argument is what the value was read from (ECMAScript's JSON.parse source text access), which TypeScript does not declare yet. */
function asWritten(_key: string, value: unknown, ...[context]: readonly unknown[]): unknown {
  return typeof value === 'number' ? sourceOf(context) : value
}

function sourceOf(context: unknown): string {
  if (typeof context === 'object' && context !== null && 'source' in context && typeof context.source === 'string')
    return context.source
  throw new TypeError('this JavaScript engine does not tell what a number was read from')
}
