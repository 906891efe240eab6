// The operations of the contract as the service itself serves it, so that what walks them covers a new route on the day it is born.

export type Schema = {
  readonly $ref?: string
  readonly type?: string
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly minProperties?: number
  readonly additionalProperties?: unknown
  readonly items?: Schema
  readonly minItems?: number
  readonly minimum?: number
  readonly format?: string
  readonly pattern?: string
  readonly examples?: readonly unknown[]
}

type Parameter = { readonly name: string; readonly in: string; readonly schema: Schema; readonly example?: unknown }

export type Operation = {
  readonly id: string
  readonly method: string
  /** With `{names}` where its parameters go. */
  readonly path: string
  readonly tags: readonly string[]
  readonly summary: string
  readonly description: string
  /** The one scope that its caller needs. */
  readonly scope: string
  readonly parameters: readonly Parameter[]
  readonly isSecured: boolean
  /** Of its JSON body; null where it takes none. */
  readonly body: Schema | null
  readonly answers: Readonly<Record<string, { readonly description?: string; readonly content?: object }>>
}

type Document = {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Written>>>>
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> }
}
type Written = {
  readonly operationId?: string
  readonly tags?: readonly string[]
  readonly summary?: string
  readonly description?: string
  readonly security?: readonly object[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }
  readonly responses?: Operation['answers']
}

/** All that stand under /v1. */
export function operationsOf(document: object): readonly Operation[] {
  const { paths = {}, components = {} } = document as Document
  const named = components.schemas ?? {}
  return Object.entries(paths)
    .filter(([path]) => path.startsWith('/v1/'))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, written]): Operation => {
        const body = written.requestBody?.content?.['application/json']?.schema
        return {
          id: written.operationId ?? '',
          method: method.toUpperCase(),
          path,
          tags: written.tags ?? [],
          summary: written.summary ?? '',
          description: written.description ?? '',
          scope: /Scope: `([a-z]+:[a-z]+)`/.exec(written.description ?? '')?.[1] ?? '',
          isSecured: written.security?.some((scheme) => 'bearer' in scheme) ?? false,
          parameters: (written.parameters ?? []).map((part) => ({ ...part, schema: resolved(part.schema, named) })),
          body: body === undefined ? null : resolved(body, named),
          answers: written.responses ?? {},
        }
      }),
    )
}

/** With every `$ref` replaced by what it names. Requests have no schemas that contain themselves. */
function resolved(schema: Schema, named: Readonly<Record<string, Schema>>): Schema {
  const target = schema.$ref === undefined ? schema : (named[schema.$ref.replace(/^.*\//, '')] ?? {})
  return {
    ...target,
    ...(target.items !== undefined && { items: resolved(target.items, named) }),
    ...(target.anyOf !== undefined && { anyOf: target.anyOf.map((part) => resolved(part, named)) }),
    ...(target.properties !== undefined && {
      properties: Object.fromEntries(
        Object.entries(target.properties).map(([name, part]) => [name, resolved(part, named)]),
      ),
    }),
  }
}

/** A value that the schema allows: its example, else the plainest one, objects with all their fields. */
export function exampleOf(schema: Schema): unknown {
  const { examples, anyOf, properties, items } = schema
  if (examples?.[0] !== undefined) return examples[0]
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return schema.enum[0]
  if (anyOf?.[0] !== undefined) return exampleOf(anyOf[0])
  if (properties !== undefined)
    return Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, exampleOf(part)]))
  if (schema.type === 'array') return items === undefined ? [] : [exampleOf(items)]
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 1
  if (schema.type === 'boolean') return true
  return schema.type === 'null' ? null : 'x'
}

/** A key of the tenant's own or an id of ours that nobody has, or a day of which nobody has said anything. */
export const unknownId = (schema: Schema): string =>
  schema.format === 'uuid' ? '01931f5e-8c00-7000-8000-00000000dead' : schema.format === 'date' ? '1999-12-31' : 'nobody'

/** The path with its parameters filled in: from `values` by name, else with ids that nobody has. */
export function urlOf(operation: Operation, values: Readonly<Record<string, string>> = {}): string {
  return operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const schema = operation.parameters.find((parameter) => parameter.in === 'path' && parameter.name === name)?.schema
    return values[name] ?? unknownId(schema ?? {})
  })
}

/** Every place in a value of the schema that holds no other: its way down and what it should be. */
export function leavesOf(
  schema: Schema,
  way: readonly (string | number)[] = [],
): readonly { way: readonly (string | number)[]; schema: Schema }[] {
  if (schema.properties !== undefined)
    return Object.entries(schema.properties).flatMap(([name, part]) => leavesOf(part, [...way, name]))
  if (schema.items !== undefined) return leavesOf(schema.items, [...way, 0])
  return [
    { way, schema },
    ...(schema.anyOf ?? []).filter((part) => part.properties !== undefined).flatMap((part) => leavesOf(part, way)),
  ]
}
