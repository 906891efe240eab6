// Access for a day, and the means to get it for thirty. They are opaque here; the real ones are JWTs.

import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Clock } from '../../../src/shared/clock.ts'
import { fieldRefusal, invalidToken, onlyKnown, refusal, required, type FieldFaults } from './refusal.ts'

const accessSeconds = 86_400
const refreshSeconds = 2_592_000

export const secretId = '6f1d0c52-0f3c-4ab0-9a2f-6d0b7b1f3e11'
export const secretKey = 'a-secret-key-that-is-long-enough'

export type TokenOffice = {
  readonly isGood: (authorization: string | undefined) => boolean
  /** All of them, before their time. */
  readonly endAll: () => void
  readonly routes: (scope: FastifyInstance) => void
}

export function createTokenOffice(clock: Clock): TokenOffice {
  const access = new Map<string, Date>()
  const refresh = new Map<string, Date>()

  const issue = (to: Map<string, Date>, seconds: number): string => {
    const token = ['eyJhbGciOiJIUzI1NiJ9', randomBytes(24).toString('base64url'), randomBytes(16).toString('base64url')]
    to.set(token.join('.'), new Date(clock.now().getTime() + seconds * 1000))
    return token.join('.')
  }
  const holds = (from: Map<string, Date>, token: string): boolean => (from.get(token) ?? new Date(0)) > clock.now()

  return {
    isGood: (authorization) => holds(access, /^Bearer (\S+)$/.exec(authorization ?? '')?.[1] ?? ''),
    endAll() {
      access.clear()
      refresh.clear()
    },
    routes(scope) {
      scope.post('/token/new/', async (request) => {
        const { secret_id: id, secret_key: key } = bodyWith(request.body, ['secret_id', 'secret_key'])
        if (id !== secretId || key !== secretKey)
          throw refusal(401, 'Authentication failed', 'No active account found with the given credentials')
        return {
          access: issue(access, accessSeconds),
          access_expires: accessSeconds,
          refresh: issue(refresh, refreshSeconds),
          refresh_expires: refreshSeconds,
        }
      })
      scope.post('/token/refresh/', async (request) => {
        const { refresh: token } = bodyWith(request.body, ['refresh'])
        if (!holds(refresh, String(token))) throw invalidToken()
        return { access: issue(access, accessSeconds), access_expires: accessSeconds }
      })
    },
  }
}

function bodyWith(body: unknown, fields: readonly string[]): Record<string, unknown> {
  const sent = { ...(typeof body === 'object' ? body : {}) }
  onlyKnown(sent, fields, 'payload')
  const missing = fields.filter((field) => !(field in sent))
  const faults: FieldFaults = Object.fromEntries(missing.map((field) => [field, required]))
  if (missing.length > 0) throw fieldRefusal(faults)
  return sent
}
