// The token that every request carries: the application says who it is and signs it with its own key. Nobody gives tokens out.

import { createPrivateKey, sign, type KeyObject } from 'node:crypto'
import type { Clock } from '../../shared/clock.ts'

/** Who we are to Enable Banking. The key is a secret. */
export type Application = {
  readonly applicationId: string
  /** RSA, in PEM: the other half of the certificate that the application was registered with. */
  readonly privateKey: string
}

/** A day is the most that is accepted. */
const lifeSeconds = 3600
/** No two clocks agree, and a token from the future is none: so far apart they may be, either way. */
const clockSkewSeconds = 300
/** One that is about to end could end on its way, and by a clock that is ahead of ours it ends earlier. */
const marginSeconds = clockSkewSeconds + 300

/** Gives the token of the moment, and makes it anew in time. @throws {Error} for a key that is not an RSA key in PEM. */
export function createTokens({ clock }: { readonly clock: Clock }, application: Application): () => string {
  const key = rsaKeyIn(application.privateKey)
  const header = encoded({ typ: 'JWT', alg: 'RS256', kid: application.applicationId })
  let known: { readonly token: string; readonly from: number; readonly until: number } | undefined
  return () => {
    const now = Math.floor(clock.now().getTime() / 1000)
    if (known === undefined || now < known.from || now >= known.until - marginSeconds) {
      const until = now + lifeSeconds
      const claims = { iss: 'enablebanking.com', aud: 'api.enablebanking.com', iat: now - clockSkewSeconds, exp: until }
      const told = `${header}.${encoded(claims)}`
      known = { token: `${told}.${sign('sha256', Buffer.from(told), key).toString('base64url')}`, from: now, until }
    }
    return known.token
  }
}

/** Without the cause: it may say something of the key. */
function rsaKeyIn(pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem)
    if (key.asymmetricKeyType === 'rsa') return key
  } catch {
    // Told below.
  }
  throw new Error('the private key of the Enable Banking application is not an RSA key in PEM')
}

const encoded = (json: unknown): string => Buffer.from(JSON.stringify(json)).toString('base64url')
