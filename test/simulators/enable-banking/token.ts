// Who asks: an application, by a JWT that it signed itself.

import { verify, type KeyObject } from 'node:crypto'
import { Refusal } from './refusal.ts'

const lifeSecondsMax = 86_400

/** @throws {Refusal} unless the header carries a token that the application signed and that holds now. */
export function authorise(
  header: string | undefined,
  { applicationId, publicKey, now }: { applicationId: string; publicKey: KeyObject; now: Date },
): void {
  if (header === undefined) throw new Refusal('AUTHORIZATION_NOT_PROVIDED')
  const [, head, body, signature] = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(header) ?? []
  if (head === undefined || body === undefined || signature === undefined) throw new Refusal('UNAUTHORIZED_ACCESS')
  const { typ, alg, kid } = decoded(head)
  if (typ !== 'JWT' || alg !== 'RS256' || kid !== applicationId) throw new Refusal('UNAUTHORIZED_ACCESS', 'header')
  if (!verify('sha256', Buffer.from(`${head}.${body}`), publicKey, Buffer.from(signature, 'base64url')))
    throw new Refusal('UNAUTHORIZED_ACCESS', 'signature')
  const { iss, aud, iat, exp } = decoded(body)
  if (iss !== 'enablebanking.com' || aud !== 'api.enablebanking.com')
    throw new Refusal('UNAUTHORIZED_ACCESS', 'iss, aud')
  const seconds = now.getTime() / 1000
  if (typeof iat !== 'number' || typeof exp !== 'number' || iat > seconds || exp <= seconds)
    throw new Refusal('UNAUTHORIZED_ACCESS', 'iat, exp')
  if (exp - iat > lifeSecondsMax) throw new Refusal('UNAUTHORIZED_ACCESS', 'lives too long')
}

function decoded(part: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof json === 'object' && json !== null ? { ...json } : {}
  } catch {
    return {}
  }
}
