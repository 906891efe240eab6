// Answers of the simulated Powens held against the official OpenAPI files, which lie outside this repository: where they are missing nothing is held against
// anything, and the tests say so.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
import { parse } from 'yaml'

const folder = new URL('../../../../shared/facts/upstream/powens/', import.meta.url)

type Answer = { readonly method: string; readonly path: string; readonly status: number; readonly body: unknown }

export type Contract = {
  /** What is wrong with the answer; empty when nothing is. `path` is without `/2.0` and without its query. */
  readonly faults: (answer: Answer) => readonly string[]
}

/** Undefined where the files are not there. */
export function theContract(): Contract | undefined {
  if (!existsSync(folder)) return undefined
  const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false, logger: false })
  formats.default(ajv)
  const paths = new Map<string, { readonly file: string; readonly operations: Fields }>()
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.yml') && name !== 'powens-api.yml')) {
    const document = asFields(readable(parse(readFileSync(new URL(file, folder), 'utf8'))))
    ajv.addSchema(document, file)
    for (const [path, operations] of Object.entries(asFields(document['paths'] ?? {})))
      paths.set(path, { file, operations: asFields(operations) })
  }
  const compiled = new Map<string, ValidateFunction>()
  const validatorOf = (pointer: string): ValidateFunction => {
    const known = compiled.get(pointer) ?? ajv.compile({ $ref: pointer })
    compiled.set(pointer, known)
    return known
  }
  const found = (answer: Answer) => {
    // The routes below an account or a connection list the same; synchronising has a method that the files leave out.
    const path = answer.path.replace(
      /^\/users\/me\/(accounts|connections)\/[^/]+\/transactions$/,
      '/users/me/transactions',
    )
    const method = answer.method === 'PUT' ? 'post' : answer.method.toLowerCase()
    const templates = [...paths.keys()].filter((template) => isPathOf(template, path))
    const template = templates.toSorted((a, b) => a.split('{').length - b.split('{').length)[0] ?? ''
    const { file = '', operations = {} } = paths.get(template) ?? {}
    return { file, template, method, operation: operations[method] }
  }
  return {
    faults(answer) {
      if (answer.status >= 400) return errorsOf(validatorOf('core.yml#/components/schemas/ServiceError'), answer.body)
      const { file, template, method, operation } = found(answer)
      if (operation === undefined) return [`the files have no ${answer.method} ${answer.path}`]
      const response = asFields(asFields(operation)['responses'])[String(answer.status)]
      if (response === undefined) return [`the files have no ${answer.status} for ${answer.method} ${template}`]
      if (asFields(response)['content'] === undefined) return answer.body === null ? [] : ['there should be no body']
      const escaped = template.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D')
      const at = `${file}#/paths/${escaped}/${method}/responses/${answer.status}`
      return errorsOf(validatorOf(`${at}/content/application~1json/schema`), answer.body)
    },
  }
}

function errorsOf(validate: ValidateFunction, body: unknown): readonly string[] {
  return validate(body) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

/**
 * The files as JSON Schema can read them. `type: null` is YAML's null; `nullable` is OpenAPI 3.0's; `oneOf` of two that both take null is meant as either; the
 * codes of errors are an open list, says the reference documentation.
 */
function readable(node: unknown, key = ''): unknown {
  if (Array.isArray(node)) return node.map((each) => (key === 'type' ? (each ?? 'null') : readable(each)))
  if (typeof node !== 'object' || node === null) return key === 'type' && node === null ? 'null' : node
  const copy: Record<string, unknown> = Object.fromEntries(
    Object.entries(node).map(([name, value]) => [name === 'oneOf' ? 'anyOf' : name, readable(value, name)]),
  )
  const { type, enum: values, nullable } = copy
  if (nullable === true && typeof type === 'string') copy['type'] = [type, 'null']
  const takesNull = nullable === true || (Array.isArray(type) && type.includes('null'))
  if (takesNull && Array.isArray(values)) copy['enum'] = [...values, null]
  if (key === 'ServiceErrorCode') delete copy['enum']
  return copy
}

const isPathOf = (template: string, path: string): boolean =>
  new RegExp(`^${template.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`).test(path)

type Fields = Readonly<Record<string, unknown>>

function asFields(node: unknown): Fields {
  if (!isFields(node)) throw new TypeError('not an object')
  return node
}

function isFields(node: unknown): node is Fields {
  return typeof node === 'object' && node !== null
}
