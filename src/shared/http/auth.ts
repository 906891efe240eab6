// Who calls: a bearer JWT whose issuer, audience, algorithm and life are checked; its `tenant` and `scope` decide what it may do.

import jwt from '@fastify/jwt'
import type { FastifyRequest } from 'fastify'
import type { App } from './routes.ts'
import { AppError } from '../errors.ts'
import type { Clock } from '../clock.ts'
import type { TenantId } from '../../values/ids.ts'
import { isCleanText } from '../../values/text.ts'
import { scopes, type Scope } from './operation.ts'

export type Principal = { readonly tenant: TenantId; readonly subject: string; readonly scopes: ReadonlySet<Scope> }

export type TrustedIssuer = {
  readonly issuer: string
  readonly audience: string
  /** A PEM public key, or how to find the key that a token's header names. */
  readonly publicKey: string | ((keyId: string | undefined) => Promise<string>)
}

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal | null
  }
  interface FastifyContextConfig {
    /** What a caller needs; a route without one is public. */
    scope?: Scope
  }
}

const algorithms: ('ES256' | 'EdDSA' | 'RS256')[] = ['ES256', 'EdDSA', 'RS256']
const skewMs = 10_000
const lifetimeMs = 24 * 3_600_000
const rememberedMax = 5_000

/** Installs the check on every route with a scope. `onTenant` is called once per tenant and process, before its first request is served. */
export async function installAuth(
  app: App,
  deps: {
    readonly trusted: TrustedIssuer
    readonly clock: Clock
    readonly onTenant: (tenant: TenantId) => Promise<void>
  },
): Promise<void> {
  const { trusted, clock } = deps
  const findKey = trusted.publicKey
  await app.register(jwt, {
    secret: {
      public:
        typeof findKey === 'string'
          ? findKey
          : (_request, token, done) =>
              void findKey(keyIdOf(token)).then(
                // oxlint-disable-next-line promise/no-callback-in-promise -- the plugin asks for a callback
                (key) => done(null, key),
                // oxlint-disable-next-line promise/no-callback-in-promise -- as above
                (error: unknown) => done(error instanceof Error ? error : new Error('no key'), undefined),
              ),
    },
    decode: { complete: true },
    verify: {
      complete: true,
      algorithms,
      allowedIss: trusted.issuer,
      allowedAud: trusted.audience,
      requiredClaims: ['iss', 'aud', 'exp', 'iat', 'tenant'],
      // Times are compared below, with the one clock that everything else here goes by.
      ignoreExpiration: true,
      ignoreNotBefore: true,
    },
  })
  // Verifying a signature costs more than a small query. What was verified is remembered by the whole token, and no longer than it lives.
  const remembered = new Map<string, { principal: Principal; until: number }>()
  const known = new Map<TenantId, Promise<void>>()

  app.decorateRequest('principal', null)
  app.addHook('onRequest', async (request) => {
    const needed = request.routeOptions.config.scope
    if (needed === undefined) return
    const principal = await authenticate(request)
    if (!allows(principal.scopes, needed))
      throw new AppError('insufficient_scope', `This needs a token with the scope ${needed}.`)
    await firstSeen(principal.tenant)
    request.principal = principal
  })

  async function authenticate(request: FastifyRequest): Promise<Principal> {
    const header = request.headers.authorization ?? ''
    const now = clock.now().getTime()
    const hit = remembered.get(header)
    if (hit !== undefined && hit.until > now) return hit.principal
    try {
      if (header.length > 4_096) throw new Error('token too long')
      const verified = verifiedClaims(await request.jwtVerify(), now)
      if (remembered.size >= rememberedMax) remembered.clear()
      remembered.set(header, verified)
      return verified.principal
    } catch (cause) {
      // That the issuer's keys cannot be had says nothing about the token.
      if (cause instanceof AppError) throw cause
      throw new AppError('unauthenticated', 'A valid bearer token is needed.', { cause })
    }
  }

  function firstSeen(tenant: TenantId): Promise<void> {
    const seen = known.get(tenant)
    if (seen !== undefined) return seen
    const made = deps.onTenant(tenant)
    known.set(tenant, made)
    made.catch(() => known.delete(tenant))
    return made
  }
}

const allows = (granted: ReadonlySet<Scope>, needed: Scope): boolean =>
  granted.has(needed) ||
  (needed.endsWith(':read') && (granted as ReadonlySet<string>).has(needed.replace(/:read$/, ':write')))

/** What the library leaves open: tokens for another purpose, times in the future, lives without end, and what our own claims must look like. */
function verifiedClaims(token: unknown, now: number): { principal: Principal; until: number } {
  const { typ } = partOf(token, 'header')
  const { tenant, scope, sub, exp, iat, nbf } = partOf(token, 'payload')
  if (typ !== undefined && (typeof typ !== 'string' || !/^(application\/)?(at\+)?jwt$/i.test(typ)))
    throw new Error('not an access token')
  if (typeof tenant !== 'string' || !/^[A-Za-z0-9._~-]{1,64}$/.test(tenant))
    throw new Error('tenant is not a tenant key')
  if (typeof exp !== 'number' || typeof iat !== 'number') throw new Error('exp and iat are needed')
  if (exp * 1000 <= now) throw new Error('expired')
  if (iat * 1000 > now + skewMs) throw new Error('issued in the future')
  if (nbf !== undefined && (typeof nbf !== 'number' || nbf * 1000 > now + skewMs)) throw new Error('not yet valid')
  if ((exp - iat) * 1000 > lifetimeMs) throw new Error('lives longer than a day')
  if (scope !== undefined && typeof scope !== 'string') throw new Error('scope is not text')
  if (sub !== undefined && (typeof sub !== 'string' || sub.length > 200 || !isCleanText(sub)))
    throw new Error('sub is not text that can be kept')
  const asked = new Set((scope ?? '').split(' '))
  return {
    principal: {
      tenant,
      subject: sub ?? tenant,
      scopes: new Set(scopes.filter((known) => asked.has(known))),
    },
    until: exp * 1000,
  }
}

function keyIdOf(token: unknown): string | undefined {
  const { kid } = partOf(token, 'header')
  return typeof kid === 'string' ? kid : undefined
}

function partOf(token: unknown, name: 'header' | 'payload'): Record<string, unknown> {
  const part = new Map(Object.entries(token ?? {})).get(name)
  if (typeof part !== 'object' || part === null) throw new Error(`the token has no ${name}`)
  return { ...part }
}

/** The caller of a route that has a scope. */
export function principalOf(request: FastifyRequest): Principal {
  if (request.principal === null) throw new AppError('unauthenticated', 'A valid bearer token is needed.')
  return request.principal
}
