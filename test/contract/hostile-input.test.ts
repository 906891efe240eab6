// Whatever is sent is answered: with success, or with a refusal that a program can read. Never with a fault of ours, never with the database's words.

import { once } from 'node:events'
import { connect } from 'node:net'
import fc from 'fast-check'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { t as file, test } from 'tap'
import { errorCodes, type ErrorCode } from '../../src/shared/errors.ts'
import { statusOf } from '../../src/shared/http/problem.ts'
import { bodyIn, contractChecker } from '../support/contract.ts'
import { startService } from '../support/service.ts'
import { exampleOf, leavesOf, operationsOf, urlOf, type Operation, type Schema } from './operations.ts'

const service = await startService(file)
const authorization = `Bearer ${service.token('acme')}`
const operations = operationsOf(service.app.swagger())
const withBody = operations.flatMap((operation) =>
  operation.body === null ? [] : [{ operation, schema: operation.body }],
)
const check = contractChecker(service.app.swagger())

/** What there is, so that what passes validation goes on to the database. */
const there = { companyId: 'nordlys', ledgerAccountId: '1920', personId: 'anna', entryId: 'invoice-1' }
const call = service.client('acme')
await call('PUT', '/v1/companies/nordlys', { name: 'Nordlys Kaffe AS', country: 'NO' })
await call('PUT', '/v1/companies/nordlys/ledger-accounts/1920', { name: 'Bank', currency: 'NOK' })
await call('PUT', '/v1/companies/nordlys/persons/anna', { name: 'Anna Berg' })

const json = 'application/json'

async function send(operation: Operation, url: string, payload?: string | Buffer, type = json): Promise<string | null> {
  const { method } = operation
  const headers = { authorization, ...(payload !== undefined && { 'content-type': type }) }
  const request: InjectOptions = { method, url, headers, ...(payload !== undefined && { payload }) }
  const answer = await service.inject(request)
  const fault = faultOf(answer) ?? contractFaultOf(operation, url, answer)
  return fault === null ? null : `${operation.id} ${url.slice(0, 200)} ${String(payload ?? '').slice(0, 200)}: ${fault}`
}

/** What is wrong with the answer; null when it is a success, or a refusal as it should be. */
function faultOf(answer: LightMyRequestResponse): string | null {
  const { statusCode: status, body } = answer
  if (status < 400) return null
  if (status >= 500) return `${status} ${body}`
  if (answer.headers['content-type'] !== 'application/problem+json') return `${answer.headers['content-type']} ${body}`
  const { code } = answer.json<{ code: ErrorCode }>()
  if (!errorCodes.includes(code) || statusOf[code] !== status) return `${status} does not go with ${code}`
  return /syntax|violates|duplicate key|out of range|relation "|column "|encoding "|sqlstate/i.test(body) ? body : null
}

function contractFaultOf({ method }: Operation, url: string, answer: LightMyRequestResponse): string | null {
  try {
    check({ method, url, status: answer.statusCode, body: bodyIn(answer), headers: answer.headers })
    return null
  } catch (error) {
    return String(error)
  }
}

/** Asked eight at a time, as callers do. */
async function allFaults(answers: Iterator<Promise<string | null>>): Promise<string[]> {
  const faults: string[] = []
  async function ask(): Promise<void> {
    for (let next = answers.next(); next.done !== true; next = answers.next()) {
      const fault = await next.value
      if (fault !== null) faults.push(fault)
    }
  }
  await Promise.all(Array.from({ length: 8 }, ask))
  return faults
}

const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)

/** As they stand in JSON, so that what no serialiser would write can be sent too. */
const traps: readonly string[] = [
  String.raw`"\u0000"`,
  String.raw`"\ud800"`,
  String.raw`"\udc00\ud800"`,
  String.raw`"\u202e\u200b"`,
  '""',
  `"${'x'.repeat(70_000)}"`,
  '"2026-02-30"',
  '"0000-01-01"',
  '"9999-99-99"',
  '"1e300"',
  '"-0"',
  '"999999999999999.9999"',
  '"NaN"',
  '"١٢٣"',
  '"urn:uuid:01931f5e-8c00-7000-8000-0123456789ab"',
  `"'; drop table companies; --"`,
  '"__proto__"',
  'null',
  'true',
  '-0',
  '1e300',
  '1e999',
  '[]',
  '{}',
  deep(20),
  '{"__proto__":{"x":1}}',
  '{"constructor":{"prototype":{"x":1}}}',
]

test('a trap in any field of any body is stored or refused', async (t) => {
  t.same(await allFaults(trappedBodies()), [])
})

function* trappedBodies() {
  for (const { operation, schema } of withBody)
    for (const { way } of leavesOf(schema)) {
      const marked = JSON.stringify(replaced(exampleOf(schema), way, '@trap@'))
      for (const trap of traps)
        yield send(
          operation,
          urlOf(operation, there),
          marked.replace('"@trap@"', () => trap),
        )
    }
}

test('a trap in any parameter of any path or query is answered or refused', async (t) => {
  const texts = [
    '%00',
    '%',
    '%zz',
    '%C0%80',
    '%ED%A0%80',
    '%FF',
    '%2F',
    '%252e',
    ';',
    '+',
    '1e5',
    '0x10',
    'true',
    '[]',
    ...traps.flatMap((trap) => (trap.startsWith('"') ? encodeURIComponent(trap.slice(1, -1).slice(0, 5_000)) : [])),
  ]
  function* answers() {
    for (const operation of operations) {
      const body = operation.body === null ? undefined : JSON.stringify(exampleOf(operation.body))
      for (const { name, in: place } of operation.parameters)
        for (const text of texts)
          if (place === 'path') yield send(operation, urlOf(operation, { ...there, [name]: text }), body)
          else if (place === 'query') yield send(operation, `${urlOf(operation, there)}?${name}=${text}`, body)
    }
  }
  t.same(await allFaults(answers()), [])
})

test('a body that is no JSON, or JSON that means something else to each reader, is refused', async (t) => {
  function* answers() {
    for (const { operation, schema } of withBody) {
      const whole = JSON.stringify(exampleOf(schema))
      const bodies = [
        '',
        ' ',
        '{',
        whole.slice(0, -1),
        `${whole}}`,
        `${whole} garbage`,
        `${whole}${whole}`,
        `\uFEFF${whole}`,
        whole.replaceAll('"', "'"),
        whole.replace('{', '{,'),
        whole.replace('{', '{"__proto__":{"admin":true},'),
        whole.replace('{', '{"constructor":{"prototype":{"admin":true}},'),
        whole.replace('{', String.raw`{"\u0000":1,`),
        whole.replace('{', String.raw`{"\ud800":1,`),
        whole.replace('{', '{"toString":1,"hasOwnProperty":1,'),
        `{"a":`.repeat(5_000),
        deep(100_000),
        `{"x":${deep(100_000)}}`,
        'NaN',
        'undefined',
        '\0',
      ]
      for (const body of bodies) yield send(operation, urlOf(operation, there), body)
      yield send(operation, urlOf(operation, there), Buffer.from([0xff, 0xfe, 0x7b, 0x00]))
      yield send(operation, urlOf(operation, there), Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d]))
    }
  }
  t.same(await allFaults(answers()), [])
  const [operation] = withBody
  if (operation === undefined) throw new Error('no operation takes a body')
  for (const body of ['', '{', '{} x', 'nonsense', '{"__proto__":{}}', '{"name":"x","constructor":{"prototype":{}}}']) {
    const { method } = operation.operation
    const url = urlOf(operation.operation, there)
    const answer = await service.inject({
      method,
      url,
      headers: { authorization, 'content-type': json },
      payload: body,
    })
    t.match(answer.json<object>(), { code: 'invalid_json' }, body)
  }
})

test('a field that stands twice counts once: the last, as every JSON reader here has it', async (t) => {
  const { body } = await service.inject({
    method: 'PUT',
    url: '/v1/companies/twice',
    headers: { authorization, 'content-type': json },
    payload: '{"name":"first","country":"NO","name":"last"}',
  })
  t.match(JSON.parse(body), { name: 'last' })
})

test('a body over 2 MiB is refused before it is read, one of another type unread', async (t) => {
  const big = `{"name":"${'x'.repeat(2 * 1024 * 1024)}"}`
  for (const { operation, schema } of withBody) {
    const { method, id } = operation
    const url = urlOf(operation, there)
    const tooLarge = await service.inject({
      method,
      url,
      headers: { authorization, 'content-type': json },
      payload: big,
    })
    t.match(
      { status: tooLarge.statusCode, body: tooLarge.json<object>() },
      { status: 413, body: { code: 'body_too_large' } },
      id,
    )
    const payload = JSON.stringify(exampleOf(schema))
    for (const type of [
      'text/plain',
      'application/xml',
      'application/x-www-form-urlencoded',
      'json',
      'multipart/form-data; boundary=x',
    ]) {
      const answer = await service.inject({ method, url, headers: { authorization, 'content-type': type }, payload })
      t.match(
        { status: answer.statusCode, body: answer.json<object>() },
        { status: 415, body: { code: 'unsupported_media_type' } },
        `${id} ${type}`,
      )
    }
  }
})

test('bodies made up along the schema are stored or refused', async (t) => {
  for (const { operation, schema } of withBody) {
    const url = urlOf(operation, there)
    const faultless = fc.asyncProperty(likely(schema), async (body) => {
      const fault = await send(operation, url, JSON.stringify(body) ?? '')
      if (fault !== null) throw new Error(fault)
    })
    await fc.assert(faultless, { numRuns: 40 })
  }
  t.pass()
})

test('errors are told up to a hundred of them, however many there are', async (t) => {
  const { operation } = withBody.find(({ operation: { id } }) => id === 'putEntries') ?? {}
  if (operation === undefined) throw new Error('there is no putEntries')
  const nonsense = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`field${index}`, index]))
  const { status, body } = await call('POST', urlOf(operation, there), { entries: [], ...nonsense })
  t.equal(status, 400)
  t.ok(body.errors.length <= 100, `${body.errors.length} errors`)
})

test('garbage on the socket is answered 4xx, as a problem wherever we are asked, and ends the connection', async (t) => {
  const port = await listeningPort()
  const head = 'Host: x\r\nConnection: close\r\n'
  const requests: Readonly<Record<string, string | Buffer>> = {
    'no HTTP': 'hello\r\n\r\n',
    TLS: Buffer.from('160301020001000100030300', 'hex'),
    NUL: Buffer.alloc(64),
    'a method that is none': `FETCH /v1/tenant HTTP/1.1\r\n${head}\r\n`,
    'a version that is none': `GET /v1/tenant HTTP/9.9\r\n${head}\r\n`,
    'a header without end': `GET /v1/tenant HTTP/1.1\r\n${head}X: ${'x'.repeat(100_000)}\r\n\r\n`,
    'a header with a line break': `GET /v1/tenant HTTP/1.1\r\n${head}X: a\rb\r\n\r\n`,
    'two lengths': `PUT /v1/tenant HTTP/1.1\r\n${head}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
    'a length and chunks': `PUT /v1/tenant HTTP/1.1\r\n${head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    'a length below zero': `PUT /v1/tenant HTTP/1.1\r\n${head}Content-Length: -1\r\n\r\n`,
    'chunks that are none': `PUT /v1/tenant HTTP/1.1\r\n${head}Content-Type: ${json}\r\nAuthorization: ${authorization}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`,
    'a path up and out': `GET /v1/../../etc/passwd HTTP/1.1\r\n${head}\r\n`,
    'a path that decodes to nothing': `GET /v1/companies/%ff HTTP/1.1\r\n${head}\r\n`,
    'an absolute path elsewhere': `GET http://elsewhere.example/v1/tenant HTTP/1.1\r\n${head}\r\n`,
    'a method that is not offered': `TRACE /v1/tenant HTTP/1.1\r\n${head}\r\n`,
    'an upgrade': `GET /v1/tenant HTTP/1.1\r\nHost: x\r\nConnection: close, Upgrade\r\nUpgrade: websocket\r\n\r\n`,
  }
  for (const [name, request] of Object.entries(requests)) {
    const { status, body, type } = await exchange(port, request)
    t.ok(status >= 400 && status < 500, `${name}: ${status}`)
    t.equal(type, 'application/problem+json', name)
    t.ok(
      errorCodes.some((code) => code === JSON.parse(body).code),
      `${name}: ${body}`,
    )
  }
})

test('a body that does not come to its end is cut off', async (t) => {
  const { server } = service.app
  t.ok(0 < server.headersTimeout && server.headersTimeout < server.requestTimeout, 'Node would swap them otherwise')
  t.ok(server.requestTimeout <= 30_000, 'there is a limit')
  const port = await listeningPort()
  server.headersTimeout = 200
  server.requestTimeout = 300
  const slow = `PUT /v1/tenant HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nContent-Type: ${json}\r\nContent-Length: 100\r\n\r\n{`
  const { status, body } = await exchange(port, slow)
  t.match({ status, body: JSON.parse(body) }, { status: 408, body: { code: 'request_timeout' } })
})

test('none of all this was a bug, or came as far as the database before it was refused', (t) => {
  const lines = service.logged.map((line): { level: number; msg?: string; code?: string } => JSON.parse(line))
  t.ok(lines.length > 1_000)
  // All this at once is pressure, which it says, and is asked again.
  const bugs = lines.filter(({ level, code }) => level >= 50 && code !== 'unavailable')
  const refusedLate = lines.filter(({ msg }) => msg?.includes('refused by the database') === true)
  t.same([...bugs, ...refusedLate].slice(0, 5), [])
  t.end()
})

test('a cursor that was made up is refused', async (t) => {
  const keys = [
    ['x'],
    ['x', 'y'],
    ['x', 'y', 'z'],
    ['2026-02-30', 'x'],
    ['\0', '\0'],
    ['\ud800', '\ud800'],
    [1, 2],
    [],
    {},
  ]
  const cursors = keys.map((key) => Buffer.from(JSON.stringify(key)).toString('base64url'))
  function* answers() {
    for (const operation of operations)
      for (const { name } of operation.parameters.filter((parameter) => ['cursor', 'after'].includes(parameter.name)))
        for (const cursor of cursors) yield send(operation, `${urlOf(operation, there)}?${name}=${cursor}`)
  }
  t.same(await allFaults(answers()), [])
})

test('and none of what was sent was logged', (t) => {
  for (const sent of ['urn:uuid', 'drop table', '2026-02-30', 'Nordlys'])
    t.same(service.logged.filter((line) => line.includes(sent)).slice(0, 1), [], sent)
  t.end()
})

/** Mostly what the schema asks for, and now and then anything at all, at any depth. */
function likely(schema: Schema): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 12, arbitrary: allowed(schema) }, { weight: 1, arbitrary: anything })
}

const anything = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
  fc.constantFrom(...traps.filter((trap) => !trap.includes('__proto__')).map((trap): unknown => JSON.parse(trap))),
)

function allowed(schema: Schema): fc.Arbitrary<unknown> {
  const { properties, required = [], items, anyOf, type, format, pattern, examples, minimum = 0 } = schema
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  if (anyOf !== undefined) return fc.oneof(...anyOf.map(allowed))
  if (properties !== undefined)
    return fc.record(Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, likely(part)])), {
      requiredKeys: [...required],
    })
  if (items !== undefined) return fc.array(likely(items), { maxLength: 4 })
  if (type === 'integer') return fc.integer({ min: minimum })
  if (type === 'boolean') return fc.boolean()
  if (format === 'uuid') return fc.uuid()
  if (format === 'date') return fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10))
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern))
  return fc.oneof(fc.constantFrom(...(examples ?? ['x'])), fc.string({ unit: 'grapheme' }))
}

function replaced(value: unknown, way: readonly (string | number)[], by: unknown): unknown {
  const [step, ...rest] = way
  if (step === undefined) return by
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (index === step ? replaced(item, rest, by) : item))
  const inner = typeof value === 'object' && value !== null ? value : {}
  return { ...inner, [step]: replaced(new Map(Object.entries(inner)).get(String(step)), rest, by) }
}

async function listeningPort(): Promise<number> {
  const { server } = service.app
  // How often the server looks for connections that have been open for too long: here often enough for a test.
  Object.assign(server, { connectionsCheckingInterval: 50 })
  if (!server.listening) await service.app.listen({ host: '127.0.0.1', port: 0 })
  const address = server.address()
  return address !== null && typeof address === 'object' ? address.port : 0
}

async function exchange(
  port: number,
  request: string | Buffer,
): Promise<{ status: number; type: string; body: string }> {
  const socket = connect(port, '127.0.0.1')
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => void chunks.push(chunk)).on('error', () => undefined)
  socket.write(request)
  await once(socket, 'close', { signal: AbortSignal.timeout(5_000) })
  const [head = '', body = ''] = Buffer.concat(chunks).toString().split('\r\n\r\n', 2)
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0)
  return { status, type: /^content-type: ([^;\r]*)/im.exec(head)?.[1] ?? '', body }
}
