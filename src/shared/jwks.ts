import { createPublicKey, type JsonWebKey } from 'node:crypto'
import type { Clock } from './clock.ts'
import { AppError } from './errors.ts'
import type { Outbound } from './outbound.ts'

const keptMs = 10 * 60_000
const askAgainMs = 30_000

/**
 * Finds a token issuer's public key (PEM) by the key id in a token's header, from its JWKS document. The document is kept for ten minutes; a key id that
 * is not in it asks again, but no more often than every 30 seconds, whatever strangers send. While the document cannot be had, the keys that are known serve on.
 * @throws {AppError} unavailable when the document cannot be had and the key is not known.
 */
export function remoteKeys(deps: {
  readonly url: string
  readonly outbound: Pick<Outbound, 'request'>
  readonly clock: Clock
}): (keyId: string | undefined) => Promise<string> {
  let keys: ReadonlyMap<string, string> = new Map()
  let askedAt = -Infinity
  let asking: Promise<void> | null = null

  async function ask(): Promise<void> {
    askedAt = deps.clock.now().getTime()
    const { status, body } = await deps.outbound.request({
      method: 'GET',
      url: deps.url,
      deadlineMs: 5_000,
      bodyBytesMax: 256 * 1024,
    })
    if (status !== 200) throw new Error(`the JWKS document answered ${status}`)
    keys = keysIn(JSON.parse(body))
  }

  return async (keyId) => {
    if (keyId === undefined) throw new Error('the token names no key')
    const age = deps.clock.now().getTime() - askedAt
    if (age > keptMs || (!keys.has(keyId) && (asking !== null || age > askAgainMs))) {
      asking ??= ask().finally(() => (asking = null))
      await asking.catch((cause: unknown) => {
        if (!keys.has(keyId))
          throw new AppError(
            'unavailable',
            'The keys of the token’s issuer cannot be read right now; try again shortly.',
            { cause },
          )
      })
    }
    const key = keys.get(keyId)
    if (key === undefined) throw new Error('the token names a key that its issuer does not publish')
    return key
  }
}

function keysIn(document: unknown): ReadonlyMap<string, string> {
  const listed =
    typeof document === 'object' && document !== null && 'keys' in document && Array.isArray(document.keys)
      ? document.keys
      : []
  const signing = listed.filter(
    (jwk): jwk is JsonWebKey & { kid: string } =>
      typeof jwk === 'object' && jwk !== null && typeof jwk.kid === 'string' && jwk.use !== 'enc',
  )
  return new Map(signing.flatMap((jwk) => pemOf(jwk).map((pem) => [jwk.kid, pem])))
}

/** Nothing for a secret (`oct`) or a kind of key that is not known here: the document's other keys are no worse for it. */
function pemOf(jwk: JsonWebKey): string[] {
  try {
    return [createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString()]
  } catch {
    return []
  }
}
