import { test } from 'tap'
import { failureOf } from '../../../src/providers/berlin-group/errors.ts'
import type { ProviderErrorKind } from '../../../src/providers/provider.ts'

const now = new Date('2026-11-21T12:00:00Z')

function failure(status: number, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return failureOf({ status, headers, body: text }, { what: 'Some Bank, transactions', now })
}

const tppMessage = (code: string) => ({ tppMessages: [{ category: 'ERROR', code, text: 'Some text' }] })

/** RFC 7807, as the standard's Error400_AIS and its like have it. */
const problem = (code: string) => ({
  type: 'https://errors.example/',
  title: 'Some title',
  detail: 'Some detail',
  code,
})

// The codes that an account information service can answer, with their statuses: adorsys/xs2a MessageErrorCode.java at 7ce8fe2.
const codes: [status: number, code: string, kind: ProviderErrorKind][] = [
  [400, 'BEARER_TOKEN_EMPTY', 'refused'],
  [400, 'CONSENT_UNKNOWN', 'consent_gone'],
  [400, 'FORMAT_ERROR', 'refused'],
  [400, 'PARAMETER_NOT_CONSISTENT', 'refused'],
  [400, 'PARAMETER_NOT_SUPPORTED', 'refused'],
  [400, 'PERIOD_INVALID', 'refused'],
  [400, 'RESOURCE_BLOCKED', 'refused'],
  [400, 'RESOURCE_EXPIRED', 'refused'],
  [400, 'RESOURCE_UNKNOWN', 'refused'],
  [400, 'SCA_INVALID', 'needs_person'],
  [400, 'SCA_METHOD_UNKNOWN', 'needs_person'],
  [400, 'SERVICE_INVALID', 'refused'],
  [400, 'SESSIONS_NOT_SUPPORTED', 'refused'],
  [400, 'TIMESTAMP_INVALID', 'refused'],
  [401, 'CERTIFICATE_BLOCKED', 'refused'],
  [401, 'CERTIFICATE_EXPIRED', 'refused'],
  [401, 'CERTIFICATE_INVALID', 'refused'],
  [401, 'CERTIFICATE_MISSING', 'refused'],
  [401, 'CERTIFICATE_REVOKED', 'refused'],
  [401, 'CONSENT_EXPIRED', 'consent_gone'],
  [401, 'CONSENT_INVALID', 'consent_gone'],
  [401, 'CORPORATE_ID_INVALID', 'refused'],
  [401, 'PSU_CREDENTIALS_INVALID', 'needs_person'],
  [401, 'ROLE_INVALID', 'refused'],
  [401, 'SIGNATURE_INVALID', 'refused'],
  [401, 'SIGNATURE_MISSING', 'refused'],
  [401, 'TOKEN_EXPIRED', 'needs_person'],
  [401, 'TOKEN_INVALID', 'needs_person'],
  [401, 'TOKEN_UNKNOWN', 'needs_person'],
  [401, 'UNAUTHORIZED', 'refused'],
  [403, 'CONSENT_UNKNOWN', 'consent_gone'],
  [403, 'FORBIDDEN', 'refused'],
  [403, 'RESOURCE_EXPIRED', 'refused'],
  [403, 'RESOURCE_UNKNOWN', 'refused'],
  [403, 'SERVICE_BLOCKED', 'refused'],
  [404, 'RESOURCE_UNKNOWN', 'refused'],
  [405, 'SERVICE_INVALID', 'refused'],
  [406, 'CONTENT_TYPE_NOT_SUPPORTED', 'refused'],
  [406, 'REQUESTED_FORMATS_INVALID', 'refused'],
  [406, 'SERVICE_NOT_SUPPORTED', 'refused'],
  [409, 'STATUS_INVALID', 'refused'],
  [415, 'UNSUPPORTED_MEDIA_TYPE', 'refused'],
  [429, 'ACCESS_EXCEEDED', 'rate_limited'],
  [500, 'CONSENT_VALIDATION_FAILED', 'temporary'],
  [500, 'INTERNAL_SERVER_ERROR', 'temporary'],
  [503, 'SERVICE_UNAVAILABLE', 'temporary'],
]

test('every code of the standard has its kind, in either form of body', async (t) => {
  for (const [status, code, kind] of codes) {
    for (const body of [tppMessage(code), problem(code)]) {
      const { kind: told, message } = failure(status, body)
      t.equal(told, kind, code)
      t.equal(message, `Some Bank, transactions: the bank answered ${status} ${code}`)
    }
  }
})

test('only CONSENT_EXPIRED says which way a consent ended', async (t) => {
  t.equal(failure(401, tppMessage('CONSENT_EXPIRED')).ended, 'expired')
  t.equal(failure(401, tppMessage('CONSENT_INVALID')).ended, undefined)
  t.equal(failure(403, tppMessage('CONSENT_UNKNOWN')).ended, undefined)
})

test('the code decides over the status, and a code that we do not know leaves it to the status', async (t) => {
  t.equal(failure(500, tppMessage('CONSENT_EXPIRED')).kind, 'consent_gone')
  t.equal(failure(400, tppMessage('ACCESS_EXCEEDED')).kind, 'rate_limited')
  for (const code of ['OWN_CODE', 'constructor', '__proto__', '']) {
    t.match(failure(503, tppMessage(code)), {
      kind: 'temporary',
      message: 'Some Bank, transactions: the bank answered 503',
    })
  }
})

test('of several messages the first error that we know decides; warnings do not', async (t) => {
  const tppMessages = [
    { category: 'WARNING', code: 'CONSENT_EXPIRED' },
    { category: 'ERROR', code: 'OWN_CODE' },
    'no message at all',
    null,
    { category: 'ERROR' },
    { category: 'ERROR', code: 'SERVICE_BLOCKED' },
    { category: 'ERROR', code: 'ACCESS_EXCEEDED' },
  ]
  t.equal(failure(403, { tppMessages }).kind, 'refused')
  t.equal(failure(401, { ...problem('OWN_CODE'), additionalErrors: [{ code: 'TOKEN_EXPIRED' }] }).kind, 'needs_person')
})

test('a body that is no error body leaves it to the status', async (t) => {
  for (const body of [
    '',
    '<html>We are closed for maintenance</html>',
    '{"tppMessages":',
    '[]',
    'null',
    '"CONSENT_EXPIRED"',
    '{"tppMessages":{}}',
    '{"code":7}',
  ]) {
    t.equal(failure(503, body).kind, 'temporary', body)
    t.equal(failure(401, body).kind, 'refused', body)
    t.equal(failure(429, body).kind, 'rate_limited', body)
    t.equal(failure(302, body).kind, 'nonsense', body)
  }
})

test('when to ask again is told where it helps to ask again', async (t) => {
  const headers = { 'retry-after': '60' }
  const at = '2026-11-21T12:01:00.000Z'
  t.equal(failure(429, tppMessage('ACCESS_EXCEEDED'), headers).retryAt?.toISOString(), at)
  t.equal(failure(503, '', headers).retryAt?.toISOString(), at)
  t.equal(failure(429, '').retryAt, undefined)
  t.equal(failure(403, tppMessage('FORBIDDEN'), headers).retryAt, undefined)
})

test('what a bank writes for people is not passed on: it may name them', async (t) => {
  const text = 'Kari Nordmann has no account NO9386011117947'
  const bodies = [
    { tppMessages: [{ category: 'ERROR', code: 'FORBIDDEN', text, path: text }] },
    { ...problem('FORBIDDEN'), title: text, detail: text },
    { tppMessages: [{ category: 'ERROR', code: text }] },
    text,
  ]
  for (const body of bodies) {
    const { message, cause } = failure(403, body)
    t.notMatch(`${message} ${String(cause)}`, /Kari|NO93/)
  }
})
