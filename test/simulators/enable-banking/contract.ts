// Answers of the simulator held against the vendor's own OpenAPI file, which lies outside this repository: where it is missing nothing is held against anything,
// and the tests say so.

import { existsSync, readFileSync } from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
import { parse } from 'yaml'

const file = new URL(
  '../../../../shared/facts/upstream/enable-banking/enable-banking-openapi-1.0.0-3030f99c.yml',
  import.meta.url,
)

type Answer = { readonly method: string; readonly path: string; readonly status: number; readonly body: unknown }

export type Contract = {
  /** What is wrong with the answer; empty when nothing is. */
  readonly faults: (answer: Answer) => readonly string[]
  readonly errorCodes: readonly string[]
}

/** Undefined where the file is not there. */
export function enableBankingContract(): Contract | undefined {
  if (!existsSync(file)) return undefined
  const document = asRecord(tightened(parse(readFileSync(file, 'utf8'))))
  const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false })
  formats.default(ajv)
  ajv.addFormat('uuid4', /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
  ajv.addSchema(document, 'api')
  const compiled = new Map<string, ValidateFunction>()
  const { enum: errorCodes } = at(document, 'components', 'schemas', 'ErrorCode')
  return {
    errorCodes: Array.isArray(errorCodes) ? errorCodes.map(String) : [],
    faults({ method, path, status, body }) {
      const template = Object.keys(at(document, 'paths')).find((candidate) => isPathOf(candidate, path))
      if (template === undefined) return [`the file has no ${path}`]
      const pointer = ['paths', template, method.toLowerCase(), 'responses', String(status)]
      if (find(document, pointer) === undefined) return [`the file has no ${status} for ${method} ${template}`]
      const schema = `api#${[...pointer, 'content', 'application/json', 'schema'].map(escaped).join('')}`
      const validate = compiled.get(schema) ?? ajv.compile({ $ref: schema })
      compiled.set(schema, validate)
      return validate(body)
        ? []
        : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
    },
  }
}

/**
 * Stricter than it was written, but for one thing: objects take no field that is not declared, patterns are anchored, and what is not required may be null, as it
 * is in every real answer.
 */
function tightened(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(tightened)
  if (!isRecord(node)) return node
  const copy = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === 'pattern' && typeof value === 'string' ? `^(?:${value})$` : tightened(value),
    ]),
  )
  const properties = copy['properties']
  if (copy['type'] !== 'object' || !isRecord(properties)) return copy
  const required = Array.isArray(copy['required']) ? copy['required'] : []
  const named = Object.entries(properties).map(([name, schema]) => [
    name,
    required.includes(name) ? schema : { anyOf: [{ type: 'null' }, schema] },
  ])
  return { ...copy, properties: Object.fromEntries(named), additionalProperties: false }
}

function isPathOf(template: string, path: string): boolean {
  return new RegExp(`^${template.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`).test(path)
}

const escaped = (key: string): string => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`

function find(document: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((node, key) => (isRecord(node) ? node[key] : undefined), document)
}

function at(document: unknown, ...keys: readonly string[]): Record<string, unknown> {
  return asRecord(find(document, keys))
}

/** The document is parsed YAML: what is not a scalar or a list is a record. */
function asRecord(node: unknown): Record<string, unknown> {
  if (!isRecord(node)) throw new TypeError('not an object')
  return node
}

function isRecord(node: unknown): node is Record<string, unknown> {
  return typeof node === 'object' && node !== null && !Array.isArray(node)
}
