// A whole example of every component, put together from the examples of its parts: so there is one of each, and none that is out of date.

import type { TSchema } from 'typebox'

type Named = TSchema & { readonly $id: string }
type Schema = Readonly<Record<string, unknown>>

export function withExamples(components: readonly Named[]): Named[] {
  const byName = new Map<string, Schema>(components.map((schema) => [schema.$id, { ...schema }]))
  return components.map((schema) =>
    'examples' in schema ? schema : { ...schema, examples: [exampleOf({ ...schema }, byName)] },
  )
}

function exampleOf(part: unknown, byName: ReadonlyMap<string, Schema>): unknown {
  const { $ref, examples, const: constant, enum: values, anyOf, type, properties, items, minimum } = partsOf(part)
  if (typeof $ref === 'string') return exampleOf(byName.get($ref.replace('#', '')), byName)
  const [given] = [examples, values].filter(Array.isArray)
  if (given !== undefined) return given[0]
  if (constant !== undefined) return constant
  if (Array.isArray(anyOf)) return exampleOf(anyOf[0], byName)
  switch (type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(partsOf(properties)).map(([name, inner]) => [name, exampleOf(inner, byName)]),
      )
    case 'array':
      return [exampleOf(items, byName)]
    case 'integer':
    case 'number':
      return minimum ?? 1
    case 'boolean':
      return true
    case 'string':
      return 'text'
    default:
      return null
  }
}

const partsOf = (schema: unknown): Schema => (typeof schema === 'object' && schema !== null ? { ...schema } : {})
