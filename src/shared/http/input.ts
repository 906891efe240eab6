// What comes in: checked against the schema as it is (a body is never coerced, a query is text by nature), and free of what no field of ours may hold.

import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import type { FastifyRequest, FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import type { App } from './routes.ts'
import { isCleanText } from '../../values/text.ts'
import { AppError, type FieldError } from '../errors.ts'

const depthMax = 16

/**
 * Bodies strictly; for everything else text is turned into the numbers and booleans that the schema asks for. Each schema is compiled when
 * the first request comes that it judges: a start that compiles them all takes a second.
 */
export function createValidatorCompiler(
  components: readonly (TSchema & { readonly $id: string })[],
): FastifySchemaCompiler<TSchema> {
  const [strict, lenient] = [false, true].map((coerceTypes) => {
    const ajv = new Ajv({ coerceTypes, removeAdditional: false, useDefaults: true, allErrors: true, strict: false })
    addFormats.default(ajv)
    return ajv.addSchema([...components])
  })
  return ({ schema, httpPart }) => {
    let compiled: ValidateFunction | undefined
    const validate: ReturnType<FastifySchemaCompiler<TSchema>> = (data: unknown) => {
      compiled ??= (httpPart === 'body' ? strict : lenient)?.compile(schema)
      const isValid = compiled?.(data) ?? false
      validate.errors = compiled?.errors ?? null
      return isValid
    }
    return validate
  }
}

/** Takes JSON only, and refuses NUL and lone surrogates (valid JSON, and poison to PostgreSQL) and bottomless nesting, wherever they stand. */
export function refuseUncleanText(app: App): void {
  app.removeContentTypeParser('text/plain')
  app.addHook('preValidation', async (request: FastifyRequest) => {
    // A POST with nothing to say may say nothing: its body is then the empty object, which its schema judges.
    if (request.body === undefined && request.method === 'POST') request.body = {}
    const errors: FieldError[] = []
    collect(request.body, '/body', 0, errors)
    collect(request.query, '/query', 0, errors)
    collect(request.params, '/path', 0, errors)
    if (errors.length > 0)
      throw new AppError('invalid_request', 'Some text cannot be stored: see errors.', { errors: errors.slice(0, 20) })
  })
}

function collect(value: unknown, path: string, depth: number, errors: FieldError[]): void {
  if (typeof value === 'string') {
    if (!isCleanText(value)) errors.push({ path, message: 'must be well-formed Unicode without NUL' })
  } else if (typeof value === 'object' && value !== null) {
    if (depth >= depthMax) errors.push({ path, message: `must not be nested deeper than ${depthMax}` })
    else
      for (const [key, inner] of Object.entries(value)) {
        if (!isCleanText(key))
          errors.push({ path, message: 'must not have a field name with NUL or malformed Unicode' })
        else collect(inner, `${path}/${key.slice(0, 100)}`, depth + 1, errors)
      }
  }
}
