// Every error on the wire: RFC 9457 problem documents with a stable code.

import type { Socket } from 'node:net'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { AppError, errorCodes, type ErrorCode, type FieldError } from '../errors.ts'
import type { Clock } from '../clock.ts'
import type { App } from './routes.ts'
import { sqlStateOf } from '../unit.ts'
import { component, oneOf } from './schema.ts'

export const statusOf = {
  invalid_request: 400,
  invalid_json: 400,
  unsupported_media_type: 415,
  body_too_large: 413,
  request_timeout: 408,
  unauthenticated: 401,
  insufficient_scope: 403,
  not_found: 404,
  method_not_allowed: 405,
  not_acceptable: 406,
  invalid_cursor: 400,
  cursor_expired: 410,
  company_not_found: 404,
  company_has_live_consents: 409,
  ledger_account_not_found: 404,
  ledger_account_in_use: 409,
  iban_taken: 409,
  person_not_found: 404,
  institution_not_found: 404,
  session_not_found: 404,
  session_ended: 409,
  redirect_url_not_registered: 422,
  redirect_url_missing: 422,
  agreement_required: 409,
  agreement_not_needed: 409,
  agreement_conflict: 409,
  consent_not_found: 404,
  reconfirmation_not_needed: 409,
  connection_not_found: 404,
  connection_not_activated: 409,
  connection_not_usable: 409,
  connection_ignored: 409,
  assignment_conflict: 409,
  start_date_in_future: 422,
  sync_run_not_found: 404,
  transaction_not_found: 404,
  entry_not_found: 404,
  entry_amount_conflict: 422,
  match_not_found: 404,
  match_not_decidable: 409,
  match_does_not_add_up: 422,
  match_overspends: 409,
  matching_run_not_found: 404,
  habit_not_found: 404,
  exchange_rates_not_found: 404,
  event_not_found: 404,
  too_many_events: 422,
  webhook_endpoint_not_found: 404,
  webhook_endpoint_disabled: 409,
  webhook_url_not_allowed: 422,
  too_many_webhook_endpoints: 409,
  idempotency_key_in_flight: 409,
  idempotency_key_reused: 422,
  lease_lost: 409,
  bank_unavailable: 502,
  bank_refused: 502,
  rate_limited: 429,
  too_many_requests: 429,
  unavailable: 503,
  internal_error: 500,
} as const satisfies Record<ErrorCode, number>

const titles: Record<number, string> = {
  400: 'The request is not valid',
  401: 'Not authenticated',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  406: 'Not acceptable',
  408: 'The request took too long',
  409: 'It conflicts with what is there',
  410: 'It is gone',
  413: 'The body is too large',
  415: 'Unsupported media type',
  422: 'It cannot be done as asked',
  429: 'Too many requests',
  500: 'Something went wrong here',
  502: 'The bank did not answer as it should',
  503: 'Not available right now',
}

export const problem = component(
  'Problem',
  Type.Object(
    {
      type: Type.String({ description: 'Where the code is explained.' }),
      title: Type.String({ description: 'The kind of problem, for people.' }),
      status: Type.Integer({ description: 'The HTTP status again.' }),
      code: oneOf(errorCodes, 'What programs look at. A code never changes its meaning.'),
      detail: Type.String({ description: 'What was wrong this time, and what to do.' }),
      requestId: Type.String({ description: 'Name it when you ask us about it.' }),
      retryAt: Type.Optional(Type.String({ format: 'date-time', description: 'When asking again may help.' })),
      errors: Type.Optional(
        Type.Array(
          Type.Object({
            path: Type.String({
              description: 'Where, as a JSON pointer that begins with body, query, path or headers.',
            }),
            message: Type.String({ description: 'What it should be.' }),
          }),
        ),
      ),
    },
    {
      description: 'Why a request was refused (RFC 9457).',
      examples: [
        {
          type: '/docs#problem-company_not_found',
          title: 'Not found',
          status: 404,
          code: 'company_not_found',
          detail: 'There is no company northwind.',
          requestId: 'req-1',
        },
      ],
    },
  ),
)

/** A body of 2 MiB can be wrong in more places than anybody would read. */
const errorsMax = 100

/** Errors that Fastify and its plugins raise themselves, by their code. */
const frameworkCodes: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'invalid_json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'invalid_json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid_request',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_BAD_URL: 'invalid_request',
  FST_ERR_MAX_LIMIT_EXCEEDED: 'too_many_requests',
  FST_UNDER_PRESSURE: 'unavailable',
}

/** Answers every error as a problem; what is not a refusal is logged whole and told to nobody. */
export function installProblems(app: App, clock: Clock): void {
  app.setErrorHandler((error, request, reply) => answerProblem(error, request, reply, clock))
  app.setNotFoundHandler((request, reply) =>
    answerProblem(
      new AppError('not_found', `There is nothing at ${request.method} ${pathOf(request.url)}.`),
      request,
      reply,
      clock,
    ),
  )
}

/** Sends what was thrown as a problem document. */
export function answerProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  clock: Clock,
): FastifyReply {
  return sendProblem(refusalOf(error, request), request, reply, clock.now())
}

const pathOf = (url: string): string => url.split('?', 1)[0]?.slice(0, 200) ?? ''

function refusalOf(error: unknown, request: FastifyRequest): AppError {
  if (error instanceof AppError) return error
  return (
    (error instanceof Error ? (fromFramework(error) ?? fromDatabase(error, request)) : undefined) ??
    new AppError('internal_error', 'This is our fault, and it was logged. Try again later.', { cause: error })
  )
}

function fromFramework(error: Error & Partial<FastifyError>): AppError | undefined {
  const { validation, validationContext = 'body', code = '', statusCode = 500 } = error
  if (validation !== undefined)
    return new AppError('invalid_request', 'Some fields are not as they should be: see errors.', {
      errors: validation.slice(0, errorsMax).map((issue) => fieldError(issue, validationContext)),
    })
  const known = frameworkCodes[code]
  if (known !== undefined) return new AppError(known, error.message, { cause: error })
  if (statusCode === 429)
    return new AppError('too_many_requests', 'Too many requests; see the Retry-After header.', { cause: error })
  return statusCode >= 400 && statusCode < 500
    ? new AppError('invalid_request', 'The request is malformed.', { cause: error })
    : undefined
}

/** Node's codes of a socket that broke, and PostgreSQL's of a server that stops, starts, is full or gave up waiting. */
const away = new Set(
  'ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT 57P01 57P02 57P03 57014 53100 53200 53300 55P03 25P03'.split(' '),
)
/** What pg says of a connection that is gone, without a code. */
const lost = /timeout exceeded when trying to connect|Connection terminated|connection timeout|is not queryable/i

/**
 * The net under validation: a value that PostgreSQL itself refuses (class 22, data) is a bad request and no fault of ours to crash on; a database
 * that is away or too busy is 503. Its own words never leave the process.
 */
function fromDatabase(error: Error & { readonly code?: unknown }, request: FastifyRequest): AppError | undefined {
  const state = sqlStateOf(error)
  if (state?.startsWith('22') === true) {
    // Not the error itself: its message quotes the value.
    request.log.warn(
      { sqlState: state, route: request.routeOptions.url },
      'a value passed validation and was refused by the database',
    )
    return new AppError('invalid_request', 'A value is outside of what can be stored.', { cause: error })
  }
  return away.has(String(error.code)) || lost.test(error.message)
    ? new AppError('unavailable', 'The database is not available right now; try again shortly.', { cause: error })
    : undefined
}

function fieldError(
  issue: { instancePath: string; keyword: string; params: Record<string, unknown>; message?: string },
  context: string,
): FieldError {
  const path = `/${context === 'querystring' ? 'query' : context === 'params' ? 'path' : context}${issue.instancePath}`
  const { params } = issue
  switch (issue.keyword) {
    case 'additionalProperties':
      return { path: `${path}/${String(params['additionalProperty']).slice(0, 100)}`, message: 'unknown field' }
    case 'required':
      return { path: `${path}/${String(params['missingProperty'])}`, message: 'is required' }
    case 'enum':
      return { path, message: `must be one of ${JSON.stringify(params['allowedValues'])}` }
    default:
      return { path, message: issue.message ?? 'is not valid' }
  }
}

/** What is no HTTP, or did not come to its end in time: there is no request to answer, only a socket. */
/** Answers what never became a request, which Fastify would answer in a form of its own. */
export function answerBroken(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return
  const [code, detail] =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? (['request_timeout', 'The request did not come to its end in time.'] as const)
      : (['invalid_request', 'This is not a well-formed HTTP request.'] as const)
  const status = statusOf[code]
  const body = JSON.stringify({ type: `/docs#problem-${code}`, title: titles[status], status, code, detail })
  const head = [
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ]
  socket.end(`HTTP/1.1 ${status} ${titles[status]}\r\n${head.join('\r\n')}\r\n\r\n${body}`)
}

function sendProblem(refusal: AppError, request: FastifyRequest, reply: FastifyReply, now: Date): FastifyReply {
  const status = statusOf[refusal.code]
  if (status >= 500) request.log.error({ err: refusal.cause ?? refusal, code: refusal.code }, 'request failed')
  else request.log.info({ code: refusal.code }, 'request refused')
  if (refusal.retryAt !== undefined)
    void reply.header('retry-after', Math.max(1, Math.ceil((refusal.retryAt.getTime() - now.getTime()) / 1000)))
  else if (status === 503) void reply.header('retry-after', 5)
  if (status === 401) void reply.header('www-authenticate', 'Bearer')
  return reply
    .code(status)
    .type('application/problem+json')
    .serializer((body: unknown) => JSON.stringify(body))
    .send({
      type: `/docs#problem-${refusal.code}`,
      title: titles[status] ?? 'Error',
      status,
      code: refusal.code,
      detail: refusal.message,
      requestId: request.id,
      ...(refusal.retryAt !== undefined && { retryAt: refusal.retryAt.toISOString() }),
      ...(refusal.errors.length > 0 && { errors: refusal.errors }),
    })
}
