// Answers of the sandbox held against the specification's own OpenAPI file, which lies outside this repository: where it is
// missing nothing is held against anything, and the tests say so.

import { existsSync, readFileSync } from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
import { parse } from 'yaml'

const file = new URL('../../../shared/facts/upstream/berlin-group/psd2-api_v1.3.11-2021-10-01v1.yaml', import.meta.url)

type Answer = { readonly method: string; readonly path: string; readonly status: number; readonly body: unknown }

export type Contract = {
  /** What is wrong with the answer; empty when nothing is. `path` begins with `/v1`. */
  readonly faults: (answer: Answer) => readonly string[]
}

let known: Contract | undefined

/** Undefined where the specification is not there. Reading it takes a third of a second: once for each test file. */
export function theContract(): Contract | undefined {
  known ??= readContract()
  return known
}

function readContract(): Contract | undefined {
  if (!existsSync(file)) return undefined
  const document = tightened(parse(readFileSync(file, 'utf8'), { maxAliasCount: -1 }))
  const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false, unicodeRegExp: false })
  formats.default(ajv)
  ajv.addSchema(document, 'xs2a')
  const compiled = new Map<string, ValidateFunction>()
  return {
    faults({ method, path, status, body }) {
      const [template] = Object.keys(at(document, 'paths'))
        .filter((candidate) => isPathOf(candidate, path))
        .toSorted((one, other) => variablesIn(one) - variablesIn(other))
      if (template === undefined) return [`the specification has no ${path}`]
      const pointer = pointerOf('paths', template, method.toLowerCase(), 'responses', String(status))
      const response = resolved(document, pointer)
      if (response === undefined) return [`the specification has no ${status} for ${method} ${template}`]
      // Of some refusals (415, 503) the specification leaves the body open.
      if (response.content === undefined) return []
      const schema = `xs2a#${response.pointer}/content/application~1json/schema`
      const validate = compiled.get(schema) ?? ajv.compile({ $ref: schema })
      compiled.set(schema, validate)
      return validate(body)
        ? []
        : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
    },
  }
}

/**
 * The document as JSON Schema 2019 can read it, and stricter than it was written: patterns are anchored, objects take no field
 * that is not declared. `maskedPan` is declared for accounts, whose description names it and whose list of fields forgot it.
 */
function tightened(node: unknown): Record<string, unknown> {
  const walked = walk(node)
  const details = at(walked, 'components', 'schemas', 'accountDetails', 'properties')
  details['maskedPan'] = { $ref: '#/components/schemas/maskedPan' }
  return asRecord(walked)
}

function walk(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(walk)
  if (typeof node !== 'object' || node === null) return node
  const entries = Object.entries(node)
    .filter(([key, value]) => !(key.startsWith('exclusive') && typeof value === 'boolean'))
    .map(
      ([key, value]) => [key, key === 'pattern' && typeof value === 'string' ? `^(?:${value})$` : walk(value)] as const,
    )
  const copy: Record<string, unknown> = Object.fromEntries(entries)
  const isClosable = copy['type'] === 'object' && 'properties' in copy && !('additionalProperties' in copy)
  return isClosable ? { ...copy, additionalProperties: false } : copy
}

function resolved(document: unknown, pointer: string): { pointer: string; content: unknown } | undefined {
  const node = find(document, pointer)
  if (node === undefined) return undefined
  const reference = node['$ref']
  if (typeof reference === 'string') return resolved(document, reference.slice(1))
  return { pointer, content: node['content'] }
}

function find(document: unknown, pointer: string): Record<string, unknown> | undefined {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
  return keys.reduce<Record<string, unknown> | undefined>(
    (node, key) => (node?.[key] === undefined ? undefined : asRecord(node[key])),
    asRecord(document),
  )
}

function pointerOf(...keys: readonly string[]): string {
  return keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

function isPathOf(template: string, path: string): boolean {
  return new RegExp(`^${template.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`).test(path)
}

/** `/v1/{payment-service}/…` fits nearly every path: the template that fixes most is the one. */
function variablesIn(template: string): number {
  return template.split('{').length
}

function at(node: unknown, ...keys: readonly string[]): Record<string, unknown> {
  return keys.reduce((inner, key) => asRecord(inner[key]), asRecord(node))
}

/** The document is parsed YAML: what is not a scalar or a list is a record. */
function asRecord(node: unknown): Record<string, unknown> {
  if (!isRecord(node)) throw new TypeError('not an object')
  return node
}

function isRecord(node: unknown): node is Record<string, unknown> {
  return typeof node === 'object' && node !== null
}
