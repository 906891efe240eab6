import { STATUS_CODES } from 'node:http'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyBaseLogger } from 'fastify'
import { t as file, test } from 'tap'
import { AppError, errorCodes, type ErrorCode } from '../../src/shared/errors.ts'
import { installProblems, statusOf } from '../../src/shared/http/problem.ts'
import type { App } from '../../src/shared/http/routes.ts'
import { createLog } from '../../src/shared/log.ts'
import { fakeClock } from '../support/clock.ts'

const logged: string[] = []
const loggerInstance: FastifyBaseLogger = createLog({
  level: 'info',
  destination: { write: (line) => void logged.push(line) },
})
const base = Fastify({ loggerInstance, disableRequestLogging: true, genReqId: () => 'req-1' })
const app: App = base.withTypeProvider<TypeBoxTypeProvider>()
file.teardown(() => app.close())
installProblems(app, fakeClock('2026-11-21T09:00:00Z'))
const thrown: { error: unknown } = { error: null }
app.get('/', () => {
  throw thrown.error
})
await app.ready()

/** What is answered where this is thrown. */
async function answerTo(error: unknown) {
  thrown.error = error
  const { statusCode, headers, body } = await app.inject('/')
  const problem: Record<string, unknown> = JSON.parse(body)
  return { status: statusCode, headers, problem, body }
}

const fromDatabase = (code: string, message = 'secret words of the database') =>
  Object.assign(new Error(message), { code, detail: 'Failing row contains (NO9386011117947)' })

test('codes are words of their own, each with a status of HTTP and a title', async (t) => {
  t.equal(new Set(errorCodes).size, errorCodes.length)
  for (const code of errorCodes) {
    t.match(code, /^[a-z]+(_[a-z]+)*$/)
    t.ok(String(statusOf[code]) in STATUS_CODES, code)
    const { status, headers, problem } = await answerTo(new AppError(code, 'What was wrong.'))
    t.match({ status, type: headers['content-type'] }, { status: statusOf[code], type: 'application/problem+json' })
    const { title, ...rest } = problem
    t.ok(typeof title === 'string' && title !== 'Error', `${code} has a title`)
    t.same(rest, {
      type: `/docs#problem-${code}`,
      status: statusOf[code],
      code,
      detail: 'What was wrong.',
      requestId: 'req-1',
    })
  }
})

test('a refusal tells which fields, and when asking again may help', async (t) => {
  const errors = [{ path: '/body/iban', message: 'must be a valid IBAN' }]
  t.match((await answerTo(new AppError('invalid_request', 'Some.', { errors }))).problem, { errors })
  const retryAt = new Date('2026-11-21T09:00:41.001Z')
  const limited = await answerTo(new AppError('rate_limited', 'Later.', { retryAt }))
  t.equal(limited.problem['retryAt'], '2026-11-21T09:00:41.001Z')
  t.equal(limited.headers['retry-after'], '42', 'whole seconds, not too early')
  const past = await answerTo(new AppError('rate_limited', 'Now.', { retryAt: new Date(0) }))
  t.equal(past.headers['retry-after'], '1')
  t.equal((await answerTo(new AppError('unavailable', 'Not now.'))).headers['retry-after'], '5')
  t.equal((await answerTo(new AppError('unauthenticated', 'Who?'))).headers['www-authenticate'], 'Bearer')
})

test('it keeps its cause, for the log and not for the caller', async (t) => {
  const cause = new Error('secret words')
  const error = new AppError('bank_unavailable', 'The bank does not answer.', { cause })
  t.equal(error.cause, cause)
  const { body } = await answerTo(error)
  t.notMatch(body, /secret words/)
  t.match(logged.at(-1), /secret words/)
})

test('what the database says becomes ours: a wrong value, not available, or our fault; never in its words', async (t) => {
  const cases: readonly (readonly [error: Error, code: ErrorCode])[] = [
    [fromDatabase('22P02'), 'invalid_request'],
    [fromDatabase('22021'), 'invalid_request'],
    [fromDatabase('22008'), 'invalid_request'],
    [fromDatabase('57P01'), 'unavailable'],
    [fromDatabase('53300'), 'unavailable'],
    [fromDatabase('55P03'), 'unavailable'],
    [fromDatabase('57014'), 'unavailable'],
    [fromDatabase('25P03'), 'unavailable'],
    [fromDatabase('ECONNREFUSED'), 'unavailable'],
    [new Error('timeout exceeded when trying to connect'), 'unavailable'],
    [new Error('Connection terminated unexpectedly'), 'unavailable'],
    [new Error('Client has encountered a connection error and is not queryable'), 'unavailable'],
    [fromDatabase('23505'), 'internal_error'],
    [fromDatabase('42P01'), 'internal_error'],
    [fromDatabase('42501'), 'internal_error'],
  ]
  for (const [error, code] of cases) {
    const { problem, body } = await answerTo(error)
    t.equal(problem['code'], code, `${Reflect.get(error, 'code')} ${error.message}`)
    t.notMatch(body, /secret words|NO93/)
    t.notMatch(logged.at(-1), /NO93/, 'nor is the row logged')
  }
})

test('a bug is told to nobody, and logged whole', async (t) => {
  for (const error of [new TypeError('secret words'), 'secret words', undefined, null, { secret: 'words' }, 7]) {
    const { status, problem, body } = await answerTo(error)
    t.match({ status, code: problem['code'] }, { status: 500, code: 'internal_error' })
    t.notMatch(body, /secret/)
  }
  await answerTo(new TypeError('secret words'))
  t.match(logged.at(-1), /"level":50.*secret words.*errors\.test\.ts/)
})

test('what is nowhere is said to be nowhere', async (t) => {
  const answer = await app.inject({ method: 'POST', url: '/nowhere?token=abc' })
  t.match(answer.json(), { status: 404, code: 'not_found', detail: 'There is nothing at POST /nowhere.' })
})
