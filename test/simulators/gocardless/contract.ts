// Answers held against the vendor's own OpenAPI file, which lies outside this repository: where it is missing nothing is held against anything, and the tests
// say so.

import { existsSync, readFileSync } from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
import type { Answer } from './index.ts'

const file = new URL('../../../../shared/facts/upstream/gocardless/bank-account-data-v2.swagger.json', import.meta.url)

export type Contract = {
  /** What is wrong with the answer; empty when nothing is. */
  readonly faults: (answer: Answer) => readonly string[]
}

type Json = Readonly<Record<string, unknown>>

/** Undefined where the specification is not there. */
export function theContract(): Contract | undefined {
  if (!existsSync(file)) return undefined
  const document = tightened(JSON.parse(readFileSync(file, 'utf8')))
  const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false })
  formats.default(ajv)
  ajv.addSchema(document, 'bad')
  const compiled = new Map<string, ValidateFunction>()
  const validate = (pointer: string, body: unknown): readonly string[] => {
    const known = compiled.get(pointer) ?? ajv.compile({ $ref: `bad#${pointer}` })
    compiled.set(pointer, known)
    return known(body) ? [] : (known.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
  }
  return {
    faults({ method, path, status, body }) {
      const full = path.endsWith('/') ? path : `${path}/`
      const template = Object.keys(at(document, 'paths')).find((candidate) => isPathOf(candidate, full))
      if (template === undefined) return [`the specification has no ${path}`]
      const pointer = pointerOf('paths', template, method.toLowerCase(), 'responses', String(status))
      const response = find(document, pointer)
      if (response === undefined) return [`the specification has no ${status} for ${method} ${template}`]
      if (status < 400) return validate(`${pointer}/content/application~1json/schema`, body)
      // The schema of errors has one of their shapes; the examples beside it have all.
      const examples = Object.values(at(response, 'content', 'application/json', 'examples')).map((example) =>
        shapesOf(at(example, 'value')),
      )
      const own = shapesOf(body).filter((shape) => !seenLive.has(`${template} ${shape}`))
      return own.every((shape) => examples.some((example) => example.includes(shape)))
        ? []
        : [`no example of ${status} for ${method} ${template} has the shape ${own.join(' and ')}`]
    },
  }
}

/** What the file has no example of, and the real API has answered (RobinTTY/NordigenApiClient, `GetTransactionRangeInFuture`). */
const seenLive = new Set(
  ['date_from', 'date_to'].map((field) => `/api/v2/accounts/{id}/transactions/ ${field}: detail+summary`),
)

/** For each field that a body of error may have, what stands there: one pair, a list of pairs, a text. */
function shapesOf(body: unknown): readonly string[] {
  return Object.entries(asJson(body)).map(([field, value]) => `${field}: ${shapeOf(value)}`)
}

/** A field may tell one thing or a list of them, as it likes: both are seen for the same field. */
function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return shapeOf(value[0])
  return typeof value === 'object' && value !== null ? Object.keys(value).toSorted().join('+') : typeof value
}

/** Objects take no field that is not declared. What is null on the wire and not in the file: the number that nobody gave, and the access that has not been. */
function tightened(node: unknown): Json {
  const walked = asJson(walk(node))
  for (const [schema, property] of [
    ['Requisition', 'ssn'],
    ['SpectacularRequisition', 'ssn'],
    ['Account', 'last_accessed'],
  ] as const) {
    const properties = at(walked, 'components', 'schemas', schema, 'properties')
    Object.assign(at(properties, property), { nullable: true })
  }
  return walked
}

function walk(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(walk)
  if (typeof node !== 'object' || node === null) return node
  const copy: Record<string, unknown> = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, key === 'examples' ? value : walk(value)]),
  )
  const isClosable = copy['type'] === 'object' && 'properties' in copy && !('additionalProperties' in copy)
  return isClosable ? { ...copy, additionalProperties: false } : copy
}

function find(document: unknown, pointer: string): Json | undefined {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
  return keys.reduce<Json | undefined>(
    (node, key) => (node?.[key] === undefined ? undefined : asJson(node[key])),
    asJson(document),
  )
}

const pointerOf = (...keys: readonly string[]): string =>
  keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

const isPathOf = (template: string, path: string): boolean =>
  new RegExp(`^${template.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`).test(path)

const at = (node: unknown, ...keys: readonly string[]): Json =>
  keys.reduce((inner, key) => asJson(inner[key]), asJson(node))

function asJson(node: unknown): Json {
  if (!isJson(node)) throw new TypeError('not an object')
  return node
}

const isJson = (node: unknown): node is Json => typeof node === 'object' && node !== null
