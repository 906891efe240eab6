// What the wire is made of: the small shapes that every slice's schema.ts builds on.

import { Type, type Static, type TSchema } from 'typebox'
import { pageLimitDefault, pageLimitMax } from '../page.ts'

/**
 * A named part of the contract: registered once under `components.schemas` and referred to by `ref`, which keeps its static type.
 */
export type Component<T extends TSchema> = {
  readonly schema: T & { readonly $id: string }
  readonly ref: ReturnType<typeof refTo<T>>
}

export function component<T extends TSchema>(name: string, schema: T): Component<T> {
  return { schema: { ...schema, $id: name }, ref: refTo<T>(name) }
}

export const isComponent = (value: unknown): value is Component<TSchema> =>
  typeof value === 'object' && value !== null && 'schema' in value && 'ref' in value

function refTo<T extends TSchema>(name: string) {
  return Type.Unsafe<Static<T>>({ $ref: `${name}#` })
}

export const tenantKey = (description: string) =>
  Type.String({ pattern: '^[A-Za-z0-9._~-]{1,64}$', description, examples: ['northwind'] })
/** The pattern keeps out `urn:uuid:…`, which the format allows and PostgreSQL does not. */
export const uuid = (description: string) =>
  Type.String({
    format: 'uuid',
    pattern: '^[0-9A-Fa-f-]{36}$',
    description,
    examples: ['01931f5e-8c00-7000-8000-0123456789ab'],
  })
/** A calendar day. The pattern keeps out years that PostgreSQL or a bank would not understand. */
export const day = (description: string) =>
  Type.String({ format: 'date', pattern: '^(19|20|21)\\d\\d-', description, examples: ['2026-11-21'] })
export const instant = (description: string) =>
  Type.String({ format: 'date-time', description, examples: ['2026-11-21T09:30:00.000Z'] })
export const amount = (description: string) =>
  Type.String({ pattern: '^-?\\d{1,15}(\\.\\d{1,4})?$', description, examples: ['1250.00'] })
export const currency = (description = 'ISO 4217.') =>
  Type.String({ pattern: '^[A-Z]{3}$', description, examples: ['NOK'] })
export const country = (description = 'ISO 3166-1 alpha-2.') =>
  Type.String({ pattern: '^[A-Z]{2}$', description, examples: ['NO'] })
export const text = (maxLength: number, description: string, example: string) =>
  Type.String({ minLength: 1, maxLength, description, examples: [example] })
export const url = (description: string) =>
  Type.String({ maxLength: 2048, description, examples: ['https://books.example/bank/return'] })
export const oneOf = <const Values extends readonly string[]>(values: Values, description: string) =>
  Type.Unsafe<Values[number]>({ type: 'string', enum: [...values], description })

/** Request bodies and their parts: a field that is not declared is refused by name. */
export const closed = { additionalProperties: false } as const

export const listQuery = {
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: pageLimitMax, default: pageLimitDefault, description: 'How many at most.' }),
  ),
  cursor: Type.Optional(Type.String({ maxLength: 512, description: 'The `nextCursor` of the page before.' })),
}

/** `{ data, nextCursor }` over a component. */
export const listOf = <T extends TSchema>(name: string, item: Component<T>) =>
  component(
    name,
    Type.Object({
      data: Type.Array(item.ref),
      nextCursor: Type.Union([Type.String(), Type.Null()], {
        description: 'Ask again with it as `cursor`; null on the last page.',
      }),
    }),
  )
