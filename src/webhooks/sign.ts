// Standard Webhooks (https://www.standardwebhooks.com): what is sent is signed together with its id and the time of the attempt.

import { createHmac } from 'node:crypto'

const prefix = 'whsec_'

/** The form in which a tenant keeps a secret. `random` is 256 bits in base64url. */
export const secretOf = (random: string): string => `${prefix}${Buffer.from(random, 'base64url').toString('base64')}`

/** The three headers. Several secrets, while one replaces another, are several signatures. */
export function signedHeaders(
  message: { readonly id: string; readonly at: Date; readonly body: string },
  secrets: readonly string[],
): Record<string, string> {
  const timestamp = String(Math.floor(message.at.getTime() / 1_000))
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(prefix.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${message.id}.${timestamp}.${message.body}`).digest('base64')}`
  })
  return { 'webhook-id': message.id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}
