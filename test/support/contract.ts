// Checks answers against the contract that the service itself serves: every answer of every test is one that the OpenAPI document allows.

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

type Document = {
  paths?: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, unknown> }
}
type Operation = { responses?: Record<string, Declared> }
type Declared = { description?: string; content?: Record<string, { schema?: object }> }
type Seen = { method: string; url: string; status: number; body: unknown; headers: Record<string, unknown> }

/** The body of an answer as a client reads it: JSON by its value, any other type as the text that it is; null where there is none. */
export function bodyIn(answer: { readonly body: string; readonly headers: Record<string, unknown> }): unknown {
  if (answer.body === '') return null
  return /^application\/(?:problem\+)?json\b/.test(String(answer.headers['content-type']))
    ? JSON.parse(answer.body)
    : answer.body
}

export function contractChecker(document: object): (seen: Seen) => void {
  const { paths = {}, components = {} } = document as Document
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  ajv.addSchema({ $id: 'contract', components })
  const validators = new Map<object, ValidateFunction>()
  const validatorOf = (schema: object): ValidateFunction => {
    const known = validators.get(schema)
    if (known !== undefined) return known
    const local: object = JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"contract#/components'))
    const made = ajv.compile(local)
    validators.set(schema, made)
    return made
  }
  const templates = Object.keys(paths)
    .map((path) => ({
      path,
      pattern: new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{[^}]+\}/g, '[^/]+')}$`),
    }))
    // A literal segment wins over a parameter.
    .toSorted((a, b) => a.path.split('{').length - b.path.split('{').length)

  return ({ method, url, status, body, headers }) => {
    const path = url.split('?', 1)[0] ?? url
    const template = templates.find(({ pattern }) => pattern.test(path))
    if (template === undefined) return
    const operation = paths[template.path]?.[method.toLowerCase()]
    if (operation === undefined) return
    const declared = operation.responses?.[String(status)]
    const where = `${method} ${template.path} → ${status}`
    if (declared === undefined) throw new Error(`${where} is not in the contract`)
    if (body === null) return
    const header = headers['content-type']
    const type = typeof header === 'string' ? (header.split(';', 1)[0] ?? '') : ''
    const schema = declared.content?.[type]?.schema
    if (schema === undefined) throw new Error(`${where} answers ${type}, which is not in the contract`)
    const validate = validatorOf(schema)
    if (!validate(body)) throw new Error(`${where} is not as the contract says: ${ajv.errorsText(validate.errors)}`)
    const code = status >= 400 && typeof body === 'object' && 'code' in body ? String(body.code) : null
    if (code !== null && declared.description?.includes(`\`${code}\``) !== true)
      throw new Error(`${where} carries ${code}, which the operation does not name: add it to its refusals`)
  }
}
