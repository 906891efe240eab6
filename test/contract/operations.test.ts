import { t as file, test } from 'tap'
import { startService } from '../support/service.ts'
import { exampleOf, operationsOf, urlOf, type Operation, type Schema } from './operations.ts'

const service = await startService(file)
const call = service.client('acme')
const document = service.app.swagger()
const operations = operationsOf(document)
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

test('every operation says what it is for: an id of its own, a tag that is explained, a summary and a description', async (t) => {
  const ids = operations.map(({ id }) => id)
  t.ok(ids.length > 20, 'the document was read')
  t.equal(new Set(ids).size, ids.length, 'ids are unique')
  const tags = document.tags?.map(({ name, description }) => (description === undefined ? '' : name)) ?? []
  for (const { id, method, path, tags: theirs, summary, description, isSecured } of operations) {
    const where = `${method} ${path}`
    t.match(id, /^[a-z][A-Za-z]+$/, where)
    t.ok(theirs.length === 1 && theirs.every((tag) => tags.includes(tag)), `${where} has one tag, which is explained`)
    t.match(summary, /^[A-Z].{3,80}[^.]$/, where)
    t.match(description, /^[A-Z].+\.\n\nScope: `/s, where)
    t.ok(isSecured, `${where} takes a token`)
  }
})

test('every operation says how it refuses, as problem documents that name their codes', async (t) => {
  for (const { id, answers } of operations) {
    for (const status of ['400', '401', '403', '429', '500', '503']) t.ok(status in answers, `${id} answers ${status}`)
    t.ok(
      Object.keys(answers).some((status) => status < '300'),
      `${id} says what it answers when all is well`,
    )
    for (const [status, { content, description }] of Object.entries(answers)) {
      if (status < '400') continue
      t.same(
        content,
        { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        `${id} ${status}`,
      )
      t.match(description, /^Refused: (`[a-z_]+`(, )?)+\.$/, `${id} ${status}`)
    }
  }
})

test('every parameter and every field of a request is explained', async (t) => {
  for (const { id, parameters, body } of operations) {
    for (const parameter of parameters) t.ok('description' in parameter, `${id} explains ${parameter.name}`)
    for (const [name, field] of Object.entries(body?.properties ?? {}))
      t.ok(isExplained(field), `${id} explains ${name}`)
  }
})

test('every POST takes an Idempotency-Key, and refuses one that is none', async (t) => {
  for (const operation of operations.filter(({ method }) => method === 'POST')) {
    const key = operation.parameters.find(({ name }) => name === 'idempotency-key')
    t.equal(key?.in, 'header', operation.id)
    for (const wrong of ['', 'k'.repeat(256), 'two words', 'clé']) {
      const answer = await call('POST', urlOf(operation), exampleBody(operation), { 'idempotency-key': wrong })
      t.match(
        answer,
        { status: 400, body: { code: 'invalid_request', errors: [{ path: /^\/headers/ }] } },
        operation.id,
      )
    }
  }
})

test('no operation answers without a token, or with one of somebody else', async (t) => {
  for (const operation of operations)
    for (const authorization of [undefined, 'Bearer x.y.z']) {
      const { method } = operation
      const headers = authorization === undefined ? {} : { authorization }
      const answer = await service.inject({ method, url: urlOf(operation), headers })
      t.match(
        { status: answer.statusCode, body: answer.json<object>() },
        { status: 401, body: { code: 'unauthenticated' } },
      )
    }
})

test('a path parameter that cannot be one is refused', async (t) => {
  for (const operation of operations)
    for (const { name } of operation.parameters.filter((parameter) => parameter.in === 'path'))
      for (const wrong of ['x'.repeat(130), 'a%20b', 'a%2Fb', '%00', '%F0%9F%92%A9', "1'%20or%20'1'='1"]) {
        const { status, body } = await call(
          operation.method,
          urlOf(operation, { [name]: wrong }),
          exampleBody(operation),
        )
        t.match(
          { status, code: body.code },
          { status: 400, code: 'invalid_request' },
          `${operation.id} ${name}=${wrong}`,
        )
      }
})

test('a query parameter that is not declared is refused by name, and so is a value that cannot be one', async (t) => {
  for (const operation of operations) {
    const url = urlOf(operation)
    const unknown = await call(operation.method, `${url}?nonsense=1`, exampleBody(operation))
    t.match(
      unknown,
      { status: 400, body: { errors: [{ path: '/query/nonsense', message: 'unknown field' }] } },
      operation.id,
    )
    for (const { name } of operation.parameters.filter((parameter) => parameter.in === 'query'))
      for (const wrong of [`${name}=%00`, `${name}=x&${name}=y`, `${name}=${'9'.repeat(3_000)}`]) {
        const { status } = await call(operation.method, `${url}?${wrong}`, exampleBody(operation))
        t.equal(status, 400, `${operation.id} ${wrong.slice(0, 40)}`)
      }
  }
})

test('a field that is not declared is refused by name, at every depth of every body', async (t) => {
  for (const operation of operations)
    for (const { body, path } of withUnknownField(operation.body ?? {}, exampleBody(operation), '/body')) {
      const answer = await call(operation.method, urlOf(operation), body)
      t.match(answer, { status: 400, body: { code: 'invalid_request' } }, `${operation.id} ${path}`)
      t.ok(
        answer.body.errors?.some((error: object) =>
          JSON.stringify(error).includes(`"${path}","message":"unknown field"`),
        ),
        `${operation.id} names ${path}`,
      )
    }
})

test('a body of another kind is refused, and an operation without one minds none', async (t) => {
  for (const operation of operations) {
    if (operation.body === null) continue
    for (const wrong of [null, true, 7, 'text', [], [operation.id], {}]) {
      const { status, body } = await call(operation.method, urlOf(operation), wrong)
      const isFine =
        Object.keys(wrong ?? {}).length === 0 && isRecord(wrong) && (operation.body.required ?? []).length === 0
      if (!isFine) t.match({ status, code: body.code }, { status: 400, code: 'invalid_request' }, operation.id)
    }
  }
})

/** By itself, or by its parts. */
const isExplained = (field: Schema): boolean =>
  field.description !== undefined ||
  field.type === 'object' ||
  field.type === 'array' ||
  field.anyOf?.some(isExplained) === true

function exampleBody({ body }: Operation): unknown {
  return body === null ? undefined : exampleOf(body)
}

/** The example with one field too many, once for every object in it, and the path by which the field should be named. */
function withUnknownField(schema: Schema, example: unknown, path: string): { body: unknown; path: string }[] {
  if (isRecord(example)) {
    const inner = Object.entries(schema.properties ?? {}).flatMap(([name, part]) =>
      withUnknownField(part, example[name], `${path}/${name}`).map((made) => ({
        ...made,
        body: { ...example, [name]: made.body },
      })),
    )
    return [{ body: { ...example, nonsense: 1 }, path: `${path}/nonsense` }, ...inner]
  }
  if (Array.isArray(example) && schema.items !== undefined)
    return withUnknownField(schema.items, example[0], `${path}/0`).map((made) => ({ ...made, body: [made.body] }))
  return []
}
