// Idempotency-Key: a POST that is sent again is answered again, and done once. The claim is written before the work starts; the answer is written
// in the very transaction of the effect, so a crash leaves both or neither.

import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { asWritten } from '../../values/as-written.ts'
import type { TenantId } from '../../values/ids.ts'
import type { Clock } from '../clock.ts'
import { digestOf, type Cipher } from '../crypto.ts'
import { AppError } from '../errors.ts'
import type { Ids } from '../ids.ts'
import type { Unit } from '../unit.ts'
import { principalOf } from './auth.ts'

export const idempotencyHeader = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 255,
      pattern: '^[\\x21-\\x7e]+$',
      description:
        'Your own unguessed key for this request. Sent again with the same body within 24 hours, the first answer is given again.',
      examples: ['3f1c9f6e-2b7a-4a51-9a55-0b6d3a2c9d10'],
    }),
  ),
})

export type Claim =
  | { readonly kind: 'claimed' }
  | { readonly kind: 'answered'; readonly status: number; readonly answer: Buffer }
  | { readonly kind: 'in_flight'; readonly until: Date }
  | { readonly kind: 'other_request' }

/** Where claims are kept (the `idempotency` slice's store). */
export type Claims = {
  claim(ask: { key: string; fingerprint: Buffer; claim: string; now: Date; leaseUntil: Date }): Promise<Claim>
  /** @throws {AppError} lease_lost when another attempt has claimed the key since. */
  answer(ask: { key: string; claim: string; status: number; answer: Buffer }): Promise<void>
  release(ask: { key: string; claim: string }): Promise<void>
  /** Forgets what was asked before. */
  forget(before: Date): Promise<void>
}

/**
 * Runs `effect` with the unit that its answer is written in. The use case asks for that unit as a `UnitFor` its own result: what its work returns there is
 * what is answered.
 */
export type Once<Stores> = <Result, View>(
  request: FastifyRequest,
  reply: FastifyReply,
  ask: {
    readonly status: number
    readonly effect: (unit: Unit<Stores>) => Promise<Result>
    readonly view: (result: Result) => View
  },
) => Promise<View>

const leaseMs = 60_000
const keptMs = 24 * 3_600_000

export function createOnce<Stores extends { idempotency: Claims }>(deps: {
  readonly unit: Unit<Stores>
  readonly cipher: Cipher
  readonly clock: Clock
  readonly ids: Ids
}): Once<Stores> {
  return async (request, reply, { status, effect, view }) => {
    const { tenant } = principalOf(request)
    const key = request.headers['idempotency-key']
    if (typeof key !== 'string') {
      void reply.code(status)
      return view(await effect(deps.unit))
    }
    const claim = deps.ids.uuid()
    const claimed = await claimKey(deps, tenant, { key, claim, fingerprint: fingerprintOf(request) })
    const row = ['idempotency_keys', tenant, key]
    if (claimed.kind === 'answered') {
      void reply.code(claimed.status).header('idempotency-replayed', 'true')
      // What `view` made when the request came first.
      return asWritten(JSON.parse(deps.cipher.open(claimed.answer, row).toString('utf8')))
    }
    try {
      const result = await effect((_, work) =>
        deps.unit(tenant, async (stores) => {
          // A use case takes this unit as a `UnitFor` its result, so what is made in it is one.
          const made = await work(stores)
          const answer = deps.cipher.seal(JSON.stringify(view(asWritten(made))), row)
          await stores.idempotency.answer({ key, claim, status, answer })
          return made
        }),
      )
      void reply.code(status)
      return view(result)
    } catch (error) {
      // A refusal has no effect to protect: the key may be used again at once. If this fails too, the claim's lease ends by itself.
      await deps.unit(tenant, ({ idempotency }) => idempotency.release({ key, claim })).catch(() => undefined)
      throw error
    }
  }
}

async function claimKey<Stores extends { idempotency: Claims }>(
  deps: { readonly unit: Unit<Stores>; readonly clock: Clock },
  tenant: TenantId,
  ask: { key: string; claim: string; fingerprint: Buffer },
): Promise<Extract<Claim, { kind: 'claimed' | 'answered' }>> {
  const now = deps.clock.now()
  const leaseUntil = new Date(now.getTime() + leaseMs)
  const claimed = await deps.unit(tenant, async ({ idempotency }) => {
    await idempotency.forget(new Date(now.getTime() - keptMs))
    return idempotency.claim({ ...ask, now, leaseUntil })
  })
  switch (claimed.kind) {
    case 'in_flight':
      throw new AppError(
        'idempotency_key_in_flight',
        'The first request with this Idempotency-Key is still running. Ask again shortly.',
        {
          retryAt: new Date(Math.min(claimed.until.getTime(), now.getTime() + 2_000)),
        },
      )
    case 'other_request':
      throw new AppError(
        'idempotency_key_reused',
        'This Idempotency-Key was used for another request. Use a new key for a new request.',
      )
    case 'claimed':
    case 'answered':
      return claimed
  }
}

const fingerprintOf = (request: FastifyRequest): Buffer =>
  digestOf(JSON.stringify([request.method, request.url, canonical(request.body ?? null)]))

/** The same JSON whatever the order of its keys. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, canonical(inner)])
}
