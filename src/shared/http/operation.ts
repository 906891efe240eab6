// One operation of the contract: what a route takes, what it answers, who may call it, and every way it may refuse.

import { Type, type TObject, type TSchema } from 'typebox'
import { statusOf, problem } from './problem.ts'
import type { ErrorCode } from '../errors.ts'
import { closed } from './schema.ts'

export const scopes = [
  'tenant:admin',
  'companies:read',
  'companies:write',
  'consents:read',
  'consents:write',
  'connections:read',
  'connections:write',
  'transactions:read',
  'transactions:write',
  'entries:read',
  'entries:write',
  'matching:read',
  'matching:write',
  'webhooks:read',
  'webhooks:write',
  'usage:read',
  'usage:write',
] as const
export type Scope = (typeof scopes)[number]

declare module 'fastify' {
  interface FastifyContextConfig {
    /** How it may refuse. */
    refusals?: readonly ErrorCode[]
  }
}

type Parts = { params?: TSchema; querystring?: TSchema; body?: TSchema; headers?: TObject }
type Answers = Readonly<Record<number, TSchema>>

type Ask<P extends Parts, A extends Answers> = P & {
  /** operationId: camelCase verb and noun. */
  readonly id: string
  readonly tag: string
  readonly summary: string
  readonly description: string
  readonly scope: Scope
  readonly answers: A
  /** The codes it may refuse with, beyond what every operation may. */
  readonly refusals?: readonly ErrorCode[]
}

const always: readonly ErrorCode[] = [
  'invalid_request',
  'unauthenticated',
  'insufficient_scope',
  'too_many_requests',
  'internal_error',
  'unavailable',
]
const withBody: readonly ErrorCode[] = ['invalid_json', 'body_too_large', 'unsupported_media_type']
const withKey: readonly ErrorCode[] = ['idempotency_key_in_flight', 'idempotency_key_reused', 'lease_lost']

/** The options of a Fastify route, typed for its handler and whole for the contract. */
export function operation<const P extends Parts, const A extends Answers>(ask: Ask<P, A>) {
  const codes = [
    ...always,
    ...(ask.body === undefined ? [] : withBody),
    ...('idempotency-key' in (ask.headers?.properties ?? {}) ? withKey : []),
    ...(ask.refusals ?? []),
  ]
  return {
    schema: {
      operationId: ask.id,
      tags: [ask.tag],
      summary: ask.summary,
      description: `${ask.description}\n\nScope: \`${ask.scope}\`.`,
      security: [{ bearer: [] }],
      ...partsOf<P>(ask),
      response: ask.answers,
    },
    // Problems are no schema of the route: Fastify would compile a serializer for each, which is most of a start, and they have one of their own.
    config: { scope: ask.scope, refusals: codes },
  }
}

/** What it takes, and nothing else of what was asked with: their types are what the handler sees. Without a query, any parameter there is refused. */
const partsOf = <P extends Parts>({ params, querystring = Type.Object({}, closed), body, headers }: P): P =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same four, less those that are absent anyway
  Object.fromEntries(
    Object.entries({ params, querystring, body, headers }).filter(([, schema]) => schema !== undefined),
  ) as unknown as P

/** For the contract: one answer per status, which names the codes that it may carry. */
export function problemsOf(codes: readonly ErrorCode[]): Record<number, unknown> {
  const byStatus = Map.groupBy(new Set(codes), (code) => statusOf[code])
  return Object.fromEntries(
    [...byStatus].map(([status, ofStatus]) => [
      status,
      {
        description: `Refused: ${ofStatus.map((code) => `\`${code}\``).join(', ')}.`,
        content: { 'application/problem+json': { schema: problem.ref } },
      },
    ]),
  )
}
